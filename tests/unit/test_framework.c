/* SPDX-License-Identifier: Apache-2.0 */
#include "policy_fixture.h"

static void what_is_in_a_framework_is_known_and_nothing_else(void **state)
{
	static const struct {
		const char *name;
		enum requirement_state state;
	} rows[] = {
		{"gdpr:art-5", REQUIREMENT_KNOWN},
		{"gdpr:art-30-1", REQUIREMENT_KNOWN},
		{"gdpr:art-30-1-f", REQUIREMENT_KNOWN},
		{"gdpr:art-33-3-d", REQUIREMENT_KNOWN},
		{"gdpr:art-33-3-e", REQUIREMENT_UNKNOWN},
		{"gdpr:art-33-6", REQUIREMENT_UNKNOWN},
		{"gdpr:art-100", REQUIREMENT_UNKNOWN},
		{"gdpr:art-0", REQUIREMENT_UNKNOWN},
		{"gdpr:art-05", REQUIREMENT_UNKNOWN},
		{"gdpr:", REQUIREMENT_UNKNOWN},
		{"iso27001:A.5.18", REQUIREMENT_KNOWN},
		{"iso27001:A.5.38", REQUIREMENT_UNKNOWN},
		{"iso27001:A.9.2.6", REQUIREMENT_FORMER},
		{"iso27001:cl-7.5.2", REQUIREMENT_KNOWN},
		{"iso27001:cl-11", REQUIREMENT_UNKNOWN},
		{"iso27701-2025:A.1.4.8", REQUIREMENT_KNOWN},
		{"iso27002:5.1", REQUIREMENT_NO_FRAMEWORK},
		{"", REQUIREMENT_NO_FRAMEWORK},
		{":", REQUIREMENT_NO_FRAMEWORK},
		{"gdpr", REQUIREMENT_UNKNOWN},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct requirement found = framework_find(
			policy_frameworks(*state), str_of(rows[i].name));

		if (found.state != rows[i].state)
			fail_msg("'%s': %d instead of %d", rows[i].name,
				 (int)found.state, (int)rows[i].state);
	}
}

static void a_former_requirement_names_edition_and_successor(void **state)
{
	struct requirement found = framework_find(policy_frameworks(*state),
						  STR("iso27001:A.9.2.6"));

	assert_true(str_is(found.successor, "A.5.18"));
	assert_true(str_is(found.edition, "2013"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		policy_test(what_is_in_a_framework_is_known_and_nothing_else),
		policy_test(a_former_requirement_names_edition_and_successor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
