/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/open_policy.h"

bool open_policy(struct input *input, const struct env *env,
		 const struct options *options, struct error *err)
{
	struct error failure;

	if (input_open(input, env, options, &failure))
		return true;
	if (failure.kind == ERROR_CONFIG || options_has(options, OPTION_AT) ||
	    options_has(options, OPTION_POLICIES_AT) ||
	    options_has(options, OPTION_CONFIG)) {
		*err = failure;
		return false;
	}
	return input_policy_alone(input, options, err);
}
