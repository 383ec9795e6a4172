/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/mask.h"

static void what_lies_in_a_span_becomes_asterisks(void **state)
{
	static const struct {
		struct span spans[3];
		size_t count;
		size_t start;
		const char *line, *masked;
	} rows[] = {
		{{{0}}, 0, 0, "abcdef", "abcdef"},
		{{{1, 3}}, 1, 0, "abcdef", "a**def"},
		{{{0, 6}}, 1, 0, "abcdef", "******"},
		/* the line stands behind the start of the file */
		{{{11, 13}}, 1, 10, "abcdef", "a**def"},
		{{{1, 3}}, 1, 10, "abcdef", "abcdef"},
		/* a span that began on an earlier line */
		{{{2, 12}}, 1, 10, "abcdef", "**cdef"},
		/* in any order, one in another, one over two, side by side */
		{{{4, 5}, {1, 2}}, 2, 0, "abcdef", "a*cd*f"},
		{{{1, 5}, {2, 3}}, 2, 0, "abcdef", "a****f"},
		{{{2, 5}, {1, 3}}, 2, 0, "abcdef", "a****f"},
		{{{3, 5}, {1, 3}, {0, 1}}, 3, 0, "abcdef", "*****f"},
		/* one asterisk for a code point */
		{{{1, 5}}, 1, 0, "a\xc3\xa4\xc3\xb6z", "a**z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mask mask = {0};
		struct arena arena;
		str masked;

		arena_init(&arena);
		for (size_t k = 0; k < rows[i].count; k++)
			mask_add(&mask, &rows[i].spans[k], 1, &arena);
		masked = mask_line(&mask, str_of(rows[i].line), rows[i].start,
				   &arena);
		if (!str_is(masked, rows[i].masked))
			fail_msg("row %zu: " STR_FMT, i, STR_ARG(masked));
		arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_in_a_span_becomes_asterisks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
