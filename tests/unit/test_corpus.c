/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/corpus.h"

static const struct source first_file = {.path = STR_INIT("a.yaml")};
static const struct source second_file = {.path = STR_INIT("b.yaml"),
					  .entry = 1};

static struct record named(const struct source *source, const char *kind,
			   const char *id, uint32_t at)
{
	return (struct record){
		.source = source,
		.kind = str_of(kind),
		.id = str_of(id),
		.place = {at, at + 1},
		.document = at,
		.valid = true,
		.live = true,
	};
}

static const struct reference to_crm = {
	.kind = STR_INIT("asset"), .id = STR_INIT("crm"), .span = {5, 8}};
static const struct reference two[] = {
	{.kind = STR_INIT("asset"), .id = STR_INIT("erp"), .span = {15, 18}},
	{.kind = STR_INIT("asset"), .id = STR_INIT("crm"), .span = {25, 28}},
};

/* Added out of order, with one id twice and two that refer to it. */
static int corpus_setup(void **state)
{
	struct corpus *corpus = corpus_new();
	struct record record = named(&second_file, "supplier", "s-2", 0);

	record.references = &to_crm;
	record.reference_count = 1;
	corpus_add(corpus, &record);
	record = named(&second_file, "asset", "crm", 40);
	corpus_add(corpus, &record);
	record = named(&first_file, "asset", "crm", 20);
	record.valid = false;
	corpus_add(corpus, &record);
	record = named(&first_file, "supplier", "s-1", 0);
	record.references = two;
	record.reference_count = 2;
	corpus_add(corpus, &record);
	corpus_close(corpus);
	*state = corpus;
	return 0;
}

static int corpus_teardown(void **state)
{
	corpus_free(*state);
	return 0;
}

static void records_stand_by_path_and_place(void **state)
{
	static const char *const ids[] = {"s-1", "crm", "s-2", "crm"};

	assert_int_equal(corpus_count(*state), ARRAY_SIZE(ids));
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
		assert_true(str_is(corpus_at(*state, i)->id, ids[i]));
}

static void the_first_of_two_is_found_even_when_invalid(void **state)
{
	const struct record *found =
		corpus_find(*state, STR("asset"), STR("crm"));

	assert_non_null(found);
	assert_ptr_equal(found, corpus_at(*state, 1));
	assert_false(found->valid);
	assert_ptr_equal(corpus_target(*state, corpus_at(*state, 2), 0), found);
}

static void what_is_not_there_is_null(void **state)
{
	size_t count = 7;

	assert_null(corpus_find(*state, STR("asset"), STR("CRM")));
	assert_null(corpus_find(*state, STR("supplier"), STR("crm")));
	assert_null(corpus_find(*state, STR("asset"), STR("")));
	assert_null(corpus_target(*state, corpus_at(*state, 0), 0));
	assert_non_null(corpus_target(*state, corpus_at(*state, 0), 1));
	(void)corpus_of_kind(*state, STR("risk"), &count);
	assert_int_equal(count, 0);
}

static void a_kind_lists_its_records_in_order(void **state)
{
	size_t count;
	const struct record *const *suppliers =
		corpus_of_kind(*state, STR("supplier"), &count);

	assert_int_equal(count, 2);
	assert_true(str_is(suppliers[0]->id, "s-1"));
	assert_true(str_is(suppliers[1]->id, "s-2"));
}

static void a_record_knows_who_refers_to_it(void **state)
{
	const struct referrer *first =
		corpus_referrers(*state, corpus_at(*state, 1));

	assert_non_null(first);
	assert_true(str_is(first->record->id, "s-1"));
	assert_ptr_equal(first->reference, &two[1]);
	assert_true(str_is(first->next->record->id, "s-2"));
	assert_null(first->next->next);
	assert_null(corpus_referrers(*state, corpus_at(*state, 0)));
}

/* ---- records that come and go */

static void one_that_comes_later_is_found_by_those_who_named_it(void **state)
{
	struct record record = named(&first_file, "asset", "erp", 30);
	const struct record *erp = corpus_add(*state, &record);

	assert_int_equal(corpus_count(*state), 5);
	assert_ptr_equal(corpus_at(*state, 2), erp);
	assert_ptr_equal(corpus_find(*state, STR("asset"), STR("erp")), erp);
	assert_ptr_equal(corpus_target(*state, corpus_at(*state, 0), 0), erp);
	assert_ptr_equal(corpus_referrers(*state, erp)->reference, &two[0]);
}

static void the_next_of_one_name_takes_the_place_of_the_first(void **state)
{
	size_t count;
	const struct record *first = corpus_at(*state, 1);
	const struct record *second = corpus_at(*state, 3);

	assert_null(corpus_referrers(*state, second));
	corpus_take(*state, first);
	assert_int_equal(corpus_count(*state), 3);
	assert_ptr_equal(corpus_find(*state, STR("asset"), STR("crm")), second);
	assert_true(
		str_is(corpus_referrers(*state, second)->record->id, "s-1"));
	(void)corpus_of_kind(*state, STR("asset"), &count);
	assert_int_equal(count, 1);
	corpus_take(*state, second);
	assert_null(corpus_find(*state, STR("asset"), STR("crm")));
	assert_null(corpus_target(*state, corpus_at(*state, 0), 1));
}

static void who_goes_refers_to_nothing(void **state)
{
	const struct record *crm = corpus_at(*state, 1);
	struct record again = *corpus_at(*state, 2);
	const struct referrer *first;

	corpus_take(*state, corpus_at(*state, 2));
	first = corpus_referrers(*state, crm);
	assert_true(str_is(first->record->id, "s-1"));
	assert_null(first->next);
	(void)corpus_add(*state, &again);
	corpus_take(*state, corpus_at(*state, 0));
	first = corpus_referrers(*state, crm);
	assert_true(str_is(first->record->id, "s-2"));
	assert_null(first->next);
	/* What comes before stands before. */
	again.source = &first_file;
	again.document = 1;
	again.id = STR("s-0");
	(void)corpus_add(*state, &again);
	first = corpus_referrers(*state, crm);
	assert_true(str_is(first->record->id, "s-0"));
	assert_true(str_is(first->next->record->id, "s-2"));
}

static void an_empty_corpus_answers(void **state)
{
	struct corpus *corpus = corpus_new();

	(void)state;
	corpus_close(corpus);
	assert_int_equal(corpus_count(corpus), 0);
	assert_null(corpus_find(corpus, STR("asset"), STR("crm")));
	corpus_free(corpus);
}

#define corpus_test(name) \
	cmocka_unit_test_setup_teardown(name, corpus_setup, corpus_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		corpus_test(records_stand_by_path_and_place),
		corpus_test(the_first_of_two_is_found_even_when_invalid),
		corpus_test(what_is_not_there_is_null),
		corpus_test(a_kind_lists_its_records_in_order),
		corpus_test(a_record_knows_who_refers_to_it),
		corpus_test(
			one_that_comes_later_is_found_by_those_who_named_it),
		corpus_test(the_next_of_one_name_takes_the_place_of_the_first),
		corpus_test(who_goes_refers_to_nothing),
		cmocka_unit_test(an_empty_corpus_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
