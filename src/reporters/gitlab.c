/*
 * gitlab - a Code Quality report for GitLab's merge requests: a JSON array.
 *
 * GitLab shows neither the rule nor what the run was, so the rule stands in
 * the description, and what makes the result incomplete is an entry of its
 * own. Source: GitLab's documentation of the Code Quality report format.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/sha256.h"
#include "lint/waive.h"
#include "reporters/fields.h"
#include "reporters/reporter.h"
#include "reporters/summary.h"

enum { INDENT = 2 };

/* A path and a line are demanded: what is about the repository gets its root.
 */
static void add_location(struct json *json, str path, struct place start,
			 struct place end)
{
	json_key(json, STR("location"));
	json_object(json);
	field_string(json, STR("path"), path.len ? path : STR("."));
	json_key(json, STR("lines"));
	json_object(json);
	field_size(json, STR("begin"), start.line ? start.line : 1);
	if (end.line)
		field_size(json, STR("end"), end.line);
	json_end(json);
	json_end(json);
}

static void add_finding(struct json *json, const struct finding *finding)
{
	static const char *const severities[] = {
		[SEVERITY_OFF] = "info",
		[SEVERITY_NOTE] = "info",
		[SEVERITY_WARNING] = "minor",
		[SEVERITY_ERROR] = "major",
	};
	enum severity severity =
		finding->waiver ? SEVERITY_NOTE : finding->severity;
	struct buf text;

	buf_init(&text, SIZE_MAX);
	buf_add(&text, finding->rule->id);
	if (finding->waiver) {
		buf_add(&text, STR(" (waived by "));
		buf_add(&text, finding->waiver->record->id);
		buf_byte(&text, ')');
	}
	buf_add(&text, STR(": "));
	buf_add(&text, finding_sentence(finding));
	json_object(json);
	field_string(json, STR("description"), buf_str(&text));
	field_string(json, STR("check_name"), finding->rule->id);
	field_string(json, STR("fingerprint"),
		     str_make(finding->fingerprint, FINDING_ID));
	field_string(json, STR("severity"), str_of(severities[severity]));
	add_location(json, finding->path, finding->start, finding->end);
	json_end(json);
	buf_done(&text);
}

static void add_incomplete(struct json *json, const struct incomplete *reason)
{
	unsigned char sum[SHA256_RAW];
	char hex[SHA256_HEX + 1];
	struct sha256 sha;
	struct buf text;

	sha256_start(&sha);
	sha256_add(&sha, STR("incomplete\0"));
	sha256_add(&sha, reason->path);
	sha256_add(&sha, STR("\0"));
	sha256_add(&sha, reason->reason);
	sha256_finish(&sha, sum);
	sha256_format(hex, sum);
	buf_init(&text, SIZE_MAX);
	buf_add(&text, STR("the result is incomplete: "));
	buf_add(&text, reason->reason);
	json_object(json);
	field_string(json, STR("description"), buf_str(&text));
	field_string(json, STR("check_name"), STR("incomplete"));
	field_string(json, STR("fingerprint"), str_make(hex, SHA256_HEX));
	field_string(json, STR("severity"), STR("blocker"));
	add_location(json, reason->path, (struct place){0}, (struct place){0});
	json_end(json);
	buf_done(&text);
}

static void gitlab_write(const struct report *report, const struct look *look,
			 struct out *out)
{
	struct json json = json_start(out, INDENT);

	(void)look;
	out->ci = true; /* as in json.c */
	json_array(&json);
	for (size_t i = 0; i < report->incomplete_count; i++)
		add_incomplete(&json, &report->incomplete[i]);
	for (size_t i = 0; i < report->finding_count; i++)
		add_finding(&json, &report->findings[i]);
	/* GitLab compares with the target branch itself, and would take what
	 * is not here for fixed. */
	for (size_t i = 0; i < report->unchanged_count; i++)
		add_finding(&json, &report->unchanged[i]);
	json_end(&json);
	json_finish(&json);
	out_safe(out, SAFE("\n"));
}

const struct reporter reporter_gitlab = {
	.name = "gitlab",
	.summary = "a Code Quality report for GitLab's merge requests",
	.write = gitlab_write,
};
