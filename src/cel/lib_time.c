/*
 * time: the fields of timestamps and durations (langdef, "Standard
 * Definitions"). Months, days of the month (getDayOfMonth), of the year and
 * of the week count from 0, getDate from 1; the week begins on Sunday.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/function.h"
#include "cel/zones.h"

enum { NANOS_OF_MILLI = 1000000 };

/* What clocks show in the zone that the second argument names, else in UTC.
 * False: *fail is the error. */
static bool civil_at(struct civil *out, struct cel_eval *eval,
		     const struct cel_value *args, size_t count,
		     struct cel_value *fail)
{
	const struct zone *zone = &zone_utc;
	struct instant at = cel_instant(args[0]);

	if (count > 1)
		zone = cel_zone_find(eval, args[1], fail);
	if (!zone)
		return false;
	*out = civil_of(at, zone_offset_at(zone, at.seconds));
	return true;
}

static int64_t day_of(const struct civil *civil)
{
	return days_of_date(civil->year, civil->month, civil->day);
}

static struct cel_value full_year(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail) ? cel_int(civil.year)
							  : fail;
}

static struct cel_value month(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(civil.month - 1)
		       : fail;
}

static struct cel_value date(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail) ? cel_int(civil.day)
							  : fail;
}

static struct cel_value day_of_month(struct cel_eval *eval,
				     const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(civil.day - 1)
		       : fail;
}

static struct cel_value day_of_week(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(weekday_of_days(day_of(&civil)))
		       : fail;
}

static struct cel_value day_of_year(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(day_of(&civil) -
				 days_of_date(civil.year, 1, 1))
		       : fail;
}

static struct cel_value hours(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail) ? cel_int(civil.hour)
							  : fail;
}

static struct cel_value minutes(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(civil.minute)
		       : fail;
}

static struct cel_value seconds(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(civil.second)
		       : fail;
}

static struct cel_value milliseconds(struct cel_eval *eval,
				     const struct cel_value *args, size_t count)
{
	struct civil civil;
	struct cel_value fail;

	return civil_at(&civil, eval, args, count, &fail)
		       ? cel_int(civil.nanos / NANOS_OF_MILLI)
		       : fail;
}

/* ---- durations: the whole length in a unit, and the milliseconds that are
 * left over from whole seconds; towards zero */

static struct cel_value whole_hours(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_int(args[0].as.integer / 3600);
}

static struct cel_value whole_minutes(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	(void)eval;
	(void)count;
	return cel_int(args[0].as.integer / 60);
}

static struct cel_value whole_seconds(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	(void)eval;
	(void)count;
	return cel_int(args[0].as.integer);
}

static struct cel_value left_milliseconds(struct cel_eval *eval,
					  const struct cel_value *args,
					  size_t count)
{
	(void)eval;
	(void)count;
	return cel_int((int32_t)args[0].aux / NANOS_OF_MILLI);
}

#define OF_TIME(name, id, call)                                     \
	{name,                                                      \
	 "timestamp_to_" id,                                        \
	 "(timestamp) -> int",                                      \
	 CEL_RECEIVER,                                              \
	 CEL_COST_UNIT,                                             \
	 0,                                                         \
	 call,                                                      \
	 NULL},                                                     \
	{                                                           \
		name, "timestamp_to_" id "_with_tz",                \
			"(timestamp, string) -> int", CEL_RECEIVER, \
			CEL_COST_OWN, 0, call, cel_zone_check       \
	}
#define OF_DURATION(name, id, call)                                         \
	{                                                                   \
		name, "duration_to_" id, "(duration) -> int", CEL_RECEIVER, \
			CEL_COST_UNIT, 0, call, NULL                        \
	}

static const struct cel_overload overloads[] = {
	OF_TIME("getFullYear", "year", full_year),
	OF_TIME("getMonth", "month", month),
	OF_TIME("getDate", "day_of_month_1_based", date),
	OF_TIME("getDayOfMonth", "day_of_month", day_of_month),
	OF_TIME("getDayOfWeek", "day_of_week", day_of_week),
	OF_TIME("getDayOfYear", "day_of_year", day_of_year),
	OF_TIME("getHours", "hours", hours),
	OF_TIME("getMinutes", "minutes", minutes),
	OF_TIME("getSeconds", "seconds", seconds),
	OF_TIME("getMilliseconds", "milliseconds", milliseconds),
	OF_DURATION("getHours", "hours", whole_hours),
	OF_DURATION("getMinutes", "minutes", whole_minutes),
	OF_DURATION("getSeconds", "seconds", whole_seconds),
	OF_DURATION("getMilliseconds", "milliseconds", left_milliseconds),
};

const struct cel_library cel_library_time = {"time", overloads,
					     ARRAY_SIZE(overloads)};
