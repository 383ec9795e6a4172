/* SPDX-License-Identifier: Apache-2.0 */
#include "data/scan.h"

#include "base/utf8.h"

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x7F7F7F7F7F7F7F7F)

enum { CHAR_NEL = 0x85, CHAR_LS = 0x2028, CHAR_PS = 0x2029, CHAR_BOM = 0xFEFF };

static struct span span_of(size_t start, size_t end)
{
	return (struct span){(uint32_t)start, (uint32_t)end};
}

static const struct {
	str bytes;
	const char *name;
} foreign_marks[] = {
	{STR_INIT("\xFF\xFE\0\0"), "UTF-32"},
	{STR_INIT("\0\0\xFE\xFF"), "UTF-32"},
	{STR_INIT("\xFF\xFE"), "UTF-16"},
	{STR_INIT("\xFE\xFF"), "UTF-16"},
};

bool scan_text(size_t *start, str text, const struct limits *limits,
	       struct error *err)
{
	size_t bad;

	if (text.len > limits->yaml_size || text.len >= UINT32_MAX)
		return error_set(err, ERROR_LIMIT,
				 "%zu bytes, at most %zu are read (limit "
				 "yaml_size)",
				 text.len, limits->yaml_size);
	for (size_t i = 0; i < ARRAY_SIZE(foreign_marks); i++) {
		if (str_starts(text, foreign_marks[i].bytes))
			return error_set_at(
				err, ERROR_SYNTAX,
				span_of(0, foreign_marks[i].bytes.len),
				"the file is %s; only UTF-8 is read",
				foreign_marks[i].name);
	}
	bad = utf8_check(text);
	if (bad != SIZE_MAX)
		return error_set_at(err, ERROR_SYNTAX, span_of(bad, bad + 1),
				    "not UTF-8: byte 0x%02X does not belong "
				    "here",
				    (unsigned char)text.ptr[bad]);
	*start = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	return true;
}

/* The first byte from `i` on that needs a look: not printable ASCII, a tab or
 * a line feed. Eight at a time; see "Bit Twiddling Hacks" for the sums. */
static size_t skip_plain(str text, size_t i, size_t end)
{
	while (end - i >= 8) {
		uint64_t eight;
		uint64_t low;
		uint64_t feeds;
		uint64_t odd;

		memcpy(&eight, text.ptr + i, sizeof(eight));
		low = eight & LOW_BITS;
		feeds = ~(((low ^ EACH_BYTE * '\n') + LOW_BITS) | LOW_BITS);
		odd = (~(low + EACH_BYTE * 0x60) & ~feeds) | (low + EACH_BYTE) |
		      eight;
		if (odd & HIGH_BITS)
			break;
		i += 8;
	}
	while (i < end) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\t'))
			break;
		i++;
	}
	return i;
}

static bool is_odd_break(str text, size_t at, uint32_t c)
{
	return c == CHAR_NEL || c == CHAR_LS || c == CHAR_PS ||
	       (c == '\r' && (at + 1 >= text.len || text.ptr[at + 1] != '\n'));
}

size_t scan_odd_break(size_t *size, str text, size_t from)
{
	size_t i = from;

	while ((i = skip_plain(text, i, text.len)) < text.len) {
		size_t at = i;
		uint32_t c = utf8_next(text, &i);

		if (is_odd_break(text, at, c)) {
			*size = i - at;
			return at;
		}
	}
	*size = 0;
	return SIZE_MAX;
}

bool scan_refuse_break(struct error *err, str text, size_t at)
{
	size_t end = at;
	uint32_t c = utf8_next(text, &end);

	if (c == '\r')
		return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
				    "a carriage return (U+000D) without a line "
				    "feed: it starts a new line that a diff "
				    "does not show");
	return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
			    "the line separator U+%04X: some readers start a "
			    "new line here, others do not; write \\%c in "
			    "double quotes",
			    (unsigned)c,
			    c == CHAR_NEL  ? 'N'
			    : c == CHAR_LS ? 'L'
					   : 'P');
}

bool scan_break_is_kept(str text, size_t at)
{
	static const char folded[] = " \t\r\n\\";
	size_t end = at;
	uint32_t c = utf8_next(text, &end);

	if (c == '\r')
		return true; /* a break in YAML 1.2 as well */
	if (c == CHAR_NEL)
		return false;
	return at > 0 && end < text.len && !strchr(folded, text.ptr[at - 1]) &&
	       !memchr(folded, text.ptr[end], sizeof(folded) - 2);
}

static bool check_character(struct scan *out, str text, size_t at, size_t end,
			    uint32_t c, struct error *err)
{
	if (is_odd_break(text, at, c)) {
		if (out->odd_break == SIZE_MAX)
			out->odd_break = at;
		return true;
	}
	if (c == CHAR_BOM)
		return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
				    "a byte order mark (U+FEFF) that is not "
				    "at the start of the file");
	if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
	    (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF)
		return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
				    "the control character U+%04X may not "
				    "stand in YAML",
				    (unsigned)c);
	return true;
}

/* Does a line that begins at `at` hold this word, then a blank or its end? */
static bool line_is(str text, size_t at, str word)
{
	str rest = str_slice(text, at, text.len);

	return str_starts(rest, word) &&
	       (rest.len == word.len ||
		memchr(" \t\r\n", rest.ptr[word.len], 4));
}

/* libyaml looks at all %TAG lines again for each of them, within one call. */
static bool check_directives(str text, size_t start, struct error *err)
{
	size_t last = SIZE_MAX;
	size_t i = start;

	for (;;) {
		size_t found = str_find_byte(str_slice(text, i, text.len), '%');
		size_t at;

		if (found == SIZE_MAX)
			return true;
		at = i + found;
		i = at + 1;
		if (at != start && text.ptr[at - 1] != '\n')
			continue;
		if (line_is(text, at, STR("%TAG")))
			return error_set_at(err, ERROR_SYNTAX,
					    span_of(at, at + 4),
					    "%%TAG is not read: only the core "
					    "tags (!!str, !!int, ...) are");
		if (!line_is(text, at, STR("%YAML")))
			continue;
		if (last != SIZE_MAX && str_find(str_slice(text, last, at),
						 STR("\n---")) == SIZE_MAX) {
			error_set_at(err, ERROR_SYNTAX, span_of(at, at + 5),
				     "a second %%YAML line for one document");
			err->other = span_of(last, last + 5);
			return false;
		}
		last = at;
	}
}

bool scan_yaml(struct scan *out, str text, const struct limits *limits,
	       struct error *err)
{
	struct scan scan = {.odd_break = SIZE_MAX, .ascii = true};
	size_t i;

	if (!scan_text(&scan.start, text, limits, err))
		return false;
	i = scan.start;
	while ((i = skip_plain(text, i, text.len)) < text.len) {
		size_t at = i;
		uint32_t c = utf8_next(text, &i);

		if (c >= 0x80)
			scan.ascii = false;
		if (!check_character(&scan, text, at, i, c, err))
			return false;
	}
	if (!check_directives(text, scan.start, err))
		return false;
	*out = scan;
	return true;
}
