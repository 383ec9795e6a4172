/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"

static void setters_return_false_and_keep_kind_and_place(void **state)
{
	struct error err = {.placed = true};

	(void)state;
	assert_false(error_set(&err, ERROR_IO, "cannot %s", "x"));
	assert_int_equal(err.kind, ERROR_IO);
	assert_false(err.placed);
	assert_true(str_is(error_text(&err), "cannot x"));
	assert_false(
		error_set_at(&err, ERROR_SYNTAX, (struct span){3, 5}, "y"));
	assert_true(err.placed);
	assert_int_equal(err.at.start, 3);
	assert_int_equal(err.at.end, 5);
}

static void a_prefix_stands_before_the_text(void **state)
{
	struct error err;

	(void)state;
	(void)error_set_at(&err, ERROR_SYNTAX, (struct span){3, 5}, "b");
	assert_false(error_prefix(&err, "pack %d", 1));
	assert_string_equal(err.text, "pack 1: b");
	assert_int_equal(err.kind, ERROR_SYNTAX);
	assert_int_equal(err.at.start, 3);
}

static void text_that_is_too_long_ends_in_three_dots(void **state)
{
	char many[2000];
	struct error err;

	(void)state;
	memset(many, 'x', sizeof(many));
	many[sizeof(many) - 1] = '\0';

	(void)error_set(&err, ERROR_IO, "%s", many);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_true(str_ends(error_text(&err), STR("x...")));

	(void)error_set(&err, ERROR_IO, "%.*s", (int)sizeof(err.text) - 1,
			many);
	assert_true(str_ends(error_text(&err), STR("xxxx")));
	(void)error_prefix(&err, "p");
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_true(str_starts(error_text(&err), STR("p: x")));
	assert_true(str_ends(error_text(&err), STR("x...")));

	(void)error_set(&err, ERROR_IO, "short");
	(void)error_prefix(&err, "%s", many);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_true(str_ends(error_text(&err), STR("...")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setters_return_false_and_keep_kind_and_place),
		cmocka_unit_test(a_prefix_stands_before_the_text),
		cmocka_unit_test(text_that_is_too_long_ends_in_three_dots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
