/*
 * context - what a run says of itself besides findings.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_CONTEXT_H
#define CMD_CONTEXT_H

#include "cmd/input.h"
#include "lint/lint.h"

/* Remarks about the input: overrides that hold for no file, warnings of the
 * checker of rules, history that git shows otherwise. */
void context_remark(struct lint_run *run, const struct input *input,
		    struct arena *arena);

/* Where the records are kept: remote, commit and branch. What cannot be read of
 * it is left out, for no judgement rests on it. */
void context_locate(struct lint_run *run, const struct input *input,
		    struct arena *arena);

/* With --policies-at: a remark when what is judged edits the policy. The run
 * is incomplete where that cannot be told. */
void context_policy_change(struct lint_run *run, const struct input *input,
			   const struct options *options);

/* --verbose: what was read and from where, on standard error. */
void context_tell(const struct env *env, const struct lint_run *run,
		  const struct input *input);

#endif
