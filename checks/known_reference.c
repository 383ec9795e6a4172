/* known-reference - a reference names a record that exists. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "lint/facts.h"
#include "lint/sink.h"

/* The digits of an id say which one is meant: o, i and l are often typed for
 * 0 and 1, any other change of a digit names another record. */
static char digit_of(char c)
{
	if (c == 'o' || c == 'O')
		return '0';
	if (c == 'l' || c == 'i' || c == 'I')
		return '1';
	return c;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits of `a`, and letters where `b` has digits, are those of `b`. */
static bool same_digits(str a, str b)
{
	size_t i = 0;

	if (a.len == b.len) {
		for (; i < a.len; i++) {
			if (a.ptr[i] != b.ptr[i] &&
			    (is_digit(a.ptr[i]) || is_digit(b.ptr[i])) &&
			    digit_of(a.ptr[i]) != digit_of(b.ptr[i]))
				return false;
		}
		return true;
	}
	for (size_t k = 0;; i++, k++) {
		while (i < a.len && !is_digit(a.ptr[i]))
			i++;
		while (k < b.len && !is_digit(b.ptr[k]))
			k++;
		if (i == a.len || k == b.len)
			return i == a.len && k == b.len;
		if (a.ptr[i] != b.ptr[k])
			return false;
	}
}

/* The record of that kind whose id is nearest, or NULL. */
static const struct record *nearest_record(bool *sure,
					   const struct facts *facts,
					   const struct reference *reference)
{
	struct nearest nearest;
	size_t count;
	const struct record *const *records =
		corpus_of_kind(facts->corpus, reference->kind, &count);

	nearest_start(&nearest, reference->id);
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, records[i]->id);
	if (!nearest.count)
		return NULL;
	*sure = nearest_is_sure(&nearest, 1) &&
		same_digits(reference->id, nearest.found[0]);
	return corpus_find(facts->corpus, reference->kind, nearest.found[0]);
}

/* Where the id alone stands: in quotes or not, behind "kind/" or not. False
 * for a value that is written otherwise (escapes, an alias). */
static bool find_id(struct span *out, const struct reference *reference)
{
	uint32_t len = reference->span.end - reference->span.start;
	size_t named = reference->kind.len + 1 + reference->id.len;
	uint32_t quotes;

	if (len == reference->id.len || len == named)
		quotes = 0;
	else if (len == reference->id.len + 2 || len == named + 2)
		quotes = 1;
	else
		return false;
	out->end = reference->span.end - quotes;
	out->start = out->end - (uint32_t)reference->id.len;
	return true;
}

static void report(const struct facts *facts, const struct reference *reference,
		   struct sink *sink)
{
	const struct record *record = facts->record;
	bool sure = false;
	const struct record *near = nearest_record(&sure, facts, reference);
	struct edit edit = {0};
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
		if (sure && find_id(&edit.span, reference))
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
