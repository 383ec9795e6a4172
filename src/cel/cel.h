/*
 * cel - the Common Expression Language: compile once, evaluate often.
 *
 *	cel_env_new(&env, &(struct cel_env_options){ ... }, &err)
 *	cel_compile(&program, env, STR("self.age >= 18"), &options, &err)
 *	value = cel_eval(program, &activation, &(struct cel_run){ ... });
 *
 * An environment and its programs are const after they are made and may be
 * shared by threads; each evaluation has an arena of its own. The language,
 * its measures and the reasons: src/cel/README.md.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_CEL_H
#define CEL_CEL_H

#include "cel/env.h"

struct cel_program;

/* A finding of the checker; `at` in bytes of the expression. */
struct cel_diagnostic {
	bool warning;
	struct span at;
	const char *code; /* "unknown-field", "may-be-absent", ... */
	str text;	  /* valid during the call, like the next */
	str suggestion;	  /* what may stand at `at` instead, or absent */
};

struct cel_compile_options {
	bool no_check; /* parse, resolve, plan: every type is dyn */
	bool no_macros;
	bool naive; /* no join index: to compare with */
	bool no_fold;
	/* The type the result must have, or NULL. */
	const struct cel_type *result;
	/* Expressions known to be true (a rule's `when`), or known to be given
	 * a value: the checker takes fields they guard as present. They are
	 * checked by themselves; what is wrong in them is not told again. */
	const str *given;
	size_t given_count;
	/* Called for each diagnostic. Without it the first error becomes *err
	 * and warnings are dropped. */
	void (*diagnose)(void *context, const struct cel_diagnostic *found);
	void *context;
};

/* Parses, resolves, checks, folds and plans. The text is copied. False: *err
 * is the first error, placed in bytes of the text. */
MUST_USE bool cel_compile(struct cel_program **out, const struct cel_env *env,
			  str text, const struct cel_compile_options *options,
			  struct error *err);
void cel_program_free(struct cel_program *program);

str cel_program_text(const struct cel_program *program);
const struct cel_ast *cel_program_ast(const struct cel_program *program);
const struct cel_type *cel_program_type(const struct cel_program *program);

/* Span of a node of the program; for the place of an error: its aux. */
struct span cel_program_span(const struct cel_program *program, uint32_t id);

/* The values of the variables by slot. NULL `at[i].tag == CEL_ERROR` with
 * CEL_FAULT_NO_VARIABLE for an unset one; `lazy` (may be NULL) is asked once
 * an evaluation for a slot that holds CEL_FAULT_NONE. */
struct cel_activation {
	const struct cel_value *at;
	size_t count;
	struct cel_value (*lazy)(struct cel_eval *eval, size_t slot);
};

/* Called for each evaluated node, operands first, when explaining. */
typedef void cel_explain(void *context, const struct cel_node *node,
			 struct cel_value value);

/* Indexes over host lists, for one thread, made as programs ask for them. The
 * lists of variables marked `indexed` must stay as and where they are while
 * this lives: a list is known by its node, or its address. */
struct cel_joins;
struct cel_joins *cel_joins_new(void);
void cel_joins_free(struct cel_joins *joins);

struct cel_run {
	struct arena *arena; /* values live in it until you release it */
	size_t budget;	     /* 0: limits->cel_cost; set to what is left */
	size_t *rest; /* of the rule (limits->cel_run_cost at its start), or
			 NULL: bounds the budget, and is reduced by what was
			 spent */
	const void *host;
	struct regex_scratch *scratch; /* this thread's, or NULL */
	struct cel_regexes *regexes;
	const struct cel_zones *zones;
	struct cel_joins *joins; /* this thread's; NULL: loops scan */
	cel_explain *explain;	 /* or NULL */
	void *context;
};

/* Evaluates. The result may be an error value: its aux is the node id. */
struct cel_value cel_eval(const struct cel_program *program,
			  const struct cel_activation *activation,
			  struct cel_run *run);

/* What a program may read: each path from a variable as far as it is static
 * ("self.owner.email", "records.risk[].id"), with `key` set where the planner
 * looks it up by equality; and the facts (enum cel_reads). */
struct cel_read {
	size_t slot;
	str path;  /* below the variable; [] stands for any element */
	bool join; /* an index look-up, not a scan */
	uint32_t id;
};

struct cel_needs {
	const struct cel_read *reads;
	size_t count;
	uint8_t facts;
	size_t cost; /* static estimate of the least cost */
};
const struct cel_needs *cel_program_needs(const struct cel_program *program);

#endif
