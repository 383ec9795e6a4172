/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/explain.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "jsonschema/number.h"

struct problem *explain_add(struct explain *explain,
			    const struct schema *schema, const char *keyword,
			    const struct place *place)
{
	struct finding *finding = vec_push(&explain->findings);

	finding->owner = place->node;
	finding->list = place->list;
	finding->depth = place->depth;
	finding->problem = (struct problem){
		.keyword = keyword,
		.instance = place->node,
		.schema = schema,
		.rule = node_find(schema->node, str_of(keyword)),
		.because = place->because,
		.sensitive = place->sensitive,
	};
	return &finding->problem;
}

struct place place_below(const struct explain *explain,
			 const struct place *place, const struct node *child)
{
	return (struct place){
		.node = child,
		.list = place->node->kind == NODE_LIST ? place->node
						       : place->list,
		.because = place->because,
		.depth = place->depth + 1,
		.sensitive = place->sensitive || is_sensitive(explain, child),
	};
}

str nearest_choice(struct explain *explain, str text,
		   const struct node *const *values, size_t count)
{
	struct nearest nearest;

	if (explain->suggestions++ >= SUGGESTIONS_MOST)
		return (str){NULL, 0};
	nearest_start(&nearest, text);
	for (size_t i = 0; i < count; i++)
		if (values[i]->kind == NODE_STRING)
			nearest_offer(&nearest, values[i]->text);
	return nearest.count ? nearest.found[0] : (str){NULL, 0};
}

static void explain_type(struct explain *explain, const struct schema *schema,
			 const struct place *place)
{
	struct problem *problem = explain_add(explain, schema, "type", place);
	str subject = words_subject(explain, place);
	str types = words_types(explain->arena, schema->types);
	const struct node *node = place->node;

	if (node->kind == NODE_NULL || node->kind >= NODE_LIST ||
	    place->sensitive)
		problem->message = str_format(
			explain->arena,
			STR_FMT " must be " STR_FMT ", and it is " STR_FMT,
			STR_ARG(subject), STR_ARG(types),
			STR_ARG(place->sensitive ? words_value(explain, place)
						 : str_of(words_kind(node))));
	else
		problem->message = str_format(
			explain->arena,
			STR_FMT " must be " STR_FMT ", and " STR_FMT " is %s",
			STR_ARG(subject), STR_ARG(types),
			STR_ARG(words_value(explain, place)), words_kind(node));
}

static void explain_choices(struct explain *explain,
			    const struct schema *schema,
			    const struct place *place)
{
	bool constant =
		schema->constant && !node_equal(schema->constant, place->node);
	size_t count = constant ? 1 : schema->choices->count;
	const struct node **values =
		arena_array(explain->arena, const struct node *, count);
	struct problem *problem = explain_add(
		explain, schema, constant ? "const" : "enum", place);

	values[0] = schema->constant;
	for (size_t i = 0; !constant && i < count; i++)
		values[i] = &schema->choices->as.children[i];
	problem->expected = values;
	problem->expected_count = count;
	problem->message = str_format(
		explain->arena,
		STR_FMT " must be " STR_FMT ", and it is " STR_FMT,
		STR_ARG(words_subject(explain, place)),
		STR_ARG(words_choices(explain->arena, values, count)),
		STR_ARG(words_value(explain, place)));
	if (place->node->kind == NODE_STRING && !place->sensitive)
		problem->suggestion = nearest_choice(explain, place->node->text,
						     values, count);
}

static void add_bound(struct explain *explain, const struct schema *schema,
		      const struct place *place, const char *keyword,
		      const char *words, const struct node *bound)
{
	struct problem *problem = explain_add(explain, schema, keyword, place);

	problem->message = str_format(
		explain->arena,
		STR_FMT " must be %s " STR_FMT ", and it is " STR_FMT,
		STR_ARG(words_subject(explain, place)), words,
		STR_ARG(words_literal(explain->arena, bound)),
		STR_ARG(words_value(explain, place)));
}

/* Each keyword is tried on its own, by the fast pass. */
static void explain_number(struct explain *explain, const struct schema *schema,
			   const struct place *place)
{
	const struct schema_numbers *numbers = schema->numbers;
	const struct {
		const char *keyword;
		const char *words;
		struct schema_numbers alone;
		const struct node *bound;
	} rows[] = {
		{"minimum",
		 "at least",
		 {.minimum = numbers->minimum},
		 numbers->minimum},
		{"maximum",
		 "at most",
		 {.maximum = numbers->maximum},
		 numbers->maximum},
		{"exclusiveMinimum",
		 "more than",
		 {.above = numbers->above},
		 numbers->above},
		{"exclusiveMaximum",
		 "less than",
		 {.below = numbers->below},
		 numbers->below},
		{"multipleOf",
		 "a multiple of",
		 {.multiple = numbers->multiple},
		 numbers->multiple},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].bound &&
		    !run_number(explain->run, &rows[i].alone, place->node))
			add_bound(explain, schema, place, rows[i].keyword,
				  rows[i].words, rows[i].bound);
}

static void add_length(struct explain *explain, const struct schema *schema,
		       const struct place *place, const char *keyword,
		       const char *words, size_t bound)
{
	struct problem *problem = explain_add(explain, schema, keyword, place);
	size_t length = utf8_count(place->node->text);
	str subject = words_subject(explain, place);

	if (length == 0 && bound == 1)
		problem->message =
			str_format(explain->arena, STR_FMT " must not be empty",
				   STR_ARG(subject));
	else
		problem->message = str_format(
			explain->arena,
			STR_FMT " must have %s %zu character%s, and it has %zu",
			STR_ARG(subject), words, bound, bound == 1 ? "" : "s",
			length);
}

static void add_format(struct explain *explain, const struct schema *schema,
		       const struct place *place)
{
	const struct schema_format_row *row =
		schema_format_row(schema->strings->format);
	struct problem *problem = explain_add(explain, schema, "format", place);

	problem->message = str_format(
		explain->arena,
		STR_FMT " must be %s, such as %s, and " STR_FMT " is not one",
		STR_ARG(words_subject(explain, place)), row->words,
		row->example, STR_ARG(words_value(explain, place)));
}

static void add_pattern(struct explain *explain, const struct schema *schema,
			const struct place *place)
{
	struct problem *problem =
		explain_add(explain, schema, "pattern", place);

	problem->message = str_format(explain->arena,
				      STR_FMT " must match the pattern " STR_FMT
					      ", and " STR_FMT " does not",
				      STR_ARG(words_subject(explain, place)),
				      STR_ARG(schema->strings->pattern_text),
				      STR_ARG(words_value(explain, place)));
}

/* One is said: a text that is too short seldom matches the pattern either. */
static void explain_string(struct explain *explain, const struct schema *schema,
			   const struct place *place)
{
	const struct schema_strings *strings = schema->strings;
	size_t length = utf8_count(place->node->text);

	if (length < strings->min_length)
		add_length(explain, schema, place, "minLength", "at least",
			   strings->min_length);
	else if (length > strings->max_length)
		add_length(explain, schema, place, "maxLength", "at most",
			   strings->max_length);
	else if (strings->format_asserted &&
		 strings->format != SCHEMA_FORMAT_NONE &&
		 !schema_format_check(strings->format, place->node->text,
				      &explain->run->limits))
		add_format(explain, schema, place);
	else
		add_pattern(explain, schema, place);
}

static void explain_groups(struct explain *explain, const struct schema *schema,
			   const struct place *place)
{
	const struct node *node = place->node;

	if (schema->types != SCHEMA_ANY &&
	    !run_type(explain->run, schema, node)) {
		explain_type(explain, schema, place);
		return;
	}
	if ((schema->constant || schema->choices) &&
	    !run_choices(explain->run, schema, node)) {
		explain_choices(explain, schema, place);
		return;
	}
	if (schema->numbers && node_is_number(node))
		explain_number(explain, schema, place);
	if (schema->strings && node->kind == NODE_STRING &&
	    !run_string(explain->run, schema->strings, node))
		explain_string(explain, schema, place);
	if (schema->arrays && node->kind == NODE_LIST)
		explain_array(explain, schema, place);
	if (schema->objects && node->kind == NODE_MAP)
		explain_object(explain, schema, place);
	if (schema->logic)
		explain_logic(explain, schema, place);
}

static void explain_never(struct explain *explain, const struct schema *schema,
			  const struct place *place)
{
	struct problem *problem = explain_add(explain, schema, "false", place);

	problem->key = place->node->key;
	problem->rule = schema->node;
	problem->message =
		str_format(explain->arena, STR_FMT " is not allowed here",
			   STR_ARG(words_subject(explain, place)));
}

void explain_value(struct explain *explain, const struct schema *schema,
		   const struct place *place)
{
	struct validator *run = explain->run;
	size_t before = explain->findings.count;
	bool entered;

	if (schema->never) {
		explain_never(explain, schema, place);
		return;
	}
	if (run_eval(run, schema, place->node, NULL) || run->stopped ||
	    !run_enter(run, schema, &entered))
		return;
	explain_groups(explain, schema, place);
	run_leave(run, entered);
	if (explain->findings.count == before && !run->stopped) {
		struct problem *problem =
			explain_add(explain, schema, "schema", place);

		problem->rule = schema->node;
		problem->message = str_format(
			explain->arena, STR_FMT " does not satisfy its schema",
			STR_ARG(words_subject(explain, place)));
	}
}
