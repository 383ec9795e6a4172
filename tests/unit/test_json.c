/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "data/document.h"

static bool read_json(struct document *document, struct arena *arena, str text,
		      const struct limits *limits, struct error *err)
{
	return document_parse(document, arena, text, FORMAT_JSON, limits, err);
}

static const struct {
	str text;
	enum node_kind kind;
	str content; /* of a scalar */
} scalars[] = {
	{STR_INIT("null"), NODE_NULL, STR_INIT("null")},
	{STR_INIT(" true\n"), NODE_BOOL, STR_INIT("true")},
	{STR_INIT("\t\r\nfalse"), NODE_BOOL, STR_INIT("false")},
	{STR_INIT("0"), NODE_INT, STR_INIT("0")},
	{STR_INIT("-0"), NODE_INT, STR_INIT("-0")},
	{STR_INIT("9223372036854775807"), NODE_INT,
	 STR_INIT("9223372036854775807")},
	{STR_INIT("1.50"), NODE_FLOAT, STR_INIT("1.50")},
	{STR_INIT("-1E+2"), NODE_FLOAT, STR_INIT("-1E+2")},
	{STR_INIT("\"\""), NODE_STRING, STR_INIT("")},
	{STR_INIT("\"a\\u0000b\""), NODE_STRING, STR_INIT("a\0b")},
	{STR_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), NODE_STRING,
	 STR_INIT("\"\\/\b\f\n\r\t")},
	{STR_INIT("\"\\u00e6\\u20AC\""), NODE_STRING,
	 STR_INIT("\xC3\xA6\xE2\x82\xAC")},
	{STR_INIT("\"\\ud83d\\ude00\""), NODE_STRING,
	 STR_INIT("\xF0\x9F\x98\x80")},
	{STR_INIT("\"\\uDBFF\\uDFFF\""), NODE_STRING,
	 STR_INIT("\xF4\x8F\xBF\xBF")},
	{STR_INIT("\"\xE2\x80\xA8\xC2\x85\x7F\""), NODE_STRING,
	 STR_INIT("\xE2\x80\xA8\xC2\x85\x7F")},
	{STR_INIT("\xEF\xBB\xBF\"x\""), NODE_STRING, STR_INIT("x")},
};

static void scalars_are_read_as_rfc_8259_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(scalars); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		if (!read_json(&document, &arena, scalars[i].text,
			       &limits_default, &err))
			fail_msg("row %zu: %s", i, err.text);
		assert_int_equal(document.count, 1);
		assert_int_equal(document.roots[0]->kind, scalars[i].kind);
		assert_true(
			str_equal(document.roots[0]->text, scalars[i].content));
		arena_done(&arena);
	}
}

static const struct {
	str text;
	const char *says;
	uint32_t start;
} refused[] = {
	{STR_INIT(""), "the text ends where a value", 0},
	{STR_INIT("  "), "the text ends where a value", 2},
	{STR_INIT("[1,]"), "']' where a value", 3},
	{STR_INIT("[1 2]"), "'2' where ',' or ']'", 3},
	{STR_INIT("[1"), "the text ends where ',' or ']'", 2},
	{STR_INIT("{\"a\" 1}"), "'1' where ':'", 5},
	{STR_INIT("{\"a\":}"), "'}' where a value", 5},
	{STR_INIT("{\"a\":1,}"), "'}' where a name", 7},
	{STR_INIT("{a:1}"), "'a' where a name", 1},
	{STR_INIT("{1:1}"), "'1' where a name", 1},
	{STR_INIT("[1}"), "'}' where ',' or ']'", 2},
	{STR_INIT("1 2"), "'2' where the end", 2},
	{STR_INIT("nul"), "'n' where a value", 0},
	{STR_INIT("True"), "'T' where a value", 0},
	{STR_INIT("NaN"), "'N' where a value", 0},
	{STR_INIT("truex"), "'x' where the end", 4},
	{STR_INIT("// c\n1"), "'/' where a value", 0},
	{STR_INIT("'a'"), "''' where a value", 0},
	{STR_INIT("01"), "leading zero", 0},
	{STR_INIT("-01"), "leading zero", 0},
	{STR_INIT("+1"), "'+' where a value", 0},
	{STR_INIT(".5"), "'.' where a value", 0},
	{STR_INIT("1."), "the text ends where a digit", 2},
	{STR_INIT("1.e5"), "'e' where a digit", 2},
	{STR_INIT("1e"), "the text ends where a digit", 2},
	{STR_INIT("-"), "the text ends where a digit", 1},
	{STR_INIT("0x10"), "'x' where the end", 1},
	{STR_INIT("1e1234567890123456"), "exponent", 0},
	{STR_INIT("\"a"), "never closed", 0},
	{STR_INIT("\"a\\"), "never closed", 0},
	{STR_INIT("\"a\nb\""), "U+000A", 2},
	{STR_INIT("\"a\0b\""), "U+0000", 2},
	{STR_INIT("\"\\x41\""), "an escape", 1},
	{STR_INIT("\"\\0\""), "an escape", 1},
	{STR_INIT("\"\\u12g4\""), "four hexadecimal", 1},
	{STR_INIT("\"\\ud800\""), "half of a surrogate", 1},
	{STR_INIT("\"\\udc00x\""), "half of a surrogate", 1},
	{STR_INIT("\"\\ud800\\u0041\""), "half of a surrogate", 1},
	{STR_INIT("\"\\ud800\\ud800\""), "half of a surrogate", 1},
	{STR_INIT("1\0"), "U+0000 where the end", 1},
	{STR_INIT("\"\xFF\""), "not UTF-8", 1},
	{STR_INIT("\xC2\xA0"
		  "1"),
	 "U+00A0 where a value", 0},
};

static void what_is_not_json_is_refused_with_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		if (read_json(&document, &arena, refused[i].text,
			      &limits_default, &err))
			fail_msg("row %zu was read", i);
		assert_int_equal(err.kind, ERROR_SYNTAX);
		if (!strstr(err.text, refused[i].says))
			fail_msg("row %zu says: %s", i, err.text);
		if (err.at.start != refused[i].start)
			fail_msg("row %zu is at %u", i, err.at.start);
		arena_done(&arena);
	}
}

static void spans_are_exact(void **state)
{
	str text = STR("{ \"k\\u0041\" : [ 1 , {} ,\"\\n\" ] }");
	const struct node *list;
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);

	assert_true(read_json(&document, &arena, text, &limits_default, &err));

	list = node_find(document.roots[0], STR("kA"));
	assert_non_null(list);
	assert_int_equal(document.roots[0]->span.start, 0);
	assert_int_equal(document.roots[0]->span.end, text.len);
	assert_int_equal(list->key->span.start, 2);
	assert_int_equal(list->key->span.end, 11);
	assert_int_equal(list->span.start, 14);
	assert_int_equal(list->span.end, 30);
	assert_int_equal(list->as.children[0].span.start, 16);
	assert_int_equal(list->as.children[1].span.start, 20);
	assert_int_equal(list->as.children[1].span.end, 22);
	assert_int_equal(list->as.children[2].span.start, 24);
	assert_int_equal(list->as.children[2].span.end, 28);
	assert_true(str_equal(list->as.children[2].text, STR("\n")));
	arena_done(&arena);
}

static void equal_names_are_refused_with_both_places(void **state)
{
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_false(read_json(&document, &arena,
			       STR("{\"a\":1,\"b\":2,\"\\u0061\":3}"),
			       &limits_default, &err));
	assert_int_equal(err.at.start, 13);
	assert_int_equal(err.at.end, 21);
	assert_int_equal(err.other.start, 1);
	assert_int_equal(err.other.end, 4);
	arena_done(&arena);
}

static void integers_beyond_64_bits_stay_exact_in_their_text(void **state)
{
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(read_json(&document, &arena, STR("-9223372036854775809"),
			      &limits_default, &err));
	assert_true(document.roots[0]->big);
	assert_true(document.roots[0]->as.number < -9.2e18);
	assert_true(str_is(document.roots[0]->text, "-9223372036854775809"));
	arena_done(&arena);
}

static void ceilings_are_named(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} rows[] = {
		{"[[[[[]]]]]", "nesting deeper than 4 (limit yaml_depth)"},
		{"[1,2,3,4,5,6,7,8,9,10]", "(limit yaml_nodes)"},
		{"\"12345678901\"", "(limit yaml_scalar)"},
		{"{\"123456\":1}", "(limit yaml_key)"},
		{"[                                      ]",
		 "(limit yaml_size)"},
	};
	struct limits limits = {
		.yaml_depth = 4,
		.yaml_nodes = 10,
		.yaml_scalar = 10,
		.yaml_key = 5,
		.yaml_size = 30,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		assert_false(read_json(&document, &arena, str_of(rows[i].text),
				       &limits, &err));
		assert_int_equal(err.kind, ERROR_LIMIT);
		if (!strstr(err.text, rows[i].says))
			fail_msg("row %zu says: %s", i, err.text);
		arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars_are_read_as_rfc_8259_says),
		cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
		cmocka_unit_test(spans_are_exact),
		cmocka_unit_test(equal_names_are_refused_with_both_places),
		cmocka_unit_test(
			integers_beyond_64_bits_stay_exact_in_their_text),
		cmocka_unit_test(ceilings_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
