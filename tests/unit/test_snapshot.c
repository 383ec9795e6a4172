/* SPDX-License-Identifier: Apache-2.0 */
#include "git/content.h"
#include "git_fixture.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "base/pool.h"

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
	fixture_submodule(fixture);
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

/* Makes openat2 fail as if the kernel were older than 5.6. */
static bool forget_openat2(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 38),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {ARRAY_SIZE(filter), filter};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void without_openat2_the_answers_are_the_same(void **state)
{
	struct fixture *fixture = *state;
	struct repo *repo;
	int status;
	pid_t pid;

	fixture_basic(fixture);
	fixture_write(fixture, "r/gone/x", "g\n");
	fixture_write(fixture, "r/s/t", "t\n");
	fixture_write(fixture, "r/u", "u\n");
	fixture_write(fixture, "r/v/w", "v\n");
	GIT(fixture, "r", "add", "-A");
	assert_int_equal(remove(fixture_path(fixture, "r/gone/x")), 0);
	assert_int_equal(rename(fixture_path(fixture, "r/s"),
				fixture_path(fixture, "s")),
			 0);
	assert_int_equal(symlink("../s", fixture_path(fixture, "r/s")), 0);
	assert_int_equal(remove(fixture_path(fixture, "r/u")), 0);
	assert_int_equal(symlink("a.yaml", fixture_path(fixture, "r/u")), 0);
	assert_int_equal(remove(fixture_path(fixture, "r/v/w")), 0);
	assert_int_equal(remove(fixture_path(fixture, "r/v")), 0);
	fixture_write(fixture, "r/v", "now a file\n");
	repo = fixture_open(fixture, "r");
	for (int i = 0; i < 2; i++) {
		pid = fork();
		if (pid == 0)
			_exit(i && !forget_openat2()
				      ? 3
				      : strcmp(fixture_worktree(fixture, repo),
					       "a.yaml=a: 1 d/b.yaml=b: 1 "
					       "gone/x(absent) s/t(link) "
					       "u(link) v/w(absent)") != 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
	repo_close(repo);
}

enum { MANY = 300 };

struct sharing {
	const struct snapshot *snapshot;
	struct snapshot_reader *readers[4];
	atomic_size_t right;
};

static void read_some(void *context, unsigned worker, size_t from, size_t to)
{
	struct sharing *sharing = context;

	if (!sharing->readers[worker])
		sharing->readers[worker] =
			snapshot_reader_new(sharing->snapshot, 4096);
	for (size_t i = from; i < to; i++) {
		const struct entry *entry = snapshot_at(sharing->snapshot, i);
		struct blob blob;
		struct error err;

		if (snapshot_read(&blob, sharing->readers[worker], entry,
				  &err) &&
		    str_starts(blob.bytes, entry->path))
			atomic_fetch_add(&sharing->right, 1);
	}
}

static void threads_with_a_reader_each_share_a_snapshot(void **state)
{
	struct fixture *fixture = *state;
	struct snapshot *snapshot;
	struct repo *repo;

	for (int i = 0; i < MANY; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "r/%03d", i);
		fixture_write(fixture, name, name + 2);
	}
	GIT(fixture, "r", "init", "-q");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "many");
	for (int packed = 0; packed < 2; packed++) {
		struct sharing sharing = {0};

		if (packed)
			GIT(fixture, "r", "gc", "-q", "--prune=now");
		repo = fixture_open(fixture, "r");
		assert_true(snapshot_of_commit(&snapshot, repo, STR("HEAD"),
					       &fixture->err));
		sharing.snapshot = snapshot;
		pool_run(&(struct pool_work){
			.run = read_some,
			.context = &sharing,
			.count = snapshot_count(snapshot),
			.chunk = 8,
			.jobs = 4,
		});
		assert_int_equal(atomic_load(&sharing.right), MANY);
		for (size_t i = 0; i < 4; i++)
			snapshot_reader_free(sharing.readers[i]);
		snapshot_free(snapshot);
		repo_close(repo);
	}
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

	fixture_basic(fixture);
	fixture_lose(fixture, "HEAD:a.yaml");
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

	fixture_basic(fixture);
	fixture_lose(fixture, "HEAD:d");
	repo = fixture_open(fixture, "r");

	assert_non_null(strstr(fixture_commit(fixture, repo, "HEAD"),
			       "[the folder d/: repository damaged or "
			       "incomplete: object "));
	repo_close(repo);
}

/* Ten folders in each of ten folders, twelve deep: small on disk. */
static void a_bomb_of_folders_meets_a_limit(void **state)
{
	struct fixture *fixture = *state;
	struct limits limits = limits_default;
	struct snapshot *snapshot;
	struct repo *repo = NULL;
	const char *tree;

	fixture_basic(fixture);
	fixture_write(fixture, "empty", "");
	tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
	for (int level = 0; level < 12; level++) {
		struct buf raw;
		struct oid oid;

		assert_true(oid_parse(&oid, str_of(tree)));
		buf_init(&raw, 4096);
		for (char name = '0'; name <= '9'; name++) {
			buf_add(&raw, STR("40000 "));
			buf_byte(&raw, name);
			buf_byte(&raw, '\0');
			buf_add(&raw, str_make((char *)oid.bytes, OID_RAW));
		}
		fixture_write_bytes(fixture, "raw", buf_str(&raw));
		buf_done(&raw);
		tree = GIT(fixture, "r", "hash-object", "-t", "tree", "-w",
			   "../raw");
	}
	GIT(fixture, "r", "hash-object", "-t", "tree", "-w", "../empty");
	GIT(fixture, "r", "tag", "bomb",
	    GIT(fixture, "r", "commit-tree", "-m", "bomb", tree));
	limits.files = 1000;
	assert_true(repo_open(&repo, &fixture->env, fixture_path(fixture, "r"),
			      &limits, &fixture->err));
	assert_false(snapshot_of_commit(&snapshot, repo, STR("bomb"),
					&fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_LIMIT);
	assert_error(fixture, "more than 1000 folders (limit files)");
	limits.git_tree_depth = 5;
	assert_false(snapshot_of_commit(&snapshot, repo, STR("bomb"),
					&fixture->err));
	assert_error(fixture, "folders deeper than 5 (limit git_tree_depth)");
	limits.files = 1;
	assert_false(snapshot_of_commit(&snapshot, repo, STR("main"),
					&fixture->err));
	assert_error(fixture, "more than 1 ");
	repo_close(repo);
}

/* Flips one byte of a file for a moment and lists HEAD meanwhile. */
static void list_damaged(struct fixture *fixture, const char *path, long at,
			 const char *whole)
{
	int file = open(path, O_RDWR);
	struct repo *repo;
	const char *text;
	char byte;

	assert_int_not_equal(file, -1);
	assert_int_equal(pread(file, &byte, 1, at), 1);
	byte ^= 0x10;
	assert_int_equal(pwrite(file, &byte, 1, at), 1);
	repo = fixture_open(fixture, "r");
	text = fixture_commit(fixture, repo, "refs/heads/main");
	if (strcmp(text, whole) != 0 && !strstr(text, "repository damaged"))
		fail_msg("%s at %ld: %s", path, at, text);
	repo_close(repo);
	byte ^= 0x10;
	assert_int_equal(pwrite(file, &byte, 1, at), 1);
	(void)close(file);
}

static void a_damaged_pack_is_told_or_reads_the_same(void **state)
{
	static const char *const endings[] = {"pack", "idx"};
	struct fixture *fixture = *state;
	struct repo *repo;
	const char *whole;
	char *name;

	fixture_basic(fixture);
	GIT(fixture, "r", "gc", "-q", "--prune=now");
	repo = fixture_open(fixture, "r");
	whole = fixture_commit(fixture, repo, "main");
	repo_close(repo);
	GIT(fixture, "r", "-c", "alias.p=!ls .git/objects/pack | grep idx",
	    "p");
	name = fixture_read(fixture, "out");
	name[strcspn(name, ".")] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		struct stat stat_of;
		char *path = fixture_path(
			fixture,
			arena_cstr(&fixture->arena,
				   str_format(&fixture->arena,
					      "r/.git/objects/pack/%s.%s", name,
					      endings[i])));

		assert_int_equal(chmod(path, 0644), 0);
		assert_int_equal(stat(path, &stat_of), 0);
		for (long at = 0; at < stat_of.st_size;
		     at += 1 + stat_of.st_size / 120)
			list_damaged(fixture, path, at, whole);
	}
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
		TEST(without_openat2_the_answers_are_the_same),
		TEST(threads_with_a_reader_each_share_a_snapshot),
		TEST(an_unmerged_path_is_a_conflict_and_comes_once),
		TEST(an_intended_file_is_in_the_work_tree_only),
		TEST(sparse_checkout_hides_nothing),
		TEST(a_missing_blob_is_damage_and_not_absence),
		TEST(a_missing_tree_makes_no_snapshot),
		TEST(a_bomb_of_folders_meets_a_limit),
		TEST(a_damaged_pack_is_told_or_reads_the_same),
		TEST(a_file_over_the_ceiling_is_an_error_with_its_path),
		TEST(entries_are_found_by_path),
		TEST(stand_ins_for_content_are_recognised),
		TEST(a_bare_repository_has_commits_and_no_work_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
