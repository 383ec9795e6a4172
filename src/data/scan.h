/*
 * scan - the look at the bytes of a YAML file before libyaml sees them.
 *
 * libyaml 0.2.5 reads YAML 1.1: U+0085, U+2028, U+2029 and a lone CR end a
 * line, and with it a comment, while a reviewer sees one line. They are
 * refused outside double quotes. Where double quotes are only libyaml knows,
 * so the scan finds such breaks and the composer clears those that lie in a
 * double-quoted scalar; one that is left is an error.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_SCAN_H
#define DATA_SCAN_H

#include "base/error.h"
#include "base/limits.h"
#include "base/str.h"

struct scan {
	size_t start;	  /* behind the byte order mark, if there is one */
	size_t odd_break; /* the first break that is not LF or CR LF, or
			     SIZE_MAX */
	bool ascii;	  /* behind the start every byte is below 0x80 */
};

/* Checks size and encoding, for every format: at most limits->yaml_size bytes
 * of well-formed UTF-8; UTF-16 and UTF-32 are refused by name. *start is where
 * the text begins behind a byte order mark. */
MUST_USE bool scan_text(size_t *start, str text, const struct limits *limits,
			struct error *err);

/* Checks what scan_text does, and the characters and directives of YAML:
 * control characters, a second byte order mark, %TAG, two %YAML lines of one
 * document. */
MUST_USE bool scan_yaml(struct scan *out, str text, const struct limits *limits,
			struct error *err);

/* The offset of the next odd break at or behind `from`, or SIZE_MAX; *size is
 * how many bytes it has. */
size_t scan_odd_break(size_t *size, str text, size_t from);

/* Refuses the odd break at `at`. */
bool scan_refuse_break(struct error *err, str text, size_t at);

/* Is an odd break read the same inside double quotes by YAML 1.2 and libyaml?
 * Not when libyaml would fold it away or trim white space around it. */
bool scan_break_is_kept(str text, size_t at);

#endif
