/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "cel/join.h"
#include "cel/run.h"

enum {
	NO_LOCAL = UINT32_MAX,
	FOLD_BUDGET = 10000, /* a constant dearer than that is not folded */
	FOLD_TOTAL = 100000, /* of all constants of a program */
	FOLD_LOCALS = 16,
};

struct planner {
	const struct cel_program *program;
	struct arena *arena;
	struct cel_patterns *patterns;
	struct cel_frame frame; /* to fold with */
	size_t left;		/* of FOLD_TOTAL */
	bool explain;		/* plain nodes, each reported */
	bool fold;
};

static const struct cel_plan *make(struct planner *p,
				   const struct cel_node *node);

static const struct cel_note *note_of(const struct planner *p,
				      const struct cel_node *node)
{
	return &p->program->notes.at[node->id];
}

static struct cel_plan *new_plan(struct planner *p, const struct cel_node *node,
				 cel_plan_run *run)
{
	struct cel_plan *plan = arena_new(p->arena, struct cel_plan);

	plan->run = run;
	plan->id = node->id;
	plan->weight = 1;
	plan->lowest = NO_LOCAL;
	return plan;
}

static struct cel_plan *new_constant(struct planner *p,
				     const struct cel_node *node,
				     struct cel_value value)
{
	struct cel_plan *plan = new_plan(p, node, cel_run_constant);

	plan->constant = value;
	return plan;
}

static bool is_constant(const struct cel_plan *plan)
{
	return plan->run == cel_run_constant;
}

/* Takes over what a kid reads and costs. */
static void adopt(struct cel_plan *plan, const struct cel_plan *kid)
{
	plan->weight += kid->weight;
	plan->varies |= kid->varies;
	if (kid->lowest < plan->lowest)
		plan->lowest = kid->lowest;
}

/* Plans the kids from `first` on. */
static void make_kids(struct planner *p, struct cel_plan *plan,
		      const struct cel_node *node, size_t first)
{
	const struct cel_plan **kids = arena_array(
		p->arena, const struct cel_plan *, node->count - first + 1);

	plan->count = (uint32_t)(node->count - first);
	for (size_t i = 0; i < plan->count; i++) {
		kids[i] = make(p, node->kids[i + first]);
		adopt(plan, kids[i]);
	}
	plan->kids = kids;
	plan->a = kids[0];
	plan->b = plan->count > 1 ? kids[1] : NULL;
}

/* ---- folding */

/* Runs what depends on nothing and keeps its value, errors too, unless that
 * costs too much. */
static const struct cel_plan *fold(struct planner *p,
				   const struct cel_node *node,
				   const struct cel_plan *plan)
{
	struct cel_frame *frame = &p->frame;
	struct arena_mark mark;
	struct cel_value value;
	size_t budget;

	if (!p->fold || plan->varies || plan->lowest != NO_LOCAL ||
	    is_constant(plan))
		return plan;
	mark = arena_mark(p->arena);
	budget = p->left < FOLD_BUDGET ? p->left : FOLD_BUDGET;
	frame->eval.budget = budget;
	frame->eval.exhausted = false;
	value = cel_plan_run_at(frame, plan);
	p->left -= budget - frame->eval.budget;
	if (frame->eval.exhausted || value.tag <= CEL_DOUBLE)
		arena_release(p->arena, mark);
	if (frame->eval.exhausted)
		return plan;
	return new_constant(p, node, cel_plan_place(plan, value));
}

/* ---- names and members */

static void set_key(struct cel_plan *plan, str key)
{
	plan->constant = cel_string(key);
	plan->hash = (uint32_t)hash_str(key);
}

static const struct cel_plan *make_reference(struct planner *p,
					     const struct cel_node *node,
					     const struct cel_note *note)
{
	struct cel_plan *plan;

	switch ((enum cel_reference)note->reference) {
	case CEL_REF_TYPE:
		return new_constant(p, node, cel_of_type(note->type_value));
	case CEL_REF_LOCAL:
		plan = new_plan(p, node, cel_run_local);
		plan->slot = plan->lowest = note->slot;
		return plan;
	case CEL_REF_VARIABLE:
		plan = new_plan(p, node, cel_run_variable);
		plan->slot = note->slot;
		break;
	default:
		plan = new_plan(p, node, cel_run_unknown);
		break;
	}
	plan->constant = cel_string(note->name);
	plan->varies = true;
	return plan;
}

static const struct cel_plan *make_select(struct planner *p,
					  const struct cel_node *node)
{
	struct cel_plan *plan = new_plan(p, node, cel_run_select);

	make_kids(p, plan, node, 0);
	set_key(plan, node->name);
	if (node->flags & CEL_PRESENCE) {
		plan->run = cel_run_has;
	} else if (node->flags & CEL_OPTIONAL_STEP) {
		plan->run = cel_run_select_optional;
	} else if (plan->a->run == cel_run_local) {
		plan->run = cel_run_select_local;
		plan->slot = plan->a->slot;
	} else if (plan->a->run == cel_run_variable) {
		plan->run = cel_run_select_variable;
	}
	return plan;
}

static const struct cel_plan *make_index(struct planner *p,
					 const struct cel_node *node)
{
	struct cel_plan *plan = new_plan(p, node, cel_run_index);

	make_kids(p, plan, node, 0);
	if (node->flags & CEL_OPTIONAL_STEP)
		plan->run = cel_run_index_optional;
	return plan;
}

/* List and map literals: which entries have a `?` before. */
static const struct cel_plan *make_literal(struct planner *p,
					   const struct cel_node *node,
					   cel_plan_run *run)
{
	struct cel_plan *plan = new_plan(p, node, run);
	bool *optional = arena_array(p->arena, bool, node->count + 1);
	bool any = false;

	make_kids(p, plan, node, 0);
	for (size_t i = 0; i < node->count; i++) {
		optional[i] = node->kids[i]->flags & CEL_OPTIONAL_ENTRY;
		any |= optional[i];
	}
	plan->data = any ? optional : NULL;
	return plan;
}

/* ---- look-ups instead of scans */

static struct cel_join *new_join(struct planner *p,
				 const struct cel_join_parts *parts,
				 uint32_t local)
{
	struct cel_join *join = arena_new(p->arena, struct cel_join);
	struct buf path;

	join->kind = parts->kind;
	join->key = make(p, parts->key);
	join->wanted = make(p, parts->wanted);
	join->local = local;
	buf_init(&path, SIZE_MAX);
	for (const struct cel_node *at = parts->key; at->kind == CEL_SELECT;
	     at = at->kids[0]) {
		buf_add(&path, at->name);
		/* No name of a member holds this byte. */
		buf_byte(&path, '\0');
	}
	join->path = str_keep(p->arena, buf_str(&path));
	buf_done(&path);
	return join;
}

static bool may_join(const struct planner *p)
{
	return !p->explain && !p->program->options.naive;
}

static void join_loop(struct planner *p, struct cel_plan *plan,
		      const struct cel_node *node)
{
	struct cel_join_parts parts;

	if (may_join(p) && cel_join_find(&parts, p->program, node))
		plan->data = new_join(p, &parts, plan->slot + plan->second);
}

static void join_in(struct planner *p, struct cel_plan *plan,
		    const struct cel_node *node)
{
	struct cel_join_parts parts;
	struct cel_join *join;

	if (!may_join(p) || !cel_join_find_in(&parts, p->program, node))
		return;
	join = new_join(p, &parts, plan->b->slot);
	join->list = plan->b->a;
	plan->data = join;
	plan->run = cel_run_in_mapped;
}

/* ---- operators */

static void specialise_equal(struct cel_plan *plan)
{
	const struct cel_plan *a = plan->a;

	if (is_constant(a) && a->constant.tag == CEL_STRING) {
		plan->a = plan->b;
		plan->b = a;
		a = plan->a;
	}
	if (is_constant(plan->b) && plan->b->constant.tag == CEL_STRING) {
		plan->run = cel_run_equal_text;
		plan->constant = plan->b->constant;
	}
}

static void specialise_in(struct planner *p, struct cel_plan *plan)
{
	if (!is_constant(plan->b) || plan->b->constant.tag != CEL_LIST)
		return;
	plan->data = cel_set_new(p->arena, plan->b->constant);
	if (plan->data)
		plan->run = cel_run_in_set;
}

static const struct cel_plan *make_operation(struct planner *p,
					     const struct cel_node *node)
{
	static cel_plan_run *const runs[] = {
		[CEL_OP_OR] = cel_run_or,
		[CEL_OP_AND] = cel_run_and,
		[CEL_OP_EQ] = cel_run_equal,
		[CEL_OP_NE] = cel_run_equal,
		[CEL_OP_LT] = cel_run_order,
		[CEL_OP_LE] = cel_run_order,
		[CEL_OP_GT] = cel_run_order,
		[CEL_OP_GE] = cel_run_order,
		[CEL_OP_IN] = cel_run_in,
		[CEL_OP_ADD] = cel_run_add,
		[CEL_OP_SUB] = cel_run_subtract,
		[CEL_OP_MUL] = cel_run_multiply,
		[CEL_OP_DIV] = cel_run_divide,
		[CEL_OP_MOD] = cel_run_modulo,
		[CEL_OP_NOT] = cel_run_not,
		[CEL_OP_NEG] = cel_run_negate,
	};
	struct cel_plan *plan = new_plan(p, node, runs[node->op]);

	plan->op = node->op;
	make_kids(p, plan, node, 0);
	if (plan->run == cel_run_in)
		join_in(p, plan, node);
	if (!p->fold)
		return plan;
	if (plan->run == cel_run_equal)
		specialise_equal(plan);
	else if (plan->run == cel_run_in)
		specialise_in(p, plan);
	else if (plan->run == cel_run_order && is_constant(plan->b) &&
		 plan->b->constant.tag == CEL_INT) {
		plan->run = cel_run_order_int;
		plan->constant = plan->b->constant;
	}
	return plan;
}

/* ---- calls */

/* A constant pattern is compiled once; a wrong one is an error of the
 * evaluation. */
static void specialise_matches(struct planner *p, struct cel_plan *plan)
{
	const struct cel_env *env = p->program->env;
	struct regex *regex;
	struct error err;
	str pattern;

	if (plan->count != 2 || !str_is(cel_str(plan->constant), "matches") ||
	    !is_constant(plan->b) || plan->b->constant.tag != CEL_STRING)
		return;
	pattern = cel_str(plan->b->constant);
	if (!regex_new(&regex, pattern, REGEX_RE2, cel_env_options(env)->limits,
		       &err))
		return;
	*vec_push(&p->patterns->all) = regex;
	plan->run = cel_run_matches;
	plan->data = regex;
}

static const struct cel_plan *make_call(struct planner *p,
					const struct cel_node *node,
					const struct cel_note *note)
{
	struct cel_plan *plan = new_plan(p, node, cel_run_call);
	struct cel_candidates *candidates =
		arena_take(p->arena, sizeof(*candidates) +
					     note->overload_count *
						     sizeof(candidates->at[0]));

	make_kids(p, plan, node, note->reference == CEL_REF_FUNCTION ? 1 : 0);
	for (size_t i = 0; i < note->overload_count; i++) {
		const struct cel_overload *one = note->overloads[i];

		candidates->at[i].overload = one;
		candidates->at[i].fit = cel_env_fit(p->program->env, one);
		candidates->lazy |= (one->flags & CEL_LAZY) != 0;
		plan->varies |= (one->flags & CEL_IMPURE) || one->reads;
	}
	candidates->count = note->overload_count;
	plan->data = candidates;
	plan->constant = cel_string(note->name);
	if (p->fold && !plan->varies)
		return fold(p, node, plan);
	if (p->fold && note->overload_count)
		specialise_matches(p, plan);
	return plan;
}

/* ---- macros */

static cel_plan_run *loop_run(const struct cel_node *node)
{
	static cel_plan_run *const runs[] = {
		[CEL_LOOP_ALL] = cel_run_all,
		[CEL_LOOP_EXISTS] = cel_run_exists,
		[CEL_LOOP_EXISTS_ONE] = cel_run_exists_one,
		[CEL_LOOP_FILTER] = cel_run_filter,
		[CEL_LOOP_MAP] = cel_run_map_loop,
		[CEL_LOOP_TO_MAP] = cel_run_to_map,
		[CEL_LOOP_TO_ENTRY] = cel_run_to_entry,
		[CEL_LOOP_SORT] = cel_run_sort,
	};

	return runs[node->op];
}

/* Loops, cel.bind and optMap: kids after the first see locals from `slot`. */
static const struct cel_plan *make_scope(struct planner *p,
					 const struct cel_node *node,
					 cel_plan_run *run)
{
	struct cel_plan *plan = new_plan(p, node, run);
	uint32_t outer;

	make_kids(p, plan, node, 0);
	plan->slot = note_of(p, node)->slot;
	plan->second = node->second.ptr != NULL;
	/* What the body reads of its own variables is not from outside. */
	outer = plan->a->lowest;
	for (size_t i = 1; i < plan->count; i++)
		if (plan->kids[i]->lowest < plan->slot &&
		    plan->kids[i]->lowest < outer)
			outer = plan->kids[i]->lowest;
	plan->lowest = outer;
	if (node->kind == CEL_LOOP) {
		plan->turn = plan->weight - plan->a->weight;
		plan->weight = plan->a->weight + 1;
		join_loop(p, plan, node);
	} else if (node->kind == CEL_OPT_MAP) {
		plan->op = (node->flags & CEL_FLAT) != 0;
	}
	return plan;
}

/* ---- all kinds */

static const struct cel_plan *make_kind(struct planner *p,
					const struct cel_node *node,
					const struct cel_note *note)
{
	switch ((enum cel_kind)node->kind) {
	case CEL_CONST:
		return new_constant(p, node, node->constant);
	case CEL_SELECT:
		return make_select(p, node);
	case CEL_INDEX:
		return make_index(p, node);
	case CEL_CALL:
		return make_call(p, node, note);
	case CEL_OP:
		return make_operation(p, node);
	case CEL_COND: {
		struct cel_plan *plan = new_plan(p, node, cel_run_condition);

		make_kids(p, plan, node, 0);
		return plan;
	}
	case CEL_LITERAL_LIST:
		return make_literal(p, node, cel_run_list);
	case CEL_LITERAL_MAP:
		return make_literal(p, node, cel_run_map);
	case CEL_LOOP:
		return make_scope(p, node, loop_run(node));
	case CEL_BIND:
		return make_scope(p, node, cel_run_bind);
	case CEL_OPT_MAP:
		return make_scope(p, node, cel_run_opt_map);
	default:
		/* cel_compile refuses messages; names have a reference. */
		return new_plan(p, node, cel_run_unknown);
	}
}

static const struct cel_plan *explained(struct planner *p,
					const struct cel_node *node,
					const struct cel_plan *plan)
{
	struct cel_plan *wrapper = new_plan(p, node, cel_run_explain);

	wrapper->a = plan;
	wrapper->data = node;
	adopt(wrapper, plan);
	wrapper->weight--;
	return wrapper;
}

/* As deep as the tree, which cel_depth bounds. */
static const struct cel_plan *make(struct planner *p,
				   const struct cel_node *node)
{
	const struct cel_note *note = note_of(p, node);
	const struct cel_plan *plan;

	if (note->reference != CEL_REF_NONE &&
	    note->reference != CEL_REF_FUNCTION)
		plan = make_reference(p, node, note);
	else
		plan = make_kind(p, node, note);
	plan = fold(p, node, plan);
	return p->explain ? explained(p, node, plan) : plan;
}

const struct cel_plan *cel_plan_make(const struct cel_program *program,
				     struct arena *arena,
				     struct cel_patterns *patterns)
{
	struct cel_value locals[FOLD_LOCALS];
	const struct cel_plan *root;
	struct planner p = {
		.program = program,
		.arena = arena,
		.patterns = patterns,
		.left = FOLD_TOTAL,
		.explain = !patterns,
		.fold = patterns && !program->options.no_fold,
	};

	p.frame.eval.arena = arena;
	p.frame.eval.limits = cel_env_options(program->env)->limits;
	p.frame.locals = program->notes.locals <= FOLD_LOCALS
				 ? locals
				 : arena_array(arena, struct cel_value,
					       program->notes.locals);
	root = make(&p, program->ast.root);
	regex_scratch_free(p.frame.eval.scratch);
	return root;
}
