/*
 * What needs the whole graph: which schemas have x- keywords somewhere below,
 * and by which property alternatives can be told apart.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"

enum { REFERENCES_FOLLOWED = 8 };

static void tell_one(const struct schema *child, schema_child *tell,
		     void *context)
{
	if (child)
		tell(context, child);
}

static void tell_list(const struct schema_list *list, schema_child *tell,
		      void *context)
{
	for (size_t i = 0; i < list->count; i++)
		tell(context, list->at[i]);
}

static void tell_logic(const struct schema_logic *logic, schema_child *tell,
		       void *context)
{
	tell_one(logic->ref, tell, context);
	tell_one(logic->dynamic_ref, tell, context);
	tell_list(&logic->all, tell, context);
	tell_list(&logic->any.list, tell, context);
	tell_list(&logic->one.list, tell, context);
	tell_one(logic->not_, tell, context);
	tell_one(logic->if_, tell, context);
	tell_one(logic->then_, tell, context);
	tell_one(logic->else_, tell, context);
}

static void tell_objects(const struct schema_objects *objects,
			 schema_child *tell, void *context)
{
	for (size_t i = 0; i < objects->count; i++)
		tell_one(objects->properties[i].schema, tell, context);
	for (size_t i = 0; i < objects->pattern_count; i++)
		tell_one(objects->patterns[i].schema, tell, context);
	for (size_t i = 0; i < objects->dependent_count; i++)
		tell_one(objects->dependents[i].schema, tell, context);
	tell_one(objects->additional, tell, context);
	tell_one(objects->names, tell, context);
	tell_one(objects->unevaluated, tell, context);
}

void schema_children(const struct schema *schema, schema_child *tell,
		     void *context)
{
	if (schema->logic)
		tell_logic(schema->logic, tell, context);
	if (schema->objects)
		tell_objects(schema->objects, tell, context);
	if (schema->arrays) {
		tell_list(&schema->arrays->prefix, tell, context);
		tell_one(schema->arrays->items, tell, context);
		tell_one(schema->arrays->contains, tell, context);
		tell_one(schema->arrays->unevaluated, tell, context);
	}
}

/* Edges turned round: the parents of schema n are
 * parents[first[n + 1] .. first[n + 2]). */
struct graph {
	struct schema *const *schemas;
	size_t from; /* older ones were linked before and lead to no new one */
	size_t count;
	size_t *first;
	uint32_t *parents;
	uint32_t parent; /* while edges are told */
};

static void count_edge(void *context, const struct schema *child)
{
	struct graph *graph = context;

	graph->first[child->number + 1]++;
}

static void add_edge(void *context, const struct schema *child)
{
	struct graph *graph = context;

	graph->parents[--graph->first[child->number + 1]] = graph->parent;
}

static void graph_build(struct graph *graph, struct arena *arena)
{
	graph->first = arena_array(arena, size_t, graph->count + 2);
	for (size_t i = graph->from; i < graph->count; i++)
		schema_children(graph->schemas[i], count_edge, graph);
	for (size_t i = 0; i <= graph->count; i++)
		graph->first[i + 1] += graph->first[i];
	graph->parents =
		arena_array(arena, uint32_t, graph->first[graph->count]);
	for (size_t i = graph->from; i < graph->count; i++) {
		graph->parent = (uint32_t)i;
		schema_children(graph->schemas[i], add_edge, graph);
	}
}

static bool dynamic(const struct schema *schema)
{
	return schema->logic && schema->logic->dynamic_name.ptr;
}

/* Spreads a flag from where it is said to all that lead there. What a
 * dynamic reference leads to is not known, so it counts as leading there. */
static void spread(struct graph *graph, struct arena *arena, size_t flag,
		   bool (*said)(const struct schema *schema))
{
	uint32_t *queue = arena_array(arena, uint32_t, graph->count);
	size_t read = 0;
	size_t count = 0;

	for (size_t i = 0; i < graph->count; i++) {
		bool *below = (bool *)((char *)graph->schemas[i] + flag);

		if (i >= graph->from)
			*below = said(graph->schemas[i]) ||
				 dynamic(graph->schemas[i]);
		if (*below)
			queue[count++] = (uint32_t)i;
	}
	while (read < count) {
		uint32_t child = queue[read++];

		for (size_t i = graph->first[child + 1];
		     i < graph->first[child + 2]; i++) {
			uint32_t parent = graph->parents[i];
			bool *below =
				(bool *)((char *)graph->schemas[parent] + flag);

			if (*below)
				continue;
			*below = true;
			queue[count++] = parent;
		}
	}
}

static bool says_custom(const struct schema *schema)
{
	return schema->custom_count > 0;
}

static bool says_sensitive(const struct schema *schema)
{
	return schema->sensitive;
}

static bool any(const struct graph *graph,
		bool (*said)(const struct schema *schema))
{
	for (size_t i = 0; i < graph->count; i++)
		if (said(graph->schemas[i]))
			return true;
	return false;
}

static void spread_flags(struct schema_registry *registry)
{
	struct graph graph = {.schemas = registry->schemas.at,
			      .from = registry->linked,
			      .count = registry->schemas.count};
	struct arena arena;

	if (!any(&graph, says_custom))
		return;
	arena_init(&arena);
	graph_build(&graph, &arena);
	spread(&graph, &arena, offsetof(struct schema, customs_below),
	       says_custom);
	if (any(&graph, says_sensitive))
		spread(&graph, &arena, offsetof(struct schema, sensitive_below),
		       says_sensitive);
	arena_done(&arena);
}

/* The texts a schema allows: its const, or its enum, if all are strings. */
static const struct node *texts_of(const struct schema *schema)
{
	const struct node *choices = schema->choices;

	if (schema->constant)
		return schema->constant->kind == NODE_STRING ? schema->constant
							     : NULL;
	for (size_t i = 0; choices && i < choices->count; i++)
		if (choices->as.children[i].kind != NODE_STRING)
			return NULL;
	return choices;
}

/* The texts that a branch allows for a property, also through references. */
static const struct node *branch_texts(const struct schema *branch, str name)
{
	for (size_t i = 0; branch && i < REFERENCES_FOLLOWED; i++) {
		const struct schema_property *property =
			schema_property_find(branch, name);
		const struct node *texts = property && property->schema
						   ? texts_of(property->schema)
						   : NULL;

		if (texts)
			return texts;
		branch = branch->logic ? branch->logic->ref : NULL;
	}
	return NULL;
}

static bool tells_apart(struct schema_branches *branches, str name,
			const struct node **values)
{
	for (size_t i = 0; i < branches->list.count; i++) {
		values[i] = branch_texts(branches->list.at[i], name);
		if (!values[i])
			return false;
	}
	for (size_t i = 0; i < branches->list.count; i++)
		branches->cost += 1 + values[i]->count;
	branches->discriminator = name;
	branches->hash = (uint32_t)hash_str(name);
	branches->values = values;
	return true;
}

/* Looks for a property that each branch fixes; the first one named wins. */
static void find_discriminator(struct schema_branches *branches,
			       struct arena *arena)
{
	const struct schema *first;
	const struct node **values;

	if (branches->list.count < 2 || branches->values)
		return;
	first = branches->list.at[0];
	values = arena_array(arena, const struct node *, branches->list.count);
	for (size_t i = 0; first && i < REFERENCES_FOLLOWED; i++) {
		const struct schema_objects *objects = first->objects;

		for (size_t j = 0; objects && j < objects->count; j++)
			if (tells_apart(branches, objects->properties[j].name,
					values))
				return;
		first = first->logic ? first->logic->ref : NULL;
	}
}

void schemas_link(struct schema_registry *registry)
{
	if (registry->linked == registry->schemas.count)
		return;
	spread_flags(registry);
	for (size_t i = 0; i < registry->logics.count; i++) {
		find_discriminator(&registry->logics.at[i]->any,
				   &registry->arena);
		find_discriminator(&registry->logics.at[i]->one,
				   &registry->arena);
	}
	registry->logics.count = 0;
	registry->linked = registry->schemas.count;
}
