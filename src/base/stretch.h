/*
 * stretch - a piece of the UTC time line, and lists of such pieces.
 *
 * From its first second up to, not with, the second after its last one. What
 * people write is read with whole days: 2026-H1, 2026-Q2, 2026-05, 2026,
 * 2026-05-17, 2026-01-01..2026-06-30 (both days are in it).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_STRETCH_H
#define BASE_STRETCH_H

#include "base/instant.h"

struct stretch {
	struct instant from;
	struct instant until; /* the first moment that is not in it */
};

/* Reads one of the forms above; of A..B each side may be any of them, and an
 * RFC 3339 time. False: it is none, or it ends before it begins. */
MUST_USE bool stretch_parse(struct stretch *out, str text);

bool stretch_holds(const struct stretch *stretch, struct instant at);

/* What two have in common. False: nothing. */
bool stretch_meet(struct stretch *out, const struct stretch *a,
		  const struct stretch *b);

/* Sorts a list in place and joins what overlaps or touches; returns how many
 * are left. */
size_t stretches_join(struct stretch *list, size_t count);

/* What of `frame` no piece of a joined list covers, into `out`, which has room
 * for count + 1; returns how many. */
size_t stretches_rest(struct stretch *out, const struct stretch *list,
		      size_t count, const struct stretch *frame);

/* How many dates in UTC a joined list touches. */
int64_t stretches_days(const struct stretch *list, size_t count);

#endif
