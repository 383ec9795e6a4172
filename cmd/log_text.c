/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/log.h"

enum { LONGEST = 120 };

static void write_text(struct out *out, str text)
{
	out_text(out, text, ENCODE_TERMINAL);
}

static void write_name(struct out *out, const struct trail *trail)
{
	write_text(out, trail->kind);
	out_safe(out, SAFE("/"));
	write_text(out, trail->id);
}

/* ---- a commit */

static void write_approvals(const struct past *past, struct out *out,
			    const struct change *change)
{
	size_t count;
	const struct approval *approvals = find_approvals(&count, past, change);

	for (size_t i = 0; i < count; i++) {
		out_safe(out, i ? SAFE(", ") : SAFE("; approved by "));
		write_text(out, approvals[i].who);
		out_safe(out, SAFE(" ("));
		write_text(out, approvals[i].key);
		out_safe(out, SAFE(")"));
	}
}

static void write_landing(const struct past *past, struct out *out,
			  const struct change *change)
{
	const struct commit_facts *landing = change->landing;

	write_text(out, say_date(past, landing));
	out_safe(out, SAFE("  "));
	write_text(out, say_short(past, &landing->oid));
	out_safe(out, SAFE("  "));
	write_text(out, say_person(&landing->author, &landing->author_is));
	out_safe(out, SAFE("  "));
	out_text_cut(out, landing->subject, LONGEST, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n    "));
	write_text(out, say_signature(past, landing));
	write_approvals(past, out, change);
	out_safe(out, SAFE("\n"));
	if (!landing->malformed)
		return;
	out_safe(out, SAFE("    odd: "));
	write_text(out, str_of(landing->malformed));
	out_safe(out, SAFE("\n"));
}

static void write_maker(const struct past *past, struct out *out,
			const struct change *change)
{
	const struct commit_facts *maker = change->maker;

	if (maker == change->landing)
		return;
	out_safe(out, SAFE("      made by "));
	write_text(out, say_person(&maker->author, &maker->author_is));
	out_safe(out, SAFE(" in "));
	write_text(out, say_short(past, &maker->oid));
	out_safe(out, SAFE(" of "));
	write_text(out, say_date(past, maker));
	out_safe(out, SAFE(", "));
	write_text(out, say_signature(past, maker));
	out_safe(out, SAFE(": "));
	out_text_cut(out, maker->subject, LONGEST, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

/* ---- a change */

static void write_value(const struct past *past, struct out *out,
			const struct node *value,
			const struct mask_values *masks)
{
	out_text_cut(out, say_value(past, value, masks), LONGEST,
		     ENCODE_TERMINAL);
}

static void write_field(const struct past *past, struct out *out,
			const struct log_field *field)
{
	out_safe(out, SAFE("      "));
	write_text(out, say_field(field->pointer));
	out_safe(out, SAFE(": "));
	if (field->reordered) {
		out_safe(out, SAFE("its items stand in another order\n"));
		return;
	}
	if (field->before)
		write_value(past, out, field->before, &field->before_masks);
	if (field->before)
		out_safe(out, SAFE(" -> "));
	if (field->after)
		write_value(past, out, field->after, &field->after_masks);
	else
		out_safe(out, SAFE("gone"));
	if (!field->before)
		out_safe(out, SAFE("  (new)"));
	out_safe(out, SAFE("\n"));
}

static void write_paths(struct out *out, const struct change *change)
{
	if (change->kind == CHANGE_ADDED) {
		out_safe(out, SAFE(" in "));
		write_text(out, change->path);
	} else if (change->kind == CHANGE_REMOVED) {
		out_safe(out, SAFE(" from "));
		write_text(out, change->path_before);
	} else if (!str_equal(change->path, change->path_before)) {
		out_safe(out, change->kind == CHANGE_MOVED
				      ? SAFE(" from ")
				      : SAFE(", and moved from "));
		write_text(out, change->path_before);
		out_safe(out, SAFE(" to "));
		write_text(out, change->path);
	}
}

static void write_entry(const struct past *past, struct out *out,
			const struct log_entry *entry)
{
	const struct change *change = entry->change;

	out_safe(out, SAFE("    "));
	write_name(out, change->trail);
	out_safe(out, SAFE(" "));
	write_text(out, str_of(change_kind_name(change->kind)));
	write_paths(out, change);
	out_safe(out, SAFE("\n"));
	write_maker(past, out, change);
	for (size_t i = 0; i < entry->count; i++)
		write_field(past, out, &entry->fields[i]);
}

static void write_gaps(const struct log *log)
{
	struct out *out = log->past->env->out;

	if (log->gaps.count)
		out_safe(out, SAFE("what these versions held is not "
				   "known:\n"));
	for (size_t i = 0; i < log->gaps.count; i++) {
		const struct trail_gap *gap = log->gaps.at[i];
		const struct commit_facts *facts =
			history_landing(log->past->history, gap->landing);

		out_safe(out, SAFE("  "));
		write_text(out, say_date(log->past, facts));
		out_safe(out, SAFE("  "));
		write_text(out, say_short(log->past, &facts->oid));
		out_safe(out, SAFE("  "));
		write_text(out, gap->path);
		out_safe(out, SAFE(": "));
		write_text(out, gap->reason);
		out_safe(out, SAFE("\n"));
	}
	if (log->gaps.count)
		out_safe(out, SAFE("\n"));
}

void log_write_text(const void *what)
{
	const struct log *log = what;
	struct out *out = log->past->env->out;

	for (size_t i = 0; i < log->entries.count; i++) {
		const struct log_entry *entry = &log->entries.at[i];

		if (i == 0 ||
		    entry->change->number != entry[-1].change->number) {
			if (i)
				out_safe(out, SAFE("\n"));
			write_landing(log->past, out, entry->change);
		}
		write_entry(log->past, out, entry);
	}
	out_safe(out, log->entries.count ? SAFE("\n") : SAFE("no change\n\n"));
	write_gaps(log);
	say_ground(log->past, out, ENCODE_TERMINAL);
}

/* ---- tables: a row for each field, one for a change without fields */

static str approvals_text(const struct past *past, const struct change *change)
{
	size_t count;
	const struct approval *approvals = find_approvals(&count, past, change);
	str text = STR("");

	for (size_t i = 0; i < count; i++)
		text = str_format(
			past->arena, STR_FMT "%s" STR_FMT " (" STR_FMT ")",
			STR_ARG(text), i ? "; " : "", STR_ARG(approvals[i].who),
			STR_ARG(approvals[i].key));
	return text;
}

static str value_text(const struct past *past, const struct node *value,
		      const struct mask_values *masks)
{
	return value ? say_value(past, value, masks) : STR("");
}

static str change_text(const struct change *change,
		       const struct log_field *field)
{
	if (field && field->reordered)
		return STR("reordered");
	return str_of(change_kind_name(change->kind));
}

static void write_row(const struct past *past, const struct table *table,
		      const struct change *change,
		      const struct log_field *field)
{
	const struct commit_facts *landing = change->landing;
	const struct commit_facts *maker = change->maker;
	bool valued = field && !field->reordered;

	out_safe(table->out, table->start);
	table_cell(table, say_date(past, landing), false);
	table_cell(table, say_short(past, &landing->oid), false);
	table_cell(table, say_person(&landing->author, &landing->author_is),
		   false);
	table_cell(table, say_short(past, &maker->oid), false);
	table_cell(table, say_person(&maker->author, &maker->author_is), false);
	table_cell(table, approvals_text(past, change), false);
	table_cell(table, say_signature(past, landing), false);
	table_cell(table, landing->subject, false);
	table_cell(table,
		   str_format(past->arena, STR_FMT "/" STR_FMT,
			      STR_ARG(change->trail->kind),
			      STR_ARG(change->trail->id)),
		   false);
	table_cell(table, change_text(change, field), false);
	table_cell(table, change->path_before, false);
	table_cell(table, change->path, false);
	table_cell(table, field ? say_field(field->pointer) : STR(""), false);
	table_cell(
		table,
		valued ? value_text(past, field->before, &field->before_masks)
		       : STR(""),
		false);
	table_cell(table,
		   valued ? value_text(past, field->after, &field->after_masks)
			  : STR(""),
		   true);
}

static void write_gap_row(const struct past *past, const struct table *table,
			  const struct trail_gap *gap)
{
	const struct commit_facts *landing =
		history_landing(past->history, gap->landing);

	out_safe(table->out, table->start);
	table_cell(table, say_date(past, landing), false);
	table_cell(table, say_short(past, &landing->oid), false);
	table_cell(table, say_person(&landing->author, &landing->author_is),
		   false);
	for (size_t i = 0; i < 4; i++)
		table_cell(table, STR(""), false);
	table_cell(table, landing->subject, false);
	table_cell(table, STR(""), false);
	table_cell(table,
		   str_format(past->arena, "not known: " STR_FMT,
			      STR_ARG(gap->reason)),
		   false);
	table_cell(table, STR(""), false);
	table_cell(table, gap->path, false);
	for (size_t i = 0; i < 3; i++)
		table_cell(table, STR(""), i == 2);
}

static void write_rows(const struct log *log, const struct table *table)
{
	const struct past *past = log->past;

	for (size_t i = 0; i < log->entries.count; i++) {
		const struct log_entry *entry = &log->entries.at[i];

		for (size_t k = 0; k < entry->count; k++)
			write_row(past, table, entry->change,
				  &entry->fields[k]);
		if (entry->count == 0)
			write_row(past, table, entry->change, NULL);
	}
	for (size_t i = 0; i < log->gaps.count; i++)
		write_gap_row(past, table, log->gaps.at[i]);
}

void log_write_csv(const void *what)
{
	const struct log *log = what;
	struct table table = table_csv(log->past->env->out);

	out_safe(table.out,
		 SAFE("date,landing,landed_by,maker,made_by,approvals,"
		      "signature,subject,record,change,path_before,path,field,"
		      "before,after\r\n"));
	write_rows(log, &table);
}

void log_write_markdown(const void *what)
{
	const struct log *log = what;
	struct table table = table_markdown(log->past->env->out);

	out_safe(table.out,
		 SAFE("| Date | Landing | Landed by | Maker | Made by | "
		      "Approvals | Signature | Subject | Record | Change | "
		      "Path before | Path | Field | Before | After |\n"
		      "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
		      "---|---|\n"));
	write_rows(log, &table);
	say_ground_below(log->past);
}
