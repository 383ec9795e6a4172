/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/explain.h"

#include "cmd/open_policy.h"

void explain_paragraph(const struct explaining *explaining, struct safe head,
		       str text)
{
	struct out *out = explaining->env->out;

	if (!text.len)
		return;
	out_safe(out, SAFE("\n"));
	out_safe(out, head);
	out_safe(out, SAFE("\n"));
	while (text.ptr) {
		str line = str_cut(&text, '\n');

		if (line.len)
			out_safe(out, SAFE("  "));
		out_text(out, line, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

static enum status unknown_name(const struct explaining *explaining, str name)
{
	const struct policy *policy = explaining->policy;
	const char *what = explaining->input->repo ? "rule, requirement or "
						     "record"
						   : "rule or requirement";
	struct error err;
	str nearest[1];

	if (policy_rule_nearest(policy, name, nearest, 1) ||
	    framework_nearest(policy_frameworks(policy), name, nearest, 1))
		(void)error_set(&err, ERROR_USAGE,
				"there is no %s '" STR_FMT
				"'; did you mean '" STR_FMT "'?",
				what, STR_ARG(name), STR_ARG(nearest[0]));
	else
		(void)error_set(&err, ERROR_USAGE,
				"there is no %s '" STR_FMT "'", what,
				STR_ARG(name));
	return complain(explaining->env, &err);
}

static enum status explain(const struct explaining *explaining, str name)
{
	const struct policy *policy = explaining->policy;
	const struct rule *rule = policy_rule_find(policy, name);
	struct requirement requirement =
		framework_find(policy_frameworks(policy), name);
	struct error err;

	if (rule) {
		explain_rule(explaining, rule);
		return STATUS_PASS;
	}
	if (requirement.state == REQUIREMENT_KNOWN) {
		explain_requirement(explaining, name, &requirement);
		return STATUS_PASS;
	}
	if (!explain_is_record(explaining, name))
		return unknown_name(explaining, name);
	if (!explain_record(explaining, name, &err))
		return complain(explaining->env, &err);
	return STATUS_PASS;
}

static enum status run(const struct env *env, const struct options *options)
{
	struct input input = {0};
	enum status status;
	struct error err;

	if (options->argument_count != 1) {
		(void)error_set(&err, ERROR_USAGE,
				"explain wants one rule, requirement or "
				"record");
		return complain(env, &err);
	}
	if (!open_policy(&input, env, options, &err))
		return complain(env, &err);
	status = explain(&(struct explaining){.env = env,
					      .options = options,
					      .input = &input,
					      .policy = input.policy,
					      .arena = options->arena},
			 options->arguments[0]);
	input_close(&input);
	return status;
}

extern const struct command command_explain;
const struct command command_explain = {
	.name = "explain",
	.arguments = "RULE|REQUIREMENT|RECORD",
	.summary = "say what a rule, requirement or record is about",
	.details = "A rule is named by id (reference/unknown) or code "
		   "(REF-001), a requirement as\nrecords name it "
		   "(gdpr:art-33, iso27001:A.5.18), a record as kind/id or by "
		   "the path\nof its file. Of a record it says who answers for "
		   "it, what it refers to and what\nrefers to it, and what the "
		   "rules find in it.\n",
	.examples = "  abide explain reference/unknown\n"
		    "  abide explain gdpr:art-5\n"
		    "  abide explain asset/as-crm\n",
	.run = run,
};
