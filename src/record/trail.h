/*
 * trail - the changes of each record over the main line.
 *
 * A trail follows a record by its kind and id: a file that moves, is split, or
 * is turned from YAML into JSON changes nothing; neither do layout, order of
 * keys, comments and quoting. What changes a record is another parsed value.
 *
 * One pass over the events of the history: the versions of a path are parsed
 * from the oldest to the newest, each once, its records compared with those of
 * the version before; a record that one path loses and another gains in one
 * landing has moved. Everything is const once read.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_TRAIL_H
#define RECORD_TRAIL_H

#include "base/limits.h"
#include "data/node.h"
#include "git/history.h"

/* One field that differs. Items of a list are matched by their identity (see
 * record/compare.h); the pointer names the item's place after the change, or,
 * where it is gone, before. */
struct field_change {
	str pointer;		   /* JSON pointer: "/period" */
	str pointer_before;	   /* its place before; absent: it had none */
	const struct node *before; /* NULL: it was not there */
	const struct node *after;  /* NULL: it is not there any more */
	bool item;		   /* an item of a list came or went */
	bool reordered; /* a list whose kept items changed their order; what
			   differs in them stands in changes of its own */
};

enum change_kind {
	CHANGE_ADDED,	/* the record appears */
	CHANGE_CHANGED, /* fields differ; it may have moved as well */
	CHANGE_MOVED,	/* another path, the same value */
	CHANGE_REMOVED, /* the record is gone */
};
/* "added", "changed", "moved", "removed". */
const char *change_kind_name(enum change_kind kind);

struct change {
	enum change_kind kind;
	const struct trail *trail;
	const struct commit_facts *landing;
	const struct commit_facts *maker; /* who made the content */
	size_t number;			  /* of the landing in the history */
	str path, path_before; /* path_before absent: added; path absent:
				  removed */
	struct oid blob, blob_before;
	const struct field_change *fields; /* none when added or removed */
	size_t field_count;
	bool material; /* a field differs beside reviewed_on, notes and tags;
			  added and removed are material */
	bool reviewed; /* sets reviewed_on */
};

/* Newest first. */
struct trail {
	str kind, id;
	const struct change *changes;
	size_t count;
};

/* A version of a file that is no readable document, or of which two records
 * have one name: what it held is not known. */
struct trail_gap {
	str path;
	size_t landing;
	str reason;
};

struct trails;

struct trails_plan {
	const struct history *history; /* outlives the trails */
	struct repo *repo;
	const struct limits *limits;
	unsigned jobs;
	bool verify; /* check the SHA-1 of all that is read (slower) */
};

/* Reads all trails. ERROR_GIT: an object is missing or damaged. */
MUST_USE bool trails_read(struct trails **out, const struct trails_plan *plan,
			  struct error *err);
void trails_free(struct trails *trails);

/* The trail of a record, or NULL. Records that are gone have one too. */
const struct trail *trails_find(const struct trails *trails, str kind, str id);

/* All trails, by kind and id. */
size_t trails_count(const struct trails *trails);
const struct trail *trails_at(const struct trails *trails, size_t index);

/* All changes of one landing, by kind and id. */
const struct change *const *trails_landing(size_t *count,
					   const struct trails *trails,
					   size_t landing);

/* Versions that could not be read, by landing and path. */
const struct trail_gap *trails_gaps(size_t *count, const struct trails *trails);

const struct history *trails_history(const struct trails *trails);

/* The record before and after a change, parsed anew into the arena; NULL where
 * it was not there. */
MUST_USE bool change_trees(const struct node **before,
			   const struct node **after,
			   const struct trails *trails,
			   struct odb_reader *reader,
			   const struct change *change, struct arena *arena,
			   struct error *err);

/* The newest change that touches a field, which is named as it is now (see
 * record/follow.h). NULL: never. */
const struct change *trail_field(const struct trail *trail, str pointer);

#endif
