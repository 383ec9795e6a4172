/* SPDX-License-Identifier: Apache-2.0 */
#include "base/period_words.h"

#include "base/buf.h"

enum { LONGEST = 64 /* bytes of a text that is looked at */ };

/* From the longest to the shortest. A bare m has two meanings. */
static const struct unit {
	char letter;
	bool time;
	const char *words[8];
} units[] = {
	{'Y', false, {"y", "yr", "yrs", "year", "years"}},
	{'M', false, {"mo", "mos", "mon", "month", "months"}},
	{'W', false, {"w", "wk", "wks", "week", "weeks"}},
	{'D', false, {"d", "day", "days"}},
	{'H', true, {"h", "hr", "hrs", "hour", "hours"}},
	{'M', true, {"min", "mins", "minute", "minutes"}},
	{'S', true, {"s", "sec", "secs", "second", "seconds"}},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static str take_while(str *rest, bool (*test)(char))
{
	size_t len = 0;
	str taken;

	while (len < rest->len && test(rest->ptr[len]))
		len++;
	taken = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	return taken;
}

/* The unit a word names, ARRAY_SIZE(units) for none. */
static size_t unit_of(str word)
{
	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		for (size_t k = 0; k < ARRAY_SIZE(units[i].words); k++) {
			const char *name = units[i].words[k];

			if (name && str_equal_nocase(word, str_of(name)))
				return i;
		}
	}
	return ARRAY_SIZE(units);
}

/* Drops what may stand between two parts: blanks, a comma, "and". */
static str skip_between(str rest)
{
	rest = str_trim(rest);
	if (str_starts(rest, STR(",")))
		rest = str_trim(str_slice(rest, 1, rest.len));
	if (str_starts(rest, STR("and ")))
		rest = str_trim(str_slice(rest, 4, rest.len));
	return rest;
}

/* "1 year and 6 months" */
static bool read_words(struct buf *out, str s)
{
	size_t least = 0;
	bool time = false;

	buf_byte(out, 'P');
	for (str rest = str_trim(s); rest.len; rest = skip_between(rest)) {
		str number = take_while(&rest, is_digit);
		size_t unit;

		rest = str_trim(rest);
		unit = unit_of(take_while(&rest, is_letter));
		if (number.len == 0 || unit < least ||
		    unit == ARRAY_SIZE(units))
			return false;
		least = unit + 1;
		if (units[unit].time && !time)
			buf_byte(out, 'T');
		time = units[unit].time;
		buf_add(out, number);
		buf_byte(out, units[unit].letter);
	}
	return true;
}

/* "p24m", " P2Y ": the letters are there. */
static void read_letters(struct buf *out, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c != ' ' && c != '\t')
			buf_byte(out, c >= 'a' && c <= 'z'
					      ? (char)(c - 'a' + 'A')
					      : c);
	}
}

/* Is it a duration, and another text than before? */
static bool is_new(str made, str s)
{
	struct period period;
	struct error err;

	return made.len && !str_equal(made, s) &&
	       period_parse(&period, made, &err);
}

size_t period_of_words(char to[PERIOD_TEXT], str s)
{
	struct buf made;
	size_t len = 0;

	if (s.len > LONGEST)
		return 0;
	buf_init(&made, PERIOD_TEXT);
	if (str_trim(s).len && (str_trim(s).ptr[0] | 0x20) == 'p')
		read_letters(&made, s);
	else if (!read_words(&made, s))
		made.len = 0;
	if (!made.full && is_new(buf_str(&made), s)) {
		len = made.len;
		memcpy(to, made.ptr, len);
	}
	buf_done(&made);
	return len;
}
