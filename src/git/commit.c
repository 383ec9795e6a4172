/* SPDX-License-Identifier: Apache-2.0 */
#include "git/parse.h"

#include "base/vec.h"

/* git itself reads no more parents than fit 16 bits. */
enum { PARENTS_MOST = 65535 };

/* A header with the lines that continue it. */
struct header {
	str key;
	str value; /* of the first line */
};

enum line { LINE_HEADER, LINE_MESSAGE, LINE_CUT };

/* Takes one line, without its newline. False: no newline ends it. */
static bool line_take(str *line, str *rest)
{
	size_t end = str_find_byte(*rest, '\n');

	if (end == SIZE_MAX)
		return false;
	*line = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

/* Takes a header; the empty line leaves the message in *rest. */
static enum line header_take(struct header *out, str *rest)
{
	str line, more, after;

	if (!line_take(&line, rest))
		return LINE_CUT;
	if (line.len == 0)
		return LINE_MESSAGE;
	out->key = str_cut(&line, ' ');
	out->value = line.ptr ? line : str_slice(out->key, 0, 0);
	for (;;) {
		after = *rest;
		if (!str_starts(after, STR(" ")))
			return LINE_HEADER;
		if (!line_take(&more, &after))
			return LINE_CUT;
		*rest = after;
	}
}

static bool broken(struct error *err, const char *noun, const char *how)
{
	return error_set(err, ERROR_GIT, "the %s is malformed: %s", noun, how);
}

/* Takes the header that must come now. */
static bool header_must(str *out, str *rest, const char *key, const char *noun,
			struct error *err)
{
	struct header header = {0};

	if (header_take(&header, rest) != LINE_HEADER ||
	    !str_is(header.key, key))
		return error_set(err, ERROR_GIT,
				 "the %s is malformed: no %s where it must be",
				 noun, key);
	*out = header.value;
	return true;
}

static bool oid_must(struct oid *out, str *rest, const char *key,
		     const char *noun, struct error *err)
{
	str value;

	if (!header_must(&value, rest, key, noun, err))
		return false;
	if (!oid_parse(out, value))
		return error_set(
			err, ERROR_GIT,
			"the %s is malformed: its %s is no object name", noun,
			key);
	return true;
}

static bool parents_take(struct commit *commit, str *rest, struct arena *arena,
			 struct error *err)
{
	VEC(struct oid) parents = {0};
	bool done = true;

	while (done && str_starts(*rest, STR("parent "))) {
		struct oid parent = {0};

		done = oid_must(&parent, rest, "parent", "commit", err);
		if (done && parents.count >= PARENTS_MOST)
			done = broken(err, "commit", "too many parents");
		if (done)
			*vec_push(&parents) = parent;
	}
	commit->parents = vec_keep(&parents, arena);
	commit->parents_count = parents.count;
	vec_done(&parents);
	return done;
}

/* Reads what follows the committer. */
static bool others_take(struct commit *commit, str *rest, struct error *err)
{
	struct header header = {0};

	for (;;) {
		enum line line = header_take(&header, rest);

		if (line == LINE_CUT && rest->len == 0)
			return true; /* no message at all, as some tools do */
		if (line == LINE_CUT)
			return broken(err, "commit", "a header does not end");
		if (line == LINE_MESSAGE)
			break;
		if (str_is(header.key, "encoding")) {
			if (commit->encoding.ptr)
				commit->malformed = "it has two encodings";
			commit->encoding = header.value;
		} else if (str_is(header.key, "gpgsig") ||
			   str_is(header.key, "gpgsig-sha256")) {
			commit->has_signature = true;
			commit->signature = header.value;
		} else if (str_is(header.key, "tree") ||
			   str_is(header.key, "parent") ||
			   str_is(header.key, "author") ||
			   str_is(header.key, "committer")) {
			commit->malformed = "a header comes twice";
		}
	}
	commit->message = *rest;
	return true;
}

bool commit_parse(struct commit *out, str bytes, struct arena *arena,
		  struct error *err)
{
	struct commit commit = {.message = str_slice(bytes, 0, 0)};
	str rest = bytes;
	str author, committer;

	if (!oid_must(&commit.tree, &rest, "tree", "commit", err) ||
	    !parents_take(&commit, &rest, arena, err) ||
	    !header_must(&author, &rest, "author", "commit", err) ||
	    !header_must(&committer, &rest, "committer", "commit", err) ||
	    !others_take(&commit, &rest, err))
		return false;
	commit.author = ident_parse(author);
	commit.committer = ident_parse(committer);
	if (!commit.malformed &&
	    str_find_byte(commit.message, '\0') != SIZE_MAX)
		commit.malformed = "its message holds a NUL";
	if (!commit.malformed && commit.author.malformed)
		commit.malformed = "its author is malformed";
	if (!commit.malformed && commit.committer.malformed)
		commit.malformed = "its committer is malformed";
	*out = commit;
	return true;
}

bool commit_peek(struct oid *tree, struct oid *parent, str bytes,
		 struct error *err)
{
	struct oid first = {0};
	str rest = bytes;

	if (!oid_must(tree, &rest, "tree", "commit", err))
		return false;
	if (str_starts(rest, STR("parent ")) &&
	    !oid_must(&first, &rest, "parent", "commit", err))
		return false;
	*parent = first;
	return true;
}

static bool kind_parse(enum object_kind *out, str word)
{
	for (unsigned i = OBJECT_COMMIT; i <= OBJECT_TAG; i++) {
		if (str_is(word, object_kind_name((enum object_kind)i))) {
			*out = (enum object_kind)i;
			return true;
		}
	}
	return false;
}

bool tag_parse(struct tag *out, str bytes, struct error *err)
{
	struct tag tag = {0};
	struct header header = {0};
	str rest = bytes;
	str kind, tagger;
	enum line line;

	if (!oid_must(&tag.object, &rest, "object", "tag", err) ||
	    !header_must(&kind, &rest, "type", "tag", err) ||
	    !header_must(&tag.name, &rest, "tag", "tag", err))
		return false;
	if (!kind_parse(&tag.kind, kind))
		return broken(err, "tag", "its type is unknown");
	if (str_starts(rest, STR("tagger "))) {
		if (!header_must(&tagger, &rest, "tagger", "tag", err))
			return false;
		tag.tagger = ident_parse(tagger);
	}
	do {
		line = header_take(&header, &rest);
	} while (line == LINE_HEADER);
	if (line == LINE_CUT && rest.len)
		return broken(err, "tag", "a header does not end");
	tag.message = rest;
	tag.has_signature =
		str_find(rest, STR("-----BEGIN PGP SIGNATURE-----\n")) !=
			SIZE_MAX ||
		str_find(rest, STR("-----BEGIN SSH SIGNATURE-----\n")) !=
			SIZE_MAX ||
		str_find(rest, STR("-----BEGIN SIGNED MESSAGE-----\n")) !=
			SIZE_MAX;
	*out = tag;
	return true;
}
