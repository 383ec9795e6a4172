/* distinct - a hashed index over values, for sets and distinct(). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_DISTINCT_H
#define CEL_DISTINCT_H

#include "cel/eval.h"

struct cel_index;

/* An empty index in the arena, with room for `most` values. Charges for the
 * room; NULL: the budget is spent. */
struct cel_index *cel_index_new(struct cel_eval *eval, size_t most);

/* The number of the value that equals `v`, or SIZE_MAX. Charges a unit, and
 * deep values more: look at eval->exhausted. */
size_t cel_index_find(struct cel_index *index, struct cel_value v);

/* Adds a value unless an equal one is there; true: it was added. NaN equals
 * nothing and is added each time. */
bool cel_index_add(struct cel_index *index, struct cel_value v);

/* What was added, in order. */
const struct cel_value *cel_index_values(const struct cel_index *index,
					 size_t *count);

/* The index of a list. NULL: *fail is the error. */
struct cel_index *cel_index_of(struct cel_eval *eval, struct cel_value list,
			       struct cel_value *fail);

#endif
