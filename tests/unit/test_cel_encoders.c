/* SPDX-License-Identifier: Apache-2.0 */
#include "cel_lab.h"

static void test_bytes_become_base64(void **state)
{
	/* RFC 4648 section 10. */
	static const struct row rows[] = {
		{"base64.encode(b'')", "\"\""},
		{"base64.encode(b'f')", "\"Zg==\""},
		{"base64.encode(b'fo')", "\"Zm8=\""},
		{"base64.encode(b'foo')", "\"Zm9v\""},
		{"base64.encode(b'foob')", "\"Zm9vYg==\""},
		{"base64.encode(b'\\377\\376\\375')", "\"//79\""},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_base64_is_read_with_or_without_its_padding(void **state)
{
	static const struct row rows[] = {
		{"base64.decode('Zm9vYg==')", "b\"foob\""},
		{"base64.decode('Zm9vYg')", "b\"foob\""},
		{"base64.decode('Zm8')", "b\"fo\""},
		{"base64.decode('')", "b\"\""},
		{"base64.decode('//79')", "b\"\\xff\\xfe\\xfd\""},
	};

	(void)state;
	lab_expect_all(rows, ARRAY_SIZE(rows));
}

static void test_what_is_no_base64_is_an_error(void **state)
{
	static const char *const texts[] = {
		"base64.decode('Z')",	    "base64.decode('Zg=')",
		"base64.decode('Zg===')",   "base64.decode('=')",
		"base64.decode('====')",    "base64.decode('Zm9v====')",
		"base64.decode('Zm 9')",    "base64.decode('Zm-_')",
		"base64.decode('Zh==')",    "base64.decode('Z=g=')",
		"base64.decode('Zm9v\\n')",
	};
	struct lab lab;

	(void)state;
	lab_open(&lab);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		lab_expect(&lab, texts[i], "error: this is no base64");
	lab_close(&lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_become_base64),
		cmocka_unit_test(
			test_base64_is_read_with_or_without_its_padding),
		cmocka_unit_test(test_what_is_no_base64_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
