/* Judging by type, enum, const, and the keywords of numbers and strings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/map.h"
#include "base/utf8.h"
#include "data/scalar.h"
#include "jsonschema/number.h"
#include "jsonschema/run.h"

static bool odd_number(struct validator *run)
{
	return run_stop(run, ERROR_LIMIT,
			"a number has an exponent of more than 15 digits");
}

bool run_type(struct validator *run, const struct schema *schema,
	      const struct node *node)
{
	static const uint8_t types[] = {
		[NODE_NULL] = SCHEMA_NULL,     [NODE_BOOL] = SCHEMA_BOOLEAN,
		[NODE_INT] = SCHEMA_INTEGER,   [NODE_FLOAT] = SCHEMA_NUMBER,
		[NODE_STRING] = SCHEMA_STRING, [NODE_LIST] = SCHEMA_ARRAY,
		[NODE_MAP] = SCHEMA_OBJECT,
	};
	bool whole;

	if (schema->types & types[node->kind])
		return true;
	if (node->kind != NODE_FLOAT || !(schema->types & SCHEMA_INTEGER))
		return false;
	if (!number_is_integer(&whole, node))
		return odd_number(run);
	return whole;
}

bool run_choices(struct validator *run, const struct schema *schema,
		 const struct node *node)
{
	const struct node *choices = schema->choices;
	bool deep = node->kind == NODE_LIST || node->kind == NODE_MAP;

	if (deep && !run_steps(run, schema->choice_nodes))
		return false;
	if (schema->constant && !node_equal(schema->constant, node))
		return false;
	if (schema->choice_texts)
		return node->kind == NODE_STRING &&
		       map_find(schema->choice_texts, node->text);
	if (!choices)
		return true;
	if (!run_steps(run, choices->count))
		return false;
	for (size_t i = 0; i < choices->count; i++)
		if (node_equal(&choices->as.children[i], node))
			return true;
	return false;
}

/* Is the number on the allowed side of a bound (1: above)? NaN never is. */
static bool within(const struct node *node, const struct node *bound, int side,
		   bool equal)
{
	int order;

	if (!bound)
		return true;
	if (node->kind == NODE_FLOAT && isnan(node->as.number))
		return false;
	order = number_compare(node, bound);
	return order == 0 ? equal : (order > 0) == (side > 0);
}

bool run_number(struct validator *run, const struct schema_numbers *numbers,
		const struct node *node)
{
	bool multiple = true;

	if (numbers->multiple &&
	    !number_is_multiple(&multiple, node, numbers->multiple))
		return odd_number(run);
	return multiple && within(node, numbers->minimum, 1, true) &&
	       within(node, numbers->maximum, -1, true) &&
	       within(node, numbers->above, 1, false) &&
	       within(node, numbers->below, -1, false);
}

bool run_search(struct validator *run, const struct regex *regex, str pattern,
		str text)
{
	enum regex_result result;

	if (!run_steps(run, 1))
		return false;
	result = regex_search(regex, run->scratch, text);
	if (result == REGEX_LIMIT)
		return run_stop(run, ERROR_LIMIT,
				"the pattern " STR_FMT
				" is too expensive on a text of %zu bytes "
				"(limits regex_match, regex_heap, "
				"regex_subject)",
				STR_ARG(pattern), text.len);
	return result == REGEX_MATCH;
}

/* Bytes bound code points from both sides; they are counted only between. */
static bool length_fits(const struct schema_strings *strings, str text)
{
	size_t count;

	if (text.len < strings->min_length)
		return false;
	if (text.len <= strings->max_length &&
	    text.len / 4 >= strings->min_length)
		return true;
	count = utf8_count(text);
	return count >= strings->min_length && count <= strings->max_length;
}

bool run_string(struct validator *run, const struct schema_strings *strings,
		const struct node *node)
{
	if ((strings->min_length > 0 || strings->max_length < SIZE_MAX) &&
	    !length_fits(strings, node->text))
		return false;
	if (strings->pattern && !run_search(run, strings->pattern,
					    strings->pattern_text, node->text))
		return false;
	return !strings->format_asserted ||
	       strings->format == SCHEMA_FORMAT_NONE ||
	       schema_format_check(strings->format, node->text, &run->limits);
}
