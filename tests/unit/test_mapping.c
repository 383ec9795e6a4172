/* SPDX-License-Identifier: Apache-2.0 */
#include "policy_fixture.h"

#define MAPPING(id, more, entries)                        \
	"kind: mapping\nid: " id                          \
	"\ntitle: T\nmethod: m\nsource_framework: gdpr\n" \
	"target_framework: iso27001\n" more "entries:\n" entries

static void coverage_is_what_a_mapping_says_and_never_more(void **state)
{
	static const struct {
		const char *requirement, *control;
		enum coverage_level level;
	} rows[] = {
		{"gdpr:art-32", "iso27001:A.8.24", COVERAGE_STRONG},
		/* a part of what the mapping speaks of */
		{"gdpr:art-32-1-d", "iso27001:A.8.24", COVERAGE_STRONG},
		/* named by a mapping that yields, for the same article */
		{"gdpr:art-32", "iso27001:A.5.15", COVERAGE_STRONG},
		{"gdpr:art-17", "iso27001:A.8.10", COVERAGE_PARTIAL},
		{"gdpr:art-6", "iso27001:A.5.34", COVERAGE_NONE},
		{"gdpr:art-32", "iso27001:A.5.34", COVERAGE_NONE},
		/* the whole is not covered because a part is */
		{"gdpr:art-5", "iso27001:A.8.10", COVERAGE_NONE},
		/* coverage has a direction */
		{"iso27001:A.8.24", "gdpr:art-32", COVERAGE_NONE},
		{"iso27701-2019:A.7.2.1", "iso27701-2025:A.1.2.2",
		 COVERAGE_STRONG},
		{"iso27701-2025:A.1.2.2", "iso27701-2019:A.7.2.1",
		 COVERAGE_NONE},
		/* 27701:2025 A.3.5 helps with art-32, and A.5.12 with A.3.5:
		 * a chain says nothing about art-13 */
		{"gdpr:art-13", "iso27001:A.5.12", COVERAGE_NONE},
		{"", "", COVERAGE_NONE},
		{"gdpr:art-32", "", COVERAGE_NONE},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		enum coverage_level level = mapping_coverage(
			policy_mappings(*state), str_of(rows[i].requirement),
			str_of(rows[i].control));

		if (level != rows[i].level)
			fail_msg("%s by %s: %d", rows[i].requirement,
				 rows[i].control, (int)level);
	}
}

static void rows_from_practice_have_the_last_word(void **state)
{
	const struct mapping_set *set = policy_mappings(*state);
	const struct mapping_entry *entry =
		mapping_find(set, STR("gdpr:art-32"), STR("iso27001"));

	assert_true(str_is(entry->mapping, "gdpr-iso27001-practice"));
	assert_int_equal(entry->targets.count, 4);
	entry = mapping_find(set, STR("gdpr:art-34"), STR("iso27001"));
	assert_true(str_is(entry->mapping, "gdpr-iso27001-extended"));
	assert_null(mapping_find(set, STR("gdpr:art-34"), STR("gdpr")));
}

static void a_row_decides_what_no_other_row_decides(void **state)
{
	const struct mapping_set *set = policy_mappings(*state);
	size_t found = 0;

	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		const struct mapping_entry *entry = mapping_entry_at(set, i);

		if (!str_is(entry->mapping, "gdpr-iso27001-extended") ||
		    !str_is(entry->sources.at[0], "gdpr:art-12"))
			continue;
		/* practice speaks of Articles 13 and 14 */
		assert_int_equal(entry->sources.count, 3);
		assert_int_equal(entry->decides.count, 1);
		assert_true(str_is(entry->decides.at[0], "gdpr:art-12"));
		found++;
	}

	assert_int_equal(found, 1);
}

/* Closes a set of texts; the message of what is wrong, or "". */
static const char *close_set(const struct framework_set *frameworks,
			     const char *const *texts, size_t count,
			     struct mapping_set *set, struct arena *arena,
			     struct error *err)
{
	struct policy_files files = {.limits = &limits_default, .arena = arena};

	for (size_t i = 0; i < count; i++) {
		struct policy_file file = {.path = STR("m.yaml"),
					   .text = str_of(texts[i])};

		if (!policy_file_parse(&file, &files, err) ||
		    !mapping_set_add(set, &file, err))
			return err->text;
	}
	return mapping_set_close(set, frameworks, err) ? "" : err->text;
}

static void what_a_mapping_must_not_claim_is_refused(void **state)
{
	static const struct {
		const char *texts[2];
		const char *says;
	} rows[] = {
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-999], targets: [], coverage: "
			  "none}\n")},
		 "there is no requirement 'gdpr:art-999'"},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [A.99], coverage: "
			  "partial}\n")},
		 "there is no requirement 'iso27001:A.99'"},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [], coverage: "
			  "partial}\n")},
		 "nothing is covered without targets"},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [A.5.1], coverage: "
			  "none, relationship: no-relationship}\n")},
		 "there is neither a target nor coverage"},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [A.5.1], coverage: "
			  "strong, relationship: subset-of}\n")},
		 "wants a residual"},
		{{MAPPING(
			 "a", "origin: own\n",
			 "  - {source: [art-5], targets: [A.5.1], coverage: "
			 "strong, relationship: subset-of, residual: rest}\n")},
		 ""},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [], coverage: none}\n"
			  "  - {source: [art-5], targets: [], coverage: "
			  "none}\n")},
		 "speaks of 'gdpr:art-5' twice"},
		{{MAPPING("a", "origin: own\nyields_to: b\n",
			  "  - {source: [art-5], targets: [], coverage: "
			  "none}\n")},
		 "there is no mapping 'b'"},
		{{MAPPING("a", "origin: own\nyields_to: b\n",
			  "  - {source: [art-5], targets: [], coverage: "
			  "none}\n"),
		  MAPPING("b", "origin: own\nyields_to: a\n",
			  "  - {source: [art-5], targets: [], coverage: "
			  "none}\n")},
		 "yields to itself"},
		{{MAPPING("a", "origin: own\n",
			  "  - {source: [art-5], targets: [], coverage: "
			  "none}\n"),
		  MAPPING("a", "origin: own\n",
			  "  - {source: [art-6], targets: [], coverage: "
			  "none}\n")},
		 "the mapping 'a' is defined twice"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mapping_set *set = mapping_set_new();
		struct arena arena;
		struct error err;
		const char *says;

		arena_init(&arena);
		says = close_set(policy_frameworks(*state), rows[i].texts,
				 rows[i].texts[1] ? 2 : 1, set, &arena, &err);
		if (rows[i].says[0] ? !strstr(says, rows[i].says) : says[0])
			fail_msg("row %zu: '%s'", i, says);
		mapping_set_free(set);
		arena_done(&arena);
	}
}

static void the_own_mapping_wins_unless_it_yields(void **state)
{
	static const struct {
		const char *first, *second;
		const char *winner;
	} rows[] = {
		{"origin: derived\n", "origin: own\n", "b"},
		{"origin: own\n", "origin: practice\n", "a"},
		{"origin: practice\n", "origin: derived\n", "a"},
		{"origin: own\n", "origin: own\n", "a"},
		{"origin: own\nyields_to: b\n", "origin: derived\n", "b"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mapping_set *set = mapping_set_new();
		struct arena arena;
		struct error err;
		const char *texts[2];
		str head = STR("source_framework: gdpr\n"
			       "target_framework: iso27001\nentries:\n"
			       "  - {source: [art-5], targets: [], "
			       "coverage: none}\n");

		arena_init(&arena);
		texts[0] = str_format(&arena, "id: a\n%s" STR_FMT "%c",
				      rows[i].first, STR_ARG(head), 0)
				   .ptr;
		texts[1] = str_format(&arena, "id: b\n%s" STR_FMT "%c",
				      rows[i].second, STR_ARG(head), 0)
				   .ptr;
		assert_string_equal(close_set(policy_frameworks(*state), texts,
					      2, set, &arena, &err),
				    "");
		if (!str_is(mapping_find(set, STR("gdpr:art-5-2"),
					 STR("iso27001"))
				    ->mapping,
			    rows[i].winner))
			fail_msg("row %zu", i);
		mapping_set_free(set);
		arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		policy_test(coverage_is_what_a_mapping_says_and_never_more),
		policy_test(rows_from_practice_have_the_last_word),
		policy_test(a_row_decides_what_no_other_row_decides),
		policy_test(what_a_mapping_must_not_claim_is_refused),
		policy_test(the_own_mapping_wins_unless_it_yields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
