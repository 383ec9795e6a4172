/* Judging by the keywords of arrays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "jsonschema/number.h"
#include "jsonschema/run.h"

enum { UNIQUE_PAIRWISE = 12 }; /* more items are compared by hash */

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * UINT64_C(0x9e3779b97f4a7c15);
	return a ^ (a >> 29);
}

/* Equal for values that node_equal calls equal. Below `depth` levels it looks
 * no further. */
static uint64_t value_hash(const struct node *node, unsigned depth)
{
	uint64_t hash = mix(node->kind, node->count);

	if (node_is_number(node))
		return number_hash(node);
	switch (node->kind) {
	case NODE_BOOL:
		return mix(hash, node->as.boolean);
	case NODE_STRING:
		return mix(hash, hash_str(node->text));
	case NODE_LIST:
		for (size_t i = 0; depth && i < node->count; i++)
			hash = mix(hash, value_hash(&node->as.children[i],
						    depth - 1));
		return hash;
	case NODE_MAP:
		for (size_t i = 0; depth && i < node->count; i++) {
			const struct node *child = &node->as.children[i];

			hash += mix(hash_str(child->key->text),
				    value_hash(child, depth - 1));
		}
		return hash;
	default:
		return hash;
	}
}

struct seen {
	const struct node *node;
	uint64_t hash;
};

static bool unique_pairwise(struct validator *run, const struct node *list,
			    const struct node **first,
			    const struct node **second)
{
	for (size_t i = 1; i < list->count; i++)
		for (size_t j = 0; j < i; j++) {
			*first = &list->as.children[j];
			*second = &list->as.children[i];
			if (!run_steps(run, 1) || node_equal(*first, *second))
				return false;
		}
	return true;
}

static bool unique_hashed(struct validator *run, const struct node *list,
			  const struct node **first, const struct node **second)
{
	struct seen *table;
	size_t size = 32;

	while (size < (size_t)list->count * 2)
		size *= 2;
	table = arena_array(&run->arena, struct seen, size);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = &list->as.children[i];
		uint64_t hash = value_hash(node, 64);
		size_t at = hash & (size - 1);

		for (; table[at].node; at = (at + 1) & (size - 1)) {
			if (!run_steps(run, 1))
				return false;
			*first = table[at].node;
			*second = node;
			if (table[at].hash == hash && node_equal(*first, node))
				return false;
		}
		table[at] = (struct seen){.node = node, .hash = hash};
	}
	return true;
}

bool run_unique(struct validator *run, const struct node *list,
		const struct node **first, const struct node **second)
{
	struct arena_mark mark;
	bool unique;

	if (list->count <= UNIQUE_PAIRWISE)
		return unique_pairwise(run, list, first, second);
	mark = arena_mark(&run->arena);
	unique = unique_hashed(run, list, first, second);
	arena_release(&run->arena, mark);
	return unique;
}

static bool run_contains(struct validator *run,
			 const struct schema_arrays *arrays,
			 const struct node *node, struct marks *marks)
{
	bool all = marks || run->telling || arrays->max_contains < SIZE_MAX;
	size_t count = 0;

	for (size_t i = 0; i < node->count; i++) {
		if (!run_try(run, arrays->contains, &node->as.children[i],
			     NULL))
			continue;
		count++;
		marks_set(marks, i);
		if (!all && count >= arrays->min_contains)
			return true;
	}
	return count >= arrays->min_contains && count <= arrays->max_contains;
}

static bool run_items(struct validator *run, const struct schema_arrays *arrays,
		      const struct node *node, struct marks *marks)
{
	size_t prefix = arrays->prefix.count;

	for (size_t i = 0; i < node->count; i++) {
		const struct schema *schema =
			i < prefix ? arrays->prefix.at[i] : arrays->items;

		if (!schema)
			break;
		if (!run_eval(run, schema, &node->as.children[i], NULL))
			return false;
		marks_set(marks, i);
	}
	return true;
}

bool run_array(struct validator *run, const struct schema_arrays *arrays,
	       const struct node *node, struct marks *marks)
{
	const struct node *first;
	const struct node *second;

	return run_steps(run, node->count / RUN_GLANCES) &&
	       node->count >= arrays->min_items &&
	       node->count <= arrays->max_items &&
	       run_items(run, arrays, node, marks) &&
	       (!arrays->unique || run_unique(run, node, &first, &second)) &&
	       (!arrays->contains || run_contains(run, arrays, node, marks));
}
