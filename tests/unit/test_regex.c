/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "match/regex.h"

struct search_case {
	const char *pattern;
	const char *subject;
	enum regex_result expected;
};

struct bad_case {
	const char *pattern;
	uint32_t at;	  /* byte the error points at */
	const char *word; /* part of the sentence */
};

#define YES REGEX_MATCH
#define NO REGEX_NO_MATCH

static struct regex *compiled(const char *pattern, enum regex_syntax syntax)
{
	struct regex *regex = NULL;
	struct error err = {0};

	if (!regex_new(&regex, str_of(pattern), syntax, &limits_default, &err))
		fail_msg("/%s/: %s", pattern, err.text);
	return regex;
}

static void run_searches(const struct search_case *cases, size_t count,
			 enum regex_syntax syntax)
{
	struct regex_scratch *scratch = regex_scratch_new(&limits_default);
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		struct regex *regex = compiled(cases[i].pattern, syntax);
		enum regex_result found =
			regex_search(regex, scratch, str_of(cases[i].subject));

		if (found != cases[i].expected) {
			print_error("/%s/ on \"%s\": %d\n", cases[i].pattern,
				    cases[i].subject, (int)found);
			wrong++;
		}
		regex_free(regex);
	}
	regex_scratch_free(scratch);
	assert_int_equal(wrong, 0);
}

static void run_bad(const struct bad_case *cases, size_t count,
		    enum regex_syntax syntax)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		struct regex *regex = NULL;
		struct error err = {0};

		if (regex_new(&regex, str_of(cases[i].pattern), syntax,
			      &limits_default, &err)) {
			print_error("/%s/ was accepted\n", cases[i].pattern);
			regex_free(regex);
			wrong++;
		} else if (err.kind != ERROR_SYNTAX || !err.placed ||
			   err.at.start != cases[i].at ||
			   !strstr(err.text, cases[i].word)) {
			print_error("/%s/: %d at %u: %s\n", cases[i].pattern,
				    (int)err.kind, err.at.start, err.text);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void ecma_patterns_find_what_ecmascript_finds(void **state)
{
	static const struct search_case cases[] = {
		{"", "", YES},
		{"^RSK-[0-9]{4}$", "RSK-0001", YES},
		{"^RSK-[0-9]{4}$", "RSK-0001\n", NO},
		{"b", "abc", YES},
		{"^.$", "\r", NO},
		{"^.$", "\xE2\x80\xA8", NO},
		{"^.$", "\xC2\x85", YES},
		{"^.$", "\xF0\x9F\x98\x80", YES},
		{"^\\s$", "\xC2\xA0", YES},
		{"^\\s$", "\xEF\xBB\xBF", YES},
		{"^\\s$", "\v", YES},
		{"^\\s$", "\xC2\x85", NO},
		{"^\\S$", "\xC2\xA0", NO},
		{"^[\\s]$", "\xE2\x80\x83", YES},
		{"^[\\S]$", "\xE2\x80\x83", NO},
		{"^[^\\s]$", "x", YES},
		{"^[^\\S]$", "\xEF\xBB\xBF", YES},
		{"^\\d$", "\xD9\xA0", NO},
		{"^\\w$", "\xC3\xA9", NO},
		{"^\\W$", "\xC3\xA9", YES},
		{"\\bb",
		 "\xC3\xA9"
		 "b",
		 YES},
		{"^\\cJ$", "\n", YES},
		{"^\\u0041$", "A", YES},
		{"^\\ud83d\\ude00$", "\xF0\x9F\x98\x80", YES},
		{"^[\\ud83d\\ude00]$", "\xF0\x9F\x98\x80", YES},
		{"^\\u{1F600}$", "\xF0\x9F\x98\x80", YES},
		{"\\ud83d", "\xF0\x9F\x98\x80", NO},
		{"^[\\u0000-\\uffff]$", "\xEE\x80\x80", YES},
		{"^[\\ud800-\\udfff]$", "a", NO},
		{"^\\x41\\t\\0$", "A\t", NO},
		{"^[^]$", "\n", YES},
		{"[]", "a", NO},
		{"a[]|b", "b", YES},
		{"^[[:alpha:]$", ":", YES},
		{"^[[:alpha:]$", "b", NO},
		{"^[\\b]$", "\b", YES},
		{"^[\\-a]$", "-", YES},
		{"^[a-]$", "-", YES},
		{"^[\\w-]+$", "a-b", YES},
		{"^\\/[\\-]?$", "/-", YES},
		{"^(?<year>\\d{4})-\\k<year>$", "2020-2020", YES},
		{"^(?<year>\\d{4})-\\k<year>$", "2020-2021", NO},
		{"\\k<a>(?<a>x)", "x", YES},
		{"^(a)\\1$", "aa", YES},
		{"^\\1(a)$", "a", YES},
		{"^(a\\1)$", "a", YES},
		{"^(?:(a)|b)\\1c$", "bc", YES},
		{"(?<=\\$)\\d+", "$5", YES},
		{"(?<!\\$)5", "$5", NO},
		{"(?=a)b", "ab", NO},
		{"a(?!b)", "ab", NO},
		{"^a+?$", "aaa", YES},
		{"^a{2,3}$", "aaaa", NO},
		{"^a{2,}?$", "aaaa", YES},
		{"^\\p{Letter}+$", "\xC3\xA9\xCE\xA9", YES},
		{"^\\p{L}+$", "a1", NO},
		{"^\\p{Lu}$", "\xC3\x89", YES},
		{"^\\P{Lu}$", "\xC3\x89", NO},
		{"^\\p{gc=Decimal_Number}$", "\xD9\xA0", YES},
		{"^\\p{Script=Greek}$", "\xCE\xA9", YES},
		{"^\\p{sc=Grek}$", "a", NO},
		{"^\\p{scx=Deva}$", "\xE0\xA5\xA4", YES},
		{"^\\p{sc=Deva}$", "\xE0\xA5\xA4", NO},
		{"^\\p{ASCII}$", "\xC3\xA9", NO},
		{"^\\p{Any}$", "\xC3\xA9", YES},
		{"^[]*$", "", YES},
		{"^\\ud800?a$", "a", YES},
		{"^[\\ud800]{0,2}a$", "a", YES},
		{"^[\\p{L}\\W]$", "\xF0\x9F\x98\x80", YES},
		{"^[^\\p{L}\\W]$", "\xF0\x9F\x98\x80", NO},
		{"^(?:(x)|b\\1{1,2}?c)$", "bc", YES},
		{"^(?:(x)|b\\1{2}c)$", "bc", YES},
		{"^\\p{Assigned}$", "\xCD\xB8", NO},
		{"^\\P{Assigned}$", "\xCD\xB8", YES},
		{"^[\\p{Lu}\\d]+$", "A1", YES},
		{"^\\p{White_Space}$", " ", YES},
		{"^\\p{Emoji_Presentation}$", "\xF0\x9F\x98\x80", YES},
		{"^#\\n x$", "#\n x", YES},
		{"^a|b$", "xb", YES},
		{"(?:(?:a|b)*)*c", "ababc", YES},
	};

	(void)state;
	run_searches(cases, ARRAY_SIZE(cases), REGEX_ECMA);
}

static void ecma_refuses_with_a_place_and_a_sentence(void **state)
{
	static const struct bad_case cases[] = {
		{"a**", 2, "nothing to repeat"},
		{"a++", 2, "nothing to repeat"},
		{"*a", 0, "nothing to repeat"},
		{"a{", 1, "{2}"},
		{"a{2", 1, "{2}"},
		{"{2}", 0, "nothing to repeat"},
		{"a{3,2}", 1, "out of order"},
		{"a{70000}", 1, "65535"},
		{"ab]", 2, "closes nothing"},
		{"ab}", 2, "closes nothing"},
		{"(a", 0, "no closing parenthesis"},
		{"a)", 1, "closes nothing"},
		{"[a", 0, "no closing bracket"},
		{"[b-a]", 1, "out of order"},
		{"[\\d-z]", 1, "both ends"},
		{"[a-\\d]", 1, "both ends"},
		{"[[:alpha:]]", 10, "closes nothing"},
		{"x\\", 1, "ends in a backslash"},
		{"\\a", 0, "no such escape"},
		{"\\A", 0, "no such escape"},
		{"\\Z", 0, "no such escape"},
		{"\\z", 0, "no such escape"},
		{"\\C", 0, "no such escape"},
		{"\\Q", 0, "no such escape"},
		{"\\-", 0, "no such escape"},
		{"\\_", 0, "no such escape"},
		{"[\\B]", 1, "no such escape"},
		{"[\\1]", 1, "no such escape"},
		{"\\00", 0, "octal"},
		{"\\1", 0, "no such group"},
		{"(a)\\2", 3, "no such group"},
		{"\\k<a>", 0, "no such group"},
		{"\\k", 0, "needs a name"},
		{"(?<a>x)(?<a>y)", 7, "same name"},
		{"(?<1>x)", 3, "identifier"},
		{"(?i)a", 0, "begins"},
		{"(?i:a)", 0, "begins"},
		{"(?>a)", 0, "begins"},
		{"(?P<a>x)", 0, "begins"},
		{"(?R)", 0, "begins"},
		{"(?#x)", 0, "begins"},
		{"(*UTF)", 1, "nothing to repeat"},
		{"^*", 1, "assertion"},
		{"\\b+", 2, "assertion"},
		{"(?=a)*", 5, "assertion"},
		{"(?<=a+)b", 0, "look-behind"},
		{"(?<=a|bc(?:d|ef))b", 0, "look-behind"},
		{"(a)(?<=\\1)", 7, "look-behind"},
		{"(?:(a)|b)*\\1", 10, "leave out"},
		{"\\p{letter}", 0, "no such Unicode"},
		{"\\p{Greek}", 0, "no such Unicode"},
		{"\\p{IsL}", 0, "no such Unicode"},
		{"\\pL", 0, "braces"},
		{"\\p{CWKCF}", 0, "not supported"},
		{"\\p{Bidi_M}", 0, "not supported"},
		{"\\u12", 0, "four"},
		{"\\u{110000}", 0, "10FFFF"},
		{"\\u{}", 0, "hexadecimal"},
		{"\\xg1", 0, "two"},
		{"\\c1", 0, "letter"},
		{"\xC3", 0, "UTF-8"},
	};

	(void)state;
	run_bad(cases, ARRAY_SIZE(cases), REGEX_ECMA);
}

static void re2_patterns_find_what_re2_finds(void **state)
{
	static const struct search_case cases[] = {
		{"", "", YES},
		{"ubb", "hubba", YES},
		{"gr(a|e)y", "grey", YES},
		{"a+\xC3\xB1+a+",
		 "ma\xC3\xB1"
		 "ana",
		 YES},
		{"^a$", "a\n", NO},
		{"(?m)^a$", "b\na\nc", YES},
		{"(?m)^$", "a\n", YES},
		{"(?m)\\n^", "a\n", YES},
		{"(?m:^b)", "a\nb", YES},
		{"^b", "a\nb", NO},
		{"a\\z", "a\n", NO},
		{"\\Ab", "a\nb", NO},
		{"^.$", "\n", NO},
		{"^.$", "\r", YES},
		{"(?s)^.$", "\n", YES},
		{"(?s:^.$)", "\n", YES},
		{"(?s)(?-s)^.$", "\n", NO},
		{"(?i)ABC", "abc", YES},
		{"(?i:a)B", "AB", YES},
		{"(?i:a)B", "Ab", NO},
		{"a(?i)b|c", "C", YES},
		{"a(?i)*b", "aaB", YES},
		{"(a(?i)b)c", "aBC", NO},
		{"(?i)\xC3\x89", "\xC3\xA9", YES},
		{"(?i)k", "\xE2\x84\xAA", YES},
		{"(?i)^\\w$", "\xC5\xBF", YES},
		{"(?i)^\\W$", "\xC5\xBF", NO},
		{"(?i)^[\\W]$", "\xC5\xBF", NO},
		{"^\\w$", "\xC5\xBF", NO},
		{"(?i)^[[:lower:]]$", "A", YES},
		{"(?i)^[[:^lower:]]$", "A", NO},
		{"(?i)^\\p{Lu}$", "a", YES},
		{"(?U)^a+", "aa", YES},
		{"^\\s$", "\v", NO},
		{"^\\s$", "\f", YES},
		{"^[\\s]$", "\v", NO},
		{"^\\S$", "\v", YES},
		{"^[^\\S]$", " ", YES},
		{"^[[:space:]]$", "\v", YES},
		{"^\\d$", "\xD9\xA0", NO},
		{"^\\D$", "\xD9\xA0", YES},
		{"\\bb",
		 "\xC3\xA9"
		 "b",
		 YES},
		{"^\\pL$", "\xC3\xA9", YES},
		{"^\\p{Greek}$", "\xCE\xA9", YES},
		{"^\\p{^Greek}$", "\xCE\xA9", NO},
		{"^\\P{^Greek}$", "\xCE\xA9", YES},
		{"^\\PN$", "1", NO},
		{"^[\\pN[:alpha:]]+$", "a1", YES},
		{"^[[:^alpha:]]$", "a", NO},
		{"^[[:punct:]]$", "`", YES},
		{"^[[:word:]]$", "_", YES},
		{"^[[:cntrl:]]$", "\x7F", YES},
		{"^[[:ascii:]]$", "\xC3\xA9", NO},
		{"^[]a]+$", "]a", YES},
		{"^[^]a]$", "]", NO},
		{"^[a-]$", "-", YES},
		{"^[[:a]+$", "[:a", YES},
		{"^\\p{C}$", "\xCD\xB8", NO},
		{"^\\P{C}$", "\xCD\xB8", YES},
		{"^\\Qa.b\\E$", "a.b", YES},
		{"^\\Qa.b\\E$", "axb", NO},
		{"^\\Qab\\E*$", "abb", YES},
		{"^\\Q\\d", "\\d", YES},
		{"^\\x{10FFFF}$", "\xF4\x8F\xBF\xBF", YES},
		{"^\\x41\\101\\011$", "AA\t", YES},
		{"^\\a\\f\\n\\r\\t\\v$", "\a\f\n\r\t\v", YES},
		{"^\\_\\-\\@$", "_-@", YES},
		{"^a{,2}$", "a{,2}", YES},
		{"^a{$", "a{", YES},
		{"^a{2}$", "aa", YES},
		{"^a{01}$", "a{01}", YES},
		{"^]}$", "]}", YES},
		{"^*a", "a", YES},
		{"(?:^)*$*", "", YES},
		{"\\b*a", "a", YES},
		{"(?P<n>a)(?<m>b)", "ab", YES},
		{"^(|a)*$", "aa", YES},
		{"()", "", YES},
		{"(?:a{100}){10}", "a", NO},
		{"#x y", "#x y", YES},
	};

	(void)state;
	run_searches(cases, ARRAY_SIZE(cases), REGEX_RE2);
}

static void re2_refuses_with_a_place_and_a_sentence(void **state)
{
	static const struct bad_case cases[] = {
		{"a**", 2, "cannot be repeated"},
		{"a*+", 2, "cannot be repeated"},
		{"a*??", 3, "cannot be repeated"},
		{"a{2}{3}", 4, "cannot be repeated"},
		{"*a", 0, "nothing to repeat"},
		{"a|*", 2, "nothing to repeat"},
		{"(*)", 1, "nothing to repeat"},
		{"(*UTF)", 1, "nothing to repeat"},
		{"(?i)*", 4, "nothing to repeat"},
		{"{2}", 0, "nothing to repeat"},
		{"a{1001}", 1, "1000"},
		{"a{1,1001}", 1, "1000"},
		{"(a{100}){11}", 8, "1000"},
		{"(?:(?:b|a{10}){10}c){11}", 20, "1000"},
		{"a{3,2}", 1, "out of order"},
		{"a{99999999999999999999999}", 1, "1000"},
		{"(?=a)", 0, "begins"},
		{"(?!a)", 0, "begins"},
		{"(?<=a)", 0, "begins"},
		{"(?<!a)", 0, "begins"},
		{"(?>a)", 0, "begins"},
		{"(?x)a", 0, "begins"},
		{"(?R)", 0, "begins"},
		{"(?i-)a", 0, "begins"},
		{"(?P=n)", 0, "begins"},
		{"(?i", 0, "begins"},
		{"(a)\\1", 3, "back-references"},
		{"\\8", 0, "back-references"},
		{"\\C", 0, "no such escape"},
		{"\\Z", 0, "no such escape"},
		{"\\K", 0, "no such escape"},
		{"\\R", 0, "no such escape"},
		{"\\X", 0, "no such escape"},
		{"\\h", 0, "no such escape"},
		{"\\E", 0, "no such escape"},
		{"\\u0041", 0, "no such escape"},
		{"\\\xC3\xA9", 0, "no such escape"},
		{"x\\", 1, "ends in a backslash"},
		{"(a", 0, "no closing parenthesis"},
		{"a)", 1, "closes nothing"},
		{"[a", 0, "no closing bracket"},
		{"[]", 0, "no closing bracket"},
		{"[b-a]", 1, "out of order"},
		{"[a-\\d]", 3, "no such escape"},
		{"[[:foo:]]", 1, "named class"},
		{"\\p{Letter}", 0, "no such Unicode"},
		{"\\p{greek}", 0, "no such Unicode"},
		{"\\pQ", 0, "no such Unicode"},
		{"\\p", 0, "no such Unicode"},
		{"\\p{Lu", 0, "closing brace"},
		{"\\x{110000}", 0, "10FFFF"},
		{"\\x4", 0, "two"},
		{"(?P<n>a)(?P<n>b)", 8, "same name"},
		{"(?P<n-m>a)", 0, "name"},
		{"(?P<>a)", 0, "name"},
		{"a\xFF", 1, "UTF-8"},
	};

	(void)state;
	run_bad(cases, ARRAY_SIZE(cases), REGEX_RE2);
}

static void other_things_than_the_grammar_are_refused_too(void **state)
{
	static const struct {
		const char *pattern;
		size_t repeats;
		enum error_kind kind;
	} cases[] = {
		{"(?:", 199, ERROR_NONE},   {"(?:", 201, ERROR_SYNTAX},
		{"a", 4096, ERROR_NONE},    {"a", 4097, ERROR_LIMIT},
		{"\\S", 2048, ERROR_LIMIT},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		for (int syntax = REGEX_RE2; syntax <= REGEX_ECMA; syntax++) {
			struct buf text;
			struct regex *regex = NULL;
			struct error err = {0};
			bool good;

			buf_init(&text, 1 << 16);
			for (size_t k = 0; k < cases[i].repeats; k++)
				buf_add(&text, str_of(cases[i].pattern));
			if (str_is(str_of(cases[i].pattern), "(?:"))
				buf_repeat(&text, ')', cases[i].repeats);

			good = regex_new(&regex, buf_str(&text),
					 (enum regex_syntax)syntax,
					 &limits_default, &err);
			assert_int_equal(good, err.kind == ERROR_NONE);
			if (err.kind != cases[i].kind)
				fail_msg("%s %zu times: %d %s",
					 cases[i].pattern, cases[i].repeats,
					 (int)err.kind, err.text);

			regex_free(regex);
			buf_done(&text);
		}
}

static void counts_that_multiply_out_too_far_are_a_limit(void **state)
{
	struct regex *regex = NULL;
	struct error err = {0};

	(void)state;
	assert_false(regex_new(&regex, STR("(?:(?:a{999}b){999}){999}"),
			       REGEX_ECMA, &limits_default, &err));
	assert_int_equal(err.kind, ERROR_LIMIT);
	assert_non_null(strstr(err.text, "too large"));
}

static enum regex_result search_repeated(const char *pattern, const char *piece,
					 size_t size, const char *end,
					 enum regex_syntax syntax)
{
	struct regex_scratch *scratch = regex_scratch_new(&limits_default);
	struct regex *regex = compiled(pattern, syntax);
	enum regex_result found;
	struct buf text;

	buf_init(&text, 1 << 20);
	while (text.len + strlen(piece) + strlen(end) <= size)
		buf_add(&text, str_of(piece));
	buf_add(&text, str_of(end));
	found = regex_search(regex, scratch, buf_str(&text));
	buf_done(&text);
	regex_free(regex);
	regex_scratch_free(scratch);
	return found;
}

static void what_costs_too_much_is_undecided_and_never_no_match(void **state)
{
	static const struct {
		const char *pattern;
		const char *piece;
		const char *end;
	} cases[] = {
		{"^(a+)+$", "a", "b"},
		{"^(a|aa)+$", "a", "b"},
		{"(a*)*[xy]", "a", "b"},
		{"(?:[a-z]+ ?)+[xy]", "abc ", "!"},
		{"a*a*a*a*[xy]", "a", "b"},
		{"(x+x+)+[yz]", "x", ""},
		{"[a-z]{1,300}[a-z]{1,300}[a-z]{1,300}[0-9]", "a", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		for (int syntax = REGEX_RE2; syntax <= REGEX_ECMA; syntax++)
			if (search_repeated(cases[i].pattern, cases[i].piece,
					    4000, cases[i].end,
					    (enum regex_syntax)syntax) !=
			    REGEX_LIMIT)
				fail_msg("%s was decided", cases[i].pattern);
}

static void a_subject_is_tried_up_to_its_limit(void **state)
{
	size_t most = limits_default.regex_subject;

	(void)state;
	assert_int_equal(search_repeated("^a+$", "a", most, "", REGEX_RE2),
			 REGEX_MATCH);
	assert_int_equal(search_repeated("^(a|b)*$", "ab", most, "", REGEX_RE2),
			 REGEX_MATCH);
	assert_int_equal(search_repeated("^a+$", "a", most + 1, "", REGEX_RE2),
			 REGEX_LIMIT);
	assert_int_equal(
		search_repeated("a+b+", "a", most / 4, "b", REGEX_ECMA),
		REGEX_MATCH);
	assert_int_equal(
		search_repeated("a+b+", "a", most / 4 + 1, "b", REGEX_ECMA),
		REGEX_LIMIT);
}

static void bytes_that_are_no_text_are_undecided(void **state)
{
	(void)state;
	assert_int_equal(search_repeated("a", "a\xFF", 4, "", REGEX_RE2),
			 REGEX_LIMIT);
}

static void groups_are_found_where_they_stand(void **state)
{
	struct regex *regex = compiled("(?P<a>\\d+)(x)?-(y*)", REGEX_RE2);
	struct regex_scratch *scratch = regex_scratch_new(&limits_default);
	struct regex_group groups[6];
	str text = STR("ab 12- 345x-yy");

	(void)state;
	assert_int_equal(regex_group_count(regex), 3);
	assert_int_equal(regex_find(regex, scratch, text, 0, groups, 6),
			 REGEX_MATCH);
	assert_int_equal(groups[0].start, 3);
	assert_int_equal(groups[0].end, 6);
	assert_int_equal(groups[1].end, 5);
	assert_int_equal(groups[2].start, SIZE_MAX);
	assert_int_equal(groups[3].start, 6);
	assert_int_equal(groups[3].end, 6);
	assert_int_equal(groups[4].start, SIZE_MAX);
	assert_int_equal(groups[5].end, SIZE_MAX);

	assert_int_equal(
		regex_find(regex, scratch, text, groups[0].end, groups, 4),
		REGEX_MATCH);
	assert_int_equal(groups[0].start, 7);
	assert_int_equal(groups[2].start, 10);
	assert_int_equal(groups[3].end, 14);
	assert_int_equal(regex_find(regex, scratch, text, 14, groups, 4),
			 REGEX_NO_MATCH);
	assert_int_equal(regex_find(regex, scratch, text, 0, NULL, 0),
			 REGEX_MATCH);

	regex_scratch_free(scratch);
	regex_free(regex);
}

static void a_start_looks_back_over_what_stands_before(void **state)
{
	struct regex *regex = compiled("\\bb|^a", REGEX_RE2);
	struct regex_scratch *scratch = regex_scratch_new(&limits_default);
	struct regex_group groups[1];

	(void)state;
	assert_int_equal(regex_find(regex, scratch, STR("aba"), 1, groups, 1),
			 REGEX_NO_MATCH);

	regex_scratch_free(scratch);
	regex_free(regex);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ecma_patterns_find_what_ecmascript_finds),
		cmocka_unit_test(ecma_refuses_with_a_place_and_a_sentence),
		cmocka_unit_test(re2_patterns_find_what_re2_finds),
		cmocka_unit_test(re2_refuses_with_a_place_and_a_sentence),
		cmocka_unit_test(other_things_than_the_grammar_are_refused_too),
		cmocka_unit_test(counts_that_multiply_out_too_far_are_a_limit),
		cmocka_unit_test(
			what_costs_too_much_is_undecided_and_never_no_match),
		cmocka_unit_test(a_subject_is_tried_up_to_its_limit),
		cmocka_unit_test(bytes_that_are_no_text_are_undecided),
		cmocka_unit_test(groups_are_found_where_they_stand),
		cmocka_unit_test(a_start_looks_back_over_what_stands_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
