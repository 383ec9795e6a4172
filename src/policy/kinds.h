/*
 * kinds - the kinds of record there are, each with its compiled schema.
 *
 * Built in are the files of schema/. A repository adds a kind, or extends one
 * of ours, by a file KIND.yaml in its own schema folder: an extension is laid
 * beside our schema (allOf), and the object is closed over both.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLICY_KINDS_H
#define POLICY_KINDS_H

#include "policy/files.h"

struct kind {
	str name;
	str title;
	str path; /* of the schema file, or of the extension */
	bool own; /* of the repository, or extended by it */
	const struct schema *schema;
	const struct node *root;     /* the schema document */
	const struct node *terminal; /* list of status values that end it */
};

struct kind_set;

/* Tells a registry where our schemas and the repository's are found; `files`
 * must outlive it. */
void kind_set_sources(struct schema_registry *registry,
		      const struct policy_files *files);

/* Compiles all kinds. `folder` is the repository's own, absent for none. */
MUST_USE bool kind_set_load(struct kind_set **out,
			    const struct policy_files *files,
			    struct schema_registry *registry, str folder,
			    struct error *err);
void kind_set_free(struct kind_set *set);

const struct kind *kind_find(const struct kind_set *set, str name);
size_t kind_count(const struct kind_set *set);
const struct kind *kind_at(const struct kind_set *set, size_t index);

/* Up to `most` names near to one that is not a kind. */
size_t kind_nearest(const struct kind_set *set, str name, str *out,
		    size_t most);

/* Is the nearest one the only kind that a name can have been meant for? */
bool kind_is_sure(const struct kind_set *set, str name);

#endif
