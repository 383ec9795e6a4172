/*
 * env - what an expression may name: libraries, variables, types, macros.
 * Made once, const afterwards, shared by programs and threads.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_ENV_H
#define CEL_ENV_H

#include "cel/function.h"
#include "cel/parse.h"

struct cel_env;

struct cel_variable {
	str name;		     /* may be a path: "x.y" */
	const struct cel_type *type; /* NULL: dyn */
	uint8_t reads;		     /* enum cel_reads of just naming it */
	uint8_t indexed; /* 1: an object of host lists (`records`), whose
			    lists the join planner may index */
};

struct cel_env_options {
	const struct cel_library *const *libraries; /* of the host, besides */
	size_t library_count;
	bool bare; /* without this room's own libraries */
	const struct cel_variable *variables; /* slot = index */
	size_t variable_count;
	const struct cel_type *const *types; /* object and abstract, by name */
	size_t type_count;
	struct cel_macros macros; /* of the host */
	str container;		  /* "a.b": tried as prefix of names */
	const struct limits *limits;
};

/* Copies what it needs but borrows libraries, types, macros and limits.
 * Fails on a bad signature or two overloads that collide. */
MUST_USE bool cel_env_new(struct cel_env **out,
			  const struct cel_env_options *options,
			  struct error *err);
void cel_env_free(struct cel_env *env);

/* An environment with the functions, types and macros of `base`, which must
 * outlive it, and with variables of its own instead. Reading the signatures of
 * all libraries is most of what making an environment costs; this is without.
 */
struct cel_env *cel_env_with(const struct cel_env *base,
			     const struct cel_variable *variables,
			     size_t count);
const struct cel_env_options *cel_env_options(const struct cel_env *env);

#endif
