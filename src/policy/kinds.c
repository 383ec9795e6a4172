/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/kinds.h"

#include "base/embedded.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/vec.h"
#include "data/frozen.h"

static const char ours[] = "https://abide.dev/schema/";
static const char theirs[] = "https://abide.dev/repository/";

struct kind_set {
	VEC(struct kind) kinds;
	VEC(str) names;
	struct map by_name; /* name -> index + 1 */
	const struct policy_files *files;
	struct schema_registry *registry;
	str folder;
};

/* Our own schemas, out of the program itself. */
static bool find_embedded(struct schema_file *out, void *context, str uri,
			  struct error *err)
{
	struct arena *arena = context;
	str name = str_slice(uri, sizeof(ours) - 1, uri.len);
	str path = str_format(arena, "schema/" STR_FMT, STR_ARG(name));
	str text = embedded_find(path);

	(void)err;
	if (text.ptr)
		*out = (struct schema_file){
			.name = path,
			.text = text,
			.format = FORMAT_YAML,
			.root = frozen_thaw(arena, text,
					    embedded_find_frozen(path)),
		};
	return true;
}

/* FOLDER/common.yaml: our schema of that name. Its $id is taken out of the
 * copy (made a comment, so that no place moves), since a URI names one schema
 * and this one is found by two. */
static void find_ours_beside(struct schema_file *out, struct arena *arena,
			     str path)
{
	const str id = STR("\n$id:");
	size_t slash = path.len;
	size_t at;
	char *copy;
	str text;

	while (slash > 0 && path.ptr[slash - 1] != '/')
		slash--;
	path = str_format(arena, "schema/" STR_FMT,
			  STR_ARG(str_slice(path, slash, path.len)));
	text = embedded_find(path);
	if (!text.ptr)
		return;
	copy = arena_cstr(arena, text);
	at = str_find(text, id);
	if (at != SIZE_MAX)
		copy[at + 1] = '#';
	*out = (struct schema_file){.name = path,
				    .text = str_make(copy, text.len),
				    .format = FORMAT_YAML};
}

/* The repository's own, out of its trusted snapshot. What does not lie there
 * and is one of ours is ours: own schemas refer to common.yaml as ours do. */
static bool find_theirs(struct schema_file *out, void *context, str uri,
			struct error *err)
{
	const struct policy_files *files = context;
	str path = str_slice(uri, sizeof(theirs) - 1, uri.len);
	struct policy_file file;

	if (!policy_file_read(&file, files, path, err))
		return false;
	if (file.text.ptr)
		*out = (struct schema_file){
			.name = str_keep(files->arena, path),
			.text = file.text,
			.format = format_of_path(path),
		};
	else
		find_ours_beside(out, files->arena, path);
	return true;
}

static void add_kind(struct kind_set *set, const struct kind *kind)
{
	*vec_push(&set->kinds) = *kind;
	*vec_push(&set->names) = kind->name;
	(void)map_put(&set->by_name, kind->name,
		      (const void *)(uintptr_t)set->kinds.count);
}

static str name_of_path(str path)
{
	size_t slash = path.len;
	size_t dot = path.len;

	while (slash > 0 && path.ptr[slash - 1] != '/')
		slash--;
	while (dot > slash && path.ptr[dot - 1] != '.')
		dot--;
	return str_slice(path, slash, dot ? dot - 1 : 0);
}

static bool compile_error(const struct kind_set *set, struct error *err)
{
	const struct schema_fault *fault = schema_registry_fault(set->registry);
	struct policy_file file;

	if (!fault)
		return false;
	file = (struct policy_file){.path = fault->file.name,
				    .text = fault->file.text};
	return policy_file_error(&file, err);
}

static void describe(struct kind *kind)
{
	kind->title = node_text(kind->root, STR("title"));
	kind->terminal = node_find(kind->root, STR("x-terminal"));
}

static bool load_embedded(struct kind_set *set, struct error *err)
{
	static const char folder[] = "schema/";

	for (size_t i = 0; i < embedded_count; i++) {
		str path = str_of(embedded_files[i].path);
		str rest = str_slice(path, sizeof(folder) - 1, path.len);
		struct kind kind = {.path = path, .name = name_of_path(path)};
		str uri;

		if (!str_starts(path, STR("schema/")) ||
		    str_find_byte(rest, '/') != SIZE_MAX ||
		    str_is(kind.name, "common"))
			continue;
		uri = str_format(set->files->arena, "%s" STR_FMT, ours,
				 STR_ARG(rest));
		if (!schema_compile(&kind.schema, set->registry, uri, err))
			return compile_error(set, err);
		kind.root = kind.schema->node;
		describe(&kind);
		add_kind(set, &kind);
	}
	return true;
}

static struct node text_node(str text)
{
	return (struct node){
		.kind = NODE_STRING,
		.text = text,
		.hash = (uint32_t)hash_str(text),
	};
}

static struct node *key_node(struct arena *arena, const char *name)
{
	struct node *key = arena_new(arena, struct node);

	*key = text_node(str_of(name));
	return key;
}

/* A copy of our schema document that is not closed; what closes it is the
 * object it becomes a part of. */
static struct node opened(struct arena *arena, const struct node *root)
{
	struct node copy = *root;
	struct node *members = arena_array(arena, struct node, root->count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < root->count; i++) {
		const struct node *member = &root->as.children[i];

		if (str_is(member->key->text, "unevaluatedProperties") ||
		    str_is(member->key->text, "$id"))
			continue;
		members[count] = *member;
		members[count].index = count;
		count++;
	}
	copy.as.children = members;
	copy.count = count;
	copy.key = NULL;
	return copy;
}

/* { $id: beside ours, allOf: [ours opened, { $ref: theirs }],
 *   unevaluatedProperties: false } */
static const struct node *extended(struct arena *arena, const struct node *root,
				   str name, str uri)
{
	struct node *all = arena_array(arena, struct node, 2);
	struct node *reference = arena_new(arena, struct node);
	struct node *members = arena_array(arena, struct node, 3);
	struct node *result = arena_new(arena, struct node);

	*reference = text_node(uri);
	reference->key = key_node(arena, "$ref");
	all[0] = opened(arena, root);
	all[0].index = 0;
	all[1] = (struct node){.kind = NODE_MAP,
			       .as.children = reference,
			       .count = 1,
			       .index = 1};
	/* In the same folder, so that our relative references still lead. */
	members[0] = text_node(
		str_format(arena, "%sextended-" STR_FMT, ours, STR_ARG(name)));
	members[0].key = key_node(arena, "$id");
	members[1] = (struct node){.kind = NODE_LIST,
				   .key = key_node(arena, "allOf"),
				   .as.children = all,
				   .count = 2,
				   .index = 1};
	members[2] =
		(struct node){.kind = NODE_BOOL,
			      .key = key_node(arena, "unevaluatedProperties"),
			      .as.boolean = false,
			      .index = 2};
	*result = (struct node){
		.kind = NODE_MAP, .as.children = members, .count = 3};
	return result;
}

/* A second tree of our schema: a node is a part of one schema only. */
static bool parse_ours(const struct node **out, const struct kind_set *set,
		       const struct kind *kind, struct error *err)
{
	struct policy_file file = {.path = kind->path, .embedded = true};

	if (kind->own)
		return error_set(err, ERROR_CONFIG,
				 "the kind '" STR_FMT
				 "' is extended by two files",
				 STR_ARG(kind->name));
	file.text = embedded_find(kind->path);
	if (!policy_file_parse(&file, set->files, err))
		return false;
	*out = file.root;
	return true;
}

/* A kind of the repository's own, or an extension of one of ours. */
static bool load_their_kind(struct kind_set *set, str path, struct error *err)
{
	struct arena *arena = set->files->arena;
	str uri = str_format(arena, "%s" STR_FMT, theirs, STR_ARG(path));
	struct kind kind = {
		.path = path, .name = name_of_path(path), .own = true};
	size_t at = (size_t)(uintptr_t)map_find(&set->by_name, kind.name);
	struct schema_file file = {.name = path};
	const struct node *root;

	if (!schema_compile(&kind.schema, set->registry, uri, err))
		return compile_error(set, err);
	kind.root = kind.schema->node;
	if (at == 0) {
		describe(&kind);
		add_kind(set, &kind);
		return true;
	}
	if (!parse_ours(&root, set, &set->kinds.at[at - 1], err))
		return false;
	file.root = extended(arena, root, kind.name, uri);
	uri = str_format(arena, "%sextended-" STR_FMT, ours,
			 STR_ARG(kind.name));
	if (!schema_compile_file(&kind.schema, set->registry, uri, &file, err))
		return compile_error(set, err);
	kind.root = set->kinds.at[at - 1].root;
	describe(&kind);
	set->kinds.at[at - 1] = kind;
	return true;
}

static bool load_theirs(struct kind_set *set, struct error *err)
{
	const struct snapshot *snapshot = set->files->snapshot;
	str folder = str_format(set->files->arena, STR_FMT "/",
				STR_ARG(set->folder));

	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		str path = snapshot_at(snapshot, i)->path;
		str rest = str_slice(path, folder.len, path.len);
		enum format format = format_of_path(path);

		if (!str_starts(path, folder) ||
		    str_find_byte(rest, '/') != SIZE_MAX ||
		    (format != FORMAT_YAML && format != FORMAT_JSON) ||
		    str_is(name_of_path(path), "common"))
			continue;
		if (!load_their_kind(set, path, err))
			return false;
	}
	return true;
}

void kind_set_sources(struct schema_registry *registry,
		      const struct policy_files *files)
{
	/* The registry hands the context back and we read it as const. */
	void *context = (void *)(uintptr_t)files;

	schema_registry_add(registry, &(struct schema_source){
					      .prefix = str_of(ours),
					      .find = find_embedded,
					      .context = files->arena,
					      .proven = true,
				      });
	if (files->snapshot)
		schema_registry_add(registry, &(struct schema_source){
						      .prefix = str_of(theirs),
						      .find = find_theirs,
						      .context = context,
					      });
}

bool kind_set_load(struct kind_set **out, const struct policy_files *files,
		   struct schema_registry *registry, str folder,
		   struct error *err)
{
	struct kind_set *set = mem_new(sizeof(*set));

	map_init(&set->by_name);
	set->files = files;
	set->registry = registry;
	set->folder = folder;
	if (!load_embedded(set, err) ||
	    (files->snapshot && folder.len && !load_theirs(set, err))) {
		kind_set_free(set);
		return false;
	}
	*out = set;
	return true;
}

void kind_set_free(struct kind_set *set)
{
	if (!set)
		return;
	vec_done(&set->kinds);
	vec_done(&set->names);
	map_done(&set->by_name);
	mem_free(set);
}

const struct kind *kind_find(const struct kind_set *set, str name)
{
	size_t at = (size_t)(uintptr_t)map_find(&set->by_name, name);

	return at ? &set->kinds.at[at - 1] : NULL;
}

size_t kind_count(const struct kind_set *set)
{
	return set->kinds.count;
}

const struct kind *kind_at(const struct kind_set *set, size_t index)
{
	return &set->kinds.at[index];
}

size_t kind_nearest(const struct kind_set *set, str name, str *out, size_t most)
{
	return nearest_find(out, most, name, set->names.at, set->names.count);
}

bool kind_is_sure(const struct kind_set *set, str name)
{
	struct nearest nearest;

	nearest_start(&nearest, name);
	for (size_t i = 0; i < set->names.count; i++)
		nearest_offer(&nearest, set->names.at[i]);
	return nearest_is_sure(&nearest, 1);
}
