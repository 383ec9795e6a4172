/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/parse.h"

#define OID_TEXT "...................."
#define ITEM(mode, name) mode " " name "\0" OID_TEXT

/* Reads to the end; returns how many, or -1 for a refusal. */
static int count_of(str bytes, struct error *err)
{
	struct tree_cursor cursor = tree_begin(bytes);
	struct tree_item item;
	int count = 0;

	for (;;) {
		switch (tree_next(&item, &cursor, err)) {
		case STEP_ITEM:
			count++;
			break;
		case STEP_END:
			return count;
		case STEP_FAILED:
			assert_int_equal(err->kind, ERROR_GIT);
			return -1;
		}
	}
}

static void trees_that_git_writes_are_read(void **state)
{
	static const struct {
		str bytes;
		int count;
	} rows[] = {
		{STR_INIT(""), 0},
		{STR_INIT(ITEM("100644", "a") ITEM("100755", "a.b") ITEM(
			 "40000", "b") ITEM("120000", "c") ITEM("160000", "d")),
		 5},
		/* A folder sorts as if it ended with a slash. */
		{STR_INIT(ITEM("100644", "a.b") ITEM("40000", "a")
				  ITEM("100644", "a0")),
		 3},
		{STR_INIT(ITEM("100644", "...") ITEM("100644", ".gitignore")
				  ITEM("100644", "git~2")),
		 3},
		{STR_INIT(ITEM("100644", "a") ITEM("100644", "a-")
				  ITEM("40000", "a-b") ITEM("40000", "a.")),
		 4},
	};
	struct error err;
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(count_of(rows[i].bytes, &err), rows[i].count);
}

static void group_writable_files_count_as_plain(void **state)
{
	struct tree_cursor cursor = tree_begin(STR(ITEM("100664", "a")));
	struct tree_item item;
	struct error err;
	(void)state;

	assert_int_equal(tree_next(&item, &cursor, &err), STEP_ITEM);
	assert_int_equal(item.mode, MODE_FILE);
}

static void hostile_trees_are_refused(void **state)
{
	static const str rows[] = {
		STR_INIT("100644 a"),
		STR_INIT("100644 a\0..."),
		STR_INIT("100644"),
		STR_INIT(ITEM("100644", "")),
		STR_INIT(ITEM("40000", ".")),
		STR_INIT(ITEM("40000", "..")),
		STR_INIT(ITEM("100644", "a/b")),
		STR_INIT(ITEM("100644", "../../etc/passwd")),
		STR_INIT(ITEM("40000", ".git")),
		STR_INIT(ITEM("40000", ".GiT")),
		STR_INIT(ITEM("40000", ".git. .")),
		STR_INIT(ITEM("40000", ".git::$INDEX_ALLOCATION")),
		STR_INIT(ITEM("40000", "GIT~1")),
		STR_INIT(ITEM("40000", ".g\xe2\x80\x8cit")),
		STR_INIT(ITEM("40000", "\xef\xbb\xbf.git")),
		STR_INIT(ITEM("100644", "b") ITEM("100644", "a")),
		STR_INIT(ITEM("100644", "a") ITEM("100644", "a")),
		STR_INIT(ITEM("100644", "a") ITEM("40000", "a")),
		STR_INIT(ITEM("100644", "a") ITEM("100644", "a.b")
				 ITEM("40000", "a")),
		STR_INIT(ITEM("100644", "a") ITEM("100644", "a-")
				 ITEM("100644", "a-x") ITEM("40000", "a")),
		STR_INIT(ITEM("40000", "a") ITEM("100644", "a.b")),
		STR_INIT(ITEM("100600", "a")),
		STR_INIT(ITEM("0100644", "a")),
		STR_INIT(ITEM("040000", "a")),
		STR_INIT(ITEM("10064x", "a")),
		STR_INIT(ITEM("20000", "a")),
	};
	struct error err;
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (count_of(rows[i], &err) != -1)
			fail_msg("row %zu was read", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees_that_git_writes_are_read),
		cmocka_unit_test(group_writable_files_count_as_plain),
		cmocka_unit_test(hostile_trees_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
