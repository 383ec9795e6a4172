/*
 * run - what the files of this room share during a run; nobody else includes
 * it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_RUN_H
#define LINT_RUN_H

#include "base/map.h"
#include "base/vec.h"
#include "lint/facts.h"
#include "lint/host.h"
#include "lint/lint.h"
#include "lint/sink.h"
#include "match/regex.h"

/* What one thread writes. */
struct worker {
	struct arena kept;    /* facts, findings: until the run is freed */
	struct arena trees;   /* texts and trees, let go or kept by mark */
	struct arena scratch; /* for one judgement */
	struct map keys;      /* of kept trees: name -> struct node */
	struct snapshot_reader *reader;
	struct validator *validator;
	struct regex_scratch *match;
	struct host host;
	struct cel_regexes *regexes;
	VEC(struct finding) findings;
	VEC(struct incomplete) incomplete;
	VEC(struct remark) remarks;
	VEC(struct record) records;
	struct rule_count *counts; /* by index of the rule in the policy */
	size_t files;
};

/* A member of records of a kind that stays; absent: all members. */
struct keep {
	str kind;
	str member;
};

/* What a rule marked sensitive found; its line is never shown as it is. */
struct secret {
	str path;
	struct span span;
};

struct lint_run {
	struct lint asked;	 /* a copy: who asked need not keep it */
	const struct lint *lint; /* that */
	const struct policy *policy;
	const struct limits *limits;
	struct arena arena;
	struct worker *workers;
	unsigned worker_count;
	struct corpus *corpus;
	struct past *past; /* history, or NULL */
	struct waiver_set *waivers;
	const bool *later; /* rules that judge() leaves out, or NULL */
	struct keep *keeps;
	size_t keep_count;
	bool keep_all;
	VEC(struct finding) findings;
	VEC(struct finding) unchanged;
	VEC(struct finding) fixed;
	VEC(struct secret) secrets;
	VEC(struct incomplete) incomplete;
	VEC(struct remark) remarks;
	struct report report;
};

struct sink {
	struct worker *worker;
	const struct lint_run *run;
	const struct rule *rule;
	const struct source *source;
	const struct record *record;
};

/* load.c: reads, parses and judges alone the file at one index. */
void load_file(struct lint_run *run, struct worker *worker, size_t index);

/* keep.c: finds what the rules in force read from elsewhere; */
void keep_plan(struct lint_run *run);

/* copies that part of a record's tree, or returns NULL for nothing. */
const struct node *keep_tree(const struct lint_run *run, struct worker *worker,
			     str kind, const struct node *root);

/* judge.c: runs the rules of one stage on the facts at hand. */
void judge(struct lint_run *run, struct worker *worker, struct facts *facts,
	   enum check_stage stage);

/* run_past.c: makes history out of what the caller read; judges it, commit by
 * commit; and names the rules that were not judged for want of it. */
void run_past_open(struct lint_run *run);
void run_past_judge(struct lint_run *run);
void run_past_unjudged(struct lint_run *run);

/* Judges by one rule, by its index in the policy. */
void judge_rule(struct lint_run *run, struct worker *worker,
		const struct facts *facts, size_t index);

/* Does a rule judge records of this kind? */
bool rule_applies(const struct rule *rule, const struct facts *facts);

/* lint.c: what a thread needs, for the policy and snapshot of the run. */
void worker_init(struct worker *worker, const struct lint_run *run);
void worker_done(struct worker *worker);

/* Facts that hold for a whole run, for one thread. */
struct facts facts_of(const struct lint_run *run, struct worker *worker);

/* "kind/id" of a file's text or the overlay's. */
MUST_USE bool load_text(str *out, enum blob_state *state,
			const struct lint_run *run, struct worker *worker,
			const struct entry *entry, struct error *err);

#endif
