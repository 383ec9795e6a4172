/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/period.h"
#include "base/sys.h"

static struct period period_at(const char *text)
{
	struct period period = {0};
	struct error err = {0};
	bool negative = text[0] == '-';

	if (!period_parse(&period, str_of(text + negative), &err))
		fail_msg("%s: %s", text, err.text);
	return negative ? period_negate(&period) : period;
}

static struct instant instant_at(const char *text)
{
	struct instant at = {0};

	if (!instant_parse(&at, str_of(text)) && !date_parse(&at, str_of(text)))
		fail_msg("%s is no instant", text);
	return at;
}

static void durations_are_read_into_their_units(void **state)
{
	static const struct {
		const char *text;
		struct period period;
		const char *canonical;
	} rows[] = {
		{"P24M", {24, 0, 0, 0}, "P2Y"},
		{"P2Y", {24, 0, 0, 0}, "P2Y"},
		{"P730D", {0, 730, 0, 0}, "P730D"},
		{"PT72H", {0, 0, 259200, 0}, "PT72H"},
		{"P1Y2M10DT2H30M", {14, 10, 9000, 0}, "P1Y2M10DT2H30M"},
		{"P2W", {0, 14, 0, 0}, "P14D"},
		{"P0D", {0, 0, 0, 0}, "P0D"},
		{"PT0S", {0, 0, 0, 0}, "P0D"},
		{"PT1M", {0, 0, 60, 0}, "PT1M"},
		{"P1M", {1, 0, 0, 0}, "P1M"},
		{"PT0.5S", {0, 0, 0, 500000000}, "PT0.5S"},
		{"PT1,000000001S", {0, 0, 1, 1}, "PT1.000000001S"},
		{"PT90S", {0, 0, 90, 0}, "PT1M30S"},
		{"P9999Y", {119988, 0, 0, 0}, "P9999Y"},
		{"P001Y", {12, 0, 0, 0}, "P1Y"},
		{"-P1M", {-1, 0, 0, 0}, "-P1M"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct period period = period_at(rows[i].text);
		char text[PERIOD_TEXT];

		assert_int_equal(period.months, rows[i].period.months);
		assert_int_equal(period.days, rows[i].period.days);
		assert_int_equal(period.seconds, rows[i].period.seconds);
		assert_int_equal(period.nanos, rows[i].period.nanos);
		assert_int_equal(period_format(text, &period),
				 strlen(rows[i].canonical));
		assert_string_equal(text, rows[i].canonical);
	}
}

static void signs_are_written_where_they_belong(void **state)
{
	static const struct {
		struct period period;
		const char *text;
	} rows[] = {
		{{-14, -1, -3661, -500000000}, "-P1Y2M1DT1H1M1.5S"},
		{{1, -1, 0, 0}, "P1M-1D"},
		{{0, 1, 0, -500000000}, "P1DT-0.5S"},
		{{0, 1, -3601, 0}, "P1DT-1H-1S"},
		{{0, 0, 0, -1}, "-PT0.000000001S"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[PERIOD_TEXT];

		(void)period_format(text, &rows[i].period);
		assert_string_equal(text, rows[i].text);
	}
}

static void what_is_no_duration_is_refused_at_its_place(void **state)
{
	static const struct {
		const char *text;
		uint32_t at;
	} rows[] = {
		{"", 0},
		{"p1D", 0},
		{"1D", 0},
		{"-P1D", 0},
		{"P", 1},
		{"PT", 2},
		{"P1", 2},
		{"P1DT", 4},
		{"PD", 1},
		{"P1M1Y", 4},
		{"P1Y1Y", 4},
		{"P1H", 2},
		{"PT1D", 3},
		{"P1Y2W", 4},
		{"P2W1D", 2},
		{"P1.5D", 3},
		{"PT1.S", 4},
		{"PT1.1234567890S", 13},
		{"P1D ", 3},
		{"P 1D", 1},
		{"P1d", 2},
		{"P10000Y", 1},
		{"P99999999999999999999D", 1},
		{"PT1H1HT", 5},
		{"P-1D", 1},
		{"P1DT1HT1M", 6},
		{"PT1S1", 5},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct period period = {7, 7, 7, 7};
		struct error err = {0};

		if (period_parse(&period, str_of(rows[i].text), &err))
			fail_msg("%s was read", rows[i].text);
		assert_int_equal(err.kind, ERROR_SYNTAX);
		assert_true(err.placed);
		if (err.at.start != rows[i].at)
			fail_msg("%s: %u", rows[i].text, err.at.start);
		assert_int_equal(period.months, 7);
	}
}

static void sums_follow_the_calendar(void **state)
{
	static const struct {
		const char *from, *period, *sum;
	} rows[] = {
		{"2026-01-31", "P1M", "2026-02-28T00:00:00Z"},
		{"2024-01-31", "P1M", "2024-02-29T00:00:00Z"},
		{"2024-01-30", "P1M", "2024-02-29T00:00:00Z"},
		{"2024-01-29", "P1M", "2024-02-29T00:00:00Z"},
		{"2026-01-29", "P1M", "2026-02-28T00:00:00Z"},
		{"2026-01-30", "P1M", "2026-02-28T00:00:00Z"},
		{"2026-01-28", "P1M", "2026-02-28T00:00:00Z"},
		{"2024-02-29", "P1Y", "2025-02-28T00:00:00Z"},
		{"2024-02-29", "P4Y", "2028-02-29T00:00:00Z"},
		{"2096-02-29", "P4Y", "2100-02-28T00:00:00Z"},
		{"2026-12-31", "P2M", "2027-02-28T00:00:00Z"},
		{"2026-11-30", "P1M1D", "2026-12-31T00:00:00Z"},
		{"2026-01-31", "P1M1D", "2026-03-01T00:00:00Z"},
		{"2026-03-31", "-P1M", "2026-02-28T00:00:00Z"},
		{"2026-01-01", "-P1D", "2025-12-31T00:00:00Z"},
		{"2026-01-15", "-P13M", "2024-12-15T00:00:00Z"},
		{"2026-01-01T12:00:00Z", "PT72H", "2026-01-04T12:00:00Z"},
		{"2026-01-01T12:00:00.5Z", "PT0.75S",
		 "2026-01-01T12:00:01.250Z"},
		{"2026-01-01", "-PT0.5S", "2025-12-31T23:59:59.500Z"},
		{"0001-01-01", "P9998Y", "9999-01-01T00:00:00Z"},
		{"1969-12-31", "P1D", "1970-01-01T00:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct period period = period_at(rows[i].period);
		struct instant sum;
		struct error err = {0};
		char text[INSTANT_TEXT];

		assert_true(period_plus(&sum, instant_at(rows[i].from), &period,
					NULL, &err));
		(void)instant_format(text, sum);
		assert_string_equal(text, rows[i].sum);

		period = period_negate(&period);
		assert_true(period_minus(&sum, instant_at(rows[i].from),
					 &period, NULL, &err));
		(void)instant_format(text, sum);
		assert_string_equal(text, rows[i].sum);
	}
}

static void days_keep_the_time_on_the_clock_and_hours_do_not(void **state)
{
	struct period day = period_at("P1D");
	struct period hours = period_at("PT24H");
	struct arena arena;
	struct error err = {0};
	struct instant sum;
	struct zone zone;
	char text[INSTANT_TEXT];

	(void)state;
	if (sys_kind_of(SYS_HERE, "/usr/share/zoneinfo/Europe/Helsinki") ==
	    SYS_ABSENT)
		skip();
	arena_init(&arena);
	assert_true(zone_load(&zone, STR("Europe/Helsinki"), &arena, &err));

	assert_true(period_plus(&sum, instant_at("2024-03-30T12:00:00+02:00"),
				&day, &zone, &err));
	(void)instant_format(text, sum);
	assert_string_equal(text, "2024-03-31T09:00:00Z");
	assert_true(period_plus(&sum, instant_at("2024-03-30T12:00:00+02:00"),
				&hours, &zone, &err));
	(void)instant_format(text, sum);
	assert_string_equal(text, "2024-03-31T10:00:00Z");

	assert_int_equal(days_between(instant_at("2024-03-30T12:00:00+02:00"),
				      instant_at("2024-03-31T12:00:00+03:00"),
				      &zone),
			 1);
	assert_int_equal(days_between(instant_at("2024-03-30T12:00:00+02:00"),
				      instant_at("2024-03-31T12:00:00+03:00"),
				      NULL),
			 0);
	arena_done(&arena);
}

static void sums_outside_the_calendar_are_errors(void **state)
{
	static const struct {
		const char *from, *period;
	} rows[] = {
		{"9999-12-31", "P1D"},
		{"9999-12-01", "P1M"},
		{"0001-01-01", "-P1D"},
		{"0001-01-01", "-PT1S"},
		{"2026-01-01", "P9999Y"},
		{"2026-01-01", "-P9999Y"},
		{"9999-12-31T23:59:59.5Z", "PT0.5S"},
	};
	struct period endless = {INT64_MAX, INT64_MAX, INT64_MAX, 0};
	struct error err = {0};
	struct instant sum = {42, 0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct period period = period_at(rows[i].period);

		assert_false(period_plus(&sum, instant_at(rows[i].from),
					 &period, NULL, &err));
		assert_int_equal(err.kind, ERROR_LIMIT);
		assert_int_equal(sum.seconds, 42);
	}
	assert_false(period_plus(&sum, instant_at("2026-01-01"), &endless, NULL,
				 &err));
}

static void periods_add_unit_by_unit(void **state)
{
	struct period a = period_at("P1Y1DT0.75S");
	struct period b = period_at("P1M2DT0.5S");
	struct period most = period_at("P9999Y");
	struct period sum;
	struct error err = {0};
	char text[PERIOD_TEXT];

	(void)state;
	assert_true(period_add(&sum, &a, &b, &err));
	(void)period_format(text, &sum);
	assert_string_equal(text, "P1Y1M3DT1.25S");
	b = period_at("-PT2.5S");
	assert_true(period_add(&sum, &a, &b, &err));
	(void)period_format(text, &sum);
	assert_string_equal(text, "P1Y1DT-1.75S");
	assert_false(period_add(&sum, &most, &a, &err));
	assert_int_equal(err.kind, ERROR_LIMIT);
}

static void comparisons_hold_from_every_day(void **state)
{
	static const struct {
		const char *a, *b;
		enum period_order order;
		int anchored;
	} rows[] = {
		{"P24M", "P2Y", PERIOD_EQUAL, 0},
		{"P24M", "P730D", PERIOD_UNDECIDED, 0},
		{"P2Y", "P731D", PERIOD_UNDECIDED, -1},
		{"P2Y", "P732D", PERIOD_LESS, -1},
		{"P2Y", "P729D", PERIOD_GREATER, 1},
		{"P1M", "P27D", PERIOD_GREATER, 1},
		{"P1M", "P28D", PERIOD_UNDECIDED, 1},
		{"P1M", "P30D", PERIOD_UNDECIDED, 1},
		{"P1M", "P31D", PERIOD_UNDECIDED, 0},
		{"P1M", "P32D", PERIOD_LESS, -1},
		{"P12M", "P365D", PERIOD_UNDECIDED, 0},
		{"P400Y", "P146097D", PERIOD_EQUAL, 0},
		{"P1D", "PT24H", PERIOD_EQUAL, 0},
		{"P2W", "P14D", PERIOD_EQUAL, 0},
		{"PT72H", "P3D", PERIOD_EQUAL, 0},
		{"PT72H", "P1M", PERIOD_LESS, -1},
		{"P1M", "P2M", PERIOD_LESS, -1},
		{"P1M1D", "P1M", PERIOD_GREATER, 1},
		{"P6Y", "P10Y", PERIOD_LESS, -1},
		{"PT0.5S", "PT0.6S", PERIOD_LESS, -1},
		{"PT1.5S", "PT0.6S", PERIOD_GREATER, 1},
		{"P1M", "P31DT0.1S", PERIOD_LESS, -1},
		{"-P1M", "P0D", PERIOD_LESS, -1},
		{"P9999Y", "-P9999Y", PERIOD_GREATER, 1},
		{"P1M28D", "P2M", PERIOD_UNDECIDED, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		static const enum period_order turned[] = {
			[PERIOD_LESS] = PERIOD_GREATER,
			[PERIOD_EQUAL] = PERIOD_EQUAL,
			[PERIOD_GREATER] = PERIOD_LESS,
			[PERIOD_UNDECIDED] = PERIOD_UNDECIDED,
		};
		struct period a = period_at(rows[i].a);
		struct period b = period_at(rows[i].b);

		if (period_compare(&a, &b) != rows[i].order ||
		    period_compare_anchored(&a, &b) != rows[i].anchored)
			fail_msg("%s against %s: %d, %d", rows[i].a, rows[i].b,
				 period_compare(&a, &b),
				 period_compare_anchored(&a, &b));
		assert_int_equal(period_compare(&b, &a), turned[rows[i].order]);
		assert_int_equal(period_compare_anchored(&b, &a),
				 -rows[i].anchored);
	}
}

static void a_decided_order_agrees_with_each_anchor(void **state)
{
	unsigned decided = 0;

	(void)state;
	for (int64_t months = 0; months < 40; months++) {
		for (int64_t off = -6; off <= 6; off++) {
			struct period a = {months, 0, 0, 0};
			struct period b = {0, months * 487 / 16 + off, 0, 0};
			enum period_order order = period_compare(&a, &b);
			bool less = false;
			bool greater = false;
			bool equal = false;

			for (int64_t d = 0; d < 146097; d += 7) {
				struct instant at = {.seconds = d * 86400};
				struct instant x, y;
				struct error err;
				int sign;

				assert_true(
					period_plus(&x, at, &a, NULL, &err));
				assert_true(
					period_plus(&y, at, &b, NULL, &err));
				sign = instant_compare(x, y);
				less |= sign < 0;
				greater |= sign > 0;
				equal |= sign == 0;
			}
			if (order == PERIOD_UNDECIDED) {
				assert_true(less + greater + equal > 1);
			} else {
				assert_int_equal(less, order == PERIOD_LESS);
				assert_int_equal(equal, order == PERIOD_EQUAL);
				assert_int_equal(greater,
						 order == PERIOD_GREATER);
				decided++;
			}
		}
	}
	assert_true(decided > 100);
}

static void whole_months_and_days_are_counted(void **state)
{
	static const struct {
		const char *from, *until;
		int64_t months, days;
	} rows[] = {
		{"2026-01-31", "2026-02-28", 1, 28},
		{"2026-01-31", "2026-02-27", 0, 27},
		{"2026-01-15", "2026-02-14", 0, 30},
		{"2026-01-15", "2026-02-15", 1, 31},
		{"2024-02-29", "2025-02-28", 12, 365},
		{"2024-02-29", "2028-02-29", 48, 1461},
		{"2026-01-01", "2026-01-01", 0, 0},
		{"2026-01-01T12:00:00Z", "2026-01-02T11:59:59Z", 0, 0},
		{"2026-01-01T12:00:00Z", "2026-02-01T11:59:59Z", 0, 30},
		{"1969-12-01", "1970-02-01", 2, 62},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct instant from = instant_at(rows[i].from);
		struct instant until = instant_at(rows[i].until);

		assert_int_equal(months_between(from, until, NULL),
				 rows[i].months);
		assert_int_equal(days_between(from, until, NULL), rows[i].days);
		assert_int_equal(months_between(until, from, NULL),
				 -rows[i].months);
		assert_int_equal(days_between(until, from, NULL),
				 -rows[i].days);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_are_read_into_their_units),
		cmocka_unit_test(signs_are_written_where_they_belong),
		cmocka_unit_test(what_is_no_duration_is_refused_at_its_place),
		cmocka_unit_test(sums_follow_the_calendar),
		cmocka_unit_test(
			days_keep_the_time_on_the_clock_and_hours_do_not),
		cmocka_unit_test(sums_outside_the_calendar_are_errors),
		cmocka_unit_test(periods_add_unit_by_unit),
		cmocka_unit_test(comparisons_hold_from_every_day),
		cmocka_unit_test(a_decided_order_agrees_with_each_anchor),
		cmocka_unit_test(whole_months_and_days_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
