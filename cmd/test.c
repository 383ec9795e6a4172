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
	size_t survivors;
	size_t mutants;
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

static bool has_line(str lines, str wanted)
{
	while (lines.len) {
		if (str_equal(str_cut(&lines, '\n'), wanted))
			return true;
	}
	return false;
}

/* What a failing world must show besides a finding; absent: all is there. */
static str missing(const struct node *test,
		   const struct verdict_of_world *verdict, struct arena *arena)
{
	const struct node *finds = node_find(test, STR("finds"));
	const struct node *at = node_find(test, STR("at"));
	str message = node_text(test, STR("message"));

	if (finds && verdict->findings != (size_t)finds->as.integer)
		return str_format(arena, "%zu findings instead of %lld",
				  verdict->findings,
				  (long long)finds->as.integer);
	for (uint32_t i = 0; at && i < at->count; i++) {
		if (!has_line(verdict->pointers, at->as.children[i].text))
			return str_format(arena,
					  "no finding at " STR_FMT
					  ", but at: " STR_FMT,
					  STR_ARG(at->as.children[i].text),
					  STR_ARG(verdict->pointers));
	}
	if (message.ptr && str_find(verdict->messages, message) == SIZE_MAX)
		return str_format(arena,
				  "no message holds '" STR_FMT "': " STR_FMT,
				  STR_ARG(message), STR_ARG(verdict->messages));
	return (str){0};
}

static str verdict_text(const struct verdict_of_world *verdict,
			struct arena *arena)
{
	if (verdict->findings)
		return str_format(arena, "it finds: " STR_FMT,
				  STR_ARG(verdict->messages));
	if (verdict->judged && verdict->judged == verdict->not_applicable)
		return STR("it does not apply");
	return verdict->judged ? STR("it finds nothing")
			       : STR("nothing was judged");
}

/* Absent: the test holds. */
static str judge_test(const struct node *test,
		      const struct verdict_of_world *verdict,
		      struct arena *arena)
{
	bool applied = verdict->judged > verdict->not_applicable;

	if (verdict->incomplete)
		return str_format(arena, "the rule failed: " STR_FMT,
				  STR_ARG(verdict->reason));
	if (node_find(test, STR("pass"))) {
		if (verdict->findings || (verdict->judged && !applied))
			return verdict_text(verdict, arena);
	} else if (node_find(test, STR("skip"))) {
		if (verdict->findings || applied)
			return verdict_text(verdict, arena);
	} else if (!verdict->findings) {
		return verdict_text(verdict, arena);
	} else {
		return missing(test, verdict, arena);
	}
	return (str){0};
}

static const struct node *world_of(const struct node *test)
{
	const struct node *world = node_find(test, STR("pass"));

	if (!world)
		world = node_find(test, STR("fail"));
	return world ? world : node_find(test, STR("skip"));
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
	if (!rule_world_read(&world, world_of(test), rule, testing->now, &arena,
			     &err) ||
	    !rule_world_judge(&verdict, testing->policy, &world, rule,
			      testing->coverage, &arena, &err)) {
		fail(testing, rule, name, error_text(&err));
	} else {
		why = judge_test(test, &verdict, &arena);
		if (why.ptr)
			fail(testing, rule, name, why);
		else
			testing->passed++;
	}
	arena_done(&arena);
}

static void mutate_test(struct testing *testing, const struct rule *rule,
			const struct node *test)
{
	struct mutation_report report = {.out = testing->env->out};
	struct error err;

	if (!mutate_world(&report, testing->policy, rule, world_of(test),
			  testing->now, &err))
		fail(testing, rule, node_text(test, STR("name")),
		     error_text(&err));
	testing->mutants += report.mutants;
	testing->survivors += report.survivors;
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
		if (options_has(testing->options, OPTION_MUTATE) &&
		    rule->expressions && node_find(test, STR("pass")))
			mutate_test(testing, rule, test);
	}
	if (rule->expressions)
		(void)coverage_tell(testing->coverage, rule->expressions,
				    tell_gap, testing);
	coverage_free(testing->coverage);
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
	out_size(out, testing->mutants);
	out_safe(out, SAFE(" mutants, "));
	out_size(out, testing->survivors);
	out_safe(out, SAFE(" unnoticed\n"));
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
	return testing.failed || testing.untested || testing.survivors
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
