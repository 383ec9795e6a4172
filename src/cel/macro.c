/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/parser.h"

/* A variable that a macro introduces: a plain name. */
static bool variable_of(struct cel_parser *p, const struct cel_node *call,
			size_t i, str *out)
{
	const struct cel_node *node = call->kids[i];

	if (node->kind == CEL_IDENT && !(node->flags & CEL_ROOT)) {
		*out = node->name;
		return true;
	}
	(void)cel_parser_fail(p, node->span,
			      STR_FMT "() wants a plain name for its variable",
			      STR_ARG(call->name));
	return false;
}

/* Makes the node that replaces a call from some of its kids. */
static struct cel_node *replace(struct cel_parser *p, enum cel_kind kind,
				const struct cel_node *call,
				struct cel_node *const *kids, size_t count)
{
	struct cel_node *node =
		cel_parser_node(p, kind, call->span, kids, count);

	if (!node)
		return NULL;
	node->place = call->place;
	node->macro = call->name;
	return node;
}

/* has(a.b): presence is a property of the select. */
static struct cel_node *expand_has(struct cel_parser *p,
				   const struct cel_macro *macro,
				   struct cel_node *call)
{
	struct cel_node *select = call->kids[0];

	(void)macro;
	if (select->kind != CEL_SELECT ||
	    (select->flags & (CEL_OPTIONAL_STEP | CEL_PRESENCE)))
		return cel_parser_fail(p, select->span,
				       "has() wants a field: has(a.b)");
	select->flags |= CEL_PRESENCE;
	select->span = call->span;
	select->macro = call->name;
	return select;
}

enum {
	LOOP_MASK = 0x0f,
	LOOP_TWO = 0x10, /* two variables */
};

/* range.macro(variable, [variable], [condition], [result]) */
static struct cel_node *expand_loop(struct cel_parser *p,
				    const struct cel_macro *macro,
				    struct cel_node *call)
{
	const size_t variables = macro->data & LOOP_TWO ? 2 : 1;
	struct cel_node *kids[3] = {call->kids[0], NULL, NULL};
	size_t count = call->count - variables;
	struct cel_node *node;
	str second = {NULL, 0};
	str first;

	if (!variable_of(p, call, 1, &first) ||
	    (variables == 2 && !variable_of(p, call, 2, &second)))
		return NULL;
	if (variables == 2 && str_equal(first, second))
		return cel_parser_fail(p, call->kids[2]->span,
				       "the two variables of " STR_FMT
				       "() need different names",
				       STR_ARG(call->name));
	for (size_t i = 1; i < count; i++)
		kids[i] = call->kids[i + variables];
	node = replace(p, CEL_LOOP, call, kids, count);
	if (!node)
		return NULL;
	node->op = macro->data & LOOP_MASK;
	node->name = first;
	node->second = second;
	return node;
}

/* cel.bind(variable, value, body); kids[0] is the name `cel`. */
static struct cel_node *expand_bind(struct cel_parser *p,
				    const struct cel_macro *macro,
				    struct cel_node *call)
{
	struct cel_node *node;
	str name;

	(void)macro;
	if (!variable_of(p, call, 1, &name))
		return NULL;
	node = replace(p, CEL_BIND, call, call->kids + 2, 2);
	if (node)
		node->name = name;
	return node;
}

/* optional.optMap(variable, body) */
static struct cel_node *expand_opt_map(struct cel_parser *p,
				       const struct cel_macro *macro,
				       struct cel_node *call)
{
	struct cel_node *kids[2] = {call->kids[0], call->kids[2]};
	struct cel_node *node;
	str name;

	if (!variable_of(p, call, 1, &name))
		return NULL;
	node = replace(p, CEL_OPT_MAP, call, kids, 2);
	if (!node)
		return NULL;
	node->name = name;
	node->flags = macro->data;
	return node;
}

struct cel_node *cel_expand_place(struct cel_parser *p,
				  const struct cel_macro *macro,
				  struct cel_node *call)
{
	size_t at = macro->data + (call->flags & CEL_RECEIVES ? 1u : 0u);
	struct cel_node *step = call->kids[at];
	struct cel_node **kids;
	struct cel_node *key;
	struct cel_node *node;

	if ((step->kind != CEL_SELECT && step->kind != CEL_INDEX) ||
	    (step->flags & (CEL_OPTIONAL_STEP | CEL_PRESENCE)))
		return cel_parser_fail(p, step->span,
				       STR_FMT "() wants a field of a record: "
					       "self.owner.email",
				       STR_ARG(call->name));
	if (step->kind == CEL_INDEX) {
		key = step->kids[1];
	} else {
		key = cel_parser_node(p, CEL_CONST, step->place, NULL, 0);
		if (!key)
			return NULL;
		key->constant = cel_string(step->name);
	}
	kids = arena_array(p->arena, struct cel_node *, call->count + 1);
	for (size_t i = 0; i < call->count; i++)
		kids[i < at ? i : i + 1] = call->kids[i];
	kids[at] = step->kids[0];
	kids[at + 1] = key;
	node = replace(p, CEL_CALL, call, kids, call->count + 1);
	if (!node)
		return NULL;
	node->name = call->name;
	node->flags = call->flags;
	return node;
}

#define LOOP(text, count, kind)                                \
	{                                                      \
		.name = STR_INIT(text), .receiver = true,      \
		.arguments = (count), .data = (uint8_t)(kind), \
		.expand = expand_loop                          \
	}

static const struct cel_macro standard[] = {
	{.name = STR_INIT("has"), .arguments = 1, .expand = expand_has},
	{.space = STR_INIT("cel"),
	 .name = STR_INIT("bind"),
	 .receiver = true,
	 .arguments = 3,
	 .expand = expand_bind},
	{.name = STR_INIT("optMap"),
	 .receiver = true,
	 .arguments = 2,
	 .expand = expand_opt_map},
	{.name = STR_INIT("optFlatMap"),
	 .receiver = true,
	 .arguments = 2,
	 .data = CEL_FLAT,
	 .expand = expand_opt_map},
	LOOP("all", 2, CEL_LOOP_ALL),
	LOOP("exists", 2, CEL_LOOP_EXISTS),
	LOOP("exists_one", 2, CEL_LOOP_EXISTS_ONE),
	LOOP("existsOne", 2, CEL_LOOP_EXISTS_ONE),
	LOOP("filter", 2, CEL_LOOP_FILTER),
	LOOP("map", 2, CEL_LOOP_MAP),
	LOOP("map", 3, CEL_LOOP_MAP),
	LOOP("sortBy", 2, CEL_LOOP_SORT),
	LOOP("all", 3, CEL_LOOP_ALL | LOOP_TWO),
	LOOP("exists", 3, CEL_LOOP_EXISTS | LOOP_TWO),
	LOOP("exists_one", 3, CEL_LOOP_EXISTS_ONE | LOOP_TWO),
	LOOP("existsOne", 3, CEL_LOOP_EXISTS_ONE | LOOP_TWO),
	LOOP("transformList", 3, CEL_LOOP_MAP | LOOP_TWO),
	LOOP("transformList", 4, CEL_LOOP_MAP | LOOP_TWO),
	LOOP("transformMap", 3, CEL_LOOP_TO_MAP | LOOP_TWO),
	LOOP("transformMap", 4, CEL_LOOP_TO_MAP | LOOP_TWO),
	LOOP("transformMapEntry", 3, CEL_LOOP_TO_ENTRY | LOOP_TWO),
	LOOP("transformMapEntry", 4, CEL_LOOP_TO_ENTRY | LOOP_TWO),
};

const struct cel_macros cel_standard_macros = {standard, ARRAY_SIZE(standard)};

static bool is_macro(const struct cel_macro *macro, const struct cel_node *call)
{
	const bool receives = call->flags & CEL_RECEIVES;
	const struct cel_node *receiver;

	if (macro->arguments + (receives ? 1u : 0u) != call->count ||
	    (macro->receiver || macro->space.ptr) != receives ||
	    !str_equal(macro->name, call->name))
		return false;
	if (!macro->space.ptr)
		return true;
	receiver = call->kids[0];
	return receiver->kind == CEL_IDENT &&
	       str_equal(receiver->name, macro->space);
}

struct cel_node *cel_macro_expand(struct cel_parser *p, struct cel_node *call)
{
	const struct cel_macros tables[] = {p->options->host,
					    cel_standard_macros};

	if (p->options->no_macros)
		return call;
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (size_t i = 0; i < tables[t].count; i++) {
			const struct cel_macro *macro = &tables[t].at[i];
			struct cel_node *node;

			if (!is_macro(macro, call))
				continue;
			node = macro->expand(p, macro, call);
			if (node && t == 0)
				node->written = call;
			return node;
		}
	return call;
}
