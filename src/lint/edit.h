/*
 * edit - a replacement of bytes that mends a finding without inventing a fact.
 *
 * An edit stays within one line and changes one scalar: how a name is spelt, a
 * duration is written, or whether a text is in quotes. What has to be decided
 * is never an edit.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_EDIT_H
#define LINT_EDIT_H

#include "base/arena.h"
#include "base/span.h"
#include "data/node.h"

struct edit {
	struct span span;
	str text;
	const struct edit *next; /* of the same fault elsewhere, or NULL */
};

/* Writes a scalar anew with another content, in the quotes it has. False: that
 * would not be safe, for an alias, a text over several lines, or a content of
 * other characters than A-Z a-z 0-9 . _ / -. */
MUST_USE bool edit_scalar(struct edit *out, const struct node *scalar,
			  str content, struct arena *arena);

/* Puts a plain scalar in quotes. False for what is quoted already, an alias, or
 * a content that quotes would change. */
MUST_USE bool edit_quote(struct edit *out, const struct node *scalar,
			 struct arena *arena);

#endif
