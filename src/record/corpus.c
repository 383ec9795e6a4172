/* SPDX-License-Identifier: Apache-2.0 */
#include "record/corpus.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

struct kind_group {
	str kind;
	VEC(const struct record *) records;
};

struct corpus {
	struct arena arena;
	VEC(struct record) records;
	VEC(struct kind_group *) groups;
	struct map kinds;	       /* kind -> struct kind_group */
	struct map by_key;	       /* "kind/id" -> struct record */
	const struct record **by_root; /* records with a tree, by its address */
	size_t root_count;
	/* Referrers of record i: referrers[first[i]] to [first[i + 1]]. */
	struct referrer *referrers;
	/* What each reference of each record names, or NULL. */
	VEC(const struct record *) targets;
	size_t *first;
};

struct corpus *corpus_new(void)
{
	struct corpus *corpus = mem_new(sizeof(*corpus));

	arena_init(&corpus->arena);
	map_init(&corpus->kinds);
	map_init(&corpus->by_key);
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
	vec_done(&corpus->targets);
	map_done(&corpus->kinds);
	map_done(&corpus->by_key);
	mem_free(corpus->referrers);
	mem_free(corpus->first);
	mem_free(corpus->by_root);
	arena_done(&corpus->arena);
	mem_free(corpus);
}

void corpus_add(struct corpus *corpus, const struct record *record)
{
	*vec_push(&corpus->records) = *record;
}

static int by_path(const void *a, const void *b)
{
	const struct record *x = a;
	const struct record *y = b;
	int order;

	/* The entries of a snapshot are sorted by path. */
	if (x->source->entry != y->source->entry)
		return x->source->entry < y->source->entry ? -1 : 1;
	order = str_compare(x->source->path, y->source->path);

	if (order != 0)
		return order;
	return x->document < y->document ? -1 : x->document > y->document;
}

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

static struct kind_group *group_of(struct corpus *corpus, str kind)
{
	struct kind_group *group = map_find(&corpus->kinds, kind);

	if (group)
		return group;
	group = arena_new(&corpus->arena, struct kind_group);
	group->kind = kind;
	*vec_push(&corpus->groups) = group;
	(void)map_put(&corpus->kinds, kind, group);
	return group;
}

static void index_names(struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->records.count; i++) {
		struct record *record = &corpus->records.at[i];
		struct kind_group *group = group_of(corpus, record->kind);
		char *key = arena_raw(&corpus->arena,
				      record->kind.len + record->id.len + 1, 1);
		str name = key_into(key, record->kind, record->id);

		*vec_push(&group->records) = record;
		if (!map_find(&corpus->by_key, name))
			(void)map_put(&corpus->by_key, name, record);
	}
}

static size_t index_of(const struct corpus *corpus, const struct record *record)
{
	return (size_t)(record - corpus->records.at);
}

static const struct record *resolve(const struct corpus *corpus,
				    const struct reference *reference)
{
	return corpus_find(corpus, reference->kind, reference->id);
}

/* Counts, sums up, fills: a counting sort by the record referred to. */
static void index_referrers(struct corpus *corpus)
{
	size_t count = corpus->records.count;
	size_t *next;

	corpus->first = mem_new((count + 1) * sizeof(*corpus->first));
	for (size_t i = 0; i < count; i++) {
		struct record *record = &corpus->records.at[i];

		record->first_target = corpus->targets.count;
		for (size_t k = 0; k < record->reference_count; k++) {
			const struct record *to =
				resolve(corpus, &record->references[k]);

			*vec_push(&corpus->targets) = to;
			if (to)
				corpus->first[index_of(corpus, to) + 1]++;
		}
	}
	for (size_t i = 0; i < count; i++)
		corpus->first[i + 1] += corpus->first[i];
	corpus->referrers =
		mem_new(corpus->first[count] * sizeof(*corpus->referrers));
	next = mem_new((count + 1) * sizeof(*next));
	memcpy(next, corpus->first, (count + 1) * sizeof(*next));
	for (size_t i = 0; i < count; i++) {
		const struct record *record = &corpus->records.at[i];

		for (size_t k = 0; k < record->reference_count; k++) {
			const struct record *to =
				corpus_target(corpus, record, k);

			if (to)
				corpus->referrers[next[index_of(
					corpus, to)]++] = (struct referrer){
					record, &record->references[k]};
		}
	}
	mem_free(next);
}

static int by_address(const void *a, const void *b)
{
	const struct record *const *x = a;
	const struct record *const *y = b;
	uintptr_t left = (uintptr_t)(*x)->root;
	uintptr_t right = (uintptr_t)(*y)->root;

	return (left > right) - (left < right);
}

static void index_roots(struct corpus *corpus)
{
	size_t count = corpus->records.count;

	corpus->by_root = mem_new(count * sizeof(*corpus->by_root));
	for (size_t i = 0; i < count; i++) {
		if (corpus->records.at[i].root)
			corpus->by_root[corpus->root_count++] =
				&corpus->records.at[i];
	}
	if (corpus->root_count)
		qsort(corpus->by_root, corpus->root_count,
		      sizeof(*corpus->by_root), by_address);
}

const struct record *corpus_of_root(const struct corpus *corpus,
				    const struct node *root)
{
	size_t from = 0;
	size_t to = corpus->root_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct record *record = corpus->by_root[middle];

		if (record->root == root)
			return record;
		if ((uintptr_t)record->root < (uintptr_t)root)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

void corpus_close(struct corpus *corpus)
{
	if (corpus->records.count)
		qsort(corpus->records.at, corpus->records.count,
		      sizeof(struct record), by_path);
	index_names(corpus);
	index_referrers(corpus);
	index_roots(corpus);
}

size_t corpus_count(const struct corpus *corpus)
{
	return corpus->records.count;
}

const struct record *corpus_at(const struct corpus *corpus, size_t index)
{
	return &corpus->records.at[index];
}

const struct record *const *corpus_of_kind(const struct corpus *corpus,
					   str kind, size_t *count)
{
	const struct kind_group *group = map_find(&corpus->kinds, kind);

	*count = group ? group->records.count : 0;
	return group ? group->records.at : NULL;
}

const struct record *corpus_find(const struct corpus *corpus, str kind, str id)
{
	char key[512];

	/* Kinds and ids are short by schema; what is longer names nothing. */
	if (kind.len == 0 || id.len == 0 || kind.len + id.len + 1 > sizeof(key))
		return NULL;
	return map_find(&corpus->by_key, key_into(key, kind, id));
}

const struct record *corpus_target(const struct corpus *corpus,
				   const struct record *record, size_t index)
{
	return corpus->targets.at[record->first_target + index];
}

const struct referrer *corpus_referrers(const struct corpus *corpus,
					const struct record *record,
					size_t *count)
{
	size_t i = index_of(corpus, record);

	*count = corpus->first[i + 1] - corpus->first[i];
	return corpus->referrers + corpus->first[i];
}
