/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_lists_are_compared_as_sets(void **state)
{
	static const struct row rows[] = {
		{"sets.contains([], [])", "true"},
		{"sets.contains([1, 2], [2, 2])", "true"},
		{"sets.contains([1], [1, 2])", "false"},
		{"sets.contains([1, 2u], [1.0, 2])", "true"},
		{"sets.contains([[1], {'a': 1}], [{'a': 1.0}])", "true"},
		{"sets.equivalent([1, 1, 2], [2, 1])", "true"},
		{"sets.equivalent([1], [1, 2])", "false"},
		{"sets.equivalent([1, 2], [1])", "false"},
		{"sets.equivalent([], [])", "true"},
		{"sets.intersects([1, 2], [2, 3])", "true"},
		{"sets.intersects([1], [])", "false"},
		{"sets.intersects(['a'], [1])", "false"},
		{"sets.intersects([0.0/0.0], [0.0/0.0])", "false"},
		{"sets.contains([period('P24M')], [period('P2Y')])", "true"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_large_sets_are_hashed(void **state)
{
	struct lab lab;

	(void)state;
	lab_open(&lab);
	lab_expect(&lab,
		   "sets.equivalent(lists.range(20000), "
		   "lists.range(20000).reverse())",
		   "true");
	/* Naively 400,000,000 comparisons. */
	assert_in_range(lab.spent, 60000, 400000);
	lab_close(&lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_are_compared_as_sets),
		cmocka_unit_test(test_large_sets_are_hashed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
