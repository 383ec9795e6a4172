/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "match/glob.h"

struct match_case {
	const char *glob;
	const char *path;
	bool expected;
};

static void a_glob_means_what_gitignore_means(void **state)
{
	static const struct match_case cases[] = {
		{"a.yaml", "a.yaml", true},
		{"a.yaml", "x/y/a.yaml", true},
		{"a.yaml", "x/ya.yaml", false},
		{"*.yaml", "x/a.yaml", true},
		{"*.yaml", "x/.yaml", true},
		{"*.yaml", "x/a.yml", false},
		{"*.yaml", "a.yaml/b", true},
		{"/a.yaml", "a.yaml", true},
		{"/a.yaml", "x/a.yaml", false},
		{"x/a.yaml", "x/a.yaml", true},
		{"x/a.yaml", "y/x/a.yaml", false},
		{"x/*.yaml", "x/a.yaml", true},
		{"x/*.yaml", "x/y/a.yaml", false},
		{"x/*", "x/y/a.yaml", true},
		{"records", "records/a", true},
		{"records", "x/records/a/b", true},
		{"records", "records", true},
		{"records/", "records/a", true},
		{"records/", "x/records/a", true},
		{"records/", "records", false},
		{"/records/", "x/records/a", false},
		{"a/b/", "a/b/c", true},
		{"a/b/", "a/b", false},
		{"**/foo", "foo", true},
		{"**/foo", "x/y/foo", true},
		{"**/foo", "x/foo/y", true},
		{"**/foo/bar", "x/foo/foo/bar", true},
		{"**/foo/bar", "x/foo/y/bar", false},
		{"a/**/b", "a/b", true},
		{"a/**/b", "a/x/y/b", true},
		{"a/**/b", "ab", false},
		{"a/**/b", "x/a/b", false},
		{"a/**/b/**/c", "a/x/b/y/b/z/c", true},
		{"a/**/b/**/c", "a/x/c/y", false},
		{"a/**", "a/x", true},
		{"a/**", "a/x/y", true},
		{"a/**", "a", false},
		{"a/**/", "a/x", false},
		{"a/**/", "a/x/y", true},
		{"**", "x/y", true},
		{"**/*.yaml", "a.yaml", true},
		{"**/x/", "a/x/b", true},
		{"**/x/", "a/x", false},
		{"a**b", "axxb", true},
		{"a**b/c", "ax/xb/c", false},
		{"a?c", "abc", true},
		{"a?c", "ac", false},
		{"a?c",
		 "a\xC3\xA9"
		 "c",
		 true},
		{"a?c/d", "a/c/d", false},
		{"[a-c].md", "b.md", true},
		{"[a-c].md", "d.md", false},
		{"[!a-c].md", "d.md", true},
		{"[^a-c].md", "a.md", false},
		{"[]a]", "]", true},
		{"[a-]", "-", true},
		{"[\\]]", "]", true},
		{"[[:digit:]]x", "1x", true},
		{"[[:digit:]]x", "ax", false},
		{"[![:digit:]_]x", "1x", false},
		{"[\xC3\xA0-\xC3\xBF]", "\xC3\xA9", true},
		{"\\*", "*", true},
		{"\\*", "a", false},
		{"\\!a", "!a", true},
		{"#a", "#a", true},
		{"*a*b*c", "xaxbxbxc", true},
		{"*a*b*c", "xaxbxbx", false},
		{"A", "a", false},
		{"*", "\xFF", true},
	};
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct glob glob;
		struct error err = {0};

		if (!glob_init(&glob, str_of(cases[i].glob), &err))
			fail_msg("%s: %s", cases[i].glob, err.text);
		if (glob_match(&glob, str_of(cases[i].path)) !=
		    cases[i].expected) {
			print_error("%s on %s\n", cases[i].glob, cases[i].path);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void a_broken_glob_is_refused_at_its_place(void **state)
{
	static const struct {
		const char *glob;
		uint32_t at;
	} cases[] = {
		{"", 0},      {"/", 0},	    {"//", 0},	   {"a//b", 2},
		{"a/./b", 2}, {"../a", 0},  {"ab[c", 2},   {"[a/b]", 0},
		{"[]", 0},    {"a/b\\", 3}, {"a/\xFF", 2}, {"[!]", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct glob glob;
		struct error err = {0};

		assert_false(glob_init(&glob, str_of(cases[i].glob), &err));
		assert_int_equal(err.kind, ERROR_SYNTAX);
		if (err.at.start != cases[i].at)
			fail_msg("%s: %u: %s", cases[i].glob, err.at.start,
				 err.text);
	}
}

static void a_glob_of_many_stars_ends_quickly(void **state)
{
	struct buf text, path;
	struct glob glob;
	struct error err = {0};

	(void)state;
	buf_init(&text, GLOB_MOST);
	buf_init(&path, GLOB_MOST);
	for (size_t i = 0; i < 200; i++) {
		buf_add(&text, STR("**/a*a*a*b/"));
		buf_add(&path, STR("aaaaaaaaaaaaaaaaa/"));
	}
	buf_add(&path, STR("x"));

	assert_true(glob_init(&glob, buf_str(&text), &err));
	assert_false(glob_match(&glob, buf_str(&path)));
	buf_repeat(&text, 'a', GLOB_MOST - text.len);
	assert_true(glob_init(&glob, buf_str(&text), &err));
	assert_false(glob_init(
		&glob, str_make(buf_str(&text).ptr, GLOB_MOST + 1), &err));
	assert_int_equal(err.kind, ERROR_LIMIT);

	buf_done(&text);
	buf_done(&path);
}

static void a_glob_past_the_limit_is_refused(void **state)
{
	struct buf text;
	struct glob glob;
	struct error err = {0};

	(void)state;
	buf_init(&text, GLOB_MOST + 1);
	buf_repeat(&text, 'a', GLOB_MOST + 1);

	assert_false(glob_init(&glob, buf_str(&text), &err));
	assert_int_equal(err.kind, ERROR_LIMIT);

	buf_done(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_glob_means_what_gitignore_means),
		cmocka_unit_test(a_broken_glob_is_refused_at_its_place),
		cmocka_unit_test(a_glob_of_many_stars_ends_quickly),
		cmocka_unit_test(a_glob_past_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
