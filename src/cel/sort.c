/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/sort.h"

/* Are a key and the one before it of one order? */
static bool comparable(struct cel_value a, struct cel_value b)
{
	enum cel_order order = cel_order(a, b);

	return order != CEL_NO_ORDER && order != CEL_UNORDERED;
}

static bool merge_takes_left(const struct cel_value *keys, const uint32_t *from,
			     size_t left, size_t right)
{
	return cel_order(keys[from[left]], keys[from[right]]) != CEL_GREATER;
}

/* Merges the runs [at, middle) and [middle, end): what comes first stays
 * first among equals. */
static void merge(const struct cel_value *keys, uint32_t *to,
		  const uint32_t *from, size_t at, size_t middle, size_t end)
{
	size_t left = at;
	size_t right = middle;

	for (size_t i = at; i < end; i++) {
		if (left < middle &&
		    (right == end || merge_takes_left(keys, from, left, right)))
			to[i] = from[left++];
		else
			to[i] = from[right++];
	}
}

/* Sorts indices, bottom up; returns the array that holds the result. */
static uint32_t *sort(const struct cel_value *keys, uint32_t *a, uint32_t *b,
		      size_t count)
{
	for (size_t width = 1; width < count; width *= 2) {
		uint32_t *swap = a;

		for (size_t at = 0; at < count; at += 2 * width) {
			size_t middle = at + width < count ? at + width : count;
			size_t end =
				middle + width < count ? middle + width : count;

			merge(keys, b, a, at, middle, end);
		}
		a = b;
		b = swap;
	}
	return a;
}

/* What comparing costs: each element once for each doubling of the count, and
 * the bytes of long texts. */
static bool charge(struct cel_eval *eval, const struct cel_value *keys,
		   size_t count)
{
	size_t rounds = 1;
	size_t units = count;

	for (size_t n = count; n > 1; n /= 2)
		rounds++;
	for (size_t i = 0; i < count; i++)
		if (keys[i].tag == CEL_STRING || keys[i].tag == CEL_BYTES)
			units += keys[i].aux / 10;
	return size_mul(&units, units, rounds) && cel_charge(eval, units);
}

struct cel_value cel_sorted(struct cel_eval *eval,
			    const struct cel_value *items,
			    const struct cel_value *keys, size_t count,
			    const char *name)
{
	struct cel_value *sorted;
	uint32_t *order;
	uint32_t *other;

	if (count > UINT32_MAX || !charge(eval, keys, count))
		return cel_spent(eval);
	for (size_t i = 0; i < count; i++)
		if (!comparable(keys[i ? i - 1 : 0], keys[i]))
			return cel_fail_text(eval, CEL_FAULT_NO_OVERLOAD,
					     str_of(name), keys[i]);
	order = arena_array(eval->arena, uint32_t, count);
	other = arena_array(eval->arena, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	order = sort(keys, order, other, count);
	sorted = arena_array(eval->arena, struct cel_value, count);
	for (size_t i = 0; i < count; i++)
		sorted[i] = items[order[i]];
	return cel_list_of(eval->arena, sorted, count);
}
