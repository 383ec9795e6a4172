/*
 * host_past - commits, changes and fields as values of rules.
 *
 * Members are made when they are read: trees of records as they were, the
 * times of merged parents.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_HOST_PAST_H
#define LINT_HOST_PAST_H

#include "lint/host_functions.h"
#include "lint/past.h"

struct cel_value host_commit(struct arena *arena, const struct host *host,
			     const struct deed *deed);
struct cel_value host_change(struct arena *arena, const struct host *host,
			     const struct change *change);
struct cel_value host_git_record_value(struct arena *arena,
				       const struct host *host,
				       const struct trail *trail,
				       const struct node *root);
struct cel_value host_gap(struct arena *arena, const struct host *host,
			  const struct trail_gap *gap);

/* The date that a record has at a pointer, and the commit that brought it.
 * False: there is no date, or it is not committed. */
bool host_claim(struct cel_value *out, struct arena *arena,
		const struct host *host, const struct trail *trail,
		const struct node *root, str pointer);

/* Where a claim stands in its record; absent for another value. */
str host_pointer_of(struct cel_value value);

/* What a value is, or NULL: the deed of a commit; the change of a change or
 * of a field, and then the field. */
const struct deed *host_deed_of(struct cel_value value);
const struct change *host_change_of(struct cel_value value,
				    const struct field_change **field);

#endif
