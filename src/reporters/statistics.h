/*
 * statistics - how often each rule was broken, as a table for people.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_STATISTICS_H
#define REPORTERS_STATISTICS_H

#include "lint/report.h"
#include "reporters/color.h"

/* Writes a line for each rule that was broken, the most frequent first, one
 * for all others, and an empty one. */
void statistics_write(struct out *out, const struct report *report,
		      const struct palette *palette);

#endif
