/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/help.h"

#include <stdio.h>

#include "base/limits.h"
#include "cmd/options.h"

/* Our own tables hold plain text: it is safe by where it comes from. */
static void say(const struct env *env, const char *text)
{
	out_safe(env->out, (struct safe){str_of(text)});
}

static void pad(const struct env *env, size_t used, size_t width)
{
	out_repeat(env->out, SAFE(" "), used < width ? width - used : 1);
}

void help_in_short(const struct env *env)
{
	say(env, "abide judges the compliance records of a git repository.\n\n"
		 "usage: abide COMMAND [OPTION...] [ARGUMENT...]\n\n");
	for (size_t i = 0; i < command_count; i++) {
		say(env, "  ");
		say(env, commands[i]->name);
		pad(env, strlen(commands[i]->name), 12);
		say(env, commands[i]->summary);
		say(env, "\n");
	}
	say(env, "\nabide COMMAND --help   options of a command\n"
		 "abide help exit-codes  what the exit status means\n"
		 "abide help limits      every ceiling on input\n"
		 "\nNo network, no telemetry, ever.\n");
}

/* "  -j, --jobs N   text", the text wrapped below itself. */
static void option_line(const struct env *env, const struct option_row *row)
{
	enum { INDENT = 30, WIDTH = 78 };
	char name[64];
	str text = str_of(row->text);
	size_t column = INDENT;
	int len = snprintf(name, sizeof(name), "  %c%c%s--%s%s%s",
			   row->short_name ? '-' : ' ',
			   row->short_name ? row->short_name : ' ',
			   row->short_name ? ", " : "  ", row->long_name,
			   row->metavar ? " " : "",
			   row->metavar ? row->metavar : "");

	say(env, name);
	pad(env, (size_t)len, INDENT);
	while (text.ptr) {
		str word = str_cut(&text, ' ');

		if (column + word.len > WIDTH) {
			say(env, "\n");
			pad(env, 0, INDENT);
			column = INDENT;
		} else if (column > INDENT) {
			say(env, " ");
		}
		out_safe(env->out, (struct safe){word});
		column += word.len + 1;
	}
	say(env, "\n");
}

void help_of_command(const struct env *env, const struct command *command,
		     unsigned use)
{
	say(env, "usage: abide ");
	say(env, command->name);
	say(env, " [OPTION...]");
	if (command->arguments) {
		say(env, " ");
		say(env, command->arguments);
	}
	say(env, "\n\n");
	say(env, command->details);
	say(env, "\n");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (option_rows[i].use & use)
			option_line(env, &option_rows[i]);
	}
	if (command->examples) {
		say(env, "\nexamples:\n");
		say(env, command->examples);
	}
}

static const char exit_codes[] =
	"exit status:\n"
	"  0  nothing at or above --fail-on (default: error)\n"
	"  1  findings at or above it\n"
	"  2  no reliable result: the command line, the configuration, a "
	"schema\n"
	"     or a rule is wrong; a record could not be read; a rule failed; "
	"the\n"
	"     repository is damaged; no record was found; output was lost; "
	"the\n"
	"     time limit passed. 2 beats 1, and what was found is still "
	"shown.\n";

static void limits_topic(const struct env *env)
{
	say(env, "Passing a limit is an error that names it.\n\n");
	for (size_t i = 0; i < limit_rows_count; i++) {
		const struct limit_row *row = &limit_rows[i];

		say(env, row->name);
		pad(env, strlen(row->name), 18);
		out_size(env->out, row->value);
		say(env, "  ");
		say(env, row->title);
		say(env, "\n");
		pad(env, 0, 18);
		say(env, row->reason);
		say(env, "\n");
	}
}

static enum status run(const struct env *env, const struct options *options)
{
	str topic = options->argument_count ? options->arguments[0] : (str){0};
	struct error err;

	if (!topic.ptr) {
		help_in_short(env);
		return STATUS_PASS;
	}
	if (str_is(topic, "exit-codes")) {
		say(env, exit_codes);
		return STATUS_PASS;
	}
	if (str_is(topic, "limits")) {
		limits_topic(env);
		return STATUS_PASS;
	}
	for (size_t i = 0; i < command_count; i++) {
		if (str_is(topic, commands[i]->name)) {
			help_of_command(env, commands[i], option_use_of(topic));
			return STATUS_PASS;
		}
	}
	(void)error_set(&err, ERROR_USAGE, "there is no help on '" STR_FMT "'",
			STR_ARG(topic));
	return complain(env, &err);
}

extern const struct command command_help;
const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND|TOPIC]",
	.summary = "show help on a command or topic",
	.details = "Topics: exit-codes, limits.\n",
	.run = run,
};
