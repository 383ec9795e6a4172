/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sha256.h"

/* The first three are the examples of FIPS 180. */
static const struct {
	str in;
	const char *sum;
} rows[] = {
	{STR_INIT("abc"), "ba7816bf8f01cfea414140de5dae2223"
			  "b00361a396177a9cb410ff61f20015ad"},
	{STR_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	{STR_INIT(""), "e3b0c44298fc1c149afbf4c8996fb924"
		       "27ae41e4649b934ca495991b7852b855"},
	{{NULL, 0},
	 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
};

static void known_texts_have_their_known_sum(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned char sum[SHA256_RAW];
		char text[SHA256_HEX + 1];

		sha256_of(sum, rows[i].in);
		sha256_format(text, sum);

		assert_string_equal(text, rows[i].sum);
	}
}

static void the_sum_of_the_parts_is_the_sum_of_the_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		for (size_t cut = 0; cut <= rows[i].in.len; cut++) {
			struct sha256 sha;
			unsigned char sum[SHA256_RAW];
			char text[SHA256_HEX + 1];

			sha256_start(&sha);
			sha256_add(&sha, str_slice(rows[i].in, 0, cut));
			sha256_add(&sha, str_slice(rows[i].in, cut, SIZE_MAX));
			sha256_finish(&sha, sum);
			sha256_format(text, sum);

			assert_string_equal(text, rows[i].sum);
		}
	}
}

static void a_policy_of_a_page_names_a_style_by_base64(void **state)
{
	unsigned char sum[SHA256_RAW];
	char text[SHA256_BASE64 + 1];

	(void)state;
	sha256_of(sum, STR("abc"));
	sha256_format_base64(text, sum);

	assert_string_equal(text,
			    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_texts_have_their_known_sum),
		cmocka_unit_test(the_sum_of_the_parts_is_the_sum_of_the_whole),
		cmocka_unit_test(a_policy_of_a_page_names_a_style_by_base64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
