/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/member.h"

struct cel_value cel_no_overload(struct cel_frame *frame,
				 const struct cel_plan *plan, str name)
{
	return cel_plan_place(plan,
			      cel_fail_text(&frame->eval, CEL_FAULT_NO_OVERLOAD,
					    name, cel_null()));
}

/* What && and || remember of an operand that decides nothing: the first
 * error. */
static struct cel_value undecided(struct cel_frame *frame,
				  const struct cel_plan *plan,
				  struct cel_value first,
				  struct cel_value value)
{
	if (first.tag == CEL_ERROR || value.tag == CEL_BOOL)
		return first;
	if (value.tag == CEL_ERROR)
		return value;
	return cel_plan_place(plan, cel_fail(&frame->eval, CEL_FAULT_NOT_BOOL,
					     value, cel_null()));
}

/* Operands in order until one is `decides`. */
static inline struct cel_value run_chain(struct cel_frame *frame,
					 const struct cel_plan *plan,
					 bool decides)
{
	struct cel_value first = cel_bool(!decides);

	for (size_t i = 0; i < plan->count; i++) {
		struct cel_value value = cel_plan_run_at(frame, plan->kids[i]);

		if (value.tag == CEL_BOOL) {
			if (value.as.boolean == decides)
				return value;
			continue;
		}
		first = undecided(frame, plan->kids[i], first, value);
		if (frame->eval.exhausted)
			return first;
	}
	return first;
}

struct cel_value cel_run_and(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	return run_chain(frame, plan, false);
}

struct cel_value cel_run_or(struct cel_frame *frame,
			    const struct cel_plan *plan)
{
	return run_chain(frame, plan, true);
}

struct cel_value cel_run_not(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	struct cel_value value = cel_plan_run_at(frame, plan->a);

	if (value.tag == CEL_BOOL)
		return cel_bool(!value.as.boolean);
	return value.tag == CEL_ERROR ? value
				      : cel_no_overload(frame, plan, STR("!"));
}

struct cel_value cel_run_condition(struct cel_frame *frame,
				   const struct cel_plan *plan)
{
	struct cel_value value = cel_plan_run_at(frame, plan->a);

	if (value.tag == CEL_BOOL)
		return cel_plan_run_at(frame, value.as.boolean ? plan->b
							       : plan->kids[2]);
	return undecided(frame, plan, cel_null(), value);
}

/* ---- equality and order */

static inline struct cel_value spent_or(struct cel_frame *frame, bool value)
{
	if (frame->eval.exhausted)
		return cel_spent(&frame->eval);
	return cel_bool(value);
}

struct cel_value cel_run_equal(struct cel_frame *frame,
			       const struct cel_plan *plan)
{
	const bool differs = plan->op == CEL_OP_NE;
	struct cel_value a = cel_operand(frame, plan->a);
	struct cel_value b;

	if (a.tag == CEL_ERROR)
		return a;
	b = cel_operand(frame, plan->b);
	if (a.tag == CEL_STRING && b.tag == CEL_STRING && a.aux <= 64)
		return cel_bool((a.aux == b.aux &&
				 cel_same_bytes(a.as.text, b.as.text, a.aux)) !=
				differs);
	if (b.tag == CEL_ERROR)
		return b;
	return spent_or(frame, cel_equal(&frame->eval, a, b) != differs);
}

/* One side is a constant string, `constant`. */
struct cel_value cel_run_equal_text(struct cel_frame *frame,
				    const struct cel_plan *plan)
{
	const bool differs = plan->op == CEL_OP_NE;
	struct cel_value a = cel_operand(frame, plan->a);

	if (a.tag == CEL_STRING)
		return cel_bool(
			(a.aux == plan->constant.aux &&
			 cel_same_bytes(a.as.text, plan->constant.as.text,
					a.aux)) != differs);
	return a.tag == CEL_ERROR ? a : cel_bool(differs);
}

static inline bool holds(enum cel_op op, enum cel_order order)
{
	switch (op) {
	case CEL_OP_LT:
		return order == CEL_LESS;
	case CEL_OP_LE:
		return order == CEL_LESS || order == CEL_SAME;
	case CEL_OP_GT:
		return order == CEL_GREATER;
	default:
		return order == CEL_GREATER || order == CEL_SAME;
	}
}

static struct cel_value order_slow(struct cel_frame *frame,
				   const struct cel_plan *plan,
				   struct cel_value a, struct cel_value b)
{
	static const char *const names[] = {[CEL_OP_LT] = "<",
					    [CEL_OP_LE] = "<=",
					    [CEL_OP_GT] = ">",
					    [CEL_OP_GE] = ">="};
	enum cel_order order;

	if (a.tag == CEL_ERROR)
		return a;
	if (b.tag == CEL_ERROR)
		return b;
	if (a.tag == b.tag && (a.tag == CEL_STRING || a.tag == CEL_BYTES) &&
	    !cel_charge_bytes(&frame->eval, a.aux < b.aux ? a.aux : b.aux))
		return cel_spent(&frame->eval);
	order = cel_order(a, b);
	if (order == CEL_NO_ORDER)
		return cel_no_overload(frame, plan, str_of(names[plan->op]));
	return cel_bool(holds(plan->op, order));
}

static inline enum cel_order order_ints(int64_t a, int64_t b)
{
	return a < b ? CEL_LESS : a > b ? CEL_GREATER : CEL_SAME;
}

struct cel_value cel_run_order(struct cel_frame *frame,
			       const struct cel_plan *plan)
{
	struct cel_value a = cel_operand(frame, plan->a);
	struct cel_value b;

	if (a.tag == CEL_ERROR)
		return a;
	b = cel_plan_run_at(frame, plan->b);
	if (a.tag == CEL_INT && b.tag == CEL_INT)
		return cel_bool(holds(plan->op,
				      order_ints(a.as.integer, b.as.integer)));
	return order_slow(frame, plan, a, b);
}

/* The right side is a constant int, `constant`. */
struct cel_value cel_run_order_int(struct cel_frame *frame,
				   const struct cel_plan *plan)
{
	struct cel_value a = cel_operand(frame, plan->a);

	if (a.tag == CEL_INT)
		return cel_bool(
			holds(plan->op, order_ints(a.as.integer,
						   plan->constant.as.integer)));
	return order_slow(frame, plan, a, plan->constant);
}

/* ---- in */

struct cel_value cel_in(struct cel_frame *frame, const struct cel_plan *plan,
			struct cel_value wanted, struct cel_value in)
{
	struct cel_value first = cel_bool(false);
	struct cel_value found;
	size_t count;

	if (in.tag == CEL_MAP)
		return cel_bool(cel_map_find(&frame->eval, in, wanted, &found));
	if (in.tag != CEL_LIST)
		return cel_no_overload(frame, plan, STR("in"));
	count = cel_list_size(in);
	if (!cel_charge(&frame->eval, count))
		return cel_spent(&frame->eval);
	for (size_t i = 0; i < count; i++) {
		struct cel_value one = cel_list_at(&frame->eval, in, i);

		if (one.tag == CEL_ERROR && first.tag != CEL_ERROR)
			first = cel_plan_place(plan, one);
		else if (cel_equal(&frame->eval, wanted, one))
			return cel_bool(true);
		if (frame->eval.exhausted)
			return cel_spent(&frame->eval);
	}
	return first;
}

struct cel_value cel_run_in(struct cel_frame *frame,
			    const struct cel_plan *plan)
{
	struct cel_value wanted = cel_operand(frame, plan->a);
	struct cel_value in;

	if (wanted.tag == CEL_ERROR)
		return wanted;
	in = cel_plan_run_at(frame, plan->b);
	return in.tag == CEL_ERROR ? in : cel_in(frame, plan, wanted, in);
}

enum { SET_LINEAR = 8 };

struct cel_set {
	const struct cel_value *items;
	const uint32_t *slots; /* item + 1, by hash; NULL when there are few */
	size_t count;
	size_t mask;
};

static bool is_scalar(struct cel_value value)
{
	return value.tag <= CEL_BYTES;
}

const struct cel_set *cel_set_new(struct arena *arena, struct cel_value list)
{
	struct cel_set *set = arena_new(arena, struct cel_set);
	struct cel_value *items;
	uint32_t *slots;
	size_t capacity = 16;

	set->count = cel_list_size(list);
	items = arena_array(arena, struct cel_value, set->count);
	for (size_t i = 0; i < set->count; i++) {
		items[i] = cel_list_at(NULL, list, i);
		if (!is_scalar(items[i]))
			return NULL;
	}
	set->items = items;
	if (set->count <= SET_LINEAR)
		return set;
	while (capacity < set->count * 2)
		capacity *= 2;
	set->mask = capacity - 1;
	slots = arena_array(arena, uint32_t, capacity);
	for (size_t i = 0; i < set->count; i++) {
		size_t at = (size_t)cel_hash(NULL, items[i]) & set->mask;

		while (slots[at])
			at = (at + 1) & set->mask;
		slots[at] = (uint32_t)i + 1;
	}
	set->slots = slots;
	return set;
}

static inline bool same_scalar(struct cel_value a, struct cel_value b)
{
	if (a.tag == CEL_STRING && b.tag == CEL_STRING)
		return a.aux == b.aux &&
		       cel_same_bytes(a.as.text, b.as.text, a.aux);
	return cel_equal(NULL, a, b);
}

static bool set_has(const struct cel_set *set, struct cel_value value)
{
	if (!set->slots) {
		for (size_t i = 0; i < set->count; i++)
			if (same_scalar(value, set->items[i]))
				return true;
		return false;
	}
	for (size_t at = (size_t)cel_hash(NULL, value) & set->mask;
	     set->slots[at]; at = (at + 1) & set->mask)
		if (same_scalar(value, set->items[set->slots[at] - 1]))
			return true;
	return false;
}

struct cel_value cel_run_in_set(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	struct cel_value wanted = cel_operand(frame, plan->a);

	if (wanted.tag == CEL_ERROR)
		return wanted;
	if (!is_scalar(wanted))
		return cel_bool(false);
	if (wanted.aux > 64 && !cel_charge_bytes(&frame->eval, wanted.aux))
		return cel_spent(&frame->eval);
	return cel_bool(set_has(plan->data, wanted));
}
