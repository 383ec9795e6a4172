/* schema_fixture - schemas and instances from YAML text, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SCHEMA_FIXTURE_H
#define TESTS_SCHEMA_FIXTURE_H

#include "jsonschema/problem.h"

#define FIXTURE_URI "https://example.test/schema"

/* A few files that a fixture's registry can be asked for. */
struct fixture_file {
	const char *uri;
	const char *text;
};

struct fixture {
	struct arena arena;
	struct schema_registry *registry;
	struct validator *validator;
	const struct fixture_file *files; /* ends with a NULL uri */
	const struct schema *schema;
	const struct node *instance;
	struct error err;
};

static inline bool fixture_find(struct schema_file *out, void *context, str uri,
				struct error *err)
{
	const struct fixture *fixture = context;

	(void)err;
	for (const struct fixture_file *file = fixture->files;
	     file && file->uri; file++)
		if (str_is(uri, file->uri))
			*out = (struct schema_file){.name = uri,
						    .text = str_of(file->text),
						    .format = FORMAT_YAML};
	return true;
}

static inline void fixture_init(struct fixture *fixture,
				const struct schema_options *options)
{
	memset(fixture, 0, sizeof(*fixture));
	arena_init(&fixture->arena);
	fixture->registry = schema_registry_new(options);
	fixture->validator = validator_new(options->limits);
	schema_registry_add(
		fixture->registry,
		&(struct schema_source){.prefix = STR("https://example.test/"),
					.find = fixture_find,
					.context = fixture});
}

static inline void fixture_done(struct fixture *fixture)
{
	validator_free(fixture->validator);
	schema_registry_free(fixture->registry);
	arena_done(&fixture->arena);
}

static inline MUST_USE bool fixture_compile(struct fixture *fixture,
					    const char *text)
{
	struct schema_file file = {.name = STR("test.yaml"),
				   .text = str_of(text),
				   .format = FORMAT_YAML};

	return schema_compile_file(&fixture->schema, fixture->registry,
				   STR(FIXTURE_URI), &file, &fixture->err);
}

static inline MUST_USE bool fixture_read(struct fixture *fixture,
					 const char *text)
{
	struct document document;

	if (!document_parse(&document, &fixture->arena, str_of(text),
			    FORMAT_YAML, &limits_default, &fixture->err))
		return false;
	fixture->instance = document.roots[0];
	return true;
}

static inline MUST_USE bool fixture_validate(struct fixture *fixture,
					     bool *valid)
{
	return schema_validate(valid, fixture->validator, fixture->schema,
			       fixture->instance, &fixture->err);
}

#endif
