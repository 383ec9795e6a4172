/* lex - the tokens of an expression; literals are decoded by literal.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_LEX_H
#define CEL_LEX_H

#include "base/arena.h"
#include "base/error.h"
#include "cel/value.h"

enum cel_token_kind {
	CEL_TOKEN_END,
	CEL_TOKEN_NAME,	  /* also reserved words, true, false, null */
	CEL_TOKEN_QUOTED, /* `name` */
	CEL_TOKEN_INT,
	CEL_TOKEN_UINT,
	CEL_TOKEN_DOUBLE,
	CEL_TOKEN_STRING,
	CEL_TOKEN_BYTES,
	CEL_TOKEN_IN,
	CEL_TOKEN_EQ,
	CEL_TOKEN_NE,
	CEL_TOKEN_LT,
	CEL_TOKEN_LE,
	CEL_TOKEN_GT,
	CEL_TOKEN_GE,
	CEL_TOKEN_AND,
	CEL_TOKEN_OR,
	CEL_TOKEN_DOT,
	CEL_TOKEN_COMMA,
	CEL_TOKEN_COLON,
	CEL_TOKEN_QUESTION,
	CEL_TOKEN_NOT,
	CEL_TOKEN_PLUS,
	CEL_TOKEN_MINUS,
	CEL_TOKEN_STAR,
	CEL_TOKEN_SLASH,
	CEL_TOKEN_PERCENT,
	CEL_TOKEN_PAREN_OPEN,
	CEL_TOKEN_PAREN_CLOSE,
	CEL_TOKEN_BRACKET_OPEN,
	CEL_TOKEN_BRACKET_CLOSE,
	CEL_TOKEN_BRACE_OPEN,
	CEL_TOKEN_BRACE_CLOSE,
};

struct cel_token {
	enum cel_token_kind kind;
	struct span span;
};

struct cel_lexer {
	str text;
	size_t at;
};

/* Starts; refuses ill-formed UTF-8 and bidirectional controls. */
MUST_USE bool cel_lexer_init(struct cel_lexer *lexer, str text,
			     struct error *err);

/* Reads the next token, white space and comments skipped. */
MUST_USE bool cel_lexer_next(struct cel_lexer *lexer, struct cel_token *out,
			     struct error *err);

/* "a name", "`&&`", ...: for messages. */
const char *cel_token_name(enum cel_token_kind kind);

/* Decodes the literal of a token of these five kinds; `negative` takes the
 * sign that stood before a number into it. Strings lie in the arena, or in
 * the text when nothing had to be decoded. */
MUST_USE bool cel_literal(struct cel_value *out, struct arena *arena, str text,
			  struct cel_token token, bool negative,
			  struct error *err);

/* Is this a word that cannot name a variable or function? */
bool cel_is_reserved(str name);

/* Is this code point one that changes the direction of text? */
bool cel_is_bidi(uint32_t code_point);

#endif
