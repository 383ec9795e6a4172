/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "reporters/fields.h"
#include "reporters/reporter.h"

enum { INDENT = 2 };

static void add_rules(struct json *json, const struct report *report)
{
	json_key(json, STR("rules"));
	json_array(json);
	for (size_t i = 0; i < report->rule_count; i++) {
		json_object(json);
		fields_rule(json, &report->rules[i]);
		json_end(json);
	}
	json_end(json);
}

static void add_findings(struct json *json, str key,
			 const struct finding *findings, size_t count,
			 bool fixed)
{
	json_key(json, key);
	json_array(json);
	for (size_t i = 0; i < count; i++) {
		json_object(json);
		fields_finding(json, &findings[i], fixed);
		json_end(json);
	}
	json_end(json);
}

static void json_write(const struct report *report, const struct look *look,
		       struct out *out)
{
	struct json json = json_start(out, INDENT);

	(void)look;
	/* Costs nothing in JSON, where an escape is the same character: so the
	 * bytes do not depend on where the program runs. */
	out->ci = true;
	json_object(&json);
	fields_head(&json, report);
	fields_status(&json, report);
	fields_counts(&json, report);
	add_rules(&json, report);
	add_findings(&json, STR("findings"), report->findings,
		     report->finding_count, false);
	add_findings(&json, STR("unchanged"), report->unchanged,
		     report->unchanged_count, false);
	add_findings(&json, STR("fixed"), report->fixed, report->fixed_count,
		     true);
	fields_end(&json);
	json_end(&json);
	json_finish(&json);
	out_safe(out, SAFE("\n"));
}

const struct reporter reporter_json = {
	.name = "json",
	.summary = "one JSON document with everything that is known",
	.write = json_write,
};
