/*
 * node - a value of a document and the place where it was written.
 *
 * A document is a tree of const nodes in one arena. Children of a list or map
 * lie side by side, so that item i of a list is children[i]; a member of a map
 * is its value, with `key` pointing at the node of its key. An alias is a node
 * of its own whose children are shared with the anchor's.
 *
 * Spans are byte offsets into the text of the document. An empty value
 * ("owner:") is NODE_NULL with an empty span behind the colon.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_NODE_H
#define DATA_NODE_H

#include "base/buf.h"
#include "base/span.h"
#include "base/str.h"

enum node_kind {
	NODE_NULL,
	NODE_BOOL,
	NODE_INT,
	NODE_FLOAT,
	NODE_STRING,
	NODE_LIST,
	NODE_MAP,
};

enum node_style {
	STYLE_PLAIN, /* also all of JSON but its strings */
	STYLE_SINGLE,
	STYLE_DOUBLE,
	STYLE_LITERAL, /* | */
	STYLE_FOLDED,  /* > */
	STYLE_BLOCK,   /* list or map */
	STYLE_FLOW,
};

struct node_index;

struct node {
	enum node_kind kind : 8;
	enum node_style style : 8;
	bool big; /* NODE_INT beyond int64: as.number is near, text is exact */
	bool alias;    /* written as *name */
	uint32_t hash; /* of a key, and of the value it names: the low half of
			  hash_str() of the key's text */
	struct span span;
	str text; /* a scalar's content, decoded; a number as written */
	const struct node *key; /* in a map, else NULL */
	union {
		bool boolean;
		int64_t integer;
		double number; /* NODE_FLOAT, and NODE_INT when big */
		const struct node *children;
	} as;
	uint32_t count; /* of the children */
	uint32_t index; /* among its siblings */
};

const char *node_kind_name(enum node_kind kind); /* "string", "map", ... */

/* The member of a map with this key, or NULL; also NULL for another kind. */
const struct node *node_find(const struct node *map, str key);

/* The same with hash_str(key) at hand. */
const struct node *node_find_hashed(const struct node *map, str key,
				    uint32_t hash);

/* What a JSON pointer (RFC 6901) names, or NULL. "" names the root. */
const struct node *node_find_at(const struct node *root, str pointer);

/* Writes the JSON pointer from `root` to `node`, which must lie in it; a key
 * has the pointer of its value. */
void node_pointer(struct buf *out, const struct node *root,
		  const struct node *node);

/* Adds "/token" to a pointer, with ~ and / escaped. */
void pointer_add(struct buf *out, str token);

/* Do two nodes hold the same value? JSON's sense: 1 equals 1.0, maps without
 * order. Iterative in nothing: recursion is bounded by the depth limit. */
bool node_equal(const struct node *a, const struct node *b);

/* The text of a string member, or an absent str. */
str node_text(const struct node *map, str key);

#endif
