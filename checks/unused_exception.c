/*
 * unused-exception - an exception that covers nothing any more.
 *
 * Asked once all findings are known. An exception that names a rule which was
 * not run cannot be called unused.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"
#include "lint/waive.h"

static bool all_ran(const struct facts *facts, const struct node *rules)
{
	for (uint32_t i = 0; rules && i < rules->count; i++) {
		const struct rule *rule = policy_rule_find(
			facts->policy, rules->as.children[i].text);
		bool ran = false;

		for (size_t k = 0; k < policy_rule_count(facts->policy); k++)
			ran = ran || policy_rule_at(facts->policy, k) == rule;
		if (!ran)
			return false;
	}
	return true;
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct record *record = facts->record;
	bool holds;
	size_t uses = waiver_uses(facts->waivers, record->id, &holds);

	(void)rule;
	(void)err;
	if (!holds || uses > 0 ||
	    !all_ran(facts, node_find(record->root, STR("rules"))))
		return true;
	sink_report(sink, &(struct found){
				  .span = record->place,
				  .pointer = STR("/rules"),
				  .message = str_format(
					  facts->scratch,
					  "exception/" STR_FMT
					  " covers no finding: the records it "
					  "names keep the rules it names",
					  STR_ARG(record->id)),
				  .label = STR("not needed"),
			  });
	return true;
}

static const char *const keeps[] = {"exception", NULL};

extern const struct check check_unused_exception;
const struct check check_unused_exception = {
	.name = "unused-exception",
	.summary = "an exception is still needed",
	.stage = CHECK_SETTLED,
	.keeps = keeps,
	.run = run,
};
