/* Our events and makers against those of git, on made-up histories. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "history_dump.h"
#include "history_maze.h"

enum { SEEDS = 30, MAKER_SEEDS = 10 };

static void import(struct fixture *fixture, unsigned seed)
{
	struct buf stream;

	buf_init(&stream, 1 << 26);
	maze_write(&stream, seed);
	fixture_write_bytes(fixture, "stream", buf_str(&stream));
	buf_done(&stream);
	(void)GIT(fixture, ".", "init", "-q", "--bare", "r");
	(void)GIT(fixture, "r", "-c",
		  "alias.load=!git fast-import --quiet < ../stream", "load");
}

static struct history *read_history(struct fixture *fixture, struct repo *repo,
				    unsigned jobs)
{
	struct history_plan plan = {.jobs = jobs, .verify = jobs > 1};
	struct history *history = NULL;

	if (!revision_commit(&plan.tip, repo, STR("main"), &fixture->err) ||
	    !history_read(&history, repo, &plan, &fixture->err))
		fail_msg("%s", fixture->err.text);
	return history;
}

static void compare_events(struct fixture *fixture, struct repo *repo,
			   unsigned seed)
{
	str theirs;

	(void)GIT(fixture, "r", "log", "-z", "--raw", "--no-abbrev",
		  "--no-renames", "-m", "--first-parent", "--format=commit %H",
		  "main");
	theirs = fixture_read_bytes(fixture, "out");
	for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
		struct history *history = read_history(fixture, repo, jobs);
		struct buf ours;

		buf_init(&ours, 1 << 26);
		dump_raw(&ours, history);
		if (!str_equal(buf_str(&ours), theirs))
			fail_msg("seed %u, %u threads: other events", seed,
				 jobs);
		buf_done(&ours);
		history_free(history);
	}
}

/* Every file of the tip, against git's own answer for its path. */
static size_t compare_makers(struct fixture *fixture, struct repo *repo,
			     unsigned seed)
{
	struct history *history = read_history(fixture, repo, 1);
	size_t elsewhere = 0;

	for (size_t i = 0; i < history_path_count(history); i++) {
		size_t count;
		const uint32_t *events =
			history_path_events(&count, history, i);
		const struct event *last =
			history_event(history, events[count - 1]);
		const struct commit_facts *maker;
		char hex[OID_HEX + 1] = "";
		char *path;

		if (last->kind == EVENT_DELETED)
			continue;
		path = arena_cstr(&fixture->arena, history_path(history, i));
		if (!history_maker(&maker, history, repo_reader(repo), last,
				   &fixture->arena, &fixture->err))
			fail_msg("%s", fixture->err.text);
		oid_format(hex, &maker->oid);
		if (strcmp(hex, GIT(fixture, "r", "--literal-pathspecs", "log",
				    "-1", "--format=%H", "main", "--", path)) !=
		    0)
			fail_msg("seed %u: another maker of %s", seed, path);
		elsewhere += maker != history_landing(history, last->landing);
	}
	history_free(history);
	return elsewhere;
}

static void events_are_those_of_git_log_raw(void **state)
{
	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		struct fixture *fixture;
		struct repo *repo;

		(void)fixture_setup(state);
		fixture = *state;
		import(fixture, seed);
		repo = fixture_open(fixture, "r");
		compare_events(fixture, repo, seed);
		repo_close(repo);
		(void)fixture_teardown(state);
	}
}

static void makers_are_those_of_git_log_1(void **state)
{
	size_t elsewhere = 0;

	for (unsigned seed = 1; seed <= MAKER_SEEDS; seed++) {
		struct fixture *fixture;
		struct repo *repo;

		(void)fixture_setup(state);
		fixture = *state;
		import(fixture, seed);
		repo = fixture_open(fixture, "r");
		elsewhere += compare_makers(fixture, repo, seed);
		repo_close(repo);
		(void)fixture_teardown(state);
	}
	/* Else nothing but landings has been compared. */
	assert_true(elsewhere > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_are_those_of_git_log_raw),
		cmocka_unit_test(makers_are_those_of_git_log_1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
