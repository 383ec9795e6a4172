/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/summary.h"

#include <assert.h>

#include "base/oid.h"

void out_count(struct out *out, size_t count, struct safe one, struct safe many)
{
	out_size(out, count);
	out_safe(out, SAFE(" "));
	out_safe(out, count == 1 ? one : many);
}

void out_sentence(struct out *out, str untrusted)
{
	str rest = str_trim(untrusted);
	size_t most = SENTENCE_MOST;
	bool first = true;

	/* Folded here and not by the encoder: a blank for each line end. */
	while (rest.ptr) {
		str line = str_trim(str_cut(&rest, '\n'));

		if (!line.len)
			continue;
		if (!first)
			out_safe(out, SAFE(" "));
		first = false;
		out_text_cut(out, line, most, ENCODE_TERMINAL);
		if (line.len >= most)
			return;
		most -= line.len;
	}
}

str finding_sentence(const struct finding *finding)
{
	return finding->message.len ? finding->message : finding->rule->title;
}

/* ---- what was judged, and when */

static void add_snapshot(struct out *out, str snapshot)
{
	struct oid oid;

	if (oid_parse(&oid, snapshot))
		out_safe(out, SAFE("commit "));
	else
		out_safe(out, SAFE("the "));
	out_text(out, snapshot, ENCODE_TERMINAL);
}

static void add_now(struct out *out, struct instant now)
{
	char text[INSTANT_TEXT];
	bool midnight = now.nanos == 0 && now.seconds % 86400 == 0;
	size_t len =
		midnight ? date_format(text, now) : instant_format(text, now);

	out_text(out, str_make(text, len), ENCODE_TERMINAL);
}

void summary_judged(struct out *out, const struct report *report)
{
	out_safe(out, SAFE("judged "));
	add_snapshot(out, report->snapshot);
	out_safe(out, SAFE(" as of "));
	add_now(out, report->now);
	if (report->policy.len &&
	    !str_equal(report->policy, report->snapshot)) {
		out_safe(out, SAFE(", with the policy of "));
		add_snapshot(out, report->policy);
	}
}

/* ---- what came of it */

static void add_records_and_rules(struct out *out, const struct report *report,
				  struct safe between)
{
	out_count(out, report->records, SAFE("record"), SAFE("records"));
	out_safe(out, between);
	out_count(out, report->rule_count, SAFE("rule"), SAFE("rules"));
}

static void add_severities(struct out *out, const struct report *report)
{
	static const struct {
		struct safe one, many;
	} words[] = {
		[SEVERITY_NOTE] = {SAFE_INIT("note"), SAFE_INIT("notes")},
		[SEVERITY_WARNING] = {SAFE_INIT("warning"),
				      SAFE_INIT("warnings")},
		[SEVERITY_ERROR] = {SAFE_INIT("error"), SAFE_INIT("errors")},
	};
	bool first = true;

	for (size_t i = SEVERITY_ERROR; i >= SEVERITY_NOTE; i--) {
		if (report->by_severity[i] == 0)
			continue;
		if (!first)
			out_safe(out, SAFE(", "));
		first = false;
		out_count(out, report->by_severity[i], words[i].one,
			  words[i].many);
	}
}

static void add_hidden(struct out *out, const struct report *report)
{
	if (report->hidden == 0)
		return;
	out_safe(out, SAFE("; "));
	out_size(out, report->hidden);
	out_safe(out, SAFE(" not shown (--min-severity or PATH)"));
}

static void add_waived(struct out *out, const struct report *report)
{
	if (report->waived == 0)
		return;
	out_safe(out, SAFE("; "));
	out_size(out, report->waived);
	out_safe(out, SAFE(" waived"));
}

static void add_fixable(struct out *out, const struct report *report)
{
	if (report->fixable == 0)
		return;
	out_safe(out, SAFE("; "));
	out_size(out, report->fixable);
	out_safe(out, SAFE(" fixable (--fix)"));
}

static void add_compared(struct out *out, const struct report *report)
{
	enum { SHORT = 12 };

	if (!report->base.ptr)
		return;
	out_safe(out, SAFE("; since "));
	out_text(out, str_slice(report->base, 0, SHORT), ENCODE_TERMINAL);
	out_safe(out, SAFE(": "));
	out_size(out, report->finding_count);
	out_safe(out, SAFE(" new, "));
	out_size(out, report->fixed_count);
	out_safe(out, SAFE(" fixed, "));
	out_size(out, report->unchanged_count);
	out_safe(out, SAFE(" unchanged"));
}

void summary_counts(struct out *out, const struct report *report)
{
	if (report->finding_count == report->waived) {
		add_records_and_rules(out, report, SAFE(", "));
		out_safe(out, SAFE(": no findings"));
	} else if (report->records_hit > 0 &&
		   report->records_hit <= report->records) {
		add_severities(out, report);
		out_safe(out, SAFE(" in "));
		out_size(out, report->records_hit);
		out_safe(out, SAFE(" of "));
		add_records_and_rules(out, report, SAFE("; "));
	} else {
		/* About the repository, or about files that hold no record. */
		add_severities(out, report);
		out_safe(out, SAFE("; "));
		add_records_and_rules(out, report, SAFE(", "));
	}
	add_waived(out, report);
	add_hidden(out, report);
	add_fixable(out, report);
	add_compared(out, report);
}

void summary_incomplete(struct out *out, const struct report *report)
{
	const struct incomplete *first = &report->incomplete[0];

	assert(report->incomplete_count > 0);
	out_safe(out, SAFE("the result is incomplete (exit 2): "));
	if (first->path.len) {
		out_text(out, first->path, ENCODE_TERMINAL);
		out_safe(out, SAFE(": "));
	}
	out_sentence(out, first->reason);
	if (report->incomplete_count > 1) {
		out_safe(out, SAFE("; and "));
		out_count(out, report->incomplete_count - 1,
			  SAFE("more reason"), SAFE("more reasons"));
	}
}
