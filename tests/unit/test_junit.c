/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_fixture.h"

/* What stands between the head of a case and its end; absent: no such case. */
static str case_of(str text, str name)
{
	struct buf head;
	size_t at;

	buf_init(&head, 1000);
	buf_add(&head, STR(" name=\""));
	buf_add(&head, name);
	buf_add(&head, STR("\" time=\"0\">\n"));
	at = str_find(text, buf_str(&head));
	if (at != SIZE_MAX)
		text = str_slice(text, at + head.len, text.len);
	buf_done(&head);
	return at == SIZE_MAX
		       ? (str){0}
		       : str_slice(text, 0,
				   str_find(text, STR("    </testcase>")));
}

static void a_rule_fails_errs_is_skipped_or_passes(void **state)
{
	static const struct {
		const char *rule;
		const char *begins;
	} cases[] = {
		{"reference/unknown",
		 "      <failure type=\"error\" message=\"2 findings\">\n"},
		{"organisation/missing",
		 "      <failure type=\"note\" message=\"1 finding\">\n"},
		{"yaml/ambiguous-scalar",
		 "      <error type=\"rule/failed\" message=\"3 evaluations "
		 "failed\">\n"},
		{"incident/late-notification",
		 "      <skipped message=\"nothing that it applies to\"/>\n"},
		{"id/duplicate", "      <system-out>"},
		{"retention/undefined", "      <system-out>"},
		{"complete", "      <system-out>"},
	};
	struct full *full = test_malloc(sizeof(*full));
	const struct look look = {0};
	struct out out;
	str text;

	(void)state;
	full_init(full);
	out_init(&out, SIZE_MAX);
	text = str_of(fixture_write(&out, "junit", &full->report, &look));

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		str told = case_of(text, str_of(cases[i].rule));

		if (!told.ptr || !str_starts(told, str_of(cases[i].begins)))
			fail_msg("%s: " STR_FMT, cases[i].rule, STR_ARG(told));
	}
	assert_true(str_find(text, STR("tests=\"7\" failures=\"2\" "
				       "errors=\"1\" skipped=\"1\"")) !=
		    SIZE_MAX);
	assert_true(str_find(case_of(text, STR("id/duplicate")),
			     STR("in the base already and not counted: 1")) !=
		    SIZE_MAX);
	assert_true(str_find(case_of(text, STR("retention/undefined")),
			     STR("note: waived error: PA-014")) != SIZE_MAX);
	out_done(&out);
	test_free(full);
}

static void half_a_run_is_no_green_list(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	const struct look look = {0};
	struct out out;
	str text;

	(void)state;
	full_init(full);
	full->report.finding_count = 0;
	full->report.rule_count = 0;
	full->report.incomplete = full->incomplete;
	full->report.incomplete_count = ARRAY_SIZE(full->incomplete);
	full->report.fixed_count = 0;
	full->report.unchanged_count = 0;
	out_init(&out, SIZE_MAX);
	text = str_of(fixture_write(&out, "junit", &full->report, &look));

	assert_true(str_find(text, STR("<testsuites name=\"abide\" tests=\"1\" "
				       "failures=\"0\" errors=\"1\"")) !=
		    SIZE_MAX);
	assert_true(str_starts(case_of(text, STR("complete")),
			       STR("      <error type=\"incomplete\"")));
	out_done(&out);
	test_free(full);
}

static void no_copied_character_is_markup(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	struct out out;
	str text;

	(void)state;
	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	text = str_of(fixture_write(&out, "junit", &hostile->report, &look));

	assert_int_equal(fixture_forbidden(text, false), SIZE_MAX);
	assert_true(str_find(text, STR("]]>")) == SIZE_MAX);
	assert_true(str_find(text, STR("`<")) == SIZE_MAX);
	assert_true(str_find(text, STR("##[")) == SIZE_MAX);
	out_done(&out);
	test_free(hostile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_fails_errs_is_skipped_or_passes),
		cmocka_unit_test(half_a_run_is_no_green_list),
		cmocka_unit_test(no_copied_character_is_markup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
