/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"

#include "base/mem.h"
#include "base/period.h"
#include "base/vec.h"

struct waiver_set {
	VEC(struct waiver) waivers;
};

/* From approved_on to the end of the last day. */
bool waiver_term(struct stretch *out, const struct record *exception,
		 const struct policy *policy)
{
	const struct node *root = exception->root;
	const struct parameter *most =
		policy_parameter(policy, STR("exception.max_duration"));
	struct instant from;
	struct instant last;
	struct instant ceiling;
	struct period period;
	struct error err;

	if (!exception->valid || !root ||
	    str_equal(node_text(root, STR("requested_by")),
		      node_text(root, STR("approved_by"))) ||
	    !date_parse(&from, node_text(root, STR("approved_on"))) ||
	    !date_parse(&last, node_text(root, STR("expires_on"))))
		return false;
	if (most && period_parse(&period, most->value->text, &err) &&
	    period_plus(&ceiling, from, &period, NULL, &err) &&
	    instant_compare(ceiling, last) < 0)
		last = ceiling;
	last.seconds += 86400;
	*out = (struct stretch){from, last};
	return true;
}

struct waiver_set *waiver_set_new(const struct corpus *corpus,
				  const struct policy *policy,
				  struct instant now)
{
	struct waiver_set *set = mem_new(sizeof(*set));
	size_t count;
	const struct record *const *records =
		corpus_of_kind(corpus, STR("exception"), &count);

	for (size_t i = 0; i < count; i++) {
		const struct record *record = records[i];
		struct stretch term;

		if (!record->live || !waiver_term(&term, record, policy) ||
		    !stretch_holds(&term, now))
			continue;
		*vec_push(&set->waivers) = (struct waiver){
			.record = record,
			.reason = node_text(record->root, STR("reason")),
			.approved_by =
				node_text(record->root, STR("approved_by")),
			.approved_on =
				node_text(record->root, STR("approved_on")),
			.expires_on =
				node_text(record->root, STR("expires_on")),
		};
	}
	return set;
}

void waiver_set_free(struct waiver_set *set)
{
	if (!set)
		return;
	vec_done(&set->waivers);
	mem_free(set);
}

static bool names_rule(const struct node *list, const struct rule *rule)
{
	for (uint32_t i = 0; list && i < list->count; i++) {
		str name = list->as.children[i].text;

		if (str_equal(name, rule->id) ||
		    (rule->code.len && str_equal(name, rule->code)))
			return true;
	}
	return false;
}

/* "kind/id" */
static bool names_record(const struct node *list, str kind, str id)
{
	for (uint32_t i = 0; list && i < list->count; i++) {
		str rest = list->as.children[i].text;
		str first = str_cut(&rest, '/');

		if (str_equal(first, kind) && str_equal(rest, id))
			return true;
	}
	return false;
}

bool waiver_names(const struct record *exception, const struct finding *finding)
{
	const struct node *root = exception->root;

	return finding->rule->waivable && finding->kind.ptr &&
	       names_rule(node_find(root, STR("rules")), finding->rule) &&
	       names_record(node_find(root, STR("records")), finding->kind,
			    finding->id);
}

const struct waiver *waiver_find(struct waiver_set *set,
				 const struct finding *finding)
{
	for (size_t i = 0; i < set->waivers.count; i++) {
		struct waiver *waiver = &set->waivers.at[i];

		if (!waiver_names(waiver->record, finding))
			continue;
		waiver->uses++;
		return waiver;
	}
	return NULL;
}

size_t waiver_uses(const struct waiver_set *set, str id, bool *does_hold)
{
	*does_hold = false;
	for (size_t i = 0; i < set->waivers.count; i++) {
		if (!str_equal(set->waivers.at[i].record->id, id))
			continue;
		*does_hold = true;
		return set->waivers.at[i].uses;
	}
	return 0;
}
