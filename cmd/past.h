/*
 * past - the history of records, for the commands that tell of it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PAST_H
#define CMD_PAST_H

#include "base/vec.h"
#include "cmd/main_line.h"
#include "cmd/verify.h"

struct past {
	const struct env *env;
	const struct options *options;
	struct arena *arena;
	struct input input;
	unsigned jobs; /* --jobs, else all processors */
	struct oid tip;
	struct main_line line;
	struct main_line records;      /* of past_add_trails, else empty */
	const struct history *history; /* of the line */
	const struct trails *trails;   /* the same, or NULL */
	const struct mailmap *mailmap; /* of the trusted revision, or NULL */
	struct odb_reader *reader;
	struct evidence evidence; /* what --verify-signatures brought */
};

/* Reads the main line of --at, else of HEAD. On failure nothing is open. */
MUST_USE bool past_open(struct past *out, const struct env *env,
			const struct options *options, struct error *err);

/* The same for all paths, and no trails (NULL). */
MUST_USE bool past_open_whole(struct past *out, const struct env *env,
			      const struct options *options, struct error *err);

/* With --verify-signatures: has git verify these commits, or NULL: all of the
 * main line and those it merged. */
MUST_USE bool past_verify(struct past *past, const struct verify_list *list,
			  struct error *err);

/* Reads the trails beside the whole history. */
MUST_USE bool past_add_trails(struct past *past, struct error *err);

void past_close(struct past *past);

/* The trails a name stands for: kind/id, an id that is the only one, or the
 * path of a file that holds records, or held some. ERROR_USAGE with what was
 * probably meant. */
MUST_USE bool past_find(const struct trail *const **out, size_t *count,
			const struct past *past, str name, struct error *err);

/* The one record of a name. */
MUST_USE bool past_find_one(const struct trail **out, const struct past *past,
			    str name, struct error *err);

/* --field as a JSON pointer: "/a/b", "a/b" and "a.b" are one. Absent when it
 * was not given. */
str past_field(const struct past *past);

/* Is the record there at the tip? */
bool past_lives(const struct trail *trail);

/* Its value at the tip or, when it is gone, before it went. */
MUST_USE bool past_tree(const struct node **out, const struct past *past,
			const struct trail *trail, struct error *err);

/* Who made what a landing of a history of all paths has at a path: a commit of
 * a merged branch, or the landing itself. */
MUST_USE bool past_maker(const struct commit_facts **out,
			 const struct past *past, const struct history *history,
			 size_t landing, str path, struct error *err);

/* The number of the landing that a revision names; ERROR_USAGE where it is no
 * commit of the main line. */
MUST_USE bool past_find_landing(size_t *out, const struct past *past,
				str revision, struct error *err);

/* The landings of --since and --until, dates or revisions; see past_span. */
struct past_span {
	size_t from, to; /* landings [from, to) by revision */
	bool since_known, until_known;
	struct instant since, until; /* [since, until) by date */
};
MUST_USE bool past_span(struct past_span *out, const struct past *past,
			struct error *err);

/* The same of two texts; an absent or empty one leaves its side open. */
MUST_USE bool past_span_of(struct past_span *out, const struct past *past,
			   str since, str until, struct error *err);
bool past_in_span(const struct past_span *span, const struct past *past,
		  size_t landing);

/* All records of what --at names, with their trees and nothing judged. */
struct lint_run;
MUST_USE bool past_load(struct lint_run **out, const struct past *past,
			struct error *err);

#endif
