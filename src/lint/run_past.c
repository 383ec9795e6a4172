/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"
#include "lint/evaluate.h"
#include "lint/past.h"
#include "policy/rule_code.h"

enum { DEEDS_AT_ONCE = 16, WORTH_THREADS = 64 };

static bool reads_history(const struct lint *lint, const struct rule *rule)
{
	return rule_needs_history(rule) && (!lint->only || lint->only == rule);
}

bool lint_wants_history(const struct lint *lint)
{
	if (lint->load_only || lint->asks_history)
		return lint->asks_history;
	for (size_t i = 0; i < policy_rule_count(lint->policy); i++) {
		if (reads_history(lint, policy_rule_at(lint->policy, i)))
			return true;
	}
	return false;
}

/* In a pull request the people of the trusted revision are the ones that
 * count, or a change could name its own approvers. */
static const struct corpus *people_of(const struct lint_run *run)
{
	return run->lint->exceptions ? run->lint->exceptions : run->corpus;
}

void run_past_open(struct lint_run *run)
{
	const struct lint *lint = run->lint;
	const struct lint_history *history = lint->history;

	if (!history || history->missing.ptr || !lint_wants_history(lint))
		return;
	run->past = past_new(&(struct past_plan){
		.trails = history->trails,
		.told = history->told,
		.mailmap = history->mailmap,
		.repo = history->trails ? history->repo : NULL,
		.evidence = history->evidence,
		.people = people_of(run),
		.params = lint->params
				  ? lint->params
				  : vocabulary_params_node(
					    policy_vocabulary(run->policy)),
		.limits = run->limits,
	});
	for (unsigned i = 0; i < run->worker_count; i++) {
		struct host *host = &run->workers[i].host;

		host->past = run->past;
		host->odb = past_reader(run->past);
		host->people = lint->exceptions;
	}
}

/* What is left of the record that a change is about. */
static void set_record(const struct lint_run *run, struct facts *facts,
		       const struct change *change)
{
	facts->record = corpus_find(run->corpus, change->trail->kind,
				    change->trail->id);
	facts->source = facts->record ? facts->record->source : NULL;
}

static void judge_deeds(void *context, unsigned worker, size_t from, size_t to)
{
	struct lint_run *run = context;
	struct facts facts = facts_of(run, &run->workers[worker]);

	for (size_t i = from; i < to; i++) {
		const struct deed *deed = past_at(run->past, i);

		if (deed->change_count == 0)
			continue;
		facts.deed = deed;
		facts.change = NULL;
		set_record(run, &facts, deed->changes[0]);
		judge(run, &run->workers[worker], &facts, CHECK_HISTORY);
		for (size_t k = 0; k < deed->change_count; k++) {
			facts.change = deed->changes[k];
			set_record(run, &facts, facts.change);
			judge(run, &run->workers[worker], &facts,
			      CHECK_HISTORY);
		}
	}
}

void run_past_judge(struct lint_run *run)
{
	struct pool_work work = {
		.run = judge_deeds,
		.context = run,
		.chunk = DEEDS_AT_ONCE,
	};

	if (!run->past)
		return;
	work.count = past_count(run->past);
	work.jobs = work.count >= WORTH_THREADS ? run->worker_count : 1;
	pool_run(&work);
}

/* A rule that was not judged has not passed. */
void run_past_unjudged(struct lint_run *run)
{
	const struct lint *lint = run->lint;
	const struct rule *first = NULL;
	size_t count = 0;
	str reason = lint->history && lint->history->missing.ptr
			     ? lint->history->missing
			     : STR("history was not read");

	if (lint->load_only)
		return;
	if (run->past && past_landings(run->past) == 0 && !lint->bare)
		*vec_push(&run->remarks) = (struct remark){
			STR("nothing is committed yet: rules that read history "
			    "find nothing in it")};
	if (run->past && lint->history->evidence &&
	    lint->history->evidence->unverified.ptr)
		*vec_push(&run->incomplete) = (struct incomplete){
			.reason = lint->history->evidence->unverified};
	if (run->past || !lint_wants_history(lint))
		return;
	for (size_t i = 0; i < policy_rule_count(run->policy); i++) {
		const struct rule *rule = policy_rule_at(run->policy, i);

		if (reads_history(lint, rule) && count++ == 0)
			first = rule;
	}
	*vec_push(&run->incomplete) = (struct incomplete){
		.reason = count == 1 ? str_format(&run->arena,
						  "the rule " STR_FMT
						  " was not judged: " STR_FMT,
						  STR_ARG(first->id),
						  STR_ARG(reason))
				     : str_format(&run->arena,
						  "%zu rules that read history "
						  "were not judged: " STR_FMT,
						  count, STR_ARG(reason))};
}
