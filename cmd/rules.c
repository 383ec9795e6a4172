/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/open_policy.h"
#include "cmd/rule_facts.h"
#include "cmd/rule_page.h"
#include "policy/rule_code.h"

static void column(const struct env *env, str text, size_t width)
{
	out_text(env->out, text, ENCODE_TERMINAL);
	out_repeat(env->out, SAFE(" "),
		   text.len < width ? width - text.len : 1);
}

static bool has_need(const struct rule *rule, str need)
{
	const char *needs[NEEDS_MOST];
	size_t count = rule_need_words(rule, needs);

	for (size_t i = 0; i < count; i++) {
		if (str_is(need, needs[i]))
			return true;
	}
	return false;
}

static bool cites_framework(const struct rule *rule, str framework)
{
	for (size_t i = 0; i < rule->cite_count; i++) {
		if (str_equal(rule->cites[i].framework, framework))
			return true;
	}
	return false;
}

/* Does the rule pass the filters of the command line? */
static bool is_wanted(const struct options *options, const struct rule *rule)
{
	str framework = options_text(options, OPTION_FRAMEWORK);
	str kind = options_text(options, OPTION_KIND);
	str need = options_text(options, OPTION_NEEDS);

	return (!framework.ptr || cites_framework(rule, framework)) &&
	       (!kind.ptr || rule_judges_kind(rule, kind)) &&
	       (!need.ptr || has_need(rule, need));
}

static void write_table(const struct env *env, const struct options *options,
			const struct policy *policy)
{
	size_t longest = 0;

	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		if (is_wanted(options, rule) && rule->id.len > longest)
			longest = rule->id.len;
	}
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		if (!is_wanted(options, rule))
			continue;
		column(env, rule->id, longest + 2);
		column(env, rule->code, 9);
		column(env, str_of(severity_name(rule->severity)), 9);
		column(env,
		       rule_needs_history(rule) ? STR("needs history")
						: STR(""),
		       rule_needs_history(rule) ? 15 : 0);
		out_text(env->out, rule->title, ENCODE_TERMINAL);
		out_safe(env->out, SAFE("\n"));
	}
}

static void write_rule(struct json *json, const struct rule *rule)
{
	const char *needs[NEEDS_MOST];
	size_t count = rule_need_words(rule, needs);

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
	json_key(json, STR("kinds"));
	json_array(json);
	for (size_t i = 0; i < rule->kind_count; i++)
		json_text(json, rule->kinds[i]);
	json_end(json);
	json_key(json, STR("needs"));
	json_array(json);
	for (size_t i = 0; i < count; i++)
		json_text(json, str_of(needs[i]));
	json_end(json);
	json_key(json, STR("cites"));
	json_array(json);
	for (size_t i = 0; i < rule->cite_count; i++)
		json_text(json, rule->cites[i].name);
	json_end(json);
	json_end(json);
}

static void write_json(const struct env *env, const struct options *options,
		       const struct policy *policy)
{
	struct json json = json_start(env->out, 2);

	json_array(&json);
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		if (is_wanted(options, policy_rule_at(policy, i)))
			write_rule(&json, policy_rule_at(policy, i));
	}
	json_end(&json);
	json_finish(&json);
	out_safe(env->out, SAFE("\n"));
}

/* One page for each rule that passes the filters, and the index of them. */
static enum status write_pages(const struct env *env,
			       const struct options *options,
			       const struct policy *policy)
{
	struct rule_pages pages = {
		.folder = options_text(options, OPTION_DOCS),
		.policy = policy,
		.arena = options->arena,
	};
	struct error err;

	pages.rules = arena_array(options->arena, const struct rule *,
				  policy_rule_count(policy));
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		if (is_wanted(options, rule))
			pages.rules[pages.count++] = rule;
	}
	if (!rule_pages_write(&pages, &err))
		return complain(env, &err);
	out_size(env->out, pages.count);
	out_safe(env->out, pages.count == 1 ? SAFE(" page") : SAFE(" pages"));
	out_safe(env->out, SAFE(" and README.md written to "));
	out_text(env->out, pages.folder, ENCODE_TERMINAL);
	out_safe(env->out, SAFE("\n"));
	return STATUS_PASS;
}

/* A short list must not pass for the whole. */
static void note_profile(const struct env *env, const struct policy *policy)
{
	if (!policy_config(policy)->starter)
		return;
	out_safe(env->err, SAFE("abide: note: profile starter leaves out "));
	out_size(env->err, policy_left_out(policy));
	out_safe(env->err, SAFE(" rules\n"));
}

static enum status run(const struct env *env, const struct options *options)
{
	str format = options_text(options, OPTION_FORMAT);
	struct input input = {0};
	enum status status = STATUS_PASS;
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
	note_profile(env, input.policy);
	if (options_has(options, OPTION_DOCS))
		status = write_pages(env, options, input.policy);
	else if (str_is(format, "json"))
		write_json(env, options, input.policy);
	else
		write_table(env, options, input.policy);
	input_close(&input);
	return status;
}

extern const struct command command_rules;
const struct command command_rules = {
	.name = "rules",
	.summary = "list the rules in force",
	.details = "Lists the rules in force, with code, severity and title.\n"
		   "With --docs, writes a page in Markdown for each of them "
		   "instead.\n",
	.examples = "  abide rules\n  abide rules --framework gdpr --kind "
		    "incident\n"
		    "  abide rules --format json\n",
	.run = run,
};
