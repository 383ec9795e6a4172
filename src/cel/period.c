/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/period.h"

struct period_value {
	struct cel_opaque head;
	struct period period;
};

struct calendar_value {
	struct cel_opaque head;
	const struct calendar *calendar;
};

static const struct cel_opaque_ops period_ops, calendar_ops;

/* ---- periods */

static const struct period *period_in(const struct cel_opaque *opaque)
{
	return &((const struct period_value *)(const void *)opaque)->period;
}

/* P24M is P2Y, but PT24H is no P1D: a day has not always 24 hours. */
static bool period_equal(const struct cel_opaque *a, const struct cel_opaque *b)
{
	const struct period *p = period_in(a);
	const struct period *q = period_in(b);

	return p->months == q->months && p->days == q->days &&
	       p->seconds == q->seconds && p->nanos == q->nanos;
}

static uint64_t mix(uint64_t sum, int64_t part)
{
	/* The multiplier of FNV-1a (Fowler, Noll, Vo). */
	return (sum ^ (uint64_t)part) * UINT64_C(0x100000001b3);
}

static uint64_t period_hash(const struct cel_opaque *opaque)
{
	const struct period *p = period_in(opaque);

	return mix(mix(mix(mix(11, p->months), p->days), p->seconds), p->nanos);
}

static void period_print(struct buf *out, const struct cel_opaque *opaque)
{
	char text[PERIOD_TEXT];
	size_t len = period_format(text, period_in(opaque));

	buf_add(out, str_make(text, len));
}

struct cel_value cel_period(struct arena *arena, struct period period)
{
	struct period_value *value = arena_new(arena, struct period_value);

	*value = (struct period_value){{&period_ops}, period};
	return cel_of_opaque(&value->head);
}

struct cel_value cel_period_of_text(struct cel_eval *eval, str text)
{
	struct period period;
	struct error err;

	if (period_parse(&period, text, &err))
		return cel_period(eval->arena, period);
	return cel_fail_text(eval, CEL_FAULT_CONVERSION, STR("period"),
			     cel_string(text));
}

const struct period *cel_period_at(struct cel_value value)
{
	return value.tag == CEL_OPAQUE && value.as.opaque->ops == &period_ops
		       ? period_in(value.as.opaque)
		       : NULL;
}

const struct cel_type cel_period_type = {.kind = CEL_T_ABSTRACT,
					 .converts = true,
					 .name = STR_INIT("period"),
					 .from_text = cel_period_of_text};

static const struct cel_opaque_ops period_ops = {.type = &cel_period_type,
						 .equal = period_equal,
						 .hash = period_hash,
						 .print = period_print};

/* ---- calendars */

static const struct calendar *calendar_in(const struct cel_opaque *opaque)
{
	return ((const struct calendar_value *)(const void *)opaque)->calendar;
}

static bool calendar_equal(const struct cel_opaque *a,
			   const struct cel_opaque *b)
{
	const struct calendar *p = calendar_in(a);
	const struct calendar *q = calendar_in(b);

	return p->weekend == q->weekend && p->closing == q->closing &&
	       p->count == q->count &&
	       (p->count == 0 || memcmp(p->holidays, q->holidays,
					p->count * sizeof(*p->holidays)) == 0);
}

static uint64_t calendar_hash(const struct cel_opaque *opaque)
{
	const struct calendar *calendar = calendar_in(opaque);
	uint64_t sum = mix(mix(12, calendar->weekend), calendar->closing);

	for (size_t i = 0; i < calendar->count; i++)
		sum = mix(sum, calendar->holidays[i]);
	return sum;
}

static void calendar_print(struct buf *out, const struct cel_opaque *opaque)
{
	buf_format(out, "calendar of %zu holidays", calendar_in(opaque)->count);
}

struct cel_value cel_calendar(struct arena *arena,
			      const struct calendar *calendar)
{
	struct calendar_value *value = arena_new(arena, struct calendar_value);

	*value = (struct calendar_value){{&calendar_ops}, calendar};
	return cel_of_opaque(&value->head);
}

const struct calendar *cel_calendar_at(struct cel_value value)
{
	return value.tag == CEL_OPAQUE && value.as.opaque->ops == &calendar_ops
		       ? calendar_in(value.as.opaque)
		       : NULL;
}

const struct cel_type cel_calendar_type = {.kind = CEL_T_ABSTRACT,
					   .name = STR_INIT("calendar")};

static const struct cel_opaque_ops calendar_ops = {.type = &cel_calendar_type,
						   .equal = calendar_equal,
						   .hash = calendar_hash,
						   .print = calendar_print};
