/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_fixture.h"
#include "reporters/rule_table.h"

static void every_finding_stands_with_its_rule(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	struct rule_table table;
	struct arena arena;
	size_t count = 0;

	(void)state;
	full_init(full);
	arena_init(&arena);

	rule_table_fill(&table, &full->report, &arena);

	/* Five that ran, and one that is none of the policy's. */
	assert_int_equal(table.count, 6);
	for (size_t i = 0; i < table.count; i++) {
		const struct rule_row *row = &table.rows[i];

		assert_int_equal(rule_table_at(&table, row->rule), i);
		assert_true(i == 0 ||
			    str_compare(row[-1].rule->id, row->rule->id) < 0);
		assert_true((row->count == NULL) == (row->rule == &rule_note));
		for (size_t k = 0; k < row->finding_count; k++) {
			assert_ptr_equal(row->findings[k]->rule, row->rule);
			assert_true(k == 0 ||
				    row->findings[k - 1] < row->findings[k]);
		}
		count += row->finding_count;
	}
	assert_int_equal(count, full->report.finding_count);
	assert_int_equal(
		table.rows[rule_table_at(&table, &rule_retention)].waived, 1);
	assert_int_equal(
		table.rows[rule_table_at(&table, &rule_unknown)].finding_count,
		2);
	arena_done(&arena);
	test_free(full);
}

static void a_rule_that_only_found_what_was_fixed_is_there(void **state)
{
	struct finding fixed =
		fixture_finding(&rule_late, STR("a"), STR("b"), STR(""));
	struct report report = fixture_report(NULL, 0);
	struct rule_table table;
	struct arena arena;

	(void)state;
	report.fixed = &fixed;
	report.fixed_count = 1;
	arena_init(&arena);

	rule_table_fill(&table, &report, &arena);

	assert_int_equal(table.count, 1);
	assert_int_equal(table.rows[0].finding_count, 0);
	report.fixed_count = 0;
	rule_table_fill(&table, &report, &arena);
	assert_int_equal(table.count, 0);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_finding_stands_with_its_rule),
		cmocka_unit_test(
			a_rule_that_only_found_what_was_fixed_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
