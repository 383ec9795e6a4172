/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/effect.h"

enum { SCHEMA = 1 };

static void text(struct json *json, str key, str value)
{
	json_text_or_null(json, key, value);
}

static void number(struct json *json, str key, size_t value)
{
	json_key(json, key);
	json_size(json, value);
}

static void time_of(struct json *json, str key, struct instant at)
{
	char to[INSTANT_TEXT];

	text(json, key, str_make(to, instant_format(to, at)));
}

static str name_of(const struct effect *effect, const struct record *record)
{
	return record ? str_format(effect->past->arena, STR_FMT "/" STR_FMT,
				   STR_ARG(record->kind), STR_ARG(record->id))
		      : (str){0};
}

static void write_counts(struct json *json, size_t expected,
			 const size_t counts[OCCURRENCE_STATES])
{
	number(json, STR("expected"), expected);
	number(json, STR("on_time"), counts[OCCURRENCE_ON_TIME]);
	number(json, STR("late"), counts[OCCURRENCE_LATE]);
	number(json, STR("missing"), counts[OCCURRENCE_MISSING]);
	number(json, STR("pending"), counts[OCCURRENCE_PENDING]);
	number(json, STR("undated"), counts[OCCURRENCE_UNDATED]);
}

static void write_case(struct json *json, const struct effect *effect,
		       const struct effect_duty *duty,
		       const struct effect_case *one)
{
	const struct occurrence *found = &one->occurrence;

	json_object(json);
	text(json, STR("record"), name_of(effect, one->record));
	text(json, STR("item"), one->item);
	text(json, STR("state"), str_of(occurrence_state_name(found->state)));
	text(json, STR("due"),
	     found->has_due ? effect_time(effect, duty->obligation, found->due)
			    : (str){0});
	text(json, STR("done"),
	     found->has_done
		     ? effect_time(effect, duty->obligation, found->done)
		     : (str){0});
	text(json, STR("line"), one->name);
	json_end(json);
}

static void write_duty(struct json *json, const struct effect *effect,
		       const struct effect_duty *duty)
{
	json_object(json);
	text(json, STR("duty"), duty->obligation->id);
	text(json, STR("title"), duty->obligation->title);
	json_key(json, STR("cites"));
	json_array(json);
	for (size_t i = 0; i < duty->obligation->cite_count; i++)
		json_text(json, duty->obligation->cites[i].name);
	json_end(json);
	write_counts(json, duty->expected, duty->counts);
	json_key(json, STR("population"));
	json_array(json);
	for (size_t i = 0; i < duty->cases.count; i++)
		write_case(json, effect, duty, &duty->cases.at[i]);
	json_end(json);
	json_key(json, STR("sample"));
	json_array(json);
	for (size_t i = 0; i < duty->sample_count; i++)
		json_text(json, duty->cases.at[duty->sample[i]].name);
	json_end(json);
	json_end(json);
}

static void write_deviation(struct json *json, const struct effect *effect,
			    const struct effect_deviation *one)
{
	const struct finding *finding = &one->lifetime->finding;

	json_object(json);
	text(json, STR("rule"), finding->rule->id);
	json_finding(json, finding);
	time_of(json, STR("opened"), one->open.from);
	if (one->still) {
		json_key(json, STR("closed"));
		json_null(json);
	} else {
		time_of(json, STR("closed"), one->open.until);
	}
	text(json, STR("exception"), name_of(effect, one->exception));
	json_end(json);
}

static void write_exception(struct json *json, const struct effect *effect,
			    const struct effect_exception *one)
{
	struct instant last = one->holds.until;

	last.seconds--;
	json_object(json);
	text(json, STR("record"), name_of(effect, one->record));
	text(json, STR("status"), one->record->status);
	text(json, STR("approved_by"),
	     node_text(one->record->root, STR("approved_by")));
	text(json, STR("from"), effect_date(effect, one->holds.from));
	text(json, STR("to"), effect_date(effect, last));
	json_end(json);
}

static void write_control(struct json *json, const struct effect *effect,
			  const struct effect_control *control)
{
	json_object(json);
	text(json, STR("control"), control->name);
	text(json, STR("title"), control->title);
	text(json, STR("record"), name_of(effect, control->record));
	write_counts(json, control->expected, control->counts);
	json_key(json, STR("duties"));
	json_array(json);
	for (size_t i = 0; i < control->duties.count; i++)
		json_text(json, control->duties.at[i]->obligation->id);
	json_end(json);
	json_key(json, STR("deviations"));
	json_array(json);
	for (size_t i = 0; i < control->deviations.count; i++)
		json_text(json,
			  str_make(control->deviations.at[i]
					   ->lifetime->finding.fingerprint,
				   FINDING_ID));
	json_end(json);
	json_key(json, STR("exceptions"));
	json_array(json);
	for (size_t i = 0; i < control->exceptions.count; i++)
		json_text(json,
			  name_of(effect, control->exceptions.at[i]->record));
	json_end(json);
	json_end(json);
}

static void write_lists(struct json *json, const struct effect *effect)
{
	json_key(json, STR("duties"));
	json_array(json);
	for (size_t i = 0; i < effect->duties.count; i++)
		write_duty(json, effect, &effect->duties.at[i]);
	json_end(json);
	json_key(json, STR("controls"));
	json_array(json);
	for (size_t i = 0; i < effect->controls.count; i++)
		write_control(json, effect, &effect->controls.at[i]);
	json_end(json);
	json_key(json, STR("deviations"));
	json_array(json);
	for (size_t i = 0; i < effect->deviations.count; i++)
		write_deviation(json, effect, &effect->deviations.at[i]);
	json_end(json);
	json_key(json, STR("exceptions"));
	json_array(json);
	for (size_t i = 0; i < effect->exceptions.count; i++)
		write_exception(json, effect, &effect->exceptions.at[i]);
	json_end(json);
	json_key(json, STR("notes"));
	json_array(json);
	for (size_t i = 0; i < effect->notes.count; i++)
		json_text(json, effect->notes.at[i]);
	json_end(json);
	json_key(json, STR("not_known"));
	json_array(json);
	for (size_t i = 0; i < effect->dues.problems.count; i++)
		json_text(json, effect->dues.problems.at[i]);
	json_end(json);
}

void effect_write_json(const void *what)
{
	const struct effect *effect = what;
	struct json json = past_json_start(effect->past, SCHEMA);

	time_of(&json, STR("as_of"), effect->past->input.now);
	time_of(&json, STR("from"), effect->period.from);
	time_of(&json, STR("until"), effect->period.until);
	text(&json, STR("control"), effect->only);
	text(&json, STR("seed"), effect->seed);
	write_lists(&json, effect);
	say_json_ground(effect->past, &json);
	past_json_end(&json, effect->past);
}
