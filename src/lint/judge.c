/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/evaluate.h"
#include "lint/past.h"
#include "policy/rule_code.h"

/* A rule that cannot be evaluated is a finding of its own: silence would be a
 * pass. It has no pack, since no configuration may change it. */
static const struct rule rule_failed = {
	.id = STR_INIT("rule/failed"),
	.title = STR_INIT("A rule could not be evaluated"),
	.why = STR_INIT("A rule that was not evaluated has not passed."),
	.fix = STR_INIT("Mend the rule, or the record it stumbles over."),
	.severity = SEVERITY_ERROR,
	.shipped = SEVERITY_ERROR,
	.waivable = false,
};

/* Texts can be judged whatever the shape of the record they stand in. */
static bool judges_invalid(const struct rule *rule)
{
	return rule->check ? rule->check->invalid_too
			   : rule->subject == SUBJECT_TEXT;
}

bool rule_applies(const struct rule *rule, const struct facts *facts)
{
	str kind = facts->change   ? facts->change->trail->kind
		   : facts->record ? facts->record->kind
				   : (str){0};

	if (facts->deed &&
	    (rule->subject == SUBJECT_CHANGE) != (facts->change != NULL))
		return false;
	for (size_t i = 0; kind.ptr && i < rule->kind_count; i++) {
		if (str_equal(rule->kinds[i], kind))
			return true;
	}
	return !kind.ptr || rule->kind_count == 0;
}

/* What tells the failures of a rule apart. */
static str failure_of(const struct facts *facts, const struct rule *rule)
{
	if (!facts->deed)
		return rule->id;
	return str_format(facts->scratch, STR_FMT " " STR_FMT,
			  STR_ARG(rule->id), STR_ARG(facts->deed->sha));
}

static void report_failure(struct sink *sink, const struct facts *facts,
			   const struct error *err)
{
	const struct rule *rule = sink->rule;
	str message =
		str_format(facts->scratch,
			   "the rule " STR_FMT " could not be evaluated: %s",
			   STR_ARG(rule->id), err->text);

	sink->rule = &rule_failed;
	sink_report(sink,
		    &(struct found){
			    .message = message,
			    .discriminator = failure_of(facts, rule),
			    .span = err->placed ? err->at : (struct span){0, 0},
		    });
	sink_incomplete(sink, message);
}

/* False: it could not judge, *err says why. */
static bool run_rule(struct lint_run *run, struct worker *worker,
		     const struct facts *facts, const struct rule *rule,
		     struct rule_count *count, struct sink *sink,
		     struct error *err)
{
	if (rule->check)
		return rule->check->run(facts, rule, sink, err);
	switch (evaluate_rule(run, worker, facts, count, sink, err)) {
	case VERDICT_NOT_APPLICABLE:
		count->not_applicable++;
		return true;
	case VERDICT_SKIPPED:
		count->skipped++;
		return true;
	case VERDICT_FAILED:
		return false;
	case VERDICT_PASS:
	case VERDICT_FINDING:
		break;
	}
	return true;
}

static uint64_t ticks_of(const struct lint_run *run)
{
	return run->lint->ticks ? run->lint->ticks() : 0;
}

void judge_rule(struct lint_run *run, struct worker *worker,
		const struct facts *facts, size_t index)
{
	const struct rule *rule = policy_rule_at(run->policy, index);
	struct rule_count *count = &worker->counts[index];
	struct sink sink = {
		.worker = worker,
		.run = run,
		.rule = rule,
		.source = facts->source,
		.record = facts->record,
	};
	struct error err;
	uint64_t start;

	if (facts->record && !facts->deed && !facts->record->valid &&
	    !judges_invalid(rule)) {
		count->passed_over++;
		return;
	}
	count->judged++;
	start = ticks_of(run);
	if (!run_rule(run, worker, facts, rule, count, &sink, &err)) {
		count->failed++;
		report_failure(&sink, facts, &err);
	}
	arena_reset(&worker->scratch);
	count->ticks += ticks_of(run) - start;
}

void judge(struct lint_run *run, struct worker *worker, struct facts *facts,
	   enum check_stage stage)
{
	size_t count =
		run->lint->load_only ? 0 : policy_rule_count(run->policy);

	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = policy_rule_at(run->policy, i);

		if ((run->lint->only && run->lint->only != rule) ||
		    (rule_needs_history(rule) && !run->past) ||
		    (run->later && run->later[i]) ||
		    rule_stage(rule) != stage || !rule_applies(rule, facts))
			continue;
		judge_rule(run, worker, facts, i);
	}
}
