/* policy_fixture - the built-in policy, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_POLICY_FIXTURE_H
#define UNIT_POLICY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "checks/checks.h"
#include "lint/host.h"
#include "policy/policy.h"

UNUSED static int policy_setup(void **state)
{
	struct policy *policy;
	struct error err;

	if (!policy_load(&policy,
			 &(struct policy_options){
				 .checks = checks,
				 .check_count = check_count,
				 .libraries = host_libraries,
				 .library_count = host_library_count,
				 .limits = &limits_default,
			 },
			 &err))
		fail_msg("%s", err.text);
	*state = policy;
	return 0;
}

UNUSED static int policy_teardown(void **state)
{
	policy_free(*state);
	return 0;
}

#define policy_test(name) \
	cmocka_unit_test_setup_teardown(name, policy_setup, policy_teardown)

#endif
