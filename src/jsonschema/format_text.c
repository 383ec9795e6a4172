/* UUIDs and JSON pointers (RFC 4122, RFC 6901). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/format_check.h"

bool format_is_uuid(str text)
{
	if (text.len != 36)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text.ptr[i] != '-' : !ascii_hex(text.ptr[i]))
			return false;
	}
	return true;
}

bool format_is_json_pointer(str text)
{
	if (text.len > 0 && text.ptr[0] != '/')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '~' &&
		    (i + 1 == text.len ||
		     (text.ptr[i + 1] != '0' && text.ptr[i + 1] != '1')))
			return false;
	return true;
}

bool format_is_relative_json_pointer(str text)
{
	size_t i = 0;
	str rest;

	while (i < text.len && ascii_digit(text.ptr[i]))
		i++;
	if (i == 0 || (i > 1 && text.ptr[0] == '0'))
		return false;
	rest = str_slice(text, i, text.len);
	return str_is(rest, "#") || format_is_json_pointer(rest);
}
