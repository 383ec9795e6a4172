/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/schema_fixture.h"

static const struct schema_options options = {.limits = &limits_default,
					      .formats = true};

struct row {
	const char *schema;
	const char *instance;
	bool valid;
};

static void check_all(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct fixture fixture;
		bool valid = false;

		fixture_init(&fixture, &options);
		if (!fixture_compile(&fixture, rows[i].schema) ||
		    !fixture_read(&fixture, rows[i].instance) ||
		    !fixture_validate(&fixture, &valid))
			fail_msg("%s: %s", rows[i].schema, fixture.err.text);
		if (valid != rows[i].valid)
			fail_msg("%s: %s", rows[i].schema, rows[i].instance);
		fixture_done(&fixture);
	}
}

static void numbers_are_compared_exactly(void **state)
{
	static const struct row rows[] = {
		{"{maximum: 9007199254740993}", "9007199254740993", true},
		{"{maximum: 9007199254740992}", "9007199254740993", false},
		{"{minimum: 0.1}", "0.10000000000000000000", true},
		{"{exclusiveMinimum: 0.1}", "0.10000000000000000001", true},
		{"{maximum: 99999999999999999999}", "100000000000000000000",
		 false},
		{"{const: 1}", "1.0", true},
		{"{const: 9007199254740993}", "9007199254740992.0", false},
		{"{type: integer}", "1e3", true},
		{"{type: integer}", "1.5e0", false},
		{"{type: integer}", ".inf", false},
		{"{maximum: 5}", ".nan", false},
		{"{maximum: 5}", "-.inf", true},
		{"{multipleOf: 0.01}", "19.99", true},
		{"{multipleOf: 0.01}", "19.991", false},
		{"{multipleOf: 0.1}", "1e300", true},
		{"{multipleOf: 7}", "1e300", false},
		{"{multipleOf: 1e-300}", "1", true},
		{"{multipleOf: 3}", "99999999999999999999999999999999", true},
		{"{multipleOf: 3}", "99999999999999999999999999999998", false},
		{"{multipleOf: 25}", "50", true},
		{"{multipleOf: 20}", "50", false},
		{"{multipleOf: 2}", "0.0", true},
		{"{minLength: 3.0}", "abc", true},
		{"{maxLength: 1e400}", "abc", true},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void unique_items_are_compared_by_value(void **state)
{
	static const struct row rows[] = {
		{"{uniqueItems: true}", "[1, 1.0]", false},
		{"{uniqueItems: true}", "[{a: 1, b: 2}, {b: 2, a: 1.0}]",
		 false},
		{"{uniqueItems: true}", "[1, '1', true, null, [], {}]", true},
		{"{uniqueItems: true}",
		 "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]", true},
		{"{uniqueItems: true}",
		 "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,1e0]", false},
		{"{uniqueItems: true}",
		 "[{x: [1]},2,3,4,5,6,7,8,9,10,11,12,13,14,15,{x: [1.0]}]",
		 false},
		{"{uniqueItems: true}",
		 "[100,2,3,4,5,6,7,8,9,10,11,12,13,14,15,1e2]", false},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void what_a_failed_branch_saw_stays_unevaluated(void **state)
{
	static const struct row rows[] = {
		{"{anyOf: [{properties: {a: true}, required: [b]}, "
		 "{properties: {c: true}}], unevaluatedProperties: false}",
		 "{a: 1}", false},
		{"{anyOf: [{properties: {a: true}, required: [b]}, "
		 "{properties: {c: true}}], unevaluatedProperties: false}",
		 "{c: 1}", true},
		{"{not: {not: {properties: {a: true}}}, "
		 "unevaluatedProperties: false}",
		 "{a: 1}", false},
		{"{allOf: [{properties: {a: true}}, {unevaluatedProperties: "
		 "false}]}",
		 "{a: 1}", false},
		{"{contains: {type: string}, unevaluatedItems: {type: "
		 "integer}}",
		 "[a, 1]", true},
		{"{contains: {type: string}, unevaluatedItems: {type: "
		 "integer}}",
		 "[a, 1.5]", false},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows));
}

static void more_than_sixty_four_keys_are_marked(void **state)
{
	struct fixture fixture;
	struct buf text;
	bool valid;

	(void)state;
	fixture_init(&fixture, &options);
	buf_init(&text, 1 << 16);
	for (int i = 0; i < 200; i++)
		buf_format(&text, "k%d: 1\n", i);
	buf_byte(&text, '\0');
	assert_true(fixture_compile(
		&fixture, "{allOf: [{patternProperties: {'^k': true}}], "
			  "unevaluatedProperties: false}"));
	assert_true(fixture_read(&fixture, text.ptr));
	assert_true(fixture_validate(&fixture, &valid));
	assert_true(valid);

	text.len--;
	buf_add(&text, STR("z: 1\n"));
	buf_byte(&text, '\0');
	assert_true(fixture_read(&fixture, text.ptr));
	assert_true(fixture_validate(&fixture, &valid));
	assert_false(valid);
	buf_done(&text);
	fixture_done(&fixture);
}

static void ceilings_and_loops_are_errors_never_verdicts(void **state)
{
	static const struct {
		const char *schema;
		const char *instance;
		const char *says;
	} rows[] = {
		{"{$ref: '#'}", "1", "refers to itself"},
		{"{not: {$ref: '#'}}", "1", "refers to itself"},
		{"{anyOf: [{$ref: '#/$defs/a'}], $defs: {a: {allOf: [{$ref: "
		 "'#/$defs/b'}]}, b: {$ref: '#/$defs/a'}}}",
		 "1", "refers to itself"},
		{"{$dynamicAnchor: a, not: {$dynamicRef: '#a'}}", "1",
		 "refers to itself"},
		{"{$defs: {a: {items: {$ref: '#/$defs/a'}, allOf: [{$ref: "
		 "'#/$defs/b'}, {$ref: '#/$defs/b'}, {$ref: '#/$defs/b'}]}, "
		 "b: {items: {allOf: [{$ref: '#/$defs/b'}, {$ref: "
		 "'#/$defs/b'}, {$ref: '#/$defs/b'}, {$ref: '#/$defs/b'}]}}}, "
		 "not: {$ref: '#/$defs/a'}}",
		 "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", "schema_steps"},
		{"{pattern: '^(a+)+$'}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
		 "regex_match"},
		{"{not: {pattern: '^(a+)+$'}}",
		 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "regex_match"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fixture fixture;
		bool valid;

		fixture_init(&fixture, &options);
		if (!fixture_compile(&fixture, rows[i].schema) ||
		    !fixture_read(&fixture, rows[i].instance))
			fail_msg("%s", fixture.err.text);
		if (fixture_validate(&fixture, &valid))
			fail_msg("a verdict: %s", rows[i].schema);
		if (!strstr(fixture.err.text, rows[i].says))
			fail_msg("%s: %s", rows[i].schema, fixture.err.text);
		assert_true(fixture.err.placed);
		fixture_done(&fixture);
	}
}

/* Each reference looks through 20,000 keys, or compares as many nodes. */
static void wide_values_cost_steps_too(void **state)
{
	static const char *const targets[] = {
		"{properties: {x: true}}",
		"{additionalProperties: true}",
		"{dependentRequired: {x: [y], z: [y]}}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		struct fixture fixture;
		struct buf schema;
		struct buf instance;
		bool valid;

		fixture_init(&fixture, &options);
		buf_init(&schema, 1 << 20);
		buf_init(&instance, 1 << 20);
		buf_format(&schema, "{$defs: {a: %s}, allOf: [", targets[i]);
		for (int j = 0; j < 2000; j++)
			buf_add(&schema, STR("{$ref: '#/$defs/a'},"));
		buf_add(&schema, STR("true]}"));
		for (int j = 0; j < 20000; j++)
			buf_format(&instance, "k%d: 1\n", j);
		buf_byte(&schema, '\0');
		buf_byte(&instance, '\0');
		assert_true(fixture_compile(&fixture, schema.ptr));
		assert_true(fixture_read(&fixture, instance.ptr));
		assert_false(fixture_validate(&fixture, &valid));
		assert_non_null(strstr(fixture.err.text, "schema_steps"));
		buf_done(&schema);
		buf_done(&instance);
		fixture_done(&fixture);
	}
}

static void depth_is_bounded(void **state)
{
	struct limits limits = limits_default;
	struct schema_options shallow = {.limits = &limits};
	struct fixture fixture;
	bool valid;

	(void)state;
	limits.json_depth = 8;
	fixture_init(&fixture, &options);
	validator_free(fixture.validator);
	fixture.validator = validator_new(shallow.limits);
	assert_true(fixture_compile(&fixture, "{items: {$ref: '#'}}"));
	assert_true(fixture_read(&fixture, "[[[[[[[[[1]]]]]]]]]"));
	assert_false(fixture_validate(&fixture, &valid));
	assert_non_null(strstr(fixture.err.text, "json_depth"));
	fixture_done(&fixture);
}

static void a_validator_serves_again_after_an_error(void **state)
{
	struct fixture fixture;
	bool valid = false;

	(void)state;
	fixture_init(&fixture, &options);
	assert_true(fixture_compile(&fixture,
				    "{if: {type: string}, then: {$ref: '#'}}"));
	assert_true(fixture_read(&fixture, "a"));
	assert_false(fixture_validate(&fixture, &valid));
	assert_true(fixture_read(&fixture, "1"));
	assert_true(fixture_validate(&fixture, &valid));
	assert_true(valid);
	fixture_done(&fixture);
}

static void list(void *context, const struct schema *schema,
		 const struct schema_custom *custom,
		 const struct node *instance)
{
	struct buf *out = context;

	(void)schema;
	buf_add(out, custom->name);
	buf_byte(out, '=');
	buf_add(out, custom->value->text);
	buf_byte(out, '@');
	buf_add(out, instance->text);
	buf_byte(out, ' ');
}

static void own_keywords_are_told_where_they_applied(void **state)
{
	static const struct {
		const char *instance;
		const char *told;
	} rows[] = {
		{"{owner: me, refs: [a, b]}", "x-ref=role@me x-ref=any@a "
					      "x-ref=any@b "},
		{"{v: 1}", "x-n=1@1 "},
		{"{v: s}", "x-s=1@s "},
		{"{v: [s]}", ""},
		{"{n: 1}", ""},
		{"{c: 5}", "x-then=1@5 "},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fixture fixture;
		struct buf out;
		bool valid;

		fixture_init(&fixture, &options);
		buf_init(&out, 1024);
		assert_true(fixture_compile(
			&fixture,
			"{properties: {owner: {$ref: '#/$defs/id', x-ref: "
			"role}, refs: {items: {x-ref: any}}, v: {anyOf: "
			"[{type: string, x-s: 1}, {type: integer, x-n: 1}, "
			"true]}, n: {not: {x-not: 1, type: string}}, c: {if: "
			"{minimum: 3}, then: {x-then: 1}, else: {x-else: 1}}}, "
			"$defs: {id: {type: string}}}"));
		assert_true(fixture_read(&fixture, rows[i].instance));
		assert_true(schema_annotations(&valid, fixture.validator,
					       fixture.schema, fixture.instance,
					       list, &out, &fixture.err));
		assert_true(valid);
		if (!str_is(buf_str(&out), rows[i].told))
			fail_msg("%s: " STR_FMT, rows[i].instance,
				 STR_ARG(buf_str(&out)));
		buf_done(&out);
		fixture_done(&fixture);
	}
}

static void an_invalid_instance_tells_nothing(void **state)
{
	struct fixture fixture;
	struct buf out;
	bool valid = true;

	(void)state;
	fixture_init(&fixture, &options);
	buf_init(&out, 64);
	assert_true(fixture_compile(
		&fixture, "{properties: {a: {x-ref: b}}, required: [c]}"));
	assert_true(fixture_read(&fixture, "a: 1"));
	assert_true(schema_annotations(&valid, fixture.validator,
				       fixture.schema, fixture.instance, list,
				       &out, &fixture.err));
	assert_false(valid);
	assert_int_equal(out.len, 0);
	buf_done(&out);
	fixture_done(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_compared_exactly),
		cmocka_unit_test(unique_items_are_compared_by_value),
		cmocka_unit_test(what_a_failed_branch_saw_stays_unevaluated),
		cmocka_unit_test(more_than_sixty_four_keys_are_marked),
		cmocka_unit_test(ceilings_and_loops_are_errors_never_verdicts),
		cmocka_unit_test(wide_values_cost_steps_too),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(a_validator_serves_again_after_an_error),
		cmocka_unit_test(own_keywords_are_told_where_they_applied),
		cmocka_unit_test(an_invalid_instance_tells_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
