/*
 * math: greatest, least, rounding, bits, as in cel-go's ext/math.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cel/function.h"

static struct cel_value no_overload(struct cel_eval *eval, const char *name,
				    struct cel_value v)
{
	return cel_fail_text(eval, CEL_FAULT_NO_OVERLOAD, str_of(name), v);
}

static bool is_number(struct cel_value v)
{
	return v.tag == CEL_INT || v.tag == CEL_UINT || v.tag == CEL_DOUBLE;
}

/* ---- greatest and least */

/* Of several that are equal the first; NaN is passed over unless it is the
 * first, as comparing with it is false. */
static struct cel_value choose(struct cel_eval *eval,
			       const struct cel_value *args, size_t count,
			       enum cel_order wanted)
{
	const char *name =
		wanted == CEL_GREATER ? "math.greatest" : "math.least";
	struct cel_value best = cel_null();
	struct cel_value list = args[0];
	bool listed = count == 1 && list.tag == CEL_LIST;
	size_t size = listed ? cel_list_size(list) : count;

	if (!cel_charge(eval, size + 1))
		return cel_spent(eval);
	if (size == 0)
		return cel_fail_text(eval, CEL_FAULT_ARGUMENT,
				     STR("of an empty list there is neither a "
					 "greatest nor a least number"),
				     cel_null());
	for (size_t i = 0; i < size; i++) {
		struct cel_value v =
			listed ? cel_list_at(eval, list, i) : args[i];

		if (cel_is_error(v))
			return v;
		if (!is_number(v))
			return no_overload(eval, name, v);
		if (i == 0 || cel_order(v, best) == wanted)
			best = v;
	}
	return best;
}

static struct cel_value greatest(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	return choose(eval, args, count, CEL_GREATER);
}

static struct cel_value least(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	return choose(eval, args, count, CEL_LESS);
}

static bool numeric_type(const struct cel_type *type)
{
	switch (type->kind) {
	case CEL_T_INT:
	case CEL_T_UINT:
	case CEL_T_DOUBLE:
	case CEL_T_DYN:
	case CEL_T_ERROR:
		return true;
	case CEL_T_UNION:
		for (size_t i = 0; i < type->count; i++)
			if (!numeric_type(type->params[i]))
				return false;
		return true;
	default:
		return false;
	}
}

/* The type of the arguments if it is one for all, else dyn. */
static const struct cel_type *chosen_type(const struct cel_env *env,
					  const struct cel_type *const *args,
					  const struct cel_value *const *consts,
					  size_t count, struct error *err)
{
	const struct cel_type *first = args[0] ? args[0] : &cel_dyn;

	(void)env;
	(void)consts;
	if (count == 1 && first->kind == CEL_T_LIST)
		first = first->params[0];
	for (size_t i = 0; i < count; i++) {
		const struct cel_type *type = args[i] ? args[i] : &cel_dyn;

		if (i == 0)
			type = first;
		if (!numeric_type(type)) {
			(void)error_set(err, ERROR_CONFIG,
					"math.greatest and math.least take "
					"numbers, or one list of numbers");
			return NULL;
		}
		if (!cel_type_equal(first, type))
			first = &cel_dyn;
	}
	return first;
}

/* ---- doubles */

static struct cel_value ceiling(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_double(ceil(args[0].as.number));
}

static struct cel_value floor_of(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_double(floor(args[0].as.number));
}

/* Halves go away from zero. */
static struct cel_value round_of(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_double(round(args[0].as.number));
}

static struct cel_value truncate(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_double(trunc(args[0].as.number));
}

static struct cel_value is_nan(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(isnan(args[0].as.number));
}

static struct cel_value is_inf(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(isinf(args[0].as.number));
}

static struct cel_value is_finite(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bool(isfinite(args[0].as.number));
}

/* ---- numbers of any kind */

static struct cel_value square_root(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];

	(void)eval;
	(void)count;
	if (v.tag == CEL_INT)
		return cel_double(sqrt((double)v.as.integer));
	if (v.tag == CEL_UINT)
		return cel_double(sqrt((double)v.as.natural));
	return cel_double(sqrt(v.as.number));
}

static struct cel_value absolute(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];

	(void)count;
	if (v.tag == CEL_UINT)
		return v;
	if (v.tag == CEL_DOUBLE)
		return cel_double(fabs(v.as.number));
	if (v.as.integer == INT64_MIN)
		return cel_fail_text(eval, CEL_FAULT_OVERFLOW, STR("math.abs"),
				     v);
	return cel_int(v.as.integer < 0 ? -v.as.integer : v.as.integer);
}

/* Zeros and NaN are their own sign. */
static struct cel_value sign_of(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];

	(void)eval;
	(void)count;
	if (v.tag == CEL_INT)
		return cel_int((v.as.integer > 0) - (v.as.integer < 0));
	if (v.tag == CEL_UINT)
		return cel_uint(v.as.natural > 0);
	if (isnan(v.as.number) || v.as.number == 0)
		return v;
	return cel_double(v.as.number < 0 ? -1 : 1);
}

/* ---- bits: an int is its two's complement, as.natural the same bits */

static struct cel_value with_bits(struct cel_value like, uint64_t bits)
{
	like.as.natural = bits;
	return like;
}

static struct cel_value bit_and(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return with_bits(args[0], args[0].as.natural & args[1].as.natural);
}

static struct cel_value bit_or(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return with_bits(args[0], args[0].as.natural | args[1].as.natural);
}

static struct cel_value bit_xor(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return with_bits(args[0], args[0].as.natural ^ args[1].as.natural);
}

static struct cel_value bit_not(struct cel_eval *eval,
				const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return with_bits(args[0], ~args[0].as.natural);
}

static struct cel_value negative_shift(struct cel_eval *eval,
				       struct cel_value by)
{
	return cel_fail_text(eval, CEL_FAULT_ARGUMENT,
			     STR("bits cannot be shifted by less than 0"), by);
}

static struct cel_value shift_left(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	int64_t by = args[1].as.integer;

	(void)count;
	if (by < 0)
		return negative_shift(eval, args[1]);
	return with_bits(args[0], by > 63 ? 0 : args[0].as.natural << by);
}

/* Zeros come in at the left, also for an int below 0. */
static struct cel_value shift_right(struct cel_eval *eval,
				    const struct cel_value *args, size_t count)
{
	int64_t by = args[1].as.integer;

	(void)count;
	if (by < 0)
		return negative_shift(eval, args[1]);
	return with_bits(args[0], by > 63 ? 0 : args[0].as.natural >> by);
}

#define PURE(name, id, signature, call)                              \
	{                                                            \
		name, id, signature, 0, CEL_COST_UNIT, 0, call, NULL \
	}

static const struct cel_overload overloads[] = {
	{"math.greatest", "math_greatest", "(dyn) -> dyn", CEL_VARIADIC,
	 CEL_COST_OWN, 0, greatest, chosen_type},
	{"math.least", "math_least", "(dyn) -> dyn", CEL_VARIADIC, CEL_COST_OWN,
	 0, least, chosen_type},
	PURE("math.ceil", "math_ceil_double", "(double) -> double", ceiling),
	PURE("math.floor", "math_floor_double", "(double) -> double", floor_of),
	PURE("math.round", "math_round_double", "(double) -> double", round_of),
	PURE("math.trunc", "math_trunc_double", "(double) -> double", truncate),
	PURE("math.isNaN", "math_isNaN_double", "(double) -> bool", is_nan),
	PURE("math.isInf", "math_isInf_double", "(double) -> bool", is_inf),
	PURE("math.isFinite", "math_isFinite_double", "(double) -> bool",
	     is_finite),
	PURE("math.sqrt", "math_sqrt_int", "(int) -> double", square_root),
	PURE("math.sqrt", "math_sqrt_uint", "(uint) -> double", square_root),
	PURE("math.sqrt", "math_sqrt_double", "(double) -> double",
	     square_root),
	PURE("math.abs", "math_abs_int", "(int) -> int", absolute),
	PURE("math.abs", "math_abs_uint", "(uint) -> uint", absolute),
	PURE("math.abs", "math_abs_double", "(double) -> double", absolute),
	PURE("math.sign", "math_sign_int", "(int) -> int", sign_of),
	PURE("math.sign", "math_sign_uint", "(uint) -> uint", sign_of),
	PURE("math.sign", "math_sign_double", "(double) -> double", sign_of),
	PURE("math.bitAnd", "math_bitAnd_int_int", "(int, int) -> int",
	     bit_and),
	PURE("math.bitAnd", "math_bitAnd_uint_uint", "(uint, uint) -> uint",
	     bit_and),
	PURE("math.bitOr", "math_bitOr_int_int", "(int, int) -> int", bit_or),
	PURE("math.bitOr", "math_bitOr_uint_uint", "(uint, uint) -> uint",
	     bit_or),
	PURE("math.bitXor", "math_bitXor_int_int", "(int, int) -> int",
	     bit_xor),
	PURE("math.bitXor", "math_bitXor_uint_uint", "(uint, uint) -> uint",
	     bit_xor),
	PURE("math.bitNot", "math_bitNot_int", "(int) -> int", bit_not),
	PURE("math.bitNot", "math_bitNot_uint", "(uint) -> uint", bit_not),
	PURE("math.bitShiftLeft", "math_bitShiftLeft_int_int",
	     "(int, int) -> int", shift_left),
	PURE("math.bitShiftLeft", "math_bitShiftLeft_uint_int",
	     "(uint, int) -> uint", shift_left),
	PURE("math.bitShiftRight", "math_bitShiftRight_int_int",
	     "(int, int) -> int", shift_right),
	PURE("math.bitShiftRight", "math_bitShiftRight_uint_int",
	     "(uint, int) -> uint", shift_right),
};

const struct cel_library cel_library_math = {"math", overloads,
					     ARRAY_SIZE(overloads)};
