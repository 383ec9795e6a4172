/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sample.h"

static void a_tenth_is_taken_at_least_three_and_at_most_thirty(void **state)
{
	static const struct {
		size_t population, size;
	} rows[] = {{0, 0},    {1, 1},	   {2, 2},	  {3, 3},    {4, 3},
		    {30, 3},   {31, 4},	   {40, 4},	  {299, 30}, {300, 30},
		    {301, 30}, {9999, 30}, {SIZE_MAX, 30}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(sample_size(rows[i].population), rows[i].size);
}

/* `printf 'seed %s' a | sha256sum` and so on, sorted. */
static void the_least_digests_are_taken_as_sha256sum_tells_them(void **state)
{
	const str members[] = {STR("a"), STR("b"), STR("c"), STR("d")};
	size_t taken[4];

	(void)state;

	assert_int_equal(sample_take(taken, 4, STR("seed"), members, 4), 4);
	assert_string_equal(members[taken[0]].ptr, "a");
	assert_string_equal(members[taken[1]].ptr, "d");
	assert_string_equal(members[taken[2]].ptr, "b");
	assert_string_equal(members[taken[3]].ptr, "c");
}

static void the_order_of_the_population_does_not_matter(void **state)
{
	const str one[] = {STR("a"), STR("b"), STR("c"), STR("d")};
	const str other[] = {STR("d"), STR("c"), STR("b"), STR("a")};
	size_t first[2];
	size_t second[2];

	(void)state;

	assert_int_equal(sample_take(first, 2, STR("seed"), one, 4), 2);
	assert_int_equal(sample_take(second, 2, STR("seed"), other, 4), 2);
	assert_int_equal(first[0], 3 - second[0]);
	assert_int_equal(first[1], 3 - second[1]);
}

static void another_seed_takes_others(void **state)
{
	str members[64];
	char names[64][2];
	size_t first[8];
	size_t second[8];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		names[i][0] = (char)('0' + i / 8);
		names[i][1] = (char)('0' + i % 8);
		members[i] = str_make(names[i], 2);
	}

	assert_int_equal(sample_take(first, 8, STR("x"), members, 64), 8);
	assert_int_equal(sample_take(second, 8, STR("y"), members, 64), 8);
	assert_memory_not_equal(first, second, sizeof(first));
}

static void no_more_are_taken_than_there_are(void **state)
{
	const str members[] = {STR("a")};
	size_t taken[1];

	(void)state;

	assert_int_equal(sample_take(taken, 9, STR("seed"), members, 1), 1);
	assert_int_equal(taken[0], 0);
	assert_int_equal(sample_take(taken, 9, STR("seed"), NULL, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_tenth_is_taken_at_least_three_and_at_most_thirty),
		cmocka_unit_test(
			the_least_digests_are_taken_as_sha256sum_tells_them),
		cmocka_unit_test(the_order_of_the_population_does_not_matter),
		cmocka_unit_test(another_seed_takes_others),
		cmocka_unit_test(no_more_are_taken_than_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
