/* parser - inside of parse.c, shared with macro.c only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_PARSER_H
#define CEL_PARSER_H

#include "base/vec.h"
#include "cel/lex.h"
#include "cel/parse.h"

struct cel_parser {
	struct cel_lexer lexer;
	struct cel_token token; /* the next one, not yet taken */
	uint32_t end;		/* where the token taken last ended */
	struct arena *arena;
	const struct limits *limits;
	const struct cel_parse_options *options;
	size_t depth;
	size_t nodes;
	/* Kids of the nodes under construction; each takes its tail. */
	VEC(struct cel_node *) stack;
	struct error *err;
};

/* Looks up and expands the macro that a call is, if any; else the call. */
struct cel_node *cel_macro_expand(struct cel_parser *parser,
				  struct cel_node *call);

#endif
