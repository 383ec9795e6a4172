/* approvals - `abide approvals`: who had to agree to a change, and who did. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/approvals.h"

#include "cmd/problems.h"
#include "lint/lint.h"

static const struct writer writers[] = {
	{"text", approvals_write_text},
	{"json", approvals_write_json},
	{"csv", approvals_write_csv},
	{"markdown", approvals_write_markdown},
};

/* A..B, A.. or ..B; without one all that there is. */
static bool read_range(struct past_span *out, const struct past *past,
		       struct error *err)
{
	const struct options *options = past->options;
	str from = options->argument_count ? options->arguments[0] : STR("..");
	size_t dots = str_find(from, STR(".."));

	if (dots == SIZE_MAX)
		return error_set(err, ERROR_USAGE,
				 "approvals wants a range of commits or dates, "
				 "A..B, not '" STR_FMT "'",
				 STR_ARG(from));
	return past_span_of(out, past, str_slice(from, 0, dots),
			    str_slice(from, dots + 2, from.len), err);
}

static bool is_wanting(enum agreement_state state)
{
	return state != AGREEMENT_OK && state != AGREEMENT_BASELINE;
}

static void choose(struct approvals *approvals,
		   const struct agreements *agreements,
		   const struct past_span *span)
{
	for (size_t i = 0; i < agreements_count(agreements); i++) {
		const struct agreement *agreement =
			agreements_at(agreements, i);

		if (!past_in_span(span, approvals->past,
				  agreement->change->number))
			continue;
		*vec_push(&approvals->rows) = agreement;
		approvals->counts[agreement->state]++;
		approvals->failed += is_wanting(agreement->state);
	}
}

/* Who is whom, and holds what, has to be known; the shape of other records does
 * not matter here. */
static void add_people(struct problems *problems, const struct past *past,
		       const struct lint_run *run)
{
	static const char *const kinds[] = {"person", "role"};

	problems_add_incomplete(problems, past->arena, lint_report(run));
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t count;
		const struct record *const *records = corpus_of_kind(
			lint_corpus(run), str_of(kinds[i]), &count);

		for (size_t k = 0; k < count; k++) {
			if (!records[k]->valid)
				*vec_push(problems) = str_format(
					past->arena,
					STR_FMT ": %s/" STR_FMT
						" does not have the shape of "
						"its kind",
					STR_ARG(records[k]->source->path),
					kinds[i], STR_ARG(records[k]->id));
		}
	}
}

/* A version that cannot be read may hide a change. */
static void add_gaps(struct problems *problems, const struct past *past,
		     const struct past_span *span)
{
	size_t count;
	const struct trail_gap *gaps = trails_gaps(&count, past->trails);

	for (size_t i = 0; i < count; i++) {
		if (past_in_span(span, past, gaps[i].landing))
			*vec_push(problems) = str_format(
				past->arena,
				"what " STR_FMT " changed in " STR_FMT
				" is not known: " STR_FMT,
				STR_ARG(say_short(
					past, &history_landing(past->history,
							       gaps[i].landing)
						       ->oid)),
				STR_ARG(gaps[i].path), STR_ARG(gaps[i].reason));
	}
}

static enum status tell(struct approvals *approvals,
			const struct writer *writer, const struct lint_run *run,
			struct error *err)
{
	const struct past *past = approvals->past;
	struct agreements *agreements = NULL;
	struct problems problems = {0};
	enum status status = STATUS_PASS;
	struct past_span span;

	if (!read_range(&span, past, err) ||
	    !agreements_new(&agreements,
			    &(struct agreements_plan){
				    .policy = past->input.policy,
				    .trails = past->trails,
				    .mailmap = past->mailmap,
				    .repo = past->input.repo,
				    .evidence = &past->evidence,
				    .corpus = lint_corpus(run),
			    },
			    err))
		return complain(past->env, err);
	choose(approvals, agreements, &span);
	past_write(writer, past, approvals);
	add_people(&problems, past, run);
	add_gaps(&problems, past, &span);
	if (approvals->failed &&
	    options_has(past->options, OPTION_FAIL_MISSING))
		status = STATUS_FINDINGS;
	if (problems_write(&problems, past->env) != STATUS_PASS)
		status = STATUS_UNRELIABLE;
	vec_done(&problems);
	agreements_free(agreements);
	return status;
}

static enum status run(const struct env *env, const struct options *options)
{
	const struct writer *writer;
	struct lint_run *loaded = NULL;
	enum status status;
	struct past past;
	struct approvals approvals = {.past = &past};
	struct error err;

	if (options->argument_count > 1) {
		(void)error_set(&err, ERROR_USAGE, "approvals takes one range");
		return complain(env, &err);
	}
	if (!find_writer(&writer, writers, ARRAY_SIZE(writers), options,
			 &err) ||
	    !past_open(&past, env, options, &err))
		return complain(env, &err);
	/* In a pull request the people of the trusted revision count. */
	if (past_verify(&past, NULL, &err) &&
	    lint_run(&loaded,
		     &(struct lint){
			     .policy = past.input.policy,
			     .snapshot = past.input.policies
						 ? past.input.policies
						 : past.input.snapshot,
			     .now = past.input.now,
			     .jobs = past.jobs,
			     .load_only = true,
		     },
		     &err))
		status = tell(&approvals, writer, loaded, &err);
	else
		status = complain(env, &err);
	lint_run_free(loaded);
	vec_done(&approvals.rows);
	past_close(&past);
	return status;
}

extern const struct command command_approvals;
const struct command command_approvals = {
	.name = "approvals",
	.arguments = "[A..B]",
	.summary = "who had to agree to a protected change, and who did",
	.details =
		"For each change of a kind in git.protected_kinds: the duties "
		"that may approve it\n(git.approvers), who agreed and by what "
		"(a trailer of the commit or of its merge,\nthe merge itself, "
		"a signature by another), and whether they held a duty at that "
		"time\nand were on record with it before. A and B are "
		"revisions or dates. Without\n--verify-signatures nothing is "
		"verified; `abide check` finds what is missing\n"
		"(history/one-pair-of-eyes).\n",
	.examples = "  abide approvals v2026.1..HEAD\n"
		    "  abide approvals 2026-01-01..2026-06-30 --format csv\n"
		    "  abide approvals origin/main.. --fail-missing\n",
	.run = run,
};
