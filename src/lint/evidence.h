/*
 * evidence - what was found out about commits beyond their own words: what git
 * says of their signatures, and what a server noted when it received them.
 *
 * A good signature ties a key to the bytes. It proves no time: whoever holds a
 * key that has ended can date a commit back to before its end. What speaks
 * against that is a witness: a later commit that a key in force signed, or a
 * receipt, from before the end.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_EVIDENCE_H
#define LINT_EVIDENCE_H

#include "base/map.h"
#include "git/signature.h"

/* What git says of one signature. */
struct proof {
	const char *verdict; /* "good", "bad", ...; NULL: it was not asked */
	str key;	     /* the fingerprint */
	str principal;	     /* SSH: of the signers' line; PGP: the user id */
	bool other;	     /* the principal is not the committer's address */
	bool ended;	     /* the key has an end, which is past */
	struct instant end;
};

/* A server's clock; of the landing or of the next one that has a receipt. */
struct received {
	bool known;
	struct instant at;
};

struct evidence {
	bool verified;	   /* git was asked of all signatures */
	struct map checks; /* a commit's raw name -> struct signature_check */
	const struct received *received; /* by landing, or NULL: none */
	str unverified; /* why it was not asked, though it was to be */
	str unreceived; /* why receipts cannot be read; or absent */
};

void evidence_init(struct evidence *evidence);
void evidence_done(struct evidence *evidence);

/* Adds what git said of a commit; both outlive the evidence. */
void evidence_add(struct evidence *evidence, const struct commit_facts *facts,
		  const struct signature_check *check);

/* What git said of it, or NULL: it was not asked, or holds no signature. */
const struct signature_check *evidence_check(const struct evidence *evidence,
					     const struct commit_facts *facts);

/* The same in words; empty where git was not asked. */
struct proof evidence_proof(const struct evidence *evidence,
			    const struct commit_facts *facts);

/* "good", "untrusted", "bad", "expired", "revoked" or "unchecked". */
const char *evidence_word(enum signature_verdict verdict);

/* Is it one of these words? */
bool evidence_is_word(str word);

#endif
