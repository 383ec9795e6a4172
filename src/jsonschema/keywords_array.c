/* Keywords of arrays (core, 10.3.1 and 11.2; validation, 6.4). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/keyword.h"

bool fill_prefix(struct filling *to, const struct node *value)
{
	return fill_list(to, value, &arrays_of(to)->prefix);
}

bool fill_items(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &arrays_of(to)->items);
}

bool fill_contains(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &arrays_of(to)->contains);
}

bool fill_unevaluated_items(struct filling *to, const struct node *value)
{
	return fill_schema(to, value, &arrays_of(to)->unevaluated);
}

bool fill_min_contains(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &arrays_of(to)->min_contains);
}

bool fill_max_contains(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &arrays_of(to)->max_contains);
}

bool fill_min_items(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &arrays_of(to)->min_items);
}

bool fill_max_items(struct filling *to, const struct node *value)
{
	return fill_count(to, value, &arrays_of(to)->max_items);
}

bool fill_unique(struct filling *to, const struct node *value)
{
	if (!fill_need(to, value, NODE_BOOL, "true or false"))
		return false;
	arrays_of(to)->unique = value->as.boolean;
	return true;
}
