/*
 * sarif - the Static Analysis Results Interchange Format, version 2.1.0 with
 * errata 01: one run, which code scanning services and viewers take in.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"
#include "reporters/fields.h"
#include "reporters/reporter.h"
#include "reporters/sarif_rule.h"
#include "reporters/summary.h"

enum { INDENT = 2, SHORT_HASH = 16 };

/* ---- places */

/* A path as a relative reference of RFC 3986; the root for the repository. */
static void add_artifact(struct json *json, str path)
{
	struct out uri;

	out_init(&uri, SIZE_MAX);
	if (path.len)
		out_text(&uri, path, ENCODE_URI);
	else
		out_safe(&uri, SAFE("./"));
	json_key(json, STR("artifactLocation"));
	json_object(json);
	field_string(json, STR("uri"), out_str(&uri));
	field_string(json, STR("uriBaseId"), STR("%SRCROOT%"));
	json_end(json);
	out_done(&uri);
}

/* Kept to one line, the first: a service that shows what a change touches
 * drops a region that has a line outside the change. */
static void add_region(struct json *json, struct place start, struct place end)
{
	if (!start.line)
		return;
	json_key(json, STR("region"));
	json_object(json);
	field_size(json, STR("startLine"), start.line);
	field_size(json, STR("startColumn"), start.column);
	if (end.line == start.line) {
		field_size(json, STR("endLine"), end.line);
		field_size(json, STR("endColumn"), end.column);
	}
	json_end(json);
}

static void add_physical(struct json *json, str path, struct place start,
			 struct place end)
{
	json_key(json, STR("physicalLocation"));
	json_object(json);
	add_artifact(json, path);
	add_region(json, start, end);
	json_end(json);
}

static void add_logical(struct json *json, const struct finding *finding)
{
	struct buf name;

	if (!finding->kind.len || !finding->id.len)
		return;
	buf_init(&name, SIZE_MAX);
	buf_add(&name, finding->kind);
	buf_byte(&name, '/');
	buf_add(&name, finding->id);
	json_key(json, STR("logicalLocations"));
	json_array(json);
	json_object(json);
	field_string(json, STR("name"), finding->id);
	field_string(json, STR("fullyQualifiedName"), buf_str(&name));
	field_string(json, STR("kind"), STR("object"));
	json_end(json);
	json_end(json);
	buf_done(&name);
}

/* Each result has a place, for services refuse one without: a finding about
 * the repository has its root. */
static void add_locations(struct json *json, const struct finding *finding)
{
	const struct secondary *other = &finding->other;

	json_key(json, STR("locations"));
	json_array(json);
	json_object(json);
	add_physical(json, finding->path, finding->start, finding->end);
	add_logical(json, finding);
	if (finding->label.len)
		sarif_text(json, STR("message"), finding->label);
	json_end(json);
	json_end(json);
	if (!other->path.ptr)
		return;
	json_key(json, STR("relatedLocations"));
	json_array(json);
	json_object(json);
	add_physical(json, other->path, other->start, other->end);
	if (other->label.len)
		sarif_text(json, STR("message"), other->label);
	json_end(json);
	json_end(json);
}

/* ---- results */

static void add_fingerprints(struct json *json, const struct finding *finding)
{
	str id = str_make(finding->fingerprint, FINDING_ID);
	struct buf line_hash;

	json_key(json, STR("fingerprints"));
	json_object(json);
	field_string(json, STR("abide/v1"), id);
	json_end(json);
	/* GitHub knows a result again by this member alone. */
	buf_init(&line_hash, SIZE_MAX);
	buf_add(&line_hash, str_slice(id, 0, SHORT_HASH));
	buf_add(&line_hash, STR(":1"));
	json_key(json, STR("partialFingerprints"));
	json_object(json);
	field_string(json, STR("abide/v1"), id);
	field_string(json, STR("primaryLocationLineHash"), buf_str(&line_hash));
	json_end(json);
	buf_done(&line_hash);
}

/* Every result says whether it is suppressed, for one that does not leaves it
 * open for all (section 3.27.23). */
static void add_suppressions(struct json *json, const struct waiver *waiver)
{
	json_key(json, STR("suppressions"));
	json_array(json);
	if (waiver) {
		json_object(json);
		field_string(json, STR("kind"), STR("external"));
		field_string(json, STR("status"), STR("accepted"));
		field_string(json, STR("justification"), waiver->reason);
		json_key(json, STR("properties"));
		json_object(json);
		field_string(json, STR("exception"), waiver->record->id);
		field_string(json, STR("approvedBy"), waiver->approved_by);
		field_string(json, STR("approvedOn"), waiver->approved_on);
		field_string(json, STR("expiresOn"), waiver->expires_on);
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

/* Only where the words replaced are those the finding is about, for the place
 * of others is not known in lines. */
static void add_fixes(struct json *json, const struct finding *finding)
{
	const struct edit *edit = finding->edit;

	if (!edit || !finding->start.line ||
	    edit->span.start != finding->span.start ||
	    edit->span.end != finding->span.end)
		return;
	json_key(json, STR("fixes"));
	json_array(json);
	json_object(json);
	json_key(json, STR("artifactChanges"));
	json_array(json);
	json_object(json);
	add_artifact(json, finding->path);
	json_key(json, STR("replacements"));
	json_array(json);
	json_object(json);
	json_key(json, STR("deletedRegion"));
	json_object(json);
	field_size(json, STR("startLine"), finding->start.line);
	field_size(json, STR("startColumn"), finding->start.column);
	field_size(json, STR("endLine"), finding->end.line);
	field_size(json, STR("endColumn"), finding->end.column);
	json_end(json);
	json_key(json, STR("insertedContent"));
	json_object(json);
	field_string(json, STR("text"), edit->text);
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
}

static void add_result_properties(struct json *json,
				  const struct finding *finding)
{
	json_key(json, STR("properties"));
	json_object(json);
	field_text(json, STR("code"), finding->rule->code);
	field_text(json, STR("kind"), finding->kind);
	field_text(json, STR("id"), finding->id);
	field_text(json, STR("pointer"), finding->pointer);
	field_text(json, STR("discriminator"), finding->discriminator);
	field_text(json, STR("help"),
		   finding->help.len ? finding->help : finding->rule->fix);
	json_end(json);
}

/* `state` is "absent" for what was fixed; absent when nothing was compared. */
static void add_result(struct json *json, const struct finding *finding,
		       const struct rule_table *rules, str state)
{
	json_object(json);
	field_string(json, STR("ruleId"), finding->rule->id);
	field_size(json, STR("ruleIndex"), rule_table_at(rules, finding->rule));
	field_string(json, STR("kind"), STR("fail"));
	field_string(json, STR("level"),
		     str_of(severity_name(finding->severity)));
	sarif_text(json, STR("message"), finding_sentence(finding));
	add_locations(json, finding);
	add_fingerprints(json, finding);
	if (state.ptr)
		field_string(json, STR("baselineState"), state);
	add_suppressions(json, finding->waiver);
	add_fixes(json, finding);
	add_result_properties(json, finding);
	json_end(json);
}

static void add_results(struct json *json, const struct report *report,
			const struct rule_table *rules)
{
	static const char *const states[] = {
		[FINDING_STATE_UNKNOWN] = NULL,
		[FINDING_STATE_NEW] = "new",
		[FINDING_STATE_UNCHANGED] = "unchanged",
	};

	json_key(json, STR("results"));
	json_array(json);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		add_result(json, finding, rules,
			   str_of(states[finding->state]));
	}
	for (size_t i = 0; i < report->unchanged_count; i++)
		add_result(json, &report->unchanged[i], rules,
			   STR("unchanged"));
	for (size_t i = 0; i < report->fixed_count; i++)
		add_result(json, &report->fixed[i], rules, STR("absent"));
	json_end(json);
}

/* ---- the run */

static void add_tool(struct json *json, const struct report *report,
		     const struct rule_table *rules,
		     const struct taxonomy_set *taxonomies)
{
	json_key(json, STR("tool"));
	json_object(json);
	json_key(json, STR("driver"));
	json_object(json);
	field_string(json, STR("name"), STR("abide"));
	field_string(json, STR("version"), report->version);
	field_string(json, STR("semanticVersion"), report->version);
	taxonomy_write_supported(json, taxonomies);
	sarif_rules(json, rules, taxonomies);
	json_end(json);
	json_end(json);
}

static void add_notification(struct json *json, struct safe id,
			     struct safe level, str path, str text)
{
	json_object(json);
	json_key(json, STR("descriptor"));
	json_object(json);
	field_string(json, STR("id"), id.text);
	json_end(json);
	field_string(json, STR("level"), level.text);
	sarif_text(json, STR("message"), text);
	if (path.len) {
		json_key(json, STR("locations"));
		json_array(json);
		json_object(json);
		add_physical(json, path, (struct place){0}, (struct place){0});
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

/* No start or end time: the same input gives the same bytes. */
static void add_invocation(struct json *json, const struct report *report,
			   const struct rule_table *rules)
{
	json_key(json, STR("invocations"));
	json_array(json);
	json_object(json);
	field_bool(json, STR("executionSuccessful"),
		   report->incomplete_count == 0);
	sarif_overrides(json, rules);
	json_key(json, STR("toolExecutionNotifications"));
	json_array(json);
	for (size_t i = 0; i < report->incomplete_count; i++)
		add_notification(json, SAFE("incomplete"), SAFE("error"),
				 report->incomplete[i].path,
				 report->incomplete[i].reason);
	for (size_t i = 0; i < report->remark_count; i++)
		add_notification(json, SAFE("remark"), SAFE("note"), (str){0},
				 report->remarks[i].text);
	json_end(json);
	json_end(json);
	json_end(json);
}

static void add_provenance(struct json *json, const struct report *report)
{
	const struct provenance *from = &report->provenance;

	json_key(json, STR("originalUriBaseIds"));
	json_object(json);
	json_key(json, STR("%SRCROOT%"));
	json_object(json);
	sarif_text(json, STR("description"), STR("the root of the repository"));
	json_end(json);
	json_end(json);
	if (!from->repository.ptr)
		return;
	json_key(json, STR("versionControlProvenance"));
	json_array(json);
	json_object(json);
	field_string(json, STR("repositoryUri"), from->repository);
	if (from->revision.ptr)
		field_string(json, STR("revisionId"), from->revision);
	if (from->branch.ptr)
		field_string(json, STR("branch"), from->branch);
	json_key(json, STR("mappedTo"));
	json_object(json);
	field_string(json, STR("uriBaseId"), STR("%SRCROOT%"));
	json_end(json);
	json_end(json);
	json_end(json);
}

static void add_run_properties(struct json *json, const struct report *report)
{
	char now[INSTANT_TEXT];
	size_t len = instant_format(now, report->now);

	json_key(json, STR("properties"));
	json_object(json);
	field_string(json, STR("now"), str_make(now, len));
	field_string(json, STR("snapshot"), report->snapshot);
	field_text(json, STR("policy"), report->policy);
	field_text(json, STR("base"), report->base);
	field_size(json, STR("files"), report->files);
	field_size(json, STR("records"), report->records);
	field_size(json, STR("hidden"), report->hidden);
	fields_end(json);
	json_end(json);
}

static void add_run(struct json *json, const struct report *report,
		    struct arena *arena)
{
	struct rule_table rules;
	struct taxonomy_set taxonomies;

	rule_table_fill(&rules, report, arena);
	taxonomy_fill(&taxonomies, report, &rules, arena);
	json_object(json);
	add_tool(json, report, &rules, &taxonomies);
	json_key(json, STR("automationDetails"));
	json_object(json);
	field_string(json, STR("id"), STR("abide/"));
	json_end(json);
	add_invocation(json, report, &rules);
	add_provenance(json, report);
	taxonomy_write(json, &taxonomies);
	field_string(json, STR("columnKind"), STR("unicodeCodePoints"));
	add_results(json, report, &rules);
	add_run_properties(json, report);
	json_end(json);
}

static void sarif_write(const struct report *report, const struct look *look,
			struct out *out)
{
	struct json json = json_start(out, INDENT);
	struct arena arena;

	(void)look;
	out->ci = true; /* as in json.c */
	arena_init(&arena);
	json_object(&json);
	field_string(&json, STR("$schema"),
		     STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
			 "errata01/os/schemas/sarif-schema-2.1.0.json"));
	field_string(&json, STR("version"), STR("2.1.0"));
	json_key(&json, STR("runs"));
	json_array(&json);
	add_run(&json, report, &arena);
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	out_safe(out, SAFE("\n"));
	arena_done(&arena);
}

const struct reporter reporter_sarif = {
	.name = "sarif",
	.summary = "SARIF 2.1.0, for code scanning services and viewers",
	.write = sarif_write,
};
