/* base64.encode and base64.decode: RFC 4648 section 4, as in cel-go's
 * ext/encoders. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/function.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789+/";

static struct cel_value encode(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	const unsigned char *from = (const unsigned char *)args[0].as.text;
	size_t size = args[0].aux;
	size_t length = (size + 2) / 3 * 4;
	char *to;
	size_t at = 0;

	(void)count;
	if (!cel_charge_bytes(eval, length))
		return cel_spent(eval);
	to = arena_raw(eval->arena, length, 1);
	for (size_t i = 0; i < size; i += 3) {
		uint32_t bits = (uint32_t)from[i] << 16;

		if (i + 1 < size)
			bits |= (uint32_t)from[i + 1] << 8;
		if (i + 2 < size)
			bits |= from[i + 2];
		to[at++] = alphabet[bits >> 18];
		to[at++] = alphabet[bits >> 12 & 63];
		to[at++] = i + 1 < size ? alphabet[bits >> 6 & 63] : '=';
		to[at++] = i + 2 < size ? alphabet[bits & 63] : '=';
	}
	return cel_string(str_make(to, length));
}

/* 0 to 63, or 64 for a character of no use. */
static uint32_t digit_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (uint32_t)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a') + 26;
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0') + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : 64;
}

static struct cel_value damaged(struct cel_eval *eval)
{
	return cel_fail_text(eval, CEL_FAULT_ARGUMENT, STR("this is no base64"),
			     cel_null());
}

/* Padding may be left out; where there is some, it is the right one. */
static bool drop_padding(str *s)
{
	size_t padding = 0;

	while (padding < s->len && s->ptr[s->len - 1 - padding] == '=')
		padding++;
	if (padding && (padding > 2 || s->len % 4 != 0))
		return false;
	s->len -= padding;
	return s->len % 4 != 1;
}

static struct cel_value decode(struct cel_eval *eval,
			       const struct cel_value *args, size_t count)
{
	str s = cel_str(args[0]);
	uint32_t bits = 0;
	unsigned held = 0;
	size_t at = 0;
	char *to;

	(void)count;
	if (!cel_charge_bytes(eval, s.len))
		return cel_spent(eval);
	if (!drop_padding(&s))
		return damaged(eval);
	to = arena_raw(eval->arena, s.len, 1);
	for (size_t i = 0; i < s.len; i++) {
		uint32_t digit = digit_of(s.ptr[i]);

		if (digit > 63)
			return damaged(eval);
		bits = bits << 6 | digit;
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		to[at++] = (char)(unsigned char)(bits >> held & 0xff);
		bits &= (1U << held) - 1;
	}
	/* Bits that no byte takes are 0, so that a text has one meaning. */
	if (bits)
		return damaged(eval);
	return cel_bytes(str_make(to, at));
}

static const struct cel_overload overloads[] = {
	{"base64.encode", "base64_encode_bytes", "(bytes) -> string", 0,
	 CEL_COST_OWN, 0, encode, NULL},
	{"base64.decode", "base64_decode_string", "(string) -> bytes", 0,
	 CEL_COST_OWN, 0, decode, NULL},
};

const struct cel_library cel_library_encoders = {"encoders", overloads,
						 ARRAY_SIZE(overloads)};
