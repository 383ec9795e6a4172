/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/history_input.h"

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

void history_input_open(struct history_input *out, const struct input *input,
			const struct oid *tip, struct lint *lint)
{
	struct history_input *history = out;
	struct error err;

	*history = (struct history_input){0};
	arena_init(&history->arena);
	if (!lint_wants_history(lint))
		return;
	lint->history = &history->lint;
	if (!input->repo)
		history->lint.missing = STR("there is no repository here");
	else if (!read(history, input, tip, lint->jobs, &err))
		history->lint.missing =
			str_keep(&history->arena, error_text(&err));
	history->lint.trails = history->line.trails;
	history->lint.mailmap = history->line.mailmap;
	history->lint.repo = input->repo;
}

void history_input_close(struct history_input *history)
{
	main_line_close(&history->line);
	arena_done(&history->arena);
	*history = (struct history_input){0};
}
