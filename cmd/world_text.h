/* world_text - records as text again, perhaps with one field changed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_WORLD_TEXT_H
#define CMD_WORLD_TEXT_H

#include "base/arena.h"
#include "data/node.h"

/* One change: a member or element that is left out, or has another value. A
 * number or a time has one on each side; for others the two are the same. */
enum mutation_kind {
	MUTATION_REMOVE,
	MUTATION_LESS,
	MUTATION_MORE,
};

struct mutation {
	const struct node *target;
	enum mutation_kind kind;
};

/* Writes a value as JSON, which every reader of YAML reads the same. */
void world_write(struct buf *out, const struct node *node,
		 const struct mutation *mutation);

/* The documents of a file, in the arena. */
str world_text_of(const struct node *const *roots, size_t count,
		  const struct mutation *mutation, struct arena *arena);

#endif
