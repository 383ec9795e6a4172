/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/look.h"

#include "base/nearest.h"

static str value_of(const struct env *env, const char *name)
{
	return str_of(env->variable(name));
}

/* The order of no-color.org and bixense.com/clicolors. */
static bool color_by_environment(const struct env *env, bool terminal)
{
	str force = value_of(env, "FORCE_COLOR");
	str force_cli = value_of(env, "CLICOLOR_FORCE");
	str term = value_of(env, "TERM");

	if (value_of(env, "NO_COLOR").len)
		return false;
	if (force.len)
		return !str_is(force, "0");
	if (force_cli.len && !str_is(force_cli, "0"))
		return true;
	if (str_is(value_of(env, "CLICOLOR"), "0"))
		return false;
	return terminal && term.len && !str_is(term, "dumb");
}

bool look_color(bool *out, const struct env *env, const struct options *options,
		bool terminal, struct error *err)
{
	str when = options_text(options, OPTION_COLOR);

	if (!when.ptr || str_is(when, "auto"))
		*out = color_by_environment(env, terminal);
	else if (str_is(when, "always"))
		*out = true;
	else if (str_is(when, "never"))
		*out = false;
	else
		return error_set(err, ERROR_USAGE,
				 "--color wants auto, always or never, not "
				 "'" STR_FMT "'",
				 STR_ARG(when));
	return true;
}

bool look_ci(const struct env *env)
{
	return value_of(env, "GITHUB_ACTIONS").len ||
	       value_of(env, "TF_BUILD").len ||
	       value_of(env, "TEAMCITY_VERSION").len;
}

static bool unknown_format(str name, struct error *err)
{
	str names[32];
	str nearest[1];

	for (size_t i = 0; i < reporter_count && i < ARRAY_SIZE(names); i++)
		names[i] = str_of(reporters[i]->name);
	if (nearest_find(nearest, 1, name, names, reporter_count) == 1)
		return error_set(err, ERROR_USAGE,
				 "there is no format '" STR_FMT
				 "'; did you mean '" STR_FMT "'?",
				 STR_ARG(name), STR_ARG(nearest[0]));
	return error_set(err, ERROR_USAGE, "there is no format '" STR_FMT "'",
			 STR_ARG(name));
}

bool look_targets(const struct target **out, size_t *count,
		  const struct options *options, struct error *err)
{
	const struct option_values *values = &options->values[OPTION_FORMAT];
	size_t streams = 0;
	struct target *targets;

	targets = arena_array(options->arena, struct target, values->count + 1);
	if (values->count == 0)
		targets[0].reporter = reporter_find(STR("text"));
	for (size_t i = 0; i < values->count; i++) {
		str file = values->at[i];
		str name = str_cut(&file, '=');

		targets[i].reporter = reporter_find(name);
		if (!targets[i].reporter)
			return unknown_format(name, err);
		if (!str_is(file, "-"))
			targets[i].file = file;
		streams += !targets[i].file.ptr;
	}
	if (streams > 1)
		return error_set(err, ERROR_USAGE,
				 "two formats would go to standard output; "
				 "write --format NAME=FILE");
	*out = targets;
	*count = values->count ? values->count : 1;
	return true;
}

struct progress *look_progress(struct progress *progress, const struct env *env,
			       const struct options *options)
{
	str term = value_of(env, "TERM");

	if (!env->show || !env->ticks || !term.len || str_is(term, "dumb") ||
	    value_of(env, "CI").len || value_of(env, "PRE_COMMIT").len ||
	    options_has(options, OPTION_QUIET))
		return NULL;
	progress_init(progress, env->ticks, env->show);
	return progress;
}

/* Nothing of a repository names a program to run: core.pager is not asked. */
const char *look_pager(const struct env *env, const struct command *command,
		       const struct options *options)
{
	static const char *const reading[] = {
		"approvals", "audit",  "blame", "explain", "help",  "log",
		"map",	     "period", "rules", "schema",  "since", "when"};
	static const char *const names[] = {"ABIDE_PAGER", "GIT_PAGER",
					    "PAGER"};
	str term = value_of(env, "TERM");
	bool reads = false;

	for (size_t i = 0; i < ARRAY_SIZE(reading); i++)
		reads |= str_is(str_of(command->name), reading[i]);
	if (!reads || !env->out_is_terminal || !term.len ||
	    str_is(term, "dumb") || options_has(options, OPTION_NO_PAGER))
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		str pager = value_of(env, names[i]);

		if (pager.ptr)
			return pager.len && !str_is(pager, "cat") ? pager.ptr
								  : NULL;
	}
	return NULL;
}

bool look_writer(const struct writer **out, const struct writer *writers,
		 size_t count, const char *words, const struct options *options,
		 struct error *err)
{
	str format = options_text(options, OPTION_FORMAT);

	*out = &writers[0];
	for (size_t i = 0; format.ptr && i < count; i++) {
		if (str_is(format, writers[i].name)) {
			*out = &writers[i];
			return true;
		}
	}
	return !format.ptr ||
	       error_set(err, ERROR_USAGE, "%s, not '" STR_FMT "'", words,
			 STR_ARG(format));
}
