/* help - what the program says of itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/options.h"

/* One screen: what it is, the commands, where to go on. */
void help_in_short(const struct env *env);

/* -h: usage, the options used most and the first examples, on one screen. */
void help_in_brief(const struct env *env, const struct command *command,
		   unsigned use);

/* Up to `most` options of a command, those people want first. */
size_t help_common(const struct option_row **out, size_t most, unsigned use);

/* --help: usage, all options and examples of one command. */
void help_of_command(const struct env *env, const struct command *command,
		     unsigned use);

#endif
