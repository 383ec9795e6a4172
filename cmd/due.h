/*
 * due - what has to be done by when, found by the obligations of the policy
 * over all records.
 *
 * Days are those of the organisation's clock: a deadline without hours ends
 * with its day. A value that says midnight in UTC is a date; every other time
 * falls on the date that the organisation's clock shows.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_DUE_H
#define CMD_DUE_H

#include "base/period.h"
#include "cmd/clock.h"
#include "cmd/input.h"
#include "lint/lint.h"

enum due_state {
	DUE_OVERDUE,
	DUE_SOON,
	DUE_FINE,
	DUE_STATES,
};

enum due_source {
	DUE_BY_PARAMETER, /* `source` is its key */
	DUE_BY_RECORD,	  /* `source` is the field */
	DUE_BY_OBLIGATION,
};

struct due {
	const struct obligation *obligation;
	const struct record *record; /* NULL: asked once */
	str item;		     /* or absent */
	enum due_state state;
	bool known;	   /* is there a deadline? else it was never delivered,
			      or the event is not on record */
	struct instant at; /* of an exact one; else the midnight of its day */
	bool rolled;	   /* from the day below to a working day */
	struct instant before;
	int64_t days;	 /* left; negative when late */
	int64_t seconds; /* the same of an exact one */
	bool delivered;
	struct instant last;
	size_t deliveries;
	size_t missing; /* deadlines that passed since, without delivery */
	struct period length, more, grace;
	enum due_source by;
	str source;
	str who; /* the role; absent: nobody is named */
};

struct due_asked; /* see cmd/due_asked.h */

struct dues {
	const struct env *env;
	struct arena *arena;
	struct arena scratch; /* of what is asked of one record */
	const struct input *input;
	struct host *host;
	const struct corpus *corpus;
	const struct obligation_set *obligations;
	struct clock clock;
	struct instant now;
	struct instant today;  /* midnight in UTC of the date */
	struct period within;  /* this is soon */
	VEC(struct due) items; /* by state, deadline, obligation, record */
	struct problems problems;
	size_t counts[DUE_STATES];
	/* Told of each duty in place of listing it in `items`; or NULL. */
	void (*told)(void *context, const struct due_asked *asked);
	void *told_context;
	/* The trees a record had before, of which deliveries are told too: a
	 * review that was put in place of an older one. Or NULL. */
	const struct node *const *(*earlier)(void *context,
					     const struct record *record,
					     size_t *count);
	size_t unasked; /* versions that could not be asked */
};

extern const char *const due_state_names[DUE_STATES];

/* Finds all. What cannot be found out is a problem, not an error. */
void due_find(struct dues *dues);

/* "2026-10-30", "2026-10-30T10:00:00Z", or absent. */
str due_when(const struct dues *dues, const struct due *due);

/* "retention-rule/rr-leads", or absent. */
str due_record(const struct dues *dues, const struct due *due);

/* "asset/as-m365", "retention-rule/rr-leads (as-crm)", or absent. */
str due_subject(const struct dues *dues, const struct due *due);

/* "22 days late", "today", "in 3 days", "in 71 h 59 min", "never done". */
str due_left(const struct dues *dues, const struct due *due);

/* "GDPR Art. 12(3)", all of them. */
str due_law(const struct dues *dues, const struct due *due);

/* Canonical text. */
str due_period(const struct dues *dues, const struct period *period);
bool due_has(const struct period *period);

void due_write_text(const void *what);
void due_write_json(const void *what);
void due_write_ics(const void *what);

#endif
