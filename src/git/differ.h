/*
 * differ - what differs between two trees, folders entered only where they do.
 *
 * For bulk history: folders are compared as raw bytes, entry by entry, and
 * the last ones read are kept, because the tree of a commit is the next one's
 * old side. Old trees are taken as they are where nothing can be lost: modes
 * that git no longer writes count as it counts them (100664 is 100644, 040000
 * a folder), names are not judged. What could hide an entry is an error that
 * names the folder: bytes cut short, an order that is not git's, a name twice,
 * an empty name, `.`, `..`, a slash.
 *
 * One thread's; it borrows the reader.
 *
 * Source: git's tree-diff, and canon_mode() of its cache.h, in our own words.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_DIFFER_H
#define GIT_DIFFER_H

#include "git/parse.h"

/* A file, link or submodule that differs; the path lasts until the next. */
struct difference {
	str path;
	struct oid oid, before; /* len 0: not there */
	uint32_t mode, mode_before;
};

struct differ;

struct differ *differ_new(struct odb_reader *reader,
			  const struct limits *limits);
void differ_free(struct differ *differ);

/* Hands out every difference in the order of paths as bytes. `before` may be
 * none (len 0): all is new. ERROR_GIT: a tree is missing or malformed,
 * ERROR_LIMIT: too deep, too long a path, too many folders. */
MUST_USE bool differ_run(struct differ *differ, const struct oid *before,
			 const struct oid *after,
			 void (*take)(void *context,
				      const struct difference *difference),
			 void *context, struct error *err);

/* Finds the entry of a whole path below a tree: its mode and object, or mode 0
 * and none when there is no file, link or submodule. */
MUST_USE bool differ_find(uint32_t *mode, struct oid *oid,
			  struct differ *differ, const struct oid *tree,
			  str path, struct error *err);

#endif
