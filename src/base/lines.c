/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lines.h"

struct place place_of(str text, size_t offset)
{
	struct place place = {1, 1, 1, 1};
	size_t start = 0;

	if (offset > text.len)
		offset = text.len;
	for (;;) {
		size_t lf = str_find_byte(str_slice(text, start, offset), '\n');

		if (lf == SIZE_MAX)
			break;
		start += lf + 1;
		place.line++;
	}
	for (size_t i = start; i < offset; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];

		place.byte_column++;
		if ((byte & 0xC0) == 0x80)
			continue;
		place.column++;
		place.utf16_column += byte >= 0xF0 ? 2 : 1;
	}
	return place;
}

str line_at(str text, size_t number)
{
	str rest = text;
	str line = str_cut(&rest, '\n');

	while (number > 1 && rest.ptr) {
		line = str_cut(&rest, '\n');
		number--;
	}
	if (number != 1)
		return (str){NULL, 0};
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}
