/*
 * report_fixture - closed reports for the tests of the reporters: findings are
 * placed by the words they are about, in sources that stand beside them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_REPORT_FIXTURE_H
#define UNIT_REPORT_FIXTURE_H

#include "base/utf8.h"
#include "lint/waive.h"
#include "reporters/reporter.h"

#define FIXTURE_HEX                        \
	"0123456789abcdef0123456789abcdef" \
	"0123456789abcdef0123456789abcdef"

static const struct citation fixture_cites[] = {
	{STR_INIT("iso27001"), STR_INIT("iso27001:cl-7.5.2")},
	{STR_INIT("gdpr"), STR_INIT("gdpr:art-30-1-f")},
	{STR_INIT("gdpr"), STR_INIT("gdpr:art-33-1")},
};

static const struct rule rule_unknown = {
	.id = STR_INIT("reference/unknown"),
	.code = STR_INIT("REF-001"),
	.title = STR_INIT("Reference to a record that does not exist"),
	.fix = STR_INIT("name a record that exists,\nor add it\n"),
	.severity = SEVERITY_ERROR,
	.shipped = SEVERITY_ERROR,
	.cites = &fixture_cites[0],
	.cite_count = 1,
};
static const struct rule rule_retention = {
	.id = STR_INIT("retention/undefined"),
	.code = STR_INIT("RET-001"),
	.title = STR_INIT("No time limit for erasure"),
	.fix = STR_INIT("add a duration, or name a line of the retention "
			"schedule"),
	.severity = SEVERITY_ERROR,
	.shipped = SEVERITY_WARNING,
	.waivable = true,
	.cites = &fixture_cites[1],
	.cite_count = 1,
};
static const struct rule rule_duplicate = {
	.id = STR_INIT("id/duplicate"),
	.code = STR_INIT("SCH-004"),
	.title = STR_INIT("Two records with one id"),
	.severity = SEVERITY_ERROR,
	.shipped = SEVERITY_ERROR,
};
static const struct rule rule_late = {
	.id = STR_INIT("incident/late-notification"),
	.code = STR_INIT("INC-003"),
	.title = STR_INIT("The authority was told late"),
	.severity = SEVERITY_ERROR,
	.shipped = SEVERITY_ERROR,
	.waivable = true,
	.cites = &fixture_cites[1],
	.cite_count = 2,
};
static const struct rule rule_ambiguous = {
	.id = STR_INIT("yaml/ambiguous-scalar"),
	.title = STR_INIT("A plain scalar other tools read differently"),
	.severity = SEVERITY_WARNING,
	.shipped = SEVERITY_WARNING,
	.waivable = true,
};
static const struct rule rule_note = {
	.id = STR_INIT("organisation/missing"),
	.title = STR_INIT("No organisation record"),
	.severity = SEVERITY_NOTE,
	.shipped = SEVERITY_NOTE,
	.waivable = true,
};

/* Places a span on `needle` in `source`, and gives the lines around it. */
static void UNUSED fixture_place(struct finding *finding, str source,
				 str needle)
{
	size_t at = str_find(source, needle);
	size_t line;

	finding->span =
		(struct span){(uint32_t)at, (uint32_t)(at + needle.len)};
	finding->start = place_of(source, finding->span.start);
	finding->end = place_of(source, finding->span.end);
	line = finding->start.line;
	finding->first_line = line > CONTEXT_LINES ? line - CONTEXT_LINES : 1;
	for (size_t i = 0; i < ARRAY_SIZE(finding->lines); i++)
		if (finding->first_line + i <= line + CONTEXT_LINES)
			finding->lines[i] =
				line_at(source, finding->first_line + i);
}

static void UNUSED fixture_second(struct finding *finding, str path, str source,
				  str needle, str label)
{
	size_t at = str_find(source, needle);
	struct secondary *other = &finding->other;

	other->path = path;
	other->label = label;
	other->span = (struct span){(uint32_t)at, (uint32_t)(at + needle.len)};
	other->start = place_of(source, other->span.start);
	other->end = place_of(source, other->span.end);
	other->line = line_at(source, other->start.line);
}

/* A finding with the fields that all have. */
static struct finding UNUSED fixture_finding(const struct rule *rule, str path,
					     str message, str label)
{
	struct finding finding = {.rule = rule,
				  .severity = rule->severity,
				  .path = path,
				  .message = message,
				  .label = label};

	memcpy(finding.fingerprint, FIXTURE_HEX, FINDING_ID);
	return finding;
}

/* A run of 2026-11-22 over the work tree, with its counts. */
static struct report UNUSED fixture_report(const struct finding *findings,
					   size_t count)
{
	struct report report = {
		.findings = findings,
		.finding_count = count,
		.files = 214,
		.records = 212,
		.records_hit = count,
		.now = {.seconds = INT64_C(1795305600)},
		.snapshot = STR("work tree"),
		.policy = STR("work tree"),
		.version = STR("0.1.0"),
	};

	for (size_t i = 0; i < count; i++)
		report.by_severity[findings[i].severity]++;
	return report;
}

/* What a reporter writes, terminated; borrowed from `out`. */
static UNUSED const char *fixture_write(struct out *out, const char *name,
					const struct report *report,
					const struct look *look)
{
	const struct reporter *reporter = reporter_find(str_of(name));

	out_clear(out);
	reporter->write(report, look, out);
	buf_byte(&out->buf, '\0');
	return out->buf.ptr;
}

/* ---- a report with something in every field */

struct full {
	struct finding findings[5];
	struct finding fixed;
	struct finding unchanged;
	struct rule_count rules[5];
	struct incomplete incomplete[2];
	struct remark remark;
	struct record exception;
	struct waiver waiver;
	struct edit edit;
	struct report report;
};

static void UNUSED full_rules(struct full *full)
{
	/* One that failed, one that found, one that held, one that met nothing
	 * it applies to, one that could not be evaluated somewhere. */
	const struct rule_count counts[] = {
		{.rule = &rule_duplicate, .judged = 212},
		{.rule = &rule_late, .judged = 9, .not_applicable = 9},
		{.rule = &rule_unknown, .judged = 212, .findings = 2},
		{.rule = &rule_retention,
		 .judged = 14,
		 .findings = 1,
		 .waived = 1},
		{.rule = &rule_ambiguous,
		 .judged = 212,
		 .findings = 1,
		 .failed = 3},
	};

	memcpy(full->rules, counts, sizeof(counts));
}

/* Compared with a base: new ones, among them one that is waived and one about
 * the repository by a rule that is none of the policy's; one that the base had
 * as well, and one that is fixed. */
static void UNUSED full_init(struct full *full)
{
	const str path = STR("records/news letter:1.yaml");
	const str source =
		STR("id: PA-014\nname: \"N\xc3\xbc\" # \xf0\x9f\x8d\xaa\n"
		    "vendor: V-O07\nother: V-O07\n");

	memset(full, 0, sizeof(*full));
	full->exception = (struct record){.id = STR("ex-1")};
	full->waiver = (struct waiver){
		.record = &full->exception,
		.reason = STR("moved by 2027"),
		.approved_by = STR("dpo"),
		.approved_on = STR("2026-10-01"),
		.expires_on = STR("2027-01-31"),
	};
	full->edit = (struct edit){.text = STR("V-007")};
	full->findings[0] = fixture_finding(
		&rule_note, STR(""), STR("no organisation record"), STR(""));
	full->findings[1] = fixture_finding(
		&rule_retention, path, STR("PA-014 has no time limit"),
		STR("this record needs `retention`"));
	fixture_place(&full->findings[1], source, STR("PA-014"));
	full->findings[1].waiver = &full->waiver;
	full->findings[2] = fixture_finding(
		&rule_ambiguous, path,
		STR("a cookie [x](https://evil.example)"), STR(""));
	fixture_place(&full->findings[2], source,
		      STR("\xf0\x9f\x8d\xaa\nvendor"));
	full->findings[3] =
		fixture_finding(&rule_unknown, path,
				STR("PA-014 names V-O07, which is not there"),
				STR("no record has this id"));
	fixture_place(&full->findings[3], source, STR("V-O07"));
	fixture_second(&full->findings[3], STR("b.yaml"), STR("id: V-007\n"),
		       STR("V-007"), STR("this one?"));
	full->edit.span = full->findings[3].span;
	full->findings[3].edit = &full->edit;
	full->findings[3].kind = STR("processing-activity");
	full->findings[3].id = STR("PA-014");
	full->findings[3].pointer = STR("/vendor");
	full->findings[3].help = STR("write `V-007`, or add the record");
	full->findings[4] = full->findings[3];
	full->findings[4].edit = NULL;
	full->findings[4].other = (struct secondary){0};
	fixture_place(&full->findings[4], source, STR("V-O07\nother: V-O07"));
	for (size_t i = 0; i < ARRAY_SIZE(full->findings); i++) {
		full->findings[i].fingerprint[0] = (char)('a' + i);
		full->findings[i].state = FINDING_STATE_NEW;
	}
	full->fixed = fixture_finding(&rule_duplicate, STR("gone.yaml"),
				      STR("two records had this id"), STR(""));
	full->fixed.start = full->fixed.end = (struct place){1, 1, 1, 1};
	full->unchanged =
		fixture_finding(&rule_duplicate, STR("old.yaml"),
				STR("two records have this id"), STR(""));
	full->unchanged.start = full->unchanged.end =
		(struct place){7, 1, 1, 1};
	full->unchanged.state = FINDING_STATE_UNCHANGED;
	full->unchanged.fingerprint[0] = 'f';
	full_rules(full);
	full->incomplete[0] = (struct incomplete){
		STR("a b.yaml"), STR("nesting deeper than 64")};
	full->incomplete[1].reason = STR("this clone is shallow");
	full->remark.text = STR("this change edits 2 policy files");
	full->report =
		fixture_report(full->findings, ARRAY_SIZE(full->findings));
	full->report.by_severity[SEVERITY_ERROR]--; /* the waived one */
	full->report.waived = 1;
	full->report.records_hit = 1;
	full->report.rules = full->rules;
	full->report.rule_count = ARRAY_SIZE(full->rules);
	full->report.unchanged = &full->unchanged;
	full->report.unchanged_count = 1;
	full->report.fixed = &full->fixed;
	full->report.fixed_count = 1;
	full->report.base = STR("1111111111111111111111111111111111111111");
	full->report.remarks = &full->remark;
	full->report.remark_count = 1;
	full->report.provenance = (struct provenance){
		.repository = STR("https://git.example.org/acme/records.git"),
		.revision = STR("2222222222222222222222222222222222222222"),
		.branch = STR("main"),
	};
}

/* ---- a hostile report: every copied text tries to get out of its place */

/* Also a NUL, so its length is told by STR alone. */
#define HOSTILE                                                        \
	"\x1b[31mred\x1b]0;title\x07\n::error::x\r##[error]y ##vso[z]" \
	"\xe2\x80\xae\xe2\x81\xa6\xc2\x9b\x9b\xff\xc3\t\"'`<>&\\%0A"   \
	"\xef\xbb\xbf\xe2\x80\xa8\xf3\xa0\x81\x81\x7f##teamcity[a]\x00;"

static const struct citation hostile_cite = {STR_INIT(HOSTILE),
					     STR_INIT("x:" HOSTILE)};
static const struct rule hostile_rule = {
	.id = STR_INIT(HOSTILE),
	.code = STR_INIT(HOSTILE),
	.title = STR_INIT(HOSTILE),
	.fix = STR_INIT("\n::warning::fix\n" HOSTILE "\n\n##[x]\n"),
	.severity = SEVERITY_WARNING,
	.shipped = SEVERITY_NOTE,
	.cites = &hostile_cite,
	.cite_count = 1,
};

struct hostile {
	struct finding findings[4];
	struct incomplete incomplete[2];
	struct remark remarks[2];
	struct rule_count rules[1];
	struct edit edit;
	char huge[1 << 20];
	struct report report;
};

static struct finding UNUSED hostile_finding(str path)
{
	struct finding finding = fixture_finding(
		&hostile_rule, path, STR(HOSTILE), STR("::" HOSTILE));

	finding.kind = STR(HOSTILE);
	finding.id = STR(HOSTILE);
	finding.pointer = STR("/" HOSTILE);
	finding.discriminator = STR(HOSTILE);
	return finding;
}

/* One finding with everything, one of a huge line, one with empty texts, and
 * one about the repository. */
static void UNUSED hostile_init(struct hostile *hostile)
{
	str source = STR("a: 1\n::error::" HOSTILE ": " HOSTILE "\nb: 2\n");
	struct finding *huge = &hostile->findings[1];
	struct finding *empty = &hostile->findings[2];

	memset(hostile, 0, sizeof(*hostile));
	memset(hostile->huge, '\xcd', sizeof(hostile->huge));
	memcpy(hostile->huge + (1 << 19), "::stop", 6);
	hostile->edit = (struct edit){{1, 2}, STR(HOSTILE), NULL};

	hostile->findings[0] = hostile_finding(STR("::" HOSTILE));
	fixture_place(&hostile->findings[0], source, STR(HOSTILE));
	fixture_second(&hostile->findings[0], STR("##[" HOSTILE), source,
		       STR("b"), STR(HOSTILE));
	hostile->findings[0].edit = &hostile->edit;
	*huge = hostile_finding(str_make(hostile->huge, 4096));
	huge->message = str_make(hostile->huge, sizeof(hostile->huge));
	fixture_place(huge, huge->message, STR("::stop"));
	*empty = fixture_finding(&hostile_rule, STR("x"), STR(""), STR(""));
	empty->kind = empty->id = empty->pointer = empty->help = STR("");
	fixture_place(empty, STR(""), STR(""));
	hostile->findings[3] = hostile_finding(STR(""));

	hostile->incomplete[0] =
		(struct incomplete){STR(HOSTILE), STR("::" HOSTILE)};
	hostile->incomplete[1] =
		(struct incomplete){{NULL, 0}, STR("\n" HOSTILE)};
	hostile->remarks[0].text = STR(HOSTILE "\n::notice::" HOSTILE);
	hostile->remarks[1].text = STR("");
	hostile->rules[0] = (struct rule_count){
		.rule = &hostile_rule, .judged = 7, .findings = 4};

	hostile->report = fixture_report(hostile->findings,
					 ARRAY_SIZE(hostile->findings));
	hostile->report.incomplete = hostile->incomplete;
	hostile->report.incomplete_count = ARRAY_SIZE(hostile->incomplete);
	hostile->report.remarks = hostile->remarks;
	hostile->report.remark_count = ARRAY_SIZE(hostile->remarks);
	hostile->report.rules = hostile->rules;
	hostile->report.rule_count = ARRAY_SIZE(hostile->rules);
	hostile->report.snapshot = STR(HOSTILE);
	hostile->report.policy = STR("p" HOSTILE);
	hostile->report.version = STR(HOSTILE);
}

/* The offset of a byte that steers a terminal or a reader, or SIZE_MAX. LF is
 * ours; ESC passes only where colour was asked for, in one form. */
static size_t UNUSED fixture_forbidden(str text, bool color)
{
	size_t i = 0;

	while (i < text.len) {
		size_t at = i;
		uint32_t c;

		if (color &&
		    str_starts(str_slice(text, i, text.len), STR("\x1b["))) {
			i += 2;
			while (i < text.len &&
			       (text.ptr[i] == ';' ||
				(text.ptr[i] >= '0' && text.ptr[i] <= '9')))
				i++;
			if (i == text.len || text.ptr[i++] != 'm')
				return at;
			continue;
		}
		c = (unsigned char)text.ptr[i];
		if (c >= 0x80)
			c = utf8_next(text, &i);
		else
			i++;
		if (c != '\n' && encode_is_hidden(c))
			return at;
	}
	return SIZE_MAX;
}

#endif
