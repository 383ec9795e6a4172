/* walk - all files below a tree, in the order of their paths. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_WALK_H
#define GIT_WALK_H

#include "base/vec.h"
#include "git/snapshot.h"

struct entries {
	VEC(struct entry) list;
};

/* Appends every file below `tree`, whose own path is `prefix` (empty, or with
 * a final '/'), with `flags`. All or an error: ERROR_GIT a tree that is
 * missing or malformed, ERROR_LIMIT depth, path or number of files. */
MUST_USE bool tree_walk(struct entries *out, struct odb_reader *reader,
			const struct oid *tree, str prefix, unsigned flags,
			const struct limits *limits, struct arena *arena,
			struct error *err);

#endif
