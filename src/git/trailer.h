/*
 * trailer - the lines `Key: value` that end a commit message.
 *
 * Anyone can write one: a trailer is a claim. Keys compare without regard to
 * case. A value that is folded over lines is joined by single blanks.
 *
 * Source: git-interpret-trailers(1): the last paragraph, when all its lines
 * are trailers, or one is and was made by git or configured ("Signed-off-by",
 * "(cherry picked from commit") and at least a quarter of them are.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_TRAILER_H
#define GIT_TRAILER_H

#include "base/arena.h"
#include "base/str.h"

struct trailer {
	str key, value;
};

/* The trailers of a message, in their order; *count 0: none. */
const struct trailer *trailers_parse(size_t *count, str message,
				     struct arena *arena);

#endif
