/*
 * commit_facts - what a commit says of itself: names by the mailmap, times,
 * trailers, and whether it is signed.
 *
 * All of it is a claim by whoever made the object.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_COMMIT_FACTS_H
#define GIT_COMMIT_FACTS_H

#include "git/mailmap.h"
#include "git/parse.h"
#include "git/trailer.h"

/* A claim until it is verified: what kind of signature the object holds. */
enum signature {
	SIGNATURE_NONE,
	SIGNATURE_SSH,
	SIGNATURE_PGP,
	SIGNATURE_X509,
	SIGNATURE_OTHER,
};

/* What a commit says of itself. Names are those of the mailmap; the raw
 * identity stays in `author.raw`. */
struct commit_facts {
	struct oid oid;
	struct oid tree;
	const struct oid *parents;
	size_t parent_count;
	struct ident author, committer;		 /* as written */
	struct identity author_is, committer_is; /* after the mailmap */
	struct instant when;	    /* committer's time: what is ordered by */
	struct instant author_when; /* set where the identity is dated */
	str message; /* in UTF-8; the subject is its first line */
	str subject;
	const struct trailer *trailers;
	size_t trailer_count;
	enum signature signature;
	const char *malformed; /* what is odd about it, or NULL */
};

/* Facts of a commit from its bytes, which must outlive them. ERROR_GIT: it
 * cannot be read as a commit. */
MUST_USE bool commit_facts_of(struct commit_facts *out, const struct oid *oid,
			      str bytes, const struct mailmap *mailmap,
			      struct arena *arena, struct error *err);

/* Facts of any commit, by the same mailmap. */
MUST_USE bool commit_facts_read(struct commit_facts *out,
				struct odb_reader *reader,
				const struct oid *oid,
				const struct mailmap *mailmap,
				struct arena *arena, struct error *err);

#endif
