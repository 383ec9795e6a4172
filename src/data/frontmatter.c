/* SPDX-License-Identifier: Apache-2.0 */
#include "data/frontmatter.h"

/* Is the line that begins at `at` this word, and then nothing but blanks?
 * *next is where the next line begins. */
static bool line_is(str text, size_t at, str word, size_t *next)
{
	str rest = str_slice(text, at, text.len);
	str line = str_cut(&rest, '\n');

	*next = rest.ptr ? at + line.len + 1 : text.len;
	return str_starts(line, word) &&
	       str_trim(str_slice(line, word.len, line.len)).len == 0;
}

bool frontmatter_cut(str *head, str *body, str text, size_t start,
		     struct error *err)
{
	size_t at;
	size_t next;

	if (!line_is(text, start, STR("---"), &next)) {
		*head = (str){NULL, 0};
		*body = str_slice(text, start, text.len);
		return true;
	}
	for (at = next; at < text.len; at = next) {
		if (line_is(text, at, STR("---"), &next) ||
		    line_is(text, at, STR("..."), &next)) {
			*head = str_slice(text, 0, at);
			*body = str_slice(text, next, text.len);
			return true;
		}
	}
	return error_set_at(
		err, ERROR_SYNTAX,
		(struct span){(uint32_t)start, (uint32_t)start + 3},
		"front matter that is not closed by a line \"---\"");
}
