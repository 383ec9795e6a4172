/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/lines.h"

static void offsets_have_a_line_and_a_column_in_each_unit(void **state)
{
	str text = STR("a\nä😀z\r\n\nend");
	static const struct {
		size_t offset;
		struct place place;
	} rows[] = {
		{0, {1, 1, 1, 1}},  {1, {1, 2, 2, 2}},	{2, {2, 1, 1, 1}},
		{4, {2, 2, 3, 2}},  {8, {2, 3, 7, 4}},	{9, {2, 4, 8, 5}},
		{11, {3, 1, 1, 1}}, {12, {4, 1, 1, 1}}, {15, {4, 4, 4, 4}},
		{99, {4, 4, 4, 4}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct place place = place_of(text, rows[i].offset);

		assert_memory_equal(&place, &rows[i].place, sizeof(place));
	}
}

static void an_empty_text_has_one_place(void **state)
{
	struct place place = place_of((str){NULL, 0}, 3);

	(void)state;
	assert_int_equal(place.line, 1);
	assert_int_equal(place.column, 1);
}

static void lines_come_without_their_ending(void **state)
{
	str text = STR("a\r\nb\n\nc\rd");

	(void)state;
	assert_null(line_at(text, 0).ptr);
	assert_true(str_is(line_at(text, 1), "a"));
	assert_true(str_is(line_at(text, 2), "b"));
	assert_true(str_is(line_at(text, 3), ""));
	assert_non_null(line_at(text, 3).ptr);
	assert_true(str_is(line_at(text, 4), "c\rd"));
	assert_null(line_at(text, 5).ptr);
	assert_non_null(line_at(STR("a\n"), 2).ptr);
	assert_null(line_at(STR("a\n"), 3).ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_have_a_line_and_a_column_in_each_unit),
		cmocka_unit_test(an_empty_text_has_one_place),
		cmocka_unit_test(lines_come_without_their_ending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
