/*
 * ast - an expression as a tree, in one arena, const once parsed.
 *
 * Macros are nodes of their own (CEL_LOOP, CEL_BIND, CEL_OPT_MAP, a CEL_SELECT
 * with CEL_PRESENCE), not the accumulator form of the specification: the plan
 * runs each as one C loop with its own rule of absorption, the join planner
 * reads predicate and range without undoing an expansion, and unparse shows
 * what was written. &&, || and + hold any number of operands, so that a long
 * chain costs no depth. Ids are dense, 1 to ast->nodes, so that later passes
 * keep side tables indexed by id (struct cel_note in note.h) and leave the tree
 * alone.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_AST_H
#define CEL_AST_H

#include "base/error.h"
#include "base/limits.h"
#include "cel/value.h"

enum cel_kind {
	CEL_CONST,  /* constant */
	CEL_IDENT,  /* name */
	CEL_SELECT, /* kids[0] . name */
	CEL_INDEX,  /* kids[0] [ kids[1] ] */
	CEL_CALL,   /* name(kids); kids[0] is the receiver with CEL_RECEIVES */
	CEL_OP,	    /* op; AND, OR, ADD have 2 or more kids, left to right */
	CEL_COND,   /* kids[0] ? kids[1] : kids[2] */
	CEL_LITERAL_LIST,
	CEL_LITERAL_MAP, /* kids: key, value, key, value ... */
	CEL_MESSAGE,	 /* name { name: kid }; always refused by cel_compile */
	CEL_LOOP,	 /* loop; kids: range, [condition], [result] */
	CEL_BIND,	 /* kids: value, body with `name` bound */
	CEL_OPT_MAP,	 /* kids: optional, body with `name` bound */
};

enum cel_op {
	CEL_OP_NONE,
	CEL_OP_OR,
	CEL_OP_AND,
	CEL_OP_EQ,
	CEL_OP_NE,
	CEL_OP_LT,
	CEL_OP_LE,
	CEL_OP_GT,
	CEL_OP_GE,
	CEL_OP_IN,
	CEL_OP_ADD,
	CEL_OP_SUB,
	CEL_OP_MUL,
	CEL_OP_DIV,
	CEL_OP_MOD,
	CEL_OP_NOT,
	CEL_OP_NEG,
};

enum cel_loop {
	CEL_LOOP_NONE,
	CEL_LOOP_ALL,	     /* condition; absorbs errors */
	CEL_LOOP_EXISTS,     /* condition; absorbs errors */
	CEL_LOOP_EXISTS_ONE, /* condition; does not absorb */
	CEL_LOOP_FILTER,     /* condition; the elements (keys of a map) */
	CEL_LOOP_MAP,	     /* [condition], result; also transformList */
	CEL_LOOP_TO_MAP,     /* transformMap: [condition], result; same keys */
	CEL_LOOP_TO_ENTRY,   /* transformMapEntry: result is a map, merged */
	CEL_LOOP_SORT,	     /* result: the key to sort by */
};

enum cel_node_flag {
	CEL_ROOT = 1, /* ident, call, message: written with a dot before */
	CEL_OPTIONAL_STEP = 2, /* select .?f, index [?k] */
	CEL_PRESENCE = 4,      /* select inside has(): is it there? */
	CEL_QUOTED = 8,	       /* select: `name` in back quotes */
	CEL_RECEIVES = 16,
	CEL_OPTIONAL_ENTRY = 32, /* an element, or a key of a map: ?k */
	CEL_FLAT = 64,		 /* opt_map: optFlatMap */
};

struct cel_node {
	uint8_t kind; /* enum cel_kind */
	uint8_t op;   /* enum cel_op, or enum cel_loop */
	uint16_t flags;
	uint16_t depth; /* 1 for a leaf */
	uint32_t id;
	struct span span;  /* bytes of the expression, brackets not counted */
	struct span place; /* the operator or the name, for the caret */
	str name;	   /* ident, select, call, message; (first) variable */
	str second;	   /* loop: second variable, or absent */
	str macro;	   /* loop, bind, opt_map: its name as written */
	struct cel_node **kids;
	size_t count;
	const str *fields; /* message: one name a kid */
	struct cel_value constant;
	const struct cel_node *written; /* the call a host macro replaced */
};

struct cel_ast {
	str text; /* borrowed: the expression */
	const struct cel_node *root;
	size_t nodes; /* ids are 1 to nodes */
};

/* The condition and the result of a loop, or NULL where it has none. */
const struct cel_node *cel_loop_condition(const struct cel_node *loop);
const struct cel_node *cel_loop_result(const struct cel_node *loop);

/* Is this a plain path a.b.c (no `?`, no back quotes)? */
bool cel_node_is_path(const struct cel_node *node);

/* Writes that path with its dots (without a leading one). */
void cel_node_path(struct buf *out, const struct cel_node *path);

/* Same tree, apart from ids and places? */
bool cel_node_same(const struct cel_node *a, const struct cel_node *b);

#endif
