/*
 * pack - the packs of a repository: opened once, const, shared by all readers.
 *
 * A pack and its index are mapped, not read: a run touches a few pages of a
 * large pack, all threads share them, and delta chains jump. git never
 * changes a pack in place and removes whole files, which a mapping outlives;
 * sizes are checked when it is made. Whoever shortens a pack under a run ends
 * it by a signal (SIGBUS): no verdict, never a false one.
 *
 * A multi-pack index is not needed: each of its packs has an index of its own.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_PACK_H
#define GIT_PACK_H

#include "base/arena.h"
#include "git/pack_index.h"
#include "git/stores.h"

enum pack_state {
	PACK_GOOD,
	PACK_FOREIGN, /* of a form that is not known here: see foreign.h */
	PACK_BROKEN,
};

struct pack {
	str name;  /* "pack-1234.pack", terminated */
	int store; /* the descriptor of its object store */
	size_t number;
	enum pack_state state;
	str bytes; /* mapped, as are index_bytes */
	str index_bytes;
	struct pack_index index;
	str why; /* of a broken one */
};

/* In the order they were found; a pack stays where it is. */
struct packs {
	const struct pack **at;
	size_t count, capacity;
};

/* Opens the packs of every store that are neither in `known` nor in `packs`
 * and appends them; `known` may be NULL. What cannot be opened is kept as
 * broken, because an object that is nowhere else may be in it. */
void packs_scan(struct packs *packs, const struct packs *known,
		const struct odb *odb, struct arena *arena);
void packs_done(struct packs *packs);

/* Where an object is. */
struct place {
	const struct pack *pack;
	size_t offset;
};

/* Finds an object in one pack. False: it is not there, which includes every
 * pack that is not good. */
MUST_USE bool pack_find(struct place *out, const struct pack *pack,
			const struct oid *oid);

/* The types of an entry; those below are kinds of objects. */
enum { ENTRY_OFFSET_DELTA = 6, ENTRY_NAME_DELTA = 7 };

struct entry_head {
	bool delta;
	enum object_kind kind; /* unless it is a delta */
	size_t size;	       /* of the object or the delta */
	size_t base;	       /* offset of the base; 0: it has a name */
	struct oid name;
	str deflated; /* begins with its bytes and goes on to the pack's end */
};

/* Reads the head of an entry. ERROR_GIT: the place is outside of the pack, or
 * what is there is no entry. */
MUST_USE bool pack_entry(struct entry_head *out, const struct place *place,
			 struct error *err);

#endif
