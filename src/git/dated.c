/* SPDX-License-Identifier: Apache-2.0 */
#include "git/dated.h"

#include "base/vec.h"
#include "git/refs.h"
#include "git/revision.h"

enum { DAY = 86400 };

bool dated_parse(struct instant *out, str text)
{
	if (instant_parse(out, text))
		return true;
	if (!date_parse(out, text))
		return false;
	out->seconds += DAY - 1;
	return true;
}

bool dated_revision(struct instant *out, str revision)
{
	size_t open = str_find(revision, STR("@{"));
	str rest;

	if (open == SIZE_MAX)
		return false;
	rest = str_slice(revision, open + 2, revision.len);
	return dated_parse(out, str_cut(&rest, '}')) && rest.ptr;
}

struct dated {
	struct oid oid;
	bool known;
	struct instant when;
};

struct line {
	struct dated *at;
	size_t count;
	size_t capacity;
};

/* The commits from the tip down, with their times. */
static bool read_line(struct line *line, struct repo *repo,
		      const struct oid *tip, struct error *err)
{
	size_t most = repo_limits(repo)->history_commits;
	struct oid next = *tip;
	struct arena arena;
	bool ok = true;

	arena_init(&arena);
	while (ok && next.len) {
		struct dated dated = {.oid = next};
		struct commit commit;

		ok = line->count < most ||
		     error_set(err, ERROR_LIMIT,
			       "the main line has more than %zu commits "
			       "(history_commits)",
			       most);
		ok = ok && commit_read(&commit, repo_reader(repo), &next,
				       &arena, err);
		if (!ok)
			break;
		dated.known = commit.committer.dated;
		dated.when = commit.committer.when;
		*vec_push(line) = dated;
		ok = commit.parents_count == 0 ||
		     shallow_check(repo, &next, err);
		next = commit.parents_count ? commit.parents[0]
					    : (struct oid){0};
		arena_reset(&arena);
	}
	arena_done(&arena);
	return ok;
}

bool dated_find(struct oid *out, struct repo *repo, const struct oid *tip,
		struct instant when, struct error *err)
{
	struct line line = {0};
	char text[INSTANT_TEXT];
	bool found = false;
	bool ok = read_line(&line, repo, tip, err);

	for (size_t i = line.count; ok && i-- > 0;) {
		const struct dated *dated = &line.at[i];

		if (!dated->known || instant_compare(dated->when, when) > 0)
			break;
		*out = dated->oid;
		found = true;
	}
	if (ok && !found) {
		size_t len = instant_format(text, when);

		ok = error_set(err, ERROR_USAGE,
			       "the main line had no commit yet at %.*s",
			       (int)len, text);
	}
	vec_done(&line);
	return ok;
}
