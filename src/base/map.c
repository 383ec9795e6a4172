/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wswitch-enum"
#pragma GCC diagnostic ignored "-Wcast-qual"
#include <xxhash.h>
#pragma GCC diagnostic pop

#include "base/mem.h"

struct map_slot {
	str key;
	uint64_t hash;
	void *value; /* NULL: the slot is free */
};

uint64_t hash_str(str s)
{
	return XXH3_64bits(s.ptr ? s.ptr : "", s.len);
}

void map_init(struct map *map)
{
	*map = (struct map){0};
}

void map_done(struct map *map)
{
	mem_free(map->slots);
	*map = (struct map){0};
}

static struct map_slot *slot_of(const struct map *map, str key, uint64_t hash)
{
	size_t mask = map->capacity - 1;
	size_t i = (size_t)hash & mask;

	while (map->slots[i].value && (map->slots[i].hash != hash ||
				       !str_equal(map->slots[i].key, key)))
		i = (i + 1) & mask;
	return &map->slots[i];
}

void *map_find(const struct map *map, str key)
{
	if (map->count == 0)
		return NULL;
	return slot_of(map, key, hash_str(key))->value;
}

static void grow(struct map *map)
{
	struct map old = *map;
	size_t bytes;

	map->capacity = old.capacity ? old.capacity * 2 : 16;
	if (!size_mul(&bytes, map->capacity, sizeof(*map->slots)))
		mem_exhausted();
	map->slots = mem_new(bytes);
	for (size_t i = 0; i < old.capacity; i++) {
		if (old.slots[i].value)
			*slot_of(map, old.slots[i].key, old.slots[i].hash) =
				old.slots[i];
	}
	mem_free(old.slots);
}

void *map_put(struct map *map, str key, const void *value)
{
	uint64_t hash = hash_str(key);
	struct map_slot *slot;
	void *replaced;

	if (map->count * 4 >= map->capacity * 3)
		grow(map);
	slot = slot_of(map, key, hash);
	replaced = slot->value;
	if (!replaced)
		map->count++;
	/* The map hands out what it was given; it never writes through it. */
	*slot = (struct map_slot){key, hash, (void *)(uintptr_t)value};
	return replaced;
}
