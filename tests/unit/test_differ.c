/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/differ.h"

enum { DEEP = 240 };

/* "a/a/.../f": each folder is in use while the ones below are compared. */
static const char *deep_path(struct fixture *fixture, const char *top)
{
	struct buf path;
	const char *kept;

	buf_init(&path, 4096);
	buf_add(&path, str_of(top));
	for (size_t i = 0; i + 2 < DEEP; i++)
		buf_add(&path, STR("a/"));
	buf_byte(&path, 'f');
	kept = arena_cstr(&fixture->arena, buf_str(&path));
	buf_done(&path);
	return kept;
}

struct seen {
	struct fixture *fixture;
	size_t count;
	const char *path;
	uint32_t mode;
};

static void see(void *context, const struct difference *difference)
{
	struct seen *seen = context;

	seen->count++;
	seen->path = arena_cstr(&seen->fixture->arena, difference->path);
	seen->mode = difference->mode;
}

static struct oid tree_of(struct fixture *fixture, const char *revision)
{
	struct oid oid = {0};

	assert_true(oid_parse(
		&oid, str_of(GIT(fixture, "r", "rev-parse", revision))));
	return oid;
}

static void deep_folders_in_use_do_not_crowd_each_other_out(void **state)
{
	struct fixture *fixture = *state;
	struct seen seen = {.fixture = fixture};
	const char *path = deep_path(fixture, "");
	struct differ *differ;
	struct oid before, after;
	struct repo *repo;

	fixture_basic(fixture);
	fixture_write(fixture, deep_path(fixture, "r/"), "1\n");
	(void)GIT(fixture, "r", "add", "-A");
	(void)GIT(fixture, "r", "commit", "-qm", "deep");
	fixture_write(fixture, deep_path(fixture, "r/"), "2\n");
	(void)GIT(fixture, "r", "commit", "-qam", "deep again");
	repo = fixture_open(fixture, "r");
	before = tree_of(fixture, "HEAD~1^{tree}");
	after = tree_of(fixture, "HEAD^{tree}");
	differ = differ_new(repo_reader(repo), repo_limits(repo));

	for (size_t i = 1; i <= 3; i++) {
		if (!differ_run(differ, &before, &after, see, &seen,
				&fixture->err))
			fail_msg("%s", fixture->err.text);
		assert_int_equal(seen.count, i);
		assert_string_equal(seen.path, path);
		assert_int_equal(seen.mode, MODE_FILE);
	}
	assert_true(
		differ_run(differ, &after, &after, see, &seen, &fixture->err));
	assert_int_equal(seen.count, 3);
	differ_free(differ);
	repo_close(repo);
}

static void a_path_is_found_only_as_what_it_is(void **state)
{
	static const struct {
		const char *path;
		uint32_t mode;
	} rows[] = {
		{"a.yaml", MODE_FILE},
		{"d/b.yaml", MODE_FILE},
		{"d/run", MODE_EXECUTABLE},
		{"link", MODE_LINK},
		{"d", 0},
		{"d/", 0},
		{"a.yaml/x", 0},
		{"b.yaml", 0},
		{"d/b.yam", 0},
		{"e/b.yaml", 0},
		{"link/b.yaml", 0},
	};
	struct fixture *fixture = *state;
	struct differ *differ;
	struct repo *repo;
	struct oid tree;

	fixture_basic(fixture);
	fixture_write(fixture, "r/d/run", "x\n");
	assert_int_equal(chmod(fixture_path(fixture, "r/d/run"), 0755), 0);
	assert_int_equal(symlink("d", fixture_path(fixture, "r/link")), 0);
	(void)GIT(fixture, "r", "add", "-A");
	(void)GIT(fixture, "r", "commit", "-qm", "second");
	tree = tree_of(fixture, "HEAD^{tree}");
	repo = fixture_open(fixture, "r");
	differ = differ_new(repo_reader(repo), repo_limits(repo));

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint32_t mode = 1;
		struct oid oid = {.len = 1};

		if (!differ_find(&mode, &oid, differ, &tree,
				 str_of(rows[i].path), &fixture->err))
			fail_msg("%s", fixture->err.text);
		assert_int_equal(mode, rows[i].mode);
		assert_int_equal(oid.len, mode ? OID_RAW : 0);
	}
	differ_free(differ);
	repo_close(repo);
}

static void a_path_that_is_too_long_is_an_error_with_its_folder(void **state)
{
	struct fixture *fixture = *state;
	struct limits limits = limits_default;
	struct seen seen = {.fixture = fixture};
	const struct oid none = {0};
	struct differ *differ;
	struct repo *repo;
	struct oid tree;

	fixture_basic(fixture);
	tree = tree_of(fixture, "HEAD^{tree}");
	repo = fixture_open(fixture, "r");
	limits.git_path = 7;
	differ = differ_new(repo_reader(repo), &limits);

	assert_false(
		differ_run(differ, &none, &tree, see, &seen, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_LIMIT);
	assert_error(fixture, "the folder d/: a path has more than 7 bytes");
	differ_free(differ);
	limits.git_path = 8;
	differ = differ_new(repo_reader(repo), &limits);
	assert_true(
		differ_run(differ, &none, &tree, see, &seen, &fixture->err));
	assert_int_equal(seen.count, 3);
	differ_free(differ);
	repo_close(repo);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(deep_folders_in_use_do_not_crowd_each_other_out),
		TEST(a_path_is_found_only_as_what_it_is),
		TEST(a_path_that_is_too_long_is_an_error_with_its_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
