/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"

enum { DAY = 86400 };

static int64_t day_at(const char *text)
{
	struct instant at = {0};

	if (!date_parse(&at, str_of(text)))
		fail_msg("%s is no date", text);
	return at.seconds / DAY;
}

static struct calendar sample(int64_t holidays[3])
{
	holidays[0] = day_at("2026-01-01");
	holidays[1] = day_at("2026-04-03");
	holidays[2] = day_at("2026-04-06");
	return (struct calendar){.weekend = WEEKEND_SATURDAY_SUNDAY,
				 .holidays = holidays,
				 .count = 3};
}

static void weekends_and_holidays_are_no_working_days(void **state)
{
	static const struct {
		const char *day;
		bool working;
		const char *next;
	} rows[] = {
		{"2026-01-01", false, "2026-01-02"},
		{"2026-01-02", true, "2026-01-02"},
		{"2026-01-03", false, "2026-01-05"},
		{"2026-01-04", false, "2026-01-05"},
		{"2026-04-02", true, "2026-04-02"},
		{"2026-04-03", false, "2026-04-07"},
	};
	int64_t holidays[3];
	struct calendar calendar = sample(holidays);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct error err;
		int64_t next = 0;

		assert_int_equal(
			calendar_is_working(&calendar, day_at(rows[i].day)),
			rows[i].working);
		assert_true(calendar_next_working(&next, &calendar,
						  day_at(rows[i].day), &err));
		assert_int_equal(next, day_at(rows[i].next));
	}
}

static void working_days_are_added_and_counted(void **state)
{
	static const struct {
		const char *from;
		int64_t count;
		const char *to;
	} rows[] = {
		{"2026-04-02", 0, "2026-04-02"},
		{"2026-04-03", 0, "2026-04-07"},
		{"2026-04-02", 1, "2026-04-07"},
		{"2026-04-02", 2, "2026-04-08"},
		{"2026-04-07", -1, "2026-04-02"},
		{"2026-01-05", 5, "2026-01-12"},
		{"2026-01-03", 1, "2026-01-05"},
	};
	int64_t holidays[3];
	struct calendar calendar = sample(holidays);
	struct error err;
	int64_t to = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_true(calendar_add_working(&to, &calendar,
						 day_at(rows[i].from),
						 rows[i].count, &err));
		assert_int_equal(to, day_at(rows[i].to));
	}
	assert_false(calendar_add_working(&to, &calendar, 0, INT64_MIN, &err));
	assert_int_equal(err.kind, ERROR_LIMIT);
}

static void the_count_agrees_with_looking_at_each_day(void **state)
{
	int64_t holidays[3];
	struct calendar calendar = sample(holidays);
	int64_t from = day_at("2025-12-20");

	(void)state;
	for (int64_t start = from; start < from + 10; start++) {
		int64_t count = 0;

		for (int64_t to = start; to < start + 150; to++) {
			assert_int_equal(
				calendar_count_working(&calendar, start, to),
				count);
			count += calendar_is_working(&calendar, to);
		}
	}
	assert_int_equal(calendar_count_working(&calendar, from, from - 9), 0);
}

static void a_calendar_without_work_is_an_error(void **state)
{
	struct calendar calendar = {.weekend = 0x7F};
	struct instant at = {0};
	struct error err;
	int64_t day = 5;

	(void)state;
	assert_false(calendar_next_working(&day, &calendar, 0, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_int_equal(day, 5);
	assert_false(calendar_add_working(&day, &calendar, 0, -1, &err));
	assert_false(calendar_roll(&at, at, &calendar, NULL, &err));
	assert_false(calendar_end_of_day(&at, at, &calendar, NULL, &err));
}

static void a_business_day_ends_in_its_zone(void **state)
{
	static const struct {
		const char *at;
		int32_t closing;
		const char *end, *rolled;
	} rows[] = {
		{"2026-11-16T09:30:00+02:00", 0,
		 "2026-11-16T21:59:59.999999999Z", "2026-11-16T07:30:00Z"},
		{"2026-11-14T09:30:00+02:00", 0,
		 "2026-11-16T21:59:59.999999999Z", "2026-11-16T07:30:00Z"},
		{"2026-11-15T23:00:00Z", 0, "2026-11-16T21:59:59.999999999Z",
		 "2026-11-15T23:00:00Z"},
		{"2026-11-16T09:30:00+02:00", 17 * 3600,
		 "2026-11-16T14:59:59.999999999Z", "2026-11-16T07:30:00Z"},
		{"2026-11-16T17:00:00+02:00", 17 * 3600,
		 "2026-11-17T14:59:59.999999999Z", "2026-11-16T15:00:00Z"},
		{"2026-11-13T18:00:00+02:00", 17 * 3600,
		 "2026-11-16T14:59:59.999999999Z", "2026-11-13T16:00:00Z"},
	};
	int64_t holidays[3];
	struct calendar calendar = sample(holidays);
	struct zone zone = {.first = 7200};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct instant at = {0};
		struct instant end;
		struct error err;
		char text[INSTANT_TEXT];

		assert_true(instant_parse(&at, str_of(rows[i].at)));
		calendar.closing = rows[i].closing;

		assert_true(
			calendar_end_of_day(&end, at, &calendar, &zone, &err));
		(void)instant_format(text, end);
		assert_string_equal(text, rows[i].end);

		assert_true(calendar_roll(&end, at, &calendar, &zone, &err));
		(void)instant_format(text, end);
		assert_string_equal(text, rows[i].rolled);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weekends_and_holidays_are_no_working_days),
		cmocka_unit_test(working_days_are_added_and_counted),
		cmocka_unit_test(the_count_agrees_with_looking_at_each_day),
		cmocka_unit_test(a_calendar_without_work_is_an_error),
		cmocka_unit_test(a_business_day_ends_in_its_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
