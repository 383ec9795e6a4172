/* SPDX-License-Identifier: Apache-2.0 */
#include "git/refs.h"

#include "base/sys.h"

/* As deep as git follows one symbolic ref after another. */
enum { SYMREFS_DEEP = 5 };

/* git-check-ref-format(1): what no name of a ref may hold. */
bool ref_name_valid(str name)
{
	if (name.len == 0 || name.len > 4096 || str_starts(name, STR("/")) ||
	    str_starts(name, STR("-")) || str_ends(name, STR("/")) ||
	    str_ends(name, STR(".")) || str_find(name, STR("..")) != SIZE_MAX ||
	    str_find(name, STR("//")) != SIZE_MAX ||
	    str_find(name, STR("/.")) != SIZE_MAX ||
	    str_starts(name, STR(".")) ||
	    str_find(name, STR("@{")) != SIZE_MAX ||
	    str_find(name, STR(".lock/")) != SIZE_MAX ||
	    str_ends(name, STR(".lock")) || str_is(name, "@"))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		if (c <= ' ' || c == 127 || strchr("~^:?*[\\", c))
			return false;
	}
	return true;
}

/* HEAD and its like, and three folders, belong to one work tree. */
static bool is_own(str name)
{
	return !str_starts(name, STR("refs/")) ||
	       str_starts(name, STR("refs/bisect/")) ||
	       str_starts(name, STR("refs/worktree/")) ||
	       str_starts(name, STR("refs/rewritten/"));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads the text of a loose ref. */
static bool loose_parse(struct ref *ref, str text, str name,
			struct arena *arena, struct error *err)
{
	struct oid oid;

	if (str_starts(text, STR("ref:"))) {
		str target = str_trim(str_slice(text, 4, text.len));

		if (ref_name_valid(target)) {
			ref->target = str_keep(arena, target);
			return true;
		}
	} else if (oid_parse(&oid, str_slice(text, 0, OID_HEX)) &&
		   (text.len == OID_HEX || is_blank(text.ptr[OID_HEX]))) {
		ref->oid = oid;
		return true;
	}
	return error_set(err, ERROR_GIT,
			 "repository damaged: the ref " STR_FMT
			 " holds no object name",
			 STR_ARG(name));
}

static bool read_loose(struct ref *ref, bool *found, str folder, str name,
		       struct arena *arena, struct error *err)
{
	struct buf bytes;
	bool done = true;
	int dir;

	*found = false;
	if (!sys_open_directory(&dir, SYS_HERE, folder.ptr, err))
		return false;
	buf_init(&bytes, 1 << 20);
	switch (sys_find_beneath(&bytes, dir, arena_cstr(arena, name), err)) {
	case SYS_FOUND:
		*found = true;
		done = loose_parse(ref, buf_str(&bytes), name, arena, err);
		break;
	case SYS_LINKED:
		done = error_set(err, ERROR_GIT,
				 "the ref " STR_FMT
				 " is a symbolic link, which is not followed",
				 STR_ARG(name));
		break;
	case SYS_FAILED:
		done = false;
		break;
	default:
		break;
	}
	buf_done(&bytes);
	sys_close(dir);
	return done;
}

/* A line of packed-refs is "OID NAME". */
static bool packed_parse(struct ref *ref, bool *found, str bytes, str name,
			 struct error *err)
{
	while (bytes.len) {
		str line = str_cut(&bytes, '\n');

		if (line.len != OID_HEX + 1 + name.len ||
		    line.ptr[OID_HEX] != ' ' || !str_ends(line, name))
			continue;
		*found = oid_parse(&ref->oid, str_slice(line, 0, OID_HEX));
		return *found ? true
			      : error_set(err, ERROR_GIT,
					  "repository damaged: packed-refs "
					  "holds no object name for " STR_FMT,
					  STR_ARG(name));
	}
	return true;
}

static bool read_packed(struct ref *ref, bool *found, const struct repo *repo,
			str name, struct arena *arena, struct error *err)
{
	str path = str_format(arena, STR_FMT "/packed-refs",
			      STR_ARG(repo_state(repo)->common_dir));
	struct buf bytes;
	bool done;

	*found = false;
	if (sys_kind_of(SYS_HERE, path.ptr) == SYS_ABSENT)
		return true;
	buf_init(&bytes, repo_limits(repo)->git_file_size);
	done = sys_read_file(&bytes, SYS_HERE, path.ptr, err) &&
	       packed_parse(ref, found, buf_str(&bytes), name, err);
	buf_done(&bytes);
	return done;
}

bool ref_read(struct ref *out, bool *found, const struct repo *repo, str name,
	      struct arena *arena, struct error *err)
{
	const struct repo_state *state = repo_state(repo);
	struct ref ref = {0};

	if (!read_loose(&ref, found,
			is_own(name) ? state->git_dir : state->common_dir, name,
			arena, err))
		return false;
	if (!*found && str_starts(name, STR("refs/")) &&
	    !read_packed(&ref, found, repo, name, arena, err))
		return false;
	*out = ref;
	return true;
}

static bool follow(struct oid *out, bool *found, str *last,
		   const struct repo *repo, str name, struct arena *arena,
		   struct error *err)
{
	for (unsigned depth = 0; depth <= SYMREFS_DEEP; depth++) {
		struct ref ref;

		*last = name;
		if (!ref_read(&ref, found, repo, name, arena, err))
			return false;
		if (!*found)
			return true;
		if (ref.oid.len) {
			*out = ref.oid;
			return true;
		}
		name = ref.target;
	}
	return error_set(err, ERROR_GIT,
			 "symbolic refs lead in a circle, or deeper than %d",
			 SYMREFS_DEEP);
}

bool ref_find(struct oid *out, bool *found, const struct repo *repo, str name,
	      struct error *err)
{
	struct arena arena;
	bool done = true;
	str last;

	*found = false;
	if (!ref_name_valid(name))
		return true;
	arena_init(&arena);
	done = follow(out, found, &last, repo, name, &arena, err);
	arena_done(&arena);
	return done;
}

bool repo_head(struct head *out, const struct repo *repo, struct arena *arena,
	       struct error *err)
{
	struct head head = {0};
	struct ref ref;
	bool found;

	if (!ref_read(&ref, &found, repo, STR("HEAD"), arena, err))
		return false;
	if (!found)
		return error_set(err, ERROR_GIT,
				 "repository damaged: there is no HEAD");
	if (ref.oid.len) {
		head.oid = ref.oid;
	} else if (!str_starts(ref.target, STR("refs/"))) {
		return error_set(err, ERROR_GIT,
				 "repository damaged: HEAD names " STR_FMT
				 ", which is no branch",
				 STR_ARG(ref.target));
	} else {
		if (!follow(&head.oid, &found, &head.ref, repo, ref.target,
			    arena, err))
			return false;
		head.ref = ref.target;
	}
	*out = head;
	return true;
}
