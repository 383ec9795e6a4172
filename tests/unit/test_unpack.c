/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_made.h"

static const str ten = STR_INIT("0123456789");

static void a_delta_is_read_by_name_and_by_distance(void **state)
{
	struct fixture *fixture = *state;
	const struct oid whole = name_of_object("blob", ten);
	const struct oid first = name_of_object("blob", STR("012"));
	const struct oid second = name_of_object("blob", STR("12!"));
	struct made made;
	size_t at;
	str bytes;

	made_init(&made);
	made_blob(&made, &whole, ten);
	at = made_name_delta(&made, &first, &whole, STR("\012\3\220\3"));
	made_offset_delta(&made, &second, at, STR("\3\3\221\1\2\1!"));
	made_write(fixture, &made, "o", "a");
	assert_true(
		made_read(fixture, &second, false, &limits_default, &bytes));
	assert_true(str_is(bytes, "12!"));
	assert_true(made_read(fixture, &first, false, &limits_default, &bytes));
	assert_true(str_is(bytes, "012"));
	made_done(&made);
}

/* libgit2 1.5 turns for ever on each of these. */
static void deltas_that_go_round_are_told(void **state)
{
	static const struct {
		unsigned tail, circle;
	} rows[] = {{0, 1}, {0, 2}, {1, 1}, {5, 7}, {100, 3}, {3, 1000}};
	struct fixture *fixture = *state;
	str bytes;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned count = rows[i].tail + rows[i].circle;
		struct oid oid = made_name(0);
		struct made made;

		made_init(&made);
		for (unsigned k = 0; k < count; k++) {
			struct oid self = made_name(k);
			struct oid base =
				made_name(k + 1 < count ? k + 1 : rows[i].tail);

			made_name_delta(&made, &self, &base,
					STR("\012\3\220\3"));
		}
		made_write(fixture, &made, "o", "a");
		made_done(&made);
		assert_false(made_read(fixture, &oid, true, &limits_default,
				       &bytes));
		assert_error(fixture, "repository damaged or incomplete: "
				      "object 0000000000");
		assert_error(fixture, "its deltas go round in a circle");
	}
}

static void a_chain_is_4095_deltas_long_and_no_longer(void **state)
{
	struct fixture *fixture = *state;
	struct oid name = made_name(0);
	struct made made;
	size_t at;
	str bytes;

	made_init(&made);
	at = made_blob(&made, &name, ten);
	for (unsigned k = 1; k <= 4096; k++) {
		name = made_name(k);
		at = made_offset_delta(&made, &name, at,
				       STR("\012\012\220\012"));
	}
	made_write(fixture, &made, "o", "a");
	assert_false(made_read(fixture, &name, true, &limits_default, &bytes));
	assert_error(fixture, "more than 4095 deltas lead to it");
	name = made_name(4095);
	assert_true(made_read(fixture, &name, true, &limits_default, &bytes));
	assert_true(str_equal(bytes, ten));
	made_done(&made);
}

/* A pack of one entry that is made by hand behind a whole blob of ten bytes:
 * type, announced size, what comes before the deflated bytes, and those. */
static void an_entry_that_lies_is_refused(void **state)
{
	static const struct {
		unsigned type;
		uint64_t size;
		str before;
		str content;
		const char *text;
	} rows[] = {
		{0, 1, STR_INIT(""), STR_INIT("a"), "is of no known type"},
		{5, 1, STR_INIT(""), STR_INIT("a"), "is of no known type"},
		{2, 1, STR_INIT(""), STR_INIT("a"), "it is a tree, not a blob"},
		{3, 2, STR_INIT(""), STR_INIT("a"),
		 "shorter than its header says"},
		{3, 0, STR_INIT(""), STR_INIT("a"),
		 "longer than its header says"},
		{3, 1, STR_INIT(""), STR_INIT("aaaaaaaaaaaaaaaa"),
		 "longer than its header says"},
		{3, 1, STR_INIT("rubbish"), STR_INIT("a"),
		 "not whole zlib data"},
		{3, (uint64_t)10 << 40, STR_INIT(""), STR_INIT("a"),
		 "it has 10995116277760 bytes, at most 1048576 are read"},
		{3, UINT64_MAX, STR_INIT(""), STR_INIT("a"), "are read"},
		{3, 1, STR_INIT(""), STR_INIT("a"),
		 "its content does not have this hash"},
		{6, 4, STR_INIT("\0"), STR_INIT("\012\3\220\3"),
		 "builds on what is before the pack"},
		{6, 4, STR_INIT("\177"), STR_INIT("\012\3\220\3"),
		 "builds on what is before the pack"},
		{6, 4, STR_INIT("\377\377\377\377\377\377\377\377\377\377\1"),
		 STR_INIT("\012\3\220\3"), "builds on what is before the pack"},
		{7, 4, STR_INIT("a name of no object!"),
		 STR_INIT("\012\3\220\3"),
		 "the object 61206e616d65206f66206e6f206f626a65637421 it is a "
		 "delta on is missing"},
		{6, 4, STR_INIT("\23"), STR_INIT("\011\3\220\3"),
		 "a delta builds on an object of another size"},
		{6, 4, STR_INIT("\23"), STR_INIT("\012\3\220\13"),
		 "a delta copies from beyond its base"},
		{6, 5, STR_INIT("\23"), STR_INIT("\012\3\3ab"),
		 "a delta is cut short"},
		{6, 4, STR_INIT("\23"), STR_INIT("\012\2\220\3"),
		 "a delta makes more than it says"},
		{6, 4, STR_INIT("\23"), STR_INIT("\012\4\220\3"),
		 "a delta makes less than it says"},
		{6, 0, STR_INIT("\23"), STR_INIT(""),
		 "a delta does not say its sizes"},
		{6, 9, STR_INIT("\23"), STR_INIT("\012\3\220\3"),
		 "a delta is shorter than its header says"},
		{6, (uint64_t)1 << 30, STR_INIT("\23"),
		 STR_INIT("\012\3\220\3"), "(limit git_base_size)"},
		{6, 7, STR_INIT("\23"), STR_INIT("\012\200\200\200\4\220\3"),
		 "it has 8388608 bytes, at most 1048576 are read"},
		{6, 4, STR_INIT("\23"), STR_INIT("\012\3\220\3"),
		 "its content does not have this hash"},
	};
	struct fixture *fixture = *state;
	struct oid oid = made_name(2);
	struct oid base = made_name(1);
	str bytes;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct made made;

		made_init(&made);
		made_blob(&made, &base, ten);
		assert_int_equal(made.pack.len, 12 + 19);
		made_head(&made, &oid, rows[i].type, rows[i].size);
		buf_add(&made.pack, rows[i].before);
		deflate_to(&made.pack, rows[i].content);
		made_write(fixture, &made, "o", "a");
		made_done(&made);
		if (made_read(fixture, &oid, false, &limits_default, &bytes))
			fail_msg("row %zu is read", i);
		assert_error(fixture, rows[i].text);
		assert_error(fixture, "object 0002000000");
	}
}

static void a_bomb_ends_at_the_size_it_announces(void **state)
{
	struct fixture *fixture = *state;
	char *zeros = arena_take(&fixture->arena, 32 << 20);
	struct oid oid = made_name(1);
	struct made made;
	str bytes;

	made_init(&made);
	made_head(&made, &oid, 3, 100);
	deflate_to(&made.pack, str_make(zeros, 32 << 20));
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	assert_false(made_read(fixture, &oid, true, &limits_default, &bytes));
	assert_error(fixture, "longer than its header says");
}

static void bytes_on_the_way_are_bounded_one_by_one_and_in_sum(void **state)
{
	struct fixture *fixture = *state;
	struct limits limits = limits_default;
	struct oid oid = made_name(1);
	struct made made;
	size_t at;
	str bytes;

	made_init(&made);
	at = made_blob(&made, &oid, ten);
	for (unsigned k = 2; k <= 5; k++) {
		oid = made_name(k);
		at = made_offset_delta(&made, &oid, at,
				       STR("\012\012\220\012"));
	}
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	limits.git_chain_size = 5 * 10 + 4 * 4;
	assert_true(made_read(fixture, &oid, true, &limits, &bytes));
	limits.git_chain_size--;
	assert_false(made_read(fixture, &oid, true, &limits, &bytes));
	assert_error(fixture, "(limit git_chain_size)");
	limits = limits_default;
	limits.git_base_size = 9;
	assert_false(made_read(fixture, &oid, true, &limits, &bytes));
	assert_error(fixture, "it builds on 10 bytes, at most 9 are read "
			      "(limit git_base_size)");
}

static void an_entry_outside_of_its_pack_is_refused(void **state)
{
	static const uint64_t offsets[] = {
		0, 11, 31, 32, 0x7fffffff, 0x80000000, 0xffffffff};
	struct fixture *fixture = *state;
	struct oid oid = made_name(1);
	str bytes;

	for (size_t i = 0; i < ARRAY_SIZE(offsets); i++) {
		struct made made;

		made_init(&made);
		made_blob(&made, &oid, ten);
		made.entries.at[0].offset = offsets[i];
		made_write(fixture, &made, "o", "a");
		made_done(&made);
		assert_false(made_read(fixture, &oid, true, &limits_default,
				       &bytes));
		assert_error(fixture, "is outside of the pack");
	}
}

/* Each byte of a pack in turn: what is read is right, or refused. */
static void a_changed_byte_never_gives_another_content(void **state)
{
	struct fixture *fixture = *state;
	const struct oid whole = name_of_object("blob", ten);
	const struct oid small = name_of_object("blob", STR("012"));
	struct buf pack;
	struct made made;
	size_t refused = 0;
	str bytes;

	made_init(&made);
	made_blob(&made, &whole, ten);
	made_name_delta(&made, &small, &whole, STR("\012\3\220\3"));
	made_write(fixture, &made, "o", "a");
	made_done(&made);
	buf_init(&pack, 4096);
	assert_true(sys_read_file(&pack, SYS_HERE,
				  fixture_path(fixture, "o/pack/a.pack"),
				  &fixture->err));
	for (size_t i = 0; i < pack.len * 8; i++) {
		pack.ptr[i / 8] ^= (char)(1 << i % 8);
		fixture_write_bytes(fixture, "o/pack/a.pack", buf_str(&pack));
		pack.ptr[i / 8] ^= (char)(1 << i % 8);
		if (made_read(fixture, &small, false, &limits_default, &bytes))
			assert_true(str_is(bytes, "012"));
		else
			refused++;
	}
	/* Bits of how hard zlib tried change nothing, the rest does. */
	assert_true(refused > pack.len * 7);
	buf_done(&pack);
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_delta_is_read_by_name_and_by_distance),
		TEST(deltas_that_go_round_are_told),
		TEST(a_chain_is_4095_deltas_long_and_no_longer),
		TEST(an_entry_that_lies_is_refused),
		TEST(a_bomb_ends_at_the_size_it_announces),
		TEST(bytes_on_the_way_are_bounded_one_by_one_and_in_sum),
		TEST(an_entry_outside_of_its_pack_is_refused),
		TEST(a_changed_byte_never_gives_another_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
