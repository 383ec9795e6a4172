/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "report_fixture.h"

enum { MANY = 40 };

struct many {
	struct finding findings[3 * MANY];
	char paths[3 * MANY][16];
	struct report report;
};

/* Errors, warnings and notes in turn, each in a file of its own. */
static void many_init(struct many *many)
{
	const struct rule *rules[] = {&rule_unknown, &rule_ambiguous,
				      &rule_note};

	for (size_t i = 0; i < ARRAY_SIZE(many->findings); i++) {
		(void)snprintf(many->paths[i], sizeof(many->paths[i]),
			       "f%03zu.yaml", i);
		many->findings[i] =
			fixture_finding(rules[i % 3], str_of(many->paths[i]),
					STR("broken"), STR(""));
	}
	many->report =
		fixture_report(many->findings, ARRAY_SIZE(many->findings));
}

static size_t times(const char *text, const char *needle)
{
	size_t count = 0;

	for (const char *at = strstr(text, needle); at;
	     at = strstr(at + 1, needle))
		count++;
	return count;
}

static void a_step_gets_ten_of_a_level_and_the_log_the_rest(void **state)
{
	struct many *many = test_malloc(sizeof(*many));
	const struct look look = {0};
	const char *text;
	struct out out;

	(void)state;
	many_init(many);
	out_init(&out, SIZE_MAX);

	text = fixture_write(&out, "github", &many->report, &look);

	assert_int_equal(times(text, "::error title="), 10);
	assert_int_equal(times(text, "::warning title="), 10);
	assert_int_equal(times(text, "::notice title="), 10);
	assert_non_null(strstr(text, "::notice title=abide::91 more findings "
				     "have no annotation"));
	for (size_t i = 0; i < ARRAY_SIZE(many->findings); i++)
		assert_non_null(strstr(text, many->paths[i]));
	assert_int_equal(times(text, ": error: broken [") +
				 times(text, ": warning: broken [") +
				 times(text, ": note: broken ["),
			 91);
	out_done(&out);
	test_free(many);
}

static void what_is_new_comes_before_what_is_old(void **state)
{
	struct many *many = test_malloc(sizeof(*many));
	const struct look look = {0};
	const char *text;
	struct out out;

	(void)state;
	many_init(many);
	for (size_t i = 0; i < ARRAY_SIZE(many->findings); i++)
		many->findings[i].state =
			i >= 90 ? FINDING_STATE_NEW : FINDING_STATE_UNCHANGED;
	out_init(&out, SIZE_MAX);

	text = fixture_write(&out, "github", &many->report, &look);

	assert_int_equal(strncmp(text,
				 "::error title=abide (reference/unknown),"
				 "file=f090.yaml::f090.yaml: broken\n",
				 73),
			 0);
	assert_null(strstr(text, "file=f000.yaml"));
	out_done(&out);
	test_free(many);
}

static void an_incomplete_result_is_the_first_error(void **state)
{
	struct many *many = test_malloc(sizeof(*many));
	const struct incomplete reason = {STR("a.yaml"), STR("x%\ny: z")};
	const struct look look = {0};
	const char *text;
	struct out out;

	(void)state;
	many_init(many);
	many->report.incomplete = &reason;
	many->report.incomplete_count = 1;
	out_init(&out, SIZE_MAX);

	text = fixture_write(&out, "github", &many->report, &look);

	assert_ptr_equal(strstr(text, "::error title=abide (incomplete)::the "
				      "result is incomplete (exit 2): a.yaml: "
				      "x%25 y: z\n"),
			 text);
	assert_int_equal(times(text, "::error title="), 10);
	out_done(&out);
	test_free(many);
}

static void copied_text_stays_in_its_place(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	struct out out;
	str rest;

	(void)state;
	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	rest = str_of(fixture_write(&out, "github", &hostile->report, &look));

	assert_int_equal(fixture_forbidden(rest, false), SIZE_MAX);
	while (rest.len) {
		str line = str_cut(&rest, '\n');

		assert_true(str_find(line, STR("##[")) == SIZE_MAX);
		assert_true(str_find(line, STR("##vso[")) == SIZE_MAX);
		assert_true(!str_starts(line, STR("::")) ||
			    str_starts(line, STR("::error title=abide (")) ||
			    str_starts(line, STR("::warning title=abide (")) ||
			    str_starts(line, STR("::notice title=abide")));
	}
	out_done(&out);
	test_free(hostile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_step_gets_ten_of_a_level_and_the_log_the_rest),
		cmocka_unit_test(what_is_new_comes_before_what_is_old),
		cmocka_unit_test(an_incomplete_result_is_the_first_error),
		cmocka_unit_test(copied_text_stays_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
