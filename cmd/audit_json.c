/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/audit.h"

enum { SCHEMA = 1 };

static void text(struct json *json, str key, str value)
{
	json_text_or_null(json, key, value);
}

static void number(struct json *json, str key, int64_t value)
{
	json_key(json, key);
	json_int(json, value);
}

static void write_moment(struct json *json, const struct audit *audit, str key,
			 const struct moment *moment,
			 const struct commit_facts *who)
{
	const struct commit_facts *landing =
		history_landing(audit->past->history, moment->landing);
	char when[INSTANT_TEXT];

	json_key(json, key);
	json_object(json);
	text(json, STR("when"),
	     str_make(when, instant_format(when, moment->when)));
	json_key(json, STR("by_time"));
	json_bool(json, moment->by_time);
	text(json, STR("landing"),
	     who ? input_hex(audit->past->arena, landing->oid) : (str){0});
	text(json, STR("maker"),
	     who ? input_hex(audit->past->arena, who->oid) : (str){0});
	text(json, STR("made_by"),
	     who ? say_person(&who->author, &who->author_is) : (str){0});
	text(json, STR("subject"), who ? landing->subject : (str){0});
	json_end(json);
}

static void write_row(struct json *json, const struct audit *audit,
		      const struct audit_row *row)
{
	const struct finding *finding = &row->lifetime->finding;

	json_object(json);
	text(json, STR("rule"), finding->rule->id);
	text(json, STR("code"), finding->rule->code);
	json_finding(json, finding);
	number(json, STR("stay"), (int64_t)row->number + 1);
	write_moment(json, audit, STR("opened"), &row->stay->opened,
		     row->opened_by);
	if (row->stay->open) {
		json_key(json, STR("closed"));
		json_null(json);
	} else {
		write_moment(json, audit, STR("closed"), &row->stay->closed,
			     row->closed_by);
	}
	number(json, STR("days"), row->days);
	json_end(json);
}

static void write_month(struct json *json, const struct audit *audit,
			const struct audit_month *month)
{
	json_object(json);
	text(json, STR("month"), audit_month_name(audit, month->from));
	number(json, STR("errors"), (int64_t)month->open[SEVERITY_ERROR]);
	number(json, STR("warnings"), (int64_t)month->open[SEVERITY_WARNING]);
	number(json, STR("notes"), (int64_t)month->open[SEVERITY_NOTE]);
	number(json, STR("overdue"), (int64_t)month->overdue);
	number(json, STR("opened"), (int64_t)month->opened);
	number(json, STR("closed"), (int64_t)month->closed);
	json_key(json, STR("mean_days_to_fix"));
	if (month->closed)
		json_int(json, month->days / (int64_t)month->closed);
	else
		json_null(json);
	json_end(json);
}

void audit_write_json(const void *what)
{
	const struct audit *audit = what;
	struct json json = past_json_start(audit->past, SCHEMA);
	const str *notes;
	size_t count = audit_notes(audit, &notes);
	char now[INSTANT_TEXT];

	text(&json, STR("as_of"),
	     str_make(now, instant_format(now, audit->past->input.now)));
	json_key(&json, STR("findings"));
	json_array(&json);
	for (size_t i = 0; i < audit->rows.count; i++)
		write_row(&json, audit, &audit->rows.at[i]);
	json_end(&json);
	json_key(&json, STR("months"));
	json_array(&json);
	for (size_t i = 0; i < audit->months.count; i++)
		write_month(&json, audit, &audit->months.at[i]);
	json_end(&json);
	json_key(&json, STR("notes"));
	json_array(&json);
	for (size_t i = 0; i < count; i++)
		json_text(&json, notes[i]);
	json_end(&json);
	say_json_ground(audit->past, &json);
	past_json_end(&json, audit->past);
}
