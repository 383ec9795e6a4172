/* help - what the program says of itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/cmd.h"

/* One screen: what it is, the commands, where to go on. */
void help_in_short(const struct env *env);

/* Usage, options and examples of one command. */
void help_of_command(const struct env *env, const struct command *command,
		     unsigned use);

#endif
