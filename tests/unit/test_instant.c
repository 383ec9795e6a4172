/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/instant.h"

static void every_day_of_the_calendar_comes_back(void **state)
{
	int64_t expected = days_of_date(1, 1, 1);
	int weekday = 1; /* 0001-01-01 was a Monday */

	(void)state;
	for (int64_t year = 1; year <= 9999; year++) {
		for (int month = 1; month <= 12; month++) {
			int last = days_in_month(year, month);

			for (int day = 1; day <= last; day++) {
				struct civil civil = {0};

				date_of_days(&civil, expected);
				if (days_of_date(year, month, day) !=
					    expected ||
				    civil.year != year ||
				    civil.month != month || civil.day != day ||
				    weekday_of_days(expected) != weekday)
					fail_msg("%d-%d-%d", (int)year, month,
						 day);
				expected++;
				weekday = (weekday + 1) % 7;
			}
		}
	}
	assert_int_equal(days_of_date(1, 1, 1) * 86400, INSTANT_LEAST);
	assert_int_equal(expected * 86400 - 1, INSTANT_MOST);
}

static void known_days_have_their_number_and_weekday(void **state)
{
	(void)state;
	assert_int_equal(days_of_date(1970, 1, 1), 0);
	assert_int_equal(days_of_date(2000, 2, 29), 11016);
	assert_int_equal(days_of_date(1969, 12, 31), -1);
	assert_int_equal(weekday_of_days(0), 4);
	assert_int_equal(weekday_of_days(days_of_date(2026, 11, 22)), 0);
	assert_int_equal(days_in_month(1900, 2), 28);
	assert_int_equal(days_in_month(2000, 2), 29);
	assert_int_equal(days_in_month(2024, 2), 29);
	assert_int_equal(days_in_month(2023, 2), 28);
}

static void date_times_are_read_and_written(void **state)
{
	static const struct {
		const char *in;
		int64_t seconds;
		int32_t nanos;
		const char *out;
	} rows[] = {
		{"1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"},
		{"2026-11-21t10:00:00z", 1795255200, 0, "2026-11-21T10:00:00Z"},
		{"2026-11-21T12:00:00+02:00", 1795255200, 0,
		 "2026-11-21T10:00:00Z"},
		{"2026-11-21T04:30:00-05:30", 1795255200, 0,
		 "2026-11-21T10:00:00Z"},
		{"2026-11-21T10:00:00-00:00", 1795255200, 0,
		 "2026-11-21T10:00:00Z"},
		{"1970-01-01T00:00:00.5Z", 0, 500000000,
		 "1970-01-01T00:00:00.500Z"},
		{"1970-01-01T00:00:00.000001Z", 0, 1000,
		 "1970-01-01T00:00:00.000001Z"},
		{"1970-01-01T00:00:00.123456789999Z", 0, 123456789,
		 "1970-01-01T00:00:00.123456789Z"},
		{"1969-12-31T23:59:59.25Z", -1, 250000000,
		 "1969-12-31T23:59:59.250Z"},
		{"0001-01-01T00:00:00Z", INSTANT_LEAST, 0,
		 "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59.999999999Z", INSTANT_MOST, 999999999,
		 "9999-12-31T23:59:59.999999999Z"},
		{"2024-02-29T23:59:59+23:59", 1709164859, 0,
		 "2024-02-29T00:00:59Z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct instant at;
		char text[INSTANT_TEXT];

		assert_true(instant_parse(&at, str_of(rows[i].in)));
		assert_int_equal(at.seconds, rows[i].seconds);
		assert_int_equal(at.nanos, rows[i].nanos);
		assert_int_equal(instant_format(text, at), strlen(rows[i].out));
		assert_string_equal(text, rows[i].out);
	}
}

static void what_is_no_date_time_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"2026-11-21",
		"2026-11-21 10:00:00Z",
		"2026-11-21T10:00:00",
		"2026-11-21T10:00Z",
		"2026-11-21T10:00:60Z",
		"2026-11-21T24:00:00Z",
		"2026-11-21T10:60:00Z",
		"2026-02-29T10:00:00Z",
		"2026-13-01T10:00:00Z",
		"2026-00-01T10:00:00Z",
		"2026-01-00T10:00:00Z",
		"0000-01-01T00:00:00Z",
		"2026-11-21T10:00:00.Z",
		"2026-11-21T10:00:00,5Z",
		"2026-11-21T10:00:00+24:00",
		"2026-11-21T10:00:00+02:60",
		"2026-11-21T10:00:00+0200",
		"2026-11-21T10:00:00+02",
		"2026-11-21T10:00:00Zx",
		"26-11-21T10:00:00Z",
		"+2026-11-21T10:00:00Z",
		"9999-12-31T23:59:59-00:01",
		"0001-01-01T00:00:00+00:01",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct instant at = {42, 42};

		if (instant_parse(&at, str_of(rows[i])))
			fail_msg("%s was read", rows[i]);
		assert_int_equal(at.seconds, 42);
	}
	{
		struct instant at;

		assert_false(instant_parse(&at, STR("2026-11-21T10:00:00Z\0")));
		assert_false(instant_parse(&at, STR("2026-11-21\0"
						    "10:00:00Z")));
	}
}

static void dates_are_read_and_written(void **state)
{
	static const char *const bad[] = {
		"2026-11-31", "2026-1-01",  "2026-11-21T", "20261121",
		"",	      "0000-01-01", "2100-02-29"};
	struct instant at;
	char text[INSTANT_TEXT];

	(void)state;
	assert_true(date_parse(&at, STR("2024-02-29")));
	assert_int_equal(date_format(text, at), 10);
	assert_string_equal(text, "2024-02-29");
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(date_parse(&at, str_of(bad[i])));
}

static void instants_are_ordered_and_taken_apart(void **state)
{
	struct instant early = {-1, 999999999};
	struct instant late = {0, 0};
	struct civil civil = civil_of(early, 3600);
	struct instant back = instant_of(&civil, 3600);

	(void)state;
	assert_true(instant_compare(early, late) < 0);
	assert_true(instant_compare(late, early) > 0);
	assert_true(instant_compare((struct instant){0, 1}, late) > 0);
	assert_true(instant_compare(late, (struct instant){0, 1}) < 0);
	assert_int_equal(instant_compare(late, late), 0);
	assert_int_equal(civil.hour, 0);
	assert_int_equal(civil.minute, 59);
	assert_int_equal(civil.second, 59);
	assert_int_equal(civil.day, 1);
	assert_int_equal(instant_compare(early, back), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_the_calendar_comes_back),
		cmocka_unit_test(known_days_have_their_number_and_weekday),
		cmocka_unit_test(date_times_are_read_and_written),
		cmocka_unit_test(what_is_no_date_time_is_refused),
		cmocka_unit_test(dates_are_read_and_written),
		cmocka_unit_test(instants_are_ordered_and_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
