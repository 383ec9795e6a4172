/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/explain.h"
#include "cmd/rule_facts.h"

/* A rule on a point rests on its article as well. */
static bool is_within(str name, str whole)
{
	return str_starts(name, whole) &&
	       (name.len == whole.len || name.ptr[whole.len] == '-' ||
		name.ptr[whole.len] == '.');
}

/* "5 paragraphs; points: 1(a-f), 2(a-d)": what may be cited. */
static void write_parts(struct out *out, const struct node *entry)
{
	const struct node *paragraphs = node_find(entry, STR("paragraphs"));
	const struct node *points = node_find(entry, STR("points"));
	bool many = paragraphs && paragraphs->as.integer > 0;

	if (!many)
		return;
	out_text(out, paragraphs->text, ENCODE_TERMINAL);
	out_safe(out, paragraphs->as.integer == 1 ? SAFE(" paragraph")
						  : SAFE(" paragraphs"));
	for (size_t i = 0; points && i < points->count; i++) {
		const struct node *letters = &points->as.children[i];
		str text = letters->text;

		out_safe(out, i ? SAFE(", ") : SAFE("; with points: "));
		out_text(out, letters->key->text, ENCODE_TERMINAL);
		out_safe(out, SAFE("(a-"));
		out_text(out, str_slice(text, text.len - 1, text.len),
			 ENCODE_TERMINAL);
		out_safe(out, SAFE(")"));
	}
	out_safe(out, SAFE("\n"));
}

static void write_head(const struct explaining *explaining, str name,
		       const struct requirement *requirement)
{
	struct out *out = explaining->env->out;
	str note = node_text(requirement->entry, STR("note"));

	write_citation(out, name, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	out_text(out, requirement->title, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	out_text(out, requirement->framework, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	write_parts(out, requirement->entry);
	explain_paragraph(explaining, SAFE("Note"), note);
}

static void write_fine(const struct explaining *explaining, str name)
{
	struct out *out = explaining->env->out;
	struct fine fine;

	if (!fine_find(&fine, policy_frameworks(explaining->policy), name,
		       explaining->arena))
		return;
	out_safe(out, SAFE("\nCeiling of fines\n  "));
	out_text(out, fine.tier, ENCODE_TERMINAL);
	out_safe(out, SAFE(" tier"));
	if (fine.basis.len) {
		out_safe(out, SAFE(", by "));
		write_citation(out, fine.basis, ENCODE_TERMINAL);
	}
	out_safe(out, SAFE(": "));
	write_ceiling(out, &fine, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n  "));
	out_safe(out, fine_reservation);
	out_safe(out, SAFE("\n"));
}

static bool rests_on(const struct rule *rule, str name)
{
	for (size_t i = 0; i < rule->cite_count; i++) {
		if (is_within(rule->cites[i].name, name))
			return true;
	}
	return false;
}

static void write_rules(const struct explaining *explaining, str name)
{
	struct out *out = explaining->env->out;
	size_t count = 0;

	out_safe(out, SAFE("\nRules that rest on it\n"));
	for (size_t i = 0; i < policy_rule_count(explaining->policy); i++) {
		const struct rule *rule = policy_rule_at(explaining->policy, i);

		if (!rests_on(rule, name))
			continue;
		out_safe(out, SAFE("  "));
		out_text(out, rule->id, ENCODE_TERMINAL);
		out_safe(out, SAFE("  "));
		out_text(out, rule->title, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
		count++;
	}
	if (count == 0)
		out_safe(out, SAFE("  none: abide does not check it\n"));
}

/* ---- mappings */

static bool names_within(const struct names *names, str name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (is_within(names->at[i], name) ||
		    is_within(name, names->at[i]))
			return true;
	}
	return false;
}

static void write_names(struct out *out, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		write_citation(out, names->at[i], ENCODE_TERMINAL);
	}
}

/* One row, told from the side of its source: coverage has a direction. */
static void write_entry(struct out *out, const struct mapping_entry *entry)
{
	out_safe(out, SAFE("  "));
	write_names(out, &entry->sources);
	out_safe(out, SAFE(": "));
	if (entry->coverage == COVERAGE_NONE) {
		out_safe(out, SAFE("nothing in "));
		out_text(out, entry->target_framework, ENCODE_TERMINAL);
		out_safe(out, SAFE(" meets it"));
	} else {
		out_text(out, coverage_name(entry->coverage), ENCODE_TERMINAL);
		out_safe(out, SAFE(", by "));
		write_names(out, &entry->targets);
	}
	out_safe(out, SAFE(" ["));
	out_text(out, entry->mapping, ENCODE_TERMINAL);
	out_safe(out, SAFE("]\n"));
	if (entry->residual.len) {
		out_safe(out, SAFE("    left to do: "));
		out_text(out, str_trim(entry->residual), ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

static void write_mappings(const struct explaining *explaining, str name,
			   struct safe head, bool as_source)
{
	const struct mapping_set *set = policy_mappings(explaining->policy);
	struct out *out = explaining->env->out;
	bool any = false;

	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		const struct mapping_entry *entry = mapping_entry_at(set, i);

		if (!names_within(as_source ? &entry->sources : &entry->targets,
				  name))
			continue;
		if (!any)
			out_safe(out, head);
		any = true;
		write_entry(out, entry);
	}
}

void explain_requirement(const struct explaining *explaining, str name,
			 const struct requirement *requirement)
{
	write_head(explaining, name, requirement);
	write_fine(explaining, name);
	write_rules(explaining, name);
	write_mappings(explaining, name,
		       SAFE("\nHow far other frameworks meet it\n"), true);
	write_mappings(explaining, name, SAFE("\nWhat it helps to meet\n"),
		       false);
}
