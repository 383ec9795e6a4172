/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/type.h"

static const struct cel_type *type(struct arena *arena, const char *text)
{
	const struct cel_type *out;
	struct error err = {0};

	if (!cel_type_parse(&out, arena, str_of(text), &err))
		fail_msg("%s: %s", text, err.text);
	return out;
}

static void test_a_type_prints_as_it_is_read(void **state)
{
	static const char *const rows[][2] = {
		{"int", "int"},
		{"null_type", "null_type"},
		{"list(int)", "list(int)"},
		{"list", "list(dyn)"},
		{"map( string,list( T ) )", "map(string, list(T))"},
		{"optional_type(tuple(T, U))", "optional_type(tuple(T, U))"},
		{"type(int)", "type(int)"},
		{"type", "type"},
		{"int|string|int", "int|string"},
		{"int|dyn", "dyn"},
		{"google.protobuf.Timestamp", "timestamp"},
		{"git.Person", "git.Person"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct arena arena;
		struct buf out;

		arena_init(&arena);
		buf_init(&out, 1000);
		cel_type_print(&out, type(&arena, rows[i][0]));
		buf_byte(&out, '\0');
		assert_string_equal(out.ptr, rows[i][1]);
		buf_done(&out);
		arena_done(&arena);
	}
}

static void test_a_bad_type_is_an_error(void **state)
{
	static const char *const rows[] = {
		"",	"list(",       "list(int",   "list(int, int)",
		"int)", "map(string)", "int string", "|int",
		"int|", "(int)",       "int(int)",   "list(\x01)",
	};
	struct arena arena;
	struct buf deep;

	(void)state;
	arena_init(&arena);
	buf_init(&deep, 1 << 20);
	for (size_t i = 0; i < 10000; i++)
		buf_add(&deep, STR("list("));
	for (size_t i = 0; i <= ARRAY_SIZE(rows); i++) {
		const struct cel_type *out;
		struct error err = {0};
		str text =
			i < ARRAY_SIZE(rows) ? str_of(rows[i]) : buf_str(&deep);

		if (cel_type_parse(&out, &arena, text, &err))
			fail_msg("accepted: %s", rows[i]);
		assert_int_equal(err.kind, ERROR_SYNTAX);
	}
	buf_done(&deep);
	arena_done(&arena);
}

static void test_a_signature_has_parameters_and_a_result(void **state)
{
	struct cel_signature signature;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);

	assert_true(cel_signature_parse(&signature, &arena,
					STR("(string, list(T)) -> T"), &err));
	assert_int_equal(signature.count, 2);
	assert_int_equal(signature.params[1]->kind, CEL_T_LIST);
	assert_int_equal(signature.result->kind, CEL_T_PARAM);
	assert_true(cel_signature_parse(&signature, &arena, STR("() -> int"),
					&err));
	assert_int_equal(signature.count, 0);
	assert_false(
		cel_signature_parse(&signature, &arena, STR("(int)"), &err));
	assert_false(cel_signature_parse(&signature, &arena,
					 STR("(int) -> int x"), &err));
	arena_done(&arena);
}

static void test_what_may_stand_for_what(void **state)
{
	static const struct {
		const char *to;
		const char *from;
		bool all, some;
	} rows[] = {
		{"int", "int", true, true},
		{"int", "uint", false, false},
		{"dyn", "int", true, true},
		{"int", "dyn", true, true},
		{"list(int)", "list(dyn)", true, true},
		{"list(int)", "list(string)", false, false},
		{"int", "int|string", false, true},
		{"int|string", "int", true, true},
		{"int|string", "string|int", true, true},
		{"int|string", "int|bool", false, true},
		{"bool", "int|string", false, false},
		{"optional_type(int)", "null_type", true, true},
		{"timestamp", "null_type", true, true},
		{"string", "null_type", false, false},
		{"type(int)", "type", true, true},
		{"a.B", "a.B", true, true},
		{"a.B", "a.C", false, false},
		{"T", "T", true, true},
		{"T", "U", false, false},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cel_type *to = type(&arena, rows[i].to);
		const struct cel_type *from = type(&arena, rows[i].from);

		if (cel_type_assignable(to, from, false) != rows[i].all ||
		    cel_type_assignable(to, from, true) != rows[i].some)
			fail_msg("%s from %s", rows[i].to, rows[i].from);
	}
	arena_done(&arena);
}

static void test_an_enum_string_fits_a_wider_one(void **state)
{
	static const str few[] = {STR_INIT("a"), STR_INIT("c")};
	static const str many[] = {STR_INIT("a"), STR_INIT("b"), STR_INIT("c")};
	const struct cel_type narrow = {
		.kind = CEL_T_STRING, .literals = few, .literal_count = 2};
	const struct cel_type wide = {
		.kind = CEL_T_STRING, .literals = many, .literal_count = 3};

	(void)state;
	assert_true(cel_type_assignable(&wide, &narrow, false));
	assert_false(cel_type_assignable(&narrow, &wide, false));
	assert_true(cel_type_assignable(&narrow, &wide, true));
	assert_true(cel_type_assignable(&cel_string_type, &narrow, false));
	assert_false(cel_type_equal(&narrow, &wide));
}

static void test_a_field_is_found_by_name(void **state)
{
	static const struct cel_field fields[] = {
		{.name = STR_INIT("id"), .type = &cel_string_type},
		{.name = STR_INIT("n"), .type = &cel_int_type},
		{.name = STR_INIT("name"), .type = &cel_string_type},
	};
	const struct cel_type object = {
		.kind = CEL_T_OBJECT, .fields = fields, .field_count = 3};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		assert_ptr_equal(cel_type_field(&object, fields[i].name),
				 &fields[i]);
	assert_null(cel_type_field(&object, STR("na")));
	assert_null(cel_type_field(&object, STR("zz")));
}

static void test_a_type_says_whether_it_converts(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_true(type(&arena, "list(timestamp)")->converts);
	assert_true(type(&arena, "map(string, list(double))")->converts);
	assert_false(type(&arena, "map(string, list(int))")->converts);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_type_prints_as_it_is_read),
		cmocka_unit_test(test_a_bad_type_is_an_error),
		cmocka_unit_test(test_a_signature_has_parameters_and_a_result),
		cmocka_unit_test(test_what_may_stand_for_what),
		cmocka_unit_test(test_an_enum_string_fits_a_wider_one),
		cmocka_unit_test(test_a_field_is_found_by_name),
		cmocka_unit_test(test_a_type_says_whether_it_converts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
