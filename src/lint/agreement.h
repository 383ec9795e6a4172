/*
 * agreement - who had to agree to a change of a protected kind, and who did.
 *
 * A change of a kind in git.protected_kinds wants the approval of another
 * person who held, at the time of the landing, one of the duties that
 * git.approvers names for the kind (any duty where it names none). This is
 * what the rule history/one-pair-of-eyes asks; see lint/past.h for what counts
 * as an approval. Here it is also looked whether the duty could be read from
 * the role records as they stood before the landing: a holder who was entered
 * afterwards, with a date of before, passes the rule and is told of here.
 *
 * All of it is what commits and records state; nothing is verified.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_AGREEMENT_H
#define LINT_AGREEMENT_H

#include "lint/evidence.h"
#include "policy/policy.h"
#include "record/corpus.h"
#include "record/trail.h"

enum agreement_state {
	AGREEMENT_OK,	      /* the duty was held, and on record before */
	AGREEMENT_LATER,      /* the duty was put on record afterwards */
	AGREEMENT_UNENTITLED, /* another person, without the duty then */
	AGREEMENT_OWN,	      /* the maker alone */
	AGREEMENT_UNKNOWN,    /* somebody whom no person record names */
	AGREEMENT_MISSING,    /* nobody */
	AGREEMENT_BASELINE,   /* of the import, of which none is asked */
	AGREEMENT_STATES,
};

/* One who agreed. */
struct voice {
	str by;	    /* "trailer", "merge-trailer", "merge", "signature" */
	str key;    /* of a trailer, as it was written; or absent */
	str said;   /* the trailer's value, or the name of a committer */
	str person; /* the id of the record; empty: nobody that is known */
	const str *duties; /* that the person held then */
	size_t duty_count;
	enum agreement_state state;
};

struct agreement {
	const struct change *change;
	str person; /* who made it; empty: nobody that is known */
	const str
		*needs; /* one of these duties; none: another person will do */
	size_t need_count;
	const struct voice *voices;
	size_t voice_count;
	enum agreement_state state; /* of the best voice */
};

struct agreements;

struct agreements_plan {
	const struct policy *policy;
	const struct trails *trails;
	const struct mailmap *mailmap; /* or NULL */
	struct repo *repo;
	const struct evidence *evidence; /* about the commits, or NULL */
	const struct corpus *corpus;	 /* the people, their trees at hand */
};

/* Judges all changes, from the oldest. ERROR_GIT: an object is missing or
 * damaged. Everything in the plan must outlive it. */
MUST_USE bool agreements_new(struct agreements **out,
			     const struct agreements_plan *plan,
			     struct error *err);
void agreements_free(struct agreements *agreements);

size_t agreements_count(const struct agreements *agreements);
const struct agreement *agreements_at(const struct agreements *agreements,
				      size_t index);

/* "ok", "not-entitled", ...: one word. */
const char *agreement_state_name(enum agreement_state state);

#endif
