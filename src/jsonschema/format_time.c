/* Dates, times and durations (RFC 3339 section 5.6 and appendix A). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"
#include "jsonschema/format_check.h"

/* Reads two digits at `i`; -1 when there are none. */
static int two_digits(str text, size_t i)
{
	if (text.len < i + 2 || !ascii_digit(text.ptr[i]) ||
	    !ascii_digit(text.ptr[i + 1]))
		return -1;
	return (text.ptr[i] - '0') * 10 + text.ptr[i + 1] - '0';
}

bool format_is_date(str text)
{
	int century = two_digits(text, 0);
	int year = two_digits(text, 2);
	int month = two_digits(text, 5);
	int day = two_digits(text, 8);

	if (text.len != 10 || century < 0 || year < 0 || text.ptr[4] != '-' ||
	    text.ptr[7] != '-' || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days_in_month(century * 100 + year, month);
}

/* The offset in minutes that fills `text`. */
static bool read_offset(int *minutes, str text)
{
	int hour = two_digits(text, 1);
	int minute = two_digits(text, 4);

	if (text.len == 1 && (text.ptr[0] == 'Z' || text.ptr[0] == 'z')) {
		*minutes = 0;
		return true;
	}
	if (text.len != 6 || (text.ptr[0] != '+' && text.ptr[0] != '-') ||
	    text.ptr[3] != ':' || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59)
		return false;
	*minutes = hour * 60 + minute;
	if (text.ptr[0] == '-')
		*minutes = -*minutes;
	return true;
}

/* A leap second stands at the end of a day of UTC. */
bool format_is_time(str text)
{
	int hour = two_digits(text, 0);
	int minute = two_digits(text, 3);
	int second = two_digits(text, 6);
	int offset;
	size_t i = 8;

	if (text.len < 9 || hour < 0 || hour > 23 || text.ptr[2] != ':' ||
	    minute < 0 || minute > 59 || text.ptr[5] != ':' || second < 0 ||
	    second > 60)
		return false;
	if (text.ptr[i] == '.') {
		i++;
		while (i < text.len && ascii_digit(text.ptr[i]))
			i++;
		if (i == 9)
			return false;
	}
	if (!read_offset(&offset, str_slice(text, i, text.len)))
		return false;
	return second < 60 ||
	       (hour * 60 + minute - offset + 2 * 1440) % 1440 == 1439;
}

bool format_is_date_time(str text)
{
	return text.len > 11 && (text.ptr[10] == 'T' || text.ptr[10] == 't') &&
	       format_is_date(str_slice(text, 0, 10)) &&
	       format_is_time(str_slice(text, 11, text.len));
}

/* Reads one or more digits and a unit, and says the unit's place in `units`,
 * or -1. */
static int next_unit(str text, size_t *i, const char *units)
{
	size_t begin = *i;
	const char *unit;

	while (*i < text.len && ascii_digit(text.ptr[*i]))
		++*i;
	if (*i == begin || *i == text.len || text.ptr[*i] == '\0')
		return -1;
	unit = strchr(units, text.ptr[(*i)++]);
	return unit ? (int)(unit - units) : -1;
}

/* A run of units without a gap, as the grammar nests them: Y M D, H M S. */
static bool read_units(str text, size_t *i, const char *units)
{
	int last = next_unit(text, i, units);

	if (last < 0)
		return false;
	while (*i < text.len && text.ptr[*i] != 'T') {
		int unit = next_unit(text, i, units);

		if (unit != last + 1)
			return false;
		last = unit;
	}
	return true;
}

static bool is_weeks(str text)
{
	size_t i = 1;

	return next_unit(text, &i, "W") == 0 && i == text.len;
}

bool format_is_duration(str text)
{
	size_t i = 1;

	if (text.len < 2 || text.ptr[0] != 'P')
		return false;
	if (is_weeks(text))
		return true;
	if (text.ptr[i] != 'T' && !read_units(text, &i, "YMD"))
		return false;
	if (i == text.len)
		return true;
	i++;
	return read_units(text, &i, "HMS") && i == text.len;
}
