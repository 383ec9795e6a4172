/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/replay.h"

#include <stdlib.h>

#include "base/mem.h"
#include "lint/replay_parts.h"

/* ---- the state after a landing */

static int by_name(const void *a, const void *b, void *context)
{
	const struct history *history = context;

	return str_compare(history_path(history, *(const uint32_t *)a),
			   history_path(history, *(const uint32_t *)b));
}

static void order_paths(struct replay *replay)
{
	const struct history *history = replay->plan->history;
	size_t count = history_path_count(history);

	replay->order = arena_array(&replay->arena, uint32_t, count);
	replay->current = arena_array(&replay->arena, uint32_t, count);
	replay->pairs_of = mem_new(count * sizeof(*replay->pairs_of));
	for (uint32_t i = 0; i < count; i++) {
		replay->order[i] = i;
		replay->current[i] = NONE;
	}
	if (count)
		qsort_r(replay->order, count, sizeof(uint32_t), by_name,
			(void *)(uintptr_t)history);
}

/* Records and files as they are now, and hosts that know them. */
static void make_state(struct replay *replay)
{
	size_t paths = history_path_count(replay->plan->history);
	struct corpus *corpus = corpus_new();

	replay->tree.count = 0;
	for (size_t i = 0; i < paths; i++) {
		uint32_t index = replay->current[replay->order[i]];
		const struct version *version;

		if (index == NONE)
			continue;
		version = &replay->versions.at[index];
		*vec_push(&replay->tree) = replay->entries.at[index];
		for (uint32_t k = 0; k < version->record_count; k++)
			corpus_add(corpus, &version->records[k]);
	}
	corpus_close(corpus);
	corpus_free(replay->run.corpus);
	replay->run.corpus = corpus;
	replay->records_now = corpus_count(corpus);
	snapshot_free(replay->files);
	replay->files = snapshot_of_versions(
		replay->plan->repo, replay->tree.at, replay->tree.count);
	for (unsigned i = 0; i < replay->run.worker_count; i++) {
		struct worker *worker = &replay->run.workers[i];

		host_done(&worker->host);
		arena_reset(&replay->rounds[i]);
		host_init(&worker->host, replay->run.policy,
			  &replay->rounds[i]);
		worker->host.reader = worker->reader;
		host_set_corpus(&worker->host, corpus);
	}
}

/* ---- one landing */

static void dirty_record(struct replay *replay, const struct record *record)
{
	pairs_dirty(replay, read_key(READ_KIND, record->kind, STR("")));
	pairs_dirty(replay, read_key(READ_RECORD, record->kind, record->id));
	for (size_t i = 0; i < record->reference_count; i++)
		pairs_dirty(replay,
			    read_key(READ_REFERRERS, record->references[i].kind,
				     record->references[i].id));
}

/* Has the other version this record, written the same? */
static bool has_same(const struct version *version, const struct record *record)
{
	for (uint32_t i = 0; version && i < version->record_count; i++) {
		const struct record *other = &version->records[i];

		if (other->digest == record->digest &&
		    str_equal(other->kind, record->kind) &&
		    str_equal(other->id, record->id))
			return true;
	}
	return false;
}

static bool dirty_version(struct replay *replay, uint32_t index, uint32_t other)
{
	const struct version *versions = replay->versions.at;
	bool any = false;

	for (uint32_t i = 0; index != NONE && i < versions[index].record_count;
	     i++) {
		const struct record *record = &versions[index].records[i];

		if (has_same(other == NONE ? NULL : &versions[other], record))
			continue;
		dirty_record(replay, record);
		any = true;
	}
	return any;
}

/* Queues who reads what will change; the state is still the one before. */
static void find_dirty(struct replay *replay, const struct event *events,
		       size_t count, size_t first)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		uint32_t before = replay->current[events[i].path];
		uint32_t after = replay->version_of_event[first + i];

		if (dirty_version(replay, before, after))
			any = true;
		if (dirty_version(replay, after, before))
			any = true;
	}
	pairs_dirty(replay, read_key(READ_FILES, STR(""), STR("")));
	if (any)
		pairs_dirty(replay, read_key(READ_ALL, STR(""), STR("")));
}

static void change_state(struct replay *replay, const struct event *events,
			 size_t count, size_t first)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t path = events[i].path;

		if (replay->current[path] != NONE)
			pairs_leave(replay, path);
		replay->current[path] = NONE;
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t path = events[i].path;
		uint32_t version = replay->version_of_event[first + i];

		if (version == NONE)
			continue;
		replay->current[path] = version;
		pairs_enter(replay, path, version);
	}
	make_state(replay);
}

/* Is it time to look at all that depends on the clock? The judgements that
 * are allowed are spread over the whole history. */
static bool is_time(struct replay *replay, struct instant until)
{
	size_t most = replay->plan->clock_most;
	size_t pairs = replay->clock_pairs.count;
	size_t landings = history_count(replay->plan->history);
	int64_t span = replay->plan->now.seconds - replay->clocks.at[0].seconds;
	int64_t step;

	if (!most || !pairs || landings <= most / pairs || span <= 0)
		return true;
	step = (int64_t)((double)span * (double)pairs / (double)most);
	if (step > replay->coarse)
		replay->coarse = step;
	return until.seconds - replay->looked.seconds >= step;
}

static void pass_time(struct replay *replay, struct instant until, bool all)
{
	pairs_look(replay, until, all);
	if (all)
		replay->looked = until;
}

static struct instant later_of(struct instant a, struct instant b)
{
	return instant_compare(a, b) > 0 ? a : b;
}

static void step(struct replay *replay, size_t landing)
{
	const struct history *history = replay->plan->history;
	const struct commit_facts *facts = history_landing(history, landing);
	size_t count;
	const struct event *events = history_events(&count, history, landing);
	size_t first = count ? (size_t)(events - history_event(history, 0)) : 0;
	struct instant when =
		landing ? later_of(replay->clock, facts->when) : facts->when;

	replay->step = landing;
	*vec_push(&replay->clocks) = when;
	if (landing == 0) {
		replay->looked = when;
		replay->clock = when;
		pairs_of_repository(replay);
	}
	if (count)
		find_dirty(replay, events, count, first);
	if (landing)
		pass_time(replay, when, is_time(replay, when));
	replay->clock = when;
	if (count || landing == 0)
		change_state(replay, events, count, first);
	pairs_judge(replay);
	life_settle(replay, (struct moment){
				    .step = landing,
				    .landing = landing,
				    .when = when,
			    });
	*vec_push(&replay->records) = replay->records_now;
	if (replay->plan->progress)
		replay->plan->progress(replay->plan->context, landing + 1,
				       history_count(history));
}

/* From the last landing to the present. */
static void finish(struct replay *replay)
{
	size_t landings = history_count(replay->plan->history);
	struct instant end = later_of(replay->clock, replay->plan->now);

	replay->step = landings;
	*vec_push(&replay->clocks) = end;
	*vec_push(&replay->records) = replay->records_now;
	pass_time(replay, end, true);
	replay->clock = end;
	pairs_judge(replay);
	life_settle(replay, (struct moment){
				    .step = landings,
				    .landing = landings - 1,
				    .when = end,
			    });
}

/* ---- the whole */

static size_t count_events(const struct history *history)
{
	size_t sum = 0;

	for (size_t i = 0; i < history_count(history); i++) {
		size_t count;

		(void)history_events(&count, history, i);
		sum += count;
	}
	return sum;
}

static void begin(struct replay *replay, const struct replay_plan *plan)
{
	replay->kept_plan = *plan;
	replay->plan = &replay->kept_plan;
	arena_init(&replay->arena);
	arena_init(&replay->run.arena);
	map_init(&replay->paths);
	map_init(&replay->points);
	map_init(&replay->by_fingerprint);
	replay->lint = (struct lint){
		.policy = plan->policy,
		.now = plan->now,
		.jobs = plan->jobs,
		.keep_all = true,
	};
	replay->run.lint = &replay->lint;
	replay->run.policy = plan->policy;
	replay->run.limits = &policy_config(plan->policy)->limits;
	replay->run.keep_all = true;
	replay->version_of_event =
		mem_new(sizeof(uint32_t) * (count_events(plan->history) + 1));
}

bool replay_run(struct replay **out, const struct replay_plan *plan,
		struct error *err)
{
	struct replay *replay = mem_new(sizeof(*replay));
	size_t landings = history_count(plan->history);

	begin(replay, plan);
	order_paths(replay);
	if (!replay_load(replay, err)) {
		replay_free(replay);
		return false;
	}
	replay->rounds =
		mem_new(replay->run.worker_count * sizeof(*replay->rounds));
	replay->marks =
		mem_new(replay->run.worker_count * sizeof(*replay->marks));
	for (unsigned i = 0; i < replay->run.worker_count; i++)
		arena_init(&replay->rounds[i]);
	for (size_t i = 0; i < landings; i++)
		step(replay, i);
	if (landings)
		finish(replay);
	*out = replay;
	return true;
}

static void free_pairs(struct replay *replay)
{
	size_t paths = history_path_count(replay->plan->history);

	for (size_t i = 0; i < replay->pairs.count; i++) {
		vec_done(&replay->pairs.at[i].lives);
		vec_done(&replay->pairs.at[i].reads.keys);
	}
	for (size_t i = 0; i < replay->reader_slots; i++)
		vec_done(&replay->readers[i].pairs);
	for (size_t i = 0; i < replay->lives.count; i++)
		vec_done(&replay->lives.at[i].intervals);
	for (size_t i = 0; i < paths; i++)
		vec_done(&replay->pairs_of[i]);
	mem_free(replay->pairs_of);
	mem_free(replay->readers);
	vec_done(&replay->pairs);
	vec_done(&replay->clock_pairs);
	vec_done(&replay->settled_pairs);
	vec_done(&replay->queue);
	vec_done(&replay->results);
	vec_done(&replay->lives);
	vec_done(&replay->touched);
}

void replay_free(struct replay *replay)
{
	if (!replay)
		return;
	free_pairs(replay);
	for (unsigned i = 0; i < replay->run.worker_count; i++) {
		worker_done(&replay->run.workers[i]);
		if (replay->rounds)
			arena_done(&replay->rounds[i]);
	}
	mem_free(replay->run.workers);
	mem_free(replay->rounds);
	mem_free(replay->marks);
	mem_free(replay->version_of_event);
	corpus_free(replay->run.corpus);
	snapshot_free(replay->files);
	snapshot_free(replay->versions_of);
	vec_done(&replay->versions);
	vec_done(&replay->entries);
	vec_done(&replay->tree);
	vec_done(&replay->clocks);
	vec_done(&replay->records);
	map_done(&replay->paths);
	map_done(&replay->points);
	map_done(&replay->by_fingerprint);
	arena_done(&replay->run.arena);
	arena_done(&replay->arena);
	mem_free(replay);
}

/* ---- what came of it */

size_t replay_count(const struct replay *replay)
{
	return replay->lives.count;
}

struct lifetime replay_at(const struct replay *replay, size_t index)
{
	const struct life *life = &replay->lives.at[index];

	return (struct lifetime){
		.finding = life->finding,
		.intervals = life->intervals.at,
		.count = life->intervals.count,
	};
}

bool lifetime_open(const struct lifetime *lifetime, size_t step)
{
	for (size_t i = 0; i < lifetime->count; i++) {
		const struct interval *one = &lifetime->intervals[i];

		if (one->opened.step <= step &&
		    (one->open || one->closed.step > step))
			return true;
	}
	return false;
}

size_t replay_steps(const struct replay *replay)
{
	return replay->clocks.count;
}

struct instant replay_clock(const struct replay *replay, size_t step_number)
{
	return replay->clocks.at[step_number];
}

size_t replay_records(const struct replay *replay, size_t step_number)
{
	return replay->records.at[step_number];
}

int64_t replay_step(const struct replay *replay)
{
	return replay->coarse;
}

size_t replay_unread(const struct replay *replay, str *reason)
{
	*reason = replay->unread_reason;
	return replay->unread;
}

size_t replay_left_out(const struct replay *replay)
{
	return replay->left_out;
}

size_t replay_versions(const struct replay *replay)
{
	return replay->versions.count;
}

size_t replay_judgements(const struct replay *replay)
{
	return replay->judgements;
}
