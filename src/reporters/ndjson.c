/*
 * ndjson - the same as json in lines: `run`, a `rule` for each that ran, a
 * `finding` for each, with a base `unchanged` and `fixed` ones, and `end`.
 * Without its end line a report was lost on the
 * way, and says nothing about what is clean.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "reporters/fields.h"
#include "reporters/reporter.h"

static struct json begin(struct out *out, str type)
{
	struct json json = json_start(out, 0);

	json_object(&json);
	json_key(&json, STR("type"));
	json_text(&json, type);
	return json;
}

static void end(struct json *json)
{
	json_end(json);
	json_finish(json);
	out_safe(json->out, SAFE("\n"));
}

static void write_findings(struct out *out, str type,
			   const struct finding *findings, size_t count,
			   bool fixed)
{
	for (size_t i = 0; i < count; i++) {
		struct json json = begin(out, type);

		fields_finding(&json, &findings[i], fixed);
		end(&json);
	}
}

static void ndjson_write(const struct report *report, const struct look *look,
			 struct out *out)
{
	struct json json;

	(void)look;
	out->ci = true; /* as in json.c */
	json = begin(out, STR("run"));
	fields_head(&json, report);
	end(&json);
	for (size_t i = 0; i < report->rule_count; i++) {
		json = begin(out, STR("rule"));
		fields_rule(&json, &report->rules[i]);
		end(&json);
	}
	write_findings(out, STR("finding"), report->findings,
		       report->finding_count, false);
	write_findings(out, STR("unchanged"), report->unchanged,
		       report->unchanged_count, false);
	write_findings(out, STR("fixed"), report->fixed, report->fixed_count,
		       true);
	json = begin(out, STR("end"));
	fields_status(&json, report);
	fields_counts(&json, report);
	fields_end(&json);
	end(&json);
}

const struct reporter reporter_ndjson = {
	.name = "ndjson",
	.summary = "JSON, one line for the run, each rule and finding, the end",
	.write = ndjson_write,
};
