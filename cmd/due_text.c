/* SPDX-License-Identifier: Apache-2.0 */
#include "base/width.h"
#include "cmd/due.h"

enum { COLUMNS = 7, GAP = 2, HOUR = 3600, DAY = 86400 };

struct row {
	const struct due *due;
	struct safe cells[COLUMNS];
};

static str hours(const struct dues *dues, int64_t seconds)
{
	uint64_t left = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;

	if (left < 60)
		return str_format(dues->arena, "%u s", (unsigned)left);
	return str_format(dues->arena, "%llu h %02u min",
			  (unsigned long long)(left / HOUR),
			  (unsigned)(left % HOUR / 60));
}

/* "22 days late", "today", "in 3 days", "in 71 h 59 min". */
str due_left(const struct dues *dues, const struct due *due)
{
	int64_t days = due->days;
	const char *plural = days == 1 || days == -1 ? "" : "s";

	if (!due->known)
		return due->obligation->form == OBLIGATION_EVERY
			       ? STR("never done")
			       : STR("start not recorded");
	if (due->obligation->exact && days > -14 && days < 14)
		return due->seconds < 0
			       ? str_format(dues->arena, STR_FMT " late",
					    STR_ARG(hours(dues, due->seconds)))
			       : str_format(dues->arena, "in " STR_FMT,
					    STR_ARG(hours(dues, due->seconds)));
	if (days == 0)
		return STR("today");
	if (days < 0)
		return str_format(dues->arena, "%lld day%s late",
				  (long long)-days, plural);
	return str_format(dues->arena, "in %lld day%s", (long long)days,
			  plural);
}

str due_subject(const struct dues *dues, const struct due *due)
{
	str record = due_record(dues, due);

	if (!record.ptr)
		return due->item;
	return due->item.ptr ? str_format(dues->arena, STR_FMT " (" STR_FMT ")",
					  STR_ARG(record), STR_ARG(due->item))
			     : record;
}

static str source(const struct dues *dues, const struct due *due)
{
	str length = due_period(dues, &due->length);

	switch (due->by) {
	case DUE_BY_PARAMETER:
		return str_format(dues->arena, STR_FMT " by " STR_FMT,
				  STR_ARG(length), STR_ARG(due->source));
	case DUE_BY_RECORD:
		return due_has(&due->length)
			       ? str_format(dues->arena,
					    STR_FMT " by the record's " STR_FMT,
					    STR_ARG(length),
					    STR_ARG(due->source))
			       : str_format(dues->arena,
					    "the record's " STR_FMT,
					    STR_ARG(due->source));
	case DUE_BY_OBLIGATION:
		break;
	}
	return length;
}

static struct row row_of(const struct dues *dues, const struct due *due)
{
	str when = due_when(dues, due);
	str cells[COLUMNS] = {
		when.ptr ? when : STR("-"),
		due_left(dues, due),
		due->obligation->title,
		due_subject(dues, due),
		due->who.ptr ? due->who : STR("nobody"),
		source(dues, due),
		due_law(dues, due),
	};
	struct row row = {.due = due};

	for (size_t i = 0; i < COLUMNS; i++)
		row.cells[i] = encode_keep(dues->arena, dues->env->out,
					   cells[i], ENCODE_TERMINAL);
	return row;
}

/* What the deadline would not tell by itself. */
static void write_notes(const struct dues *dues, const struct due *due)
{
	struct out *out = dues->env->out;
	char text[INSTANT_TEXT];

	if (due->obligation->reading.ptr) {
		out_safe(out, SAFE("      reading: "));
		out_text(out, due->obligation->reading, ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	if (due_has(&due->more)) {
		out_safe(out, SAFE("      extended by "));
		out_text(out, due_period(dues, &due->more), ENCODE_TERMINAL);
		out_safe(out, SAFE("\n"));
	}
	if (due->rolled) {
		out_safe(out, SAFE("      moved from "));
		out_text(out, str_make(text, date_format(text, due->before)),
			 ENCODE_TERMINAL);
		out_safe(out,
			 SAFE(", a day off, to the next working day "
			      "(Reg. (EEC, Euratom) 1182/71 Art. 3(4))\n"));
	}
	if (due->delivered || due->missing > 1) {
		out_safe(out, SAFE("      done "));
		out_size(out, due->deliveries);
		out_safe(out,
			 due->deliveries == 1 ? SAFE(" time") : SAFE(" times"));
		if (due->delivered) {
			out_safe(out, SAFE(", last "));
			out_text(out,
				 str_make(text,
					  date_format(text,
						      clock_day(&dues->clock,
								due->last))),
				 ENCODE_TERMINAL);
		}
		if (due->missing) {
			out_safe(out, SAFE("; missing "));
			out_size(out, due->missing);
		}
		out_safe(out, SAFE("\n"));
	}
}

static void write_row(const struct dues *dues, const struct row *row,
		      const size_t widths[COLUMNS])
{
	struct out *out = dues->env->out;

	for (size_t i = 0; i < COLUMNS; i++) {
		size_t width = width_of(row->cells[i].text);

		out_safe(out, SAFE("  "));
		out_safe(out, row->cells[i]);
		if (i + 1 < COLUMNS)
			out_repeat(out, SAFE(" "), widths[i] - width);
	}
	out_safe(out, SAFE("\n"));
	if (row->due->state != DUE_FINE)
		write_notes(dues, row->due);
}

static void write_state(const struct dues *dues, const struct row *rows,
			enum due_state state, const size_t widths[COLUMNS])
{
	static const struct safe heads[] = {
		[DUE_OVERDUE] = SAFE_INIT("OVERDUE"),
		[DUE_SOON] = SAFE_INIT("SOON"),
		[DUE_FINE] = SAFE_INIT("FINE"),
	};
	struct out *out = dues->env->out;

	if (!dues->counts[state])
		return;
	out_safe(out, heads[state]);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < dues->items.count; i++) {
		if (rows[i].due->state == state)
			write_row(dues, &rows[i], widths);
	}
	out_safe(out, SAFE("\n"));
}

static void write_summary(const struct dues *dues)
{
	struct out *out = dues->env->out;
	char text[INSTANT_TEXT];

	out_safe(out, SAFE("as of "));
	out_text(out, str_make(text, instant_format(text, dues->now)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(", "));
	out_text(out, str_make(text, date_format(text, dues->today)),
		 ENCODE_TERMINAL);
	out_safe(out, SAFE(" in "));
	out_text(out, dues->clock.name, ENCODE_TERMINAL);
	out_safe(out, SAFE(" ("));
	out_text(out, dues->input->what, ENCODE_TERMINAL);
	out_safe(out, SAFE("); soon is within "));
	out_text(out, due_period(dues, &dues->within), ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < DUE_STATES; i++) {
		out_size(out, dues->counts[i]);
		out_safe(out, SAFE(" "));
		out_text(out, str_of(due_state_names[i]), ENCODE_TERMINAL);
		out_safe(out, i + 1 < DUE_STATES ? SAFE(", ") : SAFE("\n"));
	}
}

void due_write_text(const void *what)
{
	const struct dues *dues = what;
	struct row *rows =
		arena_array(dues->arena, struct row, dues->items.count);
	size_t widths[COLUMNS] = {0};

	for (size_t i = 0; i < dues->items.count; i++) {
		rows[i] = row_of(dues, &dues->items.at[i]);
		for (size_t k = 0; k < COLUMNS; k++) {
			size_t width = width_of(rows[i].cells[k].text);

			if (width > widths[k])
				widths[k] = width;
		}
	}
	for (size_t i = 0; i < DUE_STATES; i++)
		write_state(dues, rows, (enum due_state)i, widths);
	write_summary(dues);
}
