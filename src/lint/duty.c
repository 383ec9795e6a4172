/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/duty.h"

static bool time_of(struct instant *out, str text)
{
	return text.ptr && (date_parse(out, text) || instant_parse(out, text));
}

bool duty_left(const struct node *person, bool live, struct instant at)
{
	struct instant left;

	if (time_of(&left, node_text(person, STR("left_at"))))
		return instant_compare(left, at) <= 0;
	return !live;
}

bool duty_holder_counts(const struct node *holder, struct instant at)
{
	struct instant bound;

	if (time_of(&bound, node_text(holder, STR("from"))) &&
	    instant_compare(bound, at) > 0)
		return false;
	if (!time_of(&bound, node_text(holder, STR("until"))))
		return true;
	bound.seconds += 86400;
	return instant_compare(bound, at) > 0;
}

bool duty_role_held(const struct node *role, str person, struct instant at)
{
	const struct node *holders = node_find(role, STR("holders"));

	for (uint32_t i = 0; holders && i < holders->count; i++) {
		const struct node *holder = &holders->as.children[i];

		if (str_equal(node_text(holder, STR("person")), person) &&
		    duty_holder_counts(holder, at))
			return true;
	}
	return false;
}
