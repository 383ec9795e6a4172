/*
 * junit - JUnit XML: a test case for each rule, so that what holds is shown as
 * well as what does not.
 *
 * A rule with a finding that counts has failed; one that could not be judged
 * somewhere is in error; one that met nothing it applies to is skipped. The
 * first case is the run itself: in error when the result is incomplete. There
 * are no times, for the same input gives the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/concise.h"
#include "reporters/reporter.h"
#include "reporters/rule_table.h"
#include "reporters/summary.h"

enum outcome { OUTCOME_PASSED, OUTCOME_FAILED, OUTCOME_ERROR, OUTCOME_SKIPPED };

/* Did it look at nothing it applies to? */
static bool met_nothing(const struct rule_count *count)
{
	return count->not_applicable + count->skipped >= count->judged;
}

static enum outcome outcome_of(const struct rule_row *row)
{
	if (row->count && row->count->failed)
		return OUTCOME_ERROR;
	if (row->finding_count > row->waived)
		return OUTCOME_FAILED;
	if (row->count && row->finding_count == 0 && row->unchanged == 0 &&
	    met_nothing(row->count))
		return OUTCOME_SKIPPED;
	return OUTCOME_PASSED;
}

static void attribute(struct out *out, struct safe name, str value)
{
	out_safe(out, SAFE(" "));
	out_safe(out, name);
	out_safe(out, SAFE("=\""));
	out_text(out, value, ENCODE_XML);
	out_safe(out, SAFE("\""));
}

static void attribute_size(struct out *out, struct safe name, size_t value)
{
	out_safe(out, SAFE(" "));
	out_safe(out, name);
	out_safe(out, SAFE("=\""));
	out_size(out, value);
	out_safe(out, SAFE("\""));
}

/* A line that was made for a terminal. */
static void write_line(struct out *out, struct out *line)
{
	out_text(out, str_trim(out_str(line)), ENCODE_XML);
	out_safe(out, SAFE("\n"));
	out_clear(line);
}

static void write_findings(struct out *out, const struct rule_row *row,
			   bool waived)
{
	struct out line;

	out_init(&line, SIZE_MAX);
	for (size_t i = 0; i < row->finding_count; i++) {
		if ((row->findings[i]->waiver != NULL) != waived)
			continue;
		concise_finding(&line, row->findings[i]);
		write_line(out, &line);
	}
	out_done(&line);
}

/* The gravest of those that count. */
static enum severity severity_of(const struct rule_row *row)
{
	enum severity worst = SEVERITY_NOTE;

	for (size_t i = 0; i < row->finding_count; i++) {
		const struct finding *finding = row->findings[i];

		if (!finding->waiver && finding->severity > worst)
			worst = finding->severity;
	}
	return worst;
}

static void write_failure(struct out *out, const struct rule_row *row)
{
	out_safe(out, SAFE("      <failure"));
	attribute(out, SAFE("type"), str_of(severity_name(severity_of(row))));
	out_safe(out, SAFE(" message=\""));
	out_count(out, row->finding_count - row->waived, SAFE("finding"),
		  SAFE("findings"));
	out_safe(out, SAFE("\">\n"));
	write_findings(out, row, false);
	out_safe(out, SAFE("</failure>\n"));
}

static void write_error(struct out *out, const struct rule_row *row)
{
	out_safe(out, SAFE("      <error type=\"rule/failed\" message=\""));
	out_count(out, row->count->failed, SAFE("evaluation"),
		  SAFE("evaluations"));
	out_safe(out, SAFE(" failed\">\n"));
	write_findings(out, row, false);
	out_safe(out, SAFE("</error>\n"));
}

/* What the verdict rests on, and what an exception covers. */
static void write_evidence(struct out *out, const struct rule_row *row)
{
	const struct rule_count *count = row->count;

	out_safe(out, SAFE("      <system-out>"));
	out_text(out, row->rule->title, ENCODE_XML);
	out_safe(out, SAFE("\n"));
	if (count) {
		out_safe(out, SAFE("judged: "));
		out_size(out, count->judged);
		out_safe(out, SAFE(", not applicable: "));
		out_size(out, count->not_applicable);
		out_safe(out, SAFE(", skipped: "));
		out_size(out, count->skipped);
		out_safe(out, SAFE(", without form: "));
		out_size(out, count->passed_over);
		out_safe(out, SAFE(", waived: "));
		out_size(out, row->waived);
		out_safe(out, SAFE("\n"));
	}
	if (row->unchanged) {
		out_safe(out, SAFE("in the base already and not counted: "));
		out_size(out, row->unchanged);
		out_safe(out, SAFE("\n"));
	}
	write_findings(out, row, true);
	out_safe(out, SAFE("</system-out>\n"));
}

/* Dots are what readers fold by: "abide.retention". */
static void write_case(struct out *out, const struct rule_row *row)
{
	str area = row->rule->id;

	area = str_cut(&area, '/');
	out_safe(out, SAFE("    <testcase classname=\"abide."));
	out_text(out, area, ENCODE_XML);
	out_safe(out, SAFE("\""));
	attribute(out, SAFE("name"), row->rule->id);
	out_safe(out, SAFE(" time=\"0\">\n"));
	switch (outcome_of(row)) {
	case OUTCOME_PASSED:
		break;
	case OUTCOME_FAILED:
		write_failure(out, row);
		break;
	case OUTCOME_ERROR:
		write_error(out, row);
		break;
	case OUTCOME_SKIPPED:
		out_safe(out, SAFE("      <skipped message=\"nothing that it "
				   "applies to\"/>\n"));
		break;
	}
	write_evidence(out, row);
	out_safe(out, SAFE("    </testcase>\n"));
}

/* The run itself, so that half a run is no green list. */
static void write_run_case(struct out *out, const struct report *report)
{
	struct out line;

	out_init(&line, SIZE_MAX);
	out_safe(out, SAFE("    <testcase classname=\"abide.run\" "
			   "name=\"complete\" time=\"0\">\n"));
	if (report->incomplete_count) {
		summary_incomplete(&line, report);
		out_safe(out, SAFE("      <error type=\"incomplete\""));
		attribute(out, SAFE("message"), out_str(&line));
		out_safe(out, SAFE(">\n"));
		out_clear(&line);
		for (size_t i = 0; i < report->incomplete_count; i++) {
			const struct incomplete *why = &report->incomplete[i];

			if (why->path.len) {
				out_text(out, why->path, ENCODE_XML);
				out_safe(out, SAFE(": "));
			}
			out_text(out, why->reason, ENCODE_XML);
			out_safe(out, SAFE("\n"));
		}
		out_safe(out, SAFE("</error>\n"));
	}
	out_safe(out, SAFE("      <system-out>"));
	summary_judged(&line, report);
	out_safe(&line, SAFE(": "));
	summary_counts(&line, report);
	write_line(out, &line);
	for (size_t i = 0; i < report->remark_count; i++) {
		out_sentence(&line, report->remarks[i].text);
		write_line(out, &line);
	}
	out_safe(out, SAFE("</system-out>\n    </testcase>\n"));
	out_done(&line);
}

static void property(struct out *out, struct safe name, str value)
{
	out_safe(out, SAFE("      <property name=\""));
	out_safe(out, name);
	out_safe(out, SAFE("\""));
	attribute(out, SAFE("value"), value);
	out_safe(out, SAFE("/>\n"));
}

static void write_properties(struct out *out, const struct report *report)
{
	char now[INSTANT_TEXT];
	size_t len = instant_format(now, report->now);

	out_safe(out, SAFE("    <properties>\n"));
	property(out, SAFE("abide.version"), report->version);
	property(out, SAFE("abide.now"), str_make(now, len));
	property(out, SAFE("abide.snapshot"), report->snapshot);
	property(out, SAFE("abide.policy"), report->policy);
	if (report->provenance.revision.len)
		property(out, SAFE("abide.revision"),
			 report->provenance.revision);
	out_safe(out, SAFE("    </properties>\n"));
}

static void write_totals(struct out *out, const size_t *totals, bool skipped)
{
	attribute(out, SAFE("name"), STR("abide"));
	attribute_size(out, SAFE("tests"),
		       totals[OUTCOME_PASSED] + totals[OUTCOME_FAILED] +
			       totals[OUTCOME_ERROR] + totals[OUTCOME_SKIPPED]);
	attribute_size(out, SAFE("failures"), totals[OUTCOME_FAILED]);
	attribute_size(out, SAFE("errors"), totals[OUTCOME_ERROR]);
	if (skipped)
		attribute_size(out, SAFE("skipped"), totals[OUTCOME_SKIPPED]);
	out_safe(out, SAFE(" time=\"0\""));
}

static void junit_write(const struct report *report, const struct look *look,
			struct out *out)
{
	size_t totals[OUTCOME_SKIPPED + 1] = {0};
	struct rule_table rules;
	struct arena arena;

	(void)look;
	out->ci = true; /* a reference is the same character */
	arena_init(&arena);
	rule_table_fill(&rules, report, &arena);
	totals[report->incomplete_count ? OUTCOME_ERROR : OUTCOME_PASSED]++;
	for (size_t i = 0; i < rules.count; i++)
		totals[outcome_of(&rules.rows[i])]++;
	out_safe(out, SAFE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<testsuites"));
	write_totals(out, totals, false);
	out_safe(out, SAFE(">\n  <testsuite"));
	write_totals(out, totals, true);
	out_safe(out, SAFE(">\n"));
	write_properties(out, report);
	write_run_case(out, report);
	for (size_t i = 0; i < rules.count; i++)
		write_case(out, &rules.rows[i]);
	out_safe(out, SAFE("  </testsuite>\n</testsuites>\n"));
	arena_done(&arena);
}

const struct reporter reporter_junit = {
	.name = "junit",
	.summary = "JUnit XML, a test case for each rule",
	.write = junit_write,
};
