/* Keywords whose subschemas apply to the same value (core, 8.2.3 and 10.2). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"
#include "jsonschema/uri.h"

static bool fill_reference(struct filling *to, const struct node *value,
			   struct entry **entry)
{
	return fill_need(to, value, NODE_STRING, "a URI reference") &&
	       reference_find(entry, to->registry, to->resource, value,
			      value->text, to->err);
}

bool fill_ref(struct filling *to, const struct node *value)
{
	struct entry *entry;

	if (!fill_reference(to, value, &entry))
		return false;
	logic_of(to)->ref = schema_of_entry(to->registry, entry);
	return true;
}

/* It is dynamic only if it starts at a dynamic anchor of that very name. */
bool fill_dynamic_ref(struct filling *to, const struct node *value)
{
	const struct node *anchor;
	struct entry *entry;
	str fragment;

	if (!fill_reference(to, value, &entry))
		return false;
	(void)uri_cut_fragment(value->text, &fragment);
	anchor = node_find(entry->node, STR("$dynamicAnchor"));
	logic_of(to)->dynamic_ref = schema_of_entry(to->registry, entry);
	if (anchor && fragment.len > 0 && str_equal(anchor->text, fragment)) {
		logic_of(to)->dynamic_name = fragment;
		to->registry->dynamic_refs = true;
	}
	return true;
}

bool fill_all_of(struct filling *to, const struct node *value)
{
	return fill_list(to, value, &logic_of(to)->all);
}

bool fill_any_of(struct filling *to, const struct node *value)
{
	return fill_list(to, value, &logic_of(to)->any.list);
}

bool fill_one_of(struct filling *to, const struct node *value)
{
	return fill_list(to, value, &logic_of(to)->one.list);
}

bool fill_not(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &logic_of(to)->not_);
}

bool fill_if(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &logic_of(to)->if_);
}

bool fill_then(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &logic_of(to)->then_);
}

bool fill_else(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &logic_of(to)->else_);
}
