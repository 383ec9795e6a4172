/* SPDX-License-Identifier: Apache-2.0 */
#include "git_fixture.h"

#include <zlib.h>

#include "base/sha1.h"

/* The name an object has by its content. */
static struct oid name_of(str content)
{
	struct oid oid = {.len = OID_RAW};
	struct sha1 sha1;

	sha1_init(&sha1);
	sha1_add(&sha1, content);
	sha1_end(oid.bytes, &sha1);
	return oid;
}

/* zlib's form of some bytes, in the fixture's arena. */
static str packed(struct fixture *fixture, str bytes)
{
	uLongf len = compressBound((uLong)bytes.len);
	Bytef *to = arena_raw(&fixture->arena, len, 1);

	assert_int_equal(
		compress(to, &len, (const Bytef *)bytes.ptr, (uLong)bytes.len),
		Z_OK);
	return str_make((char *)to, len);
}

static void store(struct fixture *fixture, const struct oid *oid, str file)
{
	char hex[OID_HEX];

	oid_format(hex, oid);
	fixture_write_bytes(
		fixture,
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena, "o/%.2s/%.38s", hex,
				      hex + 2)),
		file);
}

/* Reads an object out of the folder `o` alone. */
static bool read_back(struct fixture *fixture, const struct oid *oid,
		      enum object_kind kind, str *out)
{
	const struct odb_places places = {.directory =
						  fixture_path(fixture, "o")};
	struct odb_reader *reader;
	struct object object;
	struct buf bytes;
	struct odb *odb;
	bool done;

	if (!odb_open(&odb, &places, &limits_default, &fixture->err))
		fail_msg("%s", fixture->err.text);
	reader = odb_reader_new(odb);
	buf_init(&bytes, 1 << 20);
	done = odb_read(&object, reader, oid, kind, &bytes, &fixture->err);
	if (done)
		*out = str_keep(&fixture->arena, object.bytes);
	buf_done(&bytes);
	odb_reader_free(reader);
	odb_free(odb);
	return done;
}

static void a_whole_object_is_read(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("blob 5\0a: 1\n"));
	str bytes;

	store(fixture, &oid, packed(fixture, STR("blob 5\0a: 1\n")));
	assert_true(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_true(str_is(bytes, "a: 1\n"));
	oid = name_of(STR("blob 0\0"));
	store(fixture, &oid, packed(fixture, STR("blob 0\0")));
	assert_true(read_back(fixture, &oid, OBJECT_ANY, &bytes));
	assert_int_equal(bytes.len, 0);
}

static void damage_is_told_with_the_name_of_the_object(void **state)
{
	static const struct {
		str content;
		const char *text;
	} rows[] = {
		{STR_INIT("blob 3\0a: 1\n"), "longer than its header says"},
		{STR_INIT("blob 0\0a"), "longer than its header says"},
		{STR_INIT("blob 30\0a: 1\n"), "shorter than its header says"},
		{STR_INIT("blob 5"), "without a header"},
		{STR_INIT("blob\0"), "without a header that git writes"},
		{STR_INIT("blob 05\0a: 1\n"), "without a header"},
		{STR_INIT("blob  5\0a: 1\n"), "without a header"},
		{STR_INIT("blob -5\0a: 1\n"), "without a header"},
		{STR_INIT("blib 5\0a: 1\n"), "without a header"},
		{STR_INIT("blob 99999999999999999999\0a"), "without a header"},
		{STR_INIT("blob 10995116277760\0a"),
		 "at most 1048576 are read"},
		{STR_INIT("tree 1\0a"), "it is a tree, not a blob"},
	};
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("any"));
	char hex[OID_HEX + 1] = "";
	str bytes;

	oid_format(hex, &oid);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		store(fixture, &oid, packed(fixture, rows[i].content));
		assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
		assert_error(fixture, rows[i].text);
		assert_error(fixture, hex);
	}
}

/* libgit2 1.5 never returns from 44 of 46 such files. */
static void an_object_cut_anywhere_ends_with_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct buf content;
	struct oid oid;
	str whole, bytes;

	buf_init(&content, 4096);
	buf_add(&content, STR("commit 300"));
	buf_byte(&content, '\0');
	for (unsigned i = 0; i < 300; i++)
		buf_byte(&content, (char)('!' + (i * i) % 90));
	oid = name_of(buf_str(&content));
	whole = packed(fixture, buf_str(&content));
	for (size_t i = 0; i < whole.len; i++) {
		store(fixture, &oid, str_slice(whole, 0, i));
		assert_false(read_back(fixture, &oid, OBJECT_COMMIT, &bytes));
		assert_error(fixture, "repository damaged or incomplete");
	}
	store(fixture, &oid, whole);
	assert_true(read_back(fixture, &oid, OBJECT_COMMIT, &bytes));
	assert_int_equal(bytes.len, 300);
	buf_done(&content);
}

static void bytes_after_the_end_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("blob 1\0x"));
	str file = packed(fixture, STR("blob 1\0x"));
	str bytes;

	store(fixture, &oid,
	      str_format(&fixture->arena, "%s", "this is no zlib at all"));
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	{
		char *longer = arena_raw(&fixture->arena, file.len + 1, 1);

		memcpy(longer, file.ptr, file.len);
		longer[file.len] = '!';
		store(fixture, &oid, str_make(longer, file.len + 1));
	}
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "followed by bytes that are not its own");
}

static void content_with_another_hash_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("blob 5\0a: 1\n"));
	str bytes;

	store(fixture, &oid, packed(fixture, STR("blob 5\0a: 2\n")));
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "its content does not have this hash");
}

static void a_bomb_ends_at_the_size_it_announces(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("bomb"));
	char *zeros = arena_take(&fixture->arena, 8 << 20);
	str bytes;

	memcpy(zeros, "blob 9", 7);
	store(fixture, &oid, packed(fixture, str_make(zeros, 8 << 20)));
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "longer than its header says");
}

static void what_is_no_plain_file_is_no_object(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = name_of(STR("any"));
	char hex[OID_HEX];
	char *path;
	str bytes;

	store(fixture, &oid, STR("x"));
	oid_format(hex, &oid);
	path = fixture_path(
		fixture, arena_cstr(&fixture->arena,
				    str_format(&fixture->arena, "o/%.2s/%.38s",
					       hex, hex + 2)));
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkfifo(path, 0644), 0);
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "no plain file");
	assert_int_equal(remove(path), 0);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "no plain file");
	assert_int_equal(remove(path), 0);
	assert_false(read_back(fixture, &oid, OBJECT_BLOB, &bytes));
	assert_error(fixture, "is missing");
}

static void an_abbreviation_finds_one_object_or_says_several(void **state)
{
	const struct odb_places places = {.directory =
						  fixture_path(*state, "o")};
	struct fixture *fixture = *state;
	struct oid a = {.len = OID_RAW, .bytes = {0xab, 0xcd, 0x11}};
	struct oid b = {.len = OID_RAW, .bytes = {0xab, 0xcd, 0x22}};
	struct odb_reader *reader;
	struct oid found;
	struct odb *odb;
	size_t count;

	store(fixture, &a, STR("a"));
	store(fixture, &b, STR("b"));
	assert_true(odb_open(&odb, &places, &limits_default, &fixture->err));
	reader = odb_reader_new(odb);
	assert_true(odb_find_prefix(&found, &count, reader, STR("abcd1"),
				    &fixture->err));
	assert_int_equal(count, 1);
	assert_true(oid_equal(&found, &a));
	assert_true(odb_find_prefix(&found, &count, reader, STR("abcd"),
				    &fixture->err));
	assert_int_equal(count, 2);
	assert_true(odb_find_prefix(&found, &count, reader, STR("abce"),
				    &fixture->err));
	assert_int_equal(count, 0);
	assert_true(odb_find_prefix(&found, &count, reader, STR("abc"),
				    &fixture->err));
	assert_int_equal(count, 0);
	odb_reader_free(reader);
	odb_free(odb);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_whole_object_is_read),
		TEST(damage_is_told_with_the_name_of_the_object),
		TEST(an_object_cut_anywhere_ends_with_an_error),
		TEST(bytes_after_the_end_are_refused),
		TEST(content_with_another_hash_is_refused),
		TEST(a_bomb_ends_at_the_size_it_announces),
		TEST(what_is_no_plain_file_is_no_object),
		TEST(an_abbreviation_finds_one_object_or_says_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
