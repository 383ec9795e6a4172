/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cmd/due.h"

enum { INDENT = 2, SCHEMA = 1 };

static void text_or_null(struct json *json, str key, str text)
{
	json_key(json, key);
	if (text.ptr)
		json_text(json, text);
	else
		json_null(json);
}

static void period_or_null(struct json *json, const struct dues *dues, str key,
			   const struct period *period)
{
	text_or_null(json, key,
		     due_has(period) ? due_period(dues, period) : (str){0});
}

static void moment(struct json *json, str key, struct instant at)
{
	char text[INSTANT_TEXT];

	json_key(json, key);
	json_text(json, str_make(text, instant_format(text, at)));
}

static void date(struct json *json, str key, bool known, struct instant at)
{
	char text[INSTANT_TEXT];

	json_key(json, key);
	if (known)
		json_text(json, str_make(text, date_format(text, at)));
	else
		json_null(json);
}

static void write_length(struct json *json, const struct dues *dues,
			 const struct due *due)
{
	static const char *const sources[] = {
		[DUE_BY_PARAMETER] = "parameter",
		[DUE_BY_RECORD] = "record",
		[DUE_BY_OBLIGATION] = "obligation",
	};

	period_or_null(json, dues, STR("period"), &due->length);
	period_or_null(json, dues, STR("extension"), &due->more);
	period_or_null(json, dues, STR("grace"), &due->grace);
	json_key(json, STR("source"));
	json_object(json);
	json_key(json, STR("type"));
	json_text(json, str_of(sources[due->by]));
	json_key(json, STR("name"));
	json_text(json, due->source);
	json_end(json);
	text_or_null(json, STR("reading"), due->obligation->reading);
	date(json, STR("moved_from"), due->rolled, due->before);
}

static void write_delivery(struct json *json, const struct dues *dues,
			   const struct due *due)
{
	date(json, STR("last"), due->delivered,
	     due->delivered ? clock_day(&dues->clock, due->last) : due->last);
	json_key(json, STR("deliveries"));
	json_size(json, due->deliveries);
	json_key(json, STR("missing"));
	json_size(json, due->missing);
}

static void write_due(struct json *json, const struct dues *dues,
		      const struct due *due)
{
	json_object(json);
	json_key(json, STR("state"));
	json_text(json, str_of(due_state_names[due->state]));
	json_key(json, STR("obligation"));
	json_text(json, due->obligation->id);
	json_key(json, STR("title"));
	json_text(json, due->obligation->title);
	text_or_null(json, STR("record"), due_record(dues, due));
	text_or_null(json, STR("path"),
		     due->record ? due->record->source->path : (str){0});
	text_or_null(json, STR("item"), due->item);
	text_or_null(json, STR("due"), due_when(dues, due));
	json_key(json, STR("days"));
	if (due->known)
		json_int(json, due->days);
	else
		json_null(json);
	json_key(json, STR("seconds"));
	if (due->known && due->obligation->exact)
		json_int(json, due->seconds);
	else
		json_null(json);
	text_or_null(json, STR("who"), due->who);
	write_length(json, dues, due);
	write_delivery(json, dues, due);
	json_key(json, STR("cites"));
	json_array(json);
	for (size_t i = 0; i < due->obligation->cite_count; i++)
		json_text(json, due->obligation->cites[i].name);
	json_end(json);
	json_end(json);
}

static void write_head(struct json *json, const struct dues *dues)
{
	json_key(json, STR("schema"));
	json_int(json, SCHEMA);
	moment(json, STR("now"), dues->now);
	date(json, STR("today"), true, dues->today);
	json_key(json, STR("timezone"));
	json_text(json, dues->clock.name);
	json_key(json, STR("snapshot"));
	json_text(json, dues->input->what);
	json_key(json, STR("policy"));
	json_text(json, dues->input->whose);
	json_key(json, STR("within"));
	json_text(json, due_period(dues, &dues->within));
	json_key(json, STR("complete"));
	json_bool(json, dues->problems.count == 0);
	json_key(json, STR("problems"));
	json_array(json);
	for (size_t i = 0; i < dues->problems.count; i++)
		json_text(json, dues->problems.at[i]);
	json_end(json);
	json_key(json, STR("counts"));
	json_object(json);
	for (size_t i = 0; i < DUE_STATES; i++) {
		json_key(json, str_of(due_state_names[i]));
		json_size(json, dues->counts[i]);
	}
	json_end(json);
}

void due_write_json(const void *what)
{
	const struct dues *dues = what;
	struct json json = json_start(dues->env->out, INDENT);

	json_object(&json);
	write_head(&json, dues);
	json_key(&json, STR("due"));
	json_array(&json);
	for (size_t i = 0; i < dues->items.count; i++)
		write_due(&json, dues, &dues->items.at[i]);
	json_end(&json);
	json_end(&json);
	json_finish(&json);
	out_safe(dues->env->out, SAFE("\n"));
}
