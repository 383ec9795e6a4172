/*
 * inflate - zlib bytes to bytes, with a bound that is given beforehand.
 *
 * One inflater is used for one stream after another and is one thread's.
 *
 * The only place that includes zlib.h (RFC 1950, RFC 1951).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_INFLATE_H
#define GIT_INFLATE_H

#include "base/error.h"

struct inflater;
struct inflater *inflater_new(void);
void inflater_free(struct inflater *inflater);

enum inflated {
	INFLATED_MORE,	/* what was asked for came, and the end did not */
	INFLATED_END,	/* the stream ended, its checksum is right */
	INFLATED_CUT,	/* the bytes end before the stream does */
	INFLATED_BROKEN /* not zlib data */
};

/* Begins a stream. False: zlib refuses. */
MUST_USE bool inflater_start(struct inflater *inflater, str from);

/* Inflates until `len` bytes are there or no more come; returns how many. */
size_t inflater_fill(struct inflater *inflater, char *to, size_t len);

/* How the stream stands after inflater_fill. */
enum inflated inflater_state(const struct inflater *inflater);

/* How many bytes of a stream that ended are behind its end. */
size_t inflater_left(const struct inflater *inflater);

/* zlib's fast loop runs while this many bytes of room are left, so room behind
 * the end is what makes small objects quick. */
enum { INFLATE_ROOM = 264 };

/* Inflates a whole stream of exactly `len` bytes at the head of `from`, which
 * may go on behind it. `to` has `room` bytes, at least `len`; those behind
 * `len` may be written too. ERROR_GIT "... is cut short" and the like, with
 * `what` before it. */
MUST_USE bool inflate_exactly(char *to, size_t len, size_t room,
			      struct inflater *inflater, str from,
			      const char *what, struct error *err);

#endif
