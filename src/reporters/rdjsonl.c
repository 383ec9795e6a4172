/*
 * rdjsonl - Reviewdog Diagnostic Format, one JSON object a line: reviewdog
 * brings it to the reviews of any forge.
 *
 * Lines and columns count from 1, columns are UTF-8 bytes, an end is behind
 * the last. Source: proto/rdf/reviewdog.proto of reviewdog.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "lint/waive.h"
#include "reporters/fields.h"
#include "reporters/reporter.h"
#include "reporters/summary.h"

static void add_position(struct json *json, str key, struct place place)
{
	json_key(json, key);
	json_object(json);
	field_size(json, STR("line"), place.line);
	field_size(json, STR("column"), place.byte_column);
	json_end(json);
}

static void add_range(struct json *json, struct place start, struct place end)
{
	json_key(json, STR("range"));
	json_object(json);
	add_position(json, STR("start"), start);
	add_position(json, STR("end"), end);
	json_end(json);
}

static void add_location(struct json *json, str path, struct place start,
			 struct place end)
{
	json_key(json, STR("location"));
	json_object(json);
	field_string(json, STR("path"), path);
	if (start.line)
		add_range(json, start, end);
	json_end(json);
}

static void add_head(struct json *json, str message, struct safe severity,
		     str code)
{
	json_object(json);
	field_string(json, STR("message"), message);
	field_string(json, STR("severity"), severity.text);
	json_key(json, STR("source"));
	json_object(json);
	field_string(json, STR("name"), STR("abide"));
	json_end(json);
	json_key(json, STR("code"));
	json_object(json);
	field_string(json, STR("value"), code);
	json_end(json);
}

static void end_line(struct json *json)
{
	json_end(json);
	json_finish(json);
	out_safe(json->out, SAFE("\n"));
}

static void add_related(struct json *json, const struct secondary *other)
{
	if (!other->path.len)
		return;
	json_key(json, STR("related_locations"));
	json_array(json);
	json_object(json);
	field_string(json, STR("message"),
		     other->label.ptr ? other->label : STR(""));
	add_location(json, other->path, other->start, other->end);
	json_end(json);
	json_end(json);
}

/* As in sarif.c: only where the finding's own place is replaced. */
static void add_suggestion(struct json *json, const struct finding *finding)
{
	const struct edit *edit = finding->edit;

	if (!edit || !finding->start.line ||
	    edit->span.start != finding->span.start ||
	    edit->span.end != finding->span.end)
		return;
	json_key(json, STR("suggestions"));
	json_array(json);
	json_object(json);
	add_range(json, finding->start, finding->end);
	field_string(json, STR("text"), edit->text);
	json_end(json);
	json_end(json);
}

static void write_finding(struct out *out, const struct finding *finding)
{
	static const struct safe severities[] = {
		[SEVERITY_OFF] = SAFE_INIT("INFO"),
		[SEVERITY_NOTE] = SAFE_INIT("INFO"),
		[SEVERITY_WARNING] = SAFE_INIT("WARNING"),
		[SEVERITY_ERROR] = SAFE_INIT("ERROR"),
	};
	struct json json = json_start(out, 0);
	struct buf message;

	buf_init(&message, SIZE_MAX);
	if (finding->waiver) {
		buf_add(&message, STR("waived by "));
		buf_add(&message, finding->waiver->record->id);
		buf_add(&message, STR(": "));
	}
	buf_add(&message, finding_sentence(finding));
	add_head(
		&json, buf_str(&message),
		severities[finding->waiver ? SEVERITY_NOTE : finding->severity],
		finding->rule->id);
	if (finding->path.len)
		add_location(&json, finding->path, finding->start,
			     finding->end);
	add_suggestion(&json, finding);
	add_related(&json, &finding->other);
	end_line(&json);
	buf_done(&message);
}

static void rdjsonl_write(const struct report *report, const struct look *look,
			  struct out *out)
{
	(void)look;
	out->ci = true; /* as in json.c */
	for (size_t i = 0; i < report->incomplete_count; i++) {
		const struct incomplete *reason = &report->incomplete[i];
		struct json json = json_start(out, 0);

		add_head(&json, reason->reason, SAFE("ERROR"),
			 STR("incomplete"));
		if (reason->path.len)
			add_location(&json, reason->path, (struct place){0},
				     (struct place){0});
		end_line(&json);
	}
	for (size_t i = 0; i < report->finding_count; i++)
		write_finding(out, &report->findings[i]);
}

const struct reporter reporter_rdjsonl = {
	.name = "rdjsonl",
	.summary = "Reviewdog Diagnostic Format, one JSON object a line",
	.write = rdjsonl_write,
};
