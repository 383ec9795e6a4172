/*
 * csv - a line for each finding, for spreadsheets and registers of findings.
 *
 * RFC 4180: CR LF, every cell in quotes. No cell is a formula: one that would
 * be begins with an apostrophe. The first seven columns carry the names under
 * which registers of findings import them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"
#include "policy/citation.h"
#include "reporters/reporter.h"
#include "reporters/summary.h"

enum { SHORT_ID = 16 };

static const struct safe head = SAFE_INIT(
	"\"ref_id\",\"name\",\"description\",\"severity\",\"status\","
	"\"filtering_labels\",\"asset\",\"rule\",\"code\",\"level\",\"state\","
	"\"path\",\"line\",\"column\",\"end_line\",\"end_column\",\"kind\","
	"\"id\",\"pointer\",\"label\",\"help\",\"required_by\",\"exception\","
	"\"exception_reason\",\"approved_by\",\"approved_on\",\"expires_on\","
	"\"fingerprint\",\"snapshot\",\"as_of\"\r\n");

static void cell(struct out *out, str text)
{
	out_text(out, text, ENCODE_CSV);
	out_safe(out, SAFE(","));
}

/* Empty for what has no line. */
static void number(struct out *out, size_t value)
{
	out_safe(out, SAFE("\""));
	if (value)
		out_size(out, value);
	out_safe(out, SAFE("\","));
}

static void add_frameworks(struct out *out, const struct rule *rule)
{
	struct buf text;

	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < rule->cite_count; i++) {
		size_t k = 0;

		while (!str_equal(rule->cites[k].framework,
				  rule->cites[i].framework))
			k++;
		if (k < i)
			continue; /* named already */
		if (text.len)
			buf_byte(&text, ',');
		buf_add(&text, rule->cites[i].framework);
	}
	cell(out, buf_str(&text));
	buf_done(&text);
}

static void add_required(struct out *out, const struct rule *rule)
{
	struct buf text;

	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < rule->cite_count; i++) {
		if (i)
			buf_add(&text, STR("; "));
		citation_format(&text, &rule->cites[i]);
	}
	cell(out, buf_str(&text));
	buf_done(&text);
}

static void add_places(struct out *out, const struct finding *finding)
{
	cell(out, finding->path);
	number(out, finding->start.line);
	number(out, finding->start.column);
	number(out, finding->end.line);
	number(out, finding->end.column);
}

static void add_waiver(struct out *out, const struct waiver *waiver)
{
	cell(out, waiver ? waiver->record->id : STR(""));
	cell(out, waiver ? waiver->reason : STR(""));
	cell(out, waiver ? waiver->approved_by : STR(""));
	cell(out, waiver ? waiver->approved_on : STR(""));
	cell(out, waiver ? waiver->expires_on : STR(""));
}

static void add_run(struct out *out, const struct report *report)
{
	char now[INSTANT_TEXT];
	size_t len = instant_format(now, report->now);

	cell(out, report->snapshot);
	out_text(out, str_make(now, len), ENCODE_CSV);
	out_safe(out, SAFE("\r\n"));
}

static str state_of(const struct finding *finding, bool fixed)
{
	if (fixed)
		return STR("fixed");
	if (finding->waiver)
		return STR("waived");
	return finding->state == FINDING_STATE_NEW	   ? STR("new")
	       : finding->state == FINDING_STATE_UNCHANGED ? STR("unchanged")
							   : STR("open");
}

/* The words of registers for what they take in. */
static str severity_of(const struct finding *finding)
{
	return finding->severity == SEVERITY_ERROR     ? STR("high")
	       : finding->severity == SEVERITY_WARNING ? STR("medium")
						       : STR("info");
}

static void write_finding(struct out *out, const struct report *report,
			  const struct finding *finding, bool fixed)
{
	const struct rule *rule = finding->rule;
	str fingerprint = str_make(finding->fingerprint, FINDING_ID);

	cell(out, str_slice(fingerprint, 0, SHORT_ID));
	cell(out, rule->title);
	cell(out, finding_sentence(finding));
	cell(out, severity_of(finding));
	cell(out, fixed		    ? STR("resolved")
		  : finding->waiver ? STR("dismissed")
				    : STR("identified"));
	add_frameworks(out, rule);
	cell(out, finding->id.len ? finding->id : finding->path);
	cell(out, rule->id);
	cell(out, rule->code);
	cell(out, str_of(severity_name(finding->severity)));
	cell(out, state_of(finding, fixed));
	add_places(out, finding);
	cell(out, finding->kind);
	cell(out, finding->id);
	cell(out, finding->pointer);
	cell(out, finding->label);
	cell(out, finding->help.len ? finding->help : rule->fix);
	add_required(out, rule);
	add_waiver(out, finding->waiver);
	cell(out, fingerprint);
	add_run(out, report);
}

/* A row of its own: a table without it would look whole. */
static void write_incomplete(struct out *out, const struct report *report,
			     const struct incomplete *reason)
{
	enum { EMPTY_PLACES = 4, EMPTY_TAIL = 12 };

	cell(out, STR("incomplete"));
	cell(out, STR("The result is incomplete"));
	cell(out, reason->reason);
	cell(out, STR("critical"));
	cell(out, STR("identified"));
	cell(out, STR(""));
	cell(out, reason->path);
	cell(out, STR("incomplete"));
	cell(out, STR(""));
	cell(out, STR("error"));
	cell(out, STR("incomplete"));
	cell(out, reason->path);
	out_repeat(out, SAFE("\"\","), EMPTY_PLACES + EMPTY_TAIL);
	add_run(out, report);
}

static void csv_write(const struct report *report, const struct look *look,
		      struct out *out)
{
	(void)look;
	/* The same bytes wherever it is written. */
	out->ci = false;
	out_safe(out, head);
	for (size_t i = 0; i < report->incomplete_count; i++)
		write_incomplete(out, report, &report->incomplete[i]);
	for (size_t i = 0; i < report->finding_count; i++)
		write_finding(out, report, &report->findings[i], false);
	for (size_t i = 0; i < report->unchanged_count; i++)
		write_finding(out, report, &report->unchanged[i], false);
	for (size_t i = 0; i < report->fixed_count; i++)
		write_finding(out, report, &report->fixed[i], true);
}

const struct reporter reporter_csv = {
	.name = "csv",
	.summary = "a line for each finding, for spreadsheets",
	.write = csv_write,
};
