/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/host.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cel/period.h"
#include "lint/host_functions.h"

const struct cel_library *const host_libraries[] = {
	&cel_library_period,
	&cel_library_text,
	&host_library,
};
const size_t host_library_count = ARRAY_SIZE(host_libraries);

/* ---- records.KIND: the valid records of a kind, in the order of the corpus */

struct record_list {
	struct cel_list head;
	const struct cel_type *type;
	const struct record **records;
	size_t count;
};

static const struct record_list *list_of(const struct cel_list *list)
{
	return (const struct record_list *)(const void *)list;
}

static size_t list_size(const struct cel_list *list)
{
	return list_of(list)->count;
}

static struct cel_value list_at(struct cel_eval *eval,
				const struct cel_list *list, size_t i)
{
	const struct record_list *records = list_of(list);

	return cel_of_typed_node(eval, records->records[i]->root,
				 records->type);
}

static const struct node *list_node(const struct cel_list *list, size_t i)
{
	return i == SIZE_MAX ? NULL : list_of(list)->records[i]->root;
}

static const struct cel_list_ops record_list_ops = {
	.size = list_size,
	.at = list_at,
	.node = list_node,
};

static const struct record_list *make_list(const struct host *host,
					   const struct kind *kind)
{
	struct record_list *list = arena_new(host->arena, struct record_list);
	size_t count;
	const struct record *const *records =
		corpus_of_kind(host->corpus, kind->name, &count);

	list->head.ops = &record_list_ops;
	list->type =
		vocabulary_kind(policy_vocabulary(host->policy), kind->name);
	list->records = arena_array(host->arena, const struct record *, count);
	for (size_t i = 0; i < count; i++) {
		if (records[i]->valid && records[i]->root)
			list->records[list->count++] = records[i];
	}
	return list;
}

/* ---- records: an object with a list for each kind */

struct records {
	struct cel_map head;
	const struct host *host;
};

static const struct records *records_of(const struct cel_map *map)
{
	return (const struct records *)(const void *)map;
}

static struct cel_value list_value(const struct host *host,
				   const struct kind *kind)
{
	const struct kind_set *kinds = policy_kinds(host->policy);
	size_t i = 0;

	while (kind_at(kinds, i) != kind)
		i++;
	if (!host->lists[i])
		host->lists[i] = make_list(host, kind);
	return cel_of_list(&host->lists[i]->head);
}

static size_t records_size(const struct cel_map *map)
{
	return kind_count(policy_kinds(records_of(map)->host->policy));
}

static bool records_find(struct cel_eval *eval, const struct cel_map *map,
			 struct cel_value key, struct cel_value *out)
{
	const struct host *host = records_of(map)->host;
	const struct kind *kind;

	if (key.tag != CEL_STRING)
		return false;
	kind = kind_find(
		policy_kinds(host->policy),
		vocabulary_kind_of_field(policy_vocabulary(host->policy),
					 cel_str(key)));
	if (!kind)
		return false;
	reads_note(host->reads, READ_KIND, kind->name, STR(""));
	*out = host->corpus ? list_value(host, kind)
			    : cel_fail_text(eval, CEL_FAULT_HOST,
					    STR("other records are not at "
						"hand here"),
					    cel_null());
	return true;
}

static void records_entry(struct cel_eval *eval, const struct cel_map *map,
			  size_t i, struct cel_value *key,
			  struct cel_value *value)
{
	const struct host *host = records_of(map)->host;
	const struct kind *kind = kind_at(policy_kinds(host->policy), i);

	(void)eval;
	reads_note(host->reads, READ_KIND, kind->name, STR(""));
	if (key)
		*key = cel_string(vocabulary_field_of_kind(
			policy_vocabulary(host->policy), kind->name));
	if (value)
		*value = list_value(host, kind);
}

static const struct cel_map_ops records_ops = {
	.size = records_size,
	.find = records_find,
	.entry = records_entry,
};

/* ---- the calendar of the organisation's country */

static int by_day(const void *a, const void *b)
{
	const int64_t *x = a;
	const int64_t *y = b;

	return (*x > *y) - (*x < *y);
}

static void make_calendar(struct host *host, str country)
{
	const struct node *table =
		policy_lookup(host->policy, STR("working_calendar"));
	const struct node *rows = table ? node_find(table, STR("rows")) : NULL;
	VEC(int64_t) days = {0};

	for (size_t i = 0; rows && i < rows->count; i++) {
		const struct node *row = &rows->as.children[i];
		struct instant date;

		if (str_equal(node_text(row, STR("country")), country) &&
		    date_parse(&date, node_text(row, STR("date"))))
			*vec_push(&days) = date.seconds / 86400;
	}
	if (days.count)
		qsort(days.at, days.count, sizeof(int64_t), by_day);
	host->calendar = (struct calendar){
		.weekend = WEEKEND_SATURDAY_SUNDAY,
		.holidays = vec_keep(&days, host->arena),
		.count = days.count,
	};
	vec_done(&days);
}

/* ---- the host */

void host_init(struct host *host, const struct policy *policy,
	       struct arena *arena)
{
	*host = (struct host){
		.policy = policy,
		.limits = &policy_config(policy)->limits,
		.arena = arena,
		.zones = cel_zone_cache_new(),
		.joins = cel_joins_new(),
		.lists = arena_array(arena, const struct record_list *,
				     kind_count(policy_kinds(policy))),
	};
	make_calendar(host, (str){0});
}

void host_set_corpus(struct host *host, const struct corpus *corpus)
{
	size_t count;
	const struct record *const *organisations =
		corpus_of_kind(corpus, STR("organisation"), &count);

	host->corpus = corpus;
	if (count && organisations[0]->root)
		make_calendar(host, node_text(organisations[0]->root,
					      STR("country")));
}

void host_done(struct host *host)
{
	cel_zone_cache_free(host->zones);
	cel_joins_free(host->joins);
}

/* The one organisation record; without it a rule that reads it is skipped, and
 * organisation/not-one has said why. */
static struct cel_value organisation(struct cel_eval *eval,
				     const struct host *host)
{
	size_t count = 0;
	const struct record *const *records;

	reads_note(host->reads, READ_KIND, STR("organisation"), STR(""));
	records = host->corpus ? corpus_of_kind(host->corpus,
						STR("organisation"), &count)
			       : NULL;

	if (count == 0 || !records[0]->valid || !records[0]->root)
		return cel_fail_text(eval, CEL_FAULT_DANGLING, STR("org"),
				     cel_null());
	return cel_of_typed_node(
		eval, records[0]->root,
		vocabulary_kind(policy_vocabulary(host->policy),
				STR("organisation")));
}

struct cel_eval host_eval(const struct host *host, struct arena *arena)
{
	return (struct cel_eval){
		.arena = arena,
		.budget = host->limits->cel_run_cost,
		.limits = host->limits,
		.zones = cel_zone_cache_zones(host->zones),
		.host = host,
	};
}

struct cel_value host_variable(struct host *host, struct arena *arena,
			       size_t slot)
{
	struct cel_eval eval = host_eval(host, arena);

	if (slot == VARIABLE_ORG)
		return organisation(&eval, host);
	reads_note(host->reads, READ_CLOCK, STR(""), STR(""));
	return cel_timestamp(host->now);
}

void host_variables(struct host *host, struct arena *arena,
		    struct cel_value self, struct cel_value out[VARIABLE_COUNT])
{
	static const struct cel_value unset = {.tag = CEL_ERROR};
	const struct vocabulary *vocabulary = policy_vocabulary(host->policy);
	struct records *records = arena_new(arena, struct records);
	struct cel_eval eval = host_eval(host, arena);

	records->head.ops = &records_ops;
	records->host = host;
	out[VARIABLE_SELF] = self;
	out[VARIABLE_RECORDS] = cel_of_map(&records->head);
	out[VARIABLE_PARAMS] = cel_of_typed_node(
		&eval,
		host->params ? host->params
			     : vocabulary_params_node(vocabulary),
		vocabulary_params(vocabulary));
	out[VARIABLE_ORG] = host->reads ? unset : organisation(&eval, host);
	out[VARIABLE_NOW] = host->reads ? unset : cel_timestamp(host->now);
	out[VARIABLE_CALENDAR] = cel_calendar(arena, &host->calendar);
}

struct cel_value host_record(struct cel_eval *eval, const struct host *host,
			     const struct record *record)
{
	if (!record->root)
		return cel_fail_text(eval, CEL_FAULT_HOST,
				     STR("the record is not at hand"),
				     cel_null());
	return cel_of_typed_node(
		eval, record->root,
		vocabulary_kind(policy_vocabulary(host->policy), record->kind));
}

const struct record *host_record_of(const struct host *host,
				    struct cel_value value)
{
	const struct node *root = cel_value_node(value);

	if (!root)
		return NULL;
	if (root == host->self_root)
		return host->self;
	return host->corpus ? corpus_of_root(host->corpus, root) : NULL;
}
