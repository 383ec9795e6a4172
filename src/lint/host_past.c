/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/thing.h"

/* ---- git.Field */

static bool field_has_after(const struct thing *thing)
{
	return thing->field->after != NULL;
}

static struct cel_value field_after(struct cel_eval *eval,
				    const struct thing *thing)
{
	(void)eval;
	return cel_of_node(thing->field->after);
}

static bool field_has_before(const struct thing *thing)
{
	return thing->field->before != NULL;
}

static struct cel_value field_before(struct cel_eval *eval,
				     const struct thing *thing)
{
	(void)eval;
	return cel_of_node(thing->field->before);
}

static bool is_time(const struct node *value)
{
	struct instant at;

	return thing_time(&at, value);
}

/* What is no date or time was refused by the schema when it was written. */
static struct cel_value time_of(const struct node *value)
{
	struct instant at = {0};

	(void)!thing_time(&at, value);
	return cel_timestamp(at);
}

static bool field_has_after_time(const struct thing *thing)
{
	return is_time(thing->field->after);
}

static struct cel_value field_after_time(struct cel_eval *eval,
					 const struct thing *thing)
{
	(void)eval;
	return time_of(thing->field->after);
}

static bool field_has_before_time(const struct thing *thing)
{
	return is_time(thing->field->before);
}

static struct cel_value field_before_time(struct cel_eval *eval,
					  const struct thing *thing)
{
	(void)eval;
	return time_of(thing->field->before);
}

enum { SHOWN = 60 };

/* Enough of a value to know it by. */
static void add_value(struct buf *out, const struct node *node)
{
	if (!node)
		buf_add(out, STR("nothing"));
	else if (node->kind == NODE_LIST || node->kind == NODE_MAP)
		buf_format(out, "%s of %u", node_kind_name(node->kind),
			   node->count);
	else if (node->kind == NODE_NULL)
		buf_add(out, STR("null"));
	else if (node->text.len > SHOWN)
		buf_format(out, "a text of %zu bytes", node->text.len);
	else if (node->kind == NODE_BOOL)
		buf_add(out, node->as.boolean ? STR("true") : STR("false"));
	else
		buf_add(out, node->text);
}

static struct cel_value field_pointer(struct cel_eval *eval,
				      const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->field->pointer);
}

static struct cel_value field_path(struct cel_eval *eval,
				   const struct thing *thing)
{
	return thing_path(eval, thing->field->pointer);
}

/* "period P24M -> P60M" */
static struct cel_value field_text(struct cel_eval *eval,
				   const struct thing *thing)
{
	struct cel_value path = field_path(eval, thing);
	struct cel_value result;
	struct buf words;

	if (cel_is_error(path))
		return path;
	buf_init(&words, 4096);
	buf_add(&words, cel_str(path));
	buf_byte(&words, ' ');
	add_value(&words, thing->field->before);
	buf_add(&words, STR(" -> "));
	add_value(&words, thing->field->after);
	result = thing_any_text(eval, str_keep(eval->arena, buf_str(&words)));
	buf_done(&words);
	return result;
}

static const struct member field_members[] = {
	{"after", field_has_after, field_after},
	{"after_time", field_has_after_time, field_after_time},
	{"before", field_has_before, field_before},
	{"before_time", field_has_before_time, field_before_time},
	{"path", NULL, field_path},
	{"pointer", NULL, field_pointer},
	{"text", NULL, field_text},
};
const struct class thing_field = {field_members, ARRAY_SIZE(field_members)};

/* ---- git.Change */

static struct cel_value tree_of(struct cel_eval *eval,
				const struct thing *thing, bool after)
{
	const struct host *host = thing->host;
	const struct node *trees[2];
	struct error err;

	if (!cel_charge(eval, 100))
		return cel_spent(eval);
	if (!past_trees(&trees[0], &trees[1], host->past, host->odb,
			thing->change, eval->arena, &err))
		return thing_failed(eval, &err);
	if (!trees[after])
		return host_fail(eval, STR("the record is not readable there"));
	return cel_of_typed_node(
		eval, trees[after],
		vocabulary_kind(policy_vocabulary(host->policy),
				thing->change->trail->kind));
}

static bool change_has_after(const struct thing *thing)
{
	return thing->change->kind != CHANGE_REMOVED;
}

static struct cel_value change_after(struct cel_eval *eval,
				     const struct thing *thing)
{
	return tree_of(eval, thing, true);
}

static bool change_has_before(const struct thing *thing)
{
	return thing->change->kind != CHANGE_ADDED;
}

static struct cel_value change_before(struct cel_eval *eval,
				      const struct thing *thing)
{
	return tree_of(eval, thing, false);
}

static struct cel_value change_change(struct cel_eval *eval,
				      const struct thing *thing)
{
	(void)eval;
	return thing_text(str_of(change_kind_name(thing->change->kind)));
}

static struct cel_value change_commit(struct cel_eval *eval,
				      const struct thing *thing)
{
	return host_commit(eval->arena, thing->host,
			   past_of(thing->host->past, thing->change));
}

static struct cel_value change_cosmetic(struct cel_eval *eval,
					const struct thing *thing)
{
	(void)eval;
	return cel_bool(!thing->change->material);
}

static struct cel_value change_fields(struct cel_eval *eval,
				      const struct thing *thing)
{
	const struct change *change = thing->change;
	struct cel_value *items;

	if (!cel_charge(eval, change->field_count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, change->field_count);
	for (size_t i = 0; i < change->field_count; i++)
		items[i] = thing_value(
			eval->arena, &thing_field,
			(struct thing){.host = thing->host,
				       .change = change,
				       .field = &change->fields[i]});
	return cel_list_of(eval->arena, items, change->field_count);
}

static struct cel_value change_id(struct cel_eval *eval,
				  const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->change->trail->id);
}

static struct cel_value change_kind(struct cel_eval *eval,
				    const struct thing *thing)
{
	(void)eval;
	return thing_text(thing->change->trail->kind);
}

static struct cel_value change_path(struct cel_eval *eval,
				    const struct thing *thing)
{
	const struct change *change = thing->change;

	return thing_any_text(eval, change->path.ptr ? change->path
						     : change->path_before);
}

static struct cel_value change_record(struct cel_eval *eval,
				      const struct thing *thing)
{
	const struct trail *trail = thing->change->trail;

	return thing_text(str_format(eval->arena, STR_FMT "/" STR_FMT,
				     STR_ARG(trail->kind), STR_ARG(trail->id)));
}

static const struct member change_members[] = {
	{"after", change_has_after, change_after},
	{"before", change_has_before, change_before},
	{"change", NULL, change_change},
	{"commit", NULL, change_commit},
	{"cosmetic", NULL, change_cosmetic},
	{"fields", NULL, change_fields},
	{"id", NULL, change_id},
	{"kind", NULL, change_kind},
	{"path", NULL, change_path},
	{"record", NULL, change_record},
};
static const struct class change_class = {change_members,
					  ARRAY_SIZE(change_members)};

struct cel_value host_change(struct arena *arena, const struct host *host,
			     const struct change *change)
{
	return thing_value(arena, &change_class,
			   (struct thing){.host = host, .change = change});
}

/* ---- git.Record */

static const struct change *newest(const struct trail *trail, bool review)
{
	for (size_t i = 0; i < trail->count; i++) {
		const struct change *change = &trail->changes[i];

		if (change->material || (review && change->reviewed))
			return change;
	}
	return NULL;
}

static struct cel_value commit_of(struct cel_eval *eval,
				  const struct thing *thing,
				  const struct change *change)
{
	return host_commit(eval->arena, thing->host,
			   past_of(thing->host->past, change));
}

static bool has_trail(const struct thing *thing)
{
	return thing->trail != NULL;
}

static bool has_material(const struct thing *thing)
{
	return thing->trail && newest(thing->trail, false);
}

static struct cel_value record_changes(struct cel_eval *eval,
				       const struct thing *thing)
{
	size_t count = thing->trail ? thing->trail->count : 0;
	struct cel_value *items;

	if (!cel_charge(eval, count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, count);
	for (size_t i = 0; i < count; i++)
		items[i] = host_change(eval->arena, thing->host,
				       &thing->trail->changes[i]);
	return cel_list_of(eval->arena, items, count);
}

static struct cel_value record_commits(struct cel_eval *eval,
				       const struct thing *thing)
{
	size_t count = thing->trail ? thing->trail->count : 0;
	struct cel_value *items;

	if (!cel_charge(eval, count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, count);
	for (size_t i = 0; i < count; i++)
		items[i] = commit_of(eval, thing, &thing->trail->changes[i]);
	return cel_list_of(eval->arena, items, count);
}

static struct cel_value record_first(struct cel_eval *eval,
				     const struct thing *thing)
{
	return commit_of(eval, thing,
			 &thing->trail->changes[thing->trail->count - 1]);
}

static struct cel_value record_last(struct cel_eval *eval,
				    const struct thing *thing)
{
	return commit_of(eval, thing, &thing->trail->changes[0]);
}

static struct cel_value record_material(struct cel_eval *eval,
					const struct thing *thing)
{
	return commit_of(eval, thing, newest(thing->trail, false));
}

static struct cel_value record_review(struct cel_eval *eval,
				      const struct thing *thing)
{
	return commit_of(eval, thing, newest(thing->trail, true));
}

/* An import refreshes nothing: the review it claims counts, unless that lies
 * after the import itself. */
static struct cel_value record_fresh(struct cel_eval *eval,
				     const struct thing *thing)
{
	const struct deed *deed =
		past_of(thing->host->past, newest(thing->trail, true));
	struct instant at = deed->landing->when;
	struct instant claimed;

	(void)eval;
	if (deed->baseline && thing->root &&
	    date_parse(&claimed, node_text(thing->root, STR("reviewed_on"))) &&
	    instant_compare(claimed, at) < 0)
		at = claimed;
	return cel_timestamp(at);
}

static const struct member record_members[] = {
	{"changes", NULL, record_changes},
	{"commits", NULL, record_commits},
	{"first", has_trail, record_first},
	{"fresh", has_material, record_fresh},
	{"last", has_trail, record_last},
	{"lastMaterial", has_material, record_material},
	{"lastMaterialOrReview", has_material, record_review},
};
static const struct class record_class = {record_members,
					  ARRAY_SIZE(record_members)};

struct cel_value host_git_record_value(struct arena *arena,
				       const struct host *host,
				       const struct trail *trail,
				       const struct node *root)
{
	return thing_value(
		arena, &record_class,
		(struct thing){.host = host, .trail = trail, .root = root});
}

/* ---- git.Claim */

static struct cel_value claim_commit(struct cel_eval *eval,
				     const struct thing *thing)
{
	return commit_of(eval, thing, thing->change);
}

static struct cel_value claim_path(struct cel_eval *eval,
				   const struct thing *thing)
{
	return thing_path(eval, thing->pointer);
}

static struct cel_value claim_time(struct cel_eval *eval,
				   const struct thing *thing)
{
	(void)eval;
	return cel_timestamp(thing->claimed);
}

static const struct member claim_members[] = {
	{"commit", NULL, claim_commit},
	{"path", NULL, claim_path},
	{"time", NULL, claim_time},
};
const struct class thing_claim = {claim_members, ARRAY_SIZE(claim_members)};

bool host_claim(struct cel_value *out, struct arena *arena,
		const struct host *host, const struct trail *trail,
		const struct node *root, str pointer)
{
	const struct change *change = trail_field(trail, pointer);
	struct instant at;

	if (!change || !thing_time(&at, node_find_at(root, pointer)))
		return false;
	*out = thing_value(arena, &thing_claim,
			   (struct thing){.host = host,
					  .change = change,
					  .pointer = pointer,
					  .claimed = at});
	return true;
}

/* ---- git.Gap */

static struct cel_value gap_commit(struct cel_eval *eval,
				   const struct thing *thing)
{
	return host_commit(
		eval->arena, thing->host,
		past_landing(thing->host->past, thing->gap->landing));
}

static struct cel_value gap_path(struct cel_eval *eval,
				 const struct thing *thing)
{
	return thing_any_text(eval, thing->gap->path);
}

static struct cel_value gap_reason(struct cel_eval *eval,
				   const struct thing *thing)
{
	return thing_any_text(eval, thing->gap->reason);
}

static const struct member gap_members[] = {
	{"commit", NULL, gap_commit},
	{"path", NULL, gap_path},
	{"reason", NULL, gap_reason},
};
static const struct class gap_class = {gap_members, ARRAY_SIZE(gap_members)};

struct cel_value host_gap(struct arena *arena, const struct host *host,
			  const struct trail_gap *gap)
{
	return thing_value(arena, &gap_class,
			   (struct thing){.host = host, .gap = gap});
}

/* ---- back again */

const struct deed *host_deed_of(struct cel_value value)
{
	const struct thing *thing = thing_of_value(value);

	return thing && thing->class == &thing_commit ? thing->deed : NULL;
}

const struct change *host_change_of(struct cel_value value,
				    const struct field_change **field)
{
	const struct thing *thing = thing_of_value(value);

	*field = thing ? thing->field : NULL;
	return thing ? thing->change : NULL;
}

str host_pointer_of(struct cel_value value)
{
	const struct thing *thing = thing_of_value(value);

	return thing && thing->class == &thing_claim ? thing->pointer
						     : (str){0};
}
