/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/rule_table.h"

#include <assert.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/vec.h"

static int by_id(const void *a, const void *b)
{
	const struct rule_row *x = a;
	const struct rule_row *y = b;

	return str_compare(x->rule->id, y->rule->id);
}

static struct rule_row *find(const struct rule_table *table,
			     const struct rule *rule)
{
	struct rule_row wanted = {.rule = rule};

	return bsearch(&wanted, table->rows, table->count, sizeof(wanted),
		       by_id);
}

static void collect(struct rule_table *table, const struct report *report,
		    struct arena *arena)
{
	const struct {
		const struct finding *at;
		size_t count;
	} lists[] = {
		{report->findings, report->finding_count},
		{report->unchanged, report->unchanged_count},
		{report->fixed, report->fixed_count},
	};
	VEC(struct rule_row) rows = {0};
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct rule_count *count = &report->rules[i];

		*vec_push(&rows) =
			(struct rule_row){.rule = count->rule, .count = count};
		(void)map_put(&seen, count->rule->id, count);
	}
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		for (size_t k = 0; k < lists[i].count; k++) {
			const struct rule *rule = lists[i].at[k].rule;

			if (map_put(&seen, rule->id, rule))
				continue;
			*vec_push(&rows) = (struct rule_row){.rule = rule};
		}
	}
	if (rows.count)
		qsort(rows.at, rows.count, sizeof(*rows.at), by_id);
	table->count = rows.count;
	table->rows = vec_keep(&rows, arena);
	map_done(&seen);
	vec_done(&rows);
}

void rule_table_fill(struct rule_table *table, const struct report *report,
		     struct arena *arena)
{
	const struct finding **places = arena_array(
		arena, const struct finding *, report->finding_count);
	size_t *next;
	size_t taken = 0;

	collect(table, report, arena);
	next = arena_array(arena, size_t, table->count);
	for (size_t i = 0; i < report->finding_count; i++)
		find(table, report->findings[i].rule)->finding_count++;
	for (size_t i = 0; i < table->count; i++) {
		next[i] = taken;
		table->rows[i].findings = places + taken;
		taken += table->rows[i].finding_count;
	}
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		size_t at = rule_table_at(table, finding->rule);

		places[next[at]++] = finding;
		table->rows[at].waived += finding->waiver != NULL;
	}
	for (size_t i = 0; i < report->unchanged_count; i++)
		table->rows[rule_table_at(table, report->unchanged[i].rule)]
			.unchanged++;
}

size_t rule_table_at(const struct rule_table *table, const struct rule *rule)
{
	const struct rule_row *row = find(table, rule);

	assert(row);
	return (size_t)(row - table->rows);
}
