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

str past_replay_unjudged(const struct replay *replay,
			 const struct stretch *when, struct arena *arena)
{
	struct instant end = replay_clock(replay, replay_steps(replay) - 1);
	size_t count = 0;

	for (size_t i = 0; i < replay_count(replay); i++) {
		struct lifetime lifetime = replay_at(replay, i);
		bool open = false;

		for (size_t k = 0; k < lifetime.count; k++) {
			const struct interval *stay = &lifetime.intervals[k];
			struct stretch both = {stay->opened.when,
					       stay->open ? end
							  : stay->closed.when};

			open = open || stretch_meet(&both, &both, when);
		}
		count += open &&
			 str_is(lifetime.finding.rule->id, "record/invalid");
	}
	if (count == 0)
		return (str){0};
	return str_format(arena,
			  "%zu finding%s of record/invalid %s open in that "
			  "time: what the rules would have found of such a "
			  "record is not known",
			  count, count == 1 ? "" : "s",
			  count == 1 ? "was" : "were");
}

enum status past_replay_status(const struct past *past,
			       const struct replay *replay)
{
	struct error err;
	str reason;
	size_t unread = replay_unread(replay, &reason);

	if (!unread)
		return STATUS_PASS;
	(void)error_set(&err, ERROR_GIT,
			"the result is incomplete (exit 2): %zu version%s of "
			"files could not be judged; the first: " STR_FMT,
			unread, unread == 1 ? "" : "s", STR_ARG(reason));
	return complain(past->env, &err);
}
