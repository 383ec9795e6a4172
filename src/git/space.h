/* space - what git takes for white space: blank, tab, newline, return. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_SPACE_H
#define GIT_SPACE_H

#include "base/str.h"

static inline bool space_is(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Drops it at both ends. */
static inline str space_trim(str s)
{
	while (s.len && space_is(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	while (s.len && space_is(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

#endif
