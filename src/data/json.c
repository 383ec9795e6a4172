/* SPDX-License-Identifier: Apache-2.0 */
#include "data/json.h"

#include "base/utf8.h"
#include "data/build.h"
#include "data/scalar.h"
#include "data/scan.h"

enum wanted {
	WANT_VALUE,
	WANT_FIRST, /* an item, a name, or the closing bracket */
	WANT_NAME,
	WANT_NEXT, /* a comma, a closing bracket, or the end */
};

struct reader {
	struct build build;
	str text;
	size_t at;
};

static struct span span_of(size_t start, size_t end)
{
	return (struct span){(uint32_t)start, (uint32_t)end};
}

/* The byte at an offset; NUL, which is no JSON, behind the end. */
static char byte_at(const struct reader *r, size_t at)
{
	return at < r->text.len ? r->text.ptr[at] : '\0';
}

static void skip_space(struct reader *r)
{
	while (r->at < r->text.len) {
		char c = r->text.ptr[r->at];

		if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
			return;
		r->at++;
	}
}

/* Says what should stand at `at`, and what does. */
static bool expected(const struct reader *r, size_t at, const char *what,
		     struct error *err)
{
	size_t end = at;
	uint32_t c;

	if (at >= r->text.len)
		return error_set_at(err, ERROR_SYNTAX, span_of(at, at),
				    "the text ends where %s should stand",
				    what);
	c = utf8_next(r->text, &end);
	if (c > 0x20 && c < 0x7F)
		return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
				    "'%c' where %s should stand", (char)c,
				    what);
	return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
			    "U+%04X where %s should stand", (unsigned)c, what);
}

/* ---- strings */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads "\uXXXX" at `at`; UTF8_BAD when that is not there. */
static uint32_t read_unit(const struct reader *r, size_t at)
{
	uint32_t unit = 0;

	if (byte_at(r, at) != '\\' || byte_at(r, at + 1) != 'u')
		return UTF8_BAD;
	for (size_t i = 2; i < 6; i++) {
		int digit = hex_digit(byte_at(r, at + i));

		if (digit < 0)
			return UTF8_BAD;
		unit = unit << 4 | (uint32_t)digit;
	}
	return unit;
}

static bool is_high(uint32_t unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* RFC 8259, section 7: beyond the basic plane as two halves. */
static bool read_code_point(struct reader *r, uint32_t *out, struct error *err)
{
	size_t at = r->at;
	uint32_t unit = read_unit(r, at);
	uint32_t low;

	if (unit == UTF8_BAD)
		return error_set_at(err, ERROR_SYNTAX, span_of(at, at + 2),
				    "\\u needs four hexadecimal digits");
	r->at += 6;
	if (is_high(unit)) {
		low = read_unit(r, r->at);
		if (low != UTF8_BAD && is_low(low)) {
			r->at += 6;
			*out = 0x10000 + ((unit - 0xD800) << 10) +
			       (low - 0xDC00);
			return true;
		}
	}
	if (is_high(unit) || is_low(unit))
		return error_set_at(err, ERROR_SYNTAX, span_of(at, at + 6),
				    "half of a surrogate pair is no character");
	*out = unit;
	return true;
}

static bool read_escape(struct reader *r, uint32_t *out, struct error *err)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	char c = byte_at(r, r->at + 1);
	const char *found = c ? strchr(letters, c) : NULL;

	if (c == 'u')
		return read_code_point(r, out, err);
	if (!found)
		return error_set_at(err, ERROR_SYNTAX,
				    span_of(r->at, r->at + 1),
				    "an escape that JSON does not have; a "
				    "backslash is written \\\\");
	*out = (unsigned char)meanings[found - letters];
	r->at += 2;
	return true;
}

/* Where the string that begins at `start` (behind the quote) ends; decoding
 * makes it no longer. */
static bool find_end(const struct reader *r, size_t start, size_t *end,
		     bool *escaped, struct error *err)
{
	size_t i = start;

	*escaped = false;
	for (; i < r->text.len; i++) {
		unsigned char c = (unsigned char)r->text.ptr[i];

		if (c == '"') {
			*end = i;
			return true;
		}
		if (c < 0x20)
			return error_set_at(err, ERROR_SYNTAX,
					    span_of(i, i + 1),
					    "the control character U+%04X in a "
					    "string; write \\u%04X",
					    (unsigned)c, (unsigned)c);
		if (c == '\\') {
			*escaped = true;
			i++;
		}
	}
	return error_set_at(err, ERROR_SYNTAX, span_of(start - 1, start),
			    "a string that is never closed");
}

static bool decode(struct reader *r, str *out, size_t end, struct error *err)
{
	char *text = arena_raw(r->build.arena, end - r->at, 1);
	size_t len = 0;

	while (r->at < end) {
		uint32_t c;

		if (r->text.ptr[r->at] != '\\') {
			text[len++] = r->text.ptr[r->at++];
			continue;
		}
		if (!read_escape(r, &c, err))
			return false;
		len += utf8_put(text + len, c);
	}
	*out = (str){text, len};
	return true;
}

static bool read_string(struct reader *r, struct error *err)
{
	struct node node = {.kind = NODE_STRING, .style = STYLE_DOUBLE};
	size_t start = r->at;
	bool escaped;
	size_t end;

	if (!find_end(r, start + 1, &end, &escaped, err))
		return false;
	node.span = span_of(start, end + 1);
	node.text = str_slice(r->text, start + 1, end);
	r->at = start + 1;
	if (escaped && !decode(r, &node.text, end, err))
		return false;
	r->at = end + 1;
	return build_add(&r->build, node, NULL, err);
}

/* ---- numbers and words */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool read_digits(struct reader *r, struct error *err)
{
	if (!is_digit(byte_at(r, r->at)))
		return expected(r, r->at, "a digit", err);
	while (is_digit(byte_at(r, r->at)))
		r->at++;
	return true;
}

static bool read_number(struct reader *r, struct error *err)
{
	size_t start = r->at;
	enum scalar_form form = SCALAR_DECIMAL;
	struct node node = {.style = STYLE_PLAIN};

	r->at += byte_at(r, r->at) == '-';
	if (byte_at(r, r->at) == '0' && is_digit(byte_at(r, r->at + 1)))
		return error_set_at(err, ERROR_SYNTAX,
				    span_of(start, r->at + 2),
				    "a number with a leading zero");
	if (!read_digits(r, err))
		return false;
	if (byte_at(r, r->at) == '.') {
		form = SCALAR_FLOAT;
		r->at++;
		if (!read_digits(r, err))
			return false;
	}
	if ((byte_at(r, r->at) | 0x20) == 'e') {
		form = SCALAR_FLOAT;
		r->at++;
		if (byte_at(r, r->at) == '-' || byte_at(r, r->at) == '+')
			r->at++;
		if (!read_digits(r, err))
			return false;
	}
	node.span = span_of(start, r->at);
	node.text = str_slice(r->text, start, r->at);
	return scalar_apply(&node, form, err) &&
	       build_add(&r->build, node, NULL, err);
}

static bool read_word(struct reader *r, struct error *err)
{
	static const struct {
		str word;
		enum scalar_form form;
	} words[] = {
		{STR_INIT("null"), SCALAR_NULL},
		{STR_INIT("true"), SCALAR_TRUE},
		{STR_INIT("false"), SCALAR_FALSE},
	};
	str rest = str_slice(r->text, r->at, r->text.len);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct node node = {
			.span = span_of(r->at, r->at + words[i].word.len),
			.text = str_slice(rest, 0, words[i].word.len),
		};

		if (!str_equal(node.text, words[i].word))
			continue;
		r->at += words[i].word.len;
		return scalar_apply(&node, words[i].form, err) &&
		       build_add(&r->build, node, NULL, err);
	}
	return expected(r, r->at, "a value", err);
}

/* ---- structure */

static bool read_scalar(struct reader *r, struct error *err)
{
	char c = byte_at(r, r->at);

	if (c == '"')
		return read_string(r, err);
	if (c == '-' || is_digit(c))
		return read_number(r, err);
	return read_word(r, err);
}

static bool read_name(struct reader *r, struct error *err)
{
	if (byte_at(r, r->at) != '"')
		return expected(r, r->at, "a name in double quotes", err);
	if (!read_string(r, err))
		return false;
	skip_space(r);
	if (byte_at(r, r->at) != ':')
		return expected(r, r->at, "':'", err);
	r->at++;
	return true;
}

static bool in_map(const struct reader *r)
{
	const struct node *parent = build_parent(&r->build);

	return parent && parent->kind == NODE_MAP;
}

static bool read_value(struct reader *r, enum wanted *wanted, struct error *err)
{
	char c = byte_at(r, r->at);
	struct node node = {
		.kind = c == '[' ? NODE_LIST : NODE_MAP,
		.span = span_of(r->at, r->at + 1),
	};

	*wanted = WANT_NEXT;
	if (c != '[' && c != '{')
		return read_scalar(r, err);
	*wanted = WANT_FIRST;
	r->at++;
	return build_open(&r->build, node, NULL, err);
}

static bool is_closing(const struct reader *r)
{
	return build_is_open(&r->build) &&
	       byte_at(r, r->at) == (in_map(r) ? '}' : ']');
}

static bool read_next(struct reader *r, enum wanted *wanted, struct error *err)
{
	if (is_closing(r)) {
		r->at++;
		*wanted = WANT_NEXT;
		return build_close(&r->build, r->at, err);
	}
	if (!build_is_open(&r->build))
		return expected(r, r->at, "the end of the text", err);
	if (byte_at(r, r->at) != ',')
		return expected(r, r->at,
				in_map(r) ? "',' or '}'" : "',' or ']'", err);
	r->at++;
	*wanted = in_map(r) ? WANT_NAME : WANT_VALUE;
	return true;
}

static bool read_step(struct reader *r, enum wanted *wanted, struct error *err)
{
	switch (*wanted) {
	case WANT_FIRST:
		if (is_closing(r))
			return read_next(r, wanted, err);
		*wanted = in_map(r) ? WANT_NAME : WANT_VALUE;
		return true;
	case WANT_NAME:
		*wanted = WANT_VALUE;
		return read_name(r, err);
	case WANT_VALUE:
		return read_value(r, wanted, err);
	case WANT_NEXT:
		break;
	}
	return read_next(r, wanted, err);
}

static bool read_all(struct reader *r, struct error *err)
{
	enum wanted wanted = WANT_VALUE;

	for (;;) {
		skip_space(r);
		if (wanted == WANT_NEXT && !build_is_open(&r->build) &&
		    r->at == r->text.len)
			return true;
		if (!read_step(r, &wanted, err))
			return false;
	}
}

bool json_read(struct document *out, struct arena *arena, str text,
	       const struct limits *limits, struct error *err)
{
	struct reader r = {.text = text};
	const struct node **roots;
	bool fine;

	if (!scan_text(&r.at, text, limits, err))
		return false;
	build_init(&r.build, arena, limits);
	fine = read_all(&r, err);
	if (fine) {
		roots = arena_array(arena, const struct node *, 1);
		roots[0] = build_root(&r.build);
		out->roots = roots;
		out->count = 1;
	}
	build_done(&r.build);
	return fine;
}
