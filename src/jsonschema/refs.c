/* References (core, section 8.2.3): from a URI to the entry it names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/frame.h"
#include "jsonschema/uri.h"

struct reference {
	struct schema_registry *registry;
	struct schema_resource *from;
	const struct node *at;
	str text;
	struct error *err;
};

static bool not_found(const struct reference *reference, const char *why)
{
	return schema_fault_set(reference->registry, reference->err,
				reference->from, reference->at,
				"the reference " STR_FMT " leads nowhere: %s",
				STR_ARG(reference->text), why);
}

/* The index that a pointer's token means in a list; RFC 6901 section 4. */
static const struct node *item_at(const struct node *list, str token)
{
	int64_t index;

	if (token.len == 0 || token.len > 9 ||
	    (token.ptr[0] == '0' && token.len > 1) || token.ptr[0] == '-' ||
	    token.ptr[0] == '+' || !str_to_int64(&index, token) ||
	    (uint64_t)index >= list->count)
		return NULL;
	return &list->as.children[index];
}

static const struct node *step_into(const struct node *node, str token,
				    struct buf *scratch)
{
	if (node->kind == NODE_LIST)
		return item_at(node, token);
	buf_clear(scratch);
	for (size_t i = 0; i < token.len; i++) {
		bool escape = token.ptr[i] == '~' && i + 1 < token.len;

		if (escape && token.ptr[i + 1] == '0')
			buf_byte(scratch, '~'), i++;
		else if (escape && token.ptr[i + 1] == '1')
			buf_byte(scratch, '/'), i++;
		else
			buf_byte(scratch, token.ptr[i]);
	}
	return node_find(node, buf_str(scratch));
}

/* Follows a pointer; *resource becomes the one the way leads through. */
static const struct node *follow(struct schema_registry *registry,
				 struct schema_resource **resource, str pointer)
{
	const struct node *node = (*resource)->root;
	struct buf scratch;
	str rest = pointer;

	buf_init(&scratch, pointer.len + 1);
	(void)str_cut(&rest, '/');
	while (node && rest.ptr) {
		const struct entry *entry;

		node = step_into(node, str_cut(&rest, '/'), &scratch);
		entry = node ? entry_find(registry, node) : NULL;
		if (entry)
			*resource = entry->resource;
	}
	buf_done(&scratch);
	return node;
}

static bool find_pointer(struct entry **out, const struct reference *reference,
			 struct schema_resource *resource, str pointer)
{
	struct schema_registry *registry = reference->registry;
	const struct node *node = follow(registry, &resource, pointer);

	if (!node)
		return not_found(reference, "its pointer names nothing");
	if (!entry_find(registry, node)) {
		if (node->kind != NODE_MAP && node->kind != NODE_BOOL)
			return not_found(reference, "no schema stands there");
		if (!frame_node(registry, resource, node, reference->err))
			return false;
	}
	*out = entry_find(registry, node);
	return true;
}

static bool find_fragment(struct entry **out, const struct reference *reference,
			  struct schema_resource *resource, str fragment)
{
	const struct node *node = resource->root;

	if (fragment.len > 0 && fragment.ptr[0] == '/')
		return find_pointer(out, reference, resource, fragment);
	if (fragment.len > 0)
		node = map_find(&resource->anchors, fragment);
	if (!node)
		return not_found(reference, "there is no such anchor");
	*out = entry_find(reference->registry, node);
	return true;
}

bool reference_find(struct entry **out, struct schema_registry *registry,
		    struct schema_resource *from, const struct node *at,
		    str reference, struct error *err)
{
	const struct reference this = {registry, from, at, reference, err};
	struct schema_resource *resource;
	struct buf decoded;
	bool found = false;
	str fragment;
	str uri = uri_resolve(&registry->arena, from->uri, reference);

	uri = uri_cut_fragment(uri, &fragment);
	if (!registry_load(&resource, registry, uri, err))
		return false;
	if (!resource)
		return not_found(&this, "no schema has this URI");
	buf_init(&decoded, fragment.len + 1);
	if (!uri_decode(&decoded, fragment))
		(void)not_found(&this, "its fragment is badly encoded");
	else
		found = find_fragment(out, &this, resource, buf_str(&decoded));
	buf_done(&decoded);
	return found;
}
