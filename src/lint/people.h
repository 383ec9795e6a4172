/*
 * people - whom the names and addresses of commits stand for.
 *
 * A person record lists its git_identities: the SHA-256 of an address in lower
 * case, or an address that belongs to nobody else's mail (noreply). What two
 * persons claim belongs to neither.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_PEOPLE_H
#define LINT_PEOPLE_H

#include "git/mailmap.h"
#include "record/corpus.h"

struct people;

/* Reads the person records; their trees must be at hand. */
struct people *people_new(const struct corpus *corpus);
void people_free(struct people *people);

/* The id of the person with this address; empty: nobody. */
str people_by_mail(const struct people *people, str mail);

/* The id of the person with this key, by its fingerprint; empty: nobody. */
str people_by_key(const struct people *people, str fingerprint);

/* The address by which a trailer names somebody, after the mailmap; empty: it
 * names by id. */
str people_trailer_mail(const struct mailmap *mailmap, str value);

/* Does a tree of identities, or a part of it, hold this address? */
bool people_names(const struct node *identities, str mail);

/* Whom a trailer names: "Name <mail>" by the address, after the mailmap (NULL:
 * none); a word alone by the id of a person. Empty: nobody. */
str people_by_trailer(const struct people *people,
		      const struct mailmap *mailmap, str value);

#endif
