/*
 * snapshot - the files of a commit, of the index or of the work tree.
 *
 *	snapshot_of_worktree(&snapshot, repo, &err);
 *	reader = snapshot_reader_new(snapshot, limits->yaml_size);
 *	for (size_t i = 0; i < snapshot_count(snapshot); i++)
 *		snapshot_read(&blob, reader, snapshot_at(snapshot, i), &err);
 *
 * A snapshot is const once made and may be shared; a reader is one thread's.
 * It is complete or it is an error: a tree that is missing, a hostile name, a
 * limit that is passed make no snapshot. Entries are sorted by the bytes of
 * their paths, one for a path.
 *
 * The work tree is what git tracks there (the index) with the content that
 * lies on disk; what sparse checkout left out is read from its blob. The
 * index is read as blobs, never as files. Untracked files are not read.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GIT_SNAPSHOT_H
#define GIT_SNAPSHOT_H

#include "git/parse.h"
#include "git/repo.h"

enum entry_flag {
	ENTRY_LINK = 1 << 0,	  /* a symbolic link, never followed */
	ENTRY_SUBMODULE = 1 << 1, /* another repository, never entered */
	ENTRY_CONFLICT = 1 << 2,  /* unmerged in the index */
	ENTRY_SKIPPED = 1 << 3,	  /* skip-worktree: sparse checkout */
	ENTRY_INTENT = 1 << 4,	  /* `git add -N`: in the work tree only */
};

struct entry {
	str path;	/* from the root; a NUL follows its last byte */
	struct oid oid; /* of the content that was committed or staged */
	uint32_t mode;	/* enum tree_mode, never MODE_TREE */
	unsigned flags; /* enum entry_flag */
};

enum snapshot_kind {
	SNAPSHOT_COMMIT,
	SNAPSHOT_INDEX,
	SNAPSHOT_WORKTREE,
	SNAPSHOT_TEXTS, /* of no repository */
};

struct snapshot;

/* ERROR_USAGE: no such revision. The revision HEAD of an unborn branch is
 * ERROR_USAGE too; ask repo_head first. */
MUST_USE bool snapshot_of_commit(struct snapshot **out, struct repo *repo,
				 str revision, struct error *err);

/* Without an index file the snapshot is empty, as for git. */
MUST_USE bool snapshot_of_index(struct snapshot **out, struct repo *repo,
				struct error *err);

/* ERROR_USAGE in a bare repository, which has no work tree. */
MUST_USE bool snapshot_of_worktree(struct snapshot **out, struct repo *repo,
				   struct error *err);

/* Borrowed texts as files; of two with one path the first counts. */
struct snapshot_text {
	str path;
	str text;
};
struct snapshot *snapshot_of_texts(const struct snapshot_text *texts,
				   size_t count);

/* Blobs of the repository under the names given, in the order given: versions
 * of files, of which several may have one path; then snapshot_find is not to
 * be asked. Entries and paths are
 * borrowed; paths end with a NUL. Sorted by path they are as good as another
 * snapshot. */
struct snapshot *snapshot_of_versions(const struct repo *repo,
				      const struct entry *entries,
				      size_t count);

void snapshot_free(struct snapshot *snapshot);

enum snapshot_kind snapshot_kind(const struct snapshot *snapshot);

/* The commit it was made of; len 0 for index and work tree. */
struct oid snapshot_commit(const struct snapshot *snapshot);
size_t snapshot_count(const struct snapshot *snapshot);
const struct entry *snapshot_at(const struct snapshot *snapshot, size_t index);

/* The entry of a path, or NULL. */
const struct entry *snapshot_find(const struct snapshot *snapshot, str path);

enum blob_state {
	BLOB_READ,	/* bytes are the content */
	BLOB_ABSENT,	/* tracked, and deleted in the work tree */
	BLOB_LINK,	/* a symbolic link, or behind one: not followed */
	BLOB_SUBMODULE, /* not entered */
	BLOB_CONFLICT,	/* unmerged: no one content */
	BLOB_SPECIAL,	/* in the work tree a folder, pipe or device */
};

struct blob {
	const struct entry *entry;
	enum blob_state state;
	str bytes; /* of the reader, until its next read; empty unless READ */
};

struct snapshot_reader;

/* `most` is the ceiling on the bytes of one file. */
struct snapshot_reader *snapshot_reader_new(const struct snapshot *snapshot,
					    size_t most);
void snapshot_reader_free(struct snapshot_reader *reader);

/* Reads one file. Everything but BLOB_READ has to be named by the caller, it
 * was not judged. ERROR_LIMIT: larger than the ceiling; ERROR_GIT: the object
 * is missing or damaged; ERROR_IO: the file cannot be read. The error says the
 * path. */
MUST_USE bool snapshot_read(struct blob *out, struct snapshot_reader *reader,
			    const struct entry *entry, struct error *err);

#endif
