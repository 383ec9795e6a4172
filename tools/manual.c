/*
 * manual - writes the manual in mdoc, from the tables that make parser and
 * help: cmd/commands.def, cmd/options.def, cmd/topics.c.
 *
 *	manual FOLDER SECONDS
 *
 * SECONDS since 1970 are the day of the release. Pages are named after the
 * command, as git's are: abide-check.1.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "cmd/options.h"
#include "cmd/topics.h"

enum { WIDTH = 78 };

struct page {
	FILE *file;
	const char *folder;
	char day[64];
	struct arena arena;
};

static _Noreturn void give_up(const char *path, const char *why)
{
	(void)fprintf(stderr, "manual: %s: %s\n", path, why);
	exit(1);
}

static void put(struct page *page, const char *text)
{
	(void)fputs(text, page->file);
}

/* ---- text */

/* Quotes and backslashes mean themselves; so does a dash that begins an
 * option, which would else be set as a hyphen. */
static void letters(struct page *page, str word)
{
	bool begins = true;

	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];

		if (c == '\\')
			put(page, "\\e");
		else if (c == '\'')
			put(page, "\\(aq");
		else if (c == '`')
			put(page, "\\(ga");
		else if (c == '-' && begins)
			put(page, "\\-");
		else
			(void)fputc(c, page->file);
		begins = c == '-' || c == '`' || c == '(' || c == '[';
	}
}

/* A dot at the start of a line would make it a request. */
static void word_at(struct page *page, str word, bool starts_line)
{
	if (starts_line && word.len && word.ptr[0] == '.')
		put(page, "\\&");
	letters(page, word);
}

static bool ends_sentence(str word)
{
	return word.len > 1 &&
	       (word.ptr[word.len - 1] == '.' ||
		word.ptr[word.len - 1] == '?' ||
		word.ptr[word.len - 1] == ':' || str_ends(word, STR(".)")));
}

/* How long a word is when it is written at most. */
static size_t written(str word)
{
	size_t length = word.len;

	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'' || word.ptr[i] == '`')
			length += 3;
		else if (word.ptr[i] == '\\' || word.ptr[i] == '-')
			length++;
	}
	return length;
}

/* Each sentence begins a line, as mdoc wants it. */
static void paragraph(struct page *page, str text)
{
	size_t column = 0;

	while (text.ptr) {
		str word = str_cut(&text, ' ');

		if (!word.len)
			continue;
		if (column && column + written(word) > WIDTH) {
			put(page, "\n");
			column = 0;
		}
		if (column)
			put(page, " ");
		word_at(page, word, column == 0);
		column += written(word) + 1;
		if (ends_sentence(word)) {
			put(page, "\n");
			column = 0;
		}
	}
	if (column)
		put(page, "\n");
}

/* An argument of a macro: one word, and never a macro's name itself. */
static void argument(struct page *page, str text)
{
	put(page, " \"\\&");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			put(page, "\"\"");
		else
			letters(page, str_slice(text, i, i + 1));
	}
	put(page, "\"");
}

/* ---- blocks */

static void code(struct page *page, str text)
{
	bool indented = str_starts(text, STR("  "));

	put(page, ".Bd -literal -offset indent\n");
	while (text.len) {
		str line = str_cut(&text, '\n');

		if (indented && str_starts(line, STR("  ")))
			line = str_slice(line, 2, line.len);
		word_at(page, line, true);
		put(page, "\n");
	}
	put(page, ".Ed\n");
}

/* Paragraphs with lines of their own between empty ones; what is indented is
 * shown as it is. */
static void prose(struct page *page, const char *text)
{
	str rest = str_of(text);
	bool first = true;

	while (rest.len) {
		size_t end = str_find(rest, STR("\n\n"));
		str block =
			str_slice(rest, 0, end == SIZE_MAX ? rest.len : end);
		char *flat;

		rest = end == SIZE_MAX ? (str){0}
				       : str_slice(rest, end + 2, rest.len);
		block = str_trim(block);
		if (!first)
			put(page, ".Pp\n");
		first = false;
		if (block.ptr > text && block.ptr[-1] == ' ') {
			code(page, block);
			continue;
		}
		flat = arena_cstr(&page->arena, block);
		for (char *c = flat; *c; c++) {
			if (*c == '\n')
				*c = ' ';
		}
		paragraph(page, str_of(flat));
	}
}

static void topic(struct page *page, const char *name)
{
	const struct topic *found = topic_find(str_of(name));
	struct topic_line *lines;
	size_t count = found ? topic_lines(found, &page->arena, &lines) : 0;
	bool listing = false;

	for (size_t i = 0; i < count; i++) {
		bool item = lines[i].term.ptr != NULL;

		if (listing && !item)
			put(page, ".El\n.Pp\n");
		else if (item && !listing)
			put(page, ".Bl -tag -width Ds\n");
		else if (i && !item)
			put(page, ".Pp\n");
		listing = item;
		if (item) {
			put(page, ".It Ic");
			argument(page, lines[i].term);
			put(page, "\n");
		}
		paragraph(page, lines[i].text);
	}
	if (listing)
		put(page, ".El\n");
}

/* ---- pages */

static void capitals(struct page *page, const char *text)
{
	for (; *text; text++)
		(void)fputc(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A'
							 : *text,
			    page->file);
}

static void begin(struct page *page, const char *name, int section)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s.%d", page->folder, name,
		       section);
	page->file = fopen(path, "wb");
	if (!page->file)
		give_up(path, "cannot be written");
	arena_init(&page->arena);
	put(page, ".\\\" Made by tools/manual.c.\n"
		  ".\\\" SPDX-License-Identifier: Apache-2.0\n.Dd ");
	put(page, page->day);
	put(page, "\n.Dt ");
	capitals(page, name);
	(void)fprintf(page->file, " %d\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", section,
		      name);
}

static void end(struct page *page)
{
	if (ferror(page->file) || fclose(page->file))
		give_up(page->folder, "cannot be written");
	arena_done(&page->arena);
}

static void option(struct page *page, const struct option_row *row)
{
	put(page, ".It");
	if (row->short_name)
		(void)fprintf(page->file, " Fl %c ,", row->short_name);
	(void)fprintf(page->file, " Fl Fl %s", row->long_name);
	if (row->metavar) {
		put(page, " Ar");
		argument(page, str_of(row->metavar));
	}
	put(page, "\n");
	paragraph(page, str_of(row->text));
}

static void of_command(struct page *page, const struct command *command)
{
	unsigned use = option_use_of(str_of(command->name));
	char name[64];

	(void)snprintf(name, sizeof(name), "abide-%s", command->name);
	begin(page, name, 1);
	paragraph(page, str_of(command->summary));
	put(page, ".Sh SYNOPSIS\n.Nm abide\n.Cm");
	argument(page, str_of(command->name));
	put(page, "\n.Op Ar option ...\n");
	if (command->arguments) {
		put(page, ".Ar");
		argument(page, str_of(command->arguments));
		put(page, "\n");
	}
	put(page, ".Sh DESCRIPTION\n");
	prose(page, *command->details ? command->details : command->summary);
	put(page, ".Pp\nThe options are:\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (option_rows[i].use & use)
			option(page, &option_rows[i]);
	}
	put(page, ".El\n.Sh EXIT STATUS\n");
	topic(page, "exit-codes");
	if (command->examples) {
		put(page, ".Sh EXAMPLES\n");
		code(page, str_of(command->examples));
	}
	put(page, ".Sh SEE ALSO\n.Xr abide 1 ,\n.Xr abide.yaml 5\n");
	end(page);
}

/* Topics that have a section of their own name elsewhere. */
static bool is_apart(const char *name)
{
	return str_is(str_of(name), "environment") ||
	       str_is(str_of(name), "exit-codes") ||
	       str_is(str_of(name), "config");
}

static void list_commands(struct page *page)
{
	put(page, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < command_count; i++) {
		if (command_is_hidden(commands[i]))
			continue;
		(void)fprintf(page->file, ".It Xr abide-%s 1\n",
			      commands[i]->name);
		paragraph(page, str_of(commands[i]->summary));
	}
	put(page, ".El\n");
}

static void of_program(struct page *page)
{
	begin(page, "abide", 1);
	put(page, "judge the compliance records of a git repository\n"
		  ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n"
		  ".Op Ar argument ...\n"
		  ".Sh DESCRIPTION\n.Nm\n"
		  "reads the records that a git repository holds as YAML, JSON "
		  "or Markdown\nand judges them by schemas and rules.\n"
		  "It opens no connection and sends nothing.\n.Pp\n"
		  "The commands are:\n");
	list_commands(page);
	put(page, ".Pp\n.Nm Fl h\nlists the commands,\n.Nm Ar command Fl h\n"
		  "the options used most, and\n.Nm Ar command Fl Fl help\n"
		  "all of them.\n"
		  "Options are never abbreviated.\n");
	for (size_t i = 0; i < topic_count; i++) {
		if (is_apart(topics[i].name))
			continue;
		put(page, ".Sh ");
		capitals(page, topics[i].summary);
		put(page, "\n");
		topic(page, topics[i].name);
	}
	put(page, ".Sh ENVIRONMENT\n");
	topic(page, "environment");
	put(page, ".Sh FILES\n.Bl -tag -width Ds\n.It Pa abide.yaml\n"
		  "the configuration; see\n.Xr abide.yaml 5\n.El\n"
		  ".Sh EXIT STATUS\n");
	topic(page, "exit-codes");
	put(page, ".Sh SEE ALSO\n.Xr git-abide 1 ,\n.Xr abide.yaml 5\n");
	end(page);
}

static void of_git(struct page *page)
{
	begin(page, "git-abide", 1);
	put(page, "abide as a command of git\n"
		  ".Sh SYNOPSIS\n.Nm git abide\n.Ar command\n"
		  ".Op Ar option ...\n.Op Ar argument ...\n"
		  ".Sh DESCRIPTION\n"
		  "The same program as\n.Xr abide 1 ,\n"
		  "under the name by which git finds it.\n"
		  "What git is told before the command is heeded:\n"
		  ".Ic git --git-dir Ar DIR Ic abide check\n"
		  "judges the repository in\n.Ar DIR .\n"
		  ".Sh SEE ALSO\n.Xr abide 1 ,\n.Xr git 1\n");
	end(page);
}

static void of_configuration(struct page *page)
{
	begin(page, "abide.yaml", 5);
	put(page, "what abide judges, and how strictly\n"
		  ".Sh DESCRIPTION\n");
	topic(page, "config");
	put(page, ".Sh EXAMPLES\n");
	code(page, STR("abide: 1\n"
		       "records: [register/**/*.yaml]\n"
		       "rules:\n"
		       "  text/placeholder: error\n"
		       "fail-on: warning\n"));
	put(page, ".Sh SEE ALSO\n.Xr abide 1\n");
	end(page);
}

int main(int argc, char **argv)
{
	struct page page = {.folder = argc > 1 ? argv[1] : "."};
	time_t seconds = argc > 2 ? (time_t)strtoll(argv[2], NULL, 10) : 0;
	struct tm day;

	if (!gmtime_r(&seconds, &day))
		give_up(argv[2], "is no date");
	(void)strftime(page.day, sizeof(page.day), "%B %e, %Y", &day);
	for (size_t i = 0; i < command_count; i++) {
		if (!command_is_hidden(commands[i]))
			of_command(&page, commands[i]);
	}
	of_program(&page);
	of_git(&page);
	of_configuration(&page);
	return 0;
}
