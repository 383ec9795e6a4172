/* ascii - the named character classes of POSIX, [:alpha:] and its kin. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_ASCII_H
#define MATCH_ASCII_H

#include "base/str.h"

struct ascii_class {
	const char *name;
	const char *ranges; /* pairs of characters, each from and to */
	bool low;	    /* also the control characters 00 to 1F */
};

/* "alnum" to "xdigit", and RE2's "word"; NULL: there is no such class. */
const struct ascii_class *ascii_class_find(str name);

/* Does it hold a code point? Only ASCII can be in one. */
bool ascii_class_holds(const struct ascii_class *set, uint32_t code_point);

#endif
