/* Keywords of any value, of numbers and of strings (validation, 6.1 to 6.3). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"
#include "jsonschema/number.h"

enum { CHOICES_LISTED = 8 }; /* more are looked up by hash */

static const struct {
	const char *name;
	enum schema_type type;
} type_names[] = {
	{"null", SCHEMA_NULL},	     {"boolean", SCHEMA_BOOLEAN},
	{"integer", SCHEMA_INTEGER}, {"number", SCHEMA_NUMBER},
	{"string", SCHEMA_STRING},   {"array", SCHEMA_ARRAY},
	{"object", SCHEMA_OBJECT},
};

static bool add_type(struct filling *to, const struct node *value,
		     unsigned *types)
{
	for (size_t i = 0; i < ARRAY_SIZE(type_names); i++) {
		if (value->kind != NODE_STRING ||
		    !str_is(value->text, type_names[i].name))
			continue;
		*types |= (unsigned)type_names[i].type;
		if (type_names[i].type == SCHEMA_NUMBER)
			*types |= SCHEMA_INTEGER;
		return true;
	}
	return schema_fault_set(to->registry, to->err, to->resource, value,
				"a type is one of null, boolean, integer, "
				"number, string, array, object");
}

bool fill_type(struct filling *to, const struct node *value)
{
	unsigned types = 0;

	if (value->kind != NODE_LIST) {
		if (!add_type(to, value, &types))
			return false;
	} else {
		for (size_t i = 0; i < value->count; i++)
			if (!add_type(to, &value->as.children[i], &types))
				return false;
	}
	to->schema->types = (uint8_t)types;
	return true;
}

/* Aliases count as often as they stand; the parser bounds the sum. */
static size_t count_nodes(const struct node *node, size_t depth)
{
	size_t count = 1;

	if (depth > 0 && (node->kind == NODE_LIST || node->kind == NODE_MAP))
		for (size_t i = 0; i < node->count; i++)
			count += count_nodes(&node->as.children[i], depth - 1);
	return count;
}

bool fill_const(struct filling *to, const struct node *value)
{
	to->schema->constant = value;
	to->schema->choice_nodes +=
		count_nodes(value, to->registry->limits.json_depth);
	return true;
}

bool fill_enum(struct filling *to, const struct node *value)
{
	struct map *texts;

	if (!fill_need(to, value, NODE_LIST, "a list of values"))
		return false;
	to->schema->choices = value;
	to->schema->choice_nodes +=
		count_nodes(value, to->registry->limits.json_depth);
	if (value->count <= CHOICES_LISTED)
		return true;
	for (size_t i = 0; i < value->count; i++)
		if (value->as.children[i].kind != NODE_STRING)
			return true;
	texts = arena_new(&to->registry->arena, struct map);
	map_init(texts);
	*vec_push(&to->registry->maps) = texts;
	for (size_t i = 0; i < value->count; i++)
		(void)map_put(texts, value->as.children[i].text,
			      &value->as.children[i]);
	to->schema->choice_texts = texts;
	return true;
}

static bool fill_number(struct filling *to, const struct node *value,
			const struct node **out)
{
	struct decimal decimal;

	if (!node_is_number(value) || !decimal_of(&decimal, value) ||
	    decimal.nan || decimal.infinite)
		return fill_need(to, value, NODE_NULL, "a number");
	*out = value;
	return true;
}

bool fill_minimum(struct filling *to, const struct node *value)
{
	return fill_number(to, value, &numbers_of(to)->minimum);
}

bool fill_maximum(struct filling *to, const struct node *value)
{
	return fill_number(to, value, &numbers_of(to)->maximum);
}

bool fill_above(struct filling *to, const struct node *value)
{
	return fill_number(to, value, &numbers_of(to)->above);
}

bool fill_below(struct filling *to, const struct node *value)
{
	return fill_number(to, value, &numbers_of(to)->below);
}

bool fill_multiple(struct filling *to, const struct node *value)
{
	struct decimal decimal;

	if (!fill_number(to, value, &numbers_of(to)->multiple))
		return false;
	if (!decimal_of(&decimal, value) || decimal.digits == 0 ||
	    decimal.negative)
		return fill_need(to, value, NODE_NULL, "a number above 0");
	if (decimal.digits > DECIMAL_DIVISOR_DIGITS)
		return schema_fault_set(to->registry, to->err, to->resource,
					value,
					"multipleOf has more than %d "
					"significant digits",
					DECIMAL_DIVISOR_DIGITS);
	return true;
}

bool fill_min_length(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &strings_of(to)->min_length);
}

bool fill_max_length(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &strings_of(to)->max_length);
}

bool fill_pattern(struct filling *to, const struct node *value)
{
	if (!fill_need(to, value, NODE_STRING, "a regular expression"))
		return false;
	strings_of(to)->pattern_text = value->text;
	return fill_regex(to, value, &strings_of(to)->pattern);
}

bool fill_format(struct filling *to, const struct node *value)
{
	struct schema_strings *strings = strings_of(to);

	if (!fill_need(to, value, NODE_STRING, "the name of a format"))
		return false;
	strings->format = schema_format_find(value->text);
	if (strings->format == SCHEMA_FORMAT_NONE && to->registry->known_only)
		return schema_fault_set(to->registry, to->err, to->resource,
					value, "no format is named " STR_FMT,
					STR_ARG(value->text));
	strings->format_asserted =
		to->registry->formats || (to->resource->dialect->vocabularies &
					  VOCABULARY_FORMAT_ASSERTION);
	return true;
}
