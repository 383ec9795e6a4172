/*
 * parse - commits, tags and trees from their raw bytes.
 *
 * libgit2's parsers refuse what git shows and show what git refuses; these
 * read what git writes, say what is odd, and never guess. The bytes of an
 * object stay the caller's: every str here looks into them.
 *
 * Source: git's Documentation/gitformat-* and fsck.c, in our own words:
 * a commit is `tree`, `parent`*, `author`, `committer`, other headers (a line
 * that begins with a space continues one), an empty line, the message.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_PARSE_H
#define GIT_PARSE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/instant.h"
#include "base/oid.h"
#include "base/step.h"

#include "git/odb.h"

/* An author, committer or tagger: a claim by whoever made the object. */
struct ident {
	str raw;	 /* the line after its keyword */
	str name, email; /* as git splits them: at the first `<` and the
			    first `>` after it */
	str date;	 /* the digits as written, absent if there are none */
	struct instant when;   /* set if `dated` */
	int32_t offset;	       /* seconds east of UTC, 0 when not understood */
	bool dated;	       /* a date of the years 1970 to 9999 */
	const char *malformed; /* what is odd about it, or NULL */
};

/* Splits an identity; what cannot be read stays absent and is told. */
struct ident ident_parse(str raw);

struct commit {
	struct oid tree;
	const struct oid *parents; /* of the arena */
	size_t parents_count;
	struct ident author, committer;
	str encoding;	    /* absent: UTF-8 */
	bool has_signature; /* a gpgsig header is there: a claim, not verified
			     */
	str signature;	    /* the first line of that header */
	str message;
	const char *malformed; /* what is odd about it, or NULL */
};

/* Reads a commit. ERROR_GIT: it has no tree, or its parents, author or
 * committer are not where they must be. Odd identities, a NUL in the message
 * and repeated headers are told in `malformed`. */
MUST_USE bool commit_parse(struct commit *out, str bytes, struct arena *arena,
			   struct error *err);

/* Reads no more of a commit than its tree and its first parent (len 0: none),
 * to follow a line of commits fast. */
MUST_USE bool commit_peek(struct oid *tree, struct oid *parent, str bytes,
			  struct error *err);

struct tag {
	struct oid object;
	enum object_kind kind;
	str name;
	struct ident tagger; /* raw absent: none, as in old tags */
	bool has_signature;  /* a signature block ends it: a claim */
	str message;
};

MUST_USE bool tag_parse(struct tag *out, str bytes, struct error *err);

enum tree_mode {
	MODE_FILE = 0100644,
	MODE_EXECUTABLE = 0100755,
	MODE_LINK = 0120000,
	MODE_SUBMODULE = 0160000,
	MODE_TREE = 0040000,
};

struct tree_item {
	str name;
	struct oid oid;
	enum tree_mode mode; /* old group-writable files count as MODE_FILE */
};

enum { TREE_TWINS = 64 };

/* A tree being read; start with tree_begin. */
struct tree_cursor {
	str bytes;
	size_t at;
	struct tree_item last;
	str files[TREE_TWINS]; /* files a folder to come may bear the name of */
	size_t files_count;
};

struct tree_cursor tree_begin(str bytes);

/* Reads the next entry. STEP_FAILED, *err set: the tree is cut short, not in
 * git's strict order, names one thing twice, or has a mode or a name that git
 * would not check out (empty, `.`, `..`, with `/`, `.git` in any spelling). */
MUST_USE enum step tree_next(struct tree_item *out, struct tree_cursor *cursor,
			     struct error *err);

/* May this be one component of a path? Else why not. */
const char *tree_name_refused(str name);

#endif
