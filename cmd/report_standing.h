/*
 * report_standing - how the requirements of a framework stand: what has an open
 * error, what nothing speaks against, what nobody checks.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_REPORT_STANDING_H
#define CMD_REPORT_STANDING_H

#include "cmd/report.h"

/* Every requirement counts once. */
struct standing {
	str title;	  /* of the framework */
	size_t open;	  /* an error stands against it */
	size_t warned;	  /* a warning or note at most */
	size_t quiet;	  /* checked, and nothing stands against it */
	size_t unchecked; /* no rule rests on it, or none had anything to judge
			   */
};

void standing_of(struct standing *out, const struct dossier *dossier,
		 str framework);

/* The frameworks in use (by the configuration; else all) that are binding law,
 * or that are not; returns how many. */
size_t standing_frameworks(const struct dossier *dossier, bool binding,
			   str *out, size_t most);

#endif
