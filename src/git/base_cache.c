/* SPDX-License-Identifier: Apache-2.0 */
#include "git/base_cache.h"

#include "base/mem.h"

/* 16 MB are enough: 96 or 256 were measured to be no faster. */
enum {
	RING = 16 << 20,
	ENTRY_MOST = RING / 4,
	SLOT_BITS = 16,
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
	return &cache->slots[key * 0x9e3779b97f4a7c15u >> (64 - SLOT_BITS)];
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
	if (slot->key != key || cache->head > slot->at + RING)
		return false;
	at = cache->ring + slot->at % RING;
	memcpy(&held, at, sizeof(held));
	*out = (struct object){held.kind,
			       str_make(at + sizeof(held), held.size)};
	return true;
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
	if (!cache->ring) {
		cache->ring = mem_new(RING);
		cache->slots = mem_new(sizeof(struct base_slot) << SLOT_BITS);
	}
	end = RING - cache->head % RING;
	if (room > end) /* entries lie in one piece */
		cache->head += end;
	at = cache->ring + cache->head % RING;
	memcpy(at, &held, sizeof(held));
	memcpy(at + sizeof(held), object->bytes.ptr, object->bytes.len);
	*slot_of(cache, key) = (struct base_slot){key, cache->head};
	cache->head += room;
}
