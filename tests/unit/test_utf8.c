/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static void every_code_point_is_written_and_read(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char bytes[4];
		str s = {bytes, utf8_put(bytes, c)};
		size_t i = 0;
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;

		if (utf8_next(s, &i) != (surrogate ? 0xFFFD : c) ||
		    i != s.len || utf8_check(s) != SIZE_MAX ||
		    utf8_count(s) != 1)
			fail_msg("U+%04X", c);
	}
}

static void ill_formed_bytes_are_told_one_by_one(void **state)
{
	static const struct {
		str bytes;
		size_t bad; /* the offset of the first */
		size_t steps;
	} rows[] = {
		{STR_INIT("\x80"), 0, 1},
		{STR_INIT("a\xff"), 1, 2},
		{STR_INIT("\xc0\x80"), 0, 2},
		{STR_INIT("\xc1\xbf"), 0, 2},
		{STR_INIT("\xe0\x9f\xbf"), 0, 3},
		{STR_INIT("\xed\xa0\x80"), 0, 3},
		{STR_INIT("\xed\xbf\xbf"), 0, 3},
		{STR_INIT("\xf0\x8f\xbf\xbf"), 0, 4},
		{STR_INIT("\xf4\x90\x80\x80"), 0, 4},
		{STR_INIT("\xf5\x80\x80\x80"), 0, 4},
		{STR_INIT("\xe2\x82"), 0, 2},
		{STR_INIT("\xf0\x9f\x98"), 0, 3},
		{STR_INIT("\xc3("), 0, 2},
		{STR_INIT("01234567\x80"), 8, 9},
		{STR_INIT("0123456789abcde\xe4"), 15, 16},
		{STR_INIT("\xc3\xa4\xa4"), 2, 2},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t steps = 0;

		assert_int_equal(utf8_check(rows[i].bytes), rows[i].bad);
		for (size_t at = 0; at < rows[i].bytes.len; steps++)
			(void)utf8_next(rows[i].bytes, &at);
		assert_int_equal(steps, rows[i].steps);
	}
	assert_int_equal(utf8_check((str){NULL, 0}), SIZE_MAX);
}

static void a_beginning_that_is_cut_off_is_never_read_past(void **state)
{
	char bytes[4];

	(void)state;
	for (size_t len = 1; len < 4; len++) {
		size_t i = 0;

		assert_int_equal(utf8_put(bytes, 0x1F600), 4);
		assert_true(utf8_next((str){bytes, len}, &i) == UTF8_BAD);
		assert_int_equal(i, 1);
	}
}

static void code_points_are_counted_and_found(void **state)
{
	str s = STR("aä€😀z");

	(void)state;
	assert_int_equal(utf8_count(s), 5);
	assert_int_equal(utf8_offset(s, 0), 0);
	assert_int_equal(utf8_offset(s, 1), 1);
	assert_int_equal(utf8_offset(s, 2), 3);
	assert_int_equal(utf8_offset(s, 3), 6);
	assert_int_equal(utf8_offset(s, 4), 10);
	assert_int_equal(utf8_offset(s, 5), 11);
	assert_int_equal(utf8_offset(s, 99), 11);
}

static void what_is_no_code_point_is_written_as_the_replacement(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	buf_code_point(&buf, 0xD800);
	buf_code_point(&buf, 0x110000);
	buf_code_point(&buf, UTF8_BAD);
	assert_true(str_is(buf_str(&buf), "\xEF\xBF\xBD\xEF\xBF\xBD"
					  "\xEF\xBF\xBD"));
	buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_is_written_and_read),
		cmocka_unit_test(ill_formed_bytes_are_told_one_by_one),
		cmocka_unit_test(
			a_beginning_that_is_cut_off_is_never_read_past),
		cmocka_unit_test(code_points_are_counted_and_found),
		cmocka_unit_test(
			what_is_no_code_point_is_written_as_the_replacement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
