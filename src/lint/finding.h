/*
 * finding - one rule broken at one place.
 *
 * Its strings may quote records, paths and commits: they are untrusted, and
 * only the encoder (base/encode.h) may bring them to a reader.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_FINDING_H
#define LINT_FINDING_H

#include "base/instant.h"
#include "base/lines.h"
#include "base/span.h"
#include "lint/edit.h"
#include "policy/rule.h"

/* A second place that explains the first. */
struct secondary {
	str path;
	struct span span;
	str label;
	struct place start, end; /* known once the report is closed */
	str line;		 /* the source line of `start` */
};

enum { FINDING_ID = 64, CONTEXT_LINES = 2 };

/* Compared with an earlier commit: was it there already? A finding that is
 * there no longer stands in the report's list of fixed ones. */
enum finding_state {
	FINDING_STATE_UNKNOWN, /* nothing was compared */
	FINDING_STATE_NEW,
	FINDING_STATE_UNCHANGED,
};

struct waiver;

/* The commit that a finding about history is about. */
struct origin {
	str commit;	     /* of the maker, 40 digits */
	str landing;	     /* that brought it to the main line */
	str person;	     /* who made it; empty: nobody that is known */
	struct instant when; /* it landed */
};

struct finding {
	const struct rule *rule;
	enum severity severity; /* after overrides by path */
	str path;		/* "" for the repository as a whole */
	struct span span;
	str kind, id; /* of the record; absent for a file or the repository */
	str pointer;  /* JSON pointer into the record */
	str discriminator; /* tells findings of one rule at one pointer apart */
	str message;	   /* a full sentence about the record */
	str label;	   /* a few words under the carets; may be absent */
	str help;	   /* what to do; may be absent */
	struct secondary other;	     /* other.path absent: none */
	const struct edit *edit;     /* or NULL */
	const struct waiver *waiver; /* it does not count, or NULL */
	const struct origin *origin; /* or NULL: not about history */
	enum finding_state state;
	str cause; /* new in a record that did not change: the one that did,
		      "retention-rule/rr-leads"; or absent */
	/* Set when the report is closed: */
	uint64_t digest; /* of the bytes that were judged, 0: none */
	char fingerprint[FINDING_ID]; /* hex of SHA-256, not terminated */
	struct place start, end;
	str lines[1 +
		  2 * CONTEXT_LINES]; /* source around start; absent: none */
	size_t first_line;	      /* number of lines[0]; 0: no source */
};

#endif
