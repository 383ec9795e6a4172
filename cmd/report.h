/*
 * report - one page for management and auditors: what every section needs, and
 * the sections.
 *
 * A section writes itself whole. What comes from records passes report_value
 * or report_record, which mask what must not be shown; nothing is judged here
 * that is not judged elsewhere. Counts, never a score.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include "cmd/clock.h"
#include "cmd/due.h"
#include "cmd/map.h"
#include "cmd/page.h"
#include "cmd/past_say.h"
#include "cmd/report_past.h"
#include "cmd/retention.h"
#include "lint/waive.h"

/* A value that a rule marked sensitive found, now or once. */
struct secret_place {
	str kind, id, pointer;
};

struct dossier {
	const struct env *env;
	const struct options *options;
	struct arena *arena;
	unsigned jobs;
	struct out *out;
	const struct input *input;
	struct lint_run *run;
	const struct report *report;
	const struct corpus *corpus;
	struct clock clock;
	struct past *past; /* NULL: no history, and why stands in `no_past` */
	str no_past;
	struct history *whole; /* of all paths */
	struct replay *replay;
	const struct age *ages; /* by index of the finding; or NULL */
	struct trend trend;
	VEC(struct secret_place) secrets;

	struct dues dues;
	struct retention retention;
	struct mapped law; /* gdpr by iso27001 */
	str digest;	   /* SHA-256 of the findings as ndjson */
	struct problems problems;
};

/* ---- words */

/* The text of a member of a record, "***" where it must not be shown, absent
 * where there is none; a list is joined by commas. */
str report_value(const struct dossier *dossier, const struct record *record,
		 str key);
str report_node(const struct dossier *dossier, const struct record *record,
		const struct node *value);

/* Finds what must be hidden; when the history is read. Then: must what stands
 * at a pointer of a record, now or once? */
void report_secrets(struct dossier *dossier);
bool report_hides(const struct dossier *dossier, str kind, str id, str pointer);

/* Its title, and its name below. */
void report_record(const struct dossier *dossier, const struct record *record);

/* "2026-11-21" on the organisation's clock. */
str report_date(const struct dossier *dossier, struct instant at);

/* "2026-11-21 14:05" on the same. */
str report_time(const struct dossier *dossier, struct instant at);

/* ---- history: ages and the trend. ERROR_GIT */

MUST_USE bool report_past(struct dossier *dossier, struct error *err);

/* ---- sections */

void report_head(const struct dossier *dossier);
void report_position(const struct dossier *dossier);
void report_trend(const struct dossier *dossier);
void report_coverage(const struct dossier *dossier);
void report_findings(const struct dossier *dossier);
void report_exposure(const struct dossier *dossier);
void report_deadlines(const struct dossier *dossier);
void report_retention(const struct dossier *dossier);
void report_activities(const struct dossier *dossier);
void report_incidents(const struct dossier *dossier);
void report_controls(const struct dossier *dossier);
void report_exceptions(const struct dossier *dossier);
MUST_USE bool report_changes(const struct dossier *dossier, struct error *err);
void report_method(const struct dossier *dossier);

#endif
