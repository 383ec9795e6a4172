/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "git/base_cache.h"

static char content[5 << 20];

/* An object whose bytes tell its place. */
static struct object object_for(size_t offset, size_t size)
{
	for (size_t i = 0; i < size; i++)
		content[i] = (char)(offset * 31 + i);
	return (struct object){OBJECT_TREE, str_make(content, size)};
}

static void what_is_found_is_what_was_put(void **state)
{
	const struct pack first = {.number = 0}, second = {.number = 1};
	struct base_cache cache = {0};
	size_t found = 0;

	(void)state;
	/* Three times what the ring holds, of sizes that do not divide it. */
	for (size_t i = 1; i <= 1500; i++) {
		const struct place place = {i % 2 ? &first : &second, i * 7};
		const size_t size = i * 7919 % 66666;
		struct object object = object_for(place.offset, size);

		base_cache_put(&cache, &place, &object);
		for (size_t k = i > 700 ? i - 700 : 1; k <= i; k += 13) {
			const struct place old = {k % 2 ? &first : &second,
						  k * 7};
			const struct place twin = {k % 2 ? &second : &first,
						   k * 7};

			assert_false(base_cache_find(&object, &cache, &twin));
			if (!base_cache_find(&object, &cache, &old))
				continue;
			assert_int_equal(object.kind, OBJECT_TREE);
			assert_int_equal(object.bytes.len, k * 7919 % 66666);
			for (size_t b = 0; b < object.bytes.len; b += 997)
				assert_int_equal(object.bytes.ptr[b],
						 (char)(old.offset * 31 + b));
			found++;
		}
	}
	assert_true(found > 1500 * 20);
	base_cache_done(&cache);
}

static void the_last_object_is_there_unless_it_is_too_large(void **state)
{
	const struct pack pack = {.number = 3};
	struct base_cache cache = {0};
	struct place place = {&pack, 12};
	struct object object;

	(void)state;
	assert_false(base_cache_find(&object, &cache, &place));
	for (size_t i = 1; i <= 20; i++) {
		place.offset = i * 100;
		object = object_for(place.offset, 4 << 20);
		base_cache_put(&cache, &place, &object);
		assert_true(base_cache_find(&object, &cache, &place));
		assert_int_equal(object.bytes.len, 4 << 20);
	}
	place.offset = 5;
	object = object_for(5, (4 << 20) + 1);
	base_cache_put(&cache, &place, &object);
	assert_false(base_cache_find(&object, &cache, &place));
	base_cache_done(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_found_is_what_was_put),
		cmocka_unit_test(
			the_last_object_is_there_unless_it_is_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
