/* Which values must never be shown: x-sensitive, wherever it is said. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

static str key_of(const struct node *const *node)
{
	return str_make((const char *)node, sizeof(*node));
}

bool is_sensitive(const struct explain *explain, const struct node *node)
{
	return map_find(&explain->sensitive, key_of(&node)) != NULL;
}

static void find_in(struct explain *explain, const struct schema *schema,
		    const struct node *node)
{
	if (schema && schema->sensitive_below)
		explain_sensitive(explain, schema, node);
}

static void find_in_list(struct explain *explain,
			 const struct schema_list *list,
			 const struct node *node)
{
	for (size_t i = 0; i < list->count; i++)
		find_in(explain, list->at[i], node);
}

static void find_in_logic(struct explain *explain,
			  const struct schema_logic *logic,
			  const struct node *node)
{
	find_in(explain, logic->ref, node);
	if (logic->dynamic_ref)
		find_in(explain, run_target(explain->run, logic), node);
	find_in_list(explain, &logic->all, node);
	find_in_list(explain, &logic->any.list, node);
	find_in_list(explain, &logic->one.list, node);
	find_in(explain, logic->if_, node);
	find_in(explain, logic->then_, node);
	find_in(explain, logic->else_, node);
}

static void find_in_map(struct explain *explain,
			const struct schema_objects *objects,
			const struct node *node)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		const struct schema_property *property =
			objects->count ? objects_property(objects, child)
				       : NULL;

		if (property)
			find_in(explain, property->schema, child);
		for (size_t j = 0; j < objects->pattern_count; j++)
			if (run_search(explain->run, objects->patterns[j].regex,
				       objects->patterns[j].text,
				       child->key->text))
				find_in(explain, objects->patterns[j].schema,
					child);
		find_in(explain, objects->additional, child);
		find_in(explain, objects->unevaluated, child);
	}
	for (size_t i = 0; i < objects->dependent_count; i++)
		find_in(explain, objects->dependents[i].schema, node);
}

static void find_in_items(struct explain *explain,
			  const struct schema_arrays *arrays,
			  const struct node *node)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];

		if (i < arrays->prefix.count)
			find_in(explain, arrays->prefix.at[i], child);
		find_in(explain, arrays->items, child);
		find_in(explain, arrays->contains, child);
		find_in(explain, arrays->unevaluated, child);
	}
}

/* Of alternatives all count: a broken record chooses none. */
void explain_sensitive(struct explain *explain, const struct schema *schema,
		       const struct node *node)
{
	bool entered;

	if (!run_enter(explain->run, schema, &entered))
		return;
	if (schema->sensitive && !is_sensitive(explain, node)) {
		const struct node **kept =
			arena_new(explain->arena, const struct node *);

		*kept = node;
		(void)map_put(&explain->sensitive, key_of(kept), node);
	}
	if (schema->logic)
		find_in_logic(explain, schema->logic, node);
	if (schema->objects && node->kind == NODE_MAP)
		find_in_map(explain, schema->objects, node);
	if (schema->arrays && node->kind == NODE_LIST)
		find_in_items(explain, schema->arrays, node);
	run_leave(explain->run, entered);
}
