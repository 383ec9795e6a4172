/* history - reads a history and does with it what it is told.
 *
 *	history facts FOLDER REVISION JOBS	read it; say how much there is
 *	history raw FOLDER REVISION JOBS	the events, as git log --raw has
 *them history makers FOLDER REVISION JOBS	who made what the tip holds
 *
 * `raw` prints what
 *
 *	git log --raw --no-abbrev --no-renames -m --first-parent
 *		--format='commit %H'
 *
 * prints with -z, byte for byte; `makers` a commit and a path for each file of
 * the tip, ended by NUL. Used by tests/history/verify and the benchmark.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "git/history.h"
#include "git/revision.h"
#include "tests/unit/history_dump.h"

static int complain(const struct error *err)
{
	(void)fprintf(stderr, "history: %s\n", err->text);
	return 2;
}

static void put_raw(const struct history *history)
{
	struct buf out;

	buf_init(&out, SIZE_MAX / 4);
	dump_raw(&out, history);
	(void)fwrite(out.ptr, 1, out.len, stdout);
	buf_done(&out);
}

static bool put_makers(const struct history *history, struct repo *repo,
		       struct error *err)
{
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < history_path_count(history); i++) {
		size_t count;
		const uint32_t *events =
			history_path_events(&count, history, i);
		const struct event *last =
			history_event(history, events[count - 1]);
		const struct commit_facts *maker;
		str path = history_path(history, i);
		struct buf out;

		if (last->kind == EVENT_DELETED)
			continue;
		if (!history_maker(&maker, history, repo_reader(repo), last,
				   &arena, err)) {
			arena_done(&arena);
			return false;
		}
		buf_init(&out, SIZE_MAX / 4);
		dump_oid(&out, &maker->oid);
		buf_byte(&out, ' ');
		buf_add(&out, path);
		buf_byte(&out, '\0');
		(void)fwrite(out.ptr, 1, out.len, stdout);
		buf_done(&out);
		arena_reset(&arena);
	}
	arena_done(&arena);
	return true;
}

static void put_facts(const struct history *history)
{
	struct rusage usage;
	size_t events = 0;

	for (size_t i = 0; i < history_count(history); i++) {
		size_t count;

		(void)history_events(&count, history, i);
		events += count;
	}
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%zu commits, %zu events, %zu paths, peak %ld KiB\n",
		     history_count(history), events,
		     history_path_count(history), usage.ru_maxrss);
}

int main(int argc, char **argv)
{
	const struct repo_env env = {
		.git_dir = getenv("GIT_DIR"),
		.home = getenv("HOME"),
		.user = (uint32_t)geteuid(),
	};
	struct history_plan plan = {0};
	struct history *history = NULL;
	struct repo *repo = NULL;
	struct error err;
	bool done = true;

	if (argc != 5)
		return 2;
	plan.jobs = (unsigned)strtoul(argv[4], NULL, 10);
	if (!repo_open(&repo, &env, argv[2], &limits_default, &err))
		return complain(&err);
	if (!revision_commit(&plan.tip, repo, str_of(argv[3]), &err) ||
	    !history_read(&history, repo, &plan, &err)) {
		repo_close(repo);
		return complain(&err);
	}
	if (strcmp(argv[1], "raw") == 0)
		put_raw(history);
	else if (strcmp(argv[1], "makers") == 0)
		done = put_makers(history, repo, &err);
	else
		put_facts(history);
	history_free(history);
	repo_close(repo);
	return done ? 0 : complain(&err);
}
