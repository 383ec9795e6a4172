/*
 * object - types of records, made by whoever knows their schema.
 *
 *	type = cel_object_new(arena, STR("control"));
 *	...make the fields; they may lead back to `type`...
 *	cel_object_fill(arena, type, fields, count, false);
 *
 * This room knows no schema language: a translator above it fills these in.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_OBJECT_H
#define CEL_OBJECT_H

#include "cel/type.h"

/* What a schema promises of its objects: where `field` has one of these
 * values, the fields `present` are there. Without values: where it is true. */
struct cel_promise {
	str field;
	const str *values; /* sorted */
	size_t value_count;
	const str *present;
	size_t present_count;
};

/* Makes an object without fields. Objects of one name are one type: the
 * caller sees to it that names differ. Until it is filled it counts as one
 * that converts, so a type made of itself is read with care. */
struct cel_type *cel_object_new(struct arena *arena, str name);

/* Gives it its fields, once; they are copied and sorted by name. `open`:
 * there may be further ones. */
void cel_object_fill(struct arena *arena, struct cel_type *object,
		     const struct cel_field *fields, size_t count, bool open);

/* Adds what its schema promises; copied, all that they point to borrowed. */
void cel_object_promise(struct arena *arena, struct cel_type *object,
			const struct cel_promise *promises, size_t count);

/* A string that is one of these texts (an enum); they are borrowed. */
const struct cel_type *cel_type_texts(struct arena *arena, const str *texts,
				      size_t count);

/* The same string, known to name a record of a kind (`any`: of some kind). */
const struct cel_type *cel_type_refers(struct arena *arena,
				       const struct cel_type *string, str kind);

#endif
