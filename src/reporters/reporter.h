/*
 * reporter - writes a closed report in one format, and touches nothing else.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_REPORTER_H
#define REPORTERS_REPORTER_H

#include "base/encode.h"
#include "lint/report.h"

/* How it should look; formats for machines ignore it. */
struct look {
	bool color;
	bool ci;	     /* break what CI log readers take for commands */
	bool statistics;     /* text: a count per rule instead of findings */
	bool quiet;	     /* leave out what only sums up */
	unsigned width;	     /* of the terminal in columns; 0: not one */
	size_t max_findings; /* shown in full; SIZE_MAX: all */
	size_t most;	     /* markdown: bytes to keep to; 0: no limit */
};

struct reporter {
	const char *name;    /* "json" */
	const char *summary; /* one line for help */
	void (*write)(const struct report *report, const struct look *look,
		      struct out *out);
	/* Another format that belongs to it, appended to the file that an
	 * environment variable names, where it is set; or NULL. */
	const char *companion;
	const char *companion_variable;
};

/* All reporters, by name. */
extern const struct reporter *const reporters[];
extern const size_t reporter_count;

/* The reporter of a name, or NULL. */
const struct reporter *reporter_find(str name);

#endif
