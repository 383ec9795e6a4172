/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/check.h"

/* A call while its overload is looked for. */
struct call {
	const struct cel_node *node;
	const struct cel_note *note;
	size_t first; /* of its arguments on the checker's stack */
	size_t count;
	bool receives;
};

static struct check_argument *argument(struct checker *c,
				       const struct call *call, size_t i)
{
	return &c->arguments.at[call->first + i];
}

static const struct cel_type *wanted_by(const struct cel_signature *signature,
					size_t i)
{
	/* The last parameter of a variadic one may come again. */
	return signature
		->params[i < signature->count ? i : signature->count - 1];
}

/* Which members of a union (the type itself: 1) a parameter takes. */
static uint64_t fitting_members(struct checker *c, const struct cel_type *to,
				const struct cel_type *type)
{
	const struct cel_type *view = check_view(c, type);
	uint64_t fitting = 0;

	if (view->kind != CEL_T_UNION)
		return check_fits(c, to, type) ? 1 : 0;
	if (check_view(c, to)->kind == CEL_T_DYN)
		return check_fits(c, to, type) ? UINT64_MAX : 0;
	for (size_t i = 0; i < view->count; i++) {
		size_t mark = c->trail.count;

		if (check_fits(c, to, view->params[i]))
			fitting |= UINT64_C(1) << (i % 64);
		else
			check_undo_to(c, mark);
	}
	return fitting;
}

/* Does an overload take the arguments? Then its result; else nothing is
 * bound. */
static const struct cel_type *result_of(struct checker *c,
					const struct call *call,
					const struct cel_signature *signature)
{
	const struct cel_type *frame['Z' - 'A' + 1] = {0};
	const size_t mark = c->trail.count;

	for (size_t i = 0; i < call->count; i++) {
		const struct cel_type *to =
			check_instance(c, wanted_by(signature, i), frame);

		if (!fitting_members(c, to, argument(c, call, i)->type)) {
			check_undo_to(c, mark);
			return NULL;
		}
	}
	for (size_t i = 0; i < call->count; i++) {
		struct check_argument *at = argument(c, call, i);

		if (check_view(c, at->type)->kind == CEL_T_UNION)
			at->fitting |= fitting_members(
				c,
				check_instance(c, wanted_by(signature, i),
					       frame),
				at->type);
	}
	return check_settle(c, check_instance(c, signature->result, frame),
			    false);
}

/* ---- what is wrong */

/* Would this argument alone do for the overload? */
static bool would_fit(struct checker *c, const struct call *call,
		      const struct cel_signature *signature, size_t i)
{
	const struct cel_type *frame['Z' - 'A' + 1] = {0};
	const size_t mark = c->trail.count;
	bool fits = fitting_members(
		c, check_instance(c, wanted_by(signature, i), frame),
		argument(c, call, i)->type);

	check_undo_to(c, mark);
	return fits;
}

/* The first argument that no overload takes, or SIZE_MAX. */
static size_t worst_argument(struct checker *c, const struct call *call)
{
	for (size_t i = 0; i < call->count; i++) {
		bool fits = false;

		for (size_t k = 0; !fits && k < call->note->overload_count; k++)
			fits = would_fit(
				c, call,
				cel_env_signature(c->env,
						  call->note->overloads[k]),
				i);
		if (!fits)
			return i;
	}
	return SIZE_MAX;
}

/* "string or list(A)": what the overloads take in one place. */
static str accepted_at(struct checker *c, const struct call *call, size_t i)
{
	struct buf text;
	struct buf one;
	str kept;
	size_t count = 0;

	buf_init(&text, 300);
	buf_init(&one, 100);
	for (size_t k = 0; k < call->note->overload_count; k++) {
		buf_clear(&one);
		cel_type_print(
			&one,
			wanted_by(cel_env_signature(c->env,
						    call->note->overloads[k]),
				  i));
		/* Many overloads differ in other places only. */
		if (str_find(buf_str(&text), buf_str(&one)) != SIZE_MAX)
			continue;
		if (count++)
			buf_add(&text, STR(" or "));
		buf_add(&text, buf_str(&one));
	}
	kept = str_format(c->arena, STR_FMT "%s", STR_ARG(buf_str(&text)),
			  text.full ? "..." : "");
	buf_done(&one);
	buf_done(&text);
	return kept;
}

/* "(string, int)" of the given types. */
static void add_types(struct checker *c, struct buf *text,
		      const struct call *call)
{
	buf_byte(text, '(');
	for (size_t i = 0; i < call->count; i++) {
		if (i)
			buf_add(text, STR(", "));
		buf_add(text, check_words(c, argument(c, call, i)->type));
	}
	buf_byte(text, ')');
}

static void tell_types(struct checker *c, const struct call *call)
{
	struct buf text;

	buf_init(&text, 600);
	add_types(c, &text, call);
	buf_add(&text, STR("; it takes "));
	for (size_t k = 0; k < call->note->overload_count; k++) {
		const struct cel_signature *signature =
			cel_env_signature(c->env, call->note->overloads[k]);

		buf_add(&text, k ? STR(" or (") : STR("("));
		for (size_t i = 0; i < signature->count; i++) {
			if (i)
				buf_add(&text, STR(", "));
			cel_type_print(&text, signature->params[i]);
		}
		buf_byte(&text, ')');
	}
	check_fail(c, call->node->span, "wrong-argument",
		   STR_FMT "() does not take " STR_FMT,
		   STR_ARG(call->note->name), STR_ARG(buf_str(&text)));
	buf_done(&text);
}

static void tell_mismatch(struct checker *c, const struct call *call)
{
	size_t i = worst_argument(c, call);
	const struct check_argument *at;

	if (i == SIZE_MAX) {
		tell_types(c, call);
		return;
	}
	at = argument(c, call, i);
	if (call->receives && i == 0)
		check_fail(c, at->node->span, "wrong-argument",
			   STR_FMT "() is called on " STR_FMT
				   ", not on " STR_FMT "%s",
			   STR_ARG(call->note->name),
			   STR_ARG(accepted_at(c, call, i)),
			   STR_ARG(check_words(c, at->type)),
			   check_view(c, at->type)->kind == CEL_T_OPTIONAL
				   ? "; take its value with orValue()"
				   : "");
	else
		check_fail(c, at->node->span, "wrong-argument",
			   STR_FMT "() needs " STR_FMT " here, not " STR_FMT,
			   STR_ARG(call->note->name),
			   STR_ARG(accepted_at(c, call, i)),
			   STR_ARG(check_words(c, at->type)));
}

/* The function is known, and no overload has so many parameters. */
static bool tell_count(struct checker *c, const struct call *call)
{
	const size_t own = call->receives ? 1 : 0;
	const struct cel_overload *const *all;
	size_t most = 0;
	size_t least = SIZE_MAX;
	size_t count;

	all = cel_env_overloads(c->env, call->note->name, call->receives,
				&count);
	for (size_t i = 0; i < count; i++) {
		size_t wants = cel_env_signature(c->env, all[i])->count;

		if (all[i]->flags & CEL_VARIADIC)
			most = SIZE_MAX;
		else if (wants > most)
			most = wants;
		if (wants < least)
			least = wants;
	}
	if (!count)
		return false;
	if (most == SIZE_MAX)
		check_fail(c, call->node->span, "wrong-count",
			   STR_FMT "() takes %zu arguments or more, not %zu",
			   STR_ARG(call->note->name), least - own,
			   call->count - own);
	else if (least == most)
		check_fail(c, call->node->span, "wrong-count",
			   STR_FMT "() takes %zu argument%s, not %zu",
			   STR_ARG(call->note->name), most - own,
			   most - own == 1 ? "" : "s", call->count - own);
	else
		check_fail(c, call->node->span, "wrong-count",
			   STR_FMT "() takes %zu to %zu arguments, not %zu",
			   STR_ARG(call->note->name), least - own, most - own,
			   call->count - own);
	return true;
}

/* ---- resolving */

/* CEL_LITERAL_1 and _2: arguments in brackets that must be constant text. */
static void check_literals(struct checker *c, const struct call *call,
			   const struct cel_overload *overload)
{
	static const uint16_t flags[] = {CEL_LITERAL_1, CEL_LITERAL_2};

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++) {
		size_t at = i + (call->receives ? 1 : 0);
		const struct cel_node *node;

		if (!(overload->flags & flags[i]) || at >= call->count)
			continue;
		node = argument(c, call, at)->node;
		if (node->kind != CEL_CONST || node->constant.tag != CEL_STRING)
			check_fail(c, node->span, "not-literal",
				   STR_FMT "() needs a text written out here, "
					   "so that it can be checked",
				   STR_ARG(call->note->name));
	}
}

/* The overload's own rule for its result, or what the signature says. */
static const struct cel_type *special_result(
	struct checker *c, const struct call *call,
	const struct cel_overload *overload, const struct cel_type *result)
{
	const struct cel_type **types;
	const struct cel_value **constants;
	const struct cel_type *special;
	struct error err = {.kind = ERROR_NONE};

	if (!overload->result)
		return result;
	types = arena_array(c->arena, const struct cel_type *, call->count + 1);
	constants = arena_array(c->arena, const struct cel_value *,
				call->count + 1);
	for (size_t i = 0; i < call->count; i++) {
		const struct check_argument *at = argument(c, call, i);

		types[i] = check_view(c, check_settle(c, at->type, true));
		if (at->node->kind == CEL_CONST)
			constants[i] = &at->node->constant;
	}
	special = overload->result(c->env, types, constants, call->count, &err);
	if (special)
		return special;
	if (err.kind == ERROR_NONE)
		return result;
	check_fail(c, call->node->span, "wrong-argument", "%s", err.text);
	return &cel_error_type;
}

static void warn_unions(struct checker *c, const struct call *call)
{
	for (size_t i = 0; i < call->count; i++) {
		const struct check_argument *at = argument(c, call, i);
		const struct cel_type *view = check_view(c, at->type);
		size_t members = view->count < 64 ? view->count : 64;
		uint64_t all = members == 64 ? UINT64_MAX
					     : (UINT64_C(1) << members) - 1;

		if (view->kind == CEL_T_UNION && (at->fitting & all) != all)
			check_warn(
				c, at->node->span, "may-not-fit",
				STR_FMT
				"() takes " STR_FMT
				" here; this may also be another of " STR_FMT,
				STR_ARG(call->note->name),
				STR_ARG(accepted_at(c, call, i)),
				STR_ARG(check_words(c, at->type)));
	}
}

static bool has_union(struct checker *c, const struct call *call)
{
	for (size_t i = 0; i < call->count; i++)
		if (check_view(c, argument(c, call, i)->type)->kind ==
		    CEL_T_UNION)
			return true;
	return false;
}

/* Keeps what fits; mostly it is one, or all of them, and lies there already. */
static void narrow(struct checker *c, struct cel_note *note, const bool *fits,
		   size_t count)
{
	const struct cel_overload **kept;
	size_t next = 0;

	if (count == note->overload_count)
		return;
	if (count == 1) {
		while (!fits[next])
			next++;
		note->overloads += next;
		note->overload_count = 1;
		return;
	}
	kept = arena_array(c->arena, const struct cel_overload *, count + 1);
	for (size_t i = 0; i < note->overload_count; i++)
		if (fits[i])
			kept[next++] = note->overloads[i];
	note->overloads = kept;
	note->overload_count = next;
}

static const struct cel_type *check_overloads(struct checker *c,
					      const struct call *call,
					      struct cel_note *note)
{
	const struct cel_type *result = NULL;
	const bool unions = has_union(c, call);
	bool few[16] = {0};
	bool *fits =
		note->overload_count <= ARRAY_SIZE(few)
			? few
			: arena_array(c->arena, bool, note->overload_count);
	size_t count = 0;

	for (size_t i = 0; i < note->overload_count; i++) {
		const struct cel_overload *overload = note->overloads[i];
		const struct cel_type *one =
			result_of(c, call, cel_env_signature(c->env, overload));

		if (!one)
			continue;
		check_literals(c, call, overload);
		one = special_result(c, call, overload, one);
		fits[i] = true;
		if (!count++)
			result = one;
		else if (!cel_type_equal(check_settle(c, result, true),
					 check_settle(c, one, true)))
			result = unions ? check_either(c, result, one)
					: &cel_dyn;
	}
	if (!count) {
		tell_mismatch(c, call);
		return &cel_error_type;
	}
	if (unions)
		warn_unions(c, call);
	/* A union may bring what only the run can tell apart. */
	if (!unions)
		narrow(c, note, fits, count);
	return result;
}

const struct cel_type *check_call(struct checker *c,
				  const struct cel_node *node)
{
	struct cel_note *note = check_note(c, node);
	const size_t skip = note->reference == CEL_REF_FUNCTION ? 1 : 0;
	struct call call = {.node = node,
			    .note = note,
			    .first = c->arguments.count,
			    .count = node->count - skip,
			    .receives = !skip && node->flags & CEL_RECEIVES};
	const struct cel_type *type = &cel_error_type;
	bool broken = false;

	if (!note->overload_count && !tell_count(c, &call)) {
		check_unknown_call(c, node);
		return &cel_error_type;
	}
	for (size_t i = skip; i < node->count; i++) {
		const struct cel_type *given = check_node(c, node->kids[i]);

		broken |= given->kind == CEL_T_ERROR;
		*vec_push(&c->arguments) = (struct check_argument){
			.node = node->kids[i], .type = given};
	}
	/* What is wrong with an argument has been told. */
	if (note->overload_count && !broken)
		type = check_overloads(c, &call, note);
	c->arguments.count = call.first;
	return type;
}
