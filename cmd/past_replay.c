/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/past_replay.h"

#include "cmd/look.h"

/* Judgements by the clock that are made without asking: about a minute. */
enum { CLOCK_MOST = 20000000 };

static void show_progress(void *context, size_t done, size_t of)
{
	(void)done;
	(void)of;
	progress_add(context, 1);
}

bool past_replay(struct replay **out, struct past *past, struct error *err)
{
	struct progress line;
	struct progress *progress =
		look_progress(&line, past->env, past->options);
	struct replay_plan plan = {
		.policy = past->input.policy,
		.history = past->history,
		.repo = past->input.repo,
		.now = past->input.now,
		.jobs = past->jobs,
		.clock_most = CLOCK_MOST,
		.progress = progress ? show_progress : NULL,
		.context = progress,
	};
	bool ok;

	if (progress)
		progress_begin(progress, "replaying commits",
			       history_count(past->history));
	ok = replay_run(out, &plan, err);
	if (progress)
		progress_end(progress);
	return ok;
}
