/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/stretch.h"

enum { DAY = 86400 };

static void assert_time(struct instant at, const char *text)
{
	char buffer[INSTANT_TEXT];
	size_t len = instant_format(buffer, at);

	buffer[len] = '\0';
	assert_string_equal(buffer, text);
}

static void what_people_write_has_whole_days(void **state)
{
	static const struct {
		const char *text, *from, *until;
	} rows[] = {
		{"2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"2026-H1", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"},
		{"2026-H2", "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"2026-Q1", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"},
		{"2026-Q4", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
		{"2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"2026-05-17", "2026-05-17T00:00:00Z", "2026-05-18T00:00:00Z"},
		{"2026-01-01..2026-06-30", "2026-01-01T00:00:00Z",
		 "2026-07-01T00:00:00Z"},
		{"2025-Q4..2026-Q1", "2025-10-01T00:00:00Z",
		 "2026-04-01T00:00:00Z"},
		{"2026-01-01T09:00:00Z..2026-01-01T10:00:00+00:30",
		 "2026-01-01T09:00:00Z", "2026-01-01T09:30:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct stretch stretch;

		if (!stretch_parse(&stretch, str_of(rows[i].text)))
			fail_msg("%s is not read", rows[i].text);
		assert_time(stretch.from, rows[i].from);
		assert_time(stretch.until, rows[i].until);
	}
}

static void what_is_no_stretch_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"2026-",
		"2026-H3",
		"2026-H0",
		"2026-Q5",
		"2026-q1",
		"2026-13",
		"2026-00",
		"2026-1",
		"0000",
		"26-H1",
		"2026-02-30",
		"2026..",
		"..2026",
		"2026-02..2026-01",
		"2026-H+",
		"2026-01-01T00:00:00Z",
		"2026-H1-05",
		"2026..x",
		"+026",
		"2026-X1",
		"2026-Q1..",
		"2026-01...2026-02",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct stretch stretch;

		if (stretch_parse(&stretch, str_of(rows[i])))
			fail_msg("%s is read", rows[i]);
	}
}

/* By hours, so that rows are short. */
static struct stretch piece(int64_t from, int64_t until)
{
	return (struct stretch){{from * 3600, 0}, {until * 3600, 0}};
}

static void assert_piece(struct stretch stretch, int64_t from, int64_t until)
{
	assert_int_equal(stretch.from.seconds, from * 3600);
	assert_int_equal(stretch.until.seconds, until * 3600);
}

static void what_overlaps_or_touches_is_joined(void **state)
{
	struct stretch list[] = {piece(20, 30), piece(0, 5),   piece(5, 8),
				 piece(22, 24), piece(29, 31), piece(9, 10)};

	(void)state;

	assert_int_equal(stretches_join(list, ARRAY_SIZE(list)), 3);
	assert_piece(list[0], 0, 8);
	assert_piece(list[1], 9, 10);
	assert_piece(list[2], 20, 31);
	assert_int_equal(stretches_join(NULL, 0), 0);
}

static void the_rest_is_what_no_piece_covers(void **state)
{
	const struct stretch list[] = {piece(-9, 2), piece(4, 6),
				       piece(10, 99)};
	struct stretch frame = piece(0, 12);
	struct stretch out[ARRAY_SIZE(list) + 1];

	(void)state;

	assert_int_equal(stretches_rest(out, list, 3, &frame), 2);
	assert_piece(out[0], 2, 4);
	assert_piece(out[1], 6, 10);
	assert_int_equal(stretches_rest(out, list, 2, &frame), 2);
	assert_piece(out[1], 6, 12);
	assert_int_equal(stretches_rest(out, NULL, 0, &frame), 1);
	assert_piece(out[0], 0, 12);
	frame = piece(4, 6);
	assert_int_equal(stretches_rest(out, list, 3, &frame), 0);
}

static void pieces_meet_where_both_are(void **state)
{
	struct stretch a = piece(0, 5);
	struct stretch b = piece(3, 9);
	struct stretch c = piece(5, 6);
	struct stretch out;

	(void)state;

	assert_true(stretch_meet(&out, &a, &b));
	assert_piece(out, 3, 5);
	assert_false(stretch_meet(&out, &a, &c));
	assert_true(stretch_holds(&a, (struct instant){0, 0}));
	assert_false(stretch_holds(&a, (struct instant){5 * 3600, 0}));
}

static void days_are_the_dates_that_are_touched_each_once(void **state)
{
	const struct stretch list[] = {
		piece(-1, 0),	/* the last hour of 1969 */
		piece(1, 2),	/* 1 January */
		piece(23, 24),	/* still the same day */
		piece(47, 49),	/* 2 and 3 January */
		piece(72, 72),	/* nothing */
		piece(96, 120), /* 5 January, all of it */
	};

	(void)state;

	assert_int_equal(stretches_days(list, ARRAY_SIZE(list)), 5);
	assert_int_equal(stretches_days(list, 0), 0);
	assert_int_equal(stretches_days(&(struct stretch){{0, 0}, {DAY, 1}}, 1),
			 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_write_has_whole_days),
		cmocka_unit_test(what_is_no_stretch_is_refused),
		cmocka_unit_test(what_overlaps_or_touches_is_joined),
		cmocka_unit_test(the_rest_is_what_no_piece_covers),
		cmocka_unit_test(pieces_meet_where_both_are),
		cmocka_unit_test(days_are_the_dates_that_are_touched_each_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
