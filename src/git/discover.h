/* discover - where a repository is: from a directory and the environment. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_DISCOVER_H
#define GIT_DISCOVER_H

#include "git/repo.h"

/* Absolute paths, NUL-terminated, of the arena. */
struct place {
	str start;   /* the directory asked about, links resolved */
	str pointer; /* the `.git` that was found, absent with GIT_DIR */
	str git_dir;
	str common_dir;
	str top;    /* the folder that holds `.git`; absent if bare */
	bool named; /* by GIT_DIR: git asks for no owner then */
};

MUST_USE bool discover(struct place *out, const struct repo_env *env,
		       const char *directory, struct arena *arena,
		       struct error *err);

/* Reads a small file of one line without its newline; absent: no such file. */
MUST_USE bool line_read(str *out, str folder, const char *name,
			struct arena *arena, struct error *err);

/* `path` as seen from `base`; absolute ones stay. NUL-terminated. */
str path_join(struct arena *arena, str base, str path);

/* Is `path` the folder itself or below it? */
bool path_within(str path, str folder);

#endif
