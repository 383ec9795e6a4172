/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void bytes_are_appended(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1000);
	assert_true(str_is(buf_str(&buf), ""));
	buf_add(&buf, STR("ab"));
	buf_add(&buf, (str){NULL, 0});
	buf_byte(&buf, 'c');
	buf_repeat(&buf, 'd', 3);
	buf_format(&buf, "%d%s", 7, "!");
	assert_true(str_is(buf_str(&buf), "abcddd7!"));
	assert_false(buf.full);
	buf_clear(&buf);
	assert_true(str_is(buf_str(&buf), ""));
	buf_done(&buf);
	assert_null(buf.ptr);
}

static void nothing_is_added_to_an_empty_buf_without_harm(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 10);
	buf_repeat(&buf, 'x', 0);
	buf_format(&buf, "%s", "");
	buf_add(&buf, STR(""));
	assert_int_equal(buf.len, 0);
	assert_false(buf.full);
	buf_done(&buf);
}

static void every_way_to_write_can_fill_it_to_the_ceiling(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_format(&buf, "%s", "12345");
	assert_false(buf.full);
	assert_true(str_is(buf_str(&buf), "12345"));
	buf_clear(&buf);
	buf_add(&buf, STR("12345"));
	assert_false(buf.full);
	buf_clear(&buf);
	buf_repeat(&buf, 'x', 5);
	assert_false(buf.full);
	buf_done(&buf);
}

static void what_passes_the_ceiling_is_dropped_and_told(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_add(&buf, STR("1234"));
	buf_add(&buf, STR("56"));
	assert_true(buf.full);
	buf_byte(&buf, '5');
	assert_true(str_is(buf_str(&buf), "1234"));
	buf_clear(&buf);
	assert_false(buf.full);
	buf_format(&buf, "%s", "123456");
	assert_true(buf.full);
	buf_clear(&buf);
	buf_repeat(&buf, 'x', SIZE_MAX);
	assert_true(buf.full);
	assert_int_equal(buf.len, 0);
	buf_done(&buf);
}

static void a_reserve_is_room_to_write_in(void **state)
{
	struct buf buf;
	char *to;

	(void)state;
	buf_init(&buf, 100000);
	buf_byte(&buf, 'a');
	to = buf_reserve(&buf, 99999);
	assert_non_null(to);
	memset(to, 'b', 99999);
	buf.len += 99999;
	assert_int_equal(buf_str(&buf).ptr[0], 'a');
	assert_null(buf_reserve(&buf, 1));
	assert_true(buf.full);
	buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_appended),
		cmocka_unit_test(nothing_is_added_to_an_empty_buf_without_harm),
		cmocka_unit_test(every_way_to_write_can_fill_it_to_the_ceiling),
		cmocka_unit_test(what_passes_the_ceiling_is_dropped_and_told),
		cmocka_unit_test(a_reserve_is_room_to_write_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
