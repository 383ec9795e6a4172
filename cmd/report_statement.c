/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report.h"

/* ---- Statement of Applicability */

static const struct record *control_for(const struct dossier *dossier, str name)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(dossier->corpus, STR("control"), &count);

	for (size_t i = 0; i < count; i++) {
		if (records[i]->valid && records[i]->live && records[i]->root &&
		    str_equal(node_text(records[i]->root, STR("requirement")),
			      name))
			return records[i];
	}
	return NULL;
}

static void write_evidence(const struct dossier *dossier,
			   const struct record *record)
{
	const struct node *list = node_find(record->root, STR("evidence"));
	str tested = report_value(dossier, record, STR("tested_on"));
	struct out *out = dossier->out;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *item = &list->as.children[i];

		page_text(out, node_text(item, STR("type")));
		out_safe(out, SAFE(" "));
		page_date(out, node_text(item, STR("collected_on")));
		out_safe(out, SAFE("<br>"));
	}
	if (tested.len) {
		out_safe(out, SAFE("tested "));
		page_date(out, tested);
		out_safe(out, SAFE(": "));
		page_text(out,
			  report_value(dossier, record, STR("test_result")));
	} else if (!list || !list->count) {
		out_safe(out, SAFE("<span class=\"quiet\">none</span>"));
	}
}

static void write_control(const struct dossier *dossier, struct grid *grid,
			  const struct node *item, size_t *live)
{
	str id = node_text(item, STR("id"));
	const struct record *record = control_for(
		dossier,
		str_format(dossier->arena, "iso27001:" STR_FMT, STR_ARG(id)));
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	page_text(out, id);
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, node_text(item, STR("title")));
	out_safe(out, SAFE("</span>"));
	if (!record) {
		grid_cell(grid);
		out_safe(out, SAFE("<span class=\"late\">no record</span>"));
		for (int i = 0; i < 4; i++)
			grid_text(grid, (str){NULL, 0});
		grid_row_end(grid);
		return;
	}
	(*live)++;
	grid_text(grid, report_value(dossier, record, STR("applicable")));
	grid_text(grid, report_value(dossier, record, STR("justification")));
	grid_text(grid, report_value(dossier, record, STR("implementation")));
	grid_cell(grid);
	write_evidence(dossier, record);
	grid_text(grid, report_value(dossier, record, STR("owner")));
	grid_row_end(grid);
}

static bool is_annex(const struct node *item)
{
	const struct node *heading = node_find(item, STR("heading"));

	return str_starts(node_text(item, STR("id")), STR("A.")) &&
	       !(heading && heading->as.boolean);
}

void report_controls(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("Control"), 24},
					      {SAFE_INIT("Applicable"), 10},
					      {SAFE_INIT("Justification"), 25},
					      {SAFE_INIT("Implementation"), 14},
					      {SAFE_INIT("Evidence"), 15},
					      {SAFE_INIT("Owner"), 12}};
	const struct node *list = node_find(
		framework_root(policy_frameworks(dossier->input->policy),
			       STR("iso27001")),
		STR("requirements"));
	struct out *out = dossier->out;
	size_t live = 0;
	size_t annex = 0;
	struct grid grid;

	page_section(out, SAFE("controls"), SAFE("Statement of Applicability"));
	for (size_t i = 0; list && i < list->count; i++)
		annex += is_annex(&list->as.children[i]);
	page_note(out, SAFE("Every control of Annex A, with those that have no "
			    "record: ISO/IEC 27001 clause 6.1.3 d. Titles are "
			    "short names; the text of the standard is not "
			    "here."));
	grid_begin(&grid, out, SAFE("Controls of Annex A"), heads,
		   ARRAY_SIZE(heads));
	for (size_t i = 0; list && i < list->count; i++) {
		if (is_annex(&list->as.children[i]))
			write_control(dossier, &grid, &list->as.children[i],
				      &live);
	}
	grid_end(&grid);
	out_safe(out, SAFE("<p class=\"quiet\">"));
	out_size(out, live);
	out_safe(out, SAFE(" of "));
	out_size(out, annex);
	out_safe(out, SAFE(" controls have a live record.</p>\n"));
	page_section_end(out);
}

/* ---- exceptions */

/* How many findings rest on it; see struct waiver. */
static size_t uses_of(const struct dossier *dossier,
		      const struct record *record)
{
	size_t uses = 0;

	for (size_t i = 0; i < dossier->report->finding_count; i++) {
		const struct waiver *waiver =
			dossier->report->findings[i].waiver;

		uses += waiver && str_equal(waiver->record->id, record->id);
	}
	return uses;
}

static void write_end(const struct dossier *dossier,
		      const struct record *record)
{
	str text = report_value(dossier, record, STR("expires_on"));
	struct out *out = dossier->out;
	struct instant end;

	page_text(out, text);
	if (!date_parse(&end, text))
		return;
	out_safe(out, SAFE("<br>"));
	if (!record->live)
		page_text(out, record->status);
	else if (instant_compare(end, dossier->dues.today) < 0)
		out_safe(out, SAFE("<span class=\"late\">past its end; it does "
				   "not count</span>"));
	else
		page_count(
			out,
			(size_t)((end.seconds - dossier->dues.today.seconds) /
				 DAY_SECONDS),
			SAFE("day left"), SAFE("days left"));
}

static void write_exception(const struct dossier *dossier, struct grid *grid,
			    const struct record *record)
{
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	report_record(dossier, record);
	grid_cell(grid);
	page_text(out, report_value(dossier, record, STR("rules")));
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, report_value(dossier, record, STR("records")));
	out_safe(out, SAFE("</span>"));
	grid_text(grid, report_value(dossier, record, STR("reason")));
	grid_cell(grid);
	page_text(out, report_value(dossier, record, STR("approved_by")));
	out_safe(out, SAFE(", "));
	page_text(out, report_value(dossier, record, STR("approved_on")));
	out_safe(out, SAFE("<br><span class=\"name\">asked for by "));
	page_text(out, report_value(dossier, record, STR("requested_by")));
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	write_end(dossier, record);
	grid_cell(grid);
	out_size(out, uses_of(dossier, record));
	grid_row_end(grid);
}

void report_exceptions(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Exception"), 18},
		{SAFE_INIT("Rules and records"), 19},
		{SAFE_INIT("Reason"), 24},
		{SAFE_INIT("Approved"), 17},
		{SAFE_INIT("Ends"), 13},
		{SAFE_INIT("Findings now"), 9}};
	const struct record *const *records;
	struct out *out = dossier->out;
	struct grid grid;
	size_t count;

	records = corpus_of_kind(dossier->corpus, STR("exception"), &count);
	page_section(out, SAFE("exceptions"), SAFE("Exceptions"));
	page_note(out, SAFE("An exception takes findings out of the counts, "
			    "for a time and with a reason; they stay listed "
			    "above."));
	if (count) {
		grid_begin(&grid, out, SAFE("Exceptions on record"), heads,
			   ARRAY_SIZE(heads));
		for (size_t i = 0; i < count; i++) {
			if (records[i]->root)
				write_exception(dossier, &grid, records[i]);
		}
		grid_end(&grid);
	} else {
		page_note(out, SAFE("There is none."));
	}
	page_section_end(out);
}
