/*
 * retention - the schedule: how long each category of data is kept, by whose
 * word, where, and what speaks against it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_RETENTION_H
#define CMD_RETENTION_H

#include "base/period.h"
#include "cmd/clock.h"
#include "cmd/input.h"
#include "lint/lint.h"

/* A length as a record or table has it. */
struct span_of_time {
	str text; /* as written; absent: there is none */
	struct period period;
};

struct kept_in {
	const struct record *asset;
	struct span_of_time configured;
	str deletion;		    /* automatic, manual, none */
	struct span_of_time backup; /* how long backups live */
	const struct record *run;   /* the last deletion there, or NULL */
	struct instant run_at;
};

struct promise {
	const struct record *notice;
	struct span_of_time period;
};

/* A category under one rule; without a rule there is one line as well. */
struct schedule {
	const struct record *category;
	const struct record *rule; /* NULL: none is in force */
	str purpose;
	struct span_of_time period;
	str criteria;
	str trigger, basis, law;
	struct span_of_time minimum; /* of the law */
	str minimum_start;	     /* its trigger; or absent */
	str minimum_source;	     /* row of the table, or the field */
	struct span_of_time maximum;
	str maximum_source; /* a field or a parameter */
	str method;	    /* of disposal */
	bool automated;
	struct span_of_time backups; /* purged within */
	struct span_of_time interval;
	str responsible;
	VEC(struct kept_in) systems;
	VEC(struct promise) notices;
	VEC(const struct record *) holds;
	VEC(str) conflicts;
};

struct retention {
	const struct env *env;
	struct arena *arena;
	const struct input *input;
	const struct corpus *corpus;
	struct clock clock;
	struct instant today; /* midnight in UTC of the date */
	bool year_known;      /* does the organisation name its year end? */
	struct civil year_end;
	str category; /* only this one; absent: all */
	bool explain;
	VEC(struct schedule) schedules; /* by category, then rule */
	struct problems problems;
};

/* The end of the organisation's financial year, out of its records; before
 * retention_find. */
void retention_year(struct retention *retention);
void retention_find(struct retention *retention);
void retention_done(struct retention *retention);
void retention_conflicts(struct retention *retention,
			 struct schedule *schedule);

/* Is `a` longer than `b`, counted from 2001-01-01 where it depends? Not, if
 * one is absent. */
bool retention_longer(const struct span_of_time *a,
		      const struct span_of_time *b);

/* From an event to the first day on which the data may go. */
struct reckoning {
	struct instant event;
	struct instant financial; /* end of its financial year, if `years` */
	bool years;
	struct instant start; /* what the period runs from */
	struct instant end;   /* the last day it is kept */
	struct instant first; /* the first day without */
};

/* False: it lies outside the calendar. */
MUST_USE bool retention_reckon(struct reckoning *out,
			       const struct retention *retention, str trigger,
			       const struct period *period,
			       struct instant event);

void retention_write_text(const void *what);
void retention_write_json(const void *what);
void retention_write_csv(const void *what);

#endif
