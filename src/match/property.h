/*
 * property - Unicode property names as ECMA-262 and RE2 spell them, turned
 * into the names PCRE2 knows.
 *
 * Both languages are strict about spelling and case where PCRE2 is lenient,
 * and a bare script name means Script in RE2 but Script_Extensions in PCRE2.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_PROPERTY_H
#define MATCH_PROPERTY_H

#include "base/buf.h"

enum property_result {
	PROPERTY_WRITTEN,
	PROPERTY_UNKNOWN,     /* the language has no such property */
	PROPERTY_UNSUPPORTED, /* it has, PCRE2 has not */
};

/* Writes the items of a class for \p{name} or \p{name=value}; `value` is
 * absent in the first case (ECMA-262, tables 69 to 71). */
MUST_USE enum property_result property_ecma(struct buf *out, str name,
					    str value, bool negative);

/* The same for RE2: a general category, a script, or Any. With `fold`, letters
 * of either case stand for each other. */
MUST_USE enum property_result property_re2(struct buf *out, str name,
					   bool negative, bool fold);

/* May a code point start, or continue, an ECMAScript identifier? */
bool property_identifier(uint32_t code_point, bool start);

#endif
