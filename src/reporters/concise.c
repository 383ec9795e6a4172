/*
 * concise - one line a finding, as gcc writes its own, so that editors and CI
 * services read it without set-up:
 *
 *	records/newsletter.yaml:7:13: error: PA-014 names ...
 *[reference/unknown] abide: error: no organisation record
 *[organisation/missing]
 *
 * What has no file begins with the name of the program, as gcc does it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/concise.h"

#include "reporters/reporter.h"
#include "reporters/summary.h"

/* A path begins a line here, and colons end it: `./` keeps it from looking
 * like anything else, and colons of its own are shown by number. */
static void write_path(struct out *out, str path)
{
	char first = path.ptr[0];
	bool plain = (first >= '0' && first <= '9') ||
		     (first >= 'A' && first <= 'Z') ||
		     (first >= 'a' && first <= 'z') || first == '.' ||
		     first == '_';

	if (!plain)
		out_safe(out, SAFE("./"));
	while (path.ptr) {
		out_text(out, str_cut(&path, ':'), ENCODE_TERMINAL);
		if (path.ptr)
			out_safe(out, SAFE("\\x3a"));
	}
}

static void begin(struct out *out, str path, struct safe severity)
{
	if (path.len)
		write_path(out, path);
	else
		out_safe(out, SAFE("abide"));
	out_safe(out, severity);
}

void concise_finding(struct out *out, const struct finding *finding)
{
	begin(out, finding->path, SAFE(":"));
	if (finding->path.len && finding->start.line) {
		out_size(out, finding->start.line);
		out_safe(out, SAFE(":"));
		out_size(out, finding->start.column);
		out_safe(out, SAFE(":"));
	}
	out_safe(out, SAFE(" "));
	if (finding->waiver)
		out_safe(out, SAFE("note: waived "));
	out_text(out, str_of(severity_name(finding->severity)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_text_cut(out, finding_sentence(finding), SENTENCE_MOST,
		     ENCODE_TERMINAL);
	out_safe(out, SAFE(" ["));
	out_text(out, finding->rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("]\n"));
}

static void write_incomplete(struct out *out, const struct report *report)
{
	for (size_t i = 0; i < report->incomplete_count; i++) {
		begin(out, report->incomplete[i].path, SAFE(": error: "));
		out_sentence(out, report->incomplete[i].reason);
		out_safe(out, SAFE(" [incomplete]\n"));
	}
}

void concise_rest(struct out *out, const struct report *report, bool quiet)
{
	write_incomplete(out, report);
	for (size_t i = 0; i < report->remark_count; i++) {
		out_safe(out, SAFE("abide: note: "));
		out_sentence(out, report->remarks[i].text);
		out_safe(out, SAFE("\n"));
	}
	if (!quiet) {
		out_safe(out, SAFE("abide: note: "));
		summary_judged(out, report);
		out_safe(out, SAFE(": "));
		summary_counts(out, report);
		out_safe(out, SAFE("\n"));
	}
	if (report->incomplete_count > 0) {
		out_safe(out, SAFE("abide: error: "));
		summary_incomplete(out, report);
		out_safe(out, SAFE("\n"));
	}
}

static void concise_write(const struct report *report, const struct look *look,
			  struct out *out)
{
	out->ci = look->ci;
	for (size_t i = 0; i < report->finding_count; i++)
		concise_finding(out, &report->findings[i]);
	concise_rest(out, report, look->quiet);
}

const struct reporter reporter_concise = {
	.name = "concise",
	.summary = "one line a finding, as compilers write them",
	.write = concise_write,
};
