/*
 * init - a repository to begin with: a configuration and example records.
 *
 * The files are those of templates/, which the program holds. Nothing is ever
 * written over, and nothing is written when something is in the way.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "base/sys.h"
#include "base/vec.h"
#include "cmd/options.h"

struct template
{
	str path; /* in the repository */
	str text;
};

struct plan {
	const struct env *env;
	struct arena *arena;
	struct repo *repo;
	int root; /* of the work tree, -1: not open */
	VEC(struct template) files;
};

/* Adds the files of templates/PROFILE/; one with the path of another takes its
 * place. The table is sorted by path, and so is what comes of it. */
static void add_profile(struct plan *plan, str profile)
{
	str folder = str_format(plan->arena, "templates/" STR_FMT "/",
				STR_ARG(profile));

	for (size_t i = 0; i < embedded_count; i++) {
		const struct embedded *file = &embedded_files[i];
		str path = str_of(file->path);
		str text = str_make(file->start,
				    (size_t)(file->end - file->start));
		size_t at = 0;

		if (!str_starts(path, folder))
			continue;
		path = str_slice(path, folder.len, path.len);
		while (at < plan->files.count &&
		       str_compare(plan->files.at[at].path, path) < 0)
			at++;
		if (at == plan->files.count ||
		    !str_equal(plan->files.at[at].path, path)) {
			(void)vec_push(&plan->files);
			for (size_t k = plan->files.count - 1; k > at; k--)
				plan->files.at[k] = plan->files.at[k - 1];
		}
		plan->files.at[at] = (struct template){path, text};
	}
}

/* What it is: the comment on its first line. */
static str title_of(const struct template *file)
{
	str rest = file->text;
	str line = str_cut(&rest, '\n');

	return str_starts(line, STR("# ")) ? str_slice(line, 2, line.len)
					   : STR("");
}

/* TODAY stands for the day of the run, so that no review begins overdue. */
static str text_of(const struct plan *plan, const struct template *file)
{
	char day[INSTANT_TEXT];
	size_t len = date_format(day, plan->env->now);
	str rest = file->text;
	struct buf out;
	str made;

	buf_init(&out, SIZE_MAX);
	for (;;) {
		size_t at = str_find(rest, STR("TODAY"));

		buf_add(&out, str_slice(rest, 0, at));
		if (at == SIZE_MAX)
			break;
		buf_add(&out, str_make(day, len));
		rest = str_slice(rest, at + STR("TODAY").len, rest.len);
	}
	made = str_keep(plan->arena, buf_str(&out));
	buf_done(&out);
	return made;
}

static bool read_profile(struct plan *plan, const struct options *options,
			 struct error *err)
{
	str profile = options_text(options, OPTION_PROFILE);

	add_profile(plan, STR("starter"));
	if (!profile.ptr || str_is(profile, "starter"))
		return true;
	if (!str_is(profile, "full"))
		return error_set(err, ERROR_USAGE,
				 "--profile wants starter or full, not "
				 "'" STR_FMT "'",
				 STR_ARG(profile));
	add_profile(plan, profile);
	return true;
}

static bool open_root(struct plan *plan, struct error *err)
{
	const struct env *env = plan->env;
	const struct repo_state *state;

	if (!repo_open(&plan->repo, env->git, env->dir, &limits_default, err))
		return false;
	state = repo_state(plan->repo);
	if (state->bare)
		return error_set(err, ERROR_USAGE,
				 "this repository is bare: init writes files, "
				 "and it has no work tree for them");
	return sys_open_directory(&plan->root, SYS_HERE,
				  arena_cstr(plan->arena, state->work_tree),
				  err);
}

/* Is anything in the way? Each such file is named. */
static bool is_free(const struct plan *plan)
{
	bool free = true;

	for (size_t i = 0; i < plan->files.count; i++) {
		str path = plan->files.at[i].path;

		enum sys_kind kind = sys_kind_beneath(
			plan->root, arena_cstr(plan->arena, path));

		if (kind == SYS_ABSENT)
			continue;
		free = false;
		out_safe(plan->env->err, SAFE("abide: kept "));
		out_text(plan->env->err, path, ENCODE_TERMINAL);
		out_safe(plan->env->err,
			 kind == SYS_LINK
				 ? SAFE(": there is a symbolic link, which is "
					"not followed\n")
				 : SAFE(": it is there already\n"));
	}
	return free;
}

static void tell_written(const struct plan *plan, const struct template *file)
{
	enum { COLUMN = 45 };
	struct out *out = plan->env->out;

	out_safe(out, SAFE("wrote "));
	out_text(out, file->path, ENCODE_TERMINAL);
	out_repeat(out, SAFE(" "),
		   file->path.len < COLUMN ? COLUMN - file->path.len : 1);
	out_text(out, title_of(file), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void tell_next(const struct plan *plan)
{
	const struct repo_state *state = repo_state(plan->repo);
	struct out *out = plan->env->out;

	if (state->prefix.len) {
		out_safe(out, SAFE("at the root of the repository, "));
		out_text(out, state->work_tree, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	out_safe(out, SAFE("next: git add -A && abide check\n"));
}

static bool write_files(const struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->files.count; i++) {
		const struct template *file = &plan->files.at[i];

		if (!sys_create_beneath(plan->root,
					arena_cstr(plan->arena, file->path),
					text_of(plan, file), err))
			return false;
		tell_written(plan, file);
	}
	tell_next(plan);
	return true;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct plan plan = {.env = env, .arena = options->arena, .root = -1};
	enum status status = STATUS_UNRELIABLE;
	struct error err;

	if (!read_profile(&plan, options, &err)) {
		(void)complain(env, &err);
	} else if (!open_root(&plan, &err)) {
		(void)complain(env, &err);
		if (!plan.repo)
			complain_help(env,
				      STR("abide works in a git repository; "
					  "`git init` makes one here"));
	} else if (!is_free(&plan)) {
		(void)error_set(&err, ERROR_USAGE,
				"nothing was written: init writes over "
				"nothing");
		(void)complain(env, &err);
	} else if (!write_files(&plan, &err)) {
		(void)complain(env, &err);
	} else {
		status = STATUS_PASS;
	}
	if (plan.root != -1)
		sys_close(plan.root);
	if (plan.repo)
		repo_close(plan.repo);
	vec_done(&plan.files);
	return status;
}

extern const struct command command_init;
const struct command command_init = {
	.name = "init",
	.summary = "write a configuration and example records",
	.details =
		"Writes abide.yaml, example records under compliance/ and a "
		"rule of your\n"
		"own under policies/, at the root of the repository. No "
		"question is asked,\n"
		"and no file is written over: when one of them is there, it is "
		"named,\n"
		"nothing is written, and the status is 2. The records are of a "
		"made-up\n"
		"company and have no findings; put your own facts in their "
		"place.\n",
	.examples = "  git init && abide init\n  abide init --profile full\n",
	.run = run,
};
