/*
 * schema_groups - the keywords of a compiled schema, grouped by the kind of
 * value they speak about.
 *
 * Part of schema_view.h. Count 0 and NULL stand for a keyword that was not
 * written; a least size is then 0 and a greatest SIZE_MAX.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_SCHEMA_GROUPS_H
#define JSONSCHEMA_SCHEMA_GROUPS_H

#include "data/node.h"
#include "jsonschema/format.h"
#include "match/regex.h"

struct schema;

/* Several subschemas of one keyword. */
struct schema_list {
	const struct schema *const *at;
	size_t count;
};

struct schema_numbers {
	const struct node *minimum; /* NULL: none */
	const struct node *maximum;
	const struct node *above; /* exclusiveMinimum */
	const struct node *below; /* exclusiveMaximum */
	const struct node *multiple;
};

struct schema_strings {
	size_t min_length; /* code points */
	size_t max_length; /* SIZE_MAX: none */
	const struct regex *pattern;
	str pattern_text;
	enum schema_format format;
	bool format_asserted;
};

struct schema_arrays {
	struct schema_list prefix;
	const struct schema *items; /* behind the prefix */
	const struct schema *contains;
	size_t min_contains;
	size_t max_contains;
	size_t min_items;
	size_t max_items;
	const struct schema *unevaluated;
	bool unique;
};

/* A name of `properties` or `required`. */
struct schema_property {
	str name;
	const struct schema *schema; /* NULL: only required */
	uint32_t hash;
	bool required;
};

struct schema_pattern {
	str text;
	const struct regex *regex;
	const struct schema *schema;
};

struct schema_dependent {
	str name;
	uint32_t hash;
	const struct node *required; /* a list of names, or NULL */
	const struct schema *schema; /* or NULL */
};

struct schema_objects {
	const struct schema_property *properties; /* as written */
	size_t count;
	size_t required; /* how many of them */
	const struct schema_pattern *patterns;
	size_t pattern_count;
	const struct schema *additional;
	const struct schema *names;
	const struct schema *unevaluated;
	const struct schema_dependent *dependents;
	size_t dependent_count;
	size_t min_properties;
	size_t max_properties;
	const uint32_t *slots; /* place of a property + 1, by hash & mask */
	uint32_t mask;
};

/* Alternatives; when each fixes the text of one property, which. */
struct schema_branches {
	struct schema_list list;
	str discriminator; /* absent: there is none */
	uint32_t hash;
	const struct node *const *values; /* const or enum of each branch */
	size_t cost;			  /* steps that comparing them takes */
};

/* What applies to the same value. */
struct schema_logic {
	const struct schema *ref;
	const struct schema *dynamic_ref; /* where it starts */
	str dynamic_name;		  /* absent: as a plain ref */
	struct schema_list all;
	struct schema_branches any;
	struct schema_branches one;
	const struct schema *not_;
	const struct schema *if_;
	const struct schema *then_;
	const struct schema *else_;
};

/* A keyword that starts with x-. */
struct schema_custom {
	str name;
	const struct node *value;
};

#endif
