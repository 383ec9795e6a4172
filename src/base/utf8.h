/* utf8 - code points in and out of bytes (Unicode 15, table 3-7). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

#define UTF8_BAD UINT32_MAX

/* Reads the code point at s[*i] and moves *i behind it. Ill-formed bytes
 * (overlong, surrogate, cut short) give UTF8_BAD and move one byte. */
uint32_t utf8_next(str s, size_t *i);

/* The offset of the first ill-formed byte, or SIZE_MAX. */
size_t utf8_check(str s);

/* How many code points well-formed text holds. */
size_t utf8_count(str s);

/* The byte offset of code point `index` of well-formed text; its length when
 * the text is shorter. */
size_t utf8_offset(str s, size_t index);

/* Writes one code point in 1 to 4 bytes and returns how many; surrogates and
 * values past U+10FFFF write U+FFFD. */
size_t utf8_put(char to[4], uint32_t code_point);
void buf_code_point(struct buf *buf, uint32_t code_point);

#endif
