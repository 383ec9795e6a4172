/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/mask.h"

#include <stdlib.h>

#include "base/vec.h"
#include "jsonschema/schema_view.h"

enum { DEPTH = 64 };

struct search {
	VEC(struct span) spans;
};

static void look(struct search *search, const struct schema *schema,
		 const struct node *value, unsigned depth);

static void look_at_members(struct search *search,
			    const struct schema_objects *objects,
			    const struct node *map, unsigned depth)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct node *value = &map->as.children[i];

		for (size_t k = 0; k < objects->count; k++) {
			const struct schema_property *property =
				&objects->properties[k];

			if (property->schema &&
			    str_equal(property->name, value->key->text))
				look(search, property->schema, value, depth);
		}
		if (objects->additional)
			look(search, objects->additional, value, depth);
	}
}

static void look_at_list(struct search *search, const struct schema_list *list,
			 const struct node *value, unsigned depth)
{
	for (size_t i = 0; i < list->count; i++)
		look(search, list->at[i], value, depth);
}

/* Whatever may apply to the value is taken as applying: it is better to mask
 * too much than to show one address. */
static void look(struct search *search, const struct schema *schema,
		 const struct node *value, unsigned depth)
{
	const struct schema_logic *logic = schema->logic;

	if (depth == 0 || (!schema->sensitive && !schema->sensitive_below))
		return;
	if (schema->sensitive) {
		*vec_push(&search->spans) = value->span;
		return;
	}
	if (logic && logic->ref)
		look(search, logic->ref, value, depth - 1);
	if (logic && logic->then_)
		look(search, logic->then_, value, depth - 1);
	if (logic && logic->else_)
		look(search, logic->else_, value, depth - 1);
	if (logic) {
		look_at_list(search, &logic->all, value, depth - 1);
		look_at_list(search, &logic->any.list, value, depth - 1);
		look_at_list(search, &logic->one.list, value, depth - 1);
	}
	if (value->kind == NODE_MAP && schema->objects)
		look_at_members(search, schema->objects, value, depth - 1);
	if (value->kind != NODE_LIST || !schema->arrays)
		return;
	for (size_t i = 0; i < value->count; i++) {
		if (schema->arrays->items)
			look(search, schema->arrays->items,
			     &value->as.children[i], depth - 1);
	}
}

void mask_find(struct mask *out, const struct policy *policy,
	       const struct document *document, struct arena *arena)
{
	struct search search = {0};

	for (size_t i = 0; i < document->count; i++) {
		const struct node *root = document->roots[i];
		const struct kind *kind = kind_find(
			policy_kinds(policy), node_text(root, STR("kind")));

		if (kind)
			look(&search, kind->schema, root, DEPTH);
	}
	*out = (struct mask){0};
	mask_add(out, search.spans.at, search.spans.count, arena);
	vec_done(&search.spans);
}

static int by_start(const void *a, const void *b)
{
	const struct span *x = a;
	const struct span *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

void mask_add(struct mask *mask, const struct span *spans, size_t count,
	      struct arena *arena)
{
	struct span *all = arena_array(arena, struct span, mask->count + count);
	size_t total = mask->count + count;
	size_t kept = 0;

	if (count == 0)
		return;
	if (mask->count)
		memcpy(all, mask->spans, mask->count * sizeof(*all));
	memcpy(all + mask->count, spans, count * sizeof(*all));
	qsort(all, total, sizeof(*all), by_start);
	for (size_t i = 0; i < total; i++) {
		if (kept && all[i].start <= all[kept - 1].end) {
			if (all[i].end > all[kept - 1].end)
				all[kept - 1].end = all[i].end;
		} else {
			all[kept++] = all[i];
		}
	}
	*mask = (struct mask){all, kept};
}

/* The first span that ends behind an offset. */
static size_t first_behind(const struct mask *mask, size_t offset)
{
	size_t low = 0;
	size_t high = mask->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (mask->spans[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

str mask_line(const struct mask *mask, str line, size_t start,
	      struct arena *arena)
{
	char *copy = arena_raw(arena, line.len, 1);
	size_t next = first_behind(mask, start);
	size_t len = 0;

	for (size_t i = 0; i < line.len; i++) {
		while (next < mask->count && mask->spans[next].end <= start + i)
			next++;
		if (next == mask->count || start + i < mask->spans[next].start)
			copy[len++] = line.ptr[i];
		else if (((unsigned char)line.ptr[i] & 0xC0) != 0x80)
			copy[len++] = '*';
	}
	return str_make(copy, len);
}
