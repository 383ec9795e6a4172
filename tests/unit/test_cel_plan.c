/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

static const char world[] =
	"{\"s\":\"open\",\"n\":3,\"d\":3.0,\"l\":[1,\"a\"],\"z\":null,"
	"\"m\":{\"k\":\"v\"},\"u\":\"\"}";

/* Expressions for which the planner has a way of its own. */
static const char *const texts[] = {
	"s in ['open', 'closed']",
	"s in ['shut', 'closed']",
	"n in [1, 2, 3.0]",
	"d in [1u, 2u, 3u]",
	"l in ['a', 1]",
	"z in ['a', null]",
	"u in []",
	"nobody in [1]",
	"s in ['a','b','c','d','e','f','g','h','i','j','open']",
	"n in [0,1,2,3,4,5,6,7,8,9,10]",
	"d in [0,1,2,4,5,6,7,8,9,10,11,12]",
	"d in [0,1,2,3u,4,5,6,7,8,9,10,11]",
	"n in [[1], [2], n]",
	"0.0/0.0 in [0.0/0.0, 1.0]",
	"[0.0/0.0].exists(x, x in [0.0/0.0,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0])",
	"s == 'open'",
	"'open' == s",
	"s != 'open'",
	"n == 'open'",
	"'open' != n",
	"nobody == 'open'",
	"m.k == 'v'",
	"m.x == 'v'",
	"n >= 3",
	"d >= 3",
	"s >= 3",
	"z < 3",
	"nobody > 3",
	"1 + 2 * 3 - 4 / 2 % 3",
	"1 / 0",
	"false && 1 / 0 > 1",
	"n > 1 || 1 / 0 > 1",
	"n > 5 || 1 / 0 > 1",
	"[1, 2, 3].map(x, x * x).filter(x, x > 1)",
	"[1, 2, 3].map(x, x * n)",
	"[1, 2].map(x, [x].map(y, x + y))",
	"cel.bind(a, 5, a + n)",
	"cel.bind(a, 5, a + a)",
	"timestamp('2026-01-31T00:00:00Z') + duration('36h')",
	"timestamp('nonsense') > timestamp(0)",
	"s.matches('^o.en$')",
	"s.matches('^x')",
	"n.matches('^x')",
	"nobody.matches('^x')",
	"s.matches(s)",
	"matches(s, 'p')",
	"['open', 'shut'].exists(x, x.matches('^s'))",
	"['shut', s].exists(x, x.matches('^o'))",
	"{'a': 1, 'b': [1, 2]}.b[1]",
	"{'a': 1}.b",
	"type(1) == int",
	"optional.of(1).optMap(x, x + 1).value()",
	"has({'a': 1}.a) ? 'y' : s",
	"'a' + 'b' + s + 'c'",
	"lists.range(5).map(i, i).size()",
};

static void test_every_way_of_planning_gives_the_same(void **state)
{
	struct cel_compile_options plain = {
		.no_check = true, .no_fold = true, .naive = true};
	struct fixture f;
	char wanted[sizeof(f.text)];

	(void)state;
	fixture_init(&f, world);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		(void)snprintf(wanted, sizeof(wanted), "%s",
			       fixture_eval_with(&f, texts[i], &plain));
		if (strcmp(fixture_eval(&f, texts[i]), wanted) != 0)
			fail_msg("%s: %s, and %s when it is folded", texts[i],
				 wanted, f.text);
	}
	fixture_done(&f);
}

static size_t cost_of(struct fixture *f, const char *text, bool no_fold)
{
	(void)fixture_eval_with(f, text,
				&(struct cel_compile_options){
					.no_check = true, .no_fold = no_fold});
	return f->limits.cel_cost - f->left;
}

static void test_constants_are_worked_out_once(void **state)
{
	static const char *const folded[] = {
		"1 + 2 * 3 > 6 && 'a' + 'b' == 'ab'",
		"[1, 2, 3, 4].map(x, x * x).exists(x, x == 16)",
		"timestamp('2026-01-31T00:00:00Z') + duration('36h')",
		"cel.bind(a, [1, 2], a.all(x, x > 0))",
		"1 / 0",
	};
	struct fixture f;

	(void)state;
	fixture_init(&f, world);
	for (size_t i = 0; i < ARRAY_SIZE(folded); i++) {
		assert_int_equal(cost_of(&f, folded[i], false), 1);
		assert_true(cost_of(&f, folded[i], true) > 1);
	}
	fixture_done(&f);
}

static void test_a_dear_constant_is_not_worked_out_when_planning(void **state)
{
	static const char text[] = "lists.range(5000).all(x, x >= 0)";
	struct fixture f;

	(void)state;
	fixture_init(&f, world);
	assert_true(cost_of(&f, text, false) > 10000);
	assert_string_equal(f.text, "true");
	fixture_done(&f);
}

static void test_planning_a_program_of_dear_constants_is_cheap(void **state)
{
	struct cel_compile_options options = {.no_check = true};
	struct fixture f;
	struct buf text;

	(void)state;
	fixture_init(&f, world);
	buf_init(&text, 1 << 20);
	buf_add(&text, STR("0"));
	for (int i = 0; i < 1500; i++)
		buf_add(&text, STR(" + lists.range(9000).size()"));
	buf_byte(&text, '\0');

	/* 1500 lists of 9000 would be 200 MiB and 13 million units. */
	cel_program_free(fixture_compile(&f, text.ptr, &options));
	assert_string_equal(fixture_eval(&f, text.ptr) + 7,
			    "the evaluation costs more than allowed");
	buf_done(&text);
	fixture_done(&f);
}

static struct cel_value count_calls(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	int *calls = (int *)(uintptr_t)eval->host;

	(void)args;
	(void)count;
	return cel_int(calls ? ++*calls : -1);
}

static void test_what_is_not_pure_is_not_folded(void **state)
{
	static const struct cel_overload overloads[] = {
		{.name = "tick",
		 .id = "tick",
		 .signature = "() -> int",
		 .flags = CEL_IMPURE,
		 .call = count_calls}};
	const struct cel_library library = {"tick", overloads, 1};
	const struct cel_library *libraries[] = {&library};
	struct cel_env_options options = {.libraries = libraries,
					  .library_count = 1};
	struct cel_compile_options unchecked = {.no_check = true};
	struct cel_program *program;
	struct cel_env *env;
	struct arena arena;
	struct error err;
	int calls = 0;
	struct cel_run run = {.arena = &arena, .host = &calls};

	(void)state;
	arena_init(&arena);
	assert_true(cel_env_new(&env, &options, &err));
	assert_true(cel_compile(&program, env, STR("tick() + tick()"),
				&unchecked, &err));

	assert_int_equal(cel_eval(program, NULL, &run).as.integer, 3);
	assert_int_equal(calls, 2);

	cel_program_free(program);
	cel_env_free(env);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_way_of_planning_gives_the_same),
		cmocka_unit_test(test_constants_are_worked_out_once),
		cmocka_unit_test(
			test_a_dear_constant_is_not_worked_out_when_planning),
		cmocka_unit_test(
			test_planning_a_program_of_dear_constants_is_cheap),
		cmocka_unit_test(test_what_is_not_pure_is_not_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
