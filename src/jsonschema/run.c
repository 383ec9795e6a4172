/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/run.h"

#include <stdio.h>

#include "base/mem.h"
#include "jsonschema/registry.h"

struct validator *validator_new(const struct limits *limits)
{
	struct validator *run = mem_new(sizeof(*run));

	run->limits = *limits;
	arena_init(&run->arena);
	run->scratch = regex_scratch_new(limits);
	run->scopes = arena_array(&run->arena, const struct schema_resource *,
				  limits->json_depth + 1);
	return run;
}

void validator_free(struct validator *run)
{
	if (!run)
		return;
	regex_scratch_free(run->scratch);
	vec_done(&run->told);
	arena_done(&run->arena);
	mem_free(run);
}

void run_start(struct validator *run, struct error *err)
{
	run->err = err;
	run->scope_count = 0;
	run->reference = NULL;
	run->depth = 0;
	run->steps = 0;
	run->stopped = false;
	run->telling = false;
	run->told.count = 0;
}

bool run_stop(struct validator *run, enum error_kind kind, const char *fmt, ...)
{
	char text[sizeof(run->err->text)];
	va_list arguments;

	if (run->stopped)
		return false;
	va_start(arguments, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, arguments);
	va_end(arguments);
	error_set_at(run->err, kind, run->at, "%s", text);
	run->stopped = true;
	return false;
}

bool run_steps(struct validator *run, size_t steps)
{
	if (run->stopped)
		return false;
	if (steps > run->limits.schema_steps - run->steps)
		return run_stop(run, ERROR_LIMIT,
				"more than %zu schema keywords tried on one "
				"record (limit schema_steps)",
				run->limits.schema_steps);
	run->steps += steps;
	return true;
}

bool run_enter(struct validator *run, const struct schema *schema,
	       bool *entered)
{
	if (!run_steps(run, 1))
		return false;
	if (run->depth >= run->limits.json_depth)
		return run_stop(run, ERROR_LIMIT,
				"the schema nests deeper than %zu on one "
				"record (limit json_depth)",
				run->limits.json_depth);
	run->depth++;
	*entered = run->scope_count == 0 ||
		   run->scopes[run->scope_count - 1] != schema->resource;
	if (*entered)
		run->scopes[run->scope_count++] = schema->resource;
	return true;
}

void run_leave(struct validator *run, bool entered)
{
	run->depth--;
	run->scope_count -= entered;
}

void marks_begin(struct marks *marks, struct arena *arena, size_t count)
{
	marks->one = 0;
	marks->count = (count + 63) / 64;
	marks->words = marks->count <= 1
			       ? &marks->one
			       : arena_array(arena, uint64_t, marks->count);
}

void marks_merge(struct marks *to, const struct marks *from)
{
	for (size_t i = 0; i < to->count; i++)
		to->words[i] |= from->words[i];
}

const struct schema *run_target(struct validator *run,
				const struct schema_logic *logic)
{
	if (!logic->dynamic_name.ptr)
		return logic->dynamic_ref;
	for (size_t i = 0; i < run->scope_count; i++) {
		const struct schema_resource *resource = run->scopes[i];

		if (!run_steps(run, resource->dynamic.count))
			break;
		for (size_t j = 0; j < resource->dynamic.count; j++)
			if (str_equal(resource->dynamic.at[j].name,
				      logic->dynamic_name))
				return resource->dynamic.at[j].schema;
	}
	return logic->dynamic_ref;
}

static bool needs_marks(const struct schema *schema, const struct node *node)
{
	if (node->kind == NODE_MAP)
		return schema->objects && schema->objects->unevaluated;
	return node->kind == NODE_LIST && schema->arrays &&
	       schema->arrays->unevaluated;
}

static bool run_groups(struct validator *run, const struct schema *schema,
		       const struct node *node, struct marks *marks)
{
	bool holds = true;

	if (schema->types != SCHEMA_ANY && !run_type(run, schema, node))
		return false;
	if ((schema->constant || schema->choices) &&
	    !run_choices(run, schema, node))
		return false;
	switch (node->kind) {
	case NODE_INT:
	case NODE_FLOAT:
		holds = !schema->numbers ||
			run_number(run, schema->numbers, node);
		break;
	case NODE_STRING:
		holds = !schema->strings ||
			run_string(run, schema->strings, node);
		break;
	case NODE_LIST:
		holds = !schema->arrays ||
			run_array(run, schema->arrays, node, marks);
		break;
	case NODE_MAP:
		holds = !schema->objects ||
			run_object(run, schema->objects, node, marks);
		break;
	case NODE_NULL:
	case NODE_BOOL:
		break;
	}
	return holds && (!schema->logic || run_logic(run, schema, node, marks));
}

/* Applies unevaluatedItems or -Properties to the children without a mark. */
static bool run_rest(struct validator *run, const struct schema *schema,
		     const struct node *node, const struct marks *marks)
{
	const struct schema *rest = node->kind == NODE_MAP
					    ? schema->objects->unevaluated
					    : schema->arrays->unevaluated;

	for (size_t i = 0; i < node->count; i++)
		if (!marks_has(marks, i) &&
		    !run_eval(run, rest, &node->as.children[i], NULL))
			return false;
	return true;
}

static bool run_marked(struct validator *run, const struct schema *schema,
		       const struct node *node, struct marks *outer)
{
	struct arena_mark mark = arena_mark(&run->arena);
	struct marks marks;
	bool holds;

	marks_begin(&marks, &run->arena, node->count);
	holds = run_groups(run, schema, node, &marks) &&
		run_rest(run, schema, node, &marks);
	arena_release(&run->arena, mark);
	if (holds && outer)
		for (size_t i = 0; i < node->count; i++)
			marks_set(outer, i);
	return holds;
}

bool run_eval(struct validator *run, const struct schema *schema,
	      const struct node *node, struct marks *marks)
{
	bool entered;
	bool holds;

	if (schema->always)
		return !run->stopped;
	run->at = node->span;
	if (schema->never || !run_enter(run, schema, &entered))
		return false;
	holds = needs_marks(schema, node)
			? run_marked(run, schema, node, marks)
			: run_groups(run, schema, node, marks);
	if (holds && run->telling && schema->custom_count)
		*vec_push(&run->told) =
			(struct told){.schema = schema, .node = node};
	run_leave(run, entered);
	return holds && !run->stopped;
}

bool run_try(struct validator *run, const struct schema *schema,
	     const struct node *node, struct marks *marks)
{
	struct arena_mark mark = arena_mark(&run->arena);
	size_t told = run->told.count;
	struct marks own;
	bool holds;

	if (!marks) {
		holds = run_eval(run, schema, node, NULL);
	} else {
		marks_begin(&own, &run->arena, node->count);
		holds = run_eval(run, schema, node, &own);
		if (holds)
			marks_merge(marks, &own);
	}
	if (!holds)
		run->told.count = told;
	arena_release(&run->arena, mark);
	return holds;
}

bool schema_validate(bool *valid, struct validator *run,
		     const struct schema *schema, const struct node *instance,
		     struct error *err)
{
	bool holds;

	run_start(run, err);
	holds = run_eval(run, schema, instance, NULL);
	if (run->stopped)
		return false;
	*valid = holds;
	return true;
}

bool schema_annotations(bool *valid, struct validator *run,
			const struct schema *schema,
			const struct node *instance, schema_annotation *tell,
			void *context, struct error *err)
{
	bool holds;

	run_start(run, err);
	run->telling = schema->customs_below;
	holds = run_eval(run, schema, instance, NULL);
	if (run->stopped)
		return false;
	for (size_t i = 0; holds && i < run->told.count; i++) {
		const struct told *told = &run->told.at[i];

		for (size_t j = 0; j < told->schema->custom_count; j++)
			tell(context, told->schema, &told->schema->customs[j],
			     told->node);
	}
	*valid = holds;
	return true;
}
