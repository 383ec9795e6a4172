/*
 * join - loops over host collections that look up instead of scanning.
 *
 * In `records.risk.exists(k, k.owner == self.id && ...)` an element whose
 * owner differs makes the predicate false whatever else it says. An index from
 * owners to positions gives the elements that are left; the predicate runs on
 * them as it stands, in order. Elements whose key is absent, fails or cannot
 * be hashed are always among them, so that values and errors are those of the
 * whole loop.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_JOIN_H
#define CEL_JOIN_H

#include "cel/plan.h"

enum cel_join_kind {
	CEL_JOIN_EQUAL,	   /* k.path == wanted */
	CEL_JOIN_IN,	   /* k.path in wanted */
	CEL_JOIN_CONTAINS, /* wanted in k.path */
};

struct cel_join {
	enum cel_join_kind kind;
	const struct cel_plan *key; /* k.path */
	const struct cel_plan *wanted;
	str path;	/* text of k.path behind k, the key of the cache */
	uint32_t local; /* slot of k */
	const struct cel_plan *list; /* of `wanted in list.map(k, k.path)` */
};

/* The positions in a list that can matter to a loop. */
struct cel_positions {
	const uint32_t *at;
	size_t count;
};

/* Finds the equality that a loop can look up by; its parts are nodes of the
 * loop's condition. False: there is none, or the range is no host list. */
struct cel_join_parts {
	enum cel_join_kind kind;
	const struct cel_node *key;
	const struct cel_node *wanted;
};
bool cel_join_find(struct cel_join_parts *out,
		   const struct cel_program *program,
		   const struct cel_node *loop);

/* The same for `wanted in LIST.map(k, k.path)`. */
bool cel_join_find_in(struct cel_join_parts *out,
		      const struct cel_program *program,
		      const struct cel_node *in);

/* Looks up. False: scan; also with the list too short to be worth it. */
bool cel_join_look_up(struct cel_positions *out, struct cel_frame *frame,
		      const struct cel_join *join, struct cel_value list);

#endif
