/* sort - lists in order: sort(), and maps written with their keys in order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_SORT_H
#define CEL_SORT_H

#include "cel/eval.h"

/* The items in ascending order of their keys, equal ones as they stood, as a
 * list in the arena; `keys` may be `items` itself. Keys are all numbers (of
 * any kind), strings, bytes, bools, timestamps or durations, and none is NaN:
 * else the error CEL_FAULT_NO_OVERLOAD with `name`. Charges. */
struct cel_value cel_sorted(struct cel_eval *eval,
			    const struct cel_value *items,
			    const struct cel_value *keys, size_t count,
			    const char *name);

#endif
