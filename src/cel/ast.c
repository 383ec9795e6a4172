/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/ast.h"

const struct cel_node *cel_loop_condition(const struct cel_node *loop)
{
	if (loop->op <= CEL_LOOP_FILTER || loop->count == 3)
		return loop->kids[1];
	return NULL;
}

const struct cel_node *cel_loop_result(const struct cel_node *loop)
{
	return loop->op <= CEL_LOOP_FILTER ? NULL : loop->kids[loop->count - 1];
}

bool cel_node_is_path(const struct cel_node *node)
{
	while (node->kind == CEL_SELECT &&
	       !(node->flags & (CEL_OPTIONAL_STEP | CEL_PRESENCE | CEL_QUOTED)))
		node = node->kids[0];
	return node->kind == CEL_IDENT;
}

void cel_node_path(struct buf *out, const struct cel_node *path)
{
	if (path->kind == CEL_SELECT) {
		/* As deep as the tree, which cel_depth bounds. */
		cel_node_path(out, path->kids[0]);
		buf_byte(out, '.');
	}
	buf_add(out, path->name);
}

static bool same_constant(struct cel_value a, struct cel_value b)
{
	if (a.tag != b.tag)
		return false;
	switch (a.tag) {
	case CEL_NULL:
		return true;
	case CEL_BOOL:
		return a.as.boolean == b.as.boolean;
	case CEL_STRING:
	case CEL_BYTES:
		return str_equal(cel_str(a), cel_str(b));
	default:
		/* Bit for bit, so that -0.0 is not 0.0. */
		return a.as.natural == b.as.natural;
	}
}

bool cel_node_same(const struct cel_node *a, const struct cel_node *b)
{
	if (a->kind != b->kind || a->op != b->op || a->flags != b->flags ||
	    a->count != b->count || !str_equal(a->name, b->name) ||
	    !str_equal(a->second, b->second) ||
	    !same_constant(a->constant, b->constant))
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (a->fields && !str_equal(a->fields[i], b->fields[i]))
			return false;
		if (!cel_node_same(a->kids[i], b->kids[i]))
			return false;
	}
	return true;
}
