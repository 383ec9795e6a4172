/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/retention.h"

enum { LABEL = 13 };

static void text(const struct retention *retention, str untrusted)
{
	out_text(retention->env->out, untrusted, ENCODE_TERMINAL);
}

static void label(const struct retention *retention, const char *name)
{
	size_t len = strlen(name);

	out_safe(retention->env->out, SAFE("  "));
	text(retention, str_of(name));
	out_repeat(retention->env->out, SAFE(" "),
		   len < LABEL ? LABEL - len : 1);
}

static void end(const struct retention *retention)
{
	out_safe(retention->env->out, SAFE("\n"));
}

static void line(const struct retention *retention, const char *name, str value)
{
	if (!value.len)
		return;
	label(retention, name);
	text(retention, value);
	end(retention);
}

static str day(const struct retention *retention, struct instant at)
{
	char written[INSTANT_TEXT];

	return str_keep(retention->arena,
			str_make(written, date_format(written, at)));
}

static void write_rule(const struct retention *retention,
		       const struct schedule *schedule)
{
	struct arena *arena = retention->arena;
	bool has = schedule->period.text.ptr;

	line(retention, "period",
	     str_format(
		     arena,
		     STR_FMT " from " STR_FMT " (" STR_FMT ", " STR_FMT ")",
		     STR_ARG(has ? schedule->period.text : schedule->criteria),
		     STR_ARG(schedule->trigger), STR_ARG(schedule->rule->id),
		     STR_ARG(schedule->basis)));
	line(retention, "law", schedule->law);
	if (schedule->minimum.text.ptr)
		line(retention, "minimum",
		     str_format(arena, STR_FMT "%s" STR_FMT " (" STR_FMT ")",
				STR_ARG(schedule->minimum.text),
				schedule->minimum_start.ptr ? " from " : "",
				STR_ARG(schedule->minimum_start),
				STR_ARG(schedule->minimum_source)));
	if (schedule->maximum.text.ptr)
		line(retention, "maximum",
		     str_format(arena, STR_FMT " (" STR_FMT ")",
				STR_ARG(schedule->maximum.text),
				STR_ARG(schedule->maximum_source)));
}

static void write_systems(const struct retention *retention,
			  const struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->systems.count; i++) {
		const struct kept_in *kept = &schedule->systems.at[i];
		bool set = kept->configured.text.ptr;

		line(retention, i ? "" : "systems",
		     str_format(
			     retention->arena,
			     STR_FMT ": " STR_FMT ", deletion " STR_FMT
				     "%s" STR_FMT,
			     STR_ARG(kept->asset->id),
			     STR_ARG(set ? kept->configured.text
					 : STR("no period set")),
			     STR_ARG(kept->deletion.ptr ? kept->deletion
							: STR("not stated")),
			     kept->run ? ", last run " : "",
			     STR_ARG(kept->run
					     ? day(retention,
						   clock_day(&retention->clock,
							     kept->run_at))
					     : STR(""))));
	}
	for (size_t i = 0; i < schedule->notices.count; i++)
		line(retention, i ? "" : "notices",
		     str_format(retention->arena, STR_FMT " promises " STR_FMT,
				STR_ARG(schedule->notices.at[i].notice->id),
				STR_ARG(schedule->notices.at[i].period.text)));
}

static void write_disposal(const struct retention *retention,
			   const struct schedule *schedule)
{
	struct arena *arena = retention->arena;

	line(retention, "disposal",
	     str_format(arena, STR_FMT ", %s, every " STR_FMT "%s" STR_FMT,
			STR_ARG(schedule->method),
			schedule->automated ? "automated" : "by hand",
			STR_ARG(schedule->interval.text),
			schedule->backups.text.ptr ? ", backups within " : "",
			STR_ARG(schedule->backups.text)));
	line(retention, "responsible", schedule->responsible);
}

/* One step of the arithmetic. */
static void step(const struct retention *retention, struct instant at,
		 str words)
{
	out_safe(retention->env->out, SAFE("    "));
	text(retention, day(retention, at));
	out_safe(retention->env->out, SAFE("  "));
	text(retention, words);
	end(retention);
}

static void reckon(const struct retention *retention, str head, str trigger,
		   const struct span_of_time *span)
{
	struct arena *arena = retention->arena;
	struct reckoning made;

	if (!span->text.ptr)
		return;
	out_safe(retention->env->out, SAFE("  "));
	text(retention, head);
	end(retention);
	if (!retention_reckon(&made, retention, trigger, &span->period,
			      retention->today)) {
		out_safe(retention->env->out,
			 SAFE("    ends outside the calendar\n"));
		return;
	}
	step(retention, made.event, STR("the event, as an example"));
	if (made.years)
		step(retention, made.financial,
		     retention->year_known
			     ? STR("end of the financial year it falls in")
			     : STR("end of the financial year it falls in, "
				   "taken to be the calendar year"));
	if (str_starts(trigger, STR("calendar-year-end")))
		step(retention, made.start, STR("end of that calendar year"));
	step(retention, made.end,
	     str_format(arena, STR_FMT " later, the last day it is kept",
			STR_ARG(span->text)));
	step(retention, made.first, STR("the first day it may be deleted"));
}

/* When it is gone everywhere, if the job runs once an interval. */
static void write_latest(const struct retention *retention,
			 const struct schedule *schedule)
{
	struct reckoning made;
	struct instant run;
	struct instant gone;
	struct error err;

	if (!schedule->period.text.ptr || !schedule->interval.text.ptr ||
	    !retention_reckon(&made, retention, schedule->trigger,
			      &schedule->period.period, retention->today) ||
	    !period_plus(&run, made.end, &schedule->interval.period, NULL,
			 &err))
		return;
	step(retention, run,
	     str_format(retention->arena,
			"the last run that may take it, every " STR_FMT,
			STR_ARG(schedule->interval.text)));
	if (schedule->backups.text.ptr &&
	    period_plus(&gone, run, &schedule->backups.period, NULL, &err))
		step(retention, gone,
		     str_format(retention->arena,
				"gone from backups, within " STR_FMT,
				STR_ARG(schedule->backups.text)));
}

static void write_schedule(const struct retention *retention,
			   const struct schedule *schedule)
{
	text(retention, schedule->category->id);
	out_safe(retention->env->out, SAFE("  "));
	text(retention, schedule->category->title);
	end(retention);
	line(retention, "purpose", schedule->purpose);
	if (schedule->rule)
		write_rule(retention, schedule);
	else
		line(retention, "period", STR("no rule is in force"));
	write_systems(retention, schedule);
	if (schedule->rule)
		write_disposal(retention, schedule);
	for (size_t i = 0; i < schedule->holds.count; i++)
		line(retention, "held", schedule->holds.at[i]->id);
	for (size_t i = 0; i < schedule->conflicts.count; i++)
		line(retention, "CONFLICT", schedule->conflicts.at[i]);
	if (!retention->explain || !schedule->rule)
		return;
	reckon(retention,
	       str_format(retention->arena, "by the rule, from " STR_FMT,
			  STR_ARG(schedule->trigger)),
	       schedule->trigger, &schedule->period);
	write_latest(retention, schedule);
	reckon(retention,
	       str_format(retention->arena, "by the law, from " STR_FMT,
			  STR_ARG(schedule->minimum_start.ptr
					  ? schedule->minimum_start
					  : schedule->trigger)),
	       schedule->minimum_start.ptr ? schedule->minimum_start
					   : schedule->trigger,
	       &schedule->minimum);
}

void retention_write_text(const void *what)
{
	const struct retention *retention = what;
	size_t conflicts = 0;

	for (size_t i = 0; i < retention->schedules.count; i++) {
		write_schedule(retention, &retention->schedules.at[i]);
		end(retention);
		conflicts += retention->schedules.at[i].conflicts.count;
	}
	out_size(retention->env->out, retention->schedules.count);
	out_safe(retention->env->out,
		 retention->schedules.count == 1
			 ? SAFE(" line of the schedule, ")
			 : SAFE(" lines of the schedule, "));
	out_size(retention->env->out, conflicts);
	out_safe(retention->env->out,
		 conflicts == 1 ? SAFE(" conflict (") : SAFE(" conflicts ("));
	text(retention, retention->input->what);
	out_safe(retention->env->out, SAFE(")\n"));
}
