/*
 * buf - bytes that grow, with a ceiling given at the start.
 *
 * Passing the ceiling sets `full` and drops what does not fit: the writer asks
 * once at the end instead of after each byte. Call buf_done.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
	char *ptr;
	size_t len;
	size_t capacity;
	size_t most;
	bool full;
};

/* `most` is the ceiling in bytes. */
void buf_init(struct buf *buf, size_t most);
void buf_done(struct buf *buf);

/* Empties it and keeps the memory. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, str s);
void buf_byte(struct buf *buf, char byte);
void buf_repeat(struct buf *buf, char byte, size_t count);
PRINTF_LIKE(2, 3) void buf_format(struct buf *buf, const char *fmt, ...);

/* Makes room for `size` bytes and returns where they go; NULL when that
 * passes the ceiling. Follow with buf->len += what was written. */
MUST_USE char *buf_reserve(struct buf *buf, size_t size);

static inline str buf_str(const struct buf *buf)
{
	return (str){buf->ptr ? buf->ptr : "", buf->len};
}

#endif
