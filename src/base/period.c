/* SPDX-License-Identifier: Apache-2.0 */
#include "base/period.h"

#include <stdio.h>

enum { DAY = 86400, NANOS = 1000000000 };

#define MONTHS_MOST ((int64_t)PERIOD_YEARS * 12)
#define DAYS_MOST ((int64_t)PERIOD_YEARS * 366)
#define SECONDS_MOST (DAYS_MOST * DAY)

/* ---- text */

enum part { YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS };

static const struct unit {
	char letter;
	bool time; /* behind T */
	int64_t months, days, seconds;
} units[] = {
	[YEARS] = {'Y', false, 12, 0, 0},  [MONTHS] = {'M', false, 1, 0, 0},
	[WEEKS] = {'W', false, 0, 7, 0},   [DAYS] = {'D', false, 0, 1, 0},
	[HOURS] = {'H', true, 0, 0, 3600}, [MINUTES] = {'M', true, 0, 0, 60},
	[SECONDS] = {'S', true, 0, 0, 1},
};

static bool within(const struct period *p)
{
	return p->months <= MONTHS_MOST && p->months >= -MONTHS_MOST &&
	       p->days <= DAYS_MOST && p->days >= -DAYS_MOST &&
	       p->seconds <= SECONDS_MOST && p->seconds >= -SECONDS_MOST;
}

static bool wrong(struct error *err, str s, size_t at, const char *why)
{
	struct span span = {(uint32_t)at, (uint32_t)(at < s.len ? at + 1 : at)};

	return error_set_at(err, ERROR_SYNTAX, span,
			    "not an ISO 8601 duration: %s", why);
}

static bool is_digit(str s, size_t i)
{
	return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

/* Reads digits of a number that is at most SECONDS_MOST. */
static bool read_number(int64_t *out, str s, size_t *i)
{
	int64_t value = 0;

	for (; is_digit(s, *i); (*i)++) {
		value = value * 10 + (s.ptr[*i] - '0');
		if (value > SECONDS_MOST)
			return false;
	}
	*out = value;
	return true;
}

static bool read_fraction(int32_t *out, str s, size_t *i)
{
	int32_t unit = NANOS / 10;

	if (!is_digit(s, *i))
		return false;
	for (; is_digit(s, *i); (*i)++) {
		if (unit == 0)
			return false;
		*out += (s.ptr[*i] - '0') * unit;
		unit /= 10;
	}
	return true;
}

static bool add_part(struct period *p, enum part part, int64_t value)
{
	const struct unit *unit = &units[part];

	/* Each is at most SECONDS_MOST times 3600: no overflow. */
	p->months += value * unit->months;
	p->days += value * unit->days;
	p->seconds += value * unit->seconds;
	return within(p);
}

/* Reads one number and its letter; *next is the least part it may be. */
static bool read_part(struct period *p, str s, size_t *i, bool time, int *next,
		      struct error *err)
{
	size_t from = *i;
	int64_t value;
	bool fraction;
	int part;

	if (!is_digit(s, *i))
		return wrong(err, s, *i, "a number is missing");
	if (!read_number(&value, s, i))
		return wrong(err, s, from, "the number is too large");
	fraction = *i < s.len && (s.ptr[*i] == '.' || s.ptr[*i] == ',');
	if (fraction) {
		from = ++*i;
		if (!read_fraction(&p->nanos, s, i))
			return wrong(err, s, *i,
				     "a fraction has 1 to 9 digits");
	}
	for (part = *next; part <= SECONDS; part++) {
		if (*i < s.len && units[part].letter == s.ptr[*i] &&
		    units[part].time == time)
			break;
	}
	if (part > SECONDS)
		return wrong(err, s, *i,
			     time ? "H, M, S are expected here, in this order"
				  : "Y, M, D or W alone are expected here, in "
				    "this order");
	if (fraction && part != SECONDS)
		return wrong(err, s, from, "only seconds have a fraction");
	if (part == WEEKS && (from != 1 || *i + 1 != s.len))
		return wrong(err, s, *i, "weeks stand alone");
	if (!add_part(p, (enum part)part, value))
		return wrong(err, s, from, "the number is too large");
	*next = part + 1;
	(*i)++;
	return true;
}

bool period_parse(struct period *out, str s, struct error *err)
{
	struct period period = {0};
	bool time = false;
	int next = YEARS;
	size_t i = 1;

	if (s.len == 0 || s.ptr[0] != 'P')
		return wrong(err, s, 0, "it begins with P");
	if (s.len == 1)
		return wrong(err, s, 1, "a number is missing");
	while (i < s.len) {
		if (s.ptr[i] == 'T' && !time) {
			time = true;
			next = HOURS;
			i++;
		}
		if (!read_part(&period, s, &i, time, &next, err))
			return false;
	}
	*out = period;
	return true;
}

struct writer {
	char *to;
	size_t len;
	int64_t sign;
};

static void write_part(struct writer *writer, int64_t value, char letter)
{
	if (value != 0)
		writer->len += (size_t)snprintf(
			writer->to + writer->len, PERIOD_TEXT - writer->len,
			"%lld%c", (long long)(value * writer->sign), letter);
}

static void write_seconds(struct writer *writer, int64_t value, int32_t nanos)
{
	bool negative = (value < 0 || nanos < 0) && writer->sign > 0;
	long long whole = (long long)(value < 0 ? -value : value);
	int rest = nanos < 0 ? -nanos : nanos;
	char digits[16];
	int len;

	if (nanos == 0) {
		write_part(writer, value, 'S');
		return;
	}
	len = snprintf(digits, sizeof(digits), "%09d", rest);
	while (len > 1 && digits[len - 1] == '0')
		len--;
	writer->len += (size_t)snprintf(
		writer->to + writer->len, PERIOD_TEXT - writer->len,
		"%s%lld.%.*sS", negative ? "-" : "", whole, len, digits);
}

size_t period_format(char to[PERIOD_TEXT], const struct period *p)
{
	bool positive =
		p->months > 0 || p->days > 0 || p->seconds > 0 || p->nanos > 0;
	bool negative =
		p->months < 0 || p->days < 0 || p->seconds < 0 || p->nanos < 0;
	struct writer writer = {.to = to, .sign = 1};

	if (!positive && !negative)
		return (size_t)snprintf(to, PERIOD_TEXT, "P0D");
	if (!positive) {
		writer.sign = -1;
		to[writer.len++] = '-';
	}
	to[writer.len++] = 'P';
	write_part(&writer, p->months / 12, 'Y');
	write_part(&writer, p->months % 12, 'M');
	write_part(&writer, p->days, 'D');
	if (p->seconds != 0 || p->nanos != 0)
		to[writer.len++] = 'T';
	write_part(&writer, p->seconds / 3600, 'H');
	write_part(&writer, p->seconds / 60 % 60, 'M');
	write_seconds(&writer, p->seconds % 60, p->nanos);
	to[writer.len] = '\0';
	return writer.len;
}

/* ---- arithmetic */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Moves a date by months; a day past the end of its month is the last one. */
static void add_months(struct civil *civil, int64_t months)
{
	int64_t month = civil->year * 12 + civil->month - 1 + months;
	int most;

	civil->year = floor_div(month, 12);
	civil->month = (int)(month - civil->year * 12) + 1;
	most = days_in_month(civil->year, civil->month);
	if (civil->day > most)
		civil->day = most;
}

/* The sum without its bounds; periods within their limits cannot overflow. */
static struct instant sum_of(struct instant at, const struct period *p,
			     const struct zone *zone)
{
	struct instant sum = at;
	int64_t nanos;

	if (p->months != 0 || p->days != 0) {
		struct civil civil =
			civil_of(at, zone_offset_at(zone, at.seconds));

		add_months(&civil, p->months);
		date_of_days(&civil,
			     days_of_date(civil.year, civil.month, civil.day) +
				     p->days);
		sum = zone_instant(zone, &civil);
	}
	nanos = (int64_t)sum.nanos + p->nanos;
	sum.seconds += p->seconds + floor_div(nanos, NANOS);
	sum.nanos = (int32_t)(nanos - floor_div(nanos, NANOS) * NANOS);
	return sum;
}

bool period_plus(struct instant *out, struct instant at,
		 const struct period *period, const struct zone *zone,
		 struct error *err)
{
	struct instant sum = {0};
	bool fits = within(period);

	if (fits)
		sum = sum_of(at, period, zone ? zone : &zone_utc);
	if (!fits || sum.seconds < INSTANT_LEAST || sum.seconds > INSTANT_MOST)
		return error_set(err, ERROR_LIMIT,
				 "the date lies outside the years 1 to 9999");
	*out = sum;
	return true;
}

struct period period_negate(const struct period *p)
{
	return (struct period){-p->months, -p->days, -p->seconds, -p->nanos};
}

bool period_minus(struct instant *out, struct instant at,
		  const struct period *period, const struct zone *zone,
		  struct error *err)
{
	struct period negative = period_negate(period);

	return period_plus(out, at, &negative, zone, err);
}

bool period_add(struct period *out, const struct period *a,
		const struct period *b, struct error *err)
{
	struct period sum = {
		.months = a->months + b->months,
		.days = a->days + b->days,
		.seconds = a->seconds + b->seconds,
	};
	int64_t nanos = (int64_t)a->nanos + b->nanos;

	sum.seconds += nanos / NANOS;
	sum.nanos = (int32_t)(nanos % NANOS);
	/* Both parts keep one sign. */
	if (sum.seconds > 0 && sum.nanos < 0) {
		sum.seconds--;
		sum.nanos += NANOS;
	} else if (sum.seconds < 0 && sum.nanos > 0) {
		sum.seconds++;
		sum.nanos -= NANOS;
	}
	if (!within(&sum))
		return error_set(err, ERROR_LIMIT,
				 "the period is longer than %d years",
				 PERIOD_YEARS);
	*out = sum;
	return true;
}

/* ---- comparison */

/* How many days later `at` is after the months of `a` than after those of
 * `b`. */
static int64_t months_apart(const struct civil *at, const struct period *a,
			    const struct period *b)
{
	struct civil left = *at;
	struct civil right = *at;

	add_months(&left, a->months);
	add_months(&right, b->months);
	return days_of_date(left.year, left.month, left.day) -
	       days_of_date(right.year, right.month, right.day);
}

/* The sign of days and what a and b differ by besides months. */
static int sign_of(int64_t days, const struct period *a, const struct period *b)
{
	int64_t seconds =
		(days + a->days - b->days) * DAY + a->seconds - b->seconds;
	int32_t nanos = a->nanos - b->nanos;

	/* Two fractions differ by less than two seconds. */
	if (seconds > 1 || seconds < -1)
		return seconds < 0 ? -1 : 1;
	{
		int64_t all = seconds * NANOS + nanos;

		return all < 0 ? -1 : all > 0;
	}
}

/* Months of the Gregorian cycle repeat after 400 years; within a month only
 * the days that some month lacks can differ from the first. It ends early once
 * the two differ in what they decide. */
static void extremes(int64_t *least, int64_t *most, const struct period *a,
		     const struct period *b)
{
	static const int days[] = {1, 28, 29, 30, 31};
	struct civil at = {.year = 2000, .month = 1, .day = 1};

	*least = *most = months_apart(&at, a, b);
	for (at.year = 2000; at.year < 2400; at.year++) {
		for (at.month = 1; at.month <= 12; at.month++) {
			int last = days_in_month(at.year, at.month);

			for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
				int64_t apart;

				if (days[i] > last)
					break;
				at.day = days[i];
				apart = months_apart(&at, a, b);
				*least = apart < *least ? apart : *least;
				*most = apart > *most ? apart : *most;
			}
			if (sign_of(*least, a, b) != sign_of(*most, a, b))
				return;
		}
	}
}

enum period_order period_compare(const struct period *a, const struct period *b)
{
	struct civil anchor = {.year = 2001, .month = 1, .day = 1};
	/* No sum of months strays further from that of another anchor. */
	enum { STRAY = 10 };
	int64_t least = months_apart(&anchor, a, b);
	int64_t most = least;
	int low;
	int high;

	if (a->months != b->months) {
		low = sign_of(least - STRAY, a, b);
		high = sign_of(most + STRAY, a, b);
		if (low != high)
			extremes(&least, &most, a, b);
	}
	low = sign_of(least, a, b);
	high = sign_of(most, a, b);
	if (low != high)
		return PERIOD_UNDECIDED;
	return low < 0 ? PERIOD_LESS : low > 0 ? PERIOD_GREATER : PERIOD_EQUAL;
}

int period_compare_anchored(const struct period *a, const struct period *b)
{
	struct civil anchor = {.year = 2001, .month = 1, .day = 1};

	return sign_of(months_apart(&anchor, a, b), a, b);
}

/* ---- between two instants */

/* What `n` months, or days, are as a period. */
static struct period units_of(int64_t n, bool months)
{
	return (struct period){.months = months ? n : 0,
			       .days = months ? 0 : n};
}

/* The difference of the dates is n or n + 1, seldom more where a zone leaps
 * over a day. */
static int64_t between(struct instant a, struct instant b,
		       const struct zone *zone, bool months)
{
	struct civil from = civil_of(a, zone_offset_at(zone, a.seconds));
	struct civil to = civil_of(b, zone_offset_at(zone, b.seconds));
	int64_t n =
		months ? (to.year - from.year) * 12 + to.month - from.month
		       : days_of_date(to.year, to.month, to.day) -
				 days_of_date(from.year, from.month, from.day);
	struct period period = units_of(n, months);

	while (instant_compare(sum_of(a, &period, zone), b) > 0)
		period = units_of(--n, months);
	return n;
}

int64_t months_between(struct instant a, struct instant b,
		       const struct zone *zone)
{
	if (instant_compare(a, b) > 0)
		return -months_between(b, a, zone);
	return between(a, b, zone ? zone : &zone_utc, true);
}

int64_t days_between(struct instant a, struct instant b,
		     const struct zone *zone)
{
	if (instant_compare(a, b) > 0)
		return -days_between(b, a, zone);
	return between(a, b, zone ? zone : &zone_utc, false);
}
