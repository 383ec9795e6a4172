/* SPDX-License-Identifier: Apache-2.0 */
#include "git/history.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/vec.h"
#include "git/differ.h"
#include "git/refs.h"

/* Neighbours share trees and deltas, and a slice reads those of its first
 * commit anew: slices are long, as long as every thread has several. */
enum { SLICE_LEAST = 32, SLICE_MOST = 4096, SLICES_EACH = 4 };

/* A path that has an event; its number once all are known. */
struct name {
	str path;
	uint32_t number;
};

/* A commit on the way down. */
struct link {
	struct oid oid, tree;
	str bytes;
};

/* What one thread has found. */
struct worker {
	struct odb_reader *reader;
	struct differ *differ;
	struct arena *arena;
	struct map names;
	VEC(struct name *) paths;
	VEC(struct event) events; /* their path is an index into `paths` */
	uint32_t landing;	  /* the one it is at */
	size_t failed;		  /* the landing that failed, or SIZE_MAX */
	struct error err;
};

/* Where the events of a landing are. */
struct slice {
	unsigned worker;
	size_t from, count;
};

struct history {
	struct repo *repo;
	struct arena arena;
	struct arena *arenas; /* of the workers */
	unsigned arenas_count;
	bool cut;
	struct commit_facts *landings;
	size_t count;
	int64_t *reached; /* the latest time up to a landing */
	struct event *events;
	size_t *events_from; /* of a landing, and one more */
	str *paths;
	size_t paths_count;
	uint32_t *path_events;
	size_t *path_from; /* of a path, and one more */
	const struct mailmap *mailmap;
};

struct reading {
	struct history *history;
	const struct history_plan *plan;
	const struct limits *limits;
	struct link *links; /* from the oldest */
	struct slice *slices;
	struct worker *workers;
	unsigned workers_count;
};

/* ---- the line of first parents */

static bool about_commit(struct error *err, const struct oid *oid,
			 const char *what)
{
	char hex[OID_HEX];

	oid_format(hex, oid);
	return error_prefix(err, "%s %.*s", what, OID_HEX, hex);
}

/* Reads one commit and tells which is next; len 0: none. */
static bool walk_step(struct link *link, struct oid *next,
		      struct history *history, struct odb_reader *reader,
		      struct buf *bytes, struct error *err)
{
	struct object object;
	struct error ignored;

	if (!odb_read(&object, reader, &link->oid, OBJECT_COMMIT, bytes, err))
		return false;
	link->bytes = str_keep(&history->arena, object.bytes);
	if (!commit_peek(&link->tree, next, link->bytes, err))
		return about_commit(err, &link->oid,
				    "repository damaged: commit");
	if (next->len && !shallow_check(history->repo, &link->oid, &ignored)) {
		history->cut = true;
		next->len = 0;
	}
	return true;
}

/* From the tip down. Objects that are not checked could name each other in a
 * circle: one that is passed is remembered, at ever longer distances (Brent's
 * algorithm). */
static bool walk_line(struct reading *reading, struct error *err)
{
	struct history *history = reading->history;
	struct oid next = reading->plan->tip;
	struct oid passed = {0};
	VEC(struct link) links = {0};
	struct buf bytes;
	size_t count;
	bool done = true;

	buf_init(&bytes, reading->limits->git_commit_size);
	while (done && next.len) {
		struct link *link = vec_push(&links);

		link->oid = next;
		done = walk_step(link, &next, history,
				 reading->workers[0].reader, &bytes, err);
		if (done && links.count > reading->limits->history_commits)
			done = error_set(err, ERROR_LIMIT,
					 "more than %zu commits (limit "
					 "history_commits)",
					 reading->limits->history_commits);
		if (done && oid_equal(&link->oid, &passed)) {
			error_set(err, ERROR_GIT,
				  "is its own ancestor: objects are damaged");
			done = about_commit(err, &passed,
					    "repository damaged: commit");
		}
		if ((links.count & (links.count - 1)) == 0)
			passed = link->oid;
	}
	buf_done(&bytes);
	count = links.count;
	reading->links = arena_array(&history->arena, struct link, count);
	for (size_t i = 0; i < count; i++)
		reading->links[i] = links.at[count - 1 - i];
	history->count = count;
	vec_done(&links);
	return done;
}

/* ---- one thread's work */

static uint32_t path_number(struct worker *worker, str path)
{
	struct name *name = map_find(&worker->names, path);

	if (!name) {
		name = arena_new(worker->arena, struct name);
		name->path = str_keep(worker->arena, path);
		name->number = (uint32_t)worker->paths.count;
		*vec_push(&worker->paths) = name;
		(void)map_put(&worker->names, name->path, name);
	}
	return name->number;
}

struct taking {
	const struct history_plan *plan;
	struct worker *worker;
	size_t most;
};

static void take(void *context, const struct difference *difference)
{
	struct taking *taking = context;
	const struct history_plan *plan = taking->plan;
	struct worker *worker = taking->worker;

	if (plan->takes && !plan->takes(plan->context, difference->path))
		return;
	/* What is over the limit is an error soon; it is not piled up. */
	if (worker->events.count > taking->most)
		return;
	*vec_push(&worker->events) = (struct event){
		.landing = worker->landing,
		.path = path_number(worker, difference->path),
		.kind = !difference->before.len ? EVENT_ADDED
			: !difference->oid.len	? EVENT_DELETED
						: EVENT_MODIFIED,
		.mode = difference->mode,
		.mode_before = difference->mode_before,
		.oid = difference->oid,
		.before = difference->before,
	};
}

static bool read_landing(struct reading *reading, struct worker *worker,
			 size_t number, struct error *err)
{
	const struct link *link = &reading->links[number];
	const struct oid none = {0};
	struct taking taking = {
		.plan = reading->plan,
		.worker = worker,
		.most = reading->limits->history_events,
	};
	size_t from = worker->events.count;

	if (!commit_facts_of(&reading->history->landings[number], &link->oid,
			     link->bytes, reading->plan->mailmap, worker->arena,
			     err))
		return about_commit(err, &link->oid,
				    "repository damaged: commit");
	worker->landing = (uint32_t)number;
	if (!differ_run(worker->differ,
			number ? &reading->links[number - 1].tree : &none,
			&link->tree, take, &taking, err))
		return about_commit(err, &link->oid, "the history at commit");
	if (worker->events.count > taking.most)
		return error_set(err, ERROR_LIMIT,
				 "more than %zu files changed (limit "
				 "history_events)",
				 taking.most);
	reading->slices[number] = (struct slice){
		.worker = (unsigned)(worker - reading->workers),
		.from = from,
		.count = worker->events.count - from,
	};
	return true;
}

/* A thread goes on below where it failed: the error that is told is the one of
 * the oldest landing, however many threads there are. */
static void read_slice(void *context, unsigned number, size_t from, size_t to)
{
	struct reading *reading = context;
	struct worker *worker = &reading->workers[number];

	for (size_t i = from; i < to && i < worker->failed; i++) {
		struct error err;

		if (!read_landing(reading, worker, i, &err)) {
			worker->failed = i;
			worker->err = err;
		}
	}
	progress_add(reading->plan->progress, to - from);
}

static size_t slice_of(const struct reading *reading)
{
	size_t slice =
		reading->history->count / reading->workers_count / SLICES_EACH;

	return slice < SLICE_LEAST  ? SLICE_LEAST
	       : slice > SLICE_MOST ? SLICE_MOST
				    : slice;
}

static bool read_landings(struct reading *reading, struct error *err)
{
	struct history *history = reading->history;
	const struct worker *failed = NULL;
	struct pool_work work = {
		.run = read_slice,
		.context = reading,
		.count = history->count,
		.chunk = slice_of(reading),
		.jobs = reading->workers_count,
	};

	history->landings = arena_array(&history->arena, struct commit_facts,
					history->count);
	reading->slices =
		arena_array(&history->arena, struct slice, history->count);
	progress_begin(reading->plan->progress, "reading history",
		       history->count);
	pool_run(&work);
	for (unsigned i = 0; i < reading->workers_count; i++) {
		const struct worker *worker = &reading->workers[i];

		if (worker->failed != SIZE_MAX &&
		    (!failed || worker->failed < failed->failed))
			failed = worker;
	}
	if (failed)
		*err = failed->err;
	return !failed;
}

/* ---- putting it together */

static int by_path(const void *a, const void *b)
{
	const struct name *const *x = a;
	const struct name *const *y = b;

	return str_compare((*x)->path, (*y)->path);
}

/* Paths are numbered in the order of their bytes, so that no number depends
 * on which thread met it first. */
static void number_paths(struct reading *reading)
{
	struct history *history = reading->history;
	VEC(struct name *) names = {0};
	size_t count = 0;

	for (unsigned i = 0; i < reading->workers_count; i++) {
		for (size_t k = 0; k < reading->workers[i].paths.count; k++)
			*vec_push(&names) = reading->workers[i].paths.at[k];
	}
	if (names.count)
		qsort(names.at, names.count, sizeof(struct name *), by_path);
	history->paths = arena_array(&history->arena, str, names.count);
	for (size_t i = 0; i < names.count; i++) {
		if (count == 0 ||
		    !str_equal(history->paths[count - 1], names.at[i]->path))
			history->paths[count++] = names.at[i]->path;
		names.at[i]->number = (uint32_t)(count - 1);
	}
	history->paths_count = count;
	vec_done(&names);
}

static bool gather_events(struct reading *reading, struct error *err)
{
	struct history *history = reading->history;
	size_t most = reading->limits->history_events;
	size_t total = 0;

	history->events_from =
		arena_array(&history->arena, size_t, history->count + 1);
	for (size_t i = 0; i < history->count; i++) {
		history->events_from[i] = total;
		total += reading->slices[i].count;
	}
	history->events_from[history->count] = total;
	if (total > most || total > UINT32_MAX)
		return error_set(err, ERROR_LIMIT,
				 "%zu files changed in the history, at most "
				 "%zu are read (limit history_events)",
				 total, most);
	history->events = arena_array(&history->arena, struct event, total);
	for (size_t i = 0; i < history->count; i++) {
		const struct slice *slice = &reading->slices[i];
		const struct worker *worker = &reading->workers[slice->worker];
		struct event *to = history->events + history->events_from[i];

		for (size_t k = 0; k < slice->count; k++) {
			to[k] = worker->events.at[slice->from + k];
			to[k].path = worker->paths.at[to[k].path]->number;
		}
	}
	return true;
}

/* A counting sort: what is older stays before what is newer. */
static void sort_by_path(struct history *history)
{
	size_t total = history->events_from[history->count];
	size_t *from =
		arena_array(&history->arena, size_t, history->paths_count + 2);

	for (size_t i = 0; i < total; i++)
		from[history->events[i].path + 2]++;
	for (size_t i = 2; i < history->paths_count + 2; i++)
		from[i] += from[i - 1];
	history->path_events = arena_array(&history->arena, uint32_t, total);
	for (size_t i = 0; i < total; i++)
		history->path_events[from[history->events[i].path + 1]++] =
			(uint32_t)i;
	history->path_from = from;
}

static void note_times(struct history *history)
{
	int64_t latest = INT64_MIN;

	history->reached =
		arena_array(&history->arena, int64_t, history->count);
	for (size_t i = 0; i < history->count; i++) {
		const struct commit_facts *facts = &history->landings[i];
		int64_t when = facts->committer.dated ? facts->when.seconds
						      : INT64_MAX;

		if (when > latest)
			latest = when;
		history->reached[i] = latest;
	}
}

/* ---- */

static void start(struct reading *reading, struct history *history)
{
	const struct history_plan *plan = reading->plan;
	unsigned count = plan->jobs < POOL_MOST ? plan->jobs : POOL_MOST;

	count = count ? count : 1;
	reading->workers_count = count;
	reading->workers = mem_new(count * sizeof(*reading->workers));
	history->arenas = mem_new(count * sizeof(*history->arenas));
	history->arenas_count = count;
	for (unsigned i = 0; i < count; i++) {
		struct worker *worker = &reading->workers[i];

		arena_init(&history->arenas[i]);
		worker->arena = &history->arenas[i];
		worker->reader = odb_reader_new(repo_odb(history->repo));
		odb_reader_trust(worker->reader, !plan->verify);
		worker->differ =
			differ_new(worker->reader, repo_limits(history->repo));
		worker->failed = SIZE_MAX;
		map_init(&worker->names);
	}
}

static void stop(struct reading *reading)
{
	for (unsigned i = 0; i < reading->workers_count; i++) {
		struct worker *worker = &reading->workers[i];

		vec_done(&worker->events);
		vec_done(&worker->paths);
		map_done(&worker->names);
		differ_free(worker->differ);
		odb_reader_free(worker->reader);
	}
	mem_free(reading->workers);
}

bool history_read(struct history **out, struct repo *repo,
		  const struct history_plan *plan, struct error *err)
{
	struct history *history = mem_new(sizeof(*history));
	struct reading reading = {
		.history = history,
		.plan = plan,
		.limits = repo_limits(repo),
	};
	bool done;

	history->repo = repo;
	history->mailmap = plan->mailmap;
	arena_init(&history->arena);
	start(&reading, history);
	done = walk_line(&reading, err) && read_landings(&reading, err);
	if (done) {
		number_paths(&reading);
		done = gather_events(&reading, err);
	}
	stop(&reading);
	if (!done) {
		history_free(history);
		return false;
	}
	sort_by_path(history);
	note_times(history);
	*out = history;
	return true;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	for (unsigned i = 0; i < history->arenas_count; i++)
		arena_done(&history->arenas[i]);
	mem_free(history->arenas);
	arena_done(&history->arena);
	mem_free(history);
}

bool history_cut(const struct history *history)
{
	return history->cut;
}

size_t history_count(const struct history *history)
{
	return history->count;
}

const struct commit_facts *history_landing(const struct history *history,
					   size_t landing)
{
	return &history->landings[landing];
}

size_t history_find(const struct history *history, const struct oid *commit)
{
	size_t i = 0;

	while (i < history->count &&
	       !oid_equal(&history->landings[i].oid, commit))
		i++;
	return i;
}

const struct event *history_events(size_t *count, const struct history *history,
				   size_t landing)
{
	size_t from = history->events_from[landing];

	*count = history->events_from[landing + 1] - from;
	return history->events + from;
}

size_t history_path_count(const struct history *history)
{
	return history->paths_count;
}

str history_path(const struct history *history, size_t path)
{
	return history->paths[path];
}

const uint32_t *history_path_events(size_t *count,
				    const struct history *history, size_t path)
{
	size_t from = history->path_from[path];

	*count = history->path_from[path + 1] - from;
	return history->path_events + from;
}

const struct event *history_event(const struct history *history, size_t index)
{
	return &history->events[index];
}

size_t history_at(const struct history *history, struct instant when)
{
	size_t from = 0;
	size_t to = history->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (history->reached[middle] <= when.seconds)
			from = middle + 1;
		else
			to = middle;
	}
	return from ? from - 1 : history->count;
}

/* ---- makers */

struct making {
	const struct history *history;
	struct odb_reader *reader;
	struct differ *differ;
	const struct event *event;
	str path;
	struct arena arena; /* of the commits on the way */
};

/* Has a commit what the event left at its path? */
static bool has_same(bool *out, struct making *making, const struct oid *tree,
		     struct error *err)
{
	uint32_t mode;
	struct oid oid;

	if (!differ_find(&mode, &oid, making->differ, tree, making->path, err))
		return error_prefix(err, "the history of " STR_FMT,
				    STR_ARG(making->path));
	*out = mode == making->event->mode &&
	       oid_equal(&oid, &making->event->oid);
	return true;
}

/* The first parent from `first` on that has the same; *found tells. */
static bool find_parent(struct oid *out, bool *found, struct making *making,
			const struct commit *commit, size_t first,
			struct error *err)
{
	*found = false;
	for (size_t i = first; i < commit->parents_count && !*found; i++) {
		struct arena_mark mark = arena_mark(&making->arena);
		struct commit parent;

		if (!commit_read(&parent, making->reader, &commit->parents[i],
				 &making->arena, err) ||
		    !has_same(found, making, &parent.tree, err))
			return false;
		arena_release(&making->arena, mark);
		*out = commit->parents[i];
	}
	return true;
}

/* Goes down from the landing. It lacks in its first parent what the event
 * brought; what a root without the path has not done (it is on no other side
 * of a deletion) the landing did. */
static bool find_maker(struct oid *out, struct making *making,
		       struct error *err)
{
	const struct commit_facts *landing =
		&making->history->landings[making->event->landing];
	struct oid at = landing->oid;
	struct oid passed = {0};
	size_t first = 1;

	for (size_t steps = 1;; steps++) {
		struct commit commit;
		struct oid parent = {0};
		bool found;

		arena_reset(&making->arena);
		if (!commit_read(&commit, making->reader, &at, &making->arena,
				 err) ||
		    (commit.parents_count &&
		     !shallow_check(making->history->repo, &at, err)) ||
		    !find_parent(&parent, &found, making, &commit, first, err))
			return false;
		if (!found) {
			bool none = commit.parents_count == 0 &&
				    making->event->oid.len == 0;

			*out = none ? landing->oid : at;
			return true;
		}
		if (oid_equal(&parent, &passed)) {
			error_set(err, ERROR_GIT,
				  "is its own ancestor: objects are damaged");
			return about_commit(err, &parent,
					    "repository damaged: commit");
		}
		if ((steps & (steps - 1)) == 0)
			passed = parent;
		at = parent;
		first = 0;
	}
}

bool history_maker(const struct commit_facts **out,
		   const struct history *history, struct odb_reader *reader,
		   const struct event *event, struct arena *arena,
		   struct error *err)
{
	const struct commit_facts *landing = &history->landings[event->landing];
	struct making making = {
		.history = history,
		.reader = reader,
		.event = event,
		.path = history->paths[event->path],
	};
	struct commit_facts *facts;
	struct oid maker;
	bool done;

	if (landing->parent_count &&
	    !shallow_check(history->repo, &landing->oid, err))
		return false;
	if (landing->parent_count < 2) {
		*out = landing;
		return true;
	}
	arena_init(&making.arena);
	making.differ = differ_new(reader, repo_limits(history->repo));
	done = find_maker(&maker, &making, err);
	differ_free(making.differ);
	arena_done(&making.arena);
	if (!done)
		return false;
	if (oid_equal(&maker, &landing->oid)) {
		*out = landing;
		return true;
	}
	facts = arena_new(arena, struct commit_facts);
	if (!commit_facts_read(facts, reader, &maker, history->mailmap, arena,
			       err))
		return false;
	*out = facts;
	return true;
}
