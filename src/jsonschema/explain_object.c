/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

#include "base/nearest.h"

enum { NAMES_DEPTH = 16 };

struct names {
	struct explain *explain;
	struct nearest nearest;
	const struct node *map;
	size_t offered;
};

static void offer_list(struct names *names, const struct schema_list *list,
		       size_t depth);

/* Offers the names that a schema and what applies with it declare. */
static void offer_names(struct names *names, const struct schema *schema,
			size_t depth)
{
	const struct schema_objects *objects = schema->objects;
	const struct schema_logic *logic = schema->logic;

	if (depth > NAMES_DEPTH || names->offered > 2000)
		return;
	for (size_t i = 0; objects && i < objects->count; i++) {
		const struct schema_property *property =
			&objects->properties[i];

		names->offered++;
		if ((!property->schema || !property->schema->never) &&
		    !node_find_hashed(names->map, property->name,
				      property->hash))
			nearest_offer(&names->nearest, property->name);
	}
	for (size_t i = 0; objects && i < objects->dependent_count; i++)
		if (objects->dependents[i].schema)
			offer_names(names, objects->dependents[i].schema,
				    depth + 1);
	if (!logic)
		return;
	if (logic->ref)
		offer_names(names, logic->ref, depth + 1);
	if (logic->dynamic_ref)
		offer_names(names, run_target(names->explain->run, logic),
			    depth + 1);
	offer_list(names, &logic->all, depth + 1);
	offer_list(names, &logic->any.list, depth + 1);
	offer_list(names, &logic->one.list, depth + 1);
	if (logic->then_)
		offer_names(names, logic->then_, depth + 1);
	if (logic->else_)
		offer_names(names, logic->else_, depth + 1);
}

static void offer_list(struct names *names, const struct schema_list *list,
		       size_t depth)
{
	for (size_t i = 0; i < list->count; i++)
		offer_names(names, list->at[i], depth);
}

/* Two letters of a long name may be wrong, one of a short one. */
static unsigned most_wrong(str key)
{
	return key.len < 8 ? 1 : 2;
}

str nearest_key(bool *sure, struct explain *explain,
		const struct schema *schema, const struct node *map, str key)
{
	struct names names = {.explain = explain, .map = map};

	if (explain->suggestions++ >= SUGGESTIONS_MOST)
		return (str){NULL, 0};
	nearest_start(&names.nearest, key);
	offer_names(&names, schema, 0);
	*sure = nearest_is_sure(&names.nearest, most_wrong(key));
	return names.nearest.count ? names.nearest.found[0] : (str){NULL, 0};
}

/* A key that nothing declares. In a sensitive map its name is not said. */
static void add_unknown(struct explain *explain, const struct schema *schema,
			const char *keyword, const struct place *place,
			const struct place *below)
{
	struct problem *problem = explain_add(explain, schema, keyword, below);

	explain->findings.at[explain->findings.count - 1].owner = place->node;
	problem->key = below->node->key;
	problem->name = below->node->key->text;
	if (place->sensitive) {
		problem->message = STR("a key that is not known here");
		return;
	}
	problem->message =
		str_format(explain->arena, "no key is named " STR_FMT " here",
			   STR_ARG(words_subject(explain, below)));
	problem->suggestion = nearest_key(&problem->sure, explain, schema,
					  place->node, below->node->key->text);
}

static void explain_rest(struct explain *explain, const struct schema *schema,
			 const struct schema *rest, const char *keyword,
			 const struct place *place, const struct node *child)
{
	struct place below = place_below(explain, place, child);

	if (rest->never)
		add_unknown(explain, schema, keyword, place, &below);
	else
		explain_value(explain, rest, &below);
}

/* What a name is refused for, said of the key. */
static void explain_name(struct explain *explain, const struct schema *schema,
			 const struct place *place, const struct node *child)
{
	size_t before = explain->findings.count;
	struct node *name = arena_new(explain->arena, struct node);
	struct place below = place_below(explain, place, name);

	*name = *child->key;
	name->kind = NODE_STRING;
	name->key = child->key;
	below.sensitive = place->sensitive;
	explain_value(explain, schema->objects->names, &below);
	for (size_t i = before; i < explain->findings.count; i++) {
		struct problem *problem = &explain->findings.at[i].problem;

		problem->instance = child;
		problem->key = child->key;
		problem->message =
			str_format(explain->arena, "the key " STR_FMT,
				   STR_ARG(problem->message));
	}
}

static void explain_member(struct explain *explain, const struct schema *schema,
			   const struct place *place, const struct node *child)
{
	const struct schema_objects *objects = schema->objects;
	const struct schema_property *property =
		objects->count ? objects_property(objects, child) : NULL;
	struct place below = place_below(explain, place, child);
	bool matched = property && property->schema;

	if (matched)
		explain_value(explain, property->schema, &below);
	if (objects->names)
		explain_name(explain, schema, place, child);
	for (size_t i = 0; i < objects->pattern_count; i++) {
		const struct schema_pattern *pattern = &objects->patterns[i];

		if (!run_search(explain->run, pattern->regex, pattern->text,
				child->key->text))
			continue;
		matched = true;
		explain_value(explain, pattern->schema, &below);
	}
	if (!matched && objects->additional)
		explain_rest(explain, schema, objects->additional,
			     "additionalProperties", place, child);
}

static void add_missing(struct explain *explain, const struct schema *schema,
			const char *keyword, const struct place *place,
			str name)
{
	struct problem *problem = explain_add(explain, schema, keyword, place);
	str inside = STR("");

	if (place->depth > 0)
		inside = str_format(explain->arena, " in " STR_FMT,
				    STR_ARG(words_subject(explain, place)));
	problem->name = name;
	problem->message = str_format(
		explain->arena, "the key `" STR_FMT "` %s" STR_FMT,
		STR_ARG(name),
		place->because.ptr ? "must be present" : "is missing",
		STR_ARG(inside));
}

static void explain_dependents(struct explain *explain,
			       const struct schema *schema,
			       const struct place *place)
{
	const struct schema_objects *objects = schema->objects;

	for (size_t i = 0; i < objects->dependent_count; i++) {
		const struct schema_dependent *dependent =
			&objects->dependents[i];
		const struct node *names = dependent->required;
		struct place here = *place;

		if (!node_find_hashed(place->node, dependent->name,
				      dependent->hash))
			continue;
		here.because =
			str_format(explain->arena, "`" STR_FMT "` is set",
				   STR_ARG(dependent->name));
		for (size_t j = 0; names && j < names->count; j++)
			if (!node_find(place->node, names->as.children[j].text))
				add_missing(explain, schema,
					    "dependentRequired", &here,
					    names->as.children[j].text);
		if (dependent->schema)
			explain_value(explain, dependent->schema, &here);
	}
}

static void add_size(struct explain *explain, const struct schema *schema,
		     const struct place *place, const char *keyword,
		     const char *words, size_t bound)
{
	struct problem *problem = explain_add(explain, schema, keyword, place);

	problem->message =
		str_format(explain->arena,
			   STR_FMT " must have %s %zu key%s, and it has %u",
			   STR_ARG(words_subject(explain, place)), words, bound,
			   bound == 1 ? "" : "s", place->node->count);
}

static void explain_unevaluated(struct explain *explain,
				const struct schema *schema,
				const struct place *place)
{
	struct arena_mark mark = arena_mark(&explain->run->arena);
	const struct node *node = place->node;
	struct marks marks;

	marks_begin(&marks, &explain->run->arena, node->count);
	explain_marks(explain, schema, node, &marks);
	for (size_t i = 0; i < node->count; i++)
		if (!marks_has(&marks, i))
			explain_rest(explain, schema,
				     schema->objects->unevaluated,
				     "unevaluatedProperties", place,
				     &node->as.children[i]);
	arena_release(&explain->run->arena, mark);
}

void explain_object(struct explain *explain, const struct schema *schema,
		    const struct place *place)
{
	const struct schema_objects *objects = schema->objects;
	const struct node *node = place->node;

	for (size_t i = 0; i < objects->count; i++) {
		const struct schema_property *property =
			&objects->properties[i];

		if (property->required &&
		    !node_find_hashed(node, property->name, property->hash))
			add_missing(explain, schema, "required", place,
				    property->name);
	}
	if (node->count < objects->min_properties)
		add_size(explain, schema, place, "minProperties", "at least",
			 objects->min_properties);
	if (node->count > objects->max_properties)
		add_size(explain, schema, place, "maxProperties", "at most",
			 objects->max_properties);
	for (size_t i = 0; i < node->count; i++)
		explain_member(explain, schema, place, &node->as.children[i]);
	explain_dependents(explain, schema, place);
	if (objects->unevaluated)
		explain_unevaluated(explain, schema, place);
}
