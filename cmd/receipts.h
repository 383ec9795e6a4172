/*
 * receipts - what a server noted when it received a commit.
 *
 * Notes in refs/notes/abide/receipts, one for a commit that was pushed; their
 * form is told in docs/reference/receipts.md. A receipt holds for the commit
 * and everything below it: all of that existed when it was received.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_RECEIPTS_H
#define CMD_RECEIPTS_H

#include "git/revision.h"
#include "git/snapshot.h"

#define RECEIPTS_REF "refs/notes/abide/receipts"

struct receipt {
	struct instant received;
	str ref, pusher; /* or absent */
	struct oid of;	 /* the commit that has the note */
};

struct receipts;

/* Opens the notes; *out NULL: there are none. */
MUST_USE bool receipts_open(struct receipts **out, struct repo *repo,
			    struct error *err);
void receipts_close(struct receipts *receipts);

/* The earliest receipt of a commit. *found false: it has none. ERROR_GIT: its
 * note cannot be read as one. */
MUST_USE bool receipt_find(struct receipt *out, bool *found,
			   struct receipts *receipts, const struct oid *commit,
			   struct arena *arena, struct error *err);

/* Reads the text of a note; several receipts may follow each other. */
MUST_USE bool receipt_parse(struct receipt *out, str text, struct error *err);

#endif
