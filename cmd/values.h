/*
 * values - what may stand for an option or an argument.
 *
 * The parser does not ask it: it is for the completions, which are made from
 * it by tools/completion.c. The names of rules, kinds, frameworks and
 * requirements depend on the repository; the scripts ask for them with the
 * hidden command `abide __complete NAMES`.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_VALUES_H
#define CMD_VALUES_H

#include "cmd/options.h"

enum value_source {
	VALUE_NONE,
	VALUE_WORDS, /* words says which, with spaces between */
	VALUE_NAMES, /* abide __complete WORDS */
	VALUE_FILES,
	VALUE_FOLDERS,
	VALUE_REVISIONS,
	VALUE_COMMANDS,
	VALUE_TOPICS,
	VALUE_FORMATS, /* of reporters */
};

struct value {
	enum value_source source;
	const char *words;
};

/* What the value of an option may be; the option takes one. */
struct value value_of_option(const struct command *command,
			     const struct option_row *row);

/* Cuts the next alternative from the arguments of a usage line, as in
 * "RULE|REQUIREMENT [PATH...]", and sets what may stand there: a word in small
 * letters is meant as it is. Options are passed over. False at the end. */
bool value_of_argument(struct value *out, str *name, str *arguments);

#endif
