/* SPDX-License-Identifier: Apache-2.0 */
#include "base/calendar.h"

enum {
	SEARCH = 3660, /* days: ten years without work are a mistake */
	WORKING_MOST = 3660000,
};

static bool is_holiday(const struct calendar *calendar, int64_t day)
{
	size_t low = 0;
	size_t high = calendar->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->holidays[middle] == day)
			return true;
		if (calendar->holidays[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool calendar_is_working(const struct calendar *calendar, int64_t day)
{
	if (calendar->weekend >> weekday_of_days(day) & 1)
		return false;
	return !is_holiday(calendar, day);
}

static bool seek(int64_t *out, const struct calendar *calendar, int64_t day,
		 int step, struct error *err)
{
	for (int i = 0; i < SEARCH; i++) {
		if (calendar_is_working(calendar, day)) {
			*out = day;
			return true;
		}
		day += step;
	}
	return error_set(err, ERROR_CONFIG,
			 "the calendar has no working day in ten years");
}

bool calendar_next_working(int64_t *out, const struct calendar *calendar,
			   int64_t day, struct error *err)
{
	return seek(out, calendar, day, 1, err);
}

bool calendar_add_working(int64_t *out, const struct calendar *calendar,
			  int64_t day, int64_t count, struct error *err)
{
	int step = count < 0 ? -1 : 1;

	if (count > WORKING_MOST || count < -WORKING_MOST)
		return error_set(err, ERROR_LIMIT,
				 "at most %d working days can be added",
				 WORKING_MOST);
	if (count == 0)
		return seek(out, calendar, day, 1, err);
	for (; count != 0; count -= step) {
		if (!seek(&day, calendar, day + step, step, err))
			return false;
	}
	*out = day;
	return true;
}

int64_t calendar_count_working(const struct calendar *calendar, int64_t from,
			       int64_t to)
{
	int64_t count = 0;
	int64_t day = from;

	/* Whole weeks first; then the holidays that fell on their workdays. */
	for (; day < to && (to - day) % 7 != 0; day++)
		count += !(calendar->weekend >> weekday_of_days(day) & 1);
	for (int weekday = 0; weekday < 7 && day < to; weekday++)
		count += (to - day) / 7 * !(calendar->weekend >> weekday & 1);
	for (size_t i = 0; i < calendar->count; i++) {
		day = calendar->holidays[i];
		if (i > 0 && calendar->holidays[i - 1] == day)
			continue;
		if (day >= from && day < to &&
		    !(calendar->weekend >> weekday_of_days(day) & 1))
			count--;
	}
	return count;
}

static struct civil local_of(struct instant at, const struct zone *zone)
{
	return civil_of(at, zone_offset_at(zone, at.seconds));
}

bool calendar_roll(struct instant *out, struct instant at,
		   const struct calendar *calendar, const struct zone *zone,
		   struct error *err)
{
	struct civil civil;
	int64_t day;
	int64_t next;

	zone = zone ? zone : &zone_utc;
	civil = local_of(at, zone);
	day = days_of_date(civil.year, civil.month, civil.day);
	if (!calendar_next_working(&next, calendar, day, err))
		return false;
	if (next == day) {
		*out = at;
		return true;
	}
	date_of_days(&civil, next);
	*out = zone_instant(zone, &civil);
	return true;
}

/* The instant `seconds` after midnight on the clock of a day. */
static struct instant time_of_day(int64_t day, int32_t seconds,
				  const struct zone *zone)
{
	struct civil civil = {.hour = seconds / 3600,
			      .minute = seconds / 60 % 60,
			      .second = seconds % 60};

	date_of_days(&civil, day);
	return zone_instant(zone, &civil);
}

bool calendar_end_of_day(struct instant *out, struct instant at,
			 const struct calendar *calendar,
			 const struct zone *zone, struct error *err)
{
	int32_t closing = calendar->closing;
	struct instant end;
	struct civil civil;
	int64_t day;

	zone = zone ? zone : &zone_utc;
	civil = local_of(at, zone);
	day = days_of_date(civil.year, civil.month, civil.day);
	if (closing > 0 &&
	    civil.hour * 3600 + civil.minute * 60 + civil.second >= closing)
		day++;
	if (!calendar_next_working(&day, calendar, day, err))
		return false;
	end = closing > 0 ? time_of_day(day, closing, zone)
			  : time_of_day(day + 1, 0, zone);
	*out = (struct instant){end.seconds - 1, 999999999};
	return true;
}
