/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cel/parser.h"

static struct cel_node *parse_expression(struct cel_parser *p);
static struct cel_node *parse_binary(struct cel_parser *p, int least);

struct cel_node *cel_parser_fail(struct cel_parser *p, struct span at,
				 const char *fmt, ...)
{
	char text[sizeof(p->err->text)];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	(void)error_set_at(p->err, ERROR_SYNTAX, at, "%s", text);
	return NULL;
}

static struct cel_node *fail_limit(struct cel_parser *p, struct span at,
				   const char *what, size_t most)
{
	(void)error_set_at(p->err, ERROR_LIMIT, at,
			   "the expression %s, at most %zu is allowed", what,
			   most);
	return NULL;
}

struct cel_node *cel_parser_node(struct cel_parser *p, enum cel_kind kind,
				 struct span span, struct cel_node *const *kids,
				 size_t count)
{
	struct cel_node *node;
	size_t depth = 0;

	if (p->nodes >= p->limits->cel_nodes)
		return fail_limit(p, span, "has too many parts (cel_nodes)",
				  p->limits->cel_nodes);
	for (size_t i = 0; i < count; i++)
		if (kids[i]->depth > depth)
			depth = kids[i]->depth;
	if (depth >= p->limits->cel_depth || depth >= UINT16_MAX)
		return fail_limit(p, span, "nests too deep (cel_depth)",
				  p->limits->cel_depth);
	node = arena_new(p->arena, struct cel_node);
	node->kind = (uint8_t)kind;
	node->depth = (uint16_t)(depth + 1);
	node->id = (uint32_t)++p->nodes;
	node->span = span;
	node->place = span;
	node->count = count;
	if (count) {
		node->kids = arena_array(p->arena, struct cel_node *, count);
		memcpy(node->kids, kids, count * sizeof(*kids));
	}
	return node;
}

/* Makes a node of the kids that were pushed since `base`. */
static struct cel_node *node_of_stack(struct cel_parser *p, enum cel_kind kind,
				      struct span span, size_t base)
{
	struct cel_node *node = cel_parser_node(
		p, kind, span, p->stack.at ? p->stack.at + base : NULL,
		p->stack.count - base);

	p->stack.count = base;
	return node;
}

static bool advance(struct cel_parser *p)
{
	p->end = p->token.span.end;
	return cel_lexer_next(&p->lexer, &p->token, p->err);
}

static bool accept(struct cel_parser *p, enum cel_token_kind kind, bool *found)
{
	*found = p->token.kind == kind;
	return !*found || advance(p);
}

static struct cel_node *unexpected(struct cel_parser *p, const char *wanted)
{
	str text = str_slice(p->lexer.text, p->token.span.start,
			     p->token.span.end);

	if (p->token.kind == CEL_TOKEN_NAME)
		return cel_parser_fail(p, p->token.span,
				       "%s is needed here, not '" STR_FMT "'",
				       wanted, STR_ARG(text));
	return cel_parser_fail(p, p->token.span,
			       p->token.kind == CEL_TOKEN_END
				       ? "%s is missing at %s"
				       : "%s is needed here, not %s",
			       wanted, cel_token_name(p->token.kind));
}

static bool expect(struct cel_parser *p, enum cel_token_kind kind)
{
	if (p->token.kind == kind)
		return advance(p);
	(void)unexpected(p, cel_token_name(kind));
	return false;
}

static str token_text(const struct cel_parser *p)
{
	return str_slice(p->lexer.text, p->token.span.start, p->token.span.end);
}

static struct span join(struct span from, uint32_t end)
{
	return (struct span){from.start, end};
}

static bool enter(struct cel_parser *p)
{
	if (p->depth >= p->limits->cel_depth) {
		(void)fail_limit(p, p->token.span, "nests too deep (cel_depth)",
				 p->limits->cel_depth);
		return false;
	}
	p->depth++;
	return true;
}

static struct cel_node *parse_constant(struct cel_parser *p, bool negative,
				       struct span from)
{
	struct cel_node *node;
	struct cel_value value;

	if (!cel_literal(&value, p->arena, p->lexer.text, p->token, negative,
			 p->err))
		return NULL;
	node = cel_parser_node(p, CEL_CONST, join(from, p->token.span.end),
			       NULL, 0);
	if (!node || !advance(p))
		return NULL;
	node->constant = value;
	return node;
}

/* Expressions with commas up to `close`, pushed on the stack. `optional`
 * lets them have a `?` before, and a comma behind the last. */
static bool parse_items(struct cel_parser *p, enum cel_token_kind close,
			bool optional)
{
	while (p->token.kind != close) {
		struct cel_node *item;
		bool question = false;
		bool comma;

		if (optional && !accept(p, CEL_TOKEN_QUESTION, &question))
			return false;
		item = parse_expression(p);
		if (!item)
			return false;
		if (question)
			item->flags |= CEL_OPTIONAL_ENTRY;
		*vec_push(&p->stack) = item;
		if (!accept(p, CEL_TOKEN_COMMA, &comma))
			return false;
		if (!comma)
			break;
		if (!optional && p->token.kind == close) {
			(void)unexpected(p, "an argument");
			return false;
		}
	}
	return expect(p, close);
}

static struct cel_node *parse_list(struct cel_parser *p)
{
	struct span from = p->token.span;
	size_t base = p->stack.count;

	if (!advance(p) || !parse_items(p, CEL_TOKEN_BRACKET_CLOSE, true))
		return NULL;
	return node_of_stack(p, CEL_LITERAL_LIST, join(from, p->end), base);
}

static bool parse_entries(struct cel_parser *p)
{
	while (p->token.kind != CEL_TOKEN_BRACE_CLOSE) {
		struct cel_node *key;
		struct cel_node *value;
		bool question;
		bool comma;

		if (!accept(p, CEL_TOKEN_QUESTION, &question))
			return false;
		key = parse_expression(p);
		if (!key || !expect(p, CEL_TOKEN_COLON))
			return false;
		if (question)
			key->flags |= CEL_OPTIONAL_ENTRY;
		*vec_push(&p->stack) = key;
		value = parse_expression(p);
		if (!value)
			return false;
		*vec_push(&p->stack) = value;
		if (!accept(p, CEL_TOKEN_COMMA, &comma))
			return false;
		if (!comma)
			break;
	}
	return expect(p, CEL_TOKEN_BRACE_CLOSE);
}

static struct cel_node *parse_map(struct cel_parser *p)
{
	struct span from = p->token.span;
	size_t base = p->stack.count;

	if (!advance(p) || !parse_entries(p))
		return NULL;
	return node_of_stack(p, CEL_LITERAL_MAP, join(from, p->end), base);
}

static bool parse_field_name(struct cel_parser *p, str *out)
{
	*out = token_text(p);
	if (p->token.kind == CEL_TOKEN_QUOTED)
		*out = str_slice(*out, 1, out->len - 1);
	else if (p->token.kind != CEL_TOKEN_NAME) {
		(void)unexpected(p, "a field");
		return false;
	}
	return advance(p);
}

/* Name{field: value, ...}: the brace is the next token. */
static struct cel_node *parse_message(struct cel_parser *p,
				      struct cel_node *path)
{
	size_t base = p->stack.count;
	VEC(str) fields = {0};
	struct cel_node *node = NULL;
	struct buf name;
	bool comma = true;
	bool question;

	buf_init(&name, p->limits->cel_size);
	cel_node_path(&name, path);
	if (!advance(p))
		goto done;
	while (comma && p->token.kind != CEL_TOKEN_BRACE_CLOSE) {
		struct cel_node *value;
		str field;

		if (!accept(p, CEL_TOKEN_QUESTION, &question) ||
		    !parse_field_name(p, &field) || !expect(p, CEL_TOKEN_COLON))
			goto done;
		value = parse_expression(p);
		if (!value)
			goto done;
		if (question)
			value->flags |= CEL_OPTIONAL_ENTRY;
		*vec_push(&fields) = field;
		*vec_push(&p->stack) = value;
		if (!accept(p, CEL_TOKEN_COMMA, &comma))
			goto done;
	}
	if (!expect(p, CEL_TOKEN_BRACE_CLOSE))
		goto done;
	node = node_of_stack(p, CEL_MESSAGE, join(path->span, p->end), base);
	if (!node)
		goto done;
	node->place = path->span;
	node->name = str_keep(p->arena, buf_str(&name));
	node->fields = vec_keep(&fields, p->arena);
	while (path->kind == CEL_SELECT)
		path = path->kids[0];
	node->flags = path->flags & CEL_ROOT;
done:
	vec_done(&fields);
	buf_done(&name);
	return node;
}

/* (arguments) of a call; `receiver` may be NULL. */
static struct cel_node *parse_call(struct cel_parser *p, struct span from,
				   struct span place, str name,
				   struct cel_node *receiver, unsigned flags)
{
	size_t base = p->stack.count;
	struct cel_node *call;

	if (receiver)
		*vec_push(&p->stack) = receiver;
	if (!advance(p) || !parse_items(p, CEL_TOKEN_PAREN_CLOSE, false))
		return NULL;
	call = node_of_stack(p, CEL_CALL, join(from, p->end), base);
	if (!call)
		return NULL;
	call->place = place;
	call->name = name;
	call->flags = (uint16_t)(flags | (receiver ? CEL_RECEIVES : 0));
	return cel_macro_expand(p, call);
}

static struct cel_node *parse_name(struct cel_parser *p)
{
	struct span from = p->token.span;
	struct cel_node *node;
	struct span place;
	bool root;
	str name;

	if (!accept(p, CEL_TOKEN_DOT, &root))
		return NULL;
	if (p->token.kind != CEL_TOKEN_NAME)
		return unexpected(p, "a name");
	name = token_text(p);
	place = p->token.span;
	if (!root && (str_is(name, "true") || str_is(name, "false") ||
		      str_is(name, "null"))) {
		node = cel_parser_node(p, CEL_CONST, place, NULL, 0);
		if (!node || !advance(p))
			return NULL;
		if (!str_is(name, "null"))
			node->constant = cel_bool(str_is(name, "true"));
		return node;
	}
	if (cel_is_reserved(name))
		return cel_parser_fail(p, place,
				       "'" STR_FMT "' is a reserved word and "
				       "cannot be a name",
				       STR_ARG(name));
	if (!advance(p))
		return NULL;
	if (p->token.kind == CEL_TOKEN_PAREN_OPEN)
		return parse_call(p, from, place, name, NULL,
				  root ? CEL_ROOT : 0);
	node = cel_parser_node(p, CEL_IDENT, join(from, place.end), NULL, 0);
	if (!node)
		return NULL;
	node->place = place;
	node->name = name;
	node->flags = root ? CEL_ROOT : 0;
	return node;
}

static struct cel_node *parse_primary(struct cel_parser *p)
{
	struct cel_node *node;

	switch (p->token.kind) {
	case CEL_TOKEN_INT:
	case CEL_TOKEN_UINT:
	case CEL_TOKEN_DOUBLE:
	case CEL_TOKEN_STRING:
	case CEL_TOKEN_BYTES:
		return parse_constant(p, false, p->token.span);
	case CEL_TOKEN_BRACKET_OPEN:
		return parse_list(p);
	case CEL_TOKEN_BRACE_OPEN:
		return parse_map(p);
	case CEL_TOKEN_PAREN_OPEN:
		if (!advance(p))
			return NULL;
		node = parse_expression(p);
		if (!node || !expect(p, CEL_TOKEN_PAREN_CLOSE))
			return NULL;
		return node;
	case CEL_TOKEN_NAME:
	case CEL_TOKEN_DOT:
		return parse_name(p);
	case CEL_TOKEN_QUOTED:
		return cel_parser_fail(p, p->token.span,
				       "a name in back quotes must follow a "
				       "dot: self.`a-b`");
	default:
		return unexpected(p, "a value");
	}
}

static struct cel_node *parse_select(struct cel_parser *p, struct cel_node *of,
				     struct span from)
{
	struct span place;
	struct cel_node *node;
	bool optional;
	bool quoted;
	str name;

	if (!advance(p) || !accept(p, CEL_TOKEN_QUESTION, &optional))
		return NULL;
	quoted = p->token.kind == CEL_TOKEN_QUOTED;
	if (!quoted && p->token.kind != CEL_TOKEN_NAME)
		return unexpected(p, "a field");
	name = token_text(p);
	place = p->token.span;
	if (str_is(name, "true") || str_is(name, "false") ||
	    str_is(name, "null"))
		return cel_parser_fail(p, place,
				       "write .`" STR_FMT "` for a field of "
				       "this name",
				       STR_ARG(name));
	if (!advance(p))
		return NULL;
	if (p->token.kind == CEL_TOKEN_PAREN_OPEN && !optional && !quoted)
		return parse_call(p, from, place, name, of, 0);
	node = cel_parser_node(p, CEL_SELECT, join(from, place.end), &of, 1);
	if (!node)
		return NULL;
	node->place = place;
	node->name = quoted ? str_slice(name, 1, name.len - 1) : name;
	node->flags = (uint16_t)((optional ? CEL_OPTIONAL_STEP : 0) |
				 (quoted ? CEL_QUOTED : 0));
	return node;
}

static struct cel_node *parse_index(struct cel_parser *p, struct cel_node *of,
				    struct span from)
{
	struct span place = p->token.span;
	struct cel_node *kids[2] = {of, NULL};
	struct cel_node *node;
	bool optional;

	if (!advance(p) || !accept(p, CEL_TOKEN_QUESTION, &optional))
		return NULL;
	kids[1] = parse_expression(p);
	if (!kids[1] || !expect(p, CEL_TOKEN_BRACKET_CLOSE))
		return NULL;
	node = cel_parser_node(p, CEL_INDEX, join(from, p->end), kids, 2);
	if (!node)
		return NULL;
	node->place = join(place, p->end);
	node->flags = optional ? CEL_OPTIONAL_STEP : 0;
	return node;
}

/* .field, [index], .call() and Message{} behind a value, in a loop. */
static struct cel_node *parse_postfix(struct cel_parser *p,
				      struct cel_node *node, struct span from,
				      bool bare)
{
	while (node) {
		if (p->token.kind == CEL_TOKEN_DOT)
			node = parse_select(p, node, from);
		else if (p->token.kind == CEL_TOKEN_BRACKET_OPEN)
			node = parse_index(p, node, from);
		else if (bare && p->token.kind == CEL_TOKEN_BRACE_OPEN &&
			 cel_node_is_path(node))
			node = parse_message(p, node);
		else
			break;
	}
	return node;
}

static struct cel_node *parse_unary(struct cel_parser *p)
{
	struct span from = p->token.span;
	bool minus = p->token.kind == CEL_TOKEN_MINUS;
	bool bare = p->token.kind != CEL_TOKEN_PAREN_OPEN;
	struct cel_node *kid;
	struct cel_node *node;

	if (!minus && p->token.kind != CEL_TOKEN_NOT)
		return parse_postfix(p, parse_primary(p), from, bare);
	if (!advance(p))
		return NULL;
	if (minus && (p->token.kind == CEL_TOKEN_INT ||
		      p->token.kind == CEL_TOKEN_DOUBLE))
		return parse_postfix(p, parse_constant(p, true, from), from,
				     false);
	if (!enter(p))
		return NULL;
	kid = parse_unary(p);
	p->depth--;
	if (!kid)
		return NULL;
	node = cel_parser_node(p, CEL_OP, join(from, p->end), &kid, 1);
	if (!node)
		return NULL;
	node->place = from;
	node->op = minus ? CEL_OP_NEG : CEL_OP_NOT;
	return node;
}

static const struct {
	uint8_t op;
	uint8_t level; /* 0: not a binary operator */
} binaries[CEL_TOKEN_BRACE_CLOSE + 1] = {
	[CEL_TOKEN_OR] = {CEL_OP_OR, 1},
	[CEL_TOKEN_AND] = {CEL_OP_AND, 2},
	[CEL_TOKEN_EQ] = {CEL_OP_EQ, 3},
	[CEL_TOKEN_NE] = {CEL_OP_NE, 3},
	[CEL_TOKEN_LT] = {CEL_OP_LT, 3},
	[CEL_TOKEN_LE] = {CEL_OP_LE, 3},
	[CEL_TOKEN_GT] = {CEL_OP_GT, 3},
	[CEL_TOKEN_GE] = {CEL_OP_GE, 3},
	[CEL_TOKEN_IN] = {CEL_OP_IN, 3},
	[CEL_TOKEN_PLUS] = {CEL_OP_ADD, 4},
	[CEL_TOKEN_MINUS] = {CEL_OP_SUB, 4},
	[CEL_TOKEN_STAR] = {CEL_OP_MUL, 5},
	[CEL_TOKEN_SLASH] = {CEL_OP_DIV, 5},
	[CEL_TOKEN_PERCENT] = {CEL_OP_MOD, 5},
};

static bool is_chain(uint8_t op)
{
	return op == CEL_OP_OR || op == CEL_OP_AND || op == CEL_OP_ADD;
}

/* The operands from `first` on; as many as the same chain operator joins. */
static struct cel_node *parse_chain(struct cel_parser *p,
				    struct cel_node *first, struct span from)
{
	enum cel_token_kind kind = p->token.kind;
	struct span place = p->token.span;
	uint8_t op = binaries[kind].op;
	size_t base = p->stack.count;
	struct cel_node *node;

	*vec_push(&p->stack) = first;
	do {
		struct cel_node *right;

		if (!advance(p))
			return NULL;
		right = parse_binary(p, binaries[kind].level + 1);
		if (!right)
			return NULL;
		*vec_push(&p->stack) = right;
	} while (is_chain(op) && p->token.kind == kind);
	node = node_of_stack(p, CEL_OP, join(from, p->end), base);
	if (!node)
		return NULL;
	node->place = place;
	node->op = op;
	return node;
}

static struct cel_node *parse_binary(struct cel_parser *p, int least)
{
	struct span from = p->token.span;
	struct cel_node *node = parse_unary(p);

	while (node && binaries[p->token.kind].level >= least)
		node = parse_chain(p, node, from);
	return node;
}

static struct cel_node *parse_expression(struct cel_parser *p)
{
	struct span from = p->token.span;
	struct cel_node *kids[3];
	struct cel_node *node = NULL;
	struct span place;

	if (!enter(p))
		return NULL;
	kids[0] = parse_binary(p, 1);
	if (!kids[0] || p->token.kind != CEL_TOKEN_QUESTION) {
		p->depth--;
		return kids[0];
	}
	place = p->token.span;
	if (!advance(p))
		return NULL;
	kids[1] = parse_binary(p, 1);
	if (!kids[1] || !expect(p, CEL_TOKEN_COLON))
		return NULL;
	kids[2] = parse_expression(p);
	if (kids[2])
		node = cel_parser_node(p, CEL_COND, join(from, p->end), kids,
				       3);
	if (node)
		node->place = place;
	p->depth--;
	return node;
}

bool cel_parse(struct cel_ast *out, struct arena *arena, str text,
	       const struct cel_parse_options *options, struct error *err)
{
	struct cel_parser parser = {.arena = arena,
				    .limits = options->limits,
				    .options = options,
				    .err = err};
	struct cel_node *root = NULL;

	if (text.len > options->limits->cel_size)
		return error_set(err, ERROR_LIMIT,
				 "the expression has %zu bytes, at most %zu "
				 "(cel_size) are read",
				 text.len, options->limits->cel_size);
	if (cel_lexer_init(&parser.lexer, text, err) && advance(&parser))
		root = parse_expression(&parser);
	if (root && parser.token.kind != CEL_TOKEN_END) {
		(void)unexpected(&parser, "an operator or the end");
		root = NULL;
	}
	vec_done(&parser.stack);
	if (!root)
		return false;
	*out = (struct cel_ast){text, root, parser.nodes};
	return true;
}
