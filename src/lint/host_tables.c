/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/host_functions.h"

static const struct node *rows_of(const struct cel_eval *eval, str name)
{
	const struct node *table = policy_lookup(host_of(eval)->policy, name);

	return table ? node_find(table, STR("rows")) : NULL;
}

static struct cel_value no_table(struct cel_eval *eval, str name)
{
	return host_fail(eval,
			 str_format(eval->arena,
				    "there is no lookup table '" STR_FMT "'",
				    STR_ARG(name)));
}

/* lookup.table(name): its rows. */
struct cel_value host_table(struct cel_eval *eval, const struct cel_value *args,
			    size_t count)
{
	const struct node *rows = rows_of(eval, cel_str(args[0]));

	(void)count;
	return rows ? cel_of_node(rows) : no_table(eval, cel_str(args[0]));
}

/* The first row whose id or country is the key. */
struct cel_value host_row(struct cel_eval *eval, const struct cel_value *args,
			  size_t count)
{
	const struct node *rows = rows_of(eval, cel_str(args[0]));
	str key = cel_str(args[1]);

	(void)count;
	if (!rows)
		return no_table(eval, cel_str(args[0]));
	if (!cel_charge(eval, rows->count))
		return cel_spent(eval);
	for (size_t i = 0; i < rows->count; i++) {
		const struct node *row = &rows->as.children[i];

		if (str_equal(node_text(row, STR("id")), key) ||
		    str_equal(node_text(row, STR("country")), key))
			return cel_some(eval, cel_of_node(row));
	}
	return cel_optional(NULL);
}

/* lookup.rank(scale, word): the place of a word on an ordered scale, from 0;
 * -1 when it is not on it. */
struct cel_value host_rank(struct cel_eval *eval, const struct cel_value *args,
			   size_t count)
{
	static const char *const classification[] = {
		"public", "internal", "confidential", "strictly-confidential"};
	static const char *const coverage[] = {"none", "partial", "strong"};
	str scale = cel_str(args[0]);
	str word = cel_str(args[1]);
	bool is_coverage = str_is(scale, "coverage");
	const char *const *words = is_coverage ? coverage : classification;
	size_t most =
		is_coverage ? ARRAY_SIZE(coverage) : ARRAY_SIZE(classification);

	(void)count;
	if (!is_coverage && !str_is(scale, "classification"))
		return host_fail(eval, STR("the scales are classification and "
					   "coverage"));
	for (size_t i = 0; i < most; i++) {
		if (str_is(word, words[i]))
			return cel_int((int64_t)i);
	}
	return cel_int(-1);
}

/* framework.requirement(name): { name, title, framework }, or none. */
struct cel_value host_requirement(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	struct requirement found = framework_find(
		policy_frameworks(host_of(eval)->policy), cel_str(args[0]));
	struct cel_table *table;

	(void)count;
	if (found.state != REQUIREMENT_KNOWN)
		return cel_optional(NULL);
	table = cel_table_new(eval->arena, 3);
	(void)cel_table_put(table, cel_string(STR("name")), args[0]);
	(void)cel_table_put(table, cel_string(STR("title")),
			    cel_string(found.title));
	(void)cel_table_put(table, cel_string(STR("framework")),
			    cel_string(found.framework));
	return cel_some(eval, cel_table_value(table));
}

/* framework.requirements(framework, type): names of all of a type. */
struct cel_value host_requirements(struct cel_eval *eval,
				   const struct cel_value *args, size_t count)
{
	const struct node *root = framework_root(
		policy_frameworks(host_of(eval)->policy), cel_str(args[0]));
	const struct node *list =
		root ? node_find(root, STR("requirements")) : NULL;
	struct cel_value *items;
	size_t kept = 0;

	(void)count;
	if (!list)
		return host_fail(eval, str_format(eval->arena,
						  "there is no framework "
						  "'" STR_FMT "'",
						  STR_ARG(cel_str(args[0]))));
	if (!cel_charge(eval, list->count))
		return cel_spent(eval);
	items = arena_array(eval->arena, struct cel_value, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];

		if (!str_equal(node_text(item, STR("type")), cel_str(args[1])))
			continue;
		items[kept++] = cel_string(
			str_format(eval->arena, STR_FMT ":" STR_FMT,
				   STR_ARG(cel_str(args[0])),
				   STR_ARG(node_text(item, STR("id")))));
	}
	return cel_list_of(eval->arena, items, kept);
}

/* rules.isWaivable(rule): may an exception cover it? False for no rule. */
struct cel_value host_is_waivable(struct cel_eval *eval,
				  const struct cel_value *args, size_t count)
{
	const struct rule *rule =
		policy_rule_find(host_of(eval)->policy, cel_str(args[0]));

	(void)count;
	return cel_bool(rule && rule->waivable);
}
