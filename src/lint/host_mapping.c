/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"
#include "lint/host_functions.h"

static struct cel_value list_of(struct arena *arena, const struct names *names)
{
	struct cel_value *items =
		arena_array(arena, struct cel_value, names->count);

	for (size_t i = 0; i < names->count; i++)
		items[i] = cel_string(names->at[i]);
	return cel_list_of(arena, items, names->count);
}

static void put(struct cel_table *table, const char *key,
		struct cel_value value)
{
	(void)cel_table_put(table, cel_string(str_of(key)), value);
}

struct cel_value host_mapping_entry(struct arena *arena,
				    const struct mapping_entry *entry)
{
	struct cel_table *table = cel_table_new(arena, 10);

	put(table, "mapping", cel_string(entry->mapping));
	put(table, "origin", cel_string(entry->origin));
	put(table, "source_framework", cel_string(entry->source_framework));
	put(table, "target_framework", cel_string(entry->target_framework));
	put(table, "source", list_of(arena, &entry->sources));
	put(table, "decides", list_of(arena, &entry->decides));
	put(table, "targets", list_of(arena, &entry->targets));
	put(table, "coverage", cel_string(coverage_name(entry->coverage)));
	put(table, "residual",
	    cel_string(entry->residual.ptr ? entry->residual : STR("")));
	put(table, "needs_kinds", list_of(arena, &entry->needs));
	return cel_table_value(table);
}

/* mapping.entries(id): the rows of a mapping. */
struct cel_value host_mapping_entries(struct cel_eval *eval,
				      const struct cel_value *args,
				      size_t count)
{
	const struct mapping_set *set = policy_mappings(host_of(eval)->policy);
	str id = cel_str(args[0]);
	VEC(struct cel_value) items = {0};
	struct cel_value result;

	(void)count;
	if (!mapping_exists(set, id))
		return host_fail(eval, str_format(eval->arena,
						  "there is no mapping "
						  "'" STR_FMT "'",
						  STR_ARG(id)));
	if (!cel_charge(eval, mapping_entry_count(set)))
		return cel_spent(eval);
	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		const struct mapping_entry *entry = mapping_entry_at(set, i);

		if (str_equal(entry->mapping, id))
			*vec_push(&items) =
				host_mapping_entry(eval->arena, entry);
	}
	result = cel_list_of(eval->arena, vec_keep(&items, eval->arena),
			     items.count);
	vec_done(&items);
	return result;
}

/* mapping.controls(requirement, framework): what of a framework helps to meet
 * a requirement, as the row with the last word has it. */
struct cel_value host_mapping_controls(struct cel_eval *eval,
				       const struct cel_value *args,
				       size_t count)
{
	const struct mapping_entry *entry =
		mapping_find(policy_mappings(host_of(eval)->policy),
			     cel_str(args[0]), cel_str(args[1]));

	(void)count;
	if (!entry)
		return cel_list_of(eval->arena, NULL, 0);
	if (!cel_charge(eval, entry->targets.count))
		return cel_spent(eval);
	return list_of(eval->arena, &entry->targets);
}

/* mapping.coverage(requirement, control): "strong", "partial" or "none". */
struct cel_value host_mapping_coverage(struct cel_eval *eval,
				       const struct cel_value *args,
				       size_t count)
{
	(void)count;
	return cel_string(coverage_name(
		mapping_coverage(policy_mappings(host_of(eval)->policy),
				 cel_str(args[0]), cel_str(args[1]))));
}
