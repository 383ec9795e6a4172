/*
 * turns - what each version of each file did to the records in it; for this
 * room only.
 *
 * Paths are walked side by side, each from its oldest version to its newest,
 * and each version is parsed once. A version that cannot be read leaves open
 * what it held: it is a gap, and the next one that can be read is compared
 * with the last one that could.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_TURNS_H
#define RECORD_TURNS_H

#include "base/pool.h"
#include "base/vec.h"
#include "data/document.h"
#include "record/trail.h"

/* A record in one version of one file. */
struct held {
	str kind, id;
	const struct node *root;
	uint32_t document;
};

/* The first record of each name in a document, by kind and id. *twice: some
 * name stands there twice; it is that of the record returned there, or NULL. */
struct held *held_find(size_t *count, const struct held **twice,
		       const struct document *document, struct arena *arena);

/* Orders by kind, then by id. */
int name_compare(str kind_a, str id_a, str kind_b, str id_b);

/* A record came into a file, changed in it, or left it. */
struct turn {
	str kind, id;
	uint32_t landing;
	uint32_t path;	    /* its number in the history */
	uint32_t event;	    /* its index in the history */
	bool before, after; /* was it there, is it there? */
	bool reviewed;
	bool material;
	struct oid from, to; /* the blobs */
	const struct field_change *fields;
	size_t field_count;
};

struct turns_worker {
	const struct trails_plan *plan;
	struct odb_reader *reader;
	struct buf bytes;
	struct arena kept; /* of names, gaps and values */
	VEC(struct turn) turns;
	VEC(struct trail_gap) gaps;
	size_t failed; /* the path that could not be read, or SIZE_MAX */
	struct error err;
};

/* Walks all paths; each worker keeps what it found. Initialise and free them
 * with the following. */
void turns_walk(struct turns_worker *workers, unsigned count,
		const struct trails_plan *plan);
void turns_worker_init(struct turns_worker *worker,
		       const struct trails_plan *plan);
void turns_worker_done(struct turns_worker *worker);

/* What differs between two trees, copied into the arena. */
const struct field_change *turns_compare(size_t *count,
					 const struct node *before,
					 const struct node *after,
					 struct arena *arena);

/* Is there one that is no review, note or tag; and does one set the review? */
bool fields_material(const struct field_change *fields, size_t count);
bool fields_reviewed(const struct field_change *fields, size_t count);

#endif
