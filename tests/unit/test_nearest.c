/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/nearest.h"

struct row {
	const char *wanted;
	const char *names[6];
	const char *found[4];
};

static void check(const struct row *row)
{
	str names[6];
	str found[NEAREST_MOST];
	size_t count = 0;
	size_t got;

	while (count < 6 && row->names[count]) {
		names[count] = str_of(row->names[count]);
		count++;
	}

	got = nearest_find(found, NEAREST_MOST, str_of(row->wanted), names,
			   count);

	for (size_t i = 0; i < got; i++) {
		assert_non_null(row->found[i]);
		assert_true(str_is(found[i], row->found[i]));
	}
	assert_null(row->found[got]);
}

static void the_nearest_names_come_best_first(void **state)
{
	static const struct row rows[] = {
		{"retnetion", {"owner", "retention"}, {"retention"}},
		{"chekc", {"check", "chunk"}, {"check"}},
		{"chek", {"checks", "check"}, {"check"}},
		{"owner", {"owner"}, {NULL}},
		{"OWNER", {"owners", "owner"}, {"owner"}},
		{"ret",
		 {"set", "retention", "return", "let", "get"},
		 {"retention", "return", "set"}},
		{"r", {"retention"}, {NULL}},
		{"ab", {"ba", "cb", "abc"}, {"abc", "ba", "cb"}},
		{"abcdef", {"abdcfe", "abdcfx"}, {"abdcfe"}},
		{"abcde", {"abdced"}, {NULL}},
		{"", {"a", "b"}, {NULL}},
		{"a", {"", "b"}, {"b"}},
		{"aa", {"ab", "ab", "ac", "ad", "ae"}, {"ab", "ac", "ad"}},
		{"työaikä", {"työaika"}, {"työaika"}},
		{"öä", {"äö"}, {"äö"}},
		{"kitten", {"sitting", "mitten"}, {"mitten"}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		check(&rows[i]);
}

/* The plain definition, to hold the bounded one against. */
static unsigned slow(const char *a, size_t m, const char *b, size_t n)
{
	unsigned best;
	unsigned other;

	if (m == 0 || n == 0)
		return (unsigned)(m + n);
	best = slow(a, m - 1, b, n) + 1;
	other = slow(a, m, b, n - 1) + 1;
	best = other < best ? other : best;
	other = slow(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
	best = other < best ? other : best;
	if (m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1]) {
		other = slow(a, m - 2, b, n - 2) + 1;
		best = other < best ? other : best;
	}
	return best;
}

static void the_threshold_agrees_with_the_plain_definition(void **state)
{
	char wanted[] = "abcabc";
	char name[7] = "xxxxxx";
	unsigned compared = 0;

	(void)state;
	for (unsigned n = 0; n < 4096; n++) {
		str found;
		str candidate = {name, 6};
		size_t got;

		for (unsigned i = 0; i < 6; i++)
			name[i] = (char)('a' + (n >> (2 * i) & 3));
		if (str_is(candidate, wanted))
			continue;

		got = nearest_find(&found, 1, STR("abcabc"), &candidate, 1);

		assert_int_equal(got, slow(wanted, 6, name, 6) <= 2);
		compared++;
	}
	assert_int_equal(compared, 4095);
}

static void names_that_are_too_long_are_not_compared(void **state)
{
	char longest[NEAREST_LONGEST + 1];
	str found[NEAREST_MOST];
	str name = {longest, NEAREST_LONGEST};
	str longer = {longest, NEAREST_LONGEST + 1};

	(void)state;
	memset(longest, 'a', sizeof(longest));

	assert_int_equal(
		nearest_find(found, 3, str_slice(name, 1, name.len), &name, 1),
		1);
	assert_int_equal(nearest_find(found, 3, name, &longer, 1), 0);
	assert_int_equal(nearest_find(found, 3, longer, &name, 1), 0);
}

static void fewer_can_be_asked_for(void **state)
{
	const str names[] = {STR_INIT("ab"), STR_INIT("ac")};
	str found[1] = {STR_INIT("untouched")};

	(void)state;
	assert_int_equal(nearest_find(found, 0, STR("aa"), names, 2), 0);
	assert_true(str_is(found[0], "untouched"));
	assert_int_equal(nearest_find(found, 1, STR("aa"), names, 2), 1);
	assert_true(str_is(found[0], "ab"));
}

static void names_can_be_offered_one_by_one(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_start(&nearest, STR("contorl"));
	nearest_offer(&nearest, STR("contract"));
	nearest_offer(&nearest, STR("control"));

	assert_int_equal(nearest.count, 1);
	assert_true(str_is(nearest.found[0], "control"));
}

static void bytes_that_are_no_text_are_compared_as_well(void **state)
{
	const str name = STR_INIT("\xff\xfe");
	str found;

	(void)state;
	assert_int_equal(nearest_find(&found, 1, STR("\xff"), &name, 1), 1);
}

static void only_one_near_name_is_sure(void **state)
{
	static const struct {
		str wanted;
		str names[4];
		bool sure;
	} rows[] = {
		{STR_INIT("titel"), {STR_INIT("title")}, true},
		{STR_INIT("TITLE"), {STR_INIT("title")}, true},
		{STR_INIT("holder"), {STR_INIT("holders")}, true},
		{STR_INIT("hold"), {STR_INIT("holders")}, false},
		{STR_INIT("tit"), {STR_INIT("title")}, false},
		{STR_INIT("tite"),
		 {STR_INIT("title"), STR_INIT("site")},
		 false},
		{STR_INIT("rr-leads"),
		 {STR_INIT("rr-lead"), STR_INIT("rr-loads")},
		 false},
		{STR_INIT("rr-leads"),
		 {STR_INIT("rr-lead"), STR_INIT("rr-hoards")},
		 true},
		{STR_INIT("lea"),
		 {STR_INIT("leaf"), STR_INIT("leaving"), STR_INIT("leasing"),
		  STR_INIT("lex")},
		 false},
		{STR_INIT("nothing"), {STR_INIT("title")}, false},
		{STR_INIT("legal_base"), {STR_INIT("legal_basis")}, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct nearest nearest;

		nearest_start(&nearest, rows[i].wanted);
		for (size_t k = 0; k < 4 && rows[i].names[k].ptr; k++)
			nearest_offer(&nearest, rows[i].names[k]);
		assert_int_equal(nearest_is_sure(&nearest, 1), rows[i].sure);
	}
}

static void how_far_a_sure_name_may_be_is_said(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_start(&nearest, STR("legal_base"));
	nearest_offer(&nearest, STR("legal_basis"));

	assert_false(nearest_is_sure(&nearest, 1));
	assert_true(nearest_is_sure(&nearest, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_names_come_best_first),
		cmocka_unit_test(
			the_threshold_agrees_with_the_plain_definition),
		cmocka_unit_test(names_that_are_too_long_are_not_compared),
		cmocka_unit_test(fewer_can_be_asked_for),
		cmocka_unit_test(names_can_be_offered_one_by_one),
		cmocka_unit_test(only_one_near_name_is_sure),
		cmocka_unit_test(how_far_a_sure_name_may_be_is_said),
		cmocka_unit_test(bytes_that_are_no_text_are_compared_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
