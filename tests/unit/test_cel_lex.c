/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/lex.h"

static void test_tokens_are_cut_where_the_grammar_says(void **state)
{
	static const struct {
		const char *text;
		enum cel_token_kind kinds[8];
	} rows[] = {
		{"a.b", {CEL_TOKEN_NAME, CEL_TOKEN_DOT, CEL_TOKEN_NAME}},
		{"1.5.b", {CEL_TOKEN_DOUBLE, CEL_TOKEN_DOT, CEL_TOKEN_NAME}},
		{"1.b", {CEL_TOKEN_INT, CEL_TOKEN_DOT, CEL_TOKEN_NAME}},
		{"a.?b",
		 {CEL_TOKEN_NAME, CEL_TOKEN_DOT, CEL_TOKEN_QUESTION,
		  CEL_TOKEN_NAME}},
		{"a?.5:b",
		 {CEL_TOKEN_NAME, CEL_TOKEN_QUESTION, CEL_TOKEN_DOUBLE,
		  CEL_TOKEN_COLON, CEL_TOKEN_NAME}},
		{"1u 0xFU 0x1",
		 {CEL_TOKEN_UINT, CEL_TOKEN_UINT, CEL_TOKEN_INT}},
		{"in inner", {CEL_TOKEN_IN, CEL_TOKEN_NAME}},
		{"rb'x' Br\"y\" b''",
		 {CEL_TOKEN_BYTES, CEL_TOKEN_BYTES, CEL_TOKEN_BYTES}},
		{"r'\\' bar", {CEL_TOKEN_STRING, CEL_TOKEN_NAME}},
		{"'''a'b''c''' '' \"\"",
		 {CEL_TOKEN_STRING, CEL_TOKEN_STRING, CEL_TOKEN_STRING}},
		{"rr'x'", {CEL_TOKEN_NAME, CEL_TOKEN_STRING}},
		{"<=>=!=!",
		 {CEL_TOKEN_LE, CEL_TOKEN_GE, CEL_TOKEN_NE, CEL_TOKEN_NOT}},
		{"a//b\n//c\n.`d e`",
		 {CEL_TOKEN_NAME, CEL_TOKEN_DOT, CEL_TOKEN_QUOTED}},
		{" \t\r\n\f", {CEL_TOKEN_END}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cel_lexer lexer;
		struct cel_token token;
		struct error err;

		assert_true(cel_lexer_init(&lexer, str_of(rows[i].text), &err));
		for (size_t k = 0; rows[i].kinds[k] != CEL_TOKEN_END; k++) {
			if (!cel_lexer_next(&lexer, &token, &err))
				fail_msg("%s: %s", rows[i].text, err.text);
			assert_string_equal(cel_token_name(token.kind),
					    cel_token_name(rows[i].kinds[k]));
		}
		assert_true(cel_lexer_next(&lexer, &token, &err));
		assert_int_equal(token.kind, CEL_TOKEN_END);
	}
}

static struct cel_value literal(struct arena *arena, const char *text,
				bool negative)
{
	struct cel_lexer lexer;
	struct cel_token token;
	struct cel_value value = cel_null();
	struct error err = {0};

	if (!cel_lexer_init(&lexer, str_of(text), &err) ||
	    !cel_lexer_next(&lexer, &token, &err) ||
	    !cel_literal(&value, arena, str_of(text), token, negative, &err))
		fail_msg("%s: %s", text, err.text);
	return value;
}

static void test_numbers_reach_their_ends(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);

	assert_true(literal(&arena, "9223372036854775807", false).as.integer ==
		    INT64_MAX);
	assert_true(literal(&arena, "9223372036854775808", true).as.integer ==
		    INT64_MIN);
	assert_true(literal(&arena, "0x8000000000000000", true).as.integer ==
		    INT64_MIN);
	assert_true(literal(&arena, "0xffffffffffffffffu", false).as.natural ==
		    UINT64_MAX);
	assert_true(literal(&arena, "1.5e3", true).as.number == -1500.0);
	arena_done(&arena);
}

static void test_escapes_become_what_they_name(void **state)
{
	static const struct {
		const char *text;
		str wanted;
		enum cel_tag tag;
	} rows[] = {
		{"'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'",
		 STR_INIT("\a\b\f\n\r\t\v\\?\"'`"), CEL_STRING},
		{"'\\377'", STR_INIT("\xc3\xbf"), CEL_STRING},
		{"b'\\377'", STR_INIT("\xff"), CEL_BYTES},
		{"'\\xe9\\u00e9\\U0001F600'",
		 STR_INIT("\xc3\xa9\xc3\xa9\xf0\x9f\x98\x80"), CEL_STRING},
		{"b'\xc3\xa9\\xe9'", STR_INIT("\xc3\xa9\xe9"), CEL_BYTES},
		{"r'\\n'", STR_INIT("\\n"), CEL_STRING},
		{"bR\"\"\"\\x\"\"\"", STR_INIT("\\x"), CEL_BYTES},
		{"'\\000'", STR_INIT("\0"), CEL_STRING},
		{"''", STR_INIT(""), CEL_STRING},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cel_value value = literal(&arena, rows[i].text, false);

		assert_int_equal(value.tag, rows[i].tag);
		assert_int_equal(value.aux, rows[i].wanted.len);
		assert_memory_equal(value.as.text, rows[i].wanted.ptr,
				    rows[i].wanted.len);
	}
	arena_done(&arena);
}

static void test_words_of_the_language_are_reserved(void **state)
{
	(void)state;
	assert_true(cel_is_reserved(STR("while")));
	assert_true(cel_is_reserved(STR("in")));
	assert_true(cel_is_reserved(STR("null")));
	assert_false(cel_is_reserved(STR("has")));
	assert_false(cel_is_reserved(STR("While")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens_are_cut_where_the_grammar_says),
		cmocka_unit_test(test_numbers_reach_their_ends),
		cmocka_unit_test(test_escapes_become_what_they_name),
		cmocka_unit_test(test_words_of_the_language_are_reserved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
