/* schema_set - the schemas that apply to one value; for schema_type.c only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_SCHEMA_SET_H
#define POLICY_SCHEMA_SET_H

#include "base/vec.h"
#include "jsonschema/schema_view.h"

enum {
	SET_ALTERNATIVES = 64, /* ways to satisfy anyOf and oneOf together */
	SET_GROUPS = 64,       /* anyOf and oneOf of one value */
};

/* Schemas that all hold for one value. Those that say nothing by themselves
 * (a reference, a title) are left out. */
struct schema_set {
	VEC(const struct schema *) at;
	VEC(const struct schema *) perhaps; /* then, else, dependents */
	VEC(const struct schema_branches *) groups;
	VEC(const struct schema *) seen;
	size_t taken; /* groups of which a branch was added */
};

void schema_set_done(struct schema_set *set);

/* Adds a schema with all that it refers to. */
void schema_set_add(struct schema_set *set, const struct schema *schema);

/* The ways to satisfy a set, each with one branch of every group. */
struct schema_ways {
	VEC(struct schema_set) at;
};

void schema_ways_done(struct schema_ways *ways);

/* Adds an empty set. */
struct schema_set *schema_ways_new(struct schema_ways *ways);

/* Adds the ways of a set; false: there are too many. Takes what is in `set`. */
MUST_USE bool schema_ways_of(struct schema_ways *ways, struct schema_set *set);

/* The kinds of value a set allows, as enum schema_type. */
unsigned schema_set_types(const struct schema_set *set);

/* A text that is the same for the same schemas. */
str schema_set_key(struct arena *arena, const struct schema_set *set);

#endif
