/*
 * instant - a moment on the UTC time line, years 0001 to 9999, and its
 * calendar.
 *
 * Proleptic Gregorian, no leap seconds (RFC 3339 section 5.6; a second of 60
 * is refused). Nothing here asks a clock: `now` is handed in from main.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include "base/str.h"

struct instant {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	int32_t nanos;	 /* 0 to 999,999,999, also before 1970 */
};

/* A moment taken apart in some zone. */
struct civil {
	int64_t year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
	int hour, minute, second;
	int32_t nanos;
};

#define INSTANT_LEAST INT64_C(-62135596800)
#define INSTANT_MOST INT64_C(253402300799)

int instant_compare(struct instant a, struct instant b);

/* Days since 1970-01-01 of a date, and the date of a day. */
int64_t days_of_date(int64_t year, int month, int day);
void date_of_days(struct civil *out, int64_t days);

/* 28 to 31. */
int days_in_month(int64_t year, int month);

/* Takes an instant apart at an offset from UTC in seconds, and joins. */
struct civil civil_of(struct instant at, int32_t offset);
struct instant instant_of(const struct civil *civil, int32_t offset);

/* 0 is Sunday. */
int weekday_of_days(int64_t days);

/* Reads "2026-11-21". False: it is not such a date. */
MUST_USE bool date_parse(struct instant *out, str s);

/* Reads an RFC 3339 date-time with its offset (any case of T and Z). */
MUST_USE bool instant_parse(struct instant *out, str s);

enum { INSTANT_TEXT = 40 };

/* Writes "2026-11-21T10:00:00Z" with as many of 3, 6 or 9 digits of fraction
 * as are needed; returns the length. */
size_t instant_format(char to[INSTANT_TEXT], struct instant at);

/* Writes "2026-11-21". */
size_t date_format(char to[INSTANT_TEXT], struct instant at);

#endif
