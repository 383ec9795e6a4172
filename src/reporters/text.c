/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"
#include "policy/citation.h"
#include "reporters/color.h"
#include "reporters/reporter.h"
#include "reporters/snippet.h"
#include "reporters/statistics.h"
#include "reporters/summary.h"

struct text {
	struct out *out;
	const struct look *look;
	const struct palette *palette;
};

static void heading(const struct text *text, enum severity severity,
		    struct safe word)
{
	out_safe(text->out, text->palette->severity[severity]);
	out_safe(text->out, word);
	out_safe(text->out, text->palette->end);
	out_safe(text->out, SAFE(": "));
}

/* "error[reference/unknown]: the sentence" */
static void write_header(const struct text *text, const struct finding *finding)
{
	struct out *out = text->out;

	out_safe(out,
		 text->palette->severity[finding->waiver ? SEVERITY_NOTE
							 : finding->severity]);
	if (finding->waiver)
		out_safe(out, SAFE("waived "));
	out_text(out, str_of(severity_name(finding->severity)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE("["));
	out_text(out, finding->rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("]"));
	out_safe(out, text->palette->end);
	out_safe(out, SAFE(": "));
	out_text_cut(out, finding_sentence(finding), SENTENCE_MOST,
		     ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void write_cites(const struct text *text, const struct rule *rule,
			size_t gutter)
{
	struct out *out = text->out;
	struct buf words;

	if (rule->cite_count == 0)
		return;
	buf_init(&words, SIZE_MAX);
	out_safe(out, text->palette->gutter);
	out_repeat(out, SAFE(" "), gutter);
	out_safe(out, SAFE(" ="));
	out_safe(out, text->palette->end);
	out_safe(out, SAFE(" required by: "));
	for (size_t i = 0; i < rule->cite_count; i++) {
		buf_clear(&words);
		citation_format(&words, &rule->cites[i]);
		if (i > 0)
			out_safe(out, SAFE(", "));
		out_text_cut(out, buf_str(&words), SNIPPET_LABEL,
			     ENCODE_TERMINAL);
	}
	out_safe(out, SAFE("\n"));
	buf_done(&words);
}

/* New in a record that is as it was: what brought it. */
static void write_cause(const struct text *text, str cause, size_t gutter)
{
	struct out *out = text->out;

	if (!cause.ptr)
		return;
	out_safe(out, text->palette->gutter);
	out_repeat(out, SAFE(" "), gutter);
	out_safe(out, SAFE(" ="));
	out_safe(out, text->palette->end);
	out_safe(out, SAFE(" new here because this changed: "));
	out_text_cut(out, cause, SNIPPET_LABEL, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void write_help(const struct text *text, const struct report *report,
		       const struct finding *finding)
{
	str help = finding->help.len ? finding->help : finding->rule->fix;

	if (!str_trim(help).len)
		return;
	out_safe(text->out, text->palette->strong);
	out_safe(text->out, SAFE("help"));
	out_safe(text->out, text->palette->end);
	out_safe(text->out, SAFE(": "));
	out_sentence(text->out, help);
	/* A commit and the index are not edited. */
	if (finding->edit && report->fixable)
		out_safe(text->out, SAFE("  (--fix)"));
	out_safe(text->out, SAFE("\n"));
}

/* Why it does not count, until when, and who accepted that. */
static void write_waiver(const struct text *text, const struct waiver *waiver,
			 size_t gutter)
{
	struct out *out = text->out;

	out_safe(out, text->palette->gutter);
	out_repeat(out, SAFE(" "), gutter);
	out_safe(out, SAFE(" ="));
	out_safe(out, text->palette->end);
	out_safe(out, SAFE(" waived until "));
	out_text(out, waiver->expires_on, ENCODE_TERMINAL);
	out_safe(out, SAFE(" by exception/"));
	out_text(out, waiver->record->id, ENCODE_TERMINAL);
	out_safe(out, SAFE(", approved by "));
	out_text(out, waiver->approved_by, ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_sentence(out, waiver->reason);
	out_safe(out, SAFE("\n"));
}

static void write_findings(const struct text *text, const struct report *report)
{
	size_t shown = report->finding_count;

	if (shown > text->look->max_findings)
		shown = text->look->max_findings;
	for (size_t i = 0; i < shown; i++) {
		const struct finding *finding = &report->findings[i];
		size_t gutter;

		write_header(text, finding);
		gutter = snippet_write(text->out, finding, text->look->width,
				       text->palette);
		write_cites(text, finding->rule, gutter);
		write_cause(text, finding->cause, gutter);
		if (finding->waiver)
			write_waiver(text, finding->waiver, gutter);
		else
			write_help(text, report, finding);
		out_safe(text->out, SAFE("\n"));
	}
	if (shown < report->finding_count) {
		out_safe(text->out, SAFE("and "));
		out_size(text->out, report->finding_count - shown);
		out_safe(text->out, SAFE(" more; --format concise shows all"
					 "\n\n"));
	}
}

/* What was not judged is named one by one, whatever is asked for: who does not
 * see it must not take the rest for the whole. */
static void write_incomplete(const struct text *text,
			     const struct report *report)
{
	for (size_t i = 0; i < report->incomplete_count; i++) {
		const struct incomplete *one = &report->incomplete[i];

		heading(text, SEVERITY_ERROR, SAFE("error"));
		if (one->path.len) {
			out_safe(text->out, text->palette->strong);
			out_text(text->out, one->path, ENCODE_TERMINAL);
			out_safe(text->out, text->palette->end);
			out_safe(text->out, SAFE(": "));
		}
		out_sentence(text->out, one->reason);
		out_safe(text->out, SAFE("\n"));
	}
}

static void write_remarks(const struct text *text, const struct report *report)
{
	for (size_t i = 0; i < report->remark_count; i++) {
		heading(text, SEVERITY_NOTE, SAFE("note"));
		out_sentence(text->out, report->remarks[i].text);
		out_safe(text->out, SAFE("\n"));
	}
}

/* What the base had and this has not: worth a line each. */
static void write_fixed(const struct text *text, const struct report *report)
{
	for (size_t i = 0; i < report->fixed_count; i++) {
		const struct finding *finding = &report->fixed[i];

		out_safe(text->out, SAFE("fixed["));
		out_text(text->out, finding->rule->id, ENCODE_TERMINAL);
		out_safe(text->out, SAFE("]: "));
		out_text_cut(text->out, finding_sentence(finding),
			     SENTENCE_MOST, ENCODE_TERMINAL);
		out_safe(text->out, SAFE("\n"));
	}
	if (report->fixed_count)
		out_safe(text->out, SAFE("\n"));
}

static void write_summary(const struct text *text, const struct report *report)
{
	struct out *out = text->out;

	if (report->incomplete_count + report->remark_count > 0)
		out_safe(out, SAFE("\n"));
	if (!text->look->quiet) {
		summary_judged(out, report);
		out_safe(out, SAFE("\n"));
		summary_counts(out, report);
		out_safe(out, SAFE("\n"));
	}
	if (report->incomplete_count > 0) {
		out_safe(out, text->palette->severity[SEVERITY_ERROR]);
		summary_incomplete(out, report);
		out_safe(out, text->palette->end);
		out_safe(out, SAFE("\n"));
	}
}

static void text_write(const struct report *report, const struct look *look,
		       struct out *out)
{
	struct text text = {
		.out = out, .look = look, .palette = palette_of(look->color)};

	out->ci = look->ci;
	if (look->statistics)
		statistics_write(out, report, text.palette);
	else
		write_findings(&text, report);
	write_fixed(&text, report);
	write_incomplete(&text, report);
	write_remarks(&text, report);
	write_summary(&text, report);
}

const struct reporter reporter_text = {
	.name = "text",
	.summary = "findings with their source lines, for people",
	.write = text_write,
};
