/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/utf8.h"
#include "cel/convert.h"
#include "cel/lib_std.h"

static struct cel_value cannot(struct cel_eval *eval, struct cel_value from,
			       str to)
{
	return cel_fail_text(eval, CEL_FAULT_CONVERSION, to, from);
}

static struct cel_value too_large(struct cel_eval *eval, str name)
{
	return cel_fail_text(eval, CEL_FAULT_OVERFLOW, name, cel_null());
}

struct cel_value cel_identity(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return args[0];
}

struct cel_value cel_to_int(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	struct cel_value v = args[0];
	int64_t out;

	(void)count;
	switch (v.tag) {
	case CEL_UINT:
		return v.as.natural > INT64_MAX
			       ? too_large(eval, STR("int"))
			       : cel_int((int64_t)v.as.natural);
	case CEL_DOUBLE:
		/* The ends are out: a double beside them may have been more
		 * (conversions/int/double_int_min_range). */
		return v.as.number > -0x1p63 && v.as.number < 0x1p63
			       ? cel_int((int64_t)v.as.number)
			       : too_large(eval, STR("int"));
	case CEL_STRING:
		return str_to_int64(&out, cel_str(v))
			       ? cel_int(out)
			       : cannot(eval, v, STR("int"));
	default:
		return cel_int(v.as.integer);
	}
}

static bool read_uint(uint64_t *out, str s)
{
	uint64_t value = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		if (__builtin_mul_overflow(value, UINT64_C(10), &value) ||
		    __builtin_add_overflow(value, (uint64_t)(s.ptr[i] - '0'),
					   &value))
			return false;
	}
	*out = value;
	return s.len > 0;
}

struct cel_value cel_to_uint(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];
	uint64_t out;

	(void)count;
	switch (v.tag) {
	case CEL_INT:
		return v.as.integer < 0 ? too_large(eval, STR("uint"))
					: cel_uint((uint64_t)v.as.integer);
	case CEL_DOUBLE:
		return v.as.number >= 0 && v.as.number < 0x1p64
			       ? cel_uint((uint64_t)v.as.number)
			       : too_large(eval, STR("uint"));
	default:
		return read_uint(&out, cel_str(v))
			       ? cel_uint(out)
			       : cannot(eval, v, STR("uint"));
	}
}

struct cel_value cel_to_double(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];
	double out;

	(void)count;
	switch (v.tag) {
	case CEL_INT:
		return cel_double((double)v.as.integer);
	case CEL_UINT:
		return cel_double((double)v.as.natural);
	default:
		return cel_double_parse(&out, cel_str(v))
			       ? cel_double(out)
			       : cannot(eval, v, STR("double"));
	}
}

struct cel_value cel_to_string(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];
	char text[CEL_DOUBLE_TEXT];
	size_t len = 0;

	(void)count;
	switch (v.tag) {
	case CEL_BOOL:
		return cel_string(v.as.boolean ? STR("true") : STR("false"));
	case CEL_BYTES:
		if (utf8_check(cel_str(v)) != SIZE_MAX)
			return cannot(eval, v, STR("string"));
		return cel_string(cel_str(v));
	case CEL_INT:
		len = (size_t)snprintf(text, sizeof(text), "%lld",
				       (long long)v.as.integer);
		break;
	case CEL_UINT:
		len = (size_t)snprintf(text, sizeof(text), "%llu",
				       (unsigned long long)v.as.natural);
		break;
	case CEL_DOUBLE:
		len = cel_double_format(text, v.as.number);
		break;
	case CEL_TIMESTAMP:
		len = instant_format(text, cel_instant(v));
		break;
	default:
		len = cel_duration_format(text, v);
		break;
	}
	return cel_string(str_keep(eval->arena, (str){text, len}));
}

struct cel_value cel_to_bytes(struct cel_eval *eval,
			      const struct cel_value *args, size_t count)
{
	(void)eval;
	(void)count;
	return cel_bytes(cel_str(args[0]));
}

struct cel_value cel_to_bool(struct cel_eval *eval,
			     const struct cel_value *args, size_t count)
{
	static const char *const yes[] = {"1",	  "t",	  "T",
					  "true", "TRUE", "True"};
	static const char *const no[] = {"0",	  "f",	   "F",
					 "false", "FALSE", "False"};

	(void)count;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++) {
		if (str_is(cel_str(args[0]), yes[i]))
			return cel_bool(true);
		if (str_is(cel_str(args[0]), no[i]))
			return cel_bool(false);
	}
	return cannot(eval, args[0], STR("bool"));
}

struct cel_value cel_to_timestamp(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	struct cel_value v = args[0];
	struct instant at = {v.as.integer, 0};

	(void)count;
	if (v.tag == CEL_STRING)
		return instant_parse(&at, cel_str(v))
			       ? cel_timestamp(at)
			       : cannot(eval, v, STR("timestamp"));
	if (at.seconds < INSTANT_LEAST || at.seconds > INSTANT_MOST)
		return too_large(eval, STR("timestamp"));
	return cel_timestamp(at);
}

struct cel_value cel_to_duration(struct cel_eval *eval,
				 const struct cel_value *args, size_t count)
{
	struct cel_value out;

	(void)count;
	return cel_duration_parse(&out, cel_str(args[0]))
		       ? out
		       : cannot(eval, args[0], STR("duration"));
}
