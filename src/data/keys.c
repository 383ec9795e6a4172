/* SPDX-License-Identifier: Apache-2.0 */
#include "data/keys.h"

int keys_compare(const struct node *a, const struct node *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return str_compare(a->text, b->text);
}

/* Merges [from, middle) and [middle, to) of `nodes` into `room`. */
static void merge(const struct node **room, const struct node **nodes,
		  size_t from, size_t middle, size_t to)
{
	size_t a = from;
	size_t b = middle;

	for (size_t i = from; i < to; i++) {
		if (b == to ||
		    (a < middle && keys_compare(nodes[a], nodes[b]) <= 0))
			room[i] = nodes[a++];
		else
			room[i] = nodes[b++];
	}
}

static size_t at_most(size_t value, size_t most)
{
	return value < most ? value : most;
}

void keys_sort(const struct node **nodes, const struct node **room,
	       size_t count)
{
	const struct node **from = nodes;
	const struct node **to = room;

	for (size_t width = 1; width < count; width *= 2) {
		const struct node **swap = from;

		for (size_t i = 0; i < count; i += 2 * width)
			merge(to, from, i, at_most(i + width, count),
			      at_most(i + 2 * width, count));
		from = to;
		to = swap;
	}
	if (from != nodes)
		memcpy(nodes, from, count * sizeof(*nodes));
}
