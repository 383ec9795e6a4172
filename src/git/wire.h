/* wire - numbers as git's files hold them, the highest byte first. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_WIRE_H
#define GIT_WIRE_H

#include <stdint.h>
#include <string.h>

static inline uint32_t wire_32(const unsigned char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		       ? __builtin_bswap32(value)
		       : value;
}

static inline uint64_t wire_64(const unsigned char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		       ? __builtin_bswap64(value)
		       : value;
}

#endif
