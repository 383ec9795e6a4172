/*
 * page - the pieces of an HTML page: sections, tables, short lists.
 *
 * Markup is ours and a `struct safe`; what comes from records, commits and
 * paths goes through page_text and nothing else. A table is a real one for
 * every reader; on a narrow screen the style sheet shows each row as a card,
 * for which each cell carries the head of its column.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_PAGE_H
#define CMD_PAGE_H

#include "base/encode.h"
#include "policy/severity.h"

/* Text, and the same between backticks as code. */
void page_text(struct out *out, str untrusted);
void page_prose(struct out *out, str untrusted);

/* <code>text</code> */
void page_code(struct out *out, str untrusted);

/* "24 months" for P24M, "2 years and 6 months" for P2Y6M, in the units it was
 * written in; what is no duration stays as it is. */
void page_period(struct out *out, str untrusted);

/* A date or time that is not broken over lines. */
void page_date(struct out *out, str untrusted);

/* "1 record", "3 records". */
void page_count(struct out *out, size_t count, struct safe one,
		struct safe many);

/* A shape and a word, so that colour says nothing alone. */
void page_severity(struct out *out, enum severity severity);

/* A section with its heading, which names it; end it with page_section_end. */
void page_section(struct out *out, struct safe id, struct safe title);
void page_section_end(struct out *out);

/* A paragraph of ours. */
void page_note(struct out *out, struct safe sentence);

/* Of a column: its name, and its share of the width in hundredths, for which
 * the style sheet has a class. */
struct column {
	struct safe name;
	unsigned share;
};

struct grid {
	struct out *out;
	const struct column *heads;
	size_t count;
	size_t at; /* the cell that is open, from 1; 0: none */
};

void grid_begin(struct grid *grid, struct out *out, struct safe caption,
		const struct column *heads, size_t count);
void grid_row(struct grid *grid);

/* Ends the cell before and begins the next; the first one names the row. */
void grid_cell(struct grid *grid);

/* A cell with a text; "none" in grey for an absent or empty one. */
void grid_text(struct grid *grid, str untrusted);
void grid_row_end(struct grid *grid);
void grid_end(struct grid *grid);

#endif
