/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/limits.h"

static void rows_are_sorted_by_name(void **state)
{
	(void)state;
	assert_true(limit_rows_count > 1);
	for (size_t i = 1; i < limit_rows_count; i++) {
		if (strcmp(limit_rows[i - 1].name, limit_rows[i].name) >= 0)
			fail_msg("%s stands behind %s", limit_rows[i].name,
				 limit_rows[i - 1].name);
	}
}

static void each_limit_has_a_value_a_title_and_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < limit_rows_count; i++) {
		assert_true(limit_rows[i].value > 0);
		assert_true(strlen(limit_rows[i].title) > 5);
		assert_true(strlen(limit_rows[i].reason) > 5);
	}
}

static void the_table_and_the_defaults_agree(void **state)
{
	(void)state;
	assert_int_equal(limit_rows_count * sizeof(size_t),
			 sizeof(limits_default));
	for (size_t i = 0; i < limit_rows_count; i++) {
		size_t value;

		memcpy(&value,
		       (const char *)&limits_default + i * sizeof(value),
		       sizeof(value));
		assert_int_equal(value, limit_rows[i].value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sorted_by_name),
		cmocka_unit_test(each_limit_has_a_value_a_title_and_a_reason),
		cmocka_unit_test(the_table_and_the_defaults_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
