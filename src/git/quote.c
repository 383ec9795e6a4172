/* SPDX-License-Identifier: Apache-2.0 */
#include "git/quote.h"

static const char letters[] = "abtnvfr\"\\";
static const char meanings[] = "\a\b\t\n\v\f\r\"\\";

/* Reads what follows a backslash at s[*i]. */
static bool unescape(char *out, str s, size_t *i)
{
	const char *letter;
	unsigned value = 0;
	size_t digits = 0;

	if (*i >= s.len)
		return false;
	letter = s.ptr[*i] ? strchr(letters, s.ptr[*i]) : NULL;
	if (letter) {
		*out = meanings[letter - letters];
		(*i)++;
		return true;
	}
	for (; digits < 3 && *i < s.len; digits++, (*i)++) {
		unsigned digit = (unsigned char)s.ptr[*i] - (unsigned)'0';

		if (digit > 7)
			break;
		value = value * 8 + digit;
	}
	*out = (char)(unsigned char)value;
	return digits == 3 && value <= 255;
}

bool unquote(str *out, str *rest, struct arena *arena)
{
	char *to = arena_raw(arena, rest->len + 1, 1);
	size_t len = 0;
	size_t i = 1;

	if (rest->len < 2 || rest->ptr[0] != '"')
		return false;
	while (i < rest->len && rest->ptr[i] != '"') {
		char byte = rest->ptr[i++];

		if (byte == '\\' && !unescape(&byte, *rest, &i))
			return false;
		to[len++] = byte;
	}
	if (i >= rest->len)
		return false;
	to[len] = '\0';
	*out = str_make(to, len);
	*rest = str_slice(*rest, i + 1, rest->len);
	return true;
}
