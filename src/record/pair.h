/*
 * pair - which items of two lists, and which members of two maps, are the
 * same thing, so that they can be compared with each other.
 *
 * Items of lists are paired by the first member of a fixed row of names (`id`,
 * `person`, `name`, ...) that every item of both lists has, as text or as a
 * number, and that tells the items of each list apart. Other lists are paired
 * by their longest common subsequence of equal values; what stands between two
 * equal items on both sides is paired in its order.
 *
 * Sources: the longest common subsequence by Wagner and Fischer, The
 * String-to-String Correction Problem (1974), where the table is small; above
 * that the longest increasing subsequence (Schensted 1961, by patience) over
 * the first, second, third ... occurrence of each value, which is the longest
 * common one when no value repeats and a common one always.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_PAIR_H
#define RECORD_PAIR_H

#include "base/arena.h"
#include "data/node.h"

#define PAIR_NONE UINT32_MAX

struct pairing {
	uint32_t *to_before; /* for each child of `after`, or PAIR_NONE */
	uint32_t *to_after;  /* for each child of `before` */
	bool reordered;	     /* what is kept stands in another order */
};

/* Both lists, or both maps; the result lives in the arena. Maps have no order
 * and are never `reordered`. */
void pair_lists(struct pairing *out, const struct node *before,
		const struct node *after, struct arena *arena);
void pair_maps(struct pairing *out, const struct node *before,
	       const struct node *after, struct arena *arena);

#endif
