/*
 * main_line - the history of what is judged: one reader for every command.
 *
 * Names are those that the mailmap of the trusted revision gives: a change
 * could rename its author. A history that is not whole is an error with the
 * command that mends it: of a cut one the oldest commit would seem to have made
 * everything.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_MAIN_LINE_H
#define CMD_MAIN_LINE_H

#include "cmd/input.h"
#include "record/trail.h"

struct main_line {
	const struct mailmap *mailmap; /* or NULL; in the arena */
	struct history *history;
	struct trails *trails; /* NULL when all paths were asked for */
};

struct main_line_plan {
	struct oid tip;
	bool whole; /* all paths, and no trails */
	unsigned jobs;
	struct arena *arena; /* outlives the line */
};

/* The commit that is judged, or HEAD of the work tree and the index. Without a
 * name (len 0): nothing was committed yet. */
MUST_USE bool main_line_tip(struct oid *out, const struct input *input,
			    struct arena *arena, struct error *err);

/* Reads the first parents below the tip. On failure nothing is open. */
MUST_USE bool main_line_read(struct main_line *out, const struct input *input,
			     const struct main_line_plan *plan,
			     struct error *err);
void main_line_close(struct main_line *line);

/* A file of the trusted revision, in the arena: --policies-at, else what is
 * judged. *found false: it has none. */
MUST_USE bool main_line_trusted(str *out, bool *found,
				const struct input *input, str path,
				struct arena *arena, struct error *err);

#endif
