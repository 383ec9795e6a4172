/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

/* One repository with branches, tags and a merge, as `log --graph` shows it:
 * main: c1 - c2 - m; side: c1 - s. */
static void make_history(struct fixture *fixture)
{
	fixture_basic(fixture);
	GIT(fixture, "r", "tag", "light");
	GIT(fixture, "r", "checkout", "-qb", "side");
	fixture_write(fixture, "r/s.yaml", "s: 1\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "side");
	GIT(fixture, "r", "checkout", "-q", "main");
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	GIT(fixture, "r", "commit", "-qam", "second");
	GIT(fixture, "r", "tag", "-am", "heavy", "v1");
	GIT(fixture, "r", "tag", "-am", "heavier", "v1-of", "v1");
	GIT(fixture, "r", "merge", "-q", "--no-ff", "-m", "merge", "side");
	GIT(fixture, "r", "update-ref", "refs/remotes/origin/far", "HEAD~1");
	GIT(fixture, "r", "symbolic-ref", "refs/remotes/origin/HEAD",
	    "refs/remotes/origin/far");
}

/* Resolves one revision here and by git. */
static void assert_as_git(struct fixture *fixture, struct repo *repo,
			  const char *revision)
{
	char hex[OID_HEX + 1] = "";
	struct oid oid;

	if (!revision_find(&oid, repo, str_of(revision), &fixture->err))
		fail_msg("%s: %s", revision, fixture->err.text);
	oid_format(hex, &oid);
	assert_string_equal(hex, GIT(fixture, "r", "rev-parse", "--verify",
				     "--end-of-options", revision));
}

static void revisions_name_what_git_says(void **state)
{
	static const char *const rows[] = {
		"HEAD",		"@",	      "main",	      "heads/side",
		"refs/tags/v1", "tags/light", "v1",	      "v1^{}",
		"v1^{commit}",	"v1-of^{}",   "v1-of^{tree}", "HEAD^",
		"HEAD^1",	"HEAD^2",     "HEAD^2^",      "HEAD~2",
		"HEAD~",	"HEAD^0",     "@~1^{tree}",   "v1~1",
		"v1-of^",	"origin/far", "origin",	      "HEAD~0",
	};
	struct fixture *fixture = *state;

	make_history(fixture);
	for (size_t packed = 0; packed < 2; packed++) {
		struct repo *repo = fixture_open(fixture, "r");

		for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
			assert_as_git(fixture, repo, rows[i]);
		assert_as_git(fixture, repo,
			      GIT(fixture, "r", "rev-parse", "HEAD~1"));
		assert_as_git(
			fixture, repo,
			GIT(fixture, "r", "rev-parse", "--short", "HEAD~1"));
		repo_close(repo);
		GIT(fixture, "r", "pack-refs", "--all");
		GIT(fixture, "r", "gc", "-q", "--prune=now");
	}
}

static void what_names_nothing_is_said(void **state)
{
	static const struct {
		const char *revision, *text;
	} rows[] = {
		{"nowhere", "names no commit"},
		{"", "names no commit"},
		{"-main", "names no commit"},
		{"../HEAD", "names no commit"},
		{"HEAD^3", "asks for a parent that is not there"},
		{"HEAD~9", "asks for a parent that is not there"},
		{"HEAD^{", "names no commit"},
		{"HEAD^{blob}", "is not understood"},
		{"HEAD^x", "names no commit"},
		{"HEAD@{1}", "reflogs are not read"},
		{"@{2026-02-30}", "reflogs are not read"},
		{"@{2026-02-20", "reflogs are not read"},
		{"@{1999-12-31}", "had no commit yet at 1999-12-31T23:59:59Z"},
		{"nobody@{2026-02-20}", "names no commit"},
		{"HEAD:a.yaml", "a form of revision"},
		{"0123456789012345678901234567890123456789", "names no commit"},
		{"main\nx", "names no commit"},
	};
	struct fixture *fixture = *state;
	struct repo *repo;
	struct oid oid;

	make_history(fixture);
	repo = fixture_open(fixture, "r");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_false(revision_find(&oid, repo, str_of(rows[i].revision),
					   &fixture->err));
		assert_int_equal(fixture->err.kind, ERROR_USAGE);
		assert_error(fixture, rows[i].text);
	}
	repo_close(repo);
}

static void a_tag_with_the_name_of_a_branch_is_ambiguous(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;
	struct oid oid;

	make_history(fixture);
	GIT(fixture, "r", "tag", "main", "light");
	repo = fixture_open(fixture, "r");
	assert_false(revision_find(&oid, repo, STR("main"), &fixture->err));
	assert_error(fixture, "'main' is ambiguous: refs/tags/main or "
			      "refs/heads/main?");
	assert_true(revision_find(&oid, repo, STR("refs/heads/main"),
				  &fixture->err));
	repo_close(repo);
}

static void head_is_a_branch_or_detached(void **state)
{
	struct fixture *fixture = *state;
	struct head head;
	struct repo *repo;

	make_history(fixture);
	repo = fixture_open(fixture, "r");
	assert_true(repo_head(&head, repo, &fixture->arena, &fixture->err));
	assert_true(str_is(head.ref, "refs/heads/main"));
	assert_int_equal(head.oid.len, OID_RAW);
	repo_close(repo);
	GIT(fixture, "r", "checkout", "-q", "--detach");
	repo = fixture_open(fixture, "r");
	assert_true(repo_head(&head, repo, &fixture->arena, &fixture->err));
	assert_null(head.ref.ptr);
	assert_int_equal(head.oid.len, OID_RAW);
	repo_close(repo);
}

static void damaged_refs_are_errors(void **state)
{
	static const struct {
		const char *head, *text;
	} rows[] = {
		{"ref: refs/heads/a\n", "in a circle"},
		{"ref: ../../etc/passwd\n", "the ref HEAD holds no object"},
		{"hello\n", "the ref HEAD holds no object name"},
		{"", "the ref HEAD holds no object name"},
		{"ref: HEAD\n", "HEAD names HEAD, which is no branch"},
	};
	struct fixture *fixture = *state;
	struct repo *repo;
	struct head head;

	fixture_basic(fixture);
	fixture_write(fixture, "r/.git/refs/heads/a", "ref: refs/heads/b\n");
	fixture_write(fixture, "r/.git/refs/heads/b", "ref: refs/heads/a\n");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		fixture_write(fixture, "r/.git/HEAD", rows[i].head);
		repo = fixture_open(fixture, "r");
		assert_false(
			repo_head(&head, repo, &fixture->arena, &fixture->err));
		assert_error(fixture, rows[i].text);
		repo_close(repo);
	}
}

/* The merge bases of two revisions, here and by git. */
static size_t assert_bases(struct fixture *fixture, struct repo *repo,
			   const char *a, const char *b)
{
	const char *const args[] = {"merge-base", "--all", a, b, NULL};
	const struct oid *bases;
	struct oid x, y;
	size_t count;
	char *said;

	assert_true(revision_commit(&x, repo, str_of(a), &fixture->err));
	assert_true(revision_commit(&y, repo, str_of(b), &fixture->err));
	if (!merge_bases(&bases, &count, repo, &x, &y, &fixture->arena,
			 &fixture->err))
		fail_msg("%s", fixture->err.text);
	(void)fixture_run(fixture, "r", args);
	said = fixture_read(fixture, "out");
	assert_int_equal(strlen(said), count * (OID_HEX + 1));
	for (size_t i = 0; i < count; i++) {
		char hex[OID_HEX + 1] = "";

		oid_format(hex, &bases[i]);
		assert_non_null(strstr(said, hex));
	}
	return count;
}

static void merge_bases_are_those_of_git(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;

	make_history(fixture);
	/* A criss-cross: each side merges the other's first commit. */
	GIT(fixture, "r", "checkout", "-qb", "x", "main");
	fixture_write(fixture, "r/x", "x\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "x1");
	GIT(fixture, "r", "checkout", "-qb", "y", "main");
	fixture_write(fixture, "r/y", "y\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "y1");
	GIT(fixture, "r", "merge", "-q", "--no-ff", "-m", "y2", "x");
	GIT(fixture, "r", "checkout", "-q", "x");
	GIT(fixture, "r", "merge", "-q", "--no-ff", "-m", "x2", "y^");
	GIT(fixture, "r", "checkout", "-q", "--orphan", "alone");
	GIT(fixture, "r", "commit", "-qm", "alone");
	repo = fixture_open(fixture, "r");

	assert_int_equal(assert_bases(fixture, repo, "x", "y"), 2);
	assert_int_equal(assert_bases(fixture, repo, "side", "v1"), 1);
	assert_int_equal(assert_bases(fixture, repo, "main", "side"), 1);
	assert_int_equal(assert_bases(fixture, repo, "main", "main"), 1);
	assert_int_equal(assert_bases(fixture, repo, "main", "alone"), 0);
	repo_close(repo);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(revisions_name_what_git_says),
		TEST(what_names_nothing_is_said),
		TEST(a_tag_with_the_name_of_a_branch_is_ambiguous),
		TEST(head_is_a_branch_or_detached),
		TEST(damaged_refs_are_errors),
		TEST(merge_bases_are_those_of_git),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
