/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "match/checksum.h"

struct check_case {
	const char *text;
	bool expected;
};

static void run(bool (*valid)(str), const struct check_case *cases,
		size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++)
		if (valid(str_of(cases[i].text)) != cases[i].expected) {
			print_error("%s\n", cases[i].text);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

static void an_iban_has_its_countrys_length_and_checks(void **state)
{
	static const struct check_case cases[] = {
		{"GB82WEST12345698765432", true},
		{"GB82 WEST 1234 5698 7654 32", true},
		{"DE89370400440532013000", true},
		{"FI2112345600000785", true},
		{"FR1420041010050500013M02606", true},
		{"NO9386011117947", true},
		{"FI2112345600000786", false},
		{"FI211234560000078", false},
		{"fi2112345600000785", false},
		{"ZZ2112345600000785", false},
		{"GB82WEST1234569876543", false},
		{"FI21-12345600000785", false},
		{"FI", false},
		{"", false},
		{"FI211234560000078500000000000000000000000000000000", false},
	};

	(void)state;
	run(iban_valid, cases, ARRAY_SIZE(cases));
}

static void a_card_number_passes_luhn(void **state)
{
	static const struct check_case cases[] = {
		{"79927398713", true},
		{"4111111111111111", true},
		{"4111 1111-1111 1111", true},
		{"4111111111111112", false},
		{"79927398710", false},
		{"0", false},
		{"", false},
		{"18A", false},
		{"18", true},
	};

	(void)state;
	run(luhn_valid, cases, ARRAY_SIZE(cases));
}

static void a_hetu_has_a_date_a_sign_and_a_check_character(void **state)
{
	static const struct check_case cases[] = {
		{"131052-308T", true},	{"131052U308T", true},
		{"131052V308T", true},	{"131052W308T", true},
		{"131052X308T", true},	{"131052Y308T", true},
		{"131052+308T", true},	{"131052A308T", true},
		{"131052B308T", true},	{"131052C308T", true},
		{"131052D308T", true},	{"131052E308T", true},
		{"131052F308T", true},	{"131052G308T", false},
		{"131052-308U", false}, {"320152-308T", false},
		{"131352-308T", false}, {"131052-3O8T", false},
		{"131052-308t", false}, {"131052-308", false},
		{"010594Y9032", false}, {"290200-101P", false},
		{"131052 308T", false}, {"", false},
	};

	(void)state;
	run(hetu_valid, cases, ARRAY_SIZE(cases));
}

static void each_row_of_the_table_has_its_check(void **state)
{
	static const struct {
		const char *row;
		const char *text;
		enum id_result expected;
	} cases[] = {
		{"fi-hetu", "131052-308T", ID_VALID},
		{"se-personnummer", "811228-9874", ID_VALID},
		{"se-personnummer", "19811228-9874", ID_VALID},
		{"se-personnummer", "701063-2391", ID_VALID},
		{"se-personnummer", "811228-9873", ID_INVALID},
		{"se-personnummer", "811328-9873", ID_INVALID},
		{"ee-isikukood", "37605030299", ID_VALID},
		{"ee-isikukood", "37605030298", ID_INVALID},
		{"ee-isikukood", "37613030299", ID_INVALID},
		{"lt-asmens-kodas", "33309240064", ID_VALID},
		{"lt-asmens-kodas", "33309240065", ID_INVALID},
		{"dk-cpr", "211062-5629", ID_VALID},
		{"dk-cpr", "311162-5629", ID_INVALID},
		{"dk-cpr", "290200-1234", ID_INVALID},
		{"dk-cpr", "290200-4234", ID_VALID},
		{"no-fodselsnummer", "15108695088", ID_VALID},
		{"no-fodselsnummer", "15108695089", ID_INVALID},
		{"nl-bsn", "111222333", ID_VALID},
		{"nl-bsn", "123456782", ID_VALID},
		{"nl-bsn", "123456783", ID_INVALID},
		{"nl-bsn", "000000000", ID_INVALID},
		{"be-nn", "85.07.30-033.28", ID_VALID},
		{"be-nn", "85.07.30-033.29", ID_INVALID},
		{"de-steuer-id", "86095742719", ID_VALID},
		{"de-steuer-id", "36574261809", ID_VALID},
		{"de-steuer-id", "36574261890", ID_INVALID},
		{"de-steuer-id", "11112345678", ID_INVALID},
		{"fr-nir", "255081416802538", ID_VALID},
		{"fr-nir", "295109912611193", ID_VALID},
		{"fr-nir", "295109912611199", ID_INVALID},
		{"fr-nir", "2951099126111X3", ID_INVALID},
		{"es-dni-nie", "12345678Z", ID_VALID},
		{"es-dni-nie", "X1234567L", ID_VALID},
		{"es-dni-nie", "12345678A", ID_INVALID},
		{"it-codice-fiscale", "RSSMRA85T10A562S", ID_VALID},
		{"it-codice-fiscale", "RSSMRA85T10A562T", ID_INVALID},
		{"it-codice-fiscale", "RSSMRA85F10A562S", ID_INVALID},
		{"pl-pesel", "44051401359", ID_VALID},
		{"pl-pesel", "44051401358", ID_INVALID},
		{"pl-pesel", "44131401359", ID_INVALID},
		{"gb-nhs", "943 476 5919", ID_VALID},
		{"gb-nhs", "943 476 5918", ID_INVALID},
		{"xx-none", "1", ID_UNKNOWN},
	};
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (id_valid(str_of(cases[i].row), str_of(cases[i].text)) !=
		    cases[i].expected) {
			print_error("%s %s\n", cases[i].row, cases[i].text);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

static void no_row_takes_what_is_cut_short_or_too_long(void **state)
{
	static const struct {
		const char *row;
		const char *text;
	} cases[] = {
		{"fi-hetu", "131052-308T"},
		{"se-personnummer", "811228-9874"},
		{"ee-isikukood", "37605030299"},
		{"lt-asmens-kodas", "33309240064"},
		{"dk-cpr", "211062-5629"},
		{"no-fodselsnummer", "15108695088"},
		{"nl-bsn", "111222333"},
		{"be-nn", "85.07.30-033.28"},
		{"de-steuer-id", "86095742719"},
		{"fr-nir", "255081416802538"},
		{"es-dni-nie", "12345678Z"},
		{"it-codice-fiscale", "RSSMRA85T10A562S"},
		{"pl-pesel", "44051401359"},
		{"gb-nhs", "9434765919"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		str row = str_of(cases[i].row);
		str text = str_of(cases[i].text);
		char longer[32];

		for (size_t n = 0; n < text.len; n++)
			assert_int_equal(id_valid(row, str_slice(text, 0, n)),
					 ID_INVALID);
		memcpy(longer, text.ptr, text.len);
		longer[text.len] = '1';
		assert_int_equal(id_valid(row, str_make(longer, text.len + 1)),
				 ID_INVALID);
	}
}

static void digits_are_what_is_left_of_a_text(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_true(str_is(digits(&arena, STR("+358 40-123")), "35840123"));
	assert_int_equal(digits(&arena, STR("none")).len, 0);
	assert_int_equal(digits(&arena, STR("")).len, 0);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_iban_has_its_countrys_length_and_checks),
		cmocka_unit_test(a_card_number_passes_luhn),
		cmocka_unit_test(
			a_hetu_has_a_date_a_sign_and_a_check_character),
		cmocka_unit_test(each_row_of_the_table_has_its_check),
		cmocka_unit_test(no_row_takes_what_is_cut_short_or_too_long),
		cmocka_unit_test(digits_are_what_is_left_of_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
