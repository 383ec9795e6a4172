/*
 * width - how many columns of a terminal text takes.
 *
 * Unicode's East Asian Width and grapheme breaks as utf8proc has them; no
 * locale is asked, so that every machine cuts alike. Text that is not yet
 * encoded is measured as out_text shows it on a terminal.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include "base/str.h"

/* Columns of one code point: 0, 1 or 2; what is hidden counts as shown
 * ("\u{202e}" is 8), a tab as 2, a byte that is no text as 4. */
size_t width_of_point(uint32_t code_point);

size_t width_of(str text);

/* The longest beginning of whole code points within `columns`; combining
 * marks stay with their letter. */
str width_head(str text, size_t columns);

/* A part of a line around a span of it. */
struct width_cut {
	size_t start; /* byte offsets of what stays */
	size_t end;
	bool before; /* was something cut off there? */
	bool after;
};

/* Cuts a line to `columns`, an ellipsis of one column at each cut included, so
 * that as much as fits of the bytes [start, end) stays, its beginning first,
 * with up to a third of the room before it. */
struct width_cut width_around(str line, size_t start, size_t end,
			      size_t columns);

#endif
