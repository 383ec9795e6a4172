/* SPDX-License-Identifier: Apache-2.0 */
#include "git/pack.h"

#include "base/mem.h"
#include "base/sys.h"
#include "git/wire.h"

enum {
	HEAD_BYTES = 12, /* "PACK", version, count */
	TAIL_BYTES = OID_RAW,
	PACKS_MOST = 16000, /* two mappings each; the system allows 65530 */
};

/* ---- opening */

static bool known(const struct packs *packs, int store, str name)
{
	for (size_t i = 0; packs && i < packs->count; i++) {
		if (packs->at[i]->store == store &&
		    str_equal(packs->at[i]->name, name))
			return true;
	}
	return false;
}

static void append(struct packs *packs, struct pack *pack, size_t before)
{
	pack->number = before + packs->count;
	if (packs->count == packs->capacity) {
		size_t size;

		packs->capacity = packs->capacity ? packs->capacity * 2 : 8;
		if (!size_mul(&size, packs->capacity, sizeof(pack)))
			mem_exhausted();
		packs->at = mem_grow(packs->at, size);
	}
	packs->at[packs->count++] = pack;
}

static void set_broken(struct pack *pack, struct arena *arena,
		       const struct error *err)
{
	pack->state = PACK_BROKEN;
	pack->why = str_keep(arena, error_text(err));
}

/* Do pack and index belong together? */
static bool fits(const struct pack *pack, struct error *err)
{
	const unsigned char *at = (const unsigned char *)pack->bytes.ptr;

	if (wire_32(at + 8) != pack->index.count)
		return error_set(err, ERROR_GIT,
				 "its index has %zu objects, and it has %u",
				 pack->index.count, wire_32(at + 8));
	if (memcmp(at + pack->bytes.len - TAIL_BYTES, pack->index.pack,
		   OID_RAW) != 0)
		return error_set(err, ERROR_GIT,
				 "its index is one of another pack");
	return true;
}

static enum pack_state examine(struct pack *pack, struct error *err)
{
	const unsigned char *at = (const unsigned char *)pack->bytes.ptr;
	uint32_t version;

	if (pack->bytes.len < HEAD_BYTES + TAIL_BYTES ||
	    memcmp(at, "PACK", 4) != 0) {
		(void)error_set(err, ERROR_GIT, "it is no pack");
		return PACK_BROKEN;
	}
	version = wire_32(at + 4);
	if (version != 2 && version != 3)
		return PACK_FOREIGN;
	switch (pack_index_open(&pack->index, pack->index_bytes, err)) {
	case INDEX_GOOD:
		return fits(pack, err) ? PACK_GOOD : PACK_BROKEN;
	case INDEX_FOREIGN:
		return PACK_FOREIGN;
	default:
		return PACK_BROKEN;
	}
}

/* An index whose pack is not there is no pack: git writes it last and
 * removes it first. */
static void open_one(struct packs *packs, size_t before, int store, int folder,
		     str index_name, struct arena *arena)
{
	struct pack *pack = arena_new(arena, struct pack);
	const char *index_path = arena_cstr(arena, index_name);
	struct error err;

	pack->store = store;
	pack->name = str_format(
		arena, STR_FMT ".pack",
		STR_ARG(str_slice(index_name, 0, index_name.len - 4)));
	switch (sys_map(&pack->bytes, folder, pack->name.ptr, &err)) {
	case SYS_FOUND:
		break;
	case SYS_NONE:
		return;
	default:
		set_broken(pack, arena, &err);
		append(packs, pack, before);
		return;
	}
	switch (sys_map(&pack->index_bytes, folder, index_path, &err)) {
	case SYS_FOUND:
		pack->state = examine(pack, &err);
		break;
	case SYS_NONE: /* removed meanwhile */
		sys_unmap(pack->bytes);
		return;
	default:
		pack->state = PACK_BROKEN;
	}
	if (pack->state == PACK_BROKEN)
		set_broken(pack, arena, &err);
	append(packs, pack, before);
}

static void add_broken(struct packs *packs, size_t before, int store,
		       struct arena *arena, const struct error *err)
{
	struct pack *pack = arena_new(arena, struct pack);

	if (known(packs, store, STR("the folder of packs")))
		return;
	pack->name = STR("the folder of packs");
	pack->store = store;
	set_broken(pack, arena, err);
	append(packs, pack, before);
}

static bool scan_store(struct packs *packs, const struct packs *old, int store,
		       struct arena *arena, struct error *err)
{
	size_t before = old ? old->count : 0;
	struct arena listing;
	str *names = NULL;
	size_t count = 0;
	int folder;
	bool done;

	if (sys_kind_of(store, "pack") == SYS_ABSENT)
		return true;
	if (!sys_open_directory(&folder, store, "pack", err))
		return false;
	arena_init(&listing);
	done = sys_list(&names, &count, folder, ".", &listing, err);
	for (size_t i = 0; done && i < count; i++) {
		str name = names[i];
		str pack;

		if (!str_ends(name, STR(".idx")))
			continue;
		pack = str_format(&listing, STR_FMT ".pack",
				  STR_ARG(str_slice(name, 0, name.len - 4)));
		if (known(old, store, pack) || known(packs, store, pack))
			continue;
		if (before + packs->count >= PACKS_MOST)
			done = error_set(err, ERROR_LIMIT,
					 "more than %d packs are not read; "
					 "`git gc` makes one of them",
					 PACKS_MOST);
		else
			open_one(packs, before, store, folder, name, arena);
	}
	arena_done(&listing);
	sys_close(folder);
	return done;
}

void packs_scan(struct packs *packs, const struct packs *old,
		const struct odb *odb, struct arena *arena)
{
	struct error err;

	for (size_t i = 0; i < odb->count; i++) {
		int store = odb->stores[i].descriptor;

		if (!scan_store(packs, old, store, arena, &err))
			add_broken(packs, old ? old->count : 0, store, arena,
				   &err);
	}
}

void packs_done(struct packs *packs)
{
	for (size_t i = 0; i < packs->count; i++) {
		sys_unmap(packs->at[i]->bytes);
		sys_unmap(packs->at[i]->index_bytes);
	}
	mem_free(packs->at);
	*packs = (struct packs){0};
}

/* ---- reading */

bool pack_find(struct place *out, const struct pack *pack,
	       const struct oid *oid)
{
	size_t position;

	if (pack->state != PACK_GOOD ||
	    !pack_index_find(&position, &pack->index, oid->bytes))
		return false;
	out->pack = pack;
	/* An offset that is outside of everything tells itself later. */
	if (!pack_index_offset(&out->offset, &pack->index, position))
		out->offset = SIZE_MAX;
	return true;
}

static bool broken(struct error *err, const struct place *place,
		   const char *how)
{
	return error_set(err, ERROR_GIT, "the entry at byte %zu of %s %s",
			 place->offset, place->pack->name.ptr, how);
}

/* A size: four bits, then seven bits a byte, the lowest first. */
static bool head_read(unsigned *type, size_t *size, const unsigned char **at,
		      const unsigned char *end)
{
	unsigned char byte = *(*at)++;
	size_t sum = byte & 15;

	*type = byte >> 4 & 7;
	for (unsigned shift = 4; byte & 0x80; shift += 7) {
		size_t part;

		if (*at == end || shift > 60)
			return false;
		byte = *(*at)++;
		part = byte & 0x7f;
		if (part << shift >> shift != part)
			return false;
		sum |= part << shift;
	}
	*size = sum;
	return true;
}

/* A distance: seven bits a byte, the highest first, and each byte that goes on
 * counts one more, so that no number has two forms. */
static bool distance_read(size_t *out, const unsigned char **at,
			  const unsigned char *end)
{
	size_t distance = 0;

	for (bool first = true;; first = false) {
		unsigned char byte;

		if (*at == end || distance >= SIZE_MAX >> 8)
			return false;
		byte = *(*at)++;
		distance = ((distance + !first) << 7) | (byte & 0x7f);
		if (!(byte & 0x80)) {
			*out = distance;
			return true;
		}
	}
}

bool pack_entry(struct entry_head *out, const struct place *place,
		struct error *err)
{
	static const enum object_kind kinds[8] = {
		[1] = OBJECT_COMMIT,
		[2] = OBJECT_TREE,
		[3] = OBJECT_BLOB,
		[4] = OBJECT_TAG,
	};
	str bytes = place->pack->bytes;
	const unsigned char *at, *end;
	struct entry_head head = {0};
	size_t distance;
	unsigned type;

	if (place->offset < HEAD_BYTES ||
	    place->offset >= bytes.len - TAIL_BYTES)
		return broken(err, place, "is outside of the pack");
	at = (const unsigned char *)bytes.ptr + place->offset;
	end = (const unsigned char *)bytes.ptr + bytes.len - TAIL_BYTES;
	if (!head_read(&type, &head.size, &at, end))
		return broken(err, place, "has a size that cannot be read");
	head.kind = kinds[type];
	if (type == ENTRY_OFFSET_DELTA) {
		if (!distance_read(&distance, &at, end) || distance == 0 ||
		    distance > place->offset - HEAD_BYTES)
			return broken(err, place,
				      "builds on what is before the pack");
		head.base = place->offset - distance;
	} else if (type == ENTRY_NAME_DELTA) {
		if (end - at < OID_RAW)
			return broken(err, place, "is cut short");
		head.name = oid_of_raw(at);
		at += OID_RAW;
	} else if (head.kind == OBJECT_ANY) {
		return broken(err, place, "is of no known type");
	}
	head.delta = type >= ENTRY_OFFSET_DELTA;
	head.deflated = str_make((const char *)at, (size_t)(end - at));
	*out = head;
	return true;
}
