/*
 * world_history - the commits of a test's world as history.
 *
 *	history:
 *	- time: 2026-10-02T18:55:00+03:00
 *	  person: p-7it1
 *	  approved_by: [p-1mgt]
 *	  sets: {retention-rule: [{id: rr-leads, period: P60M}]}
 *	  removes: [incident/inc-2026-002]
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_WORLD_HISTORY_H
#define CMD_WORLD_HISTORY_H

#include "base/error.h"
#include "data/node.h"

struct arena;
struct told;

/* Reads the commits, from the oldest, into the arena. ERROR_CONFIG. */
MUST_USE bool world_history(const struct told **out, const struct node *list,
			    struct arena *arena, struct error *err);

/* The records that are there after the last commit, each with its kind. */
const struct node *const *world_history_rest(size_t *count,
					     const struct told *told,
					     struct arena *arena);

#endif
