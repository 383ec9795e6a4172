/*
 * period: calendar arithmetic on timestamps, periods and working days, on
 * base/period.h and base/calendar.h. A last argument that is a string names
 * the zone whose clocks are meant; without it they are those of UTC.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cel/function.h"
#include "cel/period.h"
#include "cel/text.h"
#include "cel/zones.h"

enum {
	COMPARE_COST = 10000, /* about a millisecond: every day of 400 years */
	COMPARE_NEAR = 10,    /* days within which two periods are near */
	SEARCH_COST = 5,
	SEARCH_SHARE = 8, /* holidays passed over for one unit */
};

/* The arguments of a call, taken apart. */
struct call {
	struct cel_eval *eval;
	struct instant at;
	const struct zone *zone;
	struct cel_value fail;
	struct error err;
};

/* The zone is the argument number `zone`, if there are so many. False:
 * call->fail is set. */
static bool start(struct call *call, struct cel_eval *eval,
		  const struct cel_value *args, size_t count, size_t zone)
{
	*call = (struct call){
		.eval = eval, .at = cel_instant(args[0]), .zone = &zone_utc};
	if (count > zone)
		call->zone = cel_zone_find(eval, args[zone], &call->fail);
	return call->zone != NULL;
}

/* What a function of base says, as an error value. */
static struct cel_value said(struct cel_eval *eval, const struct error *err)
{
	return cel_fail_text(eval, CEL_FAULT_ARGUMENT,
			     str_keep(eval->arena, error_text(err)),
			     cel_null());
}

static struct cel_value moved(struct call *call, bool done,
			      const struct instant *to)
{
	return done ? cel_timestamp(*to) : said(call->eval, &call->err);
}

static int64_t day_at(struct instant at, const struct zone *zone)
{
	struct civil civil = civil_of(at, zone_offset_at(zone, at.seconds));

	return days_of_date(civil.year, civil.month, civil.day);
}

/* ---- making values */

static struct cel_value period_of(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)count;
	return cel_period_of_text(eval, cel_str(args[0]));
}

static struct cel_value itself(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return args[0];
}

/* A constant text that is no period is refused before anything runs. */
static const struct cel_type *check_period(
	const struct cel_env *env, const struct cel_type *const *args,
	const struct cel_value *const *consts, size_t count, struct error *err)
{
	struct period period;

	(void)env;
	(void)args;
	(void)count;
	if (consts[0] && consts[0]->tag == CEL_STRING &&
	    !period_parse(&period, cel_str(*consts[0]), err))
		err->placed = false; /* the place is the call */
	return NULL;
}

static struct cel_value period_text(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	char text[PERIOD_TEXT];
	size_t len = period_format(text, cel_period_at(args[0]));

	(void)count;
	return cel_string(str_keep(eval->arena, str_make(text, len)));
}

static struct cel_value date_of(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct instant at;

	(void)count;
	if (date_parse(&at, cel_str(args[0])))
		return cel_timestamp(at);
	return cel_fail_text(eval, CEL_FAULT_CONVERSION, STR("date"), args[0]);
}

static const struct cel_type *check_date(const struct cel_env *env,
					 const struct cel_type *const *args,
					 const struct cel_value *const *consts,
					 size_t count, struct error *err)
{
	struct instant at;

	(void)env;
	(void)args;
	(void)count;
	if (consts[0] && consts[0]->tag == CEL_STRING &&
	    !date_parse(&at, cel_str(*consts[0])))
		(void)error_set(err, ERROR_CONFIG,
				"this is no date: write one as 2026-11-21");
	return NULL;
}

static int compare_days(const void *a, const void *b)
{
	const int64_t *x = a;
	const int64_t *y = b;

	return (*x > *y) - (*x < *y);
}

/* Reads the holidays into call order; NULL: *fail is the error. */
static struct calendar *read_holidays(struct cel_eval *eval,
				      struct cel_value list,
				      struct cel_value *fail)
{
	size_t count = cel_list_size(list);
	struct calendar *calendar;
	int64_t *days;

	if (!cel_charge(eval, 2 * count + 1)) {
		*fail = cel_spent(eval);
		return NULL;
	}
	days = arena_array(eval->arena, int64_t, count);
	for (size_t i = 0; i < count; i++) {
		struct cel_value v = cel_list_at(eval, list, i);

		if (v.tag != CEL_TIMESTAMP) {
			*fail = cel_is_error(v)
					? v
					: cel_fail_text(eval,
							CEL_FAULT_NO_OVERLOAD,
							STR("calendar"), v);
			return NULL;
		}
		days[i] = day_at(cel_instant(v), &zone_utc);
	}
	qsort(days, count, sizeof(*days), compare_days);
	calendar = arena_new(eval->arena, struct calendar);
	*calendar = (struct calendar){.weekend = WEEKEND_SATURDAY_SUNDAY,
				      .holidays = days,
				      .count = count};
	return calendar;
}

static struct cel_value calendar_of(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	struct calendar *calendar = read_holidays(eval, args[0], &fail);

	if (!calendar)
		return fail;
	if (count > 1) {
		int64_t closing = args[1].as.integer;

		if (closing < 0 || closing > 86400 || args[1].aux)
			return cel_fail_text(
				eval, CEL_FAULT_ARGUMENT,
				STR("work ends within the 24 hours of a day, "
				    "at a whole second"),
				args[1]);
		calendar->closing = closing == 86400 ? 0 : (int32_t)closing;
	}
	return cel_calendar(eval->arena, calendar);
}

/* ---- timestamps and periods */

static struct cel_value plus(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	struct call call;
	struct instant to;

	if (!start(&call, eval, args, count, 2))
		return call.fail;
	return moved(&call,
		     period_plus(&to, call.at, cel_period_at(args[1]),
				 call.zone, &call.err),
		     &to);
}

static struct cel_value minus(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	struct call call;
	struct instant to;

	if (!start(&call, eval, args, count, 2))
		return call.fail;
	return moved(&call,
		     period_minus(&to, call.at, cel_period_at(args[1]),
				  call.zone, &call.err),
		     &to);
}

static struct cel_value months_until(struct cel_eval *eval,
				     const struct cel_value *args, size_t count)
{
	struct call call;

	if (!start(&call, eval, args, count, 2))
		return call.fail;
	return cel_int(
		months_between(call.at, cel_instant(args[1]), call.zone));
}

static struct cel_value days_until(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct call call;

	if (!start(&call, eval, args, count, 2))
		return call.fail;
	return cel_int(days_between(call.at, cel_instant(args[1]), call.zone));
}

/* The date on the clock, as a timestamp at midnight UTC. */
static struct cel_value date_at(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct call call;

	if (!start(&call, eval, args, count, 1))
		return call.fail;
	return cel_timestamp(
		(struct instant){day_at(call.at, call.zone) * 86400, 0});
}

/* Is the instant within a period before or after another? */
static struct cel_value is_within(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct period *period = cel_period_at(args[1]);
	struct instant at = cel_instant(args[0]);
	struct instant middle = cel_instant(args[2]);
	struct instant from;
	struct instant to;
	struct error err;

	(void)count;
	if (!period_minus(&from, middle, period, NULL, &err) ||
	    !period_plus(&to, middle, period, NULL, &err))
		return said(eval, &err);
	return cel_bool(instant_compare(from, at) <= 0 &&
			instant_compare(at, to) <= 0);
}

/* ---- periods among themselves */

/* Are they so near each other that comparing tries every day there is? */
static bool are_near(const struct period *a, const struct period *b)
{
	struct period less = *a;
	struct period more = *a;

	less.days -= COMPARE_NEAR;
	more.days += COMPARE_NEAR;
	return a->months != b->months &&
	       period_compare_anchored(&less, b) !=
		       period_compare_anchored(&more, b);
}

/* Compares the instants that both end at when they start at a third. */
static bool compare_from(int *out, struct cel_eval *eval,
			 const struct cel_value *args, struct cel_value *fail)
{
	struct instant from = cel_instant(args[2]);
	struct instant a;
	struct instant b;
	struct error err;

	if (!period_plus(&a, from, cel_period_at(args[0]), NULL, &err) ||
	    !period_plus(&b, from, cel_period_at(args[1]), NULL, &err)) {
		*fail = said(eval, &err);
		return false;
	}
	*out = instant_compare(a, b);
	return true;
}

/* Negative, 0 or positive. False: *fail is the error. */
static bool compare(int *out, struct cel_eval *eval,
		    const struct cel_value *args, size_t count,
		    struct cel_value *fail)
{
	const struct period *a = cel_period_at(args[0]);
	const struct period *b = cel_period_at(args[1]);

	if (count > 2)
		return compare_from(out, eval, args, fail);
	if (are_near(a, b) && !cel_charge(eval, COMPARE_COST)) {
		*fail = cel_spent(eval);
		return false;
	}
	switch (period_compare(a, b)) {
	case PERIOD_LESS:
		*out = -1;
		return true;
	case PERIOD_EQUAL:
		*out = 0;
		return true;
	case PERIOD_GREATER:
		*out = 1;
		return true;
	case PERIOD_UNDECIDED:
		break;
	}
	*fail = cel_fail_text(
		eval, CEL_FAULT_ARGUMENT,
		STR("which of the two periods is longer depends on the day "
		    "they start: compare from a date"),
		args[0]);
	return false;
}

static struct cel_value is_greater(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	int order;

	return compare(&order, eval, args, count, &fail) ? cel_bool(order > 0)
							 : fail;
}

static struct cel_value is_less(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	int order;

	return compare(&order, eval, args, count, &fail) ? cel_bool(order < 0)
							 : fail;
}

static struct cel_value compare_to(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	int order;

	return compare(&order, eval, args, count, &fail)
		       ? cel_int((order > 0) - (order < 0))
		       : fail;
}

static struct cel_value is_same(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	int order;

	return compare(&order, eval, args, count, &fail) ? cel_bool(order == 0)
							 : fail;
}

static struct cel_value add(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	struct period sum;
	struct error err;

	(void)count;
	if (!period_add(&sum, cel_period_at(args[0]), cel_period_at(args[1]),
			&err))
		return said(eval, &err);
	return cel_period(eval->arena, sum);
}

/* ---- working days */

static struct cel_value is_weekend(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct call call;
	int weekday;

	if (!start(&call, eval, args, count, 1))
		return call.fail;
	weekday = weekday_of_days(day_at(call.at, call.zone));
	return cel_bool(WEEKEND_SATURDAY_SUNDAY >> weekday & 1);
}

static struct cel_value is_working_day(struct cel_eval *eval,
				       const struct cel_value *args,
				       size_t count)
{
	struct call call;

	if (!start(&call, eval, args, count, 2))
		return call.fail;
	return cel_bool(calendar_is_working(cel_calendar_at(args[1]),
					    day_at(call.at, call.zone)));
}

/* A search may have to pass over every holiday there is. */
static bool start_search(struct call *call, struct cel_eval *eval,
			 const struct cel_value *args, size_t count,
			 size_t calendar)
{
	if (!start(call, eval, args, count, calendar + 1))
		return false;
	if (cel_charge(eval,
		       cel_calendar_at(args[calendar])->count / SEARCH_SHARE +
			       SEARCH_COST))
		return true;
	call->fail = cel_spent(eval);
	return false;
}

static struct cel_value to_working_day(struct cel_eval *eval,
				       const struct cel_value *args,
				       size_t count)
{
	struct call call;
	struct instant to;

	if (!start_search(&call, eval, args, count, 1))
		return call.fail;
	return moved(&call,
		     calendar_roll(&to, call.at, cel_calendar_at(args[1]),
				   call.zone, &call.err),
		     &to);
}

/* A term ends on a working day: Regulation (EEC, Euratom) No 1182/71, Art.
 * 3(4). */
static struct cel_value due(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	struct call call;
	struct instant to;

	if (!start_search(&call, eval, args, count, 2))
		return call.fail;
	return moved(&call,
		     period_plus(&to, call.at, cel_period_at(args[1]),
				 call.zone, &call.err) &&
			     calendar_roll(&to, to, cel_calendar_at(args[2]),
					   call.zone, &call.err),
		     &to);
}

static struct cel_value end_of_business_day(struct cel_eval *eval,
					    const struct cel_value *args,
					    size_t count)
{
	struct call call;
	struct instant to;

	if (!start_search(&call, eval, args, count, 1))
		return call.fail;
	return moved(&call,
		     calendar_end_of_day(&to, call.at, cel_calendar_at(args[1]),
					 call.zone, &call.err),
		     &to);
}

/* Moves by whole days and keeps the time on the clock. */
static bool move_days(struct call *call, int64_t days, struct instant *to)
{
	struct period period = {.days = days};

	return period_plus(to, call->at, &period, call->zone, &call->err);
}

static struct cel_value plus_working_days(struct cel_eval *eval,
					  const struct cel_value *args,
					  size_t count)
{
	int64_t days = args[1].as.integer;
	struct call call;
	struct instant to;
	int64_t from;
	int64_t day;
	size_t cost;

	if (!start_search(&call, eval, args, count, 2))
		return call.fail;
	cost = (size_t)(days < 0 ? 0 - (uint64_t)days : (uint64_t)days);
	if (!cel_charge(eval, cost / 4))
		return cel_spent(eval);
	from = day_at(call.at, call.zone);
	return moved(&call,
		     calendar_add_working(&day, cel_calendar_at(args[2]), from,
					  days, &call.err) &&
			     move_days(&call, day - from, &to),
		     &to);
}

static struct cel_value working_days_until(struct cel_eval *eval,
					   const struct cel_value *args,
					   size_t count)
{
	const struct calendar *calendar = cel_calendar_at(args[2]);
	struct call call;
	int64_t from;
	int64_t to;

	if (!start_search(&call, eval, args, count, 2))
		return call.fail;
	from = day_at(call.at, call.zone);
	to = day_at(cel_instant(args[1]), call.zone);
	return cel_int(to < from ? -calendar_count_working(calendar, to, from)
				 : calendar_count_working(calendar, from, to));
}

#define CALL(name, id, signature, call)                                    \
	{                                                                  \
		name, id, signature, CEL_RECEIVER, CEL_COST_UNIT, 0, call, \
			NULL                                               \
	}

/* Two overloads: without a zone, and with one. */
#define ZONED(name, id, params, result, call)                                \
	CALL(name, id, "(" params ") -> " result, call),                     \
	{                                                                    \
		name, id "_zone", "(" params ", string) -> " result,         \
			CEL_RECEIVER, CEL_COST_UNIT, 0, call, cel_zone_check \
	}

/* Two overloads: for any day, and from a date. */
#define COMPARED(name, id, result, call)                     \
	CALL(name, id, "(period, period) -> " result, call), \
		CALL(name, id "_from",                       \
		     "(period, period, timestamp) -> " result, call)

static const struct cel_overload overloads[] = {
	{"period", "string_to_period", "(string) -> period", 0, CEL_COST_UNIT,
	 0, period_of, check_period},
	{"period", "period_to_period", "(period) -> period", 0, CEL_COST_UNIT,
	 0, itself, NULL},
	{"string", "period_to_string", "(period) -> string", 0, CEL_COST_UNIT,
	 0, period_text, NULL},
	{"date", "string_to_date", "(string) -> timestamp", 0, CEL_COST_UNIT, 0,
	 date_of, check_date},
	{"calendar", "list_to_calendar", "(list(timestamp)) -> calendar", 0,
	 CEL_COST_OWN, 0, calendar_of, NULL},
	{"calendar", "list_duration_to_calendar",
	 "(list(timestamp), duration) -> calendar", 0, CEL_COST_OWN, 0,
	 calendar_of, NULL},
	ZONED("plus", "timestamp_plus_period", "timestamp, period", "timestamp",
	      plus),
	ZONED("minus", "timestamp_minus_period", "timestamp, period",
	      "timestamp", minus),
	ZONED("monthsUntil", "timestamp_months_until", "timestamp, timestamp",
	      "int", months_until),
	ZONED("daysUntil", "timestamp_days_until", "timestamp, timestamp",
	      "int", days_until),
	ZONED("date", "timestamp_date", "timestamp", "timestamp", date_at),
	CALL("isWithin", "timestamp_is_within",
	     "(timestamp, period, timestamp) -> bool", is_within),
	CALL("plus", "period_plus_period", "(period, period) -> period", add),
	COMPARED("isGreaterThan", "period_is_greater_than", "bool", is_greater),
	COMPARED("isLessThan", "period_is_less_than", "bool", is_less),
	COMPARED("isSame", "period_is_same", "bool", is_same),
	COMPARED("compareTo", "period_compare_to", "int", compare_to),
	ZONED("isWeekend", "timestamp_is_weekend", "timestamp", "bool",
	      is_weekend),
	ZONED("isWorkingDay", "timestamp_is_working_day", "timestamp, calendar",
	      "bool", is_working_day),
	ZONED("toWorkingDay", "timestamp_to_working_day", "timestamp, calendar",
	      "timestamp", to_working_day),
	ZONED("due", "timestamp_due", "timestamp, period, calendar",
	      "timestamp", due),
	ZONED("endOfBusinessDay", "timestamp_end_of_business_day",
	      "timestamp, calendar", "timestamp", end_of_business_day),
	ZONED("plusWorkingDays", "timestamp_plus_working_days",
	      "timestamp, int, calendar", "timestamp", plus_working_days),
	ZONED("workingDaysUntil", "timestamp_working_days_until",
	      "timestamp, timestamp, calendar", "int", working_days_until),
};

const struct cel_library cel_library_period = {"period", overloads,
					       ARRAY_SIZE(overloads)};
