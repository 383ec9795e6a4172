/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

static const char world[] = "{\"s\":\"0123456789\",\"xs\":[1,2,3,4,5,6,7,8,9,"
			    "10],\"m\":{\"a\":{\"b\":1}}}";

/* Expressions that would run, or grow, for very long. */
static void test_hostile_expressions_end_with_the_budget(void **state)
{
	static const char *const texts[] = {
		/* 10^8 turns */
		"xs.all(a, xs.all(b, xs.all(c, xs.all(d, xs.all(e, xs.all(f, "
		"xs.all(g, xs.all(h, true))))))))",
		/* a list that doubles, and a string */
		"cel.bind(a, xs+xs+xs+xs, cel.bind(b, a+a+a+a+a+a+a+a+a+a, "
		"cel.bind(c, b+b+b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, "
		"cel.bind(e, d+d+d+d+d+d+d+d+d+d+d, e+e+e+e+e+e+e).size()))))",
		"cel.bind(a, s+s+s+s+s+s+s+s+s+s, cel.bind(b, "
		"a+a+a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b+b+b, "
		"cel.bind(d, c+c+c+c+c+c+c+c+c+c, cel.bind(e, "
		"d+d+d+d+d+d+d+d+d+d, cel.bind(f, e+e+e+e+e+e+e+e+e+e, "
		"f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f+f))))))",
		/* equality of values that share their parts */
		"cel.bind(a, [xs,xs,xs,xs,xs], cel.bind(b, [a,a,a,a,a,a,a,a], "
		"cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c], "
		"cel.bind(e, [d,d,d,d,d,d,d,d], cel.bind(f, [e,e,e,e,e,e,e], "
		"f == [e,e,e,e,e,e,e]))))))",
		/* what absorbs errors does not absorb this */
		"xs.all(a, xs.all(b, xs.all(c, xs.all(d, xs.all(e, xs.all(f, "
		"xs.all(g, true))))))) || true",
		"xs.exists(a, xs.map(b, xs.map(c, xs.map(d, xs.map(e, xs.map(f,"
		" xs.map(g, 1)))))).size() < 0) || true",
		"xs.transformMap(a, v, xs.map(c, xs.map(d, xs.map(e, xs.map(f, "
		"xs.map(g, [a, c, d, e, f, g])))))) == {}",
		"lists.range(100000).sortBy(v, lists.range(v).size()) == []",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct fixture f;

		fixture_init(&f, world);
		if (!strstr(fixture_eval(&f, texts[i]),
			    "error: the evaluation costs more than allowed"))
			fail_msg("%s gives %s", texts[i], f.text);
		assert_int_equal(f.left, 0);
		/* Memory follows what was paid for. */
		assert_true(f.arena.taken < ((size_t)128 << 20));
		fixture_done(&f);
	}
}

static void test_what_is_charged_follows_the_work(void **state)
{
	static const struct {
		const char *text;
		size_t least, most;
	} cases[] = {
		{"s == 'x'", 1, 5},
		{"xs.all(x, x > 0)", 30, 60},
		{"xs.all(x, xs.all(y, x + y > 0))", 500, 900},
		{"xs + xs", 20, 30},
		{"s + s + s", 6, 10},
		{"xs.map(x, x).size()", 30, 60},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture f;
		size_t cost;

		fixture_init(&f, world);
		(void)fixture_eval(&f, cases[i].text);
		cost = f.limits.cel_cost - f.left;
		if (cost < cases[i].least || cost > cases[i].most)
			fail_msg("%s costs %zu", cases[i].text, cost);
		fixture_done(&f);
	}
}

/* Evaluations until one fails, when a rule has `rest` units for all. */
static size_t evaluations(struct fixture *f, const char *text, size_t *rest)
{
	struct cel_compile_options options = {.no_check = true};
	struct cel_program *program = fixture_compile(f, text, &options);
	struct cel_activation activation = {f->values, f->count, NULL};
	struct cel_value value;
	size_t times = 0;

	do {
		struct cel_run run = {.arena = &f->arena, .rest = rest};

		value = cel_eval(program, &activation, &run);
		times++;
	} while (value.tag != CEL_ERROR);
	assert_int_equal(value.extra, CEL_FAULT_BUDGET);
	cel_program_free(program);
	return times;
}

static void test_all_evaluations_of_a_rule_share_a_budget(void **state)
{
	struct fixture f;
	size_t rest = 2000;

	(void)state;
	fixture_init(&f, world);

	assert_in_range(evaluations(&f, "xs.all(x, x > 0)", &rest), 30, 70);
	assert_int_equal(rest, 0);
	/* One evaluation does not get more than its own share. */
	rest = 10 * f.limits.cel_cost;
	assert_int_equal(evaluations(&f,
				     "xs.all(a, xs.all(b, xs.all(c, xs.all(d, "
				     "xs.all(e, xs.all(f, true))))))",
				     &rest),
			 1);
	assert_int_equal(rest, 9 * f.limits.cel_cost);
	fixture_done(&f);
}

static void test_values_that_nest_too_deep_are_not_compared(void **state)
{
	struct fixture f;
	struct buf text;

	(void)state;
	fixture_init(&f, world);
	buf_init(&text, 1 << 20);
	/* Each turn of a bind nests once more. */
	for (int i = 0; i < 180; i++)
		buf_format(&text, "cel.bind(v%d, [[[[[[%s%d]]]]]], ", i,
			   i ? "v" : "", i ? i - 1 : 0);
	buf_add(&text, STR("v179 == v179"));
	buf_repeat(&text, ')', 180);
	buf_byte(&text, '\0');
	assert_string_equal(
		fixture_eval_with(&f, text.ptr,
				  &(struct cel_compile_options){
					  .no_check = true, .no_fold = true}),
		"error: values nest too deep");
	buf_done(&text);
	fixture_done(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile_expressions_end_with_the_budget),
		cmocka_unit_test(test_what_is_charged_follows_the_work),
		cmocka_unit_test(test_all_evaluations_of_a_rule_share_a_budget),
		cmocka_unit_test(
			test_values_that_nest_too_deep_are_not_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
