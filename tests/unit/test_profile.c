/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reporters/profile.h"

static void the_slowest_rule_stands_first_and_idle_ones_do_not(void **state)
{
	static const struct rule quick = {.id = STR_INIT("a/quick")};
	static const struct rule slow = {.id = STR_INIT("b/slow")};
	static const struct rule idle = {.id = STR_INIT("c/idle")};
	const struct rule_count counts[] = {
		{.rule = &quick, .judged = 4, .ticks = 500000},
		{.rule = &slow, .judged = 12, .ticks = 1500000},
		{.rule = &idle},
	};
	const struct report report = {.rules = counts, .rule_count = 3};
	struct out out;

	(void)state;
	out_init(&out, 1000);
	profile_write(&out, &report);
	assert_true(str_is(out_str(&out),
			   "milliseconds   share    judged  rule\n"
			   "       1.500   75.0%        12  b/slow\n"
			   "       0.500   25.0%         4  a/quick\n"));
	out_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_slowest_rule_stands_first_and_idle_ones_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
