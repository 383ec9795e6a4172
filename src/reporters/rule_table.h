/*
 * rule_table - the rules a report tells of, each with its findings: for
 * formats that go rule by rule, or that point to rules by number.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_RULE_TABLE_H
#define REPORTERS_RULE_TABLE_H

#include "base/arena.h"
#include "lint/report.h"

struct rule_row {
	const struct rule *rule;
	const struct rule_count *count; /* NULL: not a rule of the policy */
	const struct finding *const *findings; /* in the order of the report */
	size_t finding_count;
	size_t waived;	  /* of them */
	size_t unchanged; /* that the base had as well, and are not among them
			   */
};

struct rule_table {
	struct rule_row *rows; /* by id */
	size_t count;
};

/* All that ran, and those that speak of the run itself, as rule/failed does.
 * It lies in the arena. */
void rule_table_fill(struct rule_table *table, const struct report *report,
		     struct arena *arena);

/* The number of a rule that ran or found something. */
size_t rule_table_at(const struct rule_table *table, const struct rule *rule);

#endif
