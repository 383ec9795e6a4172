/* SPDX-License-Identifier: Apache-2.0 */
#include "record/pair.h"

#include <stdlib.h>

#include "base/map.h"
#include "record/compare.h"

enum {
	FEW_KEYS = 16,	      /* up to here members are looked up one by one */
	TABLE_MOST = 1 << 20, /* cells of the table of subsequences */
};

static uint32_t *no_partners(struct arena *arena, uint32_t count)
{
	uint32_t *partners = arena_array(arena, uint32_t, count);

	for (uint32_t i = 0; i < count; i++)
		partners[i] = PAIR_NONE;
	return partners;
}

static void start(struct pairing *out, const struct node *before,
		  const struct node *after, struct arena *arena)
{
	*out = (struct pairing){
		.to_before = no_partners(arena, after->count),
		.to_after = no_partners(arena, before->count),
	};
}

static void join(struct pairing *out, uint32_t before, uint32_t after)
{
	out->to_before[after] = before;
	out->to_after[before] = after;
}

/* ---- by name */

/* A child and what it is called. */
struct named {
	const struct node *name;
	uint32_t index;
};

static int compare_names(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == NODE_INT)
		return (a->as.integer > b->as.integer) -
		       (a->as.integer < b->as.integer);
	return str_compare(a->text, b->text);
}

static int by_name(const void *a, const void *b)
{
	const struct named *x = a;
	const struct named *y = b;

	return compare_names(x->name, y->name);
}

/* Joins what has one name on both sides; both are sorted. */
static void join_named(struct pairing *out, const struct named *before,
		       uint32_t before_count, const struct named *after,
		       uint32_t after_count)
{
	uint32_t i = 0;
	uint32_t j = 0;

	while (i < before_count && j < after_count) {
		int order = compare_names(before[i].name, after[j].name);

		if (order == 0)
			join(out, before[i].index, after[j].index);
		i += order <= 0;
		j += order >= 0;
	}
}

static struct named *named_members(const struct node *map, struct arena *arena)
{
	struct named *names = arena_array(arena, struct named, map->count);

	for (uint32_t i = 0; i < map->count; i++)
		names[i] = (struct named){map->as.children[i].key, i};
	qsort(names, map->count, sizeof(*names), by_name);
	return names;
}

void pair_maps(struct pairing *out, const struct node *before,
	       const struct node *after, struct arena *arena)
{
	start(out, before, after, arena);
	if (before->count > FEW_KEYS && after->count > FEW_KEYS) {
		join_named(out, named_members(before, arena), before->count,
			   named_members(after, arena), after->count);
		return;
	}
	for (uint32_t j = 0; j < after->count; j++) {
		const struct node *value = &after->as.children[j];
		const struct node *old =
			node_find_hashed(before, value->key->text, value->hash);

		if (old)
			join(out, old->index, j);
	}
}

/* What the items of a list are called by this member; NULL when one has no
 * such name or two have the same. */
static struct named *named_items(const struct node *list, str key,
				 uint32_t hash, struct arena *arena)
{
	struct named *names = arena_array(arena, struct named, list->count);

	for (uint32_t i = 0; i < list->count; i++) {
		const struct node *name =
			node_find_hashed(&list->as.children[i], key, hash);

		if (!name || !(name->kind == NODE_STRING ||
			       (name->kind == NODE_INT && !name->big)))
			return NULL;
		names[i] = (struct named){name, i};
	}
	qsort(names, list->count, sizeof(*names), by_name);
	for (uint32_t i = 1; i < list->count; i++) {
		if (compare_names(names[i - 1].name, names[i].name) == 0)
			return NULL;
	}
	return names;
}

static void find_order(struct pairing *out, uint32_t after_count)
{
	uint32_t last = 0;

	for (uint32_t j = 0; j < after_count; j++) {
		uint32_t i = out->to_before[j];

		if (i == PAIR_NONE)
			continue;
		out->reordered = out->reordered || i < last;
		last = i;
	}
}

static bool pair_named(struct pairing *out, const struct node *before,
		       const struct node *after, struct arena *arena)
{
	static const char *const keys[] = {
		"id",	 "person",    "name",	   "path",	"key",
		"asset", "rule",      "category",  "system",	"requirement",
		"code",	 "framework", "supplier",  "reference", "as_of",
		"date",	 "value",     "statement", "title",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		str key = str_of(keys[i]);
		uint32_t hash = (uint32_t)hash_str(key);
		struct arena_mark mark = arena_mark(arena);
		struct named *old = named_items(before, key, hash, arena);
		struct named *new =
			old ? named_items(after, key, hash, arena) : NULL;

		if (new) {
			join_named(out, old, before->count, new, after->count);
			find_order(out, after->count);
			return true;
		}
		arena_release(arena, mark);
	}
	return false;
}

/* ---- by sequence */

/* Two stretches of items that begin and end differently. */
struct window {
	const uint32_t *before; /* the class of each item's value */
	const uint32_t *after;
	uint32_t first; /* of both: what stands before is equal */
	uint32_t before_end;
	uint32_t after_end;
	struct arena *arena;
};

struct digested {
	uint64_t digest;
	const struct node *item;
	uint32_t *class;
};

static int by_digest(const void *a, const void *b)
{
	const struct digested *x = a;
	const struct digested *y = b;

	return (x->digest > y->digest) - (x->digest < y->digest);
}

/* Numbers the values so that equal ones have one number. Digests only bring
 * candidates together. */
static void classify(struct digested *items, size_t count)
{
	uint32_t next = 0;

	qsort(items, count, sizeof(*items), by_digest);
	for (size_t i = 0; i < count; i++) {
		size_t k = i;

		while (k > 0 && items[k - 1].digest == items[i].digest &&
		       !node_equal(items[k - 1].item, items[i].item))
			k--;
		*items[i].class =
			k > 0 && items[k - 1].digest == items[i].digest
				? *items[k - 1].class
				: next++;
	}
}

static void find_classes(uint32_t *old, uint32_t *new,
			 const struct node *before, const struct node *after,
			 struct arena *arena)
{
	size_t count = (size_t)before->count + after->count;
	struct digested *items = arena_array(arena, struct digested, count);

	for (size_t i = 0; i < count; i++) {
		bool is_old = i < before->count;
		size_t at = is_old ? i : i - before->count;

		items[i].item = is_old ? &before->as.children[at]
				       : &after->as.children[at];
		items[i].digest = value_digest(items[i].item);
		items[i].class = is_old ? &old[at] : &new[at];
	}
	classify(items, count);
}

/* The table of lengths, from the ends to the starts, then the way through. */
static void join_longest(struct pairing *out, const struct window *window)
{
	size_t rows = window->before_end - window->first;
	size_t columns = window->after_end - window->first;
	size_t width = columns + 1;
	const uint32_t *old = window->before + window->first;
	const uint32_t *new = window->after + window->first;
	uint32_t *table =
		arena_array(window->arena, uint32_t, (rows + 1) * width);
	size_t i = 0;
	size_t j = 0;

	for (size_t r = rows; r-- > 0;) {
		for (size_t c = columns; c-- > 0;) {
			uint32_t down = table[(r + 1) * width + c];
			uint32_t right = table[r * width + c + 1];

			table[r * width + c] =
				old[r] == new[c]
					? table[(r + 1) * width + c + 1] + 1
				: down > right ? down
					       : right;
		}
	}
	while (i < rows && j < columns) {
		if (old[i] == new[j])
			join(out, window->first + (uint32_t)i++,
			     window->first + (uint32_t)j++);
		else if (table[(i + 1) * width + j] >= table[i * width + j + 1])
			i++;
		else
			j++;
	}
}

/* One occurrence of a value, and where the same one stands on the other
 * side. */
struct occurrence {
	uint32_t class;
	uint32_t index;
};

static int by_class(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static struct occurrence *occurrences(const struct window *window,
				      const uint32_t *classes, uint32_t end)
{
	uint32_t count = end - window->first;
	struct occurrence *list =
		arena_array(window->arena, struct occurrence, count);

	for (uint32_t i = 0; i < count; i++)
		list[i] = (struct occurrence){classes[window->first + i],
					      window->first + i};
	qsort(list, count, sizeof(*list), by_class);
	return list;
}

/* For each item of `before` the item of `after` that is the same occurrence of
 * the same value. Both lists are sorted, so that occurrences meet in turn. */
static uint32_t *same_occurrence(const struct window *window)
{
	uint32_t rows = window->before_end - window->first;
	uint32_t columns = window->after_end - window->first;
	struct occurrence *old =
		occurrences(window, window->before, window->before_end);
	struct occurrence *new =
		occurrences(window, window->after, window->after_end);
	uint32_t *same = no_partners(window->arena, rows);
	uint32_t i = 0;
	uint32_t j = 0;

	while (i < rows && j < columns) {
		if (old[i].class == new[j].class)
			same[old[i++].index - window->first] = new[j++].index;
		else if (old[i].class < new[j].class)
			i++;
		else
			j++;
	}
	return same;
}

static void join_increasing(struct pairing *out, const struct window *window)
{
	uint32_t rows = window->before_end - window->first;
	uint32_t *same = same_occurrence(window);
	uint32_t *piles = arena_array(window->arena, uint32_t, rows);
	uint32_t *below = no_partners(window->arena, rows);
	uint32_t count = 0;

	for (uint32_t i = 0; i < rows; i++) {
		uint32_t low = 0;
		uint32_t high = count;

		if (same[i] == PAIR_NONE)
			continue;
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;

			if (same[piles[middle]] < same[i])
				low = middle + 1;
			else
				high = middle;
		}
		below[i] = low ? piles[low - 1] : PAIR_NONE;
		piles[low] = i;
		count += low == count;
	}
	for (uint32_t i = count ? piles[count - 1] : PAIR_NONE; i != PAIR_NONE;
	     i = below[i])
		join(out, window->first + i, same[i]);
}

/* What lies between two joined items on both sides is paired in its order. */
static void join_gaps(struct pairing *out, const struct window *window)
{
	uint32_t i = window->first;
	uint32_t j = window->first;

	while (i < window->before_end && j < window->after_end) {
		bool old = out->to_after[i] != PAIR_NONE;
		bool new = out->to_before[j] != PAIR_NONE;

		if (old == new && !old)
			join(out, i, j);
		i += old == new || !old;
		j += old == new || !new;
	}
}

static void pair_sequence(struct pairing *out, const struct node *before,
			  const struct node *after, struct arena *arena)
{
	uint32_t *old = arena_array(arena, uint32_t, before->count);
	uint32_t *new = arena_array(arena, uint32_t, after->count);
	struct window window = {.before = old,
				.after = new,
				.before_end = before->count,
				.after_end = after->count,
				.arena = arena};

	find_classes(old, new, before, after, arena);
	while (window.first < window.before_end &&
	       window.first < window.after_end &&
	       old[window.first] == new[window.first]) {
		join(out, window.first, window.first);
		window.first++;
	}
	while (window.before_end > window.first &&
	       window.after_end > window.first &&
	       old[window.before_end - 1] == new[window.after_end - 1])
		join(out, --window.before_end, --window.after_end);
	if (((size_t)window.before_end - window.first + 1) *
		    ((size_t)window.after_end - window.first + 1) <=
	    TABLE_MOST)
		join_longest(out, &window);
	else
		join_increasing(out, &window);
	join_gaps(out, &window);
}

void pair_lists(struct pairing *out, const struct node *before,
		const struct node *after, struct arena *arena)
{
	start(out, before, after, arena);
	if (before->count && after->count &&
	    !pair_named(out, before, after, arena))
		pair_sequence(out, before, after, arena);
}
