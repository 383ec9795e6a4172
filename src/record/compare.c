/* SPDX-License-Identifier: Apache-2.0 */
#include "record/compare.h"

#include "base/map.h"
#include "base/vec.h"
#include "record/pair.h"

struct comparing {
	struct arena *arena;  /* of the result */
	struct arena scratch; /* of the pairings */
	struct buf to, from;  /* the pointers of the place, after and before */
	VEC(struct field_change) there;
	VEC(struct field_change) gone;
};

static void differ(struct comparing *comparing, const struct node *before,
		   const struct node *after);

static void add_token(struct buf *pointer, const struct node *child)
{
	if (child->key)
		pointer_add(pointer, child->key->text);
	else
		buf_format(pointer, "/%u", (unsigned)child->index);
}

/* A change at the place where the walk stands. */
static struct field_change change_here(const struct comparing *comparing,
				       const struct node *before,
				       const struct node *after)
{
	return (struct field_change){
		.pointer = str_keep(comparing->arena, buf_str(&comparing->to)),
		.pointer_before =
			str_keep(comparing->arena, buf_str(&comparing->from)),
		.before = before,
		.after = after,
	};
}

static void add_new(struct comparing *comparing, const struct node *child)
{
	struct field_change *change = vec_push(&comparing->there);
	size_t len = comparing->to.len;

	add_token(&comparing->to, child);
	*change = change_here(comparing, NULL, child);
	change->pointer_before = (str){NULL, 0};
	change->item = !child->key;
	comparing->to.len = len;
}

static void add_gone(struct comparing *comparing, const struct node *child)
{
	struct field_change *change = vec_push(&comparing->gone);
	size_t len = comparing->from.len;

	add_token(&comparing->from, child);
	*change = change_here(comparing, child, NULL);
	change->pointer = change->pointer_before;
	change->item = !child->key;
	comparing->from.len = len;
}

static void differ_below(struct comparing *comparing, const struct node *before,
			 const struct node *after)
{
	size_t to = comparing->to.len;
	size_t from = comparing->from.len;

	add_token(&comparing->to, after);
	add_token(&comparing->from, before);
	differ(comparing, before, after);
	comparing->to.len = to;
	comparing->from.len = from;
}

static void differ_children(struct comparing *comparing,
			    const struct node *before, const struct node *after,
			    const struct pairing *pairing)
{
	for (uint32_t j = 0; j < after->count; j++) {
		uint32_t i = pairing->to_before[j];

		if (i == PAIR_NONE)
			add_new(comparing, &after->as.children[j]);
		else
			differ_below(comparing, &before->as.children[i],
				     &after->as.children[j]);
	}
	for (uint32_t i = 0; i < before->count; i++) {
		if (pairing->to_after[i] == PAIR_NONE)
			add_gone(comparing, &before->as.children[i]);
	}
}

static void differ_lists(struct comparing *comparing, const struct node *before,
			 const struct node *after)
{
	struct arena_mark mark = arena_mark(&comparing->scratch);
	struct pairing pairing;

	pair_lists(&pairing, before, after, &comparing->scratch);
	if (pairing.reordered) {
		struct field_change *change = vec_push(&comparing->there);

		*change = change_here(comparing, before, after);
		change->reordered = true;
	}
	differ_children(comparing, before, after, &pairing);
	arena_release(&comparing->scratch, mark);
}

static void differ_maps(struct comparing *comparing, const struct node *before,
			const struct node *after)
{
	struct arena_mark mark = arena_mark(&comparing->scratch);
	struct pairing pairing;

	pair_maps(&pairing, before, after, &comparing->scratch);
	differ_children(comparing, before, after, &pairing);
	arena_release(&comparing->scratch, mark);
}

/* The depth of a document bounds the recursion. */
static void differ(struct comparing *comparing, const struct node *before,
		   const struct node *after)
{
	if (node_equal(before, after))
		return;
	if (before->kind == NODE_MAP && after->kind == NODE_MAP)
		differ_maps(comparing, before, after);
	else if (before->kind == NODE_LIST && after->kind == NODE_LIST)
		differ_lists(comparing, before, after);
	else
		*vec_push(&comparing->there) =
			change_here(comparing, before, after);
}

const struct field_change *compare_values(size_t *count,
					  const struct node *before,
					  const struct node *after,
					  struct arena *arena)
{
	struct comparing comparing = {.arena = arena};
	struct field_change *changes;

	arena_init(&comparing.scratch);
	buf_init(&comparing.to, SIZE_MAX);
	buf_init(&comparing.from, SIZE_MAX);
	differ(&comparing, before, after);
	*count = comparing.there.count + comparing.gone.count;
	changes = arena_array(arena, struct field_change, *count);
	for (size_t i = 0; i < comparing.there.count; i++)
		changes[i] = comparing.there.at[i];
	for (size_t i = 0; i < comparing.gone.count; i++)
		changes[comparing.there.count + i] = comparing.gone.at[i];
	vec_done(&comparing.there);
	vec_done(&comparing.gone);
	buf_done(&comparing.to);
	buf_done(&comparing.from);
	arena_done(&comparing.scratch);
	return changes;
}

/* ---- digests */

/* A bijection that spreads its input over all bits (Steele et al., Fast
 * Splittable Pseudorandom Number Generators, 2014, section 4). */
static uint64_t spread(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* Numbers that are equal have one nearest double. */
static uint64_t number_digest(const struct node *node)
{
	double number = node->kind == NODE_INT && !node->big
				? (double)node->as.integer
				: node->as.number;
	uint64_t bits = 0; /* zero, also -0.0 */

	if (number != number) /* all that are none are one */
		bits = UINT64_MAX;
	else if (number != 0)
		memcpy(&bits, &number, sizeof(bits));
	return spread(spread(bits) + NODE_INT + 1);
}

uint64_t value_digest(const struct node *node)
{
	uint64_t digest = (uint64_t)node->kind + 1;

	switch (node->kind) {
	case NODE_NULL:
		break;
	case NODE_BOOL:
		digest += node->as.boolean ? 0x100U : 0U;
		break;
	case NODE_INT:
	case NODE_FLOAT:
		return number_digest(node);
	case NODE_STRING:
		digest += hash_str(node->text);
		break;
	case NODE_LIST:
		for (size_t i = 0; i < node->count; i++)
			digest = spread(digest) +
				 value_digest(&node->as.children[i]);
		break;
	case NODE_MAP: /* a sum has no order */
		for (size_t i = 0; i < node->count; i++) {
			const struct node *value = &node->as.children[i];

			digest += spread(spread(hash_str(value->key->text)) +
					 value_digest(value));
		}
		break;
	}
	return spread(digest);
}
