/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/since.h"

#include <stdlib.h>

#include "cmd/effect.h"
#include "cmd/past_replay.h"
#include "lint/waive.h"

/* What says that a control which is declared implemented shows no evidence. */
#define EVIDENCE_RULE "soa/control-without-evidence"

static struct instant end_of(const struct since *since)
{
	return replay_clock(since->replay, replay_steps(since->replay) - 1);
}

static void add(struct since *since, struct since_reason reason)
{
	struct stretch both;

	if (!stretch_meet(&both, &reason.when, &since->frame))
		return;
	reason.when = both;
	*vec_push(&since->reasons) = reason;
}

/* ---- what the record says */

/* Why a version of the record is no control in force; absent: it is one. */
static str why_not(const struct since *since, const struct node *tree)
{
	const struct node *applicable = node_find(tree, STR("applicable"));
	str implementation = node_text(tree, STR("implementation"));

	if (!tree)
		return STR("the record is gone");
	if (str_is(node_text(tree, STR("status")), "retired"))
		return STR("the record is retired");
	if (!applicable || applicable->kind != NODE_BOOL)
		return STR("the record does not say whether it is applicable");
	if (!applicable->as.boolean)
		return STR("not applicable");
	if (str_is(implementation, "implemented"))
		return (str){0};
	return implementation.ptr
		       ? str_format(since->past->arena,
				    "implementation: " STR_FMT,
				    STR_ARG(implementation))
		       : STR("the record does not say how far it is in place");
}

static bool find_states(struct since *since, struct error *err)
{
	const struct past *past = since->past;
	const struct trail *trail = since->trail;
	struct stretch when = {
		.from = {INSTANT_LEAST, 0},
		.until = replay_clock(since->replay,
				      trail->changes[trail->count - 1].number),
	};

	add(since, (struct since_reason){
			   .when = when,
			   .what = STR("the record was not there yet"),
		   });
	for (size_t i = trail->count; i-- > 0;) {
		const struct node *before;
		const struct node *after;
		str reason;

		if (!change_trees(&before, &after, past->trails, past->reader,
				  &trail->changes[i], past->arena, err))
			return false;
		when.from =
			replay_clock(since->replay, trail->changes[i].number);
		when.until = i ? replay_clock(since->replay,
					      trail->changes[i - 1].number)
			       : end_of(since);
		reason = why_not(since, after);
		if (reason.ptr)
			add(since, (struct since_reason){.when = when,
							 .what = reason});
	}
	return true;
}

/* ---- what was found */

/* An error of a rule that cites the control, or about its record; and that it
 * shows no evidence, however severe that is held to be. */
static bool counts(const struct since *since, const struct finding *finding)
{
	bool about = str_is(finding->kind, "control") &&
		     str_equal(finding->id, since->trail->id);

	if (about && str_is(finding->rule->id, EVIDENCE_RULE))
		return true;
	return finding->severity == SEVERITY_ERROR &&
	       (about || effect_cites(finding->rule->cites,
				      finding->rule->cite_count, since->name));
}

/* What no exception covers of the time in which a finding was open. */
static void add_stay(struct since *since, const struct finding *finding,
		     struct stretch open)
{
	struct arena *arena = since->past->arena;
	size_t count;
	const struct record *const *records =
		corpus_of_kind(since->corpus, STR("exception"), &count);
	struct stretch *covered = arena_array(arena, struct stretch, count);
	struct stretch *left = arena_array(arena, struct stretch, count + 1);
	size_t covers = 0;
	size_t pieces;

	for (size_t i = 0; i < count; i++) {
		if (waiver_term(&covered[covers], records[i],
				since->past->input.policy) &&
		    waiver_names(records[i], finding))
			covers++;
	}
	covers = stretches_join(covered, covers);
	pieces = stretches_rest(left, covered, covers, &open);
	for (size_t i = 0; i < pieces; i++)
		add(since, (struct since_reason){
				   .when = left[i],
				   .what = finding->message,
				   .rule = finding->rule->id,
				   .fingerprint = str_keep(
					   arena, str_make(finding->fingerprint,
							   FINDING_ID)),
			   });
}

static void find_findings(struct since *since)
{
	for (size_t i = 0; i < replay_count(since->replay); i++) {
		struct lifetime lifetime = replay_at(since->replay, i);

		if (!counts(since, &lifetime.finding))
			continue;
		for (size_t k = 0; k < lifetime.count; k++) {
			const struct interval *stay = &lifetime.intervals[k];

			add_stay(since, &lifetime.finding,
				 (struct stretch){stay->opened.when,
						  stay->open
							  ? end_of(since)
							  : stay->closed.when});
		}
	}
}

/* ---- both together */

static int by_start(const void *a, const void *b)
{
	const struct since_reason *x = a;
	const struct since_reason *y = b;
	int order = instant_compare(x->when.from, y->when.from);

	if (!order)
		order = str_compare(x->rule, y->rule);
	if (!order)
		order = str_compare(x->what, y->what);
	return order ? order : str_compare(x->fingerprint, y->fingerprint);
}

static void find_gaps(struct since *since)
{
	struct arena *arena = since->past->arena;
	size_t count = since->reasons.count;
	struct stretch *gaps = arena_array(arena, struct stretch, count);
	struct stretch *holds = arena_array(arena, struct stretch, count + 1);

	for (size_t i = 0; i < count; i++)
		gaps[i] = since->reasons.at[i].when;
	since->gap_count = stretches_join(gaps, count);
	since->gaps = gaps;
	since->hold_count =
		stretches_rest(holds, gaps, since->gap_count, &since->frame);
	since->holds = holds;
}

static bool has_rule(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		if (str_is(policy_rule_at(policy, i)->id, id))
			return true;
	}
	return false;
}

static void find_notes(struct since *since)
{
	struct arena *arena = since->past->arena;
	size_t left_out = replay_left_out(since->replay);
	str reason;
	size_t unread = replay_unread(since->replay, &reason);
	str unjudged =
		past_replay_unjudged(since->replay, &since->frame, arena);

	*vec_push(&since->notes) = STR("all commits are judged by the rules "
				       "and the configuration of today; a day "
				       "with a gap in it counts as a gap");
	if (!has_rule(since->past->input.policy, EVIDENCE_RULE))
		*vec_push(&since->notes) =
			STR("evidence is not judged: the rule " EVIDENCE_RULE
			    " is not in force");
	if (unjudged.ptr)
		*vec_push(&since->notes) = unjudged;
	if (left_out)
		*vec_push(&since->notes) = str_format(
			arena,
			"%zu rule%s of history %s not replayed: abide check "
			"judges by them at the tip",
			left_out, left_out == 1 ? "" : "s",
			left_out == 1 ? "is" : "are");
	if (unread)
		*vec_push(&since->notes) = str_format(
			arena,
			"%zu version%s or judgement%s of the past could not be "
			"read or made whole; the first: " STR_FMT,
			unread, unread == 1 ? "" : "s", unread == 1 ? "" : "s",
			STR_ARG(reason));
}

bool since_find(struct since *since, struct error *err)
{
	if (!find_states(since, err))
		return false;
	find_findings(since);
	if (since->reasons.count)
		qsort(since->reasons.at, since->reasons.count,
		      sizeof(struct since_reason), by_start);
	find_gaps(since);
	find_notes(since);
	return true;
}
