/*
 * fuzz_encode - any bytes through every context of the encoder.
 *
 * Byte 0 chooses options, byte 1 where long text is cut; the rest is the text.
 * What must hold: the output is UTF-8 without a code point that is hidden, no
 * byte in it steers its context, no CI command is left in it, and JSON reads
 * back as the text it came from.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>

#include "base/encode.h"
#include "base/json.h"
#include "base/nearest.h"
#include "base/period.h"
#include "base/utf8.h"
#include "base/width.h"
#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool has(str s, const char *needle)
{
	return str_find(s, str_of(needle)) != SIZE_MAX;
}

/* ---- a JSON string, read back by RFC 8259 alone */

static uint32_t hex4(str s, size_t at)
{
	uint32_t value = 0;

	must(at + 4 <= s.len);
	for (size_t i = at; i < at + 4; i++) {
		char c = s.ptr[i];
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
						   : -1;

		must(digit >= 0);
		value = value << 4 | (uint32_t)digit;
	}
	return value;
}

static size_t read_escape(struct buf *to, str s, size_t at)
{
	static const char from[] = "\"\\/bfnrt";
	static const char into[] = "\"\\/\b\f\n\r\t";
	const char *plain;
	uint32_t c;

	must(at < s.len && s.ptr[at] != '\0');
	plain = strchr(from, s.ptr[at]);
	if (plain) {
		buf_byte(to, into[plain - from]);
		return at + 1;
	}
	must(s.ptr[at] == 'u');
	c = hex4(s, at + 1);
	at += 5;
	must(c < 0xDC00 || c > 0xDFFF);
	if (c >= 0xD800 && c < 0xDC00) {
		uint32_t low;

		must(at + 2 <= s.len && s.ptr[at] == '\\' &&
		     s.ptr[at + 1] == 'u');
		low = hex4(s, at + 2);
		must(low >= 0xDC00 && low <= 0xDFFF);
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		at += 6;
	}
	buf_code_point(to, c);
	return at;
}

static void read_json(struct buf *to, str s)
{
	size_t i = 1;

	must(s.len >= 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"');
	s.len--;
	while (i < s.len) {
		must((unsigned char)s.ptr[i] >= 0x20 && s.ptr[i] != '"');
		if (s.ptr[i] == '\\')
			i = read_escape(to, s, i + 1);
		else
			buf_byte(to, s.ptr[i++]);
	}
}

/* The text with U+FFFD for each byte that is none. */
static void repaired(struct buf *to, str s)
{
	for (size_t i = 0; i < s.len;)
		buf_code_point(to, utf8_next(s, &i));
}

static void check_json(const struct out *out, str text)
{
	struct buf got;
	struct buf want;

	buf_init(&got, SIZE_MAX / 2);
	buf_init(&want, SIZE_MAX / 2);
	read_json(&got, out_str(out));
	repaired(&want, text);
	must(str_equal(buf_str(&got), buf_str(&want)));
	must(out_json_is_lossy(out) == (utf8_check(text) != SIZE_MAX));
	buf_done(&got);
	buf_done(&want);
}

/* ---- what no output of a context may hold */

static void check_clean(str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c = utf8_next(s, &i);

		must(c != UTF8_BAD && !encode_is_hidden(c));
	}
}

/* The bytes of `set` appear only behind `before`. */
static void only_behind(str s, const char *set, char before)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!strchr(set, s.ptr[i]))
			continue;
		must(before && i > 0 && s.ptr[i - 1] == before);
	}
}

static void check_markdown(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\') {
			i++;
			must(i < s.len);
			continue;
		}
		if (s.ptr[i] == '<') {
			must(str_starts(str_slice(s, i, s.len),
					STR("<!-- -->")));
			i += 7;
			continue;
		}
		if (s.ptr[i] == '&') {
			must(i + 1 < s.len && s.ptr[i + 1] == '#');
			i++;
			continue;
		}
		must(!strchr("`*_[]>|#!@~:.-+=", s.ptr[i]));
	}
	must(s.len == 0 || s.ptr[0] != ' ');
}

/* One fence in front, the same at the end, no run as long between. */
static void check_code(str s)
{
	size_t fence = 0;
	size_t run = 0;

	while (fence < s.len && s.ptr[fence] == '`')
		fence++;
	must(fence > 0 && s.len >= 2 * fence + 1);
	for (size_t i = fence; i < s.len - fence; i++) {
		run = s.ptr[i] == '`' ? run + 1 : 0;
		must(run < fence);
	}
	must(run == 0);
	for (size_t i = s.len - fence; i < s.len; i++)
		must(s.ptr[i] == '`');
}

static void check_cell(str s)
{
	only_behind(s, "|", '\\');
	must(!has(s, "\\\\|"));
}

static void check_csv(str s)
{
	must(s.len >= 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"');
	must(!strchr("=+-@", s.ptr[1]) || s.len == 2);
	for (size_t i = 1; i + 1 < s.len; i++) {
		if (s.ptr[i] == '"') {
			i++;
			must(i + 1 < s.len && s.ptr[i] == '"');
		}
	}
}

static void check_percent(str s)
{
	for (size_t i = 0; i < s.len; i++)
		must(s.ptr[i] != '%' || i + 2 < s.len);
}

static void check_context(str s, enum encode_context context)
{
	check_clean(s);
	switch (context) {
	case ENCODE_XML:
	case ENCODE_HTML:
		only_behind(s, context == ENCODE_HTML ? "<>\"'`" : "<>\"'", 0);
		for (size_t i = 0; i < s.len; i++)
			must(s.ptr[i] != '&' ||
			     (i + 1 < s.len && s.ptr[i + 1] == '#'));
		break;
	case ENCODE_CODE_CELL:
		check_cell(s);
		check_code(s);
		break;
	case ENCODE_CODE:
		check_code(s);
		break;
	case ENCODE_MARKDOWN:
		check_markdown(s);
		break;
	case ENCODE_CSV:
		check_csv(s);
		break;
	case ENCODE_PROPERTY:
		only_behind(s, ":,", 0);
		check_percent(s);
		break;
	case ENCODE_URI:
		for (size_t i = 0; i < s.len; i++)
			must((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') ||
			     (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') ||
			     (s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
			     strchr("-._~/%", s.ptr[i]));
		check_percent(s);
		break;
	case ENCODE_COMMAND:
		check_percent(s);
		break;
	case ENCODE_CALENDAR:
		only_behind(s, ";,", '\\');
		break;
	case ENCODE_TERMINAL:
	case ENCODE_JSON:
		break;
	}
}

static void check_ci(str s)
{
	static const char *const commands[] = {"##[", "##vso[", "##teamcity["};

	for (size_t i = 0; i < s.len; i++) {
		str rest = str_slice(s, i, s.len);

		for (size_t k = 0; k < ARRAY_SIZE(commands); k++) {
			str command = str_of(commands[k]);

			must(!str_equal_nocase(str_slice(rest, 0, command.len),
					       command));
		}
	}
	must(!str_starts(str_trim(s), STR("::")));
}

/* ---- the rest of the ground floor that reads untrusted text */

static void check_others(str text)
{
	struct period period;
	struct zone zone;
	struct error err;
	struct arena arena;
	struct width_cut cut;
	struct nearest nearest;

	cut = width_around(text, text.len / 3, text.len / 2, 20);
	must(cut.start <= cut.end && cut.end <= text.len);
	must(width_of(str_slice(text, cut.start, cut.end)) + cut.before +
		     cut.after <=
	     20);
	must(width_of(width_head(text, 7)) <= 7);
	nearest_start(&nearest, str_slice(text, 0, text.len / 2));
	nearest_offer(&nearest, str_slice(text, text.len / 2, text.len));
	if (period_parse(&period, text, &err)) {
		char written[PERIOD_TEXT];
		struct period again;
		size_t len = period_format(written, &period);

		must(period_parse(&again, (str){written, len}, &err));
		must(period_compare(&period, &again) == PERIOD_EQUAL);
	}
	arena_init(&arena);
	if (zone_parse(&zone, text, &arena, &err)) {
		for (int64_t t = INSTANT_LEAST; t < INSTANT_MOST;
		     t += INSTANT_MOST / 16)
			must(zone_offset_at(&zone, t) > -200000);
	}
	arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct out out;
	str text;

	if (size < 2)
		return 0;
	text = (str){(const char *)data + 2, size - 2};
	out_init(&out, SIZE_MAX / 2);
	out.ci = data[0] & 1;
	out.arrow = data[0] & 2;
	for (int context = ENCODE_TERMINAL; context <= ENCODE_CALENDAR;
	     context++) {
		out_clear(&out);
		out_text(&out, text, (enum encode_context)context);
		check_context(out_str(&out), (enum encode_context)context);
		if (out.ci)
			check_ci(out_str(&out));
		if (context == ENCODE_JSON)
			check_json(&out, text);
		out_clear(&out);
		out_text_cut(&out, text, data[1], (enum encode_context)context);
		check_context(out_str(&out), (enum encode_context)context);
		if (out.ci)
			check_ci(out_str(&out));
	}
	out_done(&out);
	check_others(text);
	return 0;
}
