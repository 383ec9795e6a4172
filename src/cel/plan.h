/*
 * plan - what is run: a tree of closures made from a tree of syntax.
 *
 * Each node holds the function that evaluates it and what that function needs;
 * it is chosen when planning by what is known (constants, types, the shape of
 * the operands), so that running asks little. Const once made.
 *
 * Work is charged where it can repeat: an evaluation pays for the nodes
 * outside of loops at its start, a loop for the nodes of its body at each
 * turn (`weight`), functions for bytes and elements.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_PLAN_H
#define CEL_PLAN_H

#include "base/vec.h"
#include "cel/note.h"
#include "match/regex.h"

struct cel_frame;
struct cel_plan;

typedef struct cel_value cel_plan_run(struct cel_frame *frame,
				      const struct cel_plan *plan);

/* An overload and the tags that its parameters take, as bits. */
struct cel_fit {
	struct cel_signature signature;
	uint32_t *tags;
};

struct cel_plan {
	cel_plan_run *run;
	const struct cel_plan *a, *b; /* the first kids */
	const struct cel_plan *const *kids;
	struct cel_value constant; /* a value, or the key of a select */
	const void *data;	   /* of the function: overload, set, ... */
	uint32_t id;		   /* of the syntax node */
	uint32_t slot;		   /* variable, or first local */
	uint32_t hash;		   /* of the key */
	uint32_t count;		   /* of kids */
	uint32_t weight;	   /* nodes of this tree, loop bodies apart */
	uint32_t turn;		   /* loop: nodes of its body */
	uint32_t lowest;	   /* least local slot read from outside */
	uint8_t op;
	bool varies; /* reads variables, or is not pure */
	bool second; /* loop: has two variables */
};

/* The state of one evaluation; functions see its first member. */
struct cel_frame {
	struct cel_eval eval;
	const struct cel_value *variables;
	size_t variable_count;
	struct cel_value *locals;
	struct cel_value *lazy; /* what the host answered, by slot */
	struct cel_run *run;
};

/* Patterns that a program owns. */
struct cel_patterns {
	VEC(struct regex *) all;
};

struct cel_program {
	struct arena arena;
	const struct cel_env *env;
	struct cel_ast ast;
	struct cel_notes notes;
	const struct cel_plan *root;
	struct cel_compile_options options;
	struct cel_patterns patterns;
	struct cel_needs needs;
};

static inline struct cel_value cel_plan_run_at(struct cel_frame *frame,
					       const struct cel_plan *plan)
{
	return plan->run(frame, plan);
}

/* Gives an error its place, unless it has one. */
static inline struct cel_value cel_plan_place(const struct cel_plan *plan,
					      struct cel_value value)
{
	if (value.tag == CEL_ERROR && !value.aux)
		value.aux = plan->id;
	return value;
}

/* Makes the plan of a program in an arena. Patterns go to `patterns`; without
 * it (NULL) a plain plan is made, that reports each node. (plan.c) */
const struct cel_plan *cel_plan_make(const struct cel_program *program,
				     struct arena *arena,
				     struct cel_patterns *patterns);

/* The tags that values of a type may have, as bits; dyn: all. */
uint32_t cel_type_tags(const struct cel_type *type);

const struct cel_fit *cel_env_fit(const struct cel_env *env,
				  const struct cel_overload *overload);

#endif
