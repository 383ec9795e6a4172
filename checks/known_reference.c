/* known-reference - a reference names a record that exists. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "lint/facts.h"
#include "lint/sink.h"

/* The record of that kind whose id is nearest, or NULL. */
static const struct record *nearest_record(const struct facts *facts,
					   const struct reference *reference)
{
	struct nearest nearest;
	size_t count;
	const struct record *const *records =
		corpus_of_kind(facts->corpus, reference->kind, &count);

	nearest_start(&nearest, reference->id);
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, records[i]->id);
	return nearest.count ? corpus_find(facts->corpus, reference->kind,
					   nearest.found[0])
			     : NULL;
}

static void report(const struct facts *facts, const struct reference *reference,
		   struct sink *sink)
{
	const struct record *record = facts->record;
	const struct record *near = nearest_record(facts, reference);
	struct edit edit = {.span = reference->span};
	struct found found = {
		.span = reference->span,
		.discriminator = reference->id,
		.message = str_format(
			facts->scratch,
			STR_FMT "/" STR_FMT " points to " STR_FMT "/" STR_FMT
				", which does not exist",
			STR_ARG(record->kind), STR_ARG(record->id),
			STR_ARG(reference->kind), STR_ARG(reference->id)),
		.label = STR("no record has this id"),
	};

	if (near) {
		found.help = str_format(
			facts->scratch,
			"did you mean '" STR_FMT "' (" STR_FMT ")?",
			STR_ARG(near->id), STR_ARG(near->source->path));
		edit.text = near->id;
		/* A value "kind/id" or in quotes is not replaced as a whole. */
		if (reference->span.end - reference->span.start ==
		    reference->id.len)
			found.edit = &edit;
	}
	sink_report(sink, &found);
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct record *record = facts->record;

	(void)rule;
	(void)err;
	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];

		if (!corpus_target(facts->corpus, record, i))
			report(facts, reference, sink);
	}
	return true;
}

extern const struct check check_known_reference;
const struct check check_known_reference = {
	.name = "known-reference",
	.summary = "a reference names a record that exists",
	.stage = CHECK_CORPUS,
	.run = run,
};
