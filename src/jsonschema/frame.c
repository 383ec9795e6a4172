/*
 * Framing (JSON Schema core, sections 8.2 and 9.1): which subschemas a file
 * holds, to which base URI each belongs, and what their anchors are.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/frame.h"
#include "jsonschema/keyword.h"
#include "jsonschema/uri.h"

enum { METASCHEMA_NESTING = 8 };

static const struct dialect standard = {STR_INIT(METASCHEMA_PREFIX "schema"),
					VOCABULARY_STANDARD};

static const struct {
	const char *uri;
	enum vocabulary vocabulary;
} vocabularies[] = {
	{METASCHEMA_PREFIX "vocab/core", VOCABULARY_CORE},
	{METASCHEMA_PREFIX "vocab/applicator", VOCABULARY_APPLICATOR},
	{METASCHEMA_PREFIX "vocab/unevaluated", VOCABULARY_UNEVALUATED},
	{METASCHEMA_PREFIX "vocab/validation", VOCABULARY_VALIDATION},
	{METASCHEMA_PREFIX "vocab/meta-data", VOCABULARY_META_DATA},
	{METASCHEMA_PREFIX "vocab/format-annotation",
	 VOCABULARY_FORMAT_ANNOTATION},
	{METASCHEMA_PREFIX "vocab/format-assertion",
	 VOCABULARY_FORMAT_ASSERTION},
	{METASCHEMA_PREFIX "vocab/content", VOCABULARY_CONTENT},
};

struct frame {
	struct schema_registry *registry;
	struct error *err;
};

static str key_of_node(const struct node *const *node)
{
	return str_make((const char *)node, sizeof(*node));
}

struct entry *entry_find(const struct schema_registry *registry,
			 const struct node *node)
{
	return map_find(&registry->entries, key_of_node(&node));
}

static bool add_vocabulary(unsigned *set, struct frame *frame,
			   const struct schema_resource *meta,
			   const struct node *value)
{
	str uri = value->key->text;

	for (size_t i = 0; i < ARRAY_SIZE(vocabularies); i++) {
		if (!str_is(uri, vocabularies[i].uri))
			continue;
		*set |= vocabularies[i].vocabulary;
		return true;
	}
	if (value->kind == NODE_BOOL && !value->as.boolean)
		return true;
	return schema_fault_set(frame->registry, frame->err, meta, value->key,
				"the vocabulary " STR_FMT
				" is required and not known",
				STR_ARG(uri));
}

/* Reads $vocabulary of a metaschema (core, section 8.1.2). */
static bool read_vocabularies(unsigned *set, struct frame *frame,
			      const struct schema_resource *meta)
{
	const struct node *list = node_find(meta->root, STR("$vocabulary"));

	if (!list) {
		*set = VOCABULARY_STANDARD;
		return true;
	}
	*set = VOCABULARY_CORE;
	if (list->kind != NODE_MAP)
		return schema_fault_set(frame->registry, frame->err, meta, list,
					"$vocabulary must be a map");
	for (size_t i = 0; i < list->count; i++)
		if (!add_vocabulary(set, frame, meta, &list->as.children[i]))
			return false;
	return true;
}

static bool load_metaschema(struct schema_resource **out,
			    struct schema_registry *registry,
			    const struct schema_resource *from,
			    const struct node *at, str uri, struct error *err)
{
	if (registry->nesting >= METASCHEMA_NESTING)
		return schema_fault_set(registry, err, from, at,
					"more than %d metaschemas describe "
					"each other",
					METASCHEMA_NESTING);
	registry->nesting++;
	if (!registry_load(out, registry, uri, err))
		return false;
	registry->nesting--;
	if (!*out)
		return schema_fault_set(registry, err, from, at,
					"the metaschema " STR_FMT
					" is not known; JSON Schema 2020-12 "
					"is " METASCHEMA_PREFIX "schema",
					STR_ARG(uri));
	return true;
}

bool dialect_load(const struct dialect **out, struct schema_registry *registry,
		  const struct schema_resource *from, const struct node *at,
		  str uri, struct error *err)
{
	struct frame frame = {.registry = registry, .err = err};
	struct schema_resource *meta;
	struct dialect *dialect;
	unsigned set = 0;
	str fragment;

	uri = uri_cut_fragment(uri, &fragment);
	if (str_equal(uri, standard.uri)) {
		*out = &standard;
		return true;
	}
	*out = map_find(&registry->dialects, uri);
	if (*out)
		return true;
	if (!load_metaschema(&meta, registry, from, at, uri, err) ||
	    !read_vocabularies(&set, &frame, meta))
		return false;
	dialect = arena_new(&registry->arena, struct dialect);
	dialect->uri = str_keep(&registry->arena, uri);
	dialect->vocabularies = set;
	(void)map_put(&registry->dialects, dialect->uri, dialect);
	*out = dialect;
	return true;
}

static bool frame_value(struct frame *frame, struct schema_resource *resource,
			const struct node *node, size_t depth);

/* Adds an anchor of a resource; two of a name are an error. */
static bool add_anchor(struct frame *frame, struct schema_resource *resource,
		       const struct node *node, const struct node *name,
		       bool dynamic)
{
	const struct node *old;

	if (name->kind != NODE_STRING || name->text.len == 0)
		return schema_fault_set(frame->registry, frame->err, resource,
					name, "an anchor must be a name");
	old = map_find(&resource->anchors, name->text);
	if (old && old != node)
		return schema_fault_set(frame->registry, frame->err, resource,
					name,
					"a second anchor named '" STR_FMT "'",
					STR_ARG(name->text));
	(void)map_put(&resource->anchors, name->text, node);
	if (dynamic)
		*vec_push(&resource->dynamic) = (struct dynamic_anchor){
			.name = name->text, .node = node};
	return true;
}

static bool add_anchors(struct frame *frame, struct schema_resource *resource,
			const struct node *node)
{
	const struct node *plain = node_find(node, STR("$anchor"));
	const struct node *dynamic = node_find(node, STR("$dynamicAnchor"));

	return (!plain || add_anchor(frame, resource, node, plain, false)) &&
	       (!dynamic || add_anchor(frame, resource, node, dynamic, true));
}

static struct schema_resource *new_resource(struct schema_registry *registry,
					    const struct node *root,
					    const struct schema_fault *file,
					    str uri)
{
	struct schema_resource *resource =
		arena_new(&registry->arena, struct schema_resource);

	map_init(&resource->anchors);
	resource->uri = uri;
	resource->root = root;
	resource->file = file;
	resource->dialect = &standard;
	*vec_push(&registry->all_resources) = resource;
	return resource;
}

/* Claims a URI for a resource. Nobody redefines a metaschema. */
static bool claim_uri(struct frame *frame, struct schema_resource *resource,
		      const struct node *id, bool proven)
{
	const struct schema_resource *old;

	if (!proven && str_starts(resource->uri, metaschema_source.prefix))
		return schema_fault_set(frame->registry, frame->err, resource,
					id,
					"this URI belongs to JSON Schema and "
					"cannot be defined anew");
	old = map_put(&frame->registry->resources, resource->uri, resource);
	if (old && old->root != resource->root)
		return schema_fault_set(
			frame->registry, frame->err, resource, id,
			"another schema has this URI: " STR_FMT,
			STR_ARG(old->file->file.name.len ? old->file->file.name
							 : old->file->uri));
	return true;
}

static bool is_proven(const struct schema_resource *resource)
{
	return str_starts(resource->file->uri, metaschema_source.prefix);
}

static bool read_dialect(struct frame *frame, struct schema_resource *resource)
{
	const struct node *name = node_find(resource->root, STR("$schema"));

	if (!name)
		return true;
	if (name->kind != NODE_STRING)
		return schema_fault_set(frame->registry, frame->err, resource,
					name, "$schema must be a URI");
	return dialect_load(&resource->dialect, frame->registry, resource, name,
			    name->text, frame->err);
}

/* The URI that $id gives below `base`; section 8.2.1. */
static bool identify(str *out, struct frame *frame,
		     const struct schema_resource *base, const struct node *id)
{
	str fragment;
	str uri;

	if (id->kind != NODE_STRING)
		return schema_fault_set(frame->registry, frame->err, base, id,
					"$id must be a URI");
	uri = uri_resolve(&frame->registry->arena, base->uri, id->text);
	*out = uri_cut_fragment(uri, &fragment);
	if (fragment.len > 0)
		return schema_fault_set(frame->registry, frame->err, base, id,
					"$id has a fragment; use $anchor");
	return true;
}

/* An embedded resource begins where a subschema has an $id. */
static bool frame_embedded(struct schema_resource **resource,
			   struct frame *frame, const struct node *node,
			   const struct node *id)
{
	struct schema_resource *outer = *resource;
	struct schema_resource *inner;
	str uri;

	if (!identify(&uri, frame, outer, id))
		return false;
	inner = new_resource(frame->registry, node, outer->file, uri);
	inner->dialect = outer->dialect;
	if (!claim_uri(frame, inner, id, is_proven(outer)) ||
	    !read_dialect(frame, inner))
		return false;
	if (inner->dialect != outer->dialect)
		*vec_push(&frame->registry->unchecked) = inner;
	*resource = inner;
	return true;
}

static bool frame_children(struct frame *frame,
			   struct schema_resource *resource,
			   const struct node *value, enum keyword_shape shape,
			   size_t depth)
{
	bool list = shape == SHAPE_LIST;

	if (value->kind != (list ? NODE_LIST : NODE_MAP))
		return true; /* said when it is filled */
	for (size_t i = 0; i < value->count; i++) {
		const struct node *child = &value->as.children[i];

		if (shape == SHAPE_MIXED && child->kind == NODE_LIST)
			continue;
		if (!frame_value(frame, resource, child, depth))
			return false;
	}
	return true;
}

static bool frame_keyword(struct frame *frame, struct schema_resource *resource,
			  const struct node *value, size_t depth)
{
	const struct keyword *keyword = keyword_find(value->key->text);

	if (!keyword || keyword->shape == SHAPE_NONE ||
	    !(keyword->vocabulary & resource->dialect->vocabularies))
		return true;
	if (keyword->shape == SHAPE_SCHEMA)
		return frame_value(frame, resource, value, depth);
	return frame_children(frame, resource, value, keyword->shape, depth);
}

/* Enters a subschema. A value shared through a YAML alias is met again. */
static bool add_entry(bool *again, struct frame *frame,
		      struct schema_resource *resource, const struct node *node)
{
	struct schema_registry *registry = frame->registry;
	struct entry *entry = entry_find(registry, node);

	*again = entry != NULL;
	if (entry && entry->resource != resource)
		return schema_fault_set(registry, frame->err, resource, node,
					"an alias puts this schema below two "
					"base URIs");
	if (entry)
		return true;
	entry = arena_new(&registry->arena, struct entry);
	entry->node = node;
	entry->resource = resource;
	(void)map_put(&registry->entries, key_of_node(&entry->node), entry);
	return true;
}

static bool frame_value(struct frame *frame, struct schema_resource *resource,
			const struct node *node, size_t depth)
{
	const struct node *id = node_find(node, STR("$id"));
	bool again;

	if (depth >= frame->registry->limits.json_depth)
		return schema_fault_set(frame->registry, frame->err, resource,
					node,
					"subschemas nest deeper than %zu "
					"(limit json_depth)",
					frame->registry->limits.json_depth);
	if (id && node != resource->root) {
		if (entry_find(frame->registry, node))
			return true;
		if (!frame_embedded(&resource, frame, node, id))
			return false;
	}
	if (!add_entry(&again, frame, resource, node))
		return false;
	if (again || node->kind != NODE_MAP)
		return true;
	if (!add_anchors(frame, resource, node))
		return false;
	for (size_t i = 0; i < node->count; i++)
		if (!frame_keyword(frame, resource, &node->as.children[i],
				   depth + 1))
			return false;
	return true;
}

bool frame_node(struct schema_registry *registry,
		struct schema_resource *resource, const struct node *node,
		struct error *err)
{
	struct frame frame = {.registry = registry, .err = err};

	return frame_value(&frame, resource, node, 0);
}

bool frame_file(struct schema_resource **out, struct schema_registry *registry,
		const struct schema_fault *file, bool proven, struct error *err)
{
	struct frame frame = {.registry = registry, .err = err};
	const struct node *root = file->file.root;
	const struct node *id = node_find(root, STR("$id"));
	struct schema_resource *resource =
		new_resource(registry, root, file, file->uri);

	if (!claim_uri(&frame, resource, NULL, proven))
		return false;
	if (id && !identify(&resource->uri, &frame, resource, id))
		return false;
	if (id && !claim_uri(&frame, resource, id, proven))
		return false;
	if (!read_dialect(&frame, resource) ||
	    !frame_value(&frame, resource, root, 0))
		return false;
	if (!proven)
		*vec_push(&registry->unchecked) = resource;
	*out = resource;
	return true;
}
