/*
 * pool - the same work on many items, side by side.
 *
 * Threads claim runs of neighbouring items; what they share is const, what
 * they write is theirs by `worker` number, and the caller merges by index, so
 * that the result never depends on the number of threads.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

struct pool_work {
	/* Does items [from, to) as worker number `worker` (from 0). */
	void (*run)(void *context, unsigned worker, size_t from, size_t to);
	void *context;
	size_t count;  /* items */
	size_t chunk;  /* neighbours claimed at once; 0 is 32 */
	unsigned jobs; /* threads at most; 1 runs in the caller */
};

enum { POOL_MOST = 64 };

/* Returns when all items are done. A thread that cannot be made is done
 * without: the others, at least the caller, do the work. */
void pool_run(const struct pool_work *work);

/* How many threads `pool_run` uses at most for this work. */
unsigned pool_workers(const struct pool_work *work);

#endif
