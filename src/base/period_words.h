/*
 * period_words - lengths of time as people write them: "24 months", "p2y".
 *
 * For corrections that change no meaning: only what has one reading is read.
 * "3m" has two (months, minutes), "1.5 years" needs a calendar and "a few
 * weeks" no number; they stay for their author.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_PERIOD_WORDS_H
#define BASE_PERIOD_WORDS_H

#include "base/period.h"

/* Writes the ISO 8601 duration that a text means, in its own units (24 months
 * are P24M, not P2Y), and returns the length; 0 when the text is one already,
 * or has no one meaning. Numbers are digits, units English words, singular,
 * plural or short, from the longest to the shortest and once each; or letters
 * of the duration in the wrong case, or with blanks around or between. */
size_t period_of_words(char to[PERIOD_TEXT], str s);

#endif
