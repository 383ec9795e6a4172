/* SPDX-License-Identifier: Apache-2.0 */
#include "git/owner.h"

#include "base/sys.h"
#include "git/config.h"

/* Is it the user's? For root also that of the user who called sudo. */
static bool is_ours(bool *out, str path, const struct repo_env *env,
		    struct error *err)
{
	uint32_t owner;
	int64_t sudo;

	if (!sys_owner_of(&owner, path.ptr, err))
		return false;
	*out = owner == env->user ||
	       (env->user == 0 && env->sudo_uid &&
		str_to_int64(&sudo, str_of(env->sudo_uid)) && sudo == owner);
	return true;
}

bool owner_covers(str value, str folder, const char *home, struct arena *arena)
{
	bool below = false;

	if (str_is(value, "*"))
		return true;
	if (str_starts(value, STR("~/"))) {
		if (!home)
			return false;
		value = path_join(arena, str_of(home),
				  str_slice(value, 2, value.len));
	}
	if (str_ends(value, STR("/*"))) {
		value.len -= 2;
		below = true;
	}
	while (value.len > 1 && value.ptr[value.len - 1] == '/')
		value.len--;
	if (below)
		return path_within(folder, value) && folder.len > value.len;
	return str_equal(value, folder);
}

/* The protected configuration: the system's, then the user's. */
static bool read_protected(struct config *config, const struct repo_env *env,
			   const struct limits *limits, struct error *err)
{
	struct arena *arena = &config->arena;
	bool no_system = false;

	if (env->config_nosystem &&
	    !config_truth_of(&no_system, str_of(env->config_nosystem)))
		return error_set(err, ERROR_USAGE,
				 "GIT_CONFIG_NOSYSTEM is neither true nor "
				 "false");
	if (!no_system &&
	    !config_add_file(config,
			     env->config_system ? env->config_system
						: "/etc/gitconfig",
			     limits, err))
		return false;
	if (env->config_global)
		return config_add_file(config, env->config_global, limits, err);
	if (env->xdg_config && env->xdg_config[0]) {
		if (!config_add_file(config,
				     path_join(arena, str_of(env->xdg_config),
					       STR("git/config"))
					     .ptr,
				     limits, err))
			return false;
	} else if (env->home &&
		   !config_add_file(config,
				    path_join(arena, str_of(env->home),
					      STR(".config/git/config"))
					    .ptr,
				    limits, err)) {
		return false;
	}
	return !env->home || config_add_file(config,
					     path_join(arena, str_of(env->home),
						       STR(".gitconfig"))
						     .ptr,
					     limits, err);
}

bool owner_setting(str *out, str key, const struct repo_env *env,
		   const struct limits *limits, struct arena *arena,
		   struct error *err)
{
	const struct config_value *found;
	struct config config;
	bool done;

	config_init(&config);
	done = read_protected(&config, env, limits, err);
	found = done ? config_find(&config, key) : NULL;
	if (done)
		*out = found ? str_keep(arena, found->value) : (str){0};
	config_done(&config);
	return done;
}

static bool is_safe(bool *out, str folder, const struct repo_env *env,
		    const struct limits *limits, struct error *err)
{
	struct config config;
	bool done;

	*out = false;
	config_init(&config);
	done = read_protected(&config, env, limits, err);
	for (size_t i = 0; done && i < config.values.count; i++) {
		const struct config_value *value = &config.values.at[i];

		if (!str_is(value->key, "safe.directory"))
			continue;
		if (value->value.len == 0)
			*out = false; /* an empty one forgets those before */
		else if (owner_covers(value->value, folder, env->home,
				      &config.arena))
			*out = true;
	}
	config_done(&config);
	return done;
}

/* The command is pasted into a shell, and the folder's name may be hostile. */
static bool foreign_owner(str foreign, str folder, struct error *err)
{
	struct buf quoted;

	buf_init(&quoted, 4 * folder.len + 2);
	buf_byte(&quoted, '\'');
	for (size_t i = 0; i < folder.len; i++) {
		if (folder.ptr[i] == '\'')
			buf_add(&quoted, STR("'\\''"));
		else
			buf_byte(&quoted, folder.ptr[i]);
	}
	buf_byte(&quoted, '\'');
	error_set(err, ERROR_GIT,
		  STR_FMT " belongs to another user; if you trust it, run: git "
			  "config --global --add safe.directory " STR_FMT,
		  STR_ARG(foreign), STR_ARG(buf_str(&quoted)));
	buf_done(&quoted);
	return false;
}

bool owner_check(const struct place *place, str work_tree,
		 const struct repo_env *env, const struct limits *limits,
		 struct error *err)
{
	const str paths[] = {place->pointer, work_tree, place->git_dir};
	str folder = work_tree.ptr ? work_tree : place->git_dir;
	str foreign = {NULL, 0};
	bool safe;

	if (place->named)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(paths) && !foreign.ptr; i++) {
		bool ours = true;

		if (paths[i].ptr && !is_ours(&ours, paths[i], env, err))
			return false;
		if (!ours)
			foreign = paths[i];
	}
	if (!foreign.ptr)
		return true;
	if (!is_safe(&safe, folder, env, limits, err))
		return false;
	if (safe)
		return true;
	return foreign_owner(foreign, folder, err);
}
