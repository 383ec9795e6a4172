/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/unparse.h"
#include "base/utf8.h"
#include "cel/lex.h"
#include "cel/text.h"

static const struct {
	const char *text;
	const char *function;
} ops[] = {
	[CEL_OP_NONE] = {"", ""},      [CEL_OP_OR] = {"||", "_||_"},
	[CEL_OP_AND] = {"&&", "_&&_"}, [CEL_OP_EQ] = {"==", "_==_"},
	[CEL_OP_NE] = {"!=", "_!=_"},  [CEL_OP_LT] = {"<", "_<_"},
	[CEL_OP_LE] = {"<=", "_<=_"},  [CEL_OP_GT] = {">", "_>_"},
	[CEL_OP_GE] = {">=", "_>=_"},  [CEL_OP_IN] = {"in", "@in"},
	[CEL_OP_ADD] = {"+", "_+_"},   [CEL_OP_SUB] = {"-", "_-_"},
	[CEL_OP_MUL] = {"*", "_*_"},   [CEL_OP_DIV] = {"/", "_/_"},
	[CEL_OP_MOD] = {"%", "_%_"},   [CEL_OP_NOT] = {"!", "!_"},
	[CEL_OP_NEG] = {"-", "-_"},
};

const char *cel_op_text(enum cel_op op)
{
	return ops[op].text;
}

const char *cel_op_function(enum cel_op op)
{
	return ops[op].function;
}

/* How tightly an expression binds: an operand that binds less than its place
 * demands is put into brackets. */
enum {
	LEVEL_COND,
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_RELATION,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_UNARY,
	LEVEL_POSTFIX,
};

static int op_level(enum cel_op op)
{
	switch (op) {
	case CEL_OP_OR:
		return LEVEL_OR;
	case CEL_OP_AND:
		return LEVEL_AND;
	case CEL_OP_ADD:
	case CEL_OP_SUB:
		return LEVEL_SUM;
	case CEL_OP_MUL:
	case CEL_OP_DIV:
	case CEL_OP_MOD:
		return LEVEL_PRODUCT;
	case CEL_OP_NOT:
	case CEL_OP_NEG:
		return LEVEL_UNARY;
	default:
		return LEVEL_RELATION;
	}
}

static int node_level(const struct cel_node *node)
{
	if (node->kind == CEL_COND)
		return LEVEL_COND;
	return node->kind == CEL_OP ? op_level(node->op) : LEVEL_POSTFIX;
}

static void write_at(struct buf *out, const struct cel_node *node, int least)
{
	bool brackets = node_level(node) < least;

	if (brackets)
		buf_byte(out, '(');
	cel_unparse(out, node);
	if (brackets)
		buf_byte(out, ')');
}

static void write_bytes(struct buf *out, struct cel_value value)
{
	str s = cel_str(value);

	buf_add(out, STR("b\""));
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '"' || c == '\\')
			buf_format(out, "\\%c", c);
		else if (c == '\n')
			buf_add(out, STR("\\n"));
		else if (c < 0x20 || c >= 0x7f)
			buf_format(out, "\\x%02x", c);
		else
			buf_byte(out, (char)c);
	}
	buf_byte(out, '"');
}

/* A character that changes the direction of text cannot be written as it is:
 * the lexer refuses it. */
static void write_string(struct buf *out, struct cel_value value)
{
	str s = cel_str(value);
	size_t from = 0;

	buf_byte(out, '"');
	for (size_t i = 0; i < s.len;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);

		if (!cel_is_bidi(c) && c >= 0x20 && c != 0x7f && c != '"' &&
		    c != '\\')
			continue;
		buf_add(out, str_slice(s, from, start));
		from = i;
		if (c == '"' || c == '\\')
			buf_format(out, "\\%c", (char)c);
		else if (c == '\n')
			buf_add(out, STR("\\n"));
		else
			buf_format(out, "\\u%04x", (unsigned)c);
	}
	buf_add(out, str_slice(s, from, s.len));
	buf_byte(out, '"');
}

static void write_constant(struct buf *out, struct cel_value value)
{
	switch (value.tag) {
	case CEL_BOOL:
		buf_add(out, value.as.boolean ? STR("true") : STR("false"));
		break;
	case CEL_INT:
		buf_format(out, "%lld", (long long)value.as.integer);
		break;
	case CEL_UINT:
		buf_format(out, "%lluu", (unsigned long long)value.as.natural);
		break;
	case CEL_DOUBLE:
		cel_text_double_literal(out, value.as.number);
		break;
	case CEL_STRING:
		write_string(out, value);
		break;
	case CEL_BYTES:
		write_bytes(out, value);
		break;
	default:
		buf_add(out, STR("null"));
	}
}

static void write_items(struct buf *out, const struct cel_node *node,
			size_t first)
{
	for (size_t i = first; i < node->count; i++) {
		if (i > first)
			buf_add(out, STR(", "));
		if (node->kids[i]->flags & CEL_OPTIONAL_ENTRY)
			buf_byte(out, '?');
		cel_unparse(out, node->kids[i]);
	}
}

static void write_entries(struct buf *out, const struct cel_node *node)
{
	buf_byte(out, '{');
	for (size_t i = 0; i + 1 < node->count; i += 2) {
		if (i)
			buf_add(out, STR(", "));
		if (node->kids[i]->flags & CEL_OPTIONAL_ENTRY)
			buf_byte(out, '?');
		cel_unparse(out, node->kids[i]);
		buf_add(out, STR(": "));
		cel_unparse(out, node->kids[i + 1]);
	}
	buf_byte(out, '}');
}

static void write_message(struct buf *out, const struct cel_node *node)
{
	buf_add(out, node->flags & CEL_ROOT ? STR(".") : STR(""));
	buf_add(out, node->name);
	buf_byte(out, '{');
	for (size_t i = 0; i < node->count; i++) {
		if (i)
			buf_add(out, STR(", "));
		if (node->kids[i]->flags & CEL_OPTIONAL_ENTRY)
			buf_byte(out, '?');
		buf_format(out, "`" STR_FMT "`: ", STR_ARG(node->fields[i]));
		cel_unparse(out, node->kids[i]);
	}
	buf_byte(out, '}');
}

static void write_select(struct buf *out, const struct cel_node *node)
{
	const bool quoted = node->flags & CEL_QUOTED;

	if (node->flags & CEL_PRESENCE)
		buf_add(out, STR("has("));
	write_at(out, node->kids[0], LEVEL_POSTFIX);
	buf_add(out, node->flags & CEL_OPTIONAL_STEP ? STR(".?") : STR("."));
	if (quoted)
		buf_byte(out, '`');
	buf_add(out, node->name);
	if (quoted)
		buf_byte(out, '`');
	if (node->flags & CEL_PRESENCE)
		buf_byte(out, ')');
}

static void write_call(struct buf *out, const struct cel_node *node)
{
	const bool receives = node->flags & CEL_RECEIVES;

	if (node->flags & CEL_ROOT)
		buf_byte(out, '.');
	if (receives) {
		write_at(out, node->kids[0], LEVEL_POSTFIX);
		buf_byte(out, '.');
	}
	buf_add(out, node->name);
	buf_byte(out, '(');
	write_items(out, node, receives ? 1 : 0);
	buf_byte(out, ')');
}

static void write_macro(struct buf *out, const struct cel_node *node)
{
	if (node->kind == CEL_BIND) {
		buf_add(out, STR("cel"));
	} else {
		write_at(out, node->kids[0], LEVEL_POSTFIX);
	}
	buf_format(out, "." STR_FMT "(" STR_FMT, STR_ARG(node->macro),
		   STR_ARG(node->name));
	if (node->second.ptr)
		buf_format(out, ", " STR_FMT, STR_ARG(node->second));
	buf_add(out, STR(", "));
	write_items(out, node, node->kind == CEL_BIND ? 0 : 1);
	buf_byte(out, ')');
}

/* Does what is written begin with a digit? -5 is a constant, -(5) is not. */
static bool starts_with_digit(const struct cel_node *node)
{
	while ((node->kind == CEL_SELECT && !(node->flags & CEL_PRESENCE)) ||
	       node->kind == CEL_INDEX || node->kind == CEL_LOOP ||
	       node->kind == CEL_OPT_MAP ||
	       (node->kind == CEL_CALL && (node->flags & CEL_RECEIVES)))
		node = node->kids[0];
	return node->kind == CEL_CONST && ((node->constant.tag == CEL_INT &&
					    node->constant.as.integer >= 0) ||
					   node->constant.tag == CEL_DOUBLE);
}

static void write_operation(struct buf *out, const struct cel_node *node)
{
	const int level = op_level(node->op);

	if (level == LEVEL_UNARY) {
		bool digit = node->op == CEL_OP_NEG &&
			     starts_with_digit(node->kids[0]);

		buf_add(out, str_of(cel_op_text(node->op)));
		write_at(out, node->kids[0], digit ? INT32_MAX : LEVEL_UNARY);
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct cel_node *kid = node->kids[i];
		/* A chain within a chain was written with brackets, also at
		 * the left of the same operator. */
		bool same = kid->kind == CEL_OP && kid->op == node->op &&
			    (node->op <= CEL_OP_AND || node->op == CEL_OP_ADD);

		if (i)
			buf_format(out, " %s ", cel_op_text(node->op));
		write_at(out, kid, level + (i || same ? 1 : 0));
	}
}

static void write_condition(struct buf *out, const struct cel_node *node)
{
	write_at(out, node->kids[0], LEVEL_OR);
	buf_add(out, STR(" ? "));
	write_at(out, node->kids[1], LEVEL_OR);
	buf_add(out, STR(" : "));
	cel_unparse(out, node->kids[2]);
}

void cel_unparse(struct buf *out, const struct cel_node *node)
{
	if (node->written)
		node = node->written;
	switch ((enum cel_kind)node->kind) {
	case CEL_CONST:
		write_constant(out, node->constant);
		break;
	case CEL_IDENT:
		buf_add(out, node->flags & CEL_ROOT ? STR(".") : STR(""));
		buf_add(out, node->name);
		break;
	case CEL_SELECT:
		write_select(out, node);
		break;
	case CEL_INDEX:
		write_at(out, node->kids[0], LEVEL_POSTFIX);
		buf_add(out,
			node->flags & CEL_OPTIONAL_STEP ? STR("[?") : STR("["));
		cel_unparse(out, node->kids[1]);
		buf_byte(out, ']');
		break;
	case CEL_CALL:
		write_call(out, node);
		break;
	case CEL_OP:
		write_operation(out, node);
		break;
	case CEL_COND:
		write_condition(out, node);
		break;
	case CEL_LITERAL_LIST:
		buf_byte(out, '[');
		write_items(out, node, 0);
		buf_byte(out, ']');
		break;
	case CEL_LITERAL_MAP:
		write_entries(out, node);
		break;
	case CEL_MESSAGE:
		write_message(out, node);
		break;
	case CEL_LOOP:
	case CEL_BIND:
	case CEL_OPT_MAP:
		write_macro(out, node);
		break;
	}
}
