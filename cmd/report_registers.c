/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report.h"
#include "cmd/rule_facts.h"

enum { HOUR = 3600, MINUTE = 60 };

static const struct record *const *records_of(const struct dossier *dossier,
					      str kind, size_t *count)
{
	return corpus_of_kind(dossier->corpus, kind, count);
}

/* What a register cannot show whole is named, not left out. */
static bool is_shown(const struct record *record)
{
	return record->root && record->valid;
}

/* Says how many there are; returns how many can be shown. */
static size_t write_count(const struct dossier *dossier, str kind,
			  struct safe one, struct safe many)
{
	struct out *out = dossier->out;
	const struct record *const *records;
	size_t shown = 0;
	size_t count;

	records = records_of(dossier, kind, &count);
	for (size_t i = 0; i < count; i++)
		shown += is_shown(records[i]);
	out_safe(out, SAFE("<p class=\"lead\">"));
	page_count(out, count, one, many);
	if (shown < count) {
		out_safe(out, SAFE(", of which "));
		out_size(out, count - shown);
		out_safe(out, SAFE(" without the form of the kind, which the "
				   "table lacks"));
	}
	out_safe(out, SAFE(".</p>\n"));
	return shown;
}

/* The title of the record that a reference names, or its id. */
static void write_named(const struct dossier *dossier, str kind, str id)
{
	const struct record *record = corpus_find(dossier->corpus, kind, id);

	page_text(dossier->out,
		  record && record->root && record->title.len
			  ? report_value(dossier, record, STR("title"))
			  : id);
}

/* ---- schedule of retention */

static void write_period(const struct dossier *dossier,
			 const struct schedule *line)
{
	struct out *out = dossier->out;

	if (!line->rule) {
		out_safe(out, SAFE("<span class=\"late\">no rule in force"
				   "</span>"));
		return;
	}
	page_period(out,
		    line->period.text.ptr ? line->period.text : line->criteria);
	out_safe(out, SAFE(" from "));
	page_text(out, line->trigger);
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, line->rule->id);
	out_safe(out, SAFE("</span>"));
}

static void write_bounds(const struct dossier *dossier,
			 const struct schedule *line)
{
	struct out *out = dossier->out;

	page_text(out, line->basis.len ? line->basis : STR("no basis stated"));
	if (line->law.len) {
		out_safe(out, SAFE("<br>"));
		page_text(out, line->law);
	}
	if (line->minimum.text.len) {
		out_safe(out, SAFE("<br>at least "));
		page_period(out, line->minimum.text);
	}
	if (line->maximum.text.len) {
		out_safe(out, SAFE("<br>at most "));
		page_period(out, line->maximum.text);
	}
}

static void write_disposal(const struct dossier *dossier,
			   const struct schedule *line)
{
	struct out *out = dossier->out;

	if (!line->rule)
		return;
	page_text(out, line->method);
	out_safe(out,
		 line->automated ? SAFE(", automated") : SAFE(", by hand"));
	if (line->interval.text.len) {
		out_safe(out, SAFE(", every "));
		page_period(out, line->interval.text);
	}
	for (size_t i = 0; i < line->systems.count; i++) {
		const struct kept_in *kept = &line->systems.at[i];

		out_safe(out, SAFE("<br><span class=\"name\">"));
		page_text(out, kept->asset->id);
		if (kept->run) {
			out_safe(out, SAFE(": last run "));
			page_date(out, report_date(dossier, kept->run_at));
		}
		out_safe(out, SAFE("</span>"));
	}
}

static void write_conflicts(const struct dossier *dossier,
			    const struct schedule *line)
{
	struct out *out = dossier->out;

	if (line->conflicts.count == 0)
		out_safe(out, SAFE("<span class=\"quiet\">none</span>"));
	else
		out_safe(out, SAFE("<ul class=\"against\">"));
	for (size_t i = 0; i < line->conflicts.count; i++) {
		out_safe(out, SAFE("<li>"));
		page_text(out, line->conflicts.at[i]);
		out_safe(out, SAFE("</li>"));
	}
	if (line->conflicts.count)
		out_safe(out, SAFE("</ul>"));
}

void report_retention(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Category of data"), 16},
		{SAFE_INIT("Kept for"), 16},
		{SAFE_INIT("By whose word"), 17},
		{SAFE_INIT("Disposal"), 19},
		{SAFE_INIT("Responsible"), 13},
		{SAFE_INIT("Speaks against it"), 19}};
	const struct retention *retention = &dossier->retention;
	struct out *out = dossier->out;
	struct grid grid;

	page_section(out, SAFE("retention"), SAFE("Retention schedule"));
	if (retention->schedules.count == 0)
		page_note(out, SAFE("There is no category of data on record."));
	else
		grid_begin(&grid, out,
			   SAFE("How long each category of data is kept"),
			   heads, ARRAY_SIZE(heads));
	for (size_t i = 0; i < retention->schedules.count; i++) {
		const struct schedule *line = &retention->schedules.at[i];

		grid_row(&grid);
		grid_cell(&grid);
		report_record(dossier, line->category);
		grid_cell(&grid);
		write_period(dossier, line);
		grid_cell(&grid);
		write_bounds(dossier, line);
		grid_cell(&grid);
		write_disposal(dossier, line);
		grid_text(&grid, line->responsible);
		grid_cell(&grid);
		write_conflicts(dossier, line);
		grid_row_end(&grid);
	}
	if (retention->schedules.count)
		grid_end(&grid);
	page_section_end(out);
}

/* ---- register of processing */

/* "6-1-b" as "Art. 6(1)(b)". */
static void write_basis(const struct dossier *dossier, str basis)
{
	write_citation(
		dossier->out,
		str_format(dossier->arena, "gdpr:art-" STR_FMT, STR_ARG(basis)),
		ENCODE_HTML);
}

static void write_purposes(const struct dossier *dossier,
			   const struct record *record)
{
	const struct node *list = node_find(record->root, STR("purposes"));
	struct out *out = dossier->out;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *purpose = &list->as.children[i];

		if (i)
			out_safe(out, SAFE("<br>"));
		page_text(out,
			  report_node(dossier, record,
				      node_find(purpose, STR("statement"))));
		out_safe(out, SAFE("<br><span class=\"name\">"));
		write_basis(dossier, node_text(purpose, STR("lawful_basis")));
		out_safe(out, SAFE("</span>"));
	}
	if (!list || !list->count)
		page_text(out, report_value(dossier, record,
					    STR("processing_on_behalf")));
}

static void write_categories(const struct dossier *dossier,
			     const struct record *record)
{
	const struct node *list =
		node_find(record->root, STR("data_categories"));
	struct out *out = dossier->out;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *item = &list->as.children[i];

		if (i)
			out_safe(out, SAFE("<br>"));
		write_named(dossier, STR("data-category"),
			    node_text(item, STR("category")));
		out_safe(out, SAFE("<br><span class=\"name\">erased by "));
		page_text(out, node_text(item, STR("retention_rule")));
		out_safe(out, SAFE("</span>"));
	}
}

static void write_recipients(const struct dossier *dossier,
			     const struct record *record)
{
	const struct node *list = node_find(record->root, STR("recipients"));
	struct out *out = dossier->out;

	if (!list || !list->count)
		out_safe(out, SAFE("<span class=\"quiet\">none</span>"));
	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str supplier = node_text(item, STR("supplier"));

		if (i)
			out_safe(out, SAFE("<br>"));
		if (supplier.len)
			write_named(dossier, STR("supplier"), supplier);
		else
			page_text(out,
				  report_node(
					  dossier, record,
					  node_find(item, STR("description"))));
		out_safe(out, SAFE(" <span class=\"name\">"));
		page_text(out, node_text(item, STR("type")));
		out_safe(out, SAFE("</span>"));
	}
}

static void write_activity(const struct dossier *dossier, struct grid *grid,
			   const struct record *record)
{
	grid_row(grid);
	grid_cell(grid);
	report_record(dossier, record);
	out_safe(dossier->out, SAFE("<br><span class=\"name\">"));
	page_text(dossier->out, record->status);
	out_safe(dossier->out, SAFE(", "));
	page_text(dossier->out, report_value(dossier, record, STR("role")));
	out_safe(dossier->out, SAFE("</span>"));
	grid_cell(grid);
	write_purposes(dossier, record);
	grid_text(grid, report_value(dossier, record, STR("data_subjects")));
	grid_cell(grid);
	write_categories(dossier, record);
	grid_cell(grid);
	write_recipients(dossier, record);
	grid_text(grid, report_value(dossier, record, STR("transfers")));
	grid_text(grid,
		  report_value(dossier, record, STR("security_measures")));
	grid_row_end(grid);
}

void report_activities(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Activity"), 14},
		{SAFE_INIT("Purpose and basis"), 20},
		{SAFE_INIT("People"), 10},
		{SAFE_INIT("Data"), 17},
		{SAFE_INIT("Recipients"), 15},
		{SAFE_INIT("Transfers"), 11},
		{SAFE_INIT("Security"), 13}};
	const struct record *const *records;
	struct grid grid;
	size_t count;

	records = records_of(dossier, STR("processing-activity"), &count);
	page_section(dossier->out, SAFE("activities"),
		     SAFE("Register of processing"));
	if (write_count(dossier, STR("processing-activity"), SAFE("activity"),
			SAFE("activities"))) {
		grid_begin(&grid, dossier->out,
			   SAFE("Record of processing activities, "
				"GDPR Art. 30"),
			   heads, ARRAY_SIZE(heads));
		for (size_t i = 0; i < count; i++) {
			if (is_shown(records[i]))
				write_activity(dossier, &grid, records[i]);
		}
		grid_end(&grid);
	}
	page_section_end(dossier->out);
}

/* ---- incidents */

static bool time_of(struct instant *out, const struct record *record, str key)
{
	return instant_parse(out, node_text(record->root, key));
}

static void write_time(const struct dossier *dossier, struct instant at)
{
	page_date(dossier->out, report_time(dossier, at));
}

static void write_span(const struct dossier *dossier, int64_t seconds)
{
	int64_t minutes = (seconds < 0 ? -seconds : seconds) / MINUTE;

	page_text(dossier->out, str_format(dossier->arena, "%lld h %02lld min",
					   (long long)(minutes / 60),
					   (long long)(minutes % 60)));
}

struct notice {
	str key;       /* of the time it was given */
	str parameter; /* with the term */
	struct safe whom;
};

static const struct notice *notice_of(const struct record *record)
{
	static const struct notice authority = {
		STR_INIT("authority_notified_at"),
		STR_INIT("breach.notify_within"), SAFE_INIT("authority")};
	static const struct notice controller = {
		STR_INIT("controller_notified_at"),
		STR_INIT("breach.processor_notify_within"),
		SAFE_INIT("controller")};

	return str_is(node_text(record->root, STR("acting_as")), "processor")
		       ? &controller
		       : &authority;
}

/* Aware, plus the term, is the end; told, less the end, is early or late. */
static void write_arithmetic(const struct dossier *dossier,
			     const struct record *record)
{
	const struct notice *notice = notice_of(record);
	const struct parameter *term =
		policy_parameter(dossier->input->policy, notice->parameter);
	struct out *out = dossier->out;
	struct instant aware;
	struct instant until;
	struct instant told;
	struct period period;
	struct error err;
	bool known = time_of(&told, record, notice->key);

	if (!time_of(&aware, record, STR("aware_at")) ||
	    !period_parse(&period, term->value->text, &err) ||
	    !period_plus(&until, aware, &period, NULL, &err)) {
		out_safe(out, SAFE("the clock has not started: nobody is "
				   "recorded as aware"));
		return;
	}
	out_safe(out, SAFE("<ol class=\"sum\"><li>"));
	write_time(dossier, aware);
	out_safe(out, SAFE(" aware</li><li>+ "));
	page_period(out, term->value->text);
	out_safe(out, SAFE(" = "));
	write_time(dossier, until);
	out_safe(out, SAFE(" end</li><li>"));
	if (known) {
		write_time(dossier, told);
		out_safe(out, SAFE(" "));
		out_safe(out, notice->whom);
		out_safe(out, SAFE(" told, after "));
		write_span(dossier, told.seconds - aware.seconds);
	} else {
		told = dossier->report->now;
		out_safe(out, notice->whom);
		out_safe(out, SAFE(" not told"));
	}
	out_safe(out, SAFE("</li></ol>"));
	if (told.seconds > until.seconds) {
		out_safe(out, SAFE("<span class=\"late\">"));
		write_span(dossier, told.seconds - until.seconds);
		out_safe(out, SAFE(" late</span>"));
	} else {
		write_span(dossier, until.seconds - told.seconds);
		out_safe(out, known ? SAFE(" before the end") : SAFE(" left"));
	}
}

static void write_clock(const struct dossier *dossier,
			const struct record *record)
{
	struct out *out = dossier->out;
	str personal = node_text(record->root, STR("personal_data"));

	if (str_is(personal, "not-involved"))
		out_safe(out, SAFE("no personal data: no duty to notify"));
	else if (str_is(personal, "under-assessment"))
		out_safe(out, SAFE("whether personal data is affected is not "
				   "decided; the clock has not started"));
	else if (str_is(node_text(record->root, STR("risk_to_subjects")),
			"unlikely"))
		out_safe(out, SAFE("a risk to people is recorded as unlikely: "
				   "no duty to notify"));
	else
		write_arithmetic(dossier, record);
}

static void write_incident(const struct dossier *dossier, struct grid *grid,
			   const struct record *record)
{
	struct instant at;

	grid_row(grid);
	grid_cell(grid);
	report_record(dossier, record);
	grid_text(grid, record->status);
	grid_cell(grid);
	if (time_of(&at, record, STR("detected_at")))
		write_time(dossier, at);
	grid_text(grid, report_value(dossier, record, STR("personal_data")));
	grid_cell(grid);
	write_clock(dossier, record);
	grid_cell(grid);
	if (time_of(&at, record, STR("subjects_informed_at")))
		write_time(dossier, at);
	else
		out_safe(dossier->out,
			 SAFE("<span class=\"quiet\">not recorded</span>"));
	grid_row_end(grid);
}

void report_incidents(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Incident"), 20},
		{SAFE_INIT("State"), 10},
		{SAFE_INIT("Detected"), 14},
		{SAFE_INIT("Personal data"), 12},
		{SAFE_INIT("Clock of the notice"), 29},
		{SAFE_INIT("People informed"), 15}};
	const struct record *const *records;
	struct out *out = dossier->out;
	struct grid grid;
	size_t count;

	records = records_of(dossier, STR("incident"), &count);
	page_section(out, SAFE("incidents"), SAFE("Incidents"));
	if (write_count(dossier, STR("incident"), SAFE("incident"),
			SAFE("incidents"))) {
		out_safe(out, SAFE("<p class=\"quiet\">Hours as they pass, "
				   "also at night and on holidays; clocks show "
				   "the time of "));
		page_text(out, dossier->clock.name);
		out_safe(out, SAFE(".</p>\n"));
		grid_begin(&grid, out,
			   SAFE("Incidents and the arithmetic of GDPR Art. 33"),
			   heads, ARRAY_SIZE(heads));
		for (size_t i = 0; i < count; i++) {
			if (is_shown(records[i]))
				write_incident(dossier, &grid, records[i]);
		}
		grid_end(&grid);
	}
	page_section_end(out);
}
