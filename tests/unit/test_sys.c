/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/sys.h"

/* A folder that is the current directory of one test. */
struct folder {
	char path[32];
	int home;
};

static void enter(struct folder *folder)
{
	(void)snprintf(folder->path, sizeof(folder->path), "/tmp/abide.XXXXXX");
	folder->home = open(".", O_RDONLY | O_DIRECTORY);
	assert_true(folder->home >= 0);
	assert_non_null(mkdtemp(folder->path));
	assert_int_equal(chdir(folder->path), 0);
}

static void leave(const struct folder *folder, const char *const *names)
{
	for (; *names; names++)
		assert_int_equal(remove(*names), 0);
	assert_int_equal(fchdir(folder->home), 0);
	/* This fails where a test left more than it names. */
	assert_int_equal(rmdir(folder->path), 0);
	(void)close(folder->home);
}

#define LEAVE(folder, ...) \
	leave((folder), (const char *const[]){__VA_ARGS__, NULL})

static bool reads(const char *path, bool beneath, const char *text,
		  struct error *err)
{
	struct buf buf;
	bool done;

	buf_init(&buf, 1000);
	done = beneath ? sys_read_beneath(&buf, SYS_HERE, path, err)
		       : sys_read_file(&buf, SYS_HERE, path, err);
	if (done)
		assert_true(str_is(buf_str(&buf), text));
	buf_done(&buf);
	return done;
}

static void a_file_comes_back_as_it_was_written(void **state)
{
	struct folder folder;
	struct error err;
	struct stat stat;

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("a", STR("one"), &err));
	assert_true(reads("a", false, "one", &err));
	assert_true(sys_write_file("a", STR(""), &err));
	assert_true(reads("a", true, "", &err));
	assert_int_equal(lstat("a", &stat), 0);
	assert_int_equal(stat.st_mode & 0777, 0644);
	LEAVE(&folder, "a");
}

static void a_private_file_is_new_and_for_its_user_alone(void **state)
{
	struct folder folder;
	struct arena arena;
	struct error err;
	struct stat stat;
	str path, other;

	(void)state;
	enter(&folder);
	arena_init(&arena);
	assert_true(sys_write_private(&path, ".", STR("one"), &arena, &err));
	assert_true(sys_write_private(&other, ".", STR("two"), &arena, &err));
	assert_false(str_equal(path, other));
	assert_true(reads(path.ptr, false, "one", &err));
	assert_int_equal(lstat(path.ptr, &stat), 0);
	assert_int_equal(stat.st_mode & 0777, 0600);
	assert_int_equal(unlink(path.ptr), 0);
	assert_int_equal(unlink(other.ptr), 0);
	assert_false(sys_write_private(&path, "gone", STR("x"), &arena, &err));
	assert_int_equal(err.kind, ERROR_IO);
	arena_done(&arena);
	LEAVE(&folder, NULL);
}

static void links_are_refused_by_name(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("target", STR("x"), &err));
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(symlink("nowhere", "loose"), 0);
	assert_int_equal(mkdir("real", 0755), 0);
	assert_true(sys_write_file("real/inner", STR("x"), &err));
	assert_int_equal(symlink("real", "behind"), 0);

	assert_false(reads("link", false, "", &err));
	assert_string_equal(err.text,
			    "link is a symbolic link, which is not followed");
	assert_false(reads("link", true, "", &err));
	assert_false(reads("loose", false, "", &err));
	assert_true(reads("real/inner", true, "x", &err));
	assert_false(reads("behind/inner", true, "", &err));
	assert_string_equal(err.text,
			    "behind/inner lies behind a symbolic link, which "
			    "is not followed");
	assert_int_equal(sys_kind_of(SYS_HERE, "link"), SYS_LINK);
	assert_int_equal(sys_kind_of(SYS_HERE, "real"), SYS_DIRECTORY);
	assert_int_equal(sys_kind_of(SYS_HERE, "target"), SYS_FILE);
	assert_int_equal(sys_kind_of(SYS_HERE, "absent"), SYS_ABSENT);
	LEAVE(&folder, "target", "link", "loose", "real/inner", "real",
	      "behind");
}

static void a_link_of_the_system_is_followed(void **state)
{
	struct folder folder;
	struct error err;
	struct buf buf;

	(void)state;
	enter(&folder);
	buf_init(&buf, 10);
	assert_true(sys_write_file("target", STR("x"), &err));
	assert_int_equal(symlink("target", "link"), 0);
	assert_true(sys_read_system(&buf, "link", &err));
	assert_true(str_is(buf_str(&buf), "x"));
	assert_false(sys_read_system(&buf, ".", &err));
	assert_false(sys_read_system(&buf, "absent", &err));
	buf_done(&buf);
	LEAVE(&folder, "target", "link");
}

static void what_is_no_regular_file_is_refused_without_waiting(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(mkdir("dir", 0755), 0);

	(void)alarm(10);
	assert_false(reads("pipe", false, "", &err));
	assert_string_equal(err.text, "pipe is not a regular file");
	assert_false(reads("pipe", true, "", &err));
	assert_false(reads("dir", false, "", &err));
	assert_false(reads("/dev/zero", false, "", &err));
	assert_int_equal(sys_kind_of(SYS_HERE, "pipe"), SYS_OTHER);
	(void)alarm(0);
	LEAVE(&folder, "pipe", "dir");
}

static void paths_that_leave_the_folder_are_refused(void **state)
{
	static const char *const rows[] = {
		"", "/a", "..", "../a", "a/../b", "a/./b", "a//b", "a/", ".",
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (reads(rows[i], true, "", &err))
			fail_msg("%s was read", rows[i]);
		assert_int_equal(err.kind, ERROR_IO);
	}
}

static void the_ceiling_of_the_buffer_bounds_a_file(void **state)
{
	struct folder folder;
	struct error err;
	struct buf buf;

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("a", STR("12345"), &err));
	buf_init(&buf, 5);
	assert_true(sys_read_file(&buf, SYS_HERE, "a", &err));
	assert_true(str_is(buf_str(&buf), "12345"));
	buf_done(&buf);
	buf_init(&buf, 4);
	assert_false(sys_read_file(&buf, SYS_HERE, "a", &err));
	assert_int_equal(err.kind, ERROR_LIMIT);
	buf_done(&buf);
	LEAVE(&folder, "a");
}

static void a_write_replaces_a_link_and_leaves_its_target(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("target", STR("old"), &err));
	assert_int_equal(symlink("target", "link"), 0);

	assert_true(sys_write_file("link", STR("new"), &err));

	assert_true(reads("target", false, "old", &err));
	assert_true(reads("link", false, "new", &err));
	LEAVE(&folder, "target", "link");
}

static void a_pipe_and_a_device_are_written_and_not_replaced(void **state)
{
	struct folder folder;
	struct error err;
	struct stat stat;
	char text[4] = "";
	int reader;

	(void)state;
	enter(&folder);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	reader = open("pipe", O_RDONLY | O_NONBLOCK);
	assert_true(reader >= 0);

	assert_true(sys_write_file("pipe", STR("new"), &err));

	assert_int_equal(read(reader, text, 3), 3);
	assert_string_equal(text, "new");
	(void)close(reader);
	assert_int_equal(lstat("pipe", &stat), 0);
	assert_true(S_ISFIFO(stat.st_mode));

	assert_true(sys_write_file("/dev/null", STR("x"), &err));
	assert_int_equal(lstat("/dev/null", &stat), 0);
	assert_true(S_ISCHR(stat.st_mode));
	assert_false(sys_write_file("/dev/full", STR("x"), &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_int_equal(lstat("/dev/full", &stat), 0);
	assert_true(S_ISCHR(stat.st_mode));
	LEAVE(&folder, "pipe");
}

static void what_is_appended_stands_behind_what_was_there(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);

	assert_true(sys_append_file("page", STR("one\n"), &err));
	assert_true(sys_append_file("page", STR("two\n"), &err));

	assert_true(reads("page", false, "one\ntwo\n", &err));
	assert_int_equal(symlink("page", "link"), 0);
	assert_false(sys_append_file("link", STR("x"), &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_false(sys_append_file("/dev/full", STR("x"), &err));
	assert_true(reads("page", false, "one\ntwo\n", &err));
	LEAVE(&folder, "page", "link");
}

static void a_new_file_is_as_private_as_the_user_asks(void **state)
{
	struct folder folder;
	struct error err;
	struct stat stat;
	mode_t before = umask(077);

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("a", STR("x"), &err));
	(void)umask(before);
	assert_int_equal(lstat("a", &stat), 0);
	assert_int_equal(stat.st_mode & 0777, 0600);
	LEAVE(&folder, "a");
}

static void a_write_that_fails_leaves_nothing(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkdir("dir", 0755), 0);
	assert_false(sys_write_file("dir", STR("x"), &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_false(sys_write_file("absent/file", STR("x"), &err));
	LEAVE(&folder, "dir");
}

static void a_folder_is_listed_in_byte_order(void **state)
{
	struct folder folder;
	struct error err;
	struct arena arena;
	size_t count = 7;
	str *names = NULL;
	int dir = -1;

	(void)state;
	enter(&folder);
	arena_init(&arena);
	assert_true(sys_list(&names, &count, SYS_HERE, ".", &arena, &err));
	assert_int_equal(count, 0);
	assert_true(sys_write_file("b", STR(""), &err));
	assert_true(sys_write_file("B", STR(""), &err));
	assert_true(sys_write_file(".a", STR(""), &err));
	assert_true(sys_open_directory(&dir, SYS_HERE, ".", &err));
	assert_true(sys_list(&names, &count, dir, ".", &arena, &err));
	sys_close(dir);
	assert_int_equal(count, 3);
	assert_true(str_is(names[0], ".a"));
	assert_true(str_is(names[1], "B"));
	assert_true(str_is(names[2], "b"));
	assert_false(sys_list(&names, &count, SYS_HERE, "b", &arena, &err));
	assert_false(sys_open_directory(&dir, SYS_HERE, "absent", &err));
	arena_done(&arena);
	LEAVE(&folder, "b", "B", ".a");
}

static void all_of_a_descriptor_is_read_and_written(void **state)
{
	struct error err;
	struct buf buf;
	int ends[2];

	(void)state;
	buf_init(&buf, 100);
	assert_int_equal(pipe(ends), 0);
	assert_true(sys_write_all(ends[1], STR("hello"), "pipe", &err));
	sys_close(ends[1]);
	assert_true(sys_read_all(&buf, ends[0], "pipe", &err));
	sys_close(ends[0]);
	assert_true(str_is(buf_str(&buf), "hello"));
	assert_false(sys_read_all(&buf, -1, "nothing", &err));
	assert_false(sys_write_all(-1, STR("x"), "nothing", &err));
	assert_int_equal(err.kind, ERROR_IO);
	buf_done(&buf);
}

static void a_file_is_mapped_as_long_as_it_is(void **state)
{
	struct folder folder;
	struct error err;
	str bytes;

	(void)state;
	enter(&folder);
	assert_true(sys_write_file("whole", STR("hello"), &err));
	assert_true(sys_write_file("empty", STR(""), &err));
	assert_int_equal(symlink("whole", "link"), 0);
	assert_int_equal(mkfifo("pipe", 0644), 0);

	assert_int_equal(sys_map(&bytes, SYS_HERE, "whole", &err), SYS_FOUND);
	/* What is removed stays mapped. */
	assert_int_equal(remove("whole"), 0);
	assert_true(str_is(bytes, "hello"));
	sys_unmap(bytes);
	assert_int_equal(sys_map(&bytes, SYS_HERE, "empty", &err), SYS_FOUND);
	assert_int_equal(bytes.len, 0);
	sys_unmap(bytes);
	assert_int_equal(sys_map(&bytes, SYS_HERE, "whole", &err), SYS_NONE);
	assert_int_equal(sys_map(&bytes, SYS_HERE, "link", &err), SYS_LINKED);
	assert_string_equal(err.text,
			    "link is a symbolic link, which is not followed");
	assert_int_equal(sys_map(&bytes, SYS_HERE, "pipe", &err), SYS_SPECIAL);
	assert_string_equal(err.text, "pipe is not a regular file");
	assert_int_equal(sys_map(&bytes, SYS_HERE, ".", &err), SYS_SPECIAL);
	assert_int_equal(sys_map(&bytes, SYS_HERE, "empty/x", &err),
			 SYS_FAILED);
	LEAVE(&folder, "empty", "link", "pipe");
}

static mode_t mode_of(const char *path)
{
	struct stat stat;

	assert_int_equal(lstat(path, &stat), 0);
	return stat.st_mode & 07777;
}

static void a_file_is_replaced_with_its_mode(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_true(sys_write_file("d/a", STR("old"), &err));
	assert_int_equal(chmod("d/a", 0640), 0);

	assert_true(sys_replace_beneath(SYS_HERE, "d/a", STR("old"),
					STR("newer"), &err));

	assert_true(reads("d/a", true, "newer", &err));
	assert_int_equal(mode_of("d/a"), 0640);
	LEAVE(&folder, "d/a", "d");
}

static void a_file_that_changed_or_is_a_link_is_not_replaced(void **state)
{
	static const char *const paths[] = {
		"a", "link", "dlink/a", "d", "../a", "/a", "none", "d/../a"};
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_true(sys_write_file("a", STR("changed"), &err));
	assert_true(sys_write_file("d/a", STR("old"), &err));
	assert_int_equal(symlink("d/a", "link"), 0);
	assert_int_equal(symlink("d", "dlink"), 0);

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		assert_false(sys_replace_beneath(SYS_HERE, paths[i], STR("old"),
						 STR("new"), &err));

	assert_true(reads("a", false, "changed", &err));
	assert_true(reads("d/a", true, "old", &err));
	LEAVE(&folder, "a", "link", "dlink", "d/a", "d");
}

static void a_new_file_makes_its_folders(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);

	assert_true(sys_create_beneath(SYS_HERE, "d/e/a", STR("new"), &err));

	assert_true(reads("d/e/a", true, "new", &err));
	LEAVE(&folder, "d/e/a", "d/e", "d");
}

static void what_is_there_is_never_made_anew(void **state)
{
	static const char *const paths[] = {"a",    "link", "dangling/x", "d",
					    "../x", "/x",   "dlink/x"};
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_true(sys_write_file("a", STR("old"), &err));
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(symlink("d", "dlink"), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		assert_false(sys_create_beneath(SYS_HERE, paths[i], STR("new"),
						&err));

	assert_true(reads("a", false, "old", &err));
	LEAVE(&folder, "a", "link", "dlink", "dangling", "d");
}

static void a_program_may_be_run_and_a_file_may_not(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);

	assert_true(
		sys_create_program(SYS_HERE, "run", STR("#!/bin/sh\n"), &err));
	assert_true(sys_create_beneath(SYS_HERE, "read", STR("x"), &err));

	assert_true(sys_is_program(SYS_HERE, "run"));
	assert_false(sys_is_program(SYS_HERE, "read"));
	assert_false(sys_is_program(SYS_HERE, "absent"));
	LEAVE(&folder, "run", "read");
}

static void a_file_is_renamed_over_nothing_and_removed(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_true(sys_create_beneath(SYS_HERE, "a", STR("one"), &err));
	assert_true(sys_create_beneath(SYS_HERE, "b", STR("two"), &err));

	assert_false(sys_rename(SYS_HERE, "a", "b", &err));
	assert_int_equal(err.kind, ERROR_IO);
	assert_true(reads("a", false, "one", &err));
	assert_true(reads("b", false, "two", &err));
	assert_true(sys_rename(SYS_HERE, "a", "c", &err));
	assert_true(reads("c", false, "one", &err));
	assert_true(sys_remove(SYS_HERE, "c", &err));
	assert_int_equal(sys_kind_of(SYS_HERE, "c"), SYS_ABSENT);
	assert_false(sys_remove(SYS_HERE, "c", &err));
	LEAVE(&folder, "b");
}

static void what_lies_beneath_is_told_without_links(void **state)
{
	struct folder folder;
	struct error err;

	(void)state;
	enter(&folder);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_true(sys_write_file("d/a", STR("x"), &err));
	assert_int_equal(symlink("d", "dlink"), 0);

	assert_int_equal(sys_kind_beneath(SYS_HERE, "d/a"), SYS_FILE);
	assert_int_equal(sys_kind_beneath(SYS_HERE, "d"), SYS_DIRECTORY);
	assert_int_equal(sys_kind_beneath(SYS_HERE, "d/b"), SYS_ABSENT);
	assert_int_equal(sys_kind_beneath(SYS_HERE, "e/b"), SYS_ABSENT);
	assert_int_equal(sys_kind_beneath(SYS_HERE, "dlink"), SYS_LINK);
	assert_int_equal(sys_kind_beneath(SYS_HERE, "dlink/a"), SYS_LINK);
	LEAVE(&folder, "dlink", "d/a", "d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_comes_back_as_it_was_written),
		cmocka_unit_test(a_private_file_is_new_and_for_its_user_alone),
		cmocka_unit_test(links_are_refused_by_name),
		cmocka_unit_test(a_link_of_the_system_is_followed),
		cmocka_unit_test(
			what_is_no_regular_file_is_refused_without_waiting),
		cmocka_unit_test(paths_that_leave_the_folder_are_refused),
		cmocka_unit_test(the_ceiling_of_the_buffer_bounds_a_file),
		cmocka_unit_test(a_write_replaces_a_link_and_leaves_its_target),
		cmocka_unit_test(
			a_pipe_and_a_device_are_written_and_not_replaced),
		cmocka_unit_test(what_is_appended_stands_behind_what_was_there),
		cmocka_unit_test(a_new_file_is_as_private_as_the_user_asks),
		cmocka_unit_test(a_write_that_fails_leaves_nothing),
		cmocka_unit_test(a_file_is_replaced_with_its_mode),
		cmocka_unit_test(
			a_file_that_changed_or_is_a_link_is_not_replaced),
		cmocka_unit_test(a_new_file_makes_its_folders),
		cmocka_unit_test(what_is_there_is_never_made_anew),
		cmocka_unit_test(a_program_may_be_run_and_a_file_may_not),
		cmocka_unit_test(a_file_is_renamed_over_nothing_and_removed),
		cmocka_unit_test(what_lies_beneath_is_told_without_links),
		cmocka_unit_test(a_folder_is_listed_in_byte_order),
		cmocka_unit_test(a_file_is_mapped_as_long_as_it_is),
		cmocka_unit_test(all_of_a_descriptor_is_read_and_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
