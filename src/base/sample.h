/*
 * sample - a choice that nobody can steer and everybody can repeat.
 *
 * Each member of a population is a line of text. Its rank is the SHA-256 of
 * the seed, a blank and that line; the members with the least ranks are taken.
 * By hand:
 *
 *	while read -r line; do
 *		printf '%s %s' "$seed" "$line" | sha256sum | cut -c1-64 |
 *			tr '\n' ' '; echo "$line"
 *	done < population | LC_ALL=C sort | head -n "$n"
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SAMPLE_H
#define BASE_SAMPLE_H

#include "base/str.h"

/* A tenth of the population, rounded up, at least 3 and at most 30, and never
 * more than there are. A practice of one firm; no standard fixes a number. */
size_t sample_size(size_t population);

/* Puts into `out` the places of the n members with the least ranks, by rank;
 * returns how many: n, or all there are. */
size_t sample_take(size_t *out, size_t n, str seed, const str *members,
		   size_t count);

#endif
