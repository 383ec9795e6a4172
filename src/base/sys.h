/*
 * sys - the one file of system calls: files in, files out.
 *
 * Links are not followed below the directory that is given; what is no regular
 * file is refused by name. Interrupted calls are repeated.
 *
 * tail: file - all system calls stand in one place, to be failed in tests.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_SYS_H
#define BASE_SYS_H

#include "base/buf.h"
#include "base/error.h"

enum sys_kind {
	SYS_ABSENT,
	SYS_FILE,
	SYS_DIRECTORY,
	SYS_LINK,
	SYS_OTHER, /* device, pipe, socket */
};

/* What lies at a path, links not followed. `dir` is a descriptor or
 * SYS_HERE. */
enum sys_kind sys_kind_of(int dir, const char *path);
enum { SYS_HERE = -100 /* AT_FDCWD */ };

/* Opens a directory; close it with sys_close. */
MUST_USE bool sys_open_directory(int *out, int dir, const char *path,
				 struct error *err);
void sys_close(int descriptor);

/* Appends a whole regular file to `out`, whose ceiling bounds it: ERROR_LIMIT
 * when the file is larger. The last component may not be a link. */
MUST_USE bool sys_read_file(struct buf *out, int dir, const char *path,
			    struct error *err);

/* The same for a file of the system, whose links are followed. */
MUST_USE bool sys_read_system(struct buf *out, const char *path,
			      struct error *err);

/* As sys_read_file, and no component of the relative path may be a link or
 * `..`. */
MUST_USE bool sys_read_beneath(struct buf *out, int dir, const char *path,
			       struct error *err);

enum sys_found {
	SYS_FOUND,   /* read whole */
	SYS_NONE,    /* no such file */
	SYS_LINKED,  /* it is a symbolic link, or lies behind one */
	SYS_SPECIAL, /* a folder, pipe or device */
	SYS_FAILED,  /* *err says why */
};

/* The same for many files, where absence and links are answers: opens, reads
 * and closes, and asks what it is only when nothing comes. */
MUST_USE enum sys_found sys_find_beneath(struct buf *out, int dir,
					 const char *path, struct error *err);

/* Maps a regular file, to be read; its length is the one it has now. A link in
 * the last component is not followed. SYS_NONE: no such file; SYS_FOUND: follow
 * with sys_unmap; else *err says why. An empty file maps to no bytes. */
MUST_USE enum sys_found sys_map(str *out, int dir, const char *path,
				struct error *err);
void sys_unmap(str mapped);

/* The absolute path with every link resolved, in the arena. */
struct arena;
MUST_USE bool sys_real_path(str *out, const char *path, struct arena *arena,
			    struct error *err);

/* Who owns what lies at a path; a link is not followed. */
MUST_USE bool sys_owner_of(uint32_t *out, const char *path, struct error *err);

/* Appends all of a descriptor, for standard input. */
MUST_USE bool sys_read_all(struct buf *out, int descriptor, const char *name,
			   struct error *err);

/* Writes all bytes to a descriptor. */
MUST_USE bool sys_write_all(int descriptor, str bytes, const char *name,
			    struct error *err);

/* Writes a file whole or not at all: a temporary file beside it, fsync,
 * rename. An existing link at the path is replaced, never written through. */
MUST_USE bool sys_write_file(const char *path, str bytes, struct error *err);

/* Writes bytes to a new file in a folder, which this user alone may read, and
 * gives its path in the arena; the caller removes it. */
MUST_USE bool sys_write_private(str *out, const char *folder, str bytes,
				struct arena *arena, struct error *err);

/* Puts other bytes in place of a file below `dir`, whole or not at all, with
 * its mode: a temporary file beside it, fsync, rename. ERROR_IO when it does
 * not hold `before` any more, is no regular file or lies behind a link. */
MUST_USE bool sys_replace_beneath(int dir, const char *path, str before,
				  str after, struct error *err);

/* Makes a new file below `dir`, whole or not at all, and the folders that it
 * needs; what lies at the path is never touched: ERROR_IO. No component may be
 * a link. */
MUST_USE bool sys_create_beneath(int dir, const char *path, str bytes,
				 struct error *err);

/* The same for a file that may be run; may this process run it? */
MUST_USE bool sys_create_program(int dir, const char *path, str bytes,
				 struct error *err);
bool sys_is_program(int dir, const char *path);

/* Renames within a folder, never over what is there (ERROR_IO); removes. */
MUST_USE bool sys_rename(int dir, const char *from, const char *to,
			 struct error *err);
MUST_USE bool sys_remove(int dir, const char *name, struct error *err);

/* What lies below `dir` at a path that may not lead over links: SYS_LINK too
 * when a folder on the way is one. */
enum sys_kind sys_kind_beneath(int dir, const char *path);

/* Adds bytes behind what a file holds, and makes it when it is not there. The
 * last component may not be a link. */
MUST_USE bool sys_append_file(const char *path, str bytes, struct error *err);

/* The names in a directory except . and .., sorted by bytes, in one arena. */
MUST_USE bool sys_list(str **names, size_t *count, int dir, const char *path,
		       struct arena *arena, struct error *err);

#endif
