/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/schema_promise.h"

#include "policy/schema_set.h"

static bool is_bare_value(const struct schema *schema)
{
	return (schema->constant || schema->choices) && !schema->logic &&
	       !schema->strings && !schema->objects && !schema->arrays &&
	       !schema->numbers;
}

/* The one field that a condition asks about, or NULL. */
static const struct schema_property *condition_of(const struct schema *if_)
{
	const struct schema_objects *objects = if_->objects;
	const struct schema_property *property;

	if (!objects || objects->count != 1 || if_->logic || if_->constant ||
	    if_->choices || !(if_->types & SCHEMA_OBJECT) ||
	    objects->pattern_count || objects->additional || objects->names ||
	    objects->unevaluated || objects->dependent_count ||
	    objects->min_properties || objects->max_properties != SIZE_MAX)
		return NULL;
	property = &objects->properties[0];
	return property->schema && is_bare_value(property->schema) ? property
								   : NULL;
}

/* The values of a condition; false: not all are texts, nor is it `true`. */
static bool condition_values(struct cel_promise *promise, struct arena *arena,
			     const struct schema *schema)
{
	const struct node *constant = schema->constant;
	const struct node *choices = schema->choices;
	str *values;

	if (constant && choices)
		return false;
	if (constant && constant->kind == NODE_BOOL)
		return constant->as.boolean;
	values = arena_array(arena, str, choices ? choices->count : 1);
	if (constant) {
		values[0] = constant->text;
		promise->value_count = 1;
	}
	for (uint32_t i = 0; choices && i < choices->count; i++) {
		if (choices->as.children[i].kind != NODE_STRING)
			return false;
		values[promise->value_count++] = choices->as.children[i].text;
	}
	promise->values = values;
	return choices ? choices->count > 0 : constant->kind == NODE_STRING;
}

static void required_by(struct cel_promise *promise, struct arena *arena,
			const struct schema *then)
{
	struct schema_set set = {0};
	VEC(str) names = {0};

	schema_set_add(&set, then);
	for (size_t i = 0; i < set.at.count; i++) {
		const struct schema_objects *objects = set.at.at[i]->objects;

		for (size_t k = 0; objects && k < objects->count; k++)
			if (objects->properties[k].required)
				*vec_push(&names) = objects->properties[k].name;
	}
	promise->present = vec_keep(&names, arena);
	promise->present_count = names.count;
	vec_done(&names);
	schema_set_done(&set);
}

bool schema_promise(struct cel_promise *out, struct arena *arena,
		    const struct schema *schema)
{
	const struct schema_property *condition;
	struct cel_promise promise = {0};

	if (!schema->logic || !schema->logic->if_ || !schema->logic->then_)
		return false;
	condition = condition_of(schema->logic->if_);
	if (!condition || !condition_values(&promise, arena, condition->schema))
		return false;
	promise.field = condition->name;
	required_by(&promise, arena, schema->logic->then_);
	*out = promise;
	return promise.present_count > 0;
}
