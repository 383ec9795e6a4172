/*
 * github - workflow commands, which GitHub Actions shows beside the lines of a
 * change.
 *
 * A step shows 10 errors, 10 warnings and 10 notices; it drops what is above
 * in silence. So the gravest and newest come first, the last notice tells how
 * many have none, and all of those are lines of the log. The companion is the
 * job summary, which has everything again.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"
#include "reporters/concise.h"
#include "reporters/reporter.h"
#include "reporters/summary.h"

enum {
	ANNOTATIONS = 10, /* of a level, that a step shows */
};

/* How many of each level may still be written. */
struct room {
	size_t left[SEVERITY_ERROR + 1];
};

static enum severity level_of(const struct finding *finding)
{
	return finding->waiver ? SEVERITY_NOTE : finding->severity;
}

static struct safe command_of(enum severity level)
{
	static const struct safe commands[] = {
		[SEVERITY_OFF] = SAFE_INIT("::notice "),
		[SEVERITY_NOTE] = SAFE_INIT("::notice "),
		[SEVERITY_WARNING] = SAFE_INIT("::warning "),
		[SEVERITY_ERROR] = SAFE_INIT("::error "),
	};

	return commands[level];
}

static void add_number(struct out *out, struct safe name, size_t value)
{
	out_safe(out, name);
	out_size(out, value);
}

/* Columns only within one line: GitHub reads them so. */
static void add_place(struct out *out, const struct finding *finding)
{
	if (!finding->path.len)
		return;
	out_safe(out, SAFE(",file="));
	out_text(out, finding->path, ENCODE_PROPERTY);
	if (!finding->start.line)
		return;
	add_number(out, SAFE(",line="), finding->start.line);
	add_number(out, SAFE(",endLine="), finding->end.line);
	if (finding->start.line != finding->end.line)
		return;
	add_number(out, SAFE(",col="), finding->start.column);
	add_number(out, SAFE(",endColumn="), finding->end.column);
}

/* The path again, for the log shows nothing but the words. */
static void annotate(struct out *out, const struct finding *finding)
{
	out_safe(out, command_of(level_of(finding)));
	out_safe(out, SAFE("title=abide ("));
	out_text(out, finding->rule->id, ENCODE_PROPERTY);
	out_safe(out, SAFE(")"));
	add_place(out, finding);
	out_safe(out, SAFE("::"));
	if (finding->path.len) {
		out_text(out, finding->path, ENCODE_COMMAND);
		if (finding->start.line) {
			add_number(out, SAFE(":"), finding->start.line);
			add_number(out, SAFE(":"), finding->start.column);
		}
		out_safe(out, SAFE(": "));
	}
	if (finding->waiver) {
		out_safe(out, SAFE("waived by "));
		out_text(out, finding->waiver->record->id, ENCODE_COMMAND);
		out_safe(out, SAFE(": "));
	}
	out_text_cut(out, finding_sentence(finding), SENTENCE_MOST,
		     ENCODE_COMMAND);
	out_safe(out, SAFE("\n"));
}

/* Annotates what there is room for, or writes the others as lines: of one
 * level, the new ones first when `is_new`, else the rest. */
static size_t write_some(struct out *out, const struct report *report,
			 enum severity level, bool is_new, struct room *room,
			 bool annotated)
{
	size_t without = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (level_of(finding) != level ||
		    (finding->state == FINDING_STATE_NEW) != is_new)
			continue;
		if (room->left[level] > 0) {
			room->left[level]--;
			if (annotated)
				annotate(out, finding);
			continue;
		}
		without++;
		if (!annotated)
			concise_finding(out, finding);
	}
	return without;
}

static size_t write_all(struct out *out, const struct report *report,
			bool annotated)
{
	/* One error is kept for an incomplete result, one notice for the
	 * number of what has no annotation. */
	struct room room = {.left = {
				    [SEVERITY_NOTE] = ANNOTATIONS - 1,
				    [SEVERITY_WARNING] = ANNOTATIONS,
				    [SEVERITY_ERROR] = ANNOTATIONS,
			    }};
	size_t without = 0;

	if (report->incomplete_count)
		room.left[SEVERITY_ERROR]--;
	for (size_t level = SEVERITY_ERROR; level >= SEVERITY_NOTE; level--) {
		without += write_some(out, report, (enum severity)level, true,
				      &room, annotated);
		without += write_some(out, report, (enum severity)level, false,
				      &room, annotated);
	}
	return without;
}

/* The sentence is written for a terminal first, then for the command. */
static void annotate_incomplete(struct out *out, const struct report *report)
{
	struct out sentence;

	out_init(&sentence, SIZE_MAX);
	summary_incomplete(&sentence, report);
	out_safe(out, SAFE("::error title=abide (incomplete)::"));
	out_text(out, out_str(&sentence), ENCODE_COMMAND);
	out_safe(out, SAFE("\n"));
	out_done(&sentence);
}

static void github_write(const struct report *report, const struct look *look,
			 struct out *out)
{
	size_t without;

	(void)look;
	/* What was copied is never a command, wherever this is written. */
	out->ci = true;
	if (report->incomplete_count)
		annotate_incomplete(out, report);
	without = write_all(out, report, true);
	if (without) {
		out_safe(out, SAFE("::notice title=abide::"));
		out_count(out, without, SAFE("more finding has"),
			  SAFE("more findings have"));
		out_safe(out, SAFE(" no annotation; the log of this step shows "
				   "all\n"));
		(void)write_all(out, report, false);
	}
	concise_rest(out, report, false);
}

const struct reporter reporter_github = {
	.name = "github",
	.summary = "annotations for GitHub Actions, and its job summary",
	.write = github_write,
	.companion = "markdown",
	.companion_variable = "GITHUB_STEP_SUMMARY",
};
