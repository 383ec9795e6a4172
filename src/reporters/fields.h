/*
 * fields - what the formats json and ndjson say about a run, in one place.
 *
 * Every function writes the members of an object that is open, or a whole
 * value where its name says so. Members are always there; what is absent is
 * null. The schemas are schema/abide/report.yaml and report-line.yaml.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORTERS_FIELDS_H
#define REPORTERS_FIELDS_H

#include "base/json.h"
#include "lint/report.h"

enum { REPORT_SCHEMA = 1 }; /* the version of both formats */

/* One member of the object that is open: a text, or null for an absent one; a
 * text that is always there; a number; a truth value. */
void field_text(struct json *json, str key, str value);
void field_string(struct json *json, str key, str value);
void field_size(struct json *json, str key, size_t value);
void field_bool(struct json *json, str key, bool value);

/* "schema", "tool", "now", "snapshot", "policy", "base". */
void fields_head(struct json *json, const struct report *report);

/* "status" and "incomplete". */
void fields_status(struct json *json, const struct report *report);

/* "counts" and "remarks". */
void fields_counts(struct json *json, const struct report *report);

void fields_rule(struct json *json, const struct rule_count *count);
void fields_finding(struct json *json, const struct finding *finding,
		    bool fixed);

/* "lossy" and "complete", the last members of a report that was written to
 * its end. */
void fields_end(struct json *json);

#endif
