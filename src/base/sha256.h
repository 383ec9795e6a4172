/* sha256 - SHA-256 (FIPS 180-4) of bytes, whole or as they come. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/str.h"

enum { SHA256_RAW = 32, SHA256_HEX = 64, SHA256_BASE64 = 44 };

/* A sum in the making: start, add any number of times, finish once. */
struct sha256 {
	uint32_t state[8];
	uint64_t count;
	unsigned char block[64];
};

void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, str bytes);
void sha256_finish(struct sha256 *sha, unsigned char to[SHA256_RAW]);

void sha256_of(unsigned char to[SHA256_RAW], str bytes);

/* Writes 64 hexadecimal digits and a terminator. */
void sha256_format(char to[SHA256_HEX + 1],
		   const unsigned char sum[SHA256_RAW]);

/* Writes it in base64 (RFC 4648 section 4), as a Content Security Policy names
 * a style, and a terminator. */
void sha256_format_base64(char to[SHA256_BASE64 + 1],
			  const unsigned char sum[SHA256_RAW]);

#endif
