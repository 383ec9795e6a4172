/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/retention.h"

static void add(struct schedule *schedule, str sentence)
{
	*vec_push(&schedule->conflicts) = sentence;
}

static void of_category(struct retention *retention, struct schedule *schedule)
{
	const struct node *personal =
		node_find(schedule->category->root, STR("personal"));

	(void)retention;
	if (!schedule->rule && personal && personal->as.boolean)
		add(schedule, STR("personal data without a retention rule in "
				  "force"));
}

/* The law runs from another event: a year or two apart for one from the end
 * of a year. Both are reckoned from the last day an event can be furthest from
 * its year's end, the first one of the financial year. */
static void of_start(struct retention *retention, struct schedule *schedule)
{
	struct reckoning ours;
	struct reckoning theirs;
	struct reckoning year;

	if (!schedule->minimum_start.ptr || !schedule->period.text.ptr ||
	    str_equal(schedule->minimum_start, schedule->trigger) ||
	    !retention_reckon(&year, retention, STR("financial-year-end"),
			      &(struct period){0}, retention->today) ||
	    !retention_reckon(&ours, retention, schedule->trigger,
			      &schedule->period.period, year.first) ||
	    !retention_reckon(&theirs, retention, schedule->minimum_start,
			      &schedule->minimum.period, year.first) ||
	    instant_compare(ours.end, theirs.end) >= 0)
		return;
	add(schedule,
	    str_format(
		    retention->arena,
		    STR_FMT " from " STR_FMT
			    " may end before the statutory minimum of " STR_FMT
			    " from " STR_FMT ", up to %lld days too early",
		    STR_ARG(schedule->period.text), STR_ARG(schedule->trigger),
		    STR_ARG(schedule->minimum.text),
		    STR_ARG(schedule->minimum_start),
		    (long long)days_between(ours.end, theirs.end, NULL)));
}

static void of_law(struct retention *retention, struct schedule *schedule)
{
	struct arena *arena = retention->arena;

	if (retention_longer(&schedule->minimum, &schedule->period))
		add(schedule,
		    str_format(arena,
			       STR_FMT " is shorter than the statutory minimum "
				       "of " STR_FMT " (" STR_FMT ")",
			       STR_ARG(schedule->period.text),
			       STR_ARG(schedule->minimum.text),
			       STR_ARG(schedule->minimum_source)));
	else
		of_start(retention, schedule);
	if (retention_longer(&schedule->period, &schedule->maximum))
		add(schedule, str_format(arena,
					 STR_FMT " is longer than " STR_FMT
						 ", the most by " STR_FMT,
					 STR_ARG(schedule->period.text),
					 STR_ARG(schedule->maximum.text),
					 STR_ARG(schedule->maximum_source)));
	if (retention_longer(&schedule->minimum, &schedule->maximum))
		add(schedule,
		    str_format(
			    arena,
			    "no period satisfies both: the minimum is " STR_FMT
			    ", the maximum " STR_FMT,
			    STR_ARG(schedule->minimum.text),
			    STR_ARG(schedule->maximum.text)));
}

static void of_system(struct retention *retention, struct schedule *schedule,
		      const struct kept_in *kept)
{
	struct arena *arena = retention->arena;
	str id = kept->asset->id;

	if (str_is(kept->deletion, "none"))
		add(schedule, str_format(arena,
					 STR_FMT " deletes nothing: the rule "
						 "cannot be carried out there",
					 STR_ARG(id)));
	if (retention_longer(&kept->configured, &schedule->period))
		add(schedule,
		    str_format(arena,
			       STR_FMT " keeps it for " STR_FMT
				       ", the rule allows " STR_FMT,
			       STR_ARG(id), STR_ARG(kept->configured.text),
			       STR_ARG(schedule->period.text)));
	if (retention_longer(&schedule->period, &kept->configured))
		add(schedule,
		    str_format(arena,
			       STR_FMT " keeps it for " STR_FMT
				       ", the rule says " STR_FMT,
			       STR_ARG(id), STR_ARG(kept->configured.text),
			       STR_ARG(schedule->period.text)));
	if (retention_longer(&kept->backup, &schedule->backups))
		add(schedule,
		    str_format(arena,
			       "backups of " STR_FMT " live for " STR_FMT
			       ", the rule purges them within " STR_FMT,
			       STR_ARG(id), STR_ARG(kept->backup.text),
			       STR_ARG(schedule->backups.text)));
}

static void of_promises(struct retention *retention, struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->notices.count; i++) {
		const struct promise *promise = &schedule->notices.at[i];

		if (!retention_longer(&promise->period, &schedule->period) &&
		    !retention_longer(&schedule->period, &promise->period))
			continue;
		add(schedule, str_format(retention->arena,
					 STR_FMT " promises " STR_FMT
						 ", the rule says " STR_FMT,
					 STR_ARG(promise->notice->id),
					 STR_ARG(promise->period.text),
					 STR_ARG(schedule->period.text)));
	}
}

static bool is_general(const struct record *rule)
{
	const struct node *list = node_find(rule->root, STR("applies_to"));

	return !list || list->count == 0;
}

/* Two rules for everything that do not say the same. */
static void of_rivals(struct retention *retention, struct schedule *schedule)
{
	for (size_t i = 0; i < retention->schedules.count; i++) {
		const struct schedule *other = &retention->schedules.at[i];

		if (other->rule == schedule->rule ||
		    other->category != schedule->category ||
		    !is_general(other->rule) || !is_general(schedule->rule) ||
		    (str_equal(other->trigger, schedule->trigger) &&
		     other->period.text.ptr && schedule->period.text.ptr &&
		     !retention_longer(&other->period, &schedule->period) &&
		     !retention_longer(&schedule->period, &other->period)))
			continue;
		add(schedule,
		    str_format(retention->arena,
			       STR_FMT " applies to everything as well and "
				       "says otherwise",
			       STR_ARG(other->rule->id)));
	}
}

void retention_conflicts(struct retention *retention, struct schedule *schedule)
{
	of_category(retention, schedule);
	if (!schedule->rule)
		return;
	of_law(retention, schedule);
	of_rivals(retention, schedule);
	for (size_t i = 0; i < schedule->systems.count; i++)
		of_system(retention, schedule, &schedule->systems.at[i]);
	of_promises(retention, schedule);
	if (str_is(schedule->method, "pseudonymise") ||
	    str_is(schedule->method, "archive"))
		add(schedule,
		    str_format(retention->arena,
			       STR_FMT " does not end the retention: it is "
				       "still personal data (GDPR Art. 4(5))",
			       STR_ARG(schedule->method)));
}
