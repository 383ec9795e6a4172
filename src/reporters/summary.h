/*
 * summary - what a run was and came to, in words: for the formats that people
 * read. None of these ends its line.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_SUMMARY_H
#define REPORTERS_SUMMARY_H

#include "base/encode.h"
#include "lint/report.h"

enum {
	/* Code points of a sentence that are shown, at most: copied values in
	 * it must not flood a screen. Formats for machines give all of it. */
	SENTENCE_MOST = 1000
};

/* "1 error", "3 errors". */
void out_count(struct out *out, size_t count, struct safe one,
	       struct safe many);

/* A sentence in one line: line ends of a text in several are blanks. */
void out_sentence(struct out *out, str untrusted);

/* The message of a finding, or the title of its rule. */
str finding_sentence(const struct finding *finding);

/* "judged commit 4f1c... as of 2026-11-22, with the policy of the index". */
void summary_judged(struct out *out, const struct report *report);

/* "3 errors, 1 warning in 2 of 212 records; 46 rules", or
 * "212 records, 46 rules: no findings". */
void summary_counts(struct out *out, const struct report *report);

/* "the result is incomplete (exit 2): x.yaml: ..., and 3 more reasons"; only
 * for a report that is. */
void summary_incomplete(struct out *out, const struct report *report);

#endif
