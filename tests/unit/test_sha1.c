/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/oid.h"
#include "base/sha1.h"

static void assert_hash(struct sha1 *sha1, const char *wanted)
{
	struct oid oid = {.len = OID_RAW};
	char hex[OID_HEX + 1] = "";

	sha1_end(oid.bytes, sha1);
	oid_format(hex, &oid);
	assert_string_equal(hex, wanted);
}

static void the_examples_of_fips_180_come_out(void **state)
{
	static const struct {
		const char *text, *hash;
	} rows[] = {
		{"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
		{"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		 "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sha1 sha1;

		sha1_init(&sha1);
		sha1_add(&sha1, str_of(rows[i].text));
		assert_hash(&sha1, rows[i].hash);
	}
}

static void a_million_bytes_hash_alike_in_pieces_of_any_size(void **state)
{
	static char text[1000];
	(void)state;

	memset(text, 'a', sizeof(text));
	for (size_t piece = 1; piece < sizeof(text); piece += 61) {
		struct sha1 sha1;

		sha1_init(&sha1);
		for (size_t left = 1000000; left;) {
			size_t len = left < piece ? left : piece;

			sha1_add(&sha1, str_make(text, len));
			left -= len;
		}
		assert_hash(&sha1, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_fips_180_come_out),
		cmocka_unit_test(
			a_million_bytes_hash_alike_in_pieces_of_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
