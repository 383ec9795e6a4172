/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/registry.h"

const struct schema_property *schema_property_find(const struct schema *schema,
						   str name)
{
	const struct schema_objects *objects = schema->objects;
	uint32_t hash;
	uint32_t at;

	if (!objects || objects->count == 0)
		return NULL;
	hash = (uint32_t)hash_str(name);
	for (at = hash & objects->mask; objects->slots[at];
	     at = (at + 1) & objects->mask) {
		const struct schema_property *property =
			&objects->properties[objects->slots[at] - 1];

		if (property->hash == hash && str_equal(property->name, name))
			return property;
	}
	return NULL;
}

const struct node *schema_custom_find(const struct schema *schema,
				      const char *name)
{
	for (size_t i = 0; i < schema->custom_count; i++)
		if (str_is(schema->customs[i].name, name))
			return schema->customs[i].value;
	return NULL;
}

bool schema_is_closed(const struct schema *schema)
{
	const struct schema_objects *objects = schema->objects;

	return objects &&
	       ((objects->additional && objects->additional->never) ||
		(objects->unevaluated && objects->unevaluated->never));
}

str schema_uri(const struct schema *schema)
{
	return schema->resource->uri;
}

const struct schema_file *schema_file_of(const struct schema *schema)
{
	return &schema->resource->file->file;
}

void schema_pointer(struct buf *out, const struct schema *schema)
{
	node_pointer(out, schema->resource->root, schema->node);
}
