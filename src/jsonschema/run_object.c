/* Judging by the keywords of objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/run.h"

const struct schema_property *objects_property(
	const struct schema_objects *objects, const struct node *child)
{
	uint32_t hash = child->hash;

	for (uint32_t at = hash & objects->mask; objects->slots[at];
	     at = (at + 1) & objects->mask) {
		const struct schema_property *property =
			&objects->properties[objects->slots[at] - 1];

		if (property->hash == hash &&
		    str_equal(property->name, child->key->text))
			return property;
	}
	return NULL;
}

static bool run_name(struct validator *run, const struct schema *names,
		     const struct node *key)
{
	struct node name = *key;

	name.kind = NODE_STRING;
	return run_eval(run, names, &name, NULL);
}

/* A member that `properties` may or may not name. */
static bool run_member(struct validator *run,
		       const struct schema_objects *objects,
		       const struct node *child, bool *matched)
{
	if (objects->names && !run_name(run, objects->names, child->key))
		return false;
	for (size_t i = 0; i < objects->pattern_count; i++) {
		const struct schema_pattern *pattern = &objects->patterns[i];

		if (!run_search(run, pattern->regex, pattern->text,
				child->key->text)) {
			if (run->stopped)
				return false;
			continue;
		}
		*matched = true;
		if (!run_eval(run, pattern->schema, child, NULL))
			return false;
	}
	if (*matched || !objects->additional)
		return true;
	*matched = true;
	return run_eval(run, objects->additional, child, NULL);
}

static bool run_members(struct validator *run,
			const struct schema_objects *objects,
			const struct node *node, struct marks *marks)
{
	bool more =
		objects->names || objects->pattern_count || objects->additional;
	size_t required = 0;

	for (size_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		const struct schema_property *property =
			objects_property(objects, child);
		bool matched = property && property->schema;

		if (property)
			required += property->required;
		if (matched && !run_eval(run, property->schema, child, NULL))
			return false;
		if (more && !run_member(run, objects, child, &matched))
			return false;
		if (matched)
			marks_set(marks, i);
	}
	return required == objects->required;
}

/* The few names of a schema that says nothing of others, as `if` has. */
static bool run_named(struct validator *run,
		      const struct schema_objects *objects,
		      const struct node *node, struct marks *marks)
{
	for (size_t i = 0; i < objects->count; i++) {
		const struct schema_property *property =
			&objects->properties[i];
		const struct node *child =
			node_find_hashed(node, property->name, property->hash);

		if (!child && property->required)
			return false;
		if (!child || !property->schema)
			continue;
		if (!run_eval(run, property->schema, child, NULL))
			return false;
		marks_set(marks, child->index);
	}
	return true;
}

/* Looking for `names` keys one by one in a map of any size has its price. */
static bool run_glances(struct validator *run, const struct node *map,
			size_t names)
{
	size_t glances;

	if (!size_mul(&glances, names, map->count))
		glances = SIZE_MAX;
	return run_steps(run, glances / RUN_GLANCES);
}

static bool run_dependents(struct validator *run,
			   const struct schema_objects *objects,
			   const struct node *node, struct marks *marks)
{
	for (size_t i = 0; i < objects->dependent_count; i++) {
		const struct schema_dependent *dependent =
			&objects->dependents[i];
		const struct node *names = dependent->required;

		if (!node_find_hashed(node, dependent->name, dependent->hash))
			continue;
		if (names && !run_glances(run, node, names->count))
			return false;
		for (size_t j = 0; names && j < names->count; j++)
			if (!node_find(node, names->as.children[j].text))
				return false;
		if (dependent->schema &&
		    !run_eval(run, dependent->schema, node, marks))
			return false;
	}
	return true;
}

bool run_object(struct validator *run, const struct schema_objects *objects,
		const struct node *node, struct marks *marks)
{
	bool named = objects->count <= 2 && !objects->names &&
		     !objects->pattern_count && !objects->additional;

	if (!run_glances(run, node,
			 (named ? objects->count : 1) +
				 objects->dependent_count))
		return false;
	if (node->count < objects->min_properties ||
	    node->count > objects->max_properties)
		return false;
	if (!(named ? run_named(run, objects, node, marks)
		    : run_members(run, objects, node, marks)))
		return false;
	return objects->dependent_count == 0 ||
	       run_dependents(run, objects, node, marks);
}
