/*
 * note - what later passes learnt about each node of a tree: a side table by
 * node id. Written by resolve, then by the checker; read by the planner.
 *
 * resolve always runs (resolve.c): it binds names. The checker runs unless
 * compiling asked for no check; without it `type` is NULL for every node and
 * the planner takes dyn for all. So the planner must treat NULL as dyn, and
 * may use a type only to choose a faster node of the same meaning.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_NOTE_H
#define CEL_NOTE_H

#include "cel/ast.h"
#include "cel/cel.h"
#include "cel/function.h"

enum cel_reference {
	CEL_REF_NONE,	  /* the node means what its kind says */
	CEL_REF_VARIABLE, /* slot: of env->variables; also a whole path a.b.c */
	CEL_REF_LOCAL,	  /* slot: depth-numbered, from 0 outermost */
	CEL_REF_TYPE,	  /* a type's name as a value: type_value */
	CEL_REF_FUNCTION, /* a call whose receiver path was a namespace: the
			     function is `name`, kids[0] is not evaluated */
	CEL_REF_UNKNOWN,  /* no such variable: the checker reports it with a
			     suggestion; unchecked it evaluates to
			     CEL_FAULT_NO_VARIABLE (so `x || true` is true) */
};

struct cel_note {
	/* by resolve */
	uint8_t reference; /* enum cel_reference */
	uint32_t slot;	   /* of a loop, bind, opt_map: of its first variable;
			      the second has slot + 1 */
	str name;	   /* resolved function or variable name */
	const struct cel_type *type_value;
	/* The overloads of this name and receiver style whose parameter count
	 * fits; the checker narrows them to those whose types fit. One left
	 * and no dyn among its arguments' types: the planner calls it
	 * directly. Several: chosen by the tags of the arguments. */
	const struct cel_overload *const *overloads;
	size_t overload_count;
	/* by the checker */
	const struct cel_type *type; /* NULL: dyn */
	bool may_be_absent;	     /* a select that can fail with NO_KEY */
	/* by folding: the value of a constant sub-tree, or NULL */
	const struct cel_value *constant;
};

struct cel_notes {
	struct cel_note *at; /* indexed by node id; at[0] is unused */
	size_t count;	     /* ast->nodes + 1 */
	size_t locals;	     /* how many local slots the plan needs */
};

/* Binds names: locals shadow variables (langdef "Name resolution"), a leading
 * dot skips locals and the container, the longest declared path wins, each
 * container prefix first. Never fails: what it cannot bind is UNKNOWN. */
void cel_resolve(struct cel_notes *out, struct arena *arena,
		 const struct cel_env *env, const struct cel_ast *ast);

/* Types every node. Diagnostics go to the sink of the options; false when
 * one of them was an error. (check*.c) */
MUST_USE bool cel_check(struct cel_notes *notes, struct arena *arena,
			const struct cel_env *env, const struct cel_ast *ast,
			const struct cel_compile_options *options);

/* The overloads of a name: receiver or global style, any count of arguments;
 * NULL and 0 when there are none. (env.c) */
const struct cel_overload *const *cel_env_overloads(const struct cel_env *env,
						    str name, bool receiver,
						    size_t *count);

/* The parsed signature of an overload that cel_env_overloads gave. */
const struct cel_signature *cel_env_signature(
	const struct cel_env *env, const struct cel_overload *overload);

/* The libraries of an environment, our own first; NULL behind the last. */
const struct cel_library *cel_env_library(const struct cel_env *env, size_t i);

/* The slot of a variable, or SIZE_MAX. */
size_t cel_env_variable(const struct cel_env *env, str name);

/* The type that a name stands for as a value: int, list, optional_type,
 * google.protobuf.Timestamp, a host's abstract type; or NULL. */
const struct cel_type *cel_env_type(const struct cel_env *env, str name);

#endif
