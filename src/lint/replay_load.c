/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "base/pool.h"
#include "lint/close.h"
#include "lint/evaluate.h"
#include "lint/replay_parts.h"
#include "policy/needs.h"
#include "policy/rule_code.h"

enum { VERSIONS_AT_ONCE = 32 };

/* ---- which versions there are */

static struct entry entry_of(const struct history *history,
			     const struct event *event)
{
	return (struct entry){
		.path = history_path(history, event->path),
		.oid = event->oid,
		.mode = event->mode,
		.flags = (event->mode == MODE_LINK ? ENTRY_LINK : 0u) |
			 (event->mode == MODE_SUBMODULE ? ENTRY_SUBMODULE : 0u),
	};
}

/* An earlier version of the path with this content and mode, or NONE. */
static uint32_t same_version(const struct replay *replay, size_t first,
			     const struct event *event)
{
	for (size_t i = first; i < replay->versions.count; i++) {
		const struct entry *entry = &replay->entries.at[i];

		if (entry->mode == event->mode &&
		    oid_equal(&entry->oid, &event->oid))
			return (uint32_t)i;
	}
	return NONE;
}

/* The paths of the history end with a NUL of their own? They are copied, so
 * that they do. */
static void list_path(struct replay *replay, uint32_t path)
{
	const struct history *history = replay->plan->history;
	size_t first = replay->versions.count;
	size_t count;
	const uint32_t *events = history_path_events(&count, history, path);
	str name =
		str_of(arena_cstr(&replay->arena, history_path(history, path)));

	for (size_t i = 0; i < count; i++) {
		const struct event *event = history_event(history, events[i]);
		uint32_t version = NONE;

		if (event->kind != EVENT_DELETED) {
			version = same_version(replay, first, event);
			if (version == NONE) {
				struct entry entry = entry_of(history, event);

				entry.path = name;
				version = (uint32_t)replay->versions.count;
				vec_push(&replay->versions)->path = path;
				*vec_push(&replay->entries) = entry;
			}
		}
		replay->version_of_event[events[i]] = version;
	}
	(void)map_put(&replay->paths, name,
		      (const void *)(uintptr_t)(path + (size_t)1));
}

/* ---- reading them */

static bool read_again(const struct replay *replay, struct worker *worker,
		       size_t index, struct error *err)
{
	struct blob blob;

	return snapshot_read(&blob, worker->reader,
			     snapshot_at(replay->versions_of, index), err);
}

static void load_version(struct replay *replay, unsigned number, size_t index)
{
	struct worker *worker = &replay->run.workers[number];
	struct version *version = &replay->versions.at[index];
	size_t unread = worker->incomplete.count;
	struct error err;

	worker->findings.count = 0;
	worker->records.count = 0;
	load_file(&replay->run, worker, index);
	version->lost = worker->incomplete.count > unread &&
			!read_again(replay, worker, index, &err) &&
			err.kind == ERROR_GIT;
	version->records = vec_keep(&worker->records, &worker->kept);
	version->record_count = (uint32_t)worker->records.count;
	version->findings = vec_keep(&worker->findings, &worker->kept);
	version->finding_count = (uint32_t)worker->findings.count;
	worker->records.count = 0;
	worker->findings.count = 0;
}

static void run_versions(void *context, unsigned worker, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		load_version(context, worker, i);
}

static void count_unread(struct replay *replay)
{
	for (unsigned i = 0; i < replay->run.worker_count; i++) {
		struct worker *worker = &replay->run.workers[i];

		for (size_t k = 0; k < worker->incomplete.count; k++) {
			const struct incomplete *one =
				&worker->incomplete.at[k];

			if (!replay->unread++)
				replay->unread_reason = str_format(
					&replay->arena, STR_FMT ": " STR_FMT,
					STR_ARG(one->path),
					STR_ARG(one->reason));
		}
		worker->incomplete.count = 0;
		worker->remarks.count = 0;
	}
}

/* A version whose object is missing or damaged is no absent record: nothing
 * could be told of the time it was in force. */
static bool all_found(struct replay *replay, struct error *err)
{
	for (size_t i = 0; i < replay->versions.count; i++) {
		if (replay->versions.at[i].lost &&
		    !read_again(replay, &replay->run.workers[0], i, err))
			return false;
	}
	return true;
}

/* Rules that look at the clock or the files are no part of what a version is
 * found to be alone. */
static void plan_rules(struct replay *replay)
{
	size_t count = policy_rule_count(replay->run.policy);
	bool *later = arena_array(&replay->arena, bool, count);

	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = policy_rule_at(replay->run.policy, i);

		later[i] = rule_stage(rule) == CHECK_RECORD &&
			   (rule_needs(rule) & (NEEDS_CLOCK | NEEDS_FILES));
		if (rule_needs_history(rule))
			replay->left_out++;
	}
	replay->run.later = later;
}

bool replay_load(struct replay *replay, struct error *err)
{
	const struct history *history = replay->plan->history;
	struct pool_work work = {
		.run = run_versions,
		.context = replay,
		.chunk = VERSIONS_AT_ONCE,
		.jobs = replay->plan->jobs,
	};

	for (size_t i = 0; i < history_path_count(history); i++)
		list_path(replay, (uint32_t)i);
	replay->versions_of = snapshot_of_versions(
		replay->plan->repo, replay->entries.at, replay->entries.count);
	replay->lint.snapshot = replay->versions_of;
	work.count = replay->versions.count;
	replay->run.worker_count = pool_workers(&work);
	replay->run.workers = mem_new(replay->run.worker_count *
				      sizeof(*replay->run.workers));
	plan_rules(replay);
	for (unsigned i = 0; i < replay->run.worker_count; i++)
		worker_init(&replay->run.workers[i], &replay->run);
	pool_run(&work);
	count_unread(replay);
	return all_found(replay, err);
}

/* ---- where a finding points to */

static str find_point(struct replay *replay, uint32_t version, struct span span)
{
	struct worker *worker = &replay->run.workers[0];
	const struct entry *entry = snapshot_at(replay->versions_of, version);
	struct finding finding = {.span = span};
	struct arena_mark mark = arena_mark(&worker->trees);
	struct document document;
	struct blob blob;
	struct error err;
	str pointer = {0};

	if (snapshot_read(&blob, worker->reader, entry, &err) &&
	    blob.state == BLOB_READ &&
	    document_parse(&document, &worker->trees,
			   str_keep(&worker->trees, blob.bytes),
			   format_of_path(entry->path), replay->run.limits,
			   &err)) {
		finding_point(&replay->run, worker, &finding, &document);
		pointer = str_keep(&replay->arena, finding.pointer);
	}
	arena_release(&worker->trees, mark);
	return pointer;
}

str replay_point(struct replay *replay, uint32_t version, struct span span)
{
	str name = str_format(&replay->arena, "%u %u %u", version, span.start,
			      span.end);
	const str *known = map_find(&replay->points, name);
	str *point;

	if (known)
		return *known;
	point = arena_new(&replay->arena, str);
	*point = find_point(replay, version, span);
	(void)map_put(&replay->points, name, point);
	return *point;
}
