/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/fields.h"

#include "lint/waive.h"

#include "base/utf8.h"

void field_text(struct json *json, str key, str value)
{
	json_key(json, key);
	if (value.ptr)
		json_text(json, value);
	else
		json_null(json);
}

void field_string(struct json *json, str key, str value)
{
	json_key(json, key);
	json_text(json, value);
}

void field_size(struct json *json, str key, size_t value)
{
	json_key(json, key);
	json_size(json, value);
}

void field_bool(struct json *json, str key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

static void key_hex(struct json *json, str key, str bytes)
{
	static const char digits[] = "0123456789abcdef";
	struct buf hex;

	buf_init(&hex, SIZE_MAX);
	for (size_t i = 0; i < bytes.len; i++) {
		buf_byte(&hex, digits[(unsigned char)bytes.ptr[i] >> 4]);
		buf_byte(&hex, digits[(unsigned char)bytes.ptr[i] & 0xF]);
	}
	field_text(json, key, buf_str(&hex));
	buf_done(&hex);
}

/* "path", null for the repository as a whole. One that is no UTF-8 cannot be
 * said in JSON: its bytes follow, so nothing is lost. */
static void add_path(struct json *json, str path)
{
	bool lossy = json->out->lossy;

	field_text(json, STR("path"), path.len ? path : (str){NULL, 0});
	if (utf8_check(path) != SIZE_MAX) {
		json->out->lossy = lossy;
		key_hex(json, STR("path_bytes"), path);
	}
}

void fields_head(struct json *json, const struct report *report)
{
	char now[INSTANT_TEXT];
	size_t len = instant_format(now, report->now);

	field_size(json, STR("schema"), REPORT_SCHEMA);
	json_key(json, STR("tool"));
	json_object(json);
	field_string(json, STR("name"), STR("abide"));
	field_string(json, STR("version"), report->version);
	json_end(json);
	field_string(json, STR("now"), str_make(now, len));
	field_string(json, STR("snapshot"), report->snapshot);
	field_text(json, STR("policy"), report->policy);
	field_text(json, STR("base"), report->base);
}

void fields_status(struct json *json, const struct report *report)
{
	field_string(json, STR("status"),
		     report->incomplete_count ? STR("incomplete")
					      : STR("complete"));
	json_key(json, STR("incomplete"));
	json_array(json);
	for (size_t i = 0; i < report->incomplete_count; i++) {
		json_object(json);
		add_path(json, report->incomplete[i].path);
		field_string(json, STR("reason"), report->incomplete[i].reason);
		json_end(json);
	}
	json_end(json);
}

void fields_counts(struct json *json, const struct report *report)
{
	json_key(json, STR("counts"));
	json_object(json);
	field_size(json, STR("files"), report->files);
	field_size(json, STR("records"), report->records);
	field_size(json, STR("records_hit"), report->records_hit);
	field_size(json, STR("rules"), report->rule_count);
	field_size(json, STR("findings"), report->finding_count);
	field_size(json, STR("errors"), report->by_severity[SEVERITY_ERROR]);
	field_size(json, STR("warnings"),
		   report->by_severity[SEVERITY_WARNING]);
	field_size(json, STR("notes"), report->by_severity[SEVERITY_NOTE]);
	field_size(json, STR("waived"), report->waived);
	field_size(json, STR("hidden"), report->hidden);
	field_size(json, STR("unchanged"), report->unchanged_count);
	field_size(json, STR("fixed"), report->fixed_count);
	json_end(json);
	json_key(json, STR("remarks"));
	json_array(json);
	for (size_t i = 0; i < report->remark_count; i++)
		json_text(json, report->remarks[i].text);
	json_end(json);
}

static void add_cites(struct json *json, const struct rule *rule)
{
	json_key(json, STR("cites"));
	json_array(json);
	for (size_t i = 0; i < rule->cite_count; i++)
		json_text(json, rule->cites[i].name);
	json_end(json);
}

static void add_severity(struct json *json, str key, enum severity severity)
{
	field_string(json, key, str_of(severity_name(severity)));
}

void fields_rule(struct json *json, const struct rule_count *count)
{
	const struct rule *rule = count->rule;

	field_string(json, STR("id"), rule->id);
	field_text(json, STR("code"), rule->code);
	field_string(json, STR("title"), rule->title);
	add_severity(json, STR("severity"), rule->severity);
	add_severity(json, STR("shipped_severity"), rule->shipped);
	field_bool(json, STR("waivable"), rule->waivable);
	add_cites(json, rule);
	field_size(json, STR("judged"), count->judged);
	field_size(json, STR("not_applicable"), count->not_applicable);
	field_size(json, STR("skipped"), count->skipped);
	field_size(json, STR("failed"), count->failed);
	field_size(json, STR("waived"), count->waived);
	field_size(json, STR("findings"), count->findings);
}

static void add_span(struct json *json, struct span span)
{
	json_key(json, STR("span"));
	json_object(json);
	field_size(json, STR("start"), span.start);
	field_size(json, STR("end"), span.end);
	json_end(json);
}

/* Null where there is no line: the repository as a whole. */
static void add_place(struct json *json, str key, struct place place)
{
	json_key(json, key);
	if (place.line == 0) {
		json_null(json);
		return;
	}
	json_object(json);
	field_size(json, STR("line"), place.line);
	field_size(json, STR("column"), place.column);
	json_end(json);
}

static void add_record(struct json *json, const struct finding *finding)
{
	json_key(json, STR("record"));
	if (!finding->kind.ptr && !finding->id.ptr) {
		json_null(json);
		return;
	}
	json_object(json);
	field_text(json, STR("kind"), finding->kind);
	field_text(json, STR("id"), finding->id);
	json_end(json);
}

static void add_other(struct json *json, const struct secondary *other)
{
	json_key(json, STR("other"));
	if (!other->path.ptr) {
		json_null(json);
		return;
	}
	json_object(json);
	add_path(json, other->path);
	add_span(json, other->span);
	add_place(json, STR("start"), other->start);
	add_place(json, STR("end"), other->end);
	field_text(json, STR("label"), other->label);
	json_end(json);
}

static void add_edit(struct json *json, const struct edit *edit)
{
	json_key(json, STR("edit"));
	if (!edit) {
		json_null(json);
		return;
	}
	json_object(json);
	add_span(json, edit->span);
	field_string(json, STR("text"), edit->text);
	json_end(json);
}

static void add_waiver(struct json *json, const struct waiver *waiver)
{
	json_key(json, STR("waiver"));
	if (!waiver) {
		json_null(json);
		return;
	}
	json_object(json);
	field_string(json, STR("exception"), waiver->record->id);
	field_string(json, STR("reason"), waiver->reason);
	field_string(json, STR("approved_by"), waiver->approved_by);
	field_string(json, STR("approved_on"), waiver->approved_on);
	field_string(json, STR("expires_on"), waiver->expires_on);
	json_end(json);
}

/* Null when nothing was compared. */
static void add_state(struct json *json, const struct finding *finding,
		      bool fixed)
{
	static const char *const states[] = {
		[FINDING_STATE_UNKNOWN] = NULL,
		[FINDING_STATE_NEW] = "new",
		[FINDING_STATE_UNCHANGED] = "unchanged",
	};

	field_text(json, STR("state"),
		   fixed ? STR("fixed") : str_of(states[finding->state]));
	field_text(json, STR("cause"), finding->cause);
}

/* The commit that a finding about history is about. */
static void add_origin(struct json *json, const struct origin *origin)
{
	char when[INSTANT_TEXT];
	size_t len;

	json_key(json, STR("history"));
	if (!origin) {
		json_null(json);
		return;
	}
	len = instant_format(when, origin->when);
	json_object(json);
	field_string(json, STR("commit"), origin->commit);
	field_string(json, STR("landing"), origin->landing);
	field_text(json, STR("person"),
		   origin->person.len ? origin->person : (str){NULL, 0});
	field_string(json, STR("time"), str_make(when, len));
	json_end(json);
}

void fields_finding(struct json *json, const struct finding *finding,
		    bool fixed)
{
	field_string(json, STR("rule"), finding->rule->id);
	field_text(json, STR("code"), finding->rule->code);
	add_severity(json, STR("severity"), finding->severity);
	field_string(json, STR("message"),
		     finding->message.len ? finding->message
					  : finding->rule->title);
	field_text(json, STR("label"), finding->label);
	field_text(json, STR("help"),
		   finding->help.len ? finding->help : finding->rule->fix);
	add_path(json, finding->path);
	add_record(json, finding);
	field_text(json, STR("pointer"), finding->pointer);
	field_text(json, STR("discriminator"), finding->discriminator);
	if (finding->path.len) {
		add_span(json, finding->span);
	} else {
		json_key(json, STR("span"));
		json_null(json);
	}
	add_place(json, STR("start"), finding->start);
	add_place(json, STR("end"), finding->end);
	field_string(json, STR("fingerprint"),
		     str_make(finding->fingerprint, FINDING_ID));
	add_cites(json, finding->rule);
	add_other(json, &finding->other);
	add_edit(json, finding->edit);
	add_waiver(json, finding->waiver);
	add_state(json, finding, fixed);
	add_origin(json, finding->origin);
}

void fields_end(struct json *json)
{
	field_bool(json, STR("lossy"), out_json_is_lossy(json->out));
	field_bool(json, STR("complete"), true);
}
