/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_greatest_and_least_compare_on_one_number_line(void **state)
{
	static const struct row rows[] = {
		{"math.greatest(1, 2u, 3.5)", "3.5"},
		{"math.least([3, 2u, 2.0])", "2u"},
		{"math.greatest([1, 1.0])", "1"},
		{"math.least(-1)", "-1"},
		{"math.greatest(1, 0.0/0.0)", "1"},
		{"math.greatest([])",
		 "error: of an empty list there is neither a greatest nor a "
		 "least number"},
		{"math.greatest('a')",
		 "error: math.greatest cannot be applied to these types"},
		{"math.least(1, [2])",
		 "error: math.least cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_doubles_are_rounded(void **state)
{
	static const struct row rows[] = {
		{"math.ceil(1.2)", "2.0"},
		{"math.floor(-1.2)", "-2.0"},
		{"math.round(-1.5)", "-2.0"},
		{"math.trunc(-1.9)", "-1.0"},
		{"math.round(0.5)", "1.0"},
		{"math.sqrt(81)", "9.0"},
		{"math.sqrt(2u)", "1.4142135623730951"},
		{"math.isNaN(math.sqrt(-1.0))", "true"},
		{"math.isInf(-1.0/0.0)", "true"},
		{"math.isFinite(0.0/0.0)", "false"},
		{"math.ceil(1)",
		 "error: math.ceil cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_magnitude_and_sign_keep_the_type(void **state)
{
	static const struct row rows[] = {
		{"math.abs(-7)", "7"},
		{"math.abs(7u)", "7u"},
		{"math.abs(-1.5)", "1.5"},
		{"math.abs(-9223372036854775807 - 1)",
		 "error: math.abs: the result does not fit"},
		{"math.sign(-3)", "-1"},
		{"math.sign(3u)", "1u"},
		{"math.sign(-2.5)", "-1.0"},
		{"math.isNaN(math.sign(0.0/0.0))", "true"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_bits_are_those_of_twos_complement(void **state)
{
	static const struct row rows[] = {
		{"math.bitAnd(12, 10)", "8"},
		{"math.bitOr(-2, 1)", "-1"},
		{"math.bitXor(6u, 3u)", "5u"},
		{"math.bitNot(0)", "-1"},
		{"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
		{"math.bitShiftLeft(1, 64)", "0"},
		{"math.bitShiftRight(-1, 63)", "1"},
		{"math.bitShiftRight(8u, 3)", "1u"},
		{"math.bitShiftRight(8u, -3)",
		 "error: bits cannot be shifted by less than 0"},
		{"math.bitAnd(1, 1u)",
		 "error: math.bitAnd cannot be applied to these types"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_greatest_and_least_compare_on_one_number_line),
		cmocka_unit_test(test_doubles_are_rounded),
		cmocka_unit_test(test_magnitude_and_sign_keep_the_type),
		cmocka_unit_test(test_bits_are_those_of_twos_complement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
