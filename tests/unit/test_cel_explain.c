/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_fixture.h"

struct listing {
	struct buf out;
	str text;
	struct arena *arena;
};

static void note(void *context, const struct cel_node *node,
		 struct cel_value value)
{
	struct listing *to = context;
	struct cel_eval eval = {.arena = to->arena, .budget = SIZE_MAX};

	buf_add(&to->out,
		str_slice(to->text, node->span.start, node->span.end));
	buf_add(&to->out, STR(" = "));
	cel_print(&to->out, &eval, value);
	buf_add(&to->out, STR("\n"));
}

static void explain(const char *text, const char *wanted)
{
	struct cel_compile_options options = {.no_check = true};
	struct fixture f;
	struct cel_program *program;
	struct cel_activation activation;
	struct listing listing = {.text = str_of(text), .arena = &f.arena};
	struct cel_run run = {
		.arena = &f.arena, .explain = note, .context = &listing};

	fixture_init(&f, "{\"self\":{\"age\":17,\"tags\":[\"a\",\"b\"]}}");
	buf_init(&listing.out, 4096);
	program = fixture_compile(&f, text, &options);
	activation = (struct cel_activation){f.values, f.count, NULL};
	(void)cel_eval(program, &activation, &run);
	buf_byte(&listing.out, '\0');

	assert_string_equal(listing.out.ptr, wanted);

	cel_program_free(program);
	buf_done(&listing.out);
	fixture_done(&f);
}

static void test_each_part_is_explained_operands_first(void **state)
{
	(void)state;
	explain("self.age >= 10 + 8",
		"self = {\"age\": 17, \"tags\": [\"a\", \"b\"]}\n"
		"self.age = 17\n"
		"10 = 10\n"
		"8 = 8\n"
		"10 + 8 = 18\n"
		"self.age >= 10 + 8 = false\n");
}

static void test_what_was_not_evaluated_is_not_explained(void **state)
{
	(void)state;
	explain("false && self.age > 1", "false = false\n"
					 "false && self.age > 1 = false\n");
}

static void test_each_turn_of_a_loop_is_explained(void **state)
{
	(void)state;
	explain("['a', 'b'].exists(t, t == 'b')",
		"'a' = \"a\"\n"
		"'b' = \"b\"\n"
		"['a', 'b'] = [\"a\", \"b\"]\n"
		"t = \"a\"\n"
		"'b' = \"b\"\n"
		"t == 'b' = false\n"
		"t = \"b\"\n"
		"'b' = \"b\"\n"
		"t == 'b' = true\n"
		"['a', 'b'].exists(t, t == 'b') = true\n");
}

static void test_errors_are_explained_where_they_arise(void **state)
{
	(void)state;
	explain("1 / 0 > 1 || true", "1 = 1\n"
				     "0 = 0\n"
				     "1 / 0 = error: division by zero\n"
				     "1 / 0 > 1 = error: division by zero\n"
				     "true = true\n"
				     "1 / 0 > 1 || true = true\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_part_is_explained_operands_first),
		cmocka_unit_test(test_what_was_not_evaluated_is_not_explained),
		cmocka_unit_test(test_each_turn_of_a_loop_is_explained),
		cmocka_unit_test(test_errors_are_explained_where_they_arise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
