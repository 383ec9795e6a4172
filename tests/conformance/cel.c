/*
 * cel - runs the conformance tests of CEL (*.celt, see FORMAT.md beside them).
 *
 * argv[1] is the folder of suites. Each test is evaluated unchecked, and
 * checked unless it says `f nocheck`. Tests that fail must be listed in
 * tests/conformance/cel.known; a listed test that passes, or does not exist,
 * is a fault too, so that the list only shrinks.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/sys.h"
#include "base/vec.h"
#include "cel/cel.h"
#include "cel/convert.h"

#define KNOWN "tests/conformance/cel.known"

enum { NAMES_MOST = 16 };

struct known {
	str id;
	bool failed;
};

struct test {
	str id;
	str expression;
	str container;
	bool no_macros, no_check, check_only;
	struct cel_variable variables[NAMES_MOST];
	struct cel_value values[NAMES_MOST];
	size_t variable_count;
	struct cel_overload functions[NAMES_MOST];
	size_t function_count;
	str type; /* deduced, or absent */
	str value;
	bool error;
};

struct suite {
	const char *folder;
	struct arena arena; /* the list of known failures */
	VEC(struct known) known;
	size_t faults;
	size_t passed;
	size_t count;
};

/* ---- reading */

static bool read_whole(str *out, struct arena *arena, const char *path)
{
	struct error err;
	struct buf bytes;
	bool done;

	buf_init(&bytes, 4 << 20);
	done = sys_read_file(&bytes, SYS_HERE, path, &err);
	if (done)
		*out = str_keep(arena, buf_str(&bytes));
	buf_done(&bytes);
	return done;
}

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* Decodes \n \r \t \\ \" \xHH up to `end` or the end of the text. */
static str unescape(struct arena *arena, str *rest, char end)
{
	char *to = arena_raw(arena, rest->len + 1, 1);
	size_t count = 0;
	size_t i = 0;

	for (; i < rest->len && rest->ptr[i] != end; i++) {
		char c = rest->ptr[i];

		if (c == '\\' && i + 1 < rest->len) {
			c = rest->ptr[++i];
			c = c == 'n'   ? '\n'
			    : c == 'r' ? '\r'
			    : c == 't' ? '\t'
				       : c;
			if (c == 'x') {
				c = (char)(hex(rest->ptr[i + 1]) * 16 +
					   hex(rest->ptr[i + 2]));
				i += 2;
			}
		}
		to[count++] = c;
	}
	*rest = str_slice(*rest, i + 1, rest->len);
	return (str){to, count};
}

static struct cel_value read_value(struct cel_eval *eval, str *rest);

static void skip_blank(str *rest)
{
	while (rest->len && rest->ptr[0] == ' ')
		*rest = str_slice(*rest, 1, rest->len);
}

static struct cel_value read_list(struct cel_eval *eval, str *rest)
{
	VEC(struct cel_value) items = {0};
	struct cel_value list;

	for (skip_blank(rest); rest->len && rest->ptr[0] != ']';
	     skip_blank(rest))
		*vec_push(&items) = read_value(eval, rest);
	*rest = str_slice(*rest, 1, rest->len);
	list = cel_list_of(eval->arena, vec_keep(&items, eval->arena),
			   items.count);
	vec_done(&items);
	return list;
}

static struct cel_value read_map(struct cel_eval *eval, str *rest)
{
	struct cel_table *table = cel_table_new(eval->arena, 0);

	for (skip_blank(rest); rest->len && rest->ptr[0] != '}';
	     skip_blank(rest)) {
		struct cel_value key = read_value(eval, rest);

		if (cel_table_put(table, key, read_value(eval, rest)) !=
		    CEL_PUT_DONE)
			printf("cel: a bad map in the suite\n");
	}
	*rest = str_slice(*rest, 1, rest->len);
	return cel_table_value(table);
}

static struct cel_value read_bytes(struct cel_eval *eval, str *rest)
{
	str digits = str_cut(rest, '.');
	char *to = arena_raw(eval->arena, digits.len / 2 + 1, 1);

	for (size_t i = 0; i + 1 < digits.len; i += 2)
		to[i / 2] = (char)(hex(digits.ptr[i]) * 16 +
				   hex(digits.ptr[i + 1]));
	return cel_bytes((str){to, digits.len / 2});
}

/* "text" behind one letter. */
static str read_quoted(struct cel_eval *eval, str *rest)
{
	*rest = str_slice(*rest, 1, rest->len);
	return unescape(eval->arena, rest, '"');
}

static const struct cel_type *read_type(struct cel_eval *eval, str text)
{
	const struct cel_type *type = &cel_dyn;
	struct error err;

	if (!cel_type_parse(&type, eval->arena, text, &err))
		printf("cel: a bad type in the suite: %s\n", err.text);
	return type;
}

static struct cel_value read_word(struct cel_eval *eval, str *rest)
{
	str word = str_slice(*rest, 0, str_find_byte(*rest, ' '));
	char *text = arena_cstr(eval->arena, word);

	*rest = str_slice(*rest, word.len, rest->len);
	if (str_is(word, "null"))
		return cel_null();
	if (str_is(word, "true") || str_is(word, "false"))
		return cel_bool(str_is(word, "true"));
	if (text[0] == 'i')
		return cel_int(strtoll(text + 1, NULL, 10));
	if (text[0] == 'u')
		return cel_uint(strtoull(text + 1, NULL, 10));
	if (text[0] != 'd')
		printf("cel: a bad value in the suite: %s\n", text);
	return cel_double(strtod(text + 1, NULL));
}

static struct cel_value read_value(struct cel_eval *eval, str *rest)
{
	struct cel_value value = cel_null();
	struct instant at;
	char kind;

	skip_blank(rest);
	kind = rest->len ? rest->ptr[0] : ' ';
	if (!strchr("sbtTD[{", kind) || str_starts(*rest, STR("true")))
		return read_word(eval, rest);
	*rest = str_slice(*rest, 1, rest->len);
	switch (kind) {
	case '[':
		return read_list(eval, rest);
	case '{':
		return read_map(eval, rest);
	case 's':
		return cel_string(read_quoted(eval, rest));
	case 'b':
		return read_bytes(eval, rest);
	case 't':
		return cel_of_type(read_type(eval, read_quoted(eval, rest)));
	case 'T':
		if (instant_parse(&at, read_quoted(eval, rest)))
			value = cel_timestamp(at);
		return value;
	default:
		if (!cel_duration_parse(&value, read_quoted(eval, rest)))
			printf("cel: a bad duration in the suite\n");
		return value;
	}
}

static size_t variable_of(struct test *test, str name)
{
	size_t i = 0;

	while (i < test->variable_count &&
	       !str_equal(test->variables[i].name, name))
		i++;
	if (i == test->variable_count) {
		test->variables[i].name = name;
		test->values[i] = (struct cel_value){
			.tag = CEL_ERROR, .extra = CEL_FAULT_NO_VARIABLE};
		test->variable_count++;
	}
	return i;
}

static void read_function(struct test *test, struct cel_eval *eval, str line)
{
	str name = str_cut(&line, ' ');
	str style = str_cut(&line, ' ');

	test->functions[test->function_count] = (struct cel_overload){
		.name = arena_cstr(eval->arena, name),
		.id = str_format(eval->arena, "test_%zu%c",
				 test->function_count, 0)
			      .ptr,
		.signature = arena_cstr(eval->arena, line),
		.flags = str_is(style, "receiver") ? CEL_RECEIVER : 0};
	test->function_count++;
}

static void read_line(struct test *test, struct cel_eval *eval, str line)
{
	char kind = line.ptr[0];
	size_t i;

	line = str_slice(line, 2, line.len);
	switch (kind) {
	case '=':
		test->id = line;
		break;
	case 'e':
		test->expression = unescape(eval->arena, &line, '\0');
		break;
	case 'f':
		test->no_macros |= str_is(line, "nomacros");
		test->no_check |= str_is(line, "nocheck");
		test->check_only |= str_is(line, "checkonly");
		break;
	case 'c':
		test->container = line;
		break;
	case 'd':
		i = variable_of(test, str_cut(&line, ' '));
		test->variables[i].type = read_type(eval, line);
		break;
	case 'F':
		read_function(test, eval, line);
		break;
	case 'b':
		i = variable_of(test, str_cut(&line, ' '));
		test->values[i] = read_value(eval, &line);
		break;
	case 't':
		test->type = line;
		break;
	case 'v':
		test->value = line;
		break;
	case 'x':
		test->error = true;
		break;
	case 'n':
	case '#':
		break;
	default:
		printf("cel: a bad line in the suite: " STR_FMT "\n",
		       STR_ARG(line));
	}
}

/* ---- judging */

/* As CEL says, but int, uint and double differ, and NaN is NaN. */
static bool same(struct cel_eval *eval, struct cel_value a, struct cel_value b)
{
	struct cel_value key;
	struct cel_value value;
	struct cel_value other;

	if (a.tag != b.tag)
		return false;
	if (a.tag == CEL_DOUBLE && isnan(a.as.number))
		return isnan(b.as.number);
	if (a.tag == CEL_OPTIONAL && a.as.some && b.as.some)
		return same(eval, *a.as.some, *b.as.some);
	if (a.tag == CEL_LIST) {
		if (cel_list_size(a) != cel_list_size(b))
			return false;
		for (size_t i = 0; i < cel_list_size(a); i++)
			if (!same(eval, cel_list_at(eval, a, i),
				  cel_list_at(eval, b, i)))
				return false;
		return true;
	}
	if (a.tag != CEL_MAP)
		return cel_equal(eval, a, b);
	if (cel_map_size(a) != cel_map_size(b))
		return false;
	for (size_t i = 0; i < cel_map_size(a); i++) {
		cel_map_entry(eval, a, i, &key, &value);
		if (!cel_map_find(eval, b, key, &other) ||
		    !same(eval, value, other))
			return false;
	}
	return true;
}

static bool same_type(struct buf *why, struct cel_eval *eval,
		      const struct cel_program *program, str wanted)
{
	const struct cel_type *type = read_type(eval, wanted);

	if (cel_type_equal(type, cel_program_type(program)))
		return true;
	buf_add(why, STR("its type is "));
	cel_type_print(why, cel_program_type(program));
	return false;
}

static bool judge_value(struct buf *why, struct cel_eval *eval,
			const struct cel_program *program, struct test *test)
{
	struct cel_activation activation = {test->values, test->variable_count,
					    NULL};
	struct cel_run run = {.arena = eval->arena};
	struct cel_value value = cel_eval(program, &activation, &run);
	str wanted = test->value;

	if (test->error && value.tag == CEL_ERROR)
		return true;
	if (!test->error && value.tag != CEL_ERROR &&
	    same(eval, value, read_value(eval, &wanted)))
		return true;
	cel_print(why, eval, value);
	return false;
}

static bool judge(struct buf *why, struct cel_eval *eval,
		  const struct cel_env *env, struct test *test, bool check)
{
	struct cel_compile_options options = {.no_check = !check,
					      .no_macros = test->no_macros};
	struct cel_program *program;
	struct error err;
	bool passed;

	if (!cel_compile(&program, env, test->expression, &options, &err)) {
		buf_add(why, error_text(&err));
		return test->error;
	}
	passed = !check || !test->type.ptr ||
		 same_type(why, eval, program, test->type);
	if (passed && (test->value.ptr || test->error))
		passed = judge_value(why, eval, program, test);
	cel_program_free(program);
	return passed;
}

static bool run_test(struct buf *why, struct cel_eval *eval, struct test *test)
{
	struct cel_library library = {"test", test->functions,
				      test->function_count};
	const struct cel_library *libraries[] = {&library};
	struct cel_env *env;
	struct error err;
	bool passed = true;

	if (!cel_env_new(&env,
			 &(struct cel_env_options){
				 .libraries = libraries,
				 .library_count = 1,
				 .variables = test->variables,
				 .variable_count = test->variable_count,
				 .container = test->container},
			 &err)) {
		buf_add(why, error_text(&err));
		return false;
	}
	if (!test->check_only)
		passed = judge(why, eval, env, test, false);
	if (passed && !test->no_check) {
		buf_add(why, STR("checked: "));
		passed = judge(why, eval, env, test, true);
	}
	cel_env_free(env);
	return passed;
}

static void settle(struct suite *suite, struct test *test, struct arena *arena)
{
	struct cel_eval eval = {
		.arena = arena, .budget = SIZE_MAX, .limits = &limits_default};
	struct known *known = NULL;
	struct buf why;
	bool passed;

	buf_init(&why, 400);
	passed = run_test(&why, &eval, test);
	for (size_t i = 0; i < suite->known.count; i++)
		if (str_equal(suite->known.at[i].id, test->id))
			known = &suite->known.at[i];
	suite->count++;
	suite->passed += passed;
	if (known)
		known->failed = !passed;
	if (!passed && !known) {
		suite->faults++;
		printf("cel: " STR_FMT " fails: " STR_FMT " gives " STR_FMT
		       "\n",
		       STR_ARG(test->id), STR_ARG(test->expression),
		       STR_ARG(buf_str(&why)));
	}
	buf_done(&why);
}

static void run_file(struct suite *suite, str name)
{
	struct arena arena;
	struct cel_eval eval = {.arena = &arena};
	struct test test = {0};
	char path[1024];
	str rest;

	(void)snprintf(path, sizeof(path), "%s/" STR_FMT, suite->folder,
		       STR_ARG(name));
	arena_init(&arena);
	suite->passed = suite->count = 0;
	if (!read_whole(&rest, &arena, path)) {
		printf("cel: %s cannot be read\n", path);
		suite->faults++;
	}
	while (rest.ptr) {
		str line = str_cut(&rest, '\n');

		if (line.len > 1)
			read_line(&test, &eval, line);
		if (line.len && rest.ptr)
			continue;
		if (test.id.ptr)
			settle(suite, &test, &arena);
		test = (struct test){0};
	}
	arena_done(&arena);
	printf("cel: " STR_FMT " %zu/%zu\n", STR_ARG(name), suite->passed,
	       suite->count);
}

static void read_known(struct suite *suite)
{
	str rest = {NULL, 0};

	if (!read_whole(&rest, &suite->arena, KNOWN))
		return;
	while (rest.len > 0) {
		str line = str_trim(str_cut(&rest, '\n'));

		if (line.len > 0 && line.ptr[0] != '#')
			vec_push(&suite->known)->id =
				str_trim(str_cut(&line, ' '));
	}
}

static void run_all(struct suite *suite)
{
	struct error err;
	size_t passed = 0;
	size_t total = 0;
	size_t count = 0;
	str *names = NULL;

	if (!sys_list(&names, &count, SYS_HERE, suite->folder, &suite->arena,
		      &err)) {
		printf("cel: %s\n", err.text);
		suite->faults++;
	}
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(names[i], STR(".celt")))
			continue;
		run_file(suite, names[i]);
		passed += suite->passed;
		total += suite->count;
	}
	printf("cel: total %zu/%zu\n", passed, total);
}

int main(int argc, char **argv)
{
	static struct suite suite;
	char folder[512];

	(void)snprintf(folder, sizeof(folder), "%s/cel",
		       argc > 1 ? argv[1] : "");
	if (sys_kind_of(SYS_HERE, folder) != SYS_DIRECTORY) {
		printf("cel: skipped (suite not found)\n");
		return 0;
	}
	suite.folder = folder;
	arena_init(&suite.arena);
	read_known(&suite);
	run_all(&suite);
	for (size_t i = 0; i < suite.known.count; i++) {
		if (suite.known.at[i].failed)
			continue;
		suite.faults++;
		printf("cel: " STR_FMT " is listed and does not fail\n",
		       STR_ARG(suite.known.at[i].id));
	}
	vec_done(&suite.known);
	arena_done(&suite.arena);
	return suite.faults > 0;
}
