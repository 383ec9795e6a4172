/*
 * odb - the object stores of a repository, read with guards.
 *
 * A store is an `objects` folder: the repository's own, its alternates, and
 * the quarantine of a push. Loose objects and packs are read by us (see loose.h
 * and pack.h); a pack of a form that is not known here by libgit2, which is
 * loaded when one is met (see foreign.h).
 *
 * The stores and packs are const and shared; a reader is one thread's handle.
 * What an object names must be there: an object that no store has is the error
 * "repository damaged or incomplete: object X is missing", never an absence.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_ODB_H
#define GIT_ODB_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/oid.h"

enum object_kind {
	OBJECT_ANY, /* asked for only, never an answer */
	OBJECT_COMMIT,
	OBJECT_TREE,
	OBJECT_BLOB,
	OBJECT_TAG,
};

/* The git word: "commit", "tree", "blob", "tag", or "object". */
const char *object_kind_name(enum object_kind kind);

struct object {
	enum object_kind kind;
	str bytes; /* of the buf that was handed in */
};

struct odb;
struct odb_reader;

/* Where the stores are. Alternates are separated by ':' and may be quoted as
 * git does it in GIT_ALTERNATE_OBJECT_DIRECTORIES; relative ones are below
 * `base`. */
struct odb_places {
	const char *directory;	/* the folder `objects`, or the quarantine's */
	const char *alternates; /* or NULL */
	str base;		/* what relative alternates are below */
};

/* Opens every store. A store that is named and not there is an error: objects
 * may be missing for that alone. Free with odb_free after all its readers. */
MUST_USE bool odb_open(struct odb **out, const struct odb_places *places,
		       const struct limits *limits, struct error *err);
void odb_free(struct odb *odb);

/* A thread's handle. It checks the SHA-1 of all it reads, until told not to
 * (bulk history, which then has to say so). */
struct odb_reader *odb_reader_new(const struct odb *odb);
void odb_reader_free(struct odb_reader *reader);
void odb_reader_trust(struct odb_reader *reader, bool trust);

/* Reads an object that something names, into `bytes`, which is emptied first
 * and whose ceiling bounds it. ERROR_GIT: missing, damaged or of another kind
 * than `kind`; ERROR_LIMIT: larger than the limit of its kind (commits and
 * tags git_commit_size, trees git_tree_size) or than the ceiling. */
MUST_USE bool odb_read(struct object *out, struct odb_reader *reader,
		       const struct oid *oid, enum object_kind kind,
		       struct buf *bytes, struct error *err);

/* Is it there at all? For names a user typed, and for promised objects. */
MUST_USE bool odb_has(bool *out, struct odb_reader *reader,
		      const struct oid *oid, struct error *err);

enum { ODB_PREFIX_LEAST = 4 };

/* Finds the one object whose name begins with `digits` (lower case, 4 to 40).
 * *count: 0, 1, or 2 for "more than one". */
MUST_USE bool odb_find_prefix(struct oid *out, size_t *count,
			      struct odb_reader *reader, str digits,
			      struct error *err);

#endif
