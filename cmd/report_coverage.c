/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/report_matrix.h"

#include "cmd/rule_facts.h"

/* A shape and hidden words: colour says nothing alone. */
static struct safe state_mark(enum control_state state)
{
	static const struct safe marks[] = {
		[CONTROL_MISSING] =
			SAFE_INIT("<span class=\"state absent\"><span "
				  "aria-hidden=\"true\">\u25cb</span>"),
		[CONTROL_EXCLUDED] =
			SAFE_INIT("<span class=\"state excluded\"><span "
				  "aria-hidden=\"true\">\u2013</span>"),
		[CONTROL_NOT_STARTED] =
			SAFE_INIT("<span class=\"state absent\"><span "
				  "aria-hidden=\"true\">\u25cb</span>"),
		[CONTROL_PARTIAL] =
			SAFE_INIT("<span class=\"state partial\"><span "
				  "aria-hidden=\"true\">\u25d0</span>"),
		[CONTROL_IMPLEMENTED] =
			SAFE_INIT("<span class=\"state there\"><span "
				  "aria-hidden=\"true\">\u25cf</span>"),
	};

	return marks[state];
}

struct safe report_state(enum control_state state)
{
	static const struct safe words[] = {
		[CONTROL_MISSING] = SAFE_INIT("no record"),
		[CONTROL_EXCLUDED] = SAFE_INIT("not applicable"),
		[CONTROL_NOT_STARTED] = SAFE_INIT("not in place"),
		[CONTROL_PARTIAL] = SAFE_INIT("in place in part"),
		[CONTROL_IMPLEMENTED] = SAFE_INIT("in place"),
	};

	return words[state];
}

static struct safe result_mark(enum requirement_result result)
{
	static const struct safe marks[] = {
		[RESULT_OPEN] = SAFE_INIT(
			"<span class=\"result open\"><span "
			"aria-hidden=\"true\">\u25cb</span> open</span>"),
		[RESULT_PARTLY] = SAFE_INIT(
			"<span class=\"result partly\"><span "
			"aria-hidden=\"true\">\u25d0</span> partly</span>"),
		[RESULT_COVERED] = SAFE_INIT(
			"<span class=\"result covered\"><span "
			"aria-hidden=\"true\">\u25cf</span> by controls"
			"</span>"),
		[RESULT_BY_RECORDS] = SAFE_INIT(
			"<span class=\"result covered\"><span "
			"aria-hidden=\"true\">\u25cf</span> by records"
			"</span>"),
	};

	return marks[result];
}

/* "A.8.24", "clause 9.2" */
static void write_short(struct out *out, str name)
{
	str id = requirement_id(name);
	bool clause = str_starts(id, STR("cl-"));

	if (clause)
		out_safe(out, SAFE("clause "));
	page_text(out, clause ? str_slice(id, 3, id.len) : id);
}

static void write_controls(const struct dossier *dossier,
			   const struct mapped_requirement *one)
{
	struct out *out = dossier->out;

	if (one->control_count == 0)
		out_safe(out, SAFE("<span class=\"quiet\">nothing in Annex A "
				   "answers it</span>"));
	else
		out_safe(out, SAFE("<ul class=\"chips\">"));
	for (size_t i = 0; i < one->control_count; i++) {
		const struct mapped_control *control = &one->controls[i];

		out_safe(out, SAFE("<li>"));
		out_safe(out, state_mark(control->state));
		out_safe(out, SAFE(" "));
		write_short(out, control->name);
		out_safe(out, SAFE("<span class=\"hidden\">, "));
		out_safe(out, report_state(control->state));
		out_safe(out, SAFE("</span></span></li>"));
	}
	if (one->control_count)
		out_safe(out, SAFE("</ul>"));
}

static void write_remains(const struct dossier *dossier,
			  const struct mapped_requirement *one)
{
	struct out *out = dossier->out;

	if (one->entry->residual.len)
		page_prose(out, str_trim(one->entry->residual));
	for (size_t i = 0; !one->raised && i < one->lacking_count; i++) {
		out_safe(out, i == 0 ? SAFE("<br><span class=\"late\">Lacking, "
					    "in force and without an error: ")
				     : SAFE(", "));
		page_text(out, one->lacking[i]);
	}
	if (!one->raised && one->lacking_count)
		out_safe(out, SAFE("</span>"));
	if (one->raised) {
		out_safe(out, SAFE("<br>Satisfied by "));
		page_text(out, one->claim->kind);
		out_safe(out, SAFE("/"));
		page_text(out, one->claim->id);
	}
}

static void write_requirement(const struct dossier *dossier, struct grid *grid,
			      const struct mapped_requirement *one)
{
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	write_citation(out, one->name, ENCODE_HTML);
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, one->title);
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	out_safe(out, result_mark(one->result));
	grid_cell(grid);
	page_text(out, coverage_name(one->entry->coverage));
	grid_cell(grid);
	write_controls(dossier, one);
	grid_cell(grid);
	write_remains(dossier, one);
	grid_row_end(grid);
}

/* From the law to the controls. */
static void write_forward(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Provision"), 19},
		{SAFE_INIT("Now"), 12},
		{SAFE_INIT("At best"), 9},
		{SAFE_INIT("Annex A controls"), 28},
		{SAFE_INIT("What remains beside them"), 32}};
	struct grid grid;

	grid_begin(&grid, dossier->out,
		   SAFE("From the GDPR to Annex A: what controls do for each "
			"provision"),
		   heads, ARRAY_SIZE(heads));
	for (size_t i = 0; i < dossier->law.count; i++) {
		if (dossier->law.at[i].entry)
			write_requirement(dossier, &grid, &dossier->law.at[i]);
	}
	grid_end(&grid);
}

/* ---- from the controls to the law */

/* The provisions that a control helps to meet; returns how many, and writes
 * them when `write`. */
static size_t helped(const struct dossier *dossier, str control,
		     const struct mapped_control **state, bool write)
{
	size_t count = 0;

	for (size_t i = 0; i < dossier->law.count; i++) {
		const struct mapped_requirement *one = &dossier->law.at[i];

		for (size_t k = 0; k < one->control_count; k++) {
			if (!str_equal(requirement_id(one->controls[k].name),
				       control))
				continue;
			*state = &one->controls[k];
			if (write && count)
				out_safe(dossier->out, SAFE(", "));
			if (write)
				write_citation(dossier->out, one->name,
					       ENCODE_HTML);
			count++;
		}
	}
	return count;
}

static void write_control(const struct dossier *dossier, struct grid *grid,
			  const struct node *item)
{
	str id = node_text(item, STR("id"));
	const struct mapped_control *state = NULL;
	struct out *out = dossier->out;

	if (helped(dossier, id, &state, false) == 0)
		return;
	grid_row(grid);
	grid_cell(grid);
	write_short(out, id);
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, node_text(item, STR("title")));
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	out_safe(out, state_mark(state->state));
	out_safe(out, SAFE(" "));
	out_safe(out, report_state(state->state));
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	(void)helped(dossier, id, &state, true);
	grid_row_end(grid);
}

static const struct node *requirements_of(const struct dossier *dossier,
					  str framework)
{
	return node_find(
		framework_root(policy_frameworks(dossier->input->policy),
			       framework),
		STR("requirements"));
}

static void write_backward(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("Control"), 30},
					      {SAFE_INIT("State"), 18},
					      {SAFE_INIT("Helps to meet"), 52}};
	const struct node *list = requirements_of(dossier, dossier->law.target);
	struct grid grid;

	grid_begin(&grid, dossier->out,
		   SAFE("From Annex A to the GDPR: what each control helps to "
			"meet"),
		   heads, ARRAY_SIZE(heads));
	for (size_t i = 0; list && i < list->count; i++)
		write_control(dossier, &grid, &list->as.children[i]);
	grid_end(&grid);
}

/* ---- what nothing speaks of */

static void write_unmapped(const struct dossier *dossier)
{
	struct out *out = dossier->out;
	size_t count = 0;

	for (size_t i = 0; i < dossier->law.count; i++)
		count += !dossier->law.at[i].entry;
	if (!count)
		return;
	out_safe(out, SAFE("<details><summary>"));
	page_count(out, count, SAFE("provision"), SAFE("provisions"));
	out_safe(out, SAFE(" of the GDPR no mapping speaks of</summary>\n"
			   "<ul class=\"dense\">\n"));
	for (size_t i = 0; i < dossier->law.count; i++) {
		const struct mapped_requirement *one = &dossier->law.at[i];

		if (one->entry)
			continue;
		out_safe(out, SAFE("<li>"));
		write_citation(out, one->name, ENCODE_HTML);
		out_safe(out, SAFE(" "));
		page_text(out, one->title);
		out_safe(out, SAFE(": <span class=\"quiet\">"));
		if (one->rules) {
			page_count(out, one->rules, SAFE("rule"),
				   SAFE("rules"));
			out_safe(out, SAFE(" of abide</span></li>\n"));
		} else {
			out_safe(out, SAFE("not checked</span></li>\n"));
		}
	}
	out_safe(out, SAFE("</ul></details>\n"));
}

void report_coverage(const struct dossier *dossier)
{
	struct out *out = dossier->out;

	page_section(out, SAFE("coverage"), SAFE("Coverage: GDPR and Annex A"));
	page_note(out,
		  SAFE("What the mappings declare, lowered by what the "
		       "Statement of Applicability says is not in place. "
		       "Coverage has a direction: that a control helps with a "
		       "provision does not mean the provision asks for the "
		       "control. It is never chained."));
	out_safe(out,
		 SAFE("<p class=\"legend\">States of controls: <span "
		      "class=\"state there\">\u25cf</span> in place, <span "
		      "class=\"state partial\">\u25d0</span> in place in part, "
		      "<span class=\"state absent\">\u25cb</span> not in "
		      "place or no record, <span class=\"state "
		      "excluded\">\u2013</span> not applicable</p>\n"));
	report_matrix(dossier);
	write_forward(dossier);
	write_backward(dossier);
	write_unmapped(dossier);
	page_section_end(out);
}
