/*
 * registry - what the compiler of this room works on; for this room only.
 *
 * A file is read and framed: each subschema in it gets an entry that says to
 * which resource (base URI) it belongs. References name entries; an entry that
 * is asked for is queued, and the queue is drained one subschema at a time, so
 * that no chain of references can deepen the stack.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_REGISTRY_H
#define JSONSCHEMA_REGISTRY_H

#include "base/map.h"
#include "base/vec.h"
#include "jsonschema/schema_view.h"

enum vocabulary {
	VOCABULARY_CORE = 1,
	VOCABULARY_APPLICATOR = 2,
	VOCABULARY_UNEVALUATED = 4,
	VOCABULARY_VALIDATION = 8,
	VOCABULARY_META_DATA = 16,
	VOCABULARY_FORMAT_ANNOTATION = 32,
	VOCABULARY_FORMAT_ASSERTION = 64,
	VOCABULARY_CONTENT = 128,
	VOCABULARY_STANDARD = 255 - VOCABULARY_FORMAT_ASSERTION,
};

/* A metaschema: what keywords a schema that names it may use. */
struct dialect {
	str uri;
	unsigned vocabularies;
};

struct dynamic_anchor {
	str name;
	const struct node *node;
	const struct schema *schema; /* NULL until a $dynamicRef exists */
};

struct schema_resource {
	str uri; /* absolute, no fragment */
	const struct node *root;
	const struct schema_fault *file;
	const struct dialect *dialect;
	struct map anchors; /* plain and dynamic: name -> node */
	VEC(struct dynamic_anchor) dynamic;
};

/* A subschema that was found. */
struct entry {
	const struct node *node;
	struct schema_resource *resource;
	struct schema *schema; /* NULL until it is asked for */
};

struct schema_registry {
	struct arena arena;
	struct limits limits;
	bool formats;
	bool known_only;
	VEC(struct schema_source) sources;
	struct map resources; /* URI -> struct schema_resource */
	struct map entries;   /* bytes of a node pointer -> struct entry */
	struct map dialects;  /* URI -> struct dialect */
	VEC(struct schema_resource *) all_resources;
	VEC(struct schema_resource *) unchecked; /* against metaschemas */
	VEC(struct regex *) regexes;
	VEC(struct map *) maps;
	VEC(struct schema *) schemas;
	VEC(struct schema_logic *) logics; /* not yet linked */
	size_t compiled; /* schemas[0 .. compiled) are filled */
	size_t linked;
	unsigned nesting;  /* metaschemas of metaschemas */
	bool dynamic_refs; /* has any schema a $dynamicRef? */
	struct error failed;
	const struct schema_fault *fault;
};

extern const struct schema_source metaschema_source;
#define METASCHEMA_PREFIX "https://json-schema.org/draft/2020-12/"

/* The resource with this URI (no fragment), loaded if need be; NULL and no
 * error when no source has it. False: *err. */
MUST_USE bool registry_load(struct schema_resource **out,
			    struct schema_registry *registry, str uri,
			    struct error *err);

/* The resource of a file at hand. */
MUST_USE bool registry_take(struct schema_resource **out,
			    struct schema_registry *registry, str uri,
			    const struct schema_file *given, struct error *err);

/* Judges a resource by its compiled metaschema. */
MUST_USE bool metaschema_check(struct schema_registry *registry,
			       const struct schema *metaschema,
			       const struct schema_resource *resource,
			       struct error *err);

/* The entry that `reference` names, written at `at` in `from`. */
MUST_USE bool reference_find(struct entry **out,
			     struct schema_registry *registry,
			     struct schema_resource *from,
			     const struct node *at, str reference,
			     struct error *err);

/* Sets an error about a place in a schema file, and returns false. */
PRINTF_LIKE(5, 6)
bool schema_fault_set(struct schema_registry *registry, struct error *err,
		      const struct schema_resource *resource,
		      const struct node *at, const char *fmt, ...);

#endif
