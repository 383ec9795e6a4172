/*
 * told - history out of the commits of a test's world, without a repository.
 *
 * Changes and trails are made as from a repository (record/trail.h): records
 * are compared with what the commit before left, field by field.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_TOLD_H
#define LINT_TOLD_H

#include "lint/past.h"

struct told_past;

struct told_past *told_past_new(const struct told *told);
void told_past_free(struct told_past *past);

size_t told_landings(const struct told_past *past);
const struct change *const *told_changes(size_t *count,
					 const struct told_past *past,
					 size_t landing);
const struct trail *told_trail(const struct told_past *past, str kind, str id);

/* The trees of one of its changes. */
void told_trees(const struct node **before, const struct node **after,
		const struct change *change);

#endif
