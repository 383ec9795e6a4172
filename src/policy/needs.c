/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/needs.h"

#include "policy/rule_code.h"

const char *const need_names[NEEDS_MOST] = {"records", "history", "clock",
					    "files"};

unsigned rule_needs(const struct rule *rule)
{
	const struct node *declared = node_find(rule->source, STR("needs"));
	unsigned facts = rule->expressions ? rule->expressions->facts : 0;
	unsigned needs = 0;

	if (facts & CEL_READS_RECORDS)
		needs |= NEEDS_RECORDS;
	if (rule_needs_history(rule))
		needs |= NEEDS_HISTORY;
	if (facts & CEL_READS_NOW)
		needs |= NEEDS_CLOCK;
	for (uint32_t i = 0; declared && i < declared->count; i++) {
		for (unsigned bit = 0; bit < NEEDS_MOST; bit++) {
			if (str_is(declared->as.children[i].text,
				   need_names[bit]))
				needs |= 1U << bit;
		}
	}
	return needs;
}
