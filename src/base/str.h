/*
 * str - a borrowed stretch of bytes: pointer and length, never a terminator.
 *
 * Passed by value, compared by bytes. It may hold any byte, NUL included, and
 * owns nothing: whoever made the bytes keeps them alive. An absent str is
 * { NULL, 0 }; an empty one has a pointer.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

typedef struct {
	const char *ptr;
	size_t len;
} str;

/* A literal as an expression, and as a static initializer. */
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                       \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}

/* For our own trusted text in a printf-like format: STR_FMT, STR_ARG(s). */
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

/* Views a C string; NULL gives the absent str. */
static inline str str_of(const char *c)
{
	return c ? (str){c, strlen(c)} : (str){NULL, 0};
}

static inline str str_make(const char *ptr, size_t len)
{
	return (str){ptr, len};
}

static inline bool str_equal(str a, str b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Compares with a C literal or string. */
static inline bool str_is(str a, const char *c)
{
	return str_equal(a, str_of(c));
}

/* Orders by bytes, then by length: negative, 0, positive. */
int str_compare(str a, str b);

bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);

/* Compares ASCII letters without case. */
bool str_equal_nocase(str a, str b);

/* Cuts off and returns what stands before `separator`; the rest stays in
 * *rest. Without a separator everything is returned and *rest is absent. */
str str_cut(str *rest, char separator);

/* Drops ASCII white space at both ends. */
str str_trim(str s);

/* Finds a byte, or a needle; returns its offset, or SIZE_MAX. */
size_t str_find_byte(str s, char byte);
size_t str_find(str s, str needle);

/* The bytes [from, to); both are clamped to the string. */
str str_slice(str s, size_t from, size_t to);

/* Reads a decimal integer that fills the whole string. False: it does not. */
MUST_USE bool str_to_int64(int64_t *out, str s);

#endif
