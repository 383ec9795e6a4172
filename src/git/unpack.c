/* SPDX-License-Identifier: Apache-2.0 */
#include "git/unpack.h"

#include "base/mem.h"
#include "base/vec.h"
#include "git/base_cache.h"
#include "git/delta.h"

enum { DEPTH_MOST = 4095 };

/* A delta that was met on the way down. */
struct level {
	struct place place;
	struct entry_head head;
};

/* Where the way ends: an entry that is whole, or an object at hand. */
struct ground {
	enum object_kind kind;
	bool at_hand;
	struct place place;	/* unless at hand */
	struct entry_head head; /* likewise */
	str bytes;		/* if at hand */
};

struct unpacker {
	struct pack_search *search;
	struct inflater *inflater;
	const struct limits *limits;
	struct base_source source;
	struct base_cache cache;
	VEC(struct level) levels;
	struct buf top;	  /* the first delta of the chain */
	struct buf delta; /* any other one */
	struct buf bases[2];
	size_t made; /* bytes, for the object that is read */
};

struct unpacker *unpacker_new(struct pack_search *search,
			      struct inflater *inflater,
			      const struct limits *limits,
			      struct base_source source)
{
	struct unpacker *unpacker = mem_new(sizeof(*unpacker));

	unpacker->search = search;
	unpacker->inflater = inflater;
	unpacker->limits = limits;
	unpacker->source = source;
	buf_init(&unpacker->top, limits->git_base_size);
	buf_init(&unpacker->delta, limits->git_base_size);
	buf_init(&unpacker->bases[0], limits->git_base_size);
	buf_init(&unpacker->bases[1], limits->git_base_size);
	return unpacker;
}

void unpacker_free(struct unpacker *unpacker)
{
	if (!unpacker)
		return;
	base_cache_done(&unpacker->cache);
	vec_done(&unpacker->levels);
	buf_done(&unpacker->top);
	buf_done(&unpacker->delta);
	buf_done(&unpacker->bases[0]);
	buf_done(&unpacker->bases[1]);
	mem_free(unpacker);
}

/* ---- which pack */

bool pack_search_find(struct place *out, struct pack_search *search,
		      const struct oid *oid)
{
	const struct packs *const both[] = {search->known, &search->late};

	if (search->last && pack_find(out, search->last, oid))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		for (size_t k = 0; k < both[i]->count; k++) {
			if (both[i]->at[k] == search->last ||
			    !pack_find(out, both[i]->at[k], oid))
				continue;
			search->last = both[i]->at[k];
			return true;
		}
	}
	return false;
}

/* ---- down the chain */

static bool same_place(const struct place *a, const struct place *b)
{
	return a->pack == b->pack && a->offset == b->offset;
}

/* Where a delta's base is: in its own pack, in another one, or loose. */
static bool find_base(struct place *out, struct ground *ground,
		      struct unpacker *unpacker, const struct level *level,
		      struct error *err)
{
	const struct base_source *source = &unpacker->source;
	struct object object;
	char hex[OID_HEX];
	bool found;

	if (level->head.base) {
		*out = (struct place){level->place.pack, level->head.base};
		return true;
	}
	if (pack_find(out, level->place.pack, &level->head.name) ||
	    pack_search_find(out, unpacker->search, &level->head.name))
		return true;
	if (!source->read(source->context, &object, &found, &level->head.name,
			  &unpacker->bases[0], err))
		return false;
	oid_format(hex, &level->head.name);
	if (!found)
		return error_set(err, ERROR_GIT,
				 "the object %.*s it is a delta on is missing",
				 OID_HEX, hex);
	ground->at_hand = true;
	ground->kind = object.kind;
	ground->bytes = object.bytes;
	return true;
}

/* Follows the heads from `place` to the ground. A chain that meets an earlier
 * place of itself goes round for ever; one such place is remembered and moved
 * on at each power of two (R. P. Brent, An improved Monte Carlo factorization
 * algorithm, BIT 20, 1980, section 2). */
static bool descend(struct ground *out, struct unpacker *unpacker,
		    struct place place, struct error *err)
{
	struct ground ground = {0};
	struct place mark = {0};
	size_t next_mark = 1;
	struct object object;

	unpacker->levels.count = 0;
	while (!ground.at_hand) {
		struct entry_head head;
		struct level *level;

		if (same_place(&place, &mark))
			return error_set(err, ERROR_GIT,
					 "its deltas go round in a circle");
		if (base_cache_find(&object, &unpacker->cache, &place)) {
			ground.at_hand = true;
			ground.kind = object.kind;
			ground.bytes = object.bytes;
			break;
		}
		if (!pack_entry(&head, &place, err))
			return false;
		if (!head.delta) {
			ground.kind = head.kind;
			ground.place = place;
			ground.head = head;
			break;
		}
		if (unpacker->levels.count == DEPTH_MOST)
			return error_set(err, ERROR_GIT,
					 "more than %d deltas lead to it",
					 DEPTH_MOST);
		level = vec_push(&unpacker->levels);
		*level = (struct level){place, head};
		if (unpacker->levels.count == next_mark) {
			mark = place;
			next_mark *= 2;
		}
		if (!find_base(&place, &ground, unpacker, level, err))
			return false;
	}
	*out = ground;
	return true;
}

/* ---- and up again */

/* Counts bytes that are to be made. */
static bool afford(struct unpacker *unpacker, size_t size, struct error *err)
{
	const struct limits *limits = unpacker->limits;

	if (size_add(&unpacker->made, unpacker->made, size) &&
	    unpacker->made <= limits->git_chain_size)
		return true;
	return error_set(err, ERROR_LIMIT,
			 "more than %zu bytes lead to it (limit "
			 "git_chain_size)",
			 limits->git_chain_size);
}

/* What to reserve for some bytes: what makes zlib quick, if the ceiling lets
 * it. */
static size_t room_with_slack(const struct buf *to, size_t size)
{
	return size <= to->most && to->most - size >= INFLATE_ROOM
		       ? size + INFLATE_ROOM
		       : size;
}

/* Room for an object or delta on the way; its own size is bounded too. */
static char *room(struct unpacker *unpacker, struct buf *to, size_t size,
		  struct error *err)
{
	char *at;

	buf_clear(to);
	if (!afford(unpacker, size, err))
		return NULL;
	at = buf_reserve(to, room_with_slack(to, size));
	if (!at)
		(void)error_set(err, ERROR_LIMIT,
				"it builds on %zu bytes, at most %zu are read "
				"(limit git_base_size)",
				size, to->most);
	return at;
}

/* Inflates an entry into the room that was made for it in an empty buf. */
static bool inflate_entry(struct unpacker *unpacker,
			  const struct entry_head *head, struct buf *to,
			  struct error *err)
{
	if (!inflate_exactly(to->ptr, head->size,
			     room_with_slack(to, head->size),
			     unpacker->inflater, head->deflated,
			     head->delta ? "a delta" : "the object", err))
		return false;
	to->len = head->size;
	return true;
}

static bool read_delta(struct delta *out, struct unpacker *unpacker,
		       const struct level *level, struct buf *to,
		       struct error *err)
{
	if (!room(unpacker, to, level->head.size, err) ||
	    !inflate_entry(unpacker, &level->head, to, err))
		return false;
	return delta_open(out, buf_str(to), err);
}

/* Makes the ground an object; bases[0] holds it unless it is at hand. */
static bool read_ground(struct object *out, struct unpacker *unpacker,
			const struct ground *ground, struct error *err)
{
	struct buf *to = &unpacker->bases[0];

	*out = (struct object){ground->kind, ground->bytes};
	if (ground->at_hand)
		return true;
	if (!room(unpacker, to, ground->head.size, err) ||
	    !inflate_entry(unpacker, &ground->head, to, err))
		return false;
	out->bytes = buf_str(to);
	base_cache_put(&unpacker->cache, &ground->place, out);
	return true;
}

/* Makes the object that the first delta builds on. */
static bool read_bases(struct object *out, struct unpacker *unpacker,
		       const struct ground *ground, struct error *err)
{
	struct object base;
	unsigned next = 1;

	if (!read_ground(&base, unpacker, ground, err))
		return false;
	for (size_t i = unpacker->levels.count - 1; i > 0; i--) {
		const struct level *level = &unpacker->levels.at[i];
		struct buf *to = &unpacker->bases[next];
		struct delta delta;
		char *at;

		if (!read_delta(&delta, unpacker, level, &unpacker->delta, err))
			return false;
		at = room(unpacker, to, delta.result, err);
		if (!at || !delta_apply(at, &delta, base.bytes, err))
			return false;
		to->len = delta.result;
		base.bytes = buf_str(to);
		base_cache_put(&unpacker->cache, &level->place, &base);
		next = !next;
	}
	*out = base;
	return true;
}

/* The room for the object itself, after it was asked about. */
static char *room_for_all(struct unpacker *unpacker, struct buf *to,
			  const struct object_header *header,
			  const struct object_guard *guard, struct error *err)
{
	char *at;

	buf_clear(to);
	if (!guard->allow(guard->context, header, err) ||
	    !afford(unpacker, header->size, err))
		return NULL;
	at = buf_reserve(to, room_with_slack(to, header->size));
	if (!at)
		(void)error_set(err, ERROR_LIMIT,
				"%zu bytes, at most %zu are read", header->size,
				to->most);
	return at;
}

static bool unpack_whole(struct unpacker *unpacker, const struct ground *ground,
			 const struct object_guard *guard, struct buf *to,
			 struct error *err)
{
	const struct object_header header = {
		ground->kind,
		ground->at_hand ? ground->bytes.len : ground->head.size};
	char *at = room_for_all(unpacker, to, &header, guard, err);

	if (!at)
		return false;
	if (!ground->at_hand)
		return inflate_entry(unpacker, &ground->head, to, err);
	memcpy(at, ground->bytes.ptr, header.size);
	to->len = header.size;
	return true;
}

static bool unpack_delta(struct unpacker *unpacker, const struct ground *ground,
			 const struct object_guard *guard, struct buf *to,
			 struct error *err)
{
	struct object_header header = {.kind = ground->kind};
	struct object base;
	struct delta top;
	char *at;

	/* The first delta says the size of the result. */
	if (!read_delta(&top, unpacker, &unpacker->levels.at[0], &unpacker->top,
			err))
		return false;
	header.size = top.result;
	at = room_for_all(unpacker, to, &header, guard, err);
	if (!at || !read_bases(&base, unpacker, ground, err) ||
	    !delta_apply(at, &top, base.bytes, err))
		return false;
	to->len = header.size;
	return true;
}

bool unpack(struct object *out, struct unpacker *unpacker,
	    const struct place *place, const struct object_guard *guard,
	    struct buf *to, struct error *err)
{
	struct ground ground;
	struct object object;
	bool done;

	unpacker->made = 0;
	if (!descend(&ground, unpacker, *place, err))
		return false;
	if (unpacker->levels.count == 0)
		done = unpack_whole(unpacker, &ground, guard, to, err);
	else
		done = unpack_delta(unpacker, &ground, guard, to, err);
	if (!done)
		return false;
	object = (struct object){ground.kind, buf_str(to)};
	/* Trees come one after another, and each builds on the one before. */
	if (!ground.at_hand || unpacker->levels.count > 0)
		base_cache_put(&unpacker->cache, place, &object);
	*out = object;
	return true;
}
