/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/cmd.h"

enum status complain(const struct env *env, const struct error *err)
{
	out_safe(env->err, SAFE("abide: error: "));
	out_text(env->err, error_text(err), ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n"));
	return STATUS_UNRELIABLE;
}

void complain_help(const struct env *env, str help)
{
	out_safe(env->err, SAFE("help: "));
	out_text(env->err, help, ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n"));
}
