/*
 * placeholder - a required text that only fills the form.
 *
 * The schema of the kind says what is required, at every level.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/schema_view.h"
#include "lint/facts.h"
#include "lint/sink.h"
#include "policy/policy.h"

enum { DEPTH = 64 };

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

static void report(const struct search *search, const struct node *value)
{
	const struct facts *facts = search->facts;
	struct buf pointer;

	buf_init(&pointer, facts->limits->yaml_size);
	node_pointer(&pointer, facts->root, value);
	sink_report(search->sink,
		    &(struct found){
			    .span = value->span,
			    .pointer = buf_str(&pointer),
			    .message = str_format(facts->scratch,
						  STR_FMT
						  "/" STR_FMT ": '" STR_FMT
						  "' is required and holds the "
						  "placeholder '" STR_FMT "'",
						  STR_ARG(facts->record->kind),
						  STR_ARG(facts->record->id),
						  STR_ARG(value->key->text),
						  STR_ARG(value->text)),
			    .label = STR("a placeholder"),
		    });
	buf_done(&pointer);
}

static bool look(const struct search *search, const struct schema *schema,
		 const struct node *value, unsigned depth);

/* Of an enum, "none" is a value like any other. */
static bool is_enum(const struct schema *schema, unsigned depth)
{
	const struct schema_logic *logic = schema->logic;

	if (schema->choices || schema->constant)
		return true;
	if (!logic || depth == 0)
		return false;
	for (size_t i = 0; i < logic->all.count; i++) {
		if (is_enum(logic->all.at[i], depth - 1))
			return true;
	}
	return logic->ref && is_enum(logic->ref, depth - 1);
}

static bool look_at_members(const struct search *search,
			    const struct schema_objects *objects,
			    const struct node *map, unsigned depth)
{
	for (size_t i = 0; i < objects->count; i++) {
		const struct schema_property *property =
			&objects->properties[i];
		const struct node *value =
			node_find_hashed(map, property->name, property->hash);
		bool placeholder = false;

		if (!value)
			continue;
		if (property->required && value->kind == NODE_STRING &&
		    property->schema && !is_enum(property->schema, DEPTH) &&
		    !is_placeholder(&placeholder, search, value->text))
			return false;
		if (placeholder)
			report(search, value);
		if (property->schema &&
		    !look(search, property->schema, value, depth))
			return false;
	}
	return true;
}

/* Follows references and allOf on the same value, and properties and items
 * down; alternatives say nothing that is required for sure. */
static bool look(const struct search *search, const struct schema *schema,
		 const struct node *value, unsigned depth)
{
	const struct schema_logic *logic = schema->logic;

	if (depth == 0)
		return true;
	if (logic && logic->ref && !look(search, logic->ref, value, depth - 1))
		return false;
	for (size_t i = 0; logic && i < logic->all.count; i++) {
		if (!look(search, logic->all.at[i], value, depth - 1))
			return false;
	}
	if (value->kind == NODE_MAP && schema->objects)
		return look_at_members(search, schema->objects, value,
				       depth - 1);
	if (value->kind != NODE_LIST || !schema->arrays ||
	    !schema->arrays->items)
		return true;
	for (size_t i = 0; i < value->count; i++) {
		if (!look(search, schema->arrays->items, &value->as.children[i],
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

	(void)rule;
	return look(&search, kind->schema, facts->root, DEPTH);
}

extern const struct check check_placeholder;
const struct check check_placeholder = {
	.name = "placeholder",
	.summary = "a required text is no placeholder",
	.stage = CHECK_RECORD,
	.run = run,
};
