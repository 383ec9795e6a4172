/*
 * record - one document that states a kind and is judged.
 *
 * A record keeps the facts that other records ask for: its name, its state
 * and what it refers to. Its tree is kept only where a rule reads it from
 * elsewhere; `root` is NULL when it was let go. Everything is const once the
 * corpus is closed and lives as long as the arenas of the run.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/span.h"
#include "data/node.h"

/* A file of the snapshot that was read. */
struct source {
	str path;
	size_t entry;	 /* its index in the snapshot */
	uint64_t digest; /* of the bytes that were judged */
};

/* A value that names another record (schema keyword x-ref). */
struct reference {
	str kind;	  /* of the record it names */
	str id;		  /* without the kind */
	struct span span; /* of the value in the file */
};

/* A value that names a requirement of a framework (x-requirement). */
struct requirement_reference {
	str name; /* "gdpr:art-30-1" */
	struct span span;
};

struct referrer;

struct record {
	const struct source *source;
	str kind, id;
	str title;  /* or absent */
	str status; /* or absent */
	struct span
		place; /* of the id value; where findings point by default */
	struct span status_span;
	const struct node *root; /* or NULL: the tree was let go */
	const struct reference *references;
	const struct requirement_reference *requirements;
	uint32_t reference_count;
	uint32_t requirement_count;
	const struct referrer *links; /* of its references: the corpus's own */
	uint64_t digest;	      /* of its text, as it was written */
	uint32_t document;	      /* which one of its file, from 0 */
	bool valid;		      /* against the schema of its kind */
	bool live;		      /* its status is not a terminal one */
};

#endif
