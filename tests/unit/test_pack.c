/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_made.h"

#include "base/pool.h"

static const str ten = STR_INIT("0123456789");

static void every_object_is_as_git_reads_it_however_it_is_packed(void **state)
{
	static const char *const shapes[][12] = {
		{"gc", "-q"},
		{"repack", "-adfq", "--depth=250", "--window=50"},
		{"repack", "-adfq", "--depth=4095", "--window=10"},
		{"-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq",
		 "--depth=250"},
		{"-c", "pack.indexVersion=1", "repack", "-adfq"},
		{"-c", "core.compression=0", "repack", "-adFq"},
		{"repack", "-adfq", "--write-midx"},
		{"repack", "-adFq", "--depth=0"},
	};
	struct fixture *fixture = *state;

	pack_repository(fixture);
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		struct odb *odb;

		assert_int_equal(fixture_run(fixture, "r", shapes[i]), 0);
		odb = pack_open(fixture, "r/.git/objects", NULL);
		all_packs_are_good(odb, 1);
		assert_true(read_everything(fixture, "r", odb) > 600);
		odb_free(odb);
	}
}

static void several_packs_and_loose_objects_are_one_store(void **state)
{
	struct fixture *fixture = *state;
	struct odb *odb;

	pack_repository(fixture);
	GIT(fixture, "r", "repack", "-dq");
	pack_history(fixture, 150, 170);
	GIT(fixture, "r", "repack", "-dq");
	pack_history(fixture, 170, 190);
	GIT(fixture, "r", "repack", "-dq");
	pack_history(fixture, 190, 200);
	odb = pack_open(fixture, "r/.git/objects", NULL);
	all_packs_are_good(odb, 3);
	assert_true(read_everything(fixture, "r", odb) > 800);
	odb_free(odb);
}

/* The path of the only pack of `r`, without its ending. */
static const char *only_pack(struct fixture *fixture)
{
	struct odb *odb = pack_open(fixture, "r/.git/objects", NULL);
	const char *path;
	str name;

	assert_int_equal(odb->packs->count, 1);
	name = odb->packs->at[0]->name;
	path = arena_cstr(
		&fixture->arena,
		str_format(&fixture->arena, "r/.git/objects/pack/" STR_FMT,
			   STR_ARG(str_slice(name, 0, name.len - 5))));
	odb_free(odb);
	return path;
}

static const char *with(struct fixture *fixture, const char *path,
			const char *ending)
{
	return arena_cstr(&fixture->arena,
			  str_format(&fixture->arena, "%s%s", path, ending));
}

static void offsets_of_64_bits_are_read(void **state)
{
	struct fixture *fixture = *state;
	const char *path;
	struct odb *odb;

	pack_repository(fixture);
	GIT(fixture, "r", "repack", "-adq");
	path = only_pack(fixture);
	assert_int_equal(
		remove(fixture_path(fixture, with(fixture, path, ".idx"))), 0);
	/* From here on every offset is one of 64 bits. */
	GIT(fixture, "r", "index-pack", "--index-version=2,0x40",
	    fixture_path(fixture, with(fixture, path, ".pack")));
	odb = pack_open(fixture, "r/.git/objects", NULL);
	all_packs_are_good(odb, 1);
	assert_true(odb->packs->at[0]->index.large_count > 600);
	assert_true(read_everything(fixture, "r", odb) > 600);
	odb_free(odb);
}

static void alternates_have_packs_too(void **state)
{
	struct fixture *fixture = *state;
	struct odb *odb;

	pack_repository(fixture);
	GIT(fixture, "r", "repack", "-adq");
	GIT(fixture, ".", "clone", "-qs", "r", "s");
	fixture_write(fixture, "s/new.yaml", "new: 1\n");
	GIT(fixture, "s", "add", "-A");
	GIT(fixture, "s", "commit", "-qm", "new");
	GIT(fixture, "s", "repack", "-dlq");
	odb = pack_open(fixture, "s/.git/objects", NULL);
	all_packs_are_good(odb, 2);
	assert_true(read_everything(fixture, "s", odb) > 600);
	odb_free(odb);
}

/* A run that goes on while git repacks under it. */
static void a_repack_meanwhile_hides_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct odb_reader *reader;
	struct object object;
	struct buf bytes;
	struct oid oid;
	struct odb *odb;

	pack_repository(fixture);
	GIT(fixture, "r", "repack", "-dq");
	fixture_write(fixture, "r/new.yaml", "new: 1\n");
	GIT(fixture, "r", "add", "new.yaml");
	assert_true(oid_parse(
		&oid, str_of(GIT(fixture, "r", "rev-parse", ":new.yaml"))));
	odb = pack_open(fixture, "r/.git/objects", NULL);
	reader = odb_reader_new(odb);
	buf_init(&bytes, 1 << 20);
	GIT(fixture, "r", "repack", "-adfq");
	GIT(fixture, "r", "prune-packed");
	assert_true(odb_read(&object, reader, &oid, OBJECT_BLOB, &bytes,
			     &fixture->err));
	assert_true(str_is(object.bytes, "new: 1\n"));
	buf_done(&bytes);
	odb_reader_free(reader);
	assert_true(read_everything(fixture, "r", odb) > 600);
	odb_free(odb);
}

static void a_missing_object_of_a_partial_clone_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct odb_reader *reader;
	struct object object;
	struct buf bytes;
	struct oid oid;
	struct odb *odb;
	bool has = true;

	pack_repository(fixture);
	GIT(fixture, "r", "config", "uploadpack.allowFilter", "true");
	GIT(fixture, ".", "clone", "-q", "--no-checkout", "--filter=blob:none",
	    str_format(&fixture->arena, "file://%s/r", fixture->dir).ptr, "p");
	assert_true(oid_parse(
		&oid, str_of(GIT(fixture, "r", "rev-parse", "main^{tree}"))));
	odb = pack_open(fixture, "p/.git/objects", NULL);
	all_packs_are_good(odb, 1);
	reader = odb_reader_new(odb);
	buf_init(&bytes, 1 << 20);
	assert_true(odb_read(&object, reader, &oid, OBJECT_TREE, &bytes,
			     &fixture->err));
	assert_true(oid_parse(&oid, str_of(GIT(fixture, "r", "rev-parse",
					       "main:d4/e/file-29.yaml"))));
	assert_false(odb_read(&object, reader, &oid, OBJECT_BLOB, &bytes,
			      &fixture->err));
	assert_error(fixture, "is missing (this is a partial clone");
	assert_true(odb_has(&has, reader, &oid, &fixture->err));
	assert_false(has);
	buf_done(&bytes);
	odb_reader_free(reader);
	odb_free(odb);
}

/* What a push brings may build on what the repository has: in a pack, and
 * loose. */
static void a_thin_pack_in_quarantine_finds_its_bases(void **state)
{
	struct fixture *fixture = *state;
	const struct oid whole = name_of_object("blob", ten);
	const struct oid loose = name_of_object("blob", STR("abcdefghij"));
	const struct oid first = name_of_object("blob", STR("012"));
	const struct oid second = name_of_object("blob", STR("abc"));
	struct odb_reader *reader;
	struct object object;
	struct buf bytes, file;
	char hex[OID_HEX];
	struct made made;
	struct odb *odb;

	made_init(&made);
	made_blob(&made, &whole, ten);
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	buf_init(&file, 4096);
	deflate_to(&file, STR("blob 10\0abcdefghij"));
	oid_format(hex, &loose);
	fixture_write_bytes(
		fixture,
		arena_cstr(&fixture->arena,
			   str_format(&fixture->arena, "o/%.2s/%.38s", hex,
				      hex + 2)),
		buf_str(&file));
	buf_done(&file);
	made_init(&made);
	made_name_delta(&made, &first, &whole, STR("\012\3\220\3"));
	made_name_delta(&made, &second, &loose, STR("\012\3\220\3"));
	made_write(fixture, &made, "q", "b");
	made_done(&made);

	odb = pack_open(fixture, "q", "o");
	all_packs_are_good(odb, 2);
	reader = odb_reader_new(odb);
	buf_init(&bytes, 1 << 20);
	assert_true(odb_read(&object, reader, &first, OBJECT_BLOB, &bytes,
			     &fixture->err));
	assert_true(str_is(object.bytes, "012"));
	assert_true(odb_read(&object, reader, &second, OBJECT_BLOB, &bytes,
			     &fixture->err));
	assert_true(str_is(object.bytes, "abc"));
	buf_done(&bytes);
	odb_reader_free(reader);
	odb_free(odb);
}

/* Reads an object that is not there; the error is the fixture's. */
static void miss(struct fixture *fixture)
{
	struct oid oid = made_name(7);
	struct odb *odb = pack_open(fixture, "o", NULL);
	struct odb_reader *reader = odb_reader_new(odb);
	struct oid found;
	size_t count;
	str bytes;
	bool has;

	assert_false(odb_has(&has, reader, &oid, &fixture->err));
	assert_false(odb_find_prefix(&found, &count, reader, STR("0007"),
				     &fixture->err));
	odb_reader_free(reader);
	odb_free(odb);
	assert_false(made_read(fixture, &oid, true, &limits_default, &bytes));
	assert_error(fixture, "0007000000");
	assert_error(fixture, "is missing (");
}

static void what_a_damaged_pack_may_hold_is_never_just_absent(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = made_name(1);
	struct buf file;
	struct made made;
	str bytes;

	made_init(&made);
	made_blob(&made, &oid, ten);
	made.fan_falls = true;
	made_write(fixture, &made, "o", "a");
	miss(fixture);
	assert_error(fixture, "a.pack cannot be read: its index has counts "
			      "that fall");
	made_done(&made);

	made_init(&made);
	made_blob(&made, &oid, ten);
	made_write(fixture, &made, "o", "a");
	assert_true(made_read(fixture, &oid, true, &limits_default, &bytes));
	buf_init(&file, 4096);
	assert_true(sys_read_file(&file, SYS_HERE,
				  fixture_path(fixture, "o/pack/a.idx"),
				  &fixture->err));
	for (size_t len = 0; len < file.len; len++) {
		fixture_write_bytes(fixture, "o/pack/a.idx",
				    str_make(file.ptr, len));
		miss(fixture);
		assert_error(fixture, "a.pack cannot be read: its index ");
	}
	fixture_write_bytes(fixture, "o/pack/a.idx", buf_str(&file));
	for (size_t len = 0; len < made.pack.len; len++) {
		fixture_write_bytes(fixture, "o/pack/a.pack",
				    str_make(made.pack.ptr, len));
		miss(fixture);
		assert_error(fixture, "a.pack cannot be read: i");
	}
	buf_done(&file);
	made_done(&made);
}

static void a_pack_that_is_no_plain_file_is_not_followed(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = made_name(1);
	struct made made;

	made_init(&made);
	made_blob(&made, &oid, ten);
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	assert_int_equal(rename(fixture_path(fixture, "o/pack/a.pack"),
				fixture_path(fixture, "o/pack/b")),
			 0);
	assert_int_equal(symlink("b", fixture_path(fixture, "o/pack/a.pack")),
			 0);
	miss(fixture);
	assert_error(fixture, "symbolic link");
	assert_int_equal(remove(fixture_path(fixture, "o/pack/a.pack")), 0);
	assert_int_equal(mkfifo(fixture_path(fixture, "o/pack/a.pack"), 0644),
			 0);
	miss(fixture);
	assert_error(fixture, "not a regular file");
}

static void a_pack_of_an_unknown_form_is_asked_of_libgit2_and_named(
	void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = made_name(1);
	struct made made;

	made_init(&made);
	made_blob(&made, &oid, ten);
	made.index_version = 3;
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	miss(fixture);
	assert_error(fixture, "a.pack cannot be read: its form is known "
			      "neither here nor to libgit2");
}

static void an_index_whose_pack_is_gone_is_passed_over(void **state)
{
	struct fixture *fixture = *state;
	struct oid oid = made_name(1);
	struct made made;
	str bytes;

	made_init(&made);
	made_blob(&made, &oid, ten);
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	assert_int_equal(remove(fixture_path(fixture, "o/pack/a.pack")), 0);
	assert_false(made_read(fixture, &oid, true, &limits_default, &bytes));
	assert_error(fixture, "0001000000");
	assert_error(fixture, "is missing");
	assert_null(strstr(fixture->err.text, "a.pack"));
}

static void an_abbreviation_is_found_in_packs(void **state)
{
	static const struct {
		const char *digits;
		size_t count;
	} rows[] = {
		{"0001", 1},
		{"00010000000000000000000000000000000000", 1},
		{"0001000000000000000000000000000000000000", 1},
		{"0002", 0},
		{"00030", 1},
		{"ffff", 1},
		{"fff", 0},
		{"0100", 2},
		{"01000", 2},
		{"0000", 0},
	};
	struct fixture *fixture = *state;
	struct oid twin = made_name(256);
	struct odb_reader *reader;
	struct odb *odb;

	twin.bytes[19] = 1;
	for (unsigned pack = 0; pack < 2; pack++) {
		static const unsigned numbers[] = {1, 3, 256, 0xffff};
		struct made made;

		made_init(&made);
		for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
			struct oid oid = made_name(numbers[i]);

			made_blob(&made, &oid, ten);
		}
		if (pack == 1)
			made_blob(&made, &twin, ten);
		made_write(fixture, &made, "o", pack ? "b" : "a");
		made_done(&made);
	}
	odb = pack_open(fixture, "o", NULL);
	reader = odb_reader_new(odb);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct oid oid;
		size_t count;

		assert_true(odb_find_prefix(&oid, &count, reader,
					    str_of(rows[i].digits),
					    &fixture->err));
		assert_int_equal(count, rows[i].count);
	}
	odb_reader_free(reader);
	odb_free(odb);
}

struct crowd {
	struct fixture *fixture;
	const struct odb *odb;
	VEC(struct told) all;
	size_t wrong[POOL_MOST];
};

static void read_slice(void *context, unsigned worker, size_t from, size_t to)
{
	struct crowd *crowd = context;
	struct odb_reader *reader = odb_reader_new(crowd->odb);
	struct object object;
	struct buf bytes;
	struct error err;

	buf_init(&bytes, 1 << 20);
	for (size_t i = from; i < to; i++) {
		const struct told *told = &crowd->all.at[i];

		if (!odb_read(&object, reader, &told->oid, OBJECT_ANY, &bytes,
			      &err) ||
		    !str_equal(object.bytes, told->bytes))
			crowd->wrong[worker]++;
	}
	buf_done(&bytes);
	odb_reader_free(reader);
}

static void threads_share_packs(void **state)
{
	static const char *const all[] = {"cat-file", "--batch-all-objects",
					  "--batch", NULL};
	struct fixture *fixture = *state;
	struct crowd crowd = {.fixture = fixture};
	struct pool_work work = {
		.run = read_slice, .context = &crowd, .chunk = 50, .jobs = 4};
	struct told told;
	struct odb *odb;
	struct buf out;
	str rest;

	pack_repository(fixture);
	GIT(fixture, "r", "repack", "-adfq", "--depth=250");
	assert_int_equal(fixture_run(fixture, "r", all), 0);
	buf_init(&out, 64 << 20);
	assert_true(sys_read_file(&out, SYS_HERE, fixture_path(fixture, "out"),
				  &fixture->err));
	rest = buf_str(&out);
	while (told_next(&told, &rest))
		*vec_push(&crowd.all) = told;
	odb = pack_open(fixture, "r/.git/objects", NULL);
	crowd.odb = odb;
	work.count = crowd.all.count;
	assert_true(work.count > 600);
	pool_run(&work);
	for (size_t i = 0; i < POOL_MOST; i++)
		assert_int_equal(crowd.wrong[i], 0);
	odb_free(odb);
	vec_done(&crowd.all);
	buf_done(&out);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_object_is_as_git_reads_it_however_it_is_packed),
		TEST(several_packs_and_loose_objects_are_one_store),
		TEST(offsets_of_64_bits_are_read),
		TEST(alternates_have_packs_too),
		TEST(a_repack_meanwhile_hides_nothing),
		TEST(a_missing_object_of_a_partial_clone_is_told),
		TEST(a_thin_pack_in_quarantine_finds_its_bases),
		TEST(what_a_damaged_pack_may_hold_is_never_just_absent),
		TEST(a_pack_that_is_no_plain_file_is_not_followed),
		TEST(a_pack_of_an_unknown_form_is_asked_of_libgit2_and_named),
		TEST(an_index_whose_pack_is_gone_is_passed_over),
		TEST(an_abbreviation_is_found_in_packs),
		TEST(threads_share_packs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
