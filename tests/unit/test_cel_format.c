/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

#include "cel/format.h"

static void test_values_become_text(void **state)
{
	static const struct row rows[] = {
		{"'%s|%s|%s'.format(['ö', b'x', null])", "\"ö|x|null\""},
		{"'%s %s %s'.format([-1, 2u, 0.1])", "\"-1 2 0.1\""},
		{"'%s'.format([[1, ['a', true], {}]])",
		 "\"[1, [a, true], {}]\""},
		{"'%s'.format([{'b': 1, 'a': [2], 3: 4u}])",
		 "\"{3: 4, a: [2], b: 1}\""},
		{"'%s'.format([timestamp('2026-11-21T10:00:00.5Z')])",
		 "\"2026-11-21T10:00:00.500Z\""},
		{"'%s'.format([duration('-1.5s')])", "\"-1.5s\""},
		{"'%s %s'.format([type(1), period('P24M')])", "\"int P2Y\""},
		{"'%s'.format([b'\\377'])",
		 "error: format: %s takes bytes that are UTF-8"},
		{"'%s'.format([optional.of(1)])",
		 "error: format: %s takes any value but an optional, not "
		 "optional_type"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_whole_numbers_have_four_bases(void **state)
{
	static const struct row rows[] = {
		{"'%d %d'.format([-5, 5u])", "\"-5 5\""},
		{"'%d'.format([-9223372036854775807 - 1])",
		 "\"-9223372036854775808\""},
		{"'%d'.format([18446744073709551615u])",
		 "\"18446744073709551615\""},
		{"'%b %b %b'.format([-5, 0, true])", "\"-101 0 1\""},
		{"'%o %o'.format([8, -9])", "\"10 -11\""},
		{"'%x %X %x'.format([255, 255, -30])", "\"ff FF -1e\""},
		{"'%x %X'.format(['é', b'\\377'])", "\"c3a9 FF\""},
		{"'%d %d'.format([0.0/0.0, -1.0/0.0])", "\"NaN -Infinity\""},
		{"'%d'.format([1.0])",
		 "error: format: %d takes an int or a uint, not double"},
		{"'%o'.format([true])",
		 "error: format: %o takes an int or a uint, not bool"},
		{"'%b'.format(['1'])",
		 "error: format: %b takes an int, a uint or a bool, not "
		 "string"},
		{"'%x'.format([1.5])",
		 "error: format: %x takes an int, a uint, a string or bytes, "
		 "not double"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_fractions_have_a_precision(void **state)
{
	static const struct row rows[] = {
		{"'%f %.0f %.2f'.format([1.5, 2.5, -0.005])",
		 "\"1.500000 2 -0.01\""},
		{"'%e %.1e'.format([12345.678, 0.0])",
		 "\"1.234568e+04 0.0e+00\""},
		{"'%f %e'.format([0.0/0.0, 1.0/0.0])", "\"NaN Infinity\""},
		{"'%.1000f'.format([0.0]).size()", "1002"},
		{"'%.1001f'.format([0.0])",
		 "error: format: a precision is at most 1000"},
		{"'%.f'.format([0.0])",
		 "error: format: a precision has digits behind its dot"},
		{"'%.2d'.format([1])",
		 "error: format: only %f and %e have a precision"},
		{"'%f'.format([1])",
		 "error: format: %f takes a double, not int"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_clauses_and_values_must_agree(void **state)
{
	static const struct row rows[] = {
		{"'100%%'.format([])", "\"100%\""},
		{"'%%%s%%%%'.format(['a'])", "\"%a%%\""},
		{"'%s %s'.format([1])",
		 "error: format: there are more clauses than values"},
		{"'%s'.format([1, 2])",
		 "error: format: there are more values than clauses"},
		{"'100%'.format([])",
		 "error: format: a clause is one of %s %d %f %e %b %o %x %X "
		 "%%"},
		{"'%y'.format([1])",
		 "error: format: a clause is one of %s %d %f %e %b %o %x %X "
		 "%%"},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_the_checker_sees_a_constant_text_that_is_wrong(void **state)
{
	const struct cel_value one = cel_int(1);
	struct arena arena;
	struct {
		str text;
		const char *why; /* NULL: it is right */
	} rows[] = {
		{STR("%s"), NULL},
		{STR("%s %s"), "format: 2 clauses, but 1 values"},
		{STR("%y"), "format: a clause is one of %s %d %f %e %b %o %x "
			    "%X %%"},
	};

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cel_value text = cel_string(rows[i].text);
		const struct cel_value list = cel_list_of(&arena, &one, 1);
		const struct cel_value *consts[] = {&text, &list};
		struct error err = {0};

		(void)cel_format_check(NULL, NULL, consts, 2, &err);
		assert_int_equal(err.kind != ERROR_NONE, rows[i].why != NULL);
		if (rows[i].why)
			assert_string_equal(err.text, rows[i].why);
	}
	arena_done(&arena);
}

static void test_hostile_formats_end_with_their_budget(void **state)
{
	static const char *const rows[] = {
		"lists.range(1000).map(i, '%.1000f'.format([1e308]))",
		("cel.bind(a, lists.range(1000), cel.bind(b, a.map(i, a), "
		 "'%s'.format([b.map(c, b)])))"),
	};

	(void)state;
	lab_expect_spent(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values_become_text),
		cmocka_unit_test(test_whole_numbers_have_four_bases),
		cmocka_unit_test(test_fractions_have_a_precision),
		cmocka_unit_test(test_clauses_and_values_must_agree),
		cmocka_unit_test(
			test_the_checker_sees_a_constant_text_that_is_wrong),
		cmocka_unit_test(test_hostile_formats_end_with_their_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
