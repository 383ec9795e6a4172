/*
 * mutate - does a rule notice when a field that it reads is missing or other?
 *
 * Each field that the rule's expressions read is removed from the record of a
 * passing world, then altered; a mutant that the rule judges as the original
 * survives, and is listed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_MUTATE_H
#define CMD_MUTATE_H

#include "base/encode.h"
#include "cmd/test.h"

struct mutation_report {
	struct out *out; /* survivors are listed here */
	size_t mutants;
	size_t survivors;
};

MUST_USE bool mutate_world(struct mutation_report *report,
			   const struct policy *policy, const struct rule *rule,
			   const struct node *world, struct instant now,
			   struct error *err);

#endif
