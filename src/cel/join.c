/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/join.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "cel/run.h"

enum {
	JOIN_LEAST = 8,	 /* elements; below that scanning is as good */
	JOIN_SHARE = 16, /* a look-up costs a unit for so many elements */
	PATH_MOST = 200,
};

/* ---- what can be looked up */

static const struct cel_note *note_of(const struct cel_program *program,
				      const struct cel_node *node)
{
	return &program->notes.at[node->id];
}

/* Does a tree read the variables of a loop? */
static bool reads_loop(const struct cel_program *program,
		       const struct cel_node *node, uint32_t slot, bool second)
{
	const struct cel_note *note = note_of(program, node);
	size_t first = note->reference == CEL_REF_FUNCTION ? 1 : 0;

	if (note->reference == CEL_REF_LOCAL)
		return note->slot == slot || (second && note->slot == slot + 1);
	if (note->reference == CEL_REF_VARIABLE)
		return false;
	for (size_t i = first; i < node->count; i++)
		if (reads_loop(program, node->kids[i], slot, second))
			return true;
	return false;
}

/* Is it k.a.b, with k the element? */
static bool is_key(const struct cel_program *program,
		   const struct cel_node *node, uint32_t element)
{
	if (node->kind != CEL_SELECT)
		return false;
	while (node->kind == CEL_SELECT &&
	       !(node->flags & (CEL_OPTIONAL_STEP | CEL_PRESENCE)) &&
	       note_of(program, node)->reference == CEL_REF_NONE)
		node = node->kids[0];
	return node->kind == CEL_IDENT &&
	       note_of(program, node)->reference == CEL_REF_LOCAL &&
	       note_of(program, node)->slot == element;
}

struct search {
	const struct cel_program *program;
	uint32_t slot;
	bool second;
};

static bool take_pair(struct cel_join_parts *out, const struct search *search,
		      enum cel_join_kind kind, const struct cel_node *key,
		      const struct cel_node *wanted)
{
	if (!is_key(search->program, key, search->slot + search->second) ||
	    reads_loop(search->program, wanted, search->slot, search->second))
		return false;
	*out = (struct cel_join_parts){kind, key, wanted};
	return true;
}

/* Finds a comparison that, being false, makes `node` the value `settles`. */
static bool find_pair(struct cel_join_parts *out, const struct search *search,
		      const struct cel_node *node, bool settles)
{
	const uint8_t chain = settles ? CEL_OP_OR : CEL_OP_AND;
	struct cel_node *const *kids = node->kids;

	if (node->kind != CEL_OP)
		return false;
	if (node->op == CEL_OP_NOT)
		return find_pair(out, search, kids[0], !settles);
	if (node->op == chain) {
		for (size_t i = 0; i < node->count; i++)
			if (find_pair(out, search, kids[i], settles))
				return true;
		return false;
	}
	if (node->op == (settles ? CEL_OP_NE : CEL_OP_EQ))
		return take_pair(out, search, CEL_JOIN_EQUAL, kids[0],
				 kids[1]) ||
		       take_pair(out, search, CEL_JOIN_EQUAL, kids[1], kids[0]);
	if (node->op == CEL_OP_IN && !settles)
		return take_pair(out, search, CEL_JOIN_IN, kids[0], kids[1]) ||
		       take_pair(out, search, CEL_JOIN_CONTAINS, kids[1],
				 kids[0]);
	return false;
}

/* records.KIND, or a list that is itself marked. */
static bool is_host_list(const struct cel_program *program,
			 const struct cel_node *range)
{
	const struct cel_note *note = note_of(program, range);
	const struct cel_env_options *env = cel_env_options(program->env);

	if (range->kind == CEL_SELECT && note->reference == CEL_REF_NONE &&
	    !(range->flags & (CEL_OPTIONAL_STEP | CEL_PRESENCE)))
		note = note_of(program, range->kids[0]);
	return note->reference == CEL_REF_VARIABLE &&
	       env->variables[note->slot].indexed;
}

bool cel_join_find(struct cel_join_parts *out,
		   const struct cel_program *program,
		   const struct cel_node *loop)
{
	const struct cel_node *condition = cel_loop_condition(loop);
	struct search search = {program, note_of(program, loop)->slot,
				loop->second.ptr != NULL};

	return condition && is_host_list(program, loop->kids[0]) &&
	       find_pair(out, &search, condition, loop->op == CEL_LOOP_ALL);
}

bool cel_join_find_in(struct cel_join_parts *out,
		      const struct cel_program *program,
		      const struct cel_node *in)
{
	const struct cel_node *loop = in->kids[1];

	if (loop->kind != CEL_LOOP || loop->op != CEL_LOOP_MAP ||
	    loop->count != 2 || loop->second.ptr ||
	    !is_host_list(program, loop->kids[0]) ||
	    !is_key(program, loop->kids[1], note_of(program, loop)->slot))
		return false;
	*out = (struct cel_join_parts){CEL_JOIN_EQUAL, loop->kids[1],
				       in->kids[0]};
	return true;
}

/* ---- an index, and the cache of them */

struct entry {
	uint64_t hash;
	uint32_t position;
	uint32_t next; /* entry + 1 with the same slot, or 0 */
};

struct index {
	const struct entry *entries;
	uint32_t *slots; /* entry + 1 */
	size_t mask;
	const uint32_t *always; /* positions that no key decides about */
	size_t always_count;
};

struct cel_joins {
	struct arena arena;
	struct map indexes; /* by collection, kind and path */
};

struct cel_joins *cel_joins_new(void)
{
	struct cel_joins *joins = mem_new(sizeof(*joins));

	arena_init(&joins->arena);
	map_init(&joins->indexes);
	return joins;
}

void cel_joins_free(struct cel_joins *joins)
{
	if (!joins)
		return;
	map_done(&joins->indexes);
	arena_done(&joins->arena);
	mem_free(joins);
}

struct builder {
	VEC(struct entry) entries;
	VEC(uint32_t) always;
};

static bool is_scalar(struct cel_value value)
{
	return value.tag <= CEL_BYTES || value.tag == CEL_TIMESTAMP ||
	       value.tag == CEL_DURATION;
}

static void put_always(struct builder *to, uint32_t position)
{
	if (!to->always.count ||
	    to->always.at[to->always.count - 1] != position)
		*vec_push(&to->always) = position;
}

static void put_scalar(struct builder *to, struct cel_value key,
		       uint32_t position)
{
	if (is_scalar(key))
		*vec_push(&to->entries) = (struct entry){
			.hash = cel_hash(NULL, key), .position = position};
	else
		put_always(to, position);
}

/* What is in k.path: the elements of a list, the keys of a map. */
static void put_contents(struct builder *to, struct cel_eval *eval,
			 struct cel_value of, uint32_t position)
{
	struct cel_value key;
	size_t count;

	if (of.tag == CEL_LIST) {
		count = cel_list_size(of);
		for (size_t i = 0; i < count; i++)
			put_scalar(to, cel_list_at(eval, of, i), position);
	} else if (of.tag == CEL_MAP) {
		count = cel_map_size(of);
		for (size_t i = 0; i < count; i++) {
			cel_map_entry(eval, of, i, &key, NULL);
			put_scalar(to, key, position);
		}
	} else {
		put_always(to, position);
	}
}

static const struct index *settle(struct builder *from, struct arena *arena)
{
	struct index *index = arena_new(arena, struct index);
	struct entry *entries = vec_keep(&from->entries, arena);
	size_t capacity = 16;

	while (capacity < from->entries.count * 2)
		capacity *= 2;
	index->mask = capacity - 1;
	index->slots = arena_array(arena, uint32_t, capacity);
	/* From the last to the first, so that chains ascend. */
	for (size_t i = from->entries.count; i-- > 0;) {
		uint32_t *slot =
			&index->slots[(size_t)entries[i].hash & index->mask];

		entries[i].next = *slot;
		*slot = (uint32_t)i + 1;
	}
	index->entries = entries;
	index->always = vec_keep(&from->always, arena);
	index->always_count = from->always.count;
	return index;
}

/* Evaluates the key of each element. Nobody pays for that: who asks first is
 * chance, and what is charged must not be. Look-ups are charged for it. */
static const struct index *build(struct cel_frame *frame,
				 const struct cel_join *join,
				 struct cel_value list, struct arena *arena)
{
	struct cel_eval *eval = &frame->eval;
	size_t budget = eval->budget;
	size_t count = cel_list_size(list);
	struct builder builder = {0};
	const struct index *index;

	eval->budget = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		struct arena_mark mark = arena_mark(eval->arena);
		struct cel_value key = cel_list_at(eval, list, i);

		frame->locals[join->local] = key;
		if (key.tag != CEL_ERROR)
			key = cel_plan_run_at(frame, join->key);
		if (join->kind == CEL_JOIN_CONTAINS)
			put_contents(&builder, eval, key, (uint32_t)i);
		else
			put_scalar(&builder, key, (uint32_t)i);
		arena_release(eval->arena, mark);
	}
	eval->budget = budget;
	index = settle(&builder, arena);
	vec_done(&builder.entries);
	vec_done(&builder.always);
	return index;
}

static const struct index *index_of(struct cel_frame *frame,
				    const struct cel_join *join,
				    struct cel_value list)
{
	struct cel_joins *joins = frame->run->joins;
	const struct node *node = cel_value_node(list);
	const void *identity = node ? (const void *)node : list.as.list;
	char bytes[sizeof(identity) + 1 + PATH_MOST];
	size_t len = sizeof(identity) + 1 + join->path.len;
	const struct index *index;

	memcpy(bytes, &identity, sizeof(identity));
	bytes[sizeof(identity)] = join->kind == CEL_JOIN_CONTAINS;
	memcpy(bytes + sizeof(identity) + 1, join->path.ptr, join->path.len);
	index = map_find(&joins->indexes, (str){bytes, len});
	if (index)
		return index;
	index = build(frame, join, list, &joins->arena);
	(void)map_put(&joins->indexes,
		      str_keep(&joins->arena, (str){bytes, len}), index);
	return index;
}

/* ---- looking up */

struct found {
	struct arena *arena;
	uint32_t *at;
	size_t count;
	size_t capacity;
};

static void found_add(struct found *found, uint32_t position)
{
	if (found->count == found->capacity) {
		size_t capacity = found->capacity ? found->capacity * 2 : 8;
		uint32_t *wider =
			arena_raw(found->arena, capacity * sizeof(*wider), 4);

		if (found->count)
			memcpy(wider, found->at, found->count * sizeof(*wider));
		found->at = wider;
		found->capacity = capacity;
	}
	found->at[found->count++] = position;
}

/* Adds the positions of a key, ascending; those of `always` in between. */
static void found_merge(struct found *found, const struct index *index,
			struct cel_value wanted)
{
	uint64_t hash = cel_hash(NULL, wanted);
	uint32_t next = index->slots[(size_t)hash & index->mask];
	size_t i = 0;

	for (; next; next = index->entries[next - 1].next) {
		const struct entry *entry = &index->entries[next - 1];

		if (entry->hash != hash)
			continue;
		while (i < index->always_count &&
		       index->always[i] < entry->position)
			found_add(found, index->always[i++]);
		if (!found->count ||
		    found->at[found->count - 1] != entry->position)
			found_add(found, entry->position);
	}
	while (i < index->always_count) {
		if (!found->count ||
		    found->at[found->count - 1] != index->always[i])
			found_add(found, index->always[i]);
		i++;
	}
}

static int compare_positions(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void sort_unique(struct found *found)
{
	size_t kept = 0;

	if (!found->count)
		return;
	qsort(found->at, found->count, sizeof(*found->at), compare_positions);
	for (size_t i = 1; i < found->count; i++)
		if (found->at[i] != found->at[kept])
			found->at[++kept] = found->at[i];
	found->count = kept + 1;
}

/* k.path in wanted: each element, or key, of a list or map. False: scan. */
static bool found_any(struct found *found, struct cel_eval *eval,
		      const struct index *index, struct cel_value wanted,
		      size_t most)
{
	size_t count = wanted.tag == CEL_LIST  ? cel_list_size(wanted)
		       : wanted.tag == CEL_MAP ? cel_map_size(wanted)
					       : SIZE_MAX;
	struct cel_value one;

	if (count > most || !cel_charge(eval, count))
		return false;
	for (size_t i = 0; i < index->always_count; i++)
		found_add(found, index->always[i]);
	for (size_t i = 0; i < count; i++) {
		if (wanted.tag == CEL_LIST)
			one = cel_list_at(eval, wanted, i);
		else
			cel_map_entry(eval, wanted, i, &one, NULL);
		if (one.tag == CEL_ERROR)
			return false;
		if (!is_scalar(one))
			continue;
		for (uint32_t next = index->slots[(size_t)cel_hash(NULL, one) &
						  index->mask];
		     next; next = index->entries[next - 1].next)
			if (index->entries[next - 1].hash ==
			    cel_hash(NULL, one))
				found_add(found,
					  index->entries[next - 1].position);
		if (found->count > most)
			return false;
	}
	sort_unique(found);
	return true;
}

bool cel_join_look_up(struct cel_positions *out, struct cel_frame *frame,
		      const struct cel_join *join, struct cel_value list)
{
	struct found found = {.arena = frame->eval.arena};
	const struct index *index;
	struct cel_value wanted;
	size_t count;

	if (!frame->run || !frame->run->joins || list.tag != CEL_LIST)
		return false;
	count = cel_list_size(list);
	if (count < JOIN_LEAST || count >= UINT32_MAX ||
	    join->path.len > PATH_MOST)
		return false;
	wanted = cel_plan_run_at(frame, join->wanted);
	if (wanted.tag == CEL_ERROR ||
	    !cel_charge(&frame->eval,
			count / JOIN_SHARE + join->wanted->weight))
		return false;
	if (join->kind != CEL_JOIN_IN && !is_scalar(wanted))
		return false;
	index = index_of(frame, join, list);
	if (join->kind != CEL_JOIN_IN)
		found_merge(&found, index, wanted);
	else if (!found_any(&found, &frame->eval, index, wanted, count))
		return false;
	*out = (struct cel_positions){found.at, found.count};
	return true;
}

struct cel_value cel_run_in_mapped(struct cel_frame *frame,
				   const struct cel_plan *plan)
{
	const struct cel_join *join = plan->data;
	struct cel_value wanted = cel_plan_run_at(frame, plan->a);
	struct cel_positions found;
	struct cel_value list;
	bool any = false;

	if (wanted.tag == CEL_ERROR)
		return wanted;
	list = cel_plan_run_at(frame, join->list);
	if (!cel_join_look_up(&found, frame, join, list)) {
		list = cel_plan_run_at(frame, plan->b);
		return list.tag == CEL_ERROR
			       ? list
			       : cel_in(frame, plan, wanted, list);
	}
	/* map() fails with the first error, whatever else it finds; and what
	 * may be an error is among the candidates. */
	for (size_t i = 0; i < found.count; i++) {
		struct cel_value one;

		if (!cel_charge(&frame->eval, join->key->weight + 1))
			return cel_spent(&frame->eval);
		one = cel_list_at(&frame->eval, list, found.at[i]);
		if (one.tag == CEL_ERROR)
			return cel_plan_place(plan->b, one);
		frame->locals[join->local] = one;
		one = cel_plan_run_at(frame, join->key);
		if (one.tag == CEL_ERROR)
			return one;
		any |= cel_equal(&frame->eval, wanted, one);
	}
	return cel_bool(any);
}
