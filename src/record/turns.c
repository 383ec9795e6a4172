/* SPDX-License-Identifier: Apache-2.0 */
#include "record/turns.h"

#include <stdlib.h>

#include "base/lines.h"
#include "git/content.h"
#include "git/snapshot.h"
#include "record/compare.h"
#include "record/keep.h"

/* What a file held. */
struct version {
	struct arena arena;
	struct oid oid;
	struct held *records; /* by name */
	size_t count;
};

struct walk {
	struct turns_worker *worker;
	uint32_t path;
	str name;
	struct version versions[2];
	struct version *before; /* the last one that could be read */
	struct version *after;
};

/* ---- records of a document */

int name_compare(str kind_a, str id_a, str kind_b, str id_b)
{
	int order = str_compare(kind_a, kind_b);

	return order ? order : str_compare(id_a, id_b);
}

static int by_name(const void *a, const void *b)
{
	const struct held *x = a;
	const struct held *y = b;
	int order = name_compare(x->kind, x->id, y->kind, y->id);

	if (order)
		return order;
	return (x->document > y->document) - (x->document < y->document);
}

struct held *held_find(size_t *count, const struct held **twice,
		       const struct document *document, struct arena *arena)
{
	struct held *records = arena_array(arena, struct held, document->count);
	size_t found = 0;
	size_t kept = 0;

	for (size_t i = 0; i < document->count; i++) {
		const struct node *root = document->roots[i];
		str kind = node_text(root, STR("kind"));
		str id = node_text(root, STR("id"));

		if (kind.len && id.len)
			records[found++] =
				(struct held){kind, id, root, (uint32_t)i};
	}
	qsort(records, found, sizeof(*records), by_name);
	*twice = NULL;
	for (size_t i = 0; i < found; i++) {
		if (kept &&
		    name_compare(records[kept - 1].kind, records[kept - 1].id,
				 records[i].kind, records[i].id) == 0)
			*twice = &records[kept - 1];
		else
			records[kept++] = records[i];
	}
	*count = kept;
	return records;
}

/* ---- fields */

/* "/notes", and what lies below it. */
static bool lies_in(str pointer, str member)
{
	if (pointer.len <= member.len)
		return false;
	return str_equal(str_slice(pointer, 1, member.len + 1), member) &&
	       (pointer.len == member.len + 1 ||
		pointer.ptr[member.len + 1] == '/');
}

bool fields_material(const struct field_change *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		str pointer = fields[i].pointer;

		if (!lies_in(pointer, STR("reviewed_on")) &&
		    !lies_in(pointer, STR("notes")) &&
		    !lies_in(pointer, STR("tags")))
			return true;
	}
	return false;
}

bool fields_reviewed(const struct field_change *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fields[i].after &&
		    str_is(fields[i].pointer, "/reviewed_on"))
			return true;
	}
	return false;
}

const struct field_change *turns_compare(size_t *count,
					 const struct node *before,
					 const struct node *after,
					 struct arena *arena)
{
	struct arena scratch;
	const struct field_change *found;
	struct field_change *fields;

	arena_init(&scratch);
	found = compare_values(count, before, after, &scratch);
	fields = arena_array(arena, struct field_change, *count);
	for (size_t i = 0; i < *count; i++) {
		fields[i] = found[i];
		fields[i].pointer = str_keep(arena, found[i].pointer);
		fields[i].pointer_before =
			str_keep(arena, found[i].pointer_before);
		if (found[i].before)
			fields[i].before = node_keep(arena, found[i].before);
		if (found[i].after)
			fields[i].after = node_keep(arena, found[i].after);
	}
	arena_done(&scratch);
	return fields;
}

/* ---- turns */

static struct turn *add_turn(struct walk *walk, const struct event *event,
			     uint32_t index, const struct held *record)
{
	struct turn *turn = vec_push(&walk->worker->turns);

	*turn = (struct turn){
		.kind = record->kind,
		.id = record->id,
		.landing = event->landing,
		.path = walk->path,
		.event = index,
		.material = true,
	};
	return turn;
}

static void add_came(struct walk *walk, const struct event *event,
		     uint32_t index, struct held *record)
{
	struct arena *kept = &walk->worker->kept;
	struct turn *turn;

	record->kind = str_keep(kept, record->kind);
	record->id = str_keep(kept, record->id);
	turn = add_turn(walk, event, index, record);
	turn->after = true;
	turn->to = event->oid;
	turn->reviewed = node_find(record->root, STR("reviewed_on")) != NULL;
}

static void add_left(struct walk *walk, const struct event *event,
		     uint32_t index, const struct held *record)
{
	struct turn *turn = add_turn(walk, event, index, record);

	turn->before = true;
	turn->from = walk->before->oid;
}

static void add_stayed(struct walk *walk, const struct event *event,
		       uint32_t index, const struct held *before,
		       struct held *after)
{
	struct turn *turn;

	/* The names that were kept when it came. */
	after->kind = before->kind;
	after->id = before->id;
	if (node_equal(before->root, after->root))
		return;
	turn = add_turn(walk, event, index, after);
	turn->before = true;
	turn->after = true;
	turn->from = walk->before->oid;
	turn->to = event->oid;
	turn->fields = turns_compare(&turn->field_count, before->root,
				     after->root, &walk->worker->kept);
	turn->material = fields_material(turn->fields, turn->field_count);
	turn->reviewed = fields_reviewed(turn->fields, turn->field_count);
}

/* Both versions are sorted by name. */
static void compare_versions(struct walk *walk, const struct event *event,
			     uint32_t index)
{
	const struct version *before = walk->before;
	struct version *after = walk->after;
	size_t i = 0;
	size_t j = 0;

	while (i < before->count || j < after->count) {
		int order = i == before->count ? 1
			    : j == after->count
				    ? -1
				    : name_compare(before->records[i].kind,
						   before->records[i].id,
						   after->records[j].kind,
						   after->records[j].id);

		if (order < 0)
			add_left(walk, event, index, &before->records[i++]);
		else if (order > 0)
			add_came(walk, event, index, &after->records[j++]);
		else
			add_stayed(walk, event, index, &before->records[i++],
				   &after->records[j++]);
	}
}

/* ---- versions */

static void add_gap(struct walk *walk, const struct event *event, str reason)
{
	*vec_push(&walk->worker->gaps) = (struct trail_gap){
		.path = walk->name,
		.landing = event->landing,
		.reason = reason,
	};
}

/* A record says `kind` and `id`. Only an escape could hide the words from a
 * search of the bytes, or UTF-16, which has NUL bytes. */
static bool may_hold_record(str text)
{
	return str_find_byte(text, '\0') != SIZE_MAX ||
	       str_find_byte(text, '\\') != SIZE_MAX ||
	       (str_find(text, STR("kind")) != SIZE_MAX &&
		str_find(text, STR("id")) != SIZE_MAX);
}

static void add_unreadable(struct walk *walk, const struct event *event,
			   str text, const struct error *err)
{
	struct arena *kept = &walk->worker->kept;

	if (!err->placed) {
		add_gap(walk, event, str_keep(kept, error_text(err)));
		return;
	}
	add_gap(walk, event,
		str_format(kept, "line %u: " STR_FMT,
			   place_of(text, err->at.start).line,
			   STR_ARG(error_text(err))));
}

enum reading {
	READ,
	NOT_READ, /* a gap, if it matters, was added */
	FAILED,	  /* worker->err says why */
};

static enum reading read_text(str *out, struct walk *walk,
			      const struct event *event)
{
	struct turns_worker *worker = walk->worker;
	struct object object;

	if (!odb_read(&object, worker->reader, &event->oid, OBJECT_BLOB,
		      &worker->bytes, &worker->err)) {
		if (worker->err.kind != ERROR_LIMIT)
			return FAILED;
		add_gap(walk, event,
			str_keep(&worker->kept, error_text(&worker->err)));
		return NOT_READ;
	}
	*out = object.bytes;
	switch (content_of(object.bytes)) {
	case CONTENT_PLAIN:
		break;
	case CONTENT_LFS:
		add_gap(walk, event,
			STR("is a Git LFS pointer, its content is elsewhere"));
		return NOT_READ;
	case CONTENT_ENCRYPTED:
		add_gap(walk, event, STR("is encrypted by git-crypt"));
		return NOT_READ;
	}
	return READ;
}

static enum reading read_records(struct walk *walk, const struct event *event)
{
	struct version *after = walk->after;
	struct document document;
	const struct held *twice;
	enum reading reading;
	struct error err;
	str text;

	reading = read_text(&text, walk, event);
	/* Where records were, what lacks the words may still be one that was
	 * cut or broken: a gap, and not their end. */
	if (reading != READ || (!walk->before->count && !may_hold_record(text)))
		return reading;
	text = str_keep(&after->arena, text);
	if (!document_parse(&document, &after->arena, text,
			    format_of_path(walk->name),
			    walk->worker->plan->limits, &err)) {
		add_unreadable(walk, event, text, &err);
		return NOT_READ;
	}
	after->records =
		held_find(&after->count, &twice, &document, &after->arena);
	if (twice)
		add_gap(walk, event,
			str_format(&walk->worker->kept,
				   "two records are called " STR_FMT "/" STR_FMT
				   ", the first is taken",
				   STR_ARG(twice->kind), STR_ARG(twice->id)));
	return READ;
}

/* What is no file, and a file that is gone, holds no records. */
static enum reading read_version(struct walk *walk, const struct event *event)
{
	struct version *after = walk->after;

	arena_reset(&after->arena);
	after->records = NULL;
	after->count = 0;
	after->oid = event->oid;
	if (event->kind == EVENT_DELETED ||
	    (event->mode != MODE_FILE && event->mode != MODE_EXECUTABLE))
		return READ;
	return read_records(walk, event);
}

static bool take_event(struct walk *walk, uint32_t index)
{
	const struct event *event =
		history_event(walk->worker->plan->history, index);
	struct version *swap = walk->before;

	switch (read_version(walk, event)) {
	case READ:
		break;
	case NOT_READ:
		return true;
	case FAILED:
		return error_prefix(&walk->worker->err, STR_FMT,
				    STR_ARG(walk->name));
	}
	compare_versions(walk, event, index);
	walk->before = walk->after;
	walk->after = swap;
	return true;
}

static bool walk_path(struct turns_worker *worker, size_t path)
{
	struct walk walk = {
		.worker = worker,
		.path = (uint32_t)path,
		.name = history_path(worker->plan->history, path),
		.before = &walk.versions[0],
		.after = &walk.versions[1],
	};
	size_t count;
	const uint32_t *events =
		history_path_events(&count, worker->plan->history, path);
	bool ok = true;

	if (format_of_path(walk.name) == FORMAT_NONE)
		return true;
	arena_init(&walk.versions[0].arena);
	arena_init(&walk.versions[1].arena);
	for (size_t i = 0; ok && i < count; i++)
		ok = take_event(&walk, events[i]);
	arena_done(&walk.versions[0].arena);
	arena_done(&walk.versions[1].arena);
	return ok;
}

/* ---- side by side */

static void walk_paths(void *context, unsigned number, size_t from, size_t to)
{
	struct turns_worker *worker = &((struct turns_worker *)context)[number];

	for (size_t i = from; i < to && worker->failed == SIZE_MAX; i++) {
		if (!walk_path(worker, i))
			worker->failed = i;
	}
}

void turns_walk(struct turns_worker *workers, unsigned count,
		const struct trails_plan *plan)
{
	enum { CHUNK = 8 };

	pool_run(&(struct pool_work){
		.run = walk_paths,
		.context = workers,
		.count = history_path_count(plan->history),
		.chunk = CHUNK,
		.jobs = count,
	});
}

void turns_worker_init(struct turns_worker *worker,
		       const struct trails_plan *plan)
{
	*worker = (struct turns_worker){.plan = plan, .failed = SIZE_MAX};
	worker->reader = odb_reader_new(repo_odb(plan->repo));
	odb_reader_trust(worker->reader, !plan->verify);
	buf_init(&worker->bytes, plan->limits->yaml_size);
	arena_init(&worker->kept);
}

void turns_worker_done(struct turns_worker *worker)
{
	odb_reader_free(worker->reader);
	buf_done(&worker->bytes);
	arena_done(&worker->kept);
	vec_done(&worker->turns);
	vec_done(&worker->gaps);
}
