/*
 * hook_place - the folder that git takes the hooks of a repository from.
 *
 * core.hooksPath of the repository, else of the user or the system, else the
 * folder `hooks` of the repository. Source: git-config(1), githooks(5).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_HOOK_PLACE_H
#define CMD_HOOK_PLACE_H

#include "cmd/cmd.h"

struct hook_place {
	str folder;
	bool shared; /* of all repositories of the user or the system */
	bool usual;  /* git's own place: no configuration names another */
};

/* ERROR_CONFIG: a value that only git can expand; ERROR_GIT: a configuration
 * that cannot be read. */
MUST_USE bool hook_place_find(struct hook_place *out, const struct env *env,
			      const struct repo *repo, struct arena *arena,
			      struct error *err);

#endif
