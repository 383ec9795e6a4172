/* SPDX-License-Identifier: Apache-2.0 */
#include "value_fixture.h"

#include "record/keep.h"

static void a_copy_outlives_its_tree(void **state)
{
	struct chance luck = {5};

	(void)state;
	for (size_t i = 0; i < 500; i++) {
		struct arena tree;
		struct arena other;
		struct arena kept;
		const struct value *value;
		const struct node *copy;

		arena_init(&tree);
		arena_init(&other);
		arena_init(&kept);
		value = value_root(&luck, &other);
		copy = node_keep(&kept, value_node(value, &tree));
		arena_done(&tree);
		assert_true(node_equal(copy, value_node(value, &other)));
		arena_done(&other);
		arena_done(&kept);
	}
}

static void a_member_keeps_its_key(void **state)
{
	struct arena tree;
	struct arena kept;
	const struct node *copy;

	(void)state;
	arena_init(&tree);
	arena_init(&kept);
	copy = node_keep(&kept, node_find(node_parse(STR("{a: 1, b: [x]}"),
						     FORMAT_YAML, &tree),
					  STR("b")));
	arena_done(&tree);
	assert_true(str_is(copy->key->text, "b"));
	assert_true(str_is(copy->as.children[0].text, "x"));
	arena_done(&kept);
}

/* 8 times 6^4 leaves by aliases; as many nodes as were written, in memory. */
static void what_aliases_share_is_shared_in_the_copy(void **state)
{
	struct arena tree;
	struct arena kept;
	struct buf text;
	const struct node *root;
	const struct node *copy;

	(void)state;
	arena_init(&tree);
	arena_init(&kept);
	buf_init(&text, SIZE_MAX);
	buf_format(&text, "a0: &a0 [x, x, x, x, x, x, x, x]\n");
	for (unsigned i = 1; i < 5; i++)
		buf_format(&text,
			   "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u, *a%u]\n",
			   i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	root = node_parse(buf_str(&text), FORMAT_YAML, &tree);
	copy = node_keep(&kept, root);
	assert_true(node_equal(copy, root));
	assert_true(kept.taken < 65536);
	buf_done(&text);
	arena_done(&tree);
	arena_done(&kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_outlives_its_tree),
		cmocka_unit_test(a_member_keeps_its_key),
		cmocka_unit_test(what_aliases_share_is_shared_in_the_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
