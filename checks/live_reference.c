/*
 * live-reference - nothing live leans on what has ended, or on an empty role.
 *
 * A role without a holder is one finding with all that depends on it, not one
 * for each dependant. Records of what happened (a completed review, a past
 * incident) may be referred to for ever, and people may be named in past facts
 * after they left.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"
#include "lint/facts.h"
#include "lint/reads.h"
#include "lint/sink.h"

enum { DEPENDANTS_NAMED = 3 };

/* Kinds whose records are facts of the past once they are closed. */
/* Most references ask for no time: those of the replay's records that do are
 * judged again as it passes. */
static struct instant now_of(const struct facts *facts)
{
	reads_note(facts->reads, READ_CLOCK, STR(""), STR(""));
	return facts->now;
}

static bool is_past_fact(str kind)
{
	static const char *const kinds[] = {"deletion-run", "access-review",
					    "incident",	    "training",
					    "review",	    "action"};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (str_is(kind, kinds[i]))
			return true;
	}
	return false;
}

/* Reads a date or a time; false when there is none. */
static bool time_of(struct instant *out, str text)
{
	return text.ptr && (date_parse(out, text) || instant_parse(out, text));
}

/* A person who has left holds nothing from that moment. */
static bool has_left(const struct facts *facts, str id)
{
	const struct record *person =
		corpus_find(facts->corpus, STR("person"), id);
	struct instant left;

	if (!person || !person->root)
		return false; /* unknown: known-reference says so */
	if (time_of(&left, node_text(person->root, STR("left_at"))))
		return instant_compare(left, now_of(facts)) <= 0;
	return !person->live;
}

static bool holds_now(const struct facts *facts, const struct node *holder)
{
	struct instant from;
	struct instant until;

	if (time_of(&from, node_text(holder, STR("from"))) &&
	    instant_compare(from, now_of(facts)) > 0)
		return false;
	/* `until` names the last day that still counts. */
	if (time_of(&until, node_text(holder, STR("until")))) {
		until.seconds += 86400;
		if (instant_compare(until, now_of(facts)) <= 0)
			return false;
	}
	return !has_left(facts, node_text(holder, STR("person")));
}

/* How the last holder left, for the message. */
static str last_holder(const struct facts *facts, const struct node *holders)
{
	const struct node *last =
		holders->count ? &holders->as.children[holders->count - 1]
			       : NULL;
	str id = last ? node_text(last, STR("person")) : (str){0};
	const struct record *person =
		corpus_find(facts->corpus, STR("person"), id);
	str left = person && person->root
			   ? node_text(person->root, STR("left_at"))
			   : (str){0};

	if (!id.ptr)
		return STR(" (nobody was ever named)");
	if (!left.ptr)
		return str_format(facts->scratch, " (last: " STR_FMT ")",
				  STR_ARG(id));
	return str_format(facts->scratch,
			  " (last: " STR_FMT ", left " STR_FMT ")", STR_ARG(id),
			  STR_ARG(str_slice(left, 0, 10)));
}

static void report_role(const struct facts *facts, const struct node *holders,
			const struct record *const *dependants, size_t count,
			struct sink *sink)
{
	const struct record *record = facts->record;
	str message = str_format(
		facts->scratch,
		"role/" STR_FMT " has no current holder" STR_FMT "; %zu %s "
		"%s on it: ",
		STR_ARG(record->id), STR_ARG(last_holder(facts, holders)),
		count, count == 1 ? "record" : "records",
		count == 1 ? "depends" : "depend");

	for (size_t i = 0; i < count && i < DEPENDANTS_NAMED; i++)
		message = str_format(facts->scratch,
				     STR_FMT "%s" STR_FMT "/" STR_FMT,
				     STR_ARG(message), i ? ", " : "",
				     STR_ARG(dependants[i]->kind),
				     STR_ARG(dependants[i]->id));
	if (count > DEPENDANTS_NAMED)
		message = str_format(facts->scratch, STR_FMT ", ...",
				     STR_ARG(message));
	sink_report(sink, &(struct found){
				  .span = record->place,
				  .pointer = STR("/holders"),
				  .message = message,
				  .label = STR("nobody holds this role"),
			  });
}

static void judge_role(const struct facts *facts, struct sink *sink)
{
	const struct record *record = facts->record;
	const struct node *holders =
		record->root ? node_find(record->root, STR("holders")) : NULL;
	const struct record **dependants;
	const struct referrer *referrers;
	size_t count = 0;
	size_t live = 0;

	if (!holders)
		return;
	for (size_t i = 0; i < holders->count; i++) {
		if (holds_now(facts, &holders->as.children[i]))
			return;
	}
	referrers = corpus_referrers(facts->corpus, record);
	for (const struct referrer *at = referrers; at; at = at->next)
		count++;
	dependants = arena_array(facts->scratch, const struct record *, count);
	for (const struct referrer *at = referrers; at; at = at->next) {
		const struct record *from = at->record;

		if (from->live && (live == 0 || dependants[live - 1] != from))
			dependants[live++] = from;
	}
	if (live)
		report_role(facts, holders, dependants, live, sink);
}

static void judge_references(const struct facts *facts, struct sink *sink)
{
	const struct record *record = facts->record;

	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];
		const struct record *to =
			corpus_target(facts->corpus, record, i);

		if (!to || to->live || str_is(to->kind, "role") ||
		    str_is(to->kind, "person") || is_past_fact(to->kind))
			continue;
		sink_report(
			sink,
			&(struct found){
				.span = reference->span,
				.discriminator = reference->id,
				.message = str_format(
					facts->scratch,
					STR_FMT
					"/" STR_FMT " depends on " STR_FMT
					"/" STR_FMT ", which is " STR_FMT,
					STR_ARG(record->kind),
					STR_ARG(record->id), STR_ARG(to->kind),
					STR_ARG(to->id), STR_ARG(to->status)),
				.label = STR("has ended"),
				.other_path = to->source->path,
				.other = to->status_span,
				.other_label = STR("ended here"),
			});
	}
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	(void)rule;
	(void)err;
	if (!facts->record->live)
		return true;
	if (str_is(facts->record->kind, "role"))
		judge_role(facts, sink);
	else
		judge_references(facts, sink);
	return true;
}

static const char *const keeps[] = {"person/left_at", "role/holders", NULL};

extern const struct check check_live_reference;
const struct check check_live_reference = {
	.name = "live-reference",
	.summary = "nothing live depends on what has ended, or on an empty "
		   "role",
	.stage = CHECK_CORPUS,
	.keeps = keeps,
	.run = run,
};
