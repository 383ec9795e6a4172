/* SPDX-License-Identifier: Apache-2.0 */
#include "git/parse.h"

/* The last moment of the year 9999; what is later is shown as written. */
static bool dated(struct instant *out, str digits)
{
	int64_t seconds;

	if (!str_to_int64(&seconds, digits) || seconds < 0 ||
	    seconds > INSTANT_MOST)
		return false;
	*out = (struct instant){.seconds = seconds};
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads "+hhmm"; false: it is not a zone of this world. */
static bool zone_parse(int32_t *out, str zone)
{
	int32_t hours, minutes;

	if (zone.len != 5 || (zone.ptr[0] != '+' && zone.ptr[0] != '-'))
		return false;
	for (size_t i = 1; i < 5; i++) {
		if (!is_digit(zone.ptr[i]))
			return false;
	}
	hours = (zone.ptr[1] - '0') * 10 + zone.ptr[2] - '0';
	minutes = (zone.ptr[3] - '0') * 10 + zone.ptr[4] - '0';
	if (hours > 14 || minutes > 59)
		return false;
	*out = (hours * 60 + minutes) * 60;
	if (zone.ptr[0] == '-')
		*out = -*out;
	return true;
}

/* git looks for the date behind the last `>` of the line. */
static void date_of(struct ident *ident, str raw)
{
	size_t last = raw.len;
	str rest;

	while (last > 0 && raw.ptr[last - 1] != '>')
		last--;
	rest = str_trim(str_slice(raw, last, raw.len));
	ident->date = str_cut(&rest, ' ');
	if (ident->date.len == 0) {
		ident->date = str_make(NULL, 0);
		ident->malformed = "it has no date";
		return;
	}
	ident->dated = dated(&ident->when, ident->date);
	if (!ident->dated)
		ident->malformed = "its date is not a time of 1970 to 9999";
	else if (!zone_parse(&ident->offset, rest))
		ident->malformed = "its time zone is not one";
}

struct ident ident_parse(str raw)
{
	struct ident ident = {.raw = raw};
	size_t open = str_find_byte(raw, '<');
	size_t close;
	str rest;

	if (open == SIZE_MAX) {
		ident.malformed = "it has no address in < >";
		return ident;
	}
	ident.name = str_trim(str_slice(raw, 0, open));
	rest = str_slice(raw, open + 1, raw.len);
	close = str_find_byte(rest, '>');
	if (close == SIZE_MAX) {
		ident.malformed = "its address does not end with >";
		return ident;
	}
	ident.email = str_slice(rest, 0, close);
	date_of(&ident, raw);
	if (ident.malformed)
		return ident;
	rest = str_slice(rest, close + 1, rest.len);
	if (str_find_byte(rest, '>') != SIZE_MAX ||
	    str_find_byte(rest, '<') != SIZE_MAX ||
	    str_find_byte(ident.email, '<') != SIZE_MAX)
		ident.malformed = "it has more than one address";
	else if (str_find_byte(raw, '\0') != SIZE_MAX)
		ident.malformed = "it holds a NUL";
	else if (open == 0 || raw.ptr[open - 1] != ' ')
		ident.malformed = "no space stands before its address";
	return ident;
}
