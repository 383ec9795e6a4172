/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/check.h"

static bool step(struct checker *c)
{
	if (c->steps++ < CHECK_STEPS)
		return true;
	check_tangled(c);
	return false;
}

/* ---- making; too large a type is told of and becomes dyn */

static const struct cel_type *bounded(struct checker *c,
				      const struct cel_type *type)
{
	if (type->weight <= CHECK_WEIGHT)
		return type;
	check_tangled(c);
	return &cel_dyn;
}

const struct cel_type *check_list(struct checker *c,
				  const struct cel_type *item)
{
	if (item->kind == CEL_T_DYN)
		return &cel_list_dyn;
	return bounded(c, cel_type_list(c->arena, item));
}

const struct cel_type *check_map(struct checker *c, const struct cel_type *key,
				 const struct cel_type *value)
{
	if (key->kind == CEL_T_DYN && value->kind == CEL_T_DYN)
		return &cel_map_dyn;
	return bounded(c, cel_type_map(c->arena, key, value));
}

const struct cel_type *check_optional(struct checker *c,
				      const struct cel_type *some)
{
	if (some->kind == CEL_T_DYN)
		return &cel_optional_dyn;
	return bounded(c, cel_type_optional(c->arena, some));
}

/* A type like `type` of other parameters. */
static const struct cel_type *remade(struct checker *c,
				     const struct cel_type *type,
				     const struct cel_type *const *params)
{
	struct cel_type *made;

	switch (type->kind) {
	case CEL_T_LIST:
		return check_list(c, params[0]);
	case CEL_T_MAP:
		return check_map(c, params[0], params[1]);
	case CEL_T_OPTIONAL:
		return check_optional(c, params[0]);
	case CEL_T_UNION:
		return bounded(c,
			       cel_type_union(c->arena, params, type->count));
	default:
		break;
	}
	made = arena_new(c->arena, struct cel_type);
	*made = *type;
	made->params = params;
	made->weight = 1;
	for (size_t i = 0; i < type->count; i++) {
		uint32_t part = params[i]->weight;

		if (__builtin_add_overflow(made->weight, part ? part : 1,
					   &made->weight))
			made->weight = UINT32_MAX;
	}
	return bounded(c, made);
}

typedef const struct cel_type *exchange(struct checker *c,
					const struct cel_type *variable,
					void *context);

/* The type with each variable exchanged; itself when it holds none. As deep
 * as types are: CHECK_WEIGHT, or what a host's own types are. */
static const struct cel_type *exchanged(struct checker *c,
					const struct cel_type *type,
					exchange *by, void *context)
{
	const struct cel_type **params = NULL;

	if (type->kind == CEL_T_PARAM)
		return by(c, type, context);
	if (!type->count || !step(c))
		return type;
	for (size_t i = 0; i < type->count; i++) {
		const struct cel_type *new =
			exchanged(c, type->params[i], by, context);

		if (new == type->params[i] && !params)
			continue;
		if (!params) {
			params = arena_array(c->arena, const struct cel_type *,
					     type->count + 1);
			for (size_t k = 0; k < i; k++)
				params[k] = type->params[k];
		}
		params[i] = new;
	}
	return params ? remade(c, type, params) : type;
}

/* ---- variables: CEL_T_PARAM with its number in field_count */

const struct cel_type *check_fresh(struct checker *c)
{
	struct cel_type *variable = arena_new(c->arena, struct cel_type);

	variable->kind = CEL_T_PARAM;
	variable->weight = 1;
	variable->field_count = c->bound.count;
	*vec_push(&c->bound) = NULL;
	return variable;
}

static const struct cel_type *bound_to(const struct checker *c,
				       const struct cel_type *variable)
{
	return c->bound.at[variable->field_count];
}

static void bind_to(struct checker *c, const struct cel_type *variable,
		    const struct cel_type *type)
{
	*vec_push(&c->trail) = (struct check_undo){
		(uint32_t)variable->field_count, bound_to(c, variable)};
	c->bound.at[variable->field_count] = type;
}

void check_undo_to(struct checker *c, size_t mark)
{
	while (c->trail.count > mark) {
		const struct check_undo *undo = &c->trail.at[--c->trail.count];

		c->bound.at[undo->variable] = undo->before;
	}
}

const struct cel_type *check_view(const struct checker *c,
				  const struct cel_type *type)
{
	while (type->kind == CEL_T_PARAM) {
		type = bound_to(c, type);
		if (!type)
			return &cel_dyn;
	}
	return type;
}

static exchange exchange_settle;

static const struct cel_type *exchange_settle(struct checker *c,
					      const struct cel_type *variable,
					      void *context)
{
	const bool *final = context;
	const struct cel_type *type = bound_to(c, variable);

	if (type)
		return step(c) ? exchanged(c, type, exchange_settle, context)
			       : &cel_dyn;
	return *final ? &cel_dyn : variable;
}

const struct cel_type *check_settle(struct checker *c,
				    const struct cel_type *type, bool final)
{
	if (!c->bound.count)
		return type;
	return exchanged(c, type, exchange_settle, &final);
}

static const struct cel_type *exchange_letter(struct checker *c,
					      const struct cel_type *letter,
					      void *context)
{
	const struct cel_type **frame = context;
	size_t i = (size_t)(letter->name.ptr[0] - 'A');

	if (!frame[i])
		frame[i] = check_fresh(c);
	return frame[i];
}

const struct cel_type *check_instance(struct checker *c,
				      const struct cel_type *type,
				      const struct cel_type **frame)
{
	return exchanged(c, type, exchange_letter, (void *)frame);
}

static bool occurs(struct checker *c, const struct cel_type *variable,
		   const struct cel_type *type)
{
	if (!step(c))
		return true;
	if (type->kind == CEL_T_PARAM) {
		const struct cel_type *bound = bound_to(c, type);

		return type == variable ||
		       (bound && occurs(c, variable, bound));
	}
	for (size_t i = 0; i < type->count; i++)
		if (occurs(c, variable, type->params[i]))
			return true;
	return false;
}

/* ---- which of two is more general */

/* Is a the same as b, or less said? */
static bool is_general(struct checker *c, const struct cel_type *a,
		       const struct cel_type *b)
{
	if (a == b || a->kind == CEL_T_DYN || a->kind == CEL_T_PARAM)
		return true;
	if (b->kind == CEL_T_DYN || b->kind == CEL_T_PARAM ||
	    a->kind != b->kind || !step(c))
		return false;
	if (a->kind == CEL_T_UNION || a->kind == CEL_T_STRING ||
	    a->kind == CEL_T_TIMESTAMP)
		return cel_type_equal(a, b);
	if (a->count != b->count || !str_equal(a->name, b->name))
		return a->kind == CEL_T_TYPE;
	for (size_t i = 0; i < a->count; i++)
		if (!is_general(c, a->params[i], b->params[i]))
			return false;
	return true;
}

/* Two that fit each other made one: what only one of them says is lost. */
static const struct cel_type *general(struct checker *c,
				      const struct cel_type *a,
				      const struct cel_type *b)
{
	if (a->kind == CEL_T_NULL)
		return b;
	if (b->kind == CEL_T_NULL)
		return a;
	if (a->kind == CEL_T_STRING && b->kind == CEL_T_STRING)
		return cel_type_equal(a, b) &&
				       str_equal(a->reference, b->reference)
			       ? a
			       : &cel_string_type;
	if (a->kind == CEL_T_TIMESTAMP && b->kind == CEL_T_TIMESTAMP)
		return a->date == b->date ? a : &cel_timestamp_type;
	if (a->kind == CEL_T_TYPE && b->kind == CEL_T_TYPE)
		return cel_type_equal(a, b) ? a : &cel_type_type;
	return is_general(c, a, b) ? a : b;
}

/* ---- fitting */

/* Variable against type: as the reference implementation does it, a bound
 * variable becomes the more general of the two. */
static bool fits_variable(struct checker *c, const struct cel_type *variable,
			  const struct cel_type *type, bool *was_bound)
{
	const struct cel_type *before = bound_to(c, variable);
	const struct cel_type *now = type;

	*was_bound = before != NULL;
	if (variable == type || before == type)
		return true;
	if (before) {
		if (!check_fits(c, type, before))
			return false;
		now = general(c, type, before);
	}
	if (occurs(c, variable, now))
		return before != NULL;
	bind_to(c, variable, now);
	return true;
}

static bool takes_null(const struct cel_type *type)
{
	return type->kind == CEL_T_ABSTRACT || type->kind == CEL_T_OBJECT ||
	       type->kind == CEL_T_TIMESTAMP || type->kind == CEL_T_DURATION ||
	       type->kind == CEL_T_OPTIONAL || type->kind == CEL_T_NULL;
}

static bool fits_some(struct checker *c, const struct cel_type *to,
		      const struct cel_type *from)
{
	const struct cel_type *const *wanted;
	const struct cel_type *const *members;
	size_t wanted_count = check_members(&to, &wanted);
	size_t count = check_members(&from, &members);

	for (size_t i = 0; i < wanted_count; i++)
		for (size_t k = 0; k < count; k++) {
			size_t mark = c->trail.count;

			if (check_fits(c, wanted[i], members[k]))
				return true;
			check_undo_to(c, mark);
		}
	return false;
}

/* An object is a map(string, dyn) where a map is wanted, and a map may be the
 * object that is wanted. */
static bool fits_object(struct checker *c, const struct cel_type *to,
			const struct cel_type *from)
{
	if (to->kind == CEL_T_OBJECT && from->kind == CEL_T_OBJECT)
		return str_equal(to->name, from->name);
	if (to->kind == CEL_T_MAP)
		return check_fits(c, to->params[0], &cel_string_type) &&
		       check_fits(c, to->params[1], &cel_dyn);
	return from->kind == CEL_T_MAP &&
	       check_fits(c, &cel_string_type, from->params[0]);
}

static bool fits_kind(struct checker *c, const struct cel_type *to,
		      const struct cel_type *from)
{
	if (to->kind == CEL_T_UNION || from->kind == CEL_T_UNION)
		return fits_some(c, to, from);
	if (to->kind == CEL_T_NULL)
		return takes_null(from);
	if (from->kind == CEL_T_NULL)
		return takes_null(to);
	if (to->kind == CEL_T_OBJECT || from->kind == CEL_T_OBJECT)
		return fits_object(c, to, from);
	if (to->kind != from->kind)
		return false;
	/* Whether two types are the same is asked when they are known. */
	if (to->kind == CEL_T_TYPE)
		return true;
	if (to->count != from->count || !str_equal(to->name, from->name))
		return false;
	for (size_t i = 0; i < to->count; i++)
		if (!check_fits(c, to->params[i], from->params[i]))
			return false;
	return true;
}

bool check_fits(struct checker *c, const struct cel_type *to,
		const struct cel_type *from)
{
	bool was_bound;

	if (to == from || !step(c))
		return true;
	if (from->kind == CEL_T_PARAM) {
		if (fits_variable(c, from, to, &was_bound))
			return true;
		if (was_bound)
			return false;
	}
	if (to->kind == CEL_T_PARAM)
		return fits_variable(c, to, from, &was_bound);
	if (check_is_dyn(to) || check_is_dyn(from))
		return true;
	return fits_kind(c, to, from);
}

/* ---- joining */

const struct cel_type *check_join(struct checker *c, const struct cel_type *a,
				  const struct cel_type *b)
{
	size_t mark = c->trail.count;

	if (!a || a == b)
		return b;
	if (a->kind == CEL_T_ERROR)
		return b;
	if (b->kind == CEL_T_ERROR)
		return a;
	if (check_view(c, a)->kind == CEL_T_UNION ||
	    check_view(c, b)->kind == CEL_T_UNION) {
		const struct cel_type *both[] = {check_settle(c, a, false),
						 check_settle(c, b, false)};

		return bounded(c, cel_type_union(c->arena, both, 2));
	}
	if (check_fits(c, a, b))
		return general(c, a, b);
	check_undo_to(c, mark);
	return &cel_dyn;
}

const struct cel_type *check_either(struct checker *c, const struct cel_type *a,
				    const struct cel_type *b)
{
	const struct cel_type *joined = check_join(c, a, b);
	const struct cel_type *both[2];

	if (joined != &cel_dyn)
		return joined;
	both[0] = check_settle(c, a, true);
	both[1] = check_settle(c, b, true);
	return bounded(c, cel_type_union(c->arena, both, 2));
}

/* ---- equality */

static bool comparable_parts(struct checker *c, const struct cel_type *a,
			     const struct cel_type *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		size_t mark = c->trail.count;

		/* null in a list may stand for what the other list takes. */
		if (check_fits(c, a->params[i], b->params[i]))
			continue;
		check_undo_to(c, mark);
		if (!check_comparable(c, a->params[i], b->params[i]))
			return false;
	}
	return true;
}

bool check_comparable(struct checker *c, const struct cel_type *a,
		      const struct cel_type *b)
{
	const struct cel_type *const *left;
	const struct cel_type *const *right;
	size_t left_count;
	size_t right_count;

	a = check_view(c, a);
	b = check_view(c, b);
	if (a == b || check_is_dyn(a) || check_is_dyn(b) || !step(c))
		return true;
	left_count = check_members(&a, &left);
	right_count = check_members(&b, &right);
	if (left_count > 1 || right_count > 1) {
		for (size_t i = 0; i < left_count; i++)
			for (size_t k = 0; k < right_count; k++)
				if (check_comparable(c, left[i], right[k]))
					return true;
		return false;
	}
	if (a->kind == CEL_T_OBJECT || b->kind == CEL_T_OBJECT) {
		const struct cel_type *other = a->kind == CEL_T_OBJECT ? b : a;

		return other->kind == CEL_T_OBJECT ||
		       (other->kind == CEL_T_MAP &&
			check_comparable(c, other->params[0],
					 &cel_string_type));
	}
	if (a->kind != b->kind || !str_equal(a->name, b->name))
		return false;
	return a->kind == CEL_T_TYPE || comparable_parts(c, a, b);
}
