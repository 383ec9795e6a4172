/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/waive.h"

#include "base/mem.h"
#include "base/period.h"
#include "base/vec.h"

struct waiver_set {
	VEC(struct waiver) waivers;
};

/* approved_on <= now, and now before the end of the last day. */
static bool holds(const struct node *root, const struct policy *policy,
		  struct instant now)
{
	const struct parameter *most =
		policy_parameter(policy, STR("exception.max_duration"));
	struct instant from;
	struct instant last;
	struct instant ceiling;
	struct period period;
	struct error err;

	if (!date_parse(&from, node_text(root, STR("approved_on"))) ||
	    !date_parse(&last, node_text(root, STR("expires_on"))))
		return false;
	if (most && period_parse(&period, most->value->text, &err) &&
	    period_plus(&ceiling, from, &period, NULL, &err) &&
	    instant_compare(ceiling, last) < 0)
		last = ceiling;
	last.seconds += 86400;
	return instant_compare(from, now) <= 0 &&
	       instant_compare(now, last) < 0;
}

static bool is_valid(const struct record *record)
{
	const struct node *root = record->root;

	return record->valid && record->live && root &&
	       !str_equal(node_text(root, STR("requested_by")),
			  node_text(root, STR("approved_by")));
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

		if (!is_valid(record) || !holds(record->root, policy, now))
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

const struct waiver *waiver_find(struct waiver_set *set,
				 const struct finding *finding)
{
	if (!finding->rule->waivable || !finding->kind.ptr)
		return NULL;
	for (size_t i = 0; i < set->waivers.count; i++) {
		struct waiver *waiver = &set->waivers.at[i];
		const struct node *root = waiver->record->root;

		if (!names_rule(node_find(root, STR("rules")), finding->rule) ||
		    !names_record(node_find(root, STR("records")),
				  finding->kind, finding->id))
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
