/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "cel/check.h"
#include "cel/unparse.h"

/* ---- && and || */

/* A guard protects the other operands wherever it stands, for the error of one
 * is absorbed when another decides. What was merely read is known to be there
 * in the operands behind it only. */
static const struct cel_type *check_chain(struct checker *c,
					  const struct cel_node *node)
{
	const bool yes = node->op == CEL_OP_AND;
	const size_t start = c->facts.count;
	size_t guards;
	size_t next = start;

	for (size_t i = 0; i < node->count; i++)
		check_assume(c, node->kids[i], yes, i);
	guards = c->facts.count;
	for (size_t i = 0; i < node->count; i++) {
		const size_t first = next;

		for (; next < guards && c->facts.at[next].owner == i; next++)
			c->facts.at[next].off = true;
		check_bool(c, node->kids[i], check_node(c, node->kids[i]),
			   yes ? "'&&'" : "'||'");
		for (size_t k = first; k < next; k++)
			c->facts.at[k].off = false;
		check_promised(c, node->kids[i], yes);
		check_evaluated(c, node->kids[i],
				yes ? CHECK_TRUE : CHECK_FALSE);
	}
	c->facts.count = start;
	return &cel_bool_type;
}

/* ---- arithmetic and order */

struct operation {
	uint8_t op;
	uint8_t left;
	uint8_t right; /* CEL_T_DYN: there is none */
	const struct cel_type *result;
};

#define SAME(op, kind, type)                             \
	{                                                \
		(op), (kind), (kind), &cel_##type##_type \
	}
#define NUMBERS(op)                                           \
	SAME(op, CEL_T_INT, int), SAME(op, CEL_T_UINT, uint), \
		SAME(op, CEL_T_DOUBLE, double)

static const struct operation operations[] = {
	NUMBERS(CEL_OP_ADD),
	SAME(CEL_OP_ADD, CEL_T_STRING, string),
	SAME(CEL_OP_ADD, CEL_T_BYTES, bytes),
	SAME(CEL_OP_ADD, CEL_T_DURATION, duration),
	{CEL_OP_ADD, CEL_T_TIMESTAMP, CEL_T_DURATION, &cel_timestamp_type},
	{CEL_OP_ADD, CEL_T_DURATION, CEL_T_TIMESTAMP, &cel_timestamp_type},
	{CEL_OP_ADD, CEL_T_LIST, CEL_T_LIST, NULL},
	NUMBERS(CEL_OP_SUB),
	SAME(CEL_OP_SUB, CEL_T_DURATION, duration),
	{CEL_OP_SUB, CEL_T_TIMESTAMP, CEL_T_DURATION, &cel_timestamp_type},
	{CEL_OP_SUB, CEL_T_TIMESTAMP, CEL_T_TIMESTAMP, &cel_duration_type},
	NUMBERS(CEL_OP_MUL),
	NUMBERS(CEL_OP_DIV),
	SAME(CEL_OP_MOD, CEL_T_INT, int),
	SAME(CEL_OP_MOD, CEL_T_UINT, uint),
	{CEL_OP_NEG, CEL_T_INT, CEL_T_DYN, &cel_int_type},
	{CEL_OP_NEG, CEL_T_DOUBLE, CEL_T_DYN, &cel_double_type},
};

static bool is_number(const struct cel_type *type)
{
	return type->kind == CEL_T_INT || type->kind == CEL_T_UINT ||
	       type->kind == CEL_T_DOUBLE;
}

/* [1] + [2]: the lists must agree on what they hold. NULL: they do not. */
static const struct cel_type *joined_lists(struct checker *c,
					   const struct cel_type *a,
					   const struct cel_type *b)
{
	size_t mark = c->trail.count;

	if (check_is_dyn(a))
		return b;
	if (check_is_dyn(b))
		return a;
	if (check_fits(c, a, b))
		return check_list(c, check_join(c, a->params[0], b->params[0]));
	check_undo_to(c, mark);
	return NULL;
}

/* Adds the result for one pair of members; dyn goes with all. */
static bool operate(struct checker *c, enum cel_op op, const struct cel_type *a,
		    const struct cel_type *b, const struct cel_type **result)
{
	bool found = false;

	for (size_t i = 0; i < ARRAY_SIZE(operations); i++) {
		const struct operation *row = &operations[i];
		const struct cel_type *one = row->result;

		if (row->op != op ||
		    (a->kind != row->left && !check_is_dyn(a)) ||
		    (b->kind != row->right && !check_is_dyn(b)))
			continue;
		if (!one)
			one = check_is_dyn(a) && check_is_dyn(b)
				      ? &cel_list_dyn
				      : joined_lists(c, a, b);
		if (!one)
			continue;
		found = true;
		/* With dyn it may be this or that. */
		if (!*result || cel_type_equal(*result, one))
			*result = one;
		else if (check_is_dyn(a) || check_is_dyn(b))
			*result = &cel_dyn;
		else
			*result = check_either(c, *result, one);
	}
	return found;
}

static bool can_order(const struct cel_type *a, const struct cel_type *b)
{
	if (check_is_dyn(a) || check_is_dyn(b) ||
	    (is_number(a) && is_number(b)))
		return true;
	if (a->kind != b->kind)
		return false;
	return a->kind == CEL_T_BOOL || a->kind == CEL_T_STRING ||
	       a->kind == CEL_T_BYTES || a->kind == CEL_T_TIMESTAMP ||
	       a->kind == CEL_T_DURATION;
}

static bool is_order(enum cel_op op)
{
	return op == CEL_OP_LT || op == CEL_OP_LE || op == CEL_OP_GT ||
	       op == CEL_OP_GE;
}

/* What to write for two that almost go together. */
static const char *advice(const struct cel_type *a, const struct cel_type *b)
{
	if (a->kind == CEL_T_OPTIONAL || b->kind == CEL_T_OPTIONAL)
		return "; take the value of the optional with orValue() or "
		       "value()";
	if (is_number(a) && is_number(b))
		return "; convert one with int(), uint() or double(), or write "
		       "5.0 for 5";
	if (a->kind == CEL_T_STRING || b->kind == CEL_T_STRING) {
		const struct cel_type *other = a->kind == CEL_T_STRING ? b : a;

		if (other->kind == CEL_T_TIMESTAMP)
			return "; write timestamp('2026-01-31T00:00:00Z')";
		if (other->kind == CEL_T_DURATION)
			return "; write duration('36h')";
		if (is_number(other))
			return "; convert one with string() or int()";
	}
	if (a->kind == CEL_T_NULL || b->kind == CEL_T_NULL)
		return "; ask has(x.field) whether a field is there";
	return "";
}

static void tell_operation(struct checker *c, const struct cel_node *node,
			   const struct cel_type *a, const struct cel_type *b)
{
	const char *op = cel_op_text(node->op);

	if (node->op == CEL_OP_NEG)
		check_fail(c, node->span, "wrong-type",
			   "'-' is for int and double, not for " STR_FMT,
			   STR_ARG(check_words(c, a)));
	else if (is_order(node->op))
		check_fail(c, node->span, "wrong-type",
			   "'%s' cannot order " STR_FMT " and " STR_FMT "%s",
			   op, STR_ARG(check_words(c, a)),
			   STR_ARG(check_words(c, b)), advice(a, b));
	else
		check_fail(c, node->span, "wrong-type",
			   "'%s' does not go with " STR_FMT " and " STR_FMT
			   "%s",
			   op, STR_ARG(check_words(c, a)),
			   STR_ARG(check_words(c, b)), advice(a, b));
}

/* One operation on two types, member by member. */
static const struct cel_type *check_pair(struct checker *c,
					 const struct cel_node *node,
					 const struct cel_type *a,
					 const struct cel_type *b)
{
	const struct cel_type *const *left;
	const struct cel_type *const *right;
	const struct cel_type *result = NULL;
	size_t left_count;
	size_t right_count;
	size_t fitting = 0;

	a = check_view(c, a);
	b = check_view(c, b);
	left_count = check_members(&a, &left);
	right_count = check_members(&b, &right);
	for (size_t i = 0; i < left_count; i++)
		for (size_t k = 0; k < right_count; k++) {
			if (!is_order(node->op)) {
				fitting += operate(c, node->op, left[i],
						   right[k], &result);
			} else if (can_order(left[i], right[k])) {
				fitting++;
				result = &cel_bool_type;
			}
		}
	if (!fitting) {
		tell_operation(c, node, a, b);
		return &cel_error_type;
	}
	if (fitting < left_count * right_count)
		check_warn(c, node->span, "may-not-fit",
			   "'%s' does not go with every pair of " STR_FMT
			   " and " STR_FMT,
			   cel_op_text(node->op), STR_ARG(check_words(c, a)),
			   STR_ARG(check_words(c, b)));
	return result;
}

static const struct cel_type *check_operation(struct checker *c,
					      const struct cel_node *node)
{
	const struct cel_type *type = check_node(c, node->kids[0]);

	if (node->count == 1)
		return check_pair(c, node, type, &cel_dyn);
	for (size_t i = 1; i < node->count; i++) {
		const struct cel_type *right = check_node(c, node->kids[i]);

		if (type->kind == CEL_T_ERROR || right->kind == CEL_T_ERROR)
			type = is_order(node->op) ? &cel_bool_type
						  : &cel_error_type;
		else
			type = check_pair(c, node, type, right);
	}
	return type;
}

/* ---- equality */

static bool is_text(const struct cel_node *node)
{
	return node->kind == CEL_CONST && node->constant.tag == CEL_STRING;
}

/* May a string of this type be the text? Any union that may hold other
 * strings may. */
static bool may_be_text(const struct cel_type *view, str text,
			struct nearest *near)
{
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	bool limited = false;

	for (size_t i = 0; i < count; i++) {
		if (check_is_dyn(members[i]))
			return true;
		if (members[i]->kind != CEL_T_STRING)
			continue;
		limited = true;
		if (!members[i]->literals)
			return true;
		for (size_t k = 0; k < members[i]->literal_count; k++) {
			if (str_equal(members[i]->literals[k], text))
				return true;
			nearest_offer(near, members[i]->literals[k]);
		}
	}
	return !limited;
}

/* "; it is 'a' or 'b'", of few. */
static str choices(struct checker *c, const struct cel_type *view)
{
	enum { FEW = 8 };
	struct buf text;
	str kept;

	if (view->kind != CEL_T_STRING || view->literal_count > FEW)
		return STR("");
	buf_init(&text, 400);
	buf_add(&text, STR("; it is"));
	for (size_t i = 0; i < view->literal_count; i++) {
		buf_add(&text, i ? STR(" or '") : STR(" '"));
		buf_add(&text, view->literals[i]);
		buf_byte(&text, '\'');
	}
	kept = text.full ? STR("") : str_keep(c->arena, buf_str(&text));
	buf_done(&text);
	return kept;
}

void check_text(struct checker *c, const struct cel_node *constant,
		const struct cel_type *texts, const struct cel_node *of)
{
	const str text = cel_str(constant->constant);
	const struct cel_type *view = check_view(c, texts);
	struct nearest near;

	nearest_start(&near, text);
	if (may_be_text(view, text, &near))
		return;
	check_fail_near(c, constant->span, "unknown-value", &near,
			STR_FMT " is never '" STR_FMT "'" STR_FMT,
			STR_ARG(check_source(c, of)), STR_ARG(text),
			STR_ARG(near.count ? STR("") : choices(c, view)));
}

/* Two enums that share no text. */
static bool share_text(const struct cel_type *a, const struct cel_type *b)
{
	struct nearest unused;

	nearest_start(&unused, STR(""));
	if (a->kind != CEL_T_STRING || b->kind != CEL_T_STRING ||
	    !a->literals || !b->literals)
		return true;
	for (size_t i = 0; i < b->literal_count; i++)
		if (may_be_text(a, b->literals[i], &unused))
			return true;
	return false;
}

static void tell_never(struct checker *c, const struct cel_node *node,
		       const struct cel_type *a, const struct cel_type *b)
{
	check_fail(c, node->span, "impossible-comparison",
		   STR_FMT " is never equal to " STR_FMT "%s",
		   STR_ARG(check_words(c, a)), STR_ARG(check_words(c, b)),
		   advice(check_view(c, a), check_view(c, b)));
}

static const struct cel_type *check_equal(struct checker *c,
					  const struct cel_node *node)
{
	const struct cel_node *x = node->kids[0];
	const struct cel_node *y = node->kids[1];
	const struct cel_type *a = check_node(c, x);
	const struct cel_type *b = check_node(c, y);

	if (!check_comparable(c, a, b))
		tell_never(c, node, a, b);
	else if (is_text(y))
		check_text(c, y, a, x);
	else if (is_text(x))
		check_text(c, x, b, y);
	else if (!share_text(check_view(c, a), check_view(c, b)))
		check_fail(c, node->span, "impossible-comparison",
			   STR_FMT " and " STR_FMT " have no value in common",
			   STR_ARG(check_source(c, x)),
			   STR_ARG(check_source(c, y)));
	return &cel_bool_type;
}

/* ---- in */

/* What `x in y` compares x with; NULL: y holds nothing. */
static const struct cel_type *held(const struct cel_type *type)
{
	switch (type->kind) {
	case CEL_T_DYN:
	case CEL_T_ERROR:
		return &cel_dyn;
	case CEL_T_LIST:
	case CEL_T_MAP:
		return type->params[0];
	case CEL_T_OBJECT:
		return &cel_string_type;
	default:
		return NULL;
	}
}

/* The texts that stand in `x in ['a', 'b']`, and `'a' in x`. */
static void check_held_texts(struct checker *c, const struct cel_node *node,
			     const struct cel_type *type,
			     const struct cel_type *container)
{
	const struct cel_node *x = node->kids[0];
	const struct cel_node *y = node->kids[1];

	if (y->kind == CEL_LITERAL_LIST)
		for (size_t i = 0; i < y->count; i++)
			if (is_text(y->kids[i]))
				check_text(c, y->kids[i], type, x);
	if (!is_text(x))
		return;
	if (container->kind == CEL_T_LIST)
		check_text(c, x, container->params[0], y);
	else if (container->kind == CEL_T_OBJECT &&
		 !cel_type_field(container, cel_str(x->constant)))
		check_unknown_field(c, x->span, container,
				    cel_str(x->constant));
}

static const struct cel_type *check_in(struct checker *c,
				       const struct cel_node *node)
{
	const struct cel_type *type = check_node(c, node->kids[0]);
	const struct cel_type *all = check_node(c, node->kids[1]);
	const struct cel_type *view = check_view(c, all);
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	size_t holding = 0;
	size_t fitting = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cel_type *item = held(check_view(c, members[i]));

		holding += item != NULL;
		fitting += item && check_comparable(c, type, item);
	}
	if (!holding)
		check_fail(c, node->kids[1]->span, "wrong-type",
			   "'in' needs a list or a map, not " STR_FMT "%s",
			   STR_ARG(check_words(c, all)),
			   advice(view, &cel_dyn));
	else if (!fitting)
		check_fail(c, node->span, "impossible-comparison",
			   STR_FMT " is never in " STR_FMT,
			   STR_ARG(check_words(c, type)),
			   STR_ARG(check_words(c, all)));
	else if (holding < count)
		check_warn(c, node->kids[1]->span, "may-not-fit",
			   "'in' needs a list or a map; this may also be "
			   "another of " STR_FMT,
			   STR_ARG(check_words(c, all)));
	else
		check_held_texts(c, node, type, view);
	return &cel_bool_type;
}

const struct cel_type *check_op(struct checker *c, const struct cel_node *node)
{
	switch ((enum cel_op)node->op) {
	case CEL_OP_OR:
	case CEL_OP_AND:
		return check_chain(c, node);
	case CEL_OP_EQ:
	case CEL_OP_NE:
		return check_equal(c, node);
	case CEL_OP_IN:
		return check_in(c, node);
	case CEL_OP_NOT:
		check_bool(c, node->kids[0], check_node(c, node->kids[0]),
			   "'!'");
		return &cel_bool_type;
	default:
		return check_operation(c, node);
	}
}
