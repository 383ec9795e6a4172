/*
 * options - the command line, read by one table (options.def).
 *
 * Long options are never abbreviated, since an abbreviation of today is in the
 * way of an option of tomorrow; unknown ones are answered with the nearest.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/arena.h"
#include "cmd/cmd.h"

/* Which commands know an option. */
enum option_use {
	USE_CHECK = 1 << 0,
	USE_VALIDATE = 1 << 1,
	USE_EXPLAIN = 1 << 2,
	USE_SCHEMA = 1 << 3,
	USE_RULES = 1 << 4,
	USE_VERSION = 1 << 5,
	USE_HELP = 1 << 6,
	USE_EVAL = 1 << 7,
	USE_TEST = 1 << 8,
	USE_DUE = 1 << 9,
	USE_RETENTION = 1 << 10,
	USE_MAP = 1 << 11,
	USE_DIFF = 1 << 12,
	USE_INIT = 1 << 13,
	USE_NEW = 1 << 14,
	USE_DOCTOR = 1 << 15,
	USE_LOG = 1 << 16,
	USE_BLAME = 1 << 17,
	USE_WHEN = 1 << 18,
	USE_AUDIT = 1 << 19,
	USE_APPROVALS = 1 << 20,
	USE_PERIOD = 1 << 21,
	USE_SINCE = 1 << 22,
	USE_HOOK = 1 << 23,
	USE_REPORT = 1 << 24,
	USE_POLICY = USE_CHECK | USE_EXPLAIN | USE_SCHEMA | USE_RULES |
		     USE_EVAL | USE_TEST | USE_DUE | USE_RETENTION | USE_MAP |
		     USE_DIFF | USE_NEW | USE_DOCTOR | USE_LOG | USE_BLAME |
		     USE_WHEN | USE_AUDIT | USE_APPROVALS | USE_PERIOD |
		     USE_SINCE | USE_REPORT,
	USE_ALL = (1 << 25) - 1,
};

enum option_id {
#define OPTION(id, long_name, short_name, metavar, use, text) OPTION_##id,
#include "cmd/options.def"
#undef OPTION
	OPTION_COUNT,
};

struct option_row {
	const char *long_name;
	char short_name;     /* 0: none */
	const char *metavar; /* NULL: it takes no value */
	unsigned use;
	const char *text;
};

extern const struct option_row option_rows[OPTION_COUNT];

struct option_values {
	const str *at;
	size_t count;
};

struct options {
	const struct command *command;
	struct option_values values[OPTION_COUNT];
	size_t times[OPTION_COUNT]; /* how often it was given */
	const str *arguments;	    /* what is no option */
	size_t argument_count;
	bool brief;	     /* help was asked for by -h, which is one screen */
	struct arena *arena; /* of the run, for the command's use */
};

/* Reads what follows the command's name. ERROR_USAGE with a suggestion. */
MUST_USE bool options_parse(struct options *out, const struct command *command,
			    unsigned use, int argc, const char *const *argv,
			    struct arena *arena, struct error *err);

/* Was it given? */
static inline bool options_has(const struct options *options, enum option_id id)
{
	return options->times[id] > 0;
}

/* The last value given, or an absent str. */
str options_text(const struct options *options, enum option_id id);

/* A number within bounds, or `absent` when it was not given. */
MUST_USE bool options_number(size_t *out, const struct options *options,
			     enum option_id id, size_t absent, size_t least,
			     size_t most, struct error *err);

/* The bit of a command in option_row.use. */
unsigned option_use_of(str command);

#endif
