/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void strings_are_equal_by_their_bytes(void **state)
{
	(void)state;
	assert_true(str_equal(STR("a\0b"), STR("a\0b")));
	assert_false(str_equal(STR("a\0b"), STR("a\0c")));
	assert_true(str_equal((str){NULL, 0}, STR("")));
	assert_true(str_is(STR("ab"), "ab"));
	assert_false(str_is(STR("ab"), "abc"));
	assert_true(str_equal_nocase(STR("aBz"), STR("AbZ")));
	assert_false(str_equal_nocase(STR("a["), STR("a{")));
	assert_false(str_equal_nocase(STR("\xc4"), STR("\xe4")));
	assert_false(str_equal_nocase(STR("a"), STR("aa")));
}

static void strings_are_ordered_by_bytes_then_length(void **state)
{
	static const str sorted[] = {
		{NULL, 0},	  STR_INIT("\0"), STR_INIT("a"),
		STR_INIT("a\0"),  STR_INIT("ab"), STR_INIT("b"),
		STR_INIT("\xff"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sorted); i++) {
		for (size_t k = 0; k < ARRAY_SIZE(sorted); k++) {
			int order = str_compare(sorted[i], sorted[k]);

			assert_int_equal(order > 0, i > k);
			assert_int_equal(order < 0, i < k);
		}
	}
}

static void a_cut_takes_what_stands_before_the_separator(void **state)
{
	str rest = STR("a,,b");

	(void)state;
	assert_true(str_is(str_cut(&rest, ','), "a"));
	assert_true(str_is(str_cut(&rest, ','), ""));
	assert_true(str_is(rest, "b"));
	assert_true(str_is(str_cut(&rest, ','), "b"));
	assert_null(rest.ptr);
	assert_int_equal(str_cut(&rest, ',').len, 0);
	rest = STR("a,");
	assert_true(str_is(str_cut(&rest, ','), "a"));
	assert_non_null(rest.ptr);
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
	(void)state;
	assert_true(str_is(str_trim(STR(" \t\r\n\v\fa b ")), "a b"));
	assert_true(str_is(str_trim(STR(" ")), ""));
	assert_int_equal(str_trim((str){NULL, 0}).len, 0);
}

static void beginnings_and_ends_are_told(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_true(str_starts(STR("abc"), STR("")));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_false(str_starts(STR("abc"), STR("b")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_true(str_ends((str){NULL, 0}, STR("")));
	assert_false(str_ends(STR("c"), STR("bc")));
}

static void bytes_and_needles_are_found(void **state)
{
	static const struct {
		str in, needle;
		size_t at;
	} rows[] = {
		{STR_INIT("abcabd"), STR_INIT("abd"), 3},
		{STR_INIT("aaab"), STR_INIT("aab"), 1},
		{STR_INIT("abc"), STR_INIT(""), 0},
		{STR_INIT("abc"), STR_INIT("abcd"), SIZE_MAX},
		{STR_INIT("abc"), STR_INIT("cd"), SIZE_MAX},
		{STR_INIT("a\0b"), STR_INIT("\0b"), 1},
		{{NULL, 0}, STR_INIT("a"), SIZE_MAX},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(str_find(rows[i].in, rows[i].needle),
				 rows[i].at);
	assert_int_equal(str_find_byte(STR("abc"), 'c'), 2);
	assert_int_equal(str_find_byte(STR("abc"), 'd'), SIZE_MAX);
	assert_int_equal(str_find_byte((str){NULL, 0}, 'd'), SIZE_MAX);
}

static void slices_are_clamped(void **state)
{
	(void)state;
	assert_true(str_is(str_slice(STR("abc"), 1, 2), "b"));
	assert_true(str_is(str_slice(STR("abc"), 1, SIZE_MAX), "bc"));
	assert_true(str_is(str_slice(STR("abc"), 9, 12), ""));
	assert_true(str_is(str_slice(STR("abc"), 2, 1), ""));
	assert_null(str_slice((str){NULL, 0}, 0, 4).ptr);
}

static void integers_fill_the_whole_string(void **state)
{
	static const struct {
		str in;
		bool good;
		int64_t value;
	} rows[] = {
		{STR_INIT("0"), true, 0},
		{STR_INIT("-0"), true, 0},
		{STR_INIT("+12"), true, 12},
		{STR_INIT("007"), true, 7},
		{STR_INIT("9223372036854775807"), true, INT64_MAX},
		{STR_INIT("-9223372036854775808"), true, INT64_MIN},
		{STR_INIT("9223372036854775808"), false, 0},
		{STR_INIT("-9223372036854775809"), false, 0},
		{STR_INIT("99999999999999999999"), false, 0},
		{STR_INIT(""), false, 0},
		{STR_INIT("-"), false, 0},
		{STR_INIT("+"), false, 0},
		{STR_INIT("1 "), false, 0},
		{STR_INIT(" 1"), false, 0},
		{STR_INIT("1\0"), false, 0},
		{STR_INIT("0x1"), false, 0},
		{STR_INIT("--1"), false, 0},
		{{NULL, 0}, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t value = 42;

		assert_int_equal(str_to_int64(&value, rows[i].in),
				 rows[i].good);
		assert_int_equal(value, rows[i].good ? rows[i].value : 42);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_equal_by_their_bytes),
		cmocka_unit_test(strings_are_ordered_by_bytes_then_length),
		cmocka_unit_test(a_cut_takes_what_stands_before_the_separator),
		cmocka_unit_test(white_space_is_trimmed_at_both_ends),
		cmocka_unit_test(beginnings_and_ends_are_told),
		cmocka_unit_test(bytes_and_needles_are_found),
		cmocka_unit_test(slices_are_clamped),
		cmocka_unit_test(integers_fill_the_whole_string),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
