/* SPDX-License-Identifier: Apache-2.0 */
#include "value_fixture.h"

#include "base/map.h"
#include "record/compare.h"

static struct arena arena;
static struct buf shown;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena);
	buf_init(&shown, SIZE_MAX);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	arena_done(&arena);
	buf_done(&shown);
	return 0;
}

static void show_value(const struct node *node)
{
	if (!node) {
		buf_format(&shown, "-");
		return;
	}
	if (node->kind == NODE_LIST || node->kind == NODE_MAP)
		buf_format(&shown, "%s", node->kind == NODE_LIST ? "[" : "{");
	else if (node->kind == NODE_NULL)
		buf_format(&shown, "null");
	else if (node->kind == NODE_BOOL)
		buf_format(&shown, node->as.boolean ? "true" : "false");
	else
		buf_add(&shown, node->text);
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return;
	for (size_t i = 0; i < node->count; i++) {
		buf_format(&shown, "%s", i ? " " : "");
		show_value(&node->as.children[i]);
	}
	buf_format(&shown, "%s", node->kind == NODE_LIST ? "]" : "}");
}

static const char *show(const struct node *before, const struct node *after)
{
	size_t count;
	const struct field_change *changes =
		compare_values(&count, before, after, &arena);

	buf_clear(&shown);
	for (size_t i = 0; i < count; i++) {
		buf_format(&shown, "%s", i ? "; " : "");
		buf_add(&shown, changes[i].pointer);
		if (changes[i].before && changes[i].after &&
		    !str_equal(changes[i].pointer, changes[i].pointer_before)) {
			buf_format(&shown, " was ");
			buf_add(&shown, changes[i].pointer_before);
		}
		if (changes[i].reordered) {
			buf_format(&shown, " reordered");
			continue;
		}
		buf_format(&shown, ": ");
		show_value(changes[i].before);
		buf_format(&shown, " -> ");
		show_value(changes[i].after);
	}
	buf_byte(&shown, '\0');
	return shown.ptr;
}

static const struct node *yaml(const char *text)
{
	return node_parse(str_of(text), FORMAT_YAML, &arena);
}

static void differences_are_named_field_by_field(void **state)
{
	static const struct {
		const char *before, *after, *shown;
	} rows[] = {
		{"{a: 1}", "{a: 1}", ""},
		{"{a: 1}", "{a: 1.0}", ""},
		{"{a: 1, b: 2}", "{b: 2, a: 1}", ""},
		{"{a: 2026-01-05}", "{a: '2026-01-05'}", ""},
		{"{a: 1}", "{a: '1'}", "/a: 1 -> 1"},
		{"{a: ''}", "{a: }", "/a:  -> null"},
		{"{a: P36M}", "{a: P60M}", "/a: P36M -> P60M"},
		{"{a: 1}", "{b: 1}", "/b: - -> 1; /a: 1 -> -"},
		{"{a: {b: {c: 1, d: 2}}}", "{a: {b: {c: 1, d: 3}}}",
		 "/a/b/d: 2 -> 3"},
		{"{a/b: 1, c~d: 1}", "{a/b: 2, c~d: 2}",
		 "/a~1b: 1 -> 2; /c~0d: 1 -> 2"},
		{"{a: [1]}", "{a: {x: 1}}", "/a: [1] -> {1}"},
		{"{a: {x: 1}}", "{a: y}", "/a: {1} -> y"},
		{"{a: [b, c]}", "{a: [new, b, c]}", "/a/0: - -> new"},
		{"{a: [b, c, d]}", "{a: [b, d]}", "/a/1: c -> -"},
		{"{a: [b, c, d]}", "{a: [b, x, d]}", "/a/1: c -> x"},
		{"{a: [b, c]}", "{a: [c, b]}", "/a/1: - -> b; /a/0: b -> -"},
		{"{a: [x, x, y]}", "{a: [x, y]}", "/a/1: x -> -"},
		{"{a: []}", "{a: [x]}", "/a/0: - -> x"},
		{"a: [{id: p, v: 1}, {id: q, v: 2}]",
		 "a: [{id: n, v: 0}, {id: p, v: 1}, {id: q, v: 3}]",
		 "/a/0: - -> {n 0}; /a/2/v was /a/1/v: 2 -> 3"},
		{"a: [{id: p, v: 1}, {id: q, v: 2}]", "a: [{id: q, v: 2}]",
		 "/a/0: {p 1} -> -"},
		{"a: [{id: p, v: 1}, {id: q, v: 2}]",
		 "a: [{id: q, v: 2}, {id: p, v: 9}]",
		 "/a reordered; /a/1/v was /a/0/v: 1 -> 9"},
		{"a: [{person: p, from: 1}, {person: q, from: 1}]",
		 "a: [{person: q, from: 1}]", "/a/0: {p 1} -> -"},
		{"a: [{id: 012, v: 1}]", "a: [{id: 12, v: 2}]",
		 "/a/0/v: 1 -> 2"},
		{"a: [{person: p, v: 1}, {person: p, v: 2}]",
		 "a: [{person: p, v: 1}, {person: p, v: 3}]", "/a/1/v: 2 -> 3"},
		{"a: [{v: 1}, {v: 2}]", "a: [{v: 0}, {v: 1}, {v: 2}]",
		 "/a/0: - -> {0}"},
		{"a: [[1, 2], [3]]", "a: [[1, 2], [3, 4]]", "/a/1/1: - -> 4"},
		{"{a: .nan, b: .inf}", "{a: .NaN, b: .inf}", ""},
		{"{a: 18446744073709551617}", "{a: 18446744073709551616}",
		 "/a: 18446744073709551617 -> 18446744073709551616"},
		{"[1]", "{a: 1}", ": [1] -> {1}"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(
			show(yaml(rows[i].before), yaml(rows[i].after)),
			rows[i].shown);
}

static const struct node *block_of(const struct value *value)
{
	const struct node *node;
	struct buf buf;

	buf_init(&buf, SIZE_MAX);
	value_write_block(&buf, value, false, 0);
	node = node_parse(buf_str(&buf), FORMAT_YAML, &arena);
	buf_done(&buf);
	return node;
}

static const struct node *flow_of(const struct value *value,
				  struct chance *luck)
{
	const struct node *node;
	struct buf buf;

	buf_init(&buf, SIZE_MAX);
	value_write_flow(&buf, value, false, luck);
	node = node_parse(buf_str(&buf), FORMAT_YAML, &arena);
	buf_done(&buf);
	return node;
}

static void layout_order_quotes_comments_and_format_change_nothing(void **state)
{
	struct chance luck = {1};

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		const struct value *value = value_root(&luck, &arena);
		const struct node *json = value_node(value, &arena);
		const struct node *block = block_of(value);
		const struct node *flow = flow_of(value, &luck);

		assert_string_equal(show(json, block), "");
		assert_string_equal(show(block, flow), "");
		assert_string_equal(show(flow, json), "");
		assert_true(value_digest(json) == value_digest(flow));
		assert_true(value_digest(json) == value_digest(block));
		arena_reset(&arena);
	}
}

/* Changes scalars below maps and lists with ids, and writes what is to come
 * out, in the order of the walk. */
static void edit(struct value *value, struct chance *luck, struct buf *pointer,
		 struct buf *expected)
{
	size_t len = pointer->len;

	if (value->kind < VALUE_LIST) {
		const char *prefix = value->kind == VALUE_TEXT ? "t" : "";

		if (chance(luck, 4))
			return;
		buf_format(expected, "%s" STR_FMT ": %s%u -> %s%u",
			   expected->len ? "; " : "", STR_ARG(buf_str(pointer)),
			   prefix, value->number, prefix, value->number + 1000);
		value->number += 1000;
		return;
	}
	if (value->kind == VALUE_LIST && !value->identified)
		return;
	for (size_t i = 0; i < value->count; i++) {
		if (value->kind == VALUE_MAP)
			buf_format(pointer, "/k%u", value->children[i]->name);
		else
			buf_format(pointer, "/%zu", i);
		edit(value->children[i], luck, pointer, expected);
		pointer->len = len;
	}
}

static void edited_fields_are_found_and_no_others(void **state)
{
	struct chance luck = {2};
	struct buf expected;
	struct buf pointer;
	size_t edits = 0;

	(void)state;
	buf_init(&expected, SIZE_MAX);
	buf_init(&pointer, SIZE_MAX);
	for (size_t i = 0; i < 2000; i++) {
		const struct value *before = value_root(&luck, &arena);
		struct value *after = value_copy(before, &arena);

		buf_clear(&expected);
		edit(after, &luck, &pointer, &expected);
		edits += expected.len > 0;
		buf_byte(&expected, '\0');
		assert_string_equal(
			show(value_node(before, &arena), block_of(after)),
			expected.ptr);
		arena_reset(&arena);
	}
	assert_true(edits > 1000);
	buf_done(&expected);
	buf_done(&pointer);
}

static void digests_of_different_values_differ(void **state)
{
	static const char *const texts[] = {
		"{a: 1}",	"{a: 2}",	"{a: '1'}",
		"{b: 1}",	"[1, 2]",	"[2, 1]",
		"[[1], 2]",	"[1, [2]]",	"[]",
		"{}",		"''",		"null",
		"true",		"false",	"0",
		"{a: {b: c}}",	"{a: {c: b}}",	"{a: [b]}",
		"{a: b, c: d}", "{a: d, c: b}", "1.5",
		"[null]",	"['']",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		for (size_t k = 0; k < i; k++)
			assert_true(value_digest(yaml(texts[i])) !=
				    value_digest(yaml(texts[k])));
	}
	assert_true(value_digest(yaml("-0.0")) == value_digest(yaml("0")));
	assert_true(value_digest(yaml(".nan")) == value_digest(yaml(".NaN")));
	assert_true(value_digest(yaml("1e2")) == value_digest(yaml("100")));
}

/* Longer than the table of subsequences takes. */
static void insertions_into_a_long_list_are_that_many_changes(void **state)
{
	enum { LENGTH = 4000 };
	struct buf before;
	struct buf after;

	(void)state;
	buf_init(&before, SIZE_MAX);
	buf_init(&after, SIZE_MAX);
	buf_format(&after, "- first\n");
	for (unsigned i = 0; i < LENGTH; i++) {
		buf_format(&before, "- x%u\n- y\n", i);
		buf_format(&after, "- x%u\n- y\n", i);
		if (i == LENGTH / 2)
			buf_format(&after, "- middle\n");
	}
	buf_format(&after, "- last\n");
	assert_string_equal(
		show(node_parse(buf_str(&before), FORMAT_YAML, &arena),
		     node_parse(buf_str(&after), FORMAT_YAML, &arena)),
		"/0: - -> first; /4003: - -> middle; /8002: - -> last");
	buf_done(&before);
	buf_done(&after);
}

static void maps_of_many_members_are_compared_by_key(void **state)
{
	struct buf before;
	struct buf after;

	(void)state;
	buf_init(&before, SIZE_MAX);
	buf_init(&after, SIZE_MAX);
	for (unsigned i = 0; i < 5000; i++) {
		buf_format(&before, "k%u: %u\n", i, i);
		buf_format(&after, "k%u: %u\n", 4999 - i,
			   i == 7 ? 1 : 4999 - i);
	}
	assert_string_equal(
		show(node_parse(buf_str(&before), FORMAT_YAML, &arena),
		     node_parse(buf_str(&after), FORMAT_YAML, &arena)),
		"/k4992: 4992 -> 1");
	buf_done(&before);
	buf_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			differences_are_named_field_by_field, begin, finish),
		cmocka_unit_test_setup_teardown(
			layout_order_quotes_comments_and_format_change_nothing,
			begin, finish),
		cmocka_unit_test_setup_teardown(
			edited_fields_are_found_and_no_others, begin, finish),
		cmocka_unit_test_setup_teardown(
			digests_of_different_values_differ, begin, finish),
		cmocka_unit_test_setup_teardown(
			insertions_into_a_long_list_are_that_many_changes,
			begin, finish),
		cmocka_unit_test_setup_teardown(
			maps_of_many_members_are_compared_by_key, begin,
			finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
