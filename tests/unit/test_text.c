/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_fixture.h"

#define NEWSLETTER                    \
	"id: PA-014\n"                \
	"kind: processing-activity\n" \
	"name: Newsletter\n"          \
	"\n"                          \
	"legal_basis: consent\n"      \
	"recipients:\n"               \
	"  - vendor: V-O07\n"         \
	"country: NO\n"

static const struct look plain = {.max_findings = SIZE_MAX};

static void check_report(const struct report *report, const struct look *look,
			 const char *expected)
{
	struct out out;

	out_init(&out, SIZE_MAX);
	assert_string_equal(fixture_write(&out, "text", report, look),
			    expected);
	out_done(&out);
}

/* One finding, without what sums up. */
static void check(const struct finding *finding, unsigned width,
		  const char *expected)
{
	struct report report = fixture_report(finding, 1);
	const struct look look = {
		.max_findings = SIZE_MAX, .quiet = true, .width = width};

	check_report(&report, &look, expected);
}

static void a_value_is_underlined_below_the_line_it_belongs_to(void **state)
{
	struct finding finding = fixture_finding(
		&rule_unknown, STR("records/newsletter.yaml"),
		STR("PA-014 names the processor V-O07, which does not exist"),
		STR("no record has this id"));
	(void)state;

	fixture_place(&finding, STR(NEWSLETTER), STR("V-O07"));
	finding.help = STR("did you mean V-007 (Mailer Ltd)?");

	check(&finding, 0,
	      "error[reference/unknown]: PA-014 names the processor V-O07, "
	      "which does not exist\n"
	      "  --> records/newsletter.yaml:7:13\n"
	      "   |\n"
	      " 6 | recipients:\n"
	      " 7 |   - vendor: V-O07\n"
	      "   |             ^^^^^ no record has this id\n"
	      "   |\n"
	      "   = required by: ISO/IEC 27001 clause 7.5.2\n"
	      "help: did you mean V-007 (Mailer Ltd)?\n"
	      "\n");
}

static void what_is_missing_is_shown_at_the_id_with_the_record(void **state)
{
	struct finding finding = fixture_finding(
		&rule_retention, STR("records/newsletter.yaml"),
		STR("the activity \"Newsletter\" (PA-014) has no time limit "
		    "for erasure"),
		STR("this record needs `retention`"));
	(void)state;

	fixture_place(&finding, STR(NEWSLETTER), STR("PA-014"));

	check(&finding, 0,
	      "error[retention/undefined]: the activity \"Newsletter\" "
	      "(PA-014) has no time limit for erasure\n"
	      "  --> records/newsletter.yaml:1:5\n"
	      "   |\n"
	      " 1 | id: PA-014\n"
	      "   |     ^^^^^^ this record needs `retention`\n"
	      " 2 | kind: processing-activity\n"
	      " 3 | name: Newsletter\n"
	      "   |\n"
	      "   = required by: GDPR Art. 30(1)(f)\n"
	      "help: add a duration, or name a line of the retention schedule\n"
	      "\n");
}

static void a_second_file_is_shown_below_the_first(void **state)
{
	struct finding finding = fixture_finding(
		&rule_duplicate, STR("vendors/print-shop.yaml"),
		STR("two records have the id V-019"), STR("second use"));
	(void)state;

	fixture_place(&finding, STR("id: V-019\n"), STR("V-019"));
	fixture_second(&finding, STR("vendors/archive-co.yaml"),
		       STR("kind: supplier\nid: V-019\n"), STR("V-019"),
		       STR("first use"));

	check(&finding, 0,
	      "error[id/duplicate]: two records have the id V-019\n"
	      "  --> vendors/print-shop.yaml:1:5\n"
	      "   |\n"
	      " 1 | id: V-019\n"
	      "   |     ^^^^^ second use\n"
	      "   |\n"
	      "  --> vendors/archive-co.yaml:2:5\n"
	      "   |\n"
	      " 2 | id: V-019\n"
	      "   |     ----- first use\n"
	      "   |\n"
	      "\n");
}

#define INCIDENT                           \
	"id: INC-2026-07\n"                \
	"aware_at: 2026-07-03T08:10:00Z\n" \
	"told_at: 2026-07-07T08:25:00Z\n"  \
	"a: 1\nb: 2\nc: 3\nd: 4\n"         \
	"late: {is: yes, why: \"\"}\n"

static void a_second_place_in_the_same_file_shares_the_lines(void **state)
{
	struct finding finding = fixture_finding(
		&rule_late, STR("incidents/2026-07.yaml"),
		STR("the authority was told 96 hours after the organisation "
		    "became aware; the limit is 72"),
		STR("96 h 15 min later, and no reason is given"));
	(void)state;

	fixture_place(&finding, STR(INCIDENT), STR("2026-07-07T08:25:00Z"));
	fixture_second(&finding, finding.path, STR(INCIDENT),
		       STR("2026-07-03T08:10:00Z"), STR("aware"));
	finding.help = STR("add `delay_reason` with the reasons given to the "
			   "authority");

	check(&finding, 0,
	      "error[incident/late-notification]: the authority was told 96 "
	      "hours after the organisation became aware; the limit is 72\n"
	      "  --> incidents/2026-07.yaml:3:10\n"
	      "   |\n"
	      " 2 | aware_at: 2026-07-03T08:10:00Z\n"
	      "   |           -------------------- aware\n"
	      " 3 | told_at: 2026-07-07T08:25:00Z\n"
	      "   |          ^^^^^^^^^^^^^^^^^^^^ 96 h 15 min later, and no "
	      "reason is given\n"
	      "   |\n"
	      "   = required by: GDPR Art. 30(1)(f), GDPR Art. 33(1)\n"
	      "help: add `delay_reason` with the reasons given to the "
	      "authority\n"
	      "\n");
}

static void lines_left_out_and_two_marks_on_one_line_are_drawn(void **state)
{
	struct finding far = fixture_finding(&rule_duplicate, STR("i.yaml"),
					     STR("far"), STR("here"));
	struct finding same = far;
	(void)state;

	fixture_place(&far, STR(INCIDENT), STR("\"\""));
	fixture_second(&far, far.path, STR(INCIDENT), STR("INC"), STR("id"));
	check(&far, 0,
	      "error[id/duplicate]: far\n"
	      "  --> i.yaml:8:22\n"
	      "   |\n"
	      " 1 | id: INC-2026-07\n"
	      "   |     --- id\n"
	      "...\n"
	      " 7 | d: 4\n"
	      " 8 | late: {is: yes, why: \"\"}\n"
	      "   |                      ^^ here\n"
	      "   |\n"
	      "\n");

	fixture_place(&same, STR(INCIDENT), STR("\"\""));
	fixture_second(&same, same.path, STR(INCIDENT), STR("yes"),
		       STR("so say why"));
	check(&same, 0,
	      "error[id/duplicate]: far\n"
	      "  --> i.yaml:8:22\n"
	      "   |\n"
	      " 7 | d: 4\n"
	      " 8 | late: {is: yes, why: \"\"}\n"
	      "   |                      ^^ here\n"
	      "   |            --- so say why\n"
	      "   |\n"
	      "\n");
}

static void a_stretch_of_lines_is_marked_at_its_first(void **state)
{
	struct finding finding = fixture_finding(&rule_duplicate, STR("i.yaml"),
						 STR("long"), STR("all this"));
	str source = STR("x: 1\nnotes: |\n  one\n  two\n  three\ny: 2\n");
	(void)state;

	fixture_place(&finding, source, STR("|\n  one\n  two\n  three\n"));

	check(&finding, 0,
	      "error[id/duplicate]: long\n"
	      "  --> i.yaml:2:8\n"
	      "   |\n"
	      " 1 | x: 1\n"
	      " 2 | notes: |\n"
	      "   |        ^ all this (to line 5)\n"
	      " 3 |   one\n"
	      " 4 |   two\n"
	      "   |\n"
	      "\n");
}

static void tabs_and_wide_letters_keep_the_marks_in_place(void **state)
{
	struct finding tab = fixture_finding(&rule_ambiguous, STR("t.yaml"),
					     STR("a tab"), STR("a tab here"));
	struct finding wide = fixture_finding(&rule_ambiguous, STR("w.yaml"),
					      STR("wide"), STR("this"));
	struct finding hidden = fixture_finding(&rule_ambiguous, STR("h.yaml"),
						STR("hidden"), STR("this"));
	(void)state;

	fixture_place(&tab, STR("timeline:\n\taware: x\n"), STR("\t"));
	check(&tab, 0,
	      "warning[yaml/ambiguous-scalar]: a tab\n"
	      "  --> t.yaml:2:1\n"
	      "   |\n"
	      " 1 | timeline:\n"
	      " 2 | →   aware: x\n"
	      "   | ^^^^ a tab here\n"
	      "   |\n"
	      "\n");

	fixture_place(&wide, STR("name: 東京 é\xcc\x81: no\n"), STR("no"));
	check(&wide, 0,
	      "warning[yaml/ambiguous-scalar]: wide\n"
	      "  --> w.yaml:1:14\n"
	      "   |\n"
	      " 1 | name: 東京 é\xcc\x81: no\n"
	      "   |               ^^ this\n"
	      "   |\n"
	      "\n");

	fixture_place(&hidden, STR("a: \xe2\x80\xae\xff no\n"), STR("no"));
	check(&hidden, 0,
	      "warning[yaml/ambiguous-scalar]: hidden\n"
	      "  --> h.yaml:1:7\n"
	      "   |\n"
	      " 1 | a: \\u{202e}\\xff no\n"
	      "   |                 ^^ this\n"
	      "   |\n"
	      "\n");
}

static void a_long_line_is_cut_around_what_is_meant(void **state)
{
	struct finding finding = fixture_finding(&rule_ambiguous, STR("l.yaml"),
						 STR("long"), STR("here"));
	char line[400];
	(void)state;

	for (size_t i = 0; i < sizeof(line); i++)
		line[i] = (char)('a' + i % 26);
	memcpy(line + 200, "XYZ", 3);

	fixture_place(&finding, str_make(line, sizeof(line)), STR("XYZ"));
	check(&finding, 50,
	      "warning[yaml/ambiguous-scalar]: long\n"
	      "  --> l.yaml:1:201\n"
	      "   |\n"
	      " 1 | …efghijklmnopqrXYZvwxyzabcdefghijklmnopqrstu…\n"
	      "   |                ^^^ here\n"
	      "   |\n"
	      "\n");

	fixture_place(&finding, str_make(line, sizeof(line)), STR("abc"));
	check(&finding, 50,
	      "warning[yaml/ambiguous-scalar]: long\n"
	      "  --> l.yaml:1:1\n"
	      "   |\n"
	      " 1 | abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqr…\n"
	      "   | ^^^ here\n"
	      "   |\n"
	      "\n");
}

static void what_breaks_up_a_command_moves_the_mark_along(void **state)
{
	struct finding finding = fixture_finding(&rule_ambiguous, STR("c.yaml"),
						 STR("m"), STR("this"));
	struct report report = fixture_report(&finding, 1);
	const struct look look = {
		.ci = true, .quiet = true, .max_findings = SIZE_MAX};
	(void)state;

	fixture_place(&finding, STR("a: ##[x] no\n"), STR("no"));
	check_report(&report, &look,
		     "warning[yaml/ambiguous-scalar]: m\n"
		     "  --> c.yaml:1:10\n"
		     "   |\n"
		     " 1 | a: ##\\[x] no\n"
		     "   |           ^^ this\n"
		     "   |\n"
		     "\n");
}

static void line_numbers_of_any_length_keep_the_gutter_straight(void **state)
{
	struct finding finding = fixture_finding(&rule_duplicate, STR("n.yaml"),
						 STR("m"), STR("this"));
	(void)state;

	finding.first_line = 998;
	finding.lines[0] = STR("a: 1");
	finding.lines[1] = STR("b: 2");
	finding.lines[2] = STR("c: 3");
	finding.start = (struct place){1000, 4, 4, 4};
	finding.end = (struct place){1000, 5, 5, 5};
	check(&finding, 0,
	      "error[id/duplicate]: m\n"
	      "    --> n.yaml:1000:4\n"
	      "     |\n"
	      " 999 | b: 2\n"
	      "1000 | c: 3\n"
	      "     |    ^ this\n"
	      "     |\n"
	      "\n");

	/* Lines that are not shown make no room for their numbers. */
	finding.first_line = 97;
	finding.lines[3] = STR("d: 4");
	finding.start.line = finding.end.line = 99;
	check(&finding, 0,
	      "error[id/duplicate]: m\n"
	      "  --> n.yaml:99:4\n"
	      "   |\n"
	      "98 | b: 2\n"
	      "99 | c: 3\n"
	      "   |    ^ this\n"
	      "   |\n"
	      "\n");
}

static void places_that_no_line_has_are_drawn_at_its_end(void **state)
{
	struct finding finding = fixture_finding(&rule_duplicate, STR("e.yaml"),
						 STR("m"), STR("here"));
	(void)state;

	fixture_place(&finding, STR("a: 1\n"), STR("1"));
	finding.start.byte_column = 90;
	finding.end.byte_column = 20;
	check(&finding, 0,
	      "error[id/duplicate]: m\n"
	      "  --> e.yaml:1:4\n"
	      "   |\n"
	      " 1 | a: 1\n"
	      "   |     ^ here\n"
	      "   |\n"
	      "\n");
}

static void what_has_no_source_still_says_where_and_what_to_do(void **state)
{
	struct finding file =
		fixture_finding(&rule_unknown, STR("x.yaml"),
				STR("cannot be read"), STR("a damaged object"));
	struct finding whole =
		fixture_finding(&rule_note, STR(""), STR(""), STR(""));
	(void)state;

	check(&file, 0,
	      "error[reference/unknown]: cannot be read\n"
	      "  --> x.yaml: a damaged object\n"
	      "   = required by: ISO/IEC 27001 clause 7.5.2\n"
	      "help: name a record that exists, or add it\n"
	      "\n");
	check(&whole, 0,
	      "note[organisation/missing]: No organisation record\n"
	      "\n");
}

static void the_end_sums_up_and_says_what_was_judged_and_when(void **state)
{
	struct finding findings[] = {
		fixture_finding(&rule_unknown, STR(""), STR("a"), STR("")),
		fixture_finding(&rule_duplicate, STR(""), STR("b"), STR("")),
		fixture_finding(&rule_late, STR(""), STR("c"), STR("")),
		fixture_finding(&rule_ambiguous, STR(""), STR("d"), STR("")),
	};
	struct report report = fixture_report(findings, ARRAY_SIZE(findings));
	struct look one = plain;
	(void)state;

	report.rule_count = 46;
	report.records_hit = 2;
	one.max_findings = 1;
	check_report(&report, &one,
		     "error[reference/unknown]: a\n"
		     "   = required by: ISO/IEC 27001 clause 7.5.2\n"
		     "help: name a record that exists, or add it\n"
		     "\n"
		     "and 3 more; --format concise shows all\n"
		     "\n"
		     "judged the work tree as of 2026-11-22\n"
		     "3 errors, 1 warning in 2 of 212 records; 46 rules\n");

	report.finding_count = 0;
	check_report(&report, &plain,
		     "judged the work tree as of 2026-11-22\n"
		     "212 records, 46 rules: no findings\n");

	report.snapshot = STR("4f1c2d94f1c2d94f1c2d94f1c2d94f1c2d94f1c2");
	report.policy = STR("index");
	report.now.seconds += 3600;
	report.hidden = 5;
	report.records = report.rule_count = 1;
	check_report(&report, &plain,
		     "judged commit 4f1c2d94f1c2d94f1c2d94f1c2d94f1c2d94f1c2 "
		     "as of 2026-11-22T01:00:00Z, with the policy of the "
		     "index\n"
		     "1 record, 1 rule: no findings; 5 not shown "
		     "(--min-severity or PATH)\n");
}

static void findings_outside_records_are_not_counted_in_records(void **state)
{
	struct finding finding =
		fixture_finding(&rule_note, STR(""), STR("a"), STR(""));
	struct report report = fixture_report(&finding, 1);
	(void)state;

	report.records_hit = 0;
	check_report(&report, &plain,
		     "note[organisation/missing]: a\n"
		     "\n"
		     "judged the work tree as of 2026-11-22\n"
		     "1 note; 212 records, 0 rules\n");
}

static void what_was_not_judged_is_named_even_when_quiet(void **state)
{
	static const struct incomplete incomplete[] = {
		{STR_INIT("records/deep.yaml"),
		 STR_INIT("nesting deeper than 64 (limit yaml_depth)")},
		{{NULL, 0}, STR_INIT("this clone is shallow")},
	};
	static const struct remark remarks[] = {
		{STR_INIT("this change edits 2 policy files")},
	};
	struct report report = fixture_report(NULL, 0);
	struct look quiet = plain;
	(void)state;

	report.incomplete = incomplete;
	report.incomplete_count = ARRAY_SIZE(incomplete);
	report.remarks = remarks;
	report.remark_count = ARRAY_SIZE(remarks);
	check_report(&report, &plain,
		     "error: records/deep.yaml: nesting deeper than 64 (limit "
		     "yaml_depth)\n"
		     "error: this clone is shallow\n"
		     "note: this change edits 2 policy files\n"
		     "\n"
		     "judged the work tree as of 2026-11-22\n"
		     "212 records, 0 rules: no findings\n"
		     "the result is incomplete (exit 2): records/deep.yaml: "
		     "nesting deeper than 64 (limit yaml_depth); and 1 more "
		     "reason\n");

	quiet.quiet = true;
	report.incomplete_count = 1;
	report.remark_count = 0;
	check_report(&report, &quiet,
		     "error: records/deep.yaml: nesting deeper than 64 (limit "
		     "yaml_depth)\n"
		     "\n"
		     "the result is incomplete (exit 2): records/deep.yaml: "
		     "nesting deeper than 64 (limit yaml_depth)\n");
}

static void statistics_count_findings_by_rule(void **state)
{
	static const struct rule_count rules[] = {
		{.rule = &rule_duplicate, .judged = 212, .findings = 0},
		{.rule = &rule_late, .judged = 0, .findings = 0},
		{.rule = &rule_note, .judged = 1, .findings = 1},
		{.rule = &rule_unknown, .judged = 212, .findings = 31},
		{.rule = &rule_ambiguous, .judged = 212, .findings = 31},
	};
	struct report report = fixture_report(NULL, 0);
	struct look look = plain;
	(void)state;

	report.rules = rules;
	report.rule_count = ARRAY_SIZE(rules);
	look.statistics = true;
	look.quiet = true;
	check_report(&report, &look,
		     "findings  judged  severity rule\n"
		     "      31     212  error    reference/unknown\n"
		     "      31     212  warning  yaml/ambiguous-scalar\n"
		     "       1       1  note     organisation/missing\n"
		     "2 rules found nothing; 1 of them had nothing to judge\n"
		     "\n");
}

static void colour_goes_around_the_words_and_never_into_them(void **state)
{
	struct finding finding = fixture_finding(&rule_duplicate, STR("a.yaml"),
						 STR("twice"), STR("here"));
	struct report report = fixture_report(&finding, 1);
	const struct look look = {
		.color = true, .quiet = true, .max_findings = SIZE_MAX};
	(void)state;

	finding.help = STR("rename one");
	fixture_place(&finding, STR("id: A\n"), STR("A"));
	check_report(&report, &look,
		     "\x1b[1;31merror[id/duplicate]\x1b[0m: twice\n"
		     "\x1b[2m  -->\x1b[0m \x1b[1ma.yaml:1:5\x1b[0m\n"
		     "\x1b[2m   |\x1b[0m\n"
		     "\x1b[2m 1 |\x1b[0m id: A\n"
		     "\x1b[2m   |\x1b[0m     \x1b[1;31m^ here\x1b[0m\n"
		     "\x1b[2m   |\x1b[0m\n"
		     "\x1b[1mhelp\x1b[0m: rename one\n"
		     "\n");
}

/* A line that a runner trims and reads as a command. */
static bool has_command(str text)
{
	while (text.ptr) {
		str line = str_trim(str_cut(&text, '\n'));

		if (str_starts(line, STR("::")) ||
		    str_find(line, STR("##[")) != SIZE_MAX ||
		    str_find(line, STR("##vso[")) != SIZE_MAX ||
		    str_find(line, STR("##teamcity[")) != SIZE_MAX)
			return true;
	}
	return false;
}

static void hostile_text_stays_text(void **state)
{
	static const char *const names[] = {"text", "concise"};
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	struct look look = {.max_findings = SIZE_MAX, .ci = true, .width = 80};
	struct out out;
	(void)state;

	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		for (unsigned mode = 0; mode < 4; mode++) {
			str text;

			look.color = mode & 1;
			look.statistics = mode & 2;

			text = str_of(fixture_write(&out, names[i],
						    &hostile->report, &look));

			assert_int_equal(text.len + 1, out.buf.len);
			assert_int_equal(
				fixture_forbidden(text, look.color && i == 0),
				SIZE_MAX);
			assert_false(has_command(text));
			/* A megabyte in a message is not printed. */
			assert_in_range(text.len, 1000, 40000);
		}
	out_done(&out);
	test_free(hostile);
}

static void without_a_runner_no_copied_text_begins_a_line(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	struct out out;
	str rest;
	(void)state;

	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	rest = str_of(fixture_write(&out, "text", &hostile->report, &plain));
	while (rest.ptr) {
		static const str starts[] = {
			STR_INIT("warning["),
			STR_INIT("warning: "),
			STR_INIT("error: "),
			STR_INIT("note: "),
			STR_INIT("help: "),
			STR_INIT("  --> "),
			STR_INIT("   |"),
			STR_INIT("   = required by: "),
			STR_INIT(" 1 |"),
			STR_INIT(" 2 |"),
			STR_INIT(" 3 |"),
			STR_INIT(" 5 |"),
			STR_INIT("judged "),
			STR_INIT("4 warnings in "),
			STR_INIT("the result is incomplete (exit 2): "),
		};
		str line = str_cut(&rest, '\n');
		bool ours = line.len == 0;

		for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
			ours |= str_starts(line, starts[i]);
		if (!ours)
			print_error(STR_FMT "\n", STR_ARG(line));
		assert_true(ours);
	}
	out_done(&out);
	test_free(hostile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_value_is_underlined_below_the_line_it_belongs_to),
		cmocka_unit_test(
			what_is_missing_is_shown_at_the_id_with_the_record),
		cmocka_unit_test(a_second_file_is_shown_below_the_first),
		cmocka_unit_test(
			a_second_place_in_the_same_file_shares_the_lines),
		cmocka_unit_test(
			lines_left_out_and_two_marks_on_one_line_are_drawn),
		cmocka_unit_test(a_stretch_of_lines_is_marked_at_its_first),
		cmocka_unit_test(tabs_and_wide_letters_keep_the_marks_in_place),
		cmocka_unit_test(a_long_line_is_cut_around_what_is_meant),
		cmocka_unit_test(what_breaks_up_a_command_moves_the_mark_along),
		cmocka_unit_test(
			line_numbers_of_any_length_keep_the_gutter_straight),
		cmocka_unit_test(places_that_no_line_has_are_drawn_at_its_end),
		cmocka_unit_test(
			what_has_no_source_still_says_where_and_what_to_do),
		cmocka_unit_test(
			the_end_sums_up_and_says_what_was_judged_and_when),
		cmocka_unit_test(
			findings_outside_records_are_not_counted_in_records),
		cmocka_unit_test(what_was_not_judged_is_named_even_when_quiet),
		cmocka_unit_test(statistics_count_findings_by_rule),
		cmocka_unit_test(
			colour_goes_around_the_words_and_never_into_them),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(without_a_runner_no_copied_text_begins_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
