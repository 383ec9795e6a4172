/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

static void add_count(struct explain *explain, const struct schema *schema,
		      const struct place *place, const char *keyword,
		      const char *words, size_t bound)
{
	struct problem *problem = explain_add(explain, schema, keyword, place);
	str subject = words_subject(explain, place);

	if (place->node->count == 0 && bound == 1)
		problem->message =
			str_format(explain->arena, STR_FMT " must not be empty",
				   STR_ARG(subject));
	else
		problem->message = str_format(
			explain->arena,
			STR_FMT " must have %s %zu item%s, and it has %u",
			STR_ARG(subject), words, bound, bound == 1 ? "" : "s",
			place->node->count);
}

static void explain_unique(struct explain *explain, const struct schema *schema,
			   const struct place *place)
{
	const struct node *first = NULL;
	const struct node *second = NULL;
	struct problem *problem;

	if (run_unique(explain->run, place->node, &first, &second) ||
	    explain->run->stopped)
		return;
	problem = explain_add(explain, schema, "uniqueItems", place);
	problem->instance = second;
	problem->message =
		str_format(explain->arena,
			   "the items of " STR_FMT
			   " must differ, and items %u and %u are equal",
			   STR_ARG(words_subject(explain, place)),
			   first->index + 1, second->index + 1);
}

static void explain_contains(struct explain *explain,
			     const struct schema *schema,
			     const struct place *place)
{
	const struct schema_arrays *arrays = schema->arrays;
	struct problem *problem;
	size_t count = 0;
	bool few;

	for (size_t i = 0; i < place->node->count; i++)
		count += run_eval(explain->run, arrays->contains,
				  &place->node->as.children[i], NULL);
	few = count < arrays->min_contains;
	if (!few && count <= arrays->max_contains)
		return;
	problem = explain_add(explain, schema,
			      !few			  ? "maxContains"
			      : arrays->min_contains == 1 ? "contains"
							  : "minContains",
			      place);
	problem->message = str_format(
		explain->arena,
		"%s %zu of the items of " STR_FMT
		" must be of a certain kind (`contains`), and %zu %s",
		few ? "at least" : "at most",
		few ? arrays->min_contains : arrays->max_contains,
		STR_ARG(words_subject(explain, place)), count,
		count == 1 ? "is" : "are");
}

static void explain_items(struct explain *explain, const struct schema *schema,
			  const struct place *place)
{
	const struct schema_arrays *arrays = schema->arrays;
	const struct node *node = place->node;

	for (size_t i = 0; i < node->count; i++) {
		struct place below =
			place_below(explain, place, &node->as.children[i]);

		if (i < arrays->prefix.count)
			explain_value(explain, arrays->prefix.at[i], &below);
		else if (arrays->items)
			explain_value(explain, arrays->items, &below);
	}
}

static void explain_unevaluated(struct explain *explain,
				const struct schema *schema,
				const struct place *place)
{
	struct arena_mark mark = arena_mark(&explain->run->arena);
	const struct node *node = place->node;
	struct marks marks;

	marks_begin(&marks, &explain->run->arena, node->count);
	explain_marks(explain, schema, node, &marks);
	for (size_t i = 0; i < node->count; i++) {
		struct place below =
			place_below(explain, place, &node->as.children[i]);

		if (!marks_has(&marks, i))
			explain_value(explain, schema->arrays->unevaluated,
				      &below);
	}
	arena_release(&explain->run->arena, mark);
}

void explain_array(struct explain *explain, const struct schema *schema,
		   const struct place *place)
{
	const struct schema_arrays *arrays = schema->arrays;

	if (place->node->count < arrays->min_items)
		add_count(explain, schema, place, "minItems", "at least",
			  arrays->min_items);
	if (place->node->count > arrays->max_items)
		add_count(explain, schema, place, "maxItems", "at most",
			  arrays->max_items);
	explain_items(explain, schema, place);
	if (arrays->unique)
		explain_unique(explain, schema, place);
	if (arrays->contains)
		explain_contains(explain, schema, place);
	if (arrays->unevaluated)
		explain_unevaluated(explain, schema, place);
}
