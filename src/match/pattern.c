/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern.h"

#include <stdarg.h>
#include <stdio.h>

void pattern_init(struct pattern *pattern, str text, struct error *err)
{
	*pattern = (struct pattern){.text = text, .err = err};
	buf_init(&pattern->out, PATTERN_OUT);
	arena_init(&pattern->arena);
}

void pattern_done(struct pattern *pattern)
{
	buf_done(&pattern->out);
	vec_done(&pattern->marks);
	arena_done(&pattern->arena);
}

bool pattern_fail(struct pattern *pattern, size_t from, size_t to,
		  const char *fmt, ...)
{
	char text[256];
	va_list args;
	struct span at = {(uint32_t)from, (uint32_t)to};

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return error_set_at(pattern->err, ERROR_SYNTAX, at, "%s", text);
}

void pattern_mark(struct pattern *pattern, size_t in)
{
	*vec_push(&pattern->marks) =
		(struct pattern_mark){pattern->out.len, in};
}

size_t pattern_origin(const struct pattern *pattern, size_t out)
{
	size_t in = 0;

	for (size_t i = 0; i < pattern->marks.count; i++) {
		if (pattern->marks.at[i].out > out)
			break;
		in = pattern->marks.at[i].in;
	}
	return in;
}

uint32_t pattern_peek(const struct pattern *pattern)
{
	size_t at = pattern->at;

	return at < pattern->text.len ? utf8_next(pattern->text, &at)
				      : UTF8_BAD;
}

bool pattern_ahead(const struct pattern *pattern, const char *text)
{
	return str_starts(
		str_slice(pattern->text, pattern->at, pattern->text.len),
		str_of(text));
}

bool pattern_take(struct pattern *pattern, const char *text)
{
	if (!pattern_ahead(pattern, text))
		return false;
	pattern->at += strlen(text);
	return true;
}

uint32_t pattern_next(struct pattern *pattern)
{
	return utf8_next(pattern->text, &pattern->at);
}

static int hex_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (int)(c - 'A') + 10;
	return -1;
}

size_t pattern_hex(struct pattern *pattern, size_t most, uint32_t *value)
{
	size_t count = 0;

	*value = 0;
	while (count < most) {
		int digit = hex_value(pattern_peek(pattern));

		if (digit < 0)
			break;
		if (*value <= 0x10FFFF)
			*value = *value << 4 | (uint32_t)digit;
		pattern->at++;
		count++;
	}
	return count;
}

static bool is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '_';
}

void pattern_literal(struct pattern *pattern, uint32_t code_point)
{
	if (is_word(code_point) || code_point >= 0xA0)
		buf_code_point(&pattern->out, code_point);
	else
		buf_format(&pattern->out, "\\x{%x}", (unsigned)code_point);
}

void pattern_range(struct pattern *pattern, uint32_t from, uint32_t to)
{
	if (from >= 0xD800 && from <= 0xDFFF)
		from = 0xE000;
	if (to >= 0xD800 && to <= 0xDFFF)
		to = 0xD7FF;
	if (from > to)
		return;
	pattern_literal(pattern, from);
	if (from == to)
		return;
	buf_byte(&pattern->out, '-');
	pattern_literal(pattern, to);
}

void pattern_never(struct pattern *pattern)
{
	buf_add(&pattern->out, STR("[^\\x{0}-\\x{10ffff}]"));
}

void pattern_repeat(struct pattern *pattern, size_t least, size_t most,
		    bool lazy)
{
	/* A group that repeats, repeats the loops in it. */
	bool group = most > 1 && pattern->loops > 0 && pattern->out.len > 0 &&
		     pattern->out.ptr[pattern->out.len - 1] == ')';

	if (most - least >= PATTERN_CHOICES)
		pattern->loops++;
	else if (most > least)
		pattern->options++;
	if (group)
		pattern->loops++;
	if (least == 0 && most == SIZE_MAX)
		buf_byte(&pattern->out, '*');
	else if (least == 1 && most == SIZE_MAX)
		buf_byte(&pattern->out, '+');
	else if (least == 0 && most == 1)
		buf_byte(&pattern->out, '?');
	else if (most == SIZE_MAX)
		buf_format(&pattern->out, "{%zu,}", least);
	else
		buf_format(&pattern->out, "{%zu,%zu}", least, most);
	if (lazy)
		buf_byte(&pattern->out, '?');
}

bool pattern_decimal(struct pattern *pattern, size_t *value)
{
	size_t from = pattern->at;
	size_t number = 0;

	while (pattern->at < pattern->text.len) {
		char c = pattern->text.ptr[pattern->at];

		if (c < '0' || c > '9')
			break;
		if (number < SIZE_MAX / 32)
			number = number * 10 + (size_t)(c - '0');
		pattern->at++;
	}
	*value = number;
	return pattern->at > from;
}
