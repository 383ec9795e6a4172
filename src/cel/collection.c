/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cel/eval.h"

/* ---- lists */

static size_t array_size(const struct cel_list *list)
{
	return ((const struct cel_array *)(const void *)list)->count;
}

static struct cel_value array_at(struct cel_eval *eval,
				 const struct cel_list *list, size_t i)
{
	(void)eval;
	return ((const struct cel_array *)(const void *)list)->items[i];
}

static const struct cel_list_ops array_ops = {array_size, array_at, NULL};

struct cel_value cel_list_of(struct arena *arena, const struct cel_value *items,
			     size_t count)
{
	struct cel_array *array = arena_new(arena, struct cel_array);

	*array = (struct cel_array){{&array_ops}, count, items};
	return (struct cel_value){
		.tag = CEL_LIST, .flags = CEL_OF_ARRAY, .as.array = array};
}

size_t cel_list_size(struct cel_value list)
{
	if (list.flags & CEL_OF_NODE)
		return list.as.node->count;
	if (list.flags & CEL_OF_ARRAY)
		return list.as.array->count;
	return list.as.list->ops->size(list.as.list);
}

struct cel_value cel_list_at(struct cel_eval *eval, struct cel_value list,
			     size_t i)
{
	if (list.flags & CEL_OF_NODE)
		return cel_of_node(&list.as.node->as.children[i]);
	if (list.flags & CEL_OF_ARRAY)
		return list.as.array->items[i];
	return list.as.list->ops->at(eval, list.as.list, i);
}

/* ---- maps */

size_t cel_map_size(struct cel_value map)
{
	if (map.flags & CEL_OF_NODE)
		return map.as.node->count;
	return map.as.map->ops->size(map.as.map);
}

bool cel_map_find(struct cel_eval *eval, struct cel_value map,
		  struct cel_value key, struct cel_value *out)
{
	const struct node *child;

	if (!(map.flags & CEL_OF_NODE))
		return map.as.map->ops->find(eval, map.as.map, key, out);
	if (key.tag != CEL_STRING)
		return false;
	child = node_find(map.as.node, cel_str(key));
	if (child)
		*out = cel_of_node(child);
	return child != NULL;
}

void cel_map_entry(struct cel_eval *eval, struct cel_value map, size_t i,
		   struct cel_value *key, struct cel_value *value)
{
	const struct node *child;

	if (!(map.flags & CEL_OF_NODE)) {
		map.as.map->ops->entry(eval, map.as.map, i, key, value);
		return;
	}
	child = &map.as.node->as.children[i];
	if (key)
		*key = cel_string(child->key->text);
	if (value)
		*value = cel_of_node(child);
}

/* ---- the table behind map literals */

struct entry {
	struct cel_value key;
	struct cel_value value;
};

struct cel_table {
	struct cel_map head;
	struct arena *arena;
	struct entry *entries;
	uint32_t *slots; /* entry + 1; NULL while there are few */
	size_t count;
	size_t capacity;
	size_t slot_count; /* a power of two */
};

enum { TABLE_LINEAR = 8 };

static bool is_key(struct cel_value key)
{
	switch (key.tag) {
	case CEL_BOOL:
	case CEL_INT:
	case CEL_UINT:
	case CEL_STRING:
		return true;
	case CEL_DOUBLE:
		return isfinite(key.as.number) &&
		       key.as.number == trunc(key.as.number);
	default:
		return false;
	}
}

/* Keys are scalars, so neither hash nor equality can need an evaluation. */
static bool key_equal(struct cel_value a, struct cel_value b)
{
	return cel_equal(NULL, a, b);
}

static size_t slot_of(const struct cel_table *table, struct cel_value key)
{
	size_t mask = table->slot_count - 1;
	size_t i = (size_t)cel_hash(NULL, key) & mask;

	while (table->slots[i] &&
	       !key_equal(table->entries[table->slots[i] - 1].key, key))
		i = (i + 1) & mask;
	return i;
}

static struct entry *table_entry(const struct cel_table *table,
				 struct cel_value key)
{
	uint32_t slot;

	if (table->slots) {
		slot = table->slots[slot_of(table, key)];
		return slot ? &table->entries[slot - 1] : NULL;
	}
	for (size_t i = 0; i < table->count; i++)
		if (key_equal(table->entries[i].key, key))
			return &table->entries[i];
	return NULL;
}

static size_t table_size(const struct cel_map *map)
{
	return ((const struct cel_table *)(const void *)map)->count;
}

static bool table_find(struct cel_eval *eval, const struct cel_map *map,
		       struct cel_value key, struct cel_value *out)
{
	const struct entry *entry;

	(void)eval;
	if (!is_key(key))
		return false;
	entry = table_entry((const void *)map, key);
	if (entry)
		*out = entry->value;
	return entry != NULL;
}

static void table_at(struct cel_eval *eval, const struct cel_map *map, size_t i,
		     struct cel_value *key, struct cel_value *value)
{
	const struct cel_table *table = (const void *)map;

	(void)eval;
	if (key)
		*key = table->entries[i].key;
	if (value)
		*value = table->entries[i].value;
}

static const struct cel_map_ops table_ops = {table_size, table_find, table_at,
					     NULL};

struct cel_table *cel_table_new(struct arena *arena, size_t expected)
{
	struct cel_table *table = arena_new(arena, struct cel_table);

	table->head.ops = &table_ops;
	table->arena = arena;
	table->capacity = expected ? expected : 4;
	table->entries = arena_array(arena, struct entry, table->capacity);
	return table;
}

static void table_grow(struct cel_table *table)
{
	if (table->count == table->capacity) {
		struct entry *wider = arena_array(table->arena, struct entry,
						  table->capacity * 2);

		memcpy(wider, table->entries, table->count * sizeof(*wider));
		table->entries = wider;
		table->capacity *= 2;
	}
	if (table->count < TABLE_LINEAR ||
	    (table->slots && table->count * 2 < table->slot_count))
		return;
	table->slot_count =
		table->slots ? table->slot_count * 2 : (size_t)TABLE_LINEAR * 4;
	table->slots = arena_array(table->arena, uint32_t, table->slot_count);
	for (size_t i = 0; i < table->count; i++)
		table->slots[slot_of(table, table->entries[i].key)] =
			(uint32_t)i + 1;
}

enum cel_put cel_table_put(struct cel_table *table, struct cel_value key,
			   struct cel_value value)
{
	if (!is_key(key))
		return CEL_PUT_BAD_KEY;
	if (table_entry(table, key))
		return CEL_PUT_DUPLICATE;
	table_grow(table);
	table->entries[table->count] = (struct entry){key, value};
	table->count++;
	if (table->slots)
		table->slots[slot_of(table, key)] = (uint32_t)table->count;
	return CEL_PUT_DONE;
}

struct cel_value cel_table_value(struct cel_table *table)
{
	return cel_of_map(&table->head);
}
