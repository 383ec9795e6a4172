/*
 * log - the changes of records, field by field, and how they are written.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_LOG_H
#define CMD_LOG_H

#include "cmd/past_say.h"

/* A field in one entry, with the values that are shown. */
struct log_field {
	str pointer;
	const struct node *before, *after; /* NULL: not there */
	struct mask_values before_masks, after_masks;
	bool reordered;
};

struct log_entry {
	const struct change *change;
	const struct log_field *fields; /* of an added record: those it had */
	size_t count;
};

struct log {
	struct past *past;
	const struct trail *const *trails; /* those asked for; NULL: all */
	size_t trail_count;
	str field; /* --field, or absent */
	struct past_span span;
	VEC(struct log_entry) entries; /* newest first, then by kind and id */
	VEC(const struct trail_gap *) gaps; /* oldest first */
};

/* `what` is the struct log: see struct writer. */
void log_write_text(const void *what);
void log_write_json(const void *what);
void log_write_csv(const void *what);
void log_write_markdown(const void *what);

#endif
