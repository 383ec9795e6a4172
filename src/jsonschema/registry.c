/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/frame.h"

#include <stdio.h>

#include "base/embedded.h"
#include "base/mem.h"
#include "data/frozen.h"
#include "jsonschema/uri.h"

struct schema_registry *schema_registry_new(
	const struct schema_options *options)
{
	struct schema_registry *registry = mem_new(sizeof(*registry));

	arena_init(&registry->arena);
	registry->limits = *options->limits;
	registry->formats = options->formats;
	registry->known_only = options->known_only;
	map_init(&registry->resources);
	map_init(&registry->entries);
	map_init(&registry->dialects);
	return registry;
}

void schema_registry_free(struct schema_registry *registry)
{
	if (!registry)
		return;
	for (size_t i = 0; i < registry->all_resources.count; i++) {
		struct schema_resource *resource =
			registry->all_resources.at[i];

		map_done(&resource->anchors);
		vec_done(&resource->dynamic);
	}
	for (size_t i = 0; i < registry->regexes.count; i++)
		regex_free(registry->regexes.at[i]);
	for (size_t i = 0; i < registry->maps.count; i++)
		map_done(registry->maps.at[i]);
	vec_done(&registry->sources);
	vec_done(&registry->all_resources);
	vec_done(&registry->unchecked);
	vec_done(&registry->regexes);
	vec_done(&registry->maps);
	vec_done(&registry->schemas);
	vec_done(&registry->logics);
	map_done(&registry->resources);
	map_done(&registry->entries);
	map_done(&registry->dialects);
	arena_done(&registry->arena);
	mem_free(registry);
}

void schema_registry_add(struct schema_registry *registry,
			 const struct schema_source *source)
{
	*vec_push(&registry->sources) = *source;
}

const struct schema_fault *schema_registry_fault(
	const struct schema_registry *registry)
{
	return registry->fault;
}

bool schema_fault_set(struct schema_registry *registry, struct error *err,
		      const struct schema_resource *resource,
		      const struct node *at, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list arguments;

	va_start(arguments, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, arguments);
	va_end(arguments);
	registry->fault = resource->file;
	if (at)
		error_set_at(err, ERROR_CONFIG, at->span,
			     "schema " STR_FMT ": %s", STR_ARG(resource->uri),
			     text);
	else
		error_set(err, ERROR_CONFIG, "schema " STR_FMT ": %s",
			  STR_ARG(resource->uri), text);
	return false;
}

/* Our metaschemas: the last segment of the URI names the file. */
static bool find_metaschema(struct schema_file *out, void *context, str uri,
			    struct error *err)
{
	str name = str_slice(uri, sizeof(METASCHEMA_PREFIX) - 1, uri.len);
	char path[64];
	struct arena *arena = context;
	str text;

	(void)err;
	if (str_starts(name, STR("meta/")))
		name = str_slice(name, 5, name.len);
	if (name.len > 30 || str_find_byte(name, '/') != SIZE_MAX)
		return true;
	(void)snprintf(path, sizeof(path), "schema/meta/" STR_FMT ".yaml",
		       STR_ARG(name));
	text = embedded_find(str_of(path));
	if (!text.ptr)
		return true;
	*out = (struct schema_file){
		.name = uri,
		.text = text,
		.format = FORMAT_YAML,
		.root = frozen_thaw(arena, text,
				    embedded_find_frozen(str_of(path))),
	};
	return true;
}

const struct schema_source metaschema_source = {
	.prefix = STR_INIT(METASCHEMA_PREFIX),
	.find = find_metaschema,
	.proven = true,
};

static bool read_file(struct schema_registry *registry,
		      struct schema_fault *file, struct error *err)
{
	struct document document;

	if (file->file.root)
		return true;
	registry->fault = file;
	if (!document_parse(&document, &registry->arena, file->file.text,
			    file->file.format, &registry->limits, err))
		return error_prefix(err, "schema " STR_FMT, STR_ARG(file->uri));
	if (document.count != 1)
		return error_set(err, ERROR_CONFIG,
				 "schema " STR_FMT
				 ": a file holds one schema, this one %zu "
				 "documents",
				 STR_ARG(file->uri), document.count);
	file->file.root = document.roots[0];
	registry->fault = NULL;
	return true;
}

/* Of the sources whose prefix fits, the one with the longest answers first;
 * the metaschemas' own prefix is nobody else's. */
static bool ask_sources(struct schema_file *out, bool *proven,
			struct schema_registry *registry, str uri,
			struct error *err)
{
	size_t longest = SIZE_MAX;

	if (str_starts(uri, metaschema_source.prefix)) {
		*proven = true;
		return find_metaschema(out, &registry->arena, uri, err);
	}
	while (longest > 0) {
		const struct schema_source *best = NULL;

		for (size_t i = 0; i < registry->sources.count; i++) {
			const struct schema_source *source =
				&registry->sources.at[i];

			if (source->prefix.len < longest &&
			    (!best || source->prefix.len > best->prefix.len) &&
			    str_starts(uri, source->prefix))
				best = source;
		}
		if (!best)
			return true;
		if (!best->find(out, best->context, uri, err))
			return false;
		*proven = best->proven;
		if (out->root || out->text.ptr)
			return true;
		longest = best->prefix.len;
	}
	return true;
}

bool registry_load(struct schema_resource **out,
		   struct schema_registry *registry, str uri, struct error *err)
{
	struct schema_fault *file;
	struct schema_file found = {0};
	bool proven = false;

	*out = map_find(&registry->resources, uri);
	if (*out)
		return true;
	if (!ask_sources(&found, &proven, registry, uri, err))
		return false;
	if (!found.root && !found.text.ptr)
		return true;
	file = arena_new(&registry->arena, struct schema_fault);
	file->uri = str_keep(&registry->arena, uri);
	file->file = found;
	if (!read_file(registry, file, err))
		return false;
	return frame_file(out, registry, file, proven, err);
}

bool registry_take(struct schema_resource **out,
		   struct schema_registry *registry, str uri,
		   const struct schema_file *given, struct error *err)
{
	struct schema_fault *file =
		arena_new(&registry->arena, struct schema_fault);
	str fragment;

	file->uri =
		str_keep(&registry->arena, uri_cut_fragment(uri, &fragment));
	file->file = *given;
	if (!read_file(registry, file, err))
		return false;
	return frame_file(out, registry, file, false, err);
}
