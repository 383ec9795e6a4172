/*
 * Lists: slice, flatten, range, distinct, sort, reverse as in cel-go's
 * ext/lists; sum, min, max, indexOf, lastIndexOf and isSorted as in Kubernetes.
 * sortBy is a macro (cel_run_sort).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/distinct.h"
#include "cel/function.h"
#include "cel/sort.h"

enum { RANGE_MOST = 1000000 };

/* The elements of a list as an array. NULL: *fail is the error. */
static const struct cel_value *elements(struct cel_eval *eval,
					struct cel_value list,
					struct cel_value *fail)
{
	size_t count = cel_list_size(list);
	struct cel_value *items;

	if (!cel_charge(eval, count + 1)) {
		*fail = cel_spent(eval);
		return NULL;
	}
	if (list.flags & CEL_OF_ARRAY && count)
		return list.as.array->items;
	items = arena_array(eval->arena, struct cel_value, count);
	for (size_t i = 0; i < count; i++) {
		items[i] = cel_list_at(eval, list, i);
		if (cel_is_error(items[i])) {
			*fail = items[i];
			return NULL;
		}
	}
	return items;
}

/* ---- parts */

static struct cel_value bad_slice(struct cel_eval *eval, int64_t from,
				  int64_t to, size_t size)
{
	return cel_fail_text(
		eval, CEL_FAULT_ARGUMENT,
		str_format(eval->arena,
			   "slice(%lld, %lld) is outside of a list of %zu",
			   (long long)from, (long long)to, size),
		cel_null());
}

static struct cel_value slice(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	size_t size = cel_list_size(args[0]);
	int64_t from = args[1].as.integer;
	int64_t to = args[2].as.integer;
	struct cel_value *items;

	(void)count;
	if (from < 0 || to < from || (uint64_t)to > size)
		return bad_slice(eval, from, to, size);
	size = (size_t)(to - from);
	if (!cel_charge(eval, size + 1))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, size);
	for (size_t i = 0; i < size; i++) {
		items[i] = cel_list_at(eval, args[0], (size_t)from + i);
		if (cel_is_error(items[i]))
			return items[i];
	}
	return cel_list_of(eval->arena, items, size);
}

static struct cel_value reverse(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	size_t size = cel_list_size(args[0]);
	struct cel_value fail;
	const struct cel_value *items = elements(eval, args[0], &fail);
	struct cel_value *reversed;

	(void)count;
	if (!items)
		return fail;
	reversed = arena_array(eval->arena, struct cel_value, size);
	for (size_t i = 0; i < size; i++)
		reversed[i] = items[size - 1 - i];
	return cel_list_of(eval->arena, reversed, size);
}

/* ---- flatten */

struct flat {
	struct cel_value *items; /* NULL while only counting */
	size_t count;
};

/* Recurses at most CEL_VALUE_DEPTH deep; false: *fail is the error. */
static bool flatten_into(struct cel_eval *eval, struct flat *flat,
			 struct cel_value list, int64_t depth, size_t level,
			 struct cel_value *fail)
{
	size_t size = cel_list_size(list);

	if (level > CEL_VALUE_DEPTH) {
		eval->exhausted = true;
		eval->exhausted_by = CEL_FAULT_DEPTH;
	}
	if (eval->exhausted || !cel_charge(eval, size + 1)) {
		*fail = cel_spent(eval);
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		struct cel_value v = cel_list_at(eval, list, i);

		if (cel_is_error(v)) {
			*fail = v;
			return false;
		}
		if (v.tag == CEL_LIST && depth > 0) {
			if (!flatten_into(eval, flat, v, depth - 1, level + 1,
					  fail))
				return false;
			continue;
		}
		if (flat->items)
			flat->items[flat->count] = v;
		flat->count++;
	}
	return true;
}

static struct cel_value flatten(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	int64_t depth = count > 1 ? args[1].as.integer : 1;
	struct flat flat = {0};
	struct cel_value fail;

	if (depth < 0)
		return cel_fail_text(eval, CEL_FAULT_ARGUMENT,
				     STR("flatten cannot go to a depth below "
					 "0"),
				     cel_null());
	if (!flatten_into(eval, &flat, args[0], depth, 0, &fail))
		return fail;
	flat.items = arena_array(eval->arena, struct cel_value, flat.count);
	flat.count = 0;
	if (!flatten_into(eval, &flat, args[0], depth, 0, &fail))
		return fail;
	return cel_list_of(eval->arena, flat.items, flat.count);
}

/* ---- making lists */

static struct cel_value range(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	int64_t most = args[0].as.integer;
	size_t size = most > 0 ? (size_t)most : 0;
	struct cel_value *items;

	(void)count;
	if (size > RANGE_MOST)
		return cel_fail_text(eval, CEL_FAULT_ARGUMENT,
				     STR("lists.range makes at most 1000000 "
					 "elements"),
				     args[0]);
	if (!cel_charge(eval, size + 1))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, size);
	for (size_t i = 0; i < size; i++)
		items[i] = cel_int((int64_t)i);
	return cel_list_of(eval->arena, items, size);
}

static struct cel_value distinct(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	struct cel_index *index = cel_index_of(eval, args[0], &fail);
	const struct cel_value *values;

	(void)count;
	if (!index)
		return fail;
	values = cel_index_values(index, &count);
	return cel_list_of(eval->arena, values, count);
}

static struct cel_value sort(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	const struct cel_value *items = elements(eval, args[0], &fail);

	(void)count;
	if (!items)
		return fail;
	return cel_sorted(eval, items, items, cel_list_size(args[0]), "sort");
}

/* ---- order */

static struct cel_value incomparable(struct cel_eval *eval, const char *name,
				     struct cel_value v)
{
	return cel_fail_text(eval, CEL_FAULT_NO_OVERLOAD, str_of(name), v);
}

static struct cel_value is_sorted(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	struct cel_value fail;
	const struct cel_value *items = elements(eval, args[0], &fail);
	bool sorted = true;

	(void)count;
	if (!items)
		return fail;
	for (size_t i = 0; i < cel_list_size(args[0]); i++) {
		enum cel_order order =
			cel_order(items[i ? i - 1 : 0], items[i]);

		if (order == CEL_NO_ORDER)
			return incomparable(eval, "isSorted", items[i]);
		if (order == CEL_GREATER || order == CEL_UNORDERED)
			sorted = false;
	}
	return cel_bool(sorted);
}

static struct cel_value choose(struct cel_eval *eval, struct cel_value list,
			       enum cel_order wanted, const char *name)
{
	struct cel_value best;
	const struct cel_value *items = elements(eval, list, &best);

	if (!items)
		return best;
	if (cel_list_size(list) == 0)
		return cel_fail_text(
			eval, CEL_FAULT_ARGUMENT,
			str_format(eval->arena, "%s of an empty list", name),
			cel_null());
	best = items[0];
	for (size_t i = 0; i < cel_list_size(list); i++) {
		enum cel_order order = cel_order(items[i], best);

		if (order == CEL_NO_ORDER)
			return incomparable(eval, name, items[i]);
		if (order == wanted)
			best = items[i];
	}
	return best;
}

static struct cel_value least(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	(void)count;
	return choose(eval, args[0], CEL_LESS, "min");
}

static struct cel_value greatest(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)count;
	return choose(eval, args[0], CEL_GREATER, "max");
}

/* ---- sum */

enum { NANOS = 1000000000 };

#define DURATION_MOST INT64_C(315576000000)

/* Both have nanoseconds of the sign of their seconds; so has the sum. */
static bool add_durations(struct cel_value *sum, struct cel_value v)
{
	int64_t seconds = sum->as.integer + v.as.integer;
	int64_t nanos = (int64_t)(int32_t)sum->aux + (int32_t)v.aux;

	seconds += nanos / NANOS;
	nanos %= NANOS;
	if (seconds > 0 && nanos < 0) {
		seconds--;
		nanos += NANOS;
	} else if (seconds < 0 && nanos > 0) {
		seconds++;
		nanos -= NANOS;
	}
	*sum = cel_duration(seconds, (int32_t)nanos);
	return seconds <= DURATION_MOST && seconds >= -DURATION_MOST &&
	       ((seconds != DURATION_MOST && seconds != -DURATION_MOST) ||
		nanos == 0);
}

static bool add(struct cel_value *sum, struct cel_value v)
{
	switch (v.tag) {
	case CEL_INT:
		return !__builtin_add_overflow(sum->as.integer, v.as.integer,
					       &sum->as.integer);
	case CEL_UINT:
		return !__builtin_add_overflow(sum->as.natural, v.as.natural,
					       &sum->as.natural);
	case CEL_DOUBLE:
		sum->as.number += v.as.number;
		return true;
	default:
		return add_durations(sum, v);
	}
}

static bool summable(struct cel_value v)
{
	return v.tag == CEL_INT || v.tag == CEL_UINT || v.tag == CEL_DOUBLE ||
	       v.tag == CEL_DURATION;
}

/* As with +, all elements are of one type; `zero` is the sum of none. */
static struct cel_value sum_from(struct cel_eval *eval, struct cel_value list,
				 struct cel_value zero)
{
	struct cel_value sum;
	const struct cel_value *items = elements(eval, list, &sum);

	if (!items)
		return sum;
	if (cel_list_size(list) == 0)
		return zero;
	sum = items[0];
	if (!summable(sum))
		return incomparable(eval, "sum", sum);
	for (size_t i = 1; i < cel_list_size(list); i++) {
		if (items[i].tag != sum.tag)
			return incomparable(eval, "sum", items[i]);
		if (!add(&sum, items[i]))
			return cel_fail_text(eval, CEL_FAULT_OVERFLOW,
					     STR("sum"), cel_null());
	}
	return sum;
}

static struct cel_value sum_int(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)count;
	return sum_from(eval, args[0], cel_int(0));
}

static struct cel_value sum_uint(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)count;
	return sum_from(eval, args[0], cel_uint(0));
}

static struct cel_value sum_double(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	(void)count;
	return sum_from(eval, args[0], cel_double(0));
}

static struct cel_value sum_duration(struct cel_eval *eval,
				     const struct cel_value *args, size_t count)
{
	(void)count;
	return sum_from(eval, args[0], cel_duration(0, 0));
}

/* ---- where */

static struct cel_value index_of(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	size_t size = cel_list_size(args[0]);
	struct cel_value fail;
	const struct cel_value *items = elements(eval, args[0], &fail);

	(void)count;
	if (!items)
		return fail;
	for (size_t i = 0; i < size; i++) {
		bool same = cel_equal(eval, items[i], args[1]);

		if (eval->exhausted)
			return cel_spent(eval);
		if (same)
			return cel_int((int64_t)i);
	}
	return cel_int(-1);
}

static struct cel_value last_index_of(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	struct cel_value fail;
	const struct cel_value *items = elements(eval, args[0], &fail);

	(void)count;
	if (!items)
		return fail;
	for (size_t i = cel_list_size(args[0]); i-- > 0;) {
		bool same = cel_equal(eval, items[i], args[1]);

		if (eval->exhausted)
			return cel_spent(eval);
		if (same)
			return cel_int((int64_t)i);
	}
	return cel_int(-1);
}

#define OF_LIST(name, id, signature, call)                                     \
	{                                                                      \
		name, id, signature, CEL_RECEIVER, CEL_COST_OWN, 0, call, NULL \
	}

static const struct cel_overload overloads[] = {
	{"lists.range", "lists_range", "(int) -> list(int)", 0, CEL_COST_OWN, 0,
	 range, NULL},
	OF_LIST("slice", "list_slice", "(list(T), int, int) -> list(T)", slice),
	OF_LIST("reverse", "list_reverse", "(list(T)) -> list(T)", reverse),
	OF_LIST("flatten", "list_flatten", "(list(dyn)) -> list(dyn)", flatten),
	OF_LIST("flatten", "list_flatten_int", "(list(dyn), int) -> list(dyn)",
		flatten),
	OF_LIST("distinct", "list_distinct", "(list(T)) -> list(T)", distinct),
	OF_LIST("sort", "list_sort", "(list(T)) -> list(T)", sort),
	OF_LIST("isSorted", "list_is_sorted", "(list(T)) -> bool", is_sorted),
	OF_LIST("min", "list_min", "(list(T)) -> T", least),
	OF_LIST("max", "list_max", "(list(T)) -> T", greatest),
	OF_LIST("sum", "list_int_sum", "(list(int)) -> int", sum_int),
	OF_LIST("sum", "list_uint_sum", "(list(uint)) -> uint", sum_uint),
	OF_LIST("sum", "list_double_sum", "(list(double)) -> double",
		sum_double),
	OF_LIST("sum", "list_duration_sum", "(list(duration)) -> duration",
		sum_duration),
	OF_LIST("indexOf", "list_index_of", "(list(T), T) -> int", index_of),
	OF_LIST("lastIndexOf", "list_last_index_of", "(list(T), T) -> int",
		last_index_of),
};

const struct cel_library cel_library_lists = {"lists", overloads,
					      ARRAY_SIZE(overloads)};
