/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/cmd.h"

static enum status run(const struct env *env, const struct options *options)
{
	(void)options;
	out_safe(env->out, SAFE("abide " ABIDE_VERSION "\n"));
	return STATUS_PASS;
}

extern const struct command command_version;
const struct command command_version = {
	.name = "version",
	.summary = "show the version",
	.details = "",
	.run = run,
};
