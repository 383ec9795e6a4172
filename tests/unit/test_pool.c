/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>

#include "base/attr.h"
#include "base/pool.h"

enum { ITEMS = 1000 };

struct tally {
	unsigned done[ITEMS];
	unsigned workers;
	atomic_bool wrong;
};

static void count_items(void *context, unsigned worker, size_t from, size_t to)
{
	struct tally *tally = context;

	if (worker >= tally->workers || from >= to || to > ITEMS)
		atomic_store(&tally->wrong, true);
	for (size_t i = from; i < to && i < ITEMS; i++)
		tally->done[i]++;
}

static void every_item_is_done_once_with_any_number_of_threads(void **state)
{
	static const unsigned jobs[] = {0, 1, 2, 3, 8, 64, 1000};
	static const size_t chunks[] = {0, 1, 7, 999, 1000, 5000};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(jobs) * ARRAY_SIZE(chunks); i++) {
		struct tally tally = {0};
		struct pool_work work = {
			.run = count_items,
			.context = &tally,
			.count = ITEMS,
			.chunk = chunks[i % ARRAY_SIZE(chunks)],
			.jobs = jobs[i / ARRAY_SIZE(chunks)],
		};

		tally.workers = pool_workers(&work);
		assert_in_range(tally.workers, 1, POOL_MOST);

		pool_run(&work);

		assert_false(atomic_load(&tally.wrong));
		for (size_t n = 0; n < ITEMS; n++)
			assert_int_equal(tally.done[n], 1);
	}
}

static void no_more_threads_are_used_than_there_are_chunks(void **state)
{
	struct pool_work work = {.count = 65, .chunk = 32, .jobs = 8};

	(void)state;
	assert_int_equal(pool_workers(&work), 3);
	work.count = 0;
	assert_int_equal(pool_workers(&work), 1);
	work.count = 1;
	work.chunk = 0;
	assert_int_equal(pool_workers(&work), 1);
}

static void no_items_are_no_work(void **state)
{
	struct tally tally = {.workers = 1};
	struct pool_work work = {
		.run = count_items, .context = &tally, .jobs = 4};

	(void)state;
	pool_run(&work);
	assert_int_equal(tally.done[0], 0);
	assert_false(atomic_load(&tally.wrong));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_item_is_done_once_with_any_number_of_threads),
		cmocka_unit_test(
			no_more_threads_are_used_than_there_are_chunks),
		cmocka_unit_test(no_items_are_no_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
