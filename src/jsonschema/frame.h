/*
 * frame - finds the subschemas of a file; for this room only.
 *
 * Each gets an entry that says to which resource it belongs, before anything
 * is compiled: a reference may lead forward.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_FRAME_H
#define JSONSCHEMA_FRAME_H

#include "jsonschema/registry.h"

/* Frames a file's root as a resource at `uri`. */
MUST_USE bool frame_file(struct schema_resource **out,
			 struct schema_registry *registry,
			 const struct schema_fault *file, bool proven,
			 struct error *err);

/* Frames a subschema at a place that no keyword makes one. */
MUST_USE bool frame_node(struct schema_registry *registry,
			 struct schema_resource *resource,
			 const struct node *node, struct error *err);

struct entry *entry_find(const struct schema_registry *registry,
			 const struct node *node);

/* The dialect that `uri` names; its metaschema is read if need be. */
MUST_USE bool dialect_load(const struct dialect **out,
			   struct schema_registry *registry,
			   const struct schema_resource *from,
			   const struct node *at, str uri, struct error *err);

#endif
