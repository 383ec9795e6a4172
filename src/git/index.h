/*
 * index - the staging area, read by us: versions 2 to 4, split and sparse.
 *
 * libgit2 1.5 refuses split and sparse indexes and those without a checksum,
 * and opens the wrong file under `git commit FILE`.
 *
 * Source: gitformat-index(5).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_INDEX_H
#define GIT_INDEX_H

#include "base/vec.h"
#include "git/repo.h"

struct index_entry {
	str path; /* a NUL follows; a folder of a sparse index ends with '/' */
	struct oid oid;
	uint32_t mode;	/* enum tree_mode; MODE_TREE in a sparse index only */
	unsigned stage; /* 0, or 1 to 3: unmerged */
	bool skipped;	/* skip-worktree */
	bool intent;	/* intent to add */
};

struct index {
	VEC(struct index_entry) entries; /* by path, then stage */
	struct oid base;		 /* of a split index, else none */
	str removed, replaced;		 /* its bitmaps, still packed */
};

/* Reads the bytes of one index file; paths are copied to the arena. ERROR_GIT:
 * damaged (also: its checksum does not fit), or with an extension that must
 * be understood and is not. Call index_done, also after false. */
MUST_USE bool index_parse(struct index *out, str bytes,
			  const struct limits *limits, struct arena *arena,
			  struct error *err);
void index_done(struct index *index);

/* Reads the repository's index with the shared one it may be split from. No
 * file gives no entries. */
MUST_USE bool index_read(struct index *out, const struct repo *repo,
			 struct arena *arena, struct error *err);

/* Lays a split index over the shared one it names; `top` is changed. */
MUST_USE bool index_join(struct index *top, const struct index *base,
			 struct arena *arena, struct error *err);

#endif
