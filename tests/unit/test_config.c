/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/config.h"
#include "git/owner.h"
#include "git/quote.h"

static void values_are_read_as_git_reads_them(void **state)
{
	static const struct {
		const char *text, *key, *value;
	} rows[] = {
		{"[core]\n\tbare = true\n", "core.bare", "true"},
		{"[CORE]BARE=x", "core.bare", "x"},
		{"[a \"B c\"]\nD = e f  \n", "a.B c.d", "e f"},
		{"[a \"q\\\"\\\\\"]\nb=1", "a.q\"\\.b", "1"},
		{"[a.sub]\nb = 1", "a.sub.b", "1"},
		{"[a]\nb = \" x \" y ; not\n", "a.b", " x  y"},
		{"[a]\nb = x\\\n  y\n", "a.b", "x  y"},
		{"[a]\nb = x\\ty\\\\z\\\"\n", "a.b", "x\ty\\z\""},
		{"[a]\nb = \"#\"#c\n", "a.b", "#"},
		{"[a]\nb = 1\nb = 2\n", "a.b", "2"},
		{"\xef\xbb\xbf[a]\r\nb = 1\r\n", "a.b", "1"},
		{"[a] b = 1 # c\n", "a.b", "1"},
		{"; c\n# d\n\n[a]\nb =\n", "a.b", ""},
		{"[a]\nb\n", "a.b", NULL},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct config_value *value;
		struct config config;
		struct error err;

		config_init(&config);
		if (!config_parse(&config, str_of(rows[i].text), &err))
			fail_msg("row %zu: %s", i, err.text);
		value = config_find(&config, str_of(rows[i].key));
		assert_non_null(value);
		assert_true(str_equal(value->value, str_of(rows[i].value)));
		assert_true(!value->value.ptr == !rows[i].value);
		config_done(&config);
	}
}

static void what_git_refuses_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *line;
	} rows[] = {
		{"a = 1\n", "line 1 "},	       {"[a\nb = 1\n", "line "},
		{"[a]\nb ! 1\n", "line 2 "},   {"[a]\nb = \"x\n", "line "},
		{"[a]\nb = \\q\n", "line 2 "}, {"[a \"x]\n", "line "},
		{"[]\n", "line 1 "},	       {"[a]\n\n= 1\n", "line 3 "},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct config config;
		struct error err;

		config_init(&config);
		assert_false(config_parse(&config, str_of(rows[i].text), &err));
		assert_non_null(strstr(err.text, rows[i].line));
		config_done(&config);
	}
}

static void a_nul_does_not_hide_what_follows(void **state)
{
	struct config config;
	struct error err;
	(void)state;

	config_init(&config);
	assert_false(config_parse(&config, STR("[core \"\0\"]\nbare = true\n"),
				  &err));
	assert_string_equal(err.text, "it holds a NUL");
	config_done(&config);
}

static void truth_has_many_spellings(void **state)
{
	static const struct {
		const char *text;
		int truth; /* -1: none */
	} rows[] = {
		{NULL, 1}, {"true", 1},	  {"YES", 1}, {"on", 1},  {"1", 1},
		{"-3", 1}, {"false", 0},  {"no", 0},  {"Off", 0}, {"0", 0},
		{"", 0},   {"maybe", -1}, {"2x", -1},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bool truth = false;
		bool known = config_truth_of(&truth, str_of(rows[i].text));

		assert_int_equal(known ? truth : -1, rows[i].truth);
	}
}

static void safe_directory_covers_what_it_names(void **state)
{
	static const struct {
		const char *value, *folder;
		bool covers;
	} rows[] = {
		{"*", "/a/b", true},	      {"/a/b", "/a/b", true},
		{"/a/b/", "/a/b", true},      {"/a", "/a/b", false},
		{"/a/*", "/a/b", true},	      {"/a/*", "/a/b/c", true},
		{"/a/*", "/a", false},	      {"/a/*", "/ab", false},
		{"~/b", "/home/ada/b", true}, {"~/*", "/home/bob/b", false},
	};
	struct arena arena;
	(void)state;

	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(owner_covers(str_of(rows[i].value),
					      str_of(rows[i].folder),
					      "/home/ada", &arena),
				 rows[i].covers);
	assert_false(owner_covers(STR("~/b"), STR("/b"), NULL, &arena));
	arena_done(&arena);
}

static void quoted_paths_are_those_git_writes(void **state)
{
	static const struct {
		const char *text, *path, *rest;
	} rows[] = {
		{"\"a\\tb\":c", "a\tb", ":c"},
		{"\"\\303\\244\\\\\\\"\"", "\xc3\xa4\\\"", ""},
		{"\"\"", "", ""},
		{"\"a", NULL, NULL},
		{"\"a\\", NULL, NULL},
		{"\"\\400\"", NULL, NULL},
		{"\"\\12\"", NULL, NULL},
		{"\"\\q\"", NULL, NULL},
	};
	struct arena arena;
	(void)state;

	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str rest = str_of(rows[i].text);
		str path;

		assert_int_equal(unquote(&path, &rest, &arena),
				 rows[i].path != NULL);
		if (!rows[i].path)
			continue;
		assert_true(str_is(path, rows[i].path));
		assert_true(str_is(rest, rows[i].rest));
	}
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_as_git_reads_them),
		cmocka_unit_test(what_git_refuses_is_refused_with_its_line),
		cmocka_unit_test(a_nul_does_not_hide_what_follows),
		cmocka_unit_test(truth_has_many_spellings),
		cmocka_unit_test(safe_directory_covers_what_it_names),
		cmocka_unit_test(quoted_paths_are_those_git_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
