/*
 * test - runs the tests that lie inside the packs.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/test.h"

#include "base/vec.h"
#include "cmd/mutate.h"
#include "cmd/open_policy.h"

/* Worlds without a time of their own are judged at this one, so that a test
 * says the same every day. */
#define WORLD_NOW STR("2026-11-21")

struct testing {
	const struct env *env;
	const struct options *options;
	const struct policy *policy;
	struct instant now;
	size_t passed;
	size_t failed;
	size_t rules;
	size_t untested;
	struct mutation_count mutation;
	struct coverage *coverage; /* of the rule at hand */
	const struct rule *rule;
	size_t gaps;
};

static void fail(struct testing *testing, const struct rule *rule, str name,
		 str why)
{
	struct out *out = testing->env->out;

	testing->failed++;
	out_safe(out, SAFE("FAILED "));
	out_text(out, rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text(out, name, ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text(out, why, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void run_test(struct testing *testing, const struct rule *rule,
		     const struct node *test)
{
	str name = node_text(test, STR("name"));
	struct verdict_of_world verdict;
	struct world world;
	struct arena arena;
	struct error err;
	str why;

	arena_init(&arena);
	if (!rule_world_read(&world, rule_test_world(test), rule, testing->now,
			     &arena, &err) ||
	    !rule_world_judge(&verdict, testing->policy, &world, rule,
			      testing->coverage, &arena, &err)) {
		fail(testing, rule, name, error_text(&err));
	} else {
		why = rule_test_judge(test, &verdict, &arena);
		if (why.ptr)
			fail(testing, rule, name, why);
		else
			testing->passed++;
	}
	arena_done(&arena);
}

static void tell_gap(void *context, str text, bool value)
{
	struct testing *testing = context;
	struct out *out = testing->env->out;

	testing->gaps++;
	out_safe(out, SAFE("not exercised "));
	out_text(out, testing->rule->id, ENCODE_TERMINAL);
	out_safe(out, value ? SAFE(": never true: ") : SAFE(": never false: "));
	out_text_cut(out, text, 200, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void mutate(struct testing *testing, const struct rule *rule)
{
	struct error err;

	if (!mutate_rule(&testing->mutation, testing->env->out, testing->policy,
			 rule, testing->now, &err))
		fail(testing, rule, STR("mutation"), error_text(&err));
}

static void run_rule(struct testing *testing, const struct rule *rule)
{
	const struct node *tests = node_find(rule->source, STR("tests"));
	bool passes = false;
	bool fails = false;

	testing->rules++;
	testing->rule = rule;
	testing->coverage = coverage_new();
	for (uint32_t i = 0; tests && i < tests->count; i++) {
		const struct node *test = &tests->as.children[i];

		passes = passes || node_find(test, STR("pass"));
		fails = fails || node_find(test, STR("fail"));
		run_test(testing, rule, test);
	}
	if (rule->expressions)
		(void)coverage_tell(testing->coverage, rule->expressions,
				    tell_gap, testing);
	coverage_free(testing->coverage);
	if (options_has(testing->options, OPTION_MUTATE) && rule->expressions)
		mutate(testing, rule);
	if (passes && fails)
		return;
	testing->untested++;
	out_safe(testing->env->out, SAFE("untested "));
	out_text(testing->env->out, rule->id, ENCODE_TERMINAL);
	out_safe(testing->env->out, passes  ? SAFE(": no world fails\n")
				    : fails ? SAFE(": no world passes\n")
					    : SAFE(": it has no test\n"));
}

static void write_summary(const struct testing *testing)
{
	struct out *out = testing->env->out;

	out_size(out, testing->passed);
	out_safe(out, SAFE(" passed, "));
	out_size(out, testing->failed);
	out_safe(out, SAFE(" failed; "));
	out_size(out, testing->rules);
	out_safe(out, testing->rules == 1 ? SAFE(" rule, ") : SAFE(" rules, "));
	out_size(out, testing->untested);
	out_safe(out, SAFE(" without both a passing and a failing world; "));
	out_size(out, testing->gaps);
	out_safe(out, SAFE(" conditions not exercised both ways\n"));
	if (!options_has(testing->options, OPTION_MUTATE))
		return;
	out_size(out, testing->mutation.mutants);
	out_safe(out, SAFE(" changes of fields, "));
	out_size(out, testing->mutation.explained);
	out_safe(out, SAFE(" unnoticed for a reason, "));
	out_size(out, testing->mutation.unexplained);
	out_safe(out, SAFE(" without; "));
	out_size(out, testing->mutation.needless);
	out_safe(out, SAFE(" reasons for nothing\n"));
}

static bool is_wanted(const struct options *options, const struct rule *rule)
{
	const struct option_values *only = &options->values[OPTION_ONLY];

	for (size_t i = 0; i < only->count; i++) {
		if (policy_rule_is_named(rule, only->at[i]))
			return true;
	}
	return only->count == 0;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct testing testing = {.env = env, .options = options};
	struct input input = {0};
	struct error err;

	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	(void)!date_parse(&testing.now, WORLD_NOW);
	testing.policy = input.policy;
	for (size_t i = 0; i < policy_rule_count(input.policy); i++) {
		if (is_wanted(options, policy_rule_at(input.policy, i)))
			run_rule(&testing, policy_rule_at(input.policy, i));
	}
	write_summary(&testing);
	input_close(&input);
	if (testing.rules == 0)
		return STATUS_UNRELIABLE;
	return testing.failed || testing.untested ||
			       testing.mutation.unexplained ||
			       testing.mutation.needless
		       ? STATUS_FINDINGS
		       : STATUS_PASS;
}

extern const struct command command_test;
const struct command command_test = {
	.name = "test",
	.summary = "run the tests inside the rule packs",
	.details =
		"Judges every world in the `tests` of the rules in force by "
		"its "
		"rule alone: a world\nunder `pass` must have no finding, one "
		"under `fail` at least one, one under `skip`\nmust not apply. "
		"A "
		"world is the text of a record file, {files: {path: text}}, or "
		"bare\nvalues {self: ..., records: {kind: [...]}, now: ...}. "
		"Worlds without `now` are judged\nas of 2026-11-21.\n",
	.examples = "  abide test\n  abide test --only retention --mutate\n",
	.run = run,
};
