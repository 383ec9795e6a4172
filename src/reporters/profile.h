/* profile - how long each rule took, as a table for those who write rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_PROFILE_H
#define REPORTERS_PROFILE_H

#include "base/encode.h"
#include "lint/report.h"

/* Writes a line for each rule that judged something, the slowest first: its
 * time on all threads, its share of the time of all rules, how often it judged.
 * The report comes from a run with lint.ticks. */
void profile_write(struct out *out, const struct report *report);

#endif
