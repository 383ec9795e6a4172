/*
 * due - occurrences and clocks: what is overdue, soon and fine.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/due.h"

#include "cmd/look.h"
#include "policy/citation.h"

const char *const due_state_names[DUE_STATES] = {
	[DUE_OVERDUE] = "overdue",
	[DUE_SOON] = "soon",
	[DUE_FINE] = "fine",
};

str due_when(const struct dues *dues, const struct due *due)
{
	char text[INSTANT_TEXT];
	size_t len;

	if (!due->known)
		return (str){0};
	len = due->obligation->exact ? instant_format(text, due->at)
				     : date_format(text, due->at);
	return str_keep(dues->arena, str_make(text, len));
}

str due_record(const struct dues *dues, const struct due *due)
{
	const struct record *record = due->record;

	return record ? str_format(dues->arena, STR_FMT "/" STR_FMT,
				   STR_ARG(record->kind), STR_ARG(record->id))
		      : (str){0};
}

str due_law(const struct dues *dues, const struct due *due)
{
	struct buf text;
	str kept;

	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < due->obligation->cite_count; i++) {
		if (i)
			buf_add(&text, STR(", "));
		citation_format(&text, &due->obligation->cites[i]);
	}
	kept = str_keep(dues->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

str due_period(const struct dues *dues, const struct period *period)
{
	char text[PERIOD_TEXT];

	return str_keep(dues->arena,
			str_make(text, period_format(text, period)));
}

bool due_has(const struct period *period)
{
	return period->months || period->days || period->seconds ||
	       period->nanos;
}

static bool read_within(struct dues *dues, const struct options *options,
			struct error *err)
{
	str text = options_text(options, OPTION_WITHIN);
	const struct parameter *standard =
		policy_parameter(dues->input->policy, STR("due.warn_before"));

	if (!text.ptr)
		return period_parse(&dues->within, standard->value->text, err);
	if (period_parse(&dues->within, text, err))
		return true;
	return error_set(err, ERROR_USAGE,
			 "--within wants a period such as P30D, not '" STR_FMT
			 "'",
			 STR_ARG(text));
}

static const struct writer writers[] = {
	{"text", due_write_text},
	{"json", due_write_json},
	{"ics", due_write_ics},
};

static enum status judge(struct dues *dues, struct lint_run *run,
			 const struct options *options,
			 const struct writer *writer)
{
	dues->host = lint_host(run);
	dues->corpus = lint_corpus(run);
	dues->clock = clock_of(dues->host, dues->corpus, &dues->problems,
			       dues->arena);
	dues->today = clock_day(&dues->clock, dues->now);
	problems_add_unread(&dues->problems, dues->arena, lint_report(run),
			    dues->corpus);
	due_find(dues);
	/* JSON loses nothing by it, so its bytes do not depend on the place. */
	dues->env->out->ci =
		look_ci(dues->env) || writer->write == due_write_json;
	writer->write(dues);
	if (problems_write(&dues->problems, dues->env) != STATUS_PASS)
		return STATUS_UNRELIABLE;
	return options_has(options, OPTION_FAIL_OVERDUE) &&
			       dues->counts[DUE_OVERDUE]
		       ? STATUS_FINDINGS
		       : STATUS_PASS;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	struct dues dues = {
		.env = env, .arena = options->arena, .input = &input};
	struct obligation_set *obligations = NULL;
	struct lint_run *run = NULL;
	enum status status;
	const struct writer *writer;
	struct lint lint;
	struct error err;

	if (!look_writer(&writer, writers, ARRAY_SIZE(writers),
			 "due is written as text, json or ics", options,
			 &err) ||
	    !input_open(&input, env, options, &err))
		return complain(env, &err);
	lint = (struct lint){
		.policy = input.policy,
		.snapshot = input.snapshot,
		.now = input.now,
		.jobs = env->processors,
		.load_only = true,
	};
	arena_init(&dues.scratch);
	dues.now = input.now;
	if (read_within(&dues, options, &err) &&
	    policy_obligations(&obligations, input.policy, &err) &&
	    lint_run(&run, &lint, &err)) {
		dues.obligations = obligations;
		status = judge(&dues, run, options, writer);
	} else {
		status = complain(env, &err);
	}
	arena_done(&dues.scratch);
	vec_done(&dues.items);
	vec_done(&dues.problems);
	lint_run_free(run);
	obligation_set_free(obligations);
	input_close(&input);
	return status;
}

extern const struct command command_due;
const struct command command_due = {
	.name = "due",
	.summary = "list what has to be done by when",
	.details =
		"Lists the deadlines that follow from records, parameters and "
		"law: work that comes\nback (reviews, training, deletion) and "
		"clocks that run (72 hours, one month). The\ntable of "
		"obligations is data: policies/obligations, and the folder of "
		"that name in\nthe repository's own policies.\n",
	.examples = "  abide due\n"
		    "  abide due --within P7D --fail-overdue\n"
		    "  abide due --format ics > due.ics\n",
	.run = run,
};
