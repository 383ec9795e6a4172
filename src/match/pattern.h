/*
 * pattern - what the two regular-expression grammars share: reading one
 * pattern and writing what PCRE2 will understand by the same meaning.
 *
 * Inside src/match only; regex.h is the face of the room. Every literal is
 * written so that PCRE2 cannot take it for syntax.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_PATTERN_H
#define MATCH_PATTERN_H

#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
	PATTERN_DEPTH = 200,	 /* groups in groups; PCRE2 allows 250 */
	PATTERN_OUT = 1 << 20,	 /* bytes a pattern may grow to */
	PATTERN_REPEATS = 65535, /* PCRE2's highest count */
	PATTERN_CHOICES = 8,
};

struct pattern_mark {
	size_t out; /* from this byte of the result on ... */
	size_t in;  /* ... this byte of the pattern speaks */
};

struct pattern {
	str text;
	size_t at;
	struct buf out;
	VEC(struct pattern_mark) marks;
	struct arena arena;
	size_t captures;
	size_t loops;	/* quantifiers with more than a few choices, ... */
	size_t options; /* ... and with a few */
	struct error *err;
};

void pattern_init(struct pattern *pattern, str text, struct error *err);
void pattern_done(struct pattern *pattern);

/* Translate the whole text into `out`. ERROR_SYNTAX with its place. */
MUST_USE bool ecma_translate(struct pattern *pattern);
MUST_USE bool re2_translate(struct pattern *pattern);

/* Sets the error for the bytes [from, to) of the pattern; returns false. */
PRINTF_LIKE(4, 5)
bool pattern_fail(struct pattern *pattern, size_t from, size_t to,
		  const char *fmt, ...);

/* Remembers that what is written from here on comes from byte `in`. */
void pattern_mark(struct pattern *pattern, size_t in);

/* The byte of the pattern that byte `out` of the result came from. */
size_t pattern_origin(const struct pattern *pattern, size_t out);

/* Looks at the bytes ahead; UTF8_BAD at the end. */
uint32_t pattern_peek(const struct pattern *pattern);
bool pattern_ahead(const struct pattern *pattern, const char *text);

/* Steps over `text` if it is next. */
bool pattern_take(struct pattern *pattern, const char *text);

/* Reads the code point at hand; not at the end. */
uint32_t pattern_next(struct pattern *pattern);

/* Reads up to `most` hexadecimal digits and returns how many there were; the
 * value stops growing past U+10FFFF. */
size_t pattern_hex(struct pattern *pattern, size_t most, uint32_t *value);

/* Writes one code point as itself, in a class or out of it. */
void pattern_literal(struct pattern *pattern, uint32_t code_point);

/* Writes a range inside a class; surrogates, which no well-formed text holds,
 * are left out. */
void pattern_range(struct pattern *pattern, uint32_t from, uint32_t to);

/* Writes a class that nothing matches; PCRE2 mistakes a repeated [] for one
 * that must match. */
void pattern_never(struct pattern *pattern);

/* Writes a quantifier; most == SIZE_MAX is no upper bound. */
void pattern_repeat(struct pattern *pattern, size_t least, size_t most,
		    bool lazy);

/* Reads decimal digits, at least one; the value saturates at SIZE_MAX / 2. */
MUST_USE bool pattern_decimal(struct pattern *pattern, size_t *value);

#endif
