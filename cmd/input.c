/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/input.h"

#include <stdio.h>

#include "base/sys.h"
#include "checks/checks.h"
#include "git/dated.h"
#include "lint/host.h"

str input_hex(struct arena *arena, struct oid oid)
{
	char *hex = arena_raw(arena, OID_HEX, 1);

	oid_format(hex, &oid);
	return str_make(hex, OID_HEX);
}

/* HEAD may stand on a branch without a commit; git's own word is "unborn". */
static bool commit_snapshot(struct snapshot **out, struct repo *repo,
			    str revision, struct error *err)
{
	struct arena arena;
	struct head head;
	bool unborn;

	if (str_is(revision, "HEAD") || str_is(revision, "@")) {
		arena_init(&arena);
		if (!repo_head(&head, repo, &arena, err)) {
			arena_done(&arena);
			return false;
		}
		unborn = head.oid.len == 0;
		arena_done(&arena);
		if (unborn)
			return error_set(err, ERROR_USAGE,
					 "HEAD names no commit: the branch has "
					 "none yet");
	}
	return snapshot_of_commit(out, repo, revision, err);
}

/* An index that somebody names is judged even there. */
static bool index_snapshot(struct input *input, const struct env *env,
			   struct error *err)
{
	if (repo_state(input->repo)->bare && !env->git->index_file)
		return error_set(err, ERROR_USAGE,
				 "a bare repository has no index; --at REV "
				 "judges a commit of it");
	input->what = STR("index");
	return snapshot_of_index(&input->snapshot, input->repo, err);
}

static bool open_snapshot(struct input *input, const struct env *env,
			  const struct options *options, struct error *err)
{
	str revision = options_text(options, OPTION_AT);
	bool staged = options_has(options, OPTION_STAGED);

	if (revision.ptr && staged)
		return error_set(err, ERROR_USAGE,
				 "--at and --staged exclude each other");
	if (staged)
		return index_snapshot(input, env, err);
	if (!revision.ptr && !repo_state(input->repo)->bare) {
		input->what = STR("work tree");
		return snapshot_of_worktree(&input->snapshot, input->repo, err);
	}
	/* A bare repository has no work tree: its HEAD is judged. */
	if (!commit_snapshot(&input->snapshot, input->repo,
			     revision.ptr ? revision : STR("HEAD"), err))
		return false;
	input->what =
		input_hex(options->arena, snapshot_commit(input->snapshot));
	return true;
}

static bool open_policies(struct input *input, const struct options *options,
			  struct error *err)
{
	str revision = options_text(options, OPTION_POLICIES_AT);

	input->whose = input->what;
	if (!revision.ptr)
		return true;
	if (!commit_snapshot(&input->policies, input->repo, revision, err))
		return false;
	input->whose =
		input_hex(options->arena, snapshot_commit(input->policies));
	return true;
}

/* A date, or an RFC 3339 time whose seconds may be left out, as people write
 * it: 2026-11-21T12:00+02:00. */
static bool read_time(struct instant *out, str text, struct arena *arena)
{
	enum { MINUTES = 16 };

	if (date_parse(out, text) || instant_parse(out, text))
		return true;
	return text.len > MINUTES &&
	       instant_parse(out, str_format(arena, STR_FMT ":00" STR_FMT,
					     MINUTES, text.ptr,
					     STR_ARG(str_slice(text, MINUTES,
							       text.len))));
}

/* --as-of, else the time of the commit, else the clock. */
static bool set_now(struct input *input, const struct env *env,
		    const struct options *options, struct error *err)
{
	str text = options_text(options, OPTION_AS_OF);
	struct commit commit;
	struct oid oid;

	input->now = env->now;
	if (text.ptr) {
		if (read_time(&input->now, text, options->arena))
			return true;
		return error_set(err, ERROR_USAGE,
				 "--as-of wants a date (2026-11-21) or a time "
				 "with its offset (2026-11-21T12:00:00+02:00), "
				 "not '" STR_FMT "'",
				 STR_ARG(text));
	}
	/* What a branch was at a date is judged as of that date. */
	if (dated_revision(&input->now, options_text(options, OPTION_AT)))
		return true;
	if (!input->snapshot ||
	    snapshot_kind(input->snapshot) != SNAPSHOT_COMMIT)
		return true;
	oid = snapshot_commit(input->snapshot);
	if (!commit_read(&commit, repo_reader(input->repo), &oid,
			 options->arena, err))
		return false;
	if (!commit.committer.dated)
		return error_set(err, ERROR_GIT,
				 "the commit says no date that can be read; "
				 "give one with --as-of");
	input->now = commit.committer.when;
	return true;
}

static bool load_policy(struct input *input, const struct options *options,
			struct error *err)
{
	const struct snapshot *trusted =
		input->policies ? input->policies : input->snapshot;

	return policy_load(
		&input->policy,
		&(struct policy_options){
			.snapshot = trusted,
			.config = options_text(options, OPTION_CONFIG),
			.isolated = options_has(options, OPTION_ISOLATED),
			.only = options->values[OPTION_ONLY].at,
			/* `abide test` chooses among tests, not rules. */
			.only_count =
				str_is(str_of(options->command->name), "test")
					? 0
					: options->values[OPTION_ONLY].count,
			.checks = checks,
			.check_count = check_count,
			.libraries = host_libraries,
			.library_count = host_library_count,
			.limits = &limits_default,
		},
		err);
}

/* A configuration that git does not track is not read; say so instead of
 * judging by the defaults in silence. */
static bool config_is_tracked(const struct input *input, struct error *err)
{
	const struct repo_state *state = repo_state(input->repo);
	enum sys_kind kind;
	char path[4096];
	int len;

	if (snapshot_kind(input->snapshot) != SNAPSHOT_WORKTREE ||
	    snapshot_find(input->snapshot, STR("abide.yaml")))
		return true;
	len = snprintf(path, sizeof(path), STR_FMT "/abide.yaml",
		       STR_ARG(state->work_tree));
	if (len < 0 || (size_t)len >= sizeof(path))
		return true;
	kind = sys_kind_of(SYS_HERE, path);
	if (kind == SYS_ABSENT)
		return true;
	return error_set(err, ERROR_CONFIG,
			 "abide.yaml is not tracked by git and would not be "
			 "read; run: git add abide.yaml");
}

bool input_open(struct input *out, const struct env *env,
		const struct options *options, struct error *err)
{
	struct input input = {
		.env = env,
		.verify = options_has(options, OPTION_VERIFY_SIGNATURES),
	};

	if (!repo_open(&input.repo, env->git, env->dir, &limits_default, err))
		return false;
	if (!open_snapshot(&input, env, options, err) ||
	    !open_policies(&input, options, err) ||
	    (!input.policies && !options_has(options, OPTION_ISOLATED) &&
	     !options_has(options, OPTION_CONFIG) &&
	     !config_is_tracked(&input, err)) ||
	    !set_now(&input, env, options, err) ||
	    !load_policy(&input, options, err)) {
		input_close(&input);
		return false;
	}
	*out = input;
	return true;
}

bool input_policy_alone(struct input *out, const struct options *options,
			struct error *err)
{
	struct input input = {.what = STR("no repository"),
			      .whose = STR("built in")};

	if (!load_policy(&input, options, err))
		return false;
	*out = input;
	return true;
}

void input_close(struct input *input)
{
	policy_free(input->policy);
	snapshot_free(input->policies);
	snapshot_free(input->snapshot);
	if (input->repo)
		repo_close(input->repo);
	*input = (struct input){0};
}
