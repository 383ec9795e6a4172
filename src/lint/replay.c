/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/replay.h"

#include "base/mem.h"
#include "lint/replay_parts.h"

/* ---- the state after a landing */

/* Paths are numbered by their names. */
static void make_paths(struct replay *replay)
{
	size_t count = history_path_count(replay->plan->history);

	replay->current = arena_array(&replay->arena, uint32_t, count);
	replay->pairs_of = mem_new(count * sizeof(*replay->pairs_of));
	for (size_t i = 0; i < count; i++)
		replay->current[i] = NONE;
}

/* The first of the tree that is not before a path. */
static size_t place_of_path(const struct replay *replay, str path)
{
	size_t low = 0;
	size_t high = replay->tree.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(replay->tree.at[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void tree_put(struct replay *replay, const struct entry *entry)
{
	size_t place = place_of_path(replay, entry->path);

	(void)vec_push(&replay->tree);
	memmove(replay->tree.at + place + 1, replay->tree.at + place,
		(replay->tree.count - 1 - place) * sizeof(*entry));
	replay->tree.at[place] = *entry;
}

static void tree_take(struct replay *replay, str path)
{
	size_t place = place_of_path(replay, path);

	replay->tree.count--;
	memmove(replay->tree.at + place, replay->tree.at + place + 1,
		(replay->tree.count - place) * sizeof(*replay->tree.at));
}

static void leave(struct replay *replay, uint32_t path)
{
	uint32_t index = replay->current[path];
	struct version *version = &replay->versions.at[index];

	pairs_leave(replay, path);
	for (uint32_t i = 0; i < version->record_count; i++)
		corpus_take(replay->run.corpus, version->members[i]);
	tree_take(replay, replay->entries.at[index].path);
	replay->current[path] = NONE;
}

static void enter(struct replay *replay, uint32_t path, uint32_t index)
{
	struct version *version = &replay->versions.at[index];

	if (!version->members)
		version->members =
			arena_array(&replay->arena, const struct record *,
				    version->record_count);
	for (uint32_t i = 0; i < version->record_count; i++)
		version->members[i] =
			corpus_add(replay->run.corpus, &version->records[i]);
	tree_put(replay, &replay->entries.at[index]);
	replay->current[path] = index;
	pairs_enter(replay, path, index);
}

/* ---- one landing */

static const struct record *find_record(const struct version *version,
					const struct record *record)
{
	for (uint32_t i = 0; version && i < version->record_count; i++) {
		const struct record *other = &version->records[i];

		if (str_equal(other->kind, record->kind) &&
		    str_equal(other->id, record->id))
			return other;
	}
	return NULL;
}

static bool same_references(const struct record *a, const struct record *b)
{
	if (a->reference_count != b->reference_count)
		return false;
	for (size_t i = 0; i < a->reference_count; i++) {
		if (!str_equal(a->references[i].kind, b->references[i].kind) ||
		    !str_equal(a->references[i].id, b->references[i].id))
			return false;
	}
	return true;
}

static bool same_member(const struct record *a, const struct record *b,
			str member)
{
	const struct node *x = node_find(a->root, member);
	const struct node *y = node_find(b->root, member);

	return x && y ? node_equal(x, y) : x == y;
}

/* Do two versions of a record look the same to the checks that judge others?
 * What those read of its tree they name in `keeps`. */
static bool same_state(const struct replay *replay, const struct record *a,
		       const struct record *b)
{
	if (a->valid != b->valid || a->live != b->live ||
	    !same_references(a, b))
		return false;
	for (size_t i = 0; i < replay->run.keep_count; i++) {
		const struct keep *keep = &replay->run.keeps[i];

		if (str_equal(keep->kind, a->kind) &&
		    (!keep->member.ptr || !same_member(a, b, keep->member)))
			return false;
	}
	return true;
}

static void dirty_record(struct replay *replay, const struct record *record,
			 const struct record *other)
{
	pairs_dirty(replay, read_key(READ_KIND, record->kind, STR("")));
	pairs_dirty(replay, read_key(READ_RECORD, record->kind, record->id));
	if (other && same_state(replay, record, other))
		return;
	pairs_dirty(replay, read_key(READ_STATE, record->kind, record->id));
	for (size_t i = 0; i < record->reference_count; i++)
		pairs_dirty(replay,
			    read_key(READ_REFERRERS, record->references[i].kind,
				     record->references[i].id));
}

/* False: each record of the version is in the other as it is in this. */
static bool dirty_version(struct replay *replay, uint32_t index, uint32_t other)
{
	const struct version *versions = replay->versions.at;
	bool any = false;

	for (uint32_t i = 0; index != NONE && i < versions[index].record_count;
	     i++) {
		const struct record *record = &versions[index].records[i];
		const struct record *twin = find_record(
			other == NONE ? NULL : &versions[other], record);

		if (twin && twin->digest == record->digest)
			continue;
		dirty_record(replay, record, twin);
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
		str path = history_path(replay->plan->history, events[i].path);
		uint32_t before = replay->current[events[i].path];
		uint32_t after = replay->version_of_event[first + i];

		pairs_dirty(replay, read_key(READ_FILE, STR(""), path));
		if (dirty_version(replay, before, after))
			any = true;
		if (dirty_version(replay, after, before))
			any = true;
	}
	if (any)
		pairs_dirty(replay, read_key(READ_ALL, STR(""), STR("")));
}

static void change_state(struct replay *replay, const struct event *events,
			 size_t count, size_t first)
{
	for (size_t i = 0; i < count; i++) {
		if (replay->current[events[i].path] != NONE)
			leave(replay, events[i].path);
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t version = replay->version_of_event[first + i];

		if (version != NONE)
			enter(replay, events[i].path, version);
	}
	snapshot_free(replay->files);
	replay->files = snapshot_of_versions(
		replay->plan->repo, replay->tree.at, replay->tree.count);
	replay->state++;
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
	*vec_push(&replay->records) = corpus_count(replay->run.corpus);
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
	*vec_push(&replay->records) = corpus_count(replay->run.corpus);
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
	keep_plan(&replay->run);
	replay->version_of_event =
		mem_new(sizeof(uint32_t) * (count_events(plan->history) + 1));
}

bool replay_run(struct replay **out, const struct replay_plan *plan,
		struct error *err)
{
	struct replay *replay = mem_new(sizeof(*replay));
	size_t landings = history_count(plan->history);

	begin(replay, plan);
	make_paths(replay);
	replay->run.corpus = corpus_new();
	corpus_close(replay->run.corpus);
	if (!replay_load(replay, err)) {
		replay_free(replay);
		return false;
	}
	replay->rounds =
		mem_new(replay->run.worker_count * sizeof(*replay->rounds));
	replay->marks =
		mem_new(replay->run.worker_count * sizeof(*replay->marks));
	replay->states =
		mem_new(replay->run.worker_count * sizeof(*replay->states));
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
	mem_free(replay->states);
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
