/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/cmd.h"

static void show_source(const struct env *env, const struct error *err)
{
	out_safe(env->err, SAFE("  | "));
	out_text(env->err, str_of(err->source), ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n  | "));
	out_repeat(env->err, SAFE(" "), err->column - 1);
	out_repeat(env->err, SAFE("^"), err->width);
	out_safe(env->err, SAFE("\n"));
}

enum status complain(const struct env *env, const struct error *err)
{
	out_safe(env->err, SAFE("abide: error: "));
	out_text(env->err, error_text(err), ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n"));
	if (err->source[0])
		show_source(env, err);
	return STATUS_UNRELIABLE;
}

void complain_help(const struct env *env, str help)
{
	out_safe(env->err, SAFE("help: "));
	out_text(env->err, help, ENCODE_TERMINAL);
	out_safe(env->err, SAFE("\n"));
}
