/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_fixture.h"

enum { CELLS = 30, ROWS = 16 };

/* RFC 4180, every cell in quotes; the quotes inside stay doubled. */
static size_t read_rows(str rows[ROWS][CELLS], str text)
{
	size_t row = 0;
	size_t i = 0;

	while (i < text.len) {
		assert_true(row < ROWS);
		for (size_t cell = 0; cell < CELLS; cell++) {
			size_t from = ++i;

			assert_int_equal(text.ptr[from - 1], '"');
			while (text.ptr[i] != '"' || text.ptr[i + 1] == '"')
				i += text.ptr[i] == '"' ? 2 : 1;
			rows[row][cell] = str_slice(text, from, i++);
			if (cell + 1 < CELLS)
				assert_int_equal(text.ptr[i++], ',');
		}
		assert_int_equal(text.ptr[i++], '\r');
		assert_int_equal(text.ptr[i++], '\n');
		row++;
	}
	return row;
}

static void check_row(const str *row, const char *state, const char *status,
		      const char *severity, const char *rule)
{
	assert_true(str_is(row[10], state));
	assert_true(str_is(row[4], status));
	assert_true(str_is(row[3], severity));
	assert_true(str_is(row[7], rule));
}

static void a_row_says_whether_it_is_open_new_waived_or_fixed(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	const struct look look = {0};
	str rows[ROWS][CELLS];
	struct out out;

	(void)state;
	full_init(full);
	full->report.incomplete = full->incomplete;
	full->report.incomplete_count = ARRAY_SIZE(full->incomplete);
	out_init(&out, SIZE_MAX);

	assert_int_equal(
		read_rows(rows, str_of(fixture_write(&out, "csv", &full->report,
						     &look))),
		1 + 2 + 5 + 1 + 1);

	assert_true(str_is(rows[0][10], "state"));
	check_row(rows[1], "incomplete", "identified", "critical",
		  "incomplete");
	assert_true(str_is(rows[1][11], "a b.yaml"));
	check_row(rows[3], "new", "identified", "info", "organisation/missing");
	check_row(rows[4], "waived", "dismissed", "high",
		  "retention/undefined");
	assert_true(str_is(rows[4][22], "ex-1"));
	assert_true(str_is(rows[4][23], "moved by 2027"));
	check_row(rows[5], "new", "identified", "medium",
		  "yaml/ambiguous-scalar");
	check_row(rows[6], "new", "identified", "high", "reference/unknown");
	assert_true(str_is(rows[6][6], "PA-014"));
	assert_true(str_is(rows[6][12], "3"));
	check_row(rows[8], "unchanged", "identified", "high", "id/duplicate");
	check_row(rows[9], "fixed", "resolved", "high", "id/duplicate");
	out_done(&out);
	test_free(full);
}

static void no_cell_is_a_formula_or_ends_its_row(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	str rows[ROWS][CELLS];
	struct out out;
	size_t count;

	(void)state;
	hostile_init(hostile);
	hostile->findings[0].message = STR("=cmd|' /C calc'!A0\r\n");
	hostile->findings[0].id = STR("\t@SUM(1)");
	hostile->findings[0].kind = STR("+1\"");
	out_init(&out, SIZE_MAX);

	count = read_rows(rows, str_of(fixture_write(&out, "csv",
						     &hostile->report, &look)));

	assert_int_equal(count, 1 + 2 + 4);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < CELLS; k++)
			assert_true(rows[i][k].len == 0 ||
				    !strchr("=+-@\t\r", rows[i][k].ptr[0]));
	}
	assert_true(str_is(rows[3][2], "'=cmd|' /C calc'!A0\\r\\n"));
	assert_true(str_is(rows[3][16], "'+1\"\""));
	out_done(&out);
	test_free(hostile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_row_says_whether_it_is_open_new_waived_or_fixed),
		cmocka_unit_test(no_cell_is_a_formula_or_ends_its_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
