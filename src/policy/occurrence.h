/*
 * occurrence - what a duty asked for, each time, and what came of it.
 *
 * Work that comes back is counted as `abide due` counts it: each delivery
 * starts the interval anew. A delivery by its deadline (and what grace there
 * is) is on time; one after it is late, for the last deadline before it;
 * deadlines that passed before that one are missing. The last deadline that
 * has not passed yet is pending.
 *
 * Each occurrence has one date: of one on time the delivery, of the others the
 * deadline. So that it falls into one of two periods that touch, never both.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_OCCURRENCE_H
#define POLICY_OCCURRENCE_H

#include "base/error.h"
#include "base/instant.h"

enum occurrence_state {
	OCCURRENCE_ON_TIME,
	OCCURRENCE_LATE,
	OCCURRENCE_MISSING,
	OCCURRENCE_PENDING,
	OCCURRENCE_UNDATED, /* never done, and nothing to count from */
	OCCURRENCE_STATES,
};

struct occurrence {
	enum occurrence_state state;
	bool has_due;
	struct instant due;
	bool has_done;
	struct instant done;
	struct instant date; /* none of an undated one */
};

/* The deadline `times` intervals after a start, and the last moment at which a
 * delivery is in time. False: it cannot be reckoned, and it was told why. */
typedef bool occurrence_deadline(void *context, struct instant *due,
				 struct instant *late, struct instant start,
				 int64_t times);

struct occurrence_plan {
	const struct instant *done; /* deliveries, from the oldest */
	size_t done_count;
	bool has_start; /* when the first interval began */
	struct instant start;
	struct instant now;
	occurrence_deadline *deadline;
	void *context;
};

struct occurrences {
	struct occurrence *at;
	size_t count;
	size_t capacity;
};

/* Adds all occurrences of work that comes back, from the oldest. */
MUST_USE bool occurrences_every(struct occurrences *to,
				const struct occurrence_plan *plan);

/* Adds the one occurrence of a term that runs from an event; its date is the
 * event's. Of several deliveries the last one ends the work. */
MUST_USE bool occurrences_within(struct occurrences *to,
				 const struct occurrence_plan *plan);

/* Frees what it holds. */
void occurrences_done(struct occurrences *occurrences);

/* "on time", "late", ... */
const char *occurrence_state_name(enum occurrence_state state);

#endif
