/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"

#include "base/nearest.h"

#define CORE VOCABULARY_CORE
#define APPLY VOCABULARY_APPLICATOR
#define UNEVALUATED VOCABULARY_UNEVALUATED
#define VALID VOCABULARY_VALIDATION
#define META VOCABULARY_META_DATA
#define CONTENT VOCABULARY_CONTENT
#define FORMATS                                          \
	((enum vocabulary)(VOCABULARY_FORMAT_ASSERTION | \
			   VOCABULARY_FORMAT_ANNOTATION))

/* Sorted by bytes. `definitions` and `dependencies` are of older drafts; the
 * metaschema still reserves them, and so they keep their meaning. */
static const struct keyword keywords[] = {
	{"$anchor", CORE, SHAPE_NONE, NULL},
	{"$comment", CORE, SHAPE_NONE, NULL},
	{"$defs", CORE, SHAPE_MAP, NULL},
	{"$dynamicAnchor", CORE, SHAPE_NONE, NULL},
	{"$dynamicRef", CORE, SHAPE_NONE, fill_dynamic_ref},
	{"$id", CORE, SHAPE_NONE, NULL},
	{"$ref", CORE, SHAPE_NONE, fill_ref},
	{"$schema", CORE, SHAPE_NONE, NULL},
	{"$vocabulary", CORE, SHAPE_NONE, NULL},
	{"additionalProperties", APPLY, SHAPE_SCHEMA, fill_additional},
	{"allOf", APPLY, SHAPE_LIST, fill_all_of},
	{"anyOf", APPLY, SHAPE_LIST, fill_any_of},
	{"const", VALID, SHAPE_NONE, fill_const},
	{"contains", APPLY, SHAPE_SCHEMA, fill_contains},
	{"contentEncoding", CONTENT, SHAPE_NONE, NULL},
	{"contentMediaType", CONTENT, SHAPE_NONE, NULL},
	{"contentSchema", CONTENT, SHAPE_SCHEMA, NULL},
	{"default", META, SHAPE_NONE, NULL},
	{"definitions", CORE, SHAPE_MAP, NULL},
	{"dependencies", APPLY, SHAPE_MIXED, fill_dependencies},
	{"dependentRequired", VALID, SHAPE_NONE, fill_dependent_required},
	{"dependentSchemas", APPLY, SHAPE_MAP, fill_dependent_schemas},
	{"deprecated", META, SHAPE_NONE, NULL},
	{"description", META, SHAPE_NONE, NULL},
	{"else", APPLY, SHAPE_SCHEMA, fill_else},
	{"enum", VALID, SHAPE_NONE, fill_enum},
	{"examples", META, SHAPE_NONE, NULL},
	{"exclusiveMaximum", VALID, SHAPE_NONE, fill_below},
	{"exclusiveMinimum", VALID, SHAPE_NONE, fill_above},
	{"format", FORMATS, SHAPE_NONE, fill_format},
	{"if", APPLY, SHAPE_SCHEMA, fill_if},
	{"items", APPLY, SHAPE_SCHEMA, fill_items},
	{"maxContains", VALID, SHAPE_NONE, fill_max_contains},
	{"maxItems", VALID, SHAPE_NONE, fill_max_items},
	{"maxLength", VALID, SHAPE_NONE, fill_max_length},
	{"maxProperties", VALID, SHAPE_NONE, fill_max_properties},
	{"maximum", VALID, SHAPE_NONE, fill_maximum},
	{"minContains", VALID, SHAPE_NONE, fill_min_contains},
	{"minItems", VALID, SHAPE_NONE, fill_min_items},
	{"minLength", VALID, SHAPE_NONE, fill_min_length},
	{"minProperties", VALID, SHAPE_NONE, fill_min_properties},
	{"minimum", VALID, SHAPE_NONE, fill_minimum},
	{"multipleOf", VALID, SHAPE_NONE, fill_multiple},
	{"not", APPLY, SHAPE_SCHEMA, fill_not},
	{"oneOf", APPLY, SHAPE_LIST, fill_one_of},
	{"pattern", VALID, SHAPE_NONE, fill_pattern},
	{"patternProperties", APPLY, SHAPE_MAP, fill_patterns},
	{"prefixItems", APPLY, SHAPE_LIST, fill_prefix},
	{"properties", APPLY, SHAPE_MAP, fill_properties},
	{"propertyNames", APPLY, SHAPE_SCHEMA, fill_names},
	{"readOnly", META, SHAPE_NONE, NULL},
	{"required", VALID, SHAPE_NONE, fill_required},
	{"then", APPLY, SHAPE_SCHEMA, fill_then},
	{"title", META, SHAPE_NONE, NULL},
	{"type", VALID, SHAPE_NONE, fill_type},
	{"unevaluatedItems", UNEVALUATED, SHAPE_SCHEMA, fill_unevaluated_items},
	{"unevaluatedProperties", UNEVALUATED, SHAPE_SCHEMA,
	 fill_unevaluated_properties},
	{"uniqueItems", VALID, SHAPE_NONE, fill_unique},
	{"writeOnly", META, SHAPE_NONE, NULL},
};

const struct keyword *keyword_find(str name)
{
	size_t from = 0;
	size_t to = ARRAY_SIZE(keywords);

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_compare(name, str_of(keywords[middle].name));

		if (order == 0)
			return &keywords[middle];
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

const struct keyword *keyword_nearest(str name)
{
	struct nearest nearest;

	nearest_start(&nearest, name);
	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		nearest_offer(&nearest, str_of(keywords[i].name));
	return nearest.count ? keyword_find(nearest.found[0]) : NULL;
}
