/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "data/document.h"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static const struct node *node_of(const char *text)
{
	struct document document;
	struct error err;

	if (!document_parse(&document, &arena, str_of(text), FORMAT_YAML,
			    &limits_default, &err))
		fail_msg("%s: %s", text, err.text);
	return document.roots[0];
}

static void members_are_found_by_key(void **state)
{
	const struct node *map = node_of("{a: 1, b: text, c: }");

	(void)state;
	assert_int_equal(node_find(map, STR("a"))->as.integer, 1);
	assert_int_equal(node_find(map, STR("c"))->kind, NODE_NULL);
	assert_null(node_find(map, STR("d")));
	assert_null(node_find(map, STR("")));
	assert_null(node_find(NULL, STR("a")));
	assert_null(node_find(node_of("[a]"), STR("a")));
	assert_ptr_equal(
		node_find_hashed(map, STR("b"), (uint32_t)hash_str(STR("b"))),
		&map->as.children[1]);
}

static void the_text_of_a_member_is_that_of_a_string_only(void **state)
{
	const struct node *map = node_of("{a: 1, b: text, c: ''}");

	(void)state;
	assert_true(str_is(node_text(map, STR("b")), "text"));
	assert_null(node_text(map, STR("a")).ptr);
	assert_null(node_text(map, STR("x")).ptr);
	assert_non_null(node_text(map, STR("c")).ptr);
	assert_int_equal(node_text(map, STR("c")).len, 0);
}

/* The example of RFC 6901, section 5, and what names nothing. */
static void pointers_name_what_rfc_6901_says(void **state)
{
	static const struct {
		const char *pointer;
		int64_t value; /* -1: nothing */
	} rows[] = {
		{"/foo/1", 2},	  {"/", 0},
		{"/a~1b", 1},	  {"/c%d", 2},
		{"/e^f", 3},	  {"/g|h", 4},
		{"/i\\j", 5},	  {"/k\"l", 6},
		{"/ ", 7},	  {"/m~0n", 8},
		{"/o//p", 9},	  {"/foo/2", -1},
		{"/foo/01", -1},  {"/foo/-", -1},
		{"/foo/", -1},	  {"/foo/x", -1},
		{"foo", -1},	  {"/m~n", -1},
		{"/m~2n", -1},	  {"/m~", -1},
		{"/nope", -1},	  {"/ /x", -1},
		{"/foo/0/0", -1}, {"/foo/99999999999999999999", -1},
		{"/~01", 10},
	};
	const struct node *root =
		node_of("{\"foo\": [1, 2], \"\": 0, \"a/b\": 1, \"c%d\": 2,"
			" \"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6,"
			" \" \": 7, \"m~n\": 8, \"o\": {\"\": {\"p\": 9}},"
			" \"~1\": 10}");

	(void)state;
	assert_ptr_equal(node_find_at(root, STR("")), root);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct node *found =
			node_find_at(root, str_of(rows[i].pointer));

		if (rows[i].value < 0
			    ? found != NULL
			    : !found || found->as.integer != rows[i].value)
			fail_msg("pointer %s", rows[i].pointer);
	}
}

static void pointers_lead_back_to_their_node(void **state)
{
	static const char *const pointers[] = {
		"",	 "/a",	 "/a/0", "/a/1", "/a/1/b~1c", "/d",
		"/e/~0", "/e/x", "/f",	 "/g/",	 "/h/0/0",
	};
	const struct node *root =
		node_of("a: &x\n- 1\n- b/c: 2\nd: *x\n"
			"e: {\"~\": 3, x: 4}\nf:\ng: {'': }\nh: [[[]]]\n");
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	for (size_t i = 0; i < ARRAY_SIZE(pointers); i++) {
		const struct node *node =
			node_find_at(root, str_of(pointers[i]));

		assert_non_null(node);
		buf_clear(&out);
		node_pointer(&out, root, node);
		assert_true(str_is(buf_str(&out), pointers[i]));
		if (!node->key)
			continue;
		buf_clear(&out);
		node_pointer(&out, root, node->key);
		assert_true(str_is(buf_str(&out), pointers[i]));
	}
	buf_done(&out);
}

static void a_pointer_is_written_with_escapes(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 100);
	pointer_add(&out, STR("a~/b"));
	pointer_add(&out, STR(""));
	pointer_add(&out, STR("~1"));
	assert_true(str_is(buf_str(&out), "/a~0~1b//~01"));
	buf_done(&out);
}

static const struct {
	const char *a;
	const char *b;
	bool equal;
} pairs[] = {
	{"1", "1.0", true},
	{"1", "'1'", false},
	{"9007199254740993", "9007199254740992.0", false},
	{"0x10", "16", true},
	{"~", "null", true},
	{"~", "false", false},
	{"0", "false", false},
	{"true", "True", true},
	{"true", "false", false},
	{"a", "'a'", true},
	{"a", "A", false},
	{"\"a\\0b\"", "\"a\\0c\"", false},
	{"[1, 2]", "[1.0, 2]", true},
	{"[1, 2]", "[2, 1]", false},
	{"[1]", "[1, 1]", false},
	{"[]", "{}", false},
	{"[]", "[]", true},
	{"{}", "{}", true},
	{"{a: 1, b: [2]}", "b: [2.0]\na: 1", true},
	{"{a: 1, b: 2}", "{a: 1, c: 2}", false},
	{"{a: 1}", "{a: 2}", false},
	{"{a: 1}", "{a: 1, b: 1}", false},
	{".nan", ".NaN", true},
	{".inf", "-.inf", false},
	{"[&a [1], *a]", "[[1], [1]]", true},
};

static void nodes_are_equal_by_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		const struct node *a = node_of(pairs[i].a);
		const struct node *b = node_of(pairs[i].b);

		if (node_equal(a, b) != pairs[i].equal ||
		    node_equal(b, a) != pairs[i].equal)
			fail_msg("%s and %s", pairs[i].a, pairs[i].b);
	}
}

static const struct node *large_map(size_t from, unsigned last)
{
	struct buf text;
	const struct node *map;

	buf_init(&text, 4 << 20);
	for (size_t i = 0; i < 50000; i++)
		buf_format(&text, "k%zu: %zu\n", (i + from) % 50000,
			   (i + from) % 50000);
	buf_format(&text, "last: %u\n", last);
	buf_byte(&text, '\0');
	map = node_of(arena_cstr(&arena, str_of(text.ptr)));
	buf_done(&text);
	return map;
}

/* Looked up one by one this would be 2,500,000,000 comparisons. */
static void large_maps_are_equal_in_any_order(void **state)
{
	const struct node *a = large_map(0, 1);

	(void)state;
	assert_true(node_equal(a, large_map(777, 1)));
	assert_false(node_equal(a, large_map(777, 2)));
}

/* The map with these keys, whose index is that in no map. */
static struct node with_keys(const struct node *map, const struct node *keys)
{
	struct node *children = arena_array(&arena, struct node, map->count);
	struct node copy = *map;

	for (size_t i = 0; i < map->count; i++) {
		children[i] = map->as.children[i];
		children[i].key = &keys[i];
	}
	copy.as.children = children;
	return copy;
}

/* Trees that are kept share keys. */
static void large_maps_are_equal_by_value_where_keys_are_shared(void **state)
{
	const struct node *map = large_map(0, 1);
	struct node *keys = arena_array(&arena, struct node, map->count);
	struct node a, b, c;

	(void)state;
	for (size_t i = 0; i < map->count; i++) {
		keys[i] = *map->as.children[i].key;
		keys[i].index = 0;
	}
	a = with_keys(map, keys);
	b = with_keys(large_map(0, 1), keys);
	c = with_keys(large_map(0, 2), keys);

	assert_true(node_equal(&a, &b));
	assert_false(node_equal(&a, &c));
}

static void kinds_have_names(void **state)
{
	(void)state;
	assert_string_equal(node_kind_name(NODE_NULL), "null");
	assert_string_equal(node_kind_name(NODE_BOOL), "boolean");
	assert_string_equal(node_kind_name(NODE_INT), "integer");
	assert_string_equal(node_kind_name(NODE_FLOAT), "number");
	assert_string_equal(node_kind_name(NODE_STRING), "string");
	assert_string_equal(node_kind_name(NODE_LIST), "list");
	assert_string_equal(node_kind_name(NODE_MAP), "map");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(members_are_found_by_key),
		CASE(the_text_of_a_member_is_that_of_a_string_only),
		CASE(pointers_name_what_rfc_6901_says),
		CASE(pointers_lead_back_to_their_node),
		CASE(a_pointer_is_written_with_escapes),
		CASE(nodes_are_equal_by_value),
		CASE(large_maps_are_equal_in_any_order),
		CASE(large_maps_are_equal_by_value_where_keys_are_shared),
		CASE(kinds_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
