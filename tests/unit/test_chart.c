/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reporters/chart.h"

static struct chart chart_of(const struct chart_point *points, size_t count)
{
	return (struct chart){
		.id = SAFE("x"),
		.title = SAFE("Title"),
		.description = STR("from <b> to \"c\""),
		.series = {{SAFE("errors"), SAFE("area-error")},
			   {SAFE("warnings"), SAFE("area-warning")},
			   {SAFE("notes"), SAFE("area-note")}},
		.points = points,
		.count = count,
	};
}

static void check_has(const struct chart *chart, str words)
{
	struct out out;

	out_init(&out, 1 << 20);
	chart_write(&out, chart);

	assert_int_not_equal(str_find(out_str(&out), words), SIZE_MAX);
	out_done(&out);
}

static void an_axis_ends_at_a_round_number(void **state)
{
	static const struct {
		size_t most, end;
	} rows[] = {
		{0, 1},	    {1, 1},
		{2, 2},	    {3, 4},
		{5, 6},	    {7, 8},
		{9, 10},    {11, 20},
		{41, 60},   {74, 80},
		{81, 100},  {100, 100},
		{101, 200}, {SIZE_MAX, SIZE_MAX},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_true(chart_ceiling(rows[i].most) == rows[i].end);
}

static void areas_lie_on_each_other(void **state)
{
	static const struct chart_point points[] = {
		{STR_INIT("2026-01-01"), {2, 1, 1}},
		{STR_INIT("2026-01-08"), {4, 0, 0}},
	};
	struct chart chart = chart_of(points, ARRAY_SIZE(points));

	(void)state;
	/* The axis ends at 4: its line lies at 14, that of 0 at 220. */
	check_has(&chart, STR("class=\"area area-error\" "
			      "d=\"M40 117L600 14L600 220L40 220Z\""));
	check_has(&chart, STR("class=\"area area-warning\" "
			      "d=\"M40 65.5L600 14L600 14L40 117Z\""));
	check_has(&chart, STR("class=\"area area-note\" "
			      "d=\"M40 14L600 14L600 14L40 65.5Z\""));
}

static void names_at_the_end_keep_apart(void **state)
{
	static const struct chart_point points[] = {
		{STR_INIT("a"), {1, 1, 1}},
		{STR_INIT("b"), {100, 0, 0}},
	};
	struct chart chart = chart_of(points, ARRAY_SIZE(points));

	(void)state;
	check_has(&chart, STR("y=\"121.5\">100 errors"));
	check_has(&chart, STR("y=\"18.5\">0 warnings"));
}

static void nothing_open_is_a_chart_too(void **state)
{
	static const struct chart_point points[] = {
		{STR_INIT("a"), {0, 0, 0}},
		{STR_INIT("b"), {0, 0, 0}},
	};
	struct chart chart = chart_of(points, ARRAY_SIZE(points));

	(void)state;
	check_has(&chart, STR("d=\"M40 220L600 220L600 220L40 220Z\""));
}

static void words_of_others_are_no_markup(void **state)
{
	static const struct chart_point points[] = {
		{STR_INIT("<script>"), {1, 0, 0}},
		{STR_INIT("</svg>"), {1, 0, 0}},
	};
	struct chart chart = chart_of(points, ARRAY_SIZE(points));

	(void)state;
	check_has(&chart, STR(">&#60;script&#62;</text>"));
	check_has(&chart, STR(">&#60;/svg&#62;</text>"));
	check_has(&chart, STR("<desc id=\"x-desc\">from &#60;b&#62; to "
			      "&#34;c&#34;</desc>"));
}

static void it_is_named_by_its_title_and_description(void **state)
{
	static const struct chart_point points[] = {
		{STR_INIT("a"), {1, 0, 0}},
		{STR_INIT("b"), {1, 0, 0}},
	};
	struct chart chart = chart_of(points, ARRAY_SIZE(points));

	(void)state;
	check_has(&chart, STR("role=\"img\""));
	check_has(&chart, STR("aria-labelledby=\"x-title x-desc\""));
	check_has(&chart, STR("<title id=\"x-title\">Title</title>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_axis_ends_at_a_round_number),
		cmocka_unit_test(areas_lie_on_each_other),
		cmocka_unit_test(names_at_the_end_keep_apart),
		cmocka_unit_test(nothing_open_is_a_chart_too),
		cmocka_unit_test(words_of_others_are_no_markup),
		cmocka_unit_test(it_is_named_by_its_title_and_description),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
