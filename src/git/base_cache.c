/* SPDX-License-Identifier: Apache-2.0 */
#include "git/base_cache.h"

#include "base/mem.h"

/* 16 MB are enough: 96 or 256 were measured to be no faster. */
enum {
	RING = 16 << 20,
	ENTRY_MOST = RING / 4,
	BITS_LEAST = 10,
	BITS_MOST = 16,
	ALIGN = 16,
};

struct held {
	size_t size;
	enum object_kind kind;
};

void base_cache_done(struct base_cache *cache)
{
	mem_free(cache->ring);
	mem_free(cache->slots);
	*cache = (struct base_cache){0};
}

/* Packs have fewer than 2^14 numbers; an offset of 2^50 is in none. */
static uint64_t key_of(const struct place *place)
{
	return (uint64_t)place->offset | (uint64_t)place->pack->number << 50;
}

static struct base_slot *slot_of(const struct base_cache *cache, uint64_t key)
{
	/* Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
	return &cache->slots[key * 0x9e3779b97f4a7c15u >> (64 - cache->bits)];
}

static bool is_whole(const struct base_cache *cache,
		     const struct base_slot *slot)
{
	return slot->key != 0 && cache->head <= slot->at + RING;
}

bool base_cache_find(struct object *out, const struct base_cache *cache,
		     const struct place *place)
{
	uint64_t key = key_of(place);
	const struct base_slot *slot;
	struct held held;
	const char *at;

	if (!cache->ring || place->offset >> 50)
		return false;
	slot = slot_of(cache, key);
	if (slot->key != key || !is_whole(cache, slot))
		return false;
	at = cache->ring + slot->at % RING;
	memcpy(&held, at, sizeof(held));
	*out = (struct object){held.kind,
			       str_make(at + sizeof(held), held.size)};
	return true;
}

/* Makes slots, twice as many as before. They are written, not just asked for:
 * a page that is read before it is written is mapped twice, and the second
 * time interrupts all other threads. */
static void more_slots(struct base_cache *cache)
{
	struct base_slot *old = cache->slots;
	size_t count = old ? (size_t)1 << cache->bits : 0;
	size_t size;

	cache->bits = old ? cache->bits + 1 : BITS_LEAST;
	cache->puts = 0;
	size = sizeof(struct base_slot) << cache->bits;
	cache->slots = mem_grow(NULL, size);
	memset(cache->slots, 0, size);
	for (size_t i = 0; i < count; i++) {
		if (is_whole(cache, &old[i]))
			*slot_of(cache, old[i].key) = old[i];
	}
	mem_free(old);
}

void base_cache_put(struct base_cache *cache, const struct place *place,
		    const struct object *object)
{
	const struct held held = {object->bytes.len, object->kind};
	uint64_t key = key_of(place);
	size_t room, end;
	char *at;

	if (object->bytes.len > ENTRY_MOST)
		return;
	room = (sizeof(held) + object->bytes.len + ALIGN - 1) / ALIGN * ALIGN;
	if (!cache->ring)
		cache->ring = mem_grow(NULL, RING);
	if (!cache->slots ||
	    (cache->puts >> cache->bits && cache->bits < BITS_MOST))
		more_slots(cache);
	cache->puts++;
	end = RING - cache->head % RING;
	if (room > end) /* entries lie in one piece */
		cache->head += end;
	at = cache->ring + cache->head % RING;
	memcpy(at, &held, sizeof(held));
	memcpy(at + sizeof(held), object->bytes.ptr, object->bytes.len);
	*slot_of(cache, key) = (struct base_slot){key, cache->head};
	cache->head += room;
}
