/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/mapping.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

struct mapping {
	str id;
	str origin;
	str source_framework;
	str target_framework;
	const struct node *yields_to; /* or NULL */
	const struct policy_file *file;
};

/* A row, where it stands, and the next one on the same requirement. */
struct row {
	struct mapping_entry entry;
	const struct mapping *mapping;
	const struct node *node;
};

/* The rows on one requirement for one framework. */
struct rows {
	VEC(struct row *) at;
	const struct row *last_word;
};

struct mapping_set {
	struct arena arena;
	struct map mappings; /* id -> struct mapping */
	struct map subjects; /* "gdpr:art-32 iso27001" -> struct rows */
	VEC(struct mapping *) order;
	VEC(struct row *) rows;
	VEC(struct rows *) lists;
};

struct mapping_set *mapping_set_new(void)
{
	struct mapping_set *set = mem_new(sizeof(*set));

	arena_init(&set->arena);
	map_init(&set->mappings);
	map_init(&set->subjects);
	return set;
}

void mapping_set_free(struct mapping_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->lists.count; i++)
		vec_done(&set->lists.at[i]->at);
	vec_done(&set->lists);
	vec_done(&set->rows);
	vec_done(&set->order);
	map_done(&set->mappings);
	map_done(&set->subjects);
	arena_done(&set->arena);
	mem_free(set);
}

/* A list of requirement ids as full names; of anything else as it stands. */
static struct names names_of(struct arena *arena, const struct node *list,
			     str framework)
{
	str *names;

	if (!list)
		return (struct names){0};
	names = arena_array(arena, str, list->count);
	for (size_t i = 0; i < list->count; i++) {
		str id = list->as.children[i].text;

		names[i] = framework.ptr
				   ? str_format(arena, STR_FMT ":" STR_FMT,
						STR_ARG(framework), STR_ARG(id))
				   : id;
	}
	return (struct names){names, list->count};
}

static enum coverage_level coverage_of(str word)
{
	if (str_is(word, "strong"))
		return COVERAGE_STRONG;
	return str_is(word, "partial") ? COVERAGE_PARTIAL : COVERAGE_NONE;
}

str coverage_name(enum coverage_level coverage)
{
	if (coverage == COVERAGE_STRONG)
		return STR("strong");
	return coverage == COVERAGE_PARTIAL ? STR("partial") : STR("none");
}

static void add_row(struct mapping_set *set, const struct mapping *mapping,
		    const struct node *node)
{
	struct arena *arena = &set->arena;
	struct row *row = arena_new(arena, struct row);

	*row = (struct row){
		.mapping = mapping,
		.node = node,
		.entry =
			{
				.mapping = mapping->id,
				.origin = mapping->origin,
				.source_framework = mapping->source_framework,
				.target_framework = mapping->target_framework,
				.sources = names_of(
					arena, node_find(node, STR("source")),
					mapping->source_framework),
				.targets = names_of(
					arena, node_find(node, STR("targets")),
					mapping->target_framework),
				.needs = names_of(
					arena,
					node_find(node, STR("needs_kinds")),
					(str){0}),
				.coverage = coverage_of(
					node_text(node, STR("coverage"))),
				.residual = node_text(node, STR("residual")),
			},
	};
	*vec_push(&set->rows) = row;
}

bool mapping_set_add(struct mapping_set *set, const struct policy_file *file,
		     struct error *err)
{
	const struct node *entries = node_find(file->root, STR("entries"));
	const struct node *id = node_find(file->root, STR("id"));
	struct mapping *mapping = arena_new(&set->arena, struct mapping);
	struct policy_file *kept = arena_new(&set->arena, struct policy_file);

	*kept = *file;
	*mapping = (struct mapping){
		.id = id->text,
		.origin = node_text(file->root, STR("origin")),
		.source_framework =
			node_text(file->root, STR("source_framework")),
		.target_framework =
			node_text(file->root, STR("target_framework")),
		.yields_to = node_find(file->root, STR("yields_to")),
		.file = kept,
	};
	if (map_put(&set->mappings, mapping->id, mapping))
		return policy_file_fault(file, id->span, err,
					 "the mapping '" STR_FMT
					 "' is defined twice",
					 STR_ARG(mapping->id));
	*vec_push(&set->order) = mapping;
	for (size_t i = 0; i < entries->count; i++)
		add_row(set, mapping, &entries->as.children[i]);
	return true;
}

/* ---- what a mapping must be */

static const struct mapping *yielded_to(const struct mapping_set *set,
					const struct mapping *mapping)
{
	return mapping->yields_to
		       ? map_find(&set->mappings, mapping->yields_to->text)
		       : NULL;
}

/* Does a yield to b, by however many steps? No cycle is longer than the
 * number of mappings. */
static bool yields(const struct mapping_set *set, const struct mapping *a,
		   const struct mapping *b)
{
	const struct mapping *at = yielded_to(set, a);

	for (size_t i = 0; at && i < set->order.count; i++) {
		if (at == b)
			return true;
		at = yielded_to(set, at);
	}
	return false;
}

static bool check_yielding(const struct mapping_set *set,
			   const struct mapping *mapping, struct error *err)
{
	const struct mapping *other = yielded_to(set, mapping);

	if (!mapping->yields_to)
		return true;
	if (!other)
		return policy_file_fault(mapping->file,
					 mapping->yields_to->span, err,
					 "there is no mapping '" STR_FMT "'",
					 STR_ARG(mapping->yields_to->text));
	if (!str_equal(other->source_framework, mapping->source_framework) ||
	    !str_equal(other->target_framework, mapping->target_framework))
		return policy_file_fault(
			mapping->file, mapping->yields_to->span, err,
			"the mapping '" STR_FMT "' is between other frameworks",
			STR_ARG(other->id));
	if (yields(set, mapping, mapping))
		return policy_file_fault(
			mapping->file, mapping->yields_to->span, err,
			"the mapping '" STR_FMT "' yields to itself",
			STR_ARG(mapping->id));
	return true;
}

static bool check_names(const struct row *row, str key,
			const struct names *names,
			const struct framework_set *frameworks,
			struct error *err)
{
	const struct node *list = node_find(row->node, key);

	for (size_t i = 0; i < names->count; i++) {
		str name = names->at[i];

		if (framework_find(frameworks, name).state != REQUIREMENT_KNOWN)
			return policy_file_fault(
				row->mapping->file, list->as.children[i].span,
				err, "there is no requirement '" STR_FMT "'",
				STR_ARG(name));
	}
	return true;
}

/* The claim must fit what helps and how the two overlap: a target that is only
 * a part of the source, or only touches it, leaves something to do. */
static bool check_claim(const struct row *row, struct error *err)
{
	const struct mapping_entry *entry = &row->entry;
	str relationship = node_text(row->node, STR("relationship"));
	bool overlaps = str_is(relationship, "subset-of") ||
			str_is(relationship, "intersects-with");
	const char *fault = NULL;

	if (entry->coverage != COVERAGE_NONE && entry->targets.count == 0)
		fault = "nothing is covered without targets";
	else if (str_is(relationship, "no-relationship") &&
		 (entry->coverage != COVERAGE_NONE || entry->targets.count))
		fault = "where there is no relationship, there is neither a "
			"target nor coverage";
	else if (overlaps && entry->coverage == COVERAGE_STRONG &&
		 !entry->residual.len)
		fault = "strong coverage by targets that only overlap wants a "
			"residual: what remains to be done";
	if (!fault)
		return true;
	return policy_file_fault(row->mapping->file,
				 node_find(row->node, STR("coverage"))->span,
				 err, "%s", fault);
}

/* ---- the last word */

static str subject(struct arena *arena, str requirement, str framework)
{
	return str_format(arena, STR_FMT " " STR_FMT, STR_ARG(requirement),
			  STR_ARG(framework));
}

static bool add_subject(struct mapping_set *set, struct row *row, size_t i,
			struct error *err)
{
	str name = row->entry.sources.at[i];
	str key = subject(&set->arena, name, row->entry.target_framework);
	struct rows *rows = map_find(&set->subjects, key);

	if (!rows) {
		rows = arena_new(&set->arena, struct rows);
		(void)map_put(&set->subjects, key, rows);
		*vec_push(&set->lists) = rows;
	}
	for (size_t k = 0; k < rows->at.count; k++) {
		const struct node *list = node_find(row->node, STR("source"));

		if (rows->at.at[k]->mapping == row->mapping)
			return policy_file_fault(
				row->mapping->file, list->as.children[i].span,
				err,
				"the mapping speaks of '" STR_FMT "' twice",
				STR_ARG(name));
	}
	*vec_push(&rows->at) = row;
	return true;
}

static int weight(str origin)
{
	if (str_is(origin, "own"))
		return 2;
	return str_is(origin, "practice") ? 1 : 0;
}

static bool wins(const struct mapping_set *set, const struct mapping *a,
		 const struct mapping *b)
{
	if (yields(set, b, a))
		return true;
	if (yields(set, a, b))
		return false;
	if (weight(a->origin) != weight(b->origin))
		return weight(a->origin) > weight(b->origin);
	return str_compare(a->id, b->id) < 0;
}

static void decide(struct mapping_set *set)
{
	for (size_t i = 0; i < set->lists.count; i++) {
		struct rows *rows = set->lists.at[i];

		rows->last_word = rows->at.at[0];
		for (size_t k = 1; k < rows->at.count; k++) {
			if (wins(set, rows->at.at[k]->mapping,
				 rows->last_word->mapping))
				rows->last_word = rows->at.at[k];
		}
	}
}

static void set_decided(struct mapping_set *set, struct row *row)
{
	struct mapping_entry *entry = &row->entry;
	str *names = arena_array(&set->arena, str, entry->sources.count);

	entry->decides.at = names;
	for (size_t i = 0; i < entry->sources.count; i++) {
		str name = entry->sources.at[i];
		const struct rows *rows = map_find(
			&set->subjects,
			subject(&set->arena, name, entry->target_framework));

		if (rows && rows->last_word == row)
			names[entry->decides.count++] = name;
	}
}

bool mapping_set_close(struct mapping_set *set,
		       const struct framework_set *frameworks,
		       struct error *err)
{
	for (size_t i = 0; i < set->order.count; i++) {
		if (!check_yielding(set, set->order.at[i], err))
			return false;
	}
	for (size_t i = 0; i < set->rows.count; i++) {
		struct row *row = set->rows.at[i];

		if (!check_names(row, STR("source"), &row->entry.sources,
				 frameworks, err) ||
		    !check_names(row, STR("targets"), &row->entry.targets,
				 frameworks, err) ||
		    !check_claim(row, err))
			return false;
		for (size_t k = 0; k < row->entry.sources.count; k++) {
			if (!add_subject(set, row, k, err))
				return false;
		}
	}
	decide(set);
	for (size_t i = 0; i < set->rows.count; i++)
		set_decided(set, set->rows.at[i]);
	return true;
}

/* ---- looking up */

size_t mapping_entry_count(const struct mapping_set *set)
{
	return set->rows.count;
}

const struct mapping_entry *mapping_entry_at(const struct mapping_set *set,
					     size_t index)
{
	return &set->rows.at[index]->entry;
}

bool mapping_exists(const struct mapping_set *set, str id)
{
	return map_find(&set->mappings, id) != NULL;
}

/* The rows on a requirement, or on the nearest whole it is a part of: after
 * art-32-1-d come art-32-1 and art-32. */
static const struct rows *rows_on(const struct mapping_set *set,
				  str requirement, str framework)
{
	const struct rows *found = NULL;
	struct arena scratch;

	arena_init(&scratch);
	for (size_t end = requirement.len; end && !found; end--) {
		if (end == requirement.len || requirement.ptr[end] == '-')
			found = map_find(&set->subjects,
					 subject(&scratch,
						 str_slice(requirement, 0, end),
						 framework));
	}
	arena_done(&scratch);
	return found;
}

const struct mapping_entry *mapping_find(const struct mapping_set *set,
					 str requirement, str framework)
{
	const struct rows *rows = rows_on(set, requirement, framework);

	return rows ? &rows->last_word->entry : NULL;
}

static bool is_target(const struct mapping_entry *entry, str control)
{
	for (size_t i = 0; i < entry->targets.count; i++) {
		if (str_equal(entry->targets.at[i], control))
			return true;
	}
	return false;
}

enum coverage_level mapping_coverage(const struct mapping_set *set,
				     str requirement, str control)
{
	str rest = control;
	const struct rows *rows =
		rows_on(set, requirement, str_cut(&rest, ':'));
	enum coverage_level most = COVERAGE_NONE;

	for (size_t i = 0; rows && i < rows->at.count; i++) {
		const struct mapping_entry *entry = &rows->at.at[i]->entry;

		if (is_target(entry, control) && entry->coverage > most)
			most = entry->coverage;
	}
	if (rows && most > rows->last_word->entry.coverage)
		most = rows->last_word->entry.coverage;
	return most;
}
