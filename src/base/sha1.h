/*
 * sha1 - the hash that names git's objects (FIPS 180-4, section 6.1).
 *
 * It shows damage. It does not resist a forger who can afford a collision,
 * and no more is claimed for it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SHA1_H
#define BASE_SHA1_H

#include "base/str.h"

enum { SHA1_SIZE = 20, SHA1_BLOCK = 64 };

struct sha1 {
	uint32_t state[5];
	uint64_t len; /* bytes so far */
	unsigned char block[SHA1_BLOCK];
};

void sha1_init(struct sha1 *sha1);
void sha1_add(struct sha1 *sha1, str bytes);

/* Ends the message; the state may not be added to afterwards. */
void sha1_end(unsigned char out[SHA1_SIZE], struct sha1 *sha1);

#endif
