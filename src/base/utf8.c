/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

static bool continues(str s, size_t i)
{
	return i < s.len && ((unsigned char)s.ptr[i] & 0xC0) == 0x80;
}

uint32_t utf8_next(str s, size_t *i)
{
	unsigned char first = (unsigned char)s.ptr[*i];
	size_t more = first < 0x80   ? 0
		      : first < 0xC2 ? SIZE_MAX
		      : first < 0xE0 ? 1
		      : first < 0xF0 ? 2
		      : first < 0xF5 ? 3
				     : SIZE_MAX;
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	uint32_t code_point;

	if (more == SIZE_MAX) {
		*i += 1;
		return UTF8_BAD;
	}
	code_point = more == 0 ? first : first & (0x3Fu >> more);
	for (size_t k = 1; k <= more; k++) {
		if (!continues(s, *i + k)) {
			*i += 1;
			return UTF8_BAD;
		}
		code_point = code_point << 6 |
			     ((unsigned char)s.ptr[*i + k] & 0x3Fu);
	}
	if (code_point < least[more] || code_point > 0x10FFFF ||
	    (code_point >= 0xD800 && code_point <= 0xDFFF)) {
		*i += 1;
		return UTF8_BAD;
	}
	*i += more + 1;
	return code_point;
}

size_t utf8_check(str s)
{
	size_t i = 0;

	while (i < s.len) {
		size_t at = i;
		uint64_t eight;

		if (s.len - i >= sizeof(eight)) {
			memcpy(&eight, s.ptr + i, sizeof(eight));
			if (!(eight & UINT64_C(0x8080808080808080))) {
				i += sizeof(eight);
				continue;
			}
		}
		if (utf8_next(s, &i) == UTF8_BAD)
			return at;
	}
	return SIZE_MAX;
}

size_t utf8_count(str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return count;
}

size_t utf8_offset(str s, size_t index)
{
	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.ptr[i] & 0xC0) == 0x80)
			continue;
		if (index == 0)
			return i;
		index--;
	}
	return s.len;
}

size_t utf8_put(char to[4], uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xC0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xE0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

void buf_code_point(struct buf *buf, uint32_t code_point)
{
	char bytes[4];

	buf_add(buf, (str){bytes, utf8_put(bytes, code_point)});
}
