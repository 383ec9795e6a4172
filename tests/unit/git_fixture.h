/*
 * git_fixture - repositories for tests, made by the real git in a folder of
 * their own, with nothing of the user's configuration or environment.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_GIT_FIXTURE_H
#define UNIT_GIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/sys.h"
#include "git/revision.h"
#include "git/snapshot.h"

enum { FIXTURE_ARGS = 32 };

struct fixture {
	char dir[64]; /* all of it lies below */
	char home[96];
	struct repo_env env;
	struct error err;
	struct arena arena;
};

/* The path of something below the fixture's folder, of its arena. */
UNUSED static char *fixture_path(struct fixture *fixture, const char *name)
{
	return arena_cstr(&fixture->arena, str_format(&fixture->arena, "%s/%s",
						      fixture->dir, name));
}

UNUSED static int fixture_setup(void **state)
{
	struct fixture *fixture = test_calloc(1, sizeof(*fixture));

	strcpy(fixture->dir, "/tmp/abide-git-XXXXXX");
	assert_non_null(mkdtemp(fixture->dir));
	arena_init(&fixture->arena);
	(void)snprintf(fixture->home, sizeof(fixture->home), "%s/home",
		       fixture->dir);
	assert_int_equal(mkdir(fixture->home, 0755), 0);
	fixture->env = (struct repo_env){
		.home = fixture->home,
		.config_system = "/dev/null/none",
		.user = (uint32_t)geteuid(),
	};
	*state = fixture;
	return 0;
}

static int fixture_remove(const char *path, const struct stat *stat, int kind,
			  struct FTW *ftw)
{
	(void)stat;
	(void)kind;
	(void)ftw;
	return remove(path);
}

UNUSED static int fixture_teardown(void **state)
{
	struct fixture *fixture = *state;

	(void)nftw(fixture->dir, fixture_remove, 16, FTW_DEPTH | FTW_PHYS);
	arena_done(&fixture->arena);
	test_free(fixture);
	return 0;
}

/* Runs git below the fixture's folder; returns its exit status. Its output
 * goes to the file `out` there. */
UNUSED static int fixture_run(struct fixture *fixture, const char *sub,
			      const char *const *args)
{
	char home[128];
	char *out = fixture_path(fixture, "out");
	char *env[] = {
		home,
		(char *)(uintptr_t) "PATH=/usr/local/bin:/usr/bin:/bin",
		(char *)(uintptr_t) "LC_ALL=C",
		(char *)(uintptr_t) "GIT_CONFIG_NOSYSTEM=1",
		(char *)(uintptr_t) "GIT_AUTHOR_NAME=Ada",
		(char *)(uintptr_t) "GIT_AUTHOR_EMAIL=ada@example.org",
		(char *)(uintptr_t) "GIT_COMMITTER_NAME=Bob",
		(char *)(uintptr_t) "GIT_COMMITTER_EMAIL=bob@example.org",
		(char *)(uintptr_t) "GIT_AUTHOR_DATE=1700000000 +0100",
		(char *)(uintptr_t) "GIT_COMMITTER_DATE=1700000100 +0000",
		NULL};
	char *argv[FIXTURE_ARGS + 12] = {
		(char *)(uintptr_t) "git",
		(char *)(uintptr_t) "-C",
		fixture_path(fixture, sub),
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "init.defaultBranch=main",
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "gc.auto=0",
		(char *)(uintptr_t) "-c",
		(char *)(uintptr_t) "protocol.file.allow=always",
	};
	posix_spawn_file_actions_t actions;
	size_t count = 9;
	int status;
	pid_t pid;

	(void)snprintf(home, sizeof(home), "HOME=%s", fixture->home);
	for (size_t i = 0; args[i]; i++)
		argv[count++] = (char *)(uintptr_t)args[i];
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, out,
					 O_WRONLY | O_CREAT | O_TRUNC, 0644);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	assert_int_equal(posix_spawnp(&pid, "git", &actions, NULL, argv, env),
			 0);
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* The file `name` below the fixture's folder, terminated. */
UNUSED static char *fixture_read(struct fixture *fixture, const char *name)
{
	char *text = arena_take(&fixture->arena, 65536);
	FILE *file = fopen(fixture_path(fixture, name), "r");

	if (!file)
		return NULL;
	text[fread(text, 1, 65535, file)] = '\0';
	(void)fclose(file);
	return text;
}

/* Runs git and demands that it succeeds; its output without the newline. */
#define GIT(fixture, sub, ...) \
	fixture_git(fixture, sub, (const char *const[]){__VA_ARGS__, NULL})
UNUSED static char *fixture_git(struct fixture *fixture, const char *sub,
				const char *const *args)
{
	int status = fixture_run(fixture, sub, args);
	char *text = fixture_read(fixture, "out");

	if (status != 0)
		fail_msg("git %s: %s", args[0], text);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/* Writes a file below the fixture's folder, with the folders it needs. */
UNUSED static void fixture_write_bytes(struct fixture *fixture,
				       const char *name, str bytes)
{
	char *path = fixture_path(fixture, name);
	FILE *file;

	for (char *p = path + strlen(fixture->dir) + 1; *p; p++) {
		if (*p == '/') {
			*p = '\0';
			(void)mkdir(path, 0755);
			*p = '/';
		}
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

UNUSED static void fixture_write(struct fixture *fixture, const char *name,
				 const char *text)
{
	fixture_write_bytes(fixture, name, str_of(text));
}

/* The whole of a file below the fixture's folder. */
UNUSED static str fixture_read_bytes(struct fixture *fixture, const char *name)
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

/* A repository `r` with one commit of a.yaml ("a: 1") and d/b.yaml. */
UNUSED static void fixture_basic(struct fixture *fixture)
{
	assert_int_equal(mkdir(fixture_path(fixture, "r"), 0755), 0);
	GIT(fixture, "r", "init", "-q");
	fixture_write(fixture, "r/a.yaml", "a: 1\n");
	fixture_write(fixture, "r/d/b.yaml", "b: 1\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "commit", "-qm", "first");
}

/* Adds a repository `sub` with one file to `r` as the submodule `m`. */
UNUSED static void fixture_submodule(struct fixture *fixture)
{
	fixture_write(fixture, "sub/x", "x\n");
	GIT(fixture, "sub", "init", "-q");
	GIT(fixture, "sub", "add", "-A");
	GIT(fixture, "sub", "commit", "-qm", "sub");
	GIT(fixture, "r", "submodule", "--quiet", "add", "../sub", "m");
}

/* Removes the loose object of `r` that a revision names. */
UNUSED static void fixture_lose(struct fixture *fixture, const char *revision)
{
	char *hex = GIT(fixture, "r", "rev-parse", revision);
	str name = str_format(&fixture->arena, "r/.git/objects/%.2s/%s", hex,
			      hex + 2);

	assert_int_equal(remove(fixture_path(
				 fixture, arena_cstr(&fixture->arena, name))),
			 0);
}

UNUSED static struct repo *fixture_open(struct fixture *fixture,
					const char *sub)
{
	struct repo *repo = NULL;

	if (!repo_open(&repo, &fixture->env, fixture_path(fixture, sub),
		       &limits_default, &fixture->err))
		fail_msg("%s", fixture->err.text);
	return repo;
}

/* Demands that opening fails with a sentence that holds `text`. */
UNUSED static void fixture_refuse(struct fixture *fixture, const char *sub,
				  const char *text)
{
	struct repo *repo = NULL;

	assert_false(repo_open(&repo, &fixture->env, fixture_path(fixture, sub),
			       &limits_default, &fixture->err));
	if (!strstr(fixture->err.text, text))
		fail_msg("'%s' is not in: %s", text, fixture->err.text);
}

#define assert_error(fixture, wanted)                          \
	do {                                                   \
		if (!strstr((fixture)->err.text, wanted))      \
			fail_msg("'%s' is not in: %s", wanted, \
				 (fixture)->err.text);         \
	} while (0)

static const char *const fixture_states[] = {
	[BLOB_ABSENT] = "absent",	[BLOB_LINK] = "link",
	[BLOB_SUBMODULE] = "submodule", [BLOB_CONFLICT] = "conflict",
	[BLOB_SPECIAL] = "special",
};

/* "path=content" of each entry, in order, separated by blanks; what has no
 * content as "path(state)". New lines in contents are left out. */
UNUSED static const char *fixture_list(struct fixture *fixture,
				       const struct snapshot *snapshot)
{
	struct snapshot_reader *reader = snapshot_reader_new(snapshot, 65536);
	struct buf text;
	const char *kept;

	buf_init(&text, 1 << 20);
	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		const struct entry *entry = snapshot_at(snapshot, i);
		struct blob blob;

		if (i)
			buf_byte(&text, ' ');
		buf_add(&text, entry->path);
		if (!snapshot_read(&blob, reader, entry, &fixture->err)) {
			buf_format(&text, "!%s", fixture->err.text);
			continue;
		}
		if (blob.state != BLOB_READ) {
			buf_format(&text, "(%s)", fixture_states[blob.state]);
			continue;
		}
		buf_byte(&text, '=');
		for (size_t k = 0; k < blob.bytes.len; k++) {
			if (blob.bytes.ptr[k] != '\n')
				buf_byte(&text, blob.bytes.ptr[k]);
		}
	}
	kept = arena_cstr(&fixture->arena, buf_str(&text));
	buf_done(&text);
	snapshot_reader_free(reader);
	return kept;
}

/* The listing of a snapshot of `repo`; a message in brackets if there is
 * none. */
UNUSED static const char *fixture_commit(struct fixture *fixture,
					 struct repo *repo,
					 const char *revision)
{
	struct snapshot *snapshot;
	const char *text;

	if (!snapshot_of_commit(&snapshot, repo, str_of(revision),
				&fixture->err))
		return arena_cstr(
			&fixture->arena,
			str_format(&fixture->arena, "[%s]", fixture->err.text));
	text = fixture_list(fixture, snapshot);
	snapshot_free(snapshot);
	return text;
}

UNUSED static const char *fixture_index(struct fixture *fixture,
					struct repo *repo)
{
	struct snapshot *snapshot;
	const char *text;

	if (!snapshot_of_index(&snapshot, repo, &fixture->err))
		return arena_cstr(
			&fixture->arena,
			str_format(&fixture->arena, "[%s]", fixture->err.text));
	text = fixture_list(fixture, snapshot);
	snapshot_free(snapshot);
	return text;
}

UNUSED static const char *fixture_worktree(struct fixture *fixture,
					   struct repo *repo)
{
	struct snapshot *snapshot;
	const char *text;

	if (!snapshot_of_worktree(&snapshot, repo, &fixture->err))
		return arena_cstr(
			&fixture->arena,
			str_format(&fixture->arena, "[%s]", fixture->err.text));
	text = fixture_list(fixture, snapshot);
	snapshot_free(snapshot);
	return text;
}

#endif
