/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/map.h"

enum { KEYS = 5000 };

static void keys_lead_to_their_last_value(void **state)
{
	static char names[KEYS][16];
	static int values[2 * KEYS];
	struct map map;

	(void)state;
	map_init(&map);
	for (size_t i = 0; i < KEYS; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "key-%zu", i);
		assert_null(map_find(&map, str_of(names[i])));
		assert_null(map_put(&map, str_of(names[i]), &values[i]));
	}
	for (size_t i = 0; i < KEYS; i += 2)
		assert_ptr_equal(
			map_put(&map, str_of(names[i]), &values[KEYS + i]),
			&values[i]);
	for (size_t i = 0; i < KEYS; i++)
		assert_ptr_equal(map_find(&map, str_of(names[i])),
				 &values[i % 2 ? i : KEYS + i]);
	assert_int_equal(map.count, KEYS);
	assert_null(map_find(&map, STR("key-5000")));
	map_done(&map);
	assert_null(map_find(&map, str_of(names[0])));
}

static void any_bytes_can_be_a_key(void **state)
{
	struct map map;
	int a = 0;
	int b = 0;
	int c = 0;

	(void)state;
	map_init(&map);
	assert_null(map_put(&map, STR(""), &a));
	assert_null(map_put(&map, STR("x\0y"), &b));
	assert_null(map_put(&map, STR("x\0z"), &c));
	assert_ptr_equal(map_find(&map, (str){NULL, 0}), &a);
	assert_ptr_equal(map_find(&map, STR("x\0y")), &b);
	assert_ptr_equal(map_find(&map, STR("x\0z")), &c);
	assert_null(map_find(&map, STR("x")));
	map_done(&map);
}

static void a_hash_is_the_same_in_every_run(void **state)
{
	(void)state;
	/* XXH3 of no bytes with seed 0, from its specification. */
	assert_true(hash_str(STR("")) == UINT64_C(0x2D06800538D394C2));
	assert_true(hash_str((str){NULL, 0}) == hash_str(STR("")));
	assert_true(hash_str(STR("a")) != hash_str(STR("b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_lead_to_their_last_value),
		cmocka_unit_test(any_bytes_can_be_a_key),
		cmocka_unit_test(a_hash_is_the_same_in_every_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
