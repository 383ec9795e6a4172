/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/object.h"

#include <stdlib.h>

struct cel_type *cel_object_new(struct arena *arena, str name)
{
	struct cel_type *object = arena_new(arena, struct cel_type);

	object->kind = CEL_T_OBJECT;
	object->name = str_keep(arena, name);
	object->converts = true;
	return object;
}

static int by_name(const void *a, const void *b)
{
	return str_compare(((const struct cel_field *)a)->name,
			   ((const struct cel_field *)b)->name);
}

void cel_object_fill(struct arena *arena, struct cel_type *object,
		     const struct cel_field *fields, size_t count, bool open)
{
	struct cel_field *kept =
		arena_array(arena, struct cel_field, count + 1);
	bool converts = false;

	for (size_t i = 0; i < count; i++) {
		kept[i] = fields[i];
		converts |= fields[i].type->converts;
	}
	qsort(kept, count, sizeof(*kept), by_name);
	object->fields = kept;
	object->field_count = count;
	object->open = open;
	object->converts = converts;
}

void cel_object_promise(struct arena *arena, struct cel_type *object,
			const struct cel_promise *promises, size_t count)
{
	struct cel_promise *kept =
		arena_array(arena, struct cel_promise, count + 1);

	for (size_t i = 0; i < count; i++)
		kept[i] = promises[i];
	object->promises = kept;
	object->promise_count = count;
}

static int by_text(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

const struct cel_type *cel_type_texts(struct arena *arena, const str *texts,
				      size_t count)
{
	struct cel_type *type = arena_new(arena, struct cel_type);
	str *kept = arena_array(arena, str, count + 1);
	size_t different = 0;

	for (size_t i = 0; i < count; i++)
		kept[i] = texts[i];
	qsort(kept, count, sizeof(*kept), by_text);
	for (size_t i = 0; i < count; i++)
		if (!different || !str_equal(kept[different - 1], kept[i]))
			kept[different++] = kept[i];
	type->kind = CEL_T_STRING;
	type->literals = kept;
	type->literal_count = different;
	return type;
}

const struct cel_type *cel_type_refers(struct arena *arena,
				       const struct cel_type *string, str kind)
{
	struct cel_type *type = arena_new(arena, struct cel_type);

	*type = *string;
	type->reference = str_keep(arena, kind);
	return type;
}
