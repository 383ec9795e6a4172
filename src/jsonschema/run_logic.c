/* Judging by the subschemas that apply to the same value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/run.h"

/* The same reference on the same value would be followed without end. */
static bool loops(const struct validator *run, const struct schema *target,
		  const struct node *node)
{
	for (const struct reference *outer = run->reference;
	     outer && outer->node == node; outer = outer->outer)
		if (outer->target == target)
			return true;
	return false;
}

static bool run_reference(struct validator *run, const struct schema *target,
			  const struct node *node, struct marks *marks)
{
	const struct reference here = {
		.outer = run->reference, .target = target, .node = node};
	bool holds;

	if (loops(run, target, node))
		return run_stop(run, ERROR_CONFIG,
				"schema " STR_FMT
				" refers to itself without end",
				STR_ARG(schema_uri(target)));
	run->reference = &here;
	holds = run_eval(run, target, node, marks);
	run->reference = here.outer;
	return holds;
}

const struct node *branch_value(const struct schema_branches *branches,
				const struct node *node)
{
	if (!branches->values || node->kind != NODE_MAP)
		return NULL;
	return node_find_hashed(node, branches->discriminator, branches->hash);
}

bool branch_is_out(const struct schema_branches *branches, size_t i,
		   const struct node *value)
{
	const struct node *texts;

	if (!value)
		return false;
	if (value->kind != NODE_STRING)
		return true;
	texts = branches->values[i];
	if (texts->kind == NODE_STRING)
		return !str_equal(texts->text, value->text);
	for (size_t j = 0; j < texts->count; j++)
		if (str_equal(texts->as.children[j].text, value->text))
			return false;
	return true;
}

static bool run_any(struct validator *run,
		    const struct schema_branches *branches,
		    const struct node *node, struct marks *marks, bool all)
{
	const struct node *value = branch_value(branches, node);
	bool any = false;

	if (value && !run_steps(run, branches->cost))
		return false;
	for (size_t i = 0; i < branches->list.count; i++) {
		if (branch_is_out(branches, i, value) ||
		    !run_try(run, branches->list.at[i], node, marks))
			continue;
		any = true;
		if (!all)
			break;
	}
	return any;
}

static bool run_one(struct validator *run,
		    const struct schema_branches *branches,
		    const struct node *node, struct marks *marks)
{
	const struct node *value = branch_value(branches, node);
	size_t count = 0;

	if (value && !run_steps(run, branches->cost))
		return false;
	for (size_t i = 0; i < branches->list.count && count < 2; i++)
		if (!branch_is_out(branches, i, value) &&
		    run_try(run, branches->list.at[i], node, marks))
			count++;
	return count == 1;
}

static bool run_not(struct validator *run, const struct schema *schema,
		    const struct node *node)
{
	bool telling = run->telling;
	bool holds;

	run->telling = false;
	holds = run_eval(run, schema, node, NULL);
	run->telling = telling;
	return !holds && !run->stopped;
}

static bool run_if(struct validator *run, const struct schema_logic *logic,
		   const struct node *node, struct marks *marks, bool all)
{
	const struct schema *chosen;

	if (!logic->then_ && !logic->else_ && !all)
		return true;
	chosen = run_try(run, logic->if_, node, marks) ? logic->then_
						       : logic->else_;
	return !run->stopped && (!chosen || run_eval(run, chosen, node, marks));
}

bool run_logic(struct validator *run, const struct schema *schema,
	       const struct node *node, struct marks *marks)
{
	const struct schema_logic *logic = schema->logic;
	bool all = marks || (run->telling && schema->customs_below);

	if (logic->ref && !run_reference(run, logic->ref, node, marks))
		return false;
	if (logic->dynamic_ref &&
	    !run_reference(run, run_target(run, logic), node, marks))
		return false;
	for (size_t i = 0; i < logic->all.count; i++)
		if (!run_eval(run, logic->all.at[i], node, marks))
			return false;
	if (logic->any.list.count &&
	    !run_any(run, &logic->any, node, marks, all))
		return false;
	if (logic->one.list.count && !run_one(run, &logic->one, node, marks))
		return false;
	if (logic->not_ && !run_not(run, logic->not_, node))
		return false;
	return !logic->if_ || run_if(run, logic, node, marks, all);
}
