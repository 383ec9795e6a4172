/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "report_fixture.h"

enum { LINES = 8 };

static size_t read_lines(json_t *lines[LINES], const struct report *report)
{
	const struct look look = {0};
	size_t count = 0;
	struct out out;
	str rest;

	out_init(&out, SIZE_MAX);
	fixture_write(&out, "rdjsonl", report, &look);
	rest = str_make(out.buf.ptr, out.buf.len - 1);
	while (rest.len) {
		str line = str_cut(&rest, '\n');

		assert_true(count < LINES);
		lines[count] = json_loadb(line.ptr, line.len,
					  JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(lines[count]);
		count++;
	}
	out_done(&out);
	return count;
}

static void free_lines(json_t *lines[LINES], size_t count)
{
	for (size_t i = 0; i < count; i++)
		json_decref(lines[i]);
}

static void columns_are_bytes_and_ends_are_told(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *lines[LINES];
	int line, column, end_line, end_column;
	size_t count;

	(void)state;
	full_init(full);

	count = read_lines(lines, &full->report);

	assert_int_equal(count, 5);
	assert_int_equal(json_unpack(lines[2], "{s{s{s{s:i,s:i},s{s:i,s:i}}}}",
				     "location", "range", "start", "line",
				     &line, "column", &column, "end", "line",
				     &end_line, "column", &end_column),
			 0);
	assert_int_equal(line, 2);
	assert_int_equal(column, 15); /* code point 14, behind a wide letter */
	assert_int_equal(end_line, 3);
	assert_int_equal(end_column, 7);
	assert_null(json_object_get(lines[0], "location"));
	free_lines(lines, count);
	test_free(full);
}

static void what_is_waived_does_not_stop_a_review(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *lines[LINES];
	const char *text;
	size_t count;

	(void)state;
	full_init(full);
	full->report.incomplete = full->incomplete;
	full->report.incomplete_count = ARRAY_SIZE(full->incomplete);

	count = read_lines(lines, &full->report);

	assert_int_equal(count, 7);
	assert_string_equal(
		json_string_value(json_object_get(lines[0], "severity")),
		"ERROR");
	assert_int_equal(
		json_unpack(lines[0], "{s{s:s}}", "code", "value", &text), 0);
	assert_string_equal(text, "incomplete");
	assert_string_equal(
		json_string_value(json_object_get(lines[3], "severity")),
		"INFO");
	assert_string_equal(
		json_string_value(json_object_get(lines[3], "message")),
		"waived by ex-1: PA-014 has no time limit");
	assert_int_equal(json_unpack(lines[5], "{s[{s:s}]}", "suggestions",
				     "text", &text),
			 0);
	assert_string_equal(text, "V-007");
	assert_int_equal(json_unpack(lines[5], "{s[{s{s:s}}]}",
				     "related_locations", "location", "path",
				     &text),
			 0);
	assert_string_equal(text, "b.yaml");
	assert_null(json_object_get(lines[6], "suggestions"));
	free_lines(lines, count);
	test_free(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_bytes_and_ends_are_told),
		cmocka_unit_test(what_is_waived_does_not_stop_a_review),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
