/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/embedded.h"
#include "tests/unit/schema_fixture.h"

#define META "https://json-schema.org/draft/2020-12/"

static const struct schema_options options = {.limits = &limits_default,
					      .formats = true};

static void schemas_that_cannot_be_used_are_errors(void **state)
{
	static const struct {
		const char *schema;
		const char *says;
		uint32_t start; /* of the place */
	} rows[] = {
		{"{type: strin}", "no valid schema", 7},
		{"{$ref: '#/nowhere'}", "names nothing", 7},
		{"{$ref: '#nowhere'}", "no such anchor", 7},
		{"{$ref: 'https://example.test/x'}", "no schema has", 7},
		{"{$ref: 'file:///etc/passwd'}", "no schema has", 7},
		{"{$ref: '../../../etc/passwd'}", "no schema has", 7},
		{"{$ref: '#/title', title: x}", "no schema stands", 7},
		{"{$id: '" META "schema'}", "belongs to JSON Schema", 6},
		{"{$defs: {a: {$id: '" META "meta/core'}}}",
		 "belongs to JSON Schema", 18},
		{"{$defs: {a: {$id: x}, b: {$id: x}}}", "another schema", 31},
		{"{$defs: {a: {$anchor: x}, b: {$anchor: x}}}", "second anchor",
		 39},
		{"{$id: 'a#b'}", "has a fragment", 6},
		{"{$schema: 'http://json-schema.org/draft-07/schema#'}",
		 "is not known", 10},
		{"{pattern: '(a'}", "", 10},
		{"{multipleOf: 0}", "", 13},
		{"{multipleOf: 1.0000000000000000001}", "significant digits",
		 13},
		{"{required: [a, a]}", "", 0},
		{"{minLength: -1}", "", 12},
		{"{properties: [a]}", "", 0},
		{"{properties: {a: 3}}", "", 17},
		{"{allOf: []}", "", 8},
		{"[1]", "", 0},
		{"{x-sensitive: 1}", "true or false", 14},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fixture fixture;

		fixture_init(&fixture, &options);
		if (fixture_compile(&fixture, rows[i].schema))
			fail_msg("compiled: %s", rows[i].schema);
		assert_int_equal(fixture.err.kind, ERROR_CONFIG);
		if (!strstr(fixture.err.text, rows[i].says))
			fail_msg("%s: %s", rows[i].schema, fixture.err.text);
		assert_true(fixture.err.placed);
		if (rows[i].start)
			assert_int_equal(fixture.err.at.start, rows[i].start);
		assert_non_null(schema_registry_fault(fixture.registry));
		fixture_done(&fixture);
	}
}

static void an_error_is_repeated_not_forgotten(void **state)
{
	struct fixture fixture;
	const struct schema *schema;

	(void)state;
	fixture_init(&fixture, &options);
	assert_false(fixture_compile(&fixture, "{$ref: x}"));
	assert_false(schema_compile(&schema, fixture.registry,
				    STR(META "schema"), &fixture.err));
	assert_non_null(strstr(fixture.err.text, "leads nowhere"));
	fixture_done(&fixture);
}

static void an_error_names_the_file_it_is_in(void **state)
{
	static const struct fixture_file files[] = {
		{"https://example.test/a", "{$ref: b}"},
		{"https://example.test/b", "{items: 3}"},
		{NULL, NULL},
	};
	const struct schema_fault *fault;
	const struct schema *schema;
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, &options);
	fixture.files = files;
	assert_false(schema_compile(&schema, fixture.registry,
				    STR("https://example.test/a"),
				    &fixture.err));
	fault = schema_registry_fault(fixture.registry);
	assert_true(str_is(fault->uri, "https://example.test/b"));
	assert_true(str_is(fault->file.text, "{items: 3}"));
	fixture_done(&fixture);
}

static void required_vocabularies_must_be_known(void **state)
{
	static const struct fixture_file files[] = {
		{"https://example.test/strange",
		 "{$vocabulary: {'https://example.test/v': true}}"},
		{"https://example.test/mild",
		 "{$vocabulary: {'https://example.test/v': false}}"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, &options);
	fixture.files = files;
	assert_true(fixture_compile(&fixture, "{$schema: 'https://example.test/"
					      "mild'}"));
	fixture_done(&fixture);

	fixture_init(&fixture, &options);
	fixture.files = files;
	assert_false(fixture_compile(
		&fixture, "{$schema: 'https://example.test/strange'}"));
	assert_non_null(strstr(fixture.err.text, "is required and not known"));
	fixture_done(&fixture);
}

static void metaschemas_that_describe_each_other_end(void **state)
{
	static const struct fixture_file files[] = {
		{"https://example.test/a",
		 "{$schema: 'https://example.test/b'}"},
		{"https://example.test/b",
		 "{$schema: 'https://example.test/c'}"},
		{"https://example.test/c",
		 "{$schema: 'https://example.test/a'}"},
		{NULL, NULL},
	};
	const struct schema *schema;
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, &options);
	fixture.files = files;
	if (!schema_compile(&schema, fixture.registry,
			    STR("https://example.test/a"), &fixture.err))
		assert_non_null(strstr(fixture.err.text, "metaschema"));
	fixture_done(&fixture);
}

static void unknown_keywords_are_errors_when_asked(void **state)
{
	struct schema_options strict = options;
	struct fixture fixture;

	(void)state;
	strict.known_only = true;
	fixture_init(&fixture, &strict);
	assert_true(fixture_compile(&fixture, "{x-ref: control}"));
	fixture_done(&fixture);

	fixture_init(&fixture, &strict);
	assert_false(fixture_compile(&fixture, "{requred: [a]}"));
	assert_non_null(strstr(fixture.err.text, "did you mean required"));
	fixture_done(&fixture);

	fixture_init(&fixture, &strict);
	assert_false(fixture_compile(&fixture, "{format: dat}"));
	assert_non_null(strstr(fixture.err.text, "no format is named dat"));
	fixture_done(&fixture);
}

static void the_view_shows_what_was_written(void **state)
{
	struct fixture fixture;
	const struct schema_property *property;
	const struct schema *schema;

	(void)state;
	fixture_init(&fixture, &options);
	assert_true(fixture_compile(
		&fixture,
		"{type: object, required: [id, other], properties: {id: {type: "
		"string, format: date}, owner: {$ref: '#/$defs/role', x-ref: "
		"role}}, additionalProperties: false, $defs: {role: {enum: [a, "
		"b]}}}"));
	schema = fixture.schema;
	assert_int_equal(schema->types, SCHEMA_OBJECT);
	assert_true(schema_is_closed(schema));
	assert_int_equal(schema->objects->count, 3);
	assert_int_equal(schema->objects->required, 2);
	property = schema_property_find(schema, STR("id"));
	assert_true(property->required);
	assert_int_equal(property->schema->strings->format, SCHEMA_FORMAT_DATE);
	property = schema_property_find(schema, STR("other"));
	assert_null(property->schema);
	property = schema_property_find(schema, STR("owner"));
	assert_false(property->required);
	assert_true(str_is(schema_custom_find(property->schema, "x-ref")->text,
			   "role"));
	assert_int_equal(property->schema->logic->ref->choices->count, 2);
	assert_null(schema_property_find(schema, STR("nothing")));
	fixture_done(&fixture);
}

/* Our own files: the proof that lets schema_source.proven be true. */
static bool find_embedded(struct schema_file *out, void *context, str uri,
			  struct error *err)
{
	char path[256];

	(void)context;
	(void)err;
	(void)snprintf(path, sizeof(path), "schema/" STR_FMT,
		       STR_ARG(str_slice(uri, 25, uri.len)));
	out->name = uri;
	out->text = embedded_find(str_of(path));
	out->format = FORMAT_YAML;
	return true;
}

static void every_embedded_schema_compiles(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < embedded_count; i++) {
		const char *path = embedded_files[i].path;
		const struct schema *schema;
		struct fixture fixture;
		char uri[256];

		if (!str_starts(str_of(path), STR("schema/")) ||
		    str_starts(str_of(path), STR("schema/meta/")))
			continue;
		(void)snprintf(uri, sizeof(uri), "https://abide.dev/%s", path);
		fixture_init(&fixture, &options);
		schema_registry_add(
			fixture.registry,
			&(struct schema_source){
				.prefix = STR("https://abide.dev/schema/"),
				.find = find_embedded});
		if (!schema_compile(&schema, fixture.registry, str_of(uri),
				    &fixture.err))
			fail_msg("%s: %s", path, fixture.err.text);
		fixture_done(&fixture);
		count++;
	}
	assert_true(count > 0);
}

static void the_metaschemas_satisfy_themselves(void **state)
{
	static const char *const names[] = {
		"schema",	    "core",	  "applicator",
		"unevaluated",	    "validation", "meta-data",
		"format-assertion", "content",	  "format-annotation",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct document document;
		struct fixture fixture;
		char path[64];
		bool valid;

		fixture_init(&fixture, &options);
		assert_true(schema_compile(&fixture.schema, fixture.registry,
					   STR(META "schema"), &fixture.err));
		(void)snprintf(path, sizeof(path), "schema/meta/%s.yaml",
			       names[i]);
		assert_true(document_parse(
			&document, &fixture.arena, embedded_find(str_of(path)),
			FORMAT_YAML, &limits_default, &fixture.err));
		fixture.instance = document.roots[0];
		assert_true(fixture_validate(&fixture, &valid));
		assert_true(valid);
		fixture_done(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schemas_that_cannot_be_used_are_errors),
		cmocka_unit_test(an_error_is_repeated_not_forgotten),
		cmocka_unit_test(an_error_names_the_file_it_is_in),
		cmocka_unit_test(required_vocabularies_must_be_known),
		cmocka_unit_test(metaschemas_that_describe_each_other_end),
		cmocka_unit_test(unknown_keywords_are_errors_when_asked),
		cmocka_unit_test(the_view_shows_what_was_written),
		cmocka_unit_test(every_embedded_schema_compiles),
		cmocka_unit_test(the_metaschemas_satisfy_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
