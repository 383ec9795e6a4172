/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/profile.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* By time, the longest first, then by id. */
static int compare_ticks(const void *a, const void *b)
{
	const struct rule_count *const *x = a;
	const struct rule_count *const *y = b;

	if ((*x)->ticks != (*y)->ticks)
		return (*x)->ticks < (*y)->ticks ? 1 : -1;
	return str_compare((*x)->rule->id, (*y)->rule->id);
}

static void write_row(struct out *out, const struct rule_count *count,
		      uint64_t sum)
{
	char row[80];

	(void)snprintf(row, sizeof(row), "%12.3f %6.1f%% %9zu  ",
		       (double)count->ticks / 1e6,
		       sum ? 100.0 * (double)count->ticks / (double)sum : 0.0,
		       count->judged);
	out_text(out, str_of(row), ENCODE_TERMINAL);
	out_text(out, count->rule->id, ENCODE_TERMINAL);
	out_safe(out, SAFE("\n"));
}

void profile_write(struct out *out, const struct report *report)
{
	const struct rule_count **ran =
		mem_new((report->rule_count + 1) * sizeof(*ran));
	size_t count = 0;
	uint64_t sum = 0;

	for (size_t i = 0; i < report->rule_count; i++) {
		if (report->rules[i].judged == 0)
			continue;
		ran[count++] = &report->rules[i];
		sum += report->rules[i].ticks;
	}
	qsort(ran, count, sizeof(*ran), compare_ticks);
	out_safe(out, SAFE("milliseconds   share    judged  rule\n"));
	for (size_t i = 0; i < count; i++)
		write_row(out, ran[i], sum);
	mem_free(ran);
}
