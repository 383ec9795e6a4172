/*
 * regexes - compiled patterns (RE2 meaning) for the functions that match.
 *
 * A pattern that is constant is compiled once by the planner, which calls
 * cel_matches with it; the others go through a cache of the thread. Without a
 * cache each call compiles for itself. What is charged is the same in all
 * three cases but for the first, which compiles nothing.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_REGEXES_H
#define CEL_REGEXES_H

#include "cel/eval.h"
#include "match/regex.h"

/* A cache for one thread, with its scratch. */
struct cel_regexes *cel_regexes_new(const struct limits *limits);
void cel_regexes_free(struct cel_regexes *regexes);

/* Its scratch, for cel_run.scratch and the planner's own matching. */
struct regex_scratch *cel_regexes_scratch(const struct cel_regexes *regexes);

/* Does the text hold a match? A bool, or the error of a limit. Charges for the
 * text. Without any scratch at hand one is made for this call. */
struct cel_value cel_matches(struct cel_eval *eval, const struct regex *regex,
			     str text);

/* The same for a pattern that is not compiled yet. */
struct cel_value cel_match(struct cel_eval *eval, struct cel_value text,
			   struct cel_value pattern);

#endif
