/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_indices_count_code_points(void **state)
{
	static const struct row rows[] = {
		{"'aöb😀c'.charAt(3)", "\"😀\""},
		{"'aöb😀c'.charAt(5)", "\"\""},
		{"'aöb'.charAt(4)",
		 "error: index 4 is outside of a string of 3"},
		{"'aöb'.charAt(-1)",
		 "error: index -1 is outside of a string of 3"},
		{"'aöb😀c'.substring(1, 4)", "\"öb😀\""},
		{"'aöb'.substring(3)", "\"\""},
		{"'aöb'.substring(2, 1)",
		 "error: substring(2, 1) ends before it starts"},
		{"'aöb'.substring(0, 4)",
		 "error: index 4 is outside of a string of 3"},
		{"'aöb'.substring(9223372036854775807)",
		 "error: index 9223372036854775807 is outside of a string of "
		 "3"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_text_is_found_from_both_ends(void **state)
{
	static const struct row rows[] = {
		{"'öaöa'.indexOf('a')", "1"},
		{"'öaöa'.indexOf('a', 2)", "3"},
		{"'öaöa'.indexOf('a', 4)", "-1"},
		{"'öaöa'.indexOf('a', 5)",
		 "error: index 5 is outside of a string of 4"},
		{"'öaöa'.indexOf('', 4)", "4"},
		{"'öaöa'.lastIndexOf('a')", "3"},
		{"'öaöa'.lastIndexOf('öa', 1)", "0"},
		{"'öaöa'.lastIndexOf('öa', 2)", "2"},
		{"'öaöa'.lastIndexOf('')", "4"},
		{"'öaöa'.lastIndexOf('', 2)", "2"},
		{"'abcab'.lastIndexOf('abc', 4)", "0"},
		{"''.lastIndexOf('')", "0"},
		{"'a'.lastIndexOf('aa')", "-1"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_case_white_space_and_order(void **state)
{
	static const struct row rows[] = {
		{"'AZ[az{ÄÖ'.lowerAscii()", "\"az[az{ÄÖ\""},
		{"'AZ[az{äö'.upperAscii()", "\"AZ[AZ{äö\""},
		{"'\\u00a0\\t x y\\u3000\\u2029\\r\\n'.trim()", "\"x y\""},
		{"' \\u2003'.trim()", "\"\""},
		{"'\\u200bx\\ufeff'.trim().size()", "3"},
		{"'aö😀'.reverse()", "\"😀öa\""},
		{"''.reverse()", "\"\""},
		{"strings.quote('a\"\\\\\\n\\t\\a\\b\\f\\r\\v\\u0000ö') == "
		 "'\"a\\\\\"\\\\\\\\\\\\n\\\\t\\\\a\\\\b\\\\f\\\\r\\\\v"
		 "\\u0000ö\"'",
		 "true"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_text_is_replaced(void **state)
{
	static const struct row rows[] = {
		{"'aaa'.replace('a', 'bb')", "\"bbbbbb\""},
		{"'aaa'.replace('a', 'b', 2)", "\"bba\""},
		{"'aaa'.replace('a', 'b', 0)", "\"aaa\""},
		{"'aaa'.replace('a', 'b', -1)", "\"bbb\""},
		{"'aaaa'.replace('aa', 'a')", "\"aa\""},
		{"'öx'.replace('', '-')", "\"-ö-x-\""},
		{"'öx'.replace('', '-', 2)", "\"-ö-x\""},
		{"''.replace('', '-')", "\"-\""},
		{"''.replace('a', '-')", "\"\""},
		{"'abc'.replace('b', '')", "\"ac\""},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_text_is_split_and_joined(void **state)
{
	static const struct row rows[] = {
		{"'a,b,,c'.split(',')", "[\"a\", \"b\", \"\", \"c\"]"},
		{"'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]"},
		{"'a,b'.split(',', 0)", "[]"},
		{"'a,b'.split(',', 1)", "[\"a,b\"]"},
		{"'a,b'.split(',', 9)", "[\"a\", \"b\"]"},
		{"','.split(',')", "[\"\", \"\"]"},
		{"''.split(',')", "[\"\"]"},
		{"'öx😀'.split('')", "[\"ö\", \"x\", \"😀\"]"},
		{"'öx😀'.split('', 2)", "[\"ö\", \"x😀\"]"},
		{"''.split('')", "[]"},
		{"['a', 'b', 'c'].join(', ')", "\"a, b, c\""},
		{"['a', 'b'].join()", "\"ab\""},
		{"[].join('-')", "\"\""},
		{"['a', 1].join()",
		 "error: join cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

/* Each would need gigabytes or hours. */
static void test_hostile_texts_end_with_their_budget(void **state)
{
	static const char *const rows[] = {
		("cel.bind(a, lists.range(1000).map(i, 'aaaaaaaaaa').join(), "
		 "a.replace('', a))"),
		("cel.bind(a, lists.range(1000).map(i, 'aaaaaaaaaa').join(), "
		 "lists.range(2000).map(i, a.split('')))"),
		("cel.bind(a, lists.range(100).map(i, 'aaaaaaaaaa').join(), "
		 "lists.range(100000).map(i, a).join(a))"),
		("cel.bind(a, lists.range(1000).map(i, 'aaaaaaaaaa').join(), "
		 "lists.range(1000).map(i, (a + 'b').lastIndexOf(a + a)))"),
	};

	(void)state;
	lab_expect_spent(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_indices_count_code_points),
		cmocka_unit_test(test_text_is_found_from_both_ends),
		cmocka_unit_test(test_case_white_space_and_order),
		cmocka_unit_test(test_text_is_replaced),
		cmocka_unit_test(test_text_is_split_and_joined),
		cmocka_unit_test(test_hostile_texts_end_with_their_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
