/*
 * nearest - "did you mean": the names most like the one that was written.
 *
 * Likeness is the optimal string alignment distance on code points (insert,
 * delete, replace, swap neighbours; Damerau 1964, Boytsov 2011 section 2.2), at
 * most max(1, length / 3). Before those come names that differ in ASCII case
 * alone, then names that begin with what was written (2 code points or more).
 * Ties keep the order of the candidates. A name is never suggested for itself.
 *
 *	count = nearest_find(names, 3, wanted, candidates, n);
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stdbool.h>

#include "base/str.h"

enum {
	NEAREST_MOST = 3,      /* suggestions */
	NEAREST_LONGEST = 128, /* code points; longer names are not compared */
};

/* Writes at most `most` (and NEAREST_MOST) candidates to `out`, the best one
 * first, and returns how many. They are borrowed from `candidates`. */
size_t nearest_find(str *out, size_t most, str wanted, const str *candidates,
		    size_t count);

/* The same for candidates that come one by one: start, offer each (from a
 * callback, if need be), then read found[0..count). Borrows every str. */
struct nearest {
	str wanted;
	str found[NEAREST_MOST];
	unsigned rank[NEAREST_MOST];
	size_t count;
	uint32_t points[NEAREST_LONGEST];
	size_t len; /* of points; 0 when nothing can be compared */
	size_t most_distance;
};

void nearest_start(struct nearest *nearest, str wanted);
void nearest_offer(struct nearest *nearest, str candidate);

/* Can the best candidate alone have been meant? It differs in ASCII case, or by
 * at most `most`, and every other candidate by at least two more. What is
 * so may be corrected without asking; the rest may be suggested. */
bool nearest_is_sure(const struct nearest *nearest, unsigned most);

#endif
