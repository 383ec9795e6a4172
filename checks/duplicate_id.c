/* duplicate-id - two records of one kind must not share an id. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct record *record = facts->record;
	const struct record *first;

	(void)rule;
	(void)err;
	if (record->id.len == 0)
		return true; /* the schema has already said so */
	first = corpus_find(facts->corpus, record->kind, record->id);
	if (!first || first == record)
		return true;
	sink_report(sink,
		    &(struct found){
			    .span = record->place,
			    .pointer = STR("/id"),
			    .message = str_format(
				    facts->scratch,
				    STR_FMT "/" STR_FMT
					    " is defined twice: " STR_FMT
					    " and " STR_FMT,
				    STR_ARG(record->kind), STR_ARG(record->id),
				    STR_ARG(first->source->path),
				    STR_ARG(record->source->path)),
			    .label = STR("second use"),
			    .other_path = first->source->path,
			    .other = first->place,
			    .other_label = STR("first use"),
		    });
	return true;
}

extern const struct check check_duplicate_id;
const struct check check_duplicate_id = {
	.name = "duplicate-id",
	.summary = "an id belongs to one record of its kind",
	.stage = CHECK_CORPUS,
	.invalid_too = true,
	.run = run,
};
