/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdio.h>

#include "base/mem.h"

void buf_init(struct buf *buf, size_t most)
{
	*buf = (struct buf){.most = most};
}

void buf_done(struct buf *buf)
{
	mem_free(buf->ptr);
	*buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->full = false;
}

char *buf_reserve(struct buf *buf, size_t size)
{
	size_t need;

	if (buf->full || !size_add(&need, buf->len, size) || need > buf->most) {
		buf->full = true;
		return NULL;
	}
	if (need > buf->capacity || !buf->ptr) {
		size_t larger = buf->capacity ? buf->capacity * 2 : 256;
		size_t bytes;

		if (larger < need)
			larger = need;
		if (larger > buf->most)
			larger = buf->most;
		/* One byte more, for the terminator that formats write. */
		if (!size_add(&bytes, larger, 1))
			mem_exhausted();
		buf->ptr = mem_grow(buf->ptr, bytes);
		buf->capacity = larger;
	}
	return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, str s)
{
	char *to = s.len ? buf_reserve(buf, s.len) : NULL;

	if (!to)
		return;
	memcpy(to, s.ptr, s.len);
	buf->len += s.len;
}

void buf_byte(struct buf *buf, char byte)
{
	char *to = buf_reserve(buf, 1);

	if (!to)
		return;
	*to = byte;
	buf->len++;
}

void buf_repeat(struct buf *buf, char byte, size_t count)
{
	char *to = buf_reserve(buf, count);

	if (!to)
		return;
	memset(to, byte, count);
	buf->len += count;
}

void buf_format(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	va_list again;
	char *to;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		mem_exhausted();
	to = buf_reserve(buf, (size_t)len);
	if (to) {
		(void)vsnprintf(to, (size_t)len + 1, fmt, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}
