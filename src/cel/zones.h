/*
 * zones - the time zones an evaluation may name.
 *
 * A program has no state of its own, so the host keeps what was loaded: one
 * cache for each thread, or a const table behind `find`. Without any, a zone
 * is loaded anew at each call, into the arena of the evaluation.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_ZONES_H
#define CEL_ZONES_H

#include "base/zone.h"
#include "cel/function.h"

struct cel_zones {
	/* The zone of a name; NULL: *err says why there is none. It lives as
	 * long as the context. */
	const struct zone *(*find)(void *context, str name, struct error *err);
	void *context;
};

struct cel_zone_cache;

/* A cache that loads with zone_load; for one thread. */
struct cel_zone_cache *cel_zone_cache_new(void);
void cel_zone_cache_free(struct cel_zone_cache *cache);

/* For cel_run.zones; borrowed from the cache. */
const struct cel_zones *cel_zone_cache_zones(
	const struct cel_zone_cache *cache);

/* The zone an argument names. NULL: *fail is the error value. */
const struct zone *cel_zone_find(struct cel_eval *eval, struct cel_value name,
				 struct cel_value *fail);

/* A checker's rule for calls whose last argument is a zone: a constant name
 * that is none is refused before anything runs. */
const struct cel_type *cel_zone_check(const struct cel_env *env,
				      const struct cel_type *const *args,
				      const struct cel_value *const *consts,
				      size_t count, struct error *err);

#endif
