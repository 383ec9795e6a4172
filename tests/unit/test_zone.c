/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sys.h"
#include "base/zone.h"

static bool without_database(void)
{
	return sys_kind_of(SYS_HERE, "/usr/share/zoneinfo/Europe/Helsinki") ==
	       SYS_ABSENT;
}

enum { TIMES = 19 };

/* What date(1) answers to `TZ=zone date -d @time +%::z`. */
static const int64_t times[TIMES] = {
	-3000000000, -1500000000, 0,	      954637199,    954637200,
	1325239199,  1325239200,  1604210399, 1604210400,   1711846799,
	1711846800,  1729983599,  1729983600, 1795255200,   1806195599,
	4102444800,  4118043600,  4118083200, 253402300799,
};

static const struct {
	const char *name;
	int32_t offsets[TIMES];
} answers[] = {
	{"Europe/Helsinki",
	 {5989, 7200, 7200, 10800, 10800, 7200, 7200, 7200, 7200, 7200, 10800,
	  10800, 10800, 7200, 7200, 7200, 10800, 10800, 7200}},
	{"America/New_York",
	 {-17762, -14400, -18000, -18000, -18000, -18000, -18000, -14400,
	  -18000, -14400, -14400, -14400, -14400, -18000, -14400, -18000,
	  -14400, -14400, -18000}},
	{"Asia/Kolkata",
	 {19270, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800,
	  19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800}},
	{"Australia/Lord_Howe",
	 {38180, 36000, 36000, 37800, 37800, 39600, 39600, 39600, 39600, 39600,
	  39600, 39600, 39600, 39600, 39600, 39600, 37800, 37800, 39600}},
	{"Europe/Dublin",
	 {-1521, 3600, 3600, 3600, 3600, 0, 0, 0, 0, 0, 3600, 3600, 3600, 0, 0,
	  0, 3600, 3600, 0}},
	{"Pacific/Apia",
	 {45184, -41400, -39600, -39600, -39600, -36000, 50400, 50400, 50400,
	  46800, 46800, 46800, 46800, 46800, 46800, 46800, 46800, 46800,
	  46800}},
};

static void named_zones_agree_with_the_date_command(void **state)
{
	struct arena arena;
	struct error err;

	(void)state;
	if (without_database())
		skip();
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		struct zone zone;

		assert_true(zone_load(&zone, str_of(answers[i].name), &arena,
				      &err));
		for (size_t k = 0; k < TIMES; k++)
			assert_int_equal(zone_offset_at(&zone, times[k]),
					 answers[i].offsets[k]);
	}
	arena_done(&arena);
}

static void links_of_the_database_are_followed(void **state)
{
	struct arena arena;
	struct error err;
	struct zone zone;

	(void)state;
	if (without_database())
		skip();
	arena_init(&arena);
	assert_true(zone_load(&zone, STR("Etc/UTC"), &arena, &err));
	assert_int_equal(zone_offset_at(&zone, 1700000000), 0);
	assert_true(zone_load(&zone, STR("Asia/Calcutta"), &arena, &err));
	assert_int_equal(zone_offset_at(&zone, 1700000000), 19800);
	arena_done(&arena);
}

static void fixed_offsets_are_zones(void **state)
{
	static const struct {
		const char *name;
		int32_t offset;
	} rows[] = {
		{"UTC", 0},	    {"Z", 0},		{"+05:30", 19800},
		{"-05:30", -19800}, {"-00:00", 0},	{"02:00", 7200},
		{"+23:59", 86340},  {"-23:59", -86340},
	};
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct zone zone;

		assert_true(
			zone_load(&zone, str_of(rows[i].name), &arena, &err));
		assert_int_equal(zone_offset_at(&zone, 0), rows[i].offset);
		assert_int_equal(zone_offset_at(&zone, INSTANT_MOST),
				 rows[i].offset);
	}
	arena_done(&arena);
}

static void what_can_be_no_name_is_refused(void **state)
{
	static const str rows[] = {
		STR_INIT(""),
		STR_INIT("/etc/passwd"),
		STR_INIT("../passwd"),
		STR_INIT("Europe/../UTC"),
		STR_INIT("Europe//UTC"),
		STR_INIT("Europe/"),
		STR_INIT("+24:00"),
		STR_INIT("+05:60"),
		STR_INIT("+5:30"),
		STR_INIT("05:3"),
		STR_INIT("Europe\0x"),
		STR_INIT("."),
		STR_INIT("tzdata.zi"),
		{NULL, 0},
		STR_INIT("A23456789012345678901234567890123456789012345678901"
			 "234567890123456789"),
	};
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct zone zone;

		assert_false(zone_load(&zone, rows[i], &arena, &err));
		assert_int_equal(err.kind, ERROR_USAGE);
	}
	arena_done(&arena);
}

static void unknown_and_unfit_zones_are_errors(void **state)
{
	struct arena arena;
	struct error err;
	struct zone zone;

	(void)state;
	if (without_database())
		skip();
	arena_init(&arena);
	assert_false(zone_load(&zone, STR("Europe/Atlantis"), &arena, &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_true(
		str_starts(error_text(&err), STR("time zone Europe/Atlantis")));
	assert_false(zone_load(&zone, STR("Europe"), &arena, &err));
	assert_int_equal(err.kind, ERROR_IO);
	if (sys_kind_of(SYS_HERE, "/usr/share/zoneinfo/right/UTC") !=
	    SYS_ABSENT) {
		assert_false(zone_load(&zone, STR("right/UTC"), &arena, &err));
		assert_int_equal(err.kind, ERROR_SYNTAX);
	}
	arena_done(&arena);
}

/* A version 3 file with one type at offset 0, no change, and this footer. */
static str file_with_rule(char to[256], const char *rule)
{
	static const char header[44] = {'T', 'Z',      'i',	'f',
					'3', [39] = 1, [43] = 1};
	static const char types[7] = {0};
	size_t len = 0;

	for (int i = 0; i < 2; i++) {
		memcpy(to + len, header, sizeof(header));
		memcpy(to + len + sizeof(header), types, sizeof(types));
		len += sizeof(header) + sizeof(types);
	}
	to[len++] = '\n';
	memcpy(to + len, rule, strlen(rule));
	len += strlen(rule);
	to[len++] = '\n';
	return (str){to, len};
}

static void the_rule_of_the_footer_is_obeyed(void **state)
{
	/* 2023-01-01, 2023-07-01, 2024-02-29T12, 2024-03-01T12 */
	static const int64_t at[4] = {1672531200, 1688169600, 1709208000,
				      1709294400};
	static const struct {
		const char *rule;
		int32_t offsets[4];
	} rows[] = {
		{"", {0, 0, 0, 0}},
		{"ABC-2", {7200, 7200, 7200, 7200}},
		{"<+0330>-3:30", {12600, 12600, 12600, 12600}},
		{"ABC5DEF,M3.2.0,M11.1.0", {-18000, -14400, -18000, -18000}},
		{"ABC-10:30DEF-11,M10.1.0,M4.1.0",
		 {39600, 37800, 39600, 39600}},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", {0, 3600, 0, 0}},
		{"ABC0DEF,J60,J300", {0, 3600, 0, 3600}},
		{"ABC0DEF,59,300", {0, 3600, 3600, 3600}},
		{"ABC3DEF2,0/0,J365/25", {-7200, -7200, -7200, -7200}},
		{"ABC0DEF,M3.1.5/-11,M10.5.0", {0, 3600, 0, 3600}},
		{"ABC0DEF,M2.5.0/167,M10.5.0", {0, 3600, 0, 0}},
	};
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char bytes[256];
		struct zone zone;

		assert_true(zone_parse(&zone,
				       file_with_rule(bytes, rows[i].rule),
				       &arena, &err));
		for (size_t k = 0; k < 4; k++)
			assert_int_equal(zone_offset_at(&zone, at[k]),
					 rows[i].offsets[k]);
	}
	arena_done(&arena);
}

static void damaged_files_are_refused(void **state)
{
	static const char *const rules[] = {
		"AB1",
		"ABC",
		"ABC25",
		"ABC1DEF",
		"ABC1DEF,M3.2.0",
		"ABC1DEF,M13.2.0,M1.1.0",
		"ABC1DEF,M3.6.0,M1.1.0",
		"ABC1DEF,M3.2.7,M1.1.0",
		"ABC1DEF,J0,J1",
		"ABC1DEF,J366,J1",
		"ABC1DEF,366,1",
		"ABC1DEF,M3.2.0,M11.1.0x",
		"<>1",
		"<ABC1",
		"ABC1DEF,M3.2.0/168,M11.1.0",
		"ABC1:60",
		"ABC1:0:60",
	};
	char bytes[256];
	struct arena arena;
	struct error err;
	struct zone zone;
	str whole;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		assert_false(zone_parse(&zone, file_with_rule(bytes, rules[i]),
					&arena, &err));
		assert_int_equal(err.kind, ERROR_SYNTAX);
	}
	whole = file_with_rule(bytes, "ABC-2");
	assert_true(zone_parse(&zone, whole, &arena, &err));
	for (size_t len = 0; len < whole.len; len++)
		assert_false(zone_parse(&zone, str_slice(whole, 0, len), &arena,
					&err));
	arena_done(&arena);
}

static void clock_times_that_are_leapt_over_or_shown_twice_are_settled(
	void **state)
{
	static const struct {
		const char *zone;
		struct civil civil;
		const char *instant;
	} rows[] = {
		{"Europe/Helsinki",
		 {.year = 2024, .month = 3, .day = 31, .hour = 2, .minute = 59},
		 "2024-03-31T00:59:00Z"},
		{"Europe/Helsinki",
		 {.year = 2024, .month = 3, .day = 31, .hour = 3, .minute = 30},
		 "2024-03-31T01:30:00Z"},
		{"Europe/Helsinki",
		 {.year = 2024, .month = 3, .day = 31, .hour = 4},
		 "2024-03-31T01:00:00Z"},
		{"Europe/Helsinki",
		 {.year = 2024, .month = 10, .day = 27, .hour = 3, .minute = 5},
		 "2024-10-27T00:05:00Z"},
		{"Europe/Helsinki",
		 {.year = 2024, .month = 10, .day = 27, .hour = 4},
		 "2024-10-27T02:00:00Z"},
		{"America/New_York",
		 {.year = 2090, .month = 7, .day = 1},
		 "2090-07-01T04:00:00Z"},
		{"Pacific/Apia",
		 {.year = 2011, .month = 12, .day = 29, .hour = 23},
		 "2011-12-30T09:00:00Z"},
		{"Pacific/Apia",
		 {.year = 2011, .month = 12, .day = 30, .hour = 12},
		 "2011-12-30T22:00:00Z"},
		{"Pacific/Apia",
		 {.year = 2011, .month = 12, .day = 31},
		 "2011-12-30T10:00:00Z"},
	};
	struct arena arena;
	struct error err;

	(void)state;
	if (without_database())
		skip();
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[INSTANT_TEXT];
		struct zone zone;

		assert_true(
			zone_load(&zone, str_of(rows[i].zone), &arena, &err));
		(void)instant_format(text, zone_instant(&zone, &rows[i].civil));
		assert_string_equal(text, rows[i].instant);
	}
	arena_done(&arena);
}

static void each_instant_comes_back_from_what_clocks_show(void **state)
{
	struct arena arena;
	struct error err;

	(void)state;
	if (without_database())
		skip();
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		struct zone zone;

		assert_true(zone_load(&zone, str_of(answers[i].name), &arena,
				      &err));
		for (int64_t t = -3000000000; t < 6000000000; t += 2611111) {
			struct instant at = {.seconds = t};
			int32_t offset = zone_offset_at(&zone, t);
			struct civil civil = civil_of(at, offset);
			struct instant back = zone_instant(&zone, &civil);
			struct civil again = civil_of(
				back, zone_offset_at(&zone, back.seconds));

			assert_true(back.seconds <= t);
			assert_memory_equal(&civil, &again, sizeof(civil));
		}
	}
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(named_zones_agree_with_the_date_command),
		cmocka_unit_test(links_of_the_database_are_followed),
		cmocka_unit_test(fixed_offsets_are_zones),
		cmocka_unit_test(what_can_be_no_name_is_refused),
		cmocka_unit_test(unknown_and_unfit_zones_are_errors),
		cmocka_unit_test(the_rule_of_the_footer_is_obeyed),
		cmocka_unit_test(damaged_files_are_refused),
		cmocka_unit_test(
			clock_times_that_are_leapt_over_or_shown_twice_are_settled),
		cmocka_unit_test(each_instant_comes_back_from_what_clocks_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
