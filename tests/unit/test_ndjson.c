/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "report_fixture.h"

enum { LINES = 16 };

/* Each line of the report, which ends with its last line end. */
static size_t parse_lines(json_t *lines[LINES], const struct out *out)
{
	str rest = str_make(out->buf.ptr, out->buf.len - 1);
	size_t count = 0;

	while (rest.len) {
		str line = str_cut(&rest, '\n');

		assert_non_null(rest.ptr);
		assert_true(count < LINES);
		lines[count] = json_loadb(
			line.ptr, line.len,
			JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
		assert_non_null(lines[count]);
		count++;
	}
	return count;
}

/* Is the line of this type? Takes "type" off. */
static bool is_type(json_t *line, const char *type)
{
	const char *value = json_string_value(json_object_get(line, "type"));
	bool same = value && strcmp(value, type) == 0;

	json_object_del(line, "type");
	return same;
}

static void the_lines_say_what_the_document_says(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	json_t *lines[LINES];
	json_t *together;
	json_t *document;
	struct out out;
	size_t count;
	(void)state;

	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	fixture_write(&out, "json", &hostile->report, &look);
	document =
		json_loadb(out.buf.ptr, out.buf.len - 1, JSON_ALLOW_NUL, NULL);
	fixture_write(&out, "ndjson", &hostile->report, &look);
	count = parse_lines(lines, &out);

	assert_int_equal(count, 1 + 1 + 4 + 1);
	assert_true(is_type(lines[0], "run"));
	assert_true(is_type(lines[1], "rule"));
	for (size_t i = 2; i < 6; i++)
		assert_true(is_type(lines[i], "finding"));
	assert_true(is_type(lines[6], "end"));

	/* Put together, run and end and the arrays are the document. */
	together = lines[0];
	assert_int_equal(json_object_update_missing(together, lines[6]), 0);
	assert_int_equal(json_object_set_new(together, "rules",
					     json_pack("[O]", lines[1])),
			 0);
	assert_int_equal(
		json_object_set_new(together, "findings",
				    json_pack("[OOOO]", lines[2], lines[3],
					      lines[4], lines[5])),
		0);
	assert_int_equal(
		json_object_set_new(together, "unchanged", json_pack("[]")), 0);
	assert_int_equal(
		json_object_set_new(together, "fixed", json_pack("[]")), 0);
	assert_true(json_equal(together, document));

	for (size_t i = 0; i < count; i++)
		json_decref(lines[i]);
	json_decref(document);
	out_done(&out);
	test_free(hostile);
}

static void a_clean_run_has_a_head_and_an_end(void **state)
{
	struct report report = fixture_report(NULL, 0);
	const struct look look = {0};
	struct out out;
	(void)state;

	out_init(&out, SIZE_MAX);
	report.policy = (str){NULL, 0};
	assert_string_equal(
		fixture_write(&out, "ndjson", &report, &look),
		"{\"type\":\"run\",\"schema\":1,\"tool\":{\"name\":\"abide\","
		"\"version\":\"0.1.0\"},\"now\":\"2026-11-22T00:00:00Z\","
		"\"snapshot\":\"work tree\",\"policy\":null,\"base\":null}\n"
		"{\"type\":\"end\",\"status\":\"complete\",\"incomplete\":[],"
		"\"counts\":{\"files\":214,\"records\":212,\"records_hit\":0,"
		"\"rules\":0,\"findings\":0,\"errors\":0,\"warnings\":0,"
		"\"notes\":0,\"waived\":0,\"hidden\":0,\"unchanged\":0,"
		"\"fixed\":0},\"remarks\":[],"
		"\"lossy\":false,"
		"\"complete\":true}\n");
	out_done(&out);
}

static void reporters_are_found_by_name_and_stand_in_order(void **state)
{
	(void)state;

	for (size_t i = 0; i < reporter_count; i++) {
		assert_ptr_equal(reporter_find(str_of(reporters[i]->name)),
				 reporters[i]);
		assert_non_null(reporters[i]->summary);
		if (i > 0)
			assert_true(strcmp(reporters[i - 1]->name,
					   reporters[i]->name) < 0);
	}
	assert_null(reporter_find(STR("tex")));
	assert_null(reporter_find(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lines_say_what_the_document_says),
		cmocka_unit_test(a_clean_run_has_a_head_and_an_end),
		cmocka_unit_test(
			reporters_are_found_by_name_and_stand_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
