/*
 * schema_speed - how long one instance takes: a verdict, and a verdict with
 * its x- keywords. The best of several rounds, in microseconds.
 *
 *	schema_speed SCHEMA_FOLDER BASE_URI SCHEMA_URI INSTANCE.yaml...
 *
 * tests/bench/schema_speed.sh builds it and runs ajv beside it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <time.h>

#include "base/sys.h"
#include "jsonschema/problem.h"

enum { ROUNDS = 9, TIMES = 20000 };

struct folder {
	const char *path;
	str base;
	struct arena arena;
};

static double now(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static bool read_whole(str *out, struct arena *arena, const char *path)
{
	struct error err;
	struct buf bytes;
	bool done;

	buf_init(&bytes, 4 << 20);
	done = sys_read_file(&bytes, SYS_HERE, path, &err);
	if (done)
		*out = str_keep(arena, buf_str(&bytes));
	buf_done(&bytes);
	return done;
}

static bool find(struct schema_file *out, void *context, str uri,
		 struct error *err)
{
	struct folder *folder = context;
	char path[1024];

	(void)err;
	(void)snprintf(path, sizeof(path), "%s/" STR_FMT, folder->path,
		       STR_ARG(str_slice(uri, folder->base.len, uri.len)));
	if (read_whole(&out->text, &folder->arena, path))
		out->format = FORMAT_YAML;
	return true;
}

static void count(void *context, const struct schema *schema,
		  const struct schema_custom *custom,
		  const struct node *instance)
{
	(void)schema;
	(void)custom;
	(void)instance;
	++*(size_t *)context;
}

static int fail(const char *what, const char *why)
{
	(void)fprintf(stderr, "schema_speed: %s: %s\n", what, why);
	return 1;
}

static int measure(const char *path, const struct schema *schema,
		   const struct node *instance)
{
	struct validator *validator = validator_new(&limits_default);
	double plain = 1e9;
	double told = 1e9;
	struct error err;
	size_t customs = 0;
	bool valid = false;

	for (size_t i = 0; i < ROUNDS; i++) {
		double start = now();
		double middle;

		for (size_t j = 0; j < TIMES; j++)
			if (!schema_validate(&valid, validator, schema,
					     instance, &err))
				return fail(path, err.text);
		middle = now();
		customs = 0;
		for (size_t j = 0; j < TIMES; j++)
			if (!schema_annotations(&valid, validator, schema,
						instance, count, &customs,
						&err))
				return fail(path, err.text);
		if (middle - start < plain)
			plain = middle - start;
		if (now() - middle < told)
			told = now() - middle;
	}
	printf("abide %s: %s, %.3f us; with %zu x- keywords %.3f us\n", path,
	       valid ? "valid" : "invalid", plain / TIMES, customs / TIMES,
	       told / TIMES);
	validator_free(validator);
	return 0;
}

int main(int argc, char **argv)
{
	struct schema_options options = {.limits = &limits_default,
					 .formats = true};
	struct schema_registry *registry = schema_registry_new(&options);
	struct folder folder = {0};
	const struct schema *schema;
	struct error err;
	double start = now();
	int status = 0;

	if (argc < 5)
		return fail("usage", "FOLDER BASE SCHEMA INSTANCE...");
	folder.path = argv[1];
	folder.base = str_of(argv[2]);
	arena_init(&folder.arena);
	schema_registry_add(registry,
			    &(struct schema_source){.prefix = folder.base,
						    .find = find,
						    .context = &folder});
	if (!schema_compile(&schema, registry, str_of(argv[3]), &err))
		return fail(argv[3], err.text);
	printf("abide compile: %.0f us, with the metaschemas and their check\n",
	       now() - start);
	for (int i = 4; i < argc && status == 0; i++) {
		struct document document;
		str text;

		if (!read_whole(&text, &folder.arena, argv[i]) ||
		    !document_parse(&document, &folder.arena, text, FORMAT_YAML,
				    &limits_default, &err))
			return fail(argv[i], "cannot be read");
		status = measure(argv[i], schema, document.roots[0]);
	}
	schema_registry_free(registry);
	arena_done(&folder.arena);
	return status;
}
