/* schema-invalid - a record without the shape its kind asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/period_words.h"
#include "jsonschema/problem.h"
#include "jsonschema/schema_view.h"
#include "lint/facts.h"
#include "lint/sink.h"

static str message_of(const struct facts *facts, const struct problem *problem)
{
	str message = problem->message;

	if (problem->repeat_count)
		message = str_format(facts->scratch,
				     STR_FMT " (and %zu more like it)",
				     STR_ARG(message), problem->repeat_count);
	return message;
}

/* What one place of a fault becomes: a misspelt key with one near name, a
 * duration in words, a number where only a text may stand. A value of an enum
 * or a missing key has to be decided by its author. */
static bool mend(struct edit *out, const struct problem *problem,
		 const struct node *at, struct arena *scratch)
{
	char text[PERIOD_TEXT];
	size_t len;

	if (problem->sensitive)
		return false;
	if (problem->key)
		return problem->sure &&
		       edit_scalar(out, at, problem->suggestion, scratch);
	if (strcmp(problem->keyword, "format") == 0 && problem->rule &&
	    str_is(problem->rule->text, "duration") &&
	    at->kind == NODE_STRING) {
		len = period_of_words(text, at->text);
		return len &&
		       edit_scalar(out, at, str_make(text, len), scratch);
	}
	return strcmp(problem->keyword, "type") == 0 &&
	       problem->schema->types == SCHEMA_STRING &&
	       (at->kind == NODE_INT || at->kind == NODE_FLOAT) &&
	       edit_quote(out, at, scratch);
}

static const struct edit *edits_of(const struct problem *problem,
				   struct arena *scratch)
{
	const struct node *at = problem->key ? problem->key : problem->instance;
	const struct edit *first = NULL;
	const struct edit **link = &first;

	for (size_t i = 0; i <= problem->repeat_count; i++) {
		struct edit *edit = arena_new(scratch, struct edit);

		if (i)
			at = problem->repeats[i - 1];
		if (!mend(edit, problem, at, scratch))
			continue;
		*link = edit;
		link = &edit->next;
	}
	return first;
}

/* What to do about it: the first edit in words, or a name to think about. */
static str help_of(const struct facts *facts, const struct problem *problem,
		   const struct edit *edit)
{
	if (problem->suggestion.ptr)
		return str_format(facts->scratch, "did you mean '" STR_FMT "'?",
				  STR_ARG(problem->suggestion));
	if (edit)
		return str_format(facts->scratch, "write " STR_FMT,
				  STR_ARG(edit->text));
	return (str){0};
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	(void)rule;
	(void)err;
	for (size_t i = 0; i < facts->problem_count; i++) {
		const struct problem *problem = &facts->problems[i];
		const struct node *at =
			problem->key ? problem->key : problem->instance;
		bool whole = problem->instance == facts->root && !problem->key;
		struct buf pointer;
		const struct edit *edit = edits_of(problem, facts->scratch);

		buf_init(&pointer, facts->limits->yaml_size);
		node_pointer(&pointer, facts->root, problem->instance);
		sink_report(
			sink,
			&(struct found){
				/* Of the whole record, point at its id. */
				.span = whole ? facts->record->place : at->span,
				.pointer = buf_str(&pointer),
				.discriminator = str_format(
					facts->scratch, "%s " STR_FMT,
					problem->keyword,
					STR_ARG(problem->name)),
				.message = message_of(facts, problem),
				.help = help_of(facts, problem, edit),
				.edit = edit,
			});
		buf_done(&pointer);
	}
	return true;
}

extern const struct check check_schema_invalid;
const struct check check_schema_invalid = {
	.name = "schema-invalid",
	.summary = "a record has the shape of its kind",
	.stage = CHECK_RECORD,
	.invalid_too = true,
	.run = run,
};
