/*
 * evaluate - a rule's expressions on one subject.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_EVALUATE_H
#define LINT_EVALUATE_H

#include "lint/run.h"

enum verdict {
	VERDICT_NOT_APPLICABLE, /* `when` is false: not a pass */
	VERDICT_PASS,
	VERDICT_FINDING,
	VERDICT_SKIPPED, /* a reference dangles, which is the finding */
	VERDICT_FAILED,	 /* *err says why */
};

/* When a rule is judged: with its record, or with all. */
enum check_stage rule_stage(const struct rule *rule);

/* Judges the subject in `facts`, reports to the sink and counts what kept it
 * from judging. */
enum verdict evaluate_rule(const struct lint_run *run, struct worker *worker,
			   const struct facts *facts, struct rule_count *count,
			   struct sink *sink, struct error *err);

#endif
