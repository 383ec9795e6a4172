/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/explain.h"
#include "cmd/rule_facts.h"
#include "policy/rule_code.h"

static void write_subject(struct out *out, const struct rule *rule)
{
	const char *needs[NEEDS_MOST];
	size_t count = rule_need_words(rule, needs);

	out_safe(out, SAFE("\nJudges\n  "));
	write_rule_subject(out, rule, ENCODE_TERMINAL);
	for (size_t i = 0; i < count; i++) {
		out_safe(out, i ? SAFE(", ") : SAFE("\n  needs: "));
		out_text(out, str_of(needs[i]), ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
}

static void write_cite(const struct explaining *explaining, str name)
{
	struct out *out = explaining->env->out;
	str title = framework_find(policy_frameworks(explaining->policy), name)
			    .title;

	out_safe(out, SAFE("  "));
	write_citation(out, name, ENCODE_TERMINAL);
	if (title.len) {
		out_safe(out, SAFE(": "));
		out_text(out, title, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
}

static void write_cites(const struct explaining *explaining,
			const struct rule *rule)
{
	if (rule->cite_count == 0)
		return;
	out_safe(explaining->env->out, SAFE("\nRests on\n"));
	for (size_t i = 0; i < rule->cite_count; i++)
		write_cite(explaining, rule->cites[i].name);
}

/* Each tier once, with the provisions that put it there. */
static void write_tier(const struct explaining *explaining,
		       const struct rule *rule, size_t first,
		       const struct fine *fine)
{
	const struct framework_set *frameworks =
		policy_frameworks(explaining->policy);
	struct out *out = explaining->env->out;

	out_safe(out, SAFE("  "));
	out_text(out, fine->tier, ENCODE_TERMINAL);
	out_safe(out, SAFE(" tier: "));
	write_ceiling(out, fine, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	for (size_t i = first; i < rule->cite_count; i++) {
		struct fine other;

		if (!fine_find(&other, frameworks, rule->cites[i].name,
			       explaining->arena) ||
		    other.ceiling != fine->ceiling)
			continue;
		out_safe(out, SAFE("    for "));
		write_citation(out, rule->cites[i].name, ENCODE_TERMINAL);
		if (other.basis.len) {
			out_safe(out, SAFE(", by "));
			write_citation(out, other.basis, ENCODE_TERMINAL);
		}
		out_safe(out, SAFE("\n"));
	}
}

static void write_fines(const struct explaining *explaining,
			const struct rule *rule)
{
	const struct framework_set *frameworks =
		policy_frameworks(explaining->policy);
	struct out *out = explaining->env->out;
	bool any = false;

	for (size_t i = 0; i < rule->cite_count; i++) {
		struct fine fine;
		bool seen = false;

		if (!fine_find(&fine, frameworks, rule->cites[i].name,
			       explaining->arena))
			continue;
		for (size_t k = 0; k < i && !seen; k++) {
			struct fine other;

			seen = fine_find(&other, frameworks,
					 rule->cites[k].name,
					 explaining->arena) &&
			       other.ceiling == fine.ceiling;
		}
		if (seen)
			continue;
		if (!any)
			out_safe(out, SAFE("\nCeiling of fines\n"));
		any = true;
		write_tier(explaining, rule, i, &fine);
	}
	if (!any)
		return;
	out_safe(out, SAFE("  "));
	out_safe(out, fine_reservation);
	out_safe(out, SAFE("\n"));
}

static void write_param(const struct explaining *explaining,
			const struct parameter *parameter)
{
	struct out *out = explaining->env->out;

	out_safe(out, SAFE("  "));
	out_text(out, parameter->key, ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text(out, value_text(parameter->value, explaining->arena),
		 ENCODE_TERMINAL);
	if (parameter->value != parameter->standard) {
		out_safe(out, SAFE(" (abide.yaml; the default is "));
		out_text(out,
			 value_text(parameter->standard, explaining->arena),
			 ENCODE_TERMINAL);
		out_safe(out, SAFE(")"));
	}
	out_safe(out, SAFE("\n    "));
	out_text(out, parameter->title, ENCODE_TERMINAL);
	out_safe(out, SAFE(" (source: "));
	out_text(out, parameter->source, ENCODE_TERMINAL);
	out_safe(out, SAFE(")\n"));
	if (parameter->why.len) {
		out_safe(out, SAFE("    "));
		out_text(out, str_trim(parameter->why), ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

static void write_params(const struct explaining *explaining,
			 const struct rule *rule)
{
	if (!rule->params || rule->params->count == 0)
		return;
	out_safe(explaining->env->out, SAFE("\nParameters\n"));
	for (size_t i = 0; i < rule->params->count; i++)
		write_param(
			explaining,
			policy_parameter(explaining->policy,
					 rule->params->as.children[i].text));
}

static bool is_in_force(const struct policy *policy, const struct rule *rule)
{
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		if (policy_rule_at(policy, i) == rule)
			return true;
	}
	return false;
}

/* "error for prod/, staging/, set in abide.yaml" */
static void write_override(struct out *out, const struct rule_setting *setting,
			   const struct node *item)
{
	const struct node *paths = node_find(item, STR("paths"));

	out_safe(out, SAFE("\n  "));
	out_text(out, str_of(severity_name(setting->severity)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(" for "));
	for (uint32_t i = 0; i < paths->count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		out_text(out, paths->as.children[i].text, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE(", set in abide.yaml"));
	if (setting->reason.len) {
		out_safe(out, SAFE("\n  Reason: "));
		out_text(out, setting->reason, ENCODE_TERMINAL);
	}
}

/* Of several for one file the last holds, as in abide.yaml. */
static void write_overrides(const struct explaining *explaining,
			    const struct rule *rule)
{
	const struct config *config = policy_config(explaining->policy);
	const struct node *list =
		config->override_count
			? node_find(config->file.root, STR("overrides"))
			: NULL;

	for (size_t i = 0; i < config->override_count; i++) {
		const struct override *override = &config->overrides[i];

		for (size_t k = 0; k < override->rule_count; k++) {
			const struct rule_setting *setting =
				&override->rules[k];

			if (str_equal(setting->rule, rule->id) ||
			    str_equal(setting->rule, rule->code))
				write_override(explaining->env->out, setting,
					       &list->as.children[i]);
		}
	}
}

static void write_severity(const struct explaining *explaining,
			   const struct rule *rule)
{
	const struct rule_setting *setting =
		policy_setting(explaining->policy, rule);
	struct out *out = explaining->env->out;

	out_safe(out, SAFE("\nSeverity\n  "));
	out_text(out, str_of(severity_name(rule->severity)), ENCODE_TERMINAL);
	if (setting) {
		out_safe(out, SAFE(", set in abide.yaml; the pack says "));
		out_text(out, str_of(severity_name(rule->shipped)),
			 ENCODE_TERMINAL);
		if (setting->reason.len) {
			out_safe(out, SAFE("\n  Reason: "));
			out_text(out, setting->reason, ENCODE_TERMINAL);
		}
	} else if (!is_in_force(explaining->policy, rule)) {
		out_safe(out, SAFE(", if it were in force: profile starter "
				   "leaves it out"));
	}
	write_overrides(explaining, rule);
	out_safe(out, SAFE("\n"));
}

/* The record that would cover a finding, to be filled in. */
static void write_waiving(const struct explaining *explaining,
			  const struct rule *rule)
{
	const struct parameter *most = policy_parameter(
		explaining->policy, STR("exception.max_duration"));
	struct out *out = explaining->env->out;

	out_safe(out, SAFE("\nHow to waive it\n"));
	if (!rule->waivable) {
		out_safe(out,
			 SAFE("  It can be neither waived nor lowered.\n"));
		return;
	}
	out_safe(out,
		 SAFE("  A record like this; approved by somebody else than "
		      "asks for it, and for\n  the named records alone.\n"
		      "  kind: exception\n  id: ID\n  title: TITLE\n"
		      "  status: active\n  owner: ROLE\n  rules: ["));
	out_text(out, rule->code.len ? rule->code : rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("]\n  records: [KIND/ID]\n"
			   "  reason: WHY IT CANNOT BE KEPT FOR NOW\n"
			   "  requested_by: PERSON\n"
			   "  approved_by: ANOTHER-PERSON\n"
			   "  approved_on: YYYY-MM-DD\n"
			   "  expires_on: YYYY-MM-DD"));
	if (most) {
		out_safe(out, SAFE(" # at most "));
		out_text(out, most->value->text, ENCODE_TERMINAL);
		out_safe(out, SAFE(" after approved_on"));
	}
	out_safe(out, SAFE("\n"));
}

void explain_rule(const struct explaining *explaining, const struct rule *rule)
{
	struct out *out = explaining->env->out;

	out_text(out, rule->id, ENCODE_TERMINAL);
	if (rule->code.len) {
		out_safe(out, SAFE("  "));
		out_text(out, rule->code, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
	out_text(out, rule->title, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	write_subject(out, rule);
	explain_paragraph(explaining, SAFE("Why"), rule->why);
	explain_paragraph(explaining, SAFE("How to fix it"), rule->fix);
	write_cites(explaining, rule);
	write_fines(explaining, rule);
	write_severity(explaining, rule);
	write_waiving(explaining, rule);
	write_params(explaining, rule);
	explain_paragraph(explaining, SAFE("A record that passes"),
			  rule_world(rule, STR("pass"), explaining->arena));
	explain_paragraph(explaining, SAFE("A record that does not"),
			  rule_world(rule, STR("fail"), explaining->arena));
}
