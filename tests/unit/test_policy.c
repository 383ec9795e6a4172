/* SPDX-License-Identifier: Apache-2.0 */
#include "policy_fixture.h"

#include "base/embedded.h"

/* The schema that a built-in policy file must have the shape of. */
static str schema_of(str path)
{
	if (str_starts(path, STR("policies/frameworks/")))
		return STR("https://abide.dev/schema/abide/framework.yaml");
	if (str_starts(path, STR("policies/lookups/")))
		return STR("https://abide.dev/schema/abide/lookup.yaml");
	if (str_starts(path, STR("policies/obligations/")))
		return STR("https://abide.dev/schema/abide/obligations.yaml");
	if (str_starts(path, STR("policies/profiles/")))
		return STR("https://abide.dev/schema/abide/profile.yaml");
	if (str_starts(path, STR("policies/mappings/")))
		return STR("https://abide.dev/schema/abide/mapping.yaml");
	if (str_is(path, "policies/parameters.yaml"))
		return STR("https://abide.dev/schema/abide/parameters.yaml");
	return STR("https://abide.dev/schema/abide/pack.yaml");
}

static void every_built_in_file_has_its_shape(void **state)
{
	struct schema_registry *registry =
		schema_registry_new(&(struct schema_options){
			.limits = &limits_default, .known_only = true});
	struct validator *validator = validator_new(&limits_default);
	struct arena arena;
	struct policy_files files = {.limits = &limits_default,
				     .arena = &arena};
	size_t count = 0;
	struct error err;

	(void)state;
	arena_init(&arena);
	kind_set_sources(registry, &files);
	for (size_t i = 0; i < embedded_count; i++) {
		str path = str_of(embedded_files[i].path);
		struct policy_file file = {.path = path,
					   .text = embedded_find(path),
					   .embedded = true};

		if (!str_starts(path, STR("policies/")))
			continue;
		if (!policy_file_parse(&file, &files, &err) ||
		    !policy_file_check(&file, &files, registry, validator,
				       schema_of(path), &err))
			fail_msg("%s", err.text);
		count++;
	}

	assert_true(count >= 20);
	arena_done(&arena);
	validator_free(validator);
	schema_registry_free(registry);
}

static void every_rule_cites_what_its_frameworks_hold(void **state)
{
	for (size_t i = 0; i < policy_rule_count(*state); i++) {
		const struct rule *rule = policy_rule_at(*state, i);

		assert_true(rule->cite_count > 0);
		for (size_t k = 0; k < rule->cite_count; k++) {
			struct requirement found = framework_find(
				policy_frameworks(*state), rule->cites[k].name);

			if (found.state != REQUIREMENT_KNOWN)
				fail_msg(STR_FMT " cites " STR_FMT,
					 STR_ARG(rule->id),
					 STR_ARG(rule->cites[k].name));
		}
	}
}

static void rules_are_sorted_and_found_by_id_and_code(void **state)
{
	const struct rule *rule;

	for (size_t i = 1; i < policy_rule_count(*state); i++)
		assert_true(str_compare(policy_rule_at(*state, i - 1)->id,
					policy_rule_at(*state, i)->id) < 0);
	rule = policy_rule_find(*state, STR("reference/ended"));
	assert_non_null(rule);
	assert_ptr_equal(policy_rule_find(*state, STR("REF-002")), rule);
	assert_int_equal(rule->severity, SEVERITY_ERROR);
	assert_int_equal(policy_severity(*state, rule, STR("a.yaml")),
			 SEVERITY_ERROR);
	assert_null(policy_setting(*state, rule));
	assert_null(policy_rule_find(*state, STR("reference")));
}

static void a_misspelt_rule_has_its_nearest(void **state)
{
	str near[1];

	assert_int_equal(
		policy_rule_nearest(*state, STR("reference/unkown"), near, 1),
		1);
	assert_true(str_is(near[0], "reference/unknown"));
}

static void parameters_hold_their_defaults_and_reasons(void **state)
{
	const struct parameter_set *set = policy_parameters(*state);
	const struct parameter *deadline =
		policy_parameter(*state, STR("breach.notify_within"));

	assert_true(parameter_count(set) > 20);
	for (size_t i = 0; i < parameter_count(set); i++) {
		const struct parameter *parameter = parameter_at(set, i);

		assert_ptr_equal(parameter_find(set, parameter->key),
				 parameter);
		assert_ptr_equal(parameter->value, parameter->standard);
		if (parameter->why.len == 0)
			fail_msg(STR_FMT " has no reason",
				 STR_ARG(parameter->key));
	}
	assert_true(str_is(deadline->value->text, "PT72H"));
	assert_true(str_is(deadline->source, "law"));
	assert_null(parameter_find(set, STR("breach")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_built_in_file_has_its_shape),
		policy_test(every_rule_cites_what_its_frameworks_hold),
		policy_test(rules_are_sorted_and_found_by_id_and_code),
		policy_test(a_misspelt_rule_has_its_nearest),
		policy_test(parameters_hold_their_defaults_and_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
