/*
 * fuzz_compare - two documents, field by field: nothing differs when they are
 * equal, something does when they are not, and every pointer leads to its
 * value.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include "record/compare.h"
#include "record/follow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct node *before, const struct node *after,
		  struct arena *arena)
{
	struct change change = {.kind = CHANGE_CHANGED};
	struct buf pointer;

	change.fields =
		compare_values(&change.field_count, before, after, arena);
	MUST((change.field_count == 0) == node_equal(before, after));
	if (change.field_count == 0)
		MUST(value_digest(before) == value_digest(after));
	buf_init(&pointer, SIZE_MAX);
	for (size_t i = 0; i < change.field_count; i++) {
		const struct field_change *field = &change.fields[i];

		MUST(field->before || field->after);
		if (field->after)
			MUST(node_find_at(after, field->pointer) ==
			     field->after);
		if (field->before)
			MUST(node_find_at(before, field->pointer_before) ==
			     field->before);
		if (!field->before || !field->after)
			continue;
		buf_clear(&pointer);
		change_pointer_before(&pointer, &change, field->pointer);
		MUST(str_equal(buf_str(&pointer), field->pointer_before));
		MUST(change_touches(&change, field->pointer));
	}
	buf_done(&pointer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size};
	struct document document;
	struct arena arena;

	arena_init(&arena);
	if (try_document(&document, &arena, text, FORMAT_YAML) &&
	    document.count > 1) {
		check(document.roots[0], document.roots[1], &arena);
		check(document.roots[1], document.roots[0], &arena);
	}
	arena_done(&arena);
	return 0;
}
