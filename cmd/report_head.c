/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "base/sha256.h"
#include "cmd/report_standing.h"

enum { FRAMEWORKS_MOST = 16, SOON_DAYS = 30 };

/* ---- the head of the file */

static void write_style(struct out *out)
{
	str style = embedded_find(STR("templates/report.css"));
	char hash[SHA256_BASE64 + 1];
	unsigned char sum[SHA256_RAW];

	sha256_of(sum, style);
	sha256_format_base64(hash, sum);
	out_safe(out, SAFE("<meta http-equiv=\"Content-Security-Policy\" "
			   "content=\"default-src 'none'; style-src 'sha256-"));
	page_text(out, str_of(hash));
	out_safe(out, SAFE("'; base-uri 'none'; form-action 'none'\">\n"
			   "<style>"));
	/* Ours, and hashed byte for byte. */
	out_safe(out, (struct safe){style});
	out_safe(out, SAFE("</style>\n"));
}

static const struct record *organisation(const struct dossier *dossier)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(dossier->corpus, STR("organisation"), &count);

	return count && records[0]->root ? records[0] : NULL;
}

static str name_of(const struct dossier *dossier)
{
	const struct record *record = organisation(dossier);
	str name = (str){NULL, 0};

	if (record)
		name = report_value(dossier, record, STR("legal_name"));
	if (record && !name.len)
		name = report_value(dossier, record, STR("title"));
	return name.len ? name : STR("An organisation without a record");
}

static void write_links(struct out *out)
{
	static const struct {
		struct safe id, title;
	} links[] = {
		{SAFE_INIT("position"), SAFE_INIT("Position")},
		{SAFE_INIT("trend"), SAFE_INIT("Over time")},
		{SAFE_INIT("findings"), SAFE_INIT("Open findings")},
		{SAFE_INIT("deadlines"), SAFE_INIT("Deadlines")},
		{SAFE_INIT("exposure"), SAFE_INIT("Fine tiers")},
		{SAFE_INIT("coverage"), SAFE_INIT("Coverage")},
		{SAFE_INIT("retention"), SAFE_INIT("Retention")},
		{SAFE_INIT("activities"), SAFE_INIT("Processing")},
		{SAFE_INIT("incidents"), SAFE_INIT("Incidents")},
		{SAFE_INIT("controls"), SAFE_INIT("Applicability")},
		{SAFE_INIT("exceptions"), SAFE_INIT("Exceptions")},
		{SAFE_INIT("changes"), SAFE_INIT("Changes")},
		{SAFE_INIT("method"), SAFE_INIT("Method")},
	};

	out_safe(out, SAFE("<nav aria-label=\"Sections\"><ul>\n"));
	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		out_safe(out, SAFE("<li><a href=\"#"));
		out_safe(out, links[i].id);
		out_safe(out, SAFE("\">"));
		out_safe(out, links[i].title);
		out_safe(out, SAFE("</a></li>\n"));
	}
	out_safe(out, SAFE("</ul></nav>\n"));
}

static void fact(struct out *out, struct safe name)
{
	out_safe(out, SAFE("<div><dt>"));
	out_safe(out, name);
	out_safe(out, SAFE("</dt><dd>"));
}

static void fact_end(struct out *out)
{
	out_safe(out, SAFE("</dd></div>\n"));
}

static void write_judged(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct out *out = dossier->out;
	str revision = report->provenance.revision;

	fact(out, SAFE("Judged"));
	if (snapshot_kind(dossier->input->snapshot) == SNAPSHOT_COMMIT) {
		out_safe(out, SAFE("commit "));
	} else {
		page_text(out, report->snapshot);
		out_safe(out, revision.len ? SAFE(" on commit ") : SAFE(""));
	}
	if (revision.len)
		page_code(out, str_slice(revision, 0, 10));
	if (report->provenance.branch.len) {
		out_safe(out, SAFE(", branch "));
		page_code(out, report->provenance.branch);
	}
	fact_end(out);
}

static void write_facts(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct out *out = dossier->out;
	char text[INSTANT_TEXT];

	out_safe(out, SAFE("<dl class=\"facts\">\n"));
	fact(out, SAFE("As of"));
	page_text(out, report_date(dossier, report->now));
	out_safe(out, SAFE(" <span class=\"quiet\">("));
	page_text(out, str_make(text, instant_format(text, report->now)));
	out_safe(out, SAFE(")</span>"));
	fact_end(out);
	write_judged(dossier);
	if (report->provenance.repository.len) {
		fact(out, SAFE("Repository"));
		page_text(out, report->provenance.repository);
		fact_end(out);
	}
	fact(out, SAFE("Read"));
	page_count(out, report->records, SAFE("record"), SAFE("records"));
	out_safe(out, SAFE(", "));
	page_count(out, report->rule_count, SAFE("rule"), SAFE("rules"));
	fact_end(out);
	out_safe(out, SAFE("</dl>\n"));
}

/* What cannot be relied on comes before everything else. */
static void write_warning(const struct dossier *dossier)
{
	const struct problems *problems = &dossier->problems;
	struct out *out = dossier->out;

	if (!problems->count)
		return;
	out_safe(out, SAFE("<div class=\"alarm\"><p><strong>This report is "
			   "incomplete.</strong> What is missing may hide "
			   "findings:</p>\n<ul>\n"));
	for (size_t i = 0; i < problems->count; i++) {
		out_safe(out, SAFE("<li>"));
		page_text(out, problems->at[i]);
		out_safe(out, SAFE("</li>\n"));
	}
	out_safe(out, SAFE("</ul></div>\n"));
}

void report_head(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	out_safe(out, SAFE("<!doctype html>\n<html lang=\"en\">\n<head>\n"
			   "<meta charset=\"utf-8\">\n"));
	write_style(out);
	out_safe(out, SAFE("<meta name=\"viewport\" "
			   "content=\"width=device-width, initial-scale=1\">\n"
			   "<meta name=\"color-scheme\" content=\"light "
			   "dark\">\n<meta name=\"referrer\" "
			   "content=\"no-referrer\">\n<meta "
			   "name=\"generator\" content=\"abide "));
	page_text(out, dossier->report->version);
	out_safe(out, SAFE("\">\n<title>Compliance report: "));
	page_text(out, name_of(dossier));
	out_safe(out, SAFE(", "));
	page_text(out, report_date(dossier, dossier->report->now));
	out_safe(out, SAFE("</title>\n</head>\n<body>\n"
			   "<a class=\"skip\" href=\"#main\">Skip to the "
			   "content</a>\n<header>\n<p class=\"kicker\">"
			   "Compliance records: findings and registers</p>\n"
			   "<h1>"));
	page_text(out, name_of(dossier));
	out_safe(out, SAFE("</h1>\n"));
	write_facts(dossier);
	out_safe(out, SAFE("</header>\n<div class=\"columns\">\n"));
	write_links(out);
	out_safe(out, SAFE("<main id=\"main\">\n"));
	write_warning(dossier);
}

/* ---- the position */

static void write_standing(const struct dossier *dossier, str framework)
{
	struct out *out = dossier->out;
	struct standing standing;

	standing_of(&standing, dossier, framework);
	out_safe(out, SAFE("<div class=\"standing\"><p><strong>"));
	out_size(out, standing.open);
	out_safe(out, SAFE("</strong> "));
	out_safe(out, standing.open == 1
			      ? SAFE("requirement has an open error")
			      : SAFE("requirements have an open error"));
	out_safe(out, SAFE("</p>\n<p class=\"framework\">"));
	page_text(out, standing.title);
	out_safe(out, SAFE("</p>\n<dl>\n"));
	fact(out, SAFE("with warnings or notes at most"));
	out_size(out, standing.warned);
	fact_end(out);
	fact(out, SAFE("checked, nothing open"));
	out_size(out, standing.quiet);
	fact_end(out);
	fact(out, SAFE("not checked: no rule, or no record it applies to"));
	out_size(out, standing.unchecked);
	fact_end(out);
	out_safe(out, SAFE("</dl></div>\n"));
}

static void write_verdict(const struct dossier *dossier, struct safe question,
			  struct safe words, bool binding)
{
	struct out *out = dossier->out;
	str frameworks[FRAMEWORKS_MOST];
	size_t count = standing_frameworks(dossier, binding, frameworks,
					   FRAMEWORKS_MOST);

	out_safe(out, SAFE("<div class=\"verdict\">\n<h3>"));
	out_safe(out, question);
	out_safe(out, SAFE("</h3>\n<p class=\"quiet\">"));
	out_safe(out, words);
	out_safe(out, SAFE("</p>\n"));
	if (count == 0)
		page_note(out, SAFE("No framework of this sort is in use."));
	for (size_t i = 0; i < count; i++)
		write_standing(dossier, frameworks[i]);
	out_safe(out, SAFE("</div>\n"));
}

static void figure(struct out *out, struct safe name)
{
	out_safe(out, SAFE("<li><span class=\"what\">"));
	out_safe(out, name);
	out_safe(out, SAFE("</span> <span class=\"number\">"));
}

static void figure_note(struct out *out)
{
	out_safe(out, SAFE("</span> <span class=\"quiet\">"));
}

static void figure_end(struct out *out)
{
	out_safe(out, SAFE("</span></li>\n"));
}

static void write_errors(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct out *out = dossier->out;

	figure(out, SAFE("Open errors"));
	out_size(out, report->by_severity[SEVERITY_ERROR]);
	figure_note(out);
	if (dossier->trend.reaches) {
		out_size(out, dossier->trend.errors);
		out_safe(out, SAFE(" were open 90 days before"));
		if (replay_left_out(dossier->replay)) {
			out_safe(out, SAFE(", without rules on history; by the "
					   "same rules now "));
			out_size(out, dossier->trend.errors_now);
		}
	} else {
		page_count(out, report->by_severity[SEVERITY_WARNING],
			   SAFE("warning"), SAFE("warnings"));
		out_safe(out, SAFE(" beside them"));
	}
	figure_end(out);
}

static void write_overdue(const struct dossier *dossier)
{
	const struct dues *dues = &dossier->dues;
	struct out *out = dossier->out;
	const struct due *oldest = NULL;

	for (size_t i = 0; i < dues->items.count && !oldest; i++) {
		const struct due *due = &dues->items.at[i];

		if (due->state == DUE_OVERDUE && due->known)
			oldest = due;
	}
	figure(out, SAFE("Deadlines overdue"));
	out_size(out, dues->counts[DUE_OVERDUE]);
	figure_note(out);
	if (oldest) {
		out_safe(out, SAFE("the oldest since "));
		page_date(out, report_date(dossier, oldest->at));
	} else {
		out_safe(out, SAFE("by date"));
	}
	figure_end(out);
}

static void write_median(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	figure(out, SAFE("Median days to close"));
	if (dossier->trend.closed)
		out_int(out, dossier->trend.median);
	else
		out_safe(out, SAFE("none"));
	figure_note(out);
	if (dossier->past) {
		page_count(out, dossier->trend.closed, SAFE("finding"),
			   SAFE("findings"));
		out_safe(out, SAFE(" closed in the last 90 days"));
	} else {
		out_safe(out, SAFE("not known without history"));
	}
	figure_end(out);
}

static void write_mapped(const struct dossier *dossier)
{
	const struct mapped *law = &dossier->law;
	struct out *out = dossier->out;
	size_t answered = 0;
	size_t mapped = 0;

	for (size_t i = 0; i < law->count; i++) {
		mapped += law->at[i].entry != NULL;
		answered +=
			law->at[i].entry && law->at[i].result >= RESULT_COVERED;
	}
	figure(out, SAFE("Provisions answered"));
	out_size(out, answered);
	out_safe(out, SAFE(" of "));
	out_size(out, mapped);
	figure_note(out);
	out_safe(out, SAFE("of the GDPR, of those the mappings speak of: by "
			   "controls or records"));
	figure_end(out);
}

static void write_ending(const struct dossier *dossier)
{
	struct instant soon = dossier->report->now;
	struct out *out = dossier->out;
	const struct record *const *records;
	size_t ending = 0;
	size_t past = 0;
	size_t count;

	soon.seconds += SOON_DAYS * DAY_SECONDS;
	records = corpus_of_kind(dossier->corpus, STR("exception"), &count);
	for (size_t i = 0; i < count; i++) {
		struct instant end;

		if (!records[i]->live || !records[i]->root ||
		    !date_parse(&end,
				node_text(records[i]->root, STR("expires_on"))))
			continue;
		if (instant_compare(end, dossier->dues.today) < 0)
			past++;
		else
			ending += instant_compare(end, soon) <= 0;
	}
	figure(out, SAFE("Exceptions ending"));
	out_size(out, ending);
	figure_note(out);
	out_safe(out, SAFE("within 30 days; "));
	out_size(out, past);
	out_safe(out, SAFE(" past their end"));
	figure_end(out);
}

void report_position(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	page_section(out, SAFE("position"), SAFE("Position"));
	page_note(out, SAFE("Counts of what the records show, and nothing "
			    "summed up to a grade. A requirement without an "
			    "open finding is not shown to be met: rules see "
			    "records, not what people do."));
	out_safe(out, SAFE("<div class=\"verdicts\">\n"));
	write_verdict(dossier, SAFE("Is it allowed?"),
		      SAFE("What binding law asks for"), true);
	write_verdict(dossier, SAFE("Is it secure?"),
		      SAFE("What the standards in use ask for"), false);
	out_safe(out, SAFE("</div>\n<ul class=\"figures\">\n"));
	write_errors(dossier);
	write_overdue(dossier);
	write_median(dossier);
	write_mapped(dossier);
	write_ending(dossier);
	out_safe(out, SAFE("</ul>\n"));
	page_section_end(out);
}
