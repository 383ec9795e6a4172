/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cmd/help.h"
#include "cmd/look.h"

#define COMMAND(name) extern const struct command command_##name;
#include "cmd/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cmd/commands.def"
#undef COMMAND
};

const size_t command_count = ARRAY_SIZE(commands);

const struct command *command_find(str name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (str_is(name, commands[i]->name))
			return commands[i];
	}
	return NULL;
}

bool command_is_hidden(const struct command *command)
{
	return str_starts(str_of(command->name), STR("__"));
}

static enum status unknown_command(const struct env *env, str name)
{
	str names[ARRAY_SIZE(commands)];
	str nearest[1];
	size_t count = 0;
	struct error err;

	for (size_t i = 0; i < command_count; i++) {
		if (!command_is_hidden(commands[i]))
			names[count++] = str_of(commands[i]->name);
	}
	if (nearest_find(nearest, 1, name, names, count) == 1)
		(void)error_set(&err, ERROR_USAGE,
				"there is no command '" STR_FMT
				"'; did you mean '" STR_FMT "'?",
				STR_ARG(name), STR_ARG(nearest[0]));
	else
		(void)error_set(&err, ERROR_USAGE,
				"there is no command '" STR_FMT "'",
				STR_ARG(name));
	(void)complain(env, &err);
	complain_help(env, STR("`abide help` lists the commands"));
	return STATUS_UNRELIABLE;
}

/* -C DIR: every path that follows, also of files that are written, is from
 * there. */
static bool enter(struct env *env, const struct options *options,
		  struct arena *arena, struct error *err)
{
	str dir = options_text(options, OPTION_DIRECTORY);

	if (!dir.ptr)
		return true;
	if (chdir(arena_cstr(arena, dir)) != 0)
		return error_set(err, ERROR_USAGE,
				 "cannot enter '" STR_FMT "': %s", STR_ARG(dir),
				 strerrordesc_np(errno));
	env->dir = ".";
	return true;
}

/* No command runs for ever, whatever a repository holds. */
static bool set_watchdog(const struct env *env, const struct options *options,
			 struct error *err)
{
	enum { USUAL = 300, MOST = 86400 };
	size_t seconds;

	if (!options_number(&seconds, options, OPTION_TIMEOUT, USUAL, 0, MOST,
			    err))
		return false;
	env->watchdog((unsigned)seconds);
	return true;
}

static enum status run_command(const struct env *env,
			       const struct command *command, int argc,
			       const char *const *argv)
{
	unsigned use = option_use_of(str_of(command->name));
	struct env there = *env;
	struct options options;
	struct arena arena;
	struct error err;
	enum status status;

	arena_init(&arena);
	if (!options_parse(&options, command, use, argc, argv, &arena, &err)) {
		status = complain(env, &err);
		complain_help(env, str_format(&arena,
					      "`abide %s --help` lists the "
					      "options",
					      command->name));
	} else if (options.argument_count && !command->arguments &&
		   !options_has(&options, OPTION_HELP)) {
		(void)error_set(&err, ERROR_USAGE,
				"%s takes no argument, and '" STR_FMT
				"' is one",
				command->name, STR_ARG(options.arguments[0]));
		status = complain(env, &err);
	} else if (options_has(&options, OPTION_HELP)) {
		if (options.brief)
			help_in_brief(env, command, use);
		else
			help_of_command(env, command, use);
		status = STATUS_PASS;
	} else {
		status = set_watchdog(env, &options, &err) &&
					 enter(&there, &options, &arena, &err)
				 ? command->run(&there, &options)
				 : complain(env, &err);
	}
	if (env->pager && status != STATUS_UNRELIABLE)
		*env->pager = look_pager(env, command, &options);
	arena_done(&arena);
	return status;
}

enum status abide(const struct env *env, int argc, const char *const *argv)
{
	str name = argc > 1 ? str_of(argv[1]) : (str){0};
	const struct command *command;

	if (!name.ptr || str_is(name, "-h") || str_is(name, "--help")) {
		help_in_short(env);
		return STATUS_PASS;
	}
	if (str_is(name, "-V") || str_is(name, "--version"))
		name = STR("version");
	command = command_find(name);
	if (!command)
		return unknown_command(env, name);
	return run_command(env, command, argc - 2, argv + 2);
}
