/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "tests/unit/schema_fixture.h"

static const struct schema_options options = {.limits = &limits_default,
					      .formats = true};

struct row {
	const char *schema;
	const char *instance;
	const char *wanted; /* keyword: message [suggestion], a line each */
};

static void write_problem(struct buf *out, const struct problem *problem)
{
	if (out->len > 0)
		buf_byte(out, '\n');
	buf_format(out, "%s: " STR_FMT, problem->keyword,
		   STR_ARG(problem->message));
	if (problem->suggestion.ptr)
		buf_format(out, " [" STR_FMT "]", STR_ARG(problem->suggestion));
}

static void check(const struct row *row)
{
	const struct problem *problems = NULL;
	struct fixture fixture;
	struct buf out;
	size_t count = 0;

	fixture_init(&fixture, &options);
	buf_init(&out, 1 << 16);
	if (!fixture_compile(&fixture, row->schema) ||
	    !fixture_read(&fixture, row->instance) ||
	    !schema_problems(&problems, &count, &fixture.arena,
			     fixture.validator, fixture.schema,
			     fixture.instance, &fixture.err))
		fail_msg("%s", fixture.err.text);
	for (size_t i = 0; i < count; i++)
		write_problem(&out, &problems[i]);
	buf_byte(&out, '\0');

	assert_string_equal(out.ptr, row->wanted);

	buf_done(&out);
	fixture_done(&fixture);
}

static void check_all(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(&rows[i]);
}

static void one_value_is_told_in_plain_words(void **state)
{
	static const struct row rows[] = {
		{"{properties: {n: {type: integer}}}", "n: abc",
		 "type: `n` must be a whole number, and \"abc\" is a string"},
		{"{properties: {n: {type: [string, 'null']}}}", "n: [1]",
		 "type: `n` must be a string or null, and it is a list"},
		{"{type: object}", "3",
		 "type: the document must be a map, and 3 is a whole number"},
		{"{properties: {n: {type: string}}}",
		 "n:", "type: `n` must be a string, and it is empty"},
		{"{properties: {s: {enum: [draft, active]}}}", "s: actve",
		 "enum: `s` must be \"draft\" or \"active\", and it is "
		 "\"actve\" [active]"},
		{"{properties: {s: {const: 1}}}", "s: 2",
		 "const: `s` must be 1, and it is 2"},
		{"{properties: {n: {minimum: 3, multipleOf: 0.5}}}", "n: 2.2",
		 "minimum: `n` must be at least 3, and it is 2.2\n"
		 "multipleOf: `n` must be a multiple of 0.5, and it is 2.2"},
		{"{properties: {s: {minLength: 1}}}", "s: ''",
		 "minLength: `s` must not be empty"},
		{"{properties: {s: {maxLength: 2, pattern: '^x'}}}", "s: abc",
		 "maxLength: `s` must have at most 2 characters, and it has 3"},
		{"{properties: {s: {pattern: '^R-[0-9]+$'}}}", "s: R-x",
		 "pattern: `s` must match the pattern ^R-[0-9]+$, and \"R-x\" "
		 "does not"},
		{"{properties: {reviewed: {format: date}}}",
		 "reviewed: last spring",
		 "format: `reviewed` must be a date, such as 2026-04-21, and "
		 "\"last spring\" is not one"},
		{"{properties: {a: false}}", "a: 1",
		 "false: `a` is not allowed here"},
		{"{properties: {a: {not: {const: 1}}}}", "a: 1",
		 "not: `a` must not be 1"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void lists_and_their_items_are_told(void **state)
{
	static const struct row rows[] = {
		{"{properties: {l: {minItems: 1}}}", "l: []",
		 "minItems: `l` must not be empty"},
		{"{properties: {l: {uniqueItems: true}}}", "l: [1, 2, 1.0]",
		 "uniqueItems: the items of `l` must differ, and items 1 and 3 "
		 "are equal"},
		{"{properties: {l: {items: {type: string}}}}",
		 "l: [a, 1, b, 2, 3]",
		 "type: item 2 of `l` must be a string, and 1 is a whole "
		 "number (and 2 more of this list)"},
		{"{properties: {l: {contains: {const: 1}}}}", "l: [2, 3]",
		 "contains: at least 1 of the items of `l` must be of a "
		 "certain kind (`contains`), and 0 are"},
		{"{properties: {l: {items: {required: [id]}}}}",
		 "l: [{id: 1}, {}]",
		 "required: the key `id` is missing in item 2 of `l`"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void a_misspelt_key_is_one_problem(void **state)
{
	static const struct row rows[] = {
		{"{properties: {legal_basis: true}, additionalProperties: "
		 "false}",
		 "legal_base: consent",
		 "additionalProperties: no key is named `legal_base` here "
		 "[legal_basis]"},
		{"{properties: {owner: true}, required: [owner], "
		 "unevaluatedProperties: false}",
		 "onwer: me",
		 "unevaluatedProperties: no key is named `onwer` here "
		 "[owner]"},
		{"{required: [id]}", "{}", "required: the key `id` is missing"},
		{"{properties: {o: {required: [id]}}}", "{o: {}}",
		 "required: the key `id` is missing in `o`"},
		{"{allOf: [{$ref: '#/$defs/base'}], $defs: {base: "
		 "{properties: {id: {type: string}}}}, "
		 "unevaluatedProperties: false}",
		 "id: 3",
		 "type: `id` must be a string, and 3 is a whole number"},
		{"{dependentRequired: {a: [b]}}", "a: 1",
		 "dependentRequired: because `a` is set, the key `b` must be "
		 "present"},
		{"{propertyNames: {pattern: '^[a-z]+$'}}", "Foo: 1",
		 "pattern: the key `Foo` must match the pattern ^[a-z]+$, and "
		 "\"Foo\" does not"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void the_branch_that_was_meant_is_explained(void **state)
{
	static const struct row rows[] = {
		{"{oneOf: [{properties: {kind: {const: a}, x: {type: string}}},"
		 " {properties: {kind: {const: b}, x: {type: integer}}}]}",
		 "{kind: b, x: y}",
		 "type: `x` must be a whole number, and \"y\" is a string"},
		{"{oneOf: [{properties: {kind: {const: alpha}}},"
		 " {properties: {kind: {enum: [beta, gamma]}}}]}",
		 "{kind: betta}",
		 "oneOf: `kind` must be \"alpha\", \"beta\" or \"gamma\", and "
		 "it is \"betta\" [beta]"},
		{"{properties: {v: {anyOf: [{type: string}, {type: array}]}}}",
		 "v: 5", "anyOf: `v` must be a string or a list, and it is 5"},
		{"{properties: {v: {anyOf: [{type: integer}, {const: all}]}}}",
		 "v: al",
		 "anyOf: `v` must be a whole number or \"all\", and it is "
		 "\"al\" [all]"},
		{"{anyOf: [{type: string}, {properties: {a: {properties: "
		 "{b: {type: integer}}}}, required: [c]}, "
		 "{required: [d, e]}]}",
		 "{c: 1, a: {b: x}}",
		 "type: `b` must be a whole number, and \"x\" is a string"},
		{"{oneOf: [{title: the first, required: [a]}, "
		 "{$ref: '#/$defs/second'}], $defs: {second: {required: "
		 "[b]}}}",
		 "{a: 1, b: 2}",
		 "oneOf: the document fits two alternatives of which it may "
		 "fit one: the first and second"},
		{"{if: {properties: {status: {const: closed}}, required: "
		 "[status]}, then: {required: [closed_on]}}",
		 "status: closed",
		 "required: because status is \"closed\", the key "
		 "`closed_on` must be present"},
		{"{if: {properties: {n: {minimum: 5}}}, then: {required: "
		 "[why]}, else: {required: [how]}}",
		 "n: 7",
		 "required: because n is 7, the key `why` must be present"},
		{"{if: {required: [a]}, else: {required: [b]}}", "{}",
		 "required: because `a` is missing, the key `b` must be "
		 "present"},
		{"{if: {properties: {a: {const: x}}}, else: {required: [b]}}",
		 "a: y",
		 "required: because a is not \"x\", the key `b` must be "
		 "present"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void sensitive_values_are_never_quoted(void **state)
{
	static const struct row rows[] = {
		{"{properties: {pin: {x-sensitive: true, type: integer}}}",
		 "pin: hunter2",
		 "type: `pin` must be a whole number, and it is a string of "
		 "7 bytes"},
		{"{properties: {pin: {enum: [aaa]}}, allOf: [{properties: "
		 "{pin: {x-sensitive: true}}}]}",
		 "pin: aab",
		 "enum: `pin` must be \"aaa\", and it is a string of 3 bytes"},
		{"{properties: {p: {x-sensitive: true, properties: {a: "
		 "{pattern: x}}, additionalProperties: false}}}",
		 "p: {a: secret, secret2: 1}",
		 "pattern: `a` must match the pattern x, and a string of 6 "
		 "bytes does not\n"
		 "additionalProperties: a key that is not known here"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void places_are_the_key_or_the_value(void **state)
{
	const struct problem *problems;
	struct fixture fixture;
	struct buf pointer;
	size_t count;

	(void)state;
	fixture_init(&fixture, &options);
	buf_init(&pointer, 256);
	assert_true(fixture_compile(&fixture,
				    "{properties: {a: {type: string}}, "
				    "additionalProperties: false}"));
	assert_true(fixture_read(&fixture, "a: 17\nzz: 2\n"));

	assert_true(schema_problems(&problems, &count, &fixture.arena,
				    fixture.validator, fixture.schema,
				    fixture.instance, &fixture.err));

	assert_int_equal(count, 2);
	assert_null(problems[0].key);
	assert_int_equal(problems[0].instance->span.start, 3);
	schema_pointer(&pointer, problems[0].schema);
	assert_true(str_is(buf_str(&pointer), "/properties/a"));
	assert_true(str_is(schema_uri(problems[0].schema), FIXTURE_URI));
	assert_int_equal(problems[1].key->span.start, 6);
	assert_non_null(problems[1].rule);
	buf_done(&pointer);
	fixture_done(&fixture);
}

/* 3,000 unknown keys beside 1,000 known ones: comparing all would take
 * minutes. */
static void many_faults_get_few_suggestions(void **state)
{
	const struct problem *problems;
	struct fixture fixture;
	struct buf schema;
	struct buf instance;
	size_t suggested = 0;
	size_t count;

	(void)state;
	fixture_init(&fixture, &options);
	buf_init(&schema, 1 << 20);
	buf_init(&instance, 1 << 20);
	buf_add(&schema, STR("additionalProperties: false\nproperties:\n"));
	for (int i = 0; i < 1000; i++)
		buf_format(&schema, "  known_key_%d: true\n", i);
	for (int i = 0; i < 3000; i++)
		buf_format(&instance, "knwon_key_%d: 1\n", i);
	buf_byte(&schema, '\0');
	buf_byte(&instance, '\0');
	assert_true(fixture_compile(&fixture, schema.ptr));
	assert_true(fixture_read(&fixture, instance.ptr));

	assert_true(schema_problems(&problems, &count, &fixture.arena,
				    fixture.validator, fixture.schema,
				    fixture.instance, &fixture.err));

	assert_int_equal(count, 3000);
	for (size_t i = 0; i < count; i++)
		suggested += problems[i].suggestion.ptr != NULL;
	assert_int_equal(suggested, 256);
	buf_done(&schema);
	buf_done(&instance);
	fixture_done(&fixture);
}

static void a_valid_instance_has_no_problems(void **state)
{
	static const struct row row = {"{type: object}", "{}", ""};

	(void)state;
	check(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_value_is_told_in_plain_words),
		cmocka_unit_test(lists_and_their_items_are_told),
		cmocka_unit_test(a_misspelt_key_is_one_problem),
		cmocka_unit_test(the_branch_that_was_meant_is_explained),
		cmocka_unit_test(sensitive_values_are_never_quoted),
		cmocka_unit_test(places_are_the_key_or_the_value),
		cmocka_unit_test(many_faults_get_few_suggestions),
		cmocka_unit_test(a_valid_instance_has_no_problems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
