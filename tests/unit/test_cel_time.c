/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

#define T "timestamp('2026-03-29T00:59:59.987654321Z')"

static void test_fields_are_those_of_utc_without_a_zone(void **state)
{
	static const struct row rows[] = {
		{T ".getFullYear()", "2026"},
		{T ".getMonth()", "2"},
		{T ".getDate()", "29"},
		{T ".getDayOfMonth()", "28"},
		{T ".getDayOfWeek()", "0"},
		{T ".getDayOfYear()", "87"},
		{T ".getHours()", "0"},
		{T ".getMinutes()", "59"},
		{T ".getSeconds()", "59"},
		{T ".getMilliseconds()", "987"},
		{"timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", "1"},
		{"timestamp('9999-12-31T23:59:59Z').getDayOfYear()", "364"},
		{"timestamp('1969-12-31T23:59:59.5Z').getMilliseconds()",
		 "500"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_zones_have_names_and_offsets(void **state)
{
	static const struct row rows[] = {
		/* One second before summer time begins in Helsinki. */
		{T ".getHours('Europe/Helsinki')", "2"},
		{"(" T " + duration('1s')).getHours('Europe/Helsinki')", "4"},
		{T ".getDate('America/New_York')", "28"},
		{T ".getMinutes('+05:45')", "44"},
		{T ".getHours('-00:00')", "0"},
		{T ".getHours('02:00')", "2"},
		{T ".getDayOfWeek('-01:00')", "6"},
		{"timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')",
		 "0"},
		{"timestamp('9999-12-31T23:59:59Z')"
		 ".getFullYear('Asia/Tokyo')",
		 "10000"},
		{T ".getHours('Europe/Helsinky')",
		 "error: no time zone named \"Europe/Helsinky\""},
		{T ".getHours('../../etc/passwd')",
		 "error: no time zone named \"../../etc/passwd\""},
		{T ".getHours('')", "error: no time zone named \"\""},
		{T ".getHours('+24:00')",
		 "error: no time zone named \"+24:00\""},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_durations_are_counted_towards_zero(void **state)
{
	static const struct row rows[] = {
		{"duration('10000s').getHours()", "2"},
		{"duration('-10000s').getHours()", "-2"},
		{"duration('3730s').getMinutes()", "62"},
		{"duration('1.9s').getSeconds()", "1"},
		{"duration('-1.9s').getSeconds()", "-1"},
		{"duration('-1.9s').getMilliseconds()", "-900"},
		{"duration('123.321456789s').getMilliseconds()", "321"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_a_zone_is_loaded_once_for_a_thread(void **state)
{
	struct cel_zone_cache *cache = cel_zone_cache_new();
	const struct cel_zones *zones = cel_zone_cache_zones(cache);
	struct error err;
	const struct zone *first =
		zones->find(zones->context, STR("Europe/Helsinki"), &err);

	(void)state;
	assert_non_null(first);
	assert_ptr_equal(first, zones->find(zones->context,
					    STR("Europe/Helsinki"), &err));
	assert_null(zones->find(zones->context, STR("Moon/Base"), &err));
	assert_int_equal(zone_offset_at(first, 1767225600), 7200);
	cel_zone_cache_free(cache);
}

static void test_the_checker_refuses_a_zone_that_is_none(void **state)
{
	const struct {
		str name;
		bool good;
	} rows[] = {
		{STR("Europe/Helsinki"), true},
		{STR("+02:00"), true},
		{STR("Europe/Helsinky"), false},
		{STR("EET/../UTC"), false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cel_value name = cel_string(rows[i].name);
		const struct cel_value *consts[] = {NULL, &name};
		struct error err = {0};

		assert_null(cel_zone_check(NULL, NULL, consts, 2, &err));
		assert_int_equal(err.kind == ERROR_NONE, rows[i].good);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_are_those_of_utc_without_a_zone),
		cmocka_unit_test(test_zones_have_names_and_offsets),
		cmocka_unit_test(test_durations_are_counted_towards_zero),
		cmocka_unit_test(test_a_zone_is_loaded_once_for_a_thread),
		cmocka_unit_test(test_the_checker_refuses_a_zone_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
