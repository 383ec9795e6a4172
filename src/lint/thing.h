/*
 * thing - a value of history: one of a few classes, its members made when they
 * are read. Only the files of lint that make such values include it.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_THING_H
#define LINT_THING_H

#include "lint/host_past.h"

struct thing {
	struct cel_map head;
	const struct class *class;
	const struct host *host;
	const struct deed *deed;
	const struct change *change;
	const struct field_change *field;
	const struct trail *trail;
	const struct node *root; /* of the record as it is now */
	const struct trail_gap *gap;
	str pointer; /* of a claim, and what it says */
	struct instant claimed;
};

struct member {
	const char *name;
	/* NULL: it is always there. */
	bool (*has)(const struct thing *thing);
	struct cel_value (*get)(struct cel_eval *eval,
				const struct thing *thing);
};

struct class
{
	const struct member *members;
	size_t count;
};

extern const struct class thing_commit, thing_field, thing_claim;

/* The value of a thing, copied into the arena. */
struct cel_value thing_value(struct arena *arena, const struct class *class,
			     struct thing thing);

/* The thing of a value, or NULL. */
const struct thing *thing_of_value(struct cel_value value);

/* Text that is UTF-8; and any bytes, of which what is no ASCII is `?` where
 * they are not. */
struct cel_value thing_text(str s);
struct cel_value thing_any_text(struct cel_eval *eval, str s);

/* A list of such texts. */
struct cel_value thing_texts(struct arena *arena, const str *at, size_t count);

/* "/extension/informed_on" as parameters name it: extension.informed_on. */
struct cel_value thing_path(struct cel_eval *eval, str pointer);

/* An error of the repository as one of the evaluation. */
struct cel_value thing_failed(struct cel_eval *eval, const struct error *err);

/* Reads a date or a time out of a value. */
MUST_USE bool thing_time(struct instant *out, const struct node *node);

#endif
