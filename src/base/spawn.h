/*
 * spawn - another program, started with care and waited for.
 *
 * Only what the user asked for by name starts one (see git/signature.h). No
 * shell stands between; the program gets these arguments, this environment and
 * nothing else of ours, and its name is looked for only in folders of `path`
 * that are absolute, so that nothing in the judged folder is ever started. It
 * ends by itself, or is killed with all it started when its time is over or it
 * says too much.
 *
 * Source: POSIX.1-2008 posix_spawn; timerfd_create(2) for a deadline that
 * needs no clock of ours.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include "base/buf.h"
#include "base/error.h"

struct spawn_plan {
	const char *program;	      /* a name without slashes */
	const char *path;	      /* as the variable PATH; NULL: none */
	const char *const *arguments; /* the first is the program; NULL ends */
	const char *const *environment; /* "NAME=value"; NULL ends */
	const char *folder;		/* where it runs */
	str input;			/* its standard input */
	unsigned seconds;		/* it has, at least 1 */
};

/* Finds a program in the absolute folders of a PATH; absent when it is in
 * none. */
struct arena;
str spawn_find(const char *path, const char *program, struct arena *arena);

/* Runs a program; its standard output goes to `out`, whose ceiling bounds it,
 * and *status is what it exited with. ERROR_IO: it cannot be started, was ended
 * by a signal, or its time is over; ERROR_LIMIT: it said more than `out` takes.
 * What it wrote to standard error is put behind a message about a status by
 * the caller: `said` gets its beginning, and may be NULL. */
MUST_USE bool spawn_run(struct buf *out, struct buf *said, int *status,
			const struct spawn_plan *plan, struct error *err);

#endif
