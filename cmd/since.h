/*
 * since - in which stretches of time a control was in force, and what kept it
 * from that.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_SINCE_H
#define CMD_SINCE_H

#include "base/stretch.h"
#include "cmd/past_say.h"
#include "lint/replay.h"

/* What kept the control from being in force. */
struct since_reason {
	struct stretch when;
	str what;
	str rule; /* of a finding, else absent */
	str fingerprint;
};

struct since {
	struct past *past;
	const struct replay *replay;
	const struct corpus *corpus; /* for the exceptions */
	const struct trail *trail;   /* of the control's record */
	str name;		     /* "iso27001:A.8.5" */
	struct stretch frame;	     /* that is looked at */
	bool clipped; /* the record was there before the frame began */
	VEC(struct since_reason) reasons; /* within the frame, by time */
	const struct stretch *gaps;
	size_t gap_count;
	const struct stretch *holds; /* the rest of the frame */
	size_t hold_count;
	VEC(str) notes;
};

/* Finds all of it for a control that was found. */
MUST_USE bool since_find(struct since *since, struct error *err);

/* `what` is the struct since: see struct writer. */
void since_write_text(const void *what);
void since_write_json(const void *what);
void since_write_csv(const void *what);
void since_write_markdown(const void *what);

#endif
