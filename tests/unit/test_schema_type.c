/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "cel/period.h"
#include "policy/schema_type.h"
#include "schema_fixture.h"

static const struct schema_options strict = {
	.limits = &limits_default, .formats = true, .known_only = true};

/* ---- a type in words */

static void describe(struct buf *out, const struct cel_type *type, int depth);

static void describe_fields(struct buf *out, const struct cel_type *type,
			    int depth)
{
	buf_add(out, STR(" {"));
	for (size_t i = 0; i < type->field_count; i++) {
		const struct cel_field *field = &type->fields[i];

		buf_add(out, i ? STR(", ") : STR(" "));
		buf_add(out, field->name);
		buf_add(out, field->required ? STR(": ") : STR("?: "));
		describe(out, field->type, depth + 1);
	}
	buf_add(out, type->open ? STR(", ... }") : STR(" }"));
	for (size_t i = 0; i < type->promise_count; i++) {
		const struct cel_promise *promise = &type->promises[i];

		buf_add(out, STR(" if "));
		buf_add(out, promise->field);
		for (size_t k = 0; k < promise->value_count; k++) {
			buf_add(out, k ? STR("/") : STR("="));
			buf_add(out, promise->values[k]);
		}
		buf_add(out, STR(" then"));
		for (size_t k = 0; k < promise->present_count; k++) {
			buf_byte(out, ' ');
			buf_add(out, promise->present[k]);
		}
	}
}

/* string('a', 'b')->kind, list(T), object name { field: T, other?: T, ... };
 * an object below the third level by its name alone. */
static void describe(struct buf *out, const struct cel_type *type, int depth)
{
	if (type->kind == CEL_T_LIST) {
		buf_add(out, STR("list("));
		describe(out, type->params[0], depth);
		buf_byte(out, ')');
		return;
	}
	if (type->kind == CEL_T_UNION) {
		for (size_t i = 0; i < type->count; i++) {
			if (i)
				buf_byte(out, '|');
			describe(out, type->params[i], depth);
		}
		return;
	}
	cel_type_print(out, type);
	if (type->date)
		buf_add(out, STR("/date"));
	for (size_t i = 0; i < type->literal_count; i++) {
		buf_byte(out, i ? '/' : '=');
		buf_add(out, type->literals[i]);
	}
	if (type->reference.ptr) {
		buf_add(out, STR("->"));
		buf_add(out, type->reference);
	}
	if (type->kind == CEL_T_OBJECT && depth < 2)
		describe_fields(out, type, depth);
}

struct row {
	const char *schema;
	const char *type;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct schema_types types;
		const struct cel_type *type;
		struct fixture fixture;
		struct buf words;

		fixture_init(&fixture, &strict);
		buf_init(&words, 8192);
		schema_types_init(&types, &fixture.arena, &cel_period_type,
				  &limits_default);
		if (!fixture_compile(&fixture, rows[i].schema) ||
		    !schema_type(&type, &types, fixture.schema, STR("thing"),
				 &fixture.err))
			fail_msg("%s: %s", rows[i].schema, fixture.err.text);
		describe(&words, type, 0);
		if (!str_is(buf_str(&words), rows[i].type))
			fail_msg("%s: %.*s", rows[i].schema,
				 STR_ARG(buf_str(&words)));
		buf_done(&words);
		schema_types_done(&types);
		fixture_done(&fixture);
	}
}

static void a_plain_type_is_its_like_in_cel(void **state)
{
	static const struct row rows[] = {
		{"{type: integer}", "int"},
		{"{type: number}", "double"},
		{"{type: [integer, number]}", "double"},
		{"{type: boolean}", "bool"},
		{"{type: 'null'}", "null_type"},
		{"{type: string}", "string"},
		{"{type: string, format: date}", "timestamp/date"},
		{"{type: string, format: date-time}", "timestamp"},
		{"{type: string, format: duration}", "period"},
		{"{type: string, format: email}", "string"},
		{"{type: array}", "list(dyn)"},
		{"{type: array, items: {type: integer}}", "list(int)"},
		{"{type: array, prefixItems: [{type: integer}], "
		 "items: {type: string}}",
		 "list(int|string)"},
		{"{type: array, prefixItems: [{type: integer}], items: false}",
		 "list(int)"},
		{"{}", "dyn"},
		{"true", "dyn"},
		{"{title: Any}", "dyn"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void texts_of_an_enum_are_kept(void **state)
{
	static const struct row rows[] = {
		{"{enum: [b, a]}", "string=a/b"},
		{"{const: a}", "string=a"},
		{"{enum: [a, 1]}", "int|string=a"},
		{"{enum: [1, 2]}", "int"},
		{"{type: string, enum: [a, 1]}", "string=a"},
		{"{allOf: [{enum: [a, b]}, {enum: [b, c]}]}", "string=b"},
		{"{oneOf: [{const: a}, {const: b}]}", "string=a/b"},
		{"{anyOf: [{const: a}, {type: string}]}", "string"},
		{"{type: string, x-ref: role}", "string->role"},
		{"{type: array, items: {type: string, x-ref: role}}",
		 "list(string->role)"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_union_is_kept_as_one(void **state)
{
	static const struct row rows[] = {
		{"{type: [string, integer]}", "int|string"},
		{"{type: [string, 'null']}", "null_type|string"},
		{"{oneOf: [{type: string}, {type: array, "
		 "items: {type: string}}]}",
		 "string|list(string)"},
		{"{anyOf: [{type: integer}, {type: boolean}]}", "bool|int"},
		{"{type: string, anyOf: [{type: integer}, {minLength: 2}]}",
		 "string"},
		/* Text that may be plain is not read as a date. */
		{"{anyOf: [{type: string, format: date}, {type: string}]}",
		 "string"},
		{"{anyOf: [{type: string, format: date}, {type: 'null'}]}",
		 "null_type|timestamp/date"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void an_object_has_the_fields_of_all_its_parts(void **state)
{
	static const struct row rows[] = {
		{"{type: object, properties: {a: {type: integer}}, "
		 "required: [a], additionalProperties: false}",
		 "thing { a: int }"},
		{"{type: object, properties: {a: {type: integer}}}",
		 "thing { a?: int, ... }"},
		{"{type: object, properties: {a: {type: integer}}, "
		 "unevaluatedProperties: false, "
		 "allOf: [{properties: {b: true}, required: [a]}]}",
		 "thing { a: int, b?: dyn }"},
		/* A reference that adds nothing is what it leads to. */
		{"{$ref: '#/$defs/base', $defs: {base: {type: object, "
		 "properties: {a: {$ref: '#/$defs/text'}}}, "
		 "text: {type: string}}}",
		 "base { a?: string, ... }"},
		{"{type: object, properties: {kind: {const: a}}, "
		 "allOf: [{properties: {kind: {type: string}}, "
		 "required: [kind]}]}",
		 "thing { kind: string=a, ... }"},
		{"{type: object, properties: {a: {type: object, "
		 "properties: {b: {type: integer}}}}}",
		 "thing { a?: thing.a { b?: int, ... }, ... }"},
		{"{type: object, properties: {a: {type: array, items: "
		 "{type: object, properties: {b: {type: integer}}, "
		 "additionalProperties: false}}}}",
		 "thing { a?: list(thing.a { b?: int }), ... }"},
		{"{type: object, properties: {a: {type: integer}, b: false}, "
		 "additionalProperties: false}",
		 "thing { a?: int }"},
		{"{type: object, properties: {a: {type: string, x-ref: role}}}",
		 "thing { a?: string->role, ... }"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void an_object_of_any_keys_is_a_map(void **state)
{
	static const struct row rows[] = {
		{"{type: object}", "map(string, dyn)"},
		{"{type: object, additionalProperties: {type: integer}}",
		 "map(string, int)"},
		{"{type: object, patternProperties: {'^a': {type: integer}, "
		 "'^b': {type: string}}, additionalProperties: false}",
		 "map(string, int|string)"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void branches_of_objects_become_one(void **state)
{
	static const struct row rows[] = {
		{"{type: object, properties: {a: {type: integer}}, "
		 "oneOf: [{required: [a]}, {properties: {b: {type: string}}, "
		 "required: [b]}], unevaluatedProperties: false}",
		 "thing { a?: int, b?: string }"},
		{"{oneOf: [{type: object, properties: {t: {const: x}, "
		 "v: {type: integer}}, required: [t, v]}, "
		 "{type: object, properties: {t: {const: y}, "
		 "v: {type: string}}, required: [t]}]}",
		 "thing { t: string=x/y, v?: int|string, ... }"},
		/* One list, so that reading an element knows its type. */
		{"{type: object, oneOf: [{properties: {v: {type: array, "
		 "items: {type: integer}}}}, {properties: {v: {type: array, "
		 "items: {type: string}}}}]}",
		 "thing { v?: list(int|string), ... }"},
		{"{oneOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/b'}], $defs: "
		 "{a: {type: object, properties: {x: {type: integer}}}, "
		 "b: {type: object, properties: {y: {type: integer}}}}}",
		 "thing { x?: int, y?: int, ... }"},
		{"{anyOf: [{type: string}, {type: object, "
		 "properties: {a: {type: integer}}}]}",
		 "string|thing { a?: int, ... }"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void what_a_condition_demands_is_promised(void **state)
{
	static const struct row rows[] = {
		{"{type: object, properties: {s: {enum: [a, b]}, "
		 "t: {type: integer}}, if: {properties: {s: {const: a}}, "
		 "required: [s]}, then: {required: [t]}, "
		 "additionalProperties: false}",
		 "thing { s?: string=a/b, t?: int } if s=a then t"},
		{"{type: object, properties: {s: true}, "
		 "if: {properties: {s: {enum: [a, b]}}}, "
		 "then: {properties: {u: {type: integer}}, required: [u]}}",
		 "thing { s?: dyn, u?: int, ... } if s=a/b then u"},
		{"{type: object, properties: {s: {type: boolean}}, "
		 "if: {properties: {s: {const: true}}}, "
		 "then: {required: [s]}}",
		 "thing { s?: bool, ... } if s then s"},
		/* A condition on two fields, or on more than a value. */
		{"{type: object, properties: {s: true, t: true}, "
		 "if: {properties: {s: {const: a}, t: {const: b}}}, "
		 "then: {required: [t]}}",
		 "thing { s?: dyn, t?: dyn, ... }"},
		{"{type: object, properties: {s: true, t: true}, "
		 "if: {properties: {s: {const: a}}, required: [t]}, "
		 "then: {required: [s]}}",
		 "thing { s?: dyn, t?: dyn, ... }"},
		{"{type: object, properties: {s: true}, "
		 "if: {properties: {s: {const: false}}}, "
		 "then: {required: [s]}}",
		 "thing { s?: dyn, ... }"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_schema_may_contain_itself(void **state)
{
	static const struct row rows[] = {
		{"{type: object, properties: {a: {$ref: '#'}}, "
		 "additionalProperties: false}",
		 "thing { a?: thing { a?: thing } }"},
		{"{type: object, properties: {a: {type: array, "
		 "items: {$ref: '#'}}}, additionalProperties: false}",
		 "thing { a?: list(thing { a?: list(thing) }) }"},
		{"{type: array, items: {$ref: '#'}}", "list(dyn)"},
		{"{type: object, allOf: [{$ref: '#/$defs/b'}], $defs: {b: "
		 "{properties: {c: {$ref: '#'}}}}}",
		 "b { c?: b { c?: b, ... }, ... }"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void too_many_branches_are_an_error(void **state)
{
	static const char group[] =
		"{anyOf: [{required: [a]}, {required: [b]}, {required: [c]}, "
		"{required: [d]}]}";
	struct schema_types types;
	const struct cel_type *type;
	struct fixture fixture;
	struct buf text;

	(void)state;
	fixture_init(&fixture, &strict);
	schema_types_init(&types, &fixture.arena, NULL, &limits_default);
	buf_init(&text, 4096);
	buf_format(&text, "{type: object, allOf: [%s, %s, %s, %s]}", group,
		   group, group, group);
	assert_true(fixture_compile(
		&fixture, arena_cstr(&fixture.arena, buf_str(&text))));

	assert_false(schema_type(&type, &types, fixture.schema, STR("thing"),
				 &fixture.err));
	assert_int_equal(fixture.err.kind, ERROR_LIMIT);
	buf_done(&text);
	schema_types_done(&types);
	fixture_done(&fixture);
}

static void check_refused(struct buf *text, const char *words)
{
	struct schema_types types;
	const struct cel_type *type;
	struct fixture fixture;

	fixture_init(&fixture, &strict);
	schema_types_init(&types, &fixture.arena, NULL, &limits_default);
	if (!fixture_compile(&fixture,
			     arena_cstr(&fixture.arena, buf_str(text))))
		fail_msg("%s", fixture.err.text);

	assert_false(schema_type(&type, &types, fixture.schema, STR("thing"),
				 &fixture.err));
	assert_int_equal(fixture.err.kind, ERROR_LIMIT);
	assert_non_null(strstr(fixture.err.text, words));
	schema_types_done(&types);
	fixture_done(&fixture);
	buf_done(text);
}

static void a_schema_of_too_many_parts_is_an_error(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 4 << 20);
	buf_add(&text, STR("{type: object, properties: {"));
	for (int i = 0; i < 20001; i++)
		buf_format(&text, "%sp%d: {type: integer}", i ? ", " : "", i);
	buf_add(&text, STR("}}"));

	check_refused(&text, "combines its parts");
}

static void a_schema_that_nests_too_deep_is_an_error(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, 4 << 20);
	buf_add(&text,
		STR("{$ref: '#/$defs/d0', $defs: {d300: {type: string}"));
	for (int i = 0; i < 300; i++)
		buf_format(&text,
			   ", d%d: {type: array, items: {$ref: "
			   "'#/$defs/d%d'}}",
			   i, i + 1);
	buf_add(&text, STR("}}"));

	check_refused(&text, "json_depth");
}

/* ---- the real kinds */

struct kinds {
	struct arena arena;
	struct policy_files files;
	struct schema_registry *registry;
	struct kind_set *set;
	struct schema_types types;
	const struct cel_type *records;
	struct cel_env *env;
};

static void kinds_init(struct kinds *kinds)
{
	struct cel_variable variables[3];
	struct error err;

	arena_init(&kinds->arena);
	kinds->files = (struct policy_files){.limits = &limits_default,
					     .arena = &kinds->arena};
	kinds->registry = schema_registry_new(&strict);
	kind_set_sources(kinds->registry, &kinds->files);
	assert_true(kind_set_load(&kinds->set, &kinds->files, kinds->registry,
				  (str){NULL, 0}, &err));
	schema_types_init(&kinds->types, &kinds->arena, &cel_period_type,
			  &limits_default);
	assert_true(schema_type_records(&kinds->records, &kinds->types,
					kinds->set, &err));
	variables[0] = (struct cel_variable){.name = STR("records"),
					     .type = kinds->records};
	variables[1] = (struct cel_variable){
		.name = STR("self"),
		.type = cel_type_field(kinds->records, STR("incident"))
				->type->params[0]};
	variables[2] = (struct cel_variable){.name = STR("now"),
					     .type = &cel_timestamp_type};
	assert_true(
		cel_env_new(&kinds->env,
			    &(struct cel_env_options){.variables = variables,
						      .variable_count = 3},
			    &err));
}

static void kinds_done(struct kinds *kinds)
{
	cel_env_free(kinds->env);
	schema_types_done(&kinds->types);
	kind_set_free(kinds->set);
	schema_registry_free(kinds->registry);
	arena_done(&kinds->arena);
}

static void every_kind_has_a_type_of_its_own_name(void **state)
{
	struct kinds kinds;

	(void)state;
	kinds_init(&kinds);

	assert_int_equal(kinds.records->field_count, kind_count(kinds.set));
	assert_true(kinds.records->field_count >= 27);
	for (size_t i = 0; i < kinds.records->field_count; i++) {
		const struct cel_field *field = &kinds.records->fields[i];
		const struct cel_type *record = field->type->params[0];
		const struct cel_field *kind =
			cel_type_field(record, STR("kind"));
		const struct cel_field *id = cel_type_field(record, STR("id"));

		assert_int_equal(record->kind, CEL_T_OBJECT);
		assert_true(str_equal(record->name, field->name));
		assert_false(record->open);
		assert_true(id && id->required);
		assert_true(kind && kind->required);
		assert_int_equal(kind->type->literal_count, 1);
		assert_true(str_equal(kind->type->literals[0], field->name));
	}
	kinds_done(&kinds);
}

static void tell(void *context, const struct cel_diagnostic *found)
{
	struct buf *told = context;

	if (told->len)
		buf_add(told, STR(" | "));
	buf_add(told, found->text);
}

static void rules_are_checked_against_real_records(void **state)
{
	static const struct row rows[] = {
		{"self.detected_at < now", ""},
		{"self.status == 'closed' && self.closed_at < now", ""},
		{"self.closed_at < now",
		 "self.closed_at may be absent: guard it with "
		 "has(self.closed_at) or read it as self.?closed_at"},
		{"self.status == 'close'",
		 "self.status is never 'close'; did you mean 'closed'?"},
		{"self.detectd_at < now",
		 "no field 'detectd_at' in incident; did you mean "
		 "'detected_at'?"},
		{"records.contrl.size() > 0",
		 "no field 'contrl' in records; did you mean 'control'?"},
		{"records.control.exists(c, c.owner == self.owner && "
		 "c.implementation != 'partial')",
		 ""},
		{"records.`processing-activity`.all(p, p.recipients.all(r, "
		 "r.type != 'processor' || r.supplier != ''))",
		 ""},
		{"records.control.all(c, c.supports.all(s, "
		 "s.coverage in ['strong', 'weak']))",
		 "c.supports may be absent: guard it with has(c.supports) or "
		 "read it as c.?supports | s.coverage is never 'weak'; it is "
		 "'none' or 'partial' or 'strong'"},
		{"self.severity == '1'",
		 "int is never equal to string; convert one with string() or "
		 "int()"},
	};
	struct kinds kinds;
	struct buf told;

	(void)state;
	kinds_init(&kinds);
	buf_init(&told, 4096);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cel_compile_options options = {.diagnose = tell,
							    .context = &told};
		struct cel_program *program = NULL;
		struct error err;

		buf_clear(&told);
		if (cel_compile(&program, kinds.env, str_of(rows[i].schema),
				&options, &err))
			cel_program_free(program);
		if (!str_is(buf_str(&told), rows[i].type))
			fail_msg("%s: %.*s", rows[i].schema,
				 STR_ARG(buf_str(&told)));
	}
	buf_done(&told);
	kinds_done(&kinds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_type_is_its_like_in_cel),
		cmocka_unit_test(texts_of_an_enum_are_kept),
		cmocka_unit_test(a_union_is_kept_as_one),
		cmocka_unit_test(an_object_has_the_fields_of_all_its_parts),
		cmocka_unit_test(an_object_of_any_keys_is_a_map),
		cmocka_unit_test(branches_of_objects_become_one),
		cmocka_unit_test(what_a_condition_demands_is_promised),
		cmocka_unit_test(a_schema_may_contain_itself),
		cmocka_unit_test(too_many_branches_are_an_error),
		cmocka_unit_test(a_schema_of_too_many_parts_is_an_error),
		cmocka_unit_test(a_schema_that_nests_too_deep_is_an_error),
		cmocka_unit_test(every_kind_has_a_type_of_its_own_name),
		cmocka_unit_test(rules_are_checked_against_real_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
