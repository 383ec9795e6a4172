/*
 * sets: lists taken as sets, as in cel-go's ext/sets. Equality is that of ==,
 * so 1, 1u and 1.0 are one element.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/distinct.h"
#include "cel/function.h"

/* Are all elements of `part` in the index? *out is the error otherwise. */
static bool holds_all(struct cel_eval *eval, struct cel_index *whole,
		      struct cel_value part, struct cel_value *out)
{
	size_t count = cel_list_size(part);

	for (size_t i = 0; i < count; i++) {
		struct cel_value v = cel_list_at(eval, part, i);
		bool held;

		if (cel_is_error(v)) {
			*out = v;
			return false;
		}
		held = cel_index_find(whole, v) != SIZE_MAX;
		if (eval->exhausted) {
			*out = cel_spent(eval);
			return false;
		}
		if (!held) {
			*out = cel_bool(false);
			return false;
		}
	}
	return true;
}

static bool contains_all(struct cel_eval *eval, struct cel_value whole,
			 struct cel_value part, struct cel_value *out)
{
	struct cel_index *index = cel_index_of(eval, whole, out);

	return index && holds_all(eval, index, part, out);
}

static struct cel_value contains(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	struct cel_value out;

	(void)count;
	return contains_all(eval, args[0], args[1], &out) ? cel_bool(true)
							  : out;
}

static struct cel_value equivalent(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct cel_value out;

	(void)count;
	return contains_all(eval, args[0], args[1], &out) &&
			       contains_all(eval, args[1], args[0], &out)
		       ? cel_bool(true)
		       : out;
}

static struct cel_value intersects(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	struct cel_value out;
	struct cel_index *index = cel_index_of(eval, args[0], &out);
	size_t size = cel_list_size(args[1]);

	(void)count;
	if (!index)
		return out;
	for (size_t i = 0; i < size; i++) {
		struct cel_value v = cel_list_at(eval, args[1], i);
		bool held;

		if (cel_is_error(v))
			return v;
		held = cel_index_find(index, v) != SIZE_MAX;
		if (eval->exhausted)
			return cel_spent(eval);
		if (held)
			return cel_bool(true);
	}
	return cel_bool(false);
}

static const struct cel_overload overloads[] = {
	{"sets.contains", "list_sets_contains_list",
	 "(list(T), list(T)) -> bool", 0, CEL_COST_OWN, 0, contains, NULL},
	{"sets.equivalent", "list_sets_equivalent_list",
	 "(list(T), list(T)) -> bool", 0, CEL_COST_OWN, 0, equivalent, NULL},
	{"sets.intersects", "list_sets_intersects_list",
	 "(list(T), list(T)) -> bool", 0, CEL_COST_OWN, 0, intersects, NULL},
};

const struct cel_library cel_library_sets = {"sets", overloads,
					     ARRAY_SIZE(overloads)};
