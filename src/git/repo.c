/* SPDX-License-Identifier: Apache-2.0 */
#include "git/repo.h"

#include "base/mem.h"
#include "base/sys.h"
#include "base/vec.h"
#include "git/config.h"
#include "git/discover.h"
#include "git/owner.h"

struct repo {
	struct arena arena;
	struct repo_state state;
	const struct limits *limits;
	struct odb *odb;
	struct odb_reader *reader;
};

const struct repo_state *repo_state(const struct repo *repo)
{
	return &repo->state;
}

const struct limits *repo_limits(const struct repo *repo)
{
	return repo->limits;
}

const struct odb *repo_odb(const struct repo *repo)
{
	return repo->odb;
}

struct odb_reader *repo_reader(struct repo *repo)
{
	return repo->reader;
}

/* ---- the configuration */

static bool config_load(struct config *config, const struct place *place,
			const struct limits *limits, struct error *err)
{
	struct arena *arena = &config->arena;
	bool own;

	if (!config_add_file(
		    config,
		    path_join(arena, place->common_dir, STR("config")).ptr,
		    limits, err) ||
	    !config_truth(&own, config, STR("extensions.worktreeconfig"), false,
			  err))
		return false;
	return !own || config_add_file(config,
				       path_join(arena, place->git_dir,
						 STR("config.worktree"))
					       .ptr,
				       limits, err);
}

/* Extensions that change nothing of what is read here. */
static const char *const harmless[] = {
	"noop",
	"noop-v1",
	"partialclone",
	"preciousobjects",
	"relativeworktrees",
	"worktreeconfig",
};

static bool extension_known(const struct config_value *value, int64_t version,
			    struct error *err)
{
	str name = str_slice(value->key, strlen("extensions."), value->key.len);

	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++) {
		if (str_is(name, harmless[i]))
			return true;
	}
	if (str_is(name, "objectformat")) {
		if (str_equal_nocase(value->value, STR("sha1")))
			return true;
		return error_set(err, ERROR_GIT,
				 "the repository names objects by " STR_FMT
				 "; only sha1 can be read",
				 STR_ARG(value->value));
	}
	if (str_is(name, "refstorage")) {
		if (str_equal_nocase(value->value, STR("files")))
			return true;
		return error_set(err, ERROR_GIT,
				 "the repository keeps its refs as " STR_FMT
				 "; only files can be read",
				 STR_ARG(value->value));
	}
	/* Version 0 knows no extensions, so git ignores what it does not know
	 * there. */
	if (version == 0)
		return true;
	return error_set(err, ERROR_GIT,
			 "the repository uses the extension " STR_FMT
			 ", which is not known",
			 STR_ARG(name));
}

static bool format_check(const struct config *config, struct error *err)
{
	const struct config_value *value =
		config_find(config, STR("core.repositoryformatversion"));
	int64_t version = 0;

	if (value && (!str_to_int64(&version, value->value) || version < 0))
		return error_set(err, ERROR_GIT,
				 "core.repositoryformatversion is no number");
	if (version > 1)
		return error_set(err, ERROR_GIT,
				 "the repository has format version %lld, at "
				 "most 1 can be read",
				 (long long)version);
	for (size_t i = 0; i < config->values.count; i++) {
		if (str_starts(config->values.at[i].key, STR("extensions.")) &&
		    !extension_known(&config->values.at[i], version, err))
			return false;
	}
	return true;
}

/* ---- the work tree */

static bool real_join(str *out, str base, const char *path, struct arena *arena,
		      const char *what, struct error *err)
{
	if (!sys_real_path(out, path_join(arena, base, str_of(path)).ptr, arena,
			   err))
		return error_prefix(err, "%s", what);
	return true;
}

/* core.worktree may say where the work tree of this git directory is, but not
 * lead away from the folder that was found. */
static bool use_configured(struct repo *repo, const struct place *place,
			   str value, struct error *err)
{
	str path;

	if (!real_join(&path, place->git_dir, arena_cstr(&repo->arena, value),
		       &repo->arena, "core.worktree", err))
		return false;
	if (!place->named && !path_within(place->top, path))
		return error_set(err, ERROR_GIT,
				 "core.worktree leads from " STR_FMT
				 " to " STR_FMT ", which is not trusted",
				 STR_ARG(place->top), STR_ARG(path));
	repo->state.work_tree = path;
	return true;
}

static bool find_work_tree(struct repo *repo, const struct place *place,
			   const struct config *config,
			   const struct repo_env *env, struct error *err)
{
	const struct config_value *value =
		config_find(config, STR("core.worktree"));
	struct repo_state *state = &repo->state;
	bool bare;

	if (!config_truth(&bare, config, STR("core.bare"), false, err))
		return false;
	state->linked = !str_equal(place->git_dir, place->common_dir);
	/* A bare repository's linked worktree has a work tree. */
	if (state->linked)
		bare = false;
	if (env->work_tree)
		return real_join(&state->work_tree, place->start,
				 env->work_tree, &repo->arena, "GIT_WORK_TREE",
				 err);
	if (!place->top.ptr || bare) {
		state->bare = true;
		return true;
	}
	if (value && value->value.len)
		return use_configured(repo, place, value->value, err);
	state->work_tree = place->top;
	return true;
}

static void find_prefix(struct repo *repo, str start)
{
	struct repo_state *state = &repo->state;
	str below;

	state->prefix = STR("");
	if (!state->work_tree.ptr || !path_within(start, state->work_tree))
		return;
	below = str_slice(start, state->work_tree.len, start.len);
	if (str_starts(below, STR("/")))
		below = str_slice(below, 1, below.len);
	if (below.len)
		state->prefix =
			str_format(&repo->arena, STR_FMT "/", STR_ARG(below));
}

/* ---- what limits history */

static bool read_shallow(struct repo *repo, struct error *err)
{
	struct repo_state *state = &repo->state;
	str path = path_join(&repo->arena, state->common_dir, STR("shallow"));
	VEC(struct oid) found = {0};
	struct buf bytes;
	bool done = true;
	str rest;

	if (sys_kind_of(SYS_HERE, path.ptr) == SYS_ABSENT)
		return true;
	buf_init(&bytes, repo->limits->git_file_size);
	done = sys_read_file(&bytes, SYS_HERE, path.ptr, err);
	rest = buf_str(&bytes);
	while (done && rest.len) {
		str line = str_cut(&rest, '\n');
		struct oid oid;

		if (oid_parse(&oid, line))
			*vec_push(&found) = oid;
		else
			done = error_set(err, ERROR_GIT,
					 "%s is damaged: a line is no object "
					 "name",
					 path.ptr);
	}
	state->boundary = vec_keep(&found, &repo->arena);
	state->boundary_count = found.count;
	state->shallow = found.count > 0;
	vec_done(&found);
	buf_done(&bytes);
	return done;
}

static bool read_promises(struct repo *repo, const struct config *config,
			  struct error *err)
{
	const struct config_value *value =
		config_find(config, STR("extensions.partialclone"));
	struct repo_state *state = &repo->state;
	struct arena *arena = &repo->arena;
	str key;

	if (value && value->value.len)
		state->promisor = str_keep(arena, value->value);
	for (size_t i = 0; i < config->values.count; i++) {
		bool promises;

		value = &config->values.at[i];
		if (!str_starts(value->key, STR("remote.")) ||
		    !str_ends(value->key, STR(".promisor")) ||
		    value->key.len <= strlen("remote..promisor"))
			continue;
		if (!config_truth_of(&promises, value->value))
			return error_set(err, ERROR_GIT,
					 "the configuration's " STR_FMT
					 " is neither true nor false",
					 STR_ARG(value->key));
		if (promises)
			state->promisor = str_keep(
				arena, str_slice(value->key, strlen("remote."),
						 value->key.len -
							 strlen(".promisor")));
	}
	state->partial = state->promisor.ptr != NULL;
	if (!state->partial)
		return true;
	key = str_format(arena, "remote." STR_FMT ".partialclonefilter",
			 STR_ARG(state->promisor));
	value = config_find(config, key);
	if (value)
		state->filter = str_keep(arena, value->value);
	return true;
}

/* Where the clone says it comes from: `origin` before any other, and no other
 * when there are several. */
static void read_remote(struct repo *repo, const struct config *config)
{
	const struct config_value *origin =
		config_find(config, STR("remote.origin.url"));
	const struct config_value *only = NULL;
	bool several = false;

	for (size_t i = 0; i < config->values.count; i++) {
		const struct config_value *value = &config->values.at[i];

		if (!str_starts(value->key, STR("remote.")) ||
		    !str_ends(value->key, STR(".url")))
			continue;
		several =
			several || (only && !str_equal(only->key, value->key));
		only = value;
	}
	if (!origin && !several)
		origin = only;
	if (origin && origin->value.len)
		repo->state.remote = str_keep(&repo->arena, origin->value);
}

/* Are there refs/replace? git's users see another history then. */
static bool read_replaced(struct repo *repo, struct error *err)
{
	struct repo_state *state = &repo->state;
	struct arena *arena = &repo->arena;
	str loose = path_join(arena, state->common_dir, STR("refs/replace"));
	str packed = path_join(arena, state->common_dir, STR("packed-refs"));
	struct buf bytes;
	bool done = true;
	size_t count = 0;
	str *names;

	if (sys_kind_of(SYS_HERE, loose.ptr) == SYS_DIRECTORY) {
		if (!sys_list(&names, &count, SYS_HERE, loose.ptr, arena, err))
			return false;
		state->replaced = count > 0;
	}
	if (state->replaced || sys_kind_of(SYS_HERE, packed.ptr) == SYS_ABSENT)
		return true;
	buf_init(&bytes, repo->limits->git_file_size);
	done = sys_read_file(&bytes, SYS_HERE, packed.ptr, err);
	if (done)
		state->replaced = str_find(buf_str(&bytes),
					   STR(" refs/replace/")) != SIZE_MAX;
	buf_done(&bytes);
	return done;
}

static bool read_state(struct repo *repo, const struct config *config,
		       struct error *err)
{
	struct repo_state *state = &repo->state;
	str grafts =
		path_join(&repo->arena, state->common_dir, STR("info/grafts"));

	const struct config_value *hooks =
		config_find(config, STR("core.hookspath"));

	state->including = config->including;
	if (hooks)
		state->hooks_path = str_keep(&repo->arena, hooks->value);
	read_remote(repo, config);
	state->grafted = sys_kind_of(SYS_HERE, grafts.ptr) != SYS_ABSENT;
	return config_truth(&state->sparse, config, STR("core.sparsecheckout"),
			    false, err) &&
	       read_shallow(repo, err) && read_promises(repo, config, err) &&
	       read_replaced(repo, err);
}

/* ---- opening */

/* git goes to the top of the work tree before it uses relative paths of the
 * environment. */
static str base_of(const struct repo *repo, const struct place *place)
{
	return repo->state.work_tree.ptr ? repo->state.work_tree : place->start;
}

static bool open_stores(struct repo *repo, const struct place *place,
			const struct repo_env *env, struct error *err)
{
	str base = base_of(repo, place);
	str directory =
		env->objects
			? path_join(&repo->arena, base, str_of(env->objects))
			: path_join(&repo->arena, repo->state.common_dir,
				    STR("objects"));
	const struct odb_places places = {
		.directory = directory.ptr,
		.alternates = env->alternates,
		.base = base,
	};

	if (!odb_open(&repo->odb, &places, repo->limits, err))
		return false;
	repo->reader = odb_reader_new(repo->odb);
	return true;
}

static bool fill(struct repo *repo, struct config *config,
		 const struct repo_env *env, const char *directory,
		 struct error *err)
{
	struct repo_state *state = &repo->state;
	struct place place;

	if (!discover(&place, env, directory, &repo->arena, err))
		return false;
	state->git_dir = place.git_dir;
	state->common_dir = place.common_dir;
	state->quarantined = env->quarantine != NULL;
	/* The owner is asked about before anything inside is believed. */
	if (!owner_check(&place, place.top, env, repo->limits, err) ||
	    !config_load(config, &place, repo->limits, err) ||
	    !format_check(config, err) ||
	    !find_work_tree(repo, &place, config, env, err))
		return false;
	find_prefix(repo, place.start);
	state->index_file =
		env->index_file
			? path_join(&repo->arena, base_of(repo, &place),
				    str_of(env->index_file))
			: path_join(&repo->arena, state->git_dir, STR("index"));
	return read_state(repo, config, err) &&
	       open_stores(repo, &place, env, err);
}

bool repo_open(struct repo **out, const struct repo_env *env,
	       const char *directory, const struct limits *limits,
	       struct error *err)
{
	struct repo *repo = mem_new(sizeof(*repo));
	struct config config;
	bool done;

	arena_init(&repo->arena);
	config_init(&config);
	repo->limits = limits;
	done = fill(repo, &config, env, directory, err);
	config_done(&config);
	if (!done) {
		repo_close(repo);
		return false;
	}
	*out = repo;
	return true;
}

void repo_close(struct repo *repo)
{
	if (!repo)
		return;
	odb_reader_free(repo->reader);
	odb_free(repo->odb);
	arena_done(&repo->arena);
	mem_free(repo);
}
