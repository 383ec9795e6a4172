/* SPDX-License-Identifier: Apache-2.0 */
#include "record/follow.h"

#include "record/pair.h"

/* Is `pointer` the same as `above`, or below it? */
static bool is_below(str pointer, str above)
{
	return str_starts(pointer, above) &&
	       (pointer.len == above.len || pointer.ptr[above.len] == '/');
}

/* Cuts "/holders/2" into "/holders" and 2. False: it names no item. */
static bool cut_index(str *list, size_t *index, str pointer)
{
	size_t at = pointer.len;
	int64_t number;

	while (at > 0 && pointer.ptr[at - 1] != '/')
		at--;
	if (at == 0 || at == pointer.len || pointer.ptr[at] == '-' ||
	    !str_to_int64(&number, str_slice(pointer, at, pointer.len)))
		return false;
	*list = str_slice(pointer, 0, at - 1);
	*index = (size_t)number;
	return true;
}

/* Is this change an item of a list that came or went, and which one? */
static bool is_item_of(size_t *index, const struct field_change *field,
		       str list, bool came)
{
	str parent;

	return field->item && came == (field->after != NULL) &&
	       cut_index(&parent, index,
			 came ? field->pointer : field->pointer_before) &&
	       str_equal(parent, list);
}

/* Where the item that is now at `index` stood among the others that stayed. */
static size_t rank_after(const struct change *change, str list, size_t index)
{
	size_t rank = index;
	size_t other;

	for (size_t i = 0; i < change->field_count; i++) {
		if (is_item_of(&other, &change->fields[i], list, true) &&
		    other < index)
			rank--;
	}
	return rank;
}

/* The place before of the item that is number `rank` of those that stayed.
 * Items that went stand in their order. */
static size_t index_before(const struct change *change, str list, size_t rank)
{
	size_t index = rank;
	size_t other;

	for (size_t i = 0; i < change->field_count; i++) {
		if (is_item_of(&other, &change->fields[i], list, false) &&
		    other <= index)
			index++;
	}
	return index;
}

static size_t index_reordered(const struct field_change *field, size_t index)
{
	struct pairing pairing;
	struct arena arena;

	if (index >= field->after->count)
		return index;
	arena_init(&arena);
	pair_lists(&pairing, field->before, field->after, &arena);
	if (pairing.to_before[index] != PAIR_NONE)
		index = pairing.to_before[index];
	arena_done(&arena);
	return index;
}

static size_t find_index(const struct change *change, str list_after,
			 str list_before, size_t index)
{
	for (size_t i = 0; i < change->field_count; i++) {
		const struct field_change *field = &change->fields[i];

		if (field->reordered && str_equal(field->pointer, list_after))
			return index_reordered(field, index);
	}
	return index_before(change, list_before,
			    rank_after(change, list_after, index));
}

void change_pointer_before(struct buf *out, const struct change *change,
			   str pointer)
{
	size_t at = 0;

	while (at < pointer.len) {
		size_t end = at + 1;
		size_t index;
		str list;

		while (end < pointer.len && pointer.ptr[end] != '/')
			end++;
		if (cut_index(&list, &index, str_slice(pointer, 0, end)))
			buf_format(
				out, "/%zu",
				find_index(change, list, buf_str(out), index));
		else
			buf_add(out, str_slice(pointer, at, end));
		at = end;
	}
}

/* A field that is there after the change. */
static bool touches_there(const struct field_change *field, str pointer)
{
	return is_below(field->pointer, pointer) ||
	       (!field->reordered && is_below(pointer, field->pointer));
}

static bool touches_gone(const struct field_change *field, str pointer)
{
	return is_below(field->pointer_before, pointer) ||
	       is_below(pointer, field->pointer_before);
}

bool field_touches(const struct field_change *field, str pointer,
		   str pointer_before)
{
	return field->after ? touches_there(field, pointer)
			    : touches_gone(field, pointer_before);
}

bool change_touches(const struct change *change, str pointer)
{
	bool touches = change->kind == CHANGE_ADDED;
	struct buf before;

	buf_init(&before, SIZE_MAX);
	change_pointer_before(&before, change, pointer);
	for (size_t i = 0; !touches && i < change->field_count; i++)
		touches = field_touches(&change->fields[i], pointer,
					buf_str(&before));
	buf_done(&before);
	return touches;
}

const struct change *trail_field(const struct trail *trail, str pointer)
{
	const struct change *found = NULL;
	struct buf here;
	struct buf before;

	buf_init(&here, SIZE_MAX);
	buf_init(&before, SIZE_MAX);
	buf_add(&here, pointer);
	for (size_t i = 0; !found && i < trail->count; i++) {
		const struct change *change = &trail->changes[i];
		struct buf swap = here;

		if (change_touches(change, buf_str(&here))) {
			found = change;
			continue;
		}
		buf_clear(&before);
		change_pointer_before(&before, change, buf_str(&here));
		here = before;
		before = swap;
	}
	buf_done(&here);
	buf_done(&before);
	return found;
}
