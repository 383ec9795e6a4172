/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/map.h"
#include "base/vec.h"
#include "git/refs.h"
#include "git/revision.h"

enum {
	SIDE_A = 1 << 0,
	SIDE_B = 1 << 1,
	STALE = 1 << 2,	 /* below a common ancestor: no longer of interest */
	QUEUED = 1 << 3, /* waits in the heap */
	KEPT = 1 << 4,	 /* is among the candidates */
	BELOW = 1 << 5,	 /* seen on the way down from them */
};

struct node {
	struct oid oid;
	int64_t date;
	const struct oid *parents;
	size_t parents_count;
	unsigned flags;
};

struct search {
	struct repo *repo;
	struct arena arena;
	struct map nodes;
	VEC(struct node *) heap; /* the latest committer date first */
	VEC(struct node *) candidates;
	size_t fresh; /* of the heap, not STALE */
};

static bool node_of(struct node **out, struct search *search,
		    const struct oid *oid, struct error *err)
{
	str key = str_make((const char *)oid->bytes, OID_RAW);
	struct node *node = map_find(&search->nodes, key);
	struct commit commit;

	if (!node) {
		if (!commit_read(&commit, repo_reader(search->repo), oid,
				 &search->arena, err))
			return false;
		node = arena_new(&search->arena, struct node);
		node->oid = *oid;
		node->date = commit.committer.when.seconds;
		node->parents = commit.parents;
		node->parents_count = commit.parents_count;
		key = str_make((const char *)node->oid.bytes, OID_RAW);
		(void)map_put(&search->nodes, key, node);
	}
	*out = node;
	return true;
}

static void swap(struct node **a, struct node **b)
{
	struct node *held = *a;

	*a = *b;
	*b = held;
}

static void heap_push(struct search *search, struct node *node)
{
	size_t i = search->heap.count;

	*vec_push(&search->heap) = node;
	node->flags |= QUEUED;
	for (; i > 0; i = (i - 1) / 2) {
		struct node **at = &search->heap.at[i];
		struct node **above = &search->heap.at[(i - 1) / 2];

		if ((*above)->date >= (*at)->date)
			return;
		swap(at, above);
	}
}

static struct node *heap_pop(struct search *search)
{
	struct node *top = search->heap.at[0];
	size_t count = --search->heap.count;
	size_t i = 0;

	search->heap.at[0] = search->heap.at[count];
	for (;;) {
		size_t next = 2 * i + 1;

		if (next >= count)
			break;
		if (next + 1 < count && search->heap.at[next + 1]->date >
						search->heap.at[next]->date)
			next++;
		if (search->heap.at[i]->date >= search->heap.at[next]->date)
			break;
		swap(&search->heap.at[i], &search->heap.at[next]);
		i = next;
	}
	top->flags &= ~(unsigned)QUEUED;
	return top;
}

/* Adds marks to a commit; what is new about it has to be told its parents. */
static void mark(struct search *search, struct node *node, unsigned flags)
{
	bool was_fresh = (node->flags & QUEUED) && !(node->flags & STALE);

	if ((node->flags & flags) == flags)
		return;
	node->flags |= flags;
	if (!(node->flags & QUEUED))
		heap_push(search, node);
	else if (was_fresh)
		search->fresh--;
	if (!(node->flags & STALE))
		search->fresh++;
}

/* Hands a commit's marks to its parents. */
static bool spread(struct search *search, struct node *node, struct error *err)
{
	unsigned flags = node->flags & (SIDE_A | SIDE_B | STALE);

	if ((flags & (SIDE_A | SIDE_B)) == (SIDE_A | SIDE_B)) {
		if (!(node->flags & (KEPT | STALE))) {
			node->flags |= KEPT;
			*vec_push(&search->candidates) = node;
		}
		flags |= STALE;
	}
	if (node->parents_count &&
	    !shallow_check(search->repo, &node->oid, err))
		return (flags & STALE) != 0; /* then nothing below matters */
	for (size_t i = 0; i < node->parents_count; i++) {
		struct node *parent;

		if (!node_of(&parent, search, &node->parents[i], err))
			return false;
		mark(search, parent, flags);
	}
	return true;
}

/* Goes down from both, latest first, until only commits below a common
 * ancestor are left. Dates only order the work: the result holds every base,
 * and perhaps more where clocks went backwards. */
static bool paint(struct search *search, struct error *err)
{
	while (search->fresh) {
		struct node *node = heap_pop(search);

		if (!(node->flags & STALE))
			search->fresh--;
		if (!spread(search, node, err))
			return false;
	}
	return true;
}

/* Marks all that lies below the candidates as STALE, whatever the dates. */
static bool settle(struct search *search, struct error *err)
{
	VEC(struct node *) stack = {0};
	bool done = true;

	if (search->candidates.count < 2)
		return true;
	for (size_t i = 0; i < search->candidates.count; i++)
		*vec_push(&stack) = search->candidates.at[i];
	while (done && stack.count) {
		struct node *node = stack.at[--stack.count];
		struct error ignored;

		if (!shallow_check(search->repo, &node->oid, &ignored))
			continue;
		for (size_t i = 0; done && i < node->parents_count; i++) {
			struct node *parent;

			done = node_of(&parent, search, &node->parents[i], err);
			if (!done || (parent->flags & BELOW))
				continue;
			parent->flags |= STALE | BELOW;
			*vec_push(&stack) = parent;
		}
	}
	vec_done(&stack);
	return done;
}

static int by_name(const void *a, const void *b)
{
	return oid_compare(a, b);
}

static void collect(const struct oid **out, size_t *count,
		    struct search *search, struct arena *arena)
{
	struct oid *bases =
		arena_array(arena, struct oid, search->candidates.count);
	size_t found = 0;

	for (size_t i = 0; i < search->candidates.count; i++) {
		if (!(search->candidates.at[i]->flags & STALE))
			bases[found++] = search->candidates.at[i]->oid;
	}
	if (found)
		qsort(bases, found, sizeof(*bases), by_name);
	*out = bases;
	*count = found;
}

bool merge_bases(const struct oid **out, size_t *count, struct repo *repo,
		 const struct oid *a, const struct oid *b, struct arena *arena,
		 struct error *err)
{
	struct search search = {.repo = repo};
	struct node *from, *to;
	bool done;

	arena_init(&search.arena);
	map_init(&search.nodes);
	done = node_of(&from, &search, a, err) && node_of(&to, &search, b, err);
	if (done) {
		mark(&search, from, SIDE_A);
		mark(&search, to, SIDE_B);
		done = paint(&search, err) && settle(&search, err);
	}
	if (done)
		collect(out, count, &search, arena);
	vec_done(&search.heap);
	vec_done(&search.candidates);
	map_done(&search.nodes);
	arena_done(&search.arena);
	return done;
}
