/*
 * json_schema - runs the official suite of JSON Schema 2020-12.
 *
 * argv[1] is the folder of suites. Tests that fail must be listed in
 * tests/conformance/json-schema.known, as "FILE#CASE/TEST"; a listed test that
 * passes, or does not exist, is a fault too, so that the list only shrinks.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/mem.h"
#include "base/sys.h"
#include "base/vec.h"
#include "data/document.h"
#include "jsonschema/validate.h"

#define REMOTES "http://localhost:1234/"
#define KNOWN "tests/conformance/json-schema.known"

struct known {
	str id;
	bool failed;
};

struct suite {
	const char *folder;
	struct arena arena;
	struct validator *validator;
	VEC(struct known) known;
	size_t faults;
	size_t passed;
	size_t count;
	bool verbose;
};

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

/* The suite's remote schemas, by URI. */
static bool find_remote(struct schema_file *out, void *context, str uri,
			struct error *err)
{
	struct suite *suite = context;
	char path[1024];

	(void)err;
	(void)snprintf(path, sizeof(path), "%s/remotes/" STR_FMT, suite->folder,
		       STR_ARG(str_slice(uri, sizeof(REMOTES) - 1, uri.len)));
	if (!read_whole(&out->text, &suite->arena, path))
		return true;
	out->name = uri;
	out->format = FORMAT_JSON;
	return true;
}

static void judge(struct suite *suite, const char *file, size_t i, size_t j,
		  bool passed, str why)
{
	char id[600];
	struct known *known = NULL;

	(void)snprintf(id, sizeof(id), "%s#%zu/%zu", file, i, j);
	for (size_t k = 0; k < suite->known.count; k++)
		if (str_is(suite->known.at[k].id, id))
			known = &suite->known.at[k];
	suite->count++;
	suite->passed += passed;
	if (known)
		known->failed = !passed;
	if (passed || known)
		return;
	suite->faults++;
	printf("json-schema: %s fails: " STR_FMT "\n", id, STR_ARG(why));
}

static void run_case(struct suite *suite, const char *file, size_t i,
		     const struct node *given, bool formats)
{
	struct schema_options options = {.limits = &limits_default,
					 .formats = formats};
	struct schema_registry *registry = schema_registry_new(&options);
	const struct node *tests = node_find(given, STR("tests"));
	const struct schema *schema = NULL;
	struct schema_file root = {.name = STR("schema"),
				   .root = node_find(given, STR("schema"))};
	struct error err;
	bool compiled;

	schema_registry_add(registry,
			    &(struct schema_source){.prefix = STR(REMOTES),
						    .find = find_remote,
						    .context = suite});
	compiled = schema_compile_file(&schema, registry, STR("test:schema"),
				       &root, &err);
	for (size_t j = 0; j < tests->count; j++) {
		const struct node *test = &tests->as.children[j];
		bool wanted = node_find(test, STR("valid"))->as.boolean;
		bool valid = false;
		bool passed =
			compiled &&
			schema_validate(&valid, suite->validator, schema,
					node_find(test, STR("data")), &err);

		judge(suite, file, i, j, passed && valid == wanted,
		      passed ? node_text(test, STR("description"))
			     : str_of(err.text));
	}
	schema_registry_free(registry);
}

static void run_file(struct suite *suite, const char *folder, str name,
		     bool formats)
{
	struct document document;
	struct arena arena;
	struct error err;
	char path[1024];
	char file[512];
	str text;

	(void)snprintf(file, sizeof(file), "%s" STR_FMT, folder, STR_ARG(name));
	(void)snprintf(path, sizeof(path), "%s/tests/draft2020-12/%s",
		       suite->folder, file);
	arena_init(&arena);
	if (!read_whole(&text, &arena, path) ||
	    !document_parse(&document, &arena, text, FORMAT_JSON,
			    &limits_default, &err)) {
		printf("json-schema: %s cannot be read\n", path);
		suite->faults++;
	} else {
		for (size_t i = 0; i < document.roots[0]->count; i++)
			run_case(suite, file, i,
				 &document.roots[0]->as.children[i], formats);
	}
	arena_done(&arena);
}

static void run_folder(struct suite *suite, const char *title,
		       const char *folder, bool formats)
{
	struct error err;
	char path[1024];
	size_t count = 0;
	str *names;

	suite->passed = suite->count = 0;
	(void)snprintf(path, sizeof(path), "%s/tests/draft2020-12/%s",
		       suite->folder, folder);
	if (!sys_list(&names, &count, SYS_HERE, path, &suite->arena, &err)) {
		printf("json-schema: %s\n", err.text);
		suite->faults++;
	}
	for (size_t i = 0; i < count; i++)
		if (str_ends(names[i], STR(".json")))
			run_file(suite, folder, names[i], formats);
	suite->faults += suite->count == 0;
	printf("json-schema: %s %zu/%zu\n", title, suite->passed, suite->count);
}

static void read_known(struct suite *suite)
{
	str rest;

	if (!read_whole(&rest, &suite->arena, KNOWN))
		return;
	while (rest.len > 0) {
		str line = str_trim(str_cut(&rest, '\n'));

		if (line.len > 0 && !str_starts(line, STR("//")))
			vec_push(&suite->known)->id =
				str_trim(str_cut(&line, ' '));
	}
}

int main(int argc, char **argv)
{
	static struct suite suite;
	char folder[512];

	(void)snprintf(folder, sizeof(folder), "%s/json-schema",
		       argc > 1 ? argv[1] : "");
	if (sys_kind_of(SYS_HERE, folder) != SYS_DIRECTORY) {
		printf("json-schema: skipped (suite not found)\n");
		return 0;
	}
	suite.folder = folder;
	arena_init(&suite.arena);
	suite.validator = validator_new(&limits_default);
	read_known(&suite);
	run_folder(&suite, "required", "", false);
	run_folder(&suite, "optional", "optional/", false);
	run_folder(&suite, "format", "optional/format/", true);
	for (size_t i = 0; i < suite.known.count; i++) {
		if (suite.known.at[i].failed)
			continue;
		suite.faults++;
		printf("json-schema: " STR_FMT " is listed and does not fail\n",
		       STR_ARG(suite.known.at[i].id));
	}
	validator_free(suite.validator);
	vec_done(&suite.known);
	arena_done(&suite.arena);
	return suite.faults > 0;
}
