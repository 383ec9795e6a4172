/*
 * map - from a string to a pointer; open addressing, keys borrowed.
 *
 * Never iterated, so that no result can depend on the order of a hash. The
 * hash is XXH3 with a fixed seed, for repeatable runs; limits.h bounds how
 * many keys an input may bring.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_slot;

struct map {
	struct map_slot *slots;
	size_t count;
	size_t capacity;
};

void map_init(struct map *map);
void map_done(struct map *map);

/* The value of a key, or NULL. */
void *map_find(const struct map *map, str key);

/* Sets a value that is not NULL; the key's bytes must outlive the map.
 * Returns the value it replaces, or NULL. */
void *map_put(struct map *map, str key, const void *value);

uint64_t hash_str(str s);

#endif
