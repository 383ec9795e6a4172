/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/explain.h"
#include "cmd/history_input.h"
#include "cmd/rule_facts.h"
#include "lint/host.h"
#include "lint/lint.h"
#include "lint/waive.h"

/* Two runs: one keeps every tree and judges nothing, the other judges. */
struct telling {
	const struct explaining *explaining;
	struct out *out;
	const struct corpus *corpus;
	const struct report *report;
};

/* A path as the user wrote it, from the root of the repository. */
static str path_of(const struct explaining *explaining, str name)
{
	while (str_starts(name, STR("./")))
		name = str_slice(name, 2, name.len);
	return str_format(explaining->arena, STR_FMT STR_FMT,
			  STR_ARG(repo_state(explaining->input->repo)->prefix),
			  STR_ARG(name));
}

bool explain_is_record(const struct explaining *explaining, str name)
{
	str id = name;
	str kind = str_cut(&id, '/');

	if (!explaining->input->repo)
		return false;
	return (id.ptr && kind_find(policy_kinds(explaining->policy), kind)) ||
	       snapshot_find(explaining->input->snapshot,
			     path_of(explaining, name));
}

static void write_name(struct out *out, const struct record *record)
{
	out_text(out, record->kind, ENCODE_TERMINAL);
	out_safe(out, SAFE("/"));
	out_text(out, record->id, ENCODE_TERMINAL);
	if (record->title.len) {
		out_safe(out, SAFE("  "));
		out_text(out, record->title, ENCODE_TERMINAL);
	}
}

static void write_head(const struct telling *telling,
		       const struct record *record)
{
	const struct kind *kind = kind_find(
		policy_kinds(telling->explaining->policy), record->kind);
	struct out *out = telling->out;

	write_name(out, record);
	out_safe(out, SAFE("\n"));
	if (kind && kind->title.len) {
		out_text(out, kind->title, ENCODE_TERMINAL);
		out_safe(out, SAFE(" in "));
	}
	out_text(out, record->source->path, ENCODE_TERMINAL);
	if (record->status.len) {
		out_safe(out, SAFE("; status "));
		out_text(out, record->status, ENCODE_TERMINAL);
		if (!record->live)
			out_safe(out, SAFE(", which ends it"));
	}
	if (!record->valid)
		out_safe(out, SAFE("; it has not the form of its kind, and "
				   "most rules wait until it has"));
	out_safe(out, SAFE("\n"));
}

/* ---- who answers for it */

static void write_holders(const struct telling *telling,
			  const struct record *role)
{
	const struct node *holders = node_find(role->root, STR("holders"));
	struct out *out = telling->out;
	size_t count = 0;

	for (size_t i = 0; holders && i < holders->count; i++) {
		const struct node *holder = &holders->as.children[i];
		const struct node *deputy = node_find(holder, STR("deputy"));
		const struct record *person =
			host_holder_at(telling->corpus, holder,
				       telling->explaining->input->now);

		if (!person)
			continue;
		out_safe(out, SAFE("    held by "));
		write_name(out, person);
		if (deputy && deputy->kind == NODE_BOOL && deputy->as.boolean)
			out_safe(out, SAFE(" (deputy)"));
		out_safe(out, SAFE("\n"));
		count++;
	}
	if (count == 0)
		out_safe(out, SAFE("    held by nobody today\n"));
}

static void write_owner(const struct telling *telling,
			const struct record *record)
{
	str owner = node_text(record->root, STR("owner"));
	const struct record *role;

	if (str_is(record->kind, "role")) {
		out_safe(telling->out, SAFE("\nHolders\n"));
		write_holders(telling, record);
		return;
	}
	if (!owner.len)
		return;
	role = corpus_find(telling->corpus, STR("role"), owner);
	out_safe(telling->out, SAFE("\nOwner\n  "));
	if (!role) {
		out_text(telling->out, owner, ENCODE_TERMINAL);
		out_safe(telling->out, SAFE(", which is no role\n"));
		return;
	}
	write_name(telling->out, role);
	out_safe(telling->out, SAFE("\n"));
	write_holders(telling, role);
}

/* ---- what it refers to, and what refers to it */

static void write_references(const struct telling *telling,
			     const struct record *record)
{
	struct out *out = telling->out;

	if (record->reference_count)
		out_safe(out, SAFE("\nRefers to\n"));
	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];
		const struct record *target =
			corpus_target(telling->corpus, record, i);
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = str_equal(record->references[k].kind,
					 reference->kind) &&
			       str_equal(record->references[k].id,
					 reference->id);
		if (seen)
			continue;
		out_safe(out, SAFE("  "));
		if (target) {
			write_name(out, target);
		} else {
			out_text(out, reference->kind, ENCODE_TERMINAL);
			out_safe(out, SAFE("/"));
			out_text(out, reference->id, ENCODE_TERMINAL);
			out_safe(out, SAFE(", which does not exist"));
		}
		out_safe(out, SAFE("\n"));
	}
}

static void write_referrers(const struct telling *telling,
			    const struct record *record)
{
	struct out *out = telling->out;
	const struct referrer *referrers =
		corpus_referrers(telling->corpus, record);
	const struct record *last = NULL;

	out_safe(out, SAFE("\nReferred to by\n"));
	/* Those of one record stand side by side. */
	for (const struct referrer *at = referrers; at; at = at->next) {
		if (at->record == last)
			continue;
		last = at->record;
		out_safe(out, SAFE("  "));
		write_name(out, last);
		out_safe(out, SAFE("\n"));
	}
	if (!referrers)
		out_safe(out, SAFE("  no record\n"));
}

/* ---- what the rules say */

static bool is_about(const struct finding *finding, const struct record *record)
{
	return str_equal(finding->kind, record->kind) &&
	       str_equal(finding->id, record->id) &&
	       str_equal(finding->path, record->source->path);
}

static bool has_finding(const struct telling *telling,
			const struct record *record, const struct rule *rule)
{
	for (size_t i = 0; i < telling->report->finding_count; i++) {
		const struct finding *finding = &telling->report->findings[i];

		if (finding->rule == rule && is_about(finding, record))
			return true;
	}
	return false;
}

static void write_finding(struct out *out, const struct finding *finding)
{
	out_safe(out, SAFE("  "));
	out_text(out, str_of(severity_name(finding->severity)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text(out, finding->message, ENCODE_TERMINAL);
	out_safe(out, SAFE(" ["));
	out_text(out, finding->rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("]\n"));
	if (!finding->waiver)
		return;
	out_safe(out, SAFE("    waived until "));
	out_text(out, finding->waiver->expires_on, ENCODE_TERMINAL);
	out_safe(out, SAFE(" by exception/"));
	out_text(out, finding->waiver->record->id, ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text(out, finding->waiver->reason, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void write_findings(const struct telling *telling,
			   const struct record *record)
{
	const struct report *report = telling->report;
	struct out *out = telling->out;
	size_t count = 0;

	out_safe(out, SAFE("\nFindings\n"));
	for (size_t i = 0; i < report->finding_count; i++) {
		if (!is_about(&report->findings[i], record))
			continue;
		write_finding(out, &report->findings[i]);
		count++;
	}
	if (count == 0)
		out_safe(out, SAFE("  none\n"));
}

static void write_rules(const struct telling *telling,
			const struct record *record)
{
	const struct policy *policy = telling->explaining->policy;
	struct out *out = telling->out;

	out_safe(out, SAFE("\nJudged by, without a finding\n"));
	for (size_t i = 0; i < policy_rule_count(policy); i++) {
		const struct rule *rule = policy_rule_at(policy, i);

		if (!rule_judges_kind(rule, record->kind) ||
		    has_finding(telling, record, rule))
			continue;
		out_safe(out, SAFE("  "));
		out_text(out, rule->id, ENCODE_TERMINAL);
		out_safe(out, SAFE("  "));
		out_text(out, rule->title, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
}

static void write_incomplete(const struct telling *telling)
{
	const struct report *report = telling->report;

	if (!report->incomplete_count)
		return;
	out_safe(telling->out,
		 SAFE("\nNot all could be judged; `abide check` says why\n"));
}

static bool tell(const struct telling *telling, str name, struct error *err)
{
	str id = name;
	str kind = str_cut(&id, '/');
	str path = path_of(telling->explaining, name);
	size_t count = 0;

	for (size_t i = 0; i < corpus_count(telling->corpus); i++) {
		const struct record *record = corpus_at(telling->corpus, i);

		if (!str_equal(record->source->path, path) &&
		    !(id.ptr && str_equal(record->kind, kind) &&
		      str_equal(record->id, id)))
			continue;
		if (count++)
			out_safe(telling->out, SAFE("\n---\n\n"));
		write_head(telling, record);
		write_owner(telling, record);
		write_references(telling, record);
		write_referrers(telling, record);
		write_findings(telling, record);
		write_rules(telling, record);
	}
	if (count == 0)
		return error_set(
			err, ERROR_USAGE,
			"there is no rule, requirement or record '" STR_FMT "'",
			STR_ARG(name));
	write_incomplete(telling);
	return true;
}

bool explain_record(const struct explaining *explaining, str name,
		    struct error *err)
{
	struct telling telling = {.explaining = explaining,
				  .out = explaining->env->out};
	struct lint lint = {
		.policy = explaining->policy,
		.snapshot = explaining->input->snapshot,
		.now = explaining->input->now,
		.jobs = explaining->env->processors,
		.min_severity = SEVERITY_NOTE,
	};
	struct history_input history;
	struct lint_run *loaded = NULL;
	struct lint_run *judged = NULL;
	bool ok;

	history_input_open(&history, explaining->input, NULL, &lint);
	ok = lint_run(&judged, &lint, err);
	lint.load_only = true;
	ok = ok && lint_run(&loaded, &lint, err);
	if (ok) {
		telling.report = lint_report(judged);
		telling.corpus = lint_corpus(loaded);
		ok = tell(&telling, name, err);
	}
	lint_run_free(judged);
	lint_run_free(loaded);
	history_input_close(&history);
	return ok;
}
