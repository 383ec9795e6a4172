/* needs - which variables, paths and facts a program may read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_NEEDS_H
#define CEL_NEEDS_H

#include "cel/plan.h"

/* Follows every path from a variable as far as it is static, through the
 * variables of macros: in `records.risk.exists(k, k.owner == self.id)` those
 * are risk[] and risk[].owner of records, and id of self. A path that goes on
 * beyond a function ends where the function takes it. */
void cel_needs_find(struct cel_needs *out, const struct cel_program *program,
		    struct arena *arena);

#endif
