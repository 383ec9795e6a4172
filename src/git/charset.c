/* SPDX-License-Identifier: Apache-2.0 */
#include "git/charset.h"

#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd };

static const struct {
	const char *name;
	enum charset charset;
} names[] = {
	{"utf-8", CHARSET_UTF_8},
	{"utf8", CHARSET_UTF_8},
	{"us-ascii", CHARSET_UTF_8},
	{"ascii", CHARSET_UTF_8},
	{"iso-8859-1", CHARSET_LATIN_1},
	{"iso8859-1", CHARSET_LATIN_1},
	{"iso_8859-1", CHARSET_LATIN_1},
	{"latin1", CHARSET_LATIN_1},
	{"latin-1", CHARSET_LATIN_1},
	{"iso-8859-15", CHARSET_LATIN_9},
	{"iso8859-15", CHARSET_LATIN_9},
	{"latin9", CHARSET_LATIN_9},
	{"latin-9", CHARSET_LATIN_9},
	{"windows-1252", CHARSET_WINDOWS_1252},
	{"cp1252", CHARSET_WINDOWS_1252},
};

/* Windows 1252 from 0x80 to 0x9f; 0: no character. */
static const uint16_t windows[32] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017d, 0,
	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
};

enum charset charset_find(str name)
{
	if (!name.ptr)
		return CHARSET_UTF_8;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (str_equal_nocase(name, str_of(names[i].name)))
			return names[i].charset;
	}
	return CHARSET_UNKNOWN;
}

/* Where ISO 8859-15 differs from ISO 8859-1. */
static uint32_t latin_9(unsigned char byte)
{
	switch (byte) {
	case 0xa4:
		return 0x20ac;
	case 0xa6:
		return 0x160;
	case 0xa8:
		return 0x161;
	case 0xb4:
		return 0x17d;
	case 0xb8:
		return 0x17e;
	case 0xbc:
		return 0x152;
	case 0xbd:
		return 0x153;
	case 0xbe:
		return 0x178;
	default:
		return byte;
	}
}

static uint32_t of_byte(enum charset charset, unsigned char byte)
{
	uint32_t found = byte;

	if (byte < 0x80)
		return byte;
	if (charset == CHARSET_UNKNOWN)
		return UTF8_BAD;
	if (charset == CHARSET_LATIN_9)
		return latin_9(byte);
	if (charset == CHARSET_WINDOWS_1252 && byte < 0xa0)
		found = windows[byte - 0x80];
	return found ? found : UTF8_BAD;
}

static uint32_t next(enum charset charset, str text, size_t *i)
{
	if (charset == CHARSET_UTF_8)
		return utf8_next(text, i);
	return of_byte(charset, (unsigned char)text.ptr[(*i)++]);
}

static bool is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] & 0x80)
			return false;
	}
	return true;
}

str charset_decode(enum charset charset, str text, bool *lossy,
		   struct arena *arena)
{
	struct buf out;
	str kept;

	if (is_ascii(text) ||
	    (charset == CHARSET_UTF_8 && utf8_check(text) == SIZE_MAX))
		return text;
	buf_init(&out, SIZE_MAX / 4);
	for (size_t i = 0; i < text.len;) {
		uint32_t c = next(charset, text, &i);

		if (c == UTF8_BAD)
			*lossy = true;
		buf_code_point(&out, c == UTF8_BAD ? REPLACEMENT : c);
	}
	kept = str_keep(arena, buf_str(&out));
	buf_done(&out);
	return kept;
}
