/* SPDX-License-Identifier: Apache-2.0 */
#include "match/checksum.h"

#include "base/instant.h"

enum { CHECK_MOST = 40 }; /* characters of the longest identifier, and more */

/* An identifier without what stands between its characters. */
struct bare {
	char at[CHECK_MOST];
	size_t count;
};

struct iban_length {
	char country[3];
	unsigned char length;
};

/* The IBAN registry of ISO 13616. */
static const struct iban_length iban_lengths[] = {
	{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20},
	{"BE", 16}, {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28},
	{"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
	{"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
	{"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
	{"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28},
	{"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30},
	{"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
	{"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22},
	{"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28},
	{"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29},
	{"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
	{"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27},
	{"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26},
	{"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static unsigned value_of(char c)
{
	return (unsigned)(c - '0');
}

/* Copies letters and digits and drops what is in `between`; false when there
 * is anything else, or too much. */
static bool strip(struct bare *bare, str text, const char *between)
{
	bare->count = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c != '\0' && strchr(between, c))
			continue;
		if ((!is_digit(c) && !is_upper(c)) || bare->count == CHECK_MOST)
			return false;
		bare->at[bare->count++] = c;
	}
	return true;
}

/* The same for digits only, of which there must be `count`. */
static bool strip_digits(struct bare *bare, str text, const char *between,
			 size_t count)
{
	if (!strip(bare, text, between) || bare->count != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_digit(bare->at[i]))
			return false;
	return true;
}

/* The number that `count` digits write. */
static unsigned number_at(const struct bare *bare, size_t from, size_t count)
{
	unsigned number = 0;

	for (size_t i = from; i < from + count; i++)
		number = number * 10 + value_of(bare->at[i]);
	return number;
}

/* The remainder of the number that the first `count` digits write. */
static unsigned remainder_of(const struct bare *bare, size_t count,
			     unsigned start, unsigned modulus)
{
	unsigned rest = start;

	for (size_t i = 0; i < count; i++)
		rest = (rest * 10 + value_of(bare->at[i])) % modulus;
	return rest;
}

/* The sum of digit times weight, one weight for each character of `weights`
 * ("1" to "9", and ":" for ten). */
static unsigned weigh(const struct bare *bare, const char *weights)
{
	unsigned sum = 0;

	for (size_t i = 0; weights[i]; i++)
		sum += value_of(bare->at[i]) * value_of(weights[i]);
	return sum;
}

static bool is_date(unsigned year, unsigned month, unsigned day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	       (int)day <= days_in_month(year, (int)month);
}

bool iban_valid(str text)
{
	struct bare bare;
	size_t length = 0;
	unsigned rest = 0;

	if (!strip(&bare, text, " ") || bare.count < 5)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(iban_lengths); i++)
		if (memcmp(bare.at, iban_lengths[i].country, 2) == 0)
			length = iban_lengths[i].length;
	if (bare.count != length || !is_digit(bare.at[2]) ||
	    !is_digit(bare.at[3]))
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = bare.at[(i + 4) % length];

		rest = is_digit(c) ? rest * 10 + value_of(c)
				   : rest * 100 + (unsigned)(c - 'A') + 10;
		rest %= 97;
	}
	return rest == 1 && number_at(&bare, 2, 2) >= 2 &&
	       number_at(&bare, 2, 2) <= 98;
}

static bool luhn(const char *at, size_t count)
{
	unsigned sum = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned value = value_of(at[count - 1 - i]);

		if (i % 2 == 1)
			value = value * 2 > 9 ? value * 2 - 9 : value * 2;
		sum += value;
	}
	return sum % 10 == 0;
}

bool luhn_valid(str text)
{
	struct bare bare;

	if (!strip(&bare, text, " -") || bare.count < 2)
		return false;
	for (size_t i = 0; i < bare.count; i++)
		if (!is_digit(bare.at[i]))
			return false;
	return luhn(bare.at, bare.count);
}

bool hetu_valid(str text)
{
	static const char letters[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
	struct bare bare;
	unsigned century;
	char sign;

	if (text.len != 11)
		return false;
	sign = text.ptr[6];
	if (sign == '+')
		century = 1800;
	else if (sign == '-' || (sign >= 'U' && sign <= 'Y'))
		century = 1900;
	else if (sign >= 'A' && sign <= 'F')
		century = 2000;
	else
		return false;
	if (!strip_digits(&bare, str_slice(text, 0, 6), "", 6) ||
	    !is_date(century + number_at(&bare, 4, 2), number_at(&bare, 2, 2),
		     number_at(&bare, 0, 2)))
		return false;
	for (size_t i = 7; i < 10; i++) {
		if (!is_digit(text.ptr[i]))
			return false;
		bare.at[bare.count++] = text.ptr[i];
	}
	return number_at(&bare, 6, 3) >= 2 && number_at(&bare, 6, 3) <= 899 &&
	       text.ptr[10] == letters[number_at(&bare, 0, 9) % 31];
}

/* Two digits of a year leave the century open; every fourth year may be a leap
 * year, as it is from 2000 to 2099. */
static bool se_valid(str text)
{
	struct bare bare;
	unsigned day;

	if (!strip_digits(&bare, text, "+-", 10) &&
	    !strip_digits(&bare, text, "+-", 12))
		return false;
	day = number_at(&bare, bare.count - 6, 2);
	if (day > 60)
		day -= 60;
	return is_date(bare.count == 12 ? number_at(&bare, 0, 4)
					: 2000 + number_at(&bare, 0, 2),
		       number_at(&bare, bare.count - 8, 2), day) &&
	       luhn(bare.at + bare.count - 10, 10);
}

static bool baltic_check(const struct bare *bare)
{
	unsigned check = weigh(bare, "1234567891") % 11;

	if (check == 10)
		check = weigh(bare, "3456789123") % 11 % 10;
	return check == value_of(bare->at[10]);
}

static bool ee_valid(str text)
{
	struct bare bare;
	unsigned first;

	if (!strip_digits(&bare, text, "", 11))
		return false;
	first = value_of(bare.at[0]);
	return first >= 1 && first <= 8 &&
	       is_date(1800 + (first - 1) / 2 * 100 + number_at(&bare, 1, 2),
		       number_at(&bare, 3, 2), number_at(&bare, 5, 2)) &&
	       baltic_check(&bare);
}

/* As in Estonia; a 9 in front says that the rest is no date. */
static bool lt_valid(str text)
{
	struct bare bare;

	if (!strip_digits(&bare, text, "", 11))
		return false;
	return bare.at[0] == '9' ? baltic_check(&bare) : ee_valid(text);
}

/* The seventh digit and the year give the century. */
static bool dk_valid(str text)
{
	struct bare bare;
	unsigned year, seventh;

	if (!strip_digits(&bare, text, "-", 10))
		return false;
	year = number_at(&bare, 4, 2);
	seventh = value_of(bare.at[6]);
	if (seventh <= 3)
		year += 1900;
	else if (seventh == 4 || seventh == 9)
		year += year <= 36 ? 2000 : 1900;
	else
		year += year <= 57 ? 2000 : 1800;
	return is_date(year, number_at(&bare, 2, 2), number_at(&bare, 0, 2));
}

/* A D number adds 40 to the day, an H number 40 to the month. */
static bool no_valid(str text)
{
	struct bare bare;
	unsigned day, month, first, second;

	if (!strip_digits(&bare, text, " ", 11))
		return false;
	day = number_at(&bare, 0, 2);
	month = number_at(&bare, 2, 2);
	first = (11 - weigh(&bare, "376189452") % 11) % 11;
	second = (11 - weigh(&bare, "5432765432") % 11) % 11;
	return is_date(2000 + number_at(&bare, 4, 2),
		       month > 40 ? month - 40 : month,
		       day > 40 ? day - 40 : day) &&
	       first == value_of(bare.at[9]) && second == value_of(bare.at[10]);
}

static bool nl_valid(str text)
{
	struct bare bare;

	return strip_digits(&bare, text, "", 9) && number_at(&bare, 0, 9) > 0 &&
	       weigh(&bare, "98765432") % 11 == value_of(bare.at[8]) % 11;
}

static bool be_valid(str text)
{
	struct bare bare;
	unsigned check;

	if (!strip_digits(&bare, text, ".-", 11))
		return false;
	check = number_at(&bare, 9, 2);
	return check == 97 - remainder_of(&bare, 9, 0, 97) ||
	       check == 97 - remainder_of(&bare, 9, 2, 97);
}

/* Of the first ten digits one stands two or three times, but not three times
 * in a row, and no other twice. */
static bool de_repeats(const struct bare *bare)
{
	unsigned counts[10] = {0};
	unsigned repeated = 0;

	for (size_t i = 0; i < 10; i++) {
		counts[value_of(bare->at[i])]++;
		if (i >= 2 && bare->at[i] == bare->at[i - 1] &&
		    bare->at[i] == bare->at[i - 2])
			return false;
	}
	for (size_t i = 0; i < 10; i++) {
		if (counts[i] > 3)
			return false;
		repeated += counts[i] > 1;
	}
	return repeated == 1;
}

/* ISO 7064, MOD 11,10. */
static bool de_valid(str text)
{
	struct bare bare;
	unsigned product = 10;

	if (!strip_digits(&bare, text, "", 11) || bare.at[0] == '0' ||
	    !de_repeats(&bare))
		return false;
	for (size_t i = 0; i < 10; i++) {
		unsigned sum = (value_of(bare.at[i]) + product) % 10;

		product = (sum == 0 ? 10 : sum) * 2 % 11;
	}
	return (11 - product) % 10 == value_of(bare.at[10]);
}

/* Corsica's 2A and 2B count as 19 and 18 in the check. */
static bool fr_valid(str text)
{
	struct bare bare;

	if (!strip(&bare, text, "") || bare.count != 15)
		return false;
	if (bare.at[5] == '2' && (bare.at[6] == 'A' || bare.at[6] == 'B')) {
		bare.at[5] = '1';
		bare.at[6] = bare.at[6] == 'A' ? '9' : '8';
	}
	for (size_t i = 0; i < 15; i++)
		if (!is_digit(bare.at[i]))
			return false;
	return (bare.at[0] == '1' || bare.at[0] == '2') &&
	       number_at(&bare, 13, 2) == 97 - remainder_of(&bare, 13, 0, 97);
}

static bool es_valid(str text)
{
	static const char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
	struct bare bare;

	if (!strip(&bare, text, "") || bare.count != 9)
		return false;
	if (bare.at[0] >= 'X' && bare.at[0] <= 'Z')
		bare.at[0] = (char)('0' + (bare.at[0] - 'X'));
	for (size_t i = 0; i < 8; i++)
		if (!is_digit(bare.at[i]))
			return false;
	return bare.at[8] == letters[number_at(&bare, 0, 8) % 23];
}

/* A letter in the place of a digit tells people of one code apart. */
static bool it_shape(const struct bare *bare)
{
	static const char shape[] = "AAAAAA00M00A000A";

	for (size_t i = 0; i < 16; i++) {
		char c = bare->at[i];
		bool good = shape[i] == 'A' ? is_upper(c)
			    : shape[i] == 'M'
				    ? strchr("ABCDEHLMPRST", c) != NULL
				    : is_digit(c) || strchr("LMNPQRSTUV", c);

		if (!good)
			return false;
	}
	return true;
}

static bool it_valid(str text)
{
	/* What A to Z, and 0 to 9 as A to J, count in odd places. */
	static const unsigned char odd[] = {
		1,  0,	5, 7, 9, 13, 15, 17, 19, 21, 2,	 4,  18,
		20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
	};
	struct bare bare;
	unsigned sum = 0;

	if (!strip(&bare, text, "") || bare.count != 16 || !it_shape(&bare))
		return false;
	for (size_t i = 0; i < 15; i++) {
		char c = bare.at[i];
		unsigned value =
			is_digit(c) ? value_of(c) : (unsigned)(c - 'A');

		sum += i % 2 == 0 ? odd[value] : value;
	}
	return bare.at[15] == (char)('A' + sum % 26);
}

/* The month carries the century: 80 for 1800, 20 for 2000, and so on. */
static bool pl_valid(str text)
{
	struct bare bare;
	unsigned month, century;

	if (!strip_digits(&bare, text, "", 11))
		return false;
	month = number_at(&bare, 2, 2);
	century = month > 80 ? 1800 : 1900 + month / 20 * 100;
	return is_date(century + number_at(&bare, 0, 2), month % 20,
		       number_at(&bare, 4, 2)) &&
	       (10 - weigh(&bare, "1379137913") % 10) % 10 ==
		       value_of(bare.at[10]);
}

static bool gb_valid(str text)
{
	struct bare bare;

	return strip_digits(&bare, text, " ", 10) &&
	       (11 - weigh(&bare, ":98765432") % 11) % 11 ==
		       value_of(bare.at[9]);
}

struct id_check {
	const char *row;
	bool (*valid)(str text);
};

static const struct id_check id_checks[] = {
	{"fi-hetu", hetu_valid},    {"se-personnummer", se_valid},
	{"ee-isikukood", ee_valid}, {"lt-asmens-kodas", lt_valid},
	{"dk-cpr", dk_valid},	    {"no-fodselsnummer", no_valid},
	{"nl-bsn", nl_valid},	    {"be-nn", be_valid},
	{"de-steuer-id", de_valid}, {"fr-nir", fr_valid},
	{"es-dni-nie", es_valid},   {"it-codice-fiscale", it_valid},
	{"pl-pesel", pl_valid},	    {"gb-nhs", gb_valid},
};

enum id_result id_valid(str row, str text)
{
	for (size_t i = 0; i < ARRAY_SIZE(id_checks); i++)
		if (str_is(row, id_checks[i].row))
			return id_checks[i].valid(text) ? ID_VALID : ID_INVALID;
	return ID_UNKNOWN;
}

str digits(struct arena *arena, str text)
{
	char *to = arena_raw(arena, text.len, 1);
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		if (is_digit(text.ptr[i]))
			to[count++] = text.ptr[i];
	return str_make(to, count);
}
