/*
 * prose - sentences of rules and findings as Markdown: words between backticks
 * stay code, all else is text without markup.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_PROSE_H
#define REPORTERS_PROSE_H

#include "base/encode.h"

/* Writes one line of text. */
void prose_line(struct out *out, str untrusted);

/* The same for a text in several lines, which become one. */
void prose_fold(struct out *out, str untrusted);

/* The same in a cell of a table, cut behind `most` code points. */
void prose_cell(struct out *out, str untrusted, size_t most);

#endif
