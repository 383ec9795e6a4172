/*
 * function - what a library offers: tables of overloads.
 *
 * A library is a static const table. The environment parses the signatures
 * once, refuses overloads that collide, and indexes them by name. Which
 * overload runs is settled by the checker where types are known, and by the
 * tags of the arguments where they are dyn (cel_type_of against the parameter
 * types); both from the same table.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_FUNCTION_H
#define CEL_FUNCTION_H

#include "cel/eval.h"
#include "cel/type.h"

struct cel_env; /* env.h */

/*
 * The implementation of an overload: `count` arguments, the receiver first.
 *
 * Strict (without CEL_LAZY): called only when no argument is an error; the
 * first error among the arguments, in order, is the result otherwise. The
 * arguments have the tags that the signature names (a dyn parameter any), so
 * a function checks values, not types. It returns cel_fail(...) with what
 * went wrong, keeps no pointer beyond the evaluation, and changes nothing.
 */
typedef struct cel_value cel_function(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count);

enum cel_overload_flag {
	CEL_RECEIVER = 1, /* x.f(y); else f(x, y) */
	CEL_VARIADIC = 2, /* the last parameter may come once or more often */
	CEL_LAZY = 4,	/* sees errors among its arguments: must pass them on */
	CEL_IMPURE = 8, /* do not fold: reads records, facts or `now` */
	CEL_LITERAL_1 = 16, /* argument 0, 1 must be a constant string: */
	CEL_LITERAL_2 = 32, /* the checker refuses anything else */
	CEL_PATTERN = 64, /* the last argument is a regex: checked and compiled
			     when constant */
};

/* What an overload reads, for the read-set of a rule. */
enum cel_reads {
	CEL_READS_NOTHING,
	CEL_READS_RECORDS = 1,
	CEL_READS_HISTORY = 2,
	CEL_READS_NOW = 4,
	CEL_READS_FRAMEWORK = 8,
};

enum cel_cost {
	CEL_COST_UNIT,	/* one unit: charged by the caller */
	CEL_COST_BYTES, /* a tenth of the bytes of all arguments: ditto */
	CEL_COST_ITEMS, /* one for each element of the first: ditto */
	CEL_COST_OWN,	/* the function charges itself */
};

struct cel_overload {
	const char *name;      /* "startsWith", "math.greatest", "_+_" */
	const char *id;	       /* "starts_with_string": unique in all */
	const char *signature; /* "(string, string) -> bool" */
	uint16_t flags;	       /* enum cel_overload_flag */
	uint8_t cost;	       /* enum cel_cost */
	uint8_t reads;	       /* enum cel_reads */
	cel_function *call;    /* NULL: declared only (checkonly tests) */
	/* NULL, or the checker's own rule for the result (e.g. ref() gives
	 * optional_type of the kind): args are their types, constants the
	 * constant arguments or NULL. NULL result: use the signature's; and
	 * if err->kind is set then, the call is refused with that text (the
	 * caller sets it to ERROR_NONE before). */
	const struct cel_type *(*result)(const struct cel_env *env,
					 const struct cel_type *const *args,
					 const struct cel_value *const *consts,
					 size_t count, struct error *err);
};

struct cel_library {
	const char *name; /* "strings" */
	const struct cel_overload *overloads;
	size_t count;
};

/* The libraries of this room, one lib_NAME.c each; operators, conversions and
 * size are in std. */
extern const struct cel_library cel_library_std, cel_library_time,
	cel_library_strings, cel_library_math, cel_library_encoders,
	cel_library_lists, cel_library_sets, cel_library_optionals,
	cel_library_regex;

/* Two more that a host adds where it wants them (cel_env_options.libraries):
 * periods and working days (cel/period.h), identifiers in text. */
extern const struct cel_library cel_library_period, cel_library_text;

#endif
