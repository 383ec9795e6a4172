/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/encode.h"

struct row {
	enum encode_context context;
	str in;
	const char *out;
};

static void check(const struct row *rows, size_t count, bool ci)
{
	struct out out;

	out_init(&out, 4096);
	out.ci = ci;
	for (size_t i = 0; i < count; i++) {
		out_clear(&out);

		out_text(&out, rows[i].in, rows[i].context);

		buf_byte(&out.buf, '\0');
		assert_string_equal(out.buf.ptr, rows[i].out);
		assert_int_equal(strlen(rows[i].out) + 1, out.buf.len);
	}
	out_done(&out);
}

static void each_context_escapes_what_would_steer_it(void **state)
{
	static const struct row rows[] = {
		{ENCODE_TERMINAL, STR_INIT("plain öäå €"), "plain öäå €"},
		{ENCODE_TERMINAL, STR_INIT(""), ""},
		{ENCODE_TERMINAL, STR_INIT("a\x1b[31mb"), "a\\x1b[31mb"},
		{ENCODE_TERMINAL, STR_INIT("a\nb\rc\td"), "a\\nb\\rc\\td"},
		{ENCODE_TERMINAL, STR_INIT("\0\x7f"), "\\x00\\x7f"},
		{ENCODE_TERMINAL, STR_INIT("\xc2\x9b"), "\\u{9b}"},
		{ENCODE_TERMINAL, STR_INIT("\x9b\xff"), "\\x9b\\xff"},
		{ENCODE_TERMINAL, STR_INIT("\xe2\x82"), "\\xe2\\x82"},
		{ENCODE_TERMINAL, STR_INIT("a\xe2\x80\xae"), "a\\u{202e}"},
		{ENCODE_TERMINAL, STR_INIT("\xe2\x80\x8b"), "\\u{200b}"},
		{ENCODE_TERMINAL, STR_INIT("\xe2\x80\xa8"), "\\u{2028}"},
		{ENCODE_TERMINAL, STR_INIT("\xef\xbb\xbf"), "\\u{feff}"},
		{ENCODE_TERMINAL, STR_INIT("\xf3\xa0\x81\x81"), "\\u{e0041}"},
		{ENCODE_TERMINAL, STR_INIT("\xef\xbf\xbf"), "\\u{ffff}"},
		{ENCODE_TERMINAL, STR_INIT("##[error]"), "##[error]"},
		{ENCODE_JSON, STR_INIT("a\"\\/<"), "\"a\\\"\\\\/<\""},
		{ENCODE_JSON, STR_INIT("\b\f\n\r\t\x01"),
		 "\"\\b\\f\\n\\r\\t\\u0001\""},
		{ENCODE_JSON, STR_INIT("\xe2\x80\xa8"), "\"\\u2028\""},
		{ENCODE_JSON, STR_INIT("\xf3\xa0\x81\x81"),
		 "\"\\udb40\\udc41\""},
		{ENCODE_JSON, STR_INIT("\xff"), "\"\xEF\xBF\xBD\""},
		{ENCODE_XML, STR_INIT("<a b='c'>&\"]]>"),
		 "&#60;a b=&#39;c&#39;&#62;&#38;&#34;]]&#62;"},
		{ENCODE_XML, STR_INIT("\x01\n\xff\xef\xbf\xbe"),
		 "\\x01&#10;\\xff\\u{fffe}"},
		{ENCODE_HTML, STR_INIT("<`'\">&"),
		 "&#60;&#96;&#39;&#34;&#62;&#38;"},
		{ENCODE_CODE, STR_INIT("a"), "`a`"},
		{ENCODE_CODE, STR_INIT(""), "` `"},
		{ENCODE_CODE, STR_INIT("a`b``c"), "```a`b``c```"},
		{ENCODE_CODE, STR_INIT("`a"), "`` `a ``"},
		{ENCODE_CODE, STR_INIT("a\n|b"), "`a\\n|b`"},
		{ENCODE_CODE_CELL, STR_INIT("a|b\\|c"), "`a\\|b\\u{7c}c`"},
		{ENCODE_MARKDOWN, STR_INIT("[a](b) *c* <d>"),
		 "\\[a\\]\\(b\\) \\*c\\* &#60;d&#62;"},
		{ENCODE_MARKDOWN, STR_INIT("@me #1"),
		 "\\@<!-- -->me \\#<!-- -->1"},
		{ENCODE_MARKDOWN, STR_INIT(" 1. a\nb|"),
		 "&#32;1\\. a\\\\nb\\|"},
		{ENCODE_CSV, STR_INIT("a,\"b\""), "\"a,\"\"b\"\"\""},
		{ENCODE_CSV, STR_INIT("=1+1"), "\"'=1+1\""},
		{ENCODE_CSV, STR_INIT(" @SUM"), "\"' @SUM\""},
		{ENCODE_CSV, STR_INIT("a\nb"), "\"a\\nb\""},
		{ENCODE_COMMAND, STR_INIT("50%\r\na:b,c"), "50%25%0D%0Aa:b,c"},
		{ENCODE_PROPERTY, STR_INIT("a:b,c%\n"), "a%3Ab%2Cc%25%0A"},
		{ENCODE_PROPERTY, STR_INIT("\x1b"), "\\x1b"},
		{ENCODE_CALENDAR, STR_INIT("a;b,c\\d:\"\n"),
		 "a\\;b\\,c\\\\d:\"\\n"},
		{ENCODE_CALENDAR, STR_INIT("\r\xff"), "\\\\r\\\\xff"},
		{ENCODE_URI, STR_INIT("a b/c#d?e%ä~-._"),
		 "a%20b/c%23d%3Fe%25%C3%A4~-._"},
		{ENCODE_URI, STR_INIT("\xff\n:"), "%FF%0A%3A"},
	};

	(void)state;
	check(rows, ARRAY_SIZE(rows), false);
}

static void commands_of_a_ci_runner_are_broken_up(void **state)
{
	static const struct row rows[] = {
		{ENCODE_TERMINAL, STR_INIT("::error::x"), ":\\:error::x"},
		{ENCODE_TERMINAL, STR_INIT(" \xc2\xa0::e"), " \xc2\xa0:\\:e"},
		{ENCODE_TERMINAL, STR_INIT("a ::b:: [c]"), "a ::b:: [c]"},
		{ENCODE_TERMINAL, STR_INIT("a ##[b]"), "a ##\\[b]"},
		{ENCODE_TERMINAL, STR_INIT("##VSO[t]"), "##VSO\\[t]"},
		{ENCODE_TERMINAL, STR_INIT("##teamcity[t]"), "##teamcity\\[t]"},
		{ENCODE_TERMINAL, STR_INIT("a ##"), "a ##\\"},
		{ENCODE_TERMINAL, STR_INIT(":"), ":\\"},
		{ENCODE_JSON, STR_INIT("##[a]"), "\"##\\u005ba]\""},
		{ENCODE_XML, STR_INIT("##[a]"), "##&#91;a]"},
		{ENCODE_XML, STR_INIT("::a"), ":&#58;a"},
		{ENCODE_HTML, STR_INIT("##vso[a]"), "##vso&#91;a]"},
		{ENCODE_CODE, STR_INIT("##[a]"), "`##\\[a]`"},
		{ENCODE_CSV, STR_INIT("##[a]"), "\"##\\[a]\""},
		{ENCODE_COMMAND, STR_INIT("x ##[a]"), "x ##\\[a]"},
	};

	(void)state;
	check(rows, ARRAY_SIZE(rows), true);
}

static void no_command_arises_from_two_texts(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 4096);
	out.ci = true;

	out_text(&out, STR("x #"), ENCODE_TERMINAL);
	out_text(&out, STR("#"), ENCODE_TERMINAL);
	out_text(&out, STR("[error]"), ENCODE_TERMINAL);
	out_safe(&out, SAFE("\n"));
	out_text(&out, STR(":"), ENCODE_TERMINAL);
	out_safe(&out, SAFE(": "));

	assert_true(str_is(out_str(&out), "x ##\\[error]\n:\\: "));
	out_done(&out);
}

static void a_tab_can_be_an_arrow(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 64);
	out.arrow = true;

	out_text(&out, STR("a\tb"), ENCODE_TERMINAL);

	assert_true(str_is(out_str(&out), "a→b"));
	out_done(&out);
}

static void long_text_is_cut_at_code_points(void **state)
{
	static const struct {
		size_t most;
		enum encode_context context;
		const char *out;
	} rows[] = {
		{5, ENCODE_TERMINAL, "äb\\xffcd"},
		{4, ENCODE_TERMINAL, "äb\\xffc…"},
		{1, ENCODE_TERMINAL, "ä…"},
		{0, ENCODE_TERMINAL, "…"},
		{2, ENCODE_JSON, "\"äb…\""},
		{1, ENCODE_CODE, "`ä…`"},
		{2, ENCODE_CSV, "\"äb…\""},
		{2, ENCODE_URI, "%C3%A4b%E2%80%A6"},
	};
	struct out out;

	(void)state;
	out_init(&out, 64);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		out_clear(&out);
		out_text_cut(&out,
			     STR("ä"
				 "b\xff"
				 "cd"),
			     rows[i].most, rows[i].context);
		assert_true(str_is(out_str(&out), rows[i].out));
	}
	out_done(&out);
}

static void json_tells_when_bytes_were_lost(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 64);
	out_text(&out, STR("\xe2\x80\xae"), ENCODE_JSON);
	assert_false(out_json_is_lossy(&out));
	out_text(&out, STR("\xff"), ENCODE_JSON);
	assert_true(out_json_is_lossy(&out));
	out_clear(&out);
	assert_false(out_json_is_lossy(&out));
	out_done(&out);
}

static void numbers_and_safe_text_go_as_they_are(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 128);
	out_int(&out, INT64_MIN);
	out_safe(&out, SAFE(" \x1b[1m "));
	out_size(&out, SIZE_MAX);
	out_repeat(&out, SAFE("ab"), 2);

	assert_true(str_is(out_str(&out), "-9223372036854775808 \x1b[1m "
					  "18446744073709551615abab"));
	out_done(&out);
}

static void the_ceiling_is_kept(void **state)
{
	struct out out;

	(void)state;
	out_init(&out, 4);
	out_text(&out, STR("abcd"), ENCODE_TERMINAL);
	assert_false(out.buf.full);
	out_repeat(&out, SAFE("x"), SIZE_MAX);
	assert_true(out.buf.full);
	assert_true(str_is(out_str(&out), "abcd"));
	out_done(&out);
}

static void encoded_text_is_kept_as_its_sink_would_write_it(void **state)
{
	struct arena arena;
	struct out out = {.ci = true, .arrow = true};
	struct safe kept;

	(void)state;
	arena_init(&arena);
	kept = encode_keep(&arena, &out, STR("\x1b\t##[a]"), ENCODE_TERMINAL);
	assert_true(str_is(kept.text, "\\x1b→##\\[a]"));
	out.ci = out.arrow = false;
	kept = encode_keep(&arena, &out, STR("\t##[a]"), ENCODE_TERMINAL);
	assert_true(str_is(kept.text, "\\t##[a]"));
	arena_done(&arena);
}

static void what_is_hidden_is_told_by_code_point(void **state)
{
	static const uint32_t yes[] = {
		0,	0x1F,	0x7F,	0x9F,	 0x200B, 0x202A,  0x202E,
		0x2066, 0x2069, 0xFEFF, 0xE0001, 0xFFFE, 0x1FFFE, 0x10FFFF};
	static const uint32_t no[] = {' ',    '~',    0xA0,   0x200A,  0x2010,
				      0x2070, 0xFE0F, 0xFFFC, 0x1F600, 0xFFFD};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		assert_true(encode_is_hidden(yes[i]));
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		assert_false(encode_is_hidden(no[i]));
}

static void a_content_line_is_folded_behind_75_octets_between_characters(
	void **state)
{
	static const struct {
		size_t before; /* letters before the character of two octets */
		str folded;
	} rows[] = {
		{0, STR_INIT("ä\r\n")},
		{73, STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			      "aaaaaa"
			      "aaaaaaaaaaaaaaaaaaaä\r\n")},
		{74, STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			      "aaaaaa"
			      "aaaaaaaaaaaaaaaaaaaa\r\n ä\r\n")},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct out line;
		struct out out;

		out_init(&line, 1000);
		out_init(&out, 1000);
		out_repeat(&line, SAFE("a"), rows[i].before);
		out_text(&line, STR("ä"), ENCODE_CALENDAR);

		out_fold(&out, &line);

		assert_true(str_equal(out_str(&out), rows[i].folded));
		out_done(&line);
		out_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_content_line_is_folded_behind_75_octets_between_characters),
		cmocka_unit_test(each_context_escapes_what_would_steer_it),
		cmocka_unit_test(commands_of_a_ci_runner_are_broken_up),
		cmocka_unit_test(no_command_arises_from_two_texts),
		cmocka_unit_test(a_tab_can_be_an_arrow),
		cmocka_unit_test(long_text_is_cut_at_code_points),
		cmocka_unit_test(json_tells_when_bytes_were_lost),
		cmocka_unit_test(numbers_and_safe_text_go_as_they_are),
		cmocka_unit_test(the_ceiling_is_kept),
		cmocka_unit_test(
			encoded_text_is_kept_as_its_sink_would_write_it),
		cmocka_unit_test(what_is_hidden_is_told_by_code_point),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
