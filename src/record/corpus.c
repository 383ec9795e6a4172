/* SPDX-License-Identifier: Apache-2.0 */
#include "record/corpus.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

enum { FIRST_ROOTS = 64 };

/*
 * A name is there as soon as a record bears it or refers to it: so a record
 * that comes later is found by those that named it before, and what goes away
 * leaves its name.
 */
struct bearer {
	const struct record *record;
	struct bearer *next;
};

struct corpus_name {
	struct bearer first;	    /* in the order of the corpus, */
	struct referrer *referrers; /* in that order too */
	struct referrer *last;	    /* of the referrers */
};

struct kind_group {
	VEC(const struct record *) records;
};

struct corpus {
	struct arena arena;
	VEC(const struct record *)
	records; /* in order once closed */
	VEC(struct kind_group *) groups;
	struct map kinds; /* kind -> struct kind_group */
	struct map names; /* "kind/id" -> struct corpus_name */
	/* Records by the address of their tree; one that was taken out leaves
	 * its slot to the next of that address. */
	const struct record **roots;
	size_t root_slots, root_count;
	bool closed;
};

struct corpus *corpus_new(void)
{
	struct corpus *corpus = mem_new(sizeof(*corpus));

	arena_init(&corpus->arena);
	map_init(&corpus->kinds);
	map_init(&corpus->names);
	return corpus;
}

void corpus_free(struct corpus *corpus)
{
	if (!corpus)
		return;
	for (size_t i = 0; i < corpus->groups.count; i++)
		vec_done(&corpus->groups.at[i]->records);
	vec_done(&corpus->groups);
	vec_done(&corpus->records);
	map_done(&corpus->kinds);
	map_done(&corpus->names);
	mem_free(corpus->roots);
	arena_done(&corpus->arena);
	mem_free(corpus);
}

/* ---- the order of the corpus */

static int order_of(const struct record *x, const struct record *y)
{
	int order;

	/* The entries of a snapshot are sorted by path. */
	if (x->source->entry != y->source->entry)
		return x->source->entry < y->source->entry ? -1 : 1;
	order = str_compare(x->source->path, y->source->path);
	if (order != 0)
		return order;
	return x->document < y->document ? -1 : x->document > y->document;
}

static int by_place(const void *a, const void *b)
{
	return order_of(*(const struct record *const *)a,
			*(const struct record *const *)b);
}

/* Where a record stands or would stand: the first that is not before it. */
static size_t place_in(const struct record *const *records, size_t count,
		       const struct record *record)
{
	size_t low = 0;
	size_t high = count;

	/* Most are added at the end. */
	if (count && order_of(records[count - 1], record) < 0)
		return count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order_of(records[middle], record) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- names */

/* Writes "kind/id" to `key`, which has room for both. */
static str key_into(char *key, str kind, str id)
{
	if (kind.len)
		memcpy(key, kind.ptr, kind.len);
	key[kind.len] = '/';
	if (id.len)
		memcpy(key + kind.len + 1, id.ptr, id.len);
	return str_make(key, kind.len + 1 + id.len);
}

static struct corpus_name *find_name(const struct corpus *corpus, str kind,
				     str id)
{
	char key[512];

	/* Kinds and ids are short by schema; what is longer names nothing. */
	if (kind.len == 0 || id.len == 0 || kind.len + id.len + 1 > sizeof(key))
		return NULL;
	return map_find(&corpus->names, key_into(key, kind, id));
}

static struct corpus_name *make_name(struct corpus *corpus, str kind, str id)
{
	struct corpus_name *name = find_name(corpus, kind, id);
	char *key;

	if (name)
		return name;
	name = arena_new(&corpus->arena, struct corpus_name);
	key = arena_raw(&corpus->arena, kind.len + id.len + 1, 1);
	(void)map_put(&corpus->names, key_into(key, kind, id), name);
	return name;
}

static void add_bearer(struct corpus *corpus, struct corpus_name *name,
		       const struct record *record)
{
	struct bearer *before = &name->first;
	struct bearer *moved;

	if (!before->record) {
		before->record = record;
		return;
	}
	moved = arena_new(&corpus->arena, struct bearer);
	if (order_of(before->record, record) > 0) {
		*moved = *before;
		*before = (struct bearer){record, moved};
		return;
	}
	while (before->next && order_of(before->next->record, record) < 0)
		before = before->next;
	*moved = (struct bearer){record, before->next};
	before->next = moved;
}

static void drop_bearer(struct corpus_name *name, const struct record *record)
{
	struct bearer *at = &name->first;
	struct bearer *before = NULL;

	for (; at && at->record != record; at = at->next)
		before = at;
	if (!at)
		return;
	if (before)
		before->next = at->next;
	else if (at->next)
		*at = *at->next;
	else
		at->record = NULL;
}

/* ---- references */

static void add_referrer(struct corpus_name *name, struct referrer *referrer)
{
	struct referrer *before = name->last;

	/* Among many the last is nearest while all are added in order. */
	if (before && order_of(before->record, referrer->record) > 0) {
		before = NULL;
		for (struct referrer *at = name->referrers;
		     at && order_of(at->record, referrer->record) <= 0;
		     at = (struct referrer *)(uintptr_t)at->next)
			before = at;
	}
	if (before) {
		referrer->next = before->next;
		before->next = referrer;
	} else {
		referrer->next = name->referrers;
		name->referrers = referrer;
	}
	if (!referrer->next)
		name->last = referrer;
}

static void drop_referrer(struct corpus_name *name,
			  const struct referrer *referrer)
{
	struct referrer *before = NULL;

	if (!name)
		return;
	for (struct referrer *at = name->referrers; at && at != referrer;
	     at = (struct referrer *)(uintptr_t)at->next)
		before = at;
	if (before)
		before->next = referrer->next;
	else
		name->referrers = (struct referrer *)(uintptr_t)referrer->next;
	if (name->last == referrer)
		name->last = before;
}

static void link_references(struct corpus *corpus, struct record *record)
{
	struct referrer *links = arena_array(&corpus->arena, struct referrer,
					     record->reference_count);

	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];

		links[i].record = record;
		links[i].reference = reference;
		add_referrer(make_name(corpus, reference->kind, reference->id),
			     &links[i]);
	}
	record->links = links;
}

/* ---- trees */

static size_t root_slot(const struct corpus *corpus, const struct node *root)
{
	uint64_t hash = (uint64_t)(uintptr_t)root * 0x9e3779b97f4a7c15U;
	size_t mask = corpus->root_slots - 1;
	size_t i = (size_t)(hash >> 32) & mask;

	while (corpus->roots[i] && corpus->roots[i]->root != root)
		i = (i + 1) & mask;
	return i;
}

static void grow_roots(struct corpus *corpus)
{
	const struct record **old = corpus->roots;
	size_t count = corpus->root_slots;

	corpus->root_slots = count ? count * 2 : FIRST_ROOTS;
	corpus->roots = mem_new(corpus->root_slots * sizeof(*corpus->roots));
	for (size_t i = 0; i < count; i++) {
		if (old[i])
			corpus->roots[root_slot(corpus, old[i]->root)] = old[i];
	}
	mem_free(old);
}

static void add_root(struct corpus *corpus, const struct record *record)
{
	size_t slot;

	if (!record->root)
		return;
	if ((corpus->root_count + 1) * 4 > corpus->root_slots * 3)
		grow_roots(corpus);
	slot = root_slot(corpus, record->root);
	corpus->root_count += corpus->roots[slot] == NULL;
	corpus->roots[slot] = record;
}

const struct record *corpus_of_root(const struct corpus *corpus,
				    const struct node *root)
{
	return corpus->root_slots ? corpus->roots[root_slot(corpus, root)]
				  : NULL;
}

/* ---- adding and taking */

static struct kind_group *group_of(struct corpus *corpus, str kind)
{
	struct kind_group *group = map_find(&corpus->kinds, kind);

	if (group)
		return group;
	group = arena_new(&corpus->arena, struct kind_group);
	*vec_push(&corpus->groups) = group;
	(void)map_put(&corpus->kinds, str_keep(&corpus->arena, kind), group);
	return group;
}

static void index_record(struct corpus *corpus, struct record *record)
{
	struct kind_group *group = group_of(corpus, record->kind);
	size_t place =
		place_in(group->records.at, group->records.count, record);

	(void)vec_push(&group->records);
	memmove(group->records.at + place + 1, group->records.at + place,
		(group->records.count - 1 - place) *
			sizeof(*group->records.at));
	group->records.at[place] = record;
	add_bearer(corpus, make_name(corpus, record->kind, record->id), record);
	link_references(corpus, record);
	add_root(corpus, record);
}

const struct record *corpus_add(struct corpus *corpus,
				const struct record *record)
{
	struct record *copy = arena_new(&corpus->arena, struct record);
	size_t place = corpus->records.count;

	*copy = *record;
	if (corpus->closed)
		place = place_in(corpus->records.at, place, copy);
	(void)vec_push(&corpus->records);
	memmove(corpus->records.at + place + 1, corpus->records.at + place,
		(corpus->records.count - 1 - place) *
			sizeof(*corpus->records.at));
	corpus->records.at[place] = copy;
	if (corpus->closed)
		index_record(corpus, copy);
	return copy;
}

void corpus_hold(struct corpus *corpus, struct record *record)
{
	*vec_push(&corpus->records) = record;
}

void corpus_close(struct corpus *corpus)
{
	if (corpus->records.count)
		qsort(corpus->records.at, corpus->records.count,
		      sizeof(*corpus->records.at), by_place);
	for (size_t i = 0; i < corpus->records.count; i++)
		index_record(corpus,
			     (struct record *)(uintptr_t)corpus->records.at[i]);
	corpus->closed = true;
}

/* Removes a pointer from a list in order; of equal ones the right one. */
static void drop_from(const struct record **records, size_t *count,
		      const struct record *record)
{
	size_t place = place_in(records, *count, record);

	while (place < *count && records[place] != record)
		place++;
	if (place == *count)
		return;
	(*count)--;
	memmove(records + place, records + place + 1,
		(*count - place) * sizeof(*records));
}

void corpus_take(struct corpus *corpus, const struct record *record)
{
	struct kind_group *group = group_of(corpus, record->kind);

	drop_from(corpus->records.at, &corpus->records.count, record);
	drop_from(group->records.at, &group->records.count, record);
	if (find_name(corpus, record->kind, record->id))
		drop_bearer(find_name(corpus, record->kind, record->id),
			    record);
	for (size_t i = 0; i < record->reference_count; i++)
		drop_referrer(find_name(corpus, record->references[i].kind,
					record->references[i].id),
			      &record->links[i]);
}

/* ---- asking */

size_t corpus_count(const struct corpus *corpus)
{
	return corpus->records.count;
}

const struct record *corpus_at(const struct corpus *corpus, size_t index)
{
	return corpus->records.at[index];
}

const struct record *const *corpus_of_kind(const struct corpus *corpus,
					   str kind, size_t *count)
{
	const struct kind_group *group = map_find(&corpus->kinds, kind);

	*count = group ? group->records.count : 0;
	return group ? group->records.at : NULL;
}

static const struct record *bearer_of(const struct corpus_name *name)
{
	return name ? name->first.record : NULL;
}

const struct record *corpus_find(const struct corpus *corpus, str kind, str id)
{
	return bearer_of(find_name(corpus, kind, id));
}

const struct record *corpus_target(const struct corpus *corpus,
				   const struct record *record, size_t index)
{
	return corpus_find(corpus, record->references[index].kind,
			   record->references[index].id);
}

const struct referrer *corpus_referrers(const struct corpus *corpus,
					const struct record *record)
{
	const struct corpus_name *name =
		find_name(corpus, record->kind, record->id);

	return bearer_of(name) == record ? name->referrers : NULL;
}
