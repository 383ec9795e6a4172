/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/document.h"
#include "lint/mend.h"

/* Replaces the first `old` of a text and asks whether that is safe. */
static bool is_safe(const char *text, const char *old, const char *new,
		    enum format format)
{
	str before = str_of(text);
	size_t at = str_find(before, str_of(old));
	struct edit edit = {
		.span = {(uint32_t)at, (uint32_t)(at + strlen(old))},
		.text = str_of(new),
	};
	const struct edit *edits[] = {&edit};
	struct arena arena;
	bool safe;

	arena_init(&arena);
	safe = mend_is_safe(before, mend_text(before, edits, 1, &arena), format,
			    edits, 1, &limits_default);
	arena_done(&arena);
	return safe;
}

static void edits_replace_their_bytes_and_no_others(void **state)
{
	struct edit first = {.span = {0, 1}, .text = STR("XY")};
	struct edit second = {.span = {3, 3}, .text = STR("+")};
	struct edit third = {.span = {4, 6}, .text = STR("")};
	const struct edit *edits[] = {&first, &second, &third};
	struct arena arena;

	(void)state;
	arena_init(&arena);

	assert_true(
		str_is(mend_text(STR("abcdef"), edits, 3, &arena), "XYbc+d"));
	assert_true(
		str_is(mend_text(STR("abcdef"), edits, 0, &arena), "abcdef"));

	arena_done(&arena);
}

static void an_edit_of_one_scalar_is_safe(void **state)
{
	(void)state;
	assert_true(
		is_safe("titel: x # c\nb: 1\n", "titel", "title", FORMAT_YAML));
	assert_true(is_safe("a: NO\r\nb: [1, {c: d}]\r\n", "NO", "\"NO\"",
			    FORMAT_YAML));
	assert_true(is_safe("\xef\xbb\xbf"
			    "a: 24 months\n---\nb: &x 1\nc: *x\n",
			    "24 months", "P24M", FORMAT_YAML));
	assert_true(is_safe("{\"a\": 012.5, \"b\": [1]}", "b", "c",
			    FORMAT_JSON) == false); /* no JSON before */
	assert_true(is_safe("{\"a\": 12, \"b\": [1]}", "12", "\"12\"",
			    FORMAT_JSON));
	assert_true(
		is_safe("---\na: x\n---\n# a: x\n", "a", "b", FORMAT_MARKDOWN));
}

static void an_edit_that_touches_more_is_not(void **state)
{
	static const struct {
		const char *text, *old, *new;
	} rows[] = {
		{"a: 1\nb: 2\n", "b", "a"},	       /* a key twice */
		{"a: x\nb: 2\n", "x", "'x"},	       /* no YAML */
		{"a: x\nb: 2\n", "x", "x: y"},	       /* no YAML */
		{"a: x\nb: 2\n", "x", "[x]"},	       /* no scalar */
		{"a: x\nb: 2\n", "x", "x\nc: 3"},      /* another key */
		{"a: x\nb: 2\n", "x", "x\n---\ny"},    /* another document */
		{"a: &k x\nb: *k\n", "&k x", "x"},     /* an alias of nothing */
		{"a: x # y\nb: 2\n", "# y", "y z: 1"}, /* in a comment */
		{"a: 1\nb: 2\n", "1\nb: ", "1 "},      /* over two lines */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_false(is_safe(rows[i].text, rows[i].old, rows[i].new,
				     FORMAT_YAML));
}

/* A value that was changed without an edit at its place is seen. */
static void a_change_that_no_edit_tells_of_is_seen(void **state)
{
	struct edit edit = {.span = {3, 4}, .text = STR("9")};
	const struct edit *edits[] = {&edit};
	str before = STR("a: 1\nb: 2\n");

	(void)state;
	assert_true(mend_is_safe(before, STR("a: 9\nb: 2\n"), FORMAT_YAML,
				 edits, 1, &limits_default));
	assert_false(mend_is_safe(before, STR("a: 9\nb: 3\n"), FORMAT_YAML,
				  edits, 1, &limits_default));
	assert_false(mend_is_safe(before, STR("a: 1\nb: 3\n"), FORMAT_YAML,
				  edits, 1, &limits_default));
	assert_false(mend_is_safe(before, STR("c: 9\nb: 2\n"), FORMAT_YAML,
				  edits, 1, &limits_default));
}

/* Edits of keys, ids and quotes made from a document itself never change
 * another value: all single-word scalars of it, one after the other. */
static void whatever_scalar_is_edited_all_others_stay(void **state)
{
	static const char text[] =
		"kind: role # c\nid: 'it-1'\ntags: [a, \"b\", 012, 1_0]\n"
		"map: {x: 1, y: two, z: }\nlist:\n  - p: q\n    r: NO\n";
	str before = str_of(text);
	size_t edited = 0;
	struct document document;
	struct arena arena;
	struct error err;

	(void)state;
	arena_init(&arena);
	assert_true(document_parse(&document, &arena, before, FORMAT_YAML,
				   &limits_default, &err));
	for (uint32_t i = 0; i < document.roots[0]->count; i++) {
		const struct node *value = &document.roots[0]->as.children[i];
		const struct node *nodes[] = {value->key, value};

		for (size_t k = 0; k < ARRAY_SIZE(nodes); k++) {
			struct edit edit;
			const struct edit *edits[] = {&edit};

			if (!edit_scalar(&edit, nodes[k], STR("other-1"),
					 &arena))
				continue;
			edited++;
			assert_true(mend_is_safe(
				before, mend_text(before, edits, 1, &arena),
				FORMAT_YAML, edits, 1, &limits_default));
		}
	}
	assert_int_equal(edited, 7); /* five keys, two scalars */
	arena_done(&arena);
}

static void quotes_are_put_around_plain_scalars_alone(void **state)
{
	static const struct {
		const char *text;
		const char *quoted; /* NULL: left alone */
	} rows[] = {
		{"a: NO\n", "\"NO\""},	     {"a: 012\n", "\"012\""},
		{"a: 12:30\n", "\"12:30\""}, {"a: 'NO'\n", NULL},
		{"a: \"NO\"\n", NULL},	     {"a: [NO]\n", NULL},
		{"a: x\\y\n", NULL},	     {"a: x\n  y\n", NULL},
		{"a: caf\xc3\xa9\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct document document;
		struct arena arena;
		struct edit edit;
		struct error err;
		bool done;

		arena_init(&arena);
		assert_true(document_parse(&document, &arena,
					   str_of(rows[i].text), FORMAT_YAML,
					   &limits_default, &err));
		done = edit_quote(&edit, &document.roots[0]->as.children[0],
				  &arena);
		assert_int_equal(done, rows[i].quoted != NULL);
		if (done)
			assert_true(str_is(edit.text, rows[i].quoted));
		arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_replace_their_bytes_and_no_others),
		cmocka_unit_test(an_edit_of_one_scalar_is_safe),
		cmocka_unit_test(an_edit_that_touches_more_is_not),
		cmocka_unit_test(a_change_that_no_edit_tells_of_is_seen),
		cmocka_unit_test(whatever_scalar_is_edited_all_others_stay),
		cmocka_unit_test(quotes_are_put_around_plain_scalars_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
