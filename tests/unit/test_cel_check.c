/* SPDX-License-Identifier: Apache-2.0 */
#include "check_fixture.h"

/* The type of an expression, or NULL when it must not compile; and all that is
 * said of it, in order. */
struct row {
	const char *text;
	const char *type;
	const char *told;
};

static void check_rows(const struct row *rows, size_t count)
{
	struct check_world world;
	struct buf name;

	world_init(&world);
	buf_init(&name, 4096);
	for (size_t i = 0; i < count; i++) {
		const struct cel_type *type =
			world_check(&world, rows[i].text, NULL);

		buf_clear(&name);
		if (type)
			cel_type_print(&name, type);
		if (!str_is(buf_str(&name), rows[i].type ? rows[i].type : ""))
			fail_msg("%s: type \"%.*s\"; %.*s", rows[i].text,
				 STR_ARG(buf_str(&name)),
				 STR_ARG(buf_str(&world.told)));
		if (!str_is(buf_str(&world.told),
			    rows[i].told ? rows[i].told : ""))
			fail_msg("%s: %.*s", rows[i].text,
				 STR_ARG(buf_str(&world.told)));
	}
	buf_done(&name);
	world_done(&world);
}

static void the_result_has_the_type_that_is_worked_out(void **state)
{
	static const struct row rows[] = {
		{"1 + 2", "int", NULL},
		{"'a' + 'b'", "string", NULL},
		{"[1, 'a']", "list(dyn)", NULL},
		{"[1, 2]", "list(int)", NULL},
		{"[] + [1]", "list(int)", NULL},
		{"[[], [1]]", "list(list(int))", NULL},
		{"{}", "map(dyn, dyn)", NULL},
		{"{'a': 1, 'b': 2u}", "map(string, dyn)", NULL},
		{"{1: 'a', 2u: 'b'}", "map(dyn, string)", NULL},
		{"flag ? 1 : 2", "int", NULL},
		{"flag ? 1 : 'a'", "int|string", NULL},
		{"self.count < 5.0", "bool", NULL},
		{"self.tags.map(t, t.size())", "list(int)", NULL},
		{"self.tags.filter(t, t != '')", "list(string)", NULL},
		{"self.tags.transformMap(i, t, t.size())", "map(int, int)",
		 NULL},
		{"self.labels.map(k, k)", "list(string)", NULL},
		{"self.labels.transformList(k, v, v)", "list(string)", NULL},
		{"self.owners.sortBy(o, o.name)", "list(control.owner)", NULL},
		{"self.owners.map(o, has(o.email), o.email)", "list(string)",
		 NULL},
		{"self.lead", "control.owner", NULL},
		{"self.lead.name", "string", NULL},
		{"self['lead'].name", "string", NULL},
		{"self[self.id]", "dyn", NULL},
		{"self.labels.some", "string", NULL},
		{"self.size", "int|string", NULL},
		{"self.size == 1", "bool", NULL},
		{"self.maybe == null", "bool", NULL},
		{"self.due - self.due", "duration", NULL},
		{"self.due + duration('24h')", "timestamp", NULL},
		{"type(1)", "type(int)", NULL},
		{"type(self.count) == string", "bool", NULL},
		{"int", "type(int)", NULL},
		{"optional.of(1)", "optional_type(int)", NULL},
		{"[optional.none(), optional.of(1)]",
		 "list(optional_type(int))", NULL},
		{"self.?owner.name", "optional_type(string)", NULL},
		{"self.?owner.optMap(o, o.name)", "optional_type(string)",
		 NULL},
		{"self.?owner.optFlatMap(o, o.?email)", "optional_type(string)",
		 NULL},
		{"optional.of(1).or(optional.none()).orValue(2)", "int", NULL},
		{"cel.bind(x, self.tags, x[0])", "string", NULL},
		{"any", "dyn", NULL},
		{"any.foo.bar + 1", "int", NULL},
		{"any == null", "bool", NULL},
		{"dyn(1)", "dyn", NULL},
		{"math.greatest(1, 2)", "int", NULL},
		{"[[1, 2], [3]].flatten()", "list(dyn)", NULL},
		{"[self.status, self.id][0]", "string", NULL},
		{"self.lead == {'name': 'x'}", "bool", NULL},
		{"-self.count", "int", NULL},
		{"!flag", "bool", NULL},
		{"flag || any", "bool", NULL},
		{"'a' in self.labels", "bool", NULL},
		{"'a' in any", "bool", NULL},
		{"-1.5", "double", NULL},
		{"b'a' + b'b'", "bytes", NULL},
		{"timestamp('2026-01-01T00:00:00Z') < self.due", "bool", NULL},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_name_that_nobody_declared_is_told_with_the_nearest(void **state)
{
	static const struct row rows[] = {
		{"slef.count", NULL,
		 "error 0-4 unknown-name: no variable named 'slef'; did you "
		 "mean 'self'?"},
		{"self.onwer.name", NULL,
		 "error 5-10 unknown-field: no field 'onwer' in control; "
		 "did you mean 'owner'?"},
		{"self.lead.nam", NULL,
		 "error 10-13 unknown-field: no field 'nam' in "
		 "control.owner; did you mean 'name'?"},
		{"self.zzzzzz", NULL,
		 "error 5-11 unknown-field: no field 'zzzzzz' in control"},
		{"'ownr' in self", NULL,
		 "error 0-6 unknown-field: no field 'ownr' in control; did "
		 "you mean 'owner'?"},
		{"self['ownr']", NULL,
		 "error 5-11 unknown-field: no field 'ownr' in control; did "
		 "you mean 'owner'?"},
		{"self.?ownr", NULL,
		 "error 6-10 unknown-field: no field 'ownr' in control; did "
		 "you mean 'owner'?"},
		{"has(self.ownr)", NULL,
		 "error 9-13 unknown-field: no field 'ownr' in control; did "
		 "you mean 'owner'?"},
		{"controls.all(kk, k.id == '')", NULL,
		 "error 17-18 unknown-name: no variable named 'k'; did you "
		 "mean 'kk'?"},
		{"siz('a')", NULL,
		 "error 0-3 unknown-function: no function named 'siz'; did "
		 "you mean 'size'?"},
		{"'a'.startWith('b')", NULL,
		 "error 4-13 unknown-function: no function named "
		 "'startWith'; did you mean 'startsWith'?"},
		{"self.tags.exist(t, t == 'a')", NULL,
		 "error 10-15 unknown-function: no function named 'exist'; "
		 "did you mean 'exists' or 'exists_one' or 'existsOne'?"},
		{"maths.abs(1)", NULL,
		 "error 0-5 unknown-name: no variable named 'maths'; did "
		 "you mean 'math'?"},
		{"math.abz(1)", NULL,
		 "error 5-8 unknown-function: no function named 'math.abz'; "
		 "did you mean 'abs'?"},
		{"f(1, 2)", NULL,
		 "error 0-1 unknown-function: no function named 'f'"},
		{"sort(self.tags)", NULL,
		 "error 0-4 unknown-function: 'sort' is called on a value: "
		 "write x.sort(...)"},
		{"isSorted(self.tags)", NULL,
		 "error 0-8 unknown-function: 'isSorted' is called on a "
		 "value: write x.isSorted(...)"},
		{"'a'.type()", NULL,
		 "error 4-8 unknown-function: 'type' is not called on a "
		 "value: write type(...)"},
		{"self.tags.all(t)", NULL,
		 "error 0-16 wrong-count: the macro all() is not written "
		 "with 1 arguments"},
		{"self.count.foo", NULL,
		 "error 11-14 no-fields: a value of type int has no fields"},
		{"self.tags.id", NULL,
		 "error 10-12 no-fields: a value of type list(string) has "
		 "no fields; take one of its elements, or go over them with "
		 "exists() or all()"},
		{"'a'.b", NULL,
		 "error 4-5 no-fields: a value of type string has no fields"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_text_that_an_enum_lacks_is_told(void **state)
{
	static const struct row rows[] = {
		{"self.status == 'actve'", NULL,
		 "error 15-22 unknown-value: self.status is never 'actve'; "
		 "did you mean 'active'?"},
		{"self.status != 'actve'", NULL,
		 "error 15-22 unknown-value: self.status is never 'actve'; "
		 "did you mean 'active'?"},
		{"'actve' == self.status", NULL,
		 "error 0-7 unknown-value: self.status is never 'actve'; "
		 "did you mean 'active'?"},
		{"self.status == 'zzzzzzzz'", NULL,
		 "error 15-25 unknown-value: self.status is never "
		 "'zzzzzzzz'; it is 'active' or 'draft' or 'retired'"},
		{"self.status == 'active'", "bool", NULL},
		{"self.status in ['active', 'retird']", NULL,
		 "error 26-34 unknown-value: self.status is never 'retird'; "
		 "did you mean 'retired'?"},
		{"'draftt' in self.states", NULL,
		 "error 0-8 unknown-value: self.states is never 'draftt'; "
		 "did you mean 'draft'?"},
		{"self.states.exists(s, s == 'drft')", NULL,
		 "error 27-33 unknown-value: s is never 'drft'; did you "
		 "mean 'draft'?"},
		{"controls.all(k, k.status == 'retird')", NULL,
		 "error 28-36 unknown-value: k.status is never 'retird'; "
		 "did you mean 'retired'?"},
		{"self.status == self.id", "bool", NULL},
		{"flag && (self.status == 'actve' || self.status == 'drat')",
		 NULL,
		 "error 24-31 unknown-value: self.status is never 'actve'; "
		 "did you mean 'active'? | error 50-56 unknown-value: "
		 "self.status is never 'drat'; did you mean 'draft'?"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_comparison_that_never_holds_is_told(void **state)
{
	static const struct row rows[] = {
		{"self.count == 'a'", NULL,
		 "error 0-17 impossible-comparison: int is never equal to "
		 "string; convert one with string() or int()"},
		{"self.count == 5.0", NULL,
		 "error 0-17 impossible-comparison: int is never equal to "
		 "double; convert one with int(), uint() or double(), or "
		 "write 5.0 for 5"},
		{"self.id == null", NULL,
		 "error 0-15 impossible-comparison: string is never equal "
		 "to null_type; ask has(x.field) whether a field is there"},
		{"self.due == null", NULL,
		 "error 0-16 impossible-comparison: timestamp is never "
		 "equal to null_type; ask has(x.field) whether a field is "
		 "there"},
		{"self.due == '2024-01-01'", NULL,
		 "error 0-24 impossible-comparison: timestamp is never "
		 "equal to string; write timestamp('2026-01-31T00:00:00Z')"},
		{"self.tags.exists(t, t == 1)", NULL,
		 "error 20-26 impossible-comparison: string is never equal "
		 "to int; convert one with string() or int()"},
		{"self.?score == 1.0", NULL,
		 "error 0-18 impossible-comparison: optional_type(double) "
		 "is never equal to double; take the value of the optional "
		 "with orValue() or value()"},
		{"self.lead == 1", NULL,
		 "error 0-14 impossible-comparison: control.owner is never "
		 "equal to int"},
		{"1 in self.tags", NULL,
		 "error 0-14 impossible-comparison: int is never in "
		 "list(string)"},
		{"[1] == ['a']", NULL,
		 "error 0-12 impossible-comparison: list(int) is never "
		 "equal to list(string)"},
		{"self.size == true", NULL,
		 "error 0-17 impossible-comparison: int|string is never "
		 "equal to bool"},
		{"'a' in self.count", NULL,
		 "error 7-17 wrong-type: 'in' needs a list or a map, not int"},
		{"1 in self.lead", NULL,
		 "error 0-14 impossible-comparison: int is never in "
		 "control.owner"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_wrong_type_is_told_where_it_stands(void **state)
{
	static const struct row rows[] = {
		{"'a'.startsWith(1)", NULL,
		 "error 15-16 wrong-argument: startsWith() needs string "
		 "here, not int"},
		{"self.count.startsWith('a')", NULL,
		 "error 0-10 wrong-argument: startsWith() is called on "
		 "string, not on int"},
		{"'abc'.substring('a')", NULL,
		 "error 16-19 wrong-argument: substring() needs int here, "
		 "not string"},
		{"size(1)", NULL,
		 "error 5-6 wrong-argument: size() needs string or bytes or "
		 "list(T) or map(K, V) here, not int"},
		{"math.abs('a')", NULL,
		 "error 9-12 wrong-argument: math.abs() needs int or uint "
		 "or double here, not string"},
		{"[self.id].join(1)", NULL,
		 "error 15-16 wrong-argument: join() needs string here, not "
		 "int"},
		{"self.?owner.size()", NULL,
		 "error 0-11 wrong-argument: size() is called on string or "
		 "bytes or list(T) or map(K, V), not on "
		 "optional_type(control.owner); take its value with "
		 "orValue()"},
		{"'a'.size(1, 2)", NULL,
		 "error 0-14 wrong-count: size() takes 0 arguments, not 2"},
		{"'abc'.substring()", NULL,
		 "error 0-17 wrong-count: substring() takes 1 to 2 "
		 "arguments, not 0"},
		{"1 + 'a'", NULL,
		 "error 0-7 wrong-type: '+' does not go with int and "
		 "string; convert one with string() or int()"},
		{"'a' < 1", NULL,
		 "error 0-7 wrong-type: '<' cannot order string and int; "
		 "convert one with string() or int()"},
		{"self.due < '2024-01-01'", NULL,
		 "error 0-23 wrong-type: '<' cannot order timestamp and "
		 "string; write timestamp('2026-01-31T00:00:00Z')"},
		{"self.status + 1", NULL,
		 "error 0-15 wrong-type: '+' does not go with string and "
		 "int; convert one with string() or int()"},
		{"optional.of(1) + 1", NULL,
		 "error 0-18 wrong-type: '+' does not go with "
		 "optional_type(int) and int; take the value of the "
		 "optional with orValue() or value()"},
		{"[1] + ['a']", NULL,
		 "error 0-11 wrong-type: '+' does not go with list(int) and "
		 "list(string)"},
		{"-'a'", NULL,
		 "error 0-4 wrong-type: '-' is for int and double, not for "
		 "string"},
		{"!1", NULL, "error 1-2 wrong-type: '!' needs a bool, not int"},
		{"flag && self.count", NULL,
		 "error 8-18 wrong-type: '&&' needs a bool, not int"},
		{"self.count ? 1 : 2", NULL,
		 "error 0-10 wrong-type: '?:' needs a bool, not int"},
		{"controls.filter(k, k.count)", NULL,
		 "error 19-26 wrong-type: filter() needs a bool, not int"},
		{"self.count.all(t, t)", NULL,
		 "error 0-10 wrong-type: a list or a map is needed here, "
		 "not int"},
		{"self.owners.sortBy(o, o)", NULL,
		 "error 22-23 wrong-type: values of type control.owner have "
		 "no order to sort by"},
		{"[?1]", NULL,
		 "error 2-3 wrong-type: behind '?' stands an optional, not "
		 "int"},
		{"{?'a': 1}", NULL,
		 "error 7-8 wrong-type: behind '?' stands an optional, not "
		 "int"},
		{"1.optMap(x, x)", NULL,
		 "error 0-1 wrong-type: optMap() is called on an optional, "
		 "not on int"},
		{"optional.of(1).optFlatMap(x, x)", NULL,
		 "error 29-30 wrong-type: optFlatMap() needs an optional "
		 "here, not int"},
		{"self.tags.transformMapEntry(i, t, t)", NULL,
		 "error 34-35 wrong-type: transformMapEntry() needs a map "
		 "here, not string"},
		{"self.tags['a']", NULL,
		 "error 10-13 wrong-type: a value of type list(string) "
		 "cannot be indexed by string"},
		{"self.labels[1]", NULL,
		 "error 12-13 wrong-type: a value of type map(string, "
		 "string) cannot be indexed by int"},
		{"self[1]", NULL,
		 "error 5-6 wrong-type: a value of type control cannot be "
		 "indexed by int"},
		{"size(1) + size(2) + size('a')", NULL,
		 "error 5-6 wrong-argument: size() needs string or bytes or "
		 "list(T) or map(K, V) here, not int | error 15-16 "
		 "wrong-argument: size() needs string or bytes or list(T) "
		 "or map(K, V) here, not int"},
		{"size(1) == size(2)", NULL,
		 "error 5-6 wrong-argument: size() needs string or bytes or "
		 "list(T) or map(K, V) here, not int | error 16-17 "
		 "wrong-argument: size() needs string or bytes or list(T) "
		 "or map(K, V) here, not int"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_union_is_warned_of_where_not_all_of_it_fits(void **state)
{
	static const struct row rows[] = {
		{"self.size + 1", "int",
		 "warning 0-13 may-not-fit: '+' does not go with every pair "
		 "of int|string and int"},
		{"self.size.matches('a')", "bool",
		 "warning 0-9 may-not-fit: matches() takes string here; "
		 "this may also be another of int|string"},
		{"size(self.size)", "int",
		 "warning 5-14 may-not-fit: size() takes string or bytes or "
		 "list(T) or map(K, V) here; this may also be another of "
		 "int|string"},
		{"self.size.size() + 1", "int",
		 "warning 0-9 may-not-fit: size() takes string or bytes or "
		 "list(T) or map(K, V) here; this may also be another of "
		 "int|string"},
		{"self.maybe.startsWith('a')", "bool",
		 "warning 0-10 may-not-fit: startsWith() takes string here; "
		 "this may also be another of string|null_type"},
		{"self.size < 5", "bool",
		 "warning 0-13 may-not-fit: '<' does not go with every pair "
		 "of int|string and int"},
		{"self.size == 'a'", "bool", NULL},
		{"self.size + true", NULL,
		 "error 0-16 wrong-type: '+' does not go with int|string "
		 "and bool"},
		{"self.size.getFullYear()", NULL,
		 "error 0-9 wrong-argument: getFullYear() is called on "
		 "timestamp, not on int|string"},
		{"!self.size", NULL,
		 "error 1-10 wrong-type: '!' needs a bool, not int|string"},
		{"[self.size, 1][0]", "int|string", NULL},
		{"self.size > 1 ? self.size : 0", "int|string",
		 "warning 0-13 may-not-fit: '>' does not go with every pair "
		 "of int|string and int"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void an_open_record_is_warned_of(void **state)
{
	static const struct row rows[] = {
		{"note.text", "string", NULL},
		{"note.other", "dyn",
		 "warning 5-10 unknown-field: 'other' is not declared in "
		 "note | warning 0-10 may-be-absent: note.other may be "
		 "absent: guard it with has(note.other) or read it as "
		 "note.?other"},
		{"note.txt", "dyn",
		 "warning 5-8 unknown-field: 'txt' is not declared in note; "
		 "did you mean 'text'? | warning 0-8 may-be-absent: "
		 "note.txt may be absent: guard it with has(note.txt) or "
		 "read it as note.?txt"},
		{"'txt' in note", "bool",
		 "warning 0-5 unknown-field: 'txt' is not declared in note; "
		 "did you mean 'text'?"},
		{"has(note.other) && note.other == 1", "bool",
		 "warning 9-14 unknown-field: 'other' is not declared in "
		 "note | warning 24-29 unknown-field: 'other' is not "
		 "declared in note"},
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void count_errors(void *context, const struct cel_diagnostic *found)
{
	size_t *counts = context;

	counts[found->warning ? 1 : 0]++;
}

static void all_that_is_wrong_is_told_at_once(void **state)
{
	struct check_world world;
	size_t counts[2] = {0, 0};
	const struct cel_compile_options options = {.diagnose = count_errors,
						    .context = counts};
	struct cel_program *program;
	struct error err;

	(void)state;
	world_init(&world);
	assert_false(cel_compile(&program, world.env,
				 STR("self.a == 1 && self.owner.name == 2 "
				     "&& self.status == 'x'"),
				 &options, &err));

	assert_int_equal(counts[0], 3);
	assert_int_equal(counts[1], 1);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_true(err.placed);
	assert_int_equal(err.at.start, 5);
	assert_string_equal(err.text, "no field 'a' in control");
	world_done(&world);
}

static void the_result_must_be_what_is_asked_for(void **state)
{
	struct check_world world;
	const struct cel_compile_options options = {.result = &cel_bool_type};
	struct cel_program *program;
	struct error err;

	(void)state;
	world_init(&world);

	assert_false(cel_compile(&program, world.env, STR("self.count"),
				 &options, &err));
	assert_string_equal(err.text, "the expression must be bool, not int");
	assert_true(
		cel_compile(&program, world.env, STR("any.x"), &options, &err));
	cel_program_free(program);
	world_done(&world);
}

static void tell_suggestion(void *context, const struct cel_diagnostic *found)
{
	struct check_world *world = context;

	buf_add(&world->told, found->suggestion);
}

static void a_suggestion_can_stand_where_the_fault_is(void **state)
{
	static const char *const rows[][2] = {
		{"self.onwer", "owner"},
		{"self['onwer']", "'owner'"},
		{"self[\"onwer\"]", "\"owner\""},
		{"self.status == 'actve'", "'active'"},
		{"self.tags.exist(t, true)", "exists"},
		{"self.zzzzzzzz", ""},
	};
	struct check_world world;

	(void)state;
	world_init(&world);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cel_compile_options options = {
			.diagnose = tell_suggestion, .context = &world};
		struct cel_program *program;
		struct error err;

		buf_clear(&world.told);
		assert_false(cel_compile(&program, world.env,
					 str_of(rows[i][0]), &options, &err));
		if (!str_is(buf_str(&world.told), rows[i][1]))
			fail_msg("%s: %.*s", rows[i][0],
				 STR_ARG(buf_str(&world.told)));
	}
	world_done(&world);
}

/* cel.bind(a, [[]], cel.bind(b, {a: a}, cel.bind(c, {b: b}, ... */
static void types_that_double_each_time_end_in_an_error(void **state)
{
	struct check_world world;
	struct cel_program *program;
	struct buf text;
	struct error err;

	(void)state;
	world_init(&world);
	buf_init(&text, 65536);
	buf_add(&text, STR("cel.bind(v0, 1, "));
	for (int i = 1; i < 60; i++)
		buf_format(&text, "cel.bind(v%d, {v%d: v%d}, ", i, i - 1,
			   i - 1);
	buf_add(&text, STR("v59 == v59"));
	buf_repeat(&text, ')', 60);
	assert_false(
		cel_compile(&program, world.env, buf_str(&text), NULL, &err));

	assert_string_equal(err.text,
			    "the types in this expression are too large to "
			    "check; write it in parts");
	buf_done(&text);
	world_done(&world);
}

static void a_long_chain_of_guards_is_checked(void **state)
{
	struct check_world world;
	struct buf text;

	(void)state;
	world_init(&world);
	buf_init(&text, 65536);
	buf_add(&text, STR("has(self.score)"));
	for (int i = 0; i < 1500; i++)
		buf_add(&text, STR(" && self.score > 1.0"));

	assert_non_null(world_check(
		&world, arena_cstr(&world.arena, buf_str(&text)), NULL));
	assert_int_equal(world.told.len, 0);
	buf_done(&text);
	world_done(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_result_has_the_type_that_is_worked_out),
		cmocka_unit_test(
			a_name_that_nobody_declared_is_told_with_the_nearest),
		cmocka_unit_test(a_text_that_an_enum_lacks_is_told),
		cmocka_unit_test(a_comparison_that_never_holds_is_told),
		cmocka_unit_test(a_wrong_type_is_told_where_it_stands),
		cmocka_unit_test(a_union_is_warned_of_where_not_all_of_it_fits),
		cmocka_unit_test(an_open_record_is_warned_of),
		cmocka_unit_test(all_that_is_wrong_is_told_at_once),
		cmocka_unit_test(the_result_must_be_what_is_asked_for),
		cmocka_unit_test(a_suggestion_can_stand_where_the_fault_is),
		cmocka_unit_test(types_that_double_each_time_end_in_an_error),
		cmocka_unit_test(a_long_chain_of_guards_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
