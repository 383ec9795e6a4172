/*
 * past - the history of a repository as rules see it: who did what when, who
 * agreed, and which records it changed.
 *
 * What happened is told as deeds (lint/deed.h).
 *
 * Made once from trails, or from the commits of a test's world; const and
 * shared by threads from then on.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_PAST_H
#define LINT_PAST_H

#include "lint/deed.h"
#include "record/corpus.h"
#include "record/trail.h"

/* A commit of a world: facts as they are, persons by their ids. */
struct told_commit {
	struct commit_facts facts; /* author_is.name: the person's id */
	const char *signature;	   /* none, present, verified */
	struct proof proof;
	struct received received;	/* of a receipt of its own */
	const struct node *const *sets; /* records as they are after it */
	size_t set_count;
	const str *removes; /* "kind/id" */
	size_t remove_count;
	const str *unreadable; /* paths of gaps */
	size_t unreadable_count;
};

struct told {
	const struct told_commit *commits; /* from the oldest */
	size_t count;
};

struct past;

struct past_plan {
	const struct trails *trails;   /* or NULL, then: */
	const struct told *told;       /* of a world; NULL: an empty history */
	const struct mailmap *mailmap; /* for the names in trailers; or NULL */
	struct repo *repo;	       /* of the trails */
	const struct evidence *evidence; /* about its commits, or NULL */
	const struct corpus *people;	 /* persons, their trees at hand */
	const struct node *params; /* as vocabulary_params_node has them */
	const struct limits *limits;
};

/* Makes it; everything in the plan must outlive it. */
struct past *past_new(const struct past_plan *plan);
void past_free(struct past *past);

/* Deeds, from the oldest landing; within one the landing's own first. */
size_t past_count(const struct past *past);
const struct deed *past_at(const struct past *past, size_t index);

/* The landings, from the oldest. */
size_t past_landings(const struct past *past);
const struct deed *past_landing(const struct past *past, size_t number);

/* Why receipts cannot be read; or absent. */
str past_unreceived(const struct past *past);

/* Was there nobody on record before the landing of a deed? Then all that it
 * gives counts, since nothing else could. */
bool past_begins(const struct past *past, const struct deed *deed);

/* What a landing changes in a record, or NULL. */
const struct change *past_change(const struct past *past, size_t landing,
				 str kind, str id);

/* The deed that a change belongs to. */
const struct deed *past_of(const struct past *past,
			   const struct change *change);

/* The trail of a record, or NULL: it was never committed. */
const struct trail *past_trail(const struct past *past, str kind, str id);

/* The record before and after a change; NULL where it was not there. */
MUST_USE bool past_trees(const struct node **before, const struct node **after,
			 const struct past *past, struct odb_reader *reader,
			 const struct change *change, struct arena *arena,
			 struct error *err);

/* The newest committer time of a landing's parents. *found false: it has
 * none. */
MUST_USE bool past_parent_time(struct instant *out, bool *found,
			       const struct past *past,
			       struct odb_reader *reader,
			       const struct deed *deed, struct arena *arena,
			       struct error *err);

/* Is the commit that 40 digits name the tip or below it? One that is not in
 * the repository is not. */
MUST_USE bool past_holds(bool *out, const struct past *past,
			 struct odb_reader *reader, str sha, struct error *err);

/* Versions of files that could not be read, of paths that held records. */
const struct trail_gap *const *past_gaps(size_t *count,
					 const struct past *past);

/* A reader for the calling thread, or NULL for a world. */
struct odb_reader *past_reader(const struct past *past);

#endif
