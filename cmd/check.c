/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/check.h"
#include "base/sys.h"
#include "cmd/base.h"
#include "cmd/context.h"
#include "cmd/fix.h"
#include "cmd/history_input.h"
#include "cmd/input.h"
#include "cmd/look.h"
#include "lint/lint.h"
#include "reporters/profile.h"
#include "reporters/summary.h"

enum {
	ON_A_TERMINAL = 20, /* findings shown in full */
	FILE_MOST = 1 << 30,
	/* GitHub refuses a job summary above 1 MiB for a step. */
	SUMMARY_MOST = 900 * 1024,
};

struct check_run {
	const struct env *env;
	const struct options *options;
	struct input input;
	struct lint lint;
	struct progress progress;
	struct lint_run *run;
	struct fix fix;
	bool fixes;		  /* --fix */
	bool shows;		  /* --diff */
	struct lint_run *trusted; /* exceptions of --policies-at, or NULL */
	str since;		  /* compared with this revision; or absent */
	bool exactly;
	struct base base;
	struct history_input history;
	const struct target *targets;
	size_t target_count;
	struct look look;
	enum severity fail_on; /* SEVERITY_OFF: never */
	struct buf stdin_text;
	struct overlay overlay; /* of --stdin-filename */
};

static bool read_severity(enum severity *out, const struct options *options,
			  enum option_id id, enum severity configured,
			  bool never, struct error *err)
{
	str text = options_text(options, id);

	*out = configured;
	if (!text.ptr)
		return true;
	if (never && str_is(text, "never")) {
		*out = SEVERITY_OFF;
		return true;
	}
	if (severity_parse(out, text) && *out != SEVERITY_OFF)
		return true;
	return error_set(err, ERROR_USAGE,
			 "--%s wants error, warning%s, not '" STR_FMT "'",
			 option_rows[id].long_name,
			 never ? ", note or never" : " or note", STR_ARG(text));
}

static bool read_look(struct check_run *check, struct error *err)
{
	const struct env *env = check->env;
	str most = options_text(check->options, OPTION_MAX_FINDINGS);
	struct look look = {
		.ci = look_ci(env),
		.statistics = options_has(check->options, OPTION_STATISTICS),
		.quiet = options_has(check->options, OPTION_QUIET),
		.width = env->width,
		.max_findings = env->out_is_terminal ? ON_A_TERMINAL : SIZE_MAX,
	};

	if (str_is(most, "none"))
		look.max_findings = SIZE_MAX;
	else if (!options_number(&look.max_findings, check->options,
				 OPTION_MAX_FINDINGS, look.max_findings, 0,
				 1000000, err))
		return false;
	if (!look_color(&look.color, env, check->options, env->out_is_terminal,
			err) ||
	    !look_targets(&check->targets, &check->target_count, check->options,
			  err))
		return false;
	check->look = look;
	return true;
}

/* A path as the user wrote it, from the root of the repository. */
static str path_from_root(const struct check_run *check, str path)
{
	str prefix = repo_state(check->input.repo)->prefix;
	struct arena *arena = check->options->arena;

	while (str_starts(path, STR("./")))
		path = str_slice(path, 2, path.len);
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	if (str_is(path, "."))
		path = STR("");
	path = str_format(arena, STR_FMT STR_FMT, STR_ARG(prefix),
			  STR_ARG(path));
	if (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	return path;
}

/* Nothing is narrowed down to nothing in silence. */
static bool path_is_there(const struct check_run *check, str path,
			  struct error *err)
{
	const struct snapshot *snapshot = check->input.snapshot;

	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		str entry = snapshot_at(snapshot, i)->path;

		if (path.len == 0 ||
		    (str_starts(entry, path) &&
		     (entry.len == path.len || entry.ptr[path.len] == '/')))
			return true;
	}
	return error_set(err, ERROR_USAGE,
			 "no file of the " STR_FMT " lies at '" STR_FMT "'",
			 STR_ARG(check->input.what), STR_ARG(path));
}

static bool read_overlay(struct check_run *check, struct error *err)
{
	str path = options_text(check->options, OPTION_STDIN_FILENAME);
	const struct options *options = check->options;

	buf_init(&check->stdin_text, limits_default.yaml_size);
	if (!path.ptr)
		return true;
	if (options->argument_count != 1 || !str_is(options->arguments[0], "-"))
		return error_set(err, ERROR_USAGE,
				 "--stdin-filename wants the argument -");
	check->overlay.path = path_from_root(check, path);
	if (!path_is_there(check, check->overlay.path, err) ||
	    !sys_read_all(&check->stdin_text, check->env->in, "standard input",
			  err))
		return false;
	check->overlay.text = buf_str(&check->stdin_text);
	check->lint.overlays = &check->overlay;
	check->lint.overlay_count = 1;
	check->lint.paths = &check->overlay.path;
	check->lint.path_count = 1;
	return true;
}

static bool read_paths(struct check_run *check, struct error *err)
{
	const struct options *options = check->options;
	str *paths;

	if (check->overlay.path.ptr)
		return true;
	paths = arena_array(options->arena, str, options->argument_count);
	for (size_t i = 0; i < options->argument_count; i++) {
		paths[i] = path_from_root(check, options->arguments[i]);
		if (!path_is_there(check, paths[i], err))
			return false;
	}
	check->lint.paths = paths;
	check->lint.path_count = options->argument_count;
	return true;
}

static bool prepare(struct check_run *check, struct error *err)
{
	const struct env *env = check->env;
	const struct options *options = check->options;
	const struct config *config;
	size_t jobs;

	if (!options_number(&jobs, options, OPTION_JOBS, env->processors, 1, 64,
			    err) ||
	    !read_look(check, err))
		return false;
	if (!fix_is_possible(options, err) ||
	    !input_open(&check->input, env, options, err))
		return false;
	check->fixes = options_has(options, OPTION_FIX);
	check->shows = options_has(options, OPTION_DIFF);
	config = policy_config(check->input.policy);
	check->lint.policy = check->input.policy;
	check->lint.snapshot = check->input.snapshot;
	check->lint.now = check->input.now;
	check->lint.jobs = (unsigned)jobs;
	check->lint.progress = look_progress(&check->progress, env, options);
	if (options_has(options, OPTION_PROFILE_RULES))
		check->lint.ticks = env->ticks;
	return read_severity(&check->fail_on, options, OPTION_FAIL_ON,
			     config->fail_on, true, err) &&
	       read_severity(&check->lint.min_severity, options,
			     OPTION_MIN_SEVERITY, config->min_severity, false,
			     err) &&
	       read_overlay(check, err) && read_paths(check, err);
}

/* In a pull request the exceptions of the trusted revision are the ones that
 * count, or a change could excuse itself. */
static bool load_exceptions(struct check_run *check, struct error *err)
{
	struct lint lint = check->lint;

	if (!check->input.policies)
		return true;
	lint.snapshot = check->input.policies;
	lint.load_only = true;
	lint.overlay_count = 0;
	lint.path_count = 0;
	if (!lint_run(&check->trusted, &lint, err))
		return false;
	check->lint.exceptions = lint_corpus(check->trusted);
	return true;
}

/* True: what cannot be read is told by the run. */
static bool load_history(struct check_run *check)
{
	history_input_open(&check->history, &check->input, NULL, &check->lint);
	return true;
}

/* --fix writes and goes on with the run of what was written; --diff alone
 * shows what would be and goes on with the run of what is. */
static bool mend(struct check_run *check, struct error *err)
{
	struct lint_run *before = check->run;

	if (!check->fixes && !check->shows)
		return true;
	if (!fix_find(&check->fix, &check->input, &check->lint, before, err) ||
	    (check->fixes && !fix_write(&check->fix, &check->input, err)))
		return false;
	if (check->shows)
		fix_show(check->env, &check->fix, before);
	if (check->fixes && check->fix.after) {
		check->run = check->fix.after;
		check->fix.after = NULL;
		lint_run_free(before);
	}
	fix_tell(check->env, &check->fix, check->fixes);
	return true;
}

static bool load_base(struct check_run *check, struct error *err)
{
	str baseline = policy_config(check->input.policy)->baseline;

	if (!check->since.ptr && baseline.ptr) {
		if (!base_below(&check->input, baseline, check->options->arena,
				err))
			return false;
		check->since = baseline;
		check->exactly = true;
	}
	/* `--base ''` compares with nothing. */
	return check->since.len == 0 ||
	       base_open(&check->base, &check->input, check->since,
			 check->exactly, &check->lint, check->options, err);
}

static void add_context(struct check_run *check)
{
	const struct report *report = lint_report(check->run);

	lint_describe(check->run, check->input.what, check->input.whose);
	context_locate(check->run, &check->input, check->options->arena);
	if (report->records == 0)
		lint_incomplete(check->run, (str){0},
				STR("no record was found; tracked files that "
				    "say kind and id are records"));
	context_remark(check->run, &check->input, check->options->arena);
	context_policy_change(check->run, &check->input, check->options);
	if (check->lint.ticks)
		profile_write(check->env->err, report);
	if (options_has(check->options, OPTION_VERBOSE))
		context_tell(check->env, check->run, &check->input);
}

static bool too_large(str path, struct error *err)
{
	return error_set(err, ERROR_LIMIT,
			 "the report is too large for '" STR_FMT "'",
			 STR_ARG(path));
}

static bool write_file(const struct check_run *check,
		       const struct target *target, struct error *err)
{
	const char *path = arena_cstr(check->options->arena, target->file);
	struct look look = check->look;
	struct out file;
	bool ok;

	look.color = false;
	look.width = 0;
	out_init(&file, FILE_MOST);
	target->reporter->write(lint_report(check->run), &look, &file);
	ok = file.buf.full ? too_large(target->file, err)
			   : sys_write_file(path, out_str(&file), err);
	out_done(&file);
	return ok;
}

static void write_stream(const struct check_run *check,
			 const struct reporter *reporter)
{
	const struct report *report = lint_report(check->run);
	const struct env *env = check->env;

	if (!check->shows) {
		env->out->ci = check->look.ci;
		reporter->write(report, &check->look, env->out);
	} else if (report->incomplete_count) {
		/* The diff is there; why it may lack something is not left
		 * unsaid. */
		out_safe(env->err, SAFE("abide: error: "));
		summary_incomplete(env->err, report);
		out_safe(env->err, SAFE("\n"));
	}
}

/* The page that belongs to a format, where the environment has a file for it:
 * the job summary of GitHub, to which other commands of the step may write. */
static bool write_companion(const struct check_run *check,
			    const struct reporter *reporter, struct error *err)
{
	const struct look look = {.ci = true, .most = SUMMARY_MOST};
	const char *path;
	struct out page;
	bool ok;

	if (!reporter->companion)
		return true;
	path = check->env->variable(reporter->companion_variable);
	if (!path || !*path)
		return true;
	out_init(&page, FILE_MOST);
	reporter_find(str_of(reporter->companion))
		->write(lint_report(check->run), &look, &page);
	out_safe(&page, SAFE("\n"));
	ok = page.buf.full ? too_large(str_of(path), err)
			   : sys_append_file(path, out_str(&page), err);
	out_done(&page);
	return ok;
}

static bool write_targets(const struct check_run *check, struct error *err)
{
	for (size_t i = 0; i < check->target_count; i++) {
		const struct target *target = &check->targets[i];

		if (target->file.ptr) {
			if (!write_file(check, target, err))
				return false;
		} else {
			write_stream(check, target->reporter);
		}
		if (!write_companion(check, target->reporter, err))
			return false;
	}
	return true;
}

static enum status status_of(const struct check_run *check)
{
	const struct report *report = lint_report(check->run);

	if (report->incomplete_count)
		return STATUS_UNRELIABLE;
	if (options_has(check->options, OPTION_EXIT_ZERO))
		return STATUS_PASS;
	if (check->shows && !check->fixes && fix_changes(&check->fix))
		return STATUS_FINDINGS;
	if (check->fail_on == SEVERITY_OFF)
		return STATUS_PASS;
	for (size_t i = check->fail_on; i <= SEVERITY_ERROR; i++) {
		/* Seeing and failing are two things. */
		if (report->counted[i])
			return STATUS_FINDINGS;
	}
	return STATUS_PASS;
}

enum status check_compared(const struct env *env, const struct options *options,
			   str revision, bool exactly)
{
	struct check_run check = {
		.env = env,
		.options = options,
		.since = revision,
		.exactly = exactly,
	};
	enum status status = STATUS_UNRELIABLE;
	struct error err;
	bool ok = prepare(&check, &err) && load_exceptions(&check, &err) &&
		  load_base(&check, &err) && load_history(&check) &&
		  lint_run(&check.run, &check.lint, &err) && mend(&check, &err);

	progress_end(check.lint.progress);
	if (!ok) {
		status = complain(env, &err);
		goto done;
	}
	add_context(&check);
	if (!options_has(options, OPTION_QUIET) ||
	    options->times[OPTION_QUIET] < 2) {
		if (!write_targets(&check, &err)) {
			status = complain(env, &err);
			goto done;
		}
	}
	status = status_of(&check);
done:
	lint_run_free(check.run);
	fix_done(&check.fix);
	history_input_close(&check.history);
	base_close(&check.base);
	lint_run_free(check.trusted);
	input_close(&check.input);
	buf_done(&check.stdin_text);
	return status;
}

static enum status run(const struct env *env, const struct options *options)
{
	return check_compared(env, options, options_text(options, OPTION_BASE),
			      false);
}

extern const struct command command_check;
const struct command command_check = {
	.name = "check",
	.arguments = "[PATH...]",
	.summary = "judge the records of a repository",
	.details =
		"Judges the work tree as git sees it: tracked files with "
		"their\n"
		"present content. Every rule sees all records; a PATH narrows\n"
		"only what is reported, and what --fix may edit.\n"
		"\n"
		"--fix edits what has one right answer and leaves the rest to "
		"its\n"
		"author: it never fills in a fact. Comments and layout stay, a "
		"file\n"
		"is written whole or not at all, and what is left is told.\n",
	.examples = "  abide check\n"
		    "  abide check --staged\n"
		    "  abide check --diff\n"
		    "  abide check --at main --format json=report.json "
		    "--format text\n",
	.run = run,
};
