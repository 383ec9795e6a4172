/*
 * sink - where a judgement says what it found.
 *
 * It knows the rule, the file and the record; a judgement says only what they
 * cannot know. Text is copied.
 *
 *	sink_report(sink, &(struct found){
 *		.span = reference->span,
 *		.pointer = reference->pointer,
 *		.message = str_format(facts->scratch, "..."),
 *	});
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_SINK_H
#define LINT_SINK_H

#include "lint/finding.h"

struct sink;

/* Only `message` must be given; a span of { 0, 0 } means the record's id. */
struct found {
	str message; /* a full sentence about the record */
	str label;   /* a few words under the carets */
	str help;    /* what to do */
	struct span span;
	str pointer;
	str discriminator; /* when one pointer can be found twice */
	str path;	   /* another file than the record's, if given */
	/* What it is about, if not the record that is judged; or the name of
	 * one that is gone. */
	const struct record *record;
	str kind, id;
	const struct origin *origin; /* kept by the caller; or NULL */
	str other_path;		     /* a second place, if given */
	struct span other;
	str other_label;
	const struct edit *edit; /* or NULL */
};

void sink_report(struct sink *sink, const struct found *found);

/* The run cannot be relied on: exit status 2, with this reason. */
void sink_incomplete(struct sink *sink, str reason);

#endif
