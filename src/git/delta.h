/*
 * delta - an object as copies out of another one and inserted bytes.
 *
 * A delta begins with the size of its base and of its result, seven bits a
 * byte, lowest first. Then come instructions: a byte with the top bit set
 * copies from the base, its other bits say which bytes of offset (4) and size
 * (3) follow, size 0 is 65536; a byte of 1 to 127 inserts as many bytes that
 * follow; 0 is reserved (git's Documentation/gitformat-pack).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_DELTA_H
#define GIT_DELTA_H

#include "base/error.h"

struct delta {
	size_t base;   /* bytes of what it builds on */
	size_t result; /* bytes of what it makes */
	str steps;
};

/* Reads the two sizes. ERROR_GIT: they are cut short or overflow. */
MUST_USE bool delta_open(struct delta *out, str bytes, struct error *err);

/* Makes the result; `to` has room for delta->result bytes. ERROR_GIT: the base
 * is of another size, a copy leaves it, or the result comes out longer or
 * shorter than announced. */
MUST_USE bool delta_apply(char *to, const struct delta *delta, str base,
			  struct error *err);

#endif
