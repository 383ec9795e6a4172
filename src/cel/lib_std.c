/*
 * The standard functions: size, strings, type; and the operators, which the
 * planner runs itself, for the checker to read.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/lib_std.h"
#include "base/utf8.h"
#include "cel/function.h"

static struct cel_value size_text(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	if (args[0].flags & CEL_ASCII)
		return cel_int(args[0].aux);
	return cel_int((int64_t)utf8_count(cel_str(args[0])));
}

static struct cel_value size_bytes(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_int(args[0].aux);
}

static struct cel_value size_list(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_int((int64_t)cel_list_size(args[0]));
}

static struct cel_value size_map(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_int((int64_t)cel_map_size(args[0]));
}

static struct cel_value starts_with(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(str_starts(cel_str(args[0]), cel_str(args[1])));
}

static struct cel_value ends_with(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(str_ends(cel_str(args[0]), cel_str(args[1])));
}

static struct cel_value contains(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(str_find(cel_str(args[0]), cel_str(args[1])) !=
			SIZE_MAX);
}

static struct cel_value type_of(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_of_type(cel_type_of(args[0]));
}

#define OPERATOR(text, name_, types)                                \
	{                                                           \
		.name = (text), .id = (name_), .signature = (types) \
	}

/* The nine pairs that compare numbers, and the types that compare with
 * themselves. */
#define ORDER(text, word)                                                      \
	OPERATOR(text, word "_bool", "(bool, bool) -> bool"),                  \
		OPERATOR(text, word "_int64", "(int, int) -> bool"),           \
		OPERATOR(text, word "_int64_uint64", "(int, uint) -> bool"),   \
		OPERATOR(text, word "_int64_double", "(int, double) -> bool"), \
		OPERATOR(text, word "_uint64", "(uint, uint) -> bool"),        \
		OPERATOR(text, word "_uint64_int64", "(uint, int) -> bool"),   \
		OPERATOR(text, word "_uint64_double",                          \
			 "(uint, double) -> bool"),                            \
		OPERATOR(text, word "_double", "(double, double) -> bool"),    \
		OPERATOR(text, word "_double_int64", "(double, int) -> bool"), \
		OPERATOR(text, word "_double_uint64",                          \
			 "(double, uint) -> bool"),                            \
		OPERATOR(text, word "_string", "(string, string) -> bool"),    \
		OPERATOR(text, word "_bytes", "(bytes, bytes) -> bool"),       \
		OPERATOR(text, word "_timestamp",                              \
			 "(timestamp, timestamp) -> bool"),                    \
		OPERATOR(text, word "_duration",                               \
			 "(duration, duration) -> bool")

#define CONVERT(text, name_, types, function)                        \
	{                                                            \
		.name = (text), .id = (name_), .signature = (types), \
		.cost = CEL_COST_BYTES, .call = (function)           \
	}

#define SIZE(from, types, charge, function)                                 \
	{.name = "size",                                                    \
	 .id = "size_" from,                                                \
	 .signature = (types),                                              \
	 .cost = (charge),                                                  \
	 .call = (function)},                                               \
	{                                                                   \
		.name = "size", .id = from "_size", .signature = (types),   \
		.flags = CEL_RECEIVER, .cost = (charge), .call = (function) \
	}

#define TEXT(text, name_, function)                            \
	{                                                      \
		.name = (text), .id = (name_),                 \
		.signature = "(string, string) -> bool",       \
		.flags = CEL_RECEIVER, .cost = CEL_COST_BYTES, \
		.call = (function)                             \
	}

static const struct cel_overload overloads[] = {
	OPERATOR("_||_", "logical_or", "(bool, bool) -> bool"),
	OPERATOR("_&&_", "logical_and", "(bool, bool) -> bool"),
	OPERATOR("!_", "logical_not", "(bool) -> bool"),
	OPERATOR("_?_:_", "conditional", "(bool, T, T) -> T"),
	OPERATOR("_==_", "equals", "(T, T) -> bool"),
	OPERATOR("_!=_", "not_equals", "(T, T) -> bool"),
	ORDER("_<_", "less"),
	ORDER("_<=_", "less_equals"),
	ORDER("_>_", "greater"),
	ORDER("_>=_", "greater_equals"),
	OPERATOR("@in", "in_list", "(T, list(T)) -> bool"),
	OPERATOR("@in", "in_map", "(K, map(K, V)) -> bool"),
	OPERATOR("_[_]", "index_list", "(list(T), int) -> T"),
	OPERATOR("_[_]", "index_map", "(map(K, V), K) -> V"),
	OPERATOR("_+_", "add_int64", "(int, int) -> int"),
	OPERATOR("_+_", "add_uint64", "(uint, uint) -> uint"),
	OPERATOR("_+_", "add_double", "(double, double) -> double"),
	OPERATOR("_+_", "add_string", "(string, string) -> string"),
	OPERATOR("_+_", "add_bytes", "(bytes, bytes) -> bytes"),
	OPERATOR("_+_", "add_list", "(list(T), list(T)) -> list(T)"),
	OPERATOR("_+_", "add_timestamp_duration",
		 "(timestamp, duration) -> timestamp"),
	OPERATOR("_+_", "add_duration_timestamp",
		 "(duration, timestamp) -> timestamp"),
	OPERATOR("_+_", "add_duration_duration",
		 "(duration, duration) -> duration"),
	OPERATOR("_-_", "subtract_int64", "(int, int) -> int"),
	OPERATOR("_-_", "subtract_uint64", "(uint, uint) -> uint"),
	OPERATOR("_-_", "subtract_double", "(double, double) -> double"),
	OPERATOR("_-_", "subtract_timestamp_timestamp",
		 "(timestamp, timestamp) -> duration"),
	OPERATOR("_-_", "subtract_timestamp_duration",
		 "(timestamp, duration) -> timestamp"),
	OPERATOR("_-_", "subtract_duration_duration",
		 "(duration, duration) -> duration"),
	OPERATOR("_*_", "multiply_int64", "(int, int) -> int"),
	OPERATOR("_*_", "multiply_uint64", "(uint, uint) -> uint"),
	OPERATOR("_*_", "multiply_double", "(double, double) -> double"),
	OPERATOR("_/_", "divide_int64", "(int, int) -> int"),
	OPERATOR("_/_", "divide_uint64", "(uint, uint) -> uint"),
	OPERATOR("_/_", "divide_double", "(double, double) -> double"),
	OPERATOR("_%_", "modulo_int64", "(int, int) -> int"),
	OPERATOR("_%_", "modulo_uint64", "(uint, uint) -> uint"),
	OPERATOR("-_", "negate_int64", "(int) -> int"),
	OPERATOR("-_", "negate_double", "(double) -> double"),
	SIZE("string", "(string) -> int", CEL_COST_BYTES, size_text),
	SIZE("bytes", "(bytes) -> int", CEL_COST_UNIT, size_bytes),
	SIZE("list", "(list(T)) -> int", CEL_COST_UNIT, size_list),
	SIZE("map", "(map(K, V)) -> int", CEL_COST_UNIT, size_map),
	TEXT("startsWith", "starts_with_string", starts_with),
	TEXT("endsWith", "ends_with_string", ends_with),
	TEXT("contains", "contains_string", contains),
	CONVERT("int", "int64_to_int64", "(int) -> int", cel_identity),
	CONVERT("int", "uint64_to_int64", "(uint) -> int", cel_to_int),
	CONVERT("int", "double_to_int64", "(double) -> int", cel_to_int),
	CONVERT("int", "string_to_int64", "(string) -> int", cel_to_int),
	CONVERT("int", "timestamp_to_int64", "(timestamp) -> int", cel_to_int),
	CONVERT("uint", "uint64_to_uint64", "(uint) -> uint", cel_identity),
	CONVERT("uint", "int64_to_uint64", "(int) -> uint", cel_to_uint),
	CONVERT("uint", "double_to_uint64", "(double) -> uint", cel_to_uint),
	CONVERT("uint", "string_to_uint64", "(string) -> uint", cel_to_uint),
	CONVERT("double", "double_to_double", "(double) -> double",
		cel_identity),
	CONVERT("double", "int64_to_double", "(int) -> double", cel_to_double),
	CONVERT("double", "uint64_to_double", "(uint) -> double",
		cel_to_double),
	CONVERT("double", "string_to_double", "(string) -> double",
		cel_to_double),
	CONVERT("string", "string_to_string", "(string) -> string",
		cel_identity),
	CONVERT("string", "bool_to_string", "(bool) -> string", cel_to_string),
	CONVERT("string", "int64_to_string", "(int) -> string", cel_to_string),
	CONVERT("string", "uint64_to_string", "(uint) -> string",
		cel_to_string),
	CONVERT("string", "double_to_string", "(double) -> string",
		cel_to_string),
	CONVERT("string", "bytes_to_string", "(bytes) -> string",
		cel_to_string),
	CONVERT("string", "timestamp_to_string", "(timestamp) -> string",
		cel_to_string),
	CONVERT("string", "duration_to_string", "(duration) -> string",
		cel_to_string),
	CONVERT("bytes", "bytes_to_bytes", "(bytes) -> bytes", cel_identity),
	CONVERT("bytes", "string_to_bytes", "(string) -> bytes", cel_to_bytes),
	CONVERT("bool", "bool_to_bool", "(bool) -> bool", cel_identity),
	CONVERT("bool", "string_to_bool", "(string) -> bool", cel_to_bool),
	CONVERT("timestamp", "timestamp_to_timestamp",
		"(timestamp) -> timestamp", cel_identity),
	CONVERT("timestamp", "int64_to_timestamp", "(int) -> timestamp",
		cel_to_timestamp),
	CONVERT("timestamp", "string_to_timestamp", "(string) -> timestamp",
		cel_to_timestamp),
	CONVERT("duration", "duration_to_duration", "(duration) -> duration",
		cel_identity),
	CONVERT("duration", "string_to_duration", "(string) -> duration",
		cel_to_duration),
	{.name = "dyn",
	 .id = "to_dyn",
	 .signature = "(T) -> dyn",
	 .call = cel_identity},
	{.name = "type",
	 .id = "type",
	 .signature = "(T) -> type(T)",
	 .call = type_of},
};

const struct cel_library cel_library_std = {"std", overloads,
					    ARRAY_SIZE(overloads)};
