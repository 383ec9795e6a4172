/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cel/check.h"

static void enter(struct checker *c, size_t slot, str name,
		  const struct cel_type *type)
{
	c->local[slot] = (struct check_local){name, type};
	c->locals = slot + 1;
}

void check_bool(struct checker *c, const struct cel_node *node,
		const struct cel_type *type, const char *what)
{
	const struct cel_type *view = check_view(c, type);
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	size_t fitting = 0;

	for (size_t i = 0; i < count; i++)
		fitting += check_is_dyn(members[i]) ||
			   members[i]->kind == CEL_T_BOOL;
	if (!fitting)
		check_fail(c, node->span, "wrong-type",
			   "%s needs a bool, not " STR_FMT, what,
			   STR_ARG(check_words(c, type)));
	else if (fitting < count)
		check_warn(
			c, node->span, "may-not-fit",
			"%s needs a bool; this may also be another of " STR_FMT,
			what, STR_ARG(check_words(c, type)));
}

/* ---- literals */

/* What an optional entry holds; an error if it is no optional. */
static const struct cel_type *unwrapped(struct checker *c,
					const struct cel_node *node,
					const struct cel_type *type)
{
	const struct cel_type *view = check_view(c, type);

	if (check_is_dyn(view))
		return view;
	if (view->kind == CEL_T_OPTIONAL)
		return view->params[0];
	check_fail(c, node->span, "wrong-type",
		   "behind '?' stands an optional, not " STR_FMT,
		   STR_ARG(check_words(c, type)));
	return &cel_error_type;
}

static const struct cel_type *check_items(struct checker *c,
					  const struct cel_node *node)
{
	const struct cel_type *item = NULL;

	for (size_t i = 0; i < node->count; i++) {
		const struct cel_node *kid = node->kids[i];
		const struct cel_type *type = check_node(c, kid);

		if (kid->flags & CEL_OPTIONAL_ENTRY)
			type = unwrapped(c, kid, type);
		item = check_join(c, item, type);
	}
	return check_list(c, item ? item : check_fresh(c));
}

static const struct cel_type *check_entries(struct checker *c,
					    const struct cel_node *node)
{
	const struct cel_type *key = NULL;
	const struct cel_type *value = NULL;

	for (size_t i = 0; i + 1 < node->count; i += 2) {
		const struct cel_node *kid = node->kids[i + 1];
		const struct cel_type *type;

		key = check_join(c, key, check_node(c, node->kids[i]));
		type = check_node(c, kid);
		if (node->kids[i]->flags & CEL_OPTIONAL_ENTRY)
			type = unwrapped(c, kid, type);
		value = check_join(c, value, type);
	}
	return check_map(c, key ? key : check_fresh(c),
			 value ? value : check_fresh(c));
}

/* ---- macros that bind names */

struct range {
	const struct cel_type *key;   /* of a map; int for a list */
	const struct cel_type *value; /* or element */
	bool map;
};

/* What a loop goes over; adds one member of a union. False: not over that. */
static bool range_add(struct checker *c, struct range *range,
		      const struct cel_type *type)
{
	const struct cel_type *key = &cel_string_type;
	const struct cel_type *value = &cel_dyn;

	if (type->kind == CEL_T_LIST) {
		key = &cel_int_type;
		value = type->params[0];
	} else if (type->kind == CEL_T_MAP) {
		key = type->params[0];
		value = type->params[1];
		range->map = true;
	} else if (type->kind == CEL_T_OBJECT) {
		range->map = true;
	} else if (check_is_dyn(type)) {
		key = &cel_dyn;
	} else {
		return false;
	}
	range->key = check_join(c, range->key, key);
	range->value = check_join(c, range->value, value);
	return true;
}

static struct range range_of(struct checker *c, const struct cel_node *node,
			     const struct cel_type *type)
{
	const struct cel_type *view = check_view(c, type);
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	struct range range = {0};
	size_t fitting = 0;

	for (size_t i = 0; i < count; i++)
		fitting += range_add(c, &range, members[i]);
	if (!fitting) {
		check_fail(c, node->span, "wrong-type",
			   "a list or a map is needed here, not " STR_FMT,
			   STR_ARG(check_words(c, type)));
		return (struct range){&cel_error_type, &cel_error_type, false};
	}
	if (fitting < count)
		check_warn(
			c, node->span, "may-not-fit",
			"a list or a map is needed; this may also be another "
			"of " STR_FMT,
			STR_ARG(check_words(c, type)));
	if (view->kind == CEL_T_UNION && range.map && fitting > 1) {
		/* Keys of the one, elements of the other. */
		range.map = false;
		range.value = &cel_dyn;
	}
	return range;
}

/* Is there an order among values of this type? */
static bool is_ordered(const struct cel_type *type)
{
	switch (type->kind) {
	case CEL_T_DYN:
	case CEL_T_ERROR:
	case CEL_T_BOOL:
	case CEL_T_INT:
	case CEL_T_UINT:
	case CEL_T_DOUBLE:
	case CEL_T_STRING:
	case CEL_T_BYTES:
	case CEL_T_TIMESTAMP:
	case CEL_T_DURATION:
		return true;
	case CEL_T_UNION:
		for (size_t i = 0; i < type->count; i++)
			if (is_ordered(type->params[i]))
				return true;
		return false;
	default:
		return false;
	}
}

static const struct cel_type *loop_type(struct checker *c,
					const struct cel_node *node,
					const struct range *range,
					const struct cel_type *one,
					const struct cel_type *result)
{
	const struct cel_node *body = cel_loop_result(node);
	const struct cel_type *view;

	switch ((enum cel_loop)node->op) {
	case CEL_LOOP_FILTER:
		return check_list(c, one);
	case CEL_LOOP_MAP:
		return check_list(c, result);
	case CEL_LOOP_TO_MAP:
		return check_map(c, range->key, result);
	case CEL_LOOP_TO_ENTRY:
		view = check_view(c, result);
		if (view->kind == CEL_T_MAP || view->kind == CEL_T_OBJECT ||
		    check_is_dyn(view))
			return view->kind == CEL_T_MAP ? view : &cel_map_dyn;
		check_fail(c, body->span, "wrong-type",
			   STR_FMT "() needs a map here, not " STR_FMT,
			   STR_ARG(node->macro),
			   STR_ARG(check_words(c, result)));
		return &cel_error_type;
	case CEL_LOOP_SORT:
		if (!is_ordered(check_view(c, result)))
			check_fail(c, body->span, "wrong-type",
				   "values of type " STR_FMT
				   " have no order to sort by",
				   STR_ARG(check_words(c, result)));
		return check_list(c, one);
	default:
		return &cel_bool_type;
	}
}

/* What a filter let through is known of each element that comes out. The one
 * variable of both has the same slot. */
static void assume_filtered(struct checker *c, const struct cel_node *node)
{
	const struct cel_node *range = node->kids[0];

	if (range->kind != CEL_LOOP || range->op != CEL_LOOP_FILTER ||
	    range->second.ptr || node->second.ptr)
		return;
	check_assume(c, range->kids[1], true, 0);
	check_evaluated(c, range->kids[1], CHECK_TRUE);
}

static const struct cel_type *check_loop(struct checker *c,
					 const struct cel_node *node)
{
	const struct cel_node *condition = cel_loop_condition(node);
	const struct cel_node *body = cel_loop_result(node);
	const struct cel_type *range_type = check_node(c, node->kids[0]);
	struct range range = range_of(c, node->kids[0], range_type);
	const struct cel_type *one = range.map ? range.key : range.value;
	const struct cel_type *result = NULL;
	const size_t slot = check_note(c, node)->slot;
	const size_t locals = c->locals;
	const size_t facts = c->facts.count;

	if (node->second.ptr) {
		enter(c, slot, node->name, range.key);
		enter(c, slot + 1, node->second, range.value);
	} else {
		enter(c, slot, node->name, one);
	}
	assume_filtered(c, node);
	if (condition) {
		char what[64];

		(void)snprintf(what, sizeof(what), STR_FMT "()",
			       STR_ARG(node->macro));
		check_bool(c, condition, check_node(c, condition), what);
	}
	if (body) {
		if (condition) {
			check_assume(c, condition, true, 0);
			check_evaluated(c, condition, CHECK_TRUE);
		}
		result = check_node(c, body);
	}
	c->facts.count = facts;
	c->locals = locals;
	return loop_type(c, node, &range, one, result);
}

static const struct cel_type *check_bind(struct checker *c,
					 const struct cel_node *node)
{
	const size_t locals = c->locals;
	const struct cel_type *value = check_node(c, node->kids[0]);
	const struct cel_type *type;

	enter(c, check_note(c, node)->slot, node->name, value);
	type = check_node(c, node->kids[1]);
	c->locals = locals;
	return type;
}

static const struct cel_type *check_opt_map(struct checker *c,
					    const struct cel_node *node)
{
	const size_t locals = c->locals;
	const struct cel_type *type = check_node(c, node->kids[0]);
	const struct cel_type *view = check_view(c, type);
	const struct cel_type *some = &cel_dyn;

	if (view->kind == CEL_T_OPTIONAL)
		some = view->params[0];
	else if (!check_is_dyn(view))
		check_fail(c, node->kids[0]->span, "wrong-type",
			   STR_FMT
			   "() is called on an optional, not on " STR_FMT,
			   STR_ARG(node->macro), STR_ARG(check_words(c, type)));
	enter(c, check_note(c, node)->slot, node->name, some);
	type = check_node(c, node->kids[1]);
	c->locals = locals;
	if (!(node->flags & CEL_FLAT))
		return check_optional(c, type);
	view = check_view(c, type);
	if (view->kind == CEL_T_OPTIONAL)
		return type;
	if (!check_is_dyn(view))
		check_fail(c, node->kids[1]->span, "wrong-type",
			   STR_FMT "() needs an optional here, not " STR_FMT,
			   STR_ARG(node->macro), STR_ARG(check_words(c, type)));
	return &cel_optional_dyn;
}

/* ---- the rest */

static const struct cel_type *check_cond(struct checker *c,
					 const struct cel_node *node)
{
	const size_t facts = c->facts.count;
	const struct cel_type *yes;
	const struct cel_type *no;

	check_bool(c, node->kids[0], check_node(c, node->kids[0]), "'?:'");
	check_assume(c, node->kids[0], true, 0);
	check_evaluated(c, node->kids[0], CHECK_TRUE);
	yes = check_node(c, node->kids[1]);
	c->facts.count = facts;
	check_assume(c, node->kids[0], false, 0);
	check_evaluated(c, node->kids[0], CHECK_FALSE);
	no = check_node(c, node->kids[2]);
	c->facts.count = facts;
	return check_either(c, yes, no);
}

static const struct cel_type *check_constant(const struct cel_node *node)
{
	switch ((enum cel_tag)node->constant.tag) {
	case CEL_NULL:
		return &cel_null_type;
	case CEL_BOOL:
		return &cel_bool_type;
	case CEL_INT:
		return &cel_int_type;
	case CEL_UINT:
		return &cel_uint_type;
	case CEL_DOUBLE:
		return &cel_double_type;
	case CEL_STRING:
		return &cel_string_type;
	case CEL_BYTES:
		return &cel_bytes_type;
	default:
		return &cel_dyn;
	}
}

static const struct cel_type *type_of_type(struct checker *c,
					   const struct cel_type *type)
{
	struct cel_type *made = arena_new(c->arena, struct cel_type);
	const struct cel_type **params =
		arena_array(c->arena, const struct cel_type *, 1);

	params[0] = type;
	*made = (struct cel_type){.kind = CEL_T_TYPE,
				  .params = params,
				  .count = 1,
				  .weight = type->weight + 1};
	return made;
}

/* A name, or a path, that is bound as a whole. NULL: it is not. */
static const struct cel_type *check_bound(struct checker *c,
					  const struct cel_node *node)
{
	const struct cel_note *note = check_note(c, node);
	const struct cel_type *type;

	switch ((enum cel_reference)note->reference) {
	case CEL_REF_VARIABLE:
		type = cel_env_options(c->env)->variables[note->slot].type;
		return type ? type : &cel_dyn;
	case CEL_REF_LOCAL:
		return c->local[note->slot].type;
	case CEL_REF_TYPE:
		return type_of_type(c, note->type_value);
	case CEL_REF_UNKNOWN:
		check_unknown_name(c, node);
		return &cel_error_type;
	default:
		return NULL;
	}
}

static const struct cel_type *check_kind(struct checker *c,
					 const struct cel_node *node)
{
	const struct cel_type *type;

	switch ((enum cel_kind)node->kind) {
	case CEL_CONST:
		return check_constant(node);
	case CEL_IDENT:
		type = check_bound(c, node);
		return type ? type : &cel_dyn;
	case CEL_SELECT:
		type = check_bound(c, node);
		return type ? type : check_select(c, node);
	case CEL_INDEX:
		return check_index(c, node);
	case CEL_CALL:
		return check_call(c, node);
	case CEL_OP:
		return check_op(c, node);
	case CEL_COND:
		return check_cond(c, node);
	case CEL_LITERAL_LIST:
		return check_items(c, node);
	case CEL_LITERAL_MAP:
		return check_entries(c, node);
	case CEL_LOOP:
		return check_loop(c, node);
	case CEL_BIND:
		return check_bind(c, node);
	case CEL_OPT_MAP:
		return check_opt_map(c, node);
	case CEL_MESSAGE:
		break;
	}
	check_fail(c, node->place, "message",
		   "CEL messages are not supported here; write a map");
	return &cel_error_type;
}

const struct cel_type *check_node(struct checker *c,
				  const struct cel_node *node)
{
	const struct cel_type *type = check_kind(c, node);

	check_note(c, node)->type = type;
	return type;
}

/* Reads an expression that is known to hold, for what it guards. */
static void check_given(struct checker *c, str text)
{
	const struct cel_env_options *env = cel_env_options(c->env);
	const struct cel_parse_options options = {
		.limits = env->limits ? env->limits : &limits_default,
		.no_macros = c->options->no_macros,
		.host = env->macros};
	struct cel_notes *notes = arena_new(c->arena, struct cel_notes);
	struct check_local *local = c->local;
	struct cel_notes *own = c->notes;
	const str own_text = c->text;
	const bool failed = c->failed;
	struct cel_ast ast;
	struct error err;

	/* Whoever compiles it says what is wrong with it. */
	if (!cel_parse(&ast, c->arena, text, &options, &err))
		return;
	cel_resolve(notes, c->arena, c->env, &ast);
	c->quiet = true;
	c->notes = notes;
	c->text = text;
	c->local = arena_array(c->arena, struct check_local, notes->locals + 1);
	(void)check_node(c, ast.root);
	check_assume(c, ast.root, true, 0);
	check_evaluated(c, ast.root, CHECK_TRUE);
	c->quiet = false;
	c->notes = own;
	c->text = own_text;
	c->local = local;
	c->failed = failed;
}

static void check_result(struct checker *c, const struct cel_node *root,
			 const struct cel_type *type)
{
	const struct cel_type *wanted = c->options->result;

	if (wanted && !check_fits(c, wanted, type))
		check_fail(c, root->span, "wrong-type",
			   "the expression must be " STR_FMT ", not " STR_FMT,
			   STR_ARG(check_words(c, wanted)),
			   STR_ARG(check_words(c, type)));
}

bool cel_check(struct cel_notes *notes, struct arena *arena,
	       const struct cel_env *env, const struct cel_ast *ast,
	       const struct cel_compile_options *options)
{
	struct checker c = {.env = env,
			    .options = options,
			    .notes = notes,
			    .arena = arena,
			    .text = ast->text};

	c.local = arena_array(arena, struct check_local, notes->locals + 1);
	for (size_t i = 0; i < options->given_count; i++)
		check_given(&c, options->given[i]);
	check_result(&c, ast->root, check_node(&c, ast->root));
	if (c.bound.count)
		for (size_t i = 0; i < notes->count; i++)
			if (notes->at[i].type)
				notes->at[i].type = check_settle(
					&c, notes->at[i].type, true);
	vec_done(&c.bound);
	vec_done(&c.trail);
	vec_done(&c.facts);
	vec_done(&c.arguments);
	return !c.failed;
}
