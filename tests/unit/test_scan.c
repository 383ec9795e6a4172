/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "data/document.h"
#include "data/scan.h"

/* What is refused: the error's text, and where. */
static const struct {
	str text;
	const char *says;
	uint32_t start, end;
} refused[] = {
	{STR_INIT("\xFF\xFE"
		  "a\0"),
	 "UTF-16", 0, 2},
	{STR_INIT("\xFE\xFF\0a"), "UTF-16", 0, 2},
	{STR_INIT("\xFF\xFE\0\0a\0\0\0"), "UTF-32", 0, 4},
	{STR_INIT("\0\0\xFE\xFF\0\0\0a"), "UTF-32", 0, 4},
	{STR_INIT("a: \xFFx"), "not UTF-8: byte 0xFF", 3, 4},
	{STR_INIT("a: \xC0\xAF"), "not UTF-8: byte 0xC0", 3, 4},
	{STR_INIT("a: \xED\xA0\x80"), "not UTF-8: byte 0xED", 3, 4},
	{STR_INIT("a: x\xC3"), "not UTF-8: byte 0xC3", 4, 5},
	{STR_INIT("a: x\0y"), "U+0000", 4, 5},
	{STR_INIT("a: \x1B[0m"), "U+001B", 3, 4},
	{STR_INIT("a: \x7F"), "U+007F", 3, 4},
	{STR_INIT("a: \xC2\x9B"), "U+009B", 3, 5},
	{STR_INIT("a: \xEF\xBF\xBF"), "U+FFFF", 3, 6},
	{STR_INIT("12345678901234567\x0B"), "U+000B", 17, 18},
	{STR_INIT("\xEF\xBB\xBF\xEF\xBB\xBF"
		  "a: 1"),
	 "byte order mark", 3, 6},
	{STR_INIT("a: \xEF\xBB\xBFx"), "byte order mark", 3, 6},
	{STR_INIT("%TAG ! tag:x,2000:\n--- a\n"), "%TAG", 0, 4},
	{STR_INIT("--- a\n...\n%TAG\t! x\n--- a\n"), "%TAG", 10, 14},
	{STR_INIT("%YAML 1.2\n%YAML 1.2\n---\n"), "second %YAML", 10, 15},
	{STR_INIT("# reviewed\xE2\x80\xA8status: approved\n"), "U+2028", 10,
	 13},
	{STR_INIT("a: b\xE2\x80\xA9"
		  "c: d\n"),
	 "U+2029", 4, 7},
	{STR_INIT("a: b\xC2\x85"
		  "c: d\n"),
	 "U+0085", 4, 6},
	{STR_INIT("# a\rb: c\n"), "U+000D", 3, 4},
	{STR_INIT("a: 'x\xE2\x80\xA8y'\n"), "U+2028", 5, 8},
	{STR_INIT("a: |\n  x\xE2\x80\xA8y\n"), "U+2028", 8, 11},
	{STR_INIT("# \" \xE2\x80\xA8 \"\na: 1\n"), "U+2028", 4, 7},
	{STR_INIT("a: \"x\" # \xE2\x80\xA8 \"\n"), "U+2028", 9, 12},
	{STR_INIT("a: 'x\" \xE2\x80\xA8 \"'\n"), "U+2028", 7, 10},
	{STR_INIT("- \"a\xE2\x80\xA8"
		  "b\"\n- c\r- d\n"),
	 "U+000D", 13, 14},
	{STR_INIT("\"a\xC2\x85"
		  "b\""),
	 "U+0085", 2, 4},
	{STR_INIT("\"a \xE2\x80\xA8"
		  "b\""),
	 "U+2028", 3, 6},
	{STR_INIT("\"a\xE2\x80\xA8 b\""), "U+2028", 2, 5},
	{STR_INIT("\"a\\\xE2\x80\xA8"
		  "b\""),
	 "U+2028", 3, 6},
	{STR_INIT("a:\n\tb: 1\n"), "a tab where YAML allows only spaces", 3, 4},
	{STR_INIT("a:\n  b: 1\n\tc: 2\n"), "a tab where", 10, 11},
	{STR_INIT("a: |\n\tx\n"), "a tab where", 5, 6},
};

static void what_could_be_read_in_two_ways_is_refused_with_its_place(
	void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		struct document document;
		struct arena arena;
		struct error err;

		arena_init(&arena);
		assert_false(document_parse(&document, &arena, refused[i].text,
					    FORMAT_YAML, &limits_default,
					    &err));
		if (!strstr(err.text, refused[i].says))
			fail_msg("row %zu says: %s", i, err.text);
		assert_int_equal(err.kind, ERROR_SYNTAX);
		assert_true(err.placed);
		if (err.at.start != refused[i].start ||
		    err.at.end != refused[i].end)
			fail_msg("row %zu is at %u-%u", i, err.at.start,
				 err.at.end);
		arena_done(&arena);
	}
}

static void the_two_yaml_lines_of_one_document_are_both_shown(void **state)
{
	struct scan scan;
	struct error err;

	(void)state;
	assert_false(scan_yaml(&scan, STR("%YAML 1.2\n%YAML 1.2\n---\n"),
			       &limits_default, &err));
	assert_int_equal(err.other.start, 0);
	assert_int_equal(err.other.end, 5);
	assert_true(scan_yaml(&scan,
			      STR("%YAML 1.2\n--- a\n...\n%YAML 1.2\n--- b\n"),
			      &limits_default, &err));
}

static void a_percent_sign_elsewhere_is_no_directive(void **state)
{
	static const char *const texts[] = {
		"a: 5 %\n",    "a: |\n  %TAG x\n", "%TAGS x\n",
		"- '%YAML'\n", "a: %TAG\n",
	};
	struct scan scan;
	struct error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_true(scan_yaml(&scan, str_of(texts[i]), &limits_default,
				      &err));
}

static void a_byte_order_mark_is_skipped_and_offsets_stay(void **state)
{
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(document_parse(&document, &arena,
				   STR("\xEF\xBB\xBF"
				       "a: b\n"),
				   FORMAT_YAML, &limits_default, &err));
	assert_int_equal(document.roots[0]->as.children[0].span.start, 6);
	arena_done(&arena);
}

static void a_line_separator_in_double_quotes_is_kept(void **state)
{
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(document_parse(&document, &arena,
				   STR("a: \"x\xE2\x80\xA8y\"\nb: \"\xE2\x80"
				       "\xA9\"\n"),
				   FORMAT_YAML, &limits_default, &err));
	assert_true(str_equal(node_text(document.roots[0], STR("a")),
			      STR("x\xE2\x80\xA8y")));
	assert_true(str_equal(node_text(document.roots[0], STR("b")),
			      STR("\xE2\x80\xA9")));
	arena_done(&arena);
}

static void odd_breaks_are_found_one_after_the_other(void **state)
{
	str text = STR("a\r\nb\rc\xC2\x85"
		       "d\xE2\x80\xA8"
		       "e\xE2\x80\xA9\xE2\x80\xAA");
	static const size_t at[] = {4, 6, 9, 13, SIZE_MAX};
	static const size_t sizes[] = {1, 2, 3, 3, 0};
	size_t from = 0;
	size_t size;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(at); i++) {
		size_t found = scan_odd_break(&size, text, from);

		assert_true(found == at[i]);
		assert_int_equal(size, sizes[i]);
		from = found + size;
	}
}

static void a_file_over_the_limit_is_not_looked_at(void **state)
{
	struct limits limits = limits_default;
	struct scan scan;
	struct error err;

	(void)state;
	limits.yaml_size = 4;
	assert_true(scan_yaml(&scan, STR("a: 1"), &limits, &err));
	assert_false(scan_yaml(&scan, STR("a: 12"), &limits, &err));
	assert_int_equal(err.kind, ERROR_LIMIT);
	assert_string_equal(err.text, "5 bytes, at most 4 are read (limit "
				      "yaml_size)");
}

/* Each place of each byte, so that no stride of the fast path skips one. */
static void every_control_character_is_seen_at_every_offset(void **state)
{
	char text[40];

	(void)state;
	for (unsigned c = 0; c < 0x20; c++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			struct scan scan;
			struct error err;
			bool fine = c == '\n' || c == '\t' || c == '\r';

			memset(text, 'a', sizeof(text));
			text[at] = (char)c;
			assert_int_equal(scan_yaml(&scan,
						   str_make(text, sizeof(text)),
						   &limits_default, &err),
					 fine);
			if (fine)
				assert_int_equal(scan.odd_break == at,
						 c == '\r');
			else
				assert_int_equal(err.at.start, at);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_could_be_read_in_two_ways_is_refused_with_its_place),
		cmocka_unit_test(
			the_two_yaml_lines_of_one_document_are_both_shown),
		cmocka_unit_test(a_percent_sign_elsewhere_is_no_directive),
		cmocka_unit_test(a_byte_order_mark_is_skipped_and_offsets_stay),
		cmocka_unit_test(a_line_separator_in_double_quotes_is_kept),
		cmocka_unit_test(odd_breaks_are_found_one_after_the_other),
		cmocka_unit_test(a_file_over_the_limit_is_not_looked_at),
		cmocka_unit_test(
			every_control_character_is_seen_at_every_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
