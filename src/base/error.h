/*
 * error - why abide could not do its work; it leads to exit status 2.
 *
 * A broken record is a finding, not an error. What can fail returns bool, true
 * for done; false means *err is set and the out parameters are untouched. All
 * setters return false, so `return error_set(...)` reads on.
 *
 * The text may quote untrusted bytes; it is encoded when it is printed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/span.h"
#include "base/str.h"

enum error_kind {
	ERROR_NONE,
	ERROR_USAGE,  /* the command line */
	ERROR_CONFIG, /* abide.yaml, a schema, a pack: our own inputs */
	ERROR_IO,
	ERROR_GIT,
	ERROR_SYNTAX, /* a document that cannot be read */
	ERROR_LIMIT,  /* an agreed ceiling was passed */
};

struct error {
	enum error_kind kind;
	bool placed; /* is `at` known? */
	struct span at;
	struct span other; /* a second place, when other.end > 0 */
	char text[512];	   /* no allocation, no owner; cut with "..." */
	/* The line that is at fault, for a caret; empty when there is none. */
	char source[256];
	uint32_t column; /* code points, from 1 */
	uint32_t width;
};

PRINTF_LIKE(3, 4)
bool error_set(struct error *err, enum error_kind kind, const char *fmt, ...);
PRINTF_LIKE(4, 5)
bool error_set_at(struct error *err, enum error_kind kind, struct span at,
		  const char *fmt, ...);

/* Puts "prefix: " before the text. */
PRINTF_LIKE(2, 3) bool error_prefix(struct error *err, const char *fmt, ...);

static inline str error_text(const struct error *err)
{
	return str_of(err->text);
}

#endif
