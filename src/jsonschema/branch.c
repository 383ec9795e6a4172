/*
 * Which alternative of anyOf or oneOf was meant: the one whose discriminator
 * fits, else of the right type, else whose faults lie deepest, else with the
 * fewest, else the first (language.md, section 5).
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

enum { REFERENCES_FOLLOWED = 8 };

struct branches {
	struct explain *explain;
	const struct schema *schema; /* that says the keyword */
	const struct schema_branches *list;
	const char *keyword;
	const struct place *place;
};

/* Behind references that say nothing of their own. */
static const struct schema *behind(const struct schema *schema)
{
	for (size_t i = 0; i < REFERENCES_FOLLOWED; i++) {
		if (!schema->logic || !schema->logic->ref ||
		    schema->types != SCHEMA_ANY || schema->constant ||
		    schema->choices)
			break;
		schema = schema->logic->ref;
	}
	return schema;
}

/* Does the branch fail by type, const or enum alone, at this very value? */
static bool fails_at_once(struct explain *explain, const struct schema *branch,
			  const struct node *node)
{
	branch = behind(branch);
	return branch->never || !run_type(explain->run, branch, node) ||
	       !run_choices(explain->run, branch, node);
}

static bool type_fits(struct explain *explain, const struct schema *branch,
		      const struct node *node)
{
	branch = behind(branch);
	return !branch->never && run_type(explain->run, branch, node);
}

/* The values a branch would take, added to `values` if there is room. */
static size_t add_values(const struct schema *branch,
			 const struct node **values, size_t count)
{
	branch = behind(branch);
	if (branch->constant) {
		if (values)
			values[count] = branch->constant;
		return count + 1;
	}
	for (size_t i = 0; branch->choices && i < branch->choices->count; i++) {
		if (values)
			values[count] = &branch->choices->as.children[i];
		count++;
	}
	return count;
}

static void suggest(struct explain *explain, struct problem *problem,
		    const struct place *place)
{
	if (place->node->kind == NODE_STRING && !place->sensitive)
		problem->suggestion = nearest_choice(explain, place->node->text,
						     problem->expected,
						     problem->expected_count);
}

/* All branches fail at once: "must be a string or one of 1, 2". */
static void merge(const struct branches *this)
{
	struct explain *explain = this->explain;
	const struct schema_list *list = &this->list->list;
	struct problem *problem =
		explain_add(explain, this->schema, this->keyword, this->place);
	const struct node **values;
	unsigned types = 0;
	size_t count = 0;
	str either = STR("");

	for (size_t i = 0; i < list->count; i++) {
		const struct schema *branch = behind(list->at[i]);

		count = add_values(branch, NULL, count);
		if (!branch->constant && !branch->choices && !branch->never)
			types |= branch->types;
	}
	values = arena_array(explain->arena, const struct node *, count);
	problem->expected = values;
	problem->expected_count = count;
	count = 0;
	for (size_t i = 0; i < list->count; i++)
		count = add_values(list->at[i], values, count);
	if (types)
		either = words_types(explain->arena, types);
	if (count > 0)
		either = str_format(
			explain->arena, STR_FMT "%s" STR_FMT, STR_ARG(either),
			types ? " or " : "",
			STR_ARG(words_choices(explain->arena, values, count)));
	problem->message = str_format(
		explain->arena,
		STR_FMT " must be " STR_FMT ", and it is " STR_FMT,
		STR_ARG(words_subject(explain, this->place)), STR_ARG(either),
		STR_ARG(words_value(explain, this->place)));
	suggest(explain, problem, this->place);
}

/* The discriminator's value fits no branch: that value is the problem. */
static void explain_unknown_kind(const struct branches *this,
				 const struct node *value)
{
	struct explain *explain = this->explain;
	struct place below = place_below(explain, this->place, value);
	struct problem *problem =
		explain_add(explain, this->schema, this->keyword, &below);
	const struct node **values;
	size_t count = 0;

	for (size_t i = 0; i < this->list->list.count; i++) {
		const struct node *texts = this->list->values[i];

		count += texts->kind == NODE_LIST ? texts->count : 1;
	}
	values = arena_array(explain->arena, const struct node *, count);
	problem->expected = values;
	problem->expected_count = count;
	for (size_t i = 0; i < this->list->list.count; i++) {
		const struct node *texts = this->list->values[i];

		if (texts->kind != NODE_LIST)
			*values++ = texts;
		for (size_t j = 0; texts->kind == NODE_LIST && j < texts->count;
		     j++)
			*values++ = &texts->as.children[j];
	}
	problem->message =
		str_format(explain->arena,
			   STR_FMT " must be " STR_FMT ", and it is " STR_FMT,
			   STR_ARG(words_subject(explain, &below)),
			   STR_ARG(words_choices(explain->arena,
						 problem->expected, count)),
			   STR_ARG(words_value(explain, &below)));
	suggest(explain, problem, &below);
}

/* Several alternatives of oneOf hold: two are named. */
static void explain_several(const struct branches *this, size_t first,
			    size_t second)
{
	struct explain *explain = this->explain;
	const struct schema *const *at = this->list->list.at;
	struct problem *problem =
		explain_add(explain, this->schema, this->keyword, this->place);

	problem->message = str_format(
		explain->arena,
		STR_FMT
		" fits two alternatives of which it may fit one: " STR_FMT
		" and " STR_FMT,
		STR_ARG(words_subject(explain, this->place)),
		STR_ARG(words_branch(explain, at[first], first)),
		STR_ARG(words_branch(explain, at[second], second)));
}

static size_t deepest(const struct explain *explain, size_t from)
{
	size_t depth = 0;

	for (size_t i = from; i < explain->findings.count; i++)
		if (explain->findings.at[i].depth > depth)
			depth = explain->findings.at[i].depth;
	return depth;
}

/* Explains each candidate and keeps the findings of the best. */
static void explain_best(const struct branches *this, const struct node *value,
			 bool typed)
{
	struct explain *explain = this->explain;
	size_t begin = explain->findings.count;
	size_t best_count = 0;
	size_t best_depth = 0;

	for (size_t i = 0; i < this->list->list.count; i++) {
		const struct schema *branch = this->list->list.at[i];
		size_t from = explain->findings.count;
		size_t count;
		size_t depth;

		if (branch_is_out(this->list, i, value) ||
		    (typed && !type_fits(explain, branch, this->place->node)))
			continue;
		explain_value(explain, branch, this->place);
		count = explain->findings.count - from;
		depth = deepest(explain, from);
		if (count > 0 &&
		    (best_count == 0 || depth > best_depth ||
		     (depth == best_depth && count < best_count))) {
			memmove(&explain->findings.at[begin],
				&explain->findings.at[from],
				count * sizeof(*explain->findings.at));
			best_count = count;
			best_depth = depth;
		}
		explain->findings.count = begin + best_count;
	}
}

static void explain_none(const struct branches *this)
{
	const struct schema_list *list = &this->list->list;
	const struct node *node = this->place->node;
	const struct node *value = branch_value(this->list, node);
	bool at_once = true;
	bool typed = false;
	bool out = value != NULL;

	for (size_t i = 0; i < list->count; i++) {
		at_once = at_once &&
			  fails_at_once(this->explain, list->at[i], node);
		typed = typed || type_fits(this->explain, list->at[i], node);
		out = out && branch_is_out(this->list, i, value);
	}
	if (out)
		explain_unknown_kind(this, value);
	else if (at_once)
		merge(this);
	else
		explain_best(this, value, typed);
}

void explain_branches(struct explain *explain, const struct schema *schema,
		      const struct schema_branches *branches,
		      const char *keyword, const struct place *place)
{
	const struct branches this = {explain, schema, branches, keyword,
				      place};
	bool one = branches == &schema->logic->one;
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < branches->list.count; i++) {
		if (!run_eval(explain->run, branches->list.at[i], place->node,
			      NULL))
			continue;
		if (!one)
			return;
		if (first != SIZE_MAX) {
			explain_several(&this, first, i);
			return;
		}
		first = i;
	}
	if (first == SIZE_MAX && !explain->run->stopped)
		explain_none(&this);
}
