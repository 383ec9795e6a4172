/* SPDX-License-Identifier: Apache-2.0 */
#include "base/width.h"

#include <utf8proc.h>

#include "base/encode.h"
#include "base/utf8.h"

static size_t hex_digits(uint32_t c)
{
	size_t count = 1;

	while (c >>= 4)
		count++;
	return count;
}

size_t width_of_point(uint32_t c)
{
	int columns;

	if (c >= 0x20 && c < 0x7F)
		return 1;
	if (c == UTF8_BAD)
		return strlen("\\xff");
	if (c == '\t' || c == '\n' || c == '\r')
		return strlen("\\t");
	if (c < 0x80)
		return strlen("\\x1b");
	if (encode_is_hidden(c))
		return strlen("\\u{}") + hex_digits(c);
	columns = utf8proc_charwidth((utf8proc_int32_t)c);
	return columns > 0 ? (size_t)columns : 0;
}

size_t width_of(str text)
{
	size_t columns = 0;

	for (size_t i = 0; i < text.len;)
		columns += width_of_point(utf8_next(text, &i));
	return columns;
}

str width_head(str text, size_t columns)
{
	size_t used = 0;
	size_t i = 0;

	while (i < text.len) {
		size_t next = i;
		size_t width = width_of_point(utf8_next(text, &next));

		if (width > columns - used)
			break;
		used += width;
		i = next;
	}
	return str_slice(text, 0, i);
}

/* Where the longest end of text[0, to) within `columns` begins, at a letter
 * and not at its marks. */
static size_t tail_start(str text, size_t to, size_t columns)
{
	size_t left = width_of(str_slice(text, 0, to));
	size_t i = 0;

	while (i < to) {
		size_t next = i;
		size_t width = width_of_point(utf8_next(text, &next));

		if (left <= columns && (width > 0 || i == 0))
			return i;
		left -= width;
		i = next;
	}
	return to;
}

struct width_cut width_around(str line, size_t start, size_t end,
			      size_t columns)
{
	struct width_cut cut = {.end = line.len};
	size_t room = columns;
	size_t wanted;
	size_t used;
	str head;

	end = end < line.len ? end : line.len;
	start = start < end ? start : end;
	if (width_of(line) <= columns)
		return cut;
	/* Before the span goes a third of the room, or what the span and the
	 * rest of the line leave free. */
	used = width_of(str_slice(line, start, line.len));
	wanted = room / 3;
	if (used < room && room - used > wanted)
		wanted = room - used;
	cut.start = width_of(str_slice(line, 0, start)) <= wanted
			    ? 0
			    : tail_start(line, start, wanted ? wanted - 1 : 0);
	cut.before = cut.start > 0;
	if (cut.before)
		room -= room > 0;
	head = width_head(str_slice(line, cut.start, line.len), room);
	if (head.len < line.len - cut.start) {
		cut.after = true;
		head = width_head(str_slice(line, cut.start, line.len),
				  room ? room - 1 : 0);
	}
	cut.end = cut.start + head.len;
	return cut;
}
