/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jsonschema/format.h"

struct row {
	const char *format;
	const char *text;
};

static void check_all(const struct row *rows, size_t count, bool wanted)
{
	for (size_t i = 0; i < count; i++) {
		enum schema_format format =
			schema_format_find(str_of(rows[i].format));

		assert_int_not_equal(format, SCHEMA_FORMAT_NONE);
		if (schema_format_check(format, str_of(rows[i].text),
					&limits_default) != wanted)
			fail_msg("%s: %s", rows[i].format, rows[i].text);
	}
}

static void texts_of_a_format_are_known(void **state)
{
	static const struct row rows[] = {
		{"date", "2024-02-29"},
		{"date", "0000-01-01"},
		{"date-time", "1998-12-31T15:59:60.123-08:00"},
		{"date-time", "1963-06-19t08:30:06z"},
		{"time", "23:59:60Z"},
		{"time", "00:29:60-23:30"},
		{"duration", "P1Y2M3DT4H5M6S"},
		{"duration", "P2W"},
		{"duration", "PT0S"},
		{"email", "\"joe \\\" b\"@example.com"},
		{"email", "a@[IPv6:::1]"},
		{"idn-email", "\xc3\xa9@b\xc3\xbc"
			      "cher.example"},
		{"hostname", "a--b.xn--ihqwcrb4cv8a8dqg056pqjye"},
		{"idn-hostname", "b\xc3\xbc"
				 "cher.example"},
		{"ipv4", "255.0.0.1"},
		{"ipv6", "1:2::192.168.0.1"},
		{"ipv6", "::"},
		{"uri", "http://[v1.a:b]:80/?q#f"},
		{"uri", "tel:+1-816-555-1212"},
		{"uri-reference", "./this:that"},
		{"uri-reference", ""},
		{"iri", "http://\xc6\x92\xc3\xb8\xc3\xb8.\xc3\x9f\xc3\xa5r/"},
		{"iri-reference", "\xc3\xa9#\xc3\xa9"},
		{"uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380"},
		{"uri-template", "a{+b,c:12,d*}{?%41.x}"},
		{"json-pointer", "/a~1b/~0"},
		{"relative-json-pointer", "10/a"},
		{"relative-json-pointer", "0#"},
		{"regex", "^(?<year>\\d{4})$"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows), true);
}

static void other_texts_are_refused(void **state)
{
	static const struct row rows[] = {
		{"date", "2023-02-29"},
		{"date", "2023-2-09"},
		{"date", "2023-02-09 "},
		{"date", ""},
		{"date-time", "2023-02-09 10:00:00Z"},
		{"date-time", "2023-02-09T10:00:00"},
		{"time", "22:59:60Z"},
		{"time", "10:00:00.Z"},
		{"time", "24:00:00Z"},
		{"duration", "P"},
		{"duration", "P1D2H"},
		{"duration", "P1Y2D"},
		{"duration", "PT0.5S"},
		{"duration", "P1YT"},
		{"email", "a..b@example.com"},
		{"email", "\"a@example.com"},
		{"email", "\xc3\xa9@example.com"},
		{"email", "a@"},
		{"hostname", "-a.example"},
		{"hostname", "a_b"},
		{"hostname", "example."},
		{"hostname", "xn--X"},
		{"idn-hostname", "\xe3\x80\x82"
				 "a"},
		{"ipv4", "1.2.3"},
		{"ipv4", "01.2.3.4"},
		{"ipv6", "1::2::3"},
		{"ipv6", "1:2:3:4:5:6:7"},
		{"ipv6", "fe80::a%eth1"},
		{"uri", "//a/b"},
		{"uri", "http://a/ b"},
		{"uri", "http://a:b/"},
		{"uri", "http://[::1"},
		{"uri-reference", "1:b"},
		{"uri-reference", "/%zz"},
		{"iri", "http://a/\xee\x80\x80"},
		{"uuid", "2eb8aa08aa9811eab4aa73b441d16380"},
		{"uri-template", "{a"},
		{"uri-template", "a}"},
		{"uri-template", "{a:0}"},
		{"json-pointer", "a"},
		{"json-pointer", "/~2"},
		{"relative-json-pointer", "01/a"},
		{"relative-json-pointer", "0##"},
		{"regex", "^(abc]"},
	};

	(void)state;
	check_all(rows, ARRAY_SIZE(rows), false);
}

static void the_example_of_each_format_has_it(void **state)
{
	(void)state;
	for (int i = 1; i < SCHEMA_FORMAT_COUNT; i++) {
		enum schema_format format = (enum schema_format)i;
		str example = str_of(schema_format_row(format)->example);
		size_t or = str_find(example, STR(" or "));

		assert_true(schema_format_check(
			format, str_slice(example, 0, or), &limits_default));
	}
}

static void names_that_nobody_defined_have_no_format(void **state)
{
	(void)state;
	assert_int_equal(schema_format_find(STR("colour")), SCHEMA_FORMAT_NONE);
	assert_true(schema_format_check(SCHEMA_FORMAT_NONE, STR("anything"),
					&limits_default));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_of_a_format_are_known),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(the_example_of_each_format_has_it),
		cmocka_unit_test(names_that_nobody_defined_have_no_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
