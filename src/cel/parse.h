/*
 * parse - from the text of an expression to its tree; macros are expanded.
 *
 * Complete CEL grammar (cel-spec, langdef "Syntax") with back-quoted
 * selectors and optional syntax. Precedence climbing; recursion is bounded by
 * limits->cel_depth, the tree by cel_depth and cel_nodes, the text by
 * cel_size. Errors are ERROR_SYNTAX (ERROR_LIMIT) with `at` in bytes of the
 * text. Names are ASCII; bidirectional controls are refused anywhere.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_PARSE_H
#define CEL_PARSE_H

#include "cel/ast.h"

struct cel_parser;

/* A macro: what a call becomes. `space` is "cel" in cel.bind, "git" in
 * git.blame, and absent for global and receiver macros. */
struct cel_macro {
	str space;
	str name;
	bool receiver;
	uint8_t arguments; /* exactly; without the receiver */
	uint8_t data;	   /* for expand's own use */
	/* Returns what stands for the call (whose kids are the parsed receiver
	 * and arguments), or NULL after cel_parser_fail. */
	struct cel_node *(*expand)(struct cel_parser *parser,
				   const struct cel_macro *macro,
				   struct cel_node *call);
};

struct cel_macros {
	const struct cel_macro *at;
	size_t count;
};

/* has, all, exists, ..., cel.bind, optMap, sortBy. */
extern const struct cel_macros cel_standard_macros;

struct cel_parse_options {
	const struct limits *limits;
	bool no_macros;		/* no macro at all */
	struct cel_macros host; /* looked up before the standard ones */
};

/* Parses. The tree lies in the arena and borrows from `text`. */
MUST_USE bool cel_parse(struct cel_ast *out, struct arena *arena, str text,
			const struct cel_parse_options *options,
			struct error *err);

/* ---- for host macros */

/* A ready-made expand: git.blame(self.owner.email) becomes the plain call
 * git.blame(self.owner, "email"), so that the function gets the map (whose
 * node is known) and the key. The argument must end in a select or an index
 * without `?`. Set data to the index of that argument. */
struct cel_node *cel_expand_place(struct cel_parser *parser,
				  const struct cel_macro *macro,
				  struct cel_node *call);

/* Makes a node; NULL when a limit is passed (already reported). */
struct cel_node *cel_parser_node(struct cel_parser *parser, enum cel_kind kind,
				 struct span span, struct cel_node *const *kids,
				 size_t count);

/* Reports an error; returns NULL. */
PRINTF_LIKE(3, 4)
struct cel_node *cel_parser_fail(struct cel_parser *parser, struct span at,
				 const char *fmt, ...);

#endif
