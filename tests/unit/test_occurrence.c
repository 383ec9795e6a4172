/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "policy/occurrence.h"

enum { DONE_MOST = 6 };

/* A world whose only unit is the day: an interval and days of grace. */
struct plain {
	int64_t every, grace;
};

static bool deadline(void *context, struct instant *due, struct instant *late,
		     struct instant start, int64_t times)
{
	const struct plain *plain = context;

	due->seconds = start.seconds + times * plain->every;
	due->nanos = 0;
	*late = *due;
	late->seconds += plain->grace;
	return true;
}

struct row {
	const char *what;
	int64_t every, grace, start, now; /* start -1: not known */
	int64_t done[DONE_MOST];	  /* up to 0 */
	const char *told;
};

/* "on time 10/9 @9": due 10, done 9, dated 9. */
static void add(struct buf *to, const struct occurrence *one)
{
	if (to->len)
		buf_add(to, STR("; "));
	buf_format(to, "%s", occurrence_state_name(one->state));
	if (one->has_due)
		buf_format(to, " %lld", (long long)one->due.seconds);
	if (one->has_done)
		buf_format(to, "/%lld", (long long)one->done.seconds);
	buf_format(to, " @%lld", (long long)one->date.seconds);
}

static void assert_told(const struct row *row,
			bool (*tell)(struct occurrences *to,
				     const struct occurrence_plan *plan))
{
	struct plain plain = {row->every, row->grace};
	struct instant done[DONE_MOST];
	struct occurrences found = {0};
	struct occurrence_plan plan = {
		.done = done,
		.has_start = row->start >= 0,
		.start = {row->start, 0},
		.now = {row->now, 0},
		.deadline = deadline,
		.context = &plain,
	};
	struct buf text;

	while (row->done[plan.done_count]) {
		done[plan.done_count] =
			(struct instant){row->done[plan.done_count], 0};
		plan.done_count++;
	}
	assert_true(tell(&found, &plan));
	buf_init(&text, 4096);
	for (size_t i = 0; i < found.count; i++)
		add(&text, &found.at[i]);
	buf_byte(&text, '\0');
	if (strcmp(buf_str(&text).ptr, row->told) != 0)
		fail_msg("%s: %s", row->what, buf_str(&text).ptr);
	buf_done(&text);
	occurrences_done(&found);
}

static void each_delivery_starts_the_interval_anew(void **state)
{
	static const struct row rows[] = {
		{"in time",
		 10,
		 0,
		 1,
		 25,
		 {9, 19, 0},
		 "on time 11/9 @9; on time 19/19 @19; pending 29 @29"},
		{"late by one",
		 10,
		 0,
		 1,
		 20,
		 {12, 0},
		 "late 11/12 @11; pending 22 @22"},
		{"late within its grace",
		 10,
		 1,
		 1,
		 13,
		 {12, 0},
		 "on time 11/12 @12; pending 22 @22"},
		{"one missed, the next late",
		 10,
		 0,
		 1,
		 33,
		 {25, 0},
		 "missing 11 @11; late 21/25 @21; pending 35 @35"},
		{"just before the next deadline",
		 10,
		 0,
		 1,
		 22,
		 {21, 0},
		 "late 11/21 @11; pending 31 @31"},
		{"nothing at all",
		 10,
		 0,
		 1,
		 32,
		 {0},
		 "missing 11 @11; missing 21 @21; missing 31 @31; pending 41 "
		 "@41"},
		{"not due yet", 10, 0, 1, 11, {0}, "pending 11 @11"},
		{"in its grace", 10, 3, 1, 13, {0}, "pending 11 @11"},
		{"no start",
		 10,
		 0,
		 -1,
		 12,
		 {5, 0},
		 "on time/5 @5; pending 15 @15"},
		{"done before it started",
		 10,
		 0,
		 7,
		 12,
		 {5, 0},
		 "on time/5 @5; pending 15 @15"},
		{"no start and never done", 10, 0, -1, 12, {0}, "undated @0"},
		{"twice on a day",
		 10,
		 0,
		 1,
		 12,
		 {5, 5, 0},
		 "on time 11/5 @5; pending 15 @15"},
		{"no interval", 0, 0, 1, 12, {0}, "missing 1 @1"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_told(&rows[i], occurrences_every);
}

static void a_term_runs_once_and_is_dated_by_its_event(void **state)
{
	static const struct row rows[] = {
		{"in time", 3, 0, 5, 20, {8, 0}, "on time 8/8 @5"},
		{"done when the last is",
		 3,
		 0,
		 5,
		 20,
		 {6, 9, 0},
		 "late 8/9 @5"},
		{"late", 3, 0, 5, 20, {9, 0}, "late 8/9 @5"},
		{"never", 3, 0, 5, 20, {0}, "missing 8 @5"},
		{"running", 3, 0, 5, 8, {0}, "pending 8 @5"},
		{"no event", 3, 0, -1, 8, {0}, "undated @0"},
		{"done, no event", 3, 0, -1, 8, {6, 0}, "on time/6 @6"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_told(&rows[i], occurrences_within);
}

static bool refuse(void *context, struct instant *due, struct instant *late,
		   struct instant start, int64_t times)
{
	(void)context;
	(void)start;
	*due = (struct instant){0};
	*late = (struct instant){0};
	return times < 0;
}

static void what_cannot_be_reckoned_is_not_made_up(void **state)
{
	struct occurrences found = {0};
	const struct occurrence_plan plan = {.has_start = true,
					     .deadline = refuse};

	(void)state;

	assert_false(occurrences_every(&found, &plan));
	assert_false(occurrences_within(&found, &plan));
	assert_int_equal(found.count, 0);
	occurrences_done(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_delivery_starts_the_interval_anew),
		cmocka_unit_test(a_term_runs_once_and_is_dated_by_its_event),
		cmocka_unit_test(what_cannot_be_reckoned_is_not_made_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
