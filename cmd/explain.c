/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/input.h"
#include "cmd/open_policy.h"
#include "policy/citation.h"

static void paragraph(const struct env *env, struct safe head, str text)
{
	if (!text.len)
		return;
	out_safe(env->out, SAFE("\n"));
	out_safe(env->out, head);
	out_safe(env->out, SAFE("\n"));
	while (text.ptr) {
		out_safe(env->out, SAFE("  "));
		out_text(env->out, str_cut(&text, '\n'), ENCODE_TERMINAL);
		out_safe(env->out, SAFE("\n"));
	}
}

static void write_citation(const struct env *env, str name)
{
	struct citation citation = {.name = name};
	str rest = name;
	struct buf words;

	citation.framework = str_cut(&rest, ':');
	buf_init(&words, 1024);
	citation_format(&words, &citation);
	out_text(env->out, buf_str(&words), ENCODE_TERMINAL);
	buf_done(&words);
}

static void write_cites(const struct env *env, const struct rule *rule,
			const struct framework_set *frameworks)
{
	if (rule->cite_count == 0)
		return;
	out_safe(env->out, SAFE("\nRests on\n"));
	for (size_t i = 0; i < rule->cite_count; i++) {
		struct requirement found =
			framework_find(frameworks, rule->cites[i].name);

		out_safe(env->out, SAFE("  "));
		write_citation(env, rule->cites[i].name);
		if (found.title.len) {
			out_safe(env->out, SAFE(": "));
			out_text(env->out, found.title, ENCODE_TERMINAL);
		}
		out_safe(env->out, SAFE("\n"));
	}
}

static void write_scalar(const struct env *env, const struct node *value)
{
	if (value->kind == NODE_LIST) {
		out_safe(env->out, SAFE("["));
		for (size_t i = 0; i < value->count; i++) {
			if (i)
				out_safe(env->out, SAFE(", "));
			write_scalar(env, &value->as.children[i]);
		}
		out_safe(env->out, SAFE("]"));
		return;
	}
	if (value->kind == NODE_MAP) {
		out_safe(env->out, SAFE("{...}"));
		return;
	}
	out_text(env->out, value->text, ENCODE_TERMINAL);
}

static void write_params(const struct env *env, const struct rule *rule,
			 const struct policy *policy)
{
	if (!rule->params || rule->params->count == 0)
		return;
	out_safe(env->out, SAFE("\nParameters\n"));
	for (size_t i = 0; i < rule->params->count; i++) {
		const struct parameter *parameter = policy_parameter(
			policy, rule->params->as.children[i].text);

		out_safe(env->out, SAFE("  "));
		out_text(env->out, parameter->key, ENCODE_TERMINAL);
		out_safe(env->out, SAFE(": "));
		write_scalar(env, parameter->value);
		out_safe(env->out, parameter->value == parameter->standard
					   ? SAFE("\n    ")
					   : SAFE(" (abide.yaml)\n    "));
		out_text(env->out, parameter->title, ENCODE_TERMINAL);
		out_safe(env->out, SAFE(" (source: "));
		out_text(env->out, parameter->source, ENCODE_TERMINAL);
		out_safe(env->out, SAFE(")\n"));
	}
}

static void write_setting(const struct env *env, const struct rule *rule,
			  const struct policy *policy)
{
	const struct rule_setting *setting = policy_setting(policy, rule);

	out_safe(env->out, SAFE("\nSeverity\n  "));
	out_text(env->out, str_of(severity_name(rule->severity)),
		 ENCODE_TERMINAL);
	if (setting) {
		out_safe(env->out, SAFE(", set in abide.yaml; the pack says "));
		out_text(env->out, str_of(severity_name(rule->shipped)),
			 ENCODE_TERMINAL);
		if (setting->reason.len) {
			out_safe(env->out, SAFE("\n  Reason: "));
			out_text(env->out, setting->reason, ENCODE_TERMINAL);
		}
	}
	out_safe(env->out, rule->waivable
				   ? SAFE("\n  An exception record may cover "
					  "it.\n")
				   : SAFE("\n  It can be neither waived nor "
					  "lowered.\n"));
}

/* The first passing or failing world of the rule that is one text. */
static str world_of(const struct rule *rule, str key)
{
	const struct node *tests = node_find(rule->source, STR("tests"));

	for (size_t i = 0; tests && i < tests->count; i++) {
		const struct node *world =
			node_find(&tests->as.children[i], key);

		if (world && world->kind == NODE_STRING)
			return str_trim(world->text);
	}
	return (str){0};
}

static void write_rule(const struct env *env, const struct rule *rule,
		       const struct policy *policy)
{
	out_text(env->out, rule->id, ENCODE_TERMINAL);
	if (rule->code.len) {
		out_safe(env->out, SAFE("  "));
		out_text(env->out, rule->code, ENCODE_TERMINAL);
	}
	out_safe(env->out, SAFE("\n"));
	out_text(env->out, rule->title, ENCODE_TERMINAL);
	out_safe(env->out, SAFE("\n"));
	paragraph(env, SAFE("Why"), rule->why);
	paragraph(env, SAFE("How to fix it"), rule->fix);
	write_cites(env, rule, policy_frameworks(policy));
	write_setting(env, rule, policy);
	write_params(env, rule, policy);
	paragraph(env, SAFE("A record that passes"),
		  world_of(rule, STR("pass")));
	paragraph(env, SAFE("A record that does not"),
		  world_of(rule, STR("fail")));
}

static void write_requirement(const struct env *env, str name,
			      const struct requirement *requirement,
			      const struct policy *policy)
{
	size_t count = 0;

	write_citation(env, name);
	out_safe(env->out, SAFE("\n"));
	out_text(env->out, requirement->title, ENCODE_TERMINAL);
	out_safe(env->out, SAFE("\n"));
	out_text(env->out, requirement->framework, ENCODE_TERMINAL);
	out_safe(env->out, SAFE("\n\nRules that rest on it\n"));
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		for (size_t k = 0; k < rule->cite_count; k++) {
			str cite = rule->cites[k].name;

			/* A rule on a point rests on its article as well. */
			if (!str_starts(cite, name) ||
			    (cite.len > name.len && cite.ptr[name.len] != '-' &&
			     cite.ptr[name.len] != '.'))
				continue;
			out_safe(env->out, SAFE("  "));
			out_text(env->out, rule->id, ENCODE_TERMINAL);
			out_safe(env->out, SAFE("  "));
			out_text(env->out, rule->title, ENCODE_TERMINAL);
			out_safe(env->out, SAFE("\n"));
			count++;
			break;
		}
	}
	if (count == 0)
		out_safe(env->out, SAFE("  none: abide does not check it\n"));
}

static enum status unknown_name(const struct env *env, str name,
				const struct policy *policy)
{
	struct error err;
	str nearest[1];

	if (policy_rule_nearest(policy, name, nearest, 1) ||
	    framework_nearest(policy_frameworks(policy), name, nearest, 1))
		(void)error_set(&err, ERROR_USAGE,
				"there is no rule or requirement '" STR_FMT
				"'; did you mean '" STR_FMT "'?",
				STR_ARG(name), STR_ARG(nearest[0]));
	else
		(void)error_set(&err, ERROR_USAGE,
				"there is no rule or requirement '" STR_FMT "'",
				STR_ARG(name));
	return complain(env, &err);
}

static enum status explain(const struct env *env, str name,
			   const struct policy *policy)
{
	const struct rule *rule = policy_rule_find(policy, name);
	struct requirement requirement =
		framework_find(policy_frameworks(policy), name);

	if (rule)
		write_rule(env, rule, policy);
	else if (requirement.state == REQUIREMENT_KNOWN)
		write_requirement(env, name, &requirement, policy);
	else
		return unknown_name(env, name, policy);
	return STATUS_PASS;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	enum status status;
	struct error err;

	if (options->argument_count != 1) {
		(void)error_set(&err, ERROR_USAGE,
				"explain wants one rule or requirement");
		return complain(env, &err);
	}
	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	status = explain(env, options->arguments[0], input.policy);
	input_close(&input);
	return status;
}

extern const struct command command_explain;
const struct command command_explain = {
	.name = "explain",
	.arguments = "RULE|REQUIREMENT",
	.summary = "say what a rule or requirement is about",
	.details = "A rule is named by id (reference/unknown) or code "
		   "(REF-001), a requirement as\nrecords name it "
		   "(gdpr:art-33, iso27001:A.5.18).\n",
	.examples = "  abide explain reference/unknown\n"
		    "  abide explain gdpr:art-5\n",
	.run = run,
};
