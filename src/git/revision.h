/*
 * revision - from names to commits.
 *
 * Reads HEAD, loose refs and packed-refs itself. A revision is a full or
 * abbreviated object name, HEAD or @, a ref by its full or short name (tags,
 * then branches, then remotes, as git orders them), followed by any of `^`,
 * `^N`, `~N`, `^{}`, `^{commit}`, `^{tree}`, and `@{2026-03-31}`, which is not
 * git's: see git/dated.h.
 *
 * Source: gitrevisions(7).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_REVISION_H
#define GIT_REVISION_H

#include "git/parse.h"
#include "git/repo.h"

struct head {
	str ref;	/* "refs/heads/main"; absent: detached */
	struct oid oid; /* none (len 0): unborn, there is no commit yet */
};

/* Reads HEAD. An unborn branch is no error. */
MUST_USE bool repo_head(struct head *out, const struct repo *repo,
			struct arena *arena, struct error *err);

/* Looks a full ref name up, following symbolic refs. *found tells. */
MUST_USE bool ref_find(struct oid *out, bool *found, const struct repo *repo,
		       str name, struct error *err);

/* Resolves a revision to the object it names. ERROR_USAGE: there is no such
 * revision, or it is ambiguous. ERROR_GIT: damage on the way. */
MUST_USE bool revision_find(struct oid *out, struct repo *repo, str revision,
			    struct error *err);

/* The same, and peels tags down to a commit. */
MUST_USE bool revision_commit(struct oid *out, struct repo *repo, str revision,
			      struct error *err);

/* Reads and parses a commit; its bytes are kept in the arena. */
MUST_USE bool commit_read(struct commit *out, struct odb_reader *reader,
			  const struct oid *oid, struct arena *arena,
			  struct error *err);

/* All merge bases of two commits, in the arena, sorted by name; *count 0:
 * unrelated histories. ERROR_GIT: a shallow boundary or damage was met, the
 * answer would be a guess. */
MUST_USE bool merge_bases(const struct oid **out, size_t *count,
			  struct repo *repo, const struct oid *a,
			  const struct oid *b, struct arena *arena,
			  struct error *err);

#endif
