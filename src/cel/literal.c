/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "cel/lex.h"

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

/* Reads digits that fill the whole text; false when 64 bits do not hold it. */
static bool natural_parse(uint64_t *out, str digits)
{
	unsigned base = 10;
	uint64_t sum = 0;

	if (digits.len > 1 && (digits.ptr[1] | 0x20) == 'x') {
		base = 16;
		digits = str_slice(digits, 2, digits.len);
	}
	for (size_t i = 0; i < digits.len; i++)
		if (__builtin_mul_overflow(sum, base, &sum) ||
		    __builtin_add_overflow(sum, digit_value(digits.ptr[i]),
					   &sum))
			return false;
	*out = sum;
	return true;
}

static bool integer_literal(struct cel_value *out, str digits,
			    struct cel_token token, bool negative,
			    struct error *err)
{
	const uint64_t most = (uint64_t)INT64_MAX + negative;
	uint64_t n;

	if (!natural_parse(&n, digits) || n > most)
		return error_set_at(err, ERROR_SYNTAX, token.span,
				    "the number does not fit in an int (64 "
				    "bits with a sign)");
	/* -2^63 has no positive counterpart: negate without a sign first. */
	*out = cel_int((int64_t)(negative ? 0 - n : n));
	return true;
}

static bool double_literal(struct cel_value *out, struct arena *arena,
			   str digits, struct cel_token token, bool negative,
			   struct error *err)
{
	double number = strtod(arena_cstr(arena, digits), NULL);

	if (!isfinite(number))
		return error_set_at(err, ERROR_SYNTAX, token.span,
				    "the number does not fit in a double");
	*out = cel_double(negative ? -number : number);
	return true;
}

struct escape {
	str body;      /* without prefix and quotes */
	size_t i;      /* behind the backslash */
	size_t offset; /* of body in the expression */
	bool bytes;
	char *to;
	size_t len;
};

/* Reads exactly `count` digits of a base of 8 or 16. */
static bool escape_digits(uint32_t *out, struct escape *in, size_t count,
			  unsigned base)
{
	uint32_t sum = 0;

	if (in->body.len - in->i < count)
		return false;
	for (size_t k = 0; k < count; k++) {
		unsigned digit = digit_value(in->body.ptr[in->i + k]);

		if (digit >= base)
			return false;
		sum = sum * base + digit;
	}
	in->i += count;
	*out = sum;
	return true;
}

static char simple_escape(char c)
{
	static const char from[] = "abfnrtv\\?\"'`";
	static const char to[] = "\a\b\f\n\r\t\v\\?\"'`";
	const char *found = c ? strchr(from, c) : NULL;

	return found ? to[found - from] : '\0';
}

/* Decodes one escape; false when it is none. */
static bool escape_read(struct escape *in)
{
	char c = in->body.ptr[in->i];
	uint32_t code = 0;
	bool done;

	if (simple_escape(c)) {
		in->to[in->len++] = simple_escape(c);
		in->i++;
		return true;
	}
	if (c >= '0' && c <= '3') {
		done = escape_digits(&code, in, 3, 8);
	} else {
		in->i++;
		if (c == 'x' || c == 'X')
			done = escape_digits(&code, in, 2, 16);
		else if (c == 'u' && !in->bytes)
			done = escape_digits(&code, in, 4, 16);
		else if (c == 'U' && !in->bytes)
			done = escape_digits(&code, in, 8, 16);
		else
			done = false;
	}
	if (!done || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return false;
	if (in->bytes)
		in->to[in->len++] = (char)(unsigned char)code;
	else
		in->len += utf8_put(in->to + in->len, code);
	return true;
}

static bool text_decode(str *out, struct arena *arena, struct escape *in,
			struct error *err)
{
	in->to = arena_raw(arena, in->body.len + 4, 1);
	while (in->i < in->body.len) {
		size_t start = in->i;

		if (in->body.ptr[in->i++] != '\\') {
			in->to[in->len++] = in->body.ptr[start];
			continue;
		}
		if (in->i >= in->body.len || !escape_read(in)) {
			size_t at = in->offset + start;

			return error_set_at(
				err, ERROR_SYNTAX,
				(struct span){(uint32_t)at, (uint32_t)at + 2},
				"this is not an escape sequence%s; \\\\ is a "
				"backslash, r\"...\" has no escapes",
				in->bytes ? " of bytes" : "");
		}
	}
	*out = str_make(in->to, in->len);
	return true;
}

static bool text_literal(struct cel_value *out, struct arena *arena, str text,
			 struct cel_token token, struct error *err)
{
	str raw = str_slice(text, token.span.start, token.span.end);
	struct escape in = {.bytes = token.kind == CEL_TOKEN_BYTES};
	bool verbatim = false;
	size_t start = 0;
	size_t quotes;

	for (; raw.ptr[start] != '"' && raw.ptr[start] != '\''; start++)
		verbatim |= (raw.ptr[start] | 0x20) == 'r';
	quotes = raw.len - start >= 6 && raw.ptr[start + 1] == raw.ptr[start] &&
				 raw.ptr[start + 2] == raw.ptr[start]
			 ? 3
			 : 1;
	in.body = str_slice(raw, start + quotes, raw.len - quotes);
	in.offset = token.span.start + start + quotes;
	if (!verbatim && str_find_byte(in.body, '\\') != SIZE_MAX &&
	    !text_decode(&in.body, arena, &in, err))
		return false;
	*out = in.bytes ? cel_bytes(in.body) : cel_string(in.body);
	return true;
}

bool cel_literal(struct cel_value *out, struct arena *arena, str text,
		 struct cel_token token, bool negative, struct error *err)
{
	str digits = str_slice(text, token.span.start, token.span.end);
	uint64_t n;

	switch (token.kind) {
	case CEL_TOKEN_INT:
		return integer_literal(out, digits, token, negative, err);
	case CEL_TOKEN_UINT:
		digits.len--;
		if (negative || !natural_parse(&n, digits))
			return error_set_at(err, ERROR_SYNTAX, token.span,
					    "the number does not fit in a "
					    "uint (64 bits, no sign)");
		*out = cel_uint(n);
		return true;
	case CEL_TOKEN_DOUBLE:
		return double_literal(out, arena, digits, token, negative, err);
	default:
		return text_literal(out, arena, text, token, err);
	}
}
