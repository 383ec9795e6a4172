/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cmd/report.h"
#include "cmd/rule_facts.h"
#include "reporters/summary.h"

enum { TIERS_MOST = 16 };

/* ---- open findings */

struct order {
	const struct finding *finding;
	const struct age *age; /* NULL: none is known */
};

/* Since when; what has no date comes last. */
static int by_age(const void *a, const void *b)
{
	const struct order *x = a;
	const struct order *y = b;
	bool known = x->age && x->age->known;
	bool other = y->age && y->age->known;
	int order = 0;

	if (known != other)
		return known ? -1 : 1;
	if (known)
		order = instant_compare(x->age->opened.when,
					y->age->opened.when);
	if (!order)
		order = (int)y->finding->severity - (int)x->finding->severity;
	if (!order)
		order = str_compare(x->finding->rule->id, y->finding->rule->id);
	if (!order)
		order = str_compare(x->finding->path, y->finding->path);
	return order ? order
		     : memcmp(x->finding->fingerprint, y->finding->fingerprint,
			      FINDING_ID);
}

static void write_where(const struct dossier *dossier,
			const struct finding *finding)
{
	struct out *out = dossier->out;

	if (finding->id.len) {
		page_text(out, finding->kind);
		out_safe(out, SAFE("/"));
		page_text(out, finding->id);
		out_safe(out, SAFE("<br>"));
	}
	out_safe(out, SAFE("<span class=\"name\">"));
	page_text(out, finding->path.len ? finding->path
					 : STR("the whole repository"));
	if (finding->start.line) {
		out_safe(out, SAFE(":"));
		out_size(out, finding->start.line);
	}
	out_safe(out, SAFE("</span>"));
}

static void write_cites(struct out *out, const struct rule *rule)
{
	if (rule->cite_count == 0)
		out_safe(out, SAFE("<span class=\"quiet\">good practice"
				   "</span>"));
	for (size_t i = 0; i < rule->cite_count; i++) {
		if (i)
			out_safe(out, SAFE("<br>"));
		write_citation(out, rule->cites[i].name, ENCODE_HTML);
	}
}

static void write_commit(const struct dossier *dossier, const struct age *age)
{
	const struct commit_facts *maker = age->maker;
	struct out *out = dossier->out;

	out_safe(out, SAFE("commit "));
	page_code(out, say_short(dossier->past, &age->landing->oid));
	out_safe(out, SAFE(", made by "));
	page_text(out, say_person(&maker->author, &maker->author_is));
}

static void write_age(const struct dossier *dossier, const struct age *age)
{
	struct out *out = dossier->out;
	int64_t days;

	if (!age || !age->known) {
		out_safe(out, dossier->past ? SAFE("not in the history of "
						   "commits")
					    : SAFE("not known"));
		return;
	}
	days = (dossier->report->now.seconds - age->opened.when.seconds) /
	       DAY_SECONDS;
	page_date(out, report_date(dossier, age->opened.when));
	out_safe(out, SAFE(" ("));
	page_count(out, (size_t)(days < 0 ? 0 : days), SAFE("day"),
		   SAFE("days"));
	out_safe(out, SAFE(")<br><span class=\"name\">"));
	if (age->opened.by_time)
		out_safe(out, SAFE("a date passed"));
	else
		write_commit(dossier, age);
	out_safe(out, SAFE("</span>"));
}

static void write_finding(const struct dossier *dossier, struct grid *grid,
			  const struct order *one)
{
	const struct finding *finding = one->finding;
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	page_severity(out, finding->severity);
	if (finding->waiver) {
		out_safe(out, SAFE("<br><span class=\"waived\">excepted by "));
		page_text(out, finding->waiver->record->id);
		out_safe(out, SAFE("</span>"));
	}
	grid_cell(grid);
	page_prose(out, finding_sentence(finding));
	out_safe(out, SAFE("<br><span class=\"name\">"));
	page_text(out, finding->rule->id);
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	write_where(dossier, finding);
	grid_cell(grid);
	out_safe(out, SAFE("<span class=\"cites\">"));
	write_cites(out, finding->rule);
	out_safe(out, SAFE("</span>"));
	grid_cell(grid);
	write_age(dossier, one->age);
	grid_row_end(grid);
}

static void write_findings(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("Severity"), 10},
					      {SAFE_INIT("Finding"), 36},
					      {SAFE_INIT("Where"), 20},
					      {SAFE_INIT("Rests on"), 17},
					      {SAFE_INIT("Open since"), 17}};
	const struct report *report = dossier->report;
	struct order *orders = arena_array(dossier->arena, struct order,
					   report->finding_count);
	struct grid grid;

	for (size_t i = 0; i < report->finding_count; i++)
		orders[i] = (struct order){&report->findings[i],
					   dossier->ages ? &dossier->ages[i]
							 : NULL};
	qsort(orders, report->finding_count, sizeof(struct order), by_age);
	grid_begin(&grid, dossier->out, SAFE("Findings, the oldest first"),
		   heads, ARRAY_SIZE(heads));
	for (size_t i = 0; i < report->finding_count; i++)
		write_finding(dossier, &grid, &orders[i]);
	grid_end(&grid);
}

void report_findings(const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	struct out *out = dossier->out;

	page_section(out, SAFE("findings"), SAFE("Open findings"));
	out_safe(out, SAFE("<p class=\"lead\">"));
	page_count(out, report->by_severity[SEVERITY_ERROR], SAFE("error"),
		   SAFE("errors"));
	out_safe(out, SAFE(", "));
	page_count(out, report->by_severity[SEVERITY_WARNING], SAFE("warning"),
		   SAFE("warnings"));
	out_safe(out, SAFE(" and "));
	page_count(out, report->by_severity[SEVERITY_NOTE], SAFE("note"),
		   SAFE("notes"));
	out_safe(out, SAFE(" in "));
	page_count(out, report->records_hit, SAFE("record"), SAFE("records"));
	out_safe(out, SAFE("; "));
	out_size(out, report->waived);
	out_safe(out, SAFE(" more under an exception.</p>\n"));
	if (report->finding_count)
		write_findings(dossier);
	page_section_end(out);
}

/* ---- tiers of fines */

struct tier {
	struct fine fine;
	str framework;
	int64_t cap; /* in EUR */
	size_t findings, errors;
};

static int64_t cap_of(const struct fine *fine)
{
	const struct node *cap = node_find(fine->ceiling, STR("fixed_cap_eur"));
	int64_t amount;

	return cap && str_to_int64(&amount, cap->text) ? amount : 0;
}

/* A finding counts once, in the highest tier that it touches; `ceiling` is
 * NULL when it touches none. */
static struct fine worst_fine(const struct dossier *dossier,
			      const struct finding *finding, str *framework)
{
	const struct framework_set *set =
		policy_frameworks(dossier->input->policy);
	struct fine worst = {.ceiling = NULL};

	for (size_t i = 0; i < finding->rule->cite_count; i++) {
		struct fine fine;

		if (fine_find(&fine, set, finding->rule->cites[i].name,
			      dossier->arena) &&
		    (!worst.ceiling || cap_of(&fine) > cap_of(&worst))) {
			worst = fine;
			*framework = finding->rule->cites[i].framework;
		}
	}
	return worst;
}

static struct tier *tier_of(struct tier *tiers, size_t *count,
			    const struct fine *fine, str framework)
{
	for (size_t i = 0; i < *count; i++) {
		if (tiers[i].fine.ceiling == fine->ceiling)
			return &tiers[i];
	}
	if (*count == TIERS_MOST)
		return NULL;
	tiers[*count] = (struct tier){
		.fine = *fine, .framework = framework, .cap = cap_of(fine)};
	return &tiers[(*count)++];
}

static void write_tier(const struct dossier *dossier, const struct tier *tier,
		       struct grid *grid)
{
	const struct node *basis = node_find(tier->fine.ceiling, STR("basis"));
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	page_text(out, tier->fine.tier);
	out_safe(out, SAFE(" tier"));
	grid_cell(grid);
	for (size_t i = 0; basis && i < basis->count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		write_citation(out,
			       str_format(dossier->arena, STR_FMT ":" STR_FMT,
					  STR_ARG(tier->framework),
					  STR_ARG(basis->as.children[i].text)),
			       ENCODE_HTML);
	}
	grid_cell(grid);
	out_size(out, tier->errors);
	grid_cell(grid);
	out_size(out, tier->findings - tier->errors);
	grid_row_end(grid);
}

static size_t find_tiers(struct tier *tiers, const struct dossier *dossier)
{
	const struct report *report = dossier->report;
	size_t count = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		str framework = {NULL, 0};
		struct fine fine = worst_fine(dossier, finding, &framework);
		struct tier *tier;

		if (finding->waiver || !fine.ceiling)
			continue;
		tier = tier_of(tiers, &count, &fine, framework);
		if (!tier)
			continue;
		tier->findings++;
		tier->errors += finding->severity == SEVERITY_ERROR;
	}
	return count;
}

/* The highest, said once: ceilings are not added up. */
static const struct tier *highest(const struct tier *tiers, size_t count)
{
	const struct tier *best = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!best || tiers[i].cap > best->cap)
			best = &tiers[i];
	}
	return best;
}

void report_exposure(const struct dossier *dossier)
{
	static const struct column heads[] = {
		{SAFE_INIT("Tier"), 25},
		{SAFE_INIT("Set by"), 45},
		{SAFE_INIT("Errors"), 15},
		{SAFE_INIT("Warnings and notes"), 15}};
	struct tier tiers[TIERS_MOST];
	size_t count = find_tiers(tiers, dossier);
	const struct tier *top = highest(tiers, count);
	struct out *out = dossier->out;
	struct grid grid;

	page_section(out, SAFE("exposure"), SAFE("Fine tiers"));
	if (!top) {
		page_note(out, SAFE("No open finding touches a provision that "
				    "a tier of fines names."));
		page_section_end(out);
		return;
	}
	out_safe(out, SAFE("<p class=\"lead\">"));
	out_safe(out, fine_reservation);
	out_safe(out, SAFE(" Each open finding counts once, in the highest "
			   "tier it touches. The ceiling of the highest tier "
			   "touched, for all of them together: "));
	write_ceiling(out, &top->fine, ENCODE_HTML);
	out_safe(out, SAFE(".</p>\n"));
	grid_begin(&grid, out, SAFE("Open findings by tier of fines"), heads,
		   ARRAY_SIZE(heads));
	for (size_t i = 0; i < count; i++)
		write_tier(dossier, &tiers[i], &grid);
	grid_end(&grid);
	page_section_end(out);
}

/* ---- deadlines */

static void write_due(const struct dossier *dossier, struct grid *grid,
		      const struct due *due)
{
	const struct dues *dues = &dossier->dues;
	struct out *out = dossier->out;

	grid_row(grid);
	grid_cell(grid);
	if (due->known)
		page_date(out, due->obligation->exact
				       ? report_time(dossier, due->at)
				       : due_when(dues, due));
	else
		out_safe(out, SAFE("no date"));
	out_safe(out, SAFE("<br><span class=\""));
	out_safe(out, due->state == DUE_OVERDUE ? SAFE("late") : SAFE("name"));
	out_safe(out, SAFE("\">"));
	page_text(out, due_left(dues, due));
	out_safe(out, SAFE("</span>"));
	grid_text(grid, due->obligation->title);
	grid_text(grid, due_subject(dues, due));
	grid_text(grid, due->who.len ? due->who : STR("nobody is named"));
	grid_text(grid, due_law(dues, due));
	grid_row_end(grid);
}

void report_deadlines(const struct dossier *dossier)
{
	static const struct column heads[] = {{SAFE_INIT("Due"), 14},
					      {SAFE_INIT("What"), 24},
					      {SAFE_INIT("For"), 27},
					      {SAFE_INIT("Who"), 17},
					      {SAFE_INIT("Rests on"), 18}};
	const struct dues *dues = &dossier->dues;
	struct out *out = dossier->out;
	struct grid grid;

	page_section(out, SAFE("deadlines"), SAFE("Deadlines"));
	out_safe(out, SAFE("<p class=\"lead\">"));
	out_size(out, dues->counts[DUE_OVERDUE]);
	out_safe(out, SAFE(" overdue, "));
	out_size(out, dues->counts[DUE_SOON]);
	out_safe(out, SAFE(" due within "));
	page_period(out, due_period(dues, &dues->within));
	out_safe(out, SAFE(", "));
	out_size(out, dues->counts[DUE_FINE]);
	out_safe(out, SAFE(" later and not listed here.</p>\n"));
	if (dues->counts[DUE_OVERDUE] + dues->counts[DUE_SOON]) {
		grid_begin(&grid, out, SAFE("What is overdue or due soon"),
			   heads, ARRAY_SIZE(heads));
		for (size_t i = 0; i < dues->items.count; i++) {
			if (dues->items.at[i].state != DUE_FINE)
				write_due(dossier, &grid, &dues->items.at[i]);
		}
		grid_end(&grid);
	}
	page_section_end(out);
}
