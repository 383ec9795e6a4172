/*
 * foreign - packs of a form that is not known here, read by libgit2.
 *
 * Loading and starting it costs 10 ms, so it is asked only when a repository
 * has such a pack and an object is nowhere else. A cycle of deltas inside a
 * hostile one makes libgit2 1.5 turn for ever; nothing here can stop that, the
 * watchdog of the program does.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_FOREIGN_H
#define GIT_FOREIGN_H

#include "git/guard.h"

/* One thread's; it is opened by the first question. */
struct foreign;
struct foreign *foreign_new(const struct odb *odb);
void foreign_free(struct foreign *foreign);

/* Reads an object into `to`, which is emptied first. *found false: it is in no
 * pack. ERROR_GIT: libgit2 is not installed, or what it says. */
MUST_USE bool foreign_read(struct object *out, bool *found,
			   struct foreign *foreign, const struct oid *oid,
			   const struct object_guard *guard, struct buf *to,
			   struct error *err);

MUST_USE bool foreign_has(bool *out, struct foreign *foreign,
			  const struct oid *oid, struct error *err);

/* Finds the object whose name begins with some digits (4 to 40). *count: 0, 1,
 * or 2 for "more than one", when *out is not set. */
MUST_USE bool foreign_find_prefix(struct oid *out, size_t *count,
				  struct foreign *foreign, str digits,
				  struct error *err);

#endif
