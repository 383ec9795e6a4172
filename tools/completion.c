/*
 * completion - writes the completions of bash, zsh and fish, from the tables
 * that make parser and help: cmd/commands.def, cmd/options.def,
 * cmd/values.def, cmd/topics.c.
 *
 *	completion FOLDER
 *
 * The scripts know commands, options and words by themselves; for the names
 * of rules and kinds they run `abide __complete`, for revisions git.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "cmd/topics.h"
#include "cmd/values.h"
#include "reporters/reporter.h"

static _Noreturn void give_up(const char *path)
{
	(void)fprintf(stderr, "completion: %s cannot be written\n", path);
	exit(1);
}

static void put(FILE *file, const char *text)
{
	(void)fputs(text, file);
}

static void put_str(FILE *file, str text)
{
	(void)fwrite(text.ptr, 1, text.len, file);
}

/* What the words of a value are, with spaces between. */
static void put_words(FILE *file, const struct value *value)
{
	switch (value->source) {
	case VALUE_COMMANDS:
		for (size_t i = 0; i < command_count; i++) {
			if (!command_is_hidden(commands[i]))
				(void)fprintf(file, " %s", commands[i]->name);
		}
		break;
	case VALUE_TOPICS:
		for (size_t i = 0; i < topic_count; i++)
			(void)fprintf(file, " %s", topics[i].name);
		break;
	case VALUE_FORMATS:
		for (size_t i = 0; i < reporter_count; i++)
			(void)fprintf(file, " %s", reporters[i]->name);
		break;
	default:
		(void)fprintf(file, " %s", value->words);
	}
}

/* A word of the usage line that is no name of something else is meant as it
 * is: "install" of a command that wants install|uninstall. */
static struct value meant(struct value value, str name, char *word, size_t most)
{
	if (value.source != VALUE_NONE || !name.len || name.ptr[0] < 'a' ||
	    name.ptr[0] > 'z')
		return value;
	(void)snprintf(word, most, STR_FMT, STR_ARG(name));
	return (struct value){VALUE_WORDS, word};
}

/* Text inside single quotes; `also` are characters that want a backslash. */
static void quoted(FILE *file, const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'')
			put(file, "'\\''");
		else if (strchr(also, *text))
			(void)fprintf(file, "\\%c", *text);
		else
			(void)fputc(*text, file);
	}
}

static bool is_of(const struct option_row *row, const struct command *command)
{
	return (row->use & option_use_of(str_of(command->name))) != 0;
}

/* ---- bash */

static void bash_value(FILE *file, const struct value *value)
{
	switch (value->source) {
	case VALUE_NONE:
		put(file, "\t\t:\n");
		break;
	case VALUE_NAMES:
		(void)fprintf(file, "\t\t__abide_ask %s\n", value->words);
		break;
	case VALUE_FILES:
		put(file, "\t\t__abide_paths -f\n");
		break;
	case VALUE_FOLDERS:
		put(file, "\t\t__abide_paths -d\n");
		break;
	case VALUE_REVISIONS:
		put(file, "\t\t__abide_revisions\n");
		break;
	case VALUE_WORDS:
	case VALUE_COMMANDS:
	case VALUE_TOPICS:
	case VALUE_FORMATS:
		put(file, "\t\t__abide_words");
		put_words(file, value);
		put(file, "\n");
		break;
	}
}

static void bash_values(FILE *file)
{
	put(file, "__abide_value()\n{\n\tcase $1 in\n");
	for (size_t c = 0; c < command_count; c++) {
		for (size_t i = 0; i < OPTION_COUNT; i++) {
			const struct option_row *row = &option_rows[i];
			struct value value;

			if (!row->metavar || !is_of(row, commands[c]))
				continue;
			value = value_of_option(commands[c], row);
			(void)fprintf(file, "\t'%s --%s'", commands[c]->name,
				      row->long_name);
			if (row->short_name)
				(void)fprintf(file, " | '%s -%c'",
					      commands[c]->name,
					      row->short_name);
			put(file, ")\n");
			bash_value(file, &value);
			put(file, "\t\t;;\n");
		}
	}
	put(file, "\t*) return 1 ;;\n\tesac\n}\n\n");
}

static void bash_arguments(FILE *file)
{
	put(file, "__abide_argument()\n{\n\tcase $1 in\n");
	for (size_t c = 0; c < command_count; c++) {
		str rest = str_of(commands[c]->arguments);
		struct value value;
		char word[64];
		str name;

		if (!rest.ptr || command_is_hidden(commands[c]))
			continue;
		(void)fprintf(file, "\t%s)\n", commands[c]->name);
		while (value_of_argument(&value, &name, &rest)) {
			value = meant(value, name, word, sizeof(word));
			bash_value(file, &value);
		}
		put(file, "\t\t;;\n");
	}
	put(file, "\tesac\n}\n\n");
}

static void bash_options(FILE *file)
{
	put(file, "__abide_options()\n{\n\tcase $1 in\n");
	for (size_t c = 0; c < command_count; c++) {
		if (command_is_hidden(commands[c]))
			continue;
		(void)fprintf(file, "\t%s) __abide_words", commands[c]->name);
		for (size_t i = 0; i < OPTION_COUNT; i++) {
			const struct option_row *row = &option_rows[i];

			if (!is_of(row, commands[c]))
				continue;
			(void)fprintf(file, " --%s", row->long_name);
			if (row->short_name)
				(void)fprintf(file, " -%c", row->short_name);
		}
		put(file, " ;;\n");
	}
	put(file, "\tesac\n}\n\n");
}

static const char bash_head[] =
	"# bash completion of abide, made by tools/completion.c\n"
	"# SPDX-License-Identifier: Apache-2.0\n\n"
	"# Names of a repository are never expanded, only compared.\n"
	"__abide_words()\n{\n"
	"\tlocal word\n"
	"\tfor word; do\n"
	"\t\t[[ $word == \"$__abide_now\"* ]] &&\n"
	"\t\t\tCOMPREPLY+=(\"${word#\"$__abide_cut\"}\")\n"
	"\tdone\n}\n\n"
	"__abide_lines()\n{\n"
	"\tlocal line\n"
	"\twhile IFS= read -r line; do\n"
	"\t\t[[ $line =~ ^[A-Za-z0-9._/:-]+$ ]] && __abide_words \"$line\"\n"
	"\tdone\n}\n\n"
	"__abide_ask()\n{\n"
	"\t__abide_lines < <(abide __complete \"$1\" 2> /dev/null)\n}\n\n"
	"__abide_revisions()\n{\n"
	"\t__abide_words HEAD\n"
	"\t__abide_lines < <(git for-each-ref --format='%(refname:short)' 2> "
	"/dev/null)\n}\n\n"
	"__abide_paths()\n{\n"
	"\tlocal path\n"
	"\tcompopt -o filenames 2> /dev/null\n"
	"\twhile IFS= read -r path; do\n"
	"\t\tCOMPREPLY+=(\"$path\")\n"
	"\tdone < <(compgen \"$1\" -- \"$__abide_now\")\n}\n\n";

static const char bash_tail[] =
	"# bash cuts words at = and : where COMP_WORDBREAKS says so; the "
	"pieces "
	"are\n# put together again, and what stands already is not offered "
	"twice.\n"
	"__abide_run()\n{\n"
	"\tlocal -a words=()\n"
	"\tlocal i joined= command option __abide_now __abide_cut=\n"
	"\tCOMPREPLY=()\n"
	"\tfor ((i = $1; i <= COMP_CWORD; i++)); do\n"
	"\t\tif ((${#words[@]})) && [[ ${COMP_WORDS[i]} == [=:]* || $joined "
	"]]; then\n"
	"\t\t\t((i == COMP_CWORD)) && [[ $joined ]] && "
	"__abide_cut=${words[-1]}\n"
	"\t\t\twords[-1]+=${COMP_WORDS[i]}\n"
	"\t\t\t((i == COMP_CWORD)) && [[ ! $joined ]] && "
	"__abide_cut=${words[-1]}\n"
	"\t\telse\n"
	"\t\t\twords+=(\"${COMP_WORDS[i]}\")\n"
	"\t\tfi\n"
	"\t\tjoined=\n"
	"\t\t[[ ${COMP_WORDS[i]} == [=:] ]] && joined=1\n"
	"\tdone\n"
	"\t__abide_now=${words[-1]}\n"
	"\tif ((${#words[@]} == 1)); then\n"
	"\t\t__abide_commands\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tcommand=${words[0]}\n"
	"\toption=${words[-2]}\n"
	"\tif [[ $__abide_now == --*=* ]]; then\n"
	"\t\toption=${__abide_now%%=*}\n"
	"\t\t__abide_cut=${__abide_cut#\"$option=\"}\n"
	"\t\t__abide_now=${__abide_now#*=}\n"
	"\tfi\n"
	"\tif [[ $option == --format && $__abide_now == *=* ]]; then\n"
	"\t\t__abide_now=${__abide_now#*=}\n"
	"\t\t__abide_paths -f\n"
	"\t\treturn\n"
	"\tfi\n"
	"\t[[ $option == -* && $option != *=* ]] &&\n"
	"\t\t__abide_value \"$command $option\" && return\n"
	"\tif [[ $__abide_now == -* ]]; then\n"
	"\t\t__abide_options \"$command\"\n"
	"\telse\n"
	"\t\t__abide_argument \"$command\"\n"
	"\tfi\n}\n\n"
	"_abide()\n{\n\t__abide_run 1\n}\n\n"
	"# What git's own completion calls for `git abide`.\n"
	"_git_abide()\n{\n"
	"\tlocal i=1\n"
	"\twhile [[ ${COMP_WORDS[i]} != abide ]] && ((i < COMP_CWORD)); do\n"
	"\t\t((i++))\n"
	"\tdone\n"
	"\t__abide_run $((i + 1))\n}\n\n"
	"complete -F _abide abide git-abide\n";

static void write_bash(FILE *file)
{
	put(file, bash_head);
	put(file, "__abide_commands()\n{\n");
	bash_value(file, &(struct value){.source = VALUE_COMMANDS});
	put(file, "}\n\n");
	bash_values(file);
	bash_arguments(file);
	bash_options(file);
	put(file, bash_tail);
}

/* ---- zsh */

static const char zsh_head[] =
	"#compdef abide git-abide\n"
	"# zsh completion of abide, made by tools/completion.c\n"
	"# SPDX-License-Identifier: Apache-2.0\n\n"
	"__abide_ask()\n{\n"
	"\tlocal -a names\n"
	"\tnames=(${(f)\"$(command abide __complete $1 2> /dev/null)\"})\n"
	"\tshift\n"
	"\tcompadd \"$@\" -a names\n}\n\n"
	"__abide_names_rules() { __abide_ask rules \"$@\" }\n"
	"__abide_names_kinds() { __abide_ask kinds \"$@\" }\n"
	"__abide_names_frameworks() { __abide_ask frameworks \"$@\" }\n"
	"__abide_names_requirements() { __abide_ask requirements \"$@\" }\n\n"
	"__abide_revisions()\n{\n"
	"\tlocal -a names\n"
	"\tnames=(HEAD ${(f)\"$(command git for-each-ref "
	"--format='%(refname:short)' 2> /dev/null)\"})\n"
	"\tcompadd \"$@\" -a names\n}\n\n"
	"__abide_format()\n{\n"
	"\tif compset -P '*='; then\n"
	"\t\t_files\n"
	"\telse\n"
	"\t\tcompadd -S '' -a formats\n"
	"\tfi\n}\n\n";

static void zsh_action(FILE *file, const struct value *value)
{
	switch (value->source) {
	case VALUE_NONE:
		put(file, " ");
		break;
	case VALUE_NAMES:
		(void)fprintf(file, "__abide_names_%s", value->words);
		break;
	case VALUE_FILES:
		put(file, "_files");
		break;
	case VALUE_FOLDERS:
		put(file, "_files -/");
		break;
	case VALUE_REVISIONS:
		put(file, "__abide_revisions");
		break;
	case VALUE_WORDS:
	case VALUE_COMMANDS:
	case VALUE_TOPICS:
	case VALUE_FORMATS:
		put(file, "(");
		put_words(file, value);
		put(file, ")");
		break;
	}
}

static void zsh_option(FILE *file, const struct command *command,
		       const struct option_row *row)
{
	struct value value;

	for (int is_short = 0; is_short < 2; is_short++) {
		if (is_short && !row->short_name)
			continue;
		if (is_short)
			(void)fprintf(file, "\t\t\t'*-%c%s[", row->short_name,
				      row->metavar ? "+" : "");
		else
			(void)fprintf(file, "\t\t\t'*--%s%s[", row->long_name,
				      row->metavar ? "=" : "");
		quoted(file, row->text, "[]:\\");
		put(file, "]");
		if (row->metavar) {
			value = value_of_option(command, row);
			(void)fprintf(file, ":%s:", row->metavar);
			if (str_is(str_of(row->long_name), "format"))
				put(file, "__abide_format");
			else
				zsh_action(file, &value);
		}
		put(file, "' \\\n");
	}
}

/* All that may stand there, side by side. */
static void zsh_arguments(FILE *file, const struct command *command)
{
	str rest = str_of(command->arguments);
	struct value value;
	char word[64];
	str name;

	if (!rest.ptr) {
		put(file, "\t\t\t&& return 0\n");
		return;
	}
	put(file, "\t\t\t'*: :{_alternative");
	while (value_of_argument(&value, &name, &rest)) {
		value = meant(value, name, word, sizeof(word));
		if (value.source == VALUE_NONE)
			continue;
		put(file, " \"");
		put_str(file, name);
		put(file, "\\:");
		put_str(file, name);
		put(file, "\\:");
		zsh_action(file, &value);
		put(file, "\"");
	}
	put(file, "}' && return 0\n");
}

static void zsh_formats(FILE *file, const struct command *command)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_rows[i];
		struct value value;

		if (!is_of(row, command) ||
		    !str_is(str_of(row->long_name), "format"))
			continue;
		value = value_of_option(command, row);
		put(file, "\t\tformats=(");
		put_words(file, &value);
		put(file, ")\n");
	}
}

static void write_zsh(FILE *file)
{
	put(file, zsh_head);
	put(file, "_abide()\n{\n\tlocal -a names formats\n"
		  "\tif ((CURRENT == 2)); then\n\t\tnames=(\n");
	for (size_t c = 0; c < command_count; c++) {
		if (command_is_hidden(commands[c]))
			continue;
		(void)fprintf(file, "\t\t\t'%s:", commands[c]->name);
		quoted(file, commands[c]->summary, ":\\");
		put(file, "'\n");
	}
	put(file, "\t\t)\n\t\t_describe command names\n\t\treturn\n\tfi\n"
		  "\tlocal name=$words[2]\n"
		  "\tshift words\n\t((CURRENT--))\n\tcase $name in\n");
	for (size_t c = 0; c < command_count; c++) {
		if (command_is_hidden(commands[c]))
			continue;
		(void)fprintf(file, "\t%s)\n", commands[c]->name);
		zsh_formats(file, commands[c]);
		put(file, "\t\t_arguments -s -S \\\n");
		for (size_t i = 0; i < OPTION_COUNT; i++) {
			if (is_of(&option_rows[i], commands[c]))
				zsh_option(file, commands[c], &option_rows[i]);
		}
		zsh_arguments(file, commands[c]);
		put(file, "\t\t;;\n");
	}
	put(file, "\tesac\n}\n\n_abide \"$@\"\n");
}

/* ---- fish */

static const char fish_head[] =
	"# fish completion of abide, made by tools/completion.c\n"
	"# SPDX-License-Identifier: Apache-2.0\n\n"
	"function __abide_command\n"
	"\tset -l words (commandline -opc)\n"
	"\tif test (count $argv) -eq 0\n"
	"\t\ttest (count $words) -eq 1\n"
	"\telse\n"
	"\t\ttest (count $words) -gt 1; and test \"$words[2]\" = \"$argv[1]\"\n"
	"\tend\nend\n\n"
	"function __abide_ask\n"
	"\tcommand abide __complete $argv 2>/dev/null\nend\n\n"
	"function __abide_revisions\n"
	"\techo HEAD\n"
	"\tcommand git for-each-ref --format='%(refname:short)' "
	"2>/dev/null\nend\n\n"
	"complete -c abide -f\n";

static void fish_value(FILE *file, const struct value *value)
{
	switch (value->source) {
	case VALUE_NONE:
		break;
	case VALUE_NAMES:
		(void)fprintf(file, " -a '(__abide_ask %s)'", value->words);
		break;
	case VALUE_FILES:
		put(file, " -F");
		break;
	case VALUE_FOLDERS:
		put(file, " -a '(__fish_complete_directories)'");
		break;
	case VALUE_REVISIONS:
		put(file, " -a '(__abide_revisions)'");
		break;
	case VALUE_WORDS:
	case VALUE_COMMANDS:
	case VALUE_TOPICS:
	case VALUE_FORMATS:
		put(file, " -a '");
		put_words(file, value);
		put(file, "'");
		break;
	}
}

static void fish_command(FILE *file, const struct command *command)
{
	str rest = str_of(command->arguments);
	struct value value;
	char word[64];
	str name;

	(void)fprintf(file, "\ncomplete -c abide -n __abide_command -a %s -d '",
		      command->name);
	quoted(file, command->summary, "\\");
	put(file, "'\n");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_rows[i];

		if (!is_of(row, command))
			continue;
		(void)fprintf(file,
			      "complete -c abide -n '__abide_command %s' -l %s",
			      command->name, row->long_name);
		if (row->short_name)
			(void)fprintf(file, " -s %c", row->short_name);
		if (row->metavar) {
			value = value_of_option(command, row);
			put(file, value.source == VALUE_FILES ? " -r" : " -x");
			fish_value(file, &value);
		}
		put(file, " -d '");
		quoted(file, row->text, "\\");
		put(file, "'\n");
	}
	while (rest.ptr && value_of_argument(&value, &name, &rest)) {
		value = meant(value, name, word, sizeof(word));
		if (value.source == VALUE_NONE)
			continue;
		(void)fprintf(file, "complete -c abide -n '__abide_command %s'",
			      command->name);
		fish_value(file, &value);
		put(file, "\n");
	}
}

static void write_fish(FILE *file)
{
	put(file, fish_head);
	for (size_t c = 0; c < command_count; c++) {
		if (!command_is_hidden(commands[c]))
			fish_command(file, commands[c]);
	}
}

int main(int argc, char **argv)
{
	static const struct script {
		const char *name;
		void (*write)(FILE *file);
	} scripts[] = {
		{"abide", write_bash},
		{"_abide", write_zsh},
		{"abide.fish", write_fish},
	};

	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
		char path[4096];
		FILE *file;

		(void)snprintf(path, sizeof(path), "%s/%s",
			       argc > 1 ? argv[1] : ".", scripts[i].name);
		file = fopen(path, "wb");
		if (!file)
			give_up(path);
		scripts[i].write(file);
		if (ferror(file) || fclose(file))
			give_up(path);
	}
	return 0;
}
