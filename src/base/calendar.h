/*
 * calendar - which days an organisation works.
 *
 * The weekend and the holidays are handed in; nothing is built in. Days count
 * from 1970-01-01 as in base/instant.h.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/error.h"
#include "base/instant.h"
#include "base/zone.h"

struct calendar {
	unsigned char weekend;	 /* bit 0 is Sunday, bit 6 Saturday */
	const int64_t *holidays; /* sorted; borrowed */
	size_t count;
	int32_t closing; /* seconds after midnight; 0: work ends with the day */
};

enum { WEEKEND_SATURDAY_SUNDAY = 1 << 6 | 1 << 0 };

bool calendar_is_working(const struct calendar *calendar, int64_t day);

/* The day itself if it is worked on, else the next one that is. ERROR_CONFIG:
 * there is none within ten years. */
MUST_USE bool calendar_next_working(int64_t *out,
				    const struct calendar *calendar,
				    int64_t day, struct error *err);

/* The working day `count` working days after `day` (before it, if negative);
 * with count 0 as calendar_next_working. Regulation (EEC, Euratom) No 1182/71
 * counts so: the day of the event is not included. */
MUST_USE bool calendar_add_working(int64_t *out,
				   const struct calendar *calendar, int64_t day,
				   int64_t count, struct error *err);

/* Working days in [from, to). */
int64_t calendar_count_working(const struct calendar *calendar, int64_t from,
			       int64_t to);

/* Moves an instant on a day off to the same time on the clock of the next
 * working day in a zone (NULL: UTC). */
MUST_USE bool calendar_roll(struct instant *out, struct instant at,
			    const struct calendar *calendar,
			    const struct zone *zone, struct error *err);

/* The last nanosecond of the business day in which `at` falls in a zone (NULL:
 * UTC): a day off, or the time from `closing` on, counts for the next working
 * day. */
MUST_USE bool calendar_end_of_day(struct instant *out, struct instant at,
				  const struct calendar *calendar,
				  const struct zone *zone, struct error *err);

#endif
