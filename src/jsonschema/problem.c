/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/problem.h"

#include <stdlib.h>

#include "jsonschema/explain.h"

/* What two findings of one cause have in common, as the bytes of a map key. */
struct cause {
	const void *a;
	const void *b;
	const void *c;
	uint64_t name;
};

static str key_of_cause(struct arena *arena, struct cause cause)
{
	struct cause *kept = arena_new(arena, struct cause);

	*kept = cause;
	return str_make((const char *)kept, sizeof(*kept));
}

static bool is_unknown_key(const struct problem *problem)
{
	return problem->key && problem->name.ptr;
}

static str key_of_name(struct arena *arena, const struct finding *finding,
		       str name)
{
	return key_of_cause(arena, (struct cause){.a = finding->owner,
						  .name = hash_str(name)});
}

/* Of two keys that may both be one name, neither is so for sure. */
static void note_guess(struct map *guessed, struct finding *finding,
		       struct arena *scratch)
{
	struct problem *problem = &finding->problem;
	struct finding *first;
	str name;

	if (!is_unknown_key(problem) || !problem->suggestion.ptr)
		return;
	name = key_of_name(scratch, finding, problem->suggestion);
	first = map_find(guessed, name);
	if (!first) {
		(void)map_put(guessed, name, finding);
	} else if (first->problem.key != problem->key) {
		first->problem.sure = false;
		problem->sure = false;
	}
}

/* An unknown key that is like a missing one explains that it is missing. */
static void fold_misspelt(struct explain *explain, struct arena *scratch)
{
	struct map guessed;
	size_t kept = 0;

	map_init(&guessed);
	for (size_t i = 0; i < explain->findings.count; i++)
		note_guess(&guessed, &explain->findings.at[i], scratch);
	for (size_t i = 0; i < explain->findings.count; i++) {
		const struct finding *finding = &explain->findings.at[i];
		const struct problem *problem = &finding->problem;

		if (problem->name.ptr && !problem->key &&
		    map_find(&guessed,
			     key_of_name(scratch, finding, problem->name)))
			continue;
		explain->findings.at[kept++] = *finding;
	}
	explain->findings.count = kept;
	map_done(&guessed);
}

struct repeats {
	VEC(const struct node *) nodes;
};

static const struct node *node_of(const struct problem *problem)
{
	return problem->key ? problem->key : problem->instance;
}

/* The same keyword of the same schema: on the same value it is one problem
 * met twice, on several items of a list it is told once. */
static void collapse(struct explain *explain, struct arena *scratch)
{
	size_t count = explain->findings.count;
	struct repeats *repeats = arena_array(scratch, struct repeats, count);
	struct map seen;
	size_t kept = 0;

	map_init(&seen);
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &explain->findings.at[i];
		const struct problem *problem = &finding->problem;
		const struct node *node = node_of(problem);
		str key = key_of_cause(
			scratch,
			(struct cause){.a = finding->list ? finding->list
							  : node,
				       .b = problem->schema,
				       .c = problem->keyword,
				       .name = hash_str(problem->name)});
		struct finding *first = map_find(&seen, key);
		struct repeats *more =
			first ? &repeats[first - explain->findings.at] : NULL;

		if (!first) {
			explain->findings.at[kept] = *finding;
			(void)map_put(&seen, key,
				      &explain->findings.at[kept++]);
		} else if (node != node_of(&first->problem) &&
			   (more->nodes.count == 0 ||
			    node != more->nodes.at[more->nodes.count - 1])) {
			*vec_push(&more->nodes) = node;
		}
	}
	for (size_t i = 0; i < kept; i++) {
		struct problem *problem = &explain->findings.at[i].problem;

		problem->repeats = vec_keep(&repeats[i].nodes, explain->arena);
		problem->repeat_count = repeats[i].nodes.count;
		vec_done(&repeats[i].nodes);
	}
	explain->findings.count = kept;
	map_done(&seen);
}

/* Adds why it matters here, and how often. */
static void complete(struct explain *explain)
{
	for (size_t i = 0; i < explain->findings.count; i++) {
		struct problem *problem = &explain->findings.at[i].problem;

		explain->findings.at[i].order = i;
		if (problem->because.ptr)
			problem->message = str_format(
				explain->arena, "because " STR_FMT ", " STR_FMT,
				STR_ARG(problem->because),
				STR_ARG(problem->message));
		if (problem->repeat_count > 0)
			problem->message = str_format(
				explain->arena,
				STR_FMT " (and %zu more of this list)",
				STR_ARG(problem->message),
				problem->repeat_count);
	}
}

static uint32_t start_of(const struct problem *problem)
{
	return node_of(problem)->span.start;
}

static int by_place(const void *a, const void *b)
{
	const struct finding *x = a;
	const struct finding *y = b;
	uint32_t first = start_of(&x->problem);
	uint32_t second = start_of(&y->problem);

	if (first != second)
		return first < second ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static struct problem *list_problems(struct explain *explain)
{
	struct problem *list = arena_array(explain->arena, struct problem,
					   explain->findings.count);

	if (explain->findings.count > 1)
		qsort(explain->findings.at, explain->findings.count,
		      sizeof(*explain->findings.at), by_place);
	for (size_t i = 0; i < explain->findings.count; i++)
		list[i] = explain->findings.at[i].problem;
	return list;
}

static void find_all(struct explain *explain, const struct schema *schema,
		     const struct node *instance)
{
	struct place place = {.node = instance};
	struct arena scratch;

	if (schema->sensitive_below)
		explain_sensitive(explain, schema, instance);
	place.sensitive = is_sensitive(explain, instance);
	explain_value(explain, schema, &place);
	if (explain->run->stopped)
		return;
	arena_init(&scratch);
	fold_misspelt(explain, &scratch);
	collapse(explain, &scratch);
	complete(explain);
	arena_done(&scratch);
}

bool schema_problems(const struct problem **out, size_t *count,
		     struct arena *arena, struct validator *validator,
		     const struct schema *schema, const struct node *instance,
		     struct error *err)
{
	struct explain explain = {.run = validator, .arena = arena};
	bool done;

	run_start(validator, err);
	map_init(&explain.sensitive);
	find_all(&explain, schema, instance);
	done = !validator->stopped;
	if (done) {
		*out = list_problems(&explain);
		*count = explain.findings.count;
	}
	vec_done(&explain.findings);
	map_done(&explain.sensitive);
	return done;
}
