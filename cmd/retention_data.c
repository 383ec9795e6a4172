/*
 * retention_data - the schedule for programs: JSON and CSV.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/retention.h"

enum { INDENT = 2, SCHEMA = 1 };

static void member(struct json *json, str key, str value)
{
	json_key(json, key);
	if (value.ptr)
		json_text(json, value);
	else
		json_null(json);
}

static void flag(struct json *json, str key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

static str day(const struct retention *retention, struct instant at)
{
	char written[INSTANT_TEXT];

	return str_keep(retention->arena,
			str_make(written, date_format(written, at)));
}

static str id_of(const struct record *record)
{
	return record ? record->id : (str){0};
}

static void limit(struct json *json, str key, const struct span_of_time *span,
		  str start, str source)
{
	json_key(json, key);
	if (!span->text.ptr) {
		json_null(json);
		return;
	}
	json_object(json);
	member(json, STR("period"), span->text);
	member(json, STR("start"), start);
	member(json, STR("source"), source);
	json_end(json);
}

static void write_systems(struct json *json, const struct retention *retention,
			  const struct schedule *schedule)
{
	json_key(json, STR("systems"));
	json_array(json);
	for (size_t i = 0; i < schedule->systems.count; i++) {
		const struct kept_in *kept = &schedule->systems.at[i];

		json_object(json);
		member(json, STR("asset"), kept->asset->id);
		member(json, STR("configured_period"), kept->configured.text);
		member(json, STR("deletion"), kept->deletion);
		member(json, STR("backup_retention"), kept->backup.text);
		member(json, STR("last_run"), id_of(kept->run));
		member(json, STR("last_run_on"),
		       kept->run ? day(retention, clock_day(&retention->clock,
							    kept->run_at))
				 : (str){0});
		json_end(json);
	}
	json_end(json);
	json_key(json, STR("notices"));
	json_array(json);
	for (size_t i = 0; i < schedule->notices.count; i++) {
		json_object(json);
		member(json, STR("notice"), schedule->notices.at[i].notice->id);
		member(json, STR("period"),
		       schedule->notices.at[i].period.text);
		json_end(json);
	}
	json_end(json);
	json_key(json, STR("holds"));
	json_array(json);
	for (size_t i = 0; i < schedule->holds.count; i++)
		json_text(json, schedule->holds.at[i]->id);
	json_end(json);
	json_key(json, STR("conflicts"));
	json_array(json);
	for (size_t i = 0; i < schedule->conflicts.count; i++)
		json_text(json, schedule->conflicts.at[i]);
	json_end(json);
}

static void reckoned(struct json *json, const struct retention *retention,
		     str key, str trigger, const struct span_of_time *span)
{
	struct reckoning made;

	json_key(json, key);
	if (!span->text.ptr ||
	    !retention_reckon(&made, retention, trigger, &span->period,
			      retention->today)) {
		json_null(json);
		return;
	}
	json_object(json);
	member(json, STR("event"), day(retention, made.event));
	member(json, STR("financial_year_end"),
	       made.years ? day(retention, made.financial) : (str){0});
	member(json, STR("start"), day(retention, made.start));
	member(json, STR("last_day_kept"), day(retention, made.end));
	member(json, STR("first_day_deleted"), day(retention, made.first));
	json_end(json);
}

static void write_schedule(struct json *json, const struct retention *retention,
			   const struct schedule *schedule)
{
	str start = schedule->minimum_start.ptr ? schedule->minimum_start
						: schedule->trigger;

	json_object(json);
	member(json, STR("category"), schedule->category->id);
	member(json, STR("title"), schedule->category->title);
	member(json, STR("purpose"), schedule->purpose);
	member(json, STR("rule"), id_of(schedule->rule));
	member(json, STR("period"), schedule->period.text);
	member(json, STR("criteria"), schedule->criteria);
	member(json, STR("trigger"), schedule->trigger);
	member(json, STR("basis"), schedule->basis);
	member(json, STR("law"), schedule->law);
	limit(json, STR("minimum"), &schedule->minimum, schedule->minimum_start,
	      schedule->minimum_source);
	limit(json, STR("maximum"), &schedule->maximum, (str){0},
	      schedule->maximum_source);
	member(json, STR("disposal"), schedule->method);
	flag(json, STR("automated"), schedule->automated);
	member(json, STR("execution_interval"), schedule->interval.text);
	member(json, STR("backups_purged_within"), schedule->backups.text);
	member(json, STR("responsible"), schedule->responsible);
	write_systems(json, retention, schedule);
	reckoned(json, retention, STR("example"), schedule->trigger,
		 &schedule->period);
	reckoned(json, retention, STR("example_of_law"), start,
		 &schedule->minimum);
	json_end(json);
}

void retention_write_json(const void *what)
{
	const struct retention *retention = what;
	struct json json = json_start(retention->env->out, INDENT);
	char written[INSTANT_TEXT];

	json_object(&json);
	json_key(&json, STR("schema"));
	json_int(&json, SCHEMA);
	member(&json, STR("now"),
	       str_make(written,
			instant_format(written, retention->input->now)));
	member(&json, STR("snapshot"), retention->input->what);
	member(&json, STR("policy"), retention->input->whose);
	flag(&json, STR("complete"), retention->problems.count == 0);
	json_key(&json, STR("problems"));
	json_array(&json);
	for (size_t i = 0; i < retention->problems.count; i++)
		json_text(&json, retention->problems.at[i]);
	json_end(&json);
	json_key(&json, STR("schedule"));
	json_array(&json);
	for (size_t i = 0; i < retention->schedules.count; i++)
		write_schedule(&json, retention, &retention->schedules.at[i]);
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	out_safe(retention->env->out, SAFE("\n"));
}

/* ---- CSV: RFC 4180, one line for each line of the schedule */

static void cell(const struct retention *retention, str value, bool last)
{
	out_text(retention->env->out, value.ptr ? value : STR(""), ENCODE_CSV);
	out_safe(retention->env->out, last ? SAFE("\r\n") : SAFE(","));
}

static str joined_systems(const struct retention *retention,
			  const struct schedule *schedule)
{
	str all = STR("");

	for (size_t i = 0; i < schedule->systems.count; i++) {
		const struct kept_in *kept = &schedule->systems.at[i];

		all = str_format(retention->arena,
				 STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(all),
				 i ? "; " : "", STR_ARG(kept->asset->id),
				 STR_ARG(kept->configured.text.ptr
						 ? kept->configured.text
						 : STR("-")));
	}
	return all;
}

static str joined_notices(const struct retention *retention,
			  const struct schedule *schedule)
{
	str all = STR("");

	for (size_t i = 0; i < schedule->notices.count; i++)
		all = str_format(retention->arena,
				 STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(all),
				 i ? "; " : "",
				 STR_ARG(schedule->notices.at[i].notice->id),
				 STR_ARG(schedule->notices.at[i].period.text));
	return all;
}

static str last_run(const struct retention *retention,
		    const struct schedule *schedule)
{
	const struct kept_in *latest = NULL;

	for (size_t i = 0; i < schedule->systems.count; i++) {
		const struct kept_in *kept = &schedule->systems.at[i];

		if (kept->run && (!latest || instant_compare(latest->run_at,
							     kept->run_at) < 0))
			latest = kept;
	}
	return latest ? day(retention,
			    clock_day(&retention->clock, latest->run_at))
		      : (str){0};
}

static str joined_conflicts(const struct retention *retention,
			    const struct schedule *schedule)
{
	str all = STR("");

	for (size_t i = 0; i < schedule->conflicts.count; i++)
		all = str_format(retention->arena, STR_FMT "%s" STR_FMT,
				 STR_ARG(all), i ? "; " : "",
				 STR_ARG(schedule->conflicts.at[i]));
	return all;
}

void retention_write_csv(const void *what)
{
	const struct retention *retention = what;
	static const char *const heads[] = {
		"category",    "title",		"purpose",  "rule",
		"period",      "trigger",	"basis",    "law",
		"minimum",     "minimum_start", "maximum",  "maximum_source",
		"systems",     "notices",	"disposal", "responsible",
		"last_run_on", "conflicts"};

	for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
		cell(retention, str_of(heads[i]), i + 1 == ARRAY_SIZE(heads));
	for (size_t i = 0; i < retention->schedules.count; i++) {
		const struct schedule *one = &retention->schedules.at[i];
		bool has = one->period.text.ptr;
		const str cells[ARRAY_SIZE(heads)] = {
			one->category->id,
			one->category->title,
			one->purpose,
			id_of(one->rule),
			has ? one->period.text : one->criteria,
			one->trigger,
			one->basis,
			one->law,
			one->minimum.text,
			one->minimum_start,
			one->maximum.text,
			one->maximum.text.ptr ? one->maximum_source : (str){0},
			joined_systems(retention, one),
			joined_notices(retention, one),
			one->method,
			one->responsible,
			last_run(retention, one),
			joined_conflicts(retention, one),
		};

		for (size_t k = 0; k < ARRAY_SIZE(cells); k++)
			cell(retention, cells[k], k + 1 == ARRAY_SIZE(cells));
	}
}
