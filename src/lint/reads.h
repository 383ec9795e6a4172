/*
 * reads - what a judgement looked at besides its subject.
 *
 * A judgement is a function of its subject, of what it read and of the time:
 * as long as nothing of that changes it need not be repeated. The host notes
 * each read as a key; a change makes keys dirty.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_READS_H
#define LINT_READS_H

#include "base/map.h"
#include "base/vec.h"

enum read_sort {
	READ_KIND = 1,	/* all records of a kind */
	READ_RECORD,	/* one record by its name, there or not */
	READ_STATE,	/* of one record what checks in C look at in others: is
			   it there, valid, live, and to what does it refer */
	READ_REFERRERS, /* who refers to a name, and the state of those */
	READ_FILE,	/* a file by its path (id), there or not */
	READ_CLOCK,	/* the time of judgement */
	READ_ALL,	/* every record */
};

struct reads {
	VEC(uint64_t) keys;
};

static inline uint64_t read_key(enum read_sort sort, str kind, str id)
{
	uint64_t hash = (hash_str(kind) ^ (uint64_t)sort) * 0x9e3779b97f4a7c15U;

	return (hash ^ (hash >> 29) ^ hash_str(id)) * 0xbf58476d1ce4e5b9U;
}

/* Notes a read; without anybody who asks (NULL) nothing. */
static inline void reads_note(struct reads *reads, enum read_sort sort,
			      str kind, str id)
{
	uint64_t key;

	if (!reads)
		return;
	key = read_key(sort, kind, id);
	/* Loops read the same thing again and again. */
	if (reads->keys.count && reads->keys.at[reads->keys.count - 1] == key)
		return;
	*vec_push(&reads->keys) = key;
}

#endif
