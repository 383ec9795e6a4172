/*
 * period - lengths of time as law and contracts name them, and calendars of
 * working days, as values of two abstract types.
 *
 * The functions are in the library cel_library_period; what they mean is in
 * docs/reference/cel.md. A host hands its calendar in as a variable.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_PERIOD_H
#define CEL_PERIOD_H

#include "base/calendar.h"
#include "base/period.h"
#include "cel/eval.h"
#include "cel/type.h"

/* Text of a record under the first becomes a period when it is read. Hosts
 * hand both to cel_env_options.types. */
extern const struct cel_type cel_period_type, cel_calendar_type;

/* A period as a value; it lies in the arena. */
struct cel_value cel_period(struct arena *arena, struct period period);

/* From ISO 8601 text, or the error CEL_FAULT_CONVERSION. */
struct cel_value cel_period_of_text(struct cel_eval *eval, str text);

/* The period of such a value, or NULL for any other value. */
const struct period *cel_period_at(struct cel_value value);

/* A calendar as a value. It is borrowed; the head lies in the arena. */
struct cel_value cel_calendar(struct arena *arena,
			      const struct calendar *calendar);

/* The calendar of such a value, or NULL for any other value. */
const struct calendar *cel_calendar_at(struct cel_value value);

#endif
