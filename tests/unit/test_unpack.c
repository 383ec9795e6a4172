/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_fixture.h"

static void every_object_reads_as_git_reads_it_however_it_is_packed(
	void **state)
{
	static const char *const shapes[][12] = {
		{"gc", "-q"},
		{"repack", "-adfq", "--depth=250", "--window=50"},
		{"-c", "pack.depth=4095", "repack", "-adfq", "--depth=4095",
		 "--window=10"},
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

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_object_reads_as_git_reads_it_however_it_is_packed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
