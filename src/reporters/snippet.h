/*
 * snippet - the source lines of a finding, with what is meant underlined.
 *
 *	  --> records/newsletter.yaml:7:13
 *	   |
 *	 6 | recipients:
 *	 7 |   - vendor: V-O07
 *	   |             ^^^^^ no record has this id
 *	   |
 *
 * The line before shows where a value belongs; the first line of a file is
 * followed by two, which say what record it is. Every line of source stands
 * behind a gutter, so none of it begins a line of output. Lines that are too
 * long are cut around what is meant; a tab is an arrow and takes 4 columns.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_SNIPPET_H
#define REPORTERS_SNIPPET_H

#include "lint/finding.h"
#include "reporters/color.h"

enum {
	SNIPPET_LINES = 6,  /* of source, at most */
	SNIPPET_LABEL = 200 /* code points of a label, at most */
};

/* Writes the places of a finding, and returns how far to indent what follows:
 * the width of its line numbers. `columns` is the width to keep to; 0 is the
 * one for files. Nothing is written for the repository as a whole. */
size_t snippet_write(struct out *out, const struct finding *finding,
		     unsigned columns, const struct palette *palette);

#endif
