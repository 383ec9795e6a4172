/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "report_fixture.h"

static json_t *run_of(const struct report *report)
{
	const struct look look = {0};
	json_t *document;
	json_t *run;
	struct out out;

	out_init(&out, SIZE_MAX);
	fixture_write(&out, "sarif", report, &look);
	document = json_loadb(out.buf.ptr, out.buf.len - 1,
			      JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	out_done(&out);
	assert_non_null(document);
	assert_int_equal(json_array_size(json_object_get(document, "runs")), 1);
	run = json_incref(json_array_get(json_object_get(document, "runs"), 0));
	json_decref(document);
	return run;
}

static json_t *result_of(json_t *run, size_t index)
{
	return json_array_get(json_object_get(run, "results"), index);
}

static const char *text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void a_result_is_new_unchanged_or_absent_or_says_nothing(void **state)
{
	static const char *const states[] = {"new", "new",	 "new",	  "new",
					     "new", "unchanged", "absent"};
	struct full *full = test_malloc(sizeof(*full));
	json_t *run;

	(void)state;
	full_init(full);

	run = run_of(&full->report);

	assert_int_equal(json_array_size(json_object_get(run, "results")),
			 ARRAY_SIZE(states));
	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		assert_string_equal(text_of(result_of(run, i), "baselineState"),
				    states[i]);
	}
	json_decref(run);
	full->findings[0].state = FINDING_STATE_UNKNOWN;
	run = run_of(&full->report);
	assert_null(json_object_get(result_of(run, 0), "baselineState"));
	json_decref(run);
	test_free(full);
}

static void a_waived_result_is_suppressed_and_all_others_are_not(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *run;

	(void)state;
	full_init(full);

	run = run_of(&full->report);

	for (size_t i = 0; i < full->report.finding_count; i++) {
		json_t *list =
			json_object_get(result_of(run, i), "suppressions");

		assert_true(json_is_array(list));
		assert_int_equal(json_array_size(list), i == 1);
		if (i != 1)
			continue;
		list = json_array_get(list, 0);
		assert_string_equal(text_of(list, "kind"), "external");
		assert_string_equal(text_of(list, "status"), "accepted");
		assert_string_equal(text_of(list, "justification"),
				    "moved by 2027");
	}
	json_decref(run);
	test_free(full);
}

static void a_link_in_copied_text_is_none(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *run;

	(void)state;
	full_init(full);

	run = run_of(&full->report);

	assert_string_equal(
		text_of(json_object_get(result_of(run, 2), "message"), "text"),
		"a cookie [x] (https://evil.example)");
	json_decref(run);
	test_free(full);
}

static void a_region_is_one_line_and_counts_code_points(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *run;
	json_t *region;
	int line, column;

	(void)state;
	full_init(full);

	run = run_of(&full->report);

	/* It begins at a character of four bytes, behind one of two. */
	assert_int_equal(json_unpack(result_of(run, 2), "{s[{s{s{s:i,s:i}}}]}",
				     "locations", "physicalLocation", "region",
				     "startLine", &line, "startColumn",
				     &column),
			 0);
	assert_int_equal(line, 2);
	assert_int_equal(column, 14);
	assert_int_equal(json_unpack(result_of(run, 2), "{s[{s{s:o}}]}",
				     "locations", "physicalLocation", "region",
				     &region),
			 0);
	assert_null(json_object_get(region, "endLine"));
	assert_null(json_object_get(region, "endColumn"));
	json_decref(run);
	test_free(full);
}

static void a_mend_of_the_place_itself_is_a_fix(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	const char *text;
	json_t *run;

	(void)state;
	full_init(full);

	run = run_of(&full->report);
	assert_int_equal(json_unpack(result_of(run, 3),
				     "{s[{s[{s[{s{s:s}}]}]}]}", "fixes",
				     "artifactChanges", "replacements",
				     "insertedContent", "text", &text),
			 0);
	assert_string_equal(text, "V-007");
	assert_null(json_object_get(result_of(run, 4), "fixes"));
	json_decref(run);

	full->edit.span.start--;
	run = run_of(&full->report);
	assert_null(json_object_get(result_of(run, 3), "fixes"));
	json_decref(run);
	test_free(full);
}

static void an_incomplete_run_was_no_success(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	json_t *invocation;
	json_t *list;
	json_t *run;

	(void)state;
	full_init(full);
	full->report.incomplete = full->incomplete;
	full->report.incomplete_count = ARRAY_SIZE(full->incomplete);

	run = run_of(&full->report);

	invocation = json_array_get(json_object_get(run, "invocations"), 0);
	assert_true(json_is_false(
		json_object_get(invocation, "executionSuccessful")));
	list = json_object_get(invocation, "toolExecutionNotifications");
	assert_int_equal(json_array_size(list), 3);
	assert_string_equal(text_of(json_array_get(list, 0), "level"), "error");
	assert_string_equal(text_of(json_array_get(list, 2), "level"), "note");
	json_decref(run);
	test_free(full);
}

static void a_changed_severity_is_an_override(void **state)
{
	struct full *full = test_malloc(sizeof(*full));
	const char *id, *level;
	json_t *list;
	json_t *run;

	(void)state;
	full_init(full);

	run = run_of(&full->report);

	assert_int_equal(json_unpack(run, "{s[{s:o}]}", "invocations",
				     "ruleConfigurationOverrides", &list),
			 0);
	assert_int_equal(json_array_size(list), 1);
	assert_int_equal(json_unpack(json_array_get(list, 0), "{s{s:s},s{s:s}}",
				     "descriptor", "id", &id, "configuration",
				     "level", &level),
			 0);
	assert_string_equal(id, "retention/undefined");
	assert_string_equal(level, "error");
	json_decref(run);
	test_free(full);
}

static void a_repository_that_may_not_be_told_is_not(void **state)
{
	struct report report = fixture_report(NULL, 0);
	json_t *run;

	(void)state;
	report.provenance.revision =
		STR("2222222222222222222222222222222222222222");

	run = run_of(&report);

	assert_null(json_object_get(run, "versionControlProvenance"));
	assert_int_equal(json_array_size(json_object_get(run, "results")), 0);
	assert_true(json_is_array(json_object_get(run, "taxonomies")));
	json_decref(run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_result_is_new_unchanged_or_absent_or_says_nothing),
		cmocka_unit_test(
			a_waived_result_is_suppressed_and_all_others_are_not),
		cmocka_unit_test(a_link_in_copied_text_is_none),
		cmocka_unit_test(a_region_is_one_line_and_counts_code_points),
		cmocka_unit_test(a_mend_of_the_place_itself_is_a_fix),
		cmocka_unit_test(an_incomplete_run_was_no_success),
		cmocka_unit_test(a_changed_severity_is_an_override),
		cmocka_unit_test(a_repository_that_may_not_be_told_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
