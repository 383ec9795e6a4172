/*
 * base_cache - objects that were just unpacked, because the next deltas build
 * on them. One thread's.
 *
 * A ring of bytes: what comes in overwrites what came in longest ago, so
 * nothing is allocated or freed for an object. Positions only grow, and an
 * entry is whole as long as the ring has not come round to it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_BASE_CACHE_H
#define GIT_BASE_CACHE_H

#include "git/pack.h"

/* Kept apart from the ring: asking in vain touches one of them and no more. */
struct base_slot {
	uint64_t key; /* see key_of; 0 is no place */
	uint64_t at;  /* where in the ring */
};

struct base_cache {
	char *ring; /* NULL until the first object */
	struct base_slot *slots;
	unsigned bits; /* there are 2^bits slots */
	size_t puts;   /* since they were made */
	uint64_t head; /* where the next entry goes, counted from the start */
};

void base_cache_done(struct base_cache *cache);

/* Finds what is at a place. The bytes are the cache's, until the next put. */
MUST_USE bool base_cache_find(struct object *out,
			      const struct base_cache *cache,
			      const struct place *place);

/* Copies an object in; one that is too large is left out. The bytes may not be
 * the cache's own. */
void base_cache_put(struct base_cache *cache, const struct place *place,
		    const struct object *object);

#endif
