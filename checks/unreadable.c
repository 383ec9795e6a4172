/* unreadable - a file that may hold records and cannot be parsed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct error *broken = facts->broken;
	struct found found;

	(void)rule;
	(void)err;
	if (!broken)
		return true;
	found = (struct found){
		.span = broken->placed ? broken->at : (struct span){0, 0},
		.message =
			str_format(facts->scratch,
				   "the file cannot be read: %s", broken->text),
	};
	if (broken->other.end > 0) {
		found.other_path = facts->source->path;
		found.other = broken->other;
		found.other_label = STR("first here");
	}
	sink_report(sink, &found);
	return true;
}

extern const struct check check_unreadable;
const struct check check_unreadable = {
	.name = "unreadable",
	.summary = "a file of records can be parsed",
	.stage = CHECK_FILE,
	.run = run,
};
