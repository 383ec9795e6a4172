/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

#include "base/sys.h"

#define PAGE "docs/reference/cel.md"

static const struct cel_library *const libraries[] = {
	&cel_library_std,     &cel_library_optionals, &cel_library_time,
	&cel_library_strings, &cel_library_math,      &cel_library_encoders,
	&cel_library_lists,   &cel_library_sets,      &cel_library_regex,
	&cel_library_period,  &cel_library_text,
};

/* The text in back quotes at *i, which moves behind it. */
static str span_at(str page, size_t *i)
{
	str rest = str_slice(page, *i + 1, page.len);
	size_t end = str_find_byte(rest, '`');

	assert_true(end != SIZE_MAX);
	*i += end + 2;
	return str_slice(rest, 0, end);
}

static size_t run_examples(struct lab *lab, str page)
{
	struct arena arena;
	size_t count = 0;
	str before = {NULL, 0};

	arena_init(&arena);
	for (size_t i = 0; i < page.len;) {
		bool gives =
			str_starts(str_slice(page, i, page.len), STR(" → `"));

		if (gives) {
			i += strlen(" → ");
			lab_expect(lab, arena_cstr(&arena, before),
				   arena_cstr(&arena, span_at(page, &i)));
			count++;
		} else if (page.ptr[i] == '`') {
			before = span_at(page, &i);
		} else {
			i++;
		}
	}
	arena_done(&arena);
	return count;
}

static void read_page(struct buf *page)
{
	struct error err;

	buf_init(page, 1 << 20);
	if (!sys_read_system(page, PAGE, &err))
		fail_msg("%s", err.text);
}

static void test_every_example_of_the_reference_holds(void **state)
{
	struct buf page;
	struct lab lab;

	(void)state;
	read_page(&page);
	lab_open(&lab);
	assert_in_range(run_examples(&lab, buf_str(&page)), 130, 1000);
	lab_close(&lab);
	buf_done(&page);
}

/* Is there an example that calls it? */
static bool is_shown(str page, const char *name)
{
	const char *dot = strrchr(name, '.');
	bool whole = dot != NULL; /* math.abs: with its namespace */

	for (size_t i = 0; i < page.len; i++) {
		str rest = str_slice(page, i, page.len);
		size_t len = strlen(name);

		if (!str_starts(rest, str_of(name)) || rest.len == len ||
		    rest.ptr[len] != '(')
			continue;
		if (whole || i == 0 || !strchr("_", page.ptr[i - 1]))
			return true;
	}
	return false;
}

static void test_every_example_passes_the_checker(void **state)
{
	struct buf page;
	struct lab lab;

	(void)state;
	read_page(&page);
	lab_open(&lab);
	lab.checked = true;
	(void)run_examples(&lab, buf_str(&page));
	lab_close(&lab);
	buf_done(&page);
}

static void test_every_function_is_in_the_reference(void **state)
{
	struct buf page;

	(void)state;
	read_page(&page);
	for (size_t k = 0; k < ARRAY_SIZE(libraries); k++) {
		for (size_t i = 0; i < libraries[k]->count; i++) {
			const char *name = libraries[k]->overloads[i].name;
			char c = name[0];

			/* Operators have no name. */
			if (c < 'a' || c > 'z')
				continue;
			if (!is_shown(buf_str(&page), name))
				fail_msg("%s is not in " PAGE, name);
		}
	}
	buf_done(&page);
}

static void test_constants_are_judged_before_anything_runs(void **state)
{
	static const struct row rows[] = {
		{"period('24M')", "not an ISO 8601 duration"},
		{"date('21.11.2026')", "write one as 2026-11-21"},
		{"date('2026-11-21').getHours('Europe/Helsinky')",
		 "Europe/Helsinky"},
		{"date('2026-11-21').plus(period('P1D'), 'Moon/Base')",
		 "Moon/Base"},
		{"'%y'.format([1])", "a clause is one of"},
		{"regex.replace('a', '(', 'b')", ""},
		{"'a'.matches('(?=a)')", ""},
		{"'x'.isNationalId('fi-hete')", "fi-hete"},
		{"math.greatest('a')", "take numbers"},
		{"math.greatest(1, 2) + 1.5", ""},
		{"[1, 2].sum() + 1.5", ""},
		{"period('P1D') < period('P2D')", ""},
		{"['a'].sum()", ""},
		{"date('2026-11-21').plus(duration('1h'))", ""},
	};

	(void)state;
	lab_expect_refused(rows, ARRAY_SIZE(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_example_of_the_reference_holds),
		cmocka_unit_test(test_every_example_passes_the_checker),
		cmocka_unit_test(
			test_constants_are_judged_before_anything_runs),
		cmocka_unit_test(test_every_function_is_in_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
