/*
 * facts - all that one judgement may look at.
 *
 * What a stage does not have is NULL or absent: a file check has no record, a
 * corpus check no document.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_FACTS_H
#define LINT_FACTS_H

#include "base/instant.h"
#include "base/limits.h"
#include "data/document.h"
#include "record/corpus.h"

struct change;
struct deed;
struct policy;
struct problem;
struct reads;
struct snapshot;
struct snapshot_reader;
struct regex_scratch;
struct waiver_set;

struct facts {
	const struct policy *policy;
	const struct limits *limits;
	struct instant now; /* given, not asked of a clock */
	const struct snapshot *snapshot;
	struct snapshot_reader *reader; /* of this thread */
	struct arena *scratch;		/* released after the judgement */
	struct regex_scratch *match;	/* of this thread */

	const struct source *source;
	str text;		    /* CHECK_FILE to CHECK_RECORD */
	const struct error *broken; /* why there is no document, or NULL */
	bool selected; /* the configuration says that the file holds records */
	const struct node *root;     /* CHECK_DOCUMENT, CHECK_RECORD; or NULL */
	const struct record *record; /* CHECK_RECORD, CHECK_CORPUS */
	const struct problem *problems; /* of the schema, CHECK_RECORD */
	size_t problem_count;
	const struct corpus *corpus;	  /* CHECK_CORPUS, CHECK_REPOSITORY */
	const struct deed *deed;	  /* CHECK_HISTORY */
	const struct change *change;	  /* of the deed, or NULL: the deed */
	const struct waiver_set *waivers; /* CHECK_SETTLED */
	struct reads *reads; /* told when a check looks at `now`; or NULL */
};

#endif
