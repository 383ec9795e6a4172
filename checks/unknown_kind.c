/*
 * unknown-kind - a document that looks like a record and is of no kind.
 *
 * Where the configuration says that a file holds records, each of its
 * documents must be one; elsewhere only what says both kind and id is taken
 * for a record.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"
#include "policy/policy.h"

static void report_unknown(const struct facts *facts, const struct node *kind,
			   struct sink *sink)
{
	const struct kind_set *kinds = policy_kinds(facts->policy);
	struct found found = {
		.span = kind->span,
		.pointer = STR("/kind"),
		.discriminator = kind->text,
		.message =
			str_format(facts->scratch,
				   "there is no kind of record '" STR_FMT "'",
				   STR_ARG(kind->text)),
		.label = STR("unknown kind"),
	};
	struct edit edit;
	str near;

	if (kind_nearest(kinds, kind->text, &near, 1) == 1) {
		found.help = str_format(facts->scratch,
					"did you mean '" STR_FMT "'?",
					STR_ARG(near));
		if (kind_is_sure(kinds, kind->text) &&
		    edit_scalar(&edit, kind, near, facts->scratch))
			found.edit = &edit;
	}
	sink_report(sink, &found);
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	const struct node *kind = node_find(
		facts->root ? facts->root : &(struct node){0}, STR("kind"));
	bool has_id = facts->root && node_find(facts->root, STR("id"));

	(void)rule;
	(void)err;
	if (!facts->root) {
		sink_report(sink, &(struct found){
					  .message = STR("the file holds no "
							 "record"),
				  });
		return true;
	}
	if (kind && kind->kind == NODE_STRING) {
		if (!kind_find(policy_kinds(facts->policy), kind->text) &&
		    (has_id || facts->selected))
			report_unknown(facts, kind, sink);
		return true;
	}
	if (facts->selected || (kind && has_id))
		sink_report(
			sink,
			&(struct found){
				.span = kind ? kind->span : facts->root->span,
				.message = kind ? STR("the kind of a "
						      "record is a text")
						: STR("the document says "
						      "no kind, so it is "
						      "no record"),
			});
	return true;
}

extern const struct check check_unknown_kind;
const struct check check_unknown_kind = {
	.name = "unknown-kind",
	.summary = "a record is of a kind that exists",
	.stage = CHECK_DOCUMENT,
	.run = run,
};
