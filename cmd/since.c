/* since - `abide since`: since when a control is in force, and its gaps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/since.h"

#include "cmd/past_replay.h"
#include "cmd/problems.h"

static const struct writer writers[] = {
	{"text", since_write_text},
	{"json", since_write_json},
	{"csv", since_write_csv},
	{"markdown", since_write_markdown},
};

/* ---- which control */

/* The requirement that a control's record answers: at the tip, or before it
 * went. */
static bool requirement_of(str *out, const struct past *past,
			   const struct trail *trail, struct error *err)
{
	const struct node *tree;

	if (!past_tree(&tree, past, trail, err))
		return false;
	*out = node_text(tree, STR("requirement"));
	return true;
}

/* The record of a requirement; one that is there is taken before one that is
 * gone. */
static bool find_by_requirement(struct since *since, str name,
				struct error *err)
{
	const struct past *past = since->past;

	for (size_t i = 0; i < trails_count(past->trails); i++) {
		const struct trail *trail = trails_at(past->trails, i);
		str answers;

		if (!str_is(trail->kind, "control"))
			continue;
		if (!requirement_of(&answers, past, trail, err))
			return false;
		if (!str_equal(answers, name) ||
		    (since->trail && !past_lives(trail)))
			continue;
		since->trail = trail;
		if (past_lives(trail))
			break;
	}
	if (since->trail)
		return true;
	return error_set(err, ERROR_USAGE,
			 "no control record of this history answers '" STR_FMT
			 "'",
			 STR_ARG(name));
}

/* A.8.5, iso27001:A.8.5, or the id of the record with or without its kind. */
static bool find_control(struct since *since, str text, struct error *err)
{
	const struct past *past = since->past;
	str id = text;

	if (str_starts(id, STR("control/")))
		id = str_slice(id, 8, id.len);
	since->name = text;
	since->trail = trails_find(past->trails, STR("control"), id);
	if (since->trail)
		return requirement_of(&since->name, past, since->trail, err);
	if (str_find_byte(text, ':') == SIZE_MAX)
		since->name = str_format(past->arena, "iso27001:" STR_FMT,
					 STR_ARG(text));
	return find_by_requirement(since, since->name, err);
}

/* ---- which time */

static bool read_frame(struct since *since, struct error *err)
{
	const struct past *past = since->past;
	const struct options *options = past->options;
	const struct trail *trail = since->trail;
	struct stretch lived = {
		.from = replay_clock(since->replay,
				     trail->changes[trail->count - 1].number),
		.until = past->input.now,
	};
	str text =
		options->argument_count > 1 ? options->arguments[1] : (str){0};

	since->frame = lived;
	if (text.ptr && !stretch_parse(&since->frame, text))
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is no period; say 2026-H1, "
				 "2026-Q2, 2026-05, 2026 or "
				 "2026-01-01..2026-06-30",
				 STR_ARG(text));
	since->clipped = instant_compare(lived.from, since->frame.from) < 0;
	if (instant_compare(lived.until, since->frame.until) < 0)
		since->frame.until = lived.until;
	if (instant_compare(since->frame.from, since->frame.until) < 0)
		return true;
	return error_set(err, ERROR_USAGE,
			 "there is no time before now to look at; --as-of says "
			 "where now is");
}

/* ---- the command */

static enum status tell(struct since *since, const struct lint_run *loaded,
			const struct writer *writer, struct error *err)
{
	struct past *past = since->past;
	struct problems problems = {0};
	enum status status;

	since->corpus = lint_corpus(loaded);
	if (!read_frame(since, err) || !since_find(since, err))
		return complain(past->env, err);
	past_write(writer, past, since);
	problems_add_incomplete(&problems, past->arena, lint_report(loaded));
	status = problems_write(&problems, past->env);
	vec_done(&problems);
	return status;
}

static enum status judge(struct since *since, const struct writer *writer,
			 struct error *err)
{
	struct past *past = since->past;
	struct lint_run *loaded = NULL;
	struct replay *replay = NULL;
	enum status status;

	if (past_add_trails(past, err) &&
	    find_control(since, past->options->arguments[0], err) &&
	    past_load(&loaded, past, err) && past_replay(&replay, past, err)) {
		since->replay = replay;
		status = tell(since, loaded, writer, err);
		if (status == STATUS_PASS)
			status = past_replay_status(past, replay);
	} else {
		status = complain(past->env, err);
	}
	vec_done(&since->reasons);
	vec_done(&since->notes);
	replay_free(replay);
	lint_run_free(loaded);
	return status;
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct writer *writer;
	struct past past;
	struct since since = {.past = &past};
	enum status status;
	struct error err;

	if (options->argument_count < 1 || options->argument_count > 2) {
		(void)error_set(&err, ERROR_USAGE,
				"since wants a control, such as A.8.5, and may "
				"be given a period");
		return complain(env, &err);
	}
	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open_whole(&past, env, options, &err))
		return complain(env, &err);
	status = judge(&since, writer, &err);
	past_close(&past);
	return status;
}

extern const struct command command_since;
const struct command command_since = {
	.name = "since",
	.arguments = "CONTROL [PERIOD]",
	.summary = "since when a control is in force, and its gaps",
	.details =
		"The stretches of time in which a line of the Statement of "
		"Applicability was\napplicable, implemented, evidenced and "
		"without an open error of a rule that cites\nit; the gaps, "
		"each with its reasons; and the days of both. An error that an "
		"exception\ncovers is no gap. A control is A.8.5, "
		"iso27001:A.8.5, or the id of its record;\na period is "
		"2026-H1, "
		"2026-Q2, 2026-05, 2026 or two dates A..B.\n",
	.examples = "  abide since A.8.5\n"
		    "  abide since A.5.18 2026-H1 --format json\n",
	.run = run,
};
