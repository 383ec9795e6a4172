/*
 * retention - the schedule of retention, with the law, the systems and the
 * promises beside it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/retention.h"

#include "base/nearest.h"
#include "cmd/look.h"

static const struct writer writers[] = {
	{"text", retention_write_text},
	{"json", retention_write_json},
	{"csv", retention_write_csv},
};

/* "dc-leads", or "data-category/dc-leads". */
static bool read_category(struct retention *retention,
			  const struct options *options, struct error *err)
{
	static const char prefix[] = "data-category/";
	const struct record *const *records;
	str nearest[1];
	size_t count;
	str *names;
	str id;

	if (options->argument_count == 0)
		return true;
	if (options->argument_count > 1)
		return error_set(err, ERROR_USAGE,
				 "retention takes one category at most");
	id = options->arguments[0];
	if (str_starts(id, str_of(prefix)))
		id = str_slice(id, sizeof(prefix) - 1, id.len);
	retention->category = id;
	retention->explain = true;
	if (corpus_find(retention->corpus, STR("data-category"), id))
		return true;
	records =
		corpus_of_kind(retention->corpus, STR("data-category"), &count);
	names = arena_array(retention->arena, str, count);
	for (size_t i = 0; i < count; i++)
		names[i] = records[i]->id;
	if (nearest_find(nearest, 1, id, names, count) == 0)
		nearest[0] = (str){0};
	return error_set(err, ERROR_USAGE,
			 "there is no data category '" STR_FMT "'%s" STR_FMT
			 "%s",
			 STR_ARG(id), nearest[0].ptr ? "; did you mean '" : "",
			 STR_ARG(nearest[0]), nearest[0].ptr ? "'?" : "");
}

/* The end of the organisation's financial year; else 31 December. */
void retention_year(struct retention *retention)
{
	const struct record *const *records;
	struct instant end;
	size_t count;

	records =
		corpus_of_kind(retention->corpus, STR("organisation"), &count);
	retention->year_end =
		(struct civil){.year = 2001, .month = 12, .day = 31};
	if (count == 0 || !records[0]->root ||
	    !date_parse(&end, node_text(node_find(records[0]->root,
						  STR("undertaking")),
					STR("financial_year_end"))))
		return;
	retention->year_end = civil_of(end, 0);
	retention->year_known = true;
}

static enum status write(struct retention *retention, struct lint_run *run,
			 const struct options *options,
			 const struct writer *writer)
{
	struct error err;

	retention->corpus = lint_corpus(run);
	if (!read_category(retention, options, &err))
		return complain(retention->env, &err);
	retention_year(retention);
	retention->clock = clock_of(lint_host(run), retention->corpus,
				    &retention->problems, retention->arena);
	retention->today = clock_day(&retention->clock, retention->input->now);
	problems_add_unread(&retention->problems, retention->arena,
			    lint_report(run), retention->corpus);
	retention_find(retention);
	retention->env->out->ci = look_ci(retention->env) ||
				  writer->write == retention_write_json;
	writer->write(retention);
	return problems_write(&retention->problems, retention->env);
}

void retention_done(struct retention *retention)
{
	for (size_t i = 0; i < retention->schedules.count; i++) {
		struct schedule *schedule = &retention->schedules.at[i];

		vec_done(&schedule->systems);
		vec_done(&schedule->notices);
		vec_done(&schedule->holds);
		vec_done(&schedule->conflicts);
	}
	vec_done(&retention->schedules);
	vec_done(&retention->problems);
}

static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	struct retention retention = {
		.env = env,
		.arena = options->arena,
		.input = &input,
		.explain = options_has(options, OPTION_EXPLAIN),
	};
	const struct writer *writer;
	struct lint_run *run = NULL;
	enum status status;
	struct lint lint;
	struct error err;

	if (!look_writer(&writer, writers, ARRAY_SIZE(writers),
			 "the schedule is written as text, json or csv",
			 options, &err) ||
	    !input_open(&input, env, options, &err))
		return complain(env, &err);
	lint = (struct lint){
		.policy = input.policy,
		.snapshot = input.snapshot,
		.now = input.now,
		.jobs = env->processors,
		.load_only = true,
	};
	if (lint_run(&run, &lint, &err))
		status = write(&retention, run, options, writer);
	else
		status = complain(env, &err);
	retention_done(&retention);
	lint_run_free(run);
	input_close(&input);
	return status;
}

extern const struct command command_retention;
const struct command command_retention = {
	.name = "retention",
	.arguments = "[CATEGORY]",
	.summary = "show how long data is kept, and what speaks against it",
	.details =
		"Shows for each category of data the rule in force, the law's "
		"minimum and the\nmaximum, the systems that hold it, what "
		"notices promise, and conflicts between\nthem. With a CATEGORY "
		"or --explain the arithmetic is shown, from an event to the\n"
		"first day on which the data may be deleted.\n",
	.examples = "  abide retention\n"
		    "  abide retention dc-invoices --as-of 2026-05-04\n"
		    "  abide retention --format csv > schedule.csv\n",
	.run = run,
};
