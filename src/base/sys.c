/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/vec.h"

_Static_assert(SYS_HERE == AT_FDCWD, "SYS_HERE is the current directory");

enum { READ_AT_ONCE = 65536 };

static bool failed(struct error *err, const char *what, const char *path)
{
	/* Never translated, and safe with threads. */
	const char *reason = strerrordesc_np(errno);

	return error_set(err, ERROR_IO, "cannot %s %s: %s", what, path,
			 reason ? reason : "unknown error");
}

static int open_at(int dir, const char *path, int flags)
{
	int descriptor;

	do {
		descriptor = openat(dir, path, flags | O_CLOEXEC);
	} while (descriptor == -1 && errno == EINTR);
	return descriptor;
}

enum sys_kind sys_kind_of(int dir, const char *path)
{
	struct stat stat;

	if (fstatat(dir, path, &stat, AT_SYMLINK_NOFOLLOW) != 0)
		return SYS_ABSENT;
	if (S_ISREG(stat.st_mode))
		return SYS_FILE;
	if (S_ISDIR(stat.st_mode))
		return SYS_DIRECTORY;
	return S_ISLNK(stat.st_mode) ? SYS_LINK : SYS_OTHER;
}

bool sys_open_directory(int *out, int dir, const char *path, struct error *err)
{
	int descriptor = open_at(dir, path, O_RDONLY | O_DIRECTORY);

	if (descriptor == -1)
		return failed(err, "open", path);
	*out = descriptor;
	return true;
}

void sys_close(int descriptor)
{
	(void)close(descriptor);
}

bool sys_read_all(struct buf *out, int descriptor, const char *name,
		  struct error *err)
{
	for (;;) {
		size_t left = out->most - out->len;
		/* One byte more than may come tells a larger file. */
		size_t want = left < READ_AT_ONCE ? left : READ_AT_ONCE;
		char *to = want ? buf_reserve(out, want) : NULL;
		char beyond;
		ssize_t got =
			read(descriptor, to ? to : &beyond, to ? want : 1);

		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return failed(err, "read", name);
		if (got == 0)
			return true;
		if (!to)
			return error_set(err, ERROR_LIMIT,
					 "%s is larger than %zu bytes", name,
					 out->most);
		out->len += (size_t)got;
	}
}

static bool read_opened(struct buf *out, int descriptor, const char *path,
			struct error *err)
{
	struct stat stat;
	bool done = false;

	if (fstat(descriptor, &stat) != 0)
		failed(err, "read", path);
	else if (!S_ISREG(stat.st_mode))
		error_set(err, ERROR_IO, "%s is not a regular file", path);
	else
		done = sys_read_all(out, descriptor, path, err);
	(void)close(descriptor);
	return done;
}

bool sys_read_file(struct buf *out, int dir, const char *path,
		   struct error *err)
{
	/* O_NONBLOCK: opening a pipe must not wait for its writer. */
	int descriptor = open_at(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);

	if (descriptor == -1 && errno == ELOOP)
		return error_set(err, ERROR_IO,
				 "%s is a symbolic link, which is not followed",
				 path);
	if (descriptor == -1)
		return failed(err, "open", path);
	return read_opened(out, descriptor, path, err);
}

bool sys_read_system(struct buf *out, const char *path, struct error *err)
{
	int descriptor = open_at(SYS_HERE, path, O_RDONLY | O_NONBLOCK);

	if (descriptor == -1)
		return failed(err, "open", path);
	return read_opened(out, descriptor, path, err);
}

/* Goes down one component; closes `from` unless it is the caller's. */
static int step_down(int from, int top, const char *name)
{
	int next = open_at(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	int saved = errno;

	if (from != top)
		(void)close(from);
	errno = saved;
	return next;
}

bool sys_read_beneath(struct buf *out, int dir, const char *path,
		      struct error *err)
{
	str rest = str_of(path);
	int at = dir;
	char name[256];

	for (;;) {
		str part = str_cut(&rest, '/');

		if (part.len == 0 || part.len >= sizeof(name) ||
		    str_is(part, ".") || str_is(part, "..")) {
			if (at != dir)
				(void)close(at);
			return error_set(err, ERROR_IO,
					 "%s is not a path below its folder",
					 path);
		}
		memcpy(name, part.ptr, part.len);
		name[part.len] = '\0';
		if (!rest.ptr)
			break;
		at = step_down(at, dir, name);
		if (at == -1 && (errno == ELOOP || errno == ENOTDIR))
			return error_set(err, ERROR_IO,
					 "%s lies behind a symbolic link, "
					 "which is not followed",
					 path);
		if (at == -1)
			return failed(err, "open", path);
	}
	{
		int file =
			open_at(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
		int saved = errno;

		if (at != dir)
			(void)close(at);
		if (file != -1)
			return read_opened(out, file, path, err);
		errno = saved;
	}
	if (errno == ELOOP)
		return error_set(err, ERROR_IO,
				 "%s is a symbolic link, which is not followed",
				 path);
	return failed(err, "open", path);
}

/* Opens below `dir` in one call, where the kernel has openat2 (5.6). */
static int open_beneath(int dir, const char *path)
{
	struct open_how how = {
		.flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS,
	};
	long descriptor = -1;

	/* EAGAIN: something was renamed meanwhile, or a lease is held. */
	for (unsigned tries = 0; tries < 32; tries++) {
		descriptor = syscall(SYS_openat2, dir, path, &how, sizeof(how));
		if (descriptor != -1 || (errno != EINTR && errno != EAGAIN))
			break;
	}
	return (int)descriptor;
}

/* What stopped an open, for a path whose parts may be links or absent. */
static enum sys_found found_by_errno(const char *path, struct error *err)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
		return SYS_NONE;
	case ELOOP:
	case EXDEV:
		return SYS_LINKED;
	case ENXIO:
	case ENODEV:
		return SYS_SPECIAL;
	default:
		failed(err, "open", path);
		return SYS_FAILED;
	}
}

/* The slow way, for kernels and sandboxes without openat2. */
static int open_by_steps(int dir, const char *path)
{
	str rest = str_of(path);
	char name[NAME_MAX + 1];
	struct stat stat;
	int at = dir;
	int file;
	int saved;

	for (;;) {
		str part = str_cut(&rest, '/');
		int from = at;

		if (part.len == 0 || part.len >= sizeof(name) ||
		    str_is(part, ".") || str_is(part, "..")) {
			errno = part.len >= sizeof(name) ? ENAMETOOLONG : EXDEV;
			break;
		}
		memcpy(name, part.ptr, part.len);
		name[part.len] = '\0';
		if (!rest.ptr) {
			file = open_at(from, name,
				       O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
			saved = errno;
			if (from != dir)
				(void)close(from);
			errno = saved;
			return file;
		}
		at = open_at(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
		/* With O_DIRECTORY a link says "not a directory". */
		if (at == -1 && errno == ENOTDIR &&
		    fstatat(from, name, &stat, AT_SYMLINK_NOFOLLOW) == 0)
			errno = S_ISLNK(stat.st_mode) ? ELOOP : ENOTDIR;
		saved = errno;
		if (from != dir)
			(void)close(from);
		errno = saved;
		if (at == -1)
			return -1;
	}
	saved = errno;
	if (at != dir)
		(void)close(at);
	errno = saved;
	return -1;
}

enum sys_found sys_find_beneath(struct buf *out, int dir, const char *path,
				struct error *err)
{
	size_t before = out->len;
	int file = open_beneath(dir, path);
	enum sys_found found = SYS_FOUND;
	struct stat stat;

	if (file == -1 && (errno == ENOSYS || errno == EPERM ||
			   errno == EINVAL || errno == EACCES))
		file = open_by_steps(dir, path);
	if (file == -1)
		return found_by_errno(path, err);
	/* A folder or device fails to be read, a pipe gives nothing. */
	if (!sys_read_all(out, file, path, err))
		found = SYS_FAILED;
	if ((found == SYS_FAILED || out->len == before) &&
	    fstat(file, &stat) == 0 && !S_ISREG(stat.st_mode))
		found = SYS_SPECIAL;
	(void)close(file);
	return found;
}

static enum sys_found map_opened(str *out, int file, const char *path,
				 struct error *err)
{
	struct stat stat;
	void *at;

	if (fstat(file, &stat) != 0) {
		failed(err, "read", path);
		return SYS_FAILED;
	}
	if (!S_ISREG(stat.st_mode)) {
		(void)error_set(err, ERROR_IO, "%s is not a regular file",
				path);
		return SYS_SPECIAL;
	}
	if (stat.st_size == 0) {
		*out = (str){"", 0};
		return SYS_FOUND;
	}
	at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (at == MAP_FAILED) {
		failed(err, "map", path);
		return SYS_FAILED;
	}
	*out = str_make(at, (size_t)stat.st_size);
	return SYS_FOUND;
}

enum sys_found sys_map(str *out, int dir, const char *path, struct error *err)
{
	int file = open_at(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	enum sys_found found;

	if (file == -1 && errno == ENOENT)
		return SYS_NONE;
	if (file == -1 && errno == ELOOP) {
		(void)error_set(err, ERROR_IO,
				"%s is a symbolic link, which is not followed",
				path);
		return SYS_LINKED;
	}
	if (file == -1) {
		failed(err, "open", path);
		return SYS_FAILED;
	}
	found = map_opened(out, file, path, err);
	(void)close(file);
	return found;
}

void sys_unmap(str mapped)
{
	if (mapped.len)
		(void)munmap((void *)(uintptr_t)mapped.ptr, mapped.len);
}

bool sys_real_path(str *out, const char *path, struct arena *arena,
		   struct error *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return failed(err, "find", path);
	*out = str_of(arena_cstr(arena, str_of(real)));
	return true;
}

bool sys_owner_of(uint32_t *out, const char *path, struct error *err)
{
	struct stat stat;

	if (fstatat(AT_FDCWD, path, &stat, AT_SYMLINK_NOFOLLOW) != 0)
		return failed(err, "look at", path);
	*out = stat.st_uid;
	return true;
}

bool sys_write_all(int descriptor, str bytes, const char *name,
		   struct error *err)
{
	while (bytes.len) {
		ssize_t wrote = write(descriptor, bytes.ptr, bytes.len);

		if (wrote == -1 && errno == EINTR)
			continue;
		if (wrote == -1)
			return failed(err, "write", name);
		bytes = str_slice(bytes, (size_t)wrote, bytes.len);
	}
	return true;
}

/* A device, a pipe, a descriptor: written in place. A file beside it that takes
 * its name would put an end to the device. */
static bool is_written_in_place(const char *path)
{
	struct stat stat;

	if (str_starts(str_of(path), STR("/dev/")) ||
	    str_starts(str_of(path), STR("/proc/")))
		return true;
	return lstat(path, &stat) == 0 && !S_ISREG(stat.st_mode) &&
	       !S_ISLNK(stat.st_mode) && !S_ISDIR(stat.st_mode);
}

/* Writes to what open() gave, and closes it. */
static bool write_opened(int file, str bytes, const char *path,
			 struct error *err)
{
	bool done;

	if (file == -1)
		return failed(err, "write", path);
	done = sys_write_all(file, bytes, path, err);
	if (close(file) != 0 && done)
		done = failed(err, "write", path);
	return done;
}

static bool write_in_place(const char *path, str bytes, struct error *err)
{
	return write_opened(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), bytes,
			    path, err);
}

bool sys_append_file(const char *path, str bytes, struct error *err)
{
	return write_opened(open(path,
				 O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW |
					 O_CLOEXEC | O_NOCTTY,
				 0666),
			    bytes, path, err);
}

/* What the user lets a new file be; read while one thread runs. */
static mode_t mode_of_new_files(void)
{
	mode_t mask = umask(077);

	(void)umask(mask);
	return 0666 & ~mask;
}

bool sys_write_file(const char *path, str bytes, struct error *err)
{
	struct buf name;
	bool done = false;
	int file;

	if (is_written_in_place(path))
		return write_in_place(path, bytes, err);
	buf_init(&name, 8192);
	buf_format(&name, "%s.XXXXXX", path);
	if (name.full || !name.ptr) {
		buf_done(&name);
		return error_set(err, ERROR_IO, "the path is too long");
	}
	file = mkostemp(name.ptr, O_CLOEXEC);
	if (file == -1) {
		failed(err, "write", path);
		buf_done(&name);
		return false;
	}
	done = sys_write_all(file, bytes, path, err);
	if (done &&
	    (fchmod(file, mode_of_new_files()) != 0 || fsync(file) != 0))
		done = failed(err, "write", path);
	if (close(file) != 0 && done)
		done = failed(err, "write", path);
	if (done && rename(name.ptr, path) != 0)
		done = failed(err, "rename to", path);
	if (!done)
		(void)unlink(name.ptr);
	buf_done(&name);
	return done;
}

bool sys_write_private(str *out, const char *folder, str bytes,
		       struct arena *arena, struct error *err)
{
	str name = str_format(arena, "%s/abide.XXXXXX", folder);
	char *path = arena_cstr(arena, name);
	int file = mkostemp(path, O_CLOEXEC);
	bool done;

	if (file == -1)
		return failed(err, "write", path);
	done = sys_write_all(file, bytes, path, err);
	if (close(file) != 0 && done)
		done = failed(err, "write", path);
	if (!done)
		(void)unlink(path);
	*out = str_make(path, name.len);
	return done;
}

/* Opens the folder that holds the last component of a relative path, making
 * what is missing if asked to; *name is that component. -1 and errno. */
static int open_parent(int dir, const char *path, bool make, str *name)
{
	char part[NAME_MAX + 1];
	str rest = str_of(path);
	int at = open_at(dir, ".", O_RDONLY | O_DIRECTORY);

	while (at != -1) {
		int from = at;
		int saved;

		*name = str_cut(&rest, '/');
		if (name->len == 0 || name->len >= sizeof(part) ||
		    str_is(*name, ".") || str_is(*name, "..")) {
			(void)close(at);
			errno = EINVAL;
			return -1;
		}
		if (!rest.ptr)
			return at;
		memcpy(part, name->ptr, name->len);
		part[name->len] = '\0';
		if (make)
			(void)mkdirat(from, part, 0777);
		at = open_at(from, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
		saved = errno;
		(void)close(from);
		errno = saved;
	}
	return -1;
}

enum sys_kind sys_kind_beneath(int dir, const char *path)
{
	str name;
	int parent = open_parent(dir, path, false, &name);
	enum sys_kind kind;

	if (parent == -1)
		/* O_NOFOLLOW with O_DIRECTORY says ENOTDIR of a link. */
		return errno == ENOENT ? SYS_ABSENT : SYS_LINK;
	kind = sys_kind_of(parent, name.ptr);
	(void)close(parent);
	return kind;
}

enum { TEMPORARY = 32, TRIES = 16 };

/* Makes a file of its own beside the one that is written. */
static int open_temporary(int parent, char name[TEMPORARY], mode_t mode)
{
	int file = -1;

	for (unsigned tries = 0; tries < TRIES && file == -1; tries++) {
		uint64_t random = 0;

		if (getrandom(&random, sizeof(random), 0) !=
		    (ssize_t)sizeof(random))
			return -1;
		(void)snprintf(name, TEMPORARY, ".abide-%016llx",
			       (unsigned long long)random);
		file = openat(parent, name,
			      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
				      O_CLOEXEC,
			      mode);
		if (file == -1 && errno != EEXIST)
			return -1;
	}
	return file;
}

/* Writes all bytes to a new file and brings them to the disk. */
static bool write_temporary(int file, str bytes, const char *path,
			    struct error *err)
{
	bool done = sys_write_all(file, bytes, path, err);

	if (done && fsync(file) != 0)
		done = failed(err, "write", path);
	if (close(file) != 0 && done)
		done = failed(err, "write", path);
	return done;
}

/* Is the file still the one that was judged? *stat says what it is. */
static bool holds_still(struct stat *stat, int parent, const char *name,
			const char *path, str before, struct error *err)
{
	int file = open_at(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	struct buf now;
	bool same;

	if (file == -1)
		return failed(err, "open", path);
	if (fstat(file, stat) != 0 || !S_ISREG(stat->st_mode)) {
		(void)close(file);
		return error_set(err, ERROR_IO, "%s is not a regular file",
				 path);
	}
	buf_init(&now, before.len + 1);
	same = sys_read_all(&now, file, path, err) &&
	       str_equal(buf_str(&now), before);
	buf_done(&now);
	(void)close(file);
	return same || error_set(err, ERROR_IO,
				 "%s changed while it was judged; it was left "
				 "as it is",
				 path);
}

static bool replace_in(int parent, const char *name, const char *path,
		       str before, str after, struct error *err)
{
	char temporary[TEMPORARY];
	struct stat was;
	struct stat is;
	bool done;
	int file;

	if (!holds_still(&was, parent, name, path, before, err))
		return false;
	file = open_temporary(parent, temporary, 0600);
	if (file == -1)
		return failed(err, "write beside", path);
	/* Of another owner it can be ours only; the group is kept if it may. */
	(void)!fchown(file, (uid_t)-1, was.st_gid);
	done = fchmod(file, was.st_mode & 07777) == 0 ||
	       failed(err, "set the mode of", path);
	if (!done)
		(void)close(file);
	done = done && write_temporary(file, after, path, err) &&
	       holds_still(&is, parent, name, path, before, err);
	if (done && renameat(parent, temporary, parent, name) != 0)
		done = failed(err, "write", path);
	if (!done)
		(void)unlinkat(parent, temporary, 0);
	else
		(void)fsync(parent);
	return done;
}

bool sys_replace_beneath(int dir, const char *path, str before, str after,
			 struct error *err)
{
	str name;
	int parent = open_parent(dir, path, false, &name);
	bool done;

	if (parent == -1)
		return failed(err, "open", path);
	done = replace_in(parent, name.ptr, path, before, after, err);
	(void)close(parent);
	return done;
}

/* Gives a temporary file its name if nothing has it. */
static bool name_new(int parent, const char *temporary, const char *name)
{
	if (renameat2(parent, temporary, parent, name, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	/* File systems without that have links. */
	if (linkat(parent, temporary, parent, name, 0) != 0)
		return false;
	(void)unlinkat(parent, temporary, 0);
	return true;
}

static bool create(int dir, const char *path, str bytes, mode_t mode,
		   struct error *err)
{
	str name;
	int parent = open_parent(dir, path, true, &name);
	char temporary[TEMPORARY];
	bool done;
	int file;

	if (parent == -1)
		return failed(err, "make the folder of", path);
	file = open_temporary(parent, temporary, mode);
	if (file == -1) {
		failed(err, "write", path);
		(void)close(parent);
		return false;
	}
	done = write_temporary(file, bytes, path, err);
	if (done && !name_new(parent, temporary, name.ptr))
		done = failed(err, "make", path);
	if (!done)
		(void)unlinkat(parent, temporary, 0);
	else
		(void)fsync(parent);
	(void)close(parent);
	return done;
}

bool sys_create_beneath(int dir, const char *path, str bytes, struct error *err)
{
	return create(dir, path, bytes, 0666, err);
}

bool sys_create_program(int dir, const char *path, str bytes, struct error *err)
{
	return create(dir, path, bytes, 0777, err);
}

bool sys_is_program(int dir, const char *path)
{
	return faccessat(dir, path, X_OK, 0) == 0;
}

bool sys_rename(int dir, const char *from, const char *to, struct error *err)
{
	return name_new(dir, from, to) || failed(err, "rename", from);
}

bool sys_remove(int dir, const char *name, struct error *err)
{
	return unlinkat(dir, name, 0) == 0 || failed(err, "remove", name);
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

bool sys_list(str **names, size_t *count, int dir, const char *path,
	      struct arena *arena, struct error *err)
{
	int descriptor = open_at(dir, path, O_RDONLY | O_DIRECTORY);
	VEC(str) found = {0};
	const struct dirent *entry;
	DIR *stream;

	if (descriptor == -1)
		return failed(err, "open", path);
	stream = fdopendir(descriptor);
	if (!stream) {
		failed(err, "read", path);
		(void)close(descriptor);
		return false;
	}
	errno = 0;
	while ((entry = readdir(stream))) {
		str name = str_of(entry->d_name);

		if (!str_is(name, ".") && !str_is(name, ".."))
			*vec_push(&found) = str_keep(arena, name);
	}
	if (errno != 0) {
		failed(err, "read", path);
		(void)closedir(stream);
		vec_done(&found);
		return false;
	}
	(void)closedir(stream);
	if (found.count)
		qsort(found.at, found.count, sizeof(str), by_bytes);
	*names = vec_keep(&found, arena);
	*count = found.count;
	vec_done(&found);
	return true;
}
