/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/scalar.h"

#include <math.h>

static const struct {
	const char *text;
	enum scalar_form form;
} forms[] = {
	{"", SCALAR_NULL},	    {"~", SCALAR_NULL},
	{"null", SCALAR_NULL},	    {"Null", SCALAR_NULL},
	{"NULL", SCALAR_NULL},	    {"nULL", SCALAR_STRING},
	{"nil", SCALAR_STRING},	    {"~~", SCALAR_STRING},
	{"true", SCALAR_TRUE},	    {"True", SCALAR_TRUE},
	{"TRUE", SCALAR_TRUE},	    {"tRUE", SCALAR_STRING},
	{"false", SCALAR_FALSE},    {"False", SCALAR_FALSE},
	{"FALSE", SCALAR_FALSE},    {"yes", SCALAR_STRING},
	{"no", SCALAR_STRING},	    {"NO", SCALAR_STRING},
	{"on", SCALAR_STRING},	    {"off", SCALAR_STRING},
	{"y", SCALAR_STRING},	    {"0", SCALAR_DECIMAL},
	{"-0", SCALAR_DECIMAL},	    {"+12", SCALAR_DECIMAL},
	{"012", SCALAR_DECIMAL},    {"0777", SCALAR_DECIMAL},
	{"-", SCALAR_STRING},	    {"+", SCALAR_STRING},
	{"--1", SCALAR_STRING},	    {"1_000", SCALAR_STRING},
	{"1:30", SCALAR_STRING},    {"2024-01-31", SCALAR_STRING},
	{"0o14", SCALAR_OCTAL},	    {"0o8", SCALAR_STRING},
	{"0o", SCALAR_STRING},	    {"-0o7", SCALAR_STRING},
	{"0O7", SCALAR_STRING},	    {"0x1F", SCALAR_HEX},
	{"0xg", SCALAR_STRING},	    {"0x", SCALAR_STRING},
	{"0X1F", SCALAR_STRING},    {"-0x1", SCALAR_STRING},
	{"0b101", SCALAR_STRING},   {"1.5", SCALAR_FLOAT},
	{"1.", SCALAR_FLOAT},	    {".5", SCALAR_FLOAT},
	{"-.5", SCALAR_FLOAT},	    {"+1.5", SCALAR_FLOAT},
	{"1e3", SCALAR_FLOAT},	    {"1E-3", SCALAR_FLOAT},
	{"1.e+3", SCALAR_FLOAT},    {"1e", SCALAR_STRING},
	{"1e+", SCALAR_STRING},	    {"e3", SCALAR_STRING},
	{".", SCALAR_STRING},	    {"..", SCALAR_STRING},
	{"-.", SCALAR_STRING},	    {".e3", SCALAR_STRING},
	{"1.2.3", SCALAR_STRING},   {"1.5x", SCALAR_STRING},
	{"1 2", SCALAR_STRING},	    {".inf", SCALAR_INFINITY},
	{"-.Inf", SCALAR_INFINITY}, {"+.INF", SCALAR_INFINITY},
	{".iNF", SCALAR_STRING},    {"inf", SCALAR_STRING},
	{".nan", SCALAR_NAN},	    {".NaN", SCALAR_NAN},
	{".NAN", SCALAR_NAN},	    {"-.nan", SCALAR_STRING},
	{"nan", SCALAR_STRING},
};

static void plain_scalars_are_read_by_the_core_schema(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		if (scalar_form(str_of(forms[i].text)) != forms[i].form)
			fail_msg("\"%s\"", forms[i].text);
	}
}

static struct node node_of(const char *text)
{
	struct node node = {.text = str_of(text)};
	struct error err;

	assert_true(scalar_apply(&node, scalar_form(node.text), &err));
	return node;
}

static void integers_have_their_value(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} rows[] = {
		{"012", 12},
		{"-7", -7},
		{"+7", 7},
		{"0o14", 12},
		{"0x1f", 31},
		{"0xAb", 171},
		{"0x7FFFFFFFFFFFFFFF", INT64_MAX},
		{"0o777777777777777777777", INT64_MAX},
		{"9223372036854775807", INT64_MAX},
		{"-9223372036854775808", INT64_MIN},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct node node = node_of(rows[i].text);

		assert_int_equal(node.kind, NODE_INT);
		assert_false(node.big);
		assert_true(node.as.integer == rows[i].value);
	}
}

static void numbers_that_cannot_be_held_exactly_are_refused(void **state)
{
	static const char *const texts[] = {
		"0x8000000000000000",	    "0x10000000000000000",
		"0o1000000000000000000000", "1e1000000000000000",
		"1e-9999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct node node = {.text = str_of(texts[i])};
		struct error err;

		assert_false(scalar_apply(&node, scalar_form(node.text), &err));
		assert_int_equal(err.kind, ERROR_SYNTAX);
	}
	assert_true(isinf(node_of("1e0000000000000000999").as.number));
}

static void large_integers_are_big_and_near(void **state)
{
	struct node node = node_of("9223372036854775808");

	(void)state;
	assert_true(node.big && node.kind == NODE_INT);
	assert_true(node.as.number > 9.22e18 && node.as.number < 9.23e18);
}

/* Written in rising order; equal ones stand in one row. */
static const char *const ladder[][6] = {
	{"-.inf"},
	{"-1e400"},
	{"-9223372036854775809"},
	{"-9223372036854775808"},
	{"-10", "-1e1", "-1.0e+1", "-100e-1"},
	{"-0.001"},
	{"0", "-0", "0.0", "0e999", "-0.000", "0x0"},
	{"1e-400"},
	{"0.1", ".1", "1e-1", "0.10", "00.1"},
	{"0.1000000000000000055511151231257827"},
	{"1", "1.0", "1.", "+1", "10e-1", "0o1"},
	{"1.0000000000000000000000000001"},
	{"31", "0x1F", "31.0", "0.31e2", "0o37", "3.1e1"},
	{"9007199254740992", "9007199254740992.0"},
	{"9007199254740993", "9007199254740993.0"},
	{"9223372036854775807", "9223372036854775807.000"},
	{"9223372036854775808", "9.223372036854775808e18"},
	{"18446744073709551617"},
	{"1e400", "10e399", "0.1e401"},
	{"1.1e400"},
	{".inf", "+.inf", ".Inf"},
	{".nan", ".NaN"},
};

static void numbers_are_compared_exactly(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ladder) * 6; i++) {
		for (size_t k = 0; k < ARRAY_SIZE(ladder) * 6; k++) {
			const char *a = ladder[i / 6][i % 6];
			const char *b = ladder[k / 6][k % 6];
			struct node x;
			struct node y;
			int order;

			if (!a || !b)
				continue;
			x = node_of(a);
			y = node_of(b);
			order = number_compare(&x, &y);
			if ((order > 0) != (i / 6 > k / 6) ||
			    (order < 0) != (i / 6 < k / 6))
				fail_msg("%s and %s: %d", a, b, order);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_scalars_are_read_by_the_core_schema),
		cmocka_unit_test(integers_have_their_value),
		cmocka_unit_test(
			numbers_that_cannot_be_held_exactly_are_refused),
		cmocka_unit_test(large_integers_are_big_and_near),
		cmocka_unit_test(numbers_are_compared_exactly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
