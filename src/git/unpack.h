/*
 * unpack - objects out of packs, through chains of deltas.
 *
 * An object in a pack is whole, or a delta on another entry of the same pack
 * (named by its distance) or on any object (named by its hash; outside of the
 * same pack only in what a push brings). The chain is followed by heads alone
 * to the object that is whole; then kind and size are known and asked about;
 * then it is made, step by step, with every size bounded beforehand.
 *
 * A chain may have 4,095 deltas, as with git, and no cycle.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_UNPACK_H
#define GIT_UNPACK_H

#include "base/buf.h"
#include "git/guard.h"
#include "git/inflate.h"
#include "git/pack.h"

/* What is known of packs, and where a thread last found something. */
struct pack_search {
	const struct packs *known; /* of the odb, shared */
	struct packs late;	   /* seen since, by this reader */
	const struct pack *last;
};

/* Finds an object in any pack, where the last one was first. */
MUST_USE bool pack_search_find(struct place *out, struct pack_search *search,
			       const struct oid *oid);

/* How a base that is in no pack is read: into `to`, emptied. *found false:
 * it is nowhere. */
struct base_source {
	bool (*read)(void *context, struct object *out, bool *found,
		     const struct oid *oid, struct buf *to, struct error *err);
	void *context;
};

/* One thread's. */
struct unpacker;
struct unpacker *unpacker_new(struct pack_search *search,
			      struct inflater *inflater,
			      const struct limits *limits,
			      struct base_source source);
void unpacker_free(struct unpacker *unpacker);

/* Reads what is at a place into `to`, which is emptied first. ERROR_GIT: the
 * pack is damaged; ERROR_LIMIT: git_base_size or git_chain_size is passed, or
 * as `guard` says. */
MUST_USE bool unpack(struct object *out, struct unpacker *unpacker,
		     const struct place *place,
		     const struct object_guard *guard, struct buf *to,
		     struct error *err);

#endif
