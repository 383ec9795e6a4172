/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/open_policy.h"

/* What our scripts hand to a shell must be nothing to it: a pack or a schema
 * of a cloned repository chooses its own names. */
static bool is_plain(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool digit = c >= '0' && c <= '9';

		if (!letter && !digit &&
		    (i == 0 || str_find_byte(STR("-._/:"), c) == SIZE_MAX))
			return false;
	}
	return name.len > 0;
}

static void offer(const struct env *env, str name)
{
	if (!is_plain(name))
		return;
	out_text(env->out, name, ENCODE_TERMINAL);
	out_safe(env->out, SAFE("\n"));
}

static void rules(const struct env *env, const struct policy *policy)
{
	for (size_t i = 0; i < policy_rule_count(policy); i++)
		offer(env, policy_rule_at(policy, i)->id);
	for (size_t i = 0; i < policy_rule_count(policy); i++)
		offer(env, policy_rule_at(policy, i)->code);
}

static void kinds(const struct env *env, const struct policy *policy)
{
	const struct kind_set *set = policy_kinds(policy);

	for (size_t i = 0; i < kind_count(set); i++)
		offer(env, kind_at(set, i)->name);
}

static void requirements(const struct env *env, const struct policy *policy)
{
	size_t count;
	const str *names = framework_names(policy_frameworks(policy), &count);

	for (size_t i = 0; i < count; i++)
		offer(env, names[i]);
}

/* Those that have a requirement: a name stands before its colon. */
static void frameworks(const struct env *env, const struct policy *policy)
{
	size_t count;
	const str *names = framework_names(policy_frameworks(policy), &count);
	str last = {0};

	for (size_t i = 0; i < count; i++) {
		str rest = names[i];
		str name = str_cut(&rest, ':');

		if (!str_equal(name, last))
			offer(env, name);
		last = name;
	}
}

static const struct answer {
	const char *name;
	void (*say)(const struct env *env, const struct policy *policy);
} answers[] = {
	{"frameworks", frameworks},
	{"kinds", kinds},
	{"requirements", requirements},
	{"rules", rules},
};

/* Without a word on standard error: it would stand in the middle of what
 * somebody types. */
static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	struct error err;

	if (options->argument_count != 1 ||
	    (!open_policy(&input, env, options, &err) &&
	     !input_policy_alone(&input, options, &err)))
		return STATUS_UNRELIABLE;
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		if (str_is(options->arguments[0], answers[i].name))
			answers[i].say(env, input.policy);
	}
	input_close(&input);
	return STATUS_PASS;
}

extern const struct command command_complete;
const struct command command_complete = {
	.name = "__complete",
	.arguments = "NAMES",
	.summary = "list names, for the completions of shells",
	.details = "",
	.run = run,
};
