/*
 * loose - the guard before loose objects: zlib bytes to an object, or why not.
 *
 * libgit2 1.5 writes past its buffer when the header is shorter than the body
 * and never returns from a body that is cut short; so this inflates with a
 * bound: the header first, then exactly the bytes it says, then the end.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_LOOSE_H
#define GIT_LOOSE_H

#include "git/guard.h"
#include "git/inflate.h"

/* Inflates one object from the bytes of its file; `to` is emptied first.
 * ERROR_GIT "the object is ...": not zlib, cut short, longer or shorter than
 * its header says, bytes after its end, an unknown kind. ERROR_LIMIT: it does
 * not fit into `to`, or as `guard` says. */
MUST_USE bool loose_read(struct object *out, struct inflater *inflater,
			 str file, const struct object_guard *guard,
			 struct buf *to, struct error *err);

#endif
