/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/schema_set.h"

#include <stdlib.h>

void schema_set_done(struct schema_set *set)
{
	vec_done(&set->at);
	vec_done(&set->perhaps);
	vec_done(&set->groups);
	vec_done(&set->seen);
}

static bool holds(const struct schema *const *all, size_t count,
		  const struct schema *schema)
{
	for (size_t i = 0; i < count; i++)
		if (all[i] == schema)
			return true;
	return false;
}

/* Does a schema say anything itself? */
static bool speaks(const struct schema *schema)
{
	return schema->types != SCHEMA_ANY || schema->constant ||
	       schema->choices || schema->numbers || schema->strings ||
	       schema->arrays || schema->objects || schema->never ||
	       (schema->logic && schema->logic->if_) ||
	       schema_custom_find(schema, "x-ref");
}

static void add_perhaps(struct schema_set *set, const struct schema *schema)
{
	if (schema && !holds(set->perhaps.at, set->perhaps.count, schema))
		*vec_push(&set->perhaps) = schema;
}

/* What a schema refers to; `seen` is the queue. */
static void add_parts(struct schema_set *set, const struct schema *schema)
{
	const struct schema_logic *logic = schema->logic;

	if (schema->objects)
		for (size_t i = 0; i < schema->objects->dependent_count; i++)
			add_perhaps(set, schema->objects->dependents[i].schema);
	if (!logic)
		return;
	if (logic->ref)
		*vec_push(&set->seen) = logic->ref;
	if (logic->dynamic_ref)
		*vec_push(&set->seen) = logic->dynamic_ref;
	for (size_t i = 0; i < logic->all.count; i++)
		*vec_push(&set->seen) = logic->all.at[i];
	if (logic->any.list.count)
		*vec_push(&set->groups) = &logic->any;
	if (logic->one.list.count)
		*vec_push(&set->groups) = &logic->one;
	add_perhaps(set, logic->then_);
	add_perhaps(set, logic->else_);
}

void schema_set_add(struct schema_set *set, const struct schema *schema)
{
	size_t next = set->seen.count;

	*vec_push(&set->seen) = schema;
	while (next < set->seen.count) {
		schema = set->seen.at[next];
		if (holds(set->seen.at, next, schema)) {
			set->seen.at[next] = set->seen.at[--set->seen.count];
			continue;
		}
		next++;
		if (speaks(schema))
			*vec_push(&set->at) = schema;
		add_parts(set, schema);
	}
}

static void copy_set(struct schema_set *to, const struct schema_set *from)
{
	*to = (struct schema_set){.taken = from->taken};
	for (size_t i = 0; i < from->at.count; i++)
		*vec_push(&to->at) = from->at.at[i];
	for (size_t i = 0; i < from->perhaps.count; i++)
		*vec_push(&to->perhaps) = from->perhaps.at[i];
	for (size_t i = 0; i < from->groups.count; i++)
		*vec_push(&to->groups) = from->groups.at[i];
	for (size_t i = 0; i < from->seen.count; i++)
		*vec_push(&to->seen) = from->seen.at[i];
}

/* Adds one branch of the next group to a copy, for each branch. */
static bool branch_out(struct schema_ways *ways, const struct schema_set *set)
{
	const struct schema_branches *group = set->groups.at[set->taken];

	if (ways->at.count + group->list.count > SET_ALTERNATIVES ||
	    set->groups.count > SET_GROUPS)
		return false;
	for (size_t i = 0; i < group->list.count; i++) {
		struct schema_set way;

		copy_set(&way, set);
		way.taken++;
		schema_set_add(&way, group->list.at[i]);
		if (schema_set_types(&way))
			*vec_push(&ways->at) = way;
		else
			schema_set_done(&way);
	}
	return true;
}

bool schema_ways_of(struct schema_ways *ways, struct schema_set *set)
{
	size_t next = ways->at.count;

	*vec_push(&ways->at) = *set;
	*set = (struct schema_set){0};
	while (next < ways->at.count) {
		struct schema_set one = ways->at.at[next];
		bool done;

		if (one.taken == one.groups.count) {
			next++;
			continue;
		}
		ways->at.at[next] = ways->at.at[--ways->at.count];
		done = branch_out(ways, &one);
		schema_set_done(&one);
		if (!done)
			return false;
	}
	return true;
}

struct schema_set *schema_ways_new(struct schema_ways *ways)
{
	return vec_push(&ways->at);
}

void schema_ways_done(struct schema_ways *ways)
{
	for (size_t i = 0; i < ways->at.count; i++)
		schema_set_done(&ways->at.at[i]);
	vec_done(&ways->at);
}

static unsigned type_of_node(const struct node *node)
{
	static const unsigned types[] = {
		[NODE_NULL] = SCHEMA_NULL,
		[NODE_BOOL] = SCHEMA_BOOLEAN,
		[NODE_INT] = SCHEMA_INTEGER,
		[NODE_FLOAT] = SCHEMA_NUMBER | SCHEMA_INTEGER,
		[NODE_STRING] = SCHEMA_STRING,
		[NODE_LIST] = SCHEMA_ARRAY,
		[NODE_MAP] = SCHEMA_OBJECT,
	};

	return types[node->kind];
}

static unsigned types_of(const struct schema *schema)
{
	unsigned types = 0;

	if (schema->never)
		return 0;
	if (schema->constant)
		return schema->types & type_of_node(schema->constant);
	if (!schema->choices)
		return schema->types;
	for (uint32_t i = 0; i < schema->choices->count; i++)
		types |= type_of_node(&schema->choices->as.children[i]);
	return schema->types & types;
}

unsigned schema_set_types(const struct schema_set *set)
{
	unsigned types = SCHEMA_ANY;

	for (size_t i = 0; i < set->at.count; i++)
		types &= types_of(set->at.at[i]);
	return types;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

str schema_set_key(struct arena *arena, const struct schema_set *set)
{
	const size_t count =
		set->at.count + set->perhaps.count + set->groups.count + 2;
	uint32_t *numbers = arena_array(arena, uint32_t, count + 1);
	size_t next = 0;

	for (size_t i = 0; i < set->at.count; i++)
		numbers[next++] = set->at.at[i]->number;
	qsort(numbers, next, sizeof(*numbers), by_number);
	numbers[next++] = UINT32_MAX;
	/* A group is known by its first branch. */
	for (size_t i = 0; i < set->groups.count; i++)
		numbers[next++] = set->groups.at[i]->list.at[0]->number;
	numbers[next++] = UINT32_MAX;
	for (size_t i = 0; i < set->perhaps.count; i++)
		numbers[next++] = set->perhaps.at[i]->number;
	return (str){(const char *)numbers, next * sizeof(*numbers)};
}
