/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "cel/eval.h"
#include "cel/type.h"

struct world {
	struct arena arena;
	struct cel_eval eval;
};

static void setup(struct world *world)
{
	arena_init(&world->arena);
	world->eval = (struct cel_eval){.arena = &world->arena,
					.budget = 100000,
					.limits = &limits_default};
}

static void test_a_value_is_sixteen_bytes(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct cel_value), 16);
}

static void test_numbers_compare_on_one_line(void **state)
{
	const struct {
		struct cel_value a, b;
		enum cel_order order;
	} rows[] = {
		{cel_int(1), cel_uint(1), CEL_SAME},
		{cel_int(1), cel_double(1.0), CEL_SAME},
		{cel_uint(1), cel_double(1.5), CEL_LESS},
		{cel_int(-1), cel_uint(UINT64_MAX), CEL_LESS},
		{cel_uint(UINT64_MAX), cel_int(INT64_MAX), CEL_GREATER},
		{cel_int(INT64_MAX), cel_double(0x1p63), CEL_SAME},
		{cel_int(INT64_MAX), cel_double(0x1p64), CEL_LESS},
		{cel_int(INT64_MIN), cel_double(-INFINITY), CEL_GREATER},
		{cel_uint(0), cel_double(-0.5), CEL_GREATER},
		{cel_double(NAN), cel_double(NAN), CEL_UNORDERED},
		{cel_double(NAN), cel_int(1), CEL_UNORDERED},
		{cel_double(0.0), cel_double(-0.0), CEL_SAME},
		{cel_string(STR("a")), cel_string(STR("ab")), CEL_LESS},
		{cel_string(STR("a")), cel_int(1), CEL_NO_ORDER},
		{cel_bool(false), cel_bool(true), CEL_LESS},
		{cel_null(), cel_null(), CEL_NO_ORDER},
		{cel_duration(-1, -5), cel_duration(-1, -4), CEL_LESS},
	};
	struct world world;

	(void)state;
	setup(&world);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bool same = rows[i].order == CEL_SAME;

		assert_int_equal(cel_order(rows[i].a, rows[i].b),
				 rows[i].order);
		if (rows[i].order != CEL_NO_ORDER)
			assert_int_equal(
				cel_equal(&world.eval, rows[i].a, rows[i].b),
				same);
		if (same)
			assert_true(cel_hash(&world.eval, rows[i].a) ==
				    cel_hash(&world.eval, rows[i].b));
	}
	arena_done(&world.arena);
}

static struct cel_value nested(struct world *world, size_t depth)
{
	struct cel_value value = cel_int(1);

	for (size_t i = 0; i < depth; i++) {
		struct cel_value *item =
			arena_new(&world->arena, struct cel_value);

		*item = value;
		value = cel_list_of(&world->arena, item, 1);
	}
	return value;
}

static void test_lists_are_equal_by_their_elements(void **state)
{
	const struct cel_value a[] = {cel_int(1), cel_string(STR("x"))};
	const struct cel_value b[] = {cel_double(1), cel_string(STR("x"))};
	const struct cel_value nan[] = {cel_double(NAN)};
	struct cel_value first;
	struct cel_value second;
	struct world world;

	(void)state;
	setup(&world);
	first = cel_list_of(&world.arena, a, 2);
	second = cel_list_of(&world.arena, b, 2);

	assert_true(cel_equal(&world.eval, first, second));
	assert_true(cel_hash(&world.eval, first) ==
		    cel_hash(&world.eval, second));
	first = cel_list_of(&world.arena, nan, 1);
	assert_false(cel_equal(&world.eval, first, first));
	arena_done(&world.arena);
}

static void test_deep_values_and_spent_budgets_stop_equality(void **state)
{
	struct world world;

	(void)state;
	setup(&world);

	assert_true(cel_equal(&world.eval, nested(&world, 900),
			      nested(&world, 900)));
	assert_false(world.eval.exhausted);
	assert_false(cel_equal(&world.eval, nested(&world, 1100),
			       nested(&world, 1100)));
	assert_true(world.eval.exhausted);
	assert_int_equal(cel_spent(&world.eval).extra, CEL_FAULT_DEPTH);
	world.eval.exhausted = false;
	world.eval.budget = 10;
	assert_false(
		cel_equal(&world.eval, nested(&world, 20), nested(&world, 20)));
	assert_int_equal(cel_spent(&world.eval).extra, CEL_FAULT_BUDGET);
	arena_done(&world.arena);
}

static void test_a_table_finds_a_number_by_any_of_its_types(void **state)
{
	struct cel_table *table;
	struct cel_value found;
	struct cel_value map;
	struct world world;

	(void)state;
	setup(&world);
	table = cel_table_new(&world.arena, 0);
	for (int64_t i = 0; i < 1000; i++)
		assert_int_equal(
			cel_table_put(table, cel_int(i), cel_int(i * i)),
			CEL_PUT_DONE);
	assert_int_equal(cel_table_put(table, cel_uint(7), cel_null()),
			 CEL_PUT_DUPLICATE);
	assert_int_equal(cel_table_put(table, cel_double(0.5), cel_null()),
			 CEL_PUT_BAD_KEY);
	assert_int_equal(cel_table_put(table, cel_null(), cel_null()),
			 CEL_PUT_BAD_KEY);
	map = cel_table_value(table);

	assert_int_equal(cel_map_size(map), 1000);
	assert_true(cel_map_find(&world.eval, map, cel_double(30), &found));
	assert_int_equal(found.as.integer, 900);
	assert_true(cel_map_find(&world.eval, map, cel_uint(999), &found));
	assert_false(cel_map_find(&world.eval, map, cel_int(1000), &found));
	assert_false(
		cel_map_find(&world.eval, map, cel_string(STR("7")), &found));
	arena_done(&world.arena);
}

static void test_maps_are_equal_in_any_order(void **state)
{
	struct cel_table *a;
	struct cel_table *b;
	struct cel_value first;
	struct cel_value second;
	struct world world;

	(void)state;
	setup(&world);
	a = cel_table_new(&world.arena, 2);
	b = cel_table_new(&world.arena, 2);
	assert_int_equal(cel_table_put(a, cel_int(1), cel_null()), 0);
	assert_int_equal(cel_table_put(a, cel_bool(true), cel_int(2)), 0);
	assert_int_equal(cel_table_put(b, cel_bool(true), cel_uint(2)), 0);
	assert_int_equal(cel_table_put(b, cel_double(1), cel_null()), 0);
	first = cel_table_value(a);
	second = cel_table_value(b);

	assert_true(cel_equal(&world.eval, first, second));
	assert_true(cel_hash(&world.eval, first) ==
		    cel_hash(&world.eval, second));
	arena_done(&world.arena);
}

/* {"n": 3, "until": "2026-01-02"} as a document would give it. */
static void record_of(struct node *map, struct node children[2],
		      struct node keys[2])
{
	keys[0] = (struct node){.kind = NODE_STRING, .text = STR_INIT("n")};
	keys[1] = (struct node){.kind = NODE_STRING, .text = STR_INIT("until")};
	children[0] = (struct node){
		.kind = NODE_INT, .as.integer = 3, .key = &keys[0]};
	children[1] = (struct node){.kind = NODE_STRING,
				    .text = STR_INIT("2026-01-02"),
				    .key = &keys[1],
				    .index = 1};
	*map = (struct node){
		.kind = NODE_MAP, .as.children = children, .count = 2};
}

static void test_a_record_is_read_in_place(void **state)
{
	struct node map;
	struct node children[2];
	struct node keys[2];
	struct cel_value key;
	struct cel_value found;
	struct cel_value value;
	struct world world;

	(void)state;
	setup(&world);
	record_of(&map, children, keys);
	value = cel_of_node(&map);

	assert_int_equal(value.tag, CEL_MAP);
	assert_int_equal(cel_map_size(value), 2);
	assert_ptr_equal(cel_value_node(value), &map);
	cel_map_entry(&world.eval, value, 0, &key, &found);
	assert_true(str_is(cel_str(key), "n"));
	assert_int_equal(found.as.integer, 3);
	assert_int_equal(world.arena.taken, 0);
	arena_done(&world.arena);
}

static void test_a_schema_type_converts_what_it_holds(void **state)
{
	const struct cel_field fields[] = {
		{.name = STR_INIT("n"), .type = &cel_double_type},
		{.name = STR_INIT("until"), .type = &cel_date_type},
	};
	const struct cel_type type = {.kind = CEL_T_OBJECT,
				      .converts = true,
				      .name = STR_INIT("thing"),
				      .fields = fields,
				      .field_count = 2};
	struct node map;
	struct node children[2];
	struct node keys[2];
	struct cel_value found;
	struct cel_value value;
	struct world world;

	(void)state;
	setup(&world);
	record_of(&map, children, keys);
	value = cel_of_typed_node(&world.eval, &map, &type);

	cel_map_entry(&world.eval, value, 0, NULL, &found);
	assert_int_equal(found.tag, CEL_DOUBLE);
	cel_map_entry(&world.eval, value, 1, NULL, &found);
	assert_int_equal(found.tag, CEL_TIMESTAMP);
	assert_int_equal(found.as.integer, 1767312000);
	assert_ptr_equal(cel_value_node(value), &map);
	arena_done(&world.arena);
}

static void assert_print(struct world *world, struct cel_value value,
			 const char *wanted)
{
	struct buf out;

	buf_init(&out, 4096);
	cel_print(&out, &world->eval, value);
	buf_byte(&out, '\0');
	assert_string_equal(out.ptr, wanted);
	buf_done(&out);
}

static void test_values_and_errors_print_as_sentences(void **state)
{
	const struct cel_value items[] = {cel_int(-1), cel_uint(2),
					  cel_double(3), cel_null()};
	struct world world;

	(void)state;
	setup(&world);

	assert_print(&world, cel_list_of(&world.arena, items, 4),
		     "[-1, 2u, 3.0, null]");
	assert_print(&world, cel_string(STR("a\"\n")), "\"a\\\"\\x0a\"");
	assert_print(&world, cel_duration(-1, -500000000),
		     "duration(\"-1.5s\")");
	assert_print(&world, cel_timestamp((struct instant){0, 0}),
		     "timestamp(\"1970-01-01T00:00:00Z\")");
	assert_print(&world, cel_some(&world.eval, cel_bool(true)),
		     "optional.of(true)");
	assert_print(&world, cel_of_type(&cel_list_dyn), "list");
	assert_print(
		&world,
		cel_fail(&world.eval, CEL_FAULT_INDEX, cel_int(3), cel_int(2)),
		"error: index 3 is outside of a list of 2");
	assert_print(&world,
		     cel_fail_text(&world.eval, CEL_FAULT_CONVERSION,
				   STR("int"), cel_string(STR("x"))),
		     "error: \"x\" cannot be converted to int");
	arena_done(&world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_value_is_sixteen_bytes),
		cmocka_unit_test(test_numbers_compare_on_one_line),
		cmocka_unit_test(test_lists_are_equal_by_their_elements),
		cmocka_unit_test(
			test_deep_values_and_spent_budgets_stop_equality),
		cmocka_unit_test(
			test_a_table_finds_a_number_by_any_of_its_types),
		cmocka_unit_test(test_maps_are_equal_in_any_order),
		cmocka_unit_test(test_a_record_is_read_in_place),
		cmocka_unit_test(test_a_schema_type_converts_what_it_holds),
		cmocka_unit_test(test_values_and_errors_print_as_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
