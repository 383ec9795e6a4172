/*
 * fuzz_cel_lib - calls one function of the libraries with arguments of the
 * types it names: it must end within its budget, and text stays UTF-8.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/utf8.h"
#include "cel/function.h"
#include "cel/period.h"
#include "cel/regexes.h"
#include "cel/zones.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BUDGET = 50000, ARGUMENTS = 6, DEPTH = 3 };

static const struct cel_library *const libraries[] = {
	&cel_library_time,  &cel_library_strings,  &cel_library_math,
	&cel_library_lists, &cel_library_encoders, &cel_library_sets,
	&cel_library_regex, &cel_library_period,   &cel_library_text,
};

struct input {
	const uint8_t *at;
	size_t left;
	struct arena *arena;
};

static uint8_t byte(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->at++;
}

static int64_t number(struct input *in)
{
	uint64_t all = 0;
	uint8_t kind = byte(in);

	if (kind < 128)
		return (int64_t)kind - 8;
	for (int i = 0; i < 8; i++)
		all = all << 8 | byte(in);
	return (int64_t)all;
}

/* Bytes of the input, and for a string only what is well formed. */
static str text(struct input *in, bool bytes)
{
	size_t length = byte(in);
	char *to;

	if (length > in->left)
		length = in->left;
	to = arena_raw(in->arena, length, 1);
	memcpy(to, in->at, length);
	in->at += length;
	in->left -= length;
	while (!bytes && utf8_check(str_make(to, length)) != SIZE_MAX)
		to[utf8_check(str_make(to, length))] = '?';
	return str_make(to, length);
}

static struct instant moment(struct input *in)
{
	int64_t span = INSTANT_MOST - INSTANT_LEAST;
	int64_t seconds = number(in) % span;

	if (seconds < INSTANT_LEAST || seconds > INSTANT_MOST)
		seconds = 0;
	return (struct instant){seconds, byte(in) * 3921568};
}

static struct cel_value abstract(struct input *in, str name)
{
	static const int64_t days[] = {1, 2, 3, 300, 20000};
	static const struct calendar calendar = {
		.weekend = WEEKEND_SATURDAY_SUNDAY,
		.holidays = days,
		.count = ARRAY_SIZE(days),
		.closing = 61200};

	if (str_is(name, "calendar"))
		return cel_calendar(in->arena, &calendar);
	return cel_period(in->arena,
			  (struct period){.months = number(in) % 119988,
					  .days = number(in) % 3659634,
					  .seconds = number(in) % 86400000});
}

static struct cel_value value_of(struct input *in, const struct cel_type *type,
				 size_t depth)
{
	static const struct cel_type *const any[] = {
		&cel_null_type,	    &cel_bool_type,   &cel_int_type,
		&cel_uint_type,	    &cel_double_type, &cel_string_type,
		&cel_bytes_type,    &cel_list_dyn,    &cel_timestamp_type,
		&cel_duration_type,
	};
	struct cel_value *items;
	int64_t bits;
	double real;
	size_t count;

	switch (type->kind) {
	case CEL_T_NULL:
		return cel_null();
	case CEL_T_BOOL:
		return cel_bool(byte(in) & 1);
	case CEL_T_INT:
		return cel_int(number(in));
	case CEL_T_UINT:
		return cel_uint((uint64_t)number(in));
	case CEL_T_DOUBLE:
		bits = number(in);
		memcpy(&real, &bits, sizeof(real));
		return cel_double(bits < 128 && bits > -128 ? (double)bits / 4
							    : real);
	case CEL_T_STRING:
		return cel_string(text(in, false));
	case CEL_T_BYTES:
		return cel_bytes(text(in, true));
	case CEL_T_TIMESTAMP:
		return cel_timestamp(moment(in));
	case CEL_T_DURATION:
		return cel_duration(number(in) % 315576000000, 0);
	case CEL_T_ABSTRACT:
		return abstract(in, type->name);
	case CEL_T_LIST:
		count = depth < DEPTH ? byte(in) % 8 : 0;
		items = arena_array(in->arena, struct cel_value, count);
		for (size_t i = 0; i < count; i++)
			items[i] = value_of(in, type->params[0], depth + 1);
		return cel_list_of(in->arena, items, count);
	default:
		return value_of(in, any[byte(in) % ARRAY_SIZE(any)], depth);
	}
}

static void check(struct cel_eval *eval, struct cel_value v)
{
	if (v.tag == CEL_STRING && utf8_check(cel_str(v)) != SIZE_MAX)
		abort();
	if (v.tag == CEL_OPTIONAL && v.as.some)
		check(eval, *v.as.some);
	if (v.tag != CEL_LIST)
		return;
	for (size_t i = 0; i < cel_list_size(v); i++)
		check(eval, cel_list_at(eval, v, i));
}

static void call(struct cel_eval *eval, struct input *in,
		 const struct cel_overload *overload)
{
	struct cel_value args[ARGUMENTS];
	struct cel_signature signature;
	struct cel_value result;
	struct error err;
	struct buf out;
	size_t count;

	if (!cel_signature_parse(&signature, in->arena,
				 str_of(overload->signature), &err))
		abort();
	count = signature.count;
	if (overload->flags & CEL_VARIADIC)
		count += byte(in) % 3;
	for (size_t i = 0; i < count; i++)
		args[i] = value_of(
			in,
			signature.params[i < signature.count
						 ? i
						 : signature.count - 1],
			0);
	result = overload->call(eval, args, count);
	check(eval, result);
	buf_init(&out, 1 << 16);
	cel_print(&out, eval, result);
	buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct input in = {data, size, &arena};
	const struct cel_library *library =
		libraries[byte(&in) % ARRAY_SIZE(libraries)];
	const struct cel_overload *overload =
		&library->overloads[byte(&in) % library->count];
	struct cel_regexes *regexes = cel_regexes_new(&limits_default);
	struct cel_zone_cache *zones = cel_zone_cache_new();
	struct cel_eval eval = {.arena = &arena,
				.budget = BUDGET,
				.limits = &limits_default,
				.regexes = regexes,
				.zones = cel_zone_cache_zones(zones)};

	arena_init(&arena);
	call(&eval, &in, overload);
	arena_done(&arena);
	cel_zone_cache_free(zones);
	cel_regexes_free(regexes);
	return 0;
}
