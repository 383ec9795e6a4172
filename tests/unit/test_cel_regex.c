/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_a_pattern_is_searched_anywhere(void **state)
{
	static const struct row rows[] = {
		{"'RSK-0001'.matches('^RSK-[0-9]{4}$')", "true"},
		{"matches('xay', 'a')", "true"},
		{"'x'.matches('^y')", "false"},
		{"'x'.matches('')", "true"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_a_match_is_taken_out(void **state)
{
	static const struct row rows[] = {
		{"regex.extract('mail p-7it1 now', 'p-[0-9a-z]+')",
		 "optional.of(\"p-7it1\")"},
		{"regex.extract('mail p-7it1', 'p-([0-9]+)')",
		 "optional.of(\"7\")"},
		{"regex.extract('x', 'y')", "optional.none()"},
		{"regex.extract('b', '(a)|b')", "optional.none()"},
		{"regex.extract('ab', '(a)(b)')",
		 "error: the pattern has more than one capturing group"},
		{"regex.extractAll('a1b22c', '[0-9]+')", "[\"1\", \"22\"]"},
		{"regex.extractAll('a1 b2', '([a-z])[0-9]')", "[\"a\", \"b\"]"},
		{"regex.extractAll('ö', 'x*')", "[\"\", \"\"]"},
		{"regex.extractAll('baac', 'a*')", "[\"\", \"aa\", \"\"]"},
		{"regex.extractAll('', 'x')", "[]"},
		{"regex.extractAll('ab', '(a)|b')", "[\"a\"]"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_matches_are_replaced(void **state)
{
	static const struct row rows[] = {
		{"regex.replace('a1b2', '[0-9]', '#')", "\"a#b#\""},
		{"regex.replace('a1b2', '[0-9]', '#', 1)", "\"a#b2\""},
		{"regex.replace('a1b2', '[0-9]', '#', 0)", "\"a1b2\""},
		{"regex.replace('a1b2', '[0-9]', '#', -1)", "\"a#b#\""},
		{"regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1 \\0 \\\\')",
		 "\"ba fo foo bar \\\\\""},
		{"regex.replace('xy', '', '-')", "\"-x-y-\""},
		{"regex.replace('b', '(a)|b', r'[\\1]')", "\"[]\""},
		{"regex.replace('x', 'x', r'\\1')",
		 "error: in a replacement \\ stands before \\ or the number "
		 "of a group of the pattern"},
		{"regex.replace('x', 'x', 'a\\\\')",
		 "error: in a replacement \\ stands before \\ or the number "
		 "of a group of the pattern"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_a_wrong_pattern_is_an_error(void **state)
{
	struct lab lab;

	(void)state;
	lab_open(&lab);
	for (int cached = 0; cached < 2; cached++) {
		struct buf out;

		buf_init(&out, 1 << 12);
		lab_print(&lab, &out, "regex.extract('x', 'x(' + '')", cached);
		assert_non_null(
			strstr(out.ptr, "error: the pattern is wrong: "));
		buf_clear(&out);
		lab_print(&lab, &out, "'x'.matches('(?=' + 'x)')", cached);
		assert_non_null(
			strstr(out.ptr, "error: the pattern is wrong: "));
		buf_done(&out);
	}
	lab_close(&lab);
}

static void test_a_limit_is_an_error_and_costs(void **state)
{
	static const char *const expressions[] = {
		("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'"
		 ".matches('^(a+)+' + '$')"),
		("regex.extract('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', "
		 "'^(a+)+$')"),
	};
	struct lab lab;

	(void)state;
	lab_open(&lab);
	for (size_t i = 0; i < ARRAY_SIZE(expressions); i++) {
		lab_expect(&lab, expressions[i],
			   "error: matching is too expensive: a text of 41 "
			   "bytes");
		assert_in_range(lab.spent, 20000, 30000);
	}
	lab_close(&lab);
}

static void test_a_cache_forgets_and_goes_on(void **state)
{
	static const struct row rows[] = {
		{"lists.range(1000).all(i, "
		 "('x' + string(i)).matches('^x' + string(i) + '$'))",
		 "true"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_any_of_several_patterns_may_match(void **state)
{
	static const struct row rows[] = {
		{"'tbd'.matchesAny(['^todo$', '^tbd$'])", "true"},
		{"'done'.matchesAny(['^todo$', '^tbd$'])", "false"},
		{"'done'.matchesAny([])", "false"},
		{"'done'.matchesAny(['(', 'done'])", "true"},
		{"'done'.matchesAny([1, 'x'])",
		 "error: matchesAny cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_identifiers_are_judged_by_their_check_digits(void **state)
{
	static const struct row rows[] = {
		{"'FI21 1234 5600 0007 85'.isIban()", "true"},
		{"'FI21 1234 5600 0007 86'.isIban()", "false"},
		{"'4111 1111 1111 1111'.isLuhn()", "true"},
		{"'4111 1111 1111 1112'.isLuhn()", "false"},
		{"'131052-308T'.isHetu()", "true"},
		{"'131052-308U'.isHetu()", "false"},
		{"'131052-308T'.isNationalId('fi-hetu')", "true"},
		{"'131052-308T'.isNationalId('fi-hete')",
		 "error: there is no national identifier of this name"},
		{"'+358 (0)40-123'.digits()", "\"358040123\""},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_pattern_is_searched_anywhere),
		cmocka_unit_test(test_a_match_is_taken_out),
		cmocka_unit_test(test_matches_are_replaced),
		cmocka_unit_test(test_a_wrong_pattern_is_an_error),
		cmocka_unit_test(test_a_limit_is_an_error_and_costs),
		cmocka_unit_test(test_a_cache_forgets_and_goes_on),
		cmocka_unit_test(test_any_of_several_patterns_may_match),
		cmocka_unit_test(
			test_identifiers_are_judged_by_their_check_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
