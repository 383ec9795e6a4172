/*
 * cmd - what a command is, and what main hands it.
 *
 * A command writes to the sinks of its environment and returns a status; the
 * streams, the clock, the variables and the directory come from main alone,
 * so that a test can run the whole program in its own process.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/encode.h"
#include "base/error.h"
#include "base/instant.h"
#include "git/repo.h"

enum status {
	STATUS_PASS = 0, /* nothing at or above --fail-on */
	STATUS_FINDINGS = 1,
	STATUS_UNRELIABLE = 2, /* no reliable result; beats the others */
};

struct env {
	struct out *out; /* written to standard output when all is done */
	struct out *err;
	int in;		     /* descriptor of standard input */
	const char *dir;     /* where the program was started */
	struct instant now;  /* the only clock there is */
	unsigned processors; /* this process may use */
	unsigned width;	     /* columns of a terminal on standard output */
	bool out_is_terminal;
	bool err_is_terminal;
	const struct repo_env *git;
	/* The value of an environment variable, or NULL. */
	const char *(*variable)(const char *name);
	/* A clock for measuring only: nanoseconds from some start. */
	uint64_t (*ticks)(void);
	/* Writes to standard error at once; NULL where it is no terminal. */
	void (*show)(str bytes);
	/* Set to the shell command that is to show env->out, else NULL; may be
	 * NULL itself, and nothing is paged. */
	const char **pager;
	/* Ends the program with status 2 after so many seconds; 0: never. */
	void (*watchdog)(unsigned seconds);
};

struct options;

struct command {
	const char *name;
	const char *arguments; /* of the usage line */
	const char *summary;
	const char *details; /* paragraphs of --help */
	const char *examples;
	enum status (*run)(const struct env *env,
			   const struct options *options);
};

/* Runs argv as the program does and returns its status. */
enum status abide(const struct env *env, int argc, const char *const *argv);

/* All commands, by name. */
extern const struct command *const commands[];
extern const size_t command_count;

/* The command of a name, or NULL. */
const struct command *command_find(str name);

/* Is it for our own scripts, and left out of help? Its name begins with __. */
bool command_is_hidden(const struct command *command);

/* The only printer of errors: one line "abide: error: ..." on env->err, and
 * STATUS_UNRELIABLE. */
enum status complain(const struct env *env, const struct error *err);

/* Adds "help: ..." below, for what the user can do. */
void complain_help(const struct env *env, str help);

#endif
