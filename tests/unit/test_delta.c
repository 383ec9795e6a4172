/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "git/delta.h"

static const str base = STR_INIT("0123456789");

/* What a delta makes of the base, or the error. */
static const char *made(str bytes)
{
	static char text[600];
	struct delta delta;
	struct error err;

	memset(text, 0, sizeof(text));
	if (!delta_open(&delta, bytes, &err) ||
	    (assert_true(delta.result < sizeof(text)),
	     !delta_apply(text, &delta, base, &err)))
		(void)snprintf(text, sizeof(text), "! %s", err.text);
	return text;
}

static void copies_and_inserts_make_the_result(void **state)
{
	static const struct {
		str delta;
		const char *made;
	} rows[] = {
		{STR_INIT("\012\0"), ""},
		{STR_INIT("\012\3\220\3"), "012"},
		{STR_INIT("\012\3\221\7\3"), "789"},
		{STR_INIT("\012\5\2ab\221\0\3"), "ab012"},
		{STR_INIT("\012\4\221\1\1\1x\220\2"), "1x01"},
		{STR_INIT("\212\0\3\220\3"), "012"}, /* a longer ten */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(made(rows[i].delta), rows[i].made);
}

static void a_copy_of_size_zero_is_65536_bytes(void **state)
{
	static char whole[0x10000], to[0x10000];
	const str bytes = STR("\200\200\4\200\200\4\200");
	struct delta delta;
	struct error err;

	(void)state;
	memset(whole, 'w', sizeof(whole));
	assert_true(delta_open(&delta, bytes, &err));
	assert_int_equal(delta.result, sizeof(to));
	assert_true(
		delta_apply(to, &delta, str_make(whole, sizeof(whole)), &err));
	assert_memory_equal(to, whole, sizeof(to));
}

static void what_is_no_delta_is_refused(void **state)
{
	static const struct {
		str delta;
		const char *made;
	} rows[] = {
		{STR_INIT(""), "! a delta does not say its sizes"},
		{STR_INIT("\012"), "! a delta does not say its sizes"},
		{STR_INIT("\012\200"), "! a delta does not say its sizes"},
		{STR_INIT("\377\377\377\377\377\377\377\377\377\377\1\1"),
		 "! a delta does not say its sizes"},
		{STR_INIT("\011\3\220\3"),
		 "! a delta builds on an object of another size"},
		{STR_INIT("\012\3\220"), "! a delta is cut short"},
		{STR_INIT("\012\3\221\1"), "! a delta is cut short"},
		{STR_INIT("\012\3\221"), "! a delta is cut short"},
		{STR_INIT("\012\3\3ab"), "! a delta is cut short"},
		{STR_INIT("\012\3\0abc"),
		 "! a delta has an unknown instruction"},
		{STR_INIT("\012\3\220\13"),
		 "! a delta copies from beyond its base"},
		{STR_INIT("\012\3\221\10\3"),
		 "! a delta copies from beyond its base"},
		{STR_INIT("\012\1\230\377\1"),
		 "! a delta copies from beyond its base"},
		{STR_INIT("\012\2\220\3"), "! a delta makes more than it says"},
		{STR_INIT("\012\2\3abc"), "! a delta makes more than it says"},
		{STR_INIT("\012\4\220\3"), "! a delta makes less than it says"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(made(rows[i].delta), rows[i].made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_and_inserts_make_the_result),
		cmocka_unit_test(a_copy_of_size_zero_is_65536_bytes),
		cmocka_unit_test(what_is_no_delta_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
