/*
 * effect - how duties and controls worked in a period: what was expected, what
 * came of it, a sample of it, and what stood against it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_EFFECT_H
#define CMD_EFFECT_H

#include "base/stretch.h"
#include "cmd/due.h"
#include "cmd/past_say.h"
#include "lint/replay.h"
#include "policy/occurrence.h"

/* One thing that was expected, and what came of it. */
struct effect_case {
	const struct record *record; /* or NULL */
	str item;		     /* or absent */
	struct occurrence occurrence;
	str name; /* "asset/as-crm 2026-03-28": the line that is sampled */
};

struct effect_duty {
	const struct obligation *obligation;
	VEC(struct effect_case) cases; /* by date, record and item */
	size_t counts[OCCURRENCE_STATES];
	size_t expected;      /* on time, late, missing */
	const size_t *sample; /* places in cases, by rank */
	size_t sample_count;
};

/* A finding that was open in the period. */
struct effect_deviation {
	const struct lifetime *lifetime;
	struct stretch open;		/* all of it, also outside */
	bool still;			/* open as of now */
	const struct record *exception; /* that covers some of it, or NULL */
};

struct effect_exception {
	const struct record *record;
	struct stretch holds;
};

struct effect_control {
	str name;		     /* "iso27001:A.5.18" */
	str title;		     /* may be absent */
	const struct record *record; /* of the Statement, or NULL */
	VEC(const struct effect_duty *) duties;
	VEC(const struct effect_deviation *) deviations;
	VEC(const struct effect_exception *) exceptions;
	size_t counts[OCCURRENCE_STATES];
	size_t expected;
};

struct effect {
	struct past *past;
	const struct corpus *corpus;
	struct dues dues;
	const struct replay *replay;
	struct stretch period;
	str only; /* --control as a requirement; absent: all */
	str seed; /* name of the last commit of the period */
	bool fixed_size;
	size_t size; /* of a sample, if fixed */
	VEC(struct effect_duty) duties;
	VEC(struct effect_deviation) deviations;
	VEC(struct effect_exception) exceptions;
	VEC(struct effect_control) controls;
	VEC(str) notes;
};

/* Reads period, control and sample of the command line. */
MUST_USE bool effect_read(struct effect *effect, struct error *err);

/* Finds duties, deviations, exceptions and controls. */
void effect_find(struct effect *effect);
void effect_done(struct effect *effect);

/* Is a provision, or one that it is part of, among the cites? */
bool effect_cites(const struct citation *cites, size_t count, str name);

/* "ISO/IEC 27001 A.5.18, GDPR Art. 32(1)(b)" */
str effect_law(const struct effect *effect, const struct obligation *duty);
str effect_requirement(const struct effect *effect, str name);

/* "asset/as-crm (item)", or the item, or the duty's own title. */
str effect_subject(const struct effect *effect, const struct effect_case *one);

/* "2026-03-30", or a time of an exact duty. */
str effect_time(const struct effect *effect, const struct obligation *duty,
		struct instant at);
str effect_date(const struct effect *effect, struct instant at);

/* `what` is the struct effect: see struct writer. */
void effect_write_text(const void *what);
void effect_write_json(const void *what);
void effect_write_csv(const void *what);
void effect_write_markdown(const void *what);

#endif
