/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/told.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "record/compare.h"

struct trees {
	const struct node *before, *after;
};

/* A change in the making, and where its landing will point to it. */
struct told_change {
	struct change head;
	struct trees trees;
	const struct change **slot;
};

/* A record while the commits are read, its changes from the oldest. The trail
 * comes first, so that its trees are found again. */
struct telling {
	struct trail trail;
	const struct trees *trees; /* of the trail's changes, in their order */
	VEC(struct told_change *) changes;
	const struct node *now; /* NULL: it is gone */
};

struct landing {
	const struct change **changes;
	size_t count;
};

struct told_past {
	struct arena arena;
	struct map records; /* "kind/id" -> struct telling */
	VEC(struct telling *) all;
	struct landing *landings;
	size_t count;
};

static struct telling *telling_of(struct told_past *past, str kind, str id)
{
	str name = str_format(&past->arena, STR_FMT "/" STR_FMT, STR_ARG(kind),
			      STR_ARG(id));
	struct telling *telling = map_find(&past->records, name);

	if (telling)
		return telling;
	telling = arena_new(&past->arena, struct telling);
	telling->trail.kind = kind;
	telling->trail.id = id;
	(void)map_put(&past->records, name, telling);
	*vec_push(&past->all) = telling;
	return telling;
}

static bool is_material(str pointer)
{
	static const char *const light[] = {"/reviewed_on", "/notes", "/tags"};

	for (size_t i = 0; i < sizeof(light) / sizeof(light[0]); i++) {
		str name = str_of(light[i]);

		if (str_equal(pointer, name) ||
		    (str_starts(pointer, name) && pointer.ptr[name.len] == '/'))
			return false;
	}
	return true;
}

static void weigh(struct change *change, const struct node *after)
{
	change->material =
		change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED;
	change->reviewed = change->kind == CHANGE_ADDED &&
			   node_find(after, STR("reviewed_on"));
	for (size_t i = 0; i < change->field_count; i++) {
		const struct field_change *field = &change->fields[i];

		change->material =
			change->material || is_material(field->pointer);
		change->reviewed = change->reviewed ||
				   (field->after &&
				    str_is(field->pointer, "/reviewed_on"));
	}
}

static struct told_change *make_change(struct told_past *past,
				       const struct told_commit *commit,
				       size_t number, struct telling *telling,
				       const struct node *after)
{
	struct told_change *change =
		arena_new(&past->arena, struct told_change);
	str path = STR("world.yaml");

	change->trees = (struct trees){telling->now, after};
	change->head = (struct change){
		.kind = !telling->now ? CHANGE_ADDED
			: after	      ? CHANGE_CHANGED
				      : CHANGE_REMOVED,
		.trail = &telling->trail,
		.landing = &commit->facts,
		.maker = &commit->facts,
		.number = number,
		.path = after ? path : (str){0},
		.path_before = telling->now ? path : (str){0},
	};
	if (telling->now && after)
		change->head.fields =
			compare_values(&change->head.field_count, telling->now,
				       after, &past->arena);
	weigh(&change->head, after);
	return change;
}

/* Nothing changed: no change. */
static bool is_nothing(const struct told_change *change)
{
	return change->head.kind == CHANGE_CHANGED &&
	       change->head.field_count == 0;
}

static void tell_one(struct told_past *past, const struct told_commit *commit,
		     size_t number, str kind, str id, const struct node *after)
{
	struct landing *landing = &past->landings[number];
	struct telling *telling = telling_of(past, kind, id);
	struct told_change *change;

	if (!telling->now && !after)
		return;
	change = make_change(past, commit, number, telling, after);
	telling->now = after;
	if (is_nothing(change))
		return;
	change->slot = &landing->changes[landing->count++];
	*vec_push(&telling->changes) = change;
}

static void tell_commit(struct told_past *past,
			const struct told_commit *commit, size_t number)
{
	past->landings[number].changes =
		arena_array(&past->arena, const struct change *,
			    commit->set_count + commit->remove_count);
	for (size_t i = 0; i < commit->set_count; i++)
		tell_one(past, commit, number,
			 node_text(commit->sets[i], STR("kind")),
			 node_text(commit->sets[i], STR("id")),
			 commit->sets[i]);
	for (size_t i = 0; i < commit->remove_count; i++) {
		str id = commit->removes[i];
		str kind = str_cut(&id, '/');

		tell_one(past, commit, number, kind, id, NULL);
	}
}

/* A trail holds its changes side by side, the newest first; the landings point
 * into it. */
static void close_trail(struct told_past *past, struct telling *telling)
{
	size_t count = telling->changes.count;
	struct change *heads = arena_array(&past->arena, struct change, count);
	struct trees *trees = arena_array(&past->arena, struct trees, count);

	for (size_t i = 0; i < count; i++) {
		const struct told_change *change =
			telling->changes.at[count - 1 - i];

		heads[i] = change->head;
		trees[i] = change->trees;
		*change->slot = &heads[i];
	}
	telling->trail.changes = heads;
	telling->trail.count = count;
	telling->trees = trees;
	vec_done(&telling->changes);
}

static int by_name(const void *a, const void *b)
{
	const struct change *const *x = a;
	const struct change *const *y = b;
	int order = str_compare((*x)->trail->kind, (*y)->trail->kind);

	return order ? order : str_compare((*x)->trail->id, (*y)->trail->id);
}

struct told_past *told_past_new(const struct told *told)
{
	struct told_past *past = mem_new(sizeof(*past));

	arena_init(&past->arena);
	map_init(&past->records);
	past->count = told ? told->count : 0;
	past->landings = arena_array(&past->arena, struct landing, past->count);
	for (size_t i = 0; i < past->count; i++)
		tell_commit(past, &told->commits[i], i);
	for (size_t i = 0; i < past->all.count; i++)
		close_trail(past, past->all.at[i]);
	for (size_t i = 0; i < past->count; i++) {
		struct landing *landing = &past->landings[i];

		if (landing->count)
			qsort(landing->changes, landing->count,
			      sizeof(*landing->changes), by_name);
	}
	vec_done(&past->all);
	return past;
}

void told_past_free(struct told_past *past)
{
	if (!past)
		return;
	map_done(&past->records);
	arena_done(&past->arena);
	mem_free(past);
}

size_t told_landings(const struct told_past *past)
{
	return past->count;
}

const struct change *const *told_changes(size_t *count,
					 const struct told_past *past,
					 size_t landing)
{
	*count = past->landings[landing].count;
	return past->landings[landing].changes;
}

const struct trail *told_trail(const struct told_past *past, str kind, str id)
{
	struct telling *telling;
	struct buf name;

	buf_init(&name, SIZE_MAX);
	buf_format(&name, STR_FMT "/" STR_FMT, STR_ARG(kind), STR_ARG(id));
	telling = map_find(&past->records, buf_str(&name));
	buf_done(&name);
	return telling && telling->trail.count ? &telling->trail : NULL;
}

void told_trees(const struct node **before, const struct node **after,
		const struct change *change)
{
	const void *first = change->trail;
	/* The trail is the first member of the telling we made. */
	const struct telling *telling = first;
	const struct trees *trees =
		&telling->trees[change - change->trail->changes];

	*before = trees->before;
	*after = trees->after;
}
