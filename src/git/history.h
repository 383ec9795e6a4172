/*
 * history - what every commit of the main line changed, found in one pass.
 *
 * The main line is the tip, its first parent, and so on: the time line of the
 * branch that is audited. A commit on it is a landing; landings are numbered
 * from the oldest, so that a number stays when commits are added. An event is
 * one path that differs between a landing's tree and its first parent's; the
 * events are those of
 *
 *	git log --raw --no-abbrev --no-renames -m --first-parent
 *
 * in git's order of paths. Trees that are equal are not entered. The maker of
 * an event is the commit that made the content: from the landing follow the
 * parent that has the same entry at the path until none has (git's default
 * simplification); often it is the landing itself.
 *
 * Replacements and grafts are not followed (repo_state names them). Modes that
 * git no longer writes count as it counts them; a tree that could hide an
 * entry (see differ.h) is an error.
 *
 * Everything is const once read and may be shared by threads.
 *
 * Source: Documentation/rev-list-options of git (first parent, history
 * simplification), in our own words.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "base/progress.h"
#include "git/commit_facts.h"
#include "git/repo.h"

enum event_kind {
	EVENT_ADDED,
	EVENT_MODIFIED, /* content, mode or both */
	EVENT_DELETED,
};

struct event {
	uint32_t landing; /* its number */
	uint32_t path;	  /* its number, see history_path */
	enum event_kind kind;
	uint32_t mode;	      /* enum tree_mode after it; 0: deleted */
	uint32_t mode_before; /* 0: added */
	struct oid oid;	      /* after it; len 0: deleted */
	struct oid before;    /* len 0: added */
};

struct history;

struct history_plan {
	struct oid tip; /* a commit */
	unsigned jobs;	/* threads, at least 1 */
	/* Only paths that this takes; NULL: all. Called from any thread. */
	bool (*takes)(const void *context, str path);
	const void *context;
	const struct mailmap *mailmap; /* or NULL */
	struct progress *progress; /* shown how far it is; NULL: nobody is */
	bool verify; /* check the SHA-1 of all that is read (slower) */
};

/* Reads the main line and its events. ERROR_GIT: an object is missing or
 * damaged; ERROR_LIMIT: history_commits, history_events, or a tree too deep or
 * too large. What is told is the same for any number of threads. A shallow
 * boundary is no error here: history_cut tells, and whoever needs a whole
 * history refuses. Free with history_free; the repository has to live longer.
 */
MUST_USE bool history_read(struct history **out, struct repo *repo,
			   const struct history_plan *plan, struct error *err);
void history_free(struct history *history);

/* Is the main line cut at a shallow boundary? Its oldest landing then shows
 * everything as added, which is no fact. */
bool history_cut(const struct history *history);

/* Landings, from the oldest. */
size_t history_count(const struct history *history);
const struct commit_facts *history_landing(const struct history *history,
					   size_t landing);

/* The landing of a commit; history_count() when it is not on the main line: a
 * remembered tip that is not found tells of a rewritten history. */
size_t history_find(const struct history *history, const struct oid *commit);

/* The events of one landing, in the order of their paths. */
const struct event *history_events(size_t *count, const struct history *history,
				   size_t landing);

/* All paths that ever had an event, sorted by their bytes: their names, and
 * their events from the oldest, as indexes into history_event. */
size_t history_path_count(const struct history *history);
str history_path(const struct history *history, size_t path);
const uint32_t *history_path_events(size_t *count,
				    const struct history *history, size_t path);
const struct event *history_event(const struct history *history, size_t index);

/* The commit that made the content of an event: the landing itself or a commit
 * of a merged branch. ERROR_GIT also at a shallow boundary: who made what came
 * with it is not known. Facts live in the arena; for the landing they are the
 * history's own. */
MUST_USE bool history_maker(const struct commit_facts **out,
			    const struct history *history,
			    struct odb_reader *reader,
			    const struct event *event, struct arena *arena,
			    struct error *err);

/* The tip of the main line at an instant: the newest landing whose committer
 * time, and that of every landing before it, is known to be at or before it.
 * Returns history_count() when there is none. */
size_t history_at(const struct history *history, struct instant when);

#endif
