/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/join.h"
#include "cel/run.h"

/* ---- what a loop runs over */

struct range {
	struct cel_value of;
	size_t count;
	const uint32_t *only; /* the positions that matter, or NULL: all */
};

/* Evaluates the range; false: the error is in *error. */
static bool range_open(struct range *out, struct cel_value *error,
		       struct cel_frame *frame, const struct cel_plan *plan)
{
	struct cel_value of = cel_plan_run_at(frame, plan->a);
	struct cel_positions found;

	if (of.tag == CEL_LIST) {
		*out = (struct range){of, cel_list_size(of), NULL};
		if (plan->data &&
		    cel_join_look_up(&found, frame, plan->data, of))
			*out = (struct range){of, found.count, found.at};
		return true;
	}
	if (of.tag == CEL_MAP) {
		*out = (struct range){of, cel_map_size(of), NULL};
		return true;
	}
	*error = of.tag == CEL_ERROR
			 ? of
			 : cel_no_overload(frame, plan, STR("a loop"));
	return false;
}

/* Most elements of a record's list are maps. */
static inline struct cel_value element(struct cel_frame *frame,
				       struct cel_value list, size_t i)
{
	const struct node *node;

	if (!(list.flags & CEL_OF_NODE))
		return cel_list_at(&frame->eval, list, i);
	node = &list.as.node->as.children[i];
	if (node->kind == NODE_MAP)
		return (struct cel_value){
			.tag = CEL_MAP, .flags = CEL_OF_NODE, .as.node = node};
	return cel_of_node(node);
}

/* Sets the variables of a turn. False: an element cannot be read, or the
 * budget is spent; the error is in *error. */
static inline bool range_turn(struct cel_value *error, struct cel_frame *frame,
			      const struct cel_plan *plan,
			      const struct range *range, size_t i)
{
	struct cel_value *at = &frame->locals[plan->slot];

	if (range->only)
		i = range->only[i];
	if (!cel_charge(&frame->eval, plan->turn)) {
		*error = cel_spent(&frame->eval);
		return false;
	}
	if (range->of.tag == CEL_MAP) {
		cel_map_entry(&frame->eval, range->of, i, at,
			      plan->second ? at + 1 : NULL);
	} else {
		struct cel_value item = element(frame, range->of, i);

		at[plan->second] = item;
		if (plan->second)
			*at = cel_int((int64_t)i);
	}
	if (at[0].tag != CEL_ERROR && at[plan->second].tag != CEL_ERROR)
		return true;
	*error = cel_plan_place(plan,
				at[at[0].tag == CEL_ERROR ? 0 : plan->second]);
	return false;
}

/* ---- all and exists */

static struct cel_value not_bool(struct cel_frame *frame,
				 const struct cel_plan *plan,
				 struct cel_value value)
{
	if (value.tag == CEL_ERROR)
		return value;
	return cel_plan_place(plan, cel_fail(&frame->eval, CEL_FAULT_NOT_BOOL,
					     value, cel_null()));
}

/* An element that cannot be read is an error like any other: a deciding one
 * wins over it. */
static inline struct cel_value run_until(struct cel_frame *frame,
					 const struct cel_plan *plan,
					 bool decides)
{
	struct cel_value first = cel_bool(!decides);
	struct cel_value value;
	struct range range;

	if (!range_open(&range, &value, frame, plan))
		return value;
	for (size_t i = 0; i < range.count; i++) {
		if (range_turn(&value, frame, plan, &range, i))
			value = cel_plan_run_at(frame, plan->b);
		if (value.tag == CEL_BOOL) {
			if (value.as.boolean == decides)
				return value;
			continue;
		}
		if (frame->eval.exhausted)
			return cel_spent(&frame->eval);
		if (first.tag != CEL_ERROR)
			first = not_bool(frame, plan->b, value);
	}
	return first;
}

struct cel_value cel_run_all(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	return run_until(frame, plan, false);
}

struct cel_value cel_run_exists(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	return run_until(frame, plan, true);
}

/* ---- the loops that stop at the first error */

/* Runs one turn and its condition, if any: true when the element counts.
 * Otherwise *error is an error to stop with, or not an error. */
static inline bool turn_counts(struct cel_value *error, struct cel_frame *frame,
			       const struct cel_plan *plan,
			       const struct cel_plan *condition,
			       const struct range *range, size_t i)
{
	struct cel_value value;

	*error = cel_null();
	if (!range_turn(error, frame, plan, range, i))
		return false;
	if (!condition)
		return true;
	value = cel_plan_run_at(frame, condition);
	if (value.tag == CEL_BOOL)
		return value.as.boolean;
	*error = not_bool(frame, condition, value);
	return false;
}

struct cel_value cel_run_exists_one(struct cel_frame *frame,
				    const struct cel_plan *plan)
{
	struct cel_value error;
	struct range range;
	size_t count = 0;

	if (!range_open(&range, &error, frame, plan))
		return error;
	for (size_t i = 0; i < range.count; i++) {
		if (turn_counts(&error, frame, plan, plan->b, &range, i))
			count++;
		else if (error.tag == CEL_ERROR)
			return error;
	}
	return cel_bool(count == 1);
}

/* Values that a loop gathers, in the arena. */
struct gathered {
	struct cel_value *at;
	size_t count;
	size_t capacity;
};

static bool gather(struct gathered *to, struct cel_frame *frame,
		   struct cel_value value)
{
	if (!cel_charge(&frame->eval, 1))
		return false;
	if (to->count == to->capacity) {
		size_t capacity = to->capacity ? to->capacity * 2 : 8;
		struct cel_value *wider = arena_raw(
			frame->eval.arena, capacity * sizeof(*wider), 16);

		if (to->count)
			memcpy(wider, to->at, to->count * sizeof(*wider));
		to->at = wider;
		to->capacity = capacity;
	}
	to->at[to->count++] = value;
	return true;
}

struct cel_value cel_run_filter(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	struct gathered kept = {0};
	struct cel_value error;
	struct range range;

	if (!range_open(&range, &error, frame, plan))
		return error;
	for (size_t i = 0; i < range.count; i++) {
		if (!turn_counts(&error, frame, plan, plan->b, &range, i)) {
			if (error.tag == CEL_ERROR)
				return error;
			continue;
		}
		if (!gather(&kept, frame, frame->locals[plan->slot]))
			return cel_spent(&frame->eval);
	}
	return cel_list_of(frame->eval.arena, kept.at, kept.count);
}

/* The condition of map(x, c, r) and kin is kids[1], the result the last. */
static const struct cel_plan *condition_of(const struct cel_plan *plan)
{
	return plan->count == 3 ? plan->b : NULL;
}

static const struct cel_plan *result_of(const struct cel_plan *plan)
{
	return plan->kids[plan->count - 1];
}

struct cel_value cel_run_map_loop(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	struct gathered kept = {0};
	struct cel_value value;
	struct range range;

	if (!range_open(&range, &value, frame, plan))
		return value;
	for (size_t i = 0; i < range.count; i++) {
		if (turn_counts(&value, frame, plan, condition_of(plan), &range,
				i))
			value = cel_plan_run_at(frame, result_of(plan));
		else if (value.tag != CEL_ERROR)
			continue;
		if (value.tag == CEL_ERROR)
			return value;
		if (!gather(&kept, frame, value))
			return cel_spent(&frame->eval);
	}
	return cel_list_of(frame->eval.arena, kept.at, kept.count);
}

/* Puts one entry; false: the error is in *error. */
static bool put_entry(struct cel_value *error, struct cel_frame *frame,
		      const struct cel_plan *plan, struct cel_table *table,
		      struct cel_value key, struct cel_value value)
{
	enum cel_put put;

	if (!cel_charge(&frame->eval, 2)) {
		*error = cel_spent(&frame->eval);
		return false;
	}
	put = cel_table_put(table, key, value);
	if (put == CEL_PUT_DONE)
		return true;
	*error = cel_plan_place(
		plan, cel_fail(&frame->eval,
			       put == CEL_PUT_BAD_KEY ? CEL_FAULT_BAD_KEY
						      : CEL_FAULT_DUPLICATE_KEY,
			       key, cel_null()));
	return false;
}

/* Puts what a turn gave below its key; false: the error is in *error. */
static bool put_turn(struct cel_value *error, struct cel_frame *frame,
		     const struct cel_plan *plan, struct cel_table *table,
		     struct cel_value value)
{
	if (value.tag == CEL_ERROR) {
		*error = value;
		return false;
	}
	return put_entry(error, frame, plan, table, frame->locals[plan->slot],
			 value);
}

/* Merges the entries of a map; false: the error is in *error. */
static bool merge(struct cel_value *error, struct cel_frame *frame,
		  const struct cel_plan *plan, struct cel_table *table,
		  struct cel_value map)
{
	struct cel_value value;
	struct cel_value key;
	size_t count;

	if (map.tag != CEL_MAP) {
		*error = map.tag == CEL_ERROR
				 ? map
				 : cel_no_overload(frame, plan,
						   STR("transformMapEntry"));
		return false;
	}
	count = cel_map_size(map);
	for (size_t i = 0; i < count; i++) {
		cel_map_entry(&frame->eval, map, i, &key, &value);
		if (value.tag == CEL_ERROR) {
			*error = cel_plan_place(plan, value);
			return false;
		}
		if (!put_entry(error, frame, plan, table, key, value))
			return false;
	}
	return true;
}

/* A map of what each turn adds to it. */
static struct cel_value run_to_table(
	struct cel_frame *frame, const struct cel_plan *plan,
	bool (*add)(struct cel_value *error, struct cel_frame *frame,
		    const struct cel_plan *plan, struct cel_table *table,
		    struct cel_value value))
{
	struct cel_table *table = cel_table_new(frame->eval.arena, 0);
	struct cel_value value;
	struct range range;

	if (!range_open(&range, &value, frame, plan))
		return value;
	for (size_t i = 0; i < range.count; i++) {
		if (turn_counts(&value, frame, plan, condition_of(plan), &range,
				i))
			value = cel_plan_run_at(frame, result_of(plan));
		else if (value.tag != CEL_ERROR)
			continue;
		if (!add(&value, frame, plan, table, value))
			return value;
	}
	return cel_table_value(table);
}

struct cel_value cel_run_to_map(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	return run_to_table(frame, plan, put_turn);
}

struct cel_value cel_run_to_entry(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	return run_to_table(frame, plan, merge);
}

/* ---- sortBy */

struct keyed {
	struct cel_value key;
	struct cel_value value;
};

/* Merges two sorted halves, the left first among equals. */
static void merge_halves(struct keyed *to, const struct keyed *from,
			 size_t middle, size_t count)
{
	size_t left = 0;
	size_t right = middle;

	for (size_t i = 0; i < count; i++) {
		bool take_left = left < middle &&
				 (right >= count ||
				  cel_order(from[right].key, from[left].key) !=
					  CEL_LESS);

		to[i] = take_left ? from[left++] : from[right++];
	}
}

/* Sorts in place, bottom up and stable. */
static void sort_keyed(struct keyed *items, struct keyed *room, size_t count)
{
	for (size_t width = 1; width < count; width *= 2) {
		for (size_t i = 0; i < count; i += 2 * width) {
			size_t rest = count - i;
			size_t middle = width < rest ? width : rest;

			merge_halves(room + i, items + i, middle,
				     2 * width < rest ? 2 * width : rest);
		}
		memcpy(items, room, count * sizeof(*items));
	}
}

/* Keys are sorted when they are of one type that has an order, or numbers. */
static bool sortable(struct cel_value key, struct cel_value first)
{
	return key.tag != CEL_ERROR && cel_order(key, first) != CEL_NO_ORDER;
}

struct cel_value cel_run_sort(struct cel_frame *frame,
			      const struct cel_plan *plan)
{
	struct cel_value error;
	struct cel_value *out;
	struct keyed *items;
	struct range range;
	size_t bits = 1;

	if (!range_open(&range, &error, frame, plan))
		return error;
	while (range.count >> bits)
		bits++;
	/* count * bits fits: count is of things in memory. */
	if (!cel_charge(&frame->eval, range.count * bits))
		return cel_spent(&frame->eval);
	items = arena_array(frame->eval.arena, struct keyed, range.count * 2);
	out = arena_array(frame->eval.arena, struct cel_value, range.count);
	for (size_t i = 0; i < range.count; i++) {
		if (!range_turn(&error, frame, plan, &range, i))
			return error;
		items[i].value = frame->locals[plan->slot];
		items[i].key = cel_plan_run_at(frame, plan->b);
		if (items[i].key.tag == CEL_ERROR)
			return items[i].key;
		if (!sortable(items[i].key, items[0].key))
			return cel_no_overload(frame, plan, STR("sortBy"));
	}
	sort_keyed(items, items + range.count, range.count);
	for (size_t i = 0; i < range.count; i++)
		out[i] = items[i].value;
	return cel_list_of(frame->eval.arena, out, range.count);
}

/* ---- cel.bind, optMap, optFlatMap */

struct cel_value cel_run_bind(struct cel_frame *frame,
			      const struct cel_plan *plan)
{
	/* A bound error is met where the name is used, if it is. */
	frame->locals[plan->slot] = cel_plan_run_at(frame, plan->a);
	return cel_plan_run_at(frame, plan->b);
}

struct cel_value cel_run_opt_map(struct cel_frame *frame,
				 const struct cel_plan *plan)
{
	const bool flat = plan->op;
	struct cel_value of = cel_plan_run_at(frame, plan->a);

	if (of.tag == CEL_ERROR)
		return of;
	if (of.tag != CEL_OPTIONAL)
		return cel_plan_place(plan, cel_fail(&frame->eval,
						     CEL_FAULT_NOT_OPTIONAL, of,
						     cel_null()));
	if (!of.as.some)
		return of;
	frame->locals[plan->slot] = *of.as.some;
	of = cel_plan_run_at(frame, plan->b);
	if (of.tag == CEL_ERROR || (flat && of.tag == CEL_OPTIONAL))
		return of;
	if (flat)
		return cel_plan_place(plan, cel_fail(&frame->eval,
						     CEL_FAULT_NOT_OPTIONAL, of,
						     cel_null()));
	return cel_some(&frame->eval, of);
}
