/*
 * owner - may this repository be read? git's rule, applied by us.
 *
 * libgit2 1.5 answers "not found" for a foreign owner and knows no
 * `safe.directory = *`. Source: git-config(1), safe.directory.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_OWNER_H
#define GIT_OWNER_H

#include "git/discover.h"

/* ERROR_GIT: somebody else owns the work tree, its `.git` or the git
 * directory, and no safe.directory of the user or the system names it. */
MUST_USE bool owner_check(const struct place *place, str work_tree,
			  const struct repo_env *env,
			  const struct limits *limits, struct error *err);

/* A setting of the user, else of the system, as written; absent: there is
 * none. */
MUST_USE bool owner_setting(str *out, str key, const struct repo_env *env,
			    const struct limits *limits, struct arena *arena,
			    struct error *err);

/* Does one value of safe.directory cover a folder? `home` may be NULL. */
bool owner_covers(str value, str folder, const char *home, struct arena *arena);

#endif
