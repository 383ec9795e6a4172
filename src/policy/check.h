/*
 * check - a judgement written in C, called by a rule.
 *
 * A check finds; it does not decide: id, severity and words of law are the
 * rule's, which is data in policies/. What a check may look at is in `facts`
 * (lint/facts.h); what it has to say goes to `sink` (lint/sink.h).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_CHECK_H
#define POLICY_CHECK_H

#include "base/error.h"

struct facts;
struct sink;
struct rule;

/* What a check looks at decides when it runs. */
enum check_stage {
	CHECK_FILE,	  /* once for each file, also one that cannot be read */
	CHECK_DOCUMENT,	  /* each document of a file, record or not */
	CHECK_RECORD,	  /* each record alone, its tree at hand */
	CHECK_CORPUS,	  /* each record among all records; no tree */
	CHECK_HISTORY,	  /* each commit, and each change of a record in it */
	CHECK_REPOSITORY, /* once, all records */
	CHECK_SETTLED,	  /* each record, when all findings are known */
};

struct check {
	const char *name;    /* "duplicate-id" */
	const char *summary; /* one line */
	enum check_stage stage;
	bool invalid_too; /* also records that their schema refuses */
	/* What a check in a later stage reads of the trees of other records:
	 * "kind/member", or "kind" for all of it; ends with NULL. A copy is
	 * kept in memory, and nothing else is in `root` then. */
	const char *const *keeps;
	/* Reports to the sink. False: it could not judge, *err says why. */
	bool (*run)(const struct facts *facts, const struct rule *rule,
		    struct sink *sink, struct error *err);
};

#endif
