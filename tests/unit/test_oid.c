/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/oid.h"

static void names_are_read_in_either_case_and_written_in_lower(void **state)
{
	static const char lower[] = "00112233445566778899aabbccddeeff0a1b2c3d";
	static const char upper[] = "00112233445566778899AABBCCDDEEFF0A1B2C3D";
	char text[OID_HEX];
	struct oid a;
	struct oid b;

	(void)state;
	assert_true(oid_parse(&a, str_of(lower)));
	assert_true(oid_parse(&b, str_of(upper)));
	assert_true(oid_equal(&a, &b));
	assert_int_equal(a.bytes[1], 0x11);
	oid_format(text, &b);
	assert_memory_equal(text, lower, OID_HEX);
}

static void what_has_not_forty_digits_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"00112233445566778899aabbccddeeff0a1b2c3",
		"00112233445566778899aabbccddeeff0a1b2c3d0",
		"00112233445566778899aabbccddeeff0a1b2c3g",
		"g0112233445566778899aabbccddeeff0a1b2c3d",
		"00112233445566778899aabbccddeeff0a1b2c ",
	};
	struct oid oid = {.len = 7};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_false(oid_parse(&oid, str_of(rows[i])));
	assert_int_equal(oid.len, 7);
}

static void oids_are_ordered_by_their_bytes(void **state)
{
	unsigned char raw[OID_RAW] = {1};
	struct oid none = {0};
	struct oid zero = {.len = OID_RAW};
	struct oid one = oid_of_raw(raw);

	(void)state;
	assert_true(oid_compare(&zero, &one) < 0);
	assert_true(oid_compare(&one, &zero) > 0);
	assert_int_equal(oid_compare(&one, &one), 0);
	assert_false(oid_equal(&zero, &one));
	assert_false(oid_equal(&none, &zero));
	assert_true(oid_equal(&none, &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			names_are_read_in_either_case_and_written_in_lower),
		cmocka_unit_test(what_has_not_forty_digits_is_refused),
		cmocka_unit_test(oids_are_ordered_by_their_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
