/* SPDX-License-Identifier: Apache-2.0 */
#include "base/encode.h"

#include <stdio.h>

#include "base/utf8.h"

/* One bit for each ASCII byte that needs a look, in two words. */
#define LOW(c) (UINT64_C(1) << (c))
#define HIGH(c) (UINT64_C(1) << ((c)&63))
#define CONTROLS UINT64_C(0xFFFFFFFF)
#define DEL HIGH(0x7F)

/* Everything of 0x20 to 0x3F, and of 0x40 to 0x7F, that is no letter, digit,
 * space or one of the unreserved - . _ ~ of RFC 3986. */
#define PUNCTUATION_LOW UINT64_C(0xFC001FFE00000000)
#define PUNCTUATION_HIGH UINT64_C(0x3800000178000001)

struct stops {
	uint64_t word[2];
};

static const struct stops stops[] = {
	[ENCODE_TERMINAL] = {{CONTROLS, DEL}},
	[ENCODE_JSON] = {{CONTROLS | LOW('"'), DEL | HIGH('\\')}},
	[ENCODE_XML] = {{CONTROLS | LOW('&') | LOW('<') | LOW('>') | LOW('"') |
				 LOW('\''),
			 DEL}},
	[ENCODE_HTML] = {{CONTROLS | LOW('&') | LOW('<') | LOW('>') | LOW('"') |
				  LOW('\''),
			  DEL | HIGH('`')}},
	[ENCODE_CODE] = {{CONTROLS, DEL}},
	[ENCODE_CODE_CELL] = {{CONTROLS, DEL | HIGH('|')}},
	[ENCODE_MARKDOWN] = {{CONTROLS | PUNCTUATION_LOW | LOW('-') | LOW('.') |
				      LOW(' '),
			      PUNCTUATION_HIGH | HIGH('_') | HIGH('~') | DEL}},
	[ENCODE_CSV] = {{CONTROLS | LOW('"'), DEL}},
	[ENCODE_COMMAND] = {{CONTROLS | LOW('%'), DEL}},
	[ENCODE_PROPERTY] = {{CONTROLS | LOW('%') | LOW(':') | LOW(','), DEL}},
	[ENCODE_URI] = {{CONTROLS | PUNCTUATION_LOW | LOW(' '),
			 PUNCTUATION_HIGH | DEL}},
	[ENCODE_CALENDAR] = {{CONTROLS | LOW(';') | LOW(','),
			      DEL | HIGH('\\')}},
};

struct range {
	uint32_t first;
	uint32_t last;
};

/* Sorted. Beyond Unicode's bidi controls and separators: what shows nothing
 * and can carry a message unseen. U+FE0E and U+FE0F stay, emoji need them. */
static const struct range hidden[] = {
	{0x00, 0x1F},		/* C0 */
	{0x7F, 0x9F},		/* DEL, C1 */
	{0xAD, 0xAD},		/* soft hyphen */
	{0x34F, 0x34F},		/* combining grapheme joiner */
	{0x61C, 0x61C},		/* Arabic letter mark */
	{0x115F, 0x1160},	/* Hangul fillers */
	{0x17B4, 0x17B5},	/* Khmer inherent vowels */
	{0x180B, 0x180F},	/* Mongolian selectors, vowel separator */
	{0x200B, 0x200F},	/* zero width, LRM, RLM */
	{0x2028, 0x202E},	/* line and paragraph separator, bidi */
	{0x2060, 0x206F},	/* word joiner, isolates, deprecated */
	{0x3164, 0x3164},	/* Hangul filler */
	{0xD800, 0xDFFF},	/* surrogates */
	{0xFDD0, 0xFDEF},	/* noncharacters */
	{0xFE00, 0xFE0D},	/* variation selectors */
	{0xFEFF, 0xFEFF},	/* byte order mark */
	{0xFFA0, 0xFFA0},	/* Hangul filler */
	{0xFFF0, 0xFFFB},	/* unassigned ignorables, annotation */
	{0xFFFE, 0xFFFF},	/* noncharacters */
	{0x13430, 0x1343F},	/* hieroglyph format controls */
	{0x1BCA0, 0x1BCA3},	/* shorthand format controls */
	{0x1D173, 0x1D17A},	/* musical format controls */
	{0xE0000, 0xE0FFF},	/* tags, variation selectors */
	{0x10FFFE, UINT32_MAX}, /* the last noncharacters and beyond */
};

bool encode_is_hidden(uint32_t c)
{
	size_t low = 0;
	size_t high = ARRAY_SIZE(hidden);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > hidden[middle].last)
			low = middle + 1;
		else if (c < hidden[middle].first)
			high = middle;
		else
			return true;
	}
	return (c & 0xFFFE) == 0xFFFE;
}

void out_init(struct out *out, size_t most)
{
	*out = (struct out){0};
	buf_init(&out->buf, most);
}

void out_done(struct out *out)
{
	buf_done(&out->buf);
}

void out_clear(struct out *out)
{
	buf_clear(&out->buf);
	out->lossy = false;
}

str out_str(const struct out *out)
{
	return buf_str(&out->buf);
}

void out_safe(struct out *out, struct safe safe)
{
	buf_add(&out->buf, safe.text);
}

void out_repeat(struct out *out, struct safe safe, size_t count)
{
	for (size_t i = 0; i < count && !out->buf.full; i++)
		buf_add(&out->buf, safe.text);
}

void out_int(struct out *out, int64_t value)
{
	buf_format(&out->buf, "%lld", (long long)value);
}

void out_size(struct out *out, size_t value)
{
	buf_format(&out->buf, "%zu", value);
}

bool out_json_is_lossy(const struct out *out)
{
	return out->lossy;
}

/* ---- what a CI runner would take for a command */

static bool ends_with(const struct buf *buf, str end)
{
	str s = buf_str(buf);

	return s.len >= end.len &&
	       str_equal_nocase(str_slice(s, s.len - end.len, s.len), end);
}

static bool opens_command(const struct buf *buf)
{
	return ends_with(buf, STR("##")) || ends_with(buf, STR("##vso")) ||
	       ends_with(buf, STR("##teamcity"));
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
	       c == 0x3000;
}

/* Is the last byte a colon with nothing but blanks before it on its line? The
 * runner trims blanks of Unicode before it looks. */
static bool opens_line(const struct buf *buf)
{
	str s = buf_str(buf);
	size_t end = s.len;

	if (end == 0 || s.ptr[end - 1] != ':')
		return false;
	end--;
	while (end > 0 && s.ptr[end - 1] != '\n') {
		size_t at = end - 1;
		size_t next;

		while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
			at--;
		next = at;
		if (!is_blank(utf8_next(s, &next)) || next != end)
			return false;
		end = at;
	}
	return true;
}

static bool continues_command(const struct out *out, uint32_t c)
{
	return out->ci && ((c == '[' && opens_command(&out->buf)) ||
			   (c == ':' && opens_line(&out->buf)));
}

/* ---- one code point that cannot pass as it is */

/* As a reader sees it: \n, \x1b, \u{202e}. `slash` is how the context writes
 * a backslash. */
static void show(struct out *out, uint32_t c, str slash)
{
	static const char named[] = {['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r'};

	buf_add(&out->buf, slash);
	if (c < sizeof(named) && named[c])
		buf_byte(&out->buf, named[c]);
	else if (c < 0x80)
		buf_format(&out->buf, "x%02x", (unsigned)c);
	else
		buf_format(&out->buf, "u{%x}", (unsigned)c);
}

static void show_byte(struct out *out, unsigned char byte, str slash)
{
	buf_add(&out->buf, slash);
	buf_format(&out->buf, "x%02x", byte);
}

static void json_escape(struct out *out, uint32_t c)
{
	static const char named[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};

	if (c < sizeof(named) && named[c]) {
		buf_byte(&out->buf, '\\');
		buf_byte(&out->buf, named[c]);
	} else if (c < 0x10000) {
		buf_format(&out->buf, "\\u%04x", (unsigned)c);
	} else {
		buf_format(&out->buf, "\\u%04x\\u%04x",
			   (unsigned)(0xD7C0 + (c >> 10)),
			   (unsigned)(0xDC00 + (c & 0x3FF)));
	}
}

static void markup_escape(struct out *out, uint32_t c)
{
	if (c < 0x80 && (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') &&
	    c != 0x7F)
		buf_format(&out->buf, "&#%u;", (unsigned)c);
	else
		show(out, c, STR("\\"));
}

/* GitHub looks for mentions, issues and addresses in rendered text, where a
 * backslash is gone; an empty comment keeps the parts apart. */
static void markdown_escape(struct out *out, uint32_t c, size_t at)
{
	if (c == ' ' && at > 0)
		buf_byte(&out->buf, ' ');
	else if (c == ' ' || c == '<' || c == '>' || c == '&')
		buf_format(&out->buf, "&#%u;", (unsigned)c);
	else if (c == '@' || c == '#')
		buf_format(&out->buf, "\\%c<!-- -->", (char)c);
	else if (c > ' ' && c < 0x7F)
		buf_format(&out->buf, "\\%c", (char)c);
	else
		show(out, c, STR("\\\\"));
}

static void code_escape(struct out *out, uint32_t c)
{
	/* Two backslashes before a bar would end the cell. */
	if (c == '|' && ends_with(&out->buf, STR("\\")))
		buf_add(&out->buf, STR("u{7c}"));
	else if (c == '|')
		buf_add(&out->buf, STR("\\|"));
	else
		show(out, c, STR("\\"));
}

static void percent(struct out *out, uint32_t c)
{
	char bytes[4];
	size_t len = utf8_put(bytes, c);

	for (size_t i = 0; i < len; i++)
		buf_format(&out->buf, "%%%02X", (unsigned char)bytes[i]);
}

static void command_escape(struct out *out, uint32_t c)
{
	if (c == '%' || c == ':' || c == ',' || c == '\n' || c == '\r')
		percent(out, c);
	else
		show(out, c, STR("\\"));
}

/* LF is \n in a calendar; what else is hidden is shown, and the backslash of
 * showing is text that is escaped itself. */
static void calendar_escape(struct out *out, uint32_t c)
{
	if (c == '\n') {
		buf_add(&out->buf, STR("\\n"));
	} else if (c == ';' || c == ',' || c == '\\') {
		buf_byte(&out->buf, '\\');
		buf_byte(&out->buf, (char)c);
	} else {
		show(out, c, STR("\\\\"));
	}
}

/* A code point of which its context's table or `hidden` says no. */
static void escape(struct out *out, uint32_t c, enum encode_context context,
		   size_t at)
{
	switch (context) {
	case ENCODE_TERMINAL:
		if (c == '\t' && out->arrow)
			buf_add(&out->buf, STR("→"));
		else
			show(out, c, STR("\\"));
		break;
	case ENCODE_JSON:
		json_escape(out, c);
		break;
	case ENCODE_XML:
	case ENCODE_HTML:
		markup_escape(out, c);
		break;
	case ENCODE_CODE:
	case ENCODE_CODE_CELL:
		code_escape(out, c);
		break;
	case ENCODE_MARKDOWN:
		markdown_escape(out, c, at);
		break;
	case ENCODE_CSV:
		if (c == '"')
			buf_add(&out->buf, STR("\"\""));
		else
			show(out, c, STR("\\"));
		break;
	case ENCODE_COMMAND:
	case ENCODE_PROPERTY:
		command_escape(out, c);
		break;
	case ENCODE_URI:
		percent(out, c);
		break;
	case ENCODE_CALENDAR:
		calendar_escape(out, c);
		break;
	}
}

static void escape_byte(struct out *out, unsigned char byte,
			enum encode_context context)
{
	if (context == ENCODE_JSON) {
		out->lossy = true;
		buf_add(&out->buf, STR("\xEF\xBF\xBD"));
	} else if (context == ENCODE_URI) {
		buf_format(&out->buf, "%%%02X", byte);
	} else {
		show_byte(out, byte,
			  context == ENCODE_MARKDOWN ||
					  context == ENCODE_CALENDAR
				  ? STR("\\\\")
				  : STR("\\"));
	}
}

/* Writes [ or : so that no command arises. */
static void break_up(struct out *out, uint32_t c, enum encode_context context)
{
	if (context == ENCODE_JSON)
		json_escape(out, c);
	else if (context == ENCODE_XML || context == ENCODE_HTML)
		markup_escape(out, c);
	else
		buf_format(&out->buf, "\\%c", (char)c);
}

/* ---- whole texts */

static void write_body(struct out *out, str text, enum encode_context context)
{
	struct stops stop = stops[context];
	size_t i = 0;

	if (out->ci) {
		stop.word[0] |= LOW(':');
		stop.word[1] |= HIGH('[');
	}
	while (i < text.len) {
		size_t from = i;
		unsigned char byte;
		uint32_t c;

		while (i < text.len &&
		       (byte = (unsigned char)text.ptr[i]) < 0x80 &&
		       !(stop.word[byte >> 6] >> (byte & 63) & 1))
			i++;
		buf_add(&out->buf, str_slice(text, from, i));
		if (i == text.len)
			return;
		from = i;
		c = utf8_next(text, &i);
		byte = (unsigned char)text.ptr[from];
		if (c == UTF8_BAD)
			escape_byte(out, byte, context);
		else if (c < 0x80 &&
			 (stops[context].word[byte >> 6] >> (byte & 63) & 1))
			escape(out, c, context, from);
		else if (c < 0x80 && continues_command(out, c))
			break_up(out, c, context);
		else if (c >= 0x80 &&
			 (context == ENCODE_URI || encode_is_hidden(c)))
			escape(out, c, context, from);
		else
			buf_add(&out->buf, str_slice(text, from, i));
	}
}

/* The first `most` code points; a byte that is none counts as one. */
static str first_points(str text, size_t most)
{
	size_t i = 0;

	if (most >= text.len)
		return text;
	while (most > 0 && i < text.len) {
		(void)utf8_next(text, &i);
		most--;
	}
	return str_slice(text, 0, i);
}

static size_t longest_fence(str text)
{
	size_t longest = 0;
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/* CommonMark 0.31 section 6.1: a fence one longer than any run inside, and a
 * blank at both ends, which is taken off again, where one is needed. */
static void write_code(struct out *out, str text, bool cut,
		       enum encode_context context)
{
	size_t fence = longest_fence(text) + 1;
	bool pad = text.len == 0 || text.ptr[0] == '`' || text.ptr[0] == ' ' ||
		   text.ptr[text.len - 1] == '`' ||
		   text.ptr[text.len - 1] == ' ';

	buf_repeat(&out->buf, '`', fence);
	if (pad)
		buf_byte(&out->buf, ' ');
	write_body(out, text, context);
	if (cut)
		buf_add(&out->buf, STR("…"));
	if (pad && text.len)
		buf_byte(&out->buf, ' ');
	buf_repeat(&out->buf, '`', fence);
}

/* Would a spreadsheet calculate it? Blanks before the sign do not hinder. */
static bool is_formula(str text)
{
	text = str_trim(text);
	return text.len && strchr("=+-@|%", text.ptr[0]) && text.ptr[0];
}

void out_text_cut(struct out *out, str untrusted, size_t most,
		  enum encode_context context)
{
	str text = first_points(untrusted, most);
	bool cut = text.len < untrusted.len;
	bool quoted = context == ENCODE_JSON || context == ENCODE_CSV;

	if (context == ENCODE_CODE || context == ENCODE_CODE_CELL) {
		write_code(out, text, cut, context);
		return;
	}
	if (quoted)
		buf_byte(&out->buf, '"');
	if (context == ENCODE_CSV && is_formula(text))
		buf_byte(&out->buf, '\'');
	write_body(out, text, context);
	if (cut)
		buf_add(&out->buf,
			context == ENCODE_URI ? STR("%E2%80%A6") : STR("…"));
	if (quoted)
		buf_byte(&out->buf, '"');
	else if (out->ci && text.len && context != ENCODE_URI &&
		 (opens_command(&out->buf) || opens_line(&out->buf)))
		/* Safe text that follows must not complete it. */
		buf_byte(&out->buf, '\\');
}

void out_text(struct out *out, str untrusted, enum encode_context context)
{
	out_text_cut(out, untrusted, SIZE_MAX, context);
}

void out_fold(struct out *out, const struct out *line)
{
	enum { OCTETS = 75 };
	str rest = out_str(line);
	size_t room = OCTETS;

	while (rest.len > room) {
		size_t cut = room;

		while (cut > 1 && ((unsigned char)rest.ptr[cut] & 0xC0) == 0x80)
			cut--;
		buf_add(&out->buf, str_slice(rest, 0, cut));
		buf_add(&out->buf, STR("\r\n "));
		rest = str_slice(rest, cut, rest.len);
		room = OCTETS - 1; /* the blank counts */
	}
	buf_add(&out->buf, rest);
	buf_add(&out->buf, STR("\r\n"));
}

struct safe encode_keep(struct arena *arena, const struct out *like,
			str untrusted, enum encode_context context)
{
	struct out out;
	struct safe safe;

	out_init(&out, SIZE_MAX);
	out.ci = like->ci;
	out.arrow = like->arrow;
	out_text(&out, untrusted, context);
	safe.text = str_keep(arena, out_str(&out));
	out_done(&out);
	return safe;
}
