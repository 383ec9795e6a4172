/*
 * encode - the one way from text to a stream.
 *
 * What was copied from a record, a path, a commit or an error is a `str` and
 * untrusted. What we wrote ourselves is a `struct safe`, made by SAFE("...")
 * or by the encoder and by nothing else. A sink takes safe text as it is and
 * untrusted text only together with the context it goes into:
 *
 *	out_safe(&out, SAFE("error: "));
 *	out_text(&out, path, ENCODE_TERMINAL);
 *
 * Controls, bidirectional and invisible characters, separators that end lines
 * and bytes that are no UTF-8 never pass: readers see \x1b, \u{202e}, \xff.
 * LF, CR and tab show as \n, \r, \t. With `ci` set, what a CI runner takes for
 * a command (##[, ##vso[, ##teamcity[ anywhere, :: at the start of a line) is
 * broken up in every context; empty the sink at line ends only.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_ENCODE_H
#define BASE_ENCODE_H

#include "base/arena.h"
#include "base/buf.h"

struct safe {
	str text;
};

#define SAFE(literal) ((struct safe){STR(literal)})
#define SAFE_INIT(literal)        \
	{                         \
		STR_INIT(literal) \
	}

enum encode_context {
	ENCODE_TERMINAL,
	ENCODE_JSON, /* a string with its quotes; RFC 8259, ASCII escapes */
	ENCODE_XML,  /* XML 1.0 text, or an attribute in either quotes */
	ENCODE_HTML, /* the same for HTML */
	ENCODE_CODE, /* a Markdown code span with its fences */
	ENCODE_CODE_CELL, /* the same inside a table: no bare | */
	ENCODE_MARKDOWN,  /* Markdown text: no markup, mention or link */
	ENCODE_CSV,	  /* a cell with its quotes, never a formula */
	ENCODE_COMMAND,	  /* the data of a GitHub workflow command */
	ENCODE_PROPERTY,  /* a property of one */
	ENCODE_URI,	  /* a path in a URI: RFC 3986 unreserved and / */
	ENCODE_CALENDAR,  /* a value of type TEXT: RFC 5545 section 3.3.11 */
};

struct out {
	struct buf buf;
	bool ci;    /* break up CI commands; set it after out_init */
	bool arrow; /* a tab on the terminal is an arrow, not \t */
	bool lossy; /* JSON could not hold something exactly */
};

/* `most` is the ceiling in bytes; passing it sets out->buf.full. */
void out_init(struct out *out, size_t most);
void out_done(struct out *out);

/* Empties the sink and keeps its options and memory. */
void out_clear(struct out *out);

/* What was written; borrowed until the next write. */
str out_str(const struct out *out);

void out_safe(struct out *out, struct safe safe);
void out_repeat(struct out *out, struct safe safe, size_t count);
void out_text(struct out *out, str untrusted, enum encode_context context);

/* The same, cut behind `most` code points with an ellipsis. */
void out_text_cut(struct out *out, str untrusted, size_t most,
		  enum encode_context context);

/* Decimal digits, fit for every context. */
void out_int(struct out *out, int64_t value);
void out_size(struct out *out, size_t value);

/* Adds a content line of RFC 5545 (section 3.1) that was written to a sink of
 * its own: folded behind 75 octets, never within a character, and ended by CR
 * and LF. */
void out_fold(struct out *out, const struct out *line);

/* Did JSON text replace invalid UTF-8 by U+FFFD, or a number by null? */
bool out_json_is_lossy(const struct out *out);

/* The encoded text in an arena, safe for this one context; it is broken up for
 * CI where `like`, the sink it goes to, is. */
struct safe encode_keep(struct arena *arena, const struct out *like,
			str untrusted, enum encode_context context);

/* Is this code point invisible, steering or no character, so that it is shown
 * by number? Controls are; LF and tab as well. */
bool encode_is_hidden(uint32_t code_point);

#endif
