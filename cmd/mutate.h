/*
 * mutate - do the worlds of a rule notice when a field that it reads is missing
 * or other?
 *
 * In each world, each field of the judged record that the rule's expressions
 * read is removed, and set to other values (for a number or a time to one on
 * each side). A change of a field that no test of the rule notices survives:
 * the rule's `unnoticed` gives the reason, and a reason for a change that is
 * noticed, or that no world holds, is as wrong as a missing one.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_MUTATE_H
#define CMD_MUTATE_H

#include "base/encode.h"
#include "cmd/test.h"

struct mutation_count {
	size_t mutants;	    /* changes of fields that were tried */
	size_t explained;   /* unnoticed, and the rule says why */
	size_t unexplained; /* unnoticed, and it does not */
	size_t needless;    /* reasons for what is not unnoticed */
};

/* Tries the worlds of one rule; lists what went unnoticed and adds it up. */
MUST_USE bool mutate_rule(struct mutation_count *count, struct out *out,
			  const struct policy *policy, const struct rule *rule,
			  struct instant now, struct error *err);

#endif
