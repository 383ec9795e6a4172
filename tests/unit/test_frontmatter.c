/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/document.h"

static const struct {
	const char *text;
	const char *title; /* NULL: no front matter */
	const char *body;
} rows[] = {
	{"---\ntitle: x\n---\n# Body\n", "x", "# Body\n"},
	{"---\ntitle: x\n...\nBody", "x", "Body"},
	{"---\r\ntitle: x\r\n---\r\nBody\r\n", "x", "Body\r\n"},
	{"\xEF\xBB\xBF---\ntitle: x\n---\nBody\n", "x", "Body\n"},
	{"---  \ntitle: x\n---\t\nBody\n", "x", "Body\n"},
	{"---\ntitle: x\n---", "x", ""},
	{"---\ntitle: |\n  x\n  ---\n---\n---\n", "x\n---\n", "---\n"},
	{"---\ntitle: x\n----: y\n---\nb", "x", "b"},
	{"# Heading\n---\ntitle: x\n---\n", NULL,
	 "# Heading\n---\ntitle: x\n---\n"},
	{"\n---\ntitle: x\n---\n", NULL, "\n---\ntitle: x\n---\n"},
	{"----\n", NULL, "----\n"},
	{" ---\n", NULL, " ---\n"},
	{"--- x\n---\n", NULL, "--- x\n---\n"},
	{"\xEF\xBB\xBFtext", NULL, "text"},
	{"", NULL, ""},
};

static void front_matter_stands_between_the_first_line_and_its_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		if (!document_parse(&document, &arena, str_of(rows[i].text),
				    FORMAT_MARKDOWN, &limits_default, &err))
			fail_msg("row %zu: %s", i, err.text);
		assert_int_equal(document.count, rows[i].title != NULL);
		assert_true(str_is(document.body, rows[i].body));
		if (rows[i].title &&
		    !str_is(node_text(document.roots[0], STR("title")),
			    rows[i].title))
			fail_msg("row %zu", i);
		arena_done(&arena);
	}
}

static void empty_front_matter_is_a_document_of_nothing(void **state)
{
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(document_parse(&document, &arena, STR("---\n---\nx"),
				   FORMAT_MARKDOWN, &limits_default, &err));
	assert_int_equal(document.count, 1);
	assert_int_equal(document.roots[0]->kind, NODE_NULL);
	arena_done(&arena);
}

static void offsets_are_those_of_the_file(void **state)
{
	str text = STR("\xEF\xBB\xBF---\n\xC3\xB8: x\n---\nBody\n");
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(document_parse(&document, &arena, text, FORMAT_MARKDOWN,
				   &limits_default, &err));
	assert_int_equal(document.roots[0]->span.start, 7);
	assert_int_equal(document.roots[0]->as.children[0].span.start, 11);
	assert_ptr_equal(document.body.ptr, text.ptr + 17);
	assert_ptr_equal(document.text.ptr, text.ptr);
	arena_done(&arena);
}

static void faults_have_their_place_in_the_file(void **state)
{
	static const struct {
		str text;
		const char *says;
		uint32_t start;
	} faults[] = {
		{STR_INIT("---\ntitle: x\n"), "not closed", 0},
		{STR_INIT("\xEF\xBB\xBF---\n"), "not closed", 3},
		{STR_INIT("---\na: 1\na: 2\n---\n"), "stands twice", 9},
		{STR_INIT("---\na: \x01\n---\n"), "U+0001", 7},
		{STR_INIT("---\na: 1\n---\nb\xFF"), "not UTF-8", 14},
		{STR_INIT("---\na: b: c\n---\n"), "no map can begin", 8},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		assert_false(document_parse(&document, &arena, faults[i].text,
					    FORMAT_MARKDOWN, &limits_default,
					    &err));
		assert_non_null(strstr(err.text, faults[i].says));
		assert_int_equal(err.at.start, faults[i].start);
		arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			front_matter_stands_between_the_first_line_and_its_end),
		cmocka_unit_test(empty_front_matter_is_a_document_of_nothing),
		cmocka_unit_test(offsets_are_those_of_the_file),
		cmocka_unit_test(faults_have_their_place_in_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
