/*
 * lint - the one loop: a snapshot and a policy in, a closed report out.
 *
 * Files are read, parsed and judged alone side by side; then the corpus is
 * closed and what needs other records is judged, side by side again; then the
 * report is sorted and closed. A tree is let go once its file was judged,
 * unless a rule reads records of its kind from elsewhere.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "base/error.h"
#include "base/progress.h"
#include "cel/cel.h"
#include "git/snapshot.h"
#include "lint/report.h"
#include "policy/policy.h"
#include "record/corpus.h"

/* What a file is taken to hold. */
struct overlay {
	str path;
	str text;
};

struct evidence;
struct mailmap;
struct told;
struct trails;

/* History for the rules that read it. Trails and mailmap outlive the run. With
 * neither trails nor commits told it is empty: nothing was committed yet. */
struct lint_history {
	const struct trails *trails;
	const struct mailmap *mailmap;	 /* or NULL */
	struct repo *repo;		 /* of the trails */
	const struct told *told;	 /* of a test's world */
	const struct evidence *evidence; /* about its commits, or NULL */
	str missing; /* why there is none: no rule is judged by it; or absent */
};

struct lint {
	const struct policy *policy;
	const struct snapshot *snapshot;
	struct instant now;
	unsigned jobs;
	const struct lint_history *history; /* NULL: it was not read */
	bool asks_history; /* the caller evaluates what reads it */
	/* The exceptions that count; NULL: those of the snapshot itself. */
	const struct corpus *exceptions;
	const struct overlay *overlays; /* by path: texts in place of files */
	size_t overlay_count;
	const str *paths; /* report only what lies at or below; none: all */
	size_t path_count;
	enum severity min_severity;
	/* Runs on earlier commits: what one of them found is not new, and only
	 * what is new counts. They outlive this run. */
	const struct lint_run *const *bases;
	size_t base_count;
	str base;		 /* what they are called: a commit id */
	const struct rule *only; /* judge by this rule alone; NULL: all */
	bool selected; /* every YAML, JSON and Markdown file holds records */
	bool bare; /* a world of values: schemas say what is, not what must */
	const struct node *params; /* values of a world, as vocabulary_params
				      has them; NULL: the policy's */
	cel_explain
		*explain; /* told of each value of each expression, or NULL */
	void *explain_context;
	uint64_t (*ticks)(void); /* nanoseconds, to measure each rule by; NULL:
				    rules are not measured */
	struct progress *progress; /* shown how far it is; NULL: nobody is */
	bool keep_all;	/* keep all trees for the caller to look into */
	bool load_only; /* read all records, keep all trees, judge nothing */
};

struct lint_run;
struct host;

/* Do rules in force ask for history? Without that nobody need read it. */
bool lint_wants_history(const struct lint *lint);

/* May the file at a path hold records, by the configuration and its name? */
bool lint_takes(const struct policy *policy, str path);

/* Runs. False: the run could not be done at all; what could not be judged
 * within it is in report->incomplete. Free with lint_run_free. */
MUST_USE bool lint_run(struct lint_run **out, const struct lint *lint,
		       struct error *err);
void lint_run_free(struct lint_run *run);

/* The closed report, which lives as long as the run. */
const struct report *lint_report(const struct lint_run *run);

/* Finds what must not be shown of a file of the run, for mask_line. */
struct document;
struct mask;
void lint_mask(struct mask *out, const struct lint_run *run, str path,
	       const struct document *document, struct arena *arena);

/* What was read, and the host of the calling thread, to evaluate with. */
const struct corpus *lint_corpus(const struct lint_run *run);
struct host *lint_host(struct lint_run *run);

/* Adds a remark to a closed report: what the caller knows of the run. */
void lint_remark(struct lint_run *run, str text);

/* Adds a reason why the result is not reliable. */
void lint_incomplete(struct lint_run *run, str path, str reason);

/* States what was judged, by whose policy: "work tree", a commit id. */
void lint_describe(struct lint_run *run, str snapshot, str policy);

/* States where the records are kept. */
void lint_locate(struct lint_run *run, const struct provenance *provenance);

#endif
