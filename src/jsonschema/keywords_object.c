/* Keywords of objects (core, 10.3.2, 10.2.2.4, 11.3; validation, 6.5). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"

static uint32_t hash_name(str name)
{
	return (uint32_t)hash_str(name);
}

/*
 * Names of `properties` and `required` share one array. Either keyword may
 * come first, so each makes room for its own and finds the other's by name.
 */
static struct schema_property *add_property(struct filling *to,
					    struct schema_property *list,
					    str name)
{
	size_t *count = &objects_of(to)->count;
	struct schema_property *old = map_find(&to->names, name);

	if (old)
		return old;
	list += (*count)++;
	*list = (struct schema_property){.name = name, .hash = hash_name(name)};
	(void)map_put(&to->names, name, list);
	return list;
}

static struct schema_property *widen(struct filling *to, size_t more)
{
	struct schema_objects *objects = objects_of(to);
	struct schema_property *list =
		arena_array(&to->registry->arena, struct schema_property,
			    objects->count + more);

	for (size_t i = 0; i < objects->count; i++) {
		list[i] = objects->properties[i];
		(void)map_put(&to->names, list[i].name, &list[i]);
	}
	objects->properties = list;
	return list;
}

bool fill_properties(struct filling *to, const struct node *value)
{
	struct schema_property *list;

	if (!fill_need(to, value, NODE_MAP, "a map of schemas"))
		return false;
	list = widen(to, value->count);
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];
		struct schema_property *property =
			add_property(to, list, child->key->text);

		if (!fill_schema(to, child, &property->schema))
			return false;
	}
	return true;
}

static bool need_names(struct filling *to, const struct node *value)
{
	if (!fill_need(to, value, NODE_LIST, "a list of names"))
		return false;
	for (size_t i = 0; i < value->count; i++)
		if (!fill_need(to, &value->as.children[i], NODE_STRING,
			       "a name"))
			return false;
	return true;
}

bool fill_required(struct filling *to, const struct node *value)
{
	struct schema_objects *objects = objects_of(to);
	struct schema_property *list;

	if (!need_names(to, value))
		return false;
	list = widen(to, value->count);
	for (size_t i = 0; i < value->count; i++) {
		struct schema_property *property =
			add_property(to, list, value->as.children[i].text);

		objects->required += !property->required;
		property->required = true;
	}
	return true;
}

bool fill_patterns(struct filling *to, const struct node *value)
{
	struct schema_objects *objects = objects_of(to);
	struct schema_pattern *patterns;

	if (!fill_need(to, value, NODE_MAP, "a map of schemas"))
		return false;
	patterns = arena_array(&to->registry->arena, struct schema_pattern,
			       value->count);
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];

		patterns[i].text = child->key->text;
		if (!fill_regex(to, child->key, &patterns[i].regex) ||
		    !fill_schema(to, child, &patterns[i].schema))
			return false;
	}
	objects->patterns = patterns;
	objects->pattern_count = value->count;
	return true;
}

bool fill_additional(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &objects_of(to)->additional);
}

bool fill_names(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &objects_of(to)->names);
}

bool fill_unevaluated_properties(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &objects_of(to)->unevaluated);
}

/* Adds one dependent for each name; what it asks for goes by its kind. */
static bool add_dependents(struct filling *to, const struct node *value,
			   bool names, bool schemas)
{
	struct schema_objects *objects = objects_of(to);
	struct schema_dependent *list;
	size_t count = objects->dependent_count;

	if (!fill_need(to, value, NODE_MAP, "a map"))
		return false;
	list = arena_array(&to->registry->arena, struct schema_dependent,
			   count + value->count);
	if (count > 0)
		memcpy(list, objects->dependents, count * sizeof(*list));
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];
		struct schema_dependent *dependent = &list[count++];

		dependent->name = child->key->text;
		dependent->hash = hash_name(dependent->name);
		if (names && (child->kind == NODE_LIST || !schemas)) {
			if (!need_names(to, child))
				return false;
			dependent->required = child;
		} else if (!fill_schema(to, child, &dependent->schema)) {
			return false;
		}
	}
	objects->dependents = list;
	objects->dependent_count = count;
	return true;
}

bool fill_dependent_required(struct filling *to, const struct node *value)
{
	return add_dependents(to, value, true, false);
}

bool fill_dependent_schemas(struct filling *to, const struct node *value)
{
	return add_dependents(to, value, false, true);
}

bool fill_dependencies(struct filling *to, const struct node *value)
{
	return add_dependents(to, value, true, true);
}

bool fill_min_properties(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &objects_of(to)->min_properties);
}

bool fill_max_properties(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &objects_of(to)->max_properties);
}

void objects_index(struct schema_registry *registry,
		   struct schema_objects *objects)
{
	uint32_t *slots;
	size_t size = 4;

	while (size < objects->count * 2)
		size *= 2;
	slots = arena_array(&registry->arena, uint32_t, size);
	objects->mask = (uint32_t)(size - 1);
	for (size_t i = 0; i < objects->count; i++) {
		uint32_t at = objects->properties[i].hash & objects->mask;

		while (slots[at])
			at = (at + 1) & objects->mask;
		slots[at] = (uint32_t)i + 1;
	}
	objects->slots = slots;
}
