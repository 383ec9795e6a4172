/*
 * compare - how two values differ, field by field.
 *
 * Values compare as parsed: order of keys, layout, comments and quoting do not
 * matter; 1 and 1.0 are one number, a date and the same text are one. Items of
 * lists are matched by an identifying member (`id`, else `person`, `name`,
 * `path`, `key`, `asset`, `rule` ... the first that every item of both lists
 * has and that tells them apart); lists without one by their longest common
 * subsequence, so that an insertion is one change; lists of plain values as
 * sequences too.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_COMPARE_H
#define RECORD_COMPARE_H

#include "base/arena.h"
#include "record/trail.h"

/* The differences in the order of the pointers' fields in `after`, then those
 * that are gone; *count 0: equal values. Nodes look into the trees. */
const struct field_change *compare_values(size_t *count,
					  const struct node *before,
					  const struct node *after,
					  struct arena *arena);

/* A digest of the parsed value, the same for equal values. */
uint64_t value_digest(const struct node *node);

#endif
