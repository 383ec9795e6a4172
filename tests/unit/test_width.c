/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/encode.h"
#include "base/utf8.h"
#include "base/width.h"

static void text_is_as_wide_as_it_is_shown(void **state)
{
	static const struct {
		str text;
		size_t columns;
	} rows[] = {
		{STR_INIT(""), 0},
		{STR_INIT("abc"), 3},
		{STR_INIT("äö"), 2},
		{STR_INIT("日本"), 4},
		{STR_INIT("e\xcc\x81"), 1},
		{STR_INIT("😀"), 2},
		{STR_INIT("\t\n"), 4},
		{STR_INIT("\x1b\x7f"), 8},
		{STR_INIT("\xff"), 4},
		{STR_INIT("\xe2\x80\xae"), 8},
		{STR_INIT("\xf3\xa0\x81\x81"), 9},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(width_of(rows[i].text), rows[i].columns);
}

static void hidden_points_are_as_wide_as_their_encoding(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 64);
	for (uint32_t c = 0; c < 0x3000; c++) {
		char bytes[4];
		str text = {bytes, 0};

		if (!encode_is_hidden(c))
			continue;
		text.len = utf8_put(bytes, c);
		out_clear(&out);

		out_text(&out, text, ENCODE_TERMINAL);

		assert_int_equal(out_str(&out).len, width_of(text));
	}
	out_done(&out);
}

static void a_head_holds_whole_letters(void **state)
{
	(void)state;
	assert_true(str_is(width_head(STR("日本"), 3), "日"));
	assert_true(str_is(width_head(STR("日本"), 1), ""));
	assert_true(str_is(width_head(STR("e\xcc\x81z"), 1), "e\xcc\x81"));
	assert_true(str_is(width_head(STR("abc"), 9), "abc"));
}

static void a_line_is_cut_around_its_span(void **state)
{
	static const struct {
		size_t start, end, columns;
		const char *kept;
		bool before, after;
	} rows[] = {
		{0, 3, 26, "abcdefghijklmnopqrstuvwxyz", false, false},
		{0, 3, 10, "abcdefghi", false, true},
		{24, 26, 10, "rstuvwxyz", true, false},
		{12, 14, 10, "klmnopqr", true, true},
		{5, 25, 10, "defghijk", true, true},
		{99, 99, 4, "xyz", true, false},
		{12, 14, 1, "", true, true},
		{12, 14, 0, "", true, true},
	};
	str line = STR("abcdefghijklmnopqrstuvwxyz");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct width_cut cut = width_around(
			line, rows[i].start, rows[i].end, rows[i].columns);

		assert_true(str_is(str_slice(line, cut.start, cut.end),
				   rows[i].kept));
		assert_int_equal(cut.before, rows[i].before);
		assert_int_equal(cut.after, rows[i].after);
	}
}

static void a_cut_line_is_never_too_wide(void **state)
{
	str line = STR("a日e\xcc\x81\x1b x本\xff\xe2\x80\xae zzzz 日本日本");

	(void)state;
	for (size_t columns = 2; columns < 60; columns++) {
		for (size_t start = 0; start <= line.len; start++) {
			struct width_cut cut =
				width_around(line, start, start + 2, columns);
			str kept = str_slice(line, cut.start, cut.end);

			assert_true(width_of(kept) + cut.before + cut.after <=
				    columns);
			assert_true(cut.before == (cut.start > 0));
			assert_true(cut.after == (cut.end < line.len));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_as_wide_as_it_is_shown),
		cmocka_unit_test(hidden_points_are_as_wide_as_their_encoding),
		cmocka_unit_test(a_head_holds_whole_letters),
		cmocka_unit_test(a_line_is_cut_around_its_span),
		cmocka_unit_test(a_cut_line_is_never_too_wide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
