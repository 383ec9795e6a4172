/*
 * regex - patterns with the meaning their language gives them, and limits.
 *
 * The only door to PCRE2. CEL's `matches` means RE2, JSON Schema's `pattern`
 * means ECMA-262 with the u flag; each pattern is checked against that grammar
 * and rewritten where PCRE2 differs. A limit that is hit is an error, never
 * "no match". A compiled regex is const and may be shared by threads; each
 * thread has a scratch of its own.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MATCH_REGEX_H
#define MATCH_REGEX_H

#include "base/error.h"
#include "base/limits.h"
#include "base/str.h"

enum regex_syntax {
	REGEX_RE2,
	REGEX_ECMA,
};

enum regex_result {
	REGEX_NO_MATCH,
	REGEX_MATCH,
	REGEX_LIMIT, /* undecided: too expensive; say so */
};

struct regex;
struct regex_scratch;

struct regex_group {
	size_t start; /* byte offsets; SIZE_MAX when the group took no part */
	size_t end;
};

/* Compiles. ERROR_SYNTAX with `at` = bytes of the pattern. */
MUST_USE bool regex_new(struct regex **out, str pattern,
			enum regex_syntax syntax, const struct limits *limits,
			struct error *err);
void regex_free(struct regex *regex);

struct regex_scratch *regex_scratch_new(const struct limits *limits);
void regex_scratch_free(struct regex_scratch *scratch);

/* Searches anywhere in well-formed UTF-8, unanchored. */
MUST_USE enum regex_result regex_search(const struct regex *regex,
					struct regex_scratch *scratch,
					str subject);

/* Searches from byte `start` and fills the first `count` groups; group 0 is
 * the whole match. */
MUST_USE enum regex_result regex_find(const struct regex *regex,
				      struct regex_scratch *scratch,
				      str subject, size_t start,
				      struct regex_group *groups, size_t count);

/* How many capturing groups the pattern has. */
size_t regex_group_count(const struct regex *regex);

#endif
