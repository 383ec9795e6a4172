/*
 * keyword - the table of keywords: which vocabulary, what shape, who fills.
 * For this room only.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_KEYWORD_H
#define JSONSCHEMA_KEYWORD_H

#include "jsonschema/registry.h"

/* Where subschemas stand in a keyword's value. */
enum keyword_shape {
	SHAPE_NONE,
	SHAPE_SCHEMA,
	SHAPE_LIST,
	SHAPE_MAP,
	SHAPE_MIXED, /* a map whose values are schemas or lists of names */
};

/* One subschema while it is filled; the groups are made when first used. */
struct filling {
	struct schema_registry *registry;
	struct schema_resource *resource;
	struct schema *schema;
	struct schema_numbers *numbers;
	struct schema_strings *strings;
	struct schema_arrays *arrays;
	struct schema_objects *objects;
	struct schema_logic *logic;
	struct map names; /* of properties: name -> struct schema_property */
	struct error *err;
};

typedef bool keyword_fill(struct filling *to, const struct node *value);

struct keyword {
	const char *name;
	enum vocabulary vocabulary;
	enum keyword_shape shape;
	keyword_fill *fill; /* NULL: an annotation, or read elsewhere */
};

/* The keyword with this name, or NULL. */
const struct keyword *keyword_find(str name);

/* The keyword nearest to a misspelt one, or NULL. */
const struct keyword *keyword_nearest(str name);

keyword_fill fill_ref, fill_dynamic_ref, fill_all_of, fill_any_of, fill_one_of,
	fill_not, fill_if, fill_then, fill_else, fill_type, fill_const,
	fill_enum, fill_minimum, fill_maximum, fill_above, fill_below,
	fill_multiple, fill_min_length, fill_max_length, fill_pattern,
	fill_format, fill_prefix, fill_items, fill_contains, fill_min_contains,
	fill_max_contains, fill_min_items, fill_max_items, fill_unique,
	fill_unevaluated_items, fill_properties, fill_required, fill_patterns,
	fill_additional, fill_names, fill_unevaluated_properties,
	fill_dependent_required, fill_dependent_schemas, fill_dependencies,
	fill_min_properties, fill_max_properties;

struct schema_numbers *numbers_of(struct filling *to);
struct schema_strings *strings_of(struct filling *to);
struct schema_arrays *arrays_of(struct filling *to);
struct schema_objects *objects_of(struct filling *to);
struct schema_logic *logic_of(struct filling *to);

/* The subschema at a node, queued if new. */
MUST_USE bool fill_schema(struct filling *to, const struct node *value,
			  const struct schema **out);
MUST_USE bool fill_list(struct filling *to, const struct node *value,
			struct schema_list *out);
MUST_USE bool fill_count(struct filling *to, const struct node *value,
			 size_t *out);
MUST_USE bool fill_need(struct filling *to, const struct node *value,
			enum node_kind kind, const char *words);
MUST_USE bool fill_regex(struct filling *to, const struct node *at,
			 const struct regex **out);

/* Makes or returns the compiled form of an entry and queues it. */
struct schema *schema_of_entry(struct schema_registry *registry,
			       struct entry *entry);

/* Builds the hashed table of properties. */
void objects_index(struct schema_registry *registry,
		   struct schema_objects *objects);

/* Calls `tell` with each direct subschema, references included. */
typedef void schema_child(void *context, const struct schema *child);
void schema_children(const struct schema *schema, schema_child *tell,
		     void *context);

/* Works out what needs the whole graph: flags below, discriminators. */
void schemas_link(struct schema_registry *registry);

#endif
