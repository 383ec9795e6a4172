/* SPDX-License-Identifier: Apache-2.0 */
#include "base/oid.h"

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool oid_parse(struct oid *out, str s)
{
	struct oid oid = {.len = OID_RAW};

	if (s.len != OID_HEX)
		return false;
	for (size_t i = 0; i < OID_RAW; i++) {
		int high = digit_of(s.ptr[2 * i]);
		int low = digit_of(s.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		oid.bytes[i] = (unsigned char)(high << 4 | low);
	}
	*out = oid;
	return true;
}

struct oid oid_of_raw(const void *raw)
{
	struct oid oid = {.len = OID_RAW};

	memcpy(oid.bytes, raw, OID_RAW);
	return oid;
}

void oid_format(char to[OID_HEX], const struct oid *oid)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < OID_RAW; i++) {
		to[2 * i] = digits[oid->bytes[i] >> 4];
		to[2 * i + 1] = digits[oid->bytes[i] & 15];
	}
}

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

int oid_compare(const struct oid *a, const struct oid *b)
{
	return memcmp(a->bytes, b->bytes, OID_RAW);
}
