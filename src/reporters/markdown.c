/*
 * markdown - a page for people, as forges show it: for job summaries, comments
 * and issues.
 *
 * CommonMark with the tables of GitHub and GitLab. What was copied is text or
 * code and nothing else: no link, picture, mention or heading.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/summary.h"

enum {
	TAIL_ROOM = 1000, /* bytes for the sentence that says what is left out
			   */
};

/* A line that was made for a terminal. */
static void write_line(struct out *out, struct out *line)
{
	out_text(out, out_str(line), ENCODE_MARKDOWN);
	out_clear(line);
}

static void write_head(struct out *out, const struct report *report,
		       struct out *line)
{
	out_safe(out, SAFE("## abide\n\n**"));
	summary_counts(line, report);
	write_line(out, line);
	out_safe(out, SAFE("**\n\n"));
	summary_judged(line, report);
	write_line(out, line);
	if (report->base.len) {
		out_safe(out, SAFE(", compared with "));
		out_text(out, report->base, ENCODE_CODE);
	}
	out_safe(out, SAFE("\n"));
}

static void write_incomplete(struct out *out, const struct report *report)
{
	if (!report->incomplete_count)
		return;
	out_safe(out, SAFE("\n### The result is incomplete (exit status 2)\n\n"
			   "That something is not found proves nothing.\n\n"));
	for (size_t i = 0; i < report->incomplete_count; i++) {
		const struct incomplete *reason = &report->incomplete[i];

		out_safe(out, SAFE("- "));
		if (reason->path.len) {
			out_text(out, reason->path, ENCODE_CODE);
			out_safe(out, SAFE(": "));
		}
		prose_fold(out, reason->reason);
		out_safe(out, SAFE("\n"));
	}
}

static void write_place(struct out *out, const struct finding *finding,
			struct out *line)
{
	if (!finding->path.len) {
		out_safe(out, SAFE("the repository"));
		return;
	}
	buf_add(&line->buf, finding->path);
	if (finding->start.line) {
		out_safe(line, SAFE(":"));
		out_size(line, finding->start.line);
		out_safe(line, SAFE(":"));
		out_size(line, finding->start.column);
	}
	out_text(out, out_str(line), ENCODE_CODE_CELL);
	out_clear(line);
}

static void write_state(struct out *out, const struct finding *finding)
{
	if (finding->waiver) {
		out_safe(out, SAFE(", waived by "));
		out_text(out, finding->waiver->record->id, ENCODE_CODE_CELL);
		out_safe(out, SAFE(" until "));
		out_text(out, finding->waiver->expires_on, ENCODE_MARKDOWN);
	}
	if (finding->state == FINDING_STATE_NEW)
		out_safe(out, SAFE(", new"));
}

static void write_row(struct out *out, const struct finding *finding,
		      struct out *line)
{
	str help = finding->help.len ? finding->help : finding->rule->fix;

	out_safe(out, SAFE("| "));
	out_text(out, str_of(severity_name(finding->severity)),
		 ENCODE_MARKDOWN);
	write_state(out, finding);
	out_safe(out, SAFE(" | "));
	out_text(out, finding->rule->id, ENCODE_CODE_CELL);
	out_safe(out, SAFE(" | "));
	write_place(out, finding, line);
	out_safe(out, SAFE(" | "));
	prose_cell(out, finding_sentence(finding), SENTENCE_MOST);
	if (help.len) {
		out_safe(out, SAFE("<br>help: "));
		prose_cell(out, help, SENTENCE_MOST);
	}
	out_safe(out, SAFE(" |\n"));
}

/* Writes rows of one severity; false: the room is used up. A row that does not
 * fit is taken back whole. */
static bool write_rows(struct out *out, const struct finding *findings,
		       size_t count, enum severity severity, size_t most,
		       size_t *written)
{
	struct out line;
	bool fits = true;

	out_init(&line, SIZE_MAX);
	for (size_t i = 0; i < count && fits; i++) {
		struct out row;

		if (findings[i].severity != severity)
			continue;
		out_init(&row, SIZE_MAX);
		row.ci = out->ci;
		write_row(&row, &findings[i], &line);
		fits = out->buf.len + row.buf.len <= most;
		if (fits) {
			buf_add(&out->buf, out_str(&row));
			(*written)++;
		}
		out_done(&row);
	}
	out_done(&line);
	return fits;
}

/* A table, the gravest first. */
static void write_findings(struct out *out, const struct finding *findings,
			   size_t count, size_t most)
{
	size_t written = 0;

	out_safe(out, SAFE("\n| severity | rule | place | finding |\n"
			   "|---|---|---|---|\n"));
	for (size_t i = SEVERITY_ERROR; i >= SEVERITY_NOTE; i--)
		if (!write_rows(out, findings, count, (enum severity)i, most,
				&written))
			break;
	if (written < count) {
		out_safe(out, SAFE("\n**"));
		out_count(out, count - written, SAFE("more finding does"),
			  SAFE("more findings do"));
		out_safe(out, SAFE(" not fit on this page.** Every other "
				   "format shows all.\n"));
	}
}

static void write_remarks(struct out *out, const struct report *report)
{
	if (report->remark_count)
		out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < report->remark_count; i++) {
		out_safe(out, SAFE("- "));
		prose_fold(out, report->remarks[i].text);
		out_safe(out, SAFE("\n"));
	}
}

static void markdown_write(const struct report *report, const struct look *look,
			   struct out *out)
{
	size_t most = look->most ? look->most : SIZE_MAX;
	struct out line;

	/* A page on its way to a forge may pass a log. */
	out->ci = true;
	out_init(&line, SIZE_MAX);
	write_head(out, report, &line);
	write_incomplete(out, report);
	if (report->finding_count)
		write_findings(out, report->findings, report->finding_count,
			       most - TAIL_ROOM);
	if (report->fixed_count) {
		out_safe(out, SAFE("\n### Fixed\n"));
		write_findings(out, report->fixed, report->fixed_count,
			       most - TAIL_ROOM / 2);
	}
	write_remarks(out, report);
	out_done(&line);
}

const struct reporter reporter_markdown = {
	.name = "markdown",
	.summary = "a page for job summaries, comments and issues",
	.write = markdown_write,
};
