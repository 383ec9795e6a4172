/* SPDX-License-Identifier: Apache-2.0 */
#include "git/snapshot.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/sys.h"
#include "git/index.h"
#include "git/revision.h"
#include "git/walk.h"

enum { NO_DESCRIPTOR = -1 };

struct snapshot {
	struct arena arena;
	const struct repo *repo;
	enum snapshot_kind kind;
	struct oid commit;
	struct entries entries;
	bool borrowed; /* the entries */
	int work_tree; /* a descriptor, or NO_DESCRIPTOR */
	const struct snapshot_text *texts;
	size_t text_count;
};

static struct snapshot *make(const struct repo *repo, enum snapshot_kind kind)
{
	struct snapshot *snapshot = mem_new(sizeof(*snapshot));

	arena_init(&snapshot->arena);
	snapshot->repo = repo;
	snapshot->kind = kind;
	snapshot->work_tree = NO_DESCRIPTOR;
	return snapshot;
}

void snapshot_free(struct snapshot *snapshot)
{
	if (!snapshot)
		return;
	if (snapshot->work_tree != NO_DESCRIPTOR)
		sys_close(snapshot->work_tree);
	if (!snapshot->borrowed)
		vec_done(&snapshot->entries.list);
	arena_done(&snapshot->arena);
	mem_free(snapshot);
}

/* Hands the snapshot out, or frees what was begun. */
static bool finish(struct snapshot **out, struct snapshot *snapshot, bool done)
{
	if (done)
		*out = snapshot;
	else
		snapshot_free(snapshot);
	return done;
}

static bool fill_from_commit(struct snapshot *snapshot, struct repo *repo,
			     str revision, struct error *err)
{
	struct commit commit;
	struct arena arena;
	bool done;

	if (!revision_commit(&snapshot->commit, repo, revision, err))
		return false;
	arena_init(&arena);
	done = commit_read(&commit, repo_reader(repo), &snapshot->commit,
			   &arena, err) &&
	       tree_walk(&snapshot->entries, repo_reader(repo), &commit.tree,
			 STR(""), 0, repo_limits(repo), &snapshot->arena, err);
	arena_done(&arena);
	return done;
}

bool snapshot_of_commit(struct snapshot **out, struct repo *repo, str revision,
			struct error *err)
{
	struct snapshot *snapshot = make(repo, SNAPSHOT_COMMIT);

	return finish(out, snapshot,
		      fill_from_commit(snapshot, repo, revision, err));
}

static unsigned flags_of(const struct index_entry *entry)
{
	return (entry->mode == MODE_LINK ? ENTRY_LINK : 0u) |
	       (entry->mode == MODE_SUBMODULE ? ENTRY_SUBMODULE : 0u) |
	       (entry->stage ? ENTRY_CONFLICT : 0u) |
	       (entry->skipped ? ENTRY_SKIPPED : 0u) |
	       (entry->intent ? ENTRY_INTENT : 0u);
}

/* Adds one entry; the stages of an unmerged path become one. */
static bool add(struct snapshot *snapshot, struct repo *repo,
		const struct index_entry *entry, struct error *err)
{
	struct entries *entries = &snapshot->entries;
	size_t count = entries->list.count;

	if (entry->mode == MODE_TREE)
		return tree_walk(entries, repo_reader(repo), &entry->oid,
				 entry->path, ENTRY_SKIPPED, repo_limits(repo),
				 &snapshot->arena, err);
	/* What is only intended is not part of the next commit. */
	if (entry->intent && snapshot->kind == SNAPSHOT_INDEX)
		return true;
	if (entry->stage && count &&
	    str_equal(entries->list.at[count - 1].path, entry->path))
		return true;
	if (count >= repo_limits(repo)->files)
		return error_set(err, ERROR_LIMIT,
				 "more than %zu files (limit files)",
				 repo_limits(repo)->files);
	*vec_push(&entries->list) = (struct entry){
		.path = entry->path,
		.oid = entry->oid,
		.mode = entry->mode,
		.flags = flags_of(entry),
	};
	return true;
}

static bool fill_from_index(struct snapshot *snapshot, struct repo *repo,
			    struct error *err)
{
	struct index index;
	bool done = index_read(&index, repo, &snapshot->arena, err);

	for (size_t i = 0; done && i < index.entries.count; i++)
		done = add(snapshot, repo, &index.entries.at[i], err);
	index_done(&index);
	return done;
}

bool snapshot_of_index(struct snapshot **out, struct repo *repo,
		       struct error *err)
{
	struct snapshot *snapshot = make(repo, SNAPSHOT_INDEX);

	return finish(out, snapshot, fill_from_index(snapshot, repo, err));
}

bool snapshot_of_worktree(struct snapshot **out, struct repo *repo,
			  struct error *err)
{
	const struct repo_state *state = repo_state(repo);
	struct snapshot *snapshot;
	bool done;

	if (state->bare)
		return error_set(err, ERROR_USAGE,
				 STR_FMT " is a bare repository and has no "
					 "work tree; name a commit",
				 STR_ARG(state->git_dir));
	snapshot = make(repo, SNAPSHOT_WORKTREE);
	done = sys_open_directory(&snapshot->work_tree, SYS_HERE,
				  state->work_tree.ptr, err) &&
	       fill_from_index(snapshot, repo, err);
	return finish(out, snapshot, done);
}

enum snapshot_kind snapshot_kind(const struct snapshot *snapshot)
{
	return snapshot->kind;
}

struct oid snapshot_commit(const struct snapshot *snapshot)
{
	return snapshot->commit;
}

size_t snapshot_count(const struct snapshot *snapshot)
{
	return snapshot->entries.list.count;
}

const struct entry *snapshot_at(const struct snapshot *snapshot, size_t index)
{
	return &snapshot->entries.list.at[index];
}

const struct entry *snapshot_find(const struct snapshot *snapshot, str path)
{
	size_t low = 0;
	size_t high = snapshot->entries.list.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct entry *entry = snapshot_at(snapshot, middle);
		int order = str_compare(path, entry->path);

		if (order == 0)
			return entry;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* ---- reading */

struct snapshot_reader {
	const struct snapshot *snapshot;
	struct odb_reader *objects; /* NULL until a blob is read */
	struct buf bytes;
};

struct snapshot_reader *snapshot_reader_new(const struct snapshot *snapshot,
					    size_t most)
{
	struct snapshot_reader *reader = mem_new(sizeof(*reader));

	reader->snapshot = snapshot;
	buf_init(&reader->bytes, most);
	return reader;
}

void snapshot_reader_free(struct snapshot_reader *reader)
{
	if (!reader)
		return;
	odb_reader_free(reader->objects);
	buf_done(&reader->bytes);
	mem_free(reader);
}

static bool read_object(struct blob *blob, struct snapshot_reader *reader,
			struct error *err)
{
	struct object object;

	if (!reader->objects)
		reader->objects =
			odb_reader_new(repo_odb(reader->snapshot->repo));
	if (!odb_read(&object, reader->objects, &blob->entry->oid, OBJECT_BLOB,
		      &reader->bytes, err))
		return error_prefix(err, STR_FMT, STR_ARG(blob->entry->path));
	blob->bytes = object.bytes;
	return true;
}

static bool read_file(struct blob *blob, struct snapshot_reader *reader,
		      struct error *err)
{
	buf_clear(&reader->bytes);
	switch (sys_find_beneath(&reader->bytes, reader->snapshot->work_tree,
				 blob->entry->path.ptr, err)) {
	case SYS_FOUND:
		blob->bytes = buf_str(&reader->bytes);
		return true;
	case SYS_NONE:
		/* Sparse checkout left it out on purpose: it is as committed.
		 */
		if (blob->entry->flags & ENTRY_SKIPPED)
			return read_object(blob, reader, err);
		blob->state = BLOB_ABSENT;
		return true;
	case SYS_LINKED:
		blob->state = BLOB_LINK;
		return true;
	case SYS_SPECIAL:
		blob->state = BLOB_SPECIAL;
		return true;
	case SYS_FAILED:
		break;
	}
	return false;
}

static int by_path(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	return str_compare(x->path, y->path);
}

struct snapshot *snapshot_of_texts(const struct snapshot_text *texts,
				   size_t count)
{
	struct snapshot *snapshot = make(NULL, SNAPSHOT_TEXTS);

	for (size_t i = 0; i < count; i++) {
		if (snapshot_find(snapshot, texts[i].path))
			continue;
		*vec_push(&snapshot->entries.list) = (struct entry){
			.path = texts[i].path, .mode = MODE_FILE};
		qsort(snapshot->entries.list.at, snapshot->entries.list.count,
		      sizeof(struct entry), by_path);
	}
	snapshot->texts = texts;
	snapshot->text_count = count;
	return snapshot;
}

struct snapshot *snapshot_of_versions(const struct repo *repo,
				      const struct entry *entries, size_t count)
{
	struct snapshot *snapshot = make(repo, SNAPSHOT_COMMIT);

	snapshot->borrowed = true;
	snapshot->entries.list.at = (struct entry *)(uintptr_t)entries;
	snapshot->entries.list.count = count;
	return snapshot;
}

static bool read_text(struct blob *blob, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->text_count; i++) {
		if (str_equal(snapshot->texts[i].path, blob->entry->path)) {
			blob->bytes = snapshot->texts[i].text;
			return true;
		}
	}
	blob->state = BLOB_ABSENT;
	return true;
}

bool snapshot_read(struct blob *out, struct snapshot_reader *reader,
		   const struct entry *entry, struct error *err)
{
	struct blob blob = {.entry = entry, .bytes = STR("")};
	bool done = true;

	if (entry->flags & ENTRY_CONFLICT)
		blob.state = BLOB_CONFLICT;
	else if (entry->flags & ENTRY_SUBMODULE)
		blob.state = BLOB_SUBMODULE;
	else if (entry->flags & ENTRY_LINK)
		blob.state = BLOB_LINK;
	else if (reader->snapshot->kind == SNAPSHOT_TEXTS)
		done = read_text(&blob, reader->snapshot);
	else if (reader->snapshot->kind == SNAPSHOT_WORKTREE)
		done = read_file(&blob, reader, err);
	else
		done = read_object(&blob, reader, err);
	if (done)
		*out = blob;
	return done;
}
