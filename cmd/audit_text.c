/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/audit.h"

enum { LONGEST = 100, SUBJECT = 60 };

static void write_text(struct out *out, str text)
{
	out_text(out, text, ENCODE_TERMINAL);
}

static str subject_of(const struct audit *audit, const struct finding *finding)
{
	if (finding->kind.ptr)
		return str_format(audit->past->arena, STR_FMT "/" STR_FMT,
				  STR_ARG(finding->kind), STR_ARG(finding->id));
	return finding->path.len ? finding->path : STR("the repository");
}

static void write_who(const struct audit *audit, struct out *out,
		      const struct moment *moment,
		      const struct commit_facts *who)
{
	const struct commit_facts *landing;

	if (!who) {
		out_safe(out, SAFE("by the passing of time"));
		return;
	}
	landing = history_landing(audit->past->history, moment->landing);
	write_text(out, say_short(audit->past, &landing->oid));
	out_safe(out, SAFE("  "));
	write_text(out, say_person(&who->author, &who->author_is));
	out_safe(out, SAFE("  "));
	out_text_cut(out, landing->subject, SUBJECT, ENCODE_TERMINAL);
	if (!oid_equal(&who->oid, &landing->oid)) {
		out_safe(out, SAFE("  (made in "));
		write_text(out, say_short(audit->past, &who->oid));
		out_safe(out, SAFE(")"));
	}
}

static void write_row(const struct audit *audit, struct out *out,
		      const struct audit_row *row)
{
	const struct finding *finding = &row->lifetime->finding;
	const struct interval *stay = row->stay;
	str severity = str_of(severity_name(finding->severity));

	write_text(out, severity);
	out_repeat(out, SAFE(" "), 9 - severity.len);
	write_text(out, finding->rule->id);
	out_safe(out, SAFE("  "));
	write_text(out, subject_of(audit, finding));
	if (row->number)
		out_safe(out, SAFE("  (again)"));
	out_safe(out, SAFE("\n    "));
	out_text_cut(out, finding->message, LONGEST, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n    opened "));
	write_text(out, audit_date(audit, stay->opened.when));
	out_safe(out, SAFE("  "));
	write_who(audit, out, &stay->opened, row->opened_by);
	if (stay->open) {
		out_safe(out, SAFE("\n    open for "));
	} else {
		out_safe(out, SAFE("\n    closed "));
		write_text(out, audit_date(audit, stay->closed.when));
		out_safe(out, SAFE("  "));
		write_who(audit, out, &stay->closed, row->closed_by);
		out_safe(out, SAFE(", after "));
	}
	out_size(out, (size_t)(row->days > 0 ? row->days : 0));
	out_safe(out, row->days == 1 ? SAFE(" day\n\n") : SAFE(" days\n\n"));
}

static void write_number(struct out *out, size_t number, size_t width)
{
	for (size_t rest = number; rest >= 10; rest /= 10)
		width--;
	out_repeat(out, SAFE(" "), width - 1);
	out_size(out, number);
}

static void write_months(const struct audit *audit, struct out *out)
{
	out_safe(out, SAFE("month     errors  warnings  notes  overdue  opened "
			   " closed  days to fix\n"));
	for (size_t i = 0; i < audit->months.count; i++) {
		const struct audit_month *month = &audit->months.at[i];

		write_text(out, audit_month_name(audit, month->from));
		write_number(out, month->open[SEVERITY_ERROR], 9);
		write_number(out, month->open[SEVERITY_WARNING], 10);
		write_number(out, month->open[SEVERITY_NOTE], 7);
		write_number(out, month->overdue, 9);
		write_number(out, month->opened, 8);
		write_number(out, month->closed, 8);
		if (month->closed)
			write_number(out, (size_t)month->days / month->closed,
				     13);
		else
			out_safe(out, SAFE("            -"));
		out_safe(out, SAFE("\n"));
	}
	out_safe(out, SAFE("open at the end of the month; overdue: of these, "
			   "opened by the passing of time\n\n"));
}

static void write_notes(const struct audit *audit, struct out *out)
{
	const str *notes;
	size_t count = audit_notes(audit, &notes);

	for (size_t i = 0; i < count; i++) {
		out_safe(out, SAFE("note: "));
		write_text(out, notes[i]);
		out_safe(out, SAFE("\n"));
	}
	out_safe(out, SAFE("\n"));
}

void audit_write_text(const void *what)
{
	const struct audit *audit = what;
	struct out *out = audit->past->env->out;
	size_t open = 0;

	for (size_t i = 0; i < audit->rows.count; i++) {
		write_row(audit, out, &audit->rows.at[i]);
		open += audit->rows.at[i].stay->open;
	}
	write_months(audit, out);
	write_notes(audit, out);
	out_size(out, audit->rows.count);
	out_safe(out, audit->rows.count == 1 ? SAFE(" stay of a finding, ")
					     : SAFE(" stays of findings, "));
	out_size(out, open);
	out_safe(out, SAFE(" open as of "));
	write_text(out, audit_date(audit, audit->past->input.now));
	out_safe(out, SAFE("\n"));
	say_ground(audit->past, out, ENCODE_TERMINAL);
}

/* ---- tables */

static void write_commit(const struct audit *audit, const struct table *table,
			 const struct moment *moment,
			 const struct commit_facts *who)
{
	const struct commit_facts *landing =
		history_landing(audit->past->history, moment->landing);

	table_cell(table, audit_date(audit, moment->when), false);
	table_cell(table,
		   who ? say_short(audit->past, &landing->oid) : STR("time"),
		   false);
	table_cell(table,
		   who ? say_person(&who->author, &who->author_is) : STR(""),
		   false);
}

static void write_table_row(const struct audit *audit,
			    const struct table *table,
			    const struct audit_row *row)
{
	const struct finding *finding = &row->lifetime->finding;

	out_safe(table->out, table->start);
	table_cell(table, str_of(severity_name(finding->severity)), false);
	table_cell(table, finding->rule->id, false);
	table_cell(table, subject_of(audit, finding), false);
	table_cell(table, finding->pointer, false);
	table_cell(table, finding->message, false);
	write_commit(audit, table, &row->stay->opened, row->opened_by);
	if (row->stay->open) {
		for (size_t i = 0; i < 3; i++)
			table_cell(table, STR(""), false);
	} else {
		write_commit(audit, table, &row->stay->closed, row->closed_by);
	}
	table_cell(table,
		   str_format(audit->past->arena, "%lld", (long long)row->days),
		   false);
	table_cell(table,
		   str_format(audit->past->arena, "%zu", row->number + 1),
		   true);
}

void audit_write_csv(const void *what)
{
	const struct audit *audit = what;
	struct table table = table_csv(audit->past->env->out);

	out_safe(table.out,
		 SAFE("severity,rule,subject,pointer,message,opened,opened_at,"
		      "opened_by,closed,closed_at,closed_by,days,stay\r\n"));
	for (size_t i = 0; i < audit->rows.count; i++)
		write_table_row(audit, &table, &audit->rows.at[i]);
}

void audit_write_markdown(const void *what)
{
	const struct audit *audit = what;
	struct table table = table_markdown(audit->past->env->out);
	const str *notes;
	size_t count = audit_notes(audit, &notes);

	out_safe(table.out,
		 SAFE("| Severity | Rule | Subject | Pointer | Message | "
		      "Opened | at | by | Closed | at | by | Days | Stay |\n"
		      "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
		      "\n"));
	for (size_t i = 0; i < audit->rows.count; i++)
		write_table_row(audit, &table, &audit->rows.at[i]);
	out_safe(table.out, SAFE("\n"));
	for (size_t i = 0; i < count; i++) {
		out_safe(table.out, SAFE("- "));
		out_text(table.out, notes[i], ENCODE_MARKDOWN);
		out_safe(table.out, SAFE("\n"));
	}
	say_ground_below(audit->past);
}
