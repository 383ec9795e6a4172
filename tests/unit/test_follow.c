/* SPDX-License-Identifier: Apache-2.0 */
#include "value_fixture.h"

#include "record/compare.h"
#include "record/follow.h"

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

static struct change change_of(const struct node *before,
			       const struct node *after)
{
	struct change change = {.kind = CHANGE_CHANGED};

	change.fields =
		compare_values(&change.field_count, before, after, &arena);
	return change;
}

/* Every value that is there now: what a change does not touch is equal to what
 * its pointer of before names, and a plain value that it touches is not. */
static void check_below(const struct change *change, const struct node *before,
			const struct node *root, const struct node *node)
{
	const struct node *old;
	struct buf pointer;
	struct buf was;

	buf_init(&pointer, SIZE_MAX);
	buf_init(&was, SIZE_MAX);
	node_pointer(&pointer, root, node);
	change_pointer_before(&was, change, buf_str(&pointer));
	old = node_find_at(before, buf_str(&was));
	if (!change_touches(change, buf_str(&pointer))) {
		assert_non_null(old);
		assert_true(node_equal(old, node));
	} else if (node->kind != NODE_LIST && node->kind != NODE_MAP && old) {
		bool is_new = true;

		/* At the place of one that is new another may have stood. */
		for (size_t i = 0; is_new && i < change->field_count; i++)
			is_new = change->fields[i].before ||
				 !str_starts(buf_str(&pointer),
					     change->fields[i].pointer);
		assert_false(is_new && node_equal(old, node));
	}
	buf_done(&pointer);
	buf_done(&was);
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return;
	for (size_t i = 0; i < node->count; i++)
		check_below(change, before, root, &node->as.children[i]);
}

/* Items come, go, change and swap places; members too. */
static void edit(struct value *value, struct chance *luck, struct arena *keep)
{
	if (value->kind < VALUE_LIST) {
		value->number += chance(luck, 6) ? 0 : 1000;
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		edit(value->children[i], luck, keep);
	if (value->count && chance(luck, 5) == 0) {
		size_t gone = chance(luck, (unsigned)value->count);

		value->count--;
		for (size_t i = gone; i < value->count; i++)
			value->children[i] = value->children[i + 1];
	}
	if (value->count < VALUE_CHILDREN && chance(luck, 5) == 0) {
		size_t at = chance(luck, (unsigned)value->count + 1);

		for (size_t i = value->count; i > at; i--)
			value->children[i] = value->children[i - 1];
		value->count++;
		value->children[at] =
			value_new(luck, keep, 1, 100 + chance(luck, 1000000));
		if (value->identified)
			value->children[at]->kind = VALUE_MAP;
	}
	if (value->count > 1 && chance(luck, 6) == 0) {
		struct value *first = value->children[0];

		value->children[0] = value->children[value->count - 1];
		value->children[value->count - 1] = first;
	}
}

static void a_value_that_is_not_touched_is_found_where_it_was(void **state)
{
	struct chance luck = {3};
	size_t changed = 0;

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		const struct value *old = value_root(&luck, &arena);
		struct value *new = value_copy(old, &arena);
		const struct node *before = value_node(old, &arena);
		const struct node *after;
		struct change change;

		edit(new, &luck, &arena);
		after = value_node(new, &arena);
		change = change_of(before, after);
		changed += change.field_count > 0;
		check_below(&change, before, after, after);
		arena_reset(&arena);
	}
	assert_true(changed > 2000);
}

static const struct node *yaml(const char *text)
{
	return node_parse(str_of(text), FORMAT_YAML, &arena);
}

static void a_change_touches_what_lies_above_and_below(void **state)
{
	static const struct {
		const char *before, *after, *pointer;
		bool touches;
	} rows[] = {
		{"{a: {b: 1}}", "{a: {b: 2}}", "/a/b", true},
		{"{a: {b: 1}}", "{a: {b: 2}}", "/a", true},
		{"{a: {b: 1}}", "{a: {b: 2}}", "", true},
		{"{a: {b: 1}}", "{a: {b: 2}}", "/a/c", false},
		{"{a: {b: 1}}", "{a: {b: 2}}", "/ab", false},
		{"{ab: 1}", "{ab: 2}", "/a", false},
		{"{}", "{a: {b: 2}}", "/a/b", true},
		{"{a: {b: 2}}", "{}", "/a/b", true},
		{"{a: {b: 2}}", "{}", "/a", true},
		{"{a: 1}", "{a: {b: 1}}", "/a/b", true},
		{"{a: [p, q]}", "{a: [q]}", "/a/0", false},
		{"{a: [p, q]}", "{a: [q]}", "/a", true},
		{"{a: [p, q]}", "{a: [n, p, q]}", "/a/0", true},
		{"{a: [p, q]}", "{a: [n, p, q]}", "/a/1", false},
		{"a: [{id: p, v: 1}, {id: q, v: 1}]",
		 "a: [{id: q, v: 1}, {id: p, v: 2}]", "/a/0/v", false},
		{"a: [{id: p, v: 1}, {id: q, v: 1}]",
		 "a: [{id: q, v: 1}, {id: p, v: 2}]", "/a/1/v", true},
		{"a: [{id: p, v: 1}, {id: q, v: 1}]",
		 "a: [{id: q, v: 1}, {id: p, v: 1}]", "/a", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct change change =
			change_of(yaml(rows[i].before), yaml(rows[i].after));

		if (change_touches(&change, str_of(rows[i].pointer)) !=
		    rows[i].touches)
			fail_msg("%s -> %s at %s", rows[i].before,
				 rows[i].after, rows[i].pointer);
	}
}

static void an_item_is_followed_to_where_it_stood(void **state)
{
	static const char *const versions[] = {
		"a: [{id: p, v: 2}, {id: q, v: 1}]",
		"a: [{id: q, v: 1}, {id: n, v: 1}, {id: p, v: 2}]",
		"a: [{id: n, v: 1}, {id: p, v: 2}]",
		"a: [{id: n, v: 1}, {id: p, v: 1}]",
	};
	struct change changes[ARRAY_SIZE(versions)];
	struct trail trail = {.changes = changes,
			      .count = ARRAY_SIZE(versions)};

	(void)state;
	for (size_t i = 0; i + 1 < ARRAY_SIZE(versions); i++)
		changes[i] =
			change_of(yaml(versions[i + 1]), yaml(versions[i]));
	changes[ARRAY_SIZE(versions) - 1] =
		(struct change){.kind = CHANGE_ADDED};
	assert_ptr_equal(trail_field(&trail, STR("/a/0/v")), &changes[2]);
	assert_ptr_equal(trail_field(&trail, STR("/a/1/v")), &changes[1]);
	assert_ptr_equal(trail_field(&trail, STR("/a/0/id")), &changes[3]);
	assert_ptr_equal(trail_field(&trail, STR("/a")), &changes[0]);
	trail.count--;
	assert_null(trail_field(&trail, STR("/a/0/id")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_value_that_is_not_touched_is_found_where_it_was,
			begin, finish),
		cmocka_unit_test_setup_teardown(
			a_change_touches_what_lies_above_and_below, begin,
			finish),
		cmocka_unit_test_setup_teardown(
			an_item_is_followed_to_where_it_stood, begin, finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
