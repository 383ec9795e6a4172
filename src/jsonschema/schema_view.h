/*
 * schema_view - a compiled schema, open to readers.
 *
 * One struct for each subschema, references resolved to pointers, keywords in
 * groups by the kind of value they speak about; an absent group is NULL. What
 * the validator runs over is what CEL's type checker reads. All const, all
 * owned by the registry. The graph may be cyclic.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_SCHEMA_VIEW_H
#define JSONSCHEMA_SCHEMA_VIEW_H

#include "jsonschema/schema.h"
#include "jsonschema/schema_groups.h"

struct map;

enum schema_type {
	SCHEMA_NULL = 1,
	SCHEMA_BOOLEAN = 2,
	SCHEMA_INTEGER = 4,
	SCHEMA_NUMBER = 8, /* in a set always with SCHEMA_INTEGER */
	SCHEMA_STRING = 16,
	SCHEMA_ARRAY = 32,
	SCHEMA_OBJECT = 64,
	SCHEMA_ANY = 127,
};

struct schema_resource; /* one base URI */

struct schema {
	const struct node *node; /* as written */
	const struct schema_resource *resource;
	uint32_t number; /* from 0, for tables of yours */
	uint8_t types;	 /* set of enum schema_type */
	bool always;	 /* asserts nothing: `true`, {} */
	bool never;	 /* `false` */
	bool sensitive;	 /* x-sensitive: true */
	bool customs_below;
	bool sensitive_below;
	const struct node *constant;	/* const, or NULL */
	const struct node *choices;	/* the list of enum, or NULL */
	const struct map *choice_texts; /* of many choices: text -> node */
	size_t choice_nodes; /* in const and enum, for what comparing costs */
	const struct schema_numbers *numbers;
	const struct schema_strings *strings;
	const struct schema_arrays *arrays;
	const struct schema_objects *objects;
	const struct schema_logic *logic;
	const struct schema_custom *customs;
	size_t custom_count;
};

/* The property with this name, or NULL; only its own, no references. */
const struct schema_property *schema_property_find(const struct schema *schema,
						   str name);

/* The value of an x- keyword, or NULL; only its own. */
const struct node *schema_custom_find(const struct schema *schema,
				      const char *name);

/* Does it, by itself, refuse keys that are not declared? */
bool schema_is_closed(const struct schema *schema);

/* The URI of the resource, and of the file it stands in with its name and
 * text; the pointer from the resource's root to the schema. */
str schema_uri(const struct schema *schema);
const struct schema_file *schema_file_of(const struct schema *schema);
void schema_pointer(struct buf *out, const struct schema *schema);

#endif
