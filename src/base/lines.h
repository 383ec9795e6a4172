/*
 * lines - byte offsets into lines and columns, as each format counts them.
 *
 * A line ends at LF, CR LF or the end of the text. Lines and columns count
 * from 1.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include "base/str.h"

struct place {
	uint32_t line;
	uint32_t column;       /* code points: text, SARIF */
	uint32_t byte_column;  /* UTF-8 bytes: rdjson */
	uint32_t utf16_column; /* UTF-16 units: editors */
};

/* The place of a byte offset; past the end gives the end. */
struct place place_of(str text, size_t offset);

/* The bytes of line `number` without its ending; absent when there is none. */
str line_at(str text, size_t number);

#endif
