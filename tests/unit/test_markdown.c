/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_fixture.h"

static void a_page_keeps_to_its_size_and_says_what_is_left_out(void **state)
{
	enum { MANY = 500, MOST = 8000 };
	struct finding *findings = test_malloc(MANY * sizeof(*findings));
	const struct look look = {.most = MOST};
	struct report report;
	const char *text;
	struct out out;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		findings[i] = fixture_finding(
			i == MANY - 1 ? &rule_unknown : &rule_note, STR("a"),
			i == MANY - 1 ? STR("the gravest") : STR("a note"),
			STR(""));
	report = fixture_report(findings, MANY);
	out_init(&out, SIZE_MAX);

	text = fixture_write(&out, "markdown", &report, &look);

	assert_true(strlen(text) <= MOST);
	assert_true(strlen(text) > MOST - 2000);
	assert_non_null(strstr(text, "the gravest"));
	assert_non_null(strstr(text, " more findings do not fit on this page"));
	out_done(&out);
	test_free(findings);
}

static void a_table_shows_what_counts_what_is_waived_and_what_is_gone(
	void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	const struct look look = {0};
	const char *text;
	struct out out;

	(void)state;
	full_init(full);
	full->report.incomplete = full->incomplete;
	full->report.incomplete_count = ARRAY_SIZE(full->incomplete);
	out_init(&out, SIZE_MAX);

	text = fixture_write(&out, "markdown", &full->report, &look);

	assert_non_null(strstr(text, "### The result is incomplete (exit "
				     "status 2)"));
	assert_non_null(strstr(text, "- `a b.yaml`: nesting deeper than 64\n"));
	assert_non_null(
		strstr(text, "| error, waived by `ex-1` until "
			     "2027\\-01\\-31, new | `retention/undefined` |"));
	assert_non_null(strstr(text, "| error, new | `reference/unknown` | "
				     "`records/news letter:1.yaml:3:9` |"));
	assert_non_null(strstr(text, "| the repository | no organisation"));
	assert_non_null(strstr(text, "### Fixed\n"));
	assert_non_null(strstr(text, "`gone.yaml:1:1`"));
	assert_non_null(strstr(text, "\\[x\\]\\(https\\://evil"));
	out_done(&out);
	test_free(full);
}

static void a_row_is_one_line_whatever_is_copied(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	size_t rows = 0;
	struct out out;
	str rest;

	(void)state;
	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	rest = str_of(fixture_write(&out, "markdown", &hostile->report, &look));

	assert_int_equal(fixture_forbidden(rest, false), SIZE_MAX);
	while (rest.len) {
		str line = str_cut(&rest, '\n');

		if (!str_starts(line, STR("| warning | ")))
			continue;
		rows++;
		assert_true(str_ends(line, STR(" |")));
		/* Five bars that no backslash takes off. */
		for (size_t i = 1, bars = 1; i <= line.len; i++) {
			if (i == line.len)
				assert_int_equal(bars, 5);
			else if (line.ptr[i] == '|' && line.ptr[i - 1] != '\\')
				bars++;
		}
	}
	assert_int_equal(rows, 4);
	out_done(&out);
	test_free(hostile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_page_keeps_to_its_size_and_says_what_is_left_out),
		cmocka_unit_test(
			a_table_shows_what_counts_what_is_waived_and_what_is_gone),
		cmocka_unit_test(a_row_is_one_line_whatever_is_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
