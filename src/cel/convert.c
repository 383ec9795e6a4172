/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/convert.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The digits of "d.ddde+xx" and its exponent, without trailing zeros. */
static size_t shortest(char digits[24], int *exponent, double number)
{
	char text[40];
	size_t count = 0;

	for (int precision = 0; precision <= 17; precision++) {
		(void)snprintf(text, sizeof(text), "%.*e", precision, number);
		if (strtod(text, NULL) == number)
			break;
	}
	for (const char *c = text; *c != 'e'; c++)
		if (*c != '.')
			digits[count++] = *c;
	*exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
	while (count > 1 && digits[count - 1] == '0')
		count--;
	return count;
}

static size_t put(char *to, size_t at, char c, int count)
{
	for (int i = 0; i < count; i++)
		to[at++] = c;
	return at;
}

/* Digits with a point after the first `before`, which may be none or past
 * them all. */
static size_t format_plain(char *to, size_t at, const char *digits,
			   size_t count, int before)
{
	if (before <= 0) {
		at = put(to, at, '0', 1);
		at = put(to, at, '.', 1);
		at = put(to, at, '0', -before);
	}
	for (size_t i = 0; i < count; i++) {
		if (before > 0 && i == (size_t)before)
			at = put(to, at, '.', 1);
		to[at++] = digits[i];
	}
	if (before > (int)count)
		at = put(to, at, '0', before - (int)count);
	return at;
}

size_t cel_double_format(char to[CEL_DOUBLE_TEXT], double number)
{
	char digits[24];
	size_t count;
	size_t at = 0;
	int exponent;

	if (isnan(number))
		return (size_t)snprintf(to, CEL_DOUBLE_TEXT, "NaN");
	if (isinf(number))
		return (size_t)snprintf(to, CEL_DOUBLE_TEXT, "%sInfinity",
					number < 0 ? "-" : "");
	if (signbit(number))
		at = put(to, at, '-', 1);
	count = shortest(digits, &exponent, fabs(number));
	if (exponent >= -7 && exponent < 21) {
		at = format_plain(to, at, digits, count, exponent + 1);
		to[at] = '\0';
		return at;
	}
	to[at++] = digits[0];
	if (count > 1)
		at = put(to, at, '.', 1);
	for (size_t i = 1; i < count; i++)
		to[at++] = digits[i];
	return at + (size_t)snprintf(to + at, CEL_DOUBLE_TEXT - at, "e%+03d",
				     exponent);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t skip_digits(str s, size_t i)
{
	while (i < s.len && is_digit(s.ptr[i]))
		i++;
	return i;
}

/* [digits][.digits][e[sign]digits] from i to the end? */
static bool is_decimal(str s, size_t i)
{
	size_t whole = skip_digits(s, i);
	size_t end = whole;
	bool any = whole > i;

	if (end < s.len && s.ptr[end] == '.') {
		end = skip_digits(s, end + 1);
		any |= end > whole + 1;
	}
	if (!any)
		return false;
	if (end < s.len && (s.ptr[end] == 'e' || s.ptr[end] == 'E')) {
		size_t from = end + 1;

		if (from < s.len && (s.ptr[from] == '+' || s.ptr[from] == '-'))
			from++;
		end = skip_digits(s, from);
		if (end == from)
			return false;
	}
	return end == s.len;
}

bool cel_double_parse(double *out, str s)
{
	char text[1100];
	bool negative = s.len && s.ptr[0] == '-';
	size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
	str rest = str_slice(s, i, s.len);

	if (str_equal_nocase(rest, STR("inf")) ||
	    str_equal_nocase(rest, STR("infinity"))) {
		*out = negative ? -INFINITY : INFINITY;
		return true;
	}
	if (str_equal_nocase(s, STR("nan"))) {
		*out = NAN;
		return true;
	}
	if (s.len >= sizeof(text) || !is_decimal(s, i))
		return false;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	*out = strtod(text, NULL);
	/* What is too large is not a number that can be held. */
	return !isinf(*out);
}

/* ---- durations */

#define DURATION_MOST INT64_C(315576000000)
#define NANOS INT64_C(1000000000)

static bool unit_of(int64_t *nanos, str s, size_t *i)
{
	static const struct {
		const char *name;
		int64_t nanos;
	} units[] = {
		/* Two spellings of micro: U+00B5 and U+03BC. */
		{"ns", 1},	     {"us", 1000},	  {"\xc2\xb5s", 1000},
		{"\xce\xbcs", 1000}, {"ms", 1000000},	  {"s", NANOS},
		{"m", 60 * NANOS},   {"h", 3600 * NANOS},
	};

	for (size_t k = 0; k < ARRAY_SIZE(units); k++) {
		str name = str_of(units[k].name);

		if (str_starts(str_slice(s, *i, s.len), name)) {
			*nanos = units[k].nanos;
			*i += name.len;
			return true;
		}
	}
	return false;
}

/* One "12.5h": adds it to a sum of nanoseconds. */
static bool read_part(__int128 *sum, str s, size_t *i)
{
	size_t start = *i;
	size_t point = skip_digits(s, start);
	size_t end = point;
	__int128 value = 0;
	int64_t scale = 1;
	int64_t unit;

	if (end < s.len && s.ptr[end] == '.')
		end = skip_digits(s, end + 1);
	if (end - start == (end > point ? 1 : 0) || end - start > 30)
		return false;
	for (size_t k = start; k < end; k++) {
		if (k == point)
			continue;
		/* 18 digits of a fraction are more than nanoseconds need. */
		if (k > point && scale >= NANOS * NANOS)
			continue;
		value = value * 10 + (s.ptr[k] - '0');
		if (k > point)
			scale *= 10;
		if (value > (__int128)DURATION_MOST * NANOS * NANOS)
			return false;
	}
	*i = end;
	if (!unit_of(&unit, s, i))
		return false;
	*sum += value / scale * unit + value % scale * unit / scale;
	return *sum <= (__int128)DURATION_MOST * NANOS;
}

bool cel_duration_parse(struct cel_value *out, str s)
{
	bool negative = s.len && s.ptr[0] == '-';
	size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
	__int128 sum = 0;

	if (str_equal(str_slice(s, i, s.len), STR("0"))) {
		*out = cel_duration(0, 0);
		return true;
	}
	if (i == s.len)
		return false;
	while (i < s.len)
		if (!read_part(&sum, s, &i))
			return false;
	if (negative)
		sum = -sum;
	*out = cel_duration((int64_t)(sum / NANOS), (int32_t)(sum % NANOS));
	return true;
}

size_t cel_duration_format(char to[CEL_DURATION_TEXT], struct cel_value v)
{
	int64_t nanos = (int32_t)v.aux;
	bool minus = v.as.integer < 0 || nanos < 0;
	size_t at = (size_t)snprintf(
		to, CEL_DURATION_TEXT, "%s%llu", minus ? "-" : "",
		(unsigned long long)(v.as.integer < 0
					     ? 0 - (uint64_t)v.as.integer
					     : (uint64_t)v.as.integer));

	if (nanos) {
		at += (size_t)snprintf(to + at, CEL_DURATION_TEXT - at,
				       ".%09lld",
				       (long long)(nanos < 0 ? -nanos : nanos));
		while (to[at - 1] == '0')
			at--;
	}
	to[at++] = 's';
	to[at] = '\0';
	return at;
}
