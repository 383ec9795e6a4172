/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/help.h"

#include <stdio.h>

#include "base/nearest.h"
#include "cmd/topics.h"

enum {
	WIDTH = 78,
	INDENT = 30, /* of what an option means */
};

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
		if (command_is_hidden(commands[i]))
			continue;
		say(env, "  ");
		say(env, commands[i]->name);
		pad(env, strlen(commands[i]->name), 12);
		say(env, commands[i]->summary);
		say(env, "\n");
	}
	say(env, "\nabide COMMAND -h       the options used most\n"
		 "abide COMMAND --help   all options of a command\n"
		 "abide help             topics: exit codes, environment, ...\n"
		 "\nNo network, no telemetry, ever.\n");
}

/* Fills lines up to WIDTH from `column` on; further ones start at `indent`. */
static void wrapped(const struct env *env, str text, size_t indent)
{
	size_t column = indent;

	while (text.ptr) {
		str word = str_cut(&text, ' ');

		if (column + word.len > WIDTH) {
			say(env, "\n");
			out_repeat(env->out, SAFE(" "), indent);
			column = indent;
		} else if (column > indent) {
			say(env, " ");
		}
		out_safe(env->out, (struct safe){word});
		column += word.len + 1;
	}
	say(env, "\n");
}

/* How many lines that will be. */
static size_t lines_of(str text, size_t indent)
{
	size_t column = indent;
	size_t lines = 1;

	while (text.ptr) {
		str word = str_cut(&text, ' ');

		if (column + word.len > WIDTH) {
			column = indent;
			lines++;
		}
		column += word.len + 1;
	}
	return lines;
}

/* "  -j, --jobs N   text", the text wrapped below itself. */
static void option_line(const struct env *env, const struct option_row *row,
			str text)
{
	char name[64];
	int len = snprintf(name, sizeof(name), "  %c%c%s--%s%s%s",
			   row->short_name ? '-' : ' ',
			   row->short_name ? row->short_name : ' ',
			   row->short_name ? ", " : "  ", row->long_name,
			   row->metavar ? " " : "",
			   row->metavar ? row->metavar : "");

	say(env, name);
	pad(env, (size_t)len, INDENT);
	wrapped(env, text, INDENT);
}

static void usage(const struct env *env, const struct command *command)
{
	say(env, "usage: abide ");
	say(env, command->name);
	say(env, " [OPTION...]");
	if (command->arguments) {
		say(env, " ");
		say(env, command->arguments);
	}
	say(env, "\n\n");
}

void help_of_command(const struct env *env, const struct command *command,
		     unsigned use)
{
	usage(env, command);
	say(env, command->details);
	say(env, "\n");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (option_rows[i].use & use)
			option_line(env, &option_rows[i],
				    str_of(option_rows[i].text));
	}
	if (command->examples) {
		say(env, "\nexamples:\n");
		say(env, command->examples);
	}
}

/* How many commands know it: what is one command's own is what it is for. */
static size_t spread(const struct option_row *row)
{
	size_t count = 0;

	for (unsigned use = row->use; use; use &= use - 1)
		count++;
	return count;
}

/* What people look for first, then what is rarest among commands. */
static size_t rank_of(const struct option_row *row)
{
	static const char *const first[] = {
		"staged", "base",   "at",   "as-of",   "only",
		"fix",	  "format", "diff", "fail-on", "quiet"};

	for (size_t i = 0; i < ARRAY_SIZE(first); i++) {
		if (str_is(str_of(row->long_name), first[i]))
			return i;
	}
	return ARRAY_SIZE(first) + spread(row);
}

size_t help_common(const struct option_row **out, size_t most, unsigned use)
{
	size_t count = 0;

	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_rows[i];
		size_t at = count;

		if (!(row->use & use))
			continue;
		while (at > 0 && rank_of(out[at - 1]) > rank_of(row))
			at--;
		if (at == most)
			continue;
		if (count < most)
			count++;
		for (size_t k = count - 1; k > at; k--)
			out[k] = out[k - 1];
		out[at] = row;
	}
	return count;
}

/* A text up to what only explains or lists more. */
static str gist(const char *text)
{
	str rest = str_of(text);

	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == ';' || rest.ptr[i] == ':' ||
		    (rest.ptr[i] == '(' && i > 0))
			return str_trim(str_slice(rest, 0, i));
	}
	return rest;
}

void help_in_brief(const struct env *env, const struct command *command,
		   unsigned use)
{
	enum { OPTIONS = 10, EXAMPLES = 3, SCREEN = 23, AROUND = 11 };
	const struct option_row *rows[OPTIONS];
	size_t count = help_common(rows, OPTIONS, use);
	size_t used = AROUND; /* with three examples */
	str examples = str_of(command->examples);

	say(env, "abide ");
	say(env, command->name);
	say(env, ": ");
	say(env, command->summary);
	say(env, "\n\n");
	usage(env, command);
	for (size_t i = 0; i < count; i++) {
		str text = gist(rows[i]->text);

		used += lines_of(text, INDENT);
		if (used <= SCREEN)
			option_line(env, rows[i], text);
	}
	for (size_t i = 0; i < EXAMPLES && examples.len; i++) {
		say(env, i ? "" : "\nexamples:\n");
		out_safe(env->out, (struct safe){str_cut(&examples, '\n')});
		say(env, "\n");
	}
	say(env, "\nabide ");
	say(env, command->name);
	say(env, " --help says everything.\n");
}

/* ---- topics */

static void show_topic(const struct env *env, const struct topic *topic,
		       struct arena *arena)
{
	enum { ASIDE = 20 };
	struct topic_line *lines;
	size_t count = topic_lines(topic, arena, &lines);

	say(env, topic->name);
	say(env, ": ");
	say(env, topic->summary);
	say(env, "\n");
	for (size_t i = 0; i < count; i++) {
		bool pair = i > 0 && lines[i].term.ptr && lines[i - 1].term.ptr;

		say(env, pair ? "" : "\n");
		if (!lines[i].term.ptr) {
			wrapped(env, lines[i].text, 0);
			continue;
		}
		say(env, "  ");
		if (lines[i].term.len > ASIDE - 4) {
			wrapped(env, lines[i].term, 2);
			pad(env, 0, ASIDE);
		} else {
			out_safe(env->out, (struct safe){lines[i].term});
			pad(env, 2 + lines[i].term.len, ASIDE);
		}
		wrapped(env, lines[i].text, ASIDE);
	}
}

static void list_topics(const struct env *env)
{
	say(env, "\ntopics:\n");
	for (size_t i = 0; i < topic_count; i++) {
		say(env, "  ");
		say(env, topics[i].name);
		pad(env, strlen(topics[i].name), 13);
		say(env, topics[i].summary);
		say(env, "\n");
	}
}

static enum status unknown_topic(const struct env *env, str name,
				 struct arena *arena)
{
	size_t most = command_count + topic_count;
	str *names = arena_array(arena, str, most);
	str nearest[1];
	size_t count = 0;
	struct error err;

	for (size_t i = 0; i < command_count; i++) {
		if (!command_is_hidden(commands[i]))
			names[count++] = str_of(commands[i]->name);
	}
	for (size_t i = 0; i < topic_count; i++)
		names[count++] = str_of(topics[i].name);
	if (nearest_find(nearest, 1, name, names, count) == 1)
		(void)error_set(&err, ERROR_USAGE,
				"there is no help on '" STR_FMT
				"'; did you mean '" STR_FMT "'?",
				STR_ARG(name), STR_ARG(nearest[0]));
	else
		(void)error_set(&err, ERROR_USAGE,
				"there is no help on '" STR_FMT "'",
				STR_ARG(name));
	return complain(env, &err);
}

static enum status run(const struct env *env, const struct options *options)
{
	str name = options->argument_count ? options->arguments[0] : (str){0};
	const struct command *command;
	const struct topic *topic;

	if (!name.ptr) {
		help_in_short(env);
		list_topics(env);
		return STATUS_PASS;
	}
	topic = topic_find(name);
	command = command_find(name);
	if (topic)
		show_topic(env, topic, options->arena);
	else if (command)
		help_of_command(env, command, option_use_of(name));
	else
		return unknown_topic(env, name, options->arena);
	return STATUS_PASS;
}

extern const struct command command_help;
const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND|TOPIC]",
	.summary = "show help on a command or topic",
	.details = "Without an argument, lists the commands and topics.\n",
	.examples = "  abide help check\n  abide help exit-codes\n"
		    "  abide help environment\n",
	.run = run,
};
