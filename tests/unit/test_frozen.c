/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "data/document.h"
#include "data/frozen.h"

static void assert_str(str a, str b)
{
	assert_int_equal(a.len, b.len);
	assert_int_equal(a.ptr == NULL, b.ptr == NULL);
	assert_true(str_equal(a, b));
}

static void assert_same(const struct node *a, const struct node *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->style, b->style);
	assert_int_equal(a->big, b->big);
	assert_int_equal(a->alias, b->alias);
	assert_int_equal(a->hash, b->hash);
	assert_int_equal(a->span.start, b->span.start);
	assert_int_equal(a->span.end, b->span.end);
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->index, b->index);
	assert_int_equal(a->key == NULL, b->key == NULL);
	assert_str(a->text, b->text);
	if (a->key)
		assert_same(a->key, b->key);
	if (a->kind == NODE_BOOL)
		assert_int_equal(a->as.boolean, b->as.boolean);
	if (a->kind == NODE_INT && !a->big)
		assert_int_equal(a->as.integer, b->as.integer);
	if (a->kind == NODE_FLOAT || a->big)
		assert_memory_equal(&a->as.number, &b->as.number,
				    sizeof(double));
	for (uint32_t i = 0; i < a->count; i++)
		assert_same(&a->as.children[i], &b->as.children[i]);
}

static const struct node *parse(struct arena *arena, str text)
{
	struct document document;
	struct error err;

	assert_true(document_parse(&document, arena, text, FORMAT_YAML,
				   &limits_default, &err));
	assert_int_equal(document.count, 1);
	return document.roots[0];
}

static void test_every_embedded_file_thaws_into_what_its_text_says(void **state)
{
	(void)state;
	assert_true(embedded_count > 30);
	for (size_t i = 0; i < embedded_count; i++) {
		str path = str_of(embedded_files[i].path);
		str text = embedded_find(path);
		str frozen = embedded_find_frozen(path);
		struct arena arena;
		const struct node *thawed;

		/* A template of several documents is handed out as text,
		 * and so is a hook. */
		if (frozen.len == 0 && (str_starts(path, STR("templates/")) ||
					str_starts(path, STR("hooks/"))))
			continue;
		arena_init(&arena);

		thawed = frozen_thaw(&arena, text, frozen);

		assert_same(parse(&arena, text), thawed);
		arena_done(&arena);
	}
}

static void test_every_sort_of_node_survives(void **state)
{
	static const char *const texts[] = {
		"a",
		"",
		"''",
		"{}",
		"[]",
		"a: {}\nb: []\nc:\nd: ''\n",
		"- 1\n- -7\n- 0x1f\n- 99999999999999999999999\n- 1.5\n- .inf\n",
		"- true\n- false\n- null\n- ~\n",
		"- \"tab\\tsnow \\u2603\"\n- 'it''s'\n- >-\n  folded\n  text\n",
		"- &a {x: [1, 2], y: two}\n- *a\n- deep: [[[[*a]]]]\n",
		"key \xc3\xa4: 'v \xe2\x82\xac'\n\"k\\n2\": |\n  one\n  two\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		str text = str_of(texts[i]);
		struct document document;
		struct arena arena;
		struct error err;
		struct buf frozen;

		arena_init(&arena);
		buf_init(&frozen, 1 << 20);
		assert_true(document_parse(&document, &arena, text, FORMAT_YAML,
					   &limits_default, &err));
		for (size_t k = 0; k < document.count; k++) {
			frozen_write(&frozen, text, document.roots[k]);
			assert_same(
				document.roots[k],
				frozen_thaw(&arena, text, buf_str(&frozen)));
			buf_clear(&frozen);
		}
		buf_done(&frozen);
		arena_done(&arena);
	}
}

static void test_a_path_that_is_not_embedded_has_no_tree(void **state)
{
	(void)state;
	assert_null(embedded_find_frozen(STR("schema/no-such.yaml")).ptr);
	assert_null(embedded_find(STR("schema/no-such.yaml")).ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_every_embedded_file_thaws_into_what_its_text_says),
		cmocka_unit_test(test_every_sort_of_node_survives),
		cmocka_unit_test(test_a_path_that_is_not_embedded_has_no_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
