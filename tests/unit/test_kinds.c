/* SPDX-License-Identifier: Apache-2.0 */
#include "policy_fixture.h"

#include "base/sys.h"
#include "data/document.h"
#include "jsonschema/problem.h"

struct setting {
	struct arena arena;
	struct validator *validator;
	struct error err;
};

static void setting_init(struct setting *setting)
{
	arena_init(&setting->arena);
	setting->validator = validator_new(&limits_default);
}

static void setting_done(struct setting *setting)
{
	validator_free(setting->validator);
	arena_done(&setting->arena);
}

static void every_kind_has_examples_that_are_valid(void **state)
{
	const struct kind_set *kinds = policy_kinds(*state);
	struct setting setting;

	setting_init(&setting);
	for (size_t i = 0; i < kind_count(kinds); i++) {
		const struct kind *kind = kind_at(kinds, i);
		const struct node *examples =
			node_find(kind->root, STR("examples"));

		if (!examples || examples->count == 0)
			fail_msg(STR_FMT " has no example",
				 STR_ARG(kind->name));
		for (uint32_t k = 0; k < examples->count; k++) {
			bool valid;

			if (!schema_validate(
				    &valid, setting.validator, kind->schema,
				    &examples->as.children[k], &setting.err))
				fail_msg("%s", setting.err.text);
			if (!valid)
				fail_msg("example %u of " STR_FMT
					 " is not valid",
					 k, STR_ARG(kind->name));
		}
	}
	setting_done(&setting);
}

static void there_are_27_kinds_and_each_is_found_by_its_name(void **state)
{
	const struct kind_set *kinds = policy_kinds(*state);

	assert_int_equal(kind_count(kinds), 27);
	for (size_t i = 0; i < kind_count(kinds); i++) {
		const struct kind *kind = kind_at(kinds, i);

		assert_ptr_equal(kind_find(kinds, kind->name), kind);
		assert_true(kind->title.len > 0);
		assert_false(kind->own);
	}
	assert_null(kind_find(kinds, STR("common")));
	assert_null(kind_find(kinds, STR("Risk")));
}

static void a_misspelt_kind_has_its_nearest(void **state)
{
	static const struct {
		str written, meant;
	} rows[] = {
		{STR_INIT("retentionrule"), STR_INIT("retention-rule")},
		{STR_INIT("proccessing-activity"),
		 STR_INIT("processing-activity")},
		{STR_INIT("riks"), STR_INIT("risk")},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str near[1];

		assert_int_equal(kind_nearest(policy_kinds(*state),
					      rows[i].written, near, 1),
				 1);
		assert_true(str_equal(near[0], rows[i].meant));
	}
}

/* Does a problem of the record stand at the pointer? */
static bool is_refused_at(struct setting *setting, const struct kind *kind,
			  const struct node *record, str at)
{
	const struct problem *problems;
	bool found = false;
	size_t count;

	if (!schema_problems(&problems, &count, &setting->arena,
			     setting->validator, kind->schema, record,
			     &setting->err))
		fail_msg("%s", setting->err.text);
	for (size_t i = 0; i < count; i++) {
		struct buf pointer;

		buf_init(&pointer, 4096);
		node_pointer(&pointer, record, problems[i].instance);
		found = found || str_equal(buf_str(&pointer), at);
		buf_done(&pointer);
	}
	return found;
}

static void every_faulty_record_is_refused_where_its_fault_is(void **state)
{
	struct document document;
	struct setting setting;
	struct buf text;
	const struct node *list;
	size_t missed = 0;

	setting_init(&setting);
	buf_init(&text, limits_default.yaml_size);
	assert_true(sys_read_file(&text, SYS_HERE,
				  "tests/data/invalid-records.yaml",
				  &setting.err));
	assert_true(document_parse(&document, &setting.arena, buf_str(&text),
				   FORMAT_YAML, &limits_default, &setting.err));
	list = document.roots[0];
	assert_true(list->count >= 54);

	for (uint32_t i = 0; i < list->count; i++) {
		const struct node *row = &list->as.children[i];
		const struct node *record = node_find(row, STR("record"));
		const struct kind *kind = kind_find(
			policy_kinds(*state), node_text(record, STR("kind")));
		str because = node_text(row, STR("because"));

		assert_non_null(kind);
		if (!is_refused_at(&setting, kind, record,
				   node_text(row, STR("at"))))
			missed++,
				print_error("not refused there: " STR_FMT "\n",
					    STR_ARG(because));
	}
	assert_int_equal(missed, 0);
	buf_done(&text);
	setting_done(&setting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		policy_test(every_kind_has_examples_that_are_valid),
		policy_test(there_are_27_kinds_and_each_is_found_by_its_name),
		policy_test(a_misspelt_kind_has_its_nearest),
		policy_test(every_faulty_record_is_refused_where_its_fault_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
