/* Subschemas of the same value: what they say, and what they speak of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

static void explain_not(struct explain *explain, const struct schema *schema,
			const struct place *place)
{
	const struct schema *inner = schema->logic->not_;
	struct problem *problem = explain_add(explain, schema, "not", place);
	str subject = words_subject(explain, place);
	str condition = words_condition(explain, inner, place->node, true);

	if (inner->constant || inner->choices)
		problem->message = str_format(
			explain->arena, STR_FMT " must not be " STR_FMT,
			STR_ARG(subject), STR_ARG(words_value(explain, place)));
	else if (inner->types != SCHEMA_ANY && !inner->logic)
		problem->message = str_format(
			explain->arena, STR_FMT " must not be " STR_FMT,
			STR_ARG(subject),
			STR_ARG(words_types(explain->arena, inner->types)));
	else if (condition.ptr)
		problem->message = str_format(
			explain->arena, STR_FMT " is not allowed when " STR_FMT,
			STR_ARG(subject), STR_ARG(condition));
	else
		problem->message = str_format(
			explain->arena,
			STR_FMT " is what the schema excludes (`not`)",
			STR_ARG(subject));
}

static void explain_if(struct explain *explain, const struct schema *schema,
		       const struct place *place)
{
	const struct schema_logic *logic = schema->logic;
	bool holds = run_eval(explain->run, logic->if_, place->node, NULL);
	const struct schema *chosen = holds ? logic->then_ : logic->else_;
	struct place here = *place;
	str because;

	if (!chosen || explain->run->stopped)
		return;
	because = words_condition(explain, logic->if_, place->node, holds);
	if (because.ptr)
		here.because = because;
	explain_value(explain, chosen, &here);
}

void explain_logic(struct explain *explain, const struct schema *schema,
		   const struct place *place)
{
	const struct schema_logic *logic = schema->logic;

	if (logic->ref)
		explain_value(explain, logic->ref, place);
	if (logic->dynamic_ref)
		explain_value(explain, run_target(explain->run, logic), place);
	for (size_t i = 0; i < logic->all.count; i++)
		explain_value(explain, logic->all.at[i], place);
	if (logic->any.list.count)
		explain_branches(explain, schema, &logic->any, "anyOf", place);
	if (logic->one.list.count)
		explain_branches(explain, schema, &logic->one, "oneOf", place);
	if (logic->not_ &&
	    run_eval(explain->run, logic->not_, place->node, NULL))
		explain_not(explain, schema, place);
	if (logic->if_)
		explain_if(explain, schema, place);
}

static void mark_list(struct explain *explain, const struct schema_list *list,
		      const struct node *node, struct marks *marks, bool some)
{
	bool any = false;

	for (size_t i = 0; some && i < list->count && !any; i++)
		any = run_eval(explain->run, list->at[i], node, NULL);
	for (size_t i = 0; i < list->count; i++)
		if (!any || run_eval(explain->run, list->at[i], node, NULL))
			explain_marks(explain, list->at[i], node, marks);
}

static void mark_logic(struct explain *explain, const struct schema *schema,
		       const struct node *node, struct marks *marks)
{
	const struct schema_logic *logic = schema->logic;

	if (logic->ref)
		explain_marks(explain, logic->ref, node, marks);
	if (logic->dynamic_ref)
		explain_marks(explain, run_target(explain->run, logic), node,
			      marks);
	mark_list(explain, &logic->all, node, marks, false);
	mark_list(explain, &logic->any.list, node, marks, true);
	mark_list(explain, &logic->one.list, node, marks, true);
	if (!logic->if_)
		return;
	if (run_eval(explain->run, logic->if_, node, NULL)) {
		explain_marks(explain, logic->if_, node, marks);
		if (logic->then_)
			explain_marks(explain, logic->then_, node, marks);
	} else if (logic->else_) {
		explain_marks(explain, logic->else_, node, marks);
	}
}

static bool names_key(struct explain *explain,
		      const struct schema_objects *objects,
		      const struct node *child)
{
	const struct schema_property *property =
		objects->count ? objects_property(objects, child) : NULL;

	if ((property && property->schema) || objects->additional)
		return true;
	for (size_t i = 0; i < objects->pattern_count; i++)
		if (run_search(explain->run, objects->patterns[i].regex,
			       objects->patterns[i].text, child->key->text))
			return true;
	return false;
}

static void mark_map(struct explain *explain, const struct schema *schema,
		     const struct node *node, struct marks *marks)
{
	const struct schema_objects *objects = schema->objects;

	for (size_t i = 0; i < node->count; i++)
		if (names_key(explain, objects, &node->as.children[i]))
			marks_set(marks, i);
	for (size_t i = 0; i < objects->dependent_count; i++)
		if (objects->dependents[i].schema &&
		    node_find_hashed(node, objects->dependents[i].name,
				     objects->dependents[i].hash))
			explain_marks(explain, objects->dependents[i].schema,
				      node, marks);
}

static void mark_list_items(struct explain *explain,
			    const struct schema *schema,
			    const struct node *node, struct marks *marks)
{
	const struct schema_arrays *arrays = schema->arrays;

	for (size_t i = 0; i < node->count; i++)
		if (i < arrays->prefix.count || arrays->items ||
		    (arrays->contains &&
		     run_eval(explain->run, arrays->contains,
			      &node->as.children[i], NULL)))
			marks_set(marks, i);
}

void explain_marks(struct explain *explain, const struct schema *schema,
		   const struct node *node, struct marks *marks)
{
	bool entered;

	if (!run_enter(explain->run, schema, &entered))
		return;
	if (schema->objects && node->kind == NODE_MAP)
		mark_map(explain, schema, node, marks);
	if (schema->arrays && node->kind == NODE_LIST)
		mark_list_items(explain, schema, node, marks);
	if (schema->logic)
		mark_logic(explain, schema, node, marks);
	run_leave(explain->run, entered);
}
