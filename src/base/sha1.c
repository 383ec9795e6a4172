/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha1.h"

/* Processors with instructions for SHA-1 do a block in a fifth of the time. gcc
 * can ask for them at run time; clang 14 cannot name them and goes without. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define HAVE_SHA_INSTRUCTIONS 1
#else
#define HAVE_SHA_INSTRUCTIONS 0
#endif

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

#if HAVE_SHA_INSTRUCTIONS
/* Four rounds: what E becomes is A of four rounds ago, turned, plus the words
 * of the schedule; then the schedule moves on (Intel SDM, SHA1RNDS4). */
#define FOUR(i, step)                                                       \
	do {                                                                \
		__m128i more = (i) ? _mm_sha1nexte_epu32(last, w[(i)&3])    \
				   : _mm_add_epi32(e, w[0]);                \
		last = abcd;                                                \
		abcd = _mm_sha1rnds4_epu32(abcd, more, step);               \
		w[(i)&3] = _mm_sha1msg2_epu32(                              \
			_mm_xor_si128(_mm_sha1msg1_epu32(w[(i)&3],          \
							 w[((i) + 1) & 3]), \
				      w[((i) + 2) & 3]),                    \
			w[((i) + 3) & 3]);                                  \
	} while (0)

#define FOUR_FIVE_TIMES(i, step)     \
	do {                         \
		FOUR(i, step);       \
		FOUR((i) + 1, step); \
		FOUR((i) + 2, step); \
		FOUR((i) + 3, step); \
		FOUR((i) + 4, step); \
	} while (0)

__attribute__((target("sha,sse4.1"))) static void add_blocks_fast(
	uint32_t state[5], const unsigned char *from, size_t count)
{
	const __m128i turned =
		_mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
	__m128i abcd = _mm_shuffle_epi32(
		_mm_loadu_si128((const __m128i *)(const void *)state), 0x1b);
	__m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);

	for (; count; count--, from += SHA1_BLOCK) {
		__m128i abcd_before = abcd, e_before = e, last = abcd;
		__m128i w[4];

		for (size_t i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(
				_mm_loadu_si128((
					const __m128i *)(const void *)(from +
								       16 * i)),
				turned);
		FOUR_FIVE_TIMES(0, 0);
		FOUR_FIVE_TIMES(5, 1);
		FOUR_FIVE_TIMES(10, 2);
		FOUR_FIVE_TIMES(15, 3);
		e = _mm_sha1nexte_epu32(last, e_before);
		abcd = _mm_add_epi32(abcd, abcd_before);
	}
	_mm_storeu_si128((__m128i *)(void *)state,
			 _mm_shuffle_epi32(abcd, 0x1b));
	state[4] = (uint32_t)_mm_extract_epi32(e, 3);
}

static bool fast(void)
{
	return __builtin_cpu_supports("sha") &&
	       __builtin_cpu_supports("sse4.1");
}
#endif

static void add_blocks(uint32_t state[5], const unsigned char *from,
		       size_t count)
{
#if HAVE_SHA_INSTRUCTIONS
	if (fast()) {
		add_blocks_fast(state, from, count);
		return;
	}
#endif
	for (; count; count--, from += SHA1_BLOCK)
		add_block(state, from);
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

	if (left == 0)
		return;
	sha1->len += left;
	if (held) {
		size_t room = SHA1_BLOCK - held;
		size_t more = left < room ? left : room;

		memcpy(sha1->block + held, from, more);
		from += more;
		left -= more;
		if (more < room)
			return;
		add_blocks(sha1->state, sha1->block, 1);
	}
	add_blocks(sha1->state, from, left / SHA1_BLOCK);
	from += left / SHA1_BLOCK * SHA1_BLOCK;
	left %= SHA1_BLOCK;
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
		add_blocks(sha1->state, sha1->block, 1);
		held = 0;
	}
	memset(sha1->block + held, 0, SHA1_BLOCK - 8 - held);
	for (unsigned i = 0; i < 8; i++)
		sha1->block[SHA1_BLOCK - 1 - i] =
			(unsigned char)(bits >> (8 * i));
	add_blocks(sha1->state, sha1->block, 1);
	for (unsigned i = 0; i < SHA1_SIZE; i++)
		out[i] = (unsigned char)(sha1->state[i / 4] >>
					 (24 - 8 * (i % 4)));
}
