/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include <stdio.h>

enum { DAY = 86400 };

int instant_compare(struct instant a, struct instant b)
{
	if (a.seconds != b.seconds)
		return a.seconds < b.seconds ? -1 : 1;
	return a.nanos < b.nanos ? -1 : a.nanos > b.nanos;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Both directions count years from March, so that the leap day comes last
 * (the method of E. G. Richards, "Calendars", 1998). */
int64_t days_of_date(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t from_march = (month + 9) % 12;
	int64_t day_of_year = (153 * from_march + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

void date_of_days(struct civil *out, int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t day_of_era = shifted - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
			       day_of_era / 36524 - day_of_era / 146096) /
			      365;
	int64_t day_of_year =
		day_of_era -
		(365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;

	out->day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
	out->month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	out->year = year_of_era + era * 400 + (out->month <= 2);
}

int days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

struct civil civil_of(struct instant at, int32_t offset)
{
	int64_t local = at.seconds + offset;
	int64_t days = floor_div(local, DAY);
	int rest = (int)(local - days * DAY);
	struct civil civil = {
		.hour = rest / 3600,
		.minute = rest / 60 % 60,
		.second = rest % 60,
		.nanos = at.nanos,
	};

	date_of_days(&civil, days);
	return civil;
}

struct instant instant_of(const struct civil *civil, int32_t offset)
{
	int64_t days = days_of_date(civil->year, civil->month, civil->day);

	return (struct instant){
		.seconds = days * DAY + civil->hour * 3600 +
			   civil->minute * 60 + civil->second - offset,
		.nanos = civil->nanos,
	};
}

int weekday_of_days(int64_t days)
{
	return (int)(days + 4 - floor_div(days + 4, 7) * 7);
}

/* Reads exactly `count` digits at *i. */
static bool digits(int *out, str s, size_t *i, size_t count)
{
	int value = 0;

	if (*i + count > s.len)
		return false;
	for (size_t k = 0; k < count; k++) {
		char c = s.ptr[*i + k];

		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	*i += count;
	*out = value;
	return true;
}

static bool one_of(str s, size_t *i, const char *bytes)
{
	if (*i >= s.len || s.ptr[*i] == '\0' || !strchr(bytes, s.ptr[*i]))
		return false;
	(*i)++;
	return true;
}

static bool read_date(struct civil *out, str s, size_t *i)
{
	int year = 0;

	if (!digits(&year, s, i, 4) || !one_of(s, i, "-") ||
	    !digits(&out->month, s, i, 2) || !one_of(s, i, "-") ||
	    !digits(&out->day, s, i, 2))
		return false;
	out->year = year;
	return year >= 1 && out->month >= 1 && out->month <= 12 &&
	       out->day >= 1 && out->day <= days_in_month(year, out->month);
}

bool date_parse(struct instant *out, str s)
{
	struct civil civil = {0};
	size_t i = 0;

	if (!read_date(&civil, s, &i) || i != s.len)
		return false;
	*out = instant_of(&civil, 0);
	return true;
}

/* Reads ".5" to ".123456789"; more digits are cut off. */
static bool read_fraction(struct civil *out, str s, size_t *i)
{
	int32_t unit = 100000000;

	if (!one_of(s, i, "."))
		return true;
	if (*i >= s.len || s.ptr[*i] < '0' || s.ptr[*i] > '9')
		return false;
	while (*i < s.len && s.ptr[*i] >= '0' && s.ptr[*i] <= '9') {
		out->nanos += (s.ptr[*i] - '0') * unit;
		unit /= 10;
		(*i)++;
	}
	return true;
}

static bool read_offset(int32_t *out, str s, size_t *i)
{
	int sign = *i < s.len && s.ptr[*i] == '-' ? -1 : 1;
	int hours = 0;
	int minutes = 0;

	*out = 0;
	if (one_of(s, i, "Zz"))
		return true;
	if (!one_of(s, i, "+-") || !digits(&hours, s, i, 2) ||
	    !one_of(s, i, ":") || !digits(&minutes, s, i, 2) || hours > 23 ||
	    minutes > 59)
		return false;
	*out = sign * (hours * 3600 + minutes * 60);
	return true;
}

bool instant_parse(struct instant *out, str s)
{
	struct civil civil = {0};
	struct instant at;
	int32_t offset = 0;
	size_t i = 0;

	if (!read_date(&civil, s, &i) || !one_of(s, &i, "Tt") ||
	    !digits(&civil.hour, s, &i, 2) || !one_of(s, &i, ":") ||
	    !digits(&civil.minute, s, &i, 2) || !one_of(s, &i, ":") ||
	    !digits(&civil.second, s, &i, 2) || !read_fraction(&civil, s, &i) ||
	    !read_offset(&offset, s, &i) || i != s.len || civil.hour > 23 ||
	    civil.minute > 59 || civil.second > 59)
		return false;
	at = instant_of(&civil, offset);
	if (at.seconds < INSTANT_LEAST || at.seconds > INSTANT_MOST)
		return false;
	*out = at;
	return true;
}

size_t instant_format(char to[INSTANT_TEXT], struct instant at)
{
	struct civil civil = civil_of(at, 0);
	int len = snprintf(to, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d",
			   (int)civil.year, civil.month, civil.day, civil.hour,
			   civil.minute, civil.second);
	size_t at_end = (size_t)len;

	if (at.nanos != 0) {
		int width = at.nanos % 1000000 == 0 ? 3
			    : at.nanos % 1000 == 0  ? 6
						    : 9;
		int value = width == 3	 ? at.nanos / 1000000
			    : width == 6 ? at.nanos / 1000
					 : at.nanos;

		len = snprintf(to + at_end, INSTANT_TEXT - at_end, ".%0*d",
			       width, value);
		at_end += (size_t)len;
	}
	to[at_end++] = 'Z';
	to[at_end] = '\0';
	return at_end;
}

size_t date_format(char to[INSTANT_TEXT], struct instant at)
{
	struct civil civil = civil_of(at, 0);

	return (size_t)snprintf(to, INSTANT_TEXT, "%04d-%02d-%02d",
				(int)civil.year, civil.month, civil.day);
}
