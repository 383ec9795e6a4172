/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/pool.h"
#include "base/progress.h"

static uint64_t milliseconds;
static struct buf shown;

static uint64_t ticks(void)
{
	return milliseconds * 1000000U;
}

static void show(str bytes)
{
	buf_add(&shown, bytes);
}

static int setup(void **state)
{
	(void)state;
	milliseconds = 7000;
	buf_init(&shown, 4096);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_done(&shown);
	return 0;
}

static void assert_shown(const char *wanted)
{
	assert_int_equal(shown.len, strlen(wanted));
	assert_memory_equal(shown.ptr, wanted, shown.len);
}

static void work_that_ends_within_half_a_second_shows_nothing(void **state)
{
	struct progress progress;

	(void)state;
	progress_init(&progress, ticks, show);
	progress_begin(&progress, "reading files", 10);
	milliseconds += 499;
	progress_add(&progress, 10);
	progress_end(&progress);

	assert_int_equal(shown.len, 0);
}

static void the_line_is_rewritten_ten_times_a_second_and_erased(void **state)
{
	struct progress progress;

	(void)state;
	progress_init(&progress, ticks, show);
	progress_begin(&progress, "reading files", 10);
	milliseconds += 500;
	progress_add(&progress, 3);
	milliseconds += 99;
	progress_add(&progress, 1);
	milliseconds += 1;
	progress_add(&progress, 1);
	progress_end(&progress);
	progress_end(&progress);

	assert_shown("\r\033[Kreading files: 3 of 10\r"
		     "\r\033[Kreading files: 5 of 10\r"
		     "\r\033[K");
}

static void a_stage_counts_from_nothing_and_may_not_know_its_end(void **state)
{
	struct progress progress;

	(void)state;
	progress_init(&progress, ticks, show);
	progress_begin(&progress, "reading files", 10);
	progress_add(&progress, 10);
	milliseconds += 600;
	progress_begin(&progress, "walking history", 0);
	progress_add(&progress, 2);

	assert_shown("\r\033[Kwalking history: 2\r");
}

static void none_is_wanted_where_there_is_none(void **state)
{
	(void)state;
	progress_begin(NULL, "reading files", 10);
	progress_add(NULL, 1);
	progress_end(NULL);

	assert_int_equal(shown.len, 0);
}

static void count(void *context, unsigned worker, size_t from, size_t to)
{
	(void)worker;
	progress_add(context, to - from);
}

static void threads_lose_no_count(void **state)
{
	struct progress progress;

	(void)state;
	progress_init(&progress, ticks, show);
	progress_begin(&progress, "judging records", 100000);
	pool_run(&(struct pool_work){
		.run = count,
		.context = &progress,
		.count = 100000,
		.chunk = 3,
		.jobs = 4,
	});
	milliseconds += 500;
	progress_add(&progress, 0);

	assert_shown("\r\033[Kjudging records: 100000 of 100000\r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(work_that_ends_within_half_a_second_shows_nothing),
		TEST(the_line_is_rewritten_ten_times_a_second_and_erased),
		TEST(a_stage_counts_from_nothing_and_may_not_know_its_end),
		TEST(none_is_wanted_where_there_is_none),
		TEST(threads_lose_no_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
