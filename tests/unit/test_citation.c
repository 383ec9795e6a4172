/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/citation.h"

static void a_citation_reads_as_people_write_it(void **state)
{
	static const struct {
		str name;
		const char *words;
	} rows[] = {
		{STR_INIT("gdpr:art-5"), "GDPR Art. 5"},
		{STR_INIT("gdpr:art-5-2"), "GDPR Art. 5(2)"},
		{STR_INIT("gdpr:art-30-1-f"), "GDPR Art. 30(1)(f)"},
		{STR_INIT("iso27001:A.5.28"), "ISO/IEC 27001 A.5.28"},
		{STR_INIT("iso27001:cl-7.5.2"), "ISO/IEC 27001 clause 7.5.2"},
		{STR_INIT("iso27701-2025:A.1.4.8"),
		 "ISO/IEC 27701:2025 A.1.4.8"},
		{STR_INIT("iso27701-2019:A.7.2.8"),
		 "ISO/IEC 27701:2019 A.7.2.8"},
		{STR_INIT("nis2:art-21-2-b"), "NIS2 Art. 21(2)(b)"},
		{STR_INIT("dora:art-19-4"), "DORA Art. 19(4)"},
		{STR_INIT("bdsg:art-9a"), "BDSG Art. 9a"},
		{STR_INIT("acme-rules:R-7"), "ACME-RULES R-7"},
	};
	struct buf buf;
	(void)state;

	buf_init(&buf, 4096);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		buf_clear(&buf);

		citation_format(&buf, &(struct citation){.name = rows[i].name});

		buf_byte(&buf, '\0');
		assert_string_equal(buf.ptr, rows[i].words);
	}
	buf_done(&buf);
}

static void a_name_of_another_shape_stays_as_it_is(void **state)
{
	static const str names[] = {
		STR_INIT(""),	    STR_INIT("gdpr"), STR_INIT("gdpr:"),
		STR_INIT(":art-5"), STR_INIT("\xff"),
	};
	static const struct {
		str name;
		const char *words;
	} rows[] = {
		{STR_INIT("gdpr:art-"), "GDPR art-"},
		{STR_INIT("gdpr:art-x"), "GDPR art-x"},
		{STR_INIT("gdpr:art-5--2"), "GDPR art-5--2"},
		{STR_INIT("gdpr:art-5-"), "GDPR art-5-"},
		{STR_INIT("gdpr:art-5-abc"), "GDPR art-5-abc"},
		{STR_INIT("gdpr:cl-"), "GDPR cl-"},
		{STR_INIT("iso:A.1"), "ISO A.1"},
		{STR_INIT("iso27001-x:A.1"), "ISO27001-X A.1"},
		{STR_INIT("iso27001-:A.1"), "ISO27001- A.1"},
	};
	struct buf buf;
	(void)state;

	buf_init(&buf, 4096);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		buf_clear(&buf);
		citation_format(&buf, &(struct citation){.name = names[i]});
		assert_true(str_equal(buf_str(&buf), names[i]));
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		buf_clear(&buf);
		citation_format(&buf, &(struct citation){.name = rows[i].name});
		buf_byte(&buf, '\0');
		assert_string_equal(buf.ptr, rows[i].words);
	}
	buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_citation_reads_as_people_write_it),
		cmocka_unit_test(a_name_of_another_shape_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
