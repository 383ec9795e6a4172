/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

/* The hooks start this very program with one argument, the file to write. */

static struct repo_env env_of_hook(void)
{
	return (struct repo_env){
		.git_dir = getenv("GIT_DIR"),
		.work_tree = getenv("GIT_WORK_TREE"),
		.index_file = getenv("GIT_INDEX_FILE"),
		.objects = getenv("GIT_OBJECT_DIRECTORY"),
		.alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
		.common_dir = getenv("GIT_COMMON_DIR"),
		.quarantine = getenv("GIT_QUARANTINE_PATH"),
		.config_system = "/dev/null/none",
		.user = (uint32_t)geteuid(),
	};
}

/* Inside a hook: with a revision on standard input its files, else those of
 * the index. */
static int probe(const char *out)
{
	struct repo_env env = env_of_hook();
	struct fixture fixture = {0};
	struct repo *repo = NULL;
	char line[256] = "";
	const char *text;
	FILE *file = fopen(out, "w");

	if (!file)
		return 1;
	arena_init(&fixture.arena);
	if (!repo_open(&repo, &env, ".", &limits_default, &fixture.err)) {
		text = fixture.err.text;
	} else if (env.quarantine && fgets(line, sizeof(line), stdin)) {
		line[81] = '\0'; /* "old new ref" */
		text = fixture_commit(&fixture, repo, line + 41);
	} else {
		text = fixture_index(&fixture, repo);
	}
	(void)fprintf(file, "%s%s", text,
		      repo && repo_state(repo)->quarantined ? " (quarantine)"
							    : "");
	(void)fclose(file);
	repo_close(repo);
	arena_done(&fixture.arena);
	return 0;
}

static void add_hook(struct fixture *fixture, const char *path)
{
	char self[4096] = "";

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	fixture_write(fixture, path,
		      arena_cstr(&fixture->arena,
				 str_format(&fixture->arena,
					    "#!/bin/sh\nexec '%s' '%s/seen'\n",
					    self, fixture->dir)));
	assert_int_equal(chmod(fixture_path(fixture, path), 0755), 0);
}

/* a.yaml is changed and staged, b.yaml changed and not. */
static void make_changes(struct fixture *fixture)
{
	fixture_basic(fixture);
	add_hook(fixture, "r/.git/hooks/pre-commit");
	fixture_write(fixture, "r/a.yaml", "a: staged\n");
	GIT(fixture, "r", "add", "a.yaml");
	fixture_write(fixture, "r/a.yaml", "a: later\n");
	fixture_write(fixture, "r/d/b.yaml", "b: later\n");
}

static void a_plain_commit_is_the_index(void **state)
{
	struct fixture *fixture = *state;

	make_changes(fixture);
	GIT(fixture, "r", "commit", "-qm", "plain");
	assert_string_equal(fixture_read(fixture, "seen"),
			    "a.yaml=a: staged d/b.yaml=b: 1");
}

static void commit_all_is_another_index(void **state)
{
	struct fixture *fixture = *state;

	make_changes(fixture);
	GIT(fixture, "r", "commit", "-qam", "all");
	assert_string_equal(fixture_read(fixture, "seen"),
			    "a.yaml=a: later d/b.yaml=b: later");
}

static void commit_of_one_file_leaves_the_staged_one_out(void **state)
{
	struct fixture *fixture = *state;

	make_changes(fixture);
	GIT(fixture, "r", "commit", "-qm", "one", "--", "d/b.yaml");
	assert_string_equal(fixture_read(fixture, "seen"),
			    "a.yaml=a: 1 d/b.yaml=b: later");
}

static void the_hook_of_a_linked_worktree_sees_its_index(void **state)
{
	struct fixture *fixture = *state;

	make_changes(fixture);
	GIT(fixture, "r", "worktree", "add", "-q", "-b", "w", "../w");
	fixture_write(fixture, "w/d/b.yaml", "b: w\n");
	GIT(fixture, "w/d", "commit", "-qm", "w", "--", "b.yaml");
	assert_string_equal(fixture_read(fixture, "seen"),
			    "a.yaml=a: 1 d/b.yaml=b: w");
}

static void what_is_pushed_is_read_from_the_quarantine(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	GIT(fixture, ".", "clone", "-q", "--bare", "r", "b.git");
	add_hook(fixture, "b.git/hooks/pre-receive");
	for (int packed = 0; packed < 2; packed++) {
		GIT(fixture, "b.git", "config", "receive.unpackLimit",
		    packed ? "1" : "1000");
		fixture_write(fixture, "r/a.yaml",
			      packed ? "a: packed\n" : "a: loose\n");
		GIT(fixture, "r", "commit", "-qam", "push");
		GIT(fixture, "r", "push", "-q",
		    arena_cstr(&fixture->arena,
			       str_format(&fixture->arena, "file://%s/b.git",
					  fixture->dir)),
		    "main");
		assert_string_equal(
			fixture_read(fixture, "seen"),
			packed ? "a.yaml=a: packed d/b.yaml=b: 1 (quarantine)"
			       : "a.yaml=a: loose d/b.yaml=b: 1 (quarantine)");
	}
}

int main(int argc, char **argv)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_plain_commit_is_the_index),
		TEST(commit_all_is_another_index),
		TEST(commit_of_one_file_leaves_the_staged_one_out),
		TEST(the_hook_of_a_linked_worktree_sees_its_index),
		TEST(what_is_pushed_is_read_from_the_quarantine),
	};

	if (argc == 2)
		return probe(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
