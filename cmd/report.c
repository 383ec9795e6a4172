/* report - `abide report`: one page for management and auditors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report.h"

#include "base/sha256.h"
#include "base/sys.h"
#include "cmd/context.h"
#include "cmd/history_input.h"
#include "cmd/look.h"
#include "reporters/reporter.h"

enum { FILE_MOST = 1 << 30 };

/* Everything that is opened, in one place to close it. */
struct opened {
	struct past past;
	bool has_past;
	struct input alone;	      /* without a history */
	struct history_input history; /* for the rules */
	struct lint_run *run;
	struct lint_run *trusted; /* exceptions of --policies-at, or NULL */
	struct obligation_set *obligations;
};

/* A history that is not whole is no reason to keep the rest back. */
static bool open_input(struct opened *opened, struct dossier *dossier,
		       struct error *err)
{
	struct error cause;

	if (past_open(&opened->past, dossier->env, dossier->options, &cause)) {
		opened->has_past = true;
		dossier->past = &opened->past;
		dossier->input = &opened->past.input;
		return true;
	}
	if (!input_open(&opened->alone, dossier->env, dossier->options, err))
		return false;
	dossier->input = &opened->alone;
	dossier->no_past = str_keep(dossier->arena, error_text(&cause));
	return true;
}

static bool judge(struct opened *opened, struct dossier *dossier,
		  struct error *err)
{
	struct lint lint = {
		.policy = dossier->input->policy,
		.snapshot = dossier->input->snapshot,
		.now = dossier->input->now,
		.jobs = dossier->jobs,
		.min_severity = SEVERITY_NOTE,
		.keep_all = true,
	};

	if (dossier->input->policies) {
		struct lint before = lint;

		before.snapshot = dossier->input->policies;
		before.load_only = true;
		if (!lint_run(&opened->trusted, &before, err))
			return false;
		lint.exceptions = lint_corpus(opened->trusted);
	}
	history_input_open(&opened->history, dossier->input, NULL, &lint);
	return lint_run(&opened->run, &lint, err);
}

/* The same as `abide check` says, so that the digests are the same. */
static void describe(struct opened *opened, struct dossier *dossier)
{
	const struct input *input = dossier->input;

	dossier->run = opened->run;
	dossier->report = lint_report(opened->run);
	dossier->corpus = lint_corpus(opened->run);
	lint_describe(opened->run, input->what, input->whose);
	context_locate(opened->run, input, dossier->arena);
	if (dossier->report->records == 0)
		lint_incomplete(opened->run, (str){0},
				STR("no record was found; tracked files that "
				    "say kind and id are records"));
	context_remark(opened->run, input, dossier->arena);
	context_policy_change(opened->run, input, dossier->options);
}

static bool digest(struct dossier *dossier, struct error *err)
{
	const struct look look = {0};
	unsigned char sum[SHA256_RAW];
	char text[SHA256_HEX + 1];
	struct out lines;
	bool ok;

	out_init(&lines, FILE_MOST);
	reporter_find(STR("ndjson"))->write(dossier->report, &look, &lines);
	ok = !lines.buf.full;
	sha256_of(sum, out_str(&lines));
	out_done(&lines);
	sha256_format(text, sum);
	dossier->digest = str_keep(dossier->arena, str_make(text, SHA256_HEX));
	return ok || error_set(err, ERROR_LIMIT,
			       "the findings are too many for one report");
}

static bool find_dues(struct opened *opened, struct dossier *dossier,
		      struct error *err)
{
	struct dues *dues = &dossier->dues;
	const struct policy *policy = dossier->input->policy;

	dues->env = dossier->env;
	dues->arena = dossier->arena;
	dues->input = dossier->input;
	dues->now = dossier->input->now;
	dues->host = lint_host(dossier->run);
	dues->corpus = dossier->corpus;
	dues->clock = dossier->clock;
	dues->today = clock_day(&dossier->clock, dues->now);
	dues->obligations = opened->obligations;
	if (!period_parse(&dues->within,
			  policy_parameter(policy, STR("due.warn_before"))
				  ->value->text,
			  err))
		return false;
	due_find(dues);
	return true;
}

static void find_retention(struct dossier *dossier)
{
	struct retention *retention = &dossier->retention;

	retention->env = dossier->env;
	retention->arena = dossier->arena;
	retention->input = dossier->input;
	retention->corpus = dossier->corpus;
	retention->clock = dossier->clock;
	retention->today = dossier->dues.today;
	retention_year(retention);
	retention_find(retention);
}

static void take_problems(struct dossier *dossier,
			  const struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		*vec_push(&dossier->problems) = problems->at[i];
}

/* What a version of the past held that could not be read is not known. */
static void add_unread_past(struct dossier *dossier)
{
	str reason;
	size_t unread = replay_unread(dossier->replay, &reason);

	if (unread)
		*vec_push(&dossier->problems) = str_format(
			dossier->arena,
			"%zu version%s of files in the history could not be "
			"judged whole; the first: " STR_FMT,
			unread, unread == 1 ? "" : "s", STR_ARG(reason));
}

static bool collect(struct opened *opened, struct dossier *dossier,
		    struct error *err)
{
	dossier->clock = clock_of(lint_host(dossier->run), dossier->corpus,
				  &dossier->problems, dossier->arena);
	if (!find_dues(opened, dossier, err))
		return false;
	find_retention(dossier);
	map_frameworks(&dossier->law, dossier->input->policy, dossier->run,
		       STR("gdpr"), STR("iso27001"), dossier->arena);
	problems_add_unread(&dossier->problems, dossier->arena, dossier->report,
			    dossier->corpus);
	take_problems(dossier, &dossier->dues.problems);
	take_problems(dossier, &dossier->retention.problems);
	if (!dossier->past)
		*vec_push(&dossier->problems) = str_format(
			dossier->arena,
			"the course over time, the ages of findings and the "
			"changes are left out: " STR_FMT,
			STR_ARG(dossier->no_past));
	if (!digest(dossier, err) ||
	    (dossier->past && !report_past(dossier, err)))
		return false;
	if (dossier->past)
		add_unread_past(dossier);
	report_secrets(dossier);
	return true;
}

static bool write_page(const struct dossier *dossier, struct error *err)
{
	report_head(dossier);
	report_position(dossier);
	report_trend(dossier);
	report_findings(dossier);
	report_deadlines(dossier);
	report_exposure(dossier);
	report_coverage(dossier);
	report_retention(dossier);
	report_activities(dossier);
	report_incidents(dossier);
	report_controls(dossier);
	report_exceptions(dossier);
	if (!report_changes(dossier, err))
		return false;
	report_method(dossier);
	out_safe(dossier->out, SAFE("</main>\n</div>\n<footer><p>Made by abide "
				    "from the records alone. Nothing in this "
				    "file loads, runs or sends "
				    "anything.</p></footer>\n</body>\n"
				    "</html>\n"));
	return true;
}

/* To a file whole or not at all; to standard output when all is done. */
static bool write_file(struct dossier *dossier, str name, struct error *err)
{
	struct out page;
	bool ok;

	if (str_is(name, "-")) {
		dossier->out = dossier->env->out;
		return write_page(dossier, err);
	}
	out_init(&page, FILE_MOST);
	dossier->out = &page;
	ok = write_page(dossier, err);
	if (ok && page.buf.full)
		ok = error_set(err, ERROR_LIMIT,
			       "the report is too large for '" STR_FMT "'",
			       STR_ARG(name));
	ok = ok && sys_write_file(arena_cstr(dossier->arena, name),
				  out_str(&page), err);
	out_done(&page);
	return ok;
}

static void done(struct opened *opened, struct dossier *dossier)
{
	retention_done(&dossier->retention);
	vec_done(&dossier->dues.items);
	vec_done(&dossier->dues.problems);
	vec_done(&dossier->problems);
	vec_done(&dossier->secrets);
	arena_done(&dossier->dues.scratch);
	replay_free(dossier->replay);
	history_free(dossier->whole);
	lint_run_free(opened->run);
	history_input_close(&opened->history);
	lint_run_free(opened->trusted);
	obligation_set_free(opened->obligations);
	if (opened->has_past)
		past_close(&opened->past);
	else
		input_close(&opened->alone);
}

static enum status run(const struct env *env, const struct options *options)
{
	str name = options_text(options, OPTION_HTML);
	struct opened opened = {0};
	struct dossier dossier = {
		.env = env, .options = options, .arena = options->arena};
	enum status status = STATUS_PASS;
	struct error err;
	size_t jobs;

	if (!name.len || options->argument_count) {
		(void)error_set(&err, ERROR_USAGE,
				"report wants --html FILE, and no argument; - "
				"is standard output");
		return complain(env, &err);
	}
	if (!options_number(&jobs, options, OPTION_JOBS, env->processors, 1, 64,
			    &err))
		return complain(env, &err);
	dossier.jobs = (unsigned)jobs;
	arena_init(&dossier.dues.scratch);
	if (!open_input(&opened, &dossier, &err) ||
	    !policy_obligations(&opened.obligations, dossier.input->policy,
				&err) ||
	    !judge(&opened, &dossier, &err)) {
		status = complain(env, &err);
	} else {
		describe(&opened, &dossier);
		if (!collect(&opened, &dossier, &err) ||
		    !write_file(&dossier, name, &err))
			status = complain(env, &err);
		else
			status = problems_write(&dossier.problems, env);
	}
	done(&opened, &dossier);
	return status;
}

extern const struct command command_report;
const struct command command_report = {
	.name = "report",
	.arguments = "",
	.summary = "write one page for management and auditors",
	.details = "Writes one HTML file that loads nothing and runs nothing: "
		   "counts and never a score,\nopen findings and their course "
		   "over time, coverage of the GDPR by Annex A and back,\n"
		   "deadlines, fine tiers, the schedule of retention, the "
		   "register of processing,\nincidents, the Statement of "
		   "Applicability, exceptions, changes, and how it was\nmade. "
		   "Findings do not change the exit status; 2 says that "
		   "something is missing.\n",
	.examples = "  abide report --html report.html\n"
		    "  abide report --html report.html --at main --since "
		    "2026-01-01\n"
		    "  abide report --html - | less\n",
	.run = run,
};
