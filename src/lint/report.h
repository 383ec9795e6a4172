/*
 * report - all findings of a run, and what the run was.
 *
 * Written by the loop alone, then closed: findings are sorted by path, place,
 * rule and pointer, so that the bytes of every format are the same for any
 * number of threads. Reporters see it const and closed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_REPORT_H
#define LINT_REPORT_H

#include "base/instant.h"
#include "lint/finding.h"
#include "policy/framework.h"

/* Why the result is not reliable; each leads to exit status 2. */
struct incomplete {
	str path; /* or absent */
	str reason;
};

/* A remark about the run that is no finding: "this change edits 2 policy
 * files". */
struct remark {
	str text;
};

/* What became of one rule. */
struct rule_count {
	const struct rule *rule;
	size_t judged; /* records, files or repositories it looked at */
	size_t findings;
	size_t not_applicable; /* of the judged: `when` was false */
	size_t skipped;	       /* of the judged: one of the three below */
	size_t no_record;      /* a reference leads to no record */
	size_t no_organisation;
	size_t passed_over; /* it, or what it reads, lacks the form of its kind
			     */
	size_t failed;
	size_t waived;	/* of the findings */
	uint64_t ticks; /* nanoseconds of all threads, when measured */
};

/* Where the records are kept, so that a reader of the report can find them.
 * What a clone says of itself: never a user name, a password or a token. */
struct provenance {
	str repository; /* the URL of its remote; absent: none that may be told
			 */
	str revision;	/* the commit that was judged, or that the work tree and
			   the index stand on; absent: none */
	str branch;	/* "main"; absent: none */
};

struct report {
	const struct finding *findings; /* shown: severity and paths allow */
	size_t finding_count;
	const struct incomplete *incomplete;
	size_t incomplete_count;
	const struct remark *remarks;
	size_t remark_count;
	const struct rule_count *rules; /* all that ran, by id */
	size_t rule_count;

	size_t files; /* that were read */
	size_t records;
	size_t records_hit; /* records or files with a finding */
	size_t by_severity[SEVERITY_ERROR + 1]; /* that are shown */
	size_t counted[SEVERITY_ERROR + 1];	/* at the PATHs, shown or not */
	size_t waived;	/* findings that an exception covers; they do not count
			 */
	size_t fixable; /* findings shown that --fix mends */
	size_t hidden;	/* findings below --min-severity or outside the PATHs */

	/* Compared with a base, `findings` and all counts are those that the
	 * base did not have. */
	str base; /* the commit that was compared with; absent: none */
	const struct finding *unchanged; /* that the base had as well */
	size_t unchanged_count;
	const struct finding *fixed; /* that only the base had; by its places */
	size_t fixed_count;

	struct instant now;
	str snapshot; /* "work tree", "index", or the commit id */
	str policy;   /* where the configuration came from: the same words */
	str version;  /* of abide */
	struct provenance provenance;
	const struct framework_set *frameworks; /* that rules cite; or NULL */
};

#endif
