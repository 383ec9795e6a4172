/*
 * check - inside of the checker; shared by check*.c only.
 *
 * One walk over the tree. Unification follows the reference implementation's
 * behaviour (cel-spec, type_deductions): type variables for empty literals and
 * generic overloads, the more general of two types that fit, dyn where a list
 * is mixed. What it adds are unions, texts of enums, and presence.
 * tail: file - six files share one walk and its state.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_CHECK_H
#define CEL_CHECK_H

#include "base/vec.h"
#include "cel/note.h"
#include "cel/object.h"

/* A field known to be there: `base`.`name`. */
struct check_fact {
	const struct cel_notes *notes; /* of the tree that `base` is in */
	const struct cel_node *base;
	str name;
	size_t owner; /* the operand of a chain that it came from */
	bool off;     /* its own operand is being checked */
};

struct check_local {
	str name;
	const struct cel_type *type;
};

struct check_argument {
	const struct cel_node *node;
	const struct cel_type *type;
	uint64_t fitting; /* members of a union that some overload takes */
};

struct check_undo {
	uint32_t variable;
	const struct cel_type *before;
};

enum {
	CHECK_STEPS = 2000000, /* of comparing types, for one expression */
	CHECK_WEIGHT = 512,    /* parts of a type */
	CHECK_FACTS = 1024,    /* more only cost a warning too many */
};

struct checker {
	const struct cel_env *env;
	const struct cel_compile_options *options;
	struct cel_notes *notes;
	struct arena *arena;
	str text;
	bool quiet; /* a given expression: told of when it was checked */
	bool failed;
	bool promises; /* only these are learnt: the types are known by now */
	bool tangled;  /* CHECK_STEPS or CHECK_WEIGHT was passed and told */
	size_t steps;
	size_t locals; /* in scope */
	struct check_local *local;
	VEC(const struct cel_type *) bound; /* by variable; NULL: free */
	VEC(struct check_undo) trail;
	VEC(struct check_fact) facts;
	VEC(struct check_argument) arguments;
};

/* ---- check.c */

/* Types a node and all below it; as deep as the tree (cel_depth). */
const struct cel_type *check_node(struct checker *c,
				  const struct cel_node *node);

static inline struct cel_note *check_note(const struct checker *c,
					  const struct cel_node *node)
{
	return &c->notes->at[node->id];
}

/* ---- check_type.c */

/* A new type variable. */
const struct cel_type *check_fresh(struct checker *c);

/* What a type is so far: the outermost variables replaced, a free one dyn. */
const struct cel_type *check_view(const struct checker *c,
				  const struct cel_type *type);

/* The type without variables; free ones are dyn if `final`. */
const struct cel_type *check_settle(struct checker *c,
				    const struct cel_type *type, bool final);

/* May `from` stand where `to` is wanted? Binds variables, also in part when it
 * may not: see check_undo_to. A union may if one member may. */
bool check_fits(struct checker *c, const struct cel_type *to,
		const struct cel_type *from);
void check_undo_to(struct checker *c, size_t mark);

/* The one type of both: the more general, or dyn. `a` may be NULL. */
const struct cel_type *check_join(struct checker *c, const struct cel_type *a,
				  const struct cel_type *b);

/* The same, but a union where the two differ. */
const struct cel_type *check_either(struct checker *c, const struct cel_type *a,
				    const struct cel_type *b);

/* The parameters of a signature replaced by new variables; `frame` holds one
 * for each letter, NULL at first. */
const struct cel_type *check_instance(struct checker *c,
				      const struct cel_type *type,
				      const struct cel_type **frame);

/* Can values of the two be equal? */
bool check_comparable(struct checker *c, const struct cel_type *a,
		      const struct cel_type *b);

const struct cel_type *check_list(struct checker *c,
				  const struct cel_type *item);
const struct cel_type *check_map(struct checker *c, const struct cel_type *key,
				 const struct cel_type *value);
const struct cel_type *check_optional(struct checker *c,
				      const struct cel_type *some);

static inline bool check_is_dyn(const struct cel_type *view)
{
	return view->kind == CEL_T_DYN || view->kind == CEL_T_ERROR;
}

/* The members of a union, or the type itself, as an array. */
static inline size_t check_members(const struct cel_type *const *view,
				   const struct cel_type *const **out)
{
	*out = (*view)->kind == CEL_T_UNION ? (*view)->params : view;
	return (*view)->kind == CEL_T_UNION ? (*view)->count : 1;
}

/* ---- check_call.c, check_op.c, check_field.c */

const struct cel_type *check_call(struct checker *c,
				  const struct cel_node *node);
const struct cel_type *check_op(struct checker *c, const struct cel_node *node);
const struct cel_type *check_select(struct checker *c,
				    const struct cel_node *node);
const struct cel_type *check_index(struct checker *c,
				   const struct cel_node *node);

/* Demands a bool; `what` needs it: "&&". */
void check_bool(struct checker *c, const struct cel_node *node,
		const struct cel_type *type, const char *what);

/* Is a text one of an enum? Tells if not. */
void check_text(struct checker *c, const struct cel_node *constant,
		const struct cel_type *texts, const struct cel_node *of);

/* An unknown field of a closed object, or a warning for an open one. */
void check_unknown_field(struct checker *c, struct span at,
			 const struct cel_type *object, str name);

/* ---- check_facts.c */

/* A field as base and name: a select, or an index with a constant string. */
bool check_place(const struct cel_node *node, const struct cel_node **base,
		 str *name);

/* Adds what follows from a guard being true (or false): has(), in,
 * hasValue(). It may stand before or behind. Of a node that has been checked
 * also what the schema promises. */
void check_assume(struct checker *c, const struct cel_node *node, bool yes,
		  size_t owner);

/* Adds the promises alone. */
void check_promised(struct checker *c, const struct cel_node *node, bool yes);

/* Adds what follows from a node having been evaluated without an error. */
enum check_truth { CHECK_MAYBE, CHECK_TRUE, CHECK_FALSE };
void check_evaluated(struct checker *c, const struct cel_node *node,
		     enum check_truth truth);

bool check_is_present(const struct checker *c, const struct cel_node *base,
		      str name);

/* ---- check_say.c */

/* Reports; the text is ours, with names of the author's. */
PRINTF_LIKE(4, 5)
void check_fail(struct checker *c, struct span at, const char *code,
		const char *fmt, ...);
PRINTF_LIKE(4, 5)
void check_warn(struct checker *c, struct span at, const char *code,
		const char *fmt, ...);

/* The same error with what should stand at `at` instead: "; did you mean
 * 'owner'?" follows. Nothing near: as check_fail. */
struct nearest;
PRINTF_LIKE(5, 6)
void check_fail_near(struct checker *c, struct span at, const char *code,
		     const struct nearest *near, const char *fmt, ...);
PRINTF_LIKE(5, 6)
void check_warn_near(struct checker *c, struct span at, const char *code,
		     const struct nearest *near, const char *fmt, ...);

/* A type as text, for a message. */
str check_words(struct checker *c, const struct cel_type *type);

/* What the author wrote for a node. */
str check_source(const struct checker *c, const struct cel_node *node);

/* Tells once that the types are too large to compare. */
void check_tangled(struct checker *c);

/* No such variable or function. */
void check_unknown_name(struct checker *c, const struct cel_node *node);
void check_unknown_call(struct checker *c, const struct cel_node *node);

#endif
