/*
 * period - a length of time as law and contracts name it: ISO 8601 durations.
 *
 * Months, days and seconds are kept apart, because none is a fixed number of
 * the other: P24M is P2Y, and neither is P730D. A fortnight P2W is P14D.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include "base/error.h"
#include "base/instant.h"
#include "base/zone.h"

struct period {
	int64_t months; /* each at most PERIOD_YEARS long, of either sign */
	int64_t days;
	int64_t seconds;
	int32_t nanos; /* -999,999,999 to 999,999,999, signed as seconds */
};

enum { PERIOD_YEARS = 9999, PERIOD_TEXT = 80 };

/* Reads P1Y2M10DT2H30M, PT0.5S, P2W: capital letters, no sign, units in order
 * and once each, a fraction of seconds only (up to 9 digits), at least one
 * unit, weeks alone (ISO 8601-1:2019 5.5.2). The error's span is in `s`. */
MUST_USE bool period_parse(struct period *out, str s, struct error *err);

/* Writes the canonical text (P2Y, P14D, PT72H, P0D; a minus sign in front when
 * nothing is positive, else at each part) and returns its length. */
size_t period_format(char to[PERIOD_TEXT], const struct period *period);

/* Adds on the calendar of a zone (NULL: UTC): months first, a day past the end
 * of its month becomes the last one (31 January + P1M is 28 or 29 February),
 * then days, both keeping the time on the clock; then seconds as they pass.
 * ERROR_LIMIT: the sum lies outside the years 1 to 9999. */
MUST_USE bool period_plus(struct instant *out, struct instant at,
			  const struct period *period, const struct zone *zone,
			  struct error *err);
MUST_USE bool period_minus(struct instant *out, struct instant at,
			   const struct period *period, const struct zone *zone,
			   struct error *err);

/* Adds unit by unit. ERROR_LIMIT: a unit is longer than PERIOD_YEARS. */
MUST_USE bool period_add(struct period *out, const struct period *a,
			 const struct period *b, struct error *err);

struct period period_negate(const struct period *period);

enum period_order {
	PERIOD_LESS,
	PERIOD_EQUAL,
	PERIOD_GREATER,
	PERIOD_UNDECIDED, /* it depends on the day they are counted from */
};

/* Compares the lengths counted from every day of the calendar, days being of
 * 24 hours: P1M is less than P32D and greater than P27D; against P30D it is
 * undecided, and so is P12M against P365D. */
enum period_order period_compare(const struct period *a,
				 const struct period *b);

/* Compares the lengths counted from 2001-01-01: negative, 0, positive. */
int period_compare_anchored(const struct period *a, const struct period *b);

/* Whole months and days from `a` until `b` on the calendar of a zone (NULL:
 * UTC): the largest n for which a + n is not past b; negative if b is before
 * a. */
int64_t months_between(struct instant a, struct instant b,
		       const struct zone *zone);
int64_t days_between(struct instant a, struct instant b,
		     const struct zone *zone);

#endif
