/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_parts_of_lists(void **state)
{
	static const struct row rows[] = {
		{"[1, 2, 3, 4].slice(1, 3)", "[2, 3]"},
		{"[1, 2].slice(0, 0)", "[]"},
		{"[1, 2].slice(2, 2)", "[]"},
		{"[1, 2].slice(1, 3)",
		 "error: slice(1, 3) is outside of a list of 2"},
		{"[1, 2].slice(-1, 1)",
		 "error: slice(-1, 1) is outside of a list of 2"},
		{"[1, 2].slice(2, 1)",
		 "error: slice(2, 1) is outside of a list of 2"},
		{"[1, 'a', 3.5].reverse()", "[3.5, \"a\", 1]"},
		{"[].reverse()", "[]"},
		{"lists.range(3)", "[0, 1, 2]"},
		{"lists.range(-1)", "[]"},
		{"lists.range(1000001)",
		 "error: lists.range makes at most 1000000 elements"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_lists_of_lists_are_flattened(void **state)
{
	static const struct row rows[] = {
		{"[1, [2, [3]], []].flatten()", "[1, 2, [3]]"},
		{"[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"},
		{"[[1], [2]].flatten(0)", "[[1], [2]]"},
		{"[[1, [[2]]]].flatten(9223372036854775807)", "[1, 2]"},
		{"[1].flatten(-1)",
		 "error: flatten cannot go to a depth below 0"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_lists_are_sorted_and_thinned_out(void **state)
{
	static const struct row rows[] = {
		{"[3, 1, 2].sort()", "[1, 2, 3]"},
		{"['b', 'a', 'ab'].sort()", "[\"a\", \"ab\", \"b\"]"},
		{"[2.5, 1u, 2].sort()", "[1u, 2, 2.5]"},
		{"[1, 1u, 1.0].sort()", "[1, 1u, 1.0]"},
		{"[].sort()", "[]"},
		{"[true, false].sort()", "[false, true]"},
		{"[5, 4, 3, 2, 1, 0, 9, 8, 7].sort()",
		 "[0, 1, 2, 3, 4, 5, 7, 8, 9]"},
		{"[duration('2s'), duration('-1s')].sort()",
		 "[duration(\"-1s\"), duration(\"2s\")]"},
		{"[1, 'a'].sort()",
		 "error: sort cannot be applied to these types"},
		{"[1, 0.0/0.0].sort()",
		 "error: sort cannot be applied to these types"},
		{"[null].sort()",
		 "error: sort cannot be applied to these types"},
		{"[3, 1, 2].sortBy(x, -x)", "[3, 2, 1]"},
		{"[1, 2u, 1.0, 'a', 2, 'a'].distinct()", "[1, 2u, \"a\"]"},
		{"[[1], [1.0], {'a': 1}, {'a': 1u}].distinct()",
		 "[[1], {\"a\": 1}]"},
		{"[0.0/0.0, 0.0/0.0].distinct().size()", "2"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_lists_are_searched_by_equality(void **state)
{
	static const struct row rows[] = {
		{"[1, 2, 1].indexOf(1.0)", "0"},
		{"[1, 2, 1].lastIndexOf(1u)", "2"},
		{"[1, 2].indexOf('1')", "-1"},
		{"[].lastIndexOf(1)", "-1"},
		{"[[1], [2]].indexOf([2])", "1"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_lists_are_summed_and_compared(void **state)
{
	static const struct row rows[] = {
		{"[1, 2, 3].sum()", "6"},
		{"[1u, 2u].sum()", "3u"},
		{"[1.5, 2.5].sum()", "4.0"},
		{"[duration('90m'), duration('-0.5s')].sum()",
		 "duration(\"5399.5s\")"},
		{"[duration('-1s'), duration('0.25s')].sum()",
		 "duration(\"-0.75s\")"},
		{"[].sum()", "0"},
		{"[1, 2.5].sum()",
		 "error: sum cannot be applied to these types"},
		{"['a'].sum()", "error: sum cannot be applied to these types"},
		{"[9223372036854775807, 1].sum()",
		 "error: sum: the result does not fit"},
		{"[duration('315576000000s'), duration('1ns')].sum()",
		 "error: sum: the result does not fit"},
		{"[2, 1.5, 3u].min()", "1.5"},
		{"['b', 'c', 'a'].max()", "\"c\""},
		{"[].min()", "error: min of an empty list"},
		{"[1, 'a'].max()",
		 "error: max cannot be applied to these types"},
		{"[1, 1, 2].isSorted()", "true"},
		{"[2, 1].isSorted()", "false"},
		{"[].isSorted()", "true"},
		{"[{}].isSorted()",
		 "error: isSorted cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_hostile_lists_end_with_their_budget(void **state)
{
	static const char *const rows[] = {
		"lists.range(1000000).map(i, lists.range(1000000))",
		("lists.range(60000).map(i, 'a').sort().sort().distinct()"
		 ".size() + lists.range(400000).reverse().sort().size()"),
		"lists.range(900000).sort().size()",
	};

	(void)state;
	lab_expect_spent(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts_of_lists),
		cmocka_unit_test(test_lists_of_lists_are_flattened),
		cmocka_unit_test(test_lists_are_sorted_and_thinned_out),
		cmocka_unit_test(test_lists_are_searched_by_equality),
		cmocka_unit_test(test_lists_are_summed_and_compared),
		cmocka_unit_test(test_hostile_lists_end_with_their_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
