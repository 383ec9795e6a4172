/*
 * replay_state - what the files of the replay share; nobody else includes it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_REPLAY_STATE_H
#define LINT_REPLAY_STATE_H

#include "lint/replay.h"
#include "lint/run.h"

enum { NONE = UINT32_MAX };

/* One content of one path, read and judged alone once. */
struct version {
	uint32_t path;
	const struct record *records;  /* with their trees */
	const struct record **members; /* of the corpus, while it is current */
	const struct finding *findings;
	const uint32_t *lives; /* of the findings, once it was current */
	uint32_t record_count;
	uint32_t finding_count;
	bool lost; /* its object is missing or damaged */
};

/* A rule on a record (or, without one, on the repository): judged again when
 * one of its keys is dirty, or by the clock. */
struct pair {
	uint32_t rule;
	uint32_t version; /* NONE: the repository */
	uint32_t record;
	uint32_t queued; /* the step it was queued in, and 1 */
	bool alive;
	bool clock;	     /* it looked at the time */
	bool listed;	     /* among those that did */
	bool settled;	     /* judged when all findings are known */
	VEC(uint32_t) lives; /* what it found, by index of the lifetime */
	struct reads reads;  /* sorted */
};

struct life {
	struct finding finding;
	uint32_t count;	 /* how many judgements find it now */
	uint32_t before; /* before this step, while touched */
	bool touched;
	VEC(struct interval) intervals;
};

/* Who reads a key. */
struct readers {
	uint64_t key; /* 0: an empty slot */
	VEC(uint32_t) pairs;
};

/* One judgement of a batch. */
struct judgement_result {
	uint32_t pair;
	unsigned worker;
	size_t first, count; /* of the worker's findings */
	struct reads reads;
};

struct replay {
	struct replay_plan kept_plan;
	const struct replay_plan *plan; /* that */
	struct lint lint;
	struct lint_run run;
	struct arena arena;	  /* to the end */
	struct arena *rounds;	  /* by worker: lists of one state */
	size_t *states;		  /* by worker: the state its host knows */
	size_t state;		  /* counts them */
	struct arena_mark *marks; /* by worker: what is kept */
	struct snapshot *versions_of;
	VEC(struct version) versions;
	uint32_t *version_of_event; /* by index of the event */
	uint32_t *current;	    /* by path: version or NONE */
	struct map paths;	    /* name -> index and 1 */
	struct map points;	    /* version and span -> pointer */

	VEC(struct pair) pairs;
	VEC(uint32_t) clock_pairs;
	VEC(uint32_t) settled_pairs;
	VEC(uint32_t) * pairs_of; /* by path: those of its version */
	struct readers *readers;  /* hash table of keys */
	size_t reader_slots, reader_count;
	VEC(uint32_t) queue;
	VEC(struct judgement_result) results;

	VEC(struct life) lives;
	struct map by_fingerprint; /* -> index of the life and 1 */
	VEC(uint32_t) touched;

	struct snapshot *files;	   /* of the state */
	VEC(struct entry) entries; /* by version */
	VEC(struct entry) tree;	   /* of the state, by path */
	size_t step;
	struct instant clock; /* of the state */
	VEC(struct instant) clocks;
	VEC(size_t) records;
	struct instant looked; /* when all clock pairs were judged last */
	int64_t coarse;
	size_t judgements;
	size_t unread;
	str unread_reason;
	size_t left_out;
};

#endif
