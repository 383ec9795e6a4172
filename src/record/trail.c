/* SPDX-License-Identifier: Apache-2.0 */
#include "record/trail.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/turns.h"

struct trails {
	const struct history *history;
	const struct limits *limits;
	struct arena arena;
	struct turns_worker *workers; /* whose arenas hold names and values */
	unsigned worker_count;
	struct trail *trails; /* by kind and id */
	size_t count;
	struct change *changes;
	const struct event **events; /* of each change, or NULL */
	size_t change_count;
	const struct change **landed; /* by landing, kind and id */
	size_t *landings; /* where each landing's begin, and an end */
	struct trail_gap *gaps;
	size_t gap_count;
};

/* ---- from the turns of files to the changes of records */

/* Where a record lies. */
struct place {
	uint32_t path;
	struct oid blob;
};

struct joining {
	struct trails *trails;
	struct odb_reader *reader;
	struct turn *turns; /* by kind, id, landing and path */
	size_t count;
	VEC(struct place) places; /* where the record lies now */
	VEC(struct change) changes;
	VEC(const struct event *) events;
	VEC(struct trail) list; /* `changes` is set when all are there */
	VEC(struct trail_gap) gaps;
};

static str path_name(const struct joining *joining, uint32_t path)
{
	return history_path(joining->trails->history, path);
}

static int by_record(const void *a, const void *b)
{
	const struct turn *x = a;
	const struct turn *y = b;
	int order = name_compare(x->kind, x->id, y->kind, y->id);

	if (order)
		return order;
	if (x->landing != y->landing)
		return x->landing < y->landing ? -1 : 1;
	return (x->path > y->path) - (x->path < y->path);
}

static bool same_record(const struct turn *a, const struct turn *b)
{
	return name_compare(a->kind, a->id, b->kind, b->id) == 0;
}

static struct place *place_find(const struct joining *joining, uint32_t path)
{
	for (size_t i = 0; i < joining->places.count; i++) {
		if (joining->places.at[i].path == path)
			return &joining->places.at[i];
	}
	return NULL;
}

static void take_turn(struct joining *joining, const struct turn *turn)
{
	struct place *place = place_find(joining, turn->path);

	if (!turn->after) {
		*place = joining->places.at[--joining->places.count];
		return;
	}
	if (!place)
		place = vec_push(&joining->places);
	*place = (struct place){turn->path, turn->to};
}

static const struct place *first_by_name(const struct joining *joining)
{
	const struct place *first = NULL;

	for (size_t i = 0; i < joining->places.count; i++) {
		const struct place *place = &joining->places.at[i];

		if (!first || str_compare(path_name(joining, place->path),
					  path_name(joining, first->path)) < 0)
			first = place;
	}
	return first;
}

/* Of several places the record's own is the one where it was; else the first
 * by name. */
static const struct place *principal(const struct joining *joining,
				     const struct place *before)
{
	const struct place *own =
		before ? place_find(joining, before->path) : NULL;

	return own ? own : first_by_name(joining);
}

static void tell_twice(struct joining *joining, const struct turn *turns,
		       size_t count, const struct place *own)
{
	struct arena *arena = &joining->trails->arena;

	for (size_t i = 0; i < count; i++) {
		const struct turn *turn = &turns[i];

		if (!turn->after || turn->path == own->path)
			continue;
		*vec_push(&joining->gaps) = (struct trail_gap){
			.path = path_name(joining, turn->path),
			.landing = turn->landing,
			.reason = str_format(
				arena,
				"holds another " STR_FMT "/" STR_FMT
				", that of " STR_FMT " is taken",
				STR_ARG(turn->kind), STR_ARG(turn->id),
				STR_ARG(path_name(joining, own->path))),
		};
	}
}

static const struct turn *turn_of(const struct turn *turns, size_t count,
				  uint32_t path)
{
	for (size_t i = 0; i < count; i++) {
		if (turns[i].path == path)
			return &turns[i];
	}
	return NULL;
}

static void add_change(struct joining *joining, const struct change *change,
		       const struct turn *turn)
{
	*vec_push(&joining->changes) = *change;
	*vec_push(&joining->events) =
		turn ? history_event(joining->trails->history, turn->event)
		     : NULL;
	joining->list.at[joining->list.count - 1].count++;
}

static bool read_document(struct document *out, struct odb_reader *reader,
			  const struct oid *blob, str path,
			  const struct limits *limits, struct arena *arena,
			  struct error *err)
{
	struct object object;
	struct buf bytes;
	bool ok;

	buf_init(&bytes, limits->yaml_size);
	ok = odb_read(&object, reader, blob, OBJECT_BLOB, &bytes, err) &&
	     document_parse(out, arena, str_keep(arena, object.bytes),
			    format_of_path(path), limits, err);
	buf_done(&bytes);
	return ok || error_prefix(err, STR_FMT, STR_ARG(path));
}

static bool read_tree(const struct node **out, struct odb_reader *reader,
		      const struct oid *blob, str path,
		      const struct trail *trail, const struct limits *limits,
		      struct arena *arena, struct error *err)
{
	struct document document;
	const struct held *twice;
	const struct held *records;
	size_t count;

	if (!read_document(&document, reader, blob, path, limits, arena, err))
		return false;
	records = held_find(&count, &twice, &document, arena);
	for (size_t i = 0; i < count; i++) {
		if (name_compare(records[i].kind, records[i].id, trail->kind,
				 trail->id) == 0) {
			*out = records[i].root;
			return true;
		}
	}
	return error_set(
		err, ERROR_GIT, STR_FMT ": there is no " STR_FMT "/" STR_FMT,
		STR_ARG(path), STR_ARG(trail->kind), STR_ARG(trail->id));
}

bool change_trees(const struct node **before, const struct node **after,
		  const struct trails *trails, struct odb_reader *reader,
		  const struct change *change, struct arena *arena,
		  struct error *err)
{
	const struct node *old = NULL;
	const struct node *new = NULL;

	if (change->blob_before.len &&
	    !read_tree(&old, reader, &change->blob_before,
		       change->path_before.ptr ? change->path_before
					       : change->path,
		       change->trail, trails->limits, arena, err))
		return false;
	if (change->blob.len &&
	    !read_tree(&new, reader, &change->blob, change->path, change->trail,
		       trails->limits, arena, err))
		return false;
	*before = old;
	*after = new;
	return true;
}

/* From one file to another: the same value, or fields that differ. */
static bool compare_moved(struct joining *joining, struct change *change,
			  struct error *err)
{
	struct trails *trails = joining->trails;
	const struct node *before;
	const struct node *after;
	struct arena scratch;
	bool ok;

	change->kind = CHANGE_MOVED;
	change->material = false;
	if (oid_equal(&change->blob, &change->blob_before) &&
	    format_of_path(change->path) == format_of_path(change->path_before))
		return true;
	arena_init(&scratch);
	ok = change_trees(&before, &after, trails, joining->reader, change,
			  &scratch, err);
	if (ok)
		change->fields = turns_compare(&change->field_count, before,
					       after, &trails->arena);
	arena_done(&scratch);
	if (!ok)
		return false;
	if (change->field_count)
		change->kind = CHANGE_CHANGED;
	change->material = fields_material(change->fields, change->field_count);
	change->reviewed = fields_reviewed(change->fields, change->field_count);
	return true;
}

/* What one landing did to a record, given where it was and where it is. */
static bool join_landing(struct joining *joining, const struct turn *turns,
			 size_t count, const struct place *before,
			 const struct place *after, struct error *err)
{
	const struct trail *trail = &joining->list.at[joining->list.count - 1];
	const struct turn *turn =
		turn_of(turns, count, after ? after->path : before->path);
	struct change change = {
		.trail = trail,
		.number = turns->landing,
		.material = true,
	};

	if (after) {
		change.path = path_name(joining, after->path);
		change.blob = after->blob;
	}
	if (before) {
		change.path_before = path_name(joining, before->path);
		change.blob_before = before->blob;
	}
	if (!before || !after) {
		change.kind = after ? CHANGE_ADDED : CHANGE_REMOVED;
		change.reviewed = turn && turn->reviewed;
	} else if (before->path != after->path) {
		if (!compare_moved(joining, &change, err))
			return false;
	} else if (turn) {
		change.kind = CHANGE_CHANGED;
		change.fields = turn->fields;
		change.field_count = turn->field_count;
		change.material = turn->material;
		change.reviewed = turn->reviewed;
	} else {
		return true; /* only its double came or went */
	}
	add_change(joining, &change, turn);
	return true;
}

/* All turns of one record. */
static bool join_record(struct joining *joining, const struct turn *turns,
			size_t count, struct error *err)
{
	struct place own = {0};
	bool there = false;
	size_t next;

	joining->places.count = 0;
	*vec_push(&joining->list) =
		(struct trail){.kind = turns->kind, .id = turns->id};
	for (size_t i = 0; i < count; i = next) {
		const struct place *after;
		struct place before = own;

		for (next = i;
		     next < count && turns[next].landing == turns[i].landing;
		     next++)
			take_turn(joining, &turns[next]);
		after = principal(joining, there ? &before : NULL);
		if (joining->places.count > 1)
			tell_twice(joining, turns + i, next - i, after);
		if ((there || after) &&
		    !join_landing(joining, turns + i, next - i,
				  there ? &before : NULL, after, err))
			return false;
		there = after != NULL;
		own = after ? *after : own;
	}
	return true;
}

static bool join_all(struct joining *joining, struct error *err)
{
	size_t next;

	for (size_t i = 0; i < joining->count; i = next) {
		for (next = i + 1;
		     next < joining->count &&
		     same_record(&joining->turns[i], &joining->turns[next]);
		     next++) {
		}
		if (!join_record(joining, joining->turns + i, next - i, err))
			return false;
	}
	return true;
}

static void gather(struct joining *joining)
{
	const struct trails *trails = joining->trails;

	for (unsigned i = 0; i < trails->worker_count; i++)
		joining->count += trails->workers[i].turns.count;
	joining->turns =
		mem_grow(NULL, (joining->count + 1) * sizeof(struct turn));
	joining->count = 0;
	for (unsigned i = 0; i < trails->worker_count; i++) {
		struct turns_worker *worker = &trails->workers[i];

		for (size_t k = 0; k < worker->turns.count; k++)
			joining->turns[joining->count++] = worker->turns.at[k];
		vec_done(&worker->turns);
		for (size_t k = 0; k < worker->gaps.count; k++)
			*vec_push(&joining->gaps) = worker->gaps.at[k];
		vec_done(&worker->gaps);
	}
	qsort(joining->turns, joining->count, sizeof(struct turn), by_record);
}

/* ---- the result */

static int by_landing(const void *a, const void *b)
{
	const struct trail_gap *x = a;
	const struct trail_gap *y = b;
	int order;

	if (x->landing != y->landing)
		return x->landing < y->landing ? -1 : 1;
	order = str_compare(x->path, y->path);
	return order ? order : str_compare(x->reason, y->reason);
}

/* Newest first within each trail, and each knows its trail. */
static void settle(struct trails *trails, const struct joining *joining)
{
	struct arena *arena = &trails->arena;
	size_t from = 0;

	trails->count = joining->list.count;
	trails->trails = vec_keep(&joining->list, arena);
	trails->change_count = joining->changes.count;
	trails->changes =
		arena_array(arena, struct change, trails->change_count);
	trails->events =
		arena_array(arena, const struct event *, trails->change_count);
	for (size_t i = 0; i < trails->count; i++) {
		struct trail *trail = &trails->trails[i];

		trail->changes = trails->changes + from;
		for (size_t k = 0; k < trail->count; k++) {
			size_t to = from + trail->count - 1 - k;
			struct change *change = &trails->changes[to];

			*change = joining->changes.at[from + k];
			change->trail = trail;
			change->landing = history_landing(trails->history,
							  change->number);
			trails->events[to] = joining->events.at[from + k];
		}
		from += trail->count;
	}
	trails->gap_count = joining->gaps.count;
	trails->gaps = vec_keep(&joining->gaps, arena);
	if (trails->gap_count)
		qsort(trails->gaps, trails->gap_count, sizeof(*trails->gaps),
		      by_landing);
}

/* Trails stand by kind and id, so each landing's changes do as well. */
static void index_landings(struct trails *trails)
{
	size_t count = history_count(trails->history);
	size_t *next;

	trails->landings = arena_array(&trails->arena, size_t, count + 1);
	next = arena_array(&trails->arena, size_t, count + 1);
	trails->landed = arena_array(&trails->arena, const struct change *,
				     trails->change_count);
	for (size_t i = 0; i < trails->change_count; i++)
		trails->landings[trails->changes[i].number + 1]++;
	for (size_t i = 1; i <= count; i++)
		trails->landings[i] += trails->landings[i - 1];
	memcpy(next, trails->landings, (count + 1) * sizeof(*next));
	for (size_t i = 0; i < trails->change_count; i++)
		trails->landed[next[trails->changes[i].number]++] =
			&trails->changes[i];
}

static void find_makers(void *context, unsigned number, size_t from, size_t to)
{
	struct trails *trails = context;
	struct turns_worker *worker = &trails->workers[number];

	for (size_t i = from; i < to && worker->failed == SIZE_MAX; i++) {
		struct change *change = &trails->changes[i];

		change->maker = change->landing;
		if (change->landing->parent_count > 1 && trails->events[i] &&
		    !history_maker(&change->maker, trails->history,
				   worker->reader, trails->events[i],
				   &worker->kept, &worker->err))
			worker->failed = i;
	}
}

/* The first failure by number, so that it does not depend on the threads. */
static bool check_workers(const struct trails *trails, struct error *err)
{
	const struct turns_worker *first = NULL;

	for (unsigned i = 0; i < trails->worker_count; i++) {
		const struct turns_worker *worker = &trails->workers[i];

		if (worker->failed != SIZE_MAX &&
		    (!first || worker->failed < first->failed))
			first = worker;
	}
	if (first)
		*err = first->err;
	return !first;
}

static bool join(struct trails *trails, struct odb_reader *reader,
		 struct error *err)
{
	struct joining joining = {.trails = trails, .reader = reader};
	bool ok;

	gather(&joining);
	ok = join_all(&joining, err);
	if (ok)
		settle(trails, &joining);
	mem_free(joining.turns);
	vec_done(&joining.places);
	vec_done(&joining.changes);
	vec_done(&joining.events);
	vec_done(&joining.list);
	vec_done(&joining.gaps);
	return ok;
}

static bool read_all(struct trails *trails, const struct trails_plan *plan,
		     struct error *err)
{
	enum { CHUNK = 64 };

	turns_walk(trails->workers, trails->worker_count, plan);
	if (!check_workers(trails, err) ||
	    !join(trails, trails->workers[0].reader, err))
		return false;
	index_landings(trails);
	pool_run(&(struct pool_work){
		.run = find_makers,
		.context = trails,
		.count = trails->change_count,
		.chunk = CHUNK,
		.jobs = trails->worker_count,
	});
	return check_workers(trails, err);
}

bool trails_read(struct trails **out, const struct trails_plan *plan,
		 struct error *err)
{
	struct trails *trails = mem_new(sizeof(*trails));
	unsigned jobs = plan->jobs < POOL_MOST ? plan->jobs : POOL_MOST;

	arena_init(&trails->arena);
	trails->history = plan->history;
	trails->limits = plan->limits;
	trails->worker_count = jobs ? jobs : 1;
	trails->workers = arena_array(&trails->arena, struct turns_worker,
				      trails->worker_count);
	for (unsigned i = 0; i < trails->worker_count; i++)
		turns_worker_init(&trails->workers[i], plan);
	if (!read_all(trails, plan, err)) {
		trails_free(trails);
		return false;
	}
	*out = trails;
	return true;
}

const char *change_kind_name(enum change_kind kind)
{
	static const char *const names[] = {
		[CHANGE_ADDED] = "added",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_MOVED] = "moved",
		[CHANGE_REMOVED] = "removed",
	};

	return names[kind];
}

void trails_free(struct trails *trails)
{
	if (!trails)
		return;
	for (unsigned i = 0; i < trails->worker_count; i++)
		turns_worker_done(&trails->workers[i]);
	arena_done(&trails->arena);
	mem_free(trails);
}

const struct trail *trails_find(const struct trails *trails, str kind, str id)
{
	size_t low = 0;
	size_t high = trails->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct trail *trail = &trails->trails[middle];
		int order = name_compare(trail->kind, trail->id, kind, id);

		if (order == 0)
			return trail;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

size_t trails_count(const struct trails *trails)
{
	return trails->count;
}

const struct trail *trails_at(const struct trails *trails, size_t index)
{
	return &trails->trails[index];
}

const struct change *const *trails_landing(size_t *count,
					   const struct trails *trails,
					   size_t landing)
{
	size_t from = trails->landings[landing];

	*count = trails->landings[landing + 1] - from;
	return trails->landed + from;
}

const struct trail_gap *trails_gaps(size_t *count, const struct trails *trails)
{
	*count = trails->gap_count;
	return trails->gaps;
}

const struct history *trails_history(const struct trails *trails)
{
	return trails->history;
}
