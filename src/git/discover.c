/* SPDX-License-Identifier: Apache-2.0 */
#include "git/discover.h"

#include "base/sys.h"

str path_join(struct arena *arena, str base, str path)
{
	if (str_starts(path, STR("/")))
		return str_of(arena_cstr(arena, path));
	return str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(base),
			  STR_ARG(path));
}

bool path_within(str path, str folder)
{
	if (str_is(folder, "/"))
		return true;
	return str_starts(path, folder) &&
	       (path.len == folder.len || path.ptr[folder.len] == '/');
}

bool line_read(str *out, str folder, const char *name, struct arena *arena,
	       struct error *err)
{
	str path = path_join(arena, folder, str_of(name));
	struct buf bytes;
	bool done = true;
	str text;

	*out = str_make(NULL, 0);
	if (sys_kind_of(SYS_HERE, path.ptr) == SYS_ABSENT)
		return true;
	buf_init(&bytes, 8192);
	done = sys_read_file(&bytes, SYS_HERE, path.ptr, err);
	text = buf_str(&bytes);
	while (text.len && (text.ptr[text.len - 1] == '\n' ||
			    text.ptr[text.len - 1] == '\r'))
		text.len--;
	if (done && str_find_byte(text, '\0') != SIZE_MAX)
		done = error_set(err, ERROR_GIT, "%s holds a NUL", path.ptr);
	if (done)
		*out = str_of(arena_cstr(arena, text));
	buf_done(&bytes);
	return done;
}

static enum sys_kind kind_in(str folder, const char *name, struct arena *arena)
{
	return sys_kind_of(SYS_HERE,
			   path_join(arena, folder, str_of(name)).ptr);
}

/* What git asks of a git directory: HEAD, refs and objects, or a pointer to
 * the common directory that has them. */
static bool is_git_dir(str path, struct arena *arena)
{
	enum sys_kind head = kind_in(path, "HEAD", arena);

	if (head != SYS_FILE && head != SYS_LINK)
		return false;
	if (kind_in(path, "commondir", arena) == SYS_FILE)
		return true;
	return kind_in(path, "objects", arena) != SYS_ABSENT &&
	       kind_in(path, "refs", arena) != SYS_ABSENT;
}

/* Follows a file `.git`: "gitdir: PATH". */
static bool follow(str *out, str folder, const char *name, struct arena *arena,
		   struct error *err)
{
	str line, target;

	if (!line_read(&line, folder, name, arena, err))
		return false;
	if (!str_starts(line, STR("gitdir: ")))
		return error_set(err, ERROR_GIT,
				 STR_FMT "/%s is a file, and does not say "
					 "where the repository is",
				 STR_ARG(folder), name);
	target = path_join(arena, folder, str_slice(line, 8, line.len));
	if (!is_git_dir(target, arena))
		return error_set(err, ERROR_GIT,
				 STR_FMT "/%s points to " STR_FMT
					 ", which is no repository",
				 STR_ARG(folder), name, STR_ARG(target));
	return sys_real_path(out, target.ptr, arena, err);
}

/* Looks for `.git` in one folder; *found tells. */
static bool look_in(struct place *place, bool *found, str folder,
		    struct arena *arena, struct error *err)
{
	str pointer = path_join(arena, folder, STR(".git"));
	enum sys_kind kind = sys_kind_of(SYS_HERE, pointer.ptr);
	bool done = true;

	*found = false;
	if (kind == SYS_FILE) {
		done = follow(&place->git_dir, folder, ".git", arena, err);
		*found = done;
	} else if ((kind == SYS_DIRECTORY || kind == SYS_LINK) &&
		   is_git_dir(pointer, arena)) {
		done = sys_real_path(&place->git_dir, pointer.ptr, arena, err);
		*found = done;
	}
	if (*found) {
		place->pointer = pointer;
		place->top = folder;
	}
	return done;
}

static str parent_of(str path, struct arena *arena)
{
	size_t len = path.len;

	while (len > 1 && path.ptr[len - 1] != '/')
		len--;
	if (len > 1)
		len--;
	return str_of(arena_cstr(arena, str_slice(path, 0, len)));
}

static bool is_ceiling(str folder, const char *ceilings)
{
	str rest = str_of(ceilings);

	while (rest.ptr) {
		str one = str_cut(&rest, ':');

		while (one.len > 1 && one.ptr[one.len - 1] == '/')
			one.len--;
		if (one.len && str_equal(one, folder))
			return true;
	}
	return false;
}

/* Walks up to a folder with `.git`. */
static bool walk_up(struct place *place, bool *found, const char *ceilings,
		    struct arena *arena, struct error *err)
{
	str at = place->start;

	for (;;) {
		str parent;

		if (!look_in(place, found, at, arena, err))
			return false;
		parent = parent_of(at, arena);
		if (*found || str_equal(parent, at) ||
		    is_ceiling(parent, ceilings))
			return true;
		at = parent;
	}
}

/* The directory is itself a git directory: right when nothing encloses it. */
static bool accept_bare(struct place *place, const struct place *around,
			bool enclosed, struct error *err)
{
	if (enclosed && path_within(place->start, around->git_dir))
		return error_set(err, ERROR_USAGE,
				 "this is inside the git directory " STR_FMT
				 "; run it in the work tree",
				 STR_ARG(around->git_dir));
	if (enclosed)
		return error_set(err, ERROR_GIT,
				 STR_FMT " is a bare repository inside the "
					 "work tree " STR_FMT
					 ", which is not trusted; if it is "
					 "meant, set GIT_DIR to it",
				 STR_ARG(place->start), STR_ARG(around->top));
	place->git_dir = place->start;
	place->pointer = place->start;
	place->top = str_make(NULL, 0);
	return true;
}

static bool search(struct place *place, const struct repo_env *env,
		   struct arena *arena, struct error *err)
{
	struct place around = *place;
	bool itself, found;

	if (!look_in(place, &found, place->start, arena, err))
		return false;
	if (found)
		return true;
	itself = is_git_dir(place->start, arena);
	if (!walk_up(&around, &found, env->ceilings, arena, err))
		return false;
	if (itself)
		return accept_bare(place, &around, found, err);
	if (!found)
		return error_set(err, ERROR_GIT,
				 STR_FMT " is in no git repository",
				 STR_ARG(place->start));
	if (path_within(place->start, around.git_dir))
		return accept_bare(place, &around, true, err);
	*place = around;
	return true;
}

static bool use_named(struct place *place, const struct repo_env *env,
		      struct arena *arena, struct error *err)
{
	str named = path_join(arena, place->start, str_of(env->git_dir));

	place->named = true;
	place->top = place->start;
	if (sys_kind_of(SYS_HERE, named.ptr) == SYS_FILE)
		return follow(
			&place->git_dir, parent_of(named, arena),
			arena_cstr(arena,
				   str_slice(named,
					     parent_of(named, arena).len + 1,
					     named.len)),
			arena, err);
	if (!is_git_dir(named, arena))
		return error_set(err, ERROR_GIT,
				 "GIT_DIR names " STR_FMT
				 ", which is no repository",
				 STR_ARG(named));
	return sys_real_path(&place->git_dir, named.ptr, arena, err);
}

static bool find_common(struct place *place, const struct repo_env *env,
			struct arena *arena, struct error *err)
{
	str line, path;

	if (env->common_dir) {
		path = path_join(arena, place->start, str_of(env->common_dir));
	} else {
		if (!line_read(&line, place->git_dir, "commondir", arena, err))
			return false;
		path = line.ptr ? path_join(arena, place->git_dir, line)
				: place->git_dir;
	}
	if (!sys_real_path(&place->common_dir, path.ptr, arena, err))
		return error_prefix(err, "the repository's common directory");
	return true;
}

bool discover(struct place *out, const struct repo_env *env,
	      const char *directory, struct arena *arena, struct error *err)
{
	struct place place = {0};

	if (!sys_real_path(&place.start, directory, arena, err))
		return false;
	if (env->git_dir ? !use_named(&place, env, arena, err)
			 : !search(&place, env, arena, err))
		return false;
	if (!find_common(&place, env, arena, err))
		return false;
	*out = place;
	return true;
}
