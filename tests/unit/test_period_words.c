/* SPDX-License-Identifier: Apache-2.0 */
#include "base/period_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void what_has_one_reading_becomes_a_duration(void **state)
{
	static const struct {
		str written;
		str meant;
	} rows[] = {
		{STR_INIT("24 months"), STR_INIT("P24M")},
		{STR_INIT("1 month"), STR_INIT("P1M")},
		{STR_INIT("3 years"), STR_INIT("P3Y")},
		{STR_INIT("3 Years"), STR_INIT("P3Y")},
		{STR_INIT("3y"), STR_INIT("P3Y")},
		{STR_INIT("90 d"), STR_INIT("P90D")},
		{STR_INIT("6 weeks"), STR_INIT("P6W")},
		{STR_INIT("72 hours"), STR_INIT("PT72H")},
		{STR_INIT("72h"), STR_INIT("PT72H")},
		{STR_INIT("30 min"), STR_INIT("PT30M")},
		{STR_INIT("1 year 6 months"), STR_INIT("P1Y6M")},
		{STR_INIT("1 year, 6 months and 3 days"), STR_INIT("P1Y6M3D")},
		{STR_INIT("1 day 12 hours"), STR_INIT("P1DT12H")},
		{STR_INIT("1 hour 30 minutes"), STR_INIT("PT1H30M")},
		{STR_INIT("p24m"), STR_INIT("P24M")},
		{STR_INIT(" P2Y "), STR_INIT("P2Y")},
		{STR_INIT("P 2 Y"), STR_INIT("P2Y")},
		{STR_INIT("pt72h"), STR_INIT("PT72H")},
	};
	char text[PERIOD_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t len = period_of_words(text, rows[i].written);

		assert_true(str_equal(str_make(text, len), rows[i].meant));
	}
}

static void what_has_none_or_two_is_left_alone(void **state)
{
	static const str rows[] = {
		STR_INIT(""),
		STR_INIT(" "),
		STR_INIT("P"),
		STR_INIT("P24M"),
		STR_INIT("24"),
		STR_INIT("3m"),
		STR_INIT("months"),
		STR_INIT("a year"),
		STR_INIT("1.5 years"),
		STR_INIT("-3 years"),
		STR_INIT("3 years or more"),
		STR_INIT("6 months 1 year"),
		STR_INIT("1 year 2 years"),
		STR_INIT("2 weeks 3 days"),
		STR_INIT("3 years,"
			 " and"),
		STR_INIT("3 quarters"),
		STR_INIT("until revoked"),
		STR_INIT("permanently"),
		STR_INIT("99999999999999999999 years"),
		STR_INIT("1 year 1 year 1 year 1 year 1 year 1 year 1 year 1 "
			 "year"),
	};
	char text[PERIOD_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(period_of_words(text, rows[i]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_one_reading_becomes_a_duration),
		cmocka_unit_test(what_has_none_or_two_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
