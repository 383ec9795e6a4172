/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "base/sys.h"
#include "history_dump.h"

/* ---- help */

static struct history *read_history(struct fixture *fixture, struct repo *repo,
				    const char *revision, unsigned jobs)
{
	struct history_plan plan = {.jobs = jobs};
	struct history *history = NULL;

	if (!revision_commit(&plan.tip, repo, str_of(revision),
			     &fixture->err) ||
	    !history_read(&history, repo, &plan, &fixture->err))
		fail_msg("%s", fixture->err.text);
	return history;
}

static str read_whole(struct fixture *fixture, const char *name)
{
	struct buf bytes;
	str kept;

	buf_init(&bytes, 1 << 26);
	if (!sys_read_file(&bytes, SYS_HERE, fixture_path(fixture, name),
			   &fixture->err))
		fail_msg("%s", fixture->err.text);
	kept = str_keep(&fixture->arena, buf_str(&bytes));
	buf_done(&bytes);
	return kept;
}

/* Demands that the events are those of git log --raw, byte for byte. */
static void assert_as_git(struct fixture *fixture, const char *sub,
			  unsigned jobs)
{
	struct repo *repo = fixture_open(fixture, sub);
	struct history *history = read_history(fixture, repo, "HEAD", jobs);
	struct buf ours;
	str theirs;

	(void)GIT(fixture, sub, "--no-replace-objects", "log", "-z", "--raw",
		  "--no-abbrev", "--no-renames", "-m", "--first-parent",
		  "--format=commit %H");
	theirs = read_whole(fixture, "out");
	buf_init(&ours, 1 << 26);
	dump_raw(&ours, history);
	assert_int_equal(ours.len, theirs.len);
	assert_memory_equal(ours.ptr, theirs.ptr, ours.len);
	buf_done(&ours);
	history_free(history);
	repo_close(repo);
}

static void commit_all(struct fixture *fixture, const char *message)
{
	(void)GIT(fixture, "r", "add", "-A");
	(void)GIT(fixture, "r", "commit", "-q", "--allow-empty", "-m", message);
}

/* The newest event of a path. */
static const struct event *last_event(const struct history *history,
				      const char *path)
{
	for (size_t i = 0; i < history_path_count(history); i++) {
		size_t count;
		const uint32_t *events =
			history_path_events(&count, history, i);

		if (str_is(history_path(history, i), path))
			return history_event(history, events[count - 1]);
	}
	fail_msg("no event of %s", path);
	return NULL;
}

/* The subject of whoever made the newest event of a path. */
static const char *maker_of(struct fixture *fixture, const char *path)
{
	struct repo *repo = fixture_open(fixture, "r");
	struct history *history = read_history(fixture, repo, "HEAD", 1);
	const struct commit_facts *maker;
	const char *subject;

	if (!history_maker(&maker, history, repo_reader(repo),
			   last_event(history, path), &fixture->arena,
			   &fixture->err))
		fail_msg("%s", fixture->err.text);
	subject = arena_cstr(&fixture->arena, maker->subject);
	history_free(history);
	repo_close(repo);
	return subject;
}

/* ---- events */

static void a_line_of_commits_has_the_events_of_git(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	fixture_write(fixture, "r/d/c.yaml", "c: 1\n");
	commit_all(fixture, "second");
	(void)GIT(fixture, "r", "rm", "-q", "d/b.yaml");
	commit_all(fixture, "third");
	commit_all(fixture, "empty");

	assert_as_git(fixture, "r", 1);
	assert_as_git(fixture, "r", 3);
}

static void a_merge_is_one_landing_and_its_makers_are_found(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	(void)GIT(fixture, "r", "checkout", "-q", "-b", "side");
	fixture_write(fixture, "r/a.yaml", "a: side\n");
	commit_all(fixture, "on the side");
	fixture_write(fixture, "r/new.yaml", "new: 1\n");
	commit_all(fixture, "new on the side");
	(void)GIT(fixture, "r", "rm", "-q", "d/b.yaml");
	commit_all(fixture, "gone on the side");
	(void)GIT(fixture, "r", "checkout", "-q", "main");
	fixture_write(fixture, "r/main.yaml", "main: 1\n");
	commit_all(fixture, "on main");
	(void)GIT(fixture, "r", "merge", "-q", "--no-commit", "side");
	fixture_write(fixture, "r/evil.yaml", "evil: 1\n");
	commit_all(fixture, "merge");

	assert_as_git(fixture, "r", 2);
	assert_string_equal(maker_of(fixture, "a.yaml"), "on the side");
	assert_string_equal(maker_of(fixture, "new.yaml"), "new on the side");
	assert_string_equal(maker_of(fixture, "d/b.yaml"), "gone on the side");
	assert_string_equal(maker_of(fixture, "main.yaml"), "on main");
	assert_string_equal(maker_of(fixture, "evil.yaml"), "merge");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_line_of_commits_has_the_events_of_git, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_merge_is_one_landing_and_its_makers_are_found,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
