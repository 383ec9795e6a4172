/*
 * schema_type - CEL's types of records, made from their JSON Schemas.
 *
 *	schema_types_init(&types, arena, &cel_period_type, limits);
 *	schema_type_kinds(&records, &types, kinds, &err)
 *
 * What applies to one value is put together first: references, allOf, one
 * branch of each anyOf and oneOf. integer is int, number is double, an array a
 * list, formats date and date-time a timestamp, duration a period, strings of
 * an enum carry their texts, and x-ref the kind it names. An object without
 * properties is a map. Branches of objects become one object: a field is
 * required when all require it, and may be what any of them says. Fields of
 * `then`, `else` and dependents may be there; what `if` promises is kept.
 *
 * Types lie in the arena; schemas and documents must outlive them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_SCHEMA_TYPE_H
#define POLICY_SCHEMA_TYPE_H

#include "base/map.h"
#include "cel/object.h"
#include "jsonschema/schema_view.h"
#include "policy/kinds.h"

struct schema_types {
	struct arena *arena;
	const struct cel_type *period; /* NULL: durations stay strings */
	const struct limits *limits;
	struct map made;  /* what has a type already */
	struct map named; /* names of objects */
	size_t depth;
	size_t count; /* of what was made */
};

void schema_types_init(struct schema_types *types, struct arena *arena,
		       const struct cel_type *period,
		       const struct limits *limits);
void schema_types_done(struct schema_types *types);

/* The type of what a schema describes; an object is called `name` (and parts
 * of it name.field) unless it has a name under $defs. ERROR_LIMIT
 * (json_depth) for a schema that nests too deep, has too many branches, or
 * combines its parts in too many ways. */
MUST_USE bool schema_type(const struct cel_type **out,
			  struct schema_types *types,
			  const struct schema *schema, str name,
			  struct error *err);

/* An object `records` with a list of records for each kind. */
MUST_USE bool schema_type_records(const struct cel_type **out,
				  struct schema_types *types,
				  const struct kind_set *kinds,
				  struct error *err);

#endif
