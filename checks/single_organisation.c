/* single-organisation - the one record that says whose register this is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	size_t count;
	const struct record *const *records =
		corpus_of_kind(facts->corpus, STR("organisation"), &count);

	(void)rule;
	(void)err;
	if (count == 0 && corpus_count(facts->corpus) > 0)
		sink_report(sink, &(struct found){
					  .message = STR(
						  "there is no organisation "
						  "record, so nobody is named "
						  "as controller or processor"),
				  });
	for (size_t i = 1; i < count; i++)
		sink_report(
			sink,
			&(struct found){
				.path = records[i]->source->path,
				.span = records[i]->place,
				.discriminator = records[i]->id,
				.message = str_format(
					facts->scratch,
					"there are %zu organisation records; "
					"organisation/" STR_FMT " and "
					"organisation/" STR_FMT " cannot both "
					"be the one this register is about",
					count, STR_ARG(records[0]->id),
					STR_ARG(records[i]->id)),
				.other_path = records[0]->source->path,
				.other = records[0]->place,
				.other_label = STR("the first one"),
			});
	return true;
}

extern const struct check check_single_organisation;
const struct check check_single_organisation = {
	.name = "single-organisation",
	.summary = "there is one organisation record",
	.stage = CHECK_REPOSITORY,
	.run = run,
};
