/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report_standing.h"

/* "art-5-1-e" within "art-5"; "A.5.10" is not within "A.5.1". */
static bool requirement_within(str name, str whole)
{
	return str_starts(name, whole) &&
	       (name.len == whole.len || name.ptr[whole.len] == '-');
}

static bool rests_on(const struct rule *rule, str requirement)
{
	for (size_t i = 0; i < rule->cite_count; i++) {
		if (requirement_within(rule->cites[i].name, requirement))
			return true;
	}
	return false;
}

static enum severity worst_against(const struct report *report, str requirement)
{
	enum severity worst = SEVERITY_OFF;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!finding->waiver && finding->severity > worst &&
		    rests_on(finding->rule, requirement))
			worst = finding->severity;
	}
	return worst;
}

/* Did a rule that rests on it look at something it applies to? */
static bool is_checked(const struct report *report, str requirement)
{
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule_count *rule = &report->rules[i];

		if (rule->judged > rule->not_applicable + rule->skipped &&
		    rests_on(rule->rule, requirement))
			return true;
	}
	return false;
}

void standing_of(struct standing *out, const struct dossier *dossier,
		 str framework)
{
	const struct node *root = framework_root(
		policy_frameworks(dossier->input->policy), framework);
	const struct node *list = node_find(root, STR("requirements"));

	*out = (struct standing){.title = node_text(root, STR("title"))};
	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		const struct node *heading = node_find(item, STR("heading"));
		str name = str_format(dossier->arena, STR_FMT ":" STR_FMT,
				      STR_ARG(framework),
				      STR_ARG(node_text(item, STR("id"))));
		enum severity worst;

		if (heading && heading->as.boolean)
			continue;
		worst = worst_against(dossier->report, name);
		if (worst == SEVERITY_ERROR)
			out->open++;
		else if (worst != SEVERITY_OFF)
			out->warned++;
		else if (is_checked(dossier->report, name))
			out->quiet++;
		else
			out->unchecked++;
	}
}

static bool is_in_use(const struct dossier *dossier, str framework)
{
	const struct node *list =
		policy_config(dossier->input->policy)->frameworks;

	for (size_t i = 0; list && i < list->count; i++) {
		if (str_equal(list->as.children[i].text, framework))
			return true;
	}
	return !list;
}

size_t standing_frameworks(const struct dossier *dossier, bool binding,
			   str *out, size_t most)
{
	const struct framework_set *set =
		policy_frameworks(dossier->input->policy);
	size_t count = 0;
	size_t names;
	const str *name = framework_names(set, &names);

	for (size_t i = 0; i < names && count < most; i++) {
		str rest = name[i];
		str framework = str_cut(&rest, ':');
		bool law = str_is(node_text(framework_root(set, framework),
					    STR("nature")),
				  "binding-law");
		bool known = false;

		for (size_t k = 0; k < count; k++)
			known = known || str_equal(out[k], framework);
		if (!known && law == binding && is_in_use(dossier, framework))
			out[count++] = framework;
	}
	return count;
}
