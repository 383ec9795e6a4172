/*
 * look - colour, width and where each format goes.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_LOOK_H
#define CMD_LOOK_H

#include "base/progress.h"
#include "cmd/options.h"
#include "reporters/reporter.h"

/* --color, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, then
 * whether the stream is a terminal. */
MUST_USE bool look_color(bool *out, const struct env *env,
			 const struct options *options, bool terminal,
			 struct error *err);

/* Is this a CI runner whose log reads commands? */
bool look_ci(const struct env *env);

/* One --format NAME or NAME=FILE. */
struct target {
	const struct reporter *reporter;
	str file; /* absent: standard output */
};

/* One of the forms in which a command writes its answer. */
struct writer {
	const char *name;
	void (*write)(const void *what);
};

/* The writer that --format names, else the first. ERROR_USAGE says `words`,
 * which name the forms there are: "due is written as text, json or ics". */
MUST_USE bool look_writer(const struct writer **out,
			  const struct writer *writers, size_t count,
			  const char *words, const struct options *options,
			  struct error *err);

/* All of them; text when none was given. ERROR_USAGE for an unknown name or
 * for two formats on standard output. */
MUST_USE bool look_targets(const struct target **out, size_t *count,
			   const struct options *options, struct error *err);

/* A line of progress for long work, or NULL where none is wanted: without a
 * terminal on standard error, on a dumb one, in CI, in a hook of pre-commit,
 * with --quiet. `progress` is the caller's and must outlive the work. */
struct progress *look_progress(struct progress *progress, const struct env *env,
			       const struct options *options);

/* The shell command that shows what a command wrote, or NULL: only of commands
 * that read, on a terminal, and from the environment alone. */
const char *look_pager(const struct env *env, const struct command *command,
		       const struct options *options);

#endif
