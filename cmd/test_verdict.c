/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/test.h"

static bool has_line(str lines, str wanted)
{
	while (lines.len) {
		if (str_equal(str_cut(&lines, '\n'), wanted))
			return true;
	}
	return false;
}

/* What a failing world must show besides a finding; absent: all is there. */
static str missing(const struct node *test,
		   const struct verdict_of_world *verdict, struct arena *arena)
{
	const struct node *finds = node_find(test, STR("finds"));
	const struct node *at = node_find(test, STR("at"));
	str message = node_text(test, STR("message"));

	if (finds && verdict->findings != (size_t)finds->as.integer)
		return str_format(arena, "%zu findings instead of %lld",
				  verdict->findings,
				  (long long)finds->as.integer);
	for (uint32_t i = 0; at && i < at->count; i++) {
		if (!has_line(verdict->pointers, at->as.children[i].text))
			return str_format(arena,
					  "no finding at " STR_FMT
					  ", but at: " STR_FMT,
					  STR_ARG(at->as.children[i].text),
					  STR_ARG(verdict->pointers));
	}
	if (message.ptr && str_find(verdict->messages, message) == SIZE_MAX)
		return str_format(arena,
				  "no message holds '" STR_FMT "': " STR_FMT,
				  STR_ARG(message), STR_ARG(verdict->messages));
	return (str){0};
}

static str verdict_text(const struct verdict_of_world *verdict,
			struct arena *arena)
{
	if (verdict->findings)
		return str_format(arena, "it finds: " STR_FMT,
				  STR_ARG(verdict->messages));
	if (verdict->judged && verdict->judged == verdict->not_applicable)
		return STR("it does not apply");
	return verdict->judged ? STR("it finds nothing")
			       : STR("nothing was judged");
}

str rule_test_judge(const struct node *test,
		    const struct verdict_of_world *verdict, struct arena *arena)
{
	bool applied = verdict->judged > verdict->not_applicable;

	if (verdict->incomplete)
		return str_format(arena, "the rule failed: " STR_FMT,
				  STR_ARG(verdict->reason));
	if (node_find(test, STR("pass"))) {
		if (verdict->findings || (verdict->judged && !applied))
			return verdict_text(verdict, arena);
	} else if (node_find(test, STR("skip"))) {
		if (verdict->findings || applied)
			return verdict_text(verdict, arena);
	} else if (!verdict->findings) {
		return verdict_text(verdict, arena);
	} else {
		return missing(test, verdict, arena);
	}
	return (str){0};
}

const struct node *rule_test_world(const struct node *test)
{
	const struct node *world = node_find(test, STR("pass"));

	if (!world)
		world = node_find(test, STR("fail"));
	return world ? world : node_find(test, STR("skip"));
}
