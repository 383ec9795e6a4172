/* run - the functions of plan nodes, by the file that holds them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_RUN_H
#define CEL_RUN_H

#include "cel/plan.h"

/* eval_path.c: names, selects, indexes, literals */
cel_plan_run cel_run_constant, cel_run_variable, cel_run_local, cel_run_unknown,
	cel_run_select, cel_run_select_local, cel_run_select_variable,
	cel_run_has, cel_run_select_optional, cel_run_index,
	cel_run_index_optional, cel_run_list, cel_run_map;

/* eval_logic.c: && || ! ?: == != < <= > >= in */
cel_plan_run cel_run_and, cel_run_or, cel_run_not, cel_run_condition,
	cel_run_equal, cel_run_equal_text, cel_run_order, cel_run_order_int,
	cel_run_in, cel_run_in_set;

/* eval_math.c: + - * / % */
cel_plan_run cel_run_add, cel_run_subtract, cel_run_multiply, cel_run_divide,
	cel_run_modulo, cel_run_negate;

/* eval_loop.c: macros */
cel_plan_run cel_run_all, cel_run_exists, cel_run_exists_one, cel_run_filter,
	cel_run_map_loop, cel_run_to_map, cel_run_to_entry, cel_run_sort,
	cel_run_bind, cel_run_opt_map;

/* eval_call.c: functions */
cel_plan_run cel_run_call, cel_run_matches, cel_run_explain;

/* The overloads a call chooses from, by the tags of its arguments. */
struct cel_candidates {
	bool lazy; /* one of them sees errors */
	size_t count;
	struct {
		const struct cel_overload *overload;
		const struct cel_fit *fit;
	} at[];
};

/* join.c: wanted in LIST.map(k, k.path) */
cel_plan_run cel_run_in_mapped;

/* A member of a map or opaque value, through an optional or not. */
enum cel_member {
	CEL_MEMBER_FOUND,
	CEL_MEMBER_ABSENT,
	CEL_MEMBER_WRONG, /* has no members at all */
};

/* The hash set behind `x in [constants]`; NULL when it cannot be one. */
struct cel_set;
const struct cel_set *cel_set_new(struct arena *arena, struct cel_value list);

/* No overload of an operator or function takes these values. */
struct cel_value cel_no_overload(struct cel_frame *frame,
				 const struct cel_plan *plan, str name);

/* Is `item` in a list or map? May be an error. */
struct cel_value cel_in(struct cel_frame *frame, const struct cel_plan *plan,
			struct cel_value item, struct cel_value in);

/* A variable as the activation has it. */
struct cel_value cel_frame_variable(struct cel_frame *frame, size_t slot,
				    str name);

#endif
