/* schema-invalid - a record without the shape its kind asks for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/problem.h"
#include "lint/facts.h"
#include "lint/sink.h"

static str help_of(const struct facts *facts, const struct problem *problem)
{
	if (problem->suggestion.ptr)
		return str_format(facts->scratch, "did you mean '" STR_FMT "'?",
				  STR_ARG(problem->suggestion));
	return (str){0};
}

static str message_of(const struct facts *facts, const struct problem *problem)
{
	str message = problem->message;

	if (problem->repeat_count)
		message = str_format(facts->scratch,
				     STR_FMT " (and %zu more like it)",
				     STR_ARG(message), problem->repeat_count);
	return message;
}

/* The edit that mends a misspelt key; nothing else is safe to guess. */
static const struct edit *edit_of(struct edit *edit,
				  const struct problem *problem)
{
	if (!problem->key || !problem->suggestion.ptr ||
	    problem->key->style != STYLE_PLAIN)
		return NULL;
	*edit = (struct edit){problem->key->span, problem->suggestion};
	return edit;
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
		struct edit edit;

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
				.help = help_of(facts, problem),
				.edit = edit_of(&edit, problem),
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
