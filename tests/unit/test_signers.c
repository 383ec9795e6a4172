/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/signers.h"

/* A made-up key; what ssh-keygen -lf says of it. */
#define KEY            \
	"ssh-ed25519 " \
	"AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
#define OTHER          \
	"ssh-ed25519 " \
	"AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
#define FINGERPRINT "SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA"

static void ends_are_read_from_the_line_of_a_key(void **state)
{
	static const struct {
		const char *file;
		enum signer_end kind;
		const char *end;
	} rows[] = {
		{"", SIGNER_UNKNOWN, NULL},
		{"a@x " OTHER "\n", SIGNER_UNKNOWN, NULL},
		{"# a@x " KEY "\n", SIGNER_UNKNOWN, NULL},
		{"a@x " KEY "\n", SIGNER_ENDLESS, NULL},
		{"  a@x,b@x\t" KEY " comment\r\n", SIGNER_ENDLESS, NULL},
		{"\"a b\" namespaces=\"git, file\" " KEY, SIGNER_ENDLESS, NULL},
		{"a@x valid-after=\"20200101\" " KEY, SIGNER_ENDLESS, NULL},
		{"a@x valid-before=\"20250228\" " KEY, SIGNER_ENDS,
		 "2025-02-28T00:00:00Z"},
		{"a@x VALID-BEFORE=20250228 " KEY, SIGNER_ENDS,
		 "2025-02-28T00:00:00Z"},
		{"a@x namespaces=\"git,x\",valid-before=\"202502281530Z\" " KEY,
		 SIGNER_ENDS, "2025-02-28T15:30:00Z"},
		{"a@x valid-before=\"20250228153059\" " KEY, SIGNER_ENDS,
		 "2025-02-28T15:30:59Z"},
		{"a@x valid-before=\"20250229\" " KEY, SIGNER_UNKNOWN, NULL},
		{"a@x valid-before=\"soon\" " KEY, SIGNER_UNKNOWN, NULL},
		{"a@x valid-before=\"2025-1-1\" " KEY, SIGNER_UNKNOWN, NULL},
		{"a@x valid-before=\"20250101\" " KEY
		 "\na@x valid-before=\"20260101\" " KEY
		 "\na@x valid-before=\"20240101\" " KEY "\n",
		 SIGNER_ENDS, "2026-01-01T00:00:00Z"},
		{"a@x valid-before=\"20250101\" " KEY "\nb@x " KEY "\n",
		 SIGNER_ENDLESS, NULL},
		{"a@x " OTHER "\nb@x valid-before=\"20250101\" " KEY "\n",
		 SIGNER_ENDS, "2025-01-01T00:00:00Z"},
		{"a@x ssh-ed25519 not*base64\n", SIGNER_UNKNOWN, NULL},
		{"a@x\n", SIGNER_UNKNOWN, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct instant end = {0};
		char text[INSTANT_TEXT];

		assert_int_equal(signer_find(&end, str_of(rows[i].file),
					     STR(FINGERPRINT)),
				 rows[i].kind);
		if (rows[i].end)
			assert_true(str_is(
				str_make(text, instant_format(text, end)),
				rows[i].end));
	}
}

static void a_fingerprint_of_another_kind_is_no_key(void **state)
{
	struct instant end;

	(void)state;
	assert_int_equal(signer_find(&end, STR("a@x " KEY "\n"), STR("")),
			 SIGNER_UNKNOWN);
	assert_int_equal(
		signer_find(&end, STR("a@x " KEY "\n"), STR("MD5:00:11:22")),
		SIGNER_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_are_read_from_the_line_of_a_key),
		cmocka_unit_test(a_fingerprint_of_another_kind_is_no_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
