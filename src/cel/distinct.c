/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/distinct.h"

struct cel_index {
	struct cel_eval *eval;
	struct cel_value *values;
	size_t count;
	uint32_t *slots; /* value + 1; open addressing */
	size_t mask;
};

struct cel_index *cel_index_new(struct cel_eval *eval, size_t most)
{
	struct cel_index *index;
	size_t slots = 8;

	if (most > UINT32_MAX / 4 || !cel_charge(eval, most + 1))
		return NULL;
	while (slots < most * 2)
		slots *= 2;
	index = arena_new(eval->arena, struct cel_index);
	index->eval = eval;
	index->values = arena_array(eval->arena, struct cel_value, most);
	index->slots = arena_array(eval->arena, uint32_t, slots);
	index->mask = slots - 1;
	return index;
}

/* The slot of the value, or the free one where it belongs. */
static size_t slot_of(struct cel_index *index, struct cel_value v)
{
	size_t i = (size_t)cel_hash(index->eval, v) & index->mask;

	while (index->slots[i] && !index->eval->exhausted &&
	       !cel_equal(index->eval, index->values[index->slots[i] - 1], v)) {
		/* Many in one slot are paid for. */
		if (!cel_charge(index->eval, 1))
			break;
		i = (i + 1) & index->mask;
	}
	return i;
}

/* Hashing reads all of a text. */
static bool charge_value(struct cel_eval *eval, struct cel_value v)
{
	bool text = v.tag == CEL_STRING || v.tag == CEL_BYTES;

	return cel_charge(eval, 1 + (text ? v.aux / 10 : 0));
}

size_t cel_index_find(struct cel_index *index, struct cel_value v)
{
	uint32_t slot;

	if (!charge_value(index->eval, v))
		return SIZE_MAX;
	slot = index->slots[slot_of(index, v)];
	return slot && !index->eval->exhausted ? slot - 1 : SIZE_MAX;
}

bool cel_index_add(struct cel_index *index, struct cel_value v)
{
	size_t slot;

	if (!charge_value(index->eval, v))
		return false;
	slot = slot_of(index, v);
	if (index->slots[slot] || index->eval->exhausted)
		return false;
	index->values[index->count++] = v;
	index->slots[slot] = (uint32_t)index->count;
	return true;
}

const struct cel_value *cel_index_values(const struct cel_index *index,
					 size_t *count)
{
	*count = index->count;
	return index->values;
}

struct cel_index *cel_index_of(struct cel_eval *eval, struct cel_value list,
			       struct cel_value *fail)
{
	size_t count = cel_list_size(list);
	struct cel_index *index = cel_index_new(eval, count);

	for (size_t i = 0; index && i < count; i++) {
		struct cel_value v = cel_list_at(eval, list, i);

		if (cel_is_error(v)) {
			*fail = v;
			return NULL;
		}
		(void)cel_index_add(index, v);
		if (eval->exhausted)
			break;
	}
	if (index && !eval->exhausted)
		return index;
	*fail = cel_spent(eval);
	return NULL;
}
