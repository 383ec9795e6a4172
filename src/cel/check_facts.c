/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/check.h"

bool check_place(const struct cel_node *node, const struct cel_node **base,
		 str *name)
{
	if (node->kind == CEL_SELECT && !(node->flags & CEL_PRESENCE)) {
		*base = node->kids[0];
		*name = node->name;
		return true;
	}
	if (node->kind == CEL_INDEX && node->kids[1]->kind == CEL_CONST &&
	    node->kids[1]->constant.tag == CEL_STRING) {
		*base = node->kids[0];
		*name = cel_str(node->kids[1]->constant);
		return true;
	}
	return false;
}

/* Do two paths lead to the same value? Each node belongs to its notes. */
static bool same_path(const struct cel_notes *a_notes, const struct cel_node *a,
		      const struct cel_notes *b_notes, const struct cel_node *b)
{
	for (;;) {
		const struct cel_note *x = &a_notes->at[a->id];
		const struct cel_note *y = &b_notes->at[b->id];
		str a_name;
		str b_name;

		if (x->reference != CEL_REF_NONE ||
		    y->reference != CEL_REF_NONE)
			return x->reference == y->reference &&
			       x->slot == y->slot &&
			       (x->reference == CEL_REF_VARIABLE ||
				x->reference == CEL_REF_LOCAL);
		if (!check_place(a, &a, &a_name) ||
		    !check_place(b, &b, &b_name) || !str_equal(a_name, b_name))
			return false;
	}
}

bool check_is_present(const struct checker *c, const struct cel_node *base,
		      str name)
{
	for (size_t i = c->facts.count; i > 0; i--) {
		const struct check_fact *fact = &c->facts.at[i - 1];

		if (!fact->off && str_equal(fact->name, name) &&
		    same_path(fact->notes, fact->base, c->notes, base))
			return true;
	}
	return false;
}

static void add(struct checker *c, const struct cel_node *base, str name,
		size_t owner)
{
	if (c->facts.count < CHECK_FACTS)
		*vec_push(&c->facts) =
			(struct check_fact){c->notes, base, name, owner, false};
}

static void learn(struct checker *c, const struct cel_node *base, str name,
		  size_t owner)
{
	if (!c->promises)
		add(c, base, name, owner);
}

/* ---- guards */

/* x.hasValue(): each optional step below led somewhere. */
static void assume_value(struct checker *c, const struct cel_node *node,
			 size_t owner)
{
	const struct cel_node *base;
	bool some = true;
	str name;

	while (check_place(node, &base, &name)) {
		const struct cel_type *type = check_note(c, base)->type;

		/* Behind an optional a plain step is one, too. */
		some = node->flags & CEL_OPTIONAL_STEP ||
		       (type && check_view(c, type)->kind == CEL_T_OPTIONAL);
		if (some)
			learn(c, base, name, owner);
		node = base;
	}
}

static bool has_text(const str *texts, size_t count, str text)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(texts[i], text))
			return true;
	return false;
}

/* What a field is known to be: one of the values, or (`except`) of the texts
 * of its enum one that is none of them. Without values: true. */
struct known {
	const struct cel_node *const *values;
	size_t count;
	bool except;
};

static bool is_among(const struct known *known, str text)
{
	for (size_t i = 0; i < known->count; i++)
		if (known->values[i]->kind == CEL_CONST &&
		    known->values[i]->constant.tag == CEL_STRING &&
		    str_equal(cel_str(known->values[i]->constant), text))
			return true;
	return false;
}

/* Is the promise made for all that the field may be? */
static bool is_promised(const struct cel_promise *promise,
			const struct known *known, const struct cel_type *type)
{
	if (!known->count || !promise->value_count)
		return !known->count && !promise->value_count;
	if (known->except) {
		bool any = false;

		for (size_t i = 0; i < type->literal_count; i++) {
			if (is_among(known, type->literals[i]))
				continue;
			any = true;
			if (!has_text(promise->values, promise->value_count,
				      type->literals[i]))
				return false;
		}
		return any;
	}
	for (size_t i = 0; i < known->count; i++)
		if (known->values[i]->kind != CEL_CONST ||
		    known->values[i]->constant.tag != CEL_STRING ||
		    !has_text(promise->values, promise->value_count,
			      cel_str(known->values[i]->constant)))
			return false;
	return true;
}

/* Adds what the schema promises of the record that the field at `node` is in,
 * once both have been checked. */
static void assume_promise(struct checker *c, const struct cel_node *node,
			   const struct known *known, size_t owner)
{
	const struct cel_node *base;
	const struct cel_type *object;
	const struct cel_type *type;
	str name;

	if (!check_place(node, &base, &name) || !check_note(c, base)->type ||
	    !check_note(c, node)->type)
		return;
	object = check_view(c, check_note(c, base)->type);
	type = check_view(c, check_note(c, node)->type);
	if (object->kind != CEL_T_OBJECT)
		return;
	for (size_t i = 0; i < object->promise_count; i++) {
		const struct cel_promise *promise = &object->promises[i];

		if (!str_equal(promise->field, name) ||
		    !is_promised(promise, known, type))
			continue;
		for (size_t k = 0; k < promise->present_count; k++)
			add(c, base, promise->present[k], owner);
	}
}

static bool is_constant(const struct cel_node *node, bool value)
{
	return node->kind == CEL_CONST && node->constant.tag == CEL_BOOL &&
	       node->constant.as.boolean == value;
}

static void assume_equal(struct checker *c, const struct cel_node *node,
			 bool yes, size_t owner)
{
	for (size_t i = 0; i < 2; i++) {
		const struct cel_node *value = node->kids[1 - i];
		const struct known known = {
			(const struct cel_node *const *)&node->kids[1 - i], 1,
			!yes};

		if (is_constant(value, true))
			check_assume(c, node->kids[i], yes, owner);
		else if (is_constant(value, false))
			check_assume(c, node->kids[i], !yes, owner);
		else if (value->kind == CEL_CONST &&
			 value->constant.tag == CEL_STRING)
			assume_promise(c, node->kids[i], &known, owner);
	}
}

static void assume_in(struct checker *c, const struct cel_node *node, bool yes,
		      size_t owner)
{
	const struct cel_node *one = node->kids[0];
	const struct cel_node *all = node->kids[1];
	const struct known known = {(const struct cel_node *const *)all->kids,
				    all->count, !yes};

	if (one->kind == CEL_CONST && one->constant.tag == CEL_STRING && yes)
		learn(c, all, cel_str(one->constant), owner);
	else if (all->kind == CEL_LITERAL_LIST && all->count)
		assume_promise(c, one, &known, owner);
}

static void assume_op(struct checker *c, const struct cel_node *node, bool yes,
		      size_t owner)
{
	switch ((enum cel_op)node->op) {
	case CEL_OP_AND:
	case CEL_OP_OR:
		if (yes == (node->op == CEL_OP_AND))
			for (size_t i = 0; i < node->count; i++)
				check_assume(c, node->kids[i], yes, owner);
		break;
	case CEL_OP_NOT:
		check_assume(c, node->kids[0], !yes, owner);
		break;
	case CEL_OP_EQ:
		assume_equal(c, node, yes, owner);
		break;
	case CEL_OP_NE:
		assume_equal(c, node, !yes, owner);
		break;
	case CEL_OP_IN:
		assume_in(c, node, yes, owner);
		break;
	default:
		break;
	}
}

void check_assume(struct checker *c, const struct cel_node *node, bool yes,
		  size_t owner)
{
	switch ((enum cel_kind)node->kind) {
	case CEL_SELECT:
		if (!yes)
			break;
		if (node->flags & CEL_PRESENCE)
			learn(c, node->kids[0], node->name, owner);
		else
			assume_promise(c, node, &(struct known){0}, owner);
		break;
	case CEL_CALL:
		if (yes && node->count == 1 && node->flags & CEL_RECEIVES &&
		    str_is(node->name, "hasValue"))
			assume_value(c, node->kids[0], owner);
		break;
	case CEL_COND:
		if (is_constant(node->kids[2], !yes)) {
			check_assume(c, node->kids[0], true, owner);
			check_assume(c, node->kids[1], yes, owner);
		} else if (is_constant(node->kids[1], !yes)) {
			check_assume(c, node->kids[0], false, owner);
			check_assume(c, node->kids[2], yes, owner);
		}
		break;
	case CEL_OP:
		assume_op(c, node, yes, owner);
		break;
	default:
		break;
	}
}

void check_promised(struct checker *c, const struct cel_node *node, bool yes)
{
	c->promises = true;
	check_assume(c, node, yes, 0);
	c->promises = false;
}

/* ---- what was read without an error is there */

static void evaluated_chain(struct checker *c, const struct cel_node *node,
			    enum check_truth truth)
{
	const enum check_truth decides =
		node->op == CEL_OP_AND ? CHECK_TRUE : CHECK_FALSE;

	/* Otherwise an operand may have been passed over, or its error. */
	if (truth != decides)
		return;
	for (size_t i = 0; i < node->count; i++)
		check_evaluated(c, node->kids[i], truth);
}

void check_evaluated(struct checker *c, const struct cel_node *node,
		     enum check_truth truth)
{
	size_t count = node->count;
	const struct cel_node *base;
	str name;

	switch ((enum cel_kind)node->kind) {
	case CEL_CONST:
	case CEL_IDENT:
		return;
	case CEL_OP:
		if (node->op == CEL_OP_AND || node->op == CEL_OP_OR) {
			evaluated_chain(c, node, truth);
			return;
		}
		if (node->op == CEL_OP_NOT && truth != CHECK_MAYBE)
			truth = truth == CHECK_TRUE ? CHECK_FALSE : CHECK_TRUE;
		else
			truth = CHECK_MAYBE;
		break;
	case CEL_COND:
	case CEL_LOOP:
	case CEL_BIND:
	case CEL_OPT_MAP:
		/* The first kid always is; its value is not known. What the
		 * others say of their variable means nothing outside. */
		count = 1;
		truth = CHECK_MAYBE;
		break;
	default:
		truth = CHECK_MAYBE;
		if (check_note(c, node)->may_be_absent &&
		    check_place(node, &base, &name))
			learn(c, base, name, 0);
		break;
	}
	for (size_t i = 0; i < count; i++)
		check_evaluated(c, node->kids[i], truth);
}
