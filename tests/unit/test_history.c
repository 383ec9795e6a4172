/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

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

/* Demands that reading fails with a sentence that holds `text`. */
static void refuse_history(struct fixture *fixture, const char *sub,
			   const char *text)
{
	struct repo *repo = fixture_open(fixture, sub);
	struct history_plan plan = {.jobs = 2};
	struct history *history = NULL;

	assert_true(
		revision_commit(&plan.tip, repo, STR("HEAD"), &fixture->err));
	assert_false(history_read(&history, repo, &plan, &fixture->err));
	assert_error(fixture, text);
	repo_close(repo);
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
	theirs = fixture_read_bytes(fixture, "out");
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

/* ---- what is read, and what is not */

/* What is handed in comes back. */
static const char is_yaml_asked[] = "asked";

static bool is_yaml(const void *context, str path)
{
	assert_ptr_equal(context, is_yaml_asked);
	return str_ends(path, STR(".yaml"));
}

static void only_the_paths_that_are_asked_for_have_events(void **state)
{
	struct fixture *fixture = *state;
	struct history_plan plan = {
		.jobs = 2,
		.takes = is_yaml,
		.context = is_yaml_asked,
	};
	struct history *history;
	struct repo *repo;
	size_t count;

	fixture_basic(fixture);
	fixture_write(fixture, "r/text.txt", "text\n");
	fixture_write(fixture, "r/d/e/f.yaml", "f: 1\n");
	commit_all(fixture, "second");
	repo = fixture_open(fixture, "r");
	assert_true(
		revision_commit(&plan.tip, repo, STR("HEAD"), &fixture->err));
	assert_true(history_read(&history, repo, &plan, &fixture->err));

	assert_int_equal(history_path_count(history), 3);
	assert_true(str_is(history_path(history, 0), "a.yaml"));
	assert_true(str_is(history_path(history, 1), "d/b.yaml"));
	assert_true(str_is(history_path(history, 2), "d/e/f.yaml"));
	(void)history_events(&count, history, 0);
	assert_int_equal(count, 2);
	(void)history_events(&count, history, 1);
	assert_int_equal(count, 1);
	history_free(history);
	repo_close(repo);
}

static void a_commit_off_the_main_line_is_not_found_on_it(void **state)
{
	struct fixture *fixture = *state;
	struct history *history;
	struct repo *repo;
	struct oid old;

	fixture_basic(fixture);
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	commit_all(fixture, "to be rewritten");
	repo = fixture_open(fixture, "r");
	assert_true(revision_commit(&old, repo, STR("HEAD"), &fixture->err));
	history = read_history(fixture, repo, "HEAD", 1);
	assert_int_equal(history_find(history, &old), 1);
	history_free(history);

	(void)GIT(fixture, "r", "commit", "-q", "--amend", "-m", "rewritten");
	history = read_history(fixture, repo, "HEAD", 1);
	assert_int_equal(history_count(history), 2);
	assert_int_equal(history_find(history, &old), 2);
	history_free(history);
	repo_close(repo);
}

static void time_goes_by_what_is_known_of_every_landing(void **state)
{
	static const struct {
		const char *date;
		int64_t asked;
		size_t landing; /* with five of them, 5: none */
	} rows[] = {
		{"1000 +0000", 999, 5},	 {"2000 +0000", 1999, 0},
		{"1500 +0000", 2000, 2}, {"3000 +0000", 2999, 2},
		{"4000 +0000", 4000, 4},
	};
	struct fixture *fixture = *state;
	struct buf stream;
	struct history *history;
	struct repo *repo;

	buf_init(&stream, 4096);
	for (size_t i = 0; i < 5; i++)
		buf_format(&stream,
			   "commit refs/heads/main\ncommitter M <m@x> %s\n"
			   "data 0\n",
			   rows[i].date);
	fixture_write_bytes(fixture, "stream", buf_str(&stream));
	buf_done(&stream);
	(void)GIT(fixture, ".", "init", "-q", "--bare", "r");
	(void)GIT(fixture, "r", "-c",
		  "alias.load=!git fast-import --quiet < ../stream", "load");
	repo = fixture_open(fixture, "r");
	history = read_history(fixture, repo, "main", 1);

	for (size_t i = 0; i < 5; i++)
		assert_int_equal(
			history_at(history,
				   (struct instant){.seconds = rows[i].asked}),
			rows[i].landing);
	history_free(history);
	repo_close(repo);
}

/* ---- traps */

static void three_commits(struct fixture *fixture)
{
	fixture_basic(fixture);
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	commit_all(fixture, "second");
	fixture_write(fixture, "r/a.yaml", "a: 3\n");
	commit_all(fixture, "third");
}

static void assert_cut(struct fixture *fixture, const char *sub)
{
	struct repo *repo = fixture_open(fixture, sub);
	struct history *history = read_history(fixture, repo, "HEAD", 2);
	const struct commit_facts *maker;
	size_t count;
	const struct event *events = history_events(&count, history, 0);

	assert_true(history_cut(history));
	assert_int_equal(history_count(history), 2);
	assert_int_equal(count, 2);
	assert_int_equal(events[0].kind, EVENT_ADDED);
	assert_false(history_maker(&maker, history, repo_reader(repo), events,
				   &fixture->arena, &fixture->err));
	assert_error(fixture, "git fetch --unshallow");
	history_free(history);
	repo_close(repo);
}

static void a_shallow_clone_says_that_its_history_is_cut(void **state)
{
	struct fixture *fixture = *state;
	char *url;

	three_commits(fixture);
	url = arena_cstr(
		&fixture->arena,
		str_format(&fixture->arena, "file://%s/r", fixture->dir));
	(void)GIT(fixture, ".", "clone", "-q", "--depth", "2", url, "s");
	(void)GIT(fixture, "s", "worktree", "add", "-q", "../linked");

	assert_cut(fixture, "s");
	assert_cut(fixture, "linked");
	assert_as_git(fixture, "s", 2);
}

static void a_shallow_clone_that_holds_all_is_not_cut(void **state)
{
	struct fixture *fixture = *state;
	struct history *history;
	struct repo *repo;

	three_commits(fixture);
	/* The root is said to be a boundary: nothing lies behind it. */
	fixture_write(fixture, "r/.git/shallow",
		      str_format(&fixture->arena, "%s\n",
				 GIT(fixture, "r", "rev-parse", "HEAD~2"))
			      .ptr);
	repo = fixture_open(fixture, "r");
	history = read_history(fixture, repo, "HEAD", 1);
	assert_false(history_cut(history));
	assert_int_equal(history_count(history), 3);
	history_free(history);
	repo_close(repo);
}

static void partial_clone(struct fixture *fixture, const char *filter)
{
	char *url = arena_cstr(
		&fixture->arena,
		str_format(&fixture->arena, "file://%s/r", fixture->dir));

	(void)GIT(fixture, "r", "config", "uploadpack.allowFilter", "true");
	(void)GIT(fixture, ".", "clone", "-q", "--bare", filter, url, "p");
}

static void a_clone_without_blobs_has_the_whole_history(void **state)
{
	struct fixture *fixture = *state;

	three_commits(fixture);
	partial_clone(fixture, "--filter=blob:none");
	assert_as_git(fixture, "p", 2);
}

static void a_clone_without_trees_is_an_error_that_says_what_helps(void **state)
{
	struct fixture *fixture = *state;

	three_commits(fixture);
	partial_clone(fixture, "--filter=tree:0");
	refuse_history(fixture, "p", "git fetch --refetch --no-filter");
	assert_error(fixture, "the history at commit");
}

static void a_sparse_checkout_has_the_whole_history(void **state)
{
	struct fixture *fixture = *state;

	three_commits(fixture);
	(void)GIT(fixture, "r", "sparse-checkout", "set", "d");
	assert_as_git(fixture, "r", 2);
}

static void replacements_and_grafts_are_named_and_not_followed(void **state)
{
	struct fixture *fixture = *state;
	struct history *history;
	struct repo *repo;

	three_commits(fixture);
	(void)GIT(fixture, "r", "replace", "--graft", "HEAD");
	fixture_write(fixture, "r/.git/info/grafts",
		      str_format(&fixture->arena, "%s\n",
				 GIT(fixture, "r", "rev-parse", "HEAD"))
			      .ptr);
	repo = fixture_open(fixture, "r");
	history = read_history(fixture, repo, "HEAD", 1);

	assert_true(repo_state(repo)->replaced);
	assert_true(repo_state(repo)->grafted);
	assert_int_equal(history_count(history), 3);
	assert_false(history_cut(history));
	history_free(history);
	repo_close(repo);
}

/* Makes a commit of raw bytes on top of HEAD, and HEAD of it. */
static void raw_commit(struct fixture *fixture, const char *author, str message)
{
	str text = str_format(
		&fixture->arena,
		"tree %s\nparent %s\nauthor %s\ncommitter B <b@x> 1700000200 "
		"+0000\n" STR_FMT,
		GIT(fixture, "r", "rev-parse", "HEAD^{tree}"),
		GIT(fixture, "r", "rev-parse", "HEAD"), author,
		STR_ARG(message));

	fixture_write_bytes(fixture, "raw", text);
	(void)GIT(fixture, "r", "update-ref", "HEAD",
		  GIT(fixture, "r", "hash-object", "-t", "commit", "-w",
		      "--literally", "../raw"));
}

static void a_malformed_author_does_not_end_the_history(void **state)
{
	static const char *const authors[] = {
		"nobody",
		"A a@x> 1700000000 +0000",
		"A <a@x",
		"A <a@x> 99999999999999999999999 +0000",
		"A <a>b@x> 1700000000 +0000",
		"A <a@x> -1 +0000",
		"A <a@x> 1700000000 -9999",
		"",
	};
	struct fixture *fixture = *state;
	enum { AUTHORS = sizeof(authors) / sizeof(*authors) };
	struct history *history;
	struct repo *repo;

	fixture_basic(fixture);
	for (size_t i = 0; i < AUTHORS; i++)
		raw_commit(fixture, authors[i], STR("\nm\n"));
	repo = fixture_open(fixture, "r");
	history = read_history(fixture, repo, "HEAD", 1);

	assert_int_equal(history_count(history), AUTHORS + 1);
	assert_null(history_landing(history, 0)->malformed);
	for (size_t i = 1; i <= AUTHORS; i++)
		assert_non_null(history_landing(history, i)->malformed);
	history_free(history);
	repo_close(repo);
}

/* Puts a tree of raw bytes below HEAD. */
static void raw_tree(struct fixture *fixture, str bytes)
{
	char *tree;

	fixture_write_bytes(fixture, "raw", bytes);
	tree = GIT(fixture, "r", "hash-object", "-t", "tree", "-w",
		   "--literally", "../raw");
	(void)GIT(fixture, "r", "update-ref", "HEAD",
		  GIT(fixture, "r", "commit-tree", "-p", "HEAD", "-m", "tree",
		      tree));
}

#define RAW_OID "01234567890123456789"

static void a_tree_that_could_hide_an_entry_is_an_error(void **state)
{
	static const struct {
		str bytes;
		const char *text;
	} rows[] = {
		{STR_INIT("100644 b\0" RAW_OID "100644 a\0" RAW_OID),
		 "not in order, or twice: 'a'"},
		{STR_INIT("100644 b\0" RAW_OID "100644 b\0" RAW_OID),
		 "not in order, or twice: 'b'"},
		{STR_INIT("100644 b\0" RAW_OID "100644 c\0"
			  "0123"),
		 "an entry is cut short"},
		{STR_INIT("100644 b/c\0" RAW_OID), "a name that is none"},
		{STR_INIT("100644 ..\0" RAW_OID), "a name that is none"},
		{STR_INIT("20644 b\0" RAW_OID), "an unknown mode"},
		{STR_INIT("1006x4 b\0" RAW_OID), "an unknown mode"},
	};
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		raw_tree(fixture, rows[i].bytes);
		refuse_history(fixture, "r", rows[i].text);
		(void)GIT(fixture, "r", "update-ref", "HEAD", "HEAD~1");
	}
}

static void modes_of_old_trees_count_as_git_counts_them(void **state)
{
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	raw_tree(fixture, STR("100644 a\0" RAW_OID "100644 b\0" RAW_OID
			      "100755 c\0" RAW_OID "120000 l\0" RAW_OID));
	raw_tree(fixture, STR("100664 a\0" RAW_OID "100600 b\0" RAW_OID
			      "100775 c\0" RAW_OID "120777 l\0" RAW_OID));
	raw_tree(fixture, STR("0100644 a\0" RAW_OID "100755 b\0" RAW_OID
			      "100755 c\0" RAW_OID "120000 l\0" RAW_OID));
	assert_as_git(fixture, "r", 1);
}

static void a_missing_object_is_named_with_its_commit(void **state)
{
	struct fixture *fixture = *state;
	char *tree;

	three_commits(fixture);
	tree = GIT(fixture, "r", "rev-parse", "HEAD~1^{tree}");
	fixture_lose(fixture, tree);
	refuse_history(fixture, "r", tree);
	assert_error(fixture, "is missing");
	assert_error(fixture, GIT(fixture, "r", "rev-parse", "HEAD~1"));
}

static void a_missing_commit_ends_nothing_in_silence(void **state)
{
	struct fixture *fixture = *state;
	char *commit;

	three_commits(fixture);
	commit = GIT(fixture, "r", "rev-parse", "HEAD~2");
	fixture_lose(fixture, commit);
	refuse_history(fixture, "r", commit);
}

static void commits_that_name_each_other_are_an_error(void **state)
{
	struct fixture *fixture = *state;
	char *tip;
	char *from;
	char *to;

	/* Objects are trusted in bulk: under the name of the root lies a
	 * commit whose parent is the tip. */
	three_commits(fixture);
	tip = GIT(fixture, "r", "rev-parse", "HEAD");
	to = GIT(fixture, "r", "rev-parse", "HEAD~2");
	from = GIT(fixture, "r", "commit-tree", "-p", tip, "-m", "ring",
		   "HEAD^{tree}");
	to = fixture_path(fixture,
			  str_format(&fixture->arena, "r/.git/objects/%.2s/%s",
				     to, to + 2)
				  .ptr);
	from = fixture_path(fixture,
			    str_format(&fixture->arena,
				       "r/.git/objects/%.2s/%s", from, from + 2)
				    .ptr);
	assert_int_equal(rename(from, to), 0);
	refuse_history(fixture, "r", "is its own ancestor");
}

static void limits_end_the_reading_by_name(void **state)
{
	struct fixture *fixture = *state;
	struct limits limits = limits_default;
	struct history_plan plan = {.jobs = 1};
	struct history *history = NULL;
	struct repo *repo;

	three_commits(fixture);
	limits.history_commits = 2;
	assert_true(repo_open(&repo, &fixture->env, fixture_path(fixture, "r"),
			      &limits, &fixture->err));
	assert_true(
		revision_commit(&plan.tip, repo, STR("HEAD"), &fixture->err));
	assert_false(history_read(&history, repo, &plan, &fixture->err));
	assert_error(fixture, "limit history_commits");
	limits.history_commits = 3;
	limits.history_events = 3;
	assert_false(history_read(&history, repo, &plan, &fixture->err));
	assert_error(fixture, "limit history_events");
	limits.history_events = 4;
	assert_true(history_read(&history, repo, &plan, &fixture->err));
	history_free(history);
	limits.git_tree_depth = 1;
	assert_false(history_read(&history, repo, &plan, &fixture->err));
	assert_error(fixture, "limit git_tree_depth");
	repo_close(repo);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_of_commits_has_the_events_of_git),
		TEST(a_merge_is_one_landing_and_its_makers_are_found),
		TEST(only_the_paths_that_are_asked_for_have_events),
		TEST(a_commit_off_the_main_line_is_not_found_on_it),
		TEST(time_goes_by_what_is_known_of_every_landing),
		TEST(a_shallow_clone_says_that_its_history_is_cut),
		TEST(a_shallow_clone_that_holds_all_is_not_cut),
		TEST(a_clone_without_blobs_has_the_whole_history),
		TEST(a_clone_without_trees_is_an_error_that_says_what_helps),
		TEST(a_sparse_checkout_has_the_whole_history),
		TEST(replacements_and_grafts_are_named_and_not_followed),
		TEST(a_malformed_author_does_not_end_the_history),
		TEST(a_tree_that_could_hide_an_entry_is_an_error),
		TEST(modes_of_old_trees_count_as_git_counts_them),
		TEST(a_missing_object_is_named_with_its_commit),
		TEST(a_missing_commit_ends_nothing_in_silence),
		TEST(commits_that_name_each_other_are_an_error),
		TEST(limits_end_the_reading_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
