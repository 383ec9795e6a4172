/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reporters/prose.h"

static void words_between_backticks_stay_code(void **state)
{
	static const struct {
		const char *text;
		const char *line;
		const char *cell;
	} cases[] = {
		{"write `P3Y`, or so", "write `P3Y`\\, or so",
		 "write `P3Y`\\, or so"},
		{"`a` and `b`", "`a` and `b`", "`a` and `b`"},
		{"`a|b`", "`a|b`", "`a\\|b`"},
		{"one ` alone", "one \\` alone", "one \\` alone"},
		{"`` empty", "\\`\\` empty", "\\`\\` empty"},
		{"[x](y) <b> `<b>`", "\\[x\\]\\(y\\) &#60;b&#62; `<b>`",
		 "\\[x\\]\\(y\\) &#60;b&#62; `<b>`"},
		{"", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		str text = str_of(cases[i].text);
		struct out out;

		out_init(&out, SIZE_MAX);
		prose_line(&out, text);
		if (!str_is(out_str(&out), cases[i].line))
			fail_msg("%s is the line " STR_FMT, cases[i].text,
				 STR_ARG(out_str(&out)));
		out_clear(&out);
		prose_cell(&out, text, SIZE_MAX);
		if (!str_is(out_str(&out), cases[i].cell))
			fail_msg("%s is the cell " STR_FMT, cases[i].text,
				 STR_ARG(out_str(&out)));
		out_done(&out);
	}
}

static void lines_become_one_and_a_cell_is_cut(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, SIZE_MAX);

	prose_fold(&out, STR("\n one\n\n  two \nthree\n"));
	assert_true(str_is(out_str(&out), "one two three"));

	out_clear(&out);
	prose_cell(&out, STR("abcdef ghi"), 4);
	assert_true(str_is(out_str(&out), "abcd…"));
	out_clear(&out);
	prose_cell(&out, STR("abcd\nefgh"), 6);
	assert_true(str_is(out_str(&out), "abcd ef…"));
	out_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_between_backticks_stay_code),
		cmocka_unit_test(lines_become_one_and_a_cell_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
