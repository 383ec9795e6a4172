/*
 * frontmatter - the YAML at the head of a Markdown file, and the rest.
 *
 * Between a first line `---` and the next line `---` or `...`.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_FRONTMATTER_H
#define DATA_FRONTMATTER_H

#include "base/error.h"
#include "base/str.h"

/* Cuts a text in two: *head runs from the first byte of the file to the line
 * that closes the front matter, the opening line included, so that offsets
 * stay those of the file; *body is what follows the closing line. Without
 * front matter *head is absent and *body is everything. `start` is where the
 * text begins behind a byte order mark. ERROR_SYNTAX when it is not closed. */
MUST_USE bool frontmatter_cut(str *head, str *body, str text, size_t start,
			      struct error *err);

#endif
