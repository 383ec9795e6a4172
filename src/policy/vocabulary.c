/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/vocabulary.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cel/period.h"
#include "policy/git_type.h"
#include "policy/schema_type.h"

struct vocabulary {
	struct arena arena;
	struct vocabulary_options options;
	struct map kinds;    /* kind -> const struct cel_type */
	struct map fields;   /* field of records -> struct kind_field */
	struct map field_of; /* kind -> the same */
	const struct cel_type *records;
	const struct cel_type *params;
	const struct node *params_node;
	const struct cel_type *text;
	const struct cel_type *mapping;
	const struct cel_type *all; /* the union of all kinds */
	const struct cel_type **types;
	size_t type_count;
	struct cel_env *base; /* with the functions, without variables */
	VEC(struct cel_env *) envs;
};

struct kind_field {
	str kind;
	str field;
};

static int by_name(const void *a, const void *b)
{
	const struct cel_field *x = a;
	const struct cel_field *y = b;

	return str_compare(x->name, y->name);
}

static const struct cel_type *object_type(struct arena *arena, const char *name,
					  struct cel_field *fields,
					  size_t count)
{
	struct cel_type *type = arena_new(arena, struct cel_type);

	if (count)
		qsort(fields, count, sizeof(*fields), by_name);
	type->kind = CEL_T_OBJECT;
	type->name = str_of(name);
	type->fields = fields;
	type->field_count = count;
	for (size_t i = 0; i < count; i++)
		type->converts = type->converts || fields[i].type->converts;
	return type;
}

/* data-category is records.data_category: a dash would be a minus. */
static str field_of_kind(struct arena *arena, str kind)
{
	char *name = arena_cstr(arena, kind);

	for (size_t i = 0; i < kind.len; i++) {
		if (name[i] == '-')
			name[i] = '_';
	}
	return str_make(name, kind.len);
}

static bool make_kinds(struct vocabulary *vocabulary,
		       struct schema_types *types, struct error *err)
{
	const struct kind_set *kinds = vocabulary->options.kinds;
	struct arena *arena = &vocabulary->arena;
	size_t count = kind_count(kinds);
	struct cel_field *fields = arena_array(arena, struct cel_field, count);

	/* Behind the kinds: the abstract types, and what ref() gives. */
	vocabulary->types =
		arena_array(arena, const struct cel_type *, 2 * count + 2);
	for (size_t i = 0; i < count; i++) {
		const struct kind *kind = kind_at(kinds, i);
		struct kind_field *field = arena_new(arena, struct kind_field);
		const struct cel_type *type;

		if (!schema_type(&type, types, kind->schema, kind->name, err))
			return false;
		vocabulary->types[i] = type;
		(void)map_put(&vocabulary->kinds, kind->name, type);
		field->kind = kind->name;
		fields[i].name = field_of_kind(arena, kind->name);
		fields[i].type = cel_type_list(arena, type);
		fields[i].required = true;
		field->field = fields[i].name;
		(void)map_put(&vocabulary->fields, fields[i].name, field);
		(void)map_put(&vocabulary->field_of, kind->name, field);
	}
	vocabulary->types[count] = &cel_period_type;
	vocabulary->types[count + 1] = &cel_calendar_type;
	for (size_t i = 0; i < count; i++) {
		struct cel_type *named = arena_new(arena, struct cel_type);
		const struct cel_type **optional =
			arena_new(arena, const struct cel_type *);

		*optional = cel_type_optional(arena, vocabulary->types[i]);
		named->kind = CEL_T_ABSTRACT;
		named->name = str_format(arena, "ref:" STR_FMT,
					 STR_ARG(kind_at(kinds, i)->name));
		named->params = optional;
		named->count = 1;
		vocabulary->types[count + 2 + i] = named;
	}
	vocabulary->type_count = 2 * count + 2;
	vocabulary->all = cel_type_union(arena, vocabulary->types, count);
	vocabulary->records = object_type(arena, "records", fields, count);
	return true;
}

static const struct cel_type *simple_type(struct arena *arena, str type, str of)
{
	if (str_is(type, "int"))
		return &cel_int_type;
	if (str_is(type, "number") || str_is(type, "percent"))
		return &cel_double_type;
	if (str_is(type, "bool"))
		return &cel_bool_type;
	if (str_is(type, "period"))
		return &cel_period_type;
	if (str_is(type, "date"))
		return &cel_timestamp_type;
	if (str_is(type, "regex-list"))
		return cel_type_list(arena, &cel_string_type);
	if (str_is(type, "list"))
		return cel_type_list(
			arena, str_is(of, "list") ? &cel_list_dyn
						  : simple_type(arena, of, of));
	if (str_is(type, "map"))
		return cel_type_map(arena, &cel_string_type,
				    str_is(of, "list")
					    ? &cel_list_dyn
					    : simple_type(arena, of, of));
	return &cel_string_type;
}

/* Parameters by their dotted keys as nested maps: a tree of nodes, and the
 * object type over it. */
struct branch {
	str name;
	const struct parameter *leaf; /* or NULL: branches below */
	VEC(struct branch *) below;
};

static struct branch *branch_of(struct arena *arena, struct branch *root,
				str name)
{
	struct branch *branch;

	for (size_t i = 0; i < root->below.count; i++) {
		if (str_equal(root->below.at[i]->name, name))
			return root->below.at[i];
	}
	branch = arena_new(arena, struct branch);
	branch->name = name;
	*vec_push(&root->below) = branch;
	return branch;
}

static struct node text_key(str name)
{
	return (struct node){
		.kind = NODE_STRING,
		.text = name,
		.hash = (uint32_t)hash_str(name),
	};
}

/* Depth is bounded by the dots of a key of at most 80 bytes. */
static void build_branch(struct arena *arena, struct branch *branch,
			 struct node *node, const struct cel_type **type)
{
	size_t count = branch->below.count;
	struct cel_field *fields;
	struct node *members;

	if (branch->leaf) {
		*node = *branch->leaf->value;
		*type = simple_type(arena, branch->leaf->type,
				    node_text(branch->leaf->entry, STR("of")));
		return;
	}
	fields = arena_array(arena, struct cel_field, count);
	members = arena_array(arena, struct node, count);
	for (size_t i = 0; i < count; i++) {
		struct branch *child = branch->below.at[i];
		struct node *key = arena_new(arena, struct node);

		build_branch(arena, child, &members[i], &fields[i].type);
		*key = text_key(child->name);
		members[i].key = key;
		members[i].hash = key->hash;
		members[i].index = (uint32_t)i;
		fields[i].name = child->name;
		fields[i].required = true;
	}
	*node = (struct node){
		.kind = NODE_MAP,
		.as.children = members,
		.count = (uint32_t)count,
	};
	*type = object_type(arena, "params", fields, count);
	vec_done(&branch->below);
}

static void make_params(struct vocabulary *vocabulary)
{
	const struct parameter_set *set = vocabulary->options.parameters;
	struct arena *arena = &vocabulary->arena;
	struct branch root = {0};
	struct node *node = arena_new(arena, struct node);

	for (size_t i = 0; i < parameter_count(set); i++) {
		const struct parameter *parameter = parameter_at(set, i);
		struct branch *at = &root;
		str rest = parameter->key;

		while (rest.ptr)
			at = branch_of(arena, at, str_cut(&rest, '.'));
		at->leaf = parameter;
	}
	build_branch(arena, &root, node, &vocabulary->params);
	vocabulary->params_node = node;
}

static void make_text(struct vocabulary *vocabulary)
{
	static const char *const names[] = {"id", "kind", "path", "value"};
	struct cel_field *fields = arena_array(
		&vocabulary->arena, struct cel_field, ARRAY_SIZE(names));

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		fields[i] = (struct cel_field){
			.name = str_of(names[i]),
			.type = &cel_string_type,
			.required = true,
		};
	vocabulary->text = object_type(&vocabulary->arena, "text", fields,
				       ARRAY_SIZE(names));
}

static void make_mapping(struct vocabulary *vocabulary)
{
	static const char *const words[] = {
		"coverage", "mapping",		"origin",
		"residual", "source_framework", "target_framework"};
	static const char *const lists[] = {"decides", "needs_kinds", "source",
					    "targets"};
	struct arena *arena = &vocabulary->arena;
	size_t count = ARRAY_SIZE(words) + ARRAY_SIZE(lists);
	struct cel_field *fields = arena_array(arena, struct cel_field, count);
	const struct cel_type *strings = cel_type_list(arena, &cel_string_type);

	for (size_t i = 0; i < count; i++) {
		bool word = i < ARRAY_SIZE(words);
		const char *name =
			word ? words[i] : lists[i - ARRAY_SIZE(words)];

		fields[i] = (struct cel_field){
			.name = str_of(name),
			.type = word ? &cel_string_type : strings,
			.required = true,
		};
	}
	vocabulary->mapping =
		object_type(arena, "mapping-entry", fields, count);
}

bool vocabulary_new(struct vocabulary **out,
		    const struct vocabulary_options *options, struct error *err)
{
	struct vocabulary *vocabulary = mem_new(sizeof(*vocabulary));
	struct schema_types types;
	bool ok;

	vocabulary->options = *options;
	arena_init(&vocabulary->arena);
	map_init(&vocabulary->kinds);
	map_init(&vocabulary->fields);
	map_init(&vocabulary->field_of);
	schema_types_init(&types, &vocabulary->arena, &cel_period_type,
			  options->limits);
	ok = make_kinds(vocabulary, &types, err);
	schema_types_done(&types);
	if (!ok) {
		vocabulary_free(vocabulary);
		return false;
	}
	make_params(vocabulary);
	make_text(vocabulary);
	make_mapping(vocabulary);
	ok = cel_env_new(&vocabulary->base,
			 &(struct cel_env_options){
				 .libraries = options->libraries,
				 .library_count = options->library_count,
				 .types = vocabulary->types,
				 .type_count = vocabulary->type_count,
				 .limits = options->limits,
			 },
			 err);
	if (!ok) {
		vocabulary_free(vocabulary);
		return false;
	}
	*out = vocabulary;
	return true;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
	if (!vocabulary)
		return;
	for (size_t i = 0; i < vocabulary->envs.count; i++)
		cel_env_free(vocabulary->envs.at[i]);
	vec_done(&vocabulary->envs);
	cel_env_free(vocabulary->base);
	map_done(&vocabulary->kinds);
	map_done(&vocabulary->fields);
	map_done(&vocabulary->field_of);
	arena_done(&vocabulary->arena);
	mem_free(vocabulary);
}

const struct cel_env *vocabulary_env(struct vocabulary *vocabulary,
				     const struct cel_type *self,
				     const struct cel_variable *more,
				     size_t count)
{
	struct cel_variable *variables =
		arena_array(&vocabulary->arena, struct cel_variable,
			    VARIABLE_COUNT + count);
	struct cel_env *env;

	variables[VARIABLE_SELF] =
		(struct cel_variable){STR("self"), self, CEL_READS_NOTHING, 0};
	variables[VARIABLE_RECORDS] = (struct cel_variable){
		STR("records"), vocabulary->records, CEL_READS_RECORDS, 1};
	variables[VARIABLE_PARAMS] = (struct cel_variable){
		STR("params"), vocabulary->params, CEL_READS_NOTHING, 0};
	variables[VARIABLE_ORG] = (struct cel_variable){
		STR("org"), vocabulary_kind(vocabulary, STR("organisation")),
		CEL_READS_RECORDS, 0};
	variables[VARIABLE_NOW] = (struct cel_variable){
		STR("now"), &cel_timestamp_type, CEL_READS_NOW, 0};
	variables[VARIABLE_CALENDAR] = (struct cel_variable){
		STR("calendar"), &cel_calendar_type, CEL_READS_RECORDS, 0};
	if (count)
		memcpy(variables + VARIABLE_COUNT, more,
		       count * sizeof(*variables));
	env = cel_env_with(vocabulary->base, variables, VARIABLE_COUNT + count);
	*vec_push(&vocabulary->envs) = env;
	return env;
}

const struct cel_type *vocabulary_kind(const struct vocabulary *vocabulary,
				       str kind)
{
	return map_find(&vocabulary->kinds, kind);
}

const struct cel_type *vocabulary_kinds(struct vocabulary *vocabulary,
					const str *kinds, size_t count)
{
	const struct cel_type **types;

	if (count == 0)
		return vocabulary->all;
	if (count == 1)
		return vocabulary_kind(vocabulary, kinds[0]);
	types = arena_array(&vocabulary->arena, const struct cel_type *, count);
	for (size_t i = 0; i < count; i++)
		types[i] = vocabulary_kind(vocabulary, kinds[i]);
	return cel_type_union(&vocabulary->arena, types, count);
}

const struct cel_type *vocabulary_text(const struct vocabulary *vocabulary)
{
	return vocabulary->text;
}

const struct cel_type *vocabulary_mapping(const struct vocabulary *vocabulary)
{
	return vocabulary->mapping;
}

const struct cel_type *vocabulary_change(struct vocabulary *vocabulary,
					 const str *kinds, size_t count)
{
	return git_change_of(&vocabulary->arena,
			     vocabulary_kinds(vocabulary, kinds, count));
}

const struct cel_type *vocabulary_params(const struct vocabulary *vocabulary)
{
	return vocabulary->params;
}

const struct node *vocabulary_params_node(const struct vocabulary *vocabulary)
{
	return vocabulary->params_node;
}

const struct cel_type *vocabulary_records(const struct vocabulary *vocabulary)
{
	return vocabulary->records;
}

str vocabulary_kind_of_field(const struct vocabulary *vocabulary, str field)
{
	const struct kind_field *found = map_find(&vocabulary->fields, field);

	return found ? found->kind : (str){0};
}

str vocabulary_field_of_kind(const struct vocabulary *vocabulary, str kind)
{
	const struct kind_field *found = map_find(&vocabulary->field_of, kind);

	return found ? found->field : (str){0};
}
