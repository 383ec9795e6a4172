/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/history_input.h"

#include "cmd/receipts.h"
#include "cmd/verify.h"

static bool read(struct history_input *history, const struct input *input,
		 const struct oid *tip, unsigned jobs, struct error *err)
{
	struct main_line_plan plan = {.jobs = jobs, .arena = &history->arena};

	if (tip)
		plan.tip = *tip;
	else if (!main_line_tip(&plan.tip, input, &history->arena, err))
		return false;
	return plan.tip.len == 0 ||
	       main_line_read(&history->line, input, &plan, err);
}

/* Receipts of the landings; what keeps them from being read is told to whoever
 * asks for one. */
static bool read_receipts(struct history_input *history,
			  const struct input *input, struct error *err)
{
	size_t count = history_count(history->line.history);
	struct received *received;
	struct receipts *receipts;
	bool ok = true;

	if (!receipts_open(&receipts, input->repo, err))
		return false;
	if (!receipts)
		return true;
	received = arena_array(&history->arena, struct received, count);
	for (size_t i = 0; ok && i < count; i++) {
		struct receipt receipt;

		ok = receipt_find(
			&receipt, &received[i].known, receipts,
			&history_landing(history->line.history, i)->oid,
			&history->arena, err);
		if (ok && received[i].known)
			received[i].at = receipt.received;
	}
	receipts_close(receipts);
	history->evidence.received = received;
	return ok;
}

/* Is a signature worth nothing until git was asked? */
static bool demands_verification(const struct policy *policy)
{
	const struct parameter *parameter = parameter_find(
		policy_parameters(policy), STR("git.require_signature"));

	return parameter && str_is(parameter->value->text, "verified");
}

static void find_evidence(struct history_input *history,
			  const struct input *input, unsigned jobs)
{
	struct evidence *evidence = &history->evidence;
	struct verify_list list = {0};
	struct error err;

	if (!read_receipts(history, input, &err)) {
		evidence->received = NULL;
		evidence->unreceived =
			str_keep(&history->arena, error_text(&err));
	}
	if (!input->verify && !demands_verification(input->policy))
		return;
	verify_add_all(&list, &history->line);
	evidence->verified = verify_commits(evidence, input, &list, jobs,
					    &history->arena, &err);
	if (!evidence->verified)
		evidence->unverified =
			str_keep(&history->arena, error_text(&err));
	vec_done(&list.commits);
}

void history_input_open(struct history_input *out, const struct input *input,
			const struct oid *tip, struct lint *lint)
{
	struct history_input *history = out;
	struct error err;

	*history = (struct history_input){0};
	arena_init(&history->arena);
	evidence_init(&history->evidence);
	if (!lint_wants_history(lint))
		return;
	lint->history = &history->lint;
	if (!input->repo)
		history->lint.missing = STR("there is no repository here");
	else if (!read(history, input, tip, lint->jobs, &err))
		history->lint.missing =
			str_keep(&history->arena, error_text(&err));
	if (history->line.trails)
		find_evidence(history, input, lint->jobs);
	history->lint.evidence = &history->evidence;
	history->lint.trails = history->line.trails;
	history->lint.mailmap = history->line.mailmap;
	history->lint.repo = input->repo;
}

void history_input_close(struct history_input *history)
{
	evidence_done(&history->evidence);
	main_line_close(&history->line);
	arena_done(&history->arena);
	*history = (struct history_input){0};
}
