/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/function.h"

static struct cel_value optional_of(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	(void)count;
	return cel_some(eval, args[0]);
}

static struct cel_value optional_none(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	(void)eval;
	(void)args;
	(void)count;
	return cel_optional(NULL);
}

/* Is it the zero of its type: 0, "", [], {}, null, none? */
static bool is_zero(struct cel_value v)
{
	switch (v.tag) {
	case CEL_NULL:
		return true;
	case CEL_BOOL:
		return !v.as.boolean;
	case CEL_INT:
	case CEL_UINT:
		return v.as.natural == 0;
	case CEL_DOUBLE:
		return v.as.number == 0;
	case CEL_STRING:
	case CEL_BYTES:
		return v.aux == 0;
	case CEL_LIST:
		return cel_list_size(v) == 0;
	case CEL_MAP:
		return cel_map_size(v) == 0;
	case CEL_TIMESTAMP:
	case CEL_DURATION:
		return v.as.integer == 0 && v.aux == 0;
	case CEL_OPTIONAL:
		return !v.as.some;
	default:
		return false;
	}
}

static struct cel_value optional_of_non_zero(struct cel_eval *eval,
					     const struct cel_value *args,
					     size_t count)
{
	(void)count;
	return is_zero(args[0]) ? cel_optional(NULL) : cel_some(eval, args[0]);
}

static struct cel_value has_value(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(args[0].as.some != NULL);
}

static struct cel_value value_of(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)count;
	return args[0].as.some ? *args[0].as.some
			       : cel_fail(eval, CEL_FAULT_NO_VALUE, cel_null(),
					  cel_null());
}

/* Lazy: an error in the alternative matters only when it is needed. */
static struct cel_value or_else(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)count;
	if (args[0].tag == CEL_ERROR)
		return args[0];
	if (args[0].tag != CEL_OPTIONAL)
		return cel_fail(eval, CEL_FAULT_NOT_OPTIONAL, args[0],
				cel_null());
	if (args[0].as.some)
		return args[0];
	if (args[1].tag == CEL_ERROR || args[1].tag == CEL_OPTIONAL)
		return args[1];
	return cel_fail(eval, CEL_FAULT_NOT_OPTIONAL, args[1], cel_null());
}

static struct cel_value or_value(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)count;
	if (args[0].tag == CEL_ERROR)
		return args[0];
	if (args[0].tag != CEL_OPTIONAL)
		return cel_fail(eval, CEL_FAULT_NOT_OPTIONAL, args[0],
				cel_null());
	return args[0].as.some ? *args[0].as.some : args[1];
}

static struct cel_value list_end(struct cel_eval *eval, struct cel_value list,
				 bool last)
{
	size_t count = cel_list_size(list);
	struct cel_value item;

	if (!count)
		return cel_optional(NULL);
	item = cel_list_at(eval, list, last ? count - 1 : 0);
	return item.tag == CEL_ERROR ? item : cel_some(eval, item);
}

static struct cel_value list_first(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	(void)count;
	return list_end(eval, args[0], false);
}

static struct cel_value list_last(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)count;
	return list_end(eval, args[0], true);
}

/* Keeps the values of the optionals that have one. */
static struct cel_value unwrap(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	size_t size = cel_list_size(args[0]);
	struct cel_value *items =
		arena_array(eval->arena, struct cel_value, size);

	count = 0;
	for (size_t i = 0; i < size; i++) {
		struct cel_value item = cel_list_at(eval, args[0], i);

		if (item.tag == CEL_ERROR)
			return item;
		if (item.tag != CEL_OPTIONAL)
			return cel_fail(eval, CEL_FAULT_NOT_OPTIONAL, item,
					cel_null());
		if (item.as.some)
			items[count++] = *item.as.some;
	}
	return cel_list_of(eval->arena, items, count);
}

static const struct cel_overload overloads[] = {
	{.name = "optional.of",
	 .id = "optional_of",
	 .signature = "(T) -> optional_type(T)",
	 .call = optional_of},
	{.name = "optional.none",
	 .id = "optional_none",
	 .signature = "() -> optional_type(T)",
	 .call = optional_none},
	{.name = "optional.ofNonZeroValue",
	 .id = "optional_ofNonZeroValue",
	 .signature = "(T) -> optional_type(T)",
	 .call = optional_of_non_zero},
	{.name = "hasValue",
	 .id = "optional_hasValue",
	 .signature = "(optional_type(T)) -> bool",
	 .flags = CEL_RECEIVER,
	 .call = has_value},
	{.name = "value",
	 .id = "optional_value",
	 .signature = "(optional_type(T)) -> T",
	 .flags = CEL_RECEIVER,
	 .call = value_of},
	{.name = "or",
	 .id = "optional_or_optional",
	 .signature = "(optional_type(T), optional_type(T)) -> "
		      "optional_type(T)",
	 .flags = CEL_RECEIVER | CEL_LAZY,
	 .call = or_else},
	{.name = "orValue",
	 .id = "optional_orValue_value",
	 .signature = "(optional_type(T), T) -> T",
	 .flags = CEL_RECEIVER | CEL_LAZY,
	 .call = or_value},
	{.name = "first",
	 .id = "list_first",
	 .signature = "(list(T)) -> optional_type(T)",
	 .flags = CEL_RECEIVER,
	 .call = list_first},
	{.name = "last",
	 .id = "list_last",
	 .signature = "(list(T)) -> optional_type(T)",
	 .flags = CEL_RECEIVER,
	 .call = list_last},
	{.name = "optional.unwrap",
	 .id = "optional_unwrap",
	 .signature = "(list(optional_type(T))) -> list(T)",
	 .cost = CEL_COST_ITEMS,
	 .call = unwrap},
	{.name = "unwrapOpt",
	 .id = "list_unwrapOpt",
	 .signature = "(list(optional_type(T))) -> list(T)",
	 .flags = CEL_RECEIVER,
	 .cost = CEL_COST_ITEMS,
	 .call = unwrap},
};

const struct cel_library cel_library_optionals = {"optionals", overloads,
						  ARRAY_SIZE(overloads)};
