/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "jsonschema/validate.h"
#include "report_fixture.h"

#define PREFIX "https://abide.dev/"

struct judge {
	struct limits limits;
	struct schema_registry *registry;
	struct validator *validator;
	const struct schema *document;
	const struct schema *line;
};

static bool find_embedded(struct schema_file *out, void *context, str uri,
			  struct error *err)
{
	(void)context;
	(void)err;
	out->name = str_slice(uri, strlen(PREFIX), uri.len);
	out->text = embedded_find(out->name);
	out->format = FORMAT_YAML;
	if (!out->text.ptr)
		*out = (struct schema_file){0};
	return true;
}

static void judge_init(struct judge *judge)
{
	const struct schema_source source = {.prefix = STR(PREFIX),
					     .find = find_embedded};
	struct error err = {0};

	judge->limits = limits_default;
	judge->limits.yaml_scalar = judge->limits.yaml_size = 1 << 24;
	judge->registry = schema_registry_new(&(struct schema_options){
		.limits = &judge->limits, .formats = true, .known_only = true});
	schema_registry_add(judge->registry, &source);
	if (!schema_compile(&judge->document, judge->registry,
			    STR(PREFIX "schema/abide/report.yaml"), &err) ||
	    !schema_compile(&judge->line, judge->registry,
			    STR(PREFIX "schema/abide/report-line.yaml"), &err))
		fail_msg("%s", err.text);
	judge->validator = validator_new(&judge->limits);
}

static void judge_done(struct judge *judge)
{
	validator_free(judge->validator);
	schema_registry_free(judge->registry);
}

static bool is_valid(const struct judge *judge, const struct schema *schema,
		     str text)
{
	struct document document;
	struct error err = {0};
	struct arena arena;
	bool valid = false;

	arena_init(&arena);
	if (!document_parse(&document, &arena, text, FORMAT_JSON,
			    &judge->limits, &err) ||
	    !schema_validate(&valid, judge->validator, schema,
			     document.roots[0], &err))
		fail_msg("%s", err.text);
	arena_done(&arena);
	return valid;
}

/* The text with `from` once replaced, which must be there. */
static bool is_valid_with(const struct judge *judge,
			  const struct schema *schema, str text, str from,
			  str to)
{
	size_t at = str_find(text, from);
	struct buf changed;
	bool valid;

	assert_int_not_equal(at, SIZE_MAX);
	buf_init(&changed, SIZE_MAX);
	buf_add(&changed, str_slice(text, 0, at));
	buf_add(&changed, to);
	buf_add(&changed, str_slice(text, at + from.len, text.len));
	valid = is_valid(judge, schema, buf_str(&changed));
	buf_done(&changed);
	return valid;
}

static void both_formats_satisfy_their_schemas(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	struct full *full = test_malloc(sizeof(*full));
	const struct report clean = fixture_report(NULL, 0);
	const struct look look = {0};
	struct judge judge;
	struct out out;
	(void)state;

	hostile_init(hostile);
	full_init(full);
	judge_init(&judge);
	out_init(&out, SIZE_MAX);
	for (unsigned i = 0; i < 3; i++) {
		const struct report *const reports[] = {
			&clean, &hostile->report, &full->report};
		/* run and end; a rule and 4 findings; 5 rules and 5 findings,
		 * one that is unchanged and one that is fixed */
		const size_t wanted[] = {2, 7, 14};
		const struct report *report = reports[i];
		size_t lines = 0;
		str rest;

		assert_true(is_valid(
			&judge, judge.document,
			str_of(fixture_write(&out, "json", report, &look))));
		rest = str_of(fixture_write(&out, "ndjson", report, &look));
		while (rest.len) {
			assert_true(is_valid(&judge, judge.line,
					     str_cut(&rest, '\n')));
			lines++;
		}
		assert_int_equal(lines, wanted[i]);
	}
	out_done(&out);
	judge_done(&judge);
	test_free(full);
	test_free(hostile);
}

static void the_schemas_refuse_what_is_not_said_there(void **state)
{
	static const struct {
		str from, to;
	} rows[] = {
		{STR_INIT("\"lossy\""), STR_INIT("\"extra\":1,\"lossy\"")},
		{STR_INIT("\"complete\": true"), STR_INIT("\"x\": true")},
		{STR_INIT("\"schema\": 1"), STR_INIT("\"schema\": 2")},
		{STR_INIT("\"status\": \"complete\""),
		 STR_INIT("\"status\": \"incomplete\"")},
		{STR_INIT("2026-11-22T00"), STR_INIT("2026-11-22 00")},
		{STR_INIT("\"files\": 214"), STR_INIT("\"files\": -1")},
		{STR_INIT("\"judged\""), STR_INIT("\"extra\":1,\"judged\"")},
		{STR_INIT("\"discriminator\""),
		 STR_INIT("\"extra\":1,\"discriminator\"")},
		{STR_INIT("\"column\": 9"), STR_INIT("\"column\": 0")},
		{STR_INIT(FIXTURE_HEX), STR_INIT("0123")},
	};
	static const struct rule_count rules[] = {
		{.rule = &rule_unknown, .judged = 212, .findings = 1}};
	struct finding finding = fixture_finding(&rule_unknown, STR("a.yaml"),
						 STR("m"), STR(""));
	struct report report = fixture_report(&finding, 1);
	const struct look look = {0};
	struct judge judge;
	struct out out;
	str text;
	(void)state;

	fixture_place(&finding, STR("vendor: V-O07\n"), STR("V-O07"));
	report.rules = rules;
	report.rule_count = 1;
	judge_init(&judge);
	out_init(&out, SIZE_MAX);
	text = str_of(fixture_write(&out, "json", &report, &look));

	assert_true(is_valid(&judge, judge.document, text));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_false(is_valid_with(&judge, judge.document, text,
					   rows[i].from, rows[i].to));
	out_done(&out);
	judge_done(&judge);
}

static void a_line_of_another_type_or_with_more_is_refused(void **state)
{
	struct report report = fixture_report(NULL, 0);
	const struct look look = {0};
	struct judge judge;
	struct out out;
	str rest;
	(void)state;

	judge_init(&judge);
	out_init(&out, SIZE_MAX);
	rest = str_of(fixture_write(&out, "ndjson", &report, &look));
	while (rest.len) {
		str line = str_cut(&rest, '\n');

		assert_true(is_valid(&judge, judge.line, line));
		assert_false(is_valid_with(&judge, judge.line, line,
					   STR("{\"type\":\""),
					   STR("{\"type\":\"x")));
		assert_false(is_valid_with(&judge, judge.line, line, STR("{"),
					   STR("{\"extra\":1,")));
	}
	out_done(&out);
	judge_done(&judge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_formats_satisfy_their_schemas),
		cmocka_unit_test(the_schemas_refuse_what_is_not_said_there),
		cmocka_unit_test(
			a_line_of_another_type_or_with_more_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
