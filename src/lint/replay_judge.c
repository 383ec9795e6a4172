/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "lint/evaluate.h"
#include "lint/replay_parts.h"
#include "lint/waive.h"
#include "policy/rule_code.h"

enum { PAIRS_AT_ONCE = 64, FIRST_SLOTS = 1024 };

/* ---- who reads what */

static struct readers *slot_of(struct readers *slots, size_t count,
			       uint64_t key)
{
	size_t i = (size_t)key & (count - 1);

	while (slots[i].key && slots[i].key != key)
		i = (i + 1) & (count - 1);
	return &slots[i];
}

static void grow_readers(struct replay *replay)
{
	size_t slots =
		replay->reader_slots ? replay->reader_slots * 2 : FIRST_SLOTS;
	struct readers *grown = mem_new(slots * sizeof(*grown));

	for (size_t i = 0; i < replay->reader_slots; i++) {
		if (replay->readers[i].key)
			*slot_of(grown, slots, replay->readers[i].key) =
				replay->readers[i];
	}
	mem_free(replay->readers);
	replay->readers = grown;
	replay->reader_slots = slots;
}

/* Zero marks an empty slot. */
static uint64_t key_in(uint64_t key)
{
	return key ? key : 1;
}

static void add_reader(struct replay *replay, uint64_t key, uint32_t pair)
{
	struct readers *slot;

	if (replay->reader_count * 2 >= replay->reader_slots)
		grow_readers(replay);
	slot = slot_of(replay->readers, replay->reader_slots, key_in(key));
	if (!slot->key) {
		slot->key = key_in(key);
		replay->reader_count++;
	}
	*vec_push(&slot->pairs) = pair;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void sort_keys(struct reads *reads)
{
	size_t kept = 0;

	if (reads->keys.count)
		qsort(reads->keys.at, reads->keys.count, sizeof(uint64_t),
		      by_key);
	for (size_t i = 0; i < reads->keys.count; i++) {
		if (!kept || reads->keys.at[i] != reads->keys.at[kept - 1])
			reads->keys.at[kept++] = reads->keys.at[i];
	}
	reads->keys.count = kept;
}

static bool has_key(const struct reads *reads, uint64_t key)
{
	return reads->keys.count &&
	       bsearch(&key, reads->keys.at, reads->keys.count,
		       sizeof(uint64_t), by_key);
}

/* Keys it reads no longer stay in the table: the pair is then queued once too
 * often, never too seldom. */
static void set_reads(struct replay *replay, uint32_t index,
		      struct reads *reads)
{
	struct pair *pair = &replay->pairs.at[index];

	sort_keys(reads);
	for (size_t i = 0; i < reads->keys.count; i++) {
		if (!has_key(&pair->reads, reads->keys.at[i]))
			add_reader(replay, reads->keys.at[i], index);
	}
	vec_done(&pair->reads.keys);
	pair->reads = *reads;
}

static void queue(struct replay *replay, uint32_t index)
{
	struct pair *pair = &replay->pairs.at[index];

	/* What is judged when all is known is judged at each step. */
	if (pair->settled || pair->queued == replay->step + 1)
		return;
	pair->queued = (uint32_t)replay->step + 1;
	*vec_push(&replay->queue) = index;
}

void pairs_dirty(struct replay *replay, uint64_t key)
{
	struct readers *slot;
	size_t kept = 0;

	if (!replay->reader_slots)
		return;
	slot = slot_of(replay->readers, replay->reader_slots, key_in(key));
	for (size_t i = 0; i < slot->pairs.count; i++) {
		uint32_t index = slot->pairs.at[i];

		if (!replay->pairs.at[index].alive)
			continue;
		slot->pairs.at[kept++] = index;
		queue(replay, index);
	}
	slot->pairs.count = kept;
}

/* ---- pairs come and go */

/* Judged with its version, or with others? Rules on history are left out. */
static bool is_paired(const struct replay *replay, size_t index)
{
	const struct rule *rule = policy_rule_at(replay->run.policy, index);

	return !rule_needs_history(rule) &&
	       (rule_stage(rule) >= CHECK_CORPUS || replay->run.later[index]);
}

static uint32_t add_pair(struct replay *replay, size_t rule, uint32_t version,
			 uint32_t record)
{
	uint32_t index = (uint32_t)replay->pairs.count;
	struct pair *pair = vec_push(&replay->pairs);
	const struct rule *what = policy_rule_at(replay->run.policy, rule);

	pair->rule = (uint32_t)rule;
	pair->version = version;
	pair->record = record;
	pair->alive = true;
	pair->settled = rule_stage(what) == CHECK_SETTLED;
	if (pair->settled)
		*vec_push(&replay->settled_pairs) = index;
	else
		queue(replay, index);
	return index;
}

void pairs_of_repository(struct replay *replay)
{
	for (size_t i = 0; i < policy_rule_count(replay->run.policy); i++) {
		const struct rule *rule = policy_rule_at(replay->run.policy, i);

		if (is_paired(replay, i) &&
		    rule_stage(rule) == CHECK_REPOSITORY)
			(void)add_pair(replay, i, NONE, 0);
	}
}

static const uint32_t *lives_of_version(struct replay *replay, uint32_t index)
{
	struct version *version = &replay->versions.at[index];
	uint32_t *lives;

	if (version->lives)
		return version->lives;
	lives = arena_array(&replay->arena, uint32_t, version->finding_count);
	for (uint32_t i = 0; i < version->finding_count; i++) {
		struct finding finding = version->findings[i];

		lives[i] = life_of(replay, &finding, index);
	}
	version->lives = lives;
	return lives;
}

void pairs_enter(struct replay *replay, uint32_t path, uint32_t index)
{
	const struct version *version = &replay->versions.at[index];
	size_t rules = policy_rule_count(replay->run.policy);

	for (uint32_t i = 0; i < version->finding_count; i++)
		life_add(replay, lives_of_version(replay, index)[i]);
	for (uint32_t i = 0; i < version->record_count; i++) {
		struct facts facts = {.record = &version->records[i]};

		for (size_t k = 0; k < rules; k++) {
			const struct rule *rule =
				policy_rule_at(replay->run.policy, k);

			if (is_paired(replay, k) &&
			    rule_stage(rule) != CHECK_REPOSITORY &&
			    (rule_stage(rule) != CHECK_SETTLED ||
			     str_is(facts.record->kind, "exception")) &&
			    rule_applies(rule, &facts))
				*vec_push(&replay->pairs_of[path]) =
					add_pair(replay, k, index, i);
		}
	}
}

static void drop_pair(struct replay *replay, uint32_t index)
{
	struct pair *pair = &replay->pairs.at[index];

	for (size_t i = 0; i < pair->lives.count; i++)
		life_drop(replay, pair->lives.at[i]);
	pair->alive = false;
	vec_done(&pair->lives);
	vec_done(&pair->reads.keys);
}

void pairs_leave(struct replay *replay, uint32_t path)
{
	uint32_t index = replay->current[path];
	const struct version *version = &replay->versions.at[index];

	for (uint32_t i = 0; i < version->finding_count; i++)
		life_drop(replay, version->lives[i]);
	for (size_t i = 0; i < replay->pairs_of[path].count; i++)
		drop_pair(replay, replay->pairs_of[path].at[i]);
	replay->pairs_of[path].count = 0;
}

/* ---- judging a batch */

/* What a check in C looks at follows from its record: its own name, what it
 * refers to and what those refer to, and who refers to it. */
static void note_reach(struct reads *reads, const struct corpus *corpus,
		       const struct record *record, unsigned depth)
{
	reads_note(reads, READ_STATE, record->kind, record->id);
	for (size_t i = 0; i < record->reference_count; i++) {
		const struct reference *reference = &record->references[i];
		const struct record *target = corpus_target(corpus, record, i);

		reads_note(reads, READ_STATE, reference->kind, reference->id);
		if (target && depth)
			note_reach(reads, corpus, target, depth - 1);
	}
}

static void note_check(struct reads *reads, const struct facts *facts,
		       const struct rule *rule)
{
	if (!rule->check)
		return;
	if (!facts->record) {
		reads_note(reads, READ_ALL, STR(""), STR(""));
		return;
	}
	reads_note(reads, READ_REFERRERS, facts->record->kind,
		   facts->record->id);
	note_reach(reads, facts->corpus, facts->record, 1);
}

static void judge_pair(struct replay *replay, struct worker *worker,
		       const struct pair *pair, struct instant now,
		       struct reads *reads, const struct waiver_set *waivers)
{
	struct facts facts = facts_of(&replay->run, worker);
	const struct rule *rule =
		policy_rule_at(replay->run.policy, pair->rule);

	facts.now = now;
	facts.reads = reads;
	facts.waivers = waivers;
	facts.snapshot = replay->files;
	worker->host.now = now;
	worker->host.snapshot = replay->files;
	worker->host.reads = reads;
	if (pair->version != NONE) {
		const struct version *version =
			&replay->versions.at[pair->version];

		facts.record = version->members[pair->record];
		facts.root = facts.record->root;
		facts.source = facts.record->source;
	}
	note_check(reads, &facts, rule);
	judge_rule(&replay->run, worker, &facts, pair->rule);
	worker->host.reads = NULL;
}

struct batch {
	struct replay *replay;
	const uint32_t *pairs;
	struct instant now;
	const struct waiver_set *waivers;
};

/* Lists of records and what is looked up in them hold for one state. */
static void renew_host(struct replay *replay, unsigned number)
{
	struct worker *worker = &replay->run.workers[number];

	if (replay->states[number] == replay->state)
		return;
	replay->states[number] = replay->state;
	host_done(&worker->host);
	arena_reset(&replay->rounds[number]);
	host_init(&worker->host, replay->run.policy, &replay->rounds[number]);
	worker->host.reader = worker->reader;
	host_set_corpus(&worker->host, replay->run.corpus);
}

static void run_batch(void *context, unsigned number, size_t from, size_t to)
{
	struct batch *batch = context;
	struct replay *replay = batch->replay;
	struct worker *worker = &replay->run.workers[number];

	renew_host(replay, number);
	for (size_t i = from; i < to; i++) {
		struct judgement_result *result = &replay->results.at[i];

		*result = (struct judgement_result){
			.pair = batch->pairs[i],
			.worker = number,
			.first = worker->findings.count,
		};
		judge_pair(replay, worker, &replay->pairs.at[result->pair],
			   batch->now, &result->reads, batch->waivers);
		result->count = worker->findings.count - result->first;
	}
}

/* Judges pairs side by side; the results wait to be taken. */
static void judge_batch(struct replay *replay, const uint32_t *pairs,
			size_t count, struct instant now,
			const struct waiver_set *waivers)
{
	struct batch batch = {replay, pairs, now, waivers};
	struct pool_work work = {
		.run = run_batch,
		.context = &batch,
		.count = count,
		.chunk = PAIRS_AT_ONCE,
		.jobs = count > PAIRS_AT_ONCE ? replay->run.worker_count : 1,
	};

	replay->results.count = 0;
	for (size_t i = 0; i < count; i++)
		(void)vec_push(&replay->results);
	for (unsigned i = 0; i < replay->run.worker_count; i++)
		replay->marks[i] = arena_mark(&replay->run.workers[i].kept);
	pool_run(&work);
	replay->judgements += count;
}

static void let_go(struct replay *replay)
{
	for (unsigned i = 0; i < replay->run.worker_count; i++) {
		struct worker *worker = &replay->run.workers[i];

		for (size_t k = 0; k < worker->incomplete.count; k++) {
			if (!replay->unread++)
				replay->unread_reason = str_keep(
					&replay->arena,
					worker->incomplete.at[k].reason);
		}
		worker->incomplete.count = 0;
		worker->findings.count = 0;
		arena_release(&worker->kept, replay->marks[i]);
	}
}

/* The version that a finding lies in: its pair's, or that of another file. */
static uint32_t version_of(const struct replay *replay, const struct pair *pair,
			   const struct finding *finding)
{
	size_t path =
		(size_t)(uintptr_t)map_find(&replay->paths, finding->path);

	if (pair->version != NONE &&
	    str_equal(finding->path,
		      snapshot_at(replay->versions_of, pair->version)->path))
		return pair->version;
	return path ? replay->current[path - 1] : NONE;
}

/* What one result found, as lifetimes. */
static void lives_of_result(struct replay *replay,
			    const struct judgement_result *result,
			    uint32_t **out, size_t *count)
{
	struct worker *worker = &replay->run.workers[result->worker];
	const struct pair *pair = &replay->pairs.at[result->pair];
	VEC(uint32_t) lives = {0};

	for (size_t i = 0; i < result->count; i++) {
		struct finding *finding =
			&worker->findings.at[result->first + i];
		uint32_t life = life_of(replay, finding,
					version_of(replay, pair, finding));

		*vec_push(&lives) = life;
	}
	*out = lives.at;
	*count = lives.count;
}

static void take_result(struct replay *replay, struct judgement_result *result)
{
	struct pair *pair = &replay->pairs.at[result->pair];
	uint32_t *lives;
	size_t count;

	lives_of_result(replay, result, &lives, &count);
	for (size_t i = 0; i < count; i++)
		life_add(replay, lives[i]);
	for (size_t i = 0; i < pair->lives.count; i++)
		life_drop(replay, pair->lives.at[i]);
	vec_done(&pair->lives);
	pair->lives.at = lives;
	pair->lives.count = pair->lives.capacity = count;
	set_reads(replay, result->pair, &result->reads);
	pair->clock =
		!pair->settled &&
		has_key(&pair->reads, read_key(READ_CLOCK, STR(""), STR("")));
	if (pair->clock && !pair->listed) {
		pair->listed = true;
		*vec_push(&replay->clock_pairs) = result->pair;
	}
}

/* Exceptions are judged when all findings are known. */
static void judge_settled(struct replay *replay)
{
	struct waiver_set *waivers;
	size_t kept = 0;

	for (size_t i = 0; i < replay->settled_pairs.count; i++) {
		uint32_t index = replay->settled_pairs.at[i];

		if (replay->pairs.at[index].alive)
			replay->settled_pairs.at[kept++] = index;
	}
	replay->settled_pairs.count = kept;
	if (!kept)
		return;
	waivers = waiver_set_new(replay->run.corpus, replay->run.policy,
				 replay->clock);
	for (size_t i = 0; i < replay->lives.count; i++) {
		if (replay->lives.at[i].count)
			(void)waiver_find(waivers,
					  &replay->lives.at[i].finding);
	}
	judge_batch(replay, replay->settled_pairs.at, kept, replay->clock,
		    waivers);
	for (size_t i = 0; i < replay->results.count; i++)
		take_result(replay, &replay->results.at[i]);
	let_go(replay);
	waiver_set_free(waivers);
}

void pairs_judge(struct replay *replay)
{
	size_t kept = 0;

	for (size_t i = 0; i < replay->queue.count; i++) {
		if (replay->pairs.at[replay->queue.at[i]].alive)
			replay->queue.at[kept++] = replay->queue.at[i];
	}
	replay->queue.count = 0;
	judge_batch(replay, replay->queue.at, kept, replay->clock, NULL);
	for (size_t i = 0; i < replay->results.count; i++)
		take_result(replay, &replay->results.at[i]);
	let_go(replay);
	judge_settled(replay);
}

/* ---- what time alone does */

struct flip {
	uint32_t life;
	bool opens;
	struct instant when;
};

static bool finds(struct replay *replay, uint32_t index, uint32_t life,
		  struct instant at)
{
	uint32_t *lives;
	size_t count;
	bool found = false;

	judge_batch(replay, &index, 1, at, NULL);
	lives_of_result(replay, &replay->results.at[0], &lives, &count);
	for (size_t i = 0; i < count; i++)
		found = found || lives[i] == life;
	vec_release(lives);
	vec_done(&replay->results.at[0].reads.keys);
	let_go(replay);
	return found;
}

/* The first second at which it is as it is at `until`. */
static struct instant flip_time(struct replay *replay, uint32_t index,
				uint32_t life, bool opens, struct instant until)
{
	struct instant low = replay->looked;
	struct instant high = until;

	while (high.seconds - low.seconds > 1) {
		struct instant middle = {
			.seconds =
				low.seconds + (high.seconds - low.seconds) / 2};

		if (finds(replay, index, life, middle) == opens)
			high = middle;
		else
			low = middle;
	}
	return high;
}

static bool holds(const uint32_t *lives, size_t count, uint32_t life)
{
	for (size_t i = 0; i < count; i++) {
		if (lives[i] == life)
			return true;
	}
	return false;
}

struct flips {
	VEC(struct flip) list;
	VEC(uint32_t) pairs; /* of each flip */
};

static void find_flips(struct replay *replay, struct flips *flips,
		       const struct judgement_result *result)
{
	const struct pair *pair = &replay->pairs.at[result->pair];
	uint32_t *lives;
	size_t count;

	lives_of_result(replay, result, &lives, &count);
	for (size_t i = 0; i < count; i++) {
		if (!holds(pair->lives.at, pair->lives.count, lives[i])) {
			*vec_push(&flips->list) =
				(struct flip){.life = lives[i], .opens = true};
			*vec_push(&flips->pairs) = result->pair;
		}
	}
	for (size_t i = 0; i < pair->lives.count; i++) {
		if (!holds(lives, count, pair->lives.at[i])) {
			*vec_push(&flips->list) =
				(struct flip){.life = pair->lives.at[i]};
			*vec_push(&flips->pairs) = result->pair;
		}
	}
	vec_release(lives);
}

static void apply_flip(struct replay *replay, uint32_t index,
		       const struct flip *flip)
{
	struct pair *pair = &replay->pairs.at[index];

	if (flip->opens) {
		*vec_push(&pair->lives) = flip->life;
		life_add(replay, flip->life);
	} else {
		size_t kept = 0;

		for (size_t i = 0; i < pair->lives.count; i++) {
			if (pair->lives.at[i] != flip->life)
				pair->lives.at[kept++] = pair->lives.at[i];
			else
				life_drop(replay, flip->life);
		}
		pair->lives.count = kept;
	}
	life_settle(replay,
		    (struct moment){
			    .step = replay->step,
			    .landing = replay->step ? replay->step - 1 : 0,
			    .when = flip->when,
			    .by_time = true,
		    });
}

static void apply_flips(struct replay *replay, struct flips *flips,
			struct instant until)
{
	for (size_t i = 0; i < flips->list.count; i++) {
		struct flip *flip = &flips->list.at[i];

		flip->when = flip_time(replay, flips->pairs.at[i], flip->life,
				       flip->opens, until);
	}
	/* By time: few. */
	for (size_t done = 0; done < flips->list.count; done++) {
		size_t first = done;
		struct flip flip;
		uint32_t pair;

		for (size_t i = done + 1; i < flips->list.count; i++) {
			if (instant_compare(flips->list.at[i].when,
					    flips->list.at[first].when) < 0)
				first = i;
		}
		flip = flips->list.at[first];
		pair = flips->pairs.at[first];
		flips->list.at[first] = flips->list.at[done];
		flips->pairs.at[first] = flips->pairs.at[done];
		apply_flip(replay, pair, &flip);
	}
}

void pairs_look(struct replay *replay, struct instant until, bool all)
{
	VEC(uint32_t) pairs = {0};
	struct flips flips = {0};
	size_t kept = 0;

	for (size_t i = 0; i < replay->clock_pairs.count; i++) {
		uint32_t index = replay->clock_pairs.at[i];
		struct pair *pair = &replay->pairs.at[index];

		pair->listed = pair->alive && pair->clock;
		if (!pair->listed)
			continue;
		replay->clock_pairs.at[kept++] = index;
		if (all || pair->queued == replay->step + 1)
			*vec_push(&pairs) = index;
	}
	replay->clock_pairs.count = kept;
	judge_batch(replay, pairs.at, pairs.count, until, NULL);
	for (size_t i = 0; i < replay->results.count; i++) {
		find_flips(replay, &flips, &replay->results.at[i]);
		vec_done(&replay->results.at[i].reads.keys);
	}
	let_go(replay);
	apply_flips(replay, &flips, until);
	vec_done(&flips.list);
	vec_done(&flips.pairs);
	vec_done(&pairs);
}
