/*
 * build - puts nodes together: an explicit stack, and the ceilings.
 *
 * Both readers feed it one node after the other, as the text goes. A map takes
 * key, value, key, value. What is open waits on the stack; when it closes its
 * children move side by side into the arena.
 *
 *	build_open(&build, NODE_LIST, STYLE_FLOW, start, err);
 *	build_add(&build, &item, err);
 *	build_close(&build, end, err);
 *	root = build_root(&build);
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_BUILD_H
#define DATA_BUILD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/vec.h"
#include "data/node.h"

/* What an alias may name: a finished node, or one that is still open. */
struct anchor {
	struct node node;
	size_t nodes;	/* in it, itself and what its aliases stand for too */
	size_t height;	/* of lists and maps; 0 for a scalar */
	struct span at; /* where it was written */
	bool open;
};

struct build_frame {
	size_t self;   /* the open node's place on the stack */
	size_t nodes;  /* counted before it */
	size_t height; /* of its tallest child */
	struct anchor *anchor;
};

/* What waits of a usual record finds room here, without an allocation. */
enum { BUILD_ROOM = 96 };

struct build {
	struct arena *arena;
	const struct limits *limits;
	struct node *stack; /* in `room`, or grown on the heap */
	size_t count;
	size_t capacity;
	VEC(struct build_frame) frames;
	VEC(const struct node *) scratch; /* to sort the keys of a large map */
	size_t nodes;			  /* counted so far, over all roots */
	size_t last;	/* where the node finished last has ended */
	bool in_map;	/* is the innermost open node a map, */
	bool wants_key; /* and is the next node a key? */
	struct node room[BUILD_ROOM];
};

/* It must not move from here on: its first stack lies in itself. */
void build_init(struct build *build, struct arena *arena,
		const struct limits *limits);
void build_done(struct build *build);

/* Will the next node be a key? */
static inline bool build_wants_key(const struct build *build)
{
	return build->wants_key;
}

/* Is a list or map open? */
bool build_is_open(const struct build *build);

/* The innermost open list or map, or NULL. */
static inline const struct node *build_parent(const struct build *build)
{
	return build->frames.count
		       ? &build->stack[build->frames.at[build->frames.count - 1]
					       .self]
		       : NULL;
}

/* Opens a list or map at `start`; `anchor` may be NULL and is completed when
 * the node is closed. ERROR_LIMIT for depth and count; ERROR_SYNTAX when a key
 * is due. */
MUST_USE bool build_open(struct build *build, struct node node,
			 struct anchor *anchor, struct error *err);

/* Adds a scalar. */
MUST_USE bool build_add(struct build *build, struct node node,
			struct anchor *anchor, struct error *err);

/* Adds an alias at `at`: a node whose children are those of the anchor. */
MUST_USE bool build_alias(struct build *build, const struct anchor *anchor,
			  struct span at, struct error *err);

/* Closes the innermost list or map, which ends at `end`. ERROR_SYNTAX for two
 * equal keys, with both places. */
MUST_USE bool build_close(struct build *build, size_t end, struct error *err);

/* Takes the finished root off the stack. */
const struct node *build_root(struct build *build);

#endif
