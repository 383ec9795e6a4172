/*
 * due_ics - the deadlines as a calendar: RFC 5545.
 *
 * One event for each, with an identifier that stays while record, obligation
 * and item do, so that a calendar that reads the file again moves the event
 * and makes no second one. The time of writing is that of judgement: the same
 * records and moment give the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"
#include "cmd/due.h"

enum { LINE_MOST = 1 << 20, UID_DIGITS = 32 };

struct calendar_file {
	const struct dues *dues;
	struct out line;
};

static void end_line(struct calendar_file *file)
{
	out_fold(file->dues->env->out, &file->line);
	out_clear(&file->line);
}

static void fixed(struct calendar_file *file, struct safe line)
{
	out_safe(&file->line, line);
	end_line(file);
}

static void text(struct calendar_file *file, struct safe name, str value)
{
	out_safe(&file->line, name);
	out_text(&file->line, value, ENCODE_CALENDAR);
	end_line(file);
}

/* "20261121T100000Z", or "20261121" of a date. */
static str stamp(const struct dues *dues, struct instant at, bool exact)
{
	struct civil civil = civil_of(at, 0);
	str day = str_format(dues->arena, "%04d%02d%02d", (int)civil.year,
			     civil.month, civil.day);

	return exact ? str_format(dues->arena, STR_FMT "T%02d%02d%02dZ",
				  STR_ARG(day), civil.hour, civil.minute,
				  civil.second)
		     : day;
}

static str uid(const struct dues *dues, const struct due *due)
{
	unsigned char sum[SHA256_RAW];
	char hex[SHA256_HEX + 1];
	struct sha256 sha;

	sha256_start(&sha);
	sha256_add(&sha, due->obligation->id);
	sha256_add(&sha, STR("\n"));
	sha256_add(&sha, due_record(dues, due));
	sha256_add(&sha, STR("\n"));
	sha256_add(&sha, due->item);
	sha256_finish(&sha, sum);
	sha256_format(hex, sum);
	return str_format(dues->arena, "%.*s@abide", UID_DIGITS, hex);
}

static str summary(const struct dues *dues, const struct due *due)
{
	str record = due_record(dues, due);

	return str_format(
		dues->arena, "%s" STR_FMT "%s" STR_FMT "%s" STR_FMT "%s",
		due->state == DUE_OVERDUE ? "Overdue: " : "",
		STR_ARG(due->obligation->title), record.ptr ? ": " : "",
		STR_ARG(record), due->item.ptr ? " (" : "", STR_ARG(due->item),
		due->item.ptr ? ")" : "");
}

static str description(const struct dues *dues, const struct due *due)
{
	str law = due_law(dues, due);
	str length = due_period(dues, &due->length);
	bool has = due_has(&due->length);

	return str_format(
		dues->arena,
		"Law: " STR_FMT "\nWho: " STR_FMT "\nSource: " STR_FMT
		"%s" STR_FMT "%s" STR_FMT,
		STR_ARG(law),
		STR_ARG(due->who.ptr ? due->who : STR("nobody is named")),
		STR_ARG(due->source), has ? ", " : "",
		STR_ARG(has ? length : STR("")),
		due->obligation->reading.ptr ? "\nReading: " : "",
		STR_ARG(due->obligation->reading));
}

/* What was never done is due on the day of judgement. */
static void write_event(struct calendar_file *file, const struct due *due)
{
	const struct dues *dues = file->dues;
	bool exact = due->known && due->obligation->exact;
	struct instant at = due->known ? due->at : dues->today;

	fixed(file, SAFE("BEGIN:VEVENT"));
	text(file, SAFE("UID:"), uid(dues, due));
	text(file, SAFE("DTSTAMP:"), stamp(dues, dues->now, true));
	text(file, exact ? SAFE("DTSTART:") : SAFE("DTSTART;VALUE=DATE:"),
	     stamp(dues, at, exact));
	text(file, SAFE("SUMMARY:"), summary(dues, due));
	text(file, SAFE("DESCRIPTION:"), description(dues, due));
	text(file, SAFE("CATEGORIES:"), str_of(due_state_names[due->state]));
	fixed(file, SAFE("TRANSP:TRANSPARENT"));
	fixed(file, SAFE("END:VEVENT"));
}

void due_write_ics(const void *what)
{
	const struct dues *dues = what;
	struct calendar_file file = {.dues = dues};

	out_init(&file.line, LINE_MOST);
	fixed(&file, SAFE("BEGIN:VCALENDAR"));
	fixed(&file, SAFE("VERSION:2.0"));
	fixed(&file, SAFE("PRODID:-//abide//due//EN"));
	fixed(&file, SAFE("CALSCALE:GREGORIAN"));
	for (size_t i = 0; i < dues->items.count; i++)
		write_event(&file, &dues->items.at[i]);
	fixed(&file, SAFE("END:VCALENDAR"));
	out_done(&file.line);
}
