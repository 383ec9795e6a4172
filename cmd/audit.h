/*
 * audit - how long each finding lived, and how it is written.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_AUDIT_H
#define CMD_AUDIT_H

#include "cmd/past_say.h"
#include "lint/replay.h"

/* One stay of one finding. */
struct audit_row {
	const struct lifetime *lifetime;
	const struct interval *stay;
	size_t number; /* which one of its stays, from 0 */
	int64_t days;  /* whole days, to the end for one that is open */
	/* Who made the content that opened and closed it; NULL: time did. */
	const struct commit_facts *opened_by, *closed_by;
};

/* What a month was like. */
struct audit_month {
	struct instant from;		 /* its first second */
	size_t open[SEVERITY_ERROR + 1]; /* at its end, by severity */
	size_t overdue; /* of the open ones: time alone opened them */
	size_t opened, closed;
	int64_t days; /* of those closed, together */
};

struct audit {
	struct past *past;
	const struct replay *replay;
	struct past_span span;
	struct lint_run *tip; /* judged with its history, or NULL */
	struct snapshot *tip_snapshot;
	VEC(struct audit_row) rows; /* by the time they were opened */
	VEC(struct audit_month) months;
	size_t backwards; /* landings whose clock is before the last one's */
	size_t hidden;	  /* stays outside of the span */
	size_t undated;	  /* findings about history that no commit began */
};

/* `what` is the struct audit: see struct writer. */
void audit_write_text(const void *what);
void audit_write_json(const void *what);
void audit_write_csv(const void *what);
void audit_write_markdown(const void *what);

/* "2026-02-17" of an instant, and its month "2026-02". */
str audit_date(const struct audit *audit, struct instant when);
str audit_month_name(const struct audit *audit, struct instant from);

/* Sentences on what the answer rests on and what it leaves out. */
size_t audit_notes(const struct audit *audit, const str **out);

#endif
