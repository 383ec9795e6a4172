/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cel/cel.h"
#include "cel/member.h"

/* ---- names */

struct cel_value cel_run_constant(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	(void)frame;
	return plan->constant;
}

/* A variable that the activation does not simply hold. */
static struct cel_value variable_slow(struct cel_frame *frame, size_t slot,
				      str name)
{
	const struct cel_activation *activation = frame->eval.activation;

	if (slot >= frame->variable_count ||
	    frame->variables[slot].extra != CEL_FAULT_NONE ||
	    !activation->lazy) {
		if (slot < frame->variable_count &&
		    frame->variables[slot].extra > CEL_FAULT_NO_VARIABLE)
			return frame->variables[slot];
		return cel_fail_text(&frame->eval, CEL_FAULT_NO_VARIABLE, name,
				     cel_null());
	}
	if (!frame->lazy) {
		frame->lazy = arena_array(frame->eval.arena, struct cel_value,
					  frame->variable_count);
		for (size_t i = 0; i < frame->variable_count; i++)
			frame->lazy[i].tag = CEL_ERROR;
	}
	if (frame->lazy[slot].tag == CEL_ERROR && !frame->lazy[slot].extra)
		frame->lazy[slot] = activation->lazy(&frame->eval, slot);
	return frame->lazy[slot];
}

struct cel_value cel_frame_variable(struct cel_frame *frame, size_t slot,
				    str name)
{
	if (slot < frame->variable_count &&
	    frame->variables[slot].tag != CEL_ERROR)
		return frame->variables[slot];
	return variable_slow(frame, slot, name);
}

struct cel_value cel_run_variable(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	return cel_plan_place(
		plan,
		cel_frame_variable(frame, plan->slot, cel_str(plan->constant)));
}

struct cel_value cel_run_local(struct cel_frame *frame,
			       const struct cel_plan *plan)
{
	return frame->locals[plan->slot];
}

struct cel_value cel_run_unknown(struct cel_frame *frame,
				 const struct cel_plan *plan)
{
	return cel_plan_place(
		plan, cel_fail_text(&frame->eval, CEL_FAULT_NO_VARIABLE,
				    cel_str(plan->constant), cel_null()));
}

/* ---- members */

static inline enum cel_member member(struct cel_value *out,
				     struct cel_frame *frame,
				     struct cel_value of,
				     const struct cel_plan *plan)
{
	bool found;

	if (of.tag == CEL_MAP) {
		if (of.flags & CEL_OF_NODE)
			return cel_node_member(out, of.as.node, plan);
		found = cel_map_find_hashed(&frame->eval, of, plan->constant,
					    plan->hash, out);
		return found ? CEL_MEMBER_FOUND : CEL_MEMBER_ABSENT;
	}
	if (of.tag == CEL_OPAQUE && of.as.opaque->ops->field) {
		found = of.as.opaque->ops->field(&frame->eval, of.as.opaque,
						 cel_str(plan->constant), out);
		return found ? CEL_MEMBER_FOUND : CEL_MEMBER_ABSENT;
	}
	return CEL_MEMBER_WRONG;
}

static struct cel_value no_members(struct cel_frame *frame,
				   const struct cel_plan *plan,
				   struct cel_value of)
{
	str text =
		str_format(frame->eval.arena,
			   "a value of type " STR_FMT " has no field " STR_FMT,
			   STR_ARG(cel_type_name(cel_type_of(of))),
			   STR_ARG(cel_str(plan->constant)));

	return cel_plan_place(
		plan,
		cel_fail_text(&frame->eval, CEL_FAULT_NO_FIELD, text, of));
}

/* x.?f, and x.f of an optional x: an optional of what is there. */
static struct cel_value select_optional(struct cel_frame *frame,
					const struct cel_plan *plan,
					struct cel_value of)
{
	struct cel_value found;

	if (of.tag == CEL_OPTIONAL) {
		if (!of.as.some)
			return of;
		of = *of.as.some;
	}
	switch (member(&found, frame, of, plan)) {
	case CEL_MEMBER_FOUND:
		if (found.tag == CEL_ERROR)
			return cel_plan_place(plan, found);
		return cel_some(&frame->eval, found);
	case CEL_MEMBER_ABSENT:
		return cel_optional(NULL);
	default:
		return no_members(frame, plan, of);
	}
}

static struct cel_value select_slow(struct cel_frame *frame,
				    const struct cel_plan *plan,
				    struct cel_value of, enum cel_member member)
{
	if (of.tag == CEL_ERROR)
		return of;
	if (of.tag == CEL_OPTIONAL)
		return select_optional(frame, plan, of);
	if (member == CEL_MEMBER_WRONG)
		return no_members(frame, plan, of);
	return cel_plan_place(plan, cel_fail(&frame->eval, CEL_FAULT_NO_KEY,
					     plan->constant, cel_null()));
}

static inline struct cel_value select_from(struct cel_frame *frame,
					   const struct cel_plan *plan,
					   struct cel_value of)
{
	struct cel_value found;
	enum cel_member how = member(&found, frame, of, plan);

	if (how == CEL_MEMBER_FOUND)
		return cel_plan_place(plan, found);
	return select_slow(frame, plan, of, how);
}

struct cel_value cel_run_select(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	return select_from(frame, plan, cel_plan_run_at(frame, plan->a));
}

struct cel_value cel_run_select_local(struct cel_frame *frame,
				      const struct cel_plan *plan)
{
	return select_from(frame, plan, frame->locals[plan->slot]);
}

struct cel_value cel_run_select_variable(struct cel_frame *frame,
					 const struct cel_plan *plan)
{
	return select_from(frame, plan, cel_run_variable(frame, plan->a));
}

struct cel_value cel_run_select_optional(struct cel_frame *frame,
					 const struct cel_plan *plan)
{
	struct cel_value of = cel_plan_run_at(frame, plan->a);

	return of.tag == CEL_ERROR ? of : select_optional(frame, plan, of);
}

struct cel_value cel_run_has(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	struct cel_value of = cel_plan_run_at(frame, plan->a);
	struct cel_value found;

	if (of.tag == CEL_ERROR)
		return of;
	if (of.tag == CEL_OPTIONAL) {
		if (!of.as.some)
			return cel_bool(false);
		of = *of.as.some;
	}
	switch (member(&found, frame, of, plan)) {
	case CEL_MEMBER_FOUND:
		return cel_bool(true);
	case CEL_MEMBER_ABSENT:
		return cel_bool(false);
	default:
		return no_members(frame, plan, of);
	}
}

/* ---- indexes */

/* A whole number of any type as an index; false: it is none. */
static bool index_of(int64_t *out, struct cel_value key)
{
	switch (key.tag) {
	case CEL_INT:
		*out = key.as.integer;
		return true;
	case CEL_UINT:
		*out = key.as.natural > INT64_MAX ? INT64_MAX
						  : (int64_t)key.as.natural;
		return true;
	case CEL_DOUBLE:
		if (!(fabs(key.as.number) < 0x1p62) ||
		    key.as.number != trunc(key.as.number))
			return false;
		*out = (int64_t)key.as.number;
		return true;
	default:
		return false;
	}
}

static enum cel_member list_item(struct cel_value *out, struct cel_frame *frame,
				 struct cel_value list, struct cel_value key)
{
	int64_t i;

	if (!index_of(&i, key))
		return CEL_MEMBER_WRONG;
	if (i < 0 || (uint64_t)i >= cel_list_size(list))
		return CEL_MEMBER_ABSENT;
	*out = cel_list_at(&frame->eval, list, (size_t)i);
	return CEL_MEMBER_FOUND;
}

static enum cel_member item(struct cel_value *out, struct cel_frame *frame,
			    struct cel_value of, struct cel_value key)
{
	if (of.tag == CEL_LIST)
		return list_item(out, frame, of, key);
	if (of.tag == CEL_MAP)
		return cel_map_find(&frame->eval, of, key, out)
			       ? CEL_MEMBER_FOUND
			       : CEL_MEMBER_ABSENT;
	if (of.tag == CEL_OPAQUE && of.as.opaque->ops->field &&
	    key.tag == CEL_STRING)
		return of.as.opaque->ops->field(&frame->eval, of.as.opaque,
						cel_str(key), out)
			       ? CEL_MEMBER_FOUND
			       : CEL_MEMBER_ABSENT;
	return CEL_MEMBER_WRONG;
}

static struct cel_value no_item(struct cel_frame *frame,
				const struct cel_plan *plan,
				struct cel_value of, struct cel_value key,
				enum cel_member how)
{
	struct cel_value error;

	if (how == CEL_MEMBER_WRONG)
		return cel_no_overload(frame, plan, STR("an index"));
	error = of.tag == CEL_LIST
			? cel_fail(&frame->eval, CEL_FAULT_INDEX, key,
				   cel_int((int64_t)cel_list_size(of)))
			: cel_fail(&frame->eval, CEL_FAULT_NO_KEY, key,
				   cel_null());
	return cel_plan_place(plan, error);
}

static struct cel_value index_optional(struct cel_frame *frame,
				       const struct cel_plan *plan,
				       struct cel_value of,
				       struct cel_value key)
{
	struct cel_value found;
	enum cel_member how;

	if (of.tag == CEL_OPTIONAL) {
		if (!of.as.some)
			return of;
		of = *of.as.some;
	}
	how = item(&found, frame, of, key);
	if (how == CEL_MEMBER_WRONG)
		return no_item(frame, plan, of, key, how);
	if (how == CEL_MEMBER_ABSENT)
		return cel_optional(NULL);
	if (found.tag == CEL_ERROR)
		return cel_plan_place(plan, found);
	return cel_some(&frame->eval, found);
}

struct cel_value cel_run_index(struct cel_frame *frame,
			       const struct cel_plan *plan)
{
	struct cel_value of = cel_plan_run_at(frame, plan->a);
	struct cel_value key;
	struct cel_value found;
	enum cel_member how;

	if (of.tag == CEL_ERROR)
		return of;
	key = cel_plan_run_at(frame, plan->b);
	if (key.tag == CEL_ERROR)
		return key;
	if (of.tag == CEL_OPTIONAL)
		return index_optional(frame, plan, of, key);
	how = item(&found, frame, of, key);
	return how == CEL_MEMBER_FOUND ? cel_plan_place(plan, found)
				       : no_item(frame, plan, of, key, how);
}

struct cel_value cel_run_index_optional(struct cel_frame *frame,
					const struct cel_plan *plan)
{
	struct cel_value of = cel_plan_run_at(frame, plan->a);
	struct cel_value key;

	if (of.tag == CEL_ERROR)
		return of;
	key = cel_plan_run_at(frame, plan->b);
	return key.tag == CEL_ERROR ? key
				    : index_optional(frame, plan, of, key);
}

/* ---- literals */

/* The value of an optional entry; false: it is none and leaves no trace. */
static bool unwrap(struct cel_value *value, struct cel_frame *frame,
		   const struct cel_plan *plan)
{
	if (value->tag != CEL_OPTIONAL) {
		*value = cel_plan_place(plan, cel_fail(&frame->eval,
						       CEL_FAULT_NOT_OPTIONAL,
						       *value, cel_null()));
		return true;
	}
	if (!value->as.some)
		return false;
	*value = *value->as.some;
	return true;
}

static bool is_optional(const struct cel_plan *plan, size_t i)
{
	const bool *optional = plan->data;

	return optional && optional[i];
}

struct cel_value cel_run_list(struct cel_frame *frame,
			      const struct cel_plan *plan)
{
	struct cel_value *items =
		arena_array(frame->eval.arena, struct cel_value, plan->count);
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++) {
		struct cel_value value = cel_plan_run_at(frame, plan->kids[i]);

		if (value.tag != CEL_ERROR && is_optional(plan, i) &&
		    !unwrap(&value, frame, plan))
			continue;
		if (value.tag == CEL_ERROR)
			return value;
		items[count++] = value;
	}
	return cel_list_of(frame->eval.arena, items, count);
}

static struct cel_value put_error(struct cel_frame *frame,
				  const struct cel_plan *plan, enum cel_put put,
				  struct cel_value key)
{
	return cel_plan_place(plan, cel_fail(&frame->eval,
					     put == CEL_PUT_BAD_KEY
						     ? CEL_FAULT_BAD_KEY
						     : CEL_FAULT_DUPLICATE_KEY,
					     key, cel_null()));
}

struct cel_value cel_run_map(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	struct cel_table *table =
		cel_table_new(frame->eval.arena, plan->count / 2);

	for (size_t i = 0; i + 1 < plan->count; i += 2) {
		struct cel_value key = cel_plan_run_at(frame, plan->kids[i]);
		struct cel_value value;
		enum cel_put put;

		if (key.tag == CEL_ERROR)
			return key;
		value = cel_plan_run_at(frame, plan->kids[i + 1]);
		if (value.tag != CEL_ERROR && is_optional(plan, i) &&
		    !unwrap(&value, frame, plan))
			continue;
		if (value.tag == CEL_ERROR)
			return value;
		/* A double finds a key but cannot be one. */
		put = key.tag == CEL_DOUBLE ? CEL_PUT_BAD_KEY
					    : cel_table_put(table, key, value);
		if (put != CEL_PUT_DONE)
			return put_error(frame, plan, put, key);
	}
	return cel_table_value(table);
}
