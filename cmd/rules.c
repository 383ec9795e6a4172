/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/open_policy.h"

static void column(const struct env *env, str text, size_t width)
{
	out_text(env->out, text, ENCODE_TERMINAL);
	out_repeat(env->out, SAFE(" "),
		   text.len < width ? width - text.len : 1);
}

static void write_table(const struct env *env, const struct policy *policy)
{
	size_t longest = 0;

	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		size_t len = policy_rule_at(policy, i)->id.len;

		if (len > longest)
			longest = len;
	}
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		column(env, rule->id, longest + 2);
		column(env, rule->code, 9);
		column(env, str_of(severity_name(rule->severity)), 9);
		out_text(env->out, rule->title, ENCODE_TERMINAL);
		out_safe(env->out, SAFE("\n"));
	}
}

static void write_rule(struct json *json, const struct rule *rule)
{
	json_object(json);
	json_key(json, STR("id"));
	json_text(json, rule->id);
	json_key(json, STR("code"));
	json_text(json, rule->code);
	json_key(json, STR("title"));
	json_text(json, rule->title);
	json_key(json, STR("severity"));
	json_text(json, str_of(severity_name(rule->severity)));
	json_key(json, STR("waivable"));
	json_bool(json, rule->waivable);
	json_key(json, STR("pack"));
	json_text(json, rule->pack);
	json_key(json, STR("cites"));
	json_array(json);
	for (size_t i = 0; i < rule->cite_count; i++)
		json_text(json, rule->cites[i].name);
	json_end(json);
	json_end(json);
}

static void write_json(const struct env *env, const struct policy *policy)
{
	struct json json = json_start(env->out, 2);

	json_array(&json);
	for (size_t i = 0; i < policy_rule_count(policy); i++)
		write_rule(&json, policy_rule_at(policy, i));
	json_end(&json);
	json_finish(&json);
	out_safe(env->out, SAFE("\n"));
}

static enum status run(const struct env *env, const struct options *options)
{
	str format = options_text(options, OPTION_FORMAT);
	struct input input = {0};
	struct error err;

	if (format.ptr && !str_is(format, "text") && !str_is(format, "json")) {
		(void)error_set(&err, ERROR_USAGE,
				"rules are listed as text or json, not "
				"'" STR_FMT "'",
				STR_ARG(format));
		return complain(env, &err);
	}
	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	if (str_is(format, "json"))
		write_json(env, input.policy);
	else
		write_table(env, input.policy);
	input_close(&input);
	return STATUS_PASS;
}

extern const struct command command_rules;
const struct command command_rules = {
	.name = "rules",
	.summary = "list the rules in force",
	.details = "Lists the rules in force, with code, severity and title.\n",
	.examples = "  abide rules\n  abide rules --format json\n",
	.run = run,
};
