/*
 * replay - the findings of every commit of the main line, and how long each
 * lived.
 *
 * Every version of a file is read, parsed, validated and judged alone once,
 * side by side. Then the landings are gone through from the oldest: rules that
 * look at other records are judged again only where something they read has
 * changed (see reads.h), rules that look at the clock also at the time of each
 * landing. A finding that appears or goes while nothing changed did so by the
 * passing of time; the second is looked for by halving.
 *
 * All landings are judged by one policy, the present one: what would be found
 * today. The clock of a landing is its committer's time, or that of a landing
 * before it when that is later. Rules on history are not replayed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_REPLAY_H
#define LINT_REPLAY_H

#include "git/history.h"
#include "lint/lint.h"

struct replay;

struct replay_plan {
	const struct policy *policy;
	const struct history *history; /* of all paths; outlives the replay */
	struct repo *repo;
	struct instant now; /* the end: time goes on after the last landing */
	unsigned jobs;
	/* How many judgements by the clock are made at the most; beyond, time
	 * is looked at in larger steps, and replay_step says so. 0: no bound */
	size_t clock_most;
	void (*progress)(void *context, size_t done, size_t of); /* or NULL */
	void *context;
};

/* When a finding appeared or went. */
struct moment {
	size_t step;	     /* of the landing: the state after it */
	size_t landing;	     /* whose tree was there */
	struct instant when; /* of the landing, or when time did it */
	bool by_time;
};

struct interval {
	struct moment opened;
	struct moment closed; /* unless open */
	bool open;
};

struct lifetime {
	struct finding finding;		  /* as it was first found */
	const struct interval *intervals; /* at least one, in order */
	size_t count;
};

/* Replays. ERROR_GIT: an object is missing or damaged. */
MUST_USE bool replay_run(struct replay **out, const struct replay_plan *plan,
			 struct error *err);
void replay_free(struct replay *replay);

/* All findings there ever were, in the order in which they first appeared. */
size_t replay_count(const struct replay *replay);
struct lifetime replay_at(const struct replay *replay, size_t index);

/* Is it open in the state after a step? */
bool lifetime_open(const struct lifetime *lifetime, size_t step);

/* The clock of a step: replay_steps() - 1 is the end, `now`. */
size_t replay_steps(const struct replay *replay);
struct instant replay_clock(const struct replay *replay, size_t step);

/* Records after a step. */
size_t replay_records(const struct replay *replay, size_t step);

/* What happened by the clock between two looks this many seconds apart and
 * was over before the second is not seen; 0: every landing was looked at. */
int64_t replay_step(const struct replay *replay);

/* Versions of files that could not be judged whole, and the first reason. */
size_t replay_unread(const struct replay *replay, str *reason);

/* Rules that are not replayed, for they read history. */
size_t replay_left_out(const struct replay *replay);

/* What was done, for measuring: versions judged alone, judgements of rules
 * on records among others. */
size_t replay_versions(const struct replay *replay);
size_t replay_judgements(const struct replay *replay);

#endif
