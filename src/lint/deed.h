/*
 * deed - who did what when, and who agreed.
 *
 * A deed is what one maker did in one landing: the landing itself, and each
 * commit of a merged branch whose content the landing brought in. Its time is
 * the landing's, for that is when it came into force; its person is the
 * maker's.
 *
 * Who a name stands for is told by the person records (git_identities), after
 * the mailmap. An approval is a claim: a trailer of the maker or of the merge
 * (git.approval_trailers), the merge of another's work, or a signature by a
 * committer who is not the author; where git was asked, a good one by the
 * committer's key. What the landing itself gives counts for none of its
 * approvals: a person whom it adds, an identity that it enters.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_DEED_H
#define LINT_DEED_H

#include "lint/evidence.h"
#include "record/trail.h"

/* One who agreed, as is claimed. */
struct agreed {
	enum agreed_by {
		AGREED_TRAILER,	      /* of the maker's commit */
		AGREED_MERGE_TRAILER, /* of the merge */
		AGREED_MERGE,	      /* merged another's work */
		AGREED_SIGNATURE,     /* signed another's work */
	} by;
	str person;    /* whom it stands for; empty: nobody that is known */
	str key, said; /* of a trailer; said: else the name of the commit */
};

struct deed {
	const struct commit_facts *landing, *maker;
	size_t number;	      /* of the landing, from the oldest */
	str sha;	      /* of the maker, 40 digits */
	str landed;	      /* of the landing */
	str person;	      /* who made it; empty: nobody that is known */
	const str *approvers; /* each once; empty: nobody that is known */
	size_t approver_count;
	const struct agreed *agreed; /* the same with where it stands */
	size_t agreed_count;
	bool baseline;	       /* the import that history begins with */
	const char *signature; /* none, present, verified */
	struct proof proof;    /* what git said of it */
	str signed_by;	 /* whose key it is; empty: nobody's that is known */
	bool other;	 /* the key is not the committer's */
	bool backdating; /* it has ended, and nothing of before its end tells
			    that the commit was there */
	bool seconded;	 /* T4: a good one by somebody beside the maker */
	struct received received;	     /* T3 */
	const struct change *const *changes; /* by kind and id */
	size_t change_count;
};

#endif
