/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/map.h"

#include "base/vec.h"
#include "lint/host.h"

static const char *const state_names[] = {
	[CONTROL_MISSING] = "no record",
	[CONTROL_EXCLUDED] = "not applicable",
	[CONTROL_NOT_STARTED] = "not in place",
	[CONTROL_PARTIAL] = "partial",
	[CONTROL_IMPLEMENTED] = "ok",
};

static const char *const result_names[] = {
	[RESULT_OPEN] = "open",
	[RESULT_PARTLY] = "partly",
	[RESULT_COVERED] = "covered",
	[RESULT_BY_RECORDS] = "covered by records",
};

const char *control_state_name(enum control_state state)
{
	return state_names[state];
}

const char *requirement_result_name(enum requirement_result result)
{
	return result_names[result];
}

struct mapping_view {
	const struct policy *policy;
	const struct lint_run *run;
	struct arena *arena;
};

static enum control_state state_of(const struct record *record)
{
	const struct node *applicable =
		node_find(record->root, STR("applicable"));
	str implementation = node_text(record->root, STR("implementation"));

	if ((applicable && applicable->kind == NODE_BOOL &&
	     !applicable->as.boolean) ||
	    str_is(implementation, "not-applicable"))
		return CONTROL_EXCLUDED;
	if (str_is(implementation, "implemented"))
		return CONTROL_IMPLEMENTED;
	return str_is(implementation, "partial") ? CONTROL_PARTIAL
						 : CONTROL_NOT_STARTED;
}

/* A live record, other than a control, that says it satisfies a requirement:
 * what answers for a clause, which has no line in the Statement. */
static const struct record *find_evidence(const struct mapping_view *view,
					  str name)
{
	const struct corpus *corpus = lint_corpus(view->run);

	for (size_t i = 0; i < corpus_count(corpus); i++) {
		const struct record *record = corpus_at(corpus, i);

		if (!record->valid || !record->live ||
		    str_is(record->kind, "control"))
			continue;
		for (size_t k = 0; k < record->requirement_count; k++) {
			if (str_equal(record->requirements[k].name, name))
				return record;
		}
	}
	return NULL;
}

/* The live line of the Statement of Applicability for a control. */
static struct mapped_control find_control(const struct mapping_view *view,
					  str name)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(lint_corpus(view->run), STR("control"), &count);
	struct mapped_control control = {.name = name};

	for (size_t i = 0; i < count; i++) {
		if (!records[i]->valid || !records[i]->live ||
		    !records[i]->root ||
		    !str_equal(node_text(records[i]->root, STR("requirement")),
			       name))
			continue;
		control.record = records[i];
		control.state = state_of(records[i]);
		return control;
	}
	control.record = find_evidence(view, name);
	if (control.record)
		control.state = CONTROL_IMPLEMENTED;
	return control;
}

static bool has_finding(const struct report *report,
			const struct record *record)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!finding->waiver && finding->severity == SEVERITY_ERROR &&
		    str_equal(finding->kind, record->kind) &&
		    str_equal(finding->id, record->id))
			return true;
	}
	return false;
}

/* Is there a record of a kind, in force and without an error of its own? */
static bool kind_is_answered(const struct mapping_view *view, str kind)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(lint_corpus(view->run), kind, &count);

	for (size_t i = 0; i < count; i++) {
		if (records[i]->valid && host_in_force(records[i]) &&
		    !has_finding(lint_report(view->run), records[i]))
			return true;
	}
	return false;
}

/* The declared coverage, lowered by what is not in place. */
static enum coverage_level lowered(const struct mapped_requirement *mapped)
{
	enum coverage_level coverage = mapped->entry->coverage;
	bool partial = false;

	for (size_t i = 0; i < mapped->control_count; i++) {
		if (mapped->controls[i].state < CONTROL_PARTIAL)
			return COVERAGE_NONE;
		partial =
			partial || mapped->controls[i].state == CONTROL_PARTIAL;
	}
	return partial && coverage > COVERAGE_NONE ? coverage - 1 : coverage;
}

/* Evidence of some other type than those that prove little by themselves. */
static bool has_evidence(const struct mapping_view *view,
			 const struct record *record)
{
	const struct node *weak =
		parameter_find(policy_parameters(view->policy),
			       STR("certificate.weak_evidence_types"))
			->value;
	const struct node *evidence = node_find(record->root, STR("evidence"));

	for (uint32_t i = 0; evidence && i < evidence->count; i++) {
		str type = node_text(&evidence->as.children[i], STR("type"));
		bool counts = true;

		for (uint32_t k = 0; k < weak->count; k++)
			counts = counts &&
				 !str_equal(weak->as.children[k].text, type);
		if (counts)
			return true;
	}
	return false;
}

/* Looks for a record whose word raises the coverage; one whose word does not
 * is told of when there is no other. */
static void find_claim(const struct mapping_view *view,
		       struct mapped_requirement *mapped)
{
	const struct corpus *corpus = lint_corpus(view->run);

	for (size_t i = 0; i < corpus_count(corpus) && !mapped->raised; i++) {
		const struct record *record = corpus_at(corpus, i);
		bool counts;

		if (!host_answers(record, mapped->name))
			continue;
		counts = has_evidence(view, record) &&
			 !has_finding(lint_report(view->run), record);
		if (counts || !mapped->claim)
			mapped->claim = record;
		mapped->raised = counts;
	}
}

static void judge_result(const struct mapping_view *view,
			 struct mapped_requirement *mapped)
{
	const struct mapping_entry *entry = mapped->entry;
	VEC(str) lacking = {0};
	enum coverage_level coverage = lowered(mapped);

	for (size_t i = 0; i < entry->needs.count; i++) {
		if (!kind_is_answered(view, entry->needs.at[i]))
			*vec_push(&lacking) = entry->needs.at[i];
	}
	mapped->lacking = vec_keep(&lacking, view->arena);
	mapped->lacking_count = lacking.count;
	vec_done(&lacking);
	find_claim(view, mapped);
	if (mapped->raised ||
	    (entry->needs.count && mapped->lacking_count == 0))
		mapped->result = RESULT_BY_RECORDS;
	else if (coverage == COVERAGE_STRONG && mapped->lacking_count == 0)
		mapped->result = RESULT_COVERED;
	else
		mapped->result =
			coverage == COVERAGE_NONE ? RESULT_OPEN : RESULT_PARTLY;
}

static size_t count_rules(const struct policy *policy, str name)
{
	size_t count = 0;

	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		for (size_t k = 0; k < rule->cite_count; k++) {
			str cite = rule->cites[k].name;

			if (str_starts(cite, name) &&
			    (cite.len == name.len ||
			     cite.ptr[name.len] == '-')) {
				count++;
				break;
			}
		}
	}
	return count;
}

static void map_one(const struct mapping_view *view,
		    struct mapped_requirement *out, str name, str target)
{
	const struct mapping_entry *entry =
		mapping_find(policy_mappings(view->policy), name, target);

	out->name = name;
	out->title =
		framework_find(policy_frameworks(view->policy), name).title;
	out->entry = entry;
	out->rules = count_rules(view->policy, name);
	if (!entry)
		return;
	out->controls = arena_array(view->arena, struct mapped_control,
				    entry->targets.count);
	out->control_count = entry->targets.count;
	for (size_t i = 0; i < entry->targets.count; i++)
		out->controls[i] = find_control(view, entry->targets.at[i]);
	judge_result(view, out);
}

/* Rows may speak of a paragraph or point alone (art-5-1-e): those stand below
 * their article. */
static void add_parts(const struct mapping_view *view, struct mapped *out,
		      str whole)
{
	const struct mapping_set *set = policy_mappings(view->policy);

	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		const struct mapping_entry *entry = mapping_entry_at(set, i);

		if (!str_equal(entry->source_framework, out->source) ||
		    !str_equal(entry->target_framework, out->target))
			continue;
		for (size_t k = 0; k < entry->decides.count; k++) {
			str name = entry->decides.at[k];

			if (str_starts(name, whole) && name.len > whole.len &&
			    name.ptr[whole.len] == '-')
				map_one(view, &out->at[out->count++], name,
					out->target);
		}
	}
}

/* The most rows there can be: each requirement, and each source of each row. */
static size_t most_rows(const struct mapping_set *set, const struct node *list)
{
	size_t most = list->count;

	for (size_t i = 0; i < mapping_entry_count(set); i++)
		most += mapping_entry_at(set, i)->decides.count;
	return most;
}

void map_frameworks(struct mapped *out, const struct policy *policy,
		    const struct lint_run *run, str source, str target,
		    struct arena *arena)
{
	const struct node *root =
		framework_root(policy_frameworks(policy), source);
	const struct node *list = node_find(root, STR("requirements"));
	struct mapping_view view = {policy, run, arena};

	*out = (struct mapped){
		.source = source,
		.target = target,
		.at = arena_array(arena, struct mapped_requirement,
				  most_rows(policy_mappings(policy), list)),
	};
	for (uint32_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		const struct node *heading = node_find(item, STR("heading"));
		size_t before = out->count;
		str name;

		if (heading && heading->as.boolean)
			continue;
		name = str_format(arena, STR_FMT ":" STR_FMT, STR_ARG(source),
				  STR_ARG(node_text(item, STR("id"))));
		map_one(&view, &out->at[out->count++], name, target);
		add_parts(&view, out, name);
		/* An article whose points are mapped is not unmapped. */
		if (!out->at[before].entry && out->count > before + 1) {
			memmove(&out->at[before], &out->at[before + 1],
				(out->count - before - 1) * sizeof(*out->at));
			out->count--;
		}
	}
}
