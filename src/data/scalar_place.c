/* SPDX-License-Identifier: Apache-2.0 */
#include "data/scalar_place.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A block scalar's content begins behind its header line. */
static size_t content_start(const struct node *scalar, str source)
{
	size_t i = scalar->span.start;

	if (scalar->style == STYLE_SINGLE || scalar->style == STYLE_DOUBLE)
		return i + 1;
	if (scalar->style != STYLE_LITERAL && scalar->style != STYLE_FOLDED)
		return i;
	while (i < scalar->span.end && source.ptr[i] != '\n')
		i++;
	return i < scalar->span.end ? i + 1 : i;
}

struct span scalar_place(const struct node *scalar, str source, struct span at)
{
	size_t end = scalar->span.end;
	struct span found = {scalar->span.start, scalar->span.end};
	size_t place;

	if (end > source.len)
		return found;
	place = content_start(scalar, source);
	for (size_t i = 0; i < scalar->text.len && place < end; i++) {
		char c = scalar->text.ptr[i];

		if (!is_blank(c)) {
			/* Quotes, escapes and indentation are in the way. */
			while (place < end && source.ptr[place] != c)
				place++;
		}
		if (i == at.start)
			found.start = (uint32_t)place;
		if (place < end &&
		    (!is_blank(c) || is_blank(source.ptr[place])))
			place++;
		if (i + 1 == at.end)
			found.end = (uint32_t)place;
	}
	if (at.start >= scalar->text.len)
		found.start = (uint32_t)place;
	if (found.end < found.start)
		found.end = found.start;
	return found;
}
