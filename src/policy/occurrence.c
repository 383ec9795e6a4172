/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/occurrence.h"

#include "base/vec.h"

/* Deadlines in a row without a delivery that are counted. */
enum { MISSING_MOST = 999 };

const char *occurrence_state_name(enum occurrence_state state)
{
	static const char *const names[OCCURRENCE_STATES] = {
		[OCCURRENCE_ON_TIME] = "on time",
		[OCCURRENCE_LATE] = "late",
		[OCCURRENCE_MISSING] = "missing",
		[OCCURRENCE_PENDING] = "pending",
		[OCCURRENCE_UNDATED] = "undated",
	};

	return names[state];
}

void occurrences_done(struct occurrences *occurrences)
{
	vec_done(occurrences);
}

static bool is_before(struct instant a, struct instant b)
{
	return instant_compare(a, b) < 0;
}

static void add_passed(struct occurrences *to, enum occurrence_state state,
		       struct instant due)
{
	*vec_push(to) = (struct occurrence){
		.state = state, .has_due = true, .due = due, .date = due};
}

static void add_first(struct occurrences *to, struct instant done)
{
	*vec_push(to) = (struct occurrence){.state = OCCURRENCE_ON_TIME,
					    .has_done = true,
					    .done = done,
					    .date = done};
}

static void add_done(struct occurrences *to, struct instant due,
		     struct instant late, struct instant done)
{
	bool is_late = is_before(late, done);

	*vec_push(to) = (struct occurrence){
		.state = is_late ? OCCURRENCE_LATE : OCCURRENCE_ON_TIME,
		.has_due = true,
		.due = due,
		.has_done = true,
		.done = done,
		.date = is_late ? due : done,
	};
}

/* One delivery after `start`, and what was missed before it. */
static bool add_delivery(struct occurrences *to,
			 const struct occurrence_plan *plan,
			 struct instant start, struct instant done)
{
	struct instant due;
	struct instant late;

	if (!plan->deadline(plan->context, &due, &late, start, 1))
		return false;
	for (int64_t times = 2; is_before(late, done) && times <= MISSING_MOST;
	     times++) {
		struct instant next_due;
		struct instant next_late;

		if (!plan->deadline(plan->context, &next_due, &next_late, start,
				    times))
			return false;
		if (!is_before(next_due, done) || !is_before(due, next_due))
			break;
		add_passed(to, OCCURRENCE_MISSING, due);
		due = next_due;
		late = next_late;
	}
	add_done(to, due, late, done);
	return true;
}

/* What nobody has delivered: missing up to now, and one that is to come. */
static bool add_open(struct occurrences *to, const struct occurrence_plan *plan,
		     struct instant start)
{
	struct instant last = start;

	for (int64_t times = 1; times <= MISSING_MOST; times++) {
		struct instant due;
		struct instant late;

		if (!plan->deadline(plan->context, &due, &late, start, times))
			return false;
		if (times > 1 && !is_before(last, due))
			break; /* no interval: it comes once */
		last = due;
		if (!is_before(late, plan->now)) {
			add_passed(to, OCCURRENCE_PENDING, due);
			break;
		}
		add_passed(to, OCCURRENCE_MISSING, due);
	}
	return true;
}

bool occurrences_every(struct occurrences *to,
		       const struct occurrence_plan *plan)
{
	bool has_start = plan->has_start;
	struct instant start = plan->start;
	size_t i = 0;

	if (plan->done_count &&
	    (!has_start || is_before(plan->done[0], start))) {
		add_first(to, plan->done[0]);
		has_start = true;
		start = plan->done[i++];
	}
	if (!has_start) {
		*vec_push(to) =
			(struct occurrence){.state = OCCURRENCE_UNDATED};
		return true;
	}
	for (; i < plan->done_count; i++) {
		/* Two deliveries of one day are one. */
		if (!is_before(start, plan->done[i]))
			continue;
		if (!add_delivery(to, plan, start, plan->done[i]))
			return false;
		start = plan->done[i];
	}
	return add_open(to, plan, start);
}

bool occurrences_within(struct occurrences *to,
			const struct occurrence_plan *plan)
{
	struct occurrence one = {.date = plan->start};
	struct instant late;

	if (!plan->has_start) {
		if (plan->done_count)
			add_first(to, plan->done[0]);
		else
			*vec_push(to) = (struct occurrence){
				.state = OCCURRENCE_UNDATED};
		return true;
	}
	if (!plan->deadline(plan->context, &one.due, &late, plan->start, 1))
		return false;
	one.has_due = true;
	one.has_done = plan->done_count > 0;
	if (one.has_done) {
		one.done = plan->done[plan->done_count - 1];
		one.state = is_before(late, one.done) ? OCCURRENCE_LATE
						      : OCCURRENCE_ON_TIME;
	} else {
		one.state = is_before(late, plan->now) ? OCCURRENCE_MISSING
						       : OCCURRENCE_PENDING;
	}
	*vec_push(to) = one;
	return true;
}
