/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/map.h"
#include "cel/eval.h"
#include "cel/type.h"

static enum cel_order order_of(bool less, bool same)
{
	return less ? CEL_LESS : same ? CEL_SAME : CEL_GREATER;
}

static bool is_number(struct cel_value v)
{
	return v.tag == CEL_INT || v.tag == CEL_UINT || v.tag == CEL_DOUBLE;
}

/*
 * int and double: outside of the range of int the double decides; inside,
 * the int becomes a double (cel-spec langdef, "Numeric values"; the lossy
 * cast is what its conformance tests demand).
 */
static enum cel_order order_int_double(int64_t i, double d)
{
	if (d < -0x1p63)
		return CEL_GREATER;
	if (d > 0x1p63)
		return CEL_LESS;
	return order_of((double)i < d, (double)i == d);
}

static enum cel_order order_uint_double(uint64_t u, double d)
{
	if (d < 0)
		return CEL_GREATER;
	if (d > 0x1p64)
		return CEL_LESS;
	return order_of((double)u < d, (double)u == d);
}

static enum cel_order order_int_uint(int64_t i, uint64_t u)
{
	if (i < 0)
		return CEL_LESS;
	return order_of((uint64_t)i < u, (uint64_t)i == u);
}

static enum cel_order flip(enum cel_order order)
{
	return order == CEL_LESS      ? CEL_GREATER
	       : order == CEL_GREATER ? CEL_LESS
				      : order;
}

static enum cel_order order_numbers(struct cel_value a, struct cel_value b)
{
	if ((a.tag == CEL_DOUBLE && isnan(a.as.number)) ||
	    (b.tag == CEL_DOUBLE && isnan(b.as.number)))
		return CEL_UNORDERED;
	if (a.tag > b.tag)
		return flip(order_numbers(b, a));
	/* Now a.tag <= b.tag: int before uint before double. */
	if (a.tag == CEL_DOUBLE)
		return order_of(a.as.number < b.as.number,
				a.as.number == b.as.number);
	if (b.tag == CEL_DOUBLE)
		return a.tag == CEL_INT
			       ? order_int_double(a.as.integer, b.as.number)
			       : order_uint_double(a.as.natural, b.as.number);
	if (a.tag == CEL_UINT)
		return order_of(a.as.natural < b.as.natural,
				a.as.natural == b.as.natural);
	if (b.tag == CEL_UINT)
		return order_int_uint(a.as.integer, b.as.natural);
	return order_of(a.as.integer < b.as.integer,
			a.as.integer == b.as.integer);
}

static enum cel_order order_text(str a, str b)
{
	int order = str_compare(a, b);

	/* UTF-8 sorts by bytes as it does by code points. */
	return order_of(order < 0, order == 0);
}

enum cel_order cel_order(struct cel_value a, struct cel_value b)
{
	if (is_number(a) && is_number(b))
		return order_numbers(a, b);
	if (a.tag != b.tag)
		return CEL_NO_ORDER;
	switch (a.tag) {
	case CEL_BOOL:
		return order_of(a.as.boolean < b.as.boolean,
				a.as.boolean == b.as.boolean);
	case CEL_STRING:
	case CEL_BYTES:
		return order_text(cel_str(a), cel_str(b));
	case CEL_TIMESTAMP:
	case CEL_DURATION:
		if (a.as.integer != b.as.integer)
			return order_of(a.as.integer < b.as.integer, false);
		return order_of((int32_t)a.aux < (int32_t)b.aux,
				a.aux == b.aux);
	default:
		return CEL_NO_ORDER;
	}
}

/* ---- equality */

static bool equal_at(struct cel_eval *eval, struct cel_value a,
		     struct cel_value b, size_t depth);

static bool too_deep(struct cel_eval *eval)
{
	eval->exhausted = true;
	eval->exhausted_by = CEL_FAULT_DEPTH;
	return false;
}

static bool lists_equal(struct cel_eval *eval, struct cel_value a,
			struct cel_value b, size_t depth)
{
	size_t count = cel_list_size(a);

	if (count != cel_list_size(b) || !cel_charge(eval, count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!equal_at(eval, cel_list_at(eval, a, i),
			      cel_list_at(eval, b, i), depth + 1))
			return false;
	return true;
}

static bool maps_equal(struct cel_eval *eval, struct cel_value a,
		       struct cel_value b, size_t depth)
{
	size_t count = cel_map_size(a);

	if (count != cel_map_size(b) || !cel_charge(eval, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct cel_value key;
		struct cel_value value;
		struct cel_value other;

		cel_map_entry(eval, a, i, &key, &value);
		if (!cel_map_find(eval, b, key, &other) ||
		    !equal_at(eval, value, other, depth + 1))
			return false;
	}
	return true;
}

static bool compound_equal(struct cel_eval *eval, struct cel_value a,
			   struct cel_value b, size_t depth)
{
	if (depth > CEL_VALUE_DEPTH)
		return too_deep(eval);
	switch (a.tag) {
	case CEL_LIST:
		return lists_equal(eval, a, b, depth);
	case CEL_MAP:
		return maps_equal(eval, a, b, depth);
	default:
		if (!a.as.some || !b.as.some)
			return a.as.some == b.as.some;
		return equal_at(eval, *a.as.some, *b.as.some, depth + 1);
	}
}

static bool equal_at(struct cel_eval *eval, struct cel_value a,
		     struct cel_value b, size_t depth)
{
	if (is_number(a) && is_number(b))
		return order_numbers(a, b) == CEL_SAME;
	if (a.tag != b.tag)
		return false;
	switch (a.tag) {
	case CEL_NULL:
		return true;
	case CEL_STRING:
	case CEL_BYTES:
		if (a.aux != b.aux)
			return false;
		if (eval && a.aux > 64 && !cel_charge_bytes(eval, a.aux))
			return false;
		return a.as.text == b.as.text ||
		       str_equal(cel_str(a), cel_str(b));
	case CEL_LIST:
	case CEL_MAP:
	case CEL_OPTIONAL:
		return cel_charge(eval, 1) && compound_equal(eval, a, b, depth);
	case CEL_TYPE:
		return cel_type_same_runtime(a.as.type, b.as.type);
	case CEL_OPAQUE:
		return a.as.opaque->ops == b.as.opaque->ops &&
		       a.as.opaque->ops->equal(a.as.opaque, b.as.opaque);
	case CEL_ERROR:
		return false;
	default:
		return cel_order(a, b) == CEL_SAME;
	}
}

bool cel_equal(struct cel_eval *eval, struct cel_value a, struct cel_value b)
{
	return equal_at(eval, a, b, 0);
}

/* ---- hash */

static uint64_t hash_bits(uint64_t bits, uint64_t salt)
{
	/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
	bits += salt * UINT64_C(0x9e3779b97f4a7c15);
	bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
	return bits ^ (bits >> 31);
}

/* All numbers hash as the double that they become. */
static uint64_t hash_number(double number)
{
	uint64_t bits;

	if (number == 0)
		number = 0.0; /* also -0.0 */
	memcpy(&bits, &number, sizeof(bits));
	return hash_bits(bits, 1);
}

static uint64_t hash_at(struct cel_eval *eval, struct cel_value v, size_t depth)
{
	uint64_t sum = v.tag;
	struct cel_value key;
	struct cel_value value;
	size_t count;

	if (depth > CEL_VALUE_DEPTH)
		return sum; /* equal values agree on it */
	switch (v.tag) {
	case CEL_BOOL:
		return hash_bits(v.as.boolean, 2);
	case CEL_INT:
		return hash_number((double)v.as.integer);
	case CEL_UINT:
		return hash_number((double)v.as.natural);
	case CEL_DOUBLE:
		return hash_number(v.as.number);
	case CEL_STRING:
	case CEL_BYTES:
		return hash_str(cel_str(v)) + v.tag;
	case CEL_TIMESTAMP:
	case CEL_DURATION:
		return hash_bits(v.as.natural, v.aux + 3);
	case CEL_OPTIONAL:
		return v.as.some ? hash_at(eval, *v.as.some, depth + 1) + 5 : 4;
	case CEL_OPAQUE:
		return v.as.opaque->ops->hash(v.as.opaque);
	case CEL_LIST:
		count = cel_list_size(v);
		for (size_t i = 0; i < count && cel_charge(eval, 1); i++)
			sum = hash_bits(sum ^ hash_at(eval,
						      cel_list_at(eval, v, i),
						      depth + 1),
					6);
		return sum;
	case CEL_MAP:
		/* Entries are added up: their order has no meaning. */
		count = cel_map_size(v);
		for (size_t i = 0; i < count && cel_charge(eval, 1); i++) {
			cel_map_entry(eval, v, i, &key, &value);
			sum += hash_bits(
				hash_at(eval, key, depth + 1) ^
					(hash_at(eval, value, depth + 1) << 1),
				7);
		}
		return sum;
	default:
		return sum;
	}
}

uint64_t cel_hash(struct cel_eval *eval, struct cel_value v)
{
	return hash_at(eval, v, 0);
}
