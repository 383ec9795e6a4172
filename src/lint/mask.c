/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/mask.h"

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
	*out = (struct mask){vec_keep(&search.spans, arena),
			     search.spans.count};
	vec_done(&search.spans);
}

str mask_line(const struct mask *mask, str line, size_t start,
	      struct arena *arena)
{
	char *copy = arena_raw(arena, line.len, 1);
	size_t len = 0;

	for (size_t i = 0; i < line.len; i++) {
		bool hidden = false;

		for (size_t k = 0; k < mask->count && !hidden; k++)
			hidden = start + i >= mask->spans[k].start &&
				 start + i < mask->spans[k].end;
		if (!hidden)
			copy[len++] = line.ptr[i];
		else if (((unsigned char)line.ptr[i] & 0xC0) != 0x80)
			copy[len++] = '*';
	}
	return str_make(copy, len);
}
