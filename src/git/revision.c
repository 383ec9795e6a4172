/* SPDX-License-Identifier: Apache-2.0 */
#include "git/revision.h"

#include "git/dated.h"
#include "git/refs.h"

/* Tags of tags are followed this deep. */
enum { TAGS_DEEP = 64 };

static bool unknown(struct error *err, str revision)
{
	return error_set(err, ERROR_USAGE,
			 "'" STR_FMT "' names no commit of this repository",
			 STR_ARG(revision));
}

/* ---- names */

/* gitrevisions(7): where a short name is looked for, in this order. */
static const struct {
	const char *before, *after;
} places[] = {
	{"refs/", ""},	       {"refs/tags/", ""},	   {"refs/heads/", ""},
	{"refs/remotes/", ""}, {"refs/remotes/", "/HEAD"},
};

/* HEAD, FETCH_HEAD, ORIG_HEAD: capitals and underscores. */
static bool is_top(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if ((name.ptr[i] < 'A' || name.ptr[i] > 'Z') &&
		    name.ptr[i] != '_')
			return false;
	}
	return true;
}

static bool find_full(struct oid *out, bool *found, const struct repo *repo,
		      str name, struct error *err)
{
	*found = false;
	if (!is_top(name) && !str_starts(name, STR("refs/")))
		return true;
	return ref_find(out, found, repo, name, err);
}

/* git takes the first of several and warns; a judgement must not depend on a
 * tag somebody pushed with the name of a branch. */
static bool find_short(struct oid *out, bool *found, const struct repo *repo,
		       str name, struct arena *arena, struct error *err)
{
	str first = {NULL, 0};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct oid oid;
		bool here;
		str full =
			str_format(arena, "%s" STR_FMT "%s", places[i].before,
				   STR_ARG(name), places[i].after);

		if (!ref_find(&oid, &here, repo, full, err))
			return false;
		if (!here)
			continue;
		if (first.ptr && !oid_equal(&oid, out))
			return error_set(err, ERROR_USAGE,
					 "'" STR_FMT "' is ambiguous: " STR_FMT
					 " or " STR_FMT "?",
					 STR_ARG(name), STR_ARG(first),
					 STR_ARG(full));
		if (!first.ptr) {
			*out = oid;
			first = full;
		}
	}
	*found = first.ptr != NULL;
	return true;
}

static bool find_abbreviated(struct oid *out, bool *found, struct repo *repo,
			     str name, struct error *err)
{
	char digits[OID_HEX];
	size_t count = 0;

	*found = false;
	if (name.len < ODB_PREFIX_LEAST || name.len >= OID_HEX)
		return true;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return true;
		digits[i] = c;
	}
	if (!odb_find_prefix(out, &count, repo_reader(repo),
			     str_make(digits, name.len), err))
		return false;
	if (count > 1)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is ambiguous: several objects "
				 "begin with it",
				 STR_ARG(name));
	*found = count == 1;
	return true;
}

/* Is there an object of a name that was typed in full? */
static bool find_typed(bool *found, struct repo *repo, const struct oid *oid,
		       struct error *err)
{
	return odb_has(found, repo_reader(repo), oid, err);
}

static bool find_name(struct oid *out, struct repo *repo, str name,
		      struct error *err)
{
	struct arena arena;
	bool found = false;
	bool done;

	if (str_is(name, "@"))
		name = STR("HEAD");
	if (name.len == 0 || name.len > 4096 || name.ptr[0] == '-' ||
	    str_find_byte(name, '\0') != SIZE_MAX)
		return unknown(err, name);
	arena_init(&arena);
	if (oid_parse(out, name))
		done = find_typed(&found, repo, out, err);
	else
		done = find_full(out, &found, repo, name, err) &&
		       (found ||
			find_short(out, &found, repo, name, &arena, err)) &&
		       (found ||
			find_abbreviated(out, &found, repo, name, err));
	arena_done(&arena);
	if (!done)
		return false;
	return found ? true : unknown(err, name);
}

/* ---- objects */

/* Follows tags until something else comes. */
static bool peel(struct oid *oid, enum object_kind *kind, struct repo *repo,
		 struct error *err)
{
	struct buf bytes;
	bool done = false;

	buf_init(&bytes, repo_limits(repo)->git_tree_size);
	for (unsigned depth = 0; depth < TAGS_DEEP; depth++) {
		struct object object;
		struct tag tag;

		if (!odb_read(&object, repo_reader(repo), oid, OBJECT_ANY,
			      &bytes, err))
			break;
		*kind = object.kind;
		done = object.kind != OBJECT_TAG;
		if (done || !tag_parse(&tag, object.bytes, err))
			break;
		*oid = tag.object;
		if (depth + 1 == TAGS_DEEP)
			error_set(err, ERROR_GIT,
				  "tags of tags lead deeper "
				  "than 64");
	}
	buf_done(&bytes);
	return done;
}

static bool peel_to_commit(struct oid *oid, struct repo *repo, str revision,
			   struct error *err)
{
	enum object_kind kind;

	if (!peel(oid, &kind, repo, err))
		return false;
	if (kind != OBJECT_COMMIT)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is a %s, not a commit",
				 STR_ARG(revision), object_kind_name(kind));
	return true;
}

static bool is_boundary(const struct repo *repo, const struct oid *oid)
{
	const struct repo_state *state = repo_state(repo);

	for (size_t i = 0; i < state->boundary_count; i++) {
		if (oid_equal(&state->boundary[i], oid))
			return true;
	}
	return false;
}

bool shallow_check(const struct repo *repo, const struct oid *oid,
		   struct error *err)
{
	char hex[OID_HEX];

	if (!is_boundary(repo, oid))
		return true;
	oid_format(hex, oid);
	return error_set(err, ERROR_GIT,
			 "this shallow clone ends at commit %.*s; `git fetch "
			 "--unshallow` brings the rest",
			 OID_HEX, hex);
}

bool commit_read(struct commit *out, struct odb_reader *reader,
		 const struct oid *oid, struct arena *arena, struct error *err)
{
	char hex[OID_HEX];
	struct object object;
	struct buf bytes;
	bool done;

	buf_init(&bytes, SIZE_MAX / 4);
	done = odb_read(&object, reader, oid, OBJECT_COMMIT, &bytes, err);
	if (done &&
	    !commit_parse(out, str_keep(arena, object.bytes), arena, err)) {
		oid_format(hex, oid);
		done = error_prefix(err, "commit %.*s", OID_HEX, hex);
	}
	buf_done(&bytes);
	return done;
}

static bool to_parent(struct oid *oid, struct repo *repo, size_t number,
		      str revision, struct error *err)
{
	struct arena arena;
	struct commit commit;
	bool done;

	if (!peel_to_commit(oid, repo, revision, err))
		return false;
	if (number == 0)
		return true;
	arena_init(&arena);
	done = commit_read(&commit, repo_reader(repo), oid, &arena, err) &&
	       (commit.parents_count == 0 || shallow_check(repo, oid, err));
	if (done && number > commit.parents_count)
		done = error_set(err, ERROR_USAGE,
				 "'" STR_FMT
				 "' asks for a parent that is not there",
				 STR_ARG(revision));
	if (done)
		*oid = commit.parents[number - 1];
	arena_done(&arena);
	return done;
}

static bool to_tree(struct oid *oid, struct repo *repo, str revision,
		    struct error *err)
{
	enum object_kind kind;
	struct arena arena;
	struct commit commit;
	bool done;

	if (!peel(oid, &kind, repo, err))
		return false;
	if (kind == OBJECT_TREE)
		return true;
	if (kind != OBJECT_COMMIT)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT "' is a %s and has no tree",
				 STR_ARG(revision), object_kind_name(kind));
	arena_init(&arena);
	done = commit_read(&commit, repo_reader(repo), oid, &arena, err);
	if (done)
		*oid = commit.tree;
	arena_done(&arena);
	return done;
}

/* ---- ^ and ~ */

/* Takes digits; none are 1. False: more than anybody means. */
static bool number_take(size_t *out, str *rest)
{
	size_t len = 0;
	size_t value = 0;

	while (len < rest->len && rest->ptr[len] >= '0' &&
	       rest->ptr[len] <= '9')
		value = value * 10 + (size_t)(rest->ptr[len++] - '0');
	*out = len ? value : 1;
	*rest = str_slice(*rest, len, rest->len);
	return len <= 9;
}

static bool braces(struct oid *oid, struct repo *repo, str *rest, str revision,
		   struct error *err)
{
	enum object_kind kind;
	str word = str_slice(*rest, 1, rest->len);
	str after = word;

	word = str_cut(&after, '}');
	if (!after.ptr)
		return unknown(err, revision);
	*rest = after;
	if (word.len == 0)
		return peel(oid, &kind, repo, err);
	if (str_is(word, "commit"))
		return peel_to_commit(oid, repo, revision, err);
	if (str_is(word, "tree"))
		return to_tree(oid, repo, revision, err);
	return error_set(err, ERROR_USAGE,
			 "'" STR_FMT "': ^{" STR_FMT "} is not understood",
			 STR_ARG(revision), STR_ARG(word));
}

/* What stands behind "@{", which the caller has taken. */
static bool at_date(struct oid *oid, struct repo *repo, str *rest, str revision,
		    struct error *err)
{
	str after = str_slice(*rest, 2, rest->len);
	str word = str_cut(&after, '}');
	struct instant when;

	if (!after.ptr || !dated_parse(&when, word))
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT
				 "': in @{...} wants a date (2026-03-31) or a "
				 "time with its offset; reflogs are not read",
				 STR_ARG(revision));
	*rest = after;
	return peel_to_commit(oid, repo, revision, err) &&
	       dated_find(oid, repo, oid, when, err);
}

static bool suffix(struct oid *oid, struct repo *repo, str *rest, str revision,
		   struct error *err)
{
	char sign = rest->ptr[0];
	size_t number;

	if (sign == '@')
		return at_date(oid, repo, rest, revision, err);
	*rest = str_slice(*rest, 1, rest->len);
	if (sign == '^' && str_starts(*rest, STR("{")))
		return braces(oid, repo, rest, revision, err);
	if ((sign != '^' && sign != '~') || !number_take(&number, rest))
		return unknown(err, revision);
	if (sign == '^')
		return to_parent(oid, repo, number, revision, err);
	if (number == 0)
		return to_parent(oid, repo, 0, revision, err);
	for (size_t i = 0; i < number; i++) {
		if (!to_parent(oid, repo, 1, revision, err))
			return false;
	}
	return true;
}

bool revision_find(struct oid *out, struct repo *repo, str revision,
		   struct error *err)
{
	size_t end = 0;
	struct oid oid;
	str rest;

	while (end < revision.len && revision.ptr[end] != '^' &&
	       revision.ptr[end] != '~' &&
	       !str_starts(str_slice(revision, end, revision.len), STR("@{")))
		end++;
	/* A time has colons too. */
	if (str_find_byte(str_slice(revision, 0, end), ':') != SIZE_MAX)
		return error_set(err, ERROR_USAGE,
				 "'" STR_FMT
				 "' is a form of revision that is not "
				 "understood here; `git rev-parse` turns it "
				 "into a name that is",
				 STR_ARG(revision));
	if (!find_name(&oid, repo,
		       end == 0 && str_starts(revision, STR("@{"))
			       ? STR("HEAD")
			       : str_slice(revision, 0, end),
		       err))
		return false;
	rest = str_slice(revision, end, revision.len);
	while (rest.len) {
		if (!suffix(&oid, repo, &rest, revision, err))
			return false;
	}
	*out = oid;
	return true;
}

bool revision_commit(struct oid *out, struct repo *repo, str revision,
		     struct error *err)
{
	struct oid oid;

	if (!revision_find(&oid, repo, revision, err) ||
	    !peel_to_commit(&oid, repo, revision, err))
		return false;
	*out = oid;
	return true;
}
