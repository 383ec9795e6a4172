/*
 * schema - JSON Schema 2020-12: a registry of schemas, compiled to const trees.
 *
 *	struct schema_registry *registry = schema_registry_new(&options);
 *
 *	schema_registry_add(registry, &(struct schema_source){
 *		.prefix = STR("https://example.org/schema/"),
 *		.find = find_in_folder, .context = folder });
 *	if (!schema_compile(&schema, registry, uri, &err))
 *		fault = schema_registry_fault(registry); // which file
 *
 * A reference is resolved among what the sources hand out and nowhere else:
 * nothing here can open a file or a connection. The metaschemas of 2020-12 are
 * built in and cannot be redefined. Compiled schemas are const, belong to the
 * registry and may be shared by threads; compiling may not run beside them.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_SCHEMA_H
#define JSONSCHEMA_SCHEMA_H

#include "base/error.h"
#include "base/limits.h"
#include "data/document.h"

struct schema;
struct schema_registry;

/* A schema file as a source hands it out. Either `root`, or `text` and
 * `format` to be read here. All must outlive the registry. */
struct schema_file {
	str name; /* as messages say it: a path */
	str text;
	enum format format;
	const struct node *root;
};

struct schema_source {
	str prefix; /* of the URIs it answers for */
	/* Fills *out, or leaves it zeroed: nothing has this URI. False: *err.
	 */
	bool (*find)(struct schema_file *out, void *context, str uri,
		     struct error *err);
	void *context;
	/* Was proven to satisfy its metaschema, as our own files are by a
	 * test; it is not checked again at each start. */
	bool proven;
};

struct schema_options {
	const struct limits *limits;
	/* Is `format` an assertion? Else it is one only in dialects with the
	 * format-assertion vocabulary. */
	bool formats;
	/* Are keywords and formats that nobody defines an error, except
	 * keywords that start with x-? */
	bool known_only;
};

/* Makes a registry that knows the metaschemas; yours to free. */
struct schema_registry *schema_registry_new(
	const struct schema_options *options);
void schema_registry_free(struct schema_registry *registry);

/* Adds a source; the longest prefix that fits a URI is asked first. */
void schema_registry_add(struct schema_registry *registry,
			 const struct schema_source *source);

/* Compiles what a URI names (a fragment is allowed) and all it refers to.
 * ERROR_CONFIG or ERROR_LIMIT with a place in schema_registry_fault's file.
 * After an error the registry only repeats it. */
MUST_USE bool schema_compile(const struct schema **out,
			     struct schema_registry *registry, str uri,
			     struct error *err);

/* The same for a schema at hand, whose URI is `uri` unless it says `$id`. */
MUST_USE bool schema_compile_file(const struct schema **out,
				  struct schema_registry *registry, str uri,
				  const struct schema_file *file,
				  struct error *err);

/* The file and URI that the last error is about; NULL when about none. */
struct schema_fault {
	str uri;
	struct schema_file file;
};
const struct schema_fault *schema_registry_fault(
	const struct schema_registry *registry);

#endif
