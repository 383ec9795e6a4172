/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "cel/parse.h"
#include "cel/unparse.h"

static const struct cel_parse_options plain = {.limits = &limits_default};

static bool parse(struct cel_ast *ast, struct arena *arena, str text,
		  struct error *err)
{
	return cel_parse(ast, arena, text, &plain, err);
}

static void assert_unparse(const char *text, const char *wanted,
			   const struct cel_parse_options *options)
{
	struct arena arena;
	struct cel_ast ast;
	struct error err = {0};
	struct buf out;

	arena_init(&arena);
	buf_init(&out, 1 << 20);

	if (!cel_parse(&ast, &arena, str_of(text), options, &err))
		fail_msg("%s: %s", text, err.text);
	cel_unparse(&out, ast.root);
	buf_byte(&out, '\0');

	assert_string_equal(out.ptr, wanted);
	buf_done(&out);
	arena_done(&arena);
}

static void test_the_tree_is_what_precedence_says(void **state)
{
	static const char *const rows[][2] = {
		{"a||b&&c==d+e*-f", "a || b && c == d + e * -f"},
		{"((a||b))&&c", "(a || b) && c"},
		{"a - (b - c)", "a - (b - c)"},
		{"(a + b) + c", "(a + b) + c"},
		{"a + b + c", "a + b + c"},
		{"a - b + c", "a - b + c"},
		{"a ? b : c ? d : e", "a ? b : c ? d : e"},
		{"(a ? b : c) ? d : e", "(a ? b : c) ? d : e"},
		{"!(a in b)", "!(a in b)"},
		{"4--4", "4 - -4"},
		{"-(5)", "-(5)"},
		{"- 5", "-5"},
		{"-(-5)", "--5"},
		{"-1.abs()", "-1.abs()"},
		{"-9223372036854775808", "-9223372036854775808"},
		{"0xfFu", "255u"},
		{"1e3", "1000.0"},
		{".5", "0.5"},
		{"0.1", "0.1"},
		{"r'a\\d'", "\"a\\\\d\""},
		{"'''it's'''", "\"it's\""},
		{"b'\\377\\x01a'", "b\"\\xff\\x01a\""},
		{"'\\u202e'", "\"\\u202e\""},
		{".a.b.c()", ".a.b.c()"},
		{"a.?b[?c].`d-e`", "a.?b[?c].`d-e`"},
		{"{?a: b, 'c': [?d, e,],}", "{?a: b, \"c\": [?d, e]}"},
		{"has(a.b.c)", "has(a.b.c)"},
		{"a.map(x, x > 1, x)", "a.map(x, x > 1, x)"},
		{"a.transformMap(k, v, v)", "a.transformMap(k, v, v)"},
		{"cel.bind(x, a, x + x)", "cel.bind(x, a, x + x)"},
		{"a.sortBy(x, x.y)", "a.sortBy(x, x.y)"},
		{"a.optFlatMap(x, x.?y)", "a.optFlatMap(x, x.?y)"},
		{"a // why\n && b", "a && b"},
		{".x.Y{a: 1, `b`: c}.d", ".x.Y{`a`: 1, `b`: c}.d"},
		{"true == null", "true == null"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_unparse(rows[i][0], rows[i][1], &plain);
}

static void test_an_error_is_a_sentence_at_its_byte(void **state)
{
	static const struct {
		const char *text;
		uint32_t at;
		const char *sentence;
	} rows[] = {
		{"", 0, "a value is missing at the end"},
		{"1 +", 3, "a value is missing at the end"},
		{"a b", 2, "an operator or the end is needed here, not 'b'"},
		{"(a", 2, "')' is missing at the end"},
		{"[1, 2", 5, "']' is missing at the end"},
		{"{1 2}", 3, "':' is needed here, not a number"},
		{"f(a,)", 4, "an argument is needed here, not ')'"},
		{"a ? b", 5, "':' is missing at the end"},
		{"a = b", 2,
		 "the character U+003D has no meaning here; '==' compares"},
		{"a & b", 2,
		 "the character U+0026 has no meaning here; '&&' means and"},
		{"\xc3\xa9t\xc3\xa9", 0,
		 "the character U+00E9 has no meaning here; names are ASCII"},
		{"a \xe2\x80\xae", 2,
		 "the invisible character U+202E changes the direction of "
		 "text and is not allowed"},
		{"'\xff'", 1, "these bytes are not UTF-8"},
		{"'abc", 0, "the string is not closed"},
		{"'a\nb'", 0,
		 "the string is not closed on its line (''' begins one over "
		 "several lines)"},
		{"'a\\q'", 2,
		 "this is not an escape sequence; \\\\ is a backslash, "
		 "r\"...\" has no escapes"},
		{"'\\ud800'", 1,
		 "this is not an escape sequence; \\\\ is a backslash, "
		 "r\"...\" has no escapes"},
		{"b'\\u0041'", 2,
		 "this is not an escape sequence of bytes; \\\\ is a "
		 "backslash, r\"...\" has no escapes"},
		{"9223372036854775808", 0,
		 "the number does not fit in an int (64 bits with a sign)"},
		{"18446744073709551616u", 0,
		 "the number does not fit in a uint (64 bits, no sign)"},
		{"1e400", 0, "the number does not fit in a double"},
		{"0x", 0, "hexadecimal digits must follow 0x"},
		{"1e", 1, "digits must follow the exponent"},
		{"12abc", 2,
		 "a number ends here, a name cannot follow without a space"},
		{"while", 0, "'while' is a reserved word and cannot be a name"},
		{"a.true", 2, "write .`true` for a field of this name"},
		{"`a`", 0,
		 "a name in back quotes must follow a dot: self.`a-b`"},
		{"a.`$`", 2,
		 "a name in back quotes holds letters, digits, _ . - / and "
		 "spaces, then a back quote"},
		{"has(a)", 4, "has() wants a field: has(a.b)"},
		{"has(a.?b)", 4, "has() wants a field: has(a.b)"},
		{"a.all(b.c, true)", 6,
		 "all() wants a plain name for its variable"},
		{"a.exists(x, x, true)", 12,
		 "the two variables of exists() need different names"},
		{"cel.bind(1, 2, 3)", 9,
		 "bind() wants a plain name for its variable"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct arena arena;
		struct cel_ast ast;
		struct error err = {0};

		arena_init(&arena);
		if (parse(&ast, &arena, str_of(rows[i].text), &err))
			fail_msg("accepted: %s", rows[i].text);
		assert_string_equal(err.text, rows[i].sentence);
		assert_true(err.placed);
		assert_int_equal(err.at.start, rows[i].at);
		assert_int_equal(err.kind, ERROR_SYNTAX);
		arena_done(&arena);
	}
}

static void test_hostile_nesting_is_an_error_and_not_a_crash(void **state)
{
	static const char *const units[] = {
		"(",	"!",	"[", "-",  "{1:", "a ? ",      "f(",  "a[",
		"x.y(", "a?b:", "{", "1-", "a.",  "[].map(x,", "a&&", "a+"};
	const struct limits wide = {
		.cel_size = 1 << 21, .cel_nodes = 10000, .cel_depth = 200};
	const struct cel_parse_options options = {.limits = &wide};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		struct arena arena;
		struct cel_ast ast;
		struct error err = {0};
		struct buf text;

		arena_init(&arena);
		buf_init(&text, wide.cel_size);
		for (size_t k = 0; k < 200000; k++)
			buf_add(&text, str_of(units[i]));
		buf_add(&text, STR("b"));

		assert_false(cel_parse(&ast, &arena, buf_str(&text), &options,
				       &err));
		assert_true(err.kind == ERROR_LIMIT ||
			    err.kind == ERROR_SYNTAX);
		buf_done(&text);
		arena_done(&arena);
	}
}

static void test_a_long_chain_takes_no_depth(void **state)
{
	static const char *const links[] = {" && ", " || ", " + "};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		struct arena arena;
		struct cel_ast ast;
		struct error err = {0};
		struct buf text;

		arena_init(&arena);
		buf_init(&text, 1 << 20);
		for (size_t k = 0; k < 5000; k++) {
			buf_add(&text, STR("a"));
			buf_add(&text, str_of(links[i]));
		}
		buf_add(&text, STR("a"));

		assert_true(parse(&ast, &arena, buf_str(&text), &err));
		assert_int_equal(ast.root->depth, 2);
		assert_int_equal(ast.root->count, 5001);
		buf_done(&text);
		arena_done(&arena);
	}
}

static void test_macros_can_be_switched_off(void **state)
{
	const struct cel_parse_options options = {.limits = &limits_default,
						  .no_macros = true};
	struct arena arena;
	struct cel_ast ast;
	struct error err;

	(void)state;
	arena_init(&arena);

	assert_true(
		cel_parse(&ast, &arena, STR("a.all(x, x)"), &options, &err));

	assert_int_equal(ast.root->kind, CEL_CALL);
	arena_done(&arena);
}

static void test_a_host_macro_gets_the_place_and_shows_what_was_written(
	void **state)
{
	static const struct cel_macro blame = {.space = STR_INIT("git"),
					       .name = STR_INIT("blame"),
					       .arguments = 1,
					       .expand = cel_expand_place};
	const struct cel_parse_options options = {.limits = &limits_default,
						  .host = {&blame, 1}};
	const char *text = "git.blame(self.owner.email)";
	struct arena arena;
	struct cel_ast ast;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(cel_parse(&ast, &arena, str_of(text), &options, &err));

	assert_int_equal(ast.root->count, 3);
	assert_string_equal(ast.root->kids[1]->name.ptr, "owner.email)");
	assert_true(str_is(cel_str(ast.root->kids[2]->constant), "email"));
	assert_unparse(text, text, &options);
	assert_false(
		cel_parse(&ast, &arena, STR("git.blame(x)"), &options, &err));
	arena_done(&arena);
}

static void test_spans_name_the_bytes_of_each_part(void **state)
{
	struct arena arena;
	struct cel_ast ast;
	struct error err;
	str text = STR(" (a.b) && f( x ) ");

	(void)state;
	arena_init(&arena);
	assert_true(parse(&ast, &arena, text, &err));

	assert_int_equal(ast.root->span.start, 1);
	assert_int_equal(ast.root->span.end, 16);
	assert_int_equal(ast.root->place.start, 7);
	assert_int_equal(ast.root->kids[0]->span.start, 2);
	assert_int_equal(ast.root->kids[0]->place.start, 4);
	assert_int_equal(ast.root->kids[1]->span.start, 10);
	assert_int_equal(ast.root->kids[1]->span.end, 16);
	arena_done(&arena);
}

static void assert_round_trip(str text)
{
	struct arena arena;
	struct cel_ast first;
	struct cel_ast second;
	struct error err = {0};
	struct buf out;

	arena_init(&arena);
	buf_init(&out, 1 << 20);
	if (!parse(&first, &arena, text, &err))
		fail_msg(STR_FMT ": %s", STR_ARG(text), err.text);
	cel_unparse(&out, first.root);
	if (!parse(&second, &arena, buf_str(&out), &err))
		fail_msg(STR_FMT " -> " STR_FMT ": %s", STR_ARG(text),
			 STR_ARG(buf_str(&out)), err.text);
	if (!cel_node_same(first.root, second.root))
		fail_msg(STR_FMT " -> " STR_FMT, STR_ARG(text),
			 STR_ARG(buf_str(&out)));
	buf_done(&out);
	arena_done(&arena);
}

/* FORMAT.md of the suite: \n \r \t \\ \xHH, everything else verbatim. */
static str unescape(char *line)
{
	char *to = line;

	for (const char *c = line; *c && *c != '\n'; c++) {
		if (*c != '\\') {
			*to++ = *c;
		} else if (*++c == 'x') {
			char hex[3] = {c[1], c[2], '\0'};

			*to++ = (char)strtol(hex, NULL, 16);
			c += 2;
		} else {
			*to++ = (char)(*c == 'n'   ? '\n'
				       : *c == 'r' ? '\r'
				       : *c == 't' ? '\t'
						   : *c);
		}
	}
	return str_make(line, (size_t)(to - line));
}

static size_t round_trip_file(const char *folder, const char *name)
{
	static char line[1 << 16];
	struct arena arena;
	size_t count = 0;
	FILE *file;

	arena_init(&arena);
	file = fopen(
		arena_cstr(&arena, str_format(&arena, "%s/%s", folder, name)),
		"rb");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (line[0] == 'e' && line[1] == ' ') {
			assert_round_trip(unescape(line + 2));
			count++;
		}
	(void)fclose(file);
	arena_done(&arena);
	return count;
}

static void test_every_expression_of_the_suite_survives_unparse(void **state)
{
	const char *suites = getenv("ABIDE_SUITES");
	const struct dirent *entry;
	size_t count = 0;
	char path[4096];
	DIR *folder;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/cel",
		       suites ? suites : "../shared/suites");
	folder = opendir(path);
	if (!folder)
		skip();
	while ((entry = readdir(folder)))
		if (str_ends(str_of(entry->d_name), STR(".celt")))
			count += round_trip_file(path, entry->d_name);
	(void)closedir(folder);
	assert_true(count > 1500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_tree_is_what_precedence_says),
		cmocka_unit_test(test_an_error_is_a_sentence_at_its_byte),
		cmocka_unit_test(
			test_hostile_nesting_is_an_error_and_not_a_crash),
		cmocka_unit_test(test_a_long_chain_takes_no_depth),
		cmocka_unit_test(test_macros_can_be_switched_off),
		cmocka_unit_test(
			test_a_host_macro_gets_the_place_and_shows_what_was_written),
		cmocka_unit_test(test_spans_name_the_bytes_of_each_part),
		cmocka_unit_test(
			test_every_expression_of_the_suite_survives_unparse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
