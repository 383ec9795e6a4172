/*
 * placeholder - a required text that only fills the form.
 *
 * The schemas that hold for a value say what is required, at every level: one
 * may name a property that another describes, as a kind requires the title of
 * the envelope.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/problem.h"
#include "jsonschema/schema_view.h"
#include "lint/facts.h"
#include "lint/sink.h"
#include "policy/policy.h"

enum { DEPTH = 64, TOGETHER = 64 };

struct search {
	const struct facts *facts;
	const struct parameter *patterns;
	struct sink *sink;
	struct error *err;
};

static bool is_placeholder(bool *out, const struct search *search, str text)
{
	text = str_trim(text);
	*out = false;
	for (size_t i = 0; i < search->patterns->pattern_count && !*out; i++) {
		switch (regex_search(search->patterns->patterns[i],
				     search->facts->match, text)) {
		case REGEX_MATCH:
			*out = true;
			break;
		case REGEX_LIMIT:
			return error_set(search->err, ERROR_LIMIT,
					 "a pattern of "
					 "text.placeholder_patterns is too "
					 "expensive on a text of %zu bytes",
					 text.len);
		case REGEX_NO_MATCH:
			break;
		}
	}
	return true;
}

/* Does the schema say already what is wrong with it? */
static bool is_told(const struct facts *facts, const struct node *value)
{
	for (size_t i = 0; i < facts->problem_count; i++) {
		const struct problem *problem = &facts->problems[i];

		if (!problem->key && problem->instance == value)
			return true;
		for (size_t k = 0; k < problem->repeat_count; k++) {
			if (problem->repeats[k] == value)
				return true;
		}
	}
	return false;
}

/* `key` names the value, or the list it stands in. */
static void report(const struct search *search, const struct node *key,
		   const struct node *value)
{
	const struct facts *facts = search->facts;
	struct buf pointer;

	if (is_told(facts, value))
		return;
	buf_init(&pointer, facts->limits->yaml_size);
	node_pointer(&pointer, facts->root, value);
	sink_report(search->sink,
		    &(struct found){
			    .span = value->span,
			    .pointer = buf_str(&pointer),
			    .message = str_format(
				    facts->scratch,
				    STR_FMT "/" STR_FMT ": '" STR_FMT
					    "' is required and holds the "
					    "placeholder '" STR_FMT "'",
				    STR_ARG(facts->record->kind),
				    STR_ARG(facts->record->id),
				    STR_ARG(key->text), STR_ARG(value->text)),
			    .label = STR("a placeholder"),
		    });
	buf_done(&pointer);
}

/* The schemas that hold for one value for sure: alternatives say nothing. */
struct together {
	const struct schema *at[TOGETHER];
	size_t count;
};

static bool is_among(const struct together *set, const struct schema *schema)
{
	for (size_t i = 0; i < set->count; i++) {
		if (set->at[i] == schema)
			return true;
	}
	return false;
}

/* Adds a schema with its references and allOf. */
static bool add(struct together *set, const struct schema *schema,
		struct error *err)
{
	const struct schema_logic *logic = schema->logic;

	if (is_among(set, schema))
		return true;
	if (set->count == TOGETHER)
		return error_set(err, ERROR_LIMIT,
				 "more than %d schemas hold for one value",
				 TOGETHER);
	set->at[set->count++] = schema;
	if (!logic)
		return true;
	if (logic->ref && !add(set, logic->ref, err))
		return false;
	for (size_t i = 0; i < logic->all.count; i++) {
		if (!add(set, logic->all.at[i], err))
			return false;
	}
	return true;
}

/* Of an enum, "none" is a value like any other. */
static bool is_enum(const struct together *set)
{
	for (size_t i = 0; i < set->count; i++) {
		if (set->at[i]->choices || set->at[i]->constant)
			return true;
	}
	return false;
}

static bool has_children(const struct node *value)
{
	return value->kind == NODE_MAP || value->kind == NODE_LIST;
}

static bool look(const struct search *search, const struct together *set,
		 const struct node *value, unsigned depth);

/* What holds for a member, and whether it must be there. */
static bool find_member(struct together *set, bool *required,
			const struct together *outer, const struct node *member,
			struct error *err)
{
	set->count = 0;
	*required = false;
	for (size_t i = 0; i < outer->count; i++) {
		const struct schema_property *property =
			outer->at[i]->objects
				? schema_property_find(outer->at[i],
						       member->key->text)
				: NULL;

		if (!property)
			continue;
		*required = *required || property->required;
		if (property->schema && !add(set, property->schema, err))
			return false;
	}
	return true;
}

/* What holds for the items of a list. */
static bool find_items(struct together *set, const struct together *outer,
		       struct error *err)
{
	set->count = 0;
	for (size_t i = 0; i < outer->count; i++) {
		const struct schema_arrays *arrays = outer->at[i]->arrays;

		if (arrays && arrays->items && !add(set, arrays->items, err))
			return false;
	}
	return true;
}

/* The texts of a list that is required. */
static bool look_at_texts(const struct search *search,
			  const struct together *outer, const struct node *list)
{
	struct together set;

	if (!find_items(&set, outer, search->err))
		return false;
	for (uint32_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		bool placeholder;

		if (item->kind != NODE_STRING || is_enum(&set))
			continue;
		if (!is_placeholder(&placeholder, search, item->text))
			return false;
		if (placeholder)
			report(search, list->key, item);
	}
	return true;
}

static bool look_at_member(const struct search *search,
			   const struct together *outer,
			   const struct node *member, unsigned depth)
{
	struct together set;
	bool placeholder = false;
	bool required;

	if (member->kind != NODE_STRING && !has_children(member))
		return true;
	if (!find_member(&set, &required, outer, member, search->err))
		return false;
	if (required && member->kind == NODE_LIST &&
	    !look_at_texts(search, &set, member))
		return false;
	if (member->kind != NODE_STRING)
		return look(search, &set, member, depth);
	if (required && !is_enum(&set) &&
	    !is_placeholder(&placeholder, search, member->text))
		return false;
	if (placeholder)
		report(search, member->key, member);
	return true;
}

static bool look_at_items(const struct search *search,
			  const struct together *outer, const struct node *list,
			  unsigned depth)
{
	struct together set;

	if (!find_items(&set, outer, search->err))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (!look(search, &set, &list->as.children[i], depth))
			return false;
	}
	return true;
}

static bool look(const struct search *search, const struct together *set,
		 const struct node *value, unsigned depth)
{
	if (depth == 0 || set->count == 0 || !has_children(value))
		return true;
	if (value->kind == NODE_LIST)
		return look_at_items(search, set, value, depth - 1);
	for (size_t i = 0; i < value->count; i++) {
		if (!look_at_member(search, set, &value->as.children[i],
				    depth - 1))
			return false;
	}
	return true;
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	struct search search = {
		.facts = facts,
		.patterns = policy_parameter(facts->policy,
					     STR("text.placeholder_patterns")),
		.sink = sink,
		.err = err,
	};
	const struct kind *kind =
		kind_find(policy_kinds(facts->policy), facts->record->kind);

	struct together set;

	(void)rule;
	set.count = 0;
	return add(&set, kind->schema, err) &&
	       look(&search, &set, facts->root, DEPTH);
}

extern const struct check check_placeholder;
const struct check check_placeholder = {
	.name = "placeholder",
	.summary = "a required text is no placeholder",
	.stage = CHECK_RECORD,
	/* A record that is being filled in lacks more than texts. */
	.invalid_too = true,
	.run = run,
};
