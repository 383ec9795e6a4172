/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/json.h"

static void write_sample(struct json *json)
{
	json_object(json);
	json_key(json, STR("a"));
	json_array(json);
	json_int(json, -1);
	json_size(json, 2);
	json_bool(json, true);
	json_bool(json, false);
	json_null(json);
	json_end(json);
	json_key(json, STR("b\n"));
	json_object(json);
	json_end(json);
	json_key(json, STR("c"));
	json_text(json, STR("x\"y"));
	json_key(json, STR("d"));
	json_text_cut(json, STR("xyz"), 1);
	json_key(json, STR("e"));
	json_array(json);
	json_end(json);
	json_end(json);
	json_finish(json);
}

static void compact_json_is_one_line(void **state)
{
	struct out out;
	struct json json;

	(void)state;
	out_init(&out, 4096);
	json = json_start(&out, 0);

	write_sample(&json);

	assert_true(str_is(out_str(&out),
			   "{\"a\":[-1,2,true,false,null],\"b\\n\":{},"
			   "\"c\":\"x\\\"y\",\"d\":\"x…\",\"e\":[]}"));
	out_done(&out);
}

static void indented_json_has_a_line_for_each_item(void **state)
{
	struct out out;
	struct json json;

	(void)state;
	out_init(&out, 4096);
	json = json_start(&out, 2);

	write_sample(&json);

	assert_true(str_is(out_str(&out),
			   "{\n  \"a\": [\n    -1,\n    2,\n    true,\n"
			   "    false,\n    null\n  ],\n  \"b\\n\": {},\n"
			   "  \"c\": \"x\\\"y\",\n  \"d\": \"x…\",\n"
			   "  \"e\": []\n}"));
	out_done(&out);
}

static void doubles_are_as_short_as_they_can_be(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{0.0, "0"},
		{-0.0, "-0"},
		{1.0, "1"},
		{0.1, "0.1"},
		{0.1 + 0.2, "0.30000000000000004"},
		{1e21, "1e+21"},
		{1e-7, "1e-07"},
		{1.0 / 3, "0.3333333333333333"},
		{5e-324, "4.94065645841247e-324"},
		{1.7976931348623157e308, "1.7976931348623157e+308"},
		{9007199254740993.0, "9007199254740992"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[JSON_DOUBLE];
		size_t len = double_format(text, rows[i].value);

		assert_string_equal(text, rows[i].text);
		assert_int_equal(len, strlen(rows[i].text));
	}
}

static void doubles_of_any_bits_read_back(void **state)
{
	uint64_t bits = 88172645463325252u;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char text[JSON_DOUBLE];
		double value;
		double back;
		size_t len;

		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		memcpy(&value, &bits, sizeof(value));

		len = double_format(text, value);

		assert_int_equal(len == 0, !isfinite(value));
		if (len) {
			back = strtod(text, NULL);
			assert_memory_equal(&back, &value, sizeof(value));
		}
	}
}

static void what_is_no_number_is_null_and_told(void **state)
{
	struct out out;
	struct json json;

	(void)state;
	out_init(&out, 4096);
	json = json_start(&out, 0);
	json_array(&json);
	json_double(&json, 0.5);
	assert_false(out_json_is_lossy(&out));
	json_double(&json, (double)NAN);
	assert_true(out_json_is_lossy(&out));
	json_double(&json, (double)-INFINITY);
	json_end(&json);
	json_finish(&json);

	assert_true(str_is(out_str(&out), "[0.5,null,null]"));
	out_done(&out);
}

static void levels_remember_what_they_are(void **state)
{
	struct out out;
	struct json json;

	(void)state;
	out_init(&out, 1 << 16);
	json = json_start(&out, 0);
	for (unsigned i = 0; i < JSON_DEEPEST; i++) {
		if (i % 3) {
			json_object(&json);
			if (i + 1 < JSON_DEEPEST)
				json_key(&json, STR("k"));
		} else {
			json_array(&json);
		}
	}
	for (unsigned i = 0; i < JSON_DEEPEST; i++)
		json_end(&json);
	json_finish(&json);

	assert_true(str_starts(out_str(&out), STR("[{\"k\":{\"k\":[{")));
	assert_true(str_ends(out_str(&out), STR("}]}}]}}]")));
	out_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compact_json_is_one_line),
		cmocka_unit_test(indented_json_has_a_line_for_each_item),
		cmocka_unit_test(doubles_are_as_short_as_they_can_be),
		cmocka_unit_test(doubles_of_any_bits_read_back),
		cmocka_unit_test(what_is_no_number_is_null_and_told),
		cmocka_unit_test(levels_remember_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
