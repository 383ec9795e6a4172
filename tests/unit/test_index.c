/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include "git/index.h"

static const char *read_again(struct fixture *fixture)
{
	struct repo *repo = fixture_open(fixture, "r");
	const char *text = fixture_index(fixture, repo);

	repo_close(repo);
	return text;
}

static void every_version_reads_alike(void **state)
{
	static const char *const versions[] = {"2", "3", "4"};
	struct fixture *fixture = *state;

	fixture_basic(fixture);
	fixture_write(fixture, "r/d/bb.yaml", "bb: 1\n");
	fixture_write(fixture, "r/d/e/a-rather-longer-name.yaml", "e: 1\n");
	GIT(fixture, "r", "add", "-A");
	for (size_t i = 0; i < ARRAY_SIZE(versions); i++) {
		GIT(fixture, "r", "update-index", "--index-version",
		    versions[i]);
		assert_string_equal(read_again(fixture),
				    "a.yaml=a: 1 d/b.yaml=b: 1 "
				    "d/bb.yaml=bb: 1 "
				    "d/e/a-rather-longer-name.yaml=e: 1");
	}
}

static void a_split_index_is_laid_over_the_shared_one(void **state)
{
	struct fixture *fixture = *state;
	char name[16];

	fixture_basic(fixture);
	for (int i = 0; i < 150; i++) {
		(void)snprintf(name, sizeof(name), "r/f%03d", i);
		fixture_write(fixture, name, "x\n");
	}
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "config", "splitIndex.maxPercentChange", "100");
	GIT(fixture, "r", "update-index", "--split-index");
	fixture_write(fixture, "r/a.yaml", "a: 2\n");
	fixture_write(fixture, "r/f077", "y\n");
	fixture_write(fixture, "r/c.yaml", "c: 1\n");
	GIT(fixture, "r", "add", "-A");
	GIT(fixture, "r", "rm", "-q", "--cached", "d/b.yaml", "f149");
	for (int version = 2; version <= 4; version += 2) {
		struct repo *repo;
		struct snapshot *snapshot;
		struct head head;
		char *ours = arena_take(&fixture->arena, 16384);
		size_t len = 0;

		GIT(fixture, "r", "update-index", "--index-version",
		    version == 2 ? "2" : "4");
		repo = fixture_open(fixture, "r");
		assert_true(
			repo_head(&head, repo, &fixture->arena, &fixture->err));
		if (!snapshot_of_index(&snapshot, repo, &fixture->err))
			fail_msg("%s", fixture->err.text);
		for (size_t i = 0; i < snapshot_count(snapshot); i++) {
			const struct entry *entry = snapshot_at(snapshot, i);
			char hex[OID_HEX];

			oid_format(hex, &entry->oid);
			len += (size_t)snprintf(
				ours + len, 16384 - len, "%06o %.40s 0\t%s\n",
				entry->mode, hex, entry->path.ptr);
		}
		snapshot_free(snapshot);
		repo_close(repo);
		(void)GIT(fixture, "r", "ls-files", "-s");
		assert_string_equal(ours, fixture_read(fixture, "out"));
	}
}

static void the_shared_index_must_be_there(void **state)
{
	struct fixture *fixture = *state;
	char *name;

	fixture_basic(fixture);
	GIT(fixture, "r", "update-index", "--split-index");
	name = GIT(fixture, "r", "rev-parse", "--shared-index-path");
	name = fixture_path(
		fixture, arena_cstr(&fixture->arena,
				    str_format(&fixture->arena, "r/%s", name)));
	assert_int_equal(truncate(name, 40), 0);
	assert_non_null(strstr(read_again(fixture),
			       "it does not fit the shared index"));
	assert_int_equal(remove(name), 0);
	assert_non_null(strstr(read_again(fixture), "[the shared index: "));
}

static void a_checksum_of_zeros_is_none_and_another_is_checked(void **state)
{
	struct fixture *fixture = *state;
	struct buf bytes;
	FILE *file;
	int c;

	fixture_basic(fixture);
	buf_init(&bytes, 65536);
	file = fopen(fixture_path(fixture, "r/.git/index"), "r");
	assert_non_null(file);
	while ((c = getc(file)) != EOF)
		buf_byte(&bytes, (char)c);
	(void)fclose(file);
	memset(bytes.ptr + bytes.len - 20, 0, 20);
	fixture_write_bytes(fixture, "r/.git/index", buf_str(&bytes));
	assert_string_equal(read_again(fixture), "a.yaml=a: 1 d/b.yaml=b: 1");
	bytes.ptr[bytes.len - 1] = 1;
	fixture_write_bytes(fixture, "r/.git/index", buf_str(&bytes));
	assert_string_equal(
		read_again(fixture),
		"[the index is damaged: its checksum does not fit]");
	buf_done(&bytes);
}

static void damage_anywhere_is_an_error_or_reads_the_same(void **state)
{
	struct fixture *fixture = *state;
	struct buf bytes;
	FILE *file;
	int c;

	fixture_basic(fixture);
	buf_init(&bytes, 65536);
	file = fopen(fixture_path(fixture, "r/.git/index"), "r");
	assert_non_null(file);
	while ((c = getc(file)) != EOF)
		buf_byte(&bytes, (char)c);
	(void)fclose(file);
	for (size_t i = 0; i < bytes.len; i++) {
		struct index index;

		assert_false(index_parse(
			&index, str_slice(buf_str(&bytes), 0, i),
			&limits_default, &fixture->arena, &fixture->err));
		index_done(&index);
	}
	for (size_t i = 0; i < bytes.len; i++) {
		struct index index;

		bytes.ptr[i] ^= 0x40;
		assert_false(index_parse(&index, buf_str(&bytes),
					 &limits_default, &fixture->arena,
					 &fixture->err));
		bytes.ptr[i] ^= 0x40;
		index_done(&index);
	}
	buf_done(&bytes);
}

static void what_git_would_not_check_out_is_refused(void **state)
{
	/* One entry of mode 100644; its path and flags follow. */
	static const struct {
		str path;
		const char *text;
	} rows[] = {
		{STR_INIT("../x"), "the name . or .."},
		{STR_INIT(".git/config"), "take for .git"},
		{STR_INIT("/etc"), "an empty name"},
		{STR_INIT("a//b"), "an empty name"},
		{STR_INIT("a/"), "an empty name"},
		{STR_INIT(""), "an entry without a path"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char bytes[200] = "DIRC\0\0\0\2\0\0\0\1";
		struct index index;
		size_t len = 12 + 62;

		bytes[12 + 26] = '\x81';
		bytes[12 + 27] = '\xa4';
		memcpy(bytes + len, rows[i].path.ptr, rows[i].path.len);
		len += rows[i].path.len + 1;
		len += (8 - (len - 12) % 8) % 8;
		assert_false(index_parse(&index, str_make(bytes, len + 20),
					 &limits_default, &fixture->arena,
					 &fixture->err));
		assert_error(fixture, rows[i].text);
		index_done(&index);
	}
}

static void an_unknown_extension_must_be_optional(void **state)
{
	char bytes[] = "DIRC\0\0\0\2\0\0\0\0ABCD\0\0\0\1x"
		       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	struct fixture *fixture = *state;
	struct index index;

	assert_true(index_parse(&index, str_make(bytes, sizeof(bytes)),
				&limits_default, &fixture->arena,
				&fixture->err));
	index_done(&index);
	memcpy(bytes + 12, "fsmo", 4);
	assert_false(index_parse(&index, str_make(bytes, sizeof(bytes)),
				 &limits_default, &fixture->arena,
				 &fixture->err));
	assert_error(fixture, "the extension fsmo, which is not known");
	index_done(&index);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_version_reads_alike),
		TEST(a_split_index_is_laid_over_the_shared_one),
		TEST(the_shared_index_must_be_there),
		TEST(a_checksum_of_zeros_is_none_and_another_is_checked),
		TEST(damage_anywhere_is_an_error_or_reads_the_same),
		TEST(what_git_would_not_check_out_is_refused),
		TEST(an_unknown_extension_must_be_optional),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
