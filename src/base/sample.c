/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sample.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/sha256.h"

enum { SHARE = 10, LEAST = 3, MOST = 30 };

struct ranked {
	unsigned char rank[SHA256_RAW];
	size_t index;
};

size_t sample_size(size_t population)
{
	size_t size = population / SHARE + (population % SHARE != 0);

	if (size < LEAST)
		size = LEAST;
	if (size > MOST)
		size = MOST;
	return size < population ? size : population;
}

/* Equal lines have equal ranks: the first comes first. */
static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;
	int order = memcmp(x->rank, y->rank, SHA256_RAW);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void rank(struct ranked *out, str seed, str member)
{
	struct sha256 sha;

	sha256_start(&sha);
	sha256_add(&sha, seed);
	sha256_add(&sha, STR(" "));
	sha256_add(&sha, member);
	sha256_finish(&sha, out->rank);
}

size_t sample_take(size_t *out, size_t n, str seed, const str *members,
		   size_t count)
{
	struct arena arena;
	struct ranked *ranked;

	arena_init(&arena);
	ranked = arena_array(&arena, struct ranked, count);
	for (size_t i = 0; i < count; i++) {
		rank(&ranked[i], seed, members[i]);
		ranked[i].index = i;
	}
	if (count)
		qsort(ranked, count, sizeof(*ranked), by_rank);
	if (n > count)
		n = count;
	for (size_t i = 0; i < n; i++)
		out[i] = ranked[i].index;
	arena_done(&arena);
	return n;
}
