/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/statistics.h"

#include <stdlib.h>

#include "base/mem.h"
#include "reporters/summary.h"

enum { COUNT_COLUMNS = 8, SEVERITY_COLUMNS = 9 };

/* By count, the largest first, then by id. */
static int compare_counts(const void *a, const void *b)
{
	const struct rule_count *const *x = a;
	const struct rule_count *const *y = b;

	if ((*x)->findings != (*y)->findings)
		return (*x)->findings < (*y)->findings ? 1 : -1;
	return str_compare((*x)->rule->id, (*y)->rule->id);
}

static void write_number(struct out *out, size_t number)
{
	size_t digits = 1;

	for (size_t rest = number; rest >= 10; rest /= 10)
		digits++;
	if (digits < COUNT_COLUMNS)
		out_repeat(out, SAFE(" "), COUNT_COLUMNS - digits);
	out_size(out, number);
}

static void write_row(struct out *out, const struct rule_count *count,
		      const struct palette *palette)
{
	str severity = str_of(severity_name(count->rule->severity));

	write_number(out, count->findings);
	write_number(out, count->judged);
	out_safe(out, SAFE("  "));
	out_safe(out, palette->severity[count->rule->severity]);
	out_text(out, severity, ENCODE_TERMINAL);
	out_safe(out, palette->end);
	out_repeat(out, SAFE(" "), SEVERITY_COLUMNS - severity.len);
	out_text(out, count->rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

static void write_others(struct out *out, size_t found_nothing, size_t idle)
{
	if (found_nothing == 0)
		return;
	out_count(out, found_nothing, SAFE("rule"), SAFE("rules"));
	out_safe(out, SAFE(" found nothing"));
	if (idle > 0) {
		out_safe(out, SAFE("; "));
		out_size(out, idle);
		out_safe(out, SAFE(" of them had nothing to judge"));
	}
	out_safe(out, SAFE("\n"));
}

void statistics_write(struct out *out, const struct report *report,
		      const struct palette *palette)
{
	const struct rule_count **broken =
		mem_new((report->rule_count + 1) * sizeof(*broken));
	size_t count = 0;
	size_t idle = 0;

	for (size_t i = 0; i < report->rule_count; i++) {
		if (report->rules[i].findings > 0)
			broken[count++] = &report->rules[i];
		else if (report->rules[i].judged == 0)
			idle++;
	}
	qsort(broken, count, sizeof(*broken), compare_counts);
	if (count > 0) {
		out_safe(out, palette->strong);
		out_safe(out, SAFE("findings  judged  severity rule"));
		out_safe(out, palette->end);
		out_safe(out, SAFE("\n"));
	}
	for (size_t i = 0; i < count; i++)
		write_row(out, broken[i], palette);
	write_others(out, report->rule_count - count, idle);
	if (report->rule_count > 0)
		out_safe(out, SAFE("\n"));
	mem_free(broken);
}
