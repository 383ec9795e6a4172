/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/vec.h"
#include "cel/note.h"
#include "lint/duty.h"
#include "lint/host_functions.h"

static str argument(struct cel_value value)
{
	return cel_str(value);
}

/* "role/it-responsible", for messages. */
static str name_of(struct cel_eval *eval, str kind, str id)
{
	return str_format(eval->arena, STR_FMT "/" STR_FMT, STR_ARG(kind),
			  STR_ARG(id));
}

static const struct record *find(const struct cel_eval *eval, str kind, str id)
{
	const struct host *host = host_of(eval);
	const struct record *record =
		host->corpus ? corpus_find(host->corpus, kind, id) : NULL;

	reads_note(host->reads, READ_RECORD, kind, id);
	return record && record->valid ? record : NULL;
}

/* get(kind, id): the record. Without one the rule is not judged here: the
 * dangling reference is a finding of its own. */
struct cel_value host_get(struct cel_eval *eval, const struct cel_value *args,
			  size_t count)
{
	str kind = argument(args[0]);
	str id = argument(args[1]);
	const struct record *record = find(eval, kind, id);

	(void)count;
	if (!record)
		return cel_fail_text(eval, CEL_FAULT_DANGLING,
				     name_of(eval, kind, id), cel_null());
	return host_record(eval, host_of(eval), record);
}

static struct cel_value optional_record(struct cel_eval *eval,
					const struct record *record)
{
	if (!record)
		return cel_optional(NULL);
	return cel_some(eval, host_record(eval, host_of(eval), record));
}

struct cel_value host_ref(struct cel_eval *eval, const struct cel_value *args,
			  size_t count)
{
	(void)count;
	return optional_record(
		eval, find(eval, argument(args[0]), argument(args[1])));
}

struct cel_value host_by_ref(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	str id = argument(args[0]);
	str kind = str_cut(&id, '/');

	(void)count;
	return optional_record(eval, find(eval, kind, id));
}

/* The type of a kind named by a constant; an unknown one is refused. */
static const struct cel_type *kind_type(const struct cel_env *env,
					const struct cel_value *constant,
					struct error *err)
{
	const struct cel_type *type;

	if (!constant)
		return NULL;
	type = cel_env_type(env, cel_str(*constant));
	if (!type || type->kind != CEL_T_OBJECT)
		(void)error_set(err, ERROR_CONFIG,
				"there is no kind of record '" STR_FMT "'",
				STR_ARG(cel_str(*constant)));
	return type;
}

const struct cel_type *host_kind_result(const struct cel_env *env,
					const struct cel_type *const *args,
					const struct cel_value *const *consts,
					size_t count, struct error *err)
{
	(void)args;
	(void)count;
	return kind_type(env, consts[0], err);
}

const struct cel_type *host_kind_optional(const struct cel_env *env,
					  const struct cel_type *const *args,
					  const struct cel_value *const *consts,
					  size_t count, struct error *err)
{
	const struct cel_type *type = kind_type(env, consts[0], err);
	char name[128];
	int len;

	(void)args;
	(void)count;
	if (!type)
		return NULL;
	/* The vocabulary has an optional for each kind, by this name. */
	len = snprintf(name, sizeof(name), "ref:" STR_FMT, STR_ARG(type->name));
	if (len < 0 || (size_t)len >= sizeof(name))
		return NULL;
	type = cel_env_type(env, str_make(name, (size_t)len));
	return type ? type->params[0] : NULL;
}

/* ---- who refers to whom */

static struct cel_value no_record(struct cel_eval *eval, const char *function)
{
	return host_fail(
		eval,
		str_format(eval->arena, "%s() is asked of a record", function));
}

struct cel_value host_references(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	const struct record *record = host_record_of(host_of(eval), args[0]);
	struct cel_value *items;

	(void)count;
	if (!record)
		return no_record(eval, "references");
	if (!cel_charge(eval, record->reference_count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value,
			    record->reference_count);
	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];
		struct cel_table *table = cel_table_new(eval->arena, 3);

		(void)cel_table_put(table, cel_string(STR("kind")),
				    cel_string(reference->kind));
		(void)cel_table_put(table, cel_string(STR("id")),
				    cel_string(reference->id));
		(void)cel_table_put(
			table, cel_string(STR("record")),
			optional_record(eval, find(eval, reference->kind,
						   reference->id)));
		items[i] = cel_table_value(table);
	}
	return cel_list_of(eval->arena, items, record->reference_count);
}

/* r.referrers(), r.referrers("asset"): each referring record once. */
struct cel_value host_referrers(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	const struct record *record = host_record_of(host, args[0]);
	str kind = count > 1 ? argument(args[1]) : (str){0};
	const struct record *last = NULL;
	const struct referrer *referrers;
	struct cel_value *items;
	size_t found = 0;
	size_t kept = 0;

	if (!record || !host->corpus)
		return no_record(eval, "referrers");
	reads_note(host->reads, READ_REFERRERS, record->kind, record->id);
	referrers = corpus_referrers(host->corpus, record);
	for (const struct referrer *at = referrers; at; at = at->next) {
		reads_note(host->reads, READ_RECORD, at->record->kind,
			   at->record->id);
		found++;
	}
	if (!cel_charge(eval, found))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, found);
	for (const struct referrer *at = referrers; at; at = at->next) {
		const struct record *from = at->record;

		if (from == last || (kind.ptr && !str_equal(kind, from->kind)))
			continue;
		last = from;
		items[kept++] = host_record(eval, host, from);
	}
	return cel_list_of(eval->arena, items, kept);
}

/* ---- state */

/* A record's own state, also for one that is read but not in the corpus. */
static bool is_live(const struct host *host, struct cel_value value, bool *out)
{
	const struct record *record = host_record_of(host, value);

	if (record)
		*out = record->live;
	return record != NULL;
}

struct cel_value host_is_live(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	bool live;

	(void)count;
	if (!is_live(host_of(eval), args[0], &live))
		return no_record(eval, "isLive");
	return cel_bool(live);
}

bool host_in_force(const struct record *record)
{
	static const char *const ended_well[] = {"completed", "verified",
						 "approved", "published"};

	for (size_t i = 0; i < ARRAY_SIZE(ended_well); i++) {
		if (str_is(record->status, ended_well[i]))
			return true;
	}
	return record->live && !str_is(record->status, "draft");
}

struct cel_value host_is_in_force(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct record *record = host_record_of(host_of(eval), args[0]);

	(void)count;
	return record ? cel_bool(host_in_force(record))
		      : no_record(eval, "isInForce");
}

bool host_answers(const struct record *record, str requirement)
{
	const struct node *names =
		record->root ? node_find(record->root, STR("satisfies")) : NULL;

	if (!names || !record->valid || !host_in_force(record) ||
	    str_is(record->kind, "control"))
		return false;
	for (uint32_t i = 0; i < names->count; i++) {
		str name = names->as.children[i].text;

		if (name.len && str_starts(requirement, name) &&
		    (requirement.len == name.len ||
		     requirement.ptr[name.len] == '-'))
			return true;
	}
	return false;
}

/* framework.answers(requirement): the records in force that satisfy it. */
struct cel_value host_answering(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	const struct host *host = host_of(eval);
	VEC(struct cel_value) items = {0};
	struct cel_value result;

	(void)count;
	reads_note(host->reads, READ_ALL, STR(""), STR(""));
	if (!cel_charge(eval, corpus_count(host->corpus)))
		return cel_spent(eval);
	for (size_t i = 0; i < corpus_count(host->corpus); i++) {
		const struct record *record = corpus_at(host->corpus, i);

		if (host_answers(record, argument(args[0])))
			*vec_push(&items) = host_record(eval, host, record);
	}
	result = cel_list_of(eval->arena, vec_keep(&items, eval->arena),
			     items.count);
	vec_done(&items);
	return result;
}

/* ---- roles and their holders */

const struct record *host_holder_at(const struct corpus *corpus,
				    const struct node *holder,
				    struct instant at)
{
	const struct record *person = corpus_find(
		corpus, STR("person"), node_text(holder, STR("person")));

	if (!person || !person->valid || !person->root ||
	    !duty_holder_counts(holder, at) ||
	    duty_left(person->root, person->live, at))
		return NULL;
	return person;
}

/* roles.holders(id, t): the people who hold a role at a time. */
struct cel_value host_holders(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	const struct record *role = find(eval, STR("role"), argument(args[0]));
	const struct node *holders =
		role && role->root ? node_find(role->root, STR("holders"))
				   : NULL;
	struct instant at = cel_instant(args[1]);
	size_t most = holders ? holders->count : 0;
	struct cel_value *items;
	size_t kept = 0;

	(void)count;
	if (!cel_charge(eval, most))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, most);
	for (size_t i = 0; i < most; i++) {
		const struct node *holder = &holders->as.children[i];
		const struct record *person =
			host_holder_at(host_of(eval)->corpus, holder, at);

		reads_note(host_of(eval)->reads, READ_RECORD, STR("person"),
			   node_text(holder, STR("person")));

		if (person)
			items[kept++] =
				host_record(eval, host_of(eval), person);
	}
	return cel_list_of(eval->arena, items, kept);
}

bool host_roles_held(const struct record *const **out, size_t *count,
		     struct cel_eval *eval, str id, struct instant at)
{
	const struct host *host = host_of(eval);
	const struct corpus *corpus =
		host->people ? host->people : host->corpus;
	const struct record *person =
		corpus ? corpus_find(corpus, STR("person"), id) : NULL;
	const struct record *const *roles;
	const struct record **held;
	size_t most;

	*count = 0;
	*out = NULL;
	reads_note(host->reads, READ_RECORD, STR("person"), id);
	if (!person || !person->valid || !person->root ||
	    duty_left(person->root, person->live, at))
		return true;
	reads_note(host->reads, READ_KIND, STR("role"), STR(""));
	roles = corpus_of_kind(corpus, STR("role"), &most);
	if (!cel_charge(eval, most))
		return false;
	held = arena_array(eval->arena, const struct record *, most);
	for (size_t i = 0; i < most; i++) {
		const struct node *root = roles[i]->root;

		if (root && roles[i]->valid && roles[i]->live &&
		    duty_role_held(root, id, at))
			held[(*count)++] = roles[i];
	}
	*out = held;
	return true;
}

/* roles.duties(person, t): the duties a person holds at a time. */
struct cel_value host_duties(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	const struct record *const *roles;
	struct cel_value *items;
	size_t held;

	(void)count;
	if (!host_roles_held(&roles, &held, eval, argument(args[0]),
			     cel_instant(args[1])))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, held);
	for (size_t i = 0; i < held; i++)
		items[i] = cel_string(node_text(roles[i]->root, STR("duty")));
	return cel_list_of(eval->arena, items, held);
}
