/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/hook_place.h"

#include "git/owner.h"

/* The value as git expands a path: ~/ is the home folder, and what is relative
 * begins where hooks are run. */
static bool expand(str *out, str value, const struct env *env,
		   const struct repo_state *state, struct arena *arena,
		   struct error *err)
{
	if (str_starts(value, STR("/"))) {
		*out = value;
	} else if (str_starts(value, STR("~/")) && env->git->home) {
		*out = path_join(arena, str_of(env->git->home),
				 str_slice(value, 2, value.len));
	} else if (str_starts(value, STR("~")) ||
		   str_starts(value, STR("%("))) {
		return error_set(err, ERROR_CONFIG,
				 "core.hooksPath is '" STR_FMT
				 "', which git alone can expand",
				 STR_ARG(value));
	} else {
		*out = path_join(arena,
				 state->bare ? state->common_dir
					     : state->work_tree,
				 value);
	}
	return true;
}

bool hook_place_find(struct hook_place *out, const struct env *env,
		     const struct repo *repo, struct arena *arena,
		     struct error *err)
{
	const struct repo_state *state = repo_state(repo);
	struct hook_place place = {0};
	str value = state->hooks_path;

	if (!value.ptr) {
		if (!owner_setting(&value, STR("core.hookspath"), env->git,
				   repo_limits(repo), arena, err))
			return false;
		place.shared = value.ptr != NULL;
	}
	place.usual = !value.ptr;
	if (place.usual)
		place.folder =
			path_join(arena, state->common_dir, STR("hooks"));
	else if (!expand(&place.folder, value, env, state, arena, err))
		return false;
	*out = place;
	return true;
}
