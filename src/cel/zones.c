/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/zones.h"

#include "base/map.h"
#include "base/mem.h"

enum { ZONE_COST = 10, ZONE_LOAD_COST = 500 }; /* a file of some KiB is read */

struct cel_zone_cache {
	struct cel_zones zones;
	struct arena arena;
	struct map by_name;
};

static const struct zone *cache_find(void *context, str name, struct error *err)
{
	struct cel_zone_cache *cache = context;
	const struct zone *known = map_find(&cache->by_name, name);
	struct arena_mark mark = arena_mark(&cache->arena);
	struct zone *zone;

	if (known)
		return known;
	zone = arena_new(&cache->arena, struct zone);
	if (!zone_load(zone, name, &cache->arena, err)) {
		arena_release(&cache->arena, mark);
		return NULL;
	}
	(void)map_put(&cache->by_name, str_keep(&cache->arena, name), zone);
	return zone;
}

struct cel_zone_cache *cel_zone_cache_new(void)
{
	struct cel_zone_cache *cache = mem_new(sizeof(*cache));

	cache->zones = (struct cel_zones){cache_find, cache};
	arena_init(&cache->arena);
	map_init(&cache->by_name);
	return cache;
}

void cel_zone_cache_free(struct cel_zone_cache *cache)
{
	if (!cache)
		return;
	map_done(&cache->by_name);
	arena_done(&cache->arena);
	mem_free(cache);
}

const struct cel_zones *cel_zone_cache_zones(const struct cel_zone_cache *cache)
{
	return &cache->zones;
}

static const struct zone *load(struct cel_eval *eval, str name,
			       struct error *err)
{
	struct zone *zone = arena_new(eval->arena, struct zone);

	return zone_load(zone, name, eval->arena, err) ? zone : NULL;
}

const struct zone *cel_zone_find(struct cel_eval *eval, struct cel_value name,
				 struct cel_value *fail)
{
	const struct cel_zones *zones = eval->zones;
	const struct zone *zone;
	struct error err;

	if (!cel_charge(eval, zones ? ZONE_COST : ZONE_LOAD_COST)) {
		*fail = cel_spent(eval);
		return NULL;
	}
	zone = zones ? zones->find(zones->context, cel_str(name), &err)
		     : load(eval, cel_str(name), &err);
	if (zone)
		return zone;
	if (err.kind == ERROR_SYNTAX)
		*fail = cel_fail_text(eval, CEL_FAULT_ARGUMENT,
				      str_keep(eval->arena, error_text(&err)),
				      cel_null());
	else
		*fail = cel_fail(eval, CEL_FAULT_ZONE, name, cel_null());
	return NULL;
}

const struct cel_type *cel_zone_check(const struct cel_env *env,
				      const struct cel_type *const *args,
				      const struct cel_value *const *consts,
				      size_t count, struct error *err)
{
	const struct cel_value *name = consts[count - 1];
	struct arena arena;
	struct zone zone;

	(void)env;
	(void)args;
	if (!name || name->tag != CEL_STRING)
		return NULL;
	arena_init(&arena);
	if (!zone_load(&zone, cel_str(*name), &arena, err))
		err->placed = false; /* the place is the call */
	arena_done(&arena);
	return NULL;
}
