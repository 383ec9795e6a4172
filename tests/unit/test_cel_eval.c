/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

struct sample {
	const char *text;
	const char *value;
};

static const char world[] =
	"{\"self\":{\"id\":\"R1\",\"age\":41,\"tags\":[\"a\",\"b\"],"
	"\"owner\":{\"name\":\"Maya\"},\"a-b\":7,\"none\":null,"
	"\"big\":99999999999999999999,\"bigs\":[1,99999999999999999999],"
	"\"n\":[3,1,2]},\"x\":5,\"xs\":[1,2,3]}";

static void check(const struct sample *samples, size_t count)
{
	struct fixture f;

	fixture_init(&f, world);
	for (size_t i = 0; i < count; i++)
		if (strcmp(fixture_eval(&f, samples[i].text),
			   samples[i].value) != 0)
			fail_msg("%s gives %s, not %s", samples[i].text, f.text,
				 samples[i].value);
	fixture_done(&f);
}

static void test_records_are_read_in_place(void **state)
{
	static const struct sample samples[] = {
		{"self.age + 1", "42"},
		{"self.owner.name", "\"Maya\""},
		{"self.`a-b`", "7"},
		{"self['a-b'] + self.tags.size()", "9"},
		{"self.tags[1]", "\"b\""},
		{"self.tags[1.0] == self.tags[1u]", "true"},
		{"has(self.none) && self.none == null", "true"},
		{"has(self.owner.email)", "false"},
		{"self.?owner.?email.orValue('-')", "\"-\""},
		{"self[?'owner'].name.value()", "\"Maya\""},
		{"self.tags[?2].hasValue()", "false"},
		{"self.tags.first().value() + self.tags.last().value()",
		 "\"ab\""},
		{"'id' in self && !('ix' in self)", "true"},
		{"self.map(k, k).size()", "9"},
		{"self.owner", "{\"name\": \"Maya\"}"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void test_errors_say_what_and_where(void **state)
{
	static const struct sample samples[] = {
		{"1 + self.owner.email",
		 "error: no such key: \"email\" at `self.owner.email`"},
		{"self.id.name", "error: a value of type string has no field "
				 "name at `self.id.name`"},
		{"nobody.knows", "error: no variable named nobody at `nobody`"},
		{"self.tags[2]",
		 "error: index 2 is outside of a list of 2 at `self.tags[2]`"},
		{"self.tags['a']", "error: an index cannot be applied to these "
				   "types at `self.tags['a']`"},
		{"true && self.age / 0 > 1",
		 "error: division by zero at `self.age / 0`"},
		{"self.age % 0",
		 "error: remainder of a division by zero at `self.age % 0`"},
		{"x + 9223372036854775807",
		 "error: +: the result does not fit at `x + "
		 "9223372036854775807`"},
		{"x > 3 && -9223372036854775808 / (x - 6) > 0",
		 "error: /: the result does not fit at `-9223372036854775808 / "
		 "(x - 6)`"},
		{"x + 'a'",
		 "error: + cannot be applied to these types at `x + 'a'`"},
		{"x + 1.0",
		 "error: + cannot be applied to these types at `x + 1.0`"},
		{"x < 'a'",
		 "error: < cannot be applied to these types at `x < 'a'`"},
		{"!x", "error: ! cannot be applied to these types at `!x`"},
		{"x ? 1 : 2", "error: a bool is needed here, not 5 at `x ? 1 : "
			      "2`"},
		{"x && true", "error: a bool is needed here, not 5 at `x`"},
		{"int('1a')", "error: \"1a\" cannot be converted to int at "
			      "`int('1a')`"},
		{"{'a': 1, 'a': x}",
		 "error: the key \"a\" stands twice in a map at `{'a': 1, "
		 "'a': x}`"},
		{"{1.0: x}", "error: 1.0 cannot be a key of a map at "
			     "`{1.0: x}`"},
		{"optional.none().value()", "error: optional.none() has no "
					    "value at `optional.none()."
					    "value()`"},
		{"[1].optMap(v, v)",
		 "error: an optional is needed here, not a value of type list "
		 "at `[1].optMap(v, v)`"},
		{"self.nothing(1)", "error: nothing cannot be applied to these "
				    "types at `self.nothing(1)`"},
		{"self.big + 1",
		 "error: a number of the record does not fit in 64 bits at "
		 "`self.big`"},
		{"x.exists(y, true)",
		 "error: a loop cannot be applied to these types at "
		 "`x.exists(y, true)`"},
		{"self.id.matches('(')",
		 "error: the pattern is wrong: the group has no closing "
		 "parenthesis at "
		 "`self.id.matches('(')`"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void test_a_deciding_operand_wins_over_errors(void **state)
{
	static const struct sample samples[] = {
		{"1 / 0 > 0 || true", "true"},
		{"nobody || x == 5", "true"},
		{"1 / 0 > 0 && x == 6", "false"},
		{"x == 6 || 1 / 0 > 0 || x == 5", "true"},
		{"'text' && false", "false"},
		{"x == 5 && 1 / 0 > 0 && 'a' > 1",
		 "error: division by zero at `1 / 0`"},
		{"xs.exists(v, 1 / (v - 1) > 5 || v == 3)", "true"},
		{"xs.all(v, 1 / (v - 1) > 0 && v != 3)", "false"},
		{"xs.exists(v, 1 / (v - 2) > 5)",
		 "error: division by zero at `1 / (v - 2)`"},
		{"xs.exists_one(v, 1 / (v - 3) > 5 || v == 1)",
		 "error: division by zero at `1 / (v - 3)`"},
		{"self.bigs.exists(v, v == 1)", "true"},
		{"self.bigs.all(v, v == 1)",
		 "error: a number of the record does not fit in 64 bits at "
		 "`self.bigs.all(v, v == 1)`"},
		{"1 in self.bigs", "true"},
		{"2 in self.bigs",
		 "error: a number of the record does not fit in 64 bits at "
		 "`2 in self.bigs`"},
		{"optional.of(1).orValue(1 / 0)", "1"},
		{"cel.bind(e, 1 / 0, true || e > 1)", "true"},
		{"true ? x : 1 / 0", "5"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void test_variables_of_macros_shadow_and_end(void **state)
{
	static const struct sample samples[] = {
		{"xs.map(x, x * 2)", "[2, 4, 6]"},
		{"xs.map(x, xs.map(x, x + 1))[2] == [2, 3, 4]", "true"},
		{"xs.map(self, self + .x)", "[6, 7, 8]"},
		{"xs.map(y, y) + [x]", "[1, 2, 3, 5]"},
		{"cel.bind(a, 1, cel.bind(b, a + 1, a + b + x))", "8"},
		{"xs.map(math, math + 1)", "[2, 3, 4]"},
		{"xs.map(i, xs.filter(j, j < i).size())", "[0, 1, 2]"},
		{"xs.transformMap(i, v, v > 1, v * i)", "{1: 2, 2: 6}"},
		{"xs.transformMapEntry(i, v, {string(v): i})",
		 "{\"1\": 0, \"2\": 1, \"3\": 2}"},
		{"xs.transformMapEntry(i, v, {'k': i})",
		 "error: the key \"k\" stands twice in a map at "
		 "`xs.transformMapEntry(i, v, {'k': i})`"},
		{"self.n.sortBy(v, -v)", "[3, 2, 1]"},
		{"[[2, 'a'], [1, 'b'], [2, 'c'], [1, 'd']].sortBy(v, v[0])"
		 ".map(v, v[1])",
		 "[\"b\", \"d\", \"a\", \"c\"]"},
		{"[1, 'a'].sortBy(v, v)",
		 "error: sortBy cannot be applied to these types at "
		 "`[1, 'a'].sortBy(v, v)`"},
		{"optional.of(x).optMap(v, v + 1).value()", "6"},
		{"optional.of(x).optFlatMap(v, v)",
		 "error: an optional is needed here, not 5 at "
		 "`optional.of(x).optFlatMap(v, v)`"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void test_times_add_up_within_their_range(void **state)
{
	static const struct sample samples[] = {
		{"timestamp('2026-01-31T00:00:00Z') + duration('36h')",
		 "timestamp(\"2026-02-01T12:00:00Z\")"},
		{"timestamp('2026-01-31T00:00:00Z') - duration('1ns')",
		 "timestamp(\"2026-01-30T23:59:59.999999999Z\")"},
		{"timestamp(0) - timestamp('1970-01-01T00:00:00.5Z')",
		 "duration(\"-0.5s\")"},
		{"duration('-1.5s') + duration('1s')", "duration(\"-0.5s\")"},
		{"duration('1h2m3.5s')", "duration(\"3723.5s\")"},
		{"duration('0')", "duration(\"0s\")"},
		{"string(duration('-90.25s'))", "\"-90.25s\""},
		{"duration('1.5')",
		 "error: \"1.5\" cannot be converted to duration at "
		 "`duration('1.5')`"},
		{"timestamp(1) + timestamp(1)",
		 "error: + cannot be applied to these types at "
		 "`timestamp(1) + timestamp(1)`"},
		{"duration('1s') - timestamp(1)",
		 "error: - cannot be applied to these types at "
		 "`duration('1s') - timestamp(1)`"},
		{"timestamp(253402300800)",
		 "error: timestamp: the result does not fit at "
		 "`timestamp(253402300800)`"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void test_numbers_convert_as_written(void **state)
{
	static const struct sample samples[] = {
		{"string(0.1)", "\"0.1\""},
		{"string(100.0)", "\"100\""},
		{"string(1e21)", "\"1e+21\""},
		{"string(1.5e-9)", "\"1.5e-09\""},
		{"string(123456789.125)", "\"123456789.125\""},
		{"string(-0.0)", "\"-0\""},
		{"string(1.0 / 0.0)", "\"Infinity\""},
		{"double('1e400')",
		 "error: \"1e400\" cannot be converted to double at "
		 "`double('1e400')`"},
		{"double('0x10')",
		 "error: \"0x10\" cannot be converted to double at "
		 "`double('0x10')`"},
		{"double('-inf') < 0.0", "true"},
		{"uint('18446744073709551615')", "18446744073709551615u"},
		{"uint(-0.5)", "error: uint: the result does not fit at "
			       "`uint(-0.5)`"},
		{"int(-1.9)", "-1"},
		{"size('h\\u00e4')", "2"},
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

/* A record read under the type of its schema: score is a number, until a date,
 * steps are objects with a date each. */
static void test_records_are_read_with_their_types(void **state)
{
	static const char json[] =
		"{\"self\":{\"id\":\"R1\",\"score\":3,\"until\":"
		"\"2026-05-01\",\"bad\":\"soon\",\"steps\":[{\"on\":"
		"\"2026-01-01\"},{\"on\":\"2026-02-01\"}],\"free\":7}}";
	static const struct cel_field step_fields[] = {
		{.name = STR_INIT("on"), .type = &cel_date_type}};
	static const struct cel_type step = {.kind = CEL_T_OBJECT,
					     .converts = true,
					     .name = STR_INIT("step"),
					     .fields = step_fields,
					     .field_count = 1};
	static const struct cel_type *const step_param[] = {&step};
	static const struct cel_type steps = {.kind = CEL_T_LIST,
					      .converts = true,
					      .params = step_param,
					      .count = 1};
	static const struct cel_field fields[] = {
		{.name = STR_INIT("bad"), .type = &cel_date_type},
		{.name = STR_INIT("id"), .type = &cel_string_type},
		{.name = STR_INIT("score"), .type = &cel_double_type},
		{.name = STR_INIT("steps"), .type = &steps},
		{.name = STR_INIT("until"), .type = &cel_date_type}};
	static const struct cel_type record = {.kind = CEL_T_OBJECT,
					       .converts = true,
					       .name = STR_INIT("record"),
					       .fields = fields,
					       .field_count = 5};
	static const struct sample samples[] = {
		{"self.score", "3.0"},
		{"self.free + 1", "8"},
		{"self.until > timestamp('2026-04-30T23:59:59Z')", "true"},
		{"self.steps.map(s, s.on.getMonth())", "[0, 1]"},
		{"self.steps[1].on - self.steps[0].on == duration('744h')",
		 "true"},
		{"self.steps.exists(s, s.on == self.until)", "false"},
		{"has(self.until) && !has(self.none)", "true"},
		{"self.bad > self.until",
		 "error: \"soon\" cannot be converted to timestamp at "
		 "`self.bad`"},
		{"self.none", "error: no such key: \"none\" at `self.none`"},
		{"self.?until.hasValue()", "true"},
		{"self['score'] == 3.0", "true"},
	};
	struct fixture f;
	struct cel_eval eval;

	(void)state;
	fixture_init(&f, json);
	eval = (struct cel_eval){.arena = &f.arena, .budget = SIZE_MAX};
	f.values[0] = cel_of_typed_node(&eval, f.values[0].as.node, &record);
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++)
		assert_string_equal(fixture_eval(&f, samples[i].text),
				    samples[i].value);
	fixture_done(&f);
}

struct lazy {
	size_t asked;
};

static struct cel_value answer(struct cel_eval *eval, size_t slot)
{
	const struct lazy *const *lazy = eval->host;

	((struct lazy *)(uintptr_t)*lazy)->asked++;
	return slot == 0 ? cel_int(20)
			 : cel_fail(eval, CEL_FAULT_DIVISION, cel_null(),
				    cel_null());
}

static void test_lazy_variables_are_asked_for_once_and_if_needed(void **state)
{
	static const struct cel_variable variables[] = {
		{.name = STR_INIT("a")}, {.name = STR_INIT("b")}};
	const struct cel_value unset[] = {{.tag = CEL_ERROR},
					  {.tag = CEL_ERROR}};
	const struct cel_activation activation = {unset, 2, answer};
	struct cel_compile_options options = {.no_check = true};
	struct lazy lazy = {0};
	const struct lazy *host = &lazy;
	struct cel_program *program;
	struct cel_run run = {.host = &host};
	struct cel_value value;
	struct cel_env *env;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	run.arena = &arena;
	assert_true(
		cel_env_new(&env,
			    &(struct cel_env_options){.variables = variables,
						      .variable_count = 2},
			    &err));
	assert_true(cel_compile(&program, env,
				STR("a + a == 40 || b == b || b == 1"),
				&options, &err));

	value = cel_eval(program, &activation, &run);

	assert_int_equal(value.tag, CEL_BOOL);
	assert_int_equal(lazy.asked, 1);
	cel_program_free(program);
	cel_env_free(env);
	arena_done(&arena);
}

static void test_messages_are_refused_where_they_stand(void **state)
{
	struct cel_program *program;
	struct fixture f;
	struct error err;

	(void)state;
	fixture_init(&f, world);
	assert_false(cel_compile(&program, f.env, STR("x == Point{y: 1}"), NULL,
				 &err));

	assert_int_equal(err.kind, ERROR_SYNTAX);
	assert_int_equal(err.at.start, 5);
	assert_int_equal(err.at.end, 10);
	fixture_done(&f);
}

static void test_overloads_that_collide_are_refused(void **state)
{
	static const struct cel_overload overloads[] = {
		{.name = "size", .id = "mine", .signature = "(string) -> int"}};
	const struct cel_library library = {"mine", overloads, 1};
	const struct cel_library *libraries[] = {&library};
	struct cel_env_options options = {.libraries = libraries,
					  .library_count = 1};
	struct cel_env *env;
	struct error err;

	(void)state;
	assert_false(cel_env_new(&env, &options, &err));
	assert_string_equal(err.text, "library mine: the overloads size_string "
				      "and mine collide");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_are_read_in_place),
		cmocka_unit_test(test_records_are_read_with_their_types),
		cmocka_unit_test(test_errors_say_what_and_where),
		cmocka_unit_test(test_a_deciding_operand_wins_over_errors),
		cmocka_unit_test(test_variables_of_macros_shadow_and_end),
		cmocka_unit_test(test_times_add_up_within_their_range),
		cmocka_unit_test(test_numbers_convert_as_written),
		cmocka_unit_test(
			test_lazy_variables_are_asked_for_once_and_if_needed),
		cmocka_unit_test(test_messages_are_refused_where_they_stand),
		cmocka_unit_test(test_overloads_that_collide_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
