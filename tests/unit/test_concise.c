/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "report_fixture.h"

static void check(const struct report *report, bool quiet, const char *expected)
{
	const struct look look = {.quiet = quiet, .max_findings = 1};
	struct out out;

	out_init(&out, SIZE_MAX);
	assert_string_equal(fixture_write(&out, "concise", report, &look),
			    expected);
	out_done(&out);
}

static void each_finding_is_a_line_that_editors_know(void **state)
{
	struct finding findings[] = {
		fixture_finding(&rule_note, STR(""), STR(""), STR("")),
		fixture_finding(&rule_unknown, STR("records/newsletter.yaml"),
				STR("PA-014 names V-O07, which does not exist"),
				STR("no record has this id")),
		fixture_finding(&rule_ambiguous, STR("x.yaml"),
				STR("cannot be shown"), STR("")),
	};
	struct report report = fixture_report(findings, ARRAY_SIZE(findings));
	(void)state;

	fixture_place(&findings[1], STR("a: 1\nvendor: V-O07\n"), STR("V-O07"));
	report.records_hit = 1;
	report.rule_count = 46;
	check(&report, false,
	      "abide: note: No organisation record [organisation/missing]\n"
	      "records/newsletter.yaml:2:9: error: PA-014 names V-O07, which "
	      "does not exist [reference/unknown]\n"
	      "x.yaml: warning: cannot be shown [yaml/ambiguous-scalar]\n"
	      "abide: note: judged the work tree as of 2026-11-22: 1 error, 1 "
	      "warning, 1 note in 1 of 212 records; 46 rules\n");
}

static void what_was_not_judged_has_lines_of_its_own(void **state)
{
	static const struct incomplete incomplete[] = {
		{STR_INIT("a.yaml"), STR_INIT("larger than 4 MiB")},
		{{NULL, 0}, STR_INIT("this clone is shallow")},
	};
	static const struct remark remark = {STR_INIT("2 policies changed")};
	struct report report = fixture_report(NULL, 0);
	(void)state;

	report.incomplete = incomplete;
	report.incomplete_count = ARRAY_SIZE(incomplete);
	report.remarks = &remark;
	report.remark_count = 1;
	check(&report, true,
	      "a.yaml: error: larger than 4 MiB [incomplete]\n"
	      "abide: error: this clone is shallow [incomplete]\n"
	      "abide: note: 2 policies changed\n"
	      "abide: error: the result is incomplete (exit 2): a.yaml: "
	      "larger than 4 MiB; and 1 more reason\n");
}

static void no_path_can_look_like_another_line(void **state)
{
	static const struct {
		str path;
		const char *shown;
	} rows[] = {
		{STR_INIT("a.yaml"), "a.yaml"},
		{STR_INIT(".github/x.yaml"), ".github/x.yaml"},
		{STR_INIT("::error::x"), "./\\x3a\\x3aerror\\x3a\\x3ax"},
		{STR_INIT("##[error]x"), "./##[error]x"},
		{STR_INIT(" a"), "./ a"},
		{STR_INIT("-a"), "./-a"},
		{STR_INIT("é"), "./é"},
		{STR_INIT("\xff"), "./\\xff"},
		{STR_INIT("b.yaml:1:1: error: no"),
		 "b.yaml\\x3a1\\x3a1\\x3a error\\x3a no"},
		{STR_INIT("c\nabide: note"), "c\\nabide\\x3a note"},
		{STR_INIT("d:"), "d\\x3a"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct finding finding = fixture_finding(
			&rule_note, rows[i].path, STR("m"), STR(""));
		struct report report = fixture_report(&finding, 1);
		char expected[200];

		finding.start = (struct place){1, 2, 3, 4};
		(void)snprintf(expected, sizeof(expected),
			       "%s:1:2: note: m [organisation/missing]\n",
			       rows[i].shown);
		check(&report, true, expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_finding_is_a_line_that_editors_know),
		cmocka_unit_test(what_was_not_judged_has_lines_of_its_own),
		cmocka_unit_test(no_path_can_look_like_another_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
