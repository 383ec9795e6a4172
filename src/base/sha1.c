/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha1.h"

static uint32_t turn(uint32_t x, unsigned by)
{
	return x << by | x >> (32 - by);
}

static uint32_t word_at(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* One round; the five words rotate by renaming instead of moving. */
#define ROUND(a, b, c, d, e, mix, key, word)            \
	do {                                            \
		e += turn(a, 5) + (mix) + key + (word); \
		b = turn(b, 30);                        \
	} while (0)

#define CHOOSE(b, c, d) (d ^ (b & (c ^ d)))
#define PARITY(b, c, d) (b ^ c ^ d)
#define MAJOR(b, c, d) ((b & c) | (d & (b | c)))

/* The message schedule in a ring of sixteen words: a round of the first
 * sixteen takes a word of the block, a later one makes its own. */
#define GIVEN(i) (w[i] = word_at(block + 4 * (i)))
#define MADE(i)                                                    \
	(w[(i)&15] = turn(w[((i) + 13) & 15] ^ w[((i) + 8) & 15] ^ \
				  w[((i) + 2) & 15] ^ w[(i)&15],   \
			  1))

/* Five rounds bring the names back to where they were. */
#define FIVE(mix, key, word, i)                                         \
	do {                                                            \
		ROUND(a, b, c, d, e, mix(b, c, d), key, word(i));       \
		ROUND(e, a, b, c, d, mix(a, b, c), key, word((i) + 1)); \
		ROUND(d, e, a, b, c, mix(e, a, b), key, word((i) + 2)); \
		ROUND(c, d, e, a, b, mix(d, e, a), key, word((i) + 3)); \
		ROUND(b, c, d, e, a, mix(c, d, e), key, word((i) + 4)); \
	} while (0)

#define TWENTY(mix, key, i)                     \
	do {                                    \
		FIVE(mix, key, MADE, i);        \
		FIVE(mix, key, MADE, (i) + 5);  \
		FIVE(mix, key, MADE, (i) + 10); \
		FIVE(mix, key, MADE, (i) + 15); \
	} while (0)

static void add_block(uint32_t state[5], const unsigned char *block)
{
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4];
	uint32_t w[16];

	FIVE(CHOOSE, 0x5a827999u, GIVEN, 0);
	FIVE(CHOOSE, 0x5a827999u, GIVEN, 5);
	FIVE(CHOOSE, 0x5a827999u, GIVEN, 10);
	ROUND(a, b, c, d, e, CHOOSE(b, c, d), 0x5a827999u, GIVEN(15));
	ROUND(e, a, b, c, d, CHOOSE(a, b, c), 0x5a827999u, MADE(16));
	ROUND(d, e, a, b, c, CHOOSE(e, a, b), 0x5a827999u, MADE(17));
	ROUND(c, d, e, a, b, CHOOSE(d, e, a), 0x5a827999u, MADE(18));
	ROUND(b, c, d, e, a, CHOOSE(c, d, e), 0x5a827999u, MADE(19));
	TWENTY(PARITY, 0x6ed9eba1u, 20);
	TWENTY(MAJOR, 0x8f1bbcdcu, 40);
	TWENTY(PARITY, 0xca62c1d6u, 60);
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
}

void sha1_init(struct sha1 *sha1)
{
	*sha1 = (struct sha1){
		.state = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u,
			  0xc3d2e1f0u},
	};
}

void sha1_add(struct sha1 *sha1, str bytes)
{
	size_t held = (size_t)(sha1->len % SHA1_BLOCK);
	const unsigned char *from = (const unsigned char *)bytes.ptr;
	size_t left = bytes.len;

	sha1->len += left;
	if (held && left) {
		size_t room = SHA1_BLOCK - held;
		size_t more = left < room ? left : room;

		memcpy(sha1->block + held, from, more);
		from += more;
		left -= more;
		if (more < room)
			return;
		add_block(sha1->state, sha1->block);
	}
	for (; left >= SHA1_BLOCK; from += SHA1_BLOCK, left -= SHA1_BLOCK)
		add_block(sha1->state, from);
	if (left)
		memcpy(sha1->block, from, left);
}

void sha1_end(unsigned char out[SHA1_SIZE], struct sha1 *sha1)
{
	size_t held = (size_t)(sha1->len % SHA1_BLOCK);
	uint64_t bits = sha1->len * 8;

	sha1->block[held++] = 0x80;
	if (held > SHA1_BLOCK - 8) {
		memset(sha1->block + held, 0, SHA1_BLOCK - held);
		add_block(sha1->state, sha1->block);
		held = 0;
	}
	memset(sha1->block + held, 0, SHA1_BLOCK - 8 - held);
	for (unsigned i = 0; i < 8; i++)
		sha1->block[SHA1_BLOCK - 1 - i] =
			(unsigned char)(bits >> (8 * i));
	add_block(sha1->state, sha1->block);
	for (unsigned i = 0; i < SHA1_SIZE; i++)
		out[i] = (unsigned char)(sha1->state[i / 4] >>
					 (24 - 8 * (i % 4)));
}
