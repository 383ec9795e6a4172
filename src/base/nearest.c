/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include "base/utf8.h"

/* Ranks: a distance d of at least 1 ranks d + RANK_DISTANCE. */
enum { RANK_CASE, RANK_PREFIX, RANK_DISTANCE, RANK_NONE = 1 << 16 };

/* How many code points; 0 when there are too many or none. */
static size_t points_of(uint32_t points[NEAREST_LONGEST], str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len;) {
		if (count == NEAREST_LONGEST)
			return 0;
		points[count++] = utf8_next(s, &i);
	}
	return count;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The distance, or anything above `most` once it must be larger. Row i holds
 * the distances of the first i points of `a` to each beginning of `b`; a swap
 * looks back two rows. */
static size_t distance(const uint32_t *a, size_t a_len, const uint32_t *b,
		       size_t b_len, size_t most)
{
	unsigned rows[3][NEAREST_LONGEST + 1];
	unsigned *before = rows[0];
	unsigned *last = rows[1];
	unsigned *row = rows[2];

	for (size_t j = 0; j <= b_len; j++)
		before[j] = last[j] = (unsigned)j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned best = row[0] = (unsigned)i;
		unsigned *spare = before;

		for (size_t j = 1; j <= b_len; j++) {
			unsigned cost = a[i - 1] != b[j - 1];

			row[j] = least(least(last[j], row[j - 1]) + 1,
				       last[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
			best = least(best, row[j]);
		}
		/* The least of a row never falls from one row to the next: a
		 * swap costs one, and so much at least did the row it skips. */
		if (best > most)
			return most + 1;
		before = last;
		last = row;
		row = spare;
	}
	return last[b_len];
}

static unsigned rank_of(const struct nearest *nearest, str candidate)
{
	uint32_t points[NEAREST_LONGEST];
	size_t len;
	size_t apart;

	if (str_equal(nearest->wanted, candidate))
		return RANK_NONE;
	len = points_of(points, candidate);
	if (len == 0)
		return RANK_NONE;
	if (str_equal_nocase(nearest->wanted, candidate))
		return RANK_CASE;
	if (nearest->len >= 2 && str_starts(candidate, nearest->wanted))
		return RANK_PREFIX;
	apart = len > nearest->len ? len - nearest->len : nearest->len - len;
	if (apart > nearest->most_distance)
		return RANK_NONE;
	apart = distance(nearest->points, nearest->len, points, len,
			 nearest->most_distance);
	return apart > nearest->most_distance ? RANK_NONE
					      : RANK_DISTANCE + (unsigned)apart;
}

void nearest_start(struct nearest *nearest, str wanted)
{
	*nearest = (struct nearest){.wanted = wanted};
	nearest->len = points_of(nearest->points, wanted);
	nearest->most_distance = nearest->len < 6 ? 1 : nearest->len / 3;
}

void nearest_offer(struct nearest *nearest, str candidate)
{
	unsigned rank = nearest->len ? rank_of(nearest, candidate) : RANK_NONE;
	size_t at = nearest->count;

	if (rank == RANK_NONE)
		return;
	for (size_t i = 0; i < nearest->count; i++) {
		if (str_equal(nearest->found[i], candidate))
			return;
	}
	while (at > 0 && nearest->rank[at - 1] > rank)
		at--;
	if (at == NEAREST_MOST)
		return;
	if (nearest->count < NEAREST_MOST)
		nearest->count++;
	for (size_t i = nearest->count - 1; i > at; i--) {
		nearest->found[i] = nearest->found[i - 1];
		nearest->rank[i] = nearest->rank[i - 1];
	}
	nearest->found[at] = candidate;
	nearest->rank[at] = rank;
}

/* A beginning is as far from a name as what it lacks. */
static size_t apart_from(const struct nearest *nearest, size_t i)
{
	uint32_t points[NEAREST_LONGEST];

	if (nearest->rank[i] == RANK_CASE)
		return 0;
	if (nearest->rank[i] == RANK_PREFIX)
		return points_of(points, nearest->found[i]) - nearest->len;
	return nearest->rank[i] - RANK_DISTANCE;
}

bool nearest_is_sure(const struct nearest *nearest, unsigned most)
{
	size_t first;

	if (nearest->count == 0)
		return false;
	first = apart_from(nearest, 0);
	/* Behind so many beginnings a nearer name may have found no place. */
	if (first > most || (nearest->count == NEAREST_MOST &&
			     nearest->rank[NEAREST_MOST - 1] <= RANK_PREFIX))
		return false;
	for (size_t i = 1; i < nearest->count; i++) {
		if (apart_from(nearest, i) <= first + 1)
			return false;
	}
	return true;
}

size_t nearest_find(str *out, size_t most, str wanted, const str *candidates,
		    size_t count)
{
	struct nearest nearest;

	nearest_start(&nearest, wanted);
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, candidates[i]);
	if (nearest.count < most)
		most = nearest.count;
	for (size_t i = 0; i < most; i++)
		out[i] = nearest.found[i];
	return most;
}
