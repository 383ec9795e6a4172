/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/frame.h"
#include "jsonschema/keyword.h"
#include "jsonschema/number.h"

struct schema *schema_of_entry(struct schema_registry *registry,
			       struct entry *entry)
{
	struct schema *schema = entry->schema;

	if (schema)
		return schema;
	schema = arena_new(&registry->arena, struct schema);
	schema->node = entry->node;
	schema->resource = entry->resource;
	schema->number = (uint32_t)registry->schemas.count;
	schema->types = SCHEMA_ANY;
	entry->schema = schema;
	*vec_push(&registry->schemas) = schema;
	return schema;
}

bool fill_need(struct filling *to, const struct node *value,
	       enum node_kind kind, const char *words)
{
	if (value->kind == kind)
		return true;
	if (!value->key)
		return schema_fault_set(to->registry, to->err, to->resource,
					value, "this must be %s", words);
	return schema_fault_set(to->registry, to->err, to->resource, value,
				STR_FMT " must be %s",
				STR_ARG(value->key->text), words);
}

bool fill_schema(struct filling *to, const struct node *value,
		 const struct schema **out)
{
	struct entry *entry;

	if (value->kind != NODE_MAP && value->kind != NODE_BOOL)
		return fill_need(to, value, NODE_MAP,
				 "a schema (a map, true or false)");
	entry = entry_find(to->registry, value);
	if (!entry) {
		if (!frame_node(to->registry, to->resource, value, to->err))
			return false;
		entry = entry_find(to->registry, value);
	}
	*out = schema_of_entry(to->registry, entry);
	return true;
}

bool fill_list(struct filling *to, const struct node *value,
	       struct schema_list *out)
{
	const struct schema **list;

	if (!fill_need(to, value, NODE_LIST, "a list of schemas"))
		return false;
	if (value->count == 0)
		return schema_fault_set(to->registry, to->err, to->resource,
					value, STR_FMT " must not be empty",
					STR_ARG(value->key->text));
	list = arena_array(&to->registry->arena, const struct schema *,
			   value->count);
	for (size_t i = 0; i < value->count; i++)
		if (!fill_schema(to, &value->as.children[i], &list[i]))
			return false;
	*out = (struct schema_list){.at = list, .count = value->count};
	return true;
}

/* A count may be written 3.0 or 3e0, and be beyond any instance. */
bool fill_count(struct filling *to, const struct node *value, size_t *out)
{
	struct decimal decimal;
	bool whole = false;
	size_t count = 0;
	int64_t digits = 0;

	if (!node_is_number(value) || !decimal_of(&decimal, value) ||
	    !number_is_integer(&whole, value) || !whole || decimal.negative)
		return fill_need(to, value, NODE_NULL, "a whole number from 0");
	for (size_t i = decimal.first; i < decimal.last; i++)
		if (decimal.text.ptr[i] != '.' && digits++ < 18)
			count = count * 10 +
				(size_t)(decimal.text.ptr[i] - '0');
	*out = SIZE_MAX - 1;
	if (decimal.point > 18)
		return true;
	for (; digits < decimal.point; digits++)
		count *= 10;
	*out = count;
	return true;
}

bool fill_regex(struct filling *to, const struct node *at,
		const struct regex **out)
{
	struct error fault;
	struct regex *regex;

	if (!regex_new(&regex, at->text, REGEX_ECMA, &to->registry->limits,
		       &fault))
		return schema_fault_set(to->registry, to->err, to->resource, at,
					"the pattern cannot be used: %s",
					fault.text);
	*vec_push(&to->registry->regexes) = regex;
	*out = regex;
	return true;
}

struct schema_numbers *numbers_of(struct filling *to)
{
	if (!to->numbers)
		to->numbers =
			arena_new(&to->registry->arena, struct schema_numbers);
	return to->numbers;
}

struct schema_logic *logic_of(struct filling *to)
{
	if (!to->logic) {
		to->logic =
			arena_new(&to->registry->arena, struct schema_logic);
		*vec_push(&to->registry->logics) = to->logic;
	}
	return to->logic;
}

struct schema_strings *strings_of(struct filling *to)
{
	if (!to->strings) {
		to->strings =
			arena_new(&to->registry->arena, struct schema_strings);
		to->strings->max_length = SIZE_MAX;
	}
	return to->strings;
}

struct schema_arrays *arrays_of(struct filling *to)
{
	if (!to->arrays) {
		to->arrays =
			arena_new(&to->registry->arena, struct schema_arrays);
		to->arrays->min_contains = 1;
		to->arrays->max_contains = SIZE_MAX;
		to->arrays->max_items = SIZE_MAX;
	}
	return to->arrays;
}

struct schema_objects *objects_of(struct filling *to)
{
	if (!to->objects) {
		to->objects =
			arena_new(&to->registry->arena, struct schema_objects);
		to->objects->max_properties = SIZE_MAX;
	}
	return to->objects;
}

/* Keeps the x- keywords; says what nobody defines, if that was asked. */
static bool note_unknown(struct filling *to, const struct node *value)
{
	str name = value->key->text;
	const struct keyword *near;

	if (str_is(name, "x-sensitive")) {
		if (!fill_need(to, value, NODE_BOOL, "true or false"))
			return false;
		to->schema->sensitive = value->as.boolean;
	}
	if (str_starts(name, STR("x-")) || !to->registry->known_only)
		return true;
	near = keyword_nearest(name);
	return schema_fault_set(to->registry, to->err, to->resource, value->key,
				"no keyword is named " STR_FMT "%s%s",
				STR_ARG(name), near ? "; did you mean " : "",
				near ? near->name : "");
}

static bool fill_customs(struct filling *to, const struct node *node)
{
	struct schema_custom *customs;
	size_t count = 0;

	for (size_t i = 0; i < node->count; i++)
		if (str_starts(node->as.children[i].key->text, STR("x-")))
			count++;
	if (count == 0)
		return true;
	customs =
		arena_array(&to->registry->arena, struct schema_custom, count);
	to->schema->customs = customs;
	to->schema->custom_count = count;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *value = &node->as.children[i];

		if (str_starts(value->key->text, STR("x-")))
			*customs++ = (struct schema_custom){
				.name = value->key->text, .value = value};
	}
	return true;
}

static bool fill_keywords(struct filling *to, const struct node *node)
{
	unsigned known = to->resource->dialect->vocabularies;

	for (size_t i = 0; i < node->count; i++) {
		const struct node *value = &node->as.children[i];
		const struct keyword *keyword = keyword_find(value->key->text);

		if (!keyword) {
			if (!note_unknown(to, value))
				return false;
		} else if ((keyword->vocabulary & known) && keyword->fill &&
			   !keyword->fill(to, value)) {
			return false;
		}
	}
	return fill_customs(to, node);
}

/* then and else mean nothing without if. */
static void settle(struct filling *to)
{
	struct schema *schema = to->schema;

	if (to->logic && !to->logic->if_)
		to->logic->then_ = to->logic->else_ = NULL;
	if (to->objects)
		objects_index(to->registry, to->objects);
	schema->numbers = to->numbers;
	schema->strings = to->strings;
	schema->arrays = to->arrays;
	schema->objects = to->objects;
	schema->logic = to->logic;
	schema->always = schema->types == SCHEMA_ANY && !schema->constant &&
			 !schema->choices && !to->numbers && !to->strings &&
			 !to->arrays && !to->objects && !to->logic &&
			 schema->custom_count == 0;
}

static bool fill(struct schema_registry *registry, struct schema *schema,
		 struct error *err)
{
	const struct node *node = schema->node;
	struct filling to = {.registry = registry,
			     .resource = entry_find(registry, node)->resource,
			     .schema = schema,
			     .err = err};
	bool filled;

	if (node->kind == NODE_BOOL) {
		schema->never = !node->as.boolean;
		schema->always = node->as.boolean;
		return true;
	}
	if (!fill_need(&to, node, NODE_MAP, "a schema (a map, true or false)"))
		return false;
	map_init(&to.names);
	filled = fill_keywords(&to, node);
	if (filled)
		settle(&to);
	map_done(&to.names);
	return filled;
}

/* With a $dynamicRef anywhere, any dynamic anchor may be its target. */
static void queue_dynamic_anchors(struct schema_registry *registry)
{
	for (size_t i = 0; i < registry->all_resources.count; i++) {
		struct schema_resource *resource =
			registry->all_resources.at[i];

		for (size_t j = 0; j < resource->dynamic.count; j++) {
			struct dynamic_anchor *anchor =
				&resource->dynamic.at[j];

			anchor->schema = schema_of_entry(
				registry, entry_find(registry, anchor->node));
		}
	}
}

static bool drain(struct schema_registry *registry, struct error *err)
{
	while (registry->compiled < registry->schemas.count) {
		while (registry->compiled < registry->schemas.count) {
			struct schema *schema =
				registry->schemas.at[registry->compiled++];

			if (!fill(registry, schema, err))
				return false;
		}
		if (registry->dynamic_refs)
			queue_dynamic_anchors(registry);
	}
	schemas_link(registry);
	return true;
}

static bool compile_entry(const struct schema **out,
			  struct schema_registry *registry, struct entry *entry,
			  struct error *err)
{
	*out = schema_of_entry(registry, entry);
	return drain(registry, err);
}

/* Checks against its metaschema each resource that was read since. */
static bool check_resources(struct schema_registry *registry, struct error *err)
{
	while (registry->unchecked.count > 0) {
		struct schema_resource *resource =
			registry->unchecked.at[--registry->unchecked.count];
		struct schema_resource *meta;
		const struct schema *schema;

		if (!registry_load(&meta, registry, resource->dialect->uri,
				   err))
			return false;
		if (!meta)
			return schema_fault_set(registry, err, resource, NULL,
						"its metaschema is missing");
		if (!compile_entry(&schema, registry,
				   entry_find(registry, meta->root), err) ||
		    !metaschema_check(registry, schema, resource, err))
			return false;
	}
	return true;
}

static bool compile_uri(const struct schema **out,
			struct schema_registry *registry, str uri,
			struct error *err)
{
	struct schema_resource nowhere = {.uri = uri};
	struct entry *entry;

	return reference_find(&entry, registry, &nowhere, NULL, uri, err) &&
	       check_resources(registry, err) &&
	       compile_entry(out, registry, entry, err) &&
	       check_resources(registry, err);
}

bool schema_compile(const struct schema **out, struct schema_registry *registry,
		    str uri, struct error *err)
{
	const struct schema *schema;

	if (registry->failed.kind == ERROR_NONE &&
	    compile_uri(&schema, registry, uri, &registry->failed)) {
		*out = schema;
		return true;
	}
	*err = registry->failed;
	return false;
}

bool schema_compile_file(const struct schema **out,
			 struct schema_registry *registry, str uri,
			 const struct schema_file *file, struct error *err)
{
	struct schema_resource *resource;

	if (registry->failed.kind == ERROR_NONE &&
	    registry_take(&resource, registry, uri, file, &registry->failed))
		return schema_compile(out, registry, resource->uri, err);
	*err = registry->failed;
	return false;
}
