/* oid - the name of a git object; 20 bytes (SHA-1), len 0 means none. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_OID_H
#define BASE_OID_H

#include "base/str.h"

enum { OID_RAW = 20, OID_HEX = 40 };

struct oid {
	unsigned char bytes[OID_RAW];
	unsigned char len; /* OID_RAW, or 0: none */
};

/* Reads 40 hexadecimal digits. False: s is something else. */
MUST_USE bool oid_parse(struct oid *out, str s);

/* Copies 20 raw bytes. */
struct oid oid_of_raw(const void *raw);

/* Writes 40 digits, not terminated. */
void oid_format(char to[OID_HEX], const struct oid *oid);

bool oid_equal(const struct oid *a, const struct oid *b);
int oid_compare(const struct oid *a, const struct oid *b);

#endif
