/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/run.h"

static struct cel_value overflow(struct cel_frame *frame,
				 const struct cel_plan *plan, str name)
{
	return cel_plan_place(plan,
			      cel_fail_text(&frame->eval, CEL_FAULT_OVERFLOW,
					    name, cel_null()));
}

/* ---- times: seconds and nanoseconds, sums of which cannot overflow */

#define NANOS INT64_C(1000000000)
#define DURATION_MOST INT64_C(315576000000)
/* The difference of two timestamps fits in 64 bits of nanoseconds, as the
 * conformance suite demands (timestamp_range/sub_time_duration_over). */
#define DIFFERENCE_MOST INT64_C(9223372036)

struct span_of_time {
	int64_t seconds;
	int64_t nanos;
};

static struct span_of_time time_of(struct cel_value value, int64_t sign)
{
	return (struct span_of_time){value.as.integer * sign,
				     (int32_t)value.aux * sign};
}

static struct span_of_time time_sum(struct span_of_time a,
				    struct span_of_time b)
{
	struct span_of_time sum = {a.seconds + b.seconds, a.nanos + b.nanos};

	/* 0 <= nanos < 1e9, as a timestamp has it. */
	while (sum.nanos < 0) {
		sum.nanos += NANOS;
		sum.seconds--;
	}
	while (sum.nanos >= NANOS) {
		sum.nanos -= NANOS;
		sum.seconds++;
	}
	return sum;
}

static struct cel_value timestamp_of(struct cel_frame *frame,
				     const struct cel_plan *plan,
				     struct span_of_time sum, str name)
{
	if (sum.seconds < INSTANT_LEAST || sum.seconds > INSTANT_MOST)
		return overflow(frame, plan, name);
	return cel_timestamp((struct instant){sum.seconds, (int32_t)sum.nanos});
}

static struct cel_value duration_of(struct cel_frame *frame,
				    const struct cel_plan *plan,
				    struct span_of_time sum, int64_t most,
				    str name)
{
	/* Nanoseconds get the sign of the seconds. */
	if (sum.seconds < 0 && sum.nanos > 0) {
		sum.seconds++;
		sum.nanos -= NANOS;
	}
	if (sum.seconds > most || sum.seconds < -most ||
	    (sum.seconds == most && sum.nanos > 0) ||
	    (sum.seconds == -most && sum.nanos < 0))
		return overflow(frame, plan, name);
	return cel_duration(sum.seconds, (int32_t)sum.nanos);
}

/* a + b, or a - b, where a or b is a time; an error where that means
 * nothing. */
static struct cel_value add_times(struct cel_frame *frame,
				  const struct cel_plan *plan,
				  struct cel_value a, struct cel_value b,
				  int64_t sign)
{
	const str name = sign < 0 ? STR("-") : STR("+");
	const bool stamp_a = a.tag == CEL_TIMESTAMP;
	const bool stamp_b = b.tag == CEL_TIMESTAMP;
	struct span_of_time sum;

	if ((!stamp_a && a.tag != CEL_DURATION) ||
	    (!stamp_b && b.tag != CEL_DURATION) ||
	    (stamp_a && stamp_b && sign > 0) ||
	    (!stamp_a && stamp_b && sign < 0))
		return cel_no_overload(frame, plan, name);
	sum = time_sum(time_of(a, 1), time_of(b, sign));
	if (stamp_a != stamp_b)
		return timestamp_of(frame, plan, sum, name);
	return duration_of(frame, plan, sum,
			   stamp_a ? DIFFERENCE_MOST : DURATION_MOST, name);
}

/* ---- + */

static struct cel_value add_bytes(struct cel_frame *frame, struct cel_value a,
				  struct cel_value b)
{
	size_t size = (size_t)a.aux + b.aux;
	char *text;

	if (!cel_charge_bytes(&frame->eval, size))
		return cel_spent(&frame->eval);
	text = arena_raw(frame->eval.arena, size, 1);
	memcpy(text, a.as.text, a.aux);
	memcpy(text + a.aux, b.as.text, b.aux);
	a.as.text = text;
	a.aux = (uint32_t)size;
	a.flags = a.flags & b.flags;
	return a;
}

static struct cel_value add_lists(struct cel_frame *frame, struct cel_value a,
				  struct cel_value b)
{
	size_t first = cel_list_size(a);
	size_t second = cel_list_size(b);
	struct cel_value *items;

	if (!cel_charge(&frame->eval, first + second))
		return cel_spent(&frame->eval);
	items = arena_array(frame->eval.arena, struct cel_value,
			    first + second);
	for (size_t i = 0; i < first + second; i++) {
		items[i] = i < first ? cel_list_at(&frame->eval, a, i)
				     : cel_list_at(&frame->eval, b, i - first);
		if (items[i].tag == CEL_ERROR)
			return items[i];
	}
	return cel_list_of(frame->eval.arena, items, first + second);
}

static struct cel_value add(struct cel_frame *frame,
			    const struct cel_plan *plan, struct cel_value a,
			    struct cel_value b)
{
	struct cel_value sum = a;

	if (a.tag != b.tag)
		return add_times(frame, plan, a, b, 1);
	switch (a.tag) {
	case CEL_INT:
		if (__builtin_add_overflow(a.as.integer, b.as.integer,
					   &sum.as.integer))
			return overflow(frame, plan, STR("+"));
		return sum;
	case CEL_UINT:
		if (__builtin_add_overflow(a.as.natural, b.as.natural,
					   &sum.as.natural))
			return overflow(frame, plan, STR("+"));
		return sum;
	case CEL_DOUBLE:
		return cel_double(a.as.number + b.as.number);
	case CEL_STRING:
	case CEL_BYTES:
		/* A budget of 2^32 bytes is refused long before. */
		if ((uint64_t)a.aux + b.aux > UINT32_MAX)
			return overflow(frame, plan, STR("+"));
		return add_bytes(frame, a, b);
	case CEL_LIST:
		return cel_plan_place(plan, add_lists(frame, a, b));
	default:
		return add_times(frame, plan, a, b, 1);
	}
}

/* Joins strings in one piece. */
static struct cel_value join(struct cel_frame *frame,
			     const struct cel_plan *plan,
			     const struct cel_value *parts, size_t count)
{
	size_t size = 0;
	char *text;
	char *to;

	for (size_t i = 0; i < count; i++)
		size += parts[i].aux;
	if (!cel_charge_bytes(&frame->eval, size))
		return cel_spent(&frame->eval);
	if (size > UINT32_MAX)
		return overflow(frame, plan, STR("+"));
	text = to = arena_raw(frame->eval.arena, size, 1);
	for (size_t i = 0; i < count; i++) {
		memcpy(to, parts[i].as.text, parts[i].aux);
		to += parts[i].aux;
	}
	return cel_string((str){text, size});
}

/* a + b + c: from the left, with the errors that nested pairs would give. */
static struct cel_value add_many(struct cel_frame *frame,
				 const struct cel_plan *plan)
{
	struct cel_value few[8];
	struct cel_value *parts =
		plan->count <= ARRAY_SIZE(few)
			? few
			: arena_array(frame->eval.arena, struct cel_value,
				      plan->count);
	bool strings = true;
	struct cel_value sum;
	size_t count = 0;

	while (count < plan->count) {
		parts[count] = cel_plan_run_at(frame, plan->kids[count]);
		strings &= parts[count].tag == CEL_STRING;
		if (parts[count++].tag == CEL_ERROR)
			break;
	}
	if (strings)
		return join(frame, plan, parts, count);
	sum = parts[0];
	for (size_t i = 1; i < count && sum.tag != CEL_ERROR; i++)
		sum = parts[i].tag == CEL_ERROR
			      ? parts[i]
			      : add(frame, plan, sum, parts[i]);
	return sum;
}

/* Evaluates two operands; false: the first error is in *a. */
static inline bool operands(struct cel_value *a, struct cel_value *b,
			    struct cel_frame *frame,
			    const struct cel_plan *plan)
{
	*a = cel_plan_run_at(frame, plan->a);
	if (a->tag == CEL_ERROR)
		return false;
	*b = cel_plan_run_at(frame, plan->b);
	if (b->tag != CEL_ERROR)
		return true;
	*a = *b;
	return false;
}

struct cel_value cel_run_add(struct cel_frame *frame,
			     const struct cel_plan *plan)
{
	struct cel_value a;
	struct cel_value b;

	if (plan->count > 2)
		return add_many(frame, plan);
	return operands(&a, &b, frame, plan) ? add(frame, plan, a, b) : a;
}

/* ---- - * / % */

struct cel_value cel_run_subtract(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	struct cel_value a;
	struct cel_value b;
	struct cel_value out;

	if (!operands(&a, &b, frame, plan))
		return a;
	out = a;
	if (a.tag != b.tag || a.tag > CEL_DOUBLE)
		return add_times(frame, plan, a, b, -1);
	if (a.tag == CEL_INT)
		return __builtin_sub_overflow(a.as.integer, b.as.integer,
					      &out.as.integer)
			       ? overflow(frame, plan, STR("-"))
			       : out;
	if (a.tag == CEL_UINT)
		return __builtin_sub_overflow(a.as.natural, b.as.natural,
					      &out.as.natural)
			       ? overflow(frame, plan, STR("-"))
			       : out;
	if (a.tag == CEL_DOUBLE)
		return cel_double(a.as.number - b.as.number);
	return cel_no_overload(frame, plan, STR("-"));
}

struct cel_value cel_run_multiply(struct cel_frame *frame,
				  const struct cel_plan *plan)
{
	struct cel_value a;
	struct cel_value b;
	struct cel_value out;

	if (!operands(&a, &b, frame, plan))
		return a;
	out = a;
	if (a.tag == CEL_INT && b.tag == CEL_INT)
		return __builtin_mul_overflow(a.as.integer, b.as.integer,
					      &out.as.integer)
			       ? overflow(frame, plan, STR("*"))
			       : out;
	if (a.tag == CEL_UINT && b.tag == CEL_UINT)
		return __builtin_mul_overflow(a.as.natural, b.as.natural,
					      &out.as.natural)
			       ? overflow(frame, plan, STR("*"))
			       : out;
	if (a.tag == CEL_DOUBLE && b.tag == CEL_DOUBLE)
		return cel_double(a.as.number * b.as.number);
	return cel_no_overload(frame, plan, STR("*"));
}

struct cel_value cel_run_divide(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	struct cel_value a;
	struct cel_value b;

	if (!operands(&a, &b, frame, plan))
		return a;
	if (a.tag == CEL_DOUBLE && b.tag == CEL_DOUBLE)
		return cel_double(a.as.number / b.as.number);
	if (a.tag != b.tag || (a.tag != CEL_INT && a.tag != CEL_UINT))
		return cel_no_overload(frame, plan, STR("/"));
	if (b.as.natural == 0)
		return cel_plan_place(plan,
				      cel_fail(&frame->eval, CEL_FAULT_DIVISION,
					       cel_null(), cel_null()));
	if (a.tag == CEL_UINT)
		return cel_uint(a.as.natural / b.as.natural);
	if (a.as.integer == INT64_MIN && b.as.integer == -1)
		return overflow(frame, plan, STR("/"));
	return cel_int(a.as.integer / b.as.integer);
}

struct cel_value cel_run_modulo(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	struct cel_value a;
	struct cel_value b;

	if (!operands(&a, &b, frame, plan))
		return a;
	if (a.tag != b.tag || (a.tag != CEL_INT && a.tag != CEL_UINT))
		return cel_no_overload(frame, plan, STR("%"));
	if (b.as.natural == 0)
		return cel_plan_place(plan,
				      cel_fail(&frame->eval, CEL_FAULT_MODULUS,
					       cel_null(), cel_null()));
	if (a.tag == CEL_UINT)
		return cel_uint(a.as.natural % b.as.natural);
	if (a.as.integer == INT64_MIN && b.as.integer == -1)
		return overflow(frame, plan, STR("%"));
	return cel_int(a.as.integer % b.as.integer);
}

struct cel_value cel_run_negate(struct cel_frame *frame,
				const struct cel_plan *plan)
{
	struct cel_value a = cel_plan_run_at(frame, plan->a);

	if (a.tag == CEL_DOUBLE)
		return cel_double(-a.as.number);
	if (a.tag == CEL_ERROR)
		return a;
	if (a.tag != CEL_INT)
		return cel_no_overload(frame, plan, STR("-"));
	if (a.as.integer == INT64_MIN)
		return overflow(frame, plan, STR("-"));
	return cel_int(-a.as.integer);
}
