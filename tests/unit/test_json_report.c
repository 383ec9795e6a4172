/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>

#include "report_fixture.h"

/* HOSTILE with U+FFFD for each byte that is no UTF-8. */
#define HOSTILE_READ                                                   \
	"\x1b[31mred\x1b]0;title\x07\n::error::x\r##[error]y ##vso[z]" \
	"\xe2\x80\xae\xe2\x81\xa6\xc2\x9b\xef\xbf\xbd\xef\xbf\xbd"     \
	"\xef\xbf\xbd\t\"'`<>&\\%0A"                                   \
	"\xef\xbb\xbf\xe2\x80\xa8\xf3\xa0\x81\x81\x7f##teamcity[a]\x00;"

static json_t *parse(const struct out *out)
{
	json_error_t error;
	/* Without the NUL that the fixture adds. */
	json_t *root =
		json_loadb(out->buf.ptr, out->buf.len - 1,
			   JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

	if (!root)
		print_error("%d:%d: %s\n", error.line, error.column,
			    error.text);
	assert_non_null(root);
	return root;
}

static str text_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	assert_true(json_is_string(value));
	return str_make(json_string_value(value), json_string_length(value));
}

static void a_report_is_one_document_with_a_fixed_shape(void **state)
{
	static const struct rule_count rules[] = {
		{.rule = &rule_unknown, .judged = 212, .findings = 1}};
	static const struct edit edit = {{13, 18}, STR_INIT("V-007"), NULL};
	struct finding finding =
		fixture_finding(&rule_unknown, STR("records/newsletter.yaml"),
				STR("PA-014 names V-O07, which does not exist"),
				STR("no record has this id"));
	struct report report = fixture_report(&finding, 1);
	const struct look look = {.max_findings = 0, .color = true};
	struct out out;
	(void)state;

	fixture_place(&finding, STR("a: 1\nvendor: V-O07\n"), STR("V-O07"));
	fixture_second(&finding, STR("v.yaml"), STR("id: V-007\n"),
		       STR("V-007"), STR("the nearest"));
	finding.kind = STR("processing-activity");
	finding.id = STR("PA-014");
	finding.pointer = STR("/vendor");
	finding.edit = &edit;
	report.rules = rules;
	report.rule_count = 1;
	out_init(&out, SIZE_MAX);

	assert_string_equal(
		fixture_write(&out, "json", &report, &look),
		"{\n"
		"  \"schema\": 1,\n"
		"  \"tool\": {\n"
		"    \"name\": \"abide\",\n"
		"    \"version\": \"0.1.0\"\n"
		"  },\n"
		"  \"now\": \"2026-11-22T00:00:00Z\",\n"
		"  \"snapshot\": \"work tree\",\n"
		"  \"policy\": \"work tree\",\n"
		"  \"base\": null,\n"
		"  \"status\": \"complete\",\n"
		"  \"incomplete\": [],\n"
		"  \"counts\": {\n"
		"    \"files\": 214,\n"
		"    \"records\": 212,\n"
		"    \"records_hit\": 1,\n"
		"    \"rules\": 1,\n"
		"    \"findings\": 1,\n"
		"    \"errors\": 1,\n"
		"    \"warnings\": 0,\n"
		"    \"notes\": 0,\n"
		"    \"waived\": 0,\n"
		"    \"hidden\": 0,\n"
		"    \"unchanged\": 0,\n"
		"    \"fixed\": 0\n"
		"  },\n"
		"  \"remarks\": [],\n"
		"  \"rules\": [\n"
		"    {\n"
		"      \"id\": \"reference/unknown\",\n"
		"      \"code\": \"REF-001\",\n"
		"      \"title\": \"Reference to a record that does not "
		"exist\",\n"
		"      \"severity\": \"error\",\n"
		"      \"shipped_severity\": \"error\",\n"
		"      \"waivable\": false,\n"
		"      \"cites\": [\n"
		"        \"iso27001:cl-7.5.2\"\n"
		"      ],\n"
		"      \"judged\": 212,\n"
		"      \"not_applicable\": 0,\n"
		"      \"skipped\": 0,\n"
		"      \"failed\": 0,\n"
		"      \"waived\": 0,\n"
		"      \"findings\": 1\n"
		"    }\n"
		"  ],\n"
		"  \"findings\": [\n"
		"    {\n"
		"      \"rule\": \"reference/unknown\",\n"
		"      \"code\": \"REF-001\",\n"
		"      \"severity\": \"error\",\n"
		"      \"message\": \"PA-014 names V-O07, which does not "
		"exist\",\n"
		"      \"label\": \"no record has this id\",\n"
		"      \"help\": \"name a record that exists,\\nor add it\\n\","
		"\n"
		"      \"path\": \"records/newsletter.yaml\",\n"
		"      \"record\": {\n"
		"        \"kind\": \"processing-activity\",\n"
		"        \"id\": \"PA-014\"\n"
		"      },\n"
		"      \"pointer\": \"/vendor\",\n"
		"      \"discriminator\": null,\n"
		"      \"span\": {\n"
		"        \"start\": 13,\n"
		"        \"end\": 18\n"
		"      },\n"
		"      \"start\": {\n"
		"        \"line\": 2,\n"
		"        \"column\": 9\n"
		"      },\n"
		"      \"end\": {\n"
		"        \"line\": 2,\n"
		"        \"column\": 14\n"
		"      },\n"
		"      \"fingerprint\": \"" FIXTURE_HEX "\",\n"
		"      \"cites\": [\n"
		"        \"iso27001:cl-7.5.2\"\n"
		"      ],\n"
		"      \"other\": {\n"
		"        \"path\": \"v.yaml\",\n"
		"        \"span\": {\n"
		"          \"start\": 4,\n"
		"          \"end\": 9\n"
		"        },\n"
		"        \"start\": {\n"
		"          \"line\": 1,\n"
		"          \"column\": 5\n"
		"        },\n"
		"        \"end\": {\n"
		"          \"line\": 1,\n"
		"          \"column\": 10\n"
		"        },\n"
		"        \"label\": \"the nearest\"\n"
		"      },\n"
		"      \"edit\": {\n"
		"        \"span\": {\n"
		"          \"start\": 13,\n"
		"          \"end\": 18\n"
		"        },\n"
		"        \"text\": \"V-007\"\n"
		"      },\n"
		"      \"waiver\": null,\n"
		"      \"state\": null,\n"
		"      \"cause\": null,\n"
		"      \"history\": null\n"
		"    }\n"
		"  ],\n"
		"  \"unchanged\": [],\n"
		"  \"fixed\": [],\n"
		"  \"lossy\": false,\n"
		"  \"complete\": true\n"
		"}\n");
	out_done(&out);
}

static void an_incomplete_report_says_so_with_its_reasons(void **state)
{
	static const struct incomplete incomplete[] = {
		{STR_INIT("a.yaml"), STR_INIT("larger than 4 MiB")},
		{{NULL, 0}, STR_INIT("this clone is shallow")},
	};
	struct report report = fixture_report(NULL, 0);
	const struct look look = {0};
	struct out out;
	json_t *root;
	json_t *reasons;
	(void)state;

	report.incomplete = incomplete;
	report.incomplete_count = ARRAY_SIZE(incomplete);
	out_init(&out, SIZE_MAX);
	fixture_write(&out, "json", &report, &look);
	root = parse(&out);

	assert_true(str_is(text_at(root, "status"), "incomplete"));
	reasons = json_object_get(root, "incomplete");
	assert_int_equal(json_array_size(reasons), 2);
	assert_true(
		str_is(text_at(json_array_get(reasons, 0), "path"), "a.yaml"));
	assert_true(json_is_null(
		json_object_get(json_array_get(reasons, 1), "path")));
	assert_true(str_is(text_at(json_array_get(reasons, 1), "reason"),
			   "this clone is shallow"));
	json_decref(root);
	out_done(&out);
}

static void check_hostile_finding(const json_t *finding)
{
	static const char *const keys[] = {"rule", "code", "message",
					   "discriminator"};
	str path = STR("::" HOSTILE);
	str hex = text_at(finding, "path_bytes");

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		assert_true(str_equal(text_at(finding, keys[i]),
				      STR(HOSTILE_READ)));
	assert_true(
		str_equal(text_at(finding, "path"), STR("::" HOSTILE_READ)));
	assert_int_equal(hex.len, 2 * path.len);
	for (size_t i = 0; i < path.len; i++) {
		char digits[3];

		(void)snprintf(digits, sizeof(digits), "%02x",
			       (unsigned char)path.ptr[i]);
		assert_memory_equal(hex.ptr + 2 * i, digits, 2);
	}
	assert_true(str_equal(text_at(json_object_get(finding, "edit"), "text"),
			      STR(HOSTILE_READ)));
}

static void hostile_text_is_read_back_as_it_was(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look look = {0};
	struct out out;
	json_t *root;
	json_t *findings;
	(void)state;

	hostile_init(hostile);
	out_init(&out, SIZE_MAX);
	fixture_write(&out, "json", &hostile->report, &look);
	root = parse(&out);
	findings = json_object_get(root, "findings");

	assert_int_equal(json_array_size(findings), 4);
	check_hostile_finding(json_array_get(findings, 0));
	/* Never cut: three bytes of U+FFFD for each that is no text. */
	assert_int_equal(text_at(json_array_get(findings, 1), "message").len,
			 3 * sizeof(hostile->huge) - 2 * strlen("::stop"));
	assert_true(json_is_null(
		json_object_get(json_array_get(findings, 3), "path")));
	assert_true(json_is_null(
		json_object_get(json_array_get(findings, 3), "span")));
	assert_true(json_is_true(json_object_get(root, "lossy")));
	assert_true(json_is_true(json_object_get(root, "complete")));
	json_decref(root);
	out_done(&out);
	test_free(hostile);
}

static void the_bytes_steer_nothing_and_depend_on_no_look(void **state)
{
	struct hostile *hostile = test_malloc(sizeof(*hostile));
	const struct look plain = {0};
	const struct look rich = {.color = true,
				  .ci = true,
				  .statistics = true,
				  .width = 40,
				  .max_findings = 1};
	static const char *const names[] = {"json", "ndjson"};
	struct out first;
	struct out second;
	(void)state;

	hostile_init(hostile);
	out_init(&first, SIZE_MAX);
	out_init(&second, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		str text = str_of(fixture_write(&first, names[i],
						&hostile->report, &plain));

		assert_string_equal(text.ptr,
				    fixture_write(&second, names[i],
						  &hostile->report, &rich));
		assert_int_equal(text.len + 1, first.buf.len);
		assert_int_equal(fixture_forbidden(text, false), SIZE_MAX);
		assert_int_equal(str_find(text, STR("##[")), SIZE_MAX);
		assert_int_equal(str_find(text, STR("##vso[")), SIZE_MAX);
	}
	out_done(&first);
	out_done(&second);
	test_free(hostile);
}

static void a_path_with_its_bytes_loses_nothing(void **state)
{
	struct finding finding = fixture_finding(&rule_note, STR("a\xff.yaml"),
						 STR("m"), STR(""));
	struct report report = fixture_report(&finding, 1);
	const struct look look = {0};
	struct out out;
	json_t *root;
	(void)state;

	out_init(&out, SIZE_MAX);
	fixture_write(&out, "json", &report, &look);
	root = parse(&out);

	assert_true(json_is_false(json_object_get(root, "lossy")));
	assert_true(str_is(
		text_at(json_array_get(json_object_get(root, "findings"), 0),
			"path_bytes"),
		"61ff2e79616d6c"));
	json_decref(root);
	out_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_one_document_with_a_fixed_shape),
		cmocka_unit_test(an_incomplete_report_says_so_with_its_reasons),
		cmocka_unit_test(hostile_text_is_read_back_as_it_was),
		cmocka_unit_test(the_bytes_steer_nothing_and_depend_on_no_look),
		cmocka_unit_test(a_path_with_its_bytes_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
