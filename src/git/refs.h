/* refs - one ref as it stands in its file or in packed-refs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_REFS_H
#define GIT_REFS_H

#include "git/revision.h"

struct ref {
	struct oid oid; /* or none: it is symbolic */
	str target;
};

/* Reads one ref by its full name, which must be valid; *found tells. */
MUST_USE bool ref_read(struct ref *out, bool *found, const struct repo *repo,
		       str name, struct arena *arena, struct error *err);

/* May a ref have this name? Nothing else is ever joined to a path. */
bool ref_name_valid(str name);

/* ERROR_GIT when a shallow clone ends at this commit: its parents are named
 * and were not fetched. */
MUST_USE bool shallow_check(const struct repo *repo, const struct oid *oid,
			    struct error *err);

#endif
