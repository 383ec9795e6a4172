/* period - `abide period`: how duties and controls worked in a period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/effect.h"
#include "cmd/past_replay.h"

static const struct writer writers[] = {
	{"text", effect_write_text},
	{"json", effect_write_json},
	{"csv", effect_write_csv},
	{"markdown", effect_write_markdown},
};

static enum status tell(struct effect *effect, struct lint_run *loaded,
			const struct writer *writer)
{
	struct past *past = effect->past;
	struct dues *dues = &effect->dues;

	effect->corpus = lint_corpus(loaded);
	dues->host = lint_host(loaded);
	dues->corpus = effect->corpus;
	dues->clock = clock_of(dues->host, dues->corpus, &dues->problems,
			       dues->arena);
	dues->today = clock_day(&dues->clock, dues->now);
	problems_add_unread(&dues->problems, dues->arena, lint_report(loaded),
			    dues->corpus);
	effect_find(effect);
	past_write(writer, past, effect);
	return problems_write(&dues->problems, past->env);
}

static enum status judge(struct effect *effect, const struct writer *writer,
			 struct error *err)
{
	struct past *past = effect->past;
	struct obligation_set *obligations = NULL;
	struct lint_run *loaded = NULL;
	struct replay *replay = NULL;
	enum status status;

	if (effect_read(effect, err) &&
	    policy_obligations(&obligations, past->input.policy, err) &&
	    past_load(&loaded, past, err) && past_add_trails(past, err) &&
	    past_replay(&replay, past, err)) {
		effect->dues.obligations = obligations;
		effect->replay = replay;
		status = tell(effect, loaded, writer);
		if (status == STATUS_PASS)
			status = past_replay_status(past, replay);
	} else {
		status = complain(past->env, err);
	}
	effect_done(effect);
	replay_free(replay);
	lint_run_free(loaded);
	obligation_set_free(obligations);
	return status;
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct writer *writer;
	struct past past;
	struct effect effect = {.past = &past};
	enum status status;
	struct error err;

	if (options->argument_count != 1) {
		(void)error_set(&err, ERROR_USAGE,
				"period wants one period, such as 2026-H1, "
				"2026-Q2 or 2026-01-01..2026-06-30");
		return complain(env, &err);
	}
	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open_whole(&past, env, options, &err))
		return complain(env, &err);
	effect.dues = (struct dues){
		.env = env,
		.arena = past.arena,
		.input = &past.input,
		.now = past.input.now,
	};
	arena_init(&effect.dues.scratch);
	status = judge(&effect, writer, &err);
	arena_done(&effect.dues.scratch);
	vec_done(&effect.dues.problems);
	past_close(&past);
	return status;
}

extern const struct command command_period;
const struct command command_period = {
	.name = "period",
	.arguments = "PERIOD",
	.summary = "how duties and controls worked in an audit period",
	.details =
		"For each duty: how often it was expected in the period, on "
		"time, late and missing,\nfor which records, and a sample that "
		"nobody can steer (drawn by the name of the\nperiod's last "
		"commit). For each control: its duties, the findings that were "
		"open,\nthe exceptions in force. A period is 2026-H1, 2026-Q2, "
		"2026-05, 2026, two dates\nA..B (both days are in it), or two "
		"commits A..B (what came after A).\n",
	.examples = "  abide period 2026-H1\n"
		    "  abide period 2026-01-01..2026-06-30 --control A.5.18\n"
		    "  abide period v1..v2 --sample 5 --format json\n",
	.run = run,
};
