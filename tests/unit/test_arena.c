/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/vec.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	struct arena arena;
	unsigned char *last = NULL;

	(void)state;
	arena_init(&arena);
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *at = arena_take(&arena, size);

		assert_non_null(at);
		assert_int_equal((uintptr_t)at % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(at[i], 0);
		memset(at, 0xAA, size);
		if (size > 7)
			assert_int_equal(last[size - 8], 0xAA);
		last = at;
	}
	arena_done(&arena);
}

static void a_piece_larger_than_any_block_fits(void **state)
{
	struct arena arena;
	char *large;
	char *small;

	(void)state;
	arena_init(&arena);
	large = arena_take(&arena, 5 << 20);
	large[(5 << 20) - 1] = 'x';
	small = arena_raw(&arena, 1, 1);
	*small = 'y';
	assert_int_equal(large[(5 << 20) - 1], 'x');
	assert_int_equal(arena.taken, (5 << 20) + 1);
	arena_done(&arena);
}

static void a_release_gives_back_the_tail_only(void **state)
{
	struct arena arena;
	struct arena_mark empty;
	struct arena_mark mark;
	char *kept;
	char *again;
	char *tail;

	(void)state;
	arena_init(&arena);
	empty = arena_mark(&arena);
	kept = arena_cstr(&arena, STR("kept"));
	mark = arena_mark(&arena);
	tail = arena_raw(&arena, 8, 1);
	(void)arena_take(&arena, 1 << 16);

	arena_release(&arena, mark);
	again = arena_raw(&arena, 8, 1);

	assert_ptr_equal(tail, again);
	assert_string_equal(kept, "kept");
	assert_int_equal(arena.taken, 5 + 8);
	arena_release(&arena, empty);
	assert_int_equal(arena.taken, 0);
	assert_non_null(arena_take(&arena, 1));
	arena_done(&arena);
}

static void a_reset_keeps_one_block_for_the_next_use(void **state)
{
	struct arena arena;
	const struct arena_block *block;

	(void)state;
	arena_init(&arena);
	arena_reset(&arena);
	(void)arena_take(&arena, 100);
	(void)arena_take(&arena, 100000);
	block = arena.block;

	arena_reset(&arena);

	assert_ptr_equal(arena.block, block);
	assert_int_equal(arena.taken, 0);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(((char *)arena_take(&arena, 100))[i], 0);
	arena_done(&arena);
	assert_null(arena.block);
}

static void strings_are_copied(void **state)
{
	struct arena arena;
	char text[] = "abc";
	str copy;

	(void)state;
	arena_init(&arena);
	copy = str_keep(&arena, str_of(text));
	text[0] = 'x';
	assert_true(str_is(copy, "abc"));
	assert_null(str_keep(&arena, (str){NULL, 0}).ptr);
	copy = str_keep(&arena, STR(""));
	assert_non_null(copy.ptr);
	assert_int_equal(copy.len, 0);
	assert_string_equal(arena_cstr(&arena, (str){NULL, 0}), "");
	copy = str_format(&arena, "%d-%s", 7, "x");
	assert_true(str_is(copy, "7-x"));
	assert_int_equal(copy.ptr[copy.len], '\0');
	arena_done(&arena);
}

static void a_vec_grows_and_moves_into_an_arena(void **state)
{
	VEC(int) numbers = {0};
	struct arena arena;
	int *kept;

	(void)state;
	arena_init(&arena);
	assert_null(vec_keep(&numbers, &arena));
	for (int i = 0; i < 1000; i++) {
		int *at = vec_push(&numbers);

		assert_int_equal(*at, 0);
		*at = i;
	}
	kept = vec_keep(&numbers, &arena);
	vec_done(&numbers);
	assert_null(numbers.at);
	assert_int_equal(numbers.count, 0);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(kept[i], i);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(a_piece_larger_than_any_block_fits),
		cmocka_unit_test(a_release_gives_back_the_tail_only),
		cmocka_unit_test(a_reset_keeps_one_block_for_the_next_use),
		cmocka_unit_test(strings_are_copied),
		cmocka_unit_test(a_vec_grows_and_moves_into_an_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
