/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/document.h"
#include "lint/told.h"

/* Three versions of a record, and another one. */
static const char versions[] = "{kind: role, id: it, title: A}\n"
			       "---\n"
			       "{kind: role, id: it, title: A, notes: n}\n"
			       "---\n"
			       "{kind: asset, id: as-a, reviewed_on: x}\n"
			       "---\n"
			       "{notes: n, id: it, kind: role, title: A}\n";

struct tale {
	struct arena arena;
	struct told_commit commits[4];
	struct told told;
	struct told_past *past;
};

static int begin(void **state)
{
	static struct tale tale;
	static const str removed[] = {STR_INIT("role/it"),
				      STR_INIT("role/nobody")};
	struct document document;
	struct error err;

	tale = (struct tale){0};
	arena_init(&tale.arena);
	assert_true(document_parse(&document, &tale.arena, str_of(versions),
				   FORMAT_YAML, &limits_default, &err));
	tale.commits[0] = (struct told_commit){.sets = &document.roots[0],
					       .set_count = 1};
	tale.commits[1] = (struct told_commit){.sets = &document.roots[1],
					       .set_count = 2};
	tale.commits[2] = (struct told_commit){.sets = &document.roots[3],
					       .set_count = 1};
	tale.commits[3] =
		(struct told_commit){.removes = removed, .remove_count = 2};
	tale.told = (struct told){tale.commits, 4};
	tale.past = told_past_new(&tale.told);
	*state = &tale;
	return 0;
}

static int end(void **state)
{
	struct tale *tale = *state;

	told_past_free(tale->past);
	arena_done(&tale->arena);
	return 0;
}

static void changes_of_a_commit_are_by_kind_and_id(void **state)
{
	const struct tale *tale = *state;
	size_t count;
	const struct change *const *changes;

	changes = told_changes(&count, tale->past, 1);

	assert_int_equal(count, 2);
	assert_true(str_is(changes[0]->trail->kind, "asset"));
	assert_int_equal(changes[0]->kind, CHANGE_ADDED);
	assert_true(changes[0]->reviewed);
	assert_true(changes[0]->material);
	assert_int_equal(changes[1]->kind, CHANGE_CHANGED);
	assert_false(changes[1]->material);
	assert_int_equal(changes[1]->field_count, 1);
	assert_true(str_is(changes[1]->fields[0].pointer, "/notes"));
}

static void another_order_of_keys_changes_nothing(void **state)
{
	const struct tale *tale = *state;
	size_t count;

	(void)told_changes(&count, tale->past, 2);

	assert_int_equal(count, 0);
}

static void a_trail_is_from_the_newest_and_has_its_trees(void **state)
{
	const struct tale *tale = *state;
	const struct trail *trail =
		told_trail(tale->past, STR("role"), STR("it"));
	const struct node *before;
	const struct node *after;

	assert_int_equal(trail->count, 3);
	assert_int_equal(trail->changes[0].kind, CHANGE_REMOVED);
	assert_int_equal(trail->changes[2].kind, CHANGE_ADDED);
	told_trees(&before, &after, &trail->changes[0]);
	assert_true(str_is(node_text(before, STR("notes")), "n"));
	assert_null(after);
	told_trees(&before, &after, &trail->changes[2]);
	assert_null(before);
	assert_true(str_is(node_text(after, STR("title")), "A"));
}

static void what_was_never_there_has_no_trail(void **state)
{
	const struct tale *tale = *state;
	size_t count;

	assert_null(told_trail(tale->past, STR("role"), STR("nobody")));
	(void)told_changes(&count, tale->past, 3);
	assert_int_equal(count, 1);
}

static void nothing_told_is_an_empty_history(void **state)
{
	struct told_past *past = told_past_new(NULL);

	(void)state;

	assert_int_equal(told_landings(past), 0);
	assert_null(told_trail(past, STR("role"), STR("it")));
	told_past_free(past);
	told_past_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			changes_of_a_commit_are_by_kind_and_id, begin, end),
		cmocka_unit_test_setup_teardown(
			another_order_of_keys_changes_nothing, begin, end),
		cmocka_unit_test_setup_teardown(
			a_trail_is_from_the_newest_and_has_its_trees, begin,
			end),
		cmocka_unit_test_setup_teardown(
			what_was_never_there_has_no_trail, begin, end),
		cmocka_unit_test(nothing_told_is_an_empty_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
