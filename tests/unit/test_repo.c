/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

static void a_subfolder_gives_its_prefix(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r/d");
	assert_true(str_is(repo_state(repo)->prefix, "d/"));
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);
}

static void a_linked_worktree_has_its_own_index_and_shared_objects(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "worktree", "add", "-q", "-b", "w", "../w");
	fixture_write(fixture, "w/a.yaml", "a: w\n");
	GIT(fixture, "w", "add", "-A");
	repo = fixture_open(fixture, "w/d");

	assert_true(repo_state(repo)->linked);
	assert_string_equal(fixture_index(fixture, repo),
			    "a.yaml=a: w d/b.yaml=b: 1");
	assert_string_equal(fixture_commit(fixture, repo, "w"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);
}

static void a_linked_worktree_of_a_bare_repository_has_a_work_tree(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, ".", "clone", "-q", "--bare", "r", "b.git");
	GIT(fixture, "b.git", "worktree", "add", "-q", "../w", "main");
	repo = fixture_open(fixture, "w");
	assert_false(repo_state(repo)->bare);
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);
}

static void a_submodule_is_opened_where_its_work_tree_is(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_submodule(fixture);
	repo = fixture_open(fixture, "r/m");
	assert_string_equal(fixture_worktree(fixture, repo), "x=x");
	repo_close(repo);
}

static void a_committed_bare_repository_is_not_entered(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	GIT(fixture, ".", "clone", "-q", "--bare", "r", "r/evil");
	fixture_refuse(fixture, "r/evil",
		       "is a bare repository inside the work tree");
	fixture->env.git_dir = ".";
	repo_close(fixture_open(fixture, "r/evil"));
}

static void the_git_directory_is_no_place_to_run(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	fixture_refuse(fixture, "r/.git", "inside the git directory");
	fixture_refuse(fixture, "r/.git/objects", "inside the git directory");
}

static void no_repository_is_said_and_ceilings_hold(void **state)
{
	struct fixture *fixture = *state;

	fixture_refuse(fixture, "home", "is in no git repository");
	fixture_basic(fixture);
	fixture->env.ceilings = fixture_path(fixture, "r");
	fixture_refuse(fixture, "r/d", "is in no git repository");
	repo_close(fixture_open(fixture, "r"));
}

static void a_gitdir_file_that_leads_nowhere_is_an_error(void **state)
{
	struct fixture *fixture = *state;

	fixture_write(fixture, "x/.git", "gitdir: ../nowhere\n");
	fixture_refuse(fixture, "x", "which is no repository");
	fixture_write(fixture, "x/.git", "hello\n");
	fixture_refuse(fixture, "x", "does not say where the repository is");
}

static void core_worktree_may_not_lead_away(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "config", "core.worktree", "/etc");
	fixture_refuse(fixture, "r", "which is not trusted");
	GIT(fixture, "r", "config", "core.worktree", "..");
	repo = fixture_open(fixture, "r/d");
	assert_true(str_is(repo_state(repo)->prefix, "d/"));
	repo_close(repo);
}

static void a_foreign_owner_is_refused_with_the_command_that_helps(void **state)
{
	struct fixture *fixture = *state;
	char *wanted;

	fixture_basic(fixture);
	fixture->env.user += 7;
	wanted = arena_cstr(&fixture->arena,
			    str_format(&fixture->arena,
				       "git config --global --add "
				       "safe.directory '%s/r'",
				       fixture->dir));
	fixture_refuse(fixture, "r", wanted);
	fixture_write(fixture, "home/.gitconfig",
		      "[safe]\n\tdirectory = /elsewhere\n");
	fixture_refuse(fixture, "r", wanted);
	fixture_write(fixture, "home/.gitconfig",
		      "[safe]\n\tdirectory = *\n\tdirectory =\n");
	fixture_refuse(fixture, "r", wanted);
	fixture_write(fixture, "home/.gitconfig",
		      "[safe]\n\tdirectory = \"*\" # all\n");
	repo_close(fixture_open(fixture, "r"));
	fixture_write(fixture, "home/.gitconfig",
		      arena_cstr(&fixture->arena,
				 str_format(&fixture->arena,
					    "[safe]\ndirectory=%s/r\n",
					    fixture->dir)));
	repo_close(fixture_open(fixture, "r/d"));
}

static void the_command_that_helps_is_safe_to_paste(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	assert_int_equal(rename(fixture_path(fixture, "r"),
				fixture_path(fixture, "r';touch x;'")),
			 0);
	fixture->env.user += 7;
	fixture_refuse(fixture, "r';touch x;'", "/r'\\'';touch x;'\\'''");
}

static void root_may_read_what_the_user_of_sudo_owns(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(fixture_path(fixture, "r"), 4711, 4711), 0);
	fixture_refuse(fixture, "r", "belongs to another user");
	fixture->env.sudo_uid = "4711";
	repo_close(fixture_open(fixture, "r"));
	fixture->env.sudo_uid = "4712";
	fixture_refuse(fixture, "r", "belongs to another user");
}

static void formats_that_cannot_be_read_are_named(void **state)
{
	static const struct {
		const char *version, *key, *value, *text;
	} rows[] = {
		{"1", "extensions.objectFormat", "sha256",
		 "names objects by sha256"},
		{"1", "extensions.refStorage", "reftable",
		 "keeps its refs as reftable"},
		{"1", "extensions.teleport", "true", "extension teleport"},
		{"2", "core.bare", "false", "format version 2"},
		{"x", "core.bare", "false", "repositoryformatversion"},
		{"1", "core.bare", "maybe", "core.bare is neither true"},
	};
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		fixture_write(
			fixture, "r/.git/config",
			arena_cstr(&fixture->arena,
				   str_format(&fixture->arena,
					      "[core]\nrepositoryformatversion "
					      "= %s\n[%.*s]\n%s = %s\n",
					      rows[i].version,
					      (int)strcspn(rows[i].key, "."),
					      rows[i].key,
					      strchr(rows[i].key, '.') + 1,
					      rows[i].value)));
		fixture_refuse(fixture, "r", rows[i].text);
	}
	fixture_write(fixture, "r/.git/config",
		      "[core]\nrepositoryformatversion = 1\n[extensions]\n"
		      "worktreeConfig\npartialClone = o\npreciousObjects = 1\n"
		      "objectFormat = sha1\nrefStorage = files\n");
	repo_close(fixture_open(fixture, "r"));
}

static void a_real_sha256_repository_is_refused(void **state)
{
	struct fixture *fixture = *state;

	GIT(fixture, ".", "init", "-q", "--object-format=sha256", "s");
	fixture_refuse(fixture, "s", "names objects by sha256");
}

static void a_shallow_clone_says_where_it_ends(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;
	struct oid oid;

	fixture_basic(fixture);
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	GIT(fixture, "r", "commit", "-qam", "second");
	GIT(fixture, ".", "clone", "-q", "--depth=1",
	    arena_cstr(
		    &fixture->arena,
		    str_format(&fixture->arena, "file://%s/r", fixture->dir)),
	    "s");
	GIT(fixture, "s", "worktree", "add", "-q", "../w");

	for (size_t i = 0; i < 2; i++) {
		repo = fixture_open(fixture, i ? "w" : "s");
		assert_true(repo_state(repo)->shallow);
		assert_int_equal(repo_state(repo)->boundary_count, 1);
		assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
				    "a.yaml=a: 2 d/b.yaml=b: 1");
		assert_false(
			revision_find(&oid, repo, STR("HEAD^"), &fixture->err));
		assert_error(fixture, "this shallow clone ends at commit ");
		repo_close(repo);
	}
}

static void a_partial_clone_is_told_and_names_what_is_missing(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "config", "uploadpack.allowFilter", "true");
	GIT(fixture, ".", "clone", "-q", "--filter=blob:none", "--no-checkout",
	    arena_cstr(
		    &fixture->arena,
		    str_format(&fixture->arena, "file://%s/r", fixture->dir)),
	    "p");
	repo = fixture_open(fixture, "p");

	assert_true(repo_state(repo)->partial);
	assert_true(str_is(repo_state(repo)->promisor, "origin"));
	assert_true(str_is(repo_state(repo)->filter, "blob:none"));
	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "is missing (this is a partial clone"));
	repo_close(repo);
}

static void replace_refs_and_grafts_are_told(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	repo = fixture_open(fixture, "r");
	assert_false(repo_state(repo)->replaced);
	assert_false(repo_state(repo)->grafted);
	repo_close(repo);

	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	GIT(fixture, "r", "commit", "-qam", "second");
	GIT(fixture, "r", "replace", "HEAD", "HEAD^");
	fixture_write(fixture, "r/.git/info/grafts", "\n");
	repo = fixture_open(fixture, "r");
	assert_true(repo_state(repo)->replaced);
	assert_true(repo_state(repo)->grafted);
	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "a.yaml=a: 2 d/b.yaml=b: 1");
	repo_close(repo);

	GIT(fixture, "r", "pack-refs", "--all");
	repo = fixture_open(fixture, "r");
	assert_true(repo_state(repo)->replaced);
	repo_close(repo);
}

static void alternates_are_read_and_may_be_quoted(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, ".", "clone", "-q", "--shared", "r", "c");
	repo = fixture_open(fixture, "c");
	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);

	/* A circle of two is no trap. */
	fixture_write(fixture, "r/.git/objects/info/alternates",
		      "# back\n../../../c/.git/objects\n");
	repo_close(fixture_open(fixture, "c"));

	assert_int_equal(
		remove(fixture_path(fixture, "c/.git/objects/info/alternates")),
		0);
	assert_int_equal(rename(fixture_path(fixture, "r"),
				fixture_path(fixture, "r\t:x")),
			 0);
	fixture->env.alternates =
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena,
				      "/nowhere:\"%s/r\\t:x/.git/objects\"",
				      fixture->dir));
	repo = fixture_open(fixture, "c");
	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "a.yaml=a: 1 d/b.yaml=b: 1");
	repo_close(repo);

	fixture->env.alternates = "/nowhere";
	repo = fixture_open(fixture, "c");
	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "is missing (the alternate /nowhere is not "
			       "there)"));
	repo_close(repo);
}

static void an_include_is_told_and_never_read(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	assert_int_equal(mkfifo(fixture_path(fixture, "pipe"), 0644), 0);
	GIT(fixture, "r", "config", "include.path", "/dev/null");
	fixture_write(fixture, "r/.git/config",
		      "[core]\nbare = false\n[include]\npath = ../../pipe\n");
	repo = fixture_open(fixture, "r");
	assert_true(repo_state(repo)->including);
	repo_close(repo);
}

static void a_pipe_as_configuration_is_refused(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	assert_int_equal(remove(fixture_path(fixture, "r/.git/config")), 0);
	assert_int_equal(mkfifo(fixture_path(fixture, "r/.git/config"), 0644),
			 0);
	fixture_refuse(fixture, "r", "is not a regular file");
}

static void the_variables_of_git_are_honoured(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, "t/a.yaml", "a: t\n");
	fixture->env.git_dir = fixture_path(fixture, "r/.git");
	fixture->env.work_tree = fixture_path(fixture, "t");
	repo = fixture_open(fixture, "home");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: t d/b.yaml(absent)");
	repo_close(repo);

	/* With GIT_DIR alone the work tree is the current folder. */
	fixture->env.work_tree = NULL;
	repo = fixture_open(fixture, "t");
	assert_string_equal(fixture_worktree(fixture, repo),
			    "a.yaml=a: t d/b.yaml(absent)");
	repo_close(repo);
	fixture->env.git_dir = fixture_path(fixture, "home");
	fixture_refuse(fixture, "t", "which is no repository");
}

static void a_relative_index_file_is_below_the_work_tree(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	fixture_basic(fixture);
	GIT(fixture, "r", "rm", "-q", "--cached", "a.yaml");
	assert_int_equal(rename(fixture_path(fixture, "r/.git/index"),
				fixture_path(fixture, "r/.git/other")),
			 0);
	fixture->env.index_file = ".git/other";
	repo = fixture_open(fixture, "r/d");
	assert_string_equal(fixture_index(fixture, repo), "d/b.yaml=b: 1");
	repo_close(repo);
}

static void an_empty_repository_has_no_entries_and_an_unborn_head(void **state)
{
	struct fixture *fixture = *state;
	struct head head;
	struct repo *repo;

	GIT(fixture, ".", "init", "-q", "e");
	repo = fixture_open(fixture, "e");
	assert_string_equal(fixture_index(fixture, repo), "");
	assert_string_equal(fixture_worktree(fixture, repo), "");
	assert_string_equal(fixture_commit(fixture, repo, "HEAD"),
			    "['HEAD' names no commit of this repository]");
	assert_true(repo_head(&head, repo, &fixture->arena, &fixture->err));
	assert_true(str_is(head.ref, "refs/heads/main"));
	assert_int_equal(head.oid.len, 0);
	repo_close(repo);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_subfolder_gives_its_prefix),
		TEST(a_linked_worktree_has_its_own_index_and_shared_objects),
		TEST(a_linked_worktree_of_a_bare_repository_has_a_work_tree),
		TEST(a_submodule_is_opened_where_its_work_tree_is),
		TEST(a_committed_bare_repository_is_not_entered),
		TEST(the_git_directory_is_no_place_to_run),
		TEST(no_repository_is_said_and_ceilings_hold),
		TEST(a_gitdir_file_that_leads_nowhere_is_an_error),
		TEST(core_worktree_may_not_lead_away),
		TEST(a_foreign_owner_is_refused_with_the_command_that_helps),
		TEST(the_command_that_helps_is_safe_to_paste),
		TEST(root_may_read_what_the_user_of_sudo_owns),
		TEST(formats_that_cannot_be_read_are_named),
		TEST(a_real_sha256_repository_is_refused),
		TEST(a_shallow_clone_says_where_it_ends),
		TEST(a_partial_clone_is_told_and_names_what_is_missing),
		TEST(replace_refs_and_grafts_are_told),
		TEST(alternates_are_read_and_may_be_quoted),
		TEST(an_include_is_told_and_never_read),
		TEST(a_pipe_as_configuration_is_refused),
		TEST(the_variables_of_git_are_honoured),
		TEST(a_relative_index_file_is_below_the_work_tree),
		TEST(an_empty_repository_has_no_entries_and_an_unborn_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
