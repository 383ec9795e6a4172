/* test - what the worlds of a rule say about it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_TEST_H
#define CMD_TEST_H

#include "cmd/coverage.h"
#include "lint/lint.h"

struct told;

/* A world: files, the time of judgement. */
struct world {
	const struct snapshot_text *texts;
	size_t count;
	struct instant now;
	bool bare; /* made of values, not of files: schemas are not asked */
	const struct node *params; /* by key, as written; or NULL */
	const struct told *told;   /* its history; NULL: nothing committed */
};

/* Reads a world of a rule's `tests`. ERROR_CONFIG when it cannot be read. */
MUST_USE bool rule_world_read(struct world *out, const struct node *node,
			      const struct rule *rule, struct instant now,
			      struct arena *arena, struct error *err);

/* The parameters of a policy with the values of a world in their places, in
 * the arena. ERROR_CONFIG for an unknown key and for a value of another type.
 */
MUST_USE bool world_params(const struct node **out, const struct policy *policy,
			   const struct node *given, struct arena *arena,
			   struct error *err);

/* What a rule says of a world. */
struct verdict_of_world {
	size_t findings;
	size_t judged;
	size_t not_applicable;
	bool incomplete;
	str reason;   /* of the first incompleteness */
	str messages; /* one a line */
	str pointers; /* one a line */
};

/* Judges a world by one rule of the policy; strings in the arena. What is
 * evaluated is told to `coverage`, which may be NULL. */
MUST_USE bool rule_world_judge(struct verdict_of_world *out,
			       const struct policy *policy,
			       const struct world *world,
			       const struct rule *rule,
			       struct coverage *coverage, struct arena *arena,
			       struct error *err);

/* What a test of a rule judges: the node below pass, fail or skip. */
const struct node *rule_test_world(const struct node *test);

/* What keeps a test from holding, in the arena; absent: it holds. */
str rule_test_judge(const struct node *test,
		    const struct verdict_of_world *verdict,
		    struct arena *arena);

#endif
