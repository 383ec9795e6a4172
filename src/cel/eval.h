/* eval - the state of one evaluation, handed to every function. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_EVAL_H
#define CEL_EVAL_H

#include "base/arena.h"
#include "base/limits.h"
#include "cel/value.h"

struct cel_activation; /* cel.h */
struct regex_scratch;
struct cel_regexes; /* compiled patterns of a run (lib_regex) */
struct cel_zones;   /* loaded time zones (lib_time) */

/*
 * One evaluation. Everything a function allocates goes to `arena` and dies
 * with the evaluation; what it does is charged to `budget`.
 */
struct cel_eval {
	struct arena *arena;
	size_t budget;	/* units left */
	bool exhausted; /* budget or depth ran out: nothing absorbs this */
	enum cel_fault exhausted_by; /* CEL_FAULT_BUDGET or _DEPTH */
	const struct limits *limits;
	struct regex_scratch *scratch; /* made on first use, by lib_regex */
	struct cel_regexes *regexes;   /* this thread's cache, may be NULL */
	const struct cel_zones *zones;
	const struct cel_activation *activation; /* cel.h */
	const void *host; /* as given to cel_eval: records, git facts */
	void *private;	  /* the evaluator's own */
};

/* Charges work: one unit is about a node of a plan; bytes are charged a tenth
 * (cel_charge_bytes), elements one each. Charge BEFORE the work and before
 * the allocation. False: stop and return cel_spent(eval). */
static inline MUST_USE bool cel_charge(struct cel_eval *eval, size_t units)
{
	if (eval->budget >= units) {
		eval->budget -= units;
		return true;
	}
	eval->budget = 0;
	eval->exhausted = true;
	eval->exhausted_by = CEL_FAULT_BUDGET;
	return false;
}

static inline MUST_USE bool cel_charge_bytes(struct cel_eval *eval,
					     size_t bytes)
{
	return cel_charge(eval, bytes / 10 + 1);
}

/* The error of an exhausted evaluation. */
struct cel_value cel_spent(struct cel_eval *eval);

#endif
