/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

#define DAYS "calendar([date('2026-12-25'), date('2026-12-06')])"

static void test_periods_are_read_and_written(void **state)
{
	static const struct row rows[] = {
		{"period('P24M')", "P2Y"},
		{"string(period('P1Y2M10DT2H30M'))", "\"P1Y2M10DT2H30M\""},
		{"'%s'.format([period('P2W')])", "\"P14D\""},
		{"period(period('PT72H'))", "PT72H"},
		{"period('P' + string(6) + 'M')", "P6M"},
		{"period('24M')",
		 "error: \"24M\" cannot be converted to period"},
		{"period('')", "error: \"\" cannot be converted to period"},
		{"type(period('P1D')) == period", "true"},
		{"optional.of(period('P1D'))", "optional.of(P1D)"},
		{"[period('P1D')].indexOf(period('P1D'))", "0"},
		{"dyn(period('P1D')).startsWith('P')",
		 "error: startsWith cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_equal_periods_have_the_same_units(void **state)
{
	static const struct row rows[] = {
		{"period('P24M') == period('P2Y')", "true"},
		{"period('P2Y') == period('P730D')", "false"},
		{"period('P1D') == period('PT24H')", "false"},
		{"period('P1D').isSame(period('PT24H'))", "true"},
		{"[period('P24M'), period('P2Y')].distinct().size()", "1"},
		{"period('P1D') == 'P1D'", "false"},
		{"period('P1Y').plus(period('P6M'))", "P1Y6M"},
		{"period('P9999Y').plus(period('P1M')).isLessThan("
		 "period('P1D'))",
		 "error: the period is longer than 9999 years"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

#define UNDECIDED                                                            \
	"error: which of the two periods is longer depends on the day they " \
	"start: compare from a date"

static void test_periods_are_compared_if_every_day_agrees(void **state)
{
	static const struct row rows[] = {
		{"period('P3Y').isGreaterThan(period('P24M'))", "true"},
		{"period('P2Y').isGreaterThan(period('P24M'))", "false"},
		{"period('P1M').isLessThan(period('P32D'))", "true"},
		{"period('P1M').isGreaterThan(period('P27D'))", "true"},
		{"period('PT72H').isSame(period('P3D'))", "true"},
		{"period('P1M').isGreaterThan(period('P30D'))", UNDECIDED},
		{"period('P12M').isSame(period('P365D'))", UNDECIDED},
		{"period('P24M').compareTo(period('P730D'))", UNDECIDED},
		{"period('P1M').compareTo(period('P2M'))", "-1"},
		{"period('P2M').compareTo(period('P1M'))", "1"},
		{"period('P14D').compareTo(period('P2W'))", "0"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_a_date_decides_the_others(void **state)
{
	static const struct row rows[] = {
		{"period('P1M').isGreaterThan(period('P30D'), "
		 "date('2026-01-01'))",
		 "true"},
		{"period('P1M').isLessThan(period('P30D'), "
		 "date('2026-02-01'))",
		 "true"},
		{"period('P12M').isSame(period('P365D'), date('2026-01-01'))",
		 "true"},
		{"period('P12M').compareTo(period('P365D'), "
		 "date('2024-01-01'))",
		 "1"},
		{"period('P9999Y').compareTo(period('P1D'), "
		 "date('2024-01-01'))",
		 "error: the date lies outside the years 1 to 9999"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_timestamps_move_on_the_calendar(void **state)
{
	static const struct row rows[] = {
		{"date('2026-01-31').plus(period('P1M'))",
		 "timestamp(\"2026-02-28T00:00:00Z\")"},
		{"date('2028-03-31').minus(period('P1M'))",
		 "timestamp(\"2028-02-29T00:00:00Z\")"},
		{"timestamp('2026-06-08T07:10:00Z').plus(period('PT72H'))",
		 "timestamp(\"2026-06-11T07:10:00Z\")"},
		/* 02:00 until 04:00 on 29 March do not exist in Helsinki. */
		{"timestamp('2026-03-28T22:00:00Z').plus(period('P1D'), "
		 "'Europe/Helsinki')",
		 "timestamp(\"2026-03-29T21:00:00Z\")"},
		{"timestamp('2026-03-28T22:00:00Z').plus(period('PT24H'), "
		 "'Europe/Helsinki')",
		 "timestamp(\"2026-03-29T22:00:00Z\")"},
		{"date('2026-01-01').plus(period('P9000Y'))",
		 "error: the date lies outside the years 1 to 9999"},
		{"date('2026-01-01').plus(period('P1D'), 'Moon')",
		 "error: no time zone named \"Moon\""},
		{"date('2026-02-29')",
		 "error: \"2026-02-29\" cannot be converted to date"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_the_time_between_is_counted_in_whole_units(void **state)
{
	static const struct row rows[] = {
		{"date('2026-01-31').monthsUntil(date('2026-02-28'))", "1"},
		{"date('2026-01-15').monthsUntil(date('2026-02-14'))", "0"},
		{"date('2026-02-15').monthsUntil(date('2026-01-15'))", "-1"},
		{"date('2026-01-01').daysUntil(date('2026-03-01'))", "59"},
		{"timestamp('2026-03-28T22:00:00Z').daysUntil("
		 "timestamp('2026-03-29T21:00:00Z'), 'Europe/Helsinki')",
		 "1"},
		{"timestamp('2026-03-28T22:00:00Z').daysUntil("
		 "timestamp('2026-03-29T21:00:00Z'))",
		 "0"},
		{"timestamp('2026-11-21T23:30:00Z').date()",
		 "timestamp(\"2026-11-21T00:00:00Z\")"},
		{"timestamp('2026-11-21T23:30:00Z').date('Europe/Helsinki')",
		 "timestamp(\"2026-11-22T00:00:00Z\")"},
		{"timestamp('1969-12-31T23:00:00Z').date()",
		 "timestamp(\"1969-12-31T00:00:00Z\")"},
		{"date('2026-11-21').isWithin(period('P1D'), "
		 "date('2026-11-20'))",
		 "true"},
		{"date('2026-11-19').isWithin(period('P1D'), "
		 "date('2026-11-20'))",
		 "true"},
		{"date('2026-11-22').isWithin(period('P1D'), "
		 "date('2026-11-20'))",
		 "false"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

/* 25 December 2026 is a Friday. */
static void test_terms_end_on_working_days(void **state)
{
	static const struct row rows[] = {
		{"date('2026-11-21').isWeekend()", "true"},
		{"timestamp('2026-11-22T22:30:00Z').isWeekend("
		 "'Europe/Helsinki')",
		 "false"},
		{"date('2026-12-25').isWorkingDay(" DAYS ")", "false"},
		{"date('2026-12-25').isWorkingDay(calendar([]))", "true"},
		{"date('2026-12-25').toWorkingDay(" DAYS ")",
		 "timestamp(\"2026-12-28T00:00:00Z\")"},
		{"date('2026-12-24').toWorkingDay(" DAYS ")",
		 "timestamp(\"2026-12-24T00:00:00Z\")"},
		{"date('2026-11-25').due(period('P1M'), " DAYS ")",
		 "timestamp(\"2026-12-28T00:00:00Z\")"},
		{"date('2026-11-24').due(period('P1M'), " DAYS ", "
		 "'Europe/Helsinki')",
		 "timestamp(\"2026-12-24T00:00:00Z\")"},
		{"date('2026-12-24').plusWorkingDays(1, " DAYS ")",
		 "timestamp(\"2026-12-28T00:00:00Z\")"},
		{"date('2026-12-28').plusWorkingDays(-1, " DAYS ")",
		 "timestamp(\"2026-12-24T00:00:00Z\")"},
		{"date('2026-12-24').plusWorkingDays(9223372036854775807, " DAYS
		 ")",
		 "error: the evaluation costs more than allowed"},
		{"date('2026-12-21').workingDaysUntil(date('2026-12-28'), " DAYS
		 ")",
		 "4"},
		{"date('2026-12-28').workingDaysUntil(date('2026-12-21'), " DAYS
		 ")",
		 "-4"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_business_days_end_when_work_does(void **state)
{
	static const struct row rows[] = {
		{"timestamp('2026-12-24T10:00:00Z').endOfBusinessDay(" DAYS
		 ", 'Europe/Helsinki')",
		 "timestamp(\"2026-12-24T21:59:59.999999999Z\")"},
		{"timestamp('2026-12-25T10:00:00Z').endOfBusinessDay(" DAYS ")",
		 "timestamp(\"2026-12-28T23:59:59.999999999Z\")"},
		{"timestamp('2026-12-23T17:00:00Z').endOfBusinessDay("
		 "calendar([], duration('17h')))",
		 "timestamp(\"2026-12-24T16:59:59.999999999Z\")"},
		{"calendar([], duration('25h'))",
		 "error: work ends within the 24 hours of a day, at a whole "
		 "second"},
		{"calendar([], duration('1.5s'))",
		 "error: work ends within the 24 hours of a day, at a whole "
		 "second"},
		{"calendar(['2026-12-25'])",
		 "error: calendar cannot be applied to these types"},
		{"calendar([date('2026-12-25')]) == "
		 "calendar([date('2026-12-25')])",
		 "true"},
		{"calendar([date('2026-12-25')]) == calendar([])", "false"},
		{DAYS, "calendar of 2 holidays"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_a_record_holds_periods_as_text(void **state)
{
	struct arena arena;
	struct cel_value value;
	struct cel_eval eval = {
		.arena = &arena, .budget = 100, .limits = &limits_default};

	(void)state;
	arena_init(&arena);
	value = cel_period_type.from_text(&eval, STR("P18M"));
	assert_int_equal(cel_period_at(value)->months, 18);
	value = cel_period_type.from_text(&eval, STR("18 months"));
	assert_true(cel_is_error(value));
	assert_null(cel_period_at(value));
	assert_null(cel_calendar_at(value));
	arena_done(&arena);
}

/* Half a minute, if each were one unit. */
static void test_long_calendars_cost_what_searching_takes(void **state)
{
	static const char *const rows[] = {
		("cel.bind(days, lists.range(3000).map(i, "
		 "date('2026-01-01').plus(period('P' + string(i) + 'D'))), "
		 "cel.bind(c, calendar(days), lists.range(9000).map(i, "
		 "days[0].toWorkingDay(c))))"),
		("lists.range(10000).map(i, date('2026-01-01')"
		 ".plusWorkingDays(-1000, calendar([])))"),
	};

	(void)state;
	lab_expect_spent(rows, ARRAY_SIZE(rows));
}

static void test_near_periods_cost_what_comparing_takes(void **state)
{
	static const char *const rows[] = {
		("lists.range(1000).map(i, "
		 "period('P1M').isLessThan(period('P32D')))"),
	};

	(void)state;
	lab_expect_spent(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_periods_are_read_and_written),
		cmocka_unit_test(test_equal_periods_have_the_same_units),
		cmocka_unit_test(test_periods_are_compared_if_every_day_agrees),
		cmocka_unit_test(test_a_date_decides_the_others),
		cmocka_unit_test(test_timestamps_move_on_the_calendar),
		cmocka_unit_test(
			test_the_time_between_is_counted_in_whole_units),
		cmocka_unit_test(test_terms_end_on_working_days),
		cmocka_unit_test(test_business_days_end_when_work_does),
		cmocka_unit_test(test_a_record_holds_periods_as_text),
		cmocka_unit_test(test_long_calendars_cost_what_searching_takes),
		cmocka_unit_test(test_near_periods_cost_what_comparing_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
