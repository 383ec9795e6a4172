/*
 * story - a test told in one file: what lies in a repository, what is run,
 * what comes out.
 *
 * A .case file begins with comment lines (#) that say in a sentence what it
 * shows, and `now: TIME`. Each line that begins with "-- " is a step; the
 * lines below it, up to the next step, are its content. One empty line before
 * a step belongs to the layout.
 *
 *	-- file: PATH		write a file and add it to the index
 *	-- work: PATH		write a file in the work tree alone
 *	-- link: PATH TARGET	make a symbolic link and add it
 *	-- copy: FOLDER		copy a folder of the project, and add it
 *	-- rm: PATH		remove from index and work tree
 *	-- unlink: PATH		remove from the work tree alone
 *	-- commit: MESSAGE (NAME <MAIL>, DATE)
 *				commit the steps below it, up to the next
 *				commit, run, git or `-- then:`; the message is
 *				SUBJECT | TRAILER: VALUE | TRAILER: VALUE
 *	-- git: ARGUMENTS	run git; -- git-fails: it must fail
 *	-- no-repository:	do not make one (first step)
 *	-- bare:		make a bare one beside it, `bare.git`
 *	-- cd: PATH		where the program runs, from the work tree
 *	-- env: NAME=VALUE	a variable; -- terminal: COLUMNS
 *	-- stdin:		what the next run reads
 *	-- run: ARGUMENTS	run abide; -- cat: PATH shows a file instead
 *	-- exit: N		what came of it: 0 when left out
 *	-- out:			standard output: nothing when left out
 *	-- err:			standard error
 *	-- note:		nothing; a remark for the reader
 *
 * `file-escaped`, `out-escaped` and so on hold \xHH, \t, \\, \{N:TEXT} (TEXT
 * N times), \c at the end for no newline. $DIR is the folder of the story.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CASES_STORY_H
#define CASES_STORY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"

struct result {
	int status;
	str out;
	str err;
};

struct step {
	str name;     /* "file" */
	str argument; /* behind the colon */
	str content;  /* what stands below it, escapes resolved */
	str raw;      /* as it stands in the file, its results left out */
	size_t line;
	struct result expected;
};

struct story {
	const char *path;
	str head; /* before the first step */
	struct instant now;
	struct step *steps;
	size_t count;
};

enum { STORY_MOST = 64 << 20, STORY_STEPS = 512 };

/* Reads a story; false: *why says what is wrong with it. */
bool story_read(struct story *story, const char *path, struct arena *arena,
		const char **why);

/* Writes it with what came of each step. */
bool story_write(const struct story *story, const struct result *results);

/* Is it a step that has a result? */
bool story_runs(const struct step *step);

#endif
