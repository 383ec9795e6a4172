/* known-requirement - a requirement stands in its framework. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"
#include "policy/policy.h"

static str message_of(const struct facts *facts, str name,
		      const struct requirement *found)
{
	str id = name;

	(void)str_cut(&id, ':');
	switch (found->state) {
	case REQUIREMENT_NO_FRAMEWORK:
		return str_format(facts->scratch,
				  "'" STR_FMT
				  "' is of a framework that is not known here",
				  STR_ARG(name));
	case REQUIREMENT_FORMER:
		return str_format(
			facts->scratch,
			"'" STR_FMT "' is not in " STR_FMT "; " STR_FMT
			" existed in the " STR_FMT " edition, see " STR_FMT,
			STR_ARG(name), STR_ARG(found->framework), STR_ARG(id),
			STR_ARG(found->edition), STR_ARG(found->successor));
	case REQUIREMENT_UNKNOWN:
	case REQUIREMENT_KNOWN:
		break;
	}
	return str_format(facts->scratch, "'" STR_FMT "' is not in " STR_FMT,
			  STR_ARG(name), STR_ARG(found->framework));
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct framework_set *set = policy_frameworks(facts->policy);
	const struct record *record = facts->record;

	(void)rule;
	(void)err;
	for (size_t i = 0; i < record->requirement_count; i++) {
		const struct requirement_reference *named =
			&record->requirements[i];
		struct requirement found = framework_find(set, named->name);
		struct found report = {
			.span = named->span,
			.discriminator = named->name,
			.label = STR("no such requirement"),
		};
		str nearest[1];

		if (found.state == REQUIREMENT_KNOWN)
			continue;
		report.message = message_of(facts, named->name, &found);
		if (found.state != REQUIREMENT_FORMER &&
		    framework_nearest(set, named->name, nearest, 1) == 1)
			report.help = str_format(facts->scratch,
						 "did you mean '" STR_FMT "'?",
						 STR_ARG(nearest[0]));
		sink_report(sink, &report);
	}
	return true;
}

extern const struct check check_known_requirement;
const struct check check_known_requirement = {
	.name = "known-requirement",
	.summary = "a requirement stands in its framework",
	.stage = CHECK_RECORD,
	.run = run,
};
