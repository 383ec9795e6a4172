/*
 * input - options into what is judged, and by whose policy.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_INPUT_H
#define CMD_INPUT_H

#include "cmd/options.h"
#include "git/revision.h"
#include "git/snapshot.h"
#include "policy/policy.h"

struct input {
	struct repo *repo;
	struct snapshot *snapshot; /* what is judged */
	struct snapshot *policies; /* --policies-at, else NULL */
	struct policy *policy;
	str what;  /* "work tree", "index", or a commit id */
	str whose; /* the same for the policy */
	struct instant now;
	const struct env *env;
	bool verify; /* --verify-signatures */
};

/* Opens repository, snapshots and policy as the options say. On failure *err
 * is set and nothing is left open. */
MUST_USE bool input_open(struct input *out, const struct env *env,
			 const struct options *options, struct error *err);
void input_close(struct input *input);

/* The hexadecimal name of an object, in the arena. */
str input_hex(struct arena *arena, struct oid oid);

/* The built-in policy alone, for use outside a repository. */
MUST_USE bool input_policy_alone(struct input *out,
				 const struct options *options,
				 struct error *err);

#endif
