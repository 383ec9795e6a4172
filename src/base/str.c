/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

int str_compare(str a, str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(str s, str prefix)
{
	return s.len >= prefix.len &&
	       str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(str s, str suffix)
{
	return s.len >= suffix.len &&
	       str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_nocase(str a, str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	}
	return true;
}

str str_cut(str *rest, char separator)
{
	str all = *rest;
	size_t at = str_find_byte(all, separator);

	if (at == SIZE_MAX) {
		*rest = (str){NULL, 0};
		return all;
	}
	*rest = str_slice(all, at + 1, all.len);
	return str_slice(all, 0, at);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.len && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

size_t str_find_byte(str s, char byte)
{
	const char *at = s.len ? memchr(s.ptr, byte, s.len) : NULL;

	return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

/* memmem is linear: text of others must not make a search quadratic. */
size_t str_find(str s, str needle)
{
	const char *at;

	if (needle.len == 0)
		return 0;
	if (needle.len > s.len)
		return SIZE_MAX;
	at = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

str str_slice(str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (str){s.ptr ? s.ptr + from : NULL, to - from};
}

bool str_to_int64(int64_t *out, str s)
{
	bool negative = s.len && s.ptr[0] == '-';
	size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
	int64_t value = 0;

	if (i >= s.len)
		return false;
	for (; i < s.len; i++) {
		int64_t digit = s.ptr[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, value, &value))
		return false;
	*out = value;
	return true;
}
