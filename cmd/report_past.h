/*
 * report_past - what the report knows of the past: since when each finding
 * stands, and how many there were.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_REPORT_PAST_H
#define CMD_REPORT_PAST_H

#include "git/commit_facts.h"
#include "lint/replay.h"

/* Since when a finding stands. */
struct age {
	bool known; /* else the history of commits does not have it */
	struct moment opened;
	const struct commit_facts *landing; /* that opened it; NULL: time */
	const struct commit_facts *maker;   /* of its content; NULL: time */
};

/* What was open at a time. */
struct trend_point {
	struct instant when;
	size_t open[SEVERITY_ERROR + 1];
};

struct trend {
	const struct trend_point *points; /* fewer than two: none */
	size_t count;
	int64_t weeks;	/* between two of them */
	size_t closed;	/* in the last RECENT_DAYS */
	int64_t median; /* days they were open, of those closed */
	size_t errors;	/* open RECENT_DAYS ago, and now by the same rules */
	size_t errors_now;
	bool reaches; /* is there a history of RECENT_DAYS? */
};

enum { RECENT_DAYS = 90, DAY_SECONDS = 86400 };

#endif
