/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

static void commit_index_and_work_tree_are_read_from_their_own_place(
	void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	GIT(fixture, "r", "add", "a.yaml");
	fixture_write(fixture, "r/a.yaml", "a: 3\n");
	fixture_write(fixture, "r/untracked.yaml", "u: 1\n");
	repo = fixture_open(fixture, "r");

	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml=a: 2 d/b.yaml=b: 1");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 3 d/b.yaml=b: 1");
	repo_close(repo);
}

static void packed_and_loose_objects_read_alike(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "gc", "-q", "--prune=now");
	fixture_write(fixture, "r/c.yaml", "c: 1\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "second");
	repo = fixture_open(fixture, "r");

	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "a.yaml=a: 1 c.yaml=c: 1 d/b.yaml=b: 1");
	assert_string_equal(fixture_commit(fixture, repo, "HEAD~1"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);
}

static void what_has_no_content_of_its_own_is_named(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, "sub/x", "x\n");
	GIT(fixture, "sub", "init", "-q");
	GIT(fixture, "sub", "add", "-A");
	GIT(fixture, "sub", "commit", "-qm", "sub");
	GIT(fixture, "r", "submodule", "--quiet", "add", "../sub", "m");
	assert_int_equal(symlink("/etc/passwd", fixture_path(fixture, "r/l")),
			 0);
	fixture_write(fixture, "r/gone", "g\n");
	fixture_write(fixture, "r/p", "p\n");
	fixture_write(fixture, "r/q", "q\n");
	fixture_write(fixture, "r/s/t", "t\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "rm", "-q", "--cached", ".gitmodules");
	assert_int_equal(remove(fixture_path(fixture, "r/gone")), 0);
	assert_int_equal(remove(fixture_path(fixture, "r/p")), 0);
	assert_int_equal(mkfifo(fixture_path(fixture, "r/p"), 0644), 0);
	assert_int_equal(remove(fixture_path(fixture, "r/q")), 0);
	assert_int_equal(mkdir(fixture_path(fixture, "r/q"), 0755), 0);
	assert_int_equal(rename(fixture_path(fixture, "r/s"),
				fixture_path(fixture, "elsewhere")),
			 0);
	assert_int_equal(symlink("../elsewhere", fixture_path(fixture, "r/s")),
			 0);
	repo = fixture_open(fixture, "r");

	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 gone(absent) l(link) "
			    "m(submodule) p(special) q(special) s/t(link)");
	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 gone=g l(link) "
			    "m(submodule) p=p q=q s/t=t");
	repo_close(repo);
}

static void an_unmerged_path_is_a_conflict_and_comes_once(void **state)
{
	struct fixture *fixture = *state;
	const char *const merge[] = {"merge", "-q", "side", NULL};
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "checkout", "-qb", "side");
	fixture_write(fixture, "r/a.yaml", "a: side\n");
	GIT(fixture, "r", "commit", "-qam", "side");
	GIT(fixture, "r", "checkout", "-q", "main");
	fixture_write(fixture, "r/a.yaml", "a: main\n");
	GIT(fixture, "r", "commit", "-qam", "main");
	assert_int_not_equal(fixture_run(fixture, "r", merge), 0);
	repo = fixture_open(fixture, "r");

	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml(conflict) d/b.yaml=b: 1");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml(conflict) d/b.yaml=b: 1");
	repo_close(repo);
}

static void an_intended_file_is_in_the_work_tree_only(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, "r/n.yaml", "n: 1\n");
	GIT(fixture, "r", "add", "-N", "n.yaml");
	repo = fixture_open(fixture, "r");

	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 n.yaml=n: 1");
	repo_close(repo);
}

static void sparse_checkout_hides_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, "r/e/f/c.yaml", "c: 1\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "second");
	GIT(fixture, "r", "sparse-checkout", "set", "--cone", "d");
	assert_int_equal(access(fixture_path(fixture, "r/e"), F_OK), -1);
	repo = fixture_open(fixture, "r");
	assert_true(repo_state(repo)->sparse);
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 e/f/c.yaml=c: 1");
	repo_close(repo);

	GIT(fixture, "r", "sparse-checkout", "set", "--cone", "--sparse-index",
	    "d");
	assert_string_equal(GIT(fixture, "r", "ls-files", "--sparse", "e"),
			    "e/");
	repo = fixture_open(fixture, "r");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 e/f/c.yaml=c: 1");
	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1 e/f/c.yaml=c: 1");
	repo_close(repo);
}

static void a_missing_blob_is_damage_and_not_absence(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;
	char *hex, *name;

	fixture_basic(fixture);
	hex = GIT(fixture, "r", "rev-parse", "HEAD:a.yaml");
	name = arena_cstr(&fixture->arena,
			  str_format(&fixture->arena, "r/.git/objects/%.2s/%s",
				     hex, hex + 2));
	assert_int_equal(remove(fixture_path(fixture, name)), 0);
	repo = fixture_open(fixture, "r");

	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "a.yaml!a.yaml: repository damaged or "
			       "incomplete: object "));
	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "is missing d/b.yaml=b: 1"));
	repo_close(repo);
}

static void a_missing_tree_makes_no_snapshot(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;
	char *hex, *name;

	fixture_basic(fixture);
	hex = GIT(fixture, "r", "rev-parse", "HEAD:d");
	name = arena_cstr(&fixture->arena,
			  str_format(&fixture->arena, "r/.git/objects/%.2s/%s",
				     hex, hex + 2));
	assert_int_equal(remove(fixture_path(fixture, name)), 0);
	repo = fixture_open(fixture, "r");

	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "[the folder d/: repository damaged or "
			       "incomplete: object "));
	repo_close(repo);
}

static void a_file_over_the_ceiling_is_an_error_with_its_path(void **state)
{
	struct fixture *fixture = *state;
	struct snapshot *snapshot;
	struct snapshot_reader *reader;
	struct blob blob;
	struct repo *repo;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r");
	assert_true(snapshot_of_worktree(&snapshot, repo, &fixture->err));
	reader = snapshot_reader_new(snapshot, 4);
	assert_false(snapshot_read(&blob, reader, snapshot_at(snapshot, 1),
				   &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_LIMIT);
	assert_error(fixture, "d/b.yaml is larger than 4 bytes");
	snapshot_reader_free(reader);
	snapshot_free(snapshot);

	assert_true(snapshot_of_index(&snapshot, repo, &fixture->err));
	reader = snapshot_reader_new(snapshot, 4);
	assert_false(snapshot_read(&blob, reader, snapshot_at(snapshot, 1),
				   &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_LIMIT);
	assert_error(fixture, "d/b.yaml: object ");
	assert_error(fixture, "it has 5 bytes, at most 4 are read");
	snapshot_reader_free(reader);
	snapshot_free(snapshot);
	repo_close(repo);
}

static void entries_are_found_by_path(void **state)
{
	struct fixture *fixture = *state;
	struct snapshot *snapshot;
	struct repo *repo;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r");
	assert_true(snapshot_of_commit(&snapshot, repo, STR("HEAD"),
				       &fixture->err));
	assert_int_equal(snapshot_kind(snapshot), SNAPSHOT_COMMIT);
	assert_int_equal(snapshot_commit(snapshot).len, OID_RAW);
	assert_ptr_equal(snapshot_find(snapshot, STR("d/b.yaml")),
			 snapshot_at(snapshot, 1));
	assert_null(snapshot_find(snapshot, STR("d")));
	assert_null(snapshot_find(snapshot, STR("d/b.yaml2")));
	snapshot_free(snapshot);
	repo_close(repo);
}

static void stand_ins_for_content_are_recognised(void **state)
{
	(void)state;
	assert_int_equal(content_of(STR("version https://git-lfs.github.com/"
					"spec/v1\noid sha256:00\nsize 1\n")),
			 CONTENT_LFS);
	assert_int_equal(content_of(STR("\0GITCRYPT\0abc")), CONTENT_ENCRYPTED);
	assert_int_equal(content_of(STR("version: 1\n")), CONTENT_PLAIN);
	assert_int_equal(content_of(STR("")), CONTENT_PLAIN);
}

static void a_bare_repository_has_commits_and_no_work_tree(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, ".", "clone", "-q", "--bare", "r", "b.git");
	repo = fixture_open(fixture, "b.git");

	assert_true(repo_state(repo)->bare);
	assert_string_equal(fixture_commit(fixture, repo, "main"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	assert_non_null(strstr(fixture_worktree(fixture, repo),
			       "is a bare repository and has no work tree"));
	repo_close(repo);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(commit_index_and_work_tree_are_read_from_their_own_place),
		TEST(packed_and_loose_objects_read_alike),
		TEST(what_has_no_content_of_its_own_is_named),
		TEST(an_unmerged_path_is_a_conflict_and_comes_once),
		TEST(an_intended_file_is_in_the_work_tree_only),
		TEST(sparse_checkout_hides_nothing),
		TEST(a_missing_blob_is_damage_and_not_absence),
		TEST(a_missing_tree_makes_no_snapshot),
		TEST(a_file_over_the_ceiling_is_an_error_with_its_path),
		TEST(entries_are_found_by_path),
		TEST(stand_ins_for_content_are_recognised),
		TEST(a_bare_repository_has_commits_and_no_work_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
