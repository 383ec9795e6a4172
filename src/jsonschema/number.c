/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/number.h"

#include <math.h>
#include <stdio.h>

#include "base/map.h"

enum { EXPONENT_DIGITS = 15 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The exponent behind e or E, and where it begins. */
static bool read_exponent(int64_t *exponent, size_t *begin, str text)
{
	size_t e = text.len;
	int64_t value;
	str digits;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == 'e' || text.ptr[i] == 'E') {
			e = i;
			break;
		}
	*begin = e;
	*exponent = 0;
	if (e == text.len)
		return true;
	digits = str_slice(text, e + 1, text.len);
	if (digits.len > 0 && digits.ptr[0] == '+')
		digits = str_slice(digits, 1, digits.len);
	if (digits.len > EXPONENT_DIGITS + 1 || !str_to_int64(&value, digits))
		return false;
	*exponent = value;
	return true;
}

/* Drops zeros at both ends and counts what is left. */
static bool normalize(struct decimal *d, size_t begin, size_t end,
		      int64_t exponent)
{
	size_t dot = end;
	int64_t before;

	for (size_t i = begin; i < end; i++) {
		if (d->text.ptr[i] == '.' && dot == end)
			dot = i;
		else if (!is_digit(d->text.ptr[i]))
			return false;
	}
	before = (int64_t)(dot - begin);
	while (begin < end &&
	       (d->text.ptr[begin] == '0' || d->text.ptr[begin] == '.')) {
		before -= 1;
		if (begin == dot)
			before += 1;
		begin++;
	}
	while (end > begin &&
	       (d->text.ptr[end - 1] == '0' || d->text.ptr[end - 1] == '.'))
		end--;
	d->first = begin;
	d->last = end;
	d->digits = (int64_t)(end - begin);
	if (dot >= begin && dot < end)
		d->digits--;
	d->point = d->digits ? before + exponent : 0;
	if (d->digits == 0)
		d->negative = false;
	return true;
}

static bool decimal_of_text(struct decimal *d, str text)
{
	size_t begin = 0;
	size_t end;
	int64_t exponent;

	d->text = text;
	if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) {
		d->negative = text.ptr[0] == '-';
		begin = 1;
	}
	if (!read_exponent(&exponent, &end, text))
		return false;
	return begin < end && normalize(d, begin, end, exponent);
}

/* .inf and its kin; 1e999 is finite as written, though no double holds it. */
static bool is_infinity(const struct node *node)
{
	return isinf(node->as.number) && node->text.len > 0 &&
	       ((unsigned char)node->text.ptr[node->text.len - 1] | 32) == 'f';
}

bool decimal_of(struct decimal *out, const struct node *node)
{
	int length;

	memset(out, 0, offsetof(struct decimal, own));
	if (node->kind == NODE_INT && !node->big) {
		length = snprintf(out->own, sizeof(out->own), "%lld",
				  (long long)node->as.integer);
		return decimal_of_text(out, str_make(out->own, (size_t)length));
	}
	if (node->kind == NODE_FLOAT && isnan(node->as.number)) {
		out->nan = true;
		return true;
	}
	if (node->kind == NODE_FLOAT && is_infinity(node)) {
		out->infinite = true;
		out->negative = node->as.number < 0;
		return true;
	}
	return decimal_of_text(out, node->text);
}

/* The digit at *i, which moves on; '0' behind the last. */
static char next_digit(const struct decimal *d, size_t *i)
{
	if (*i < d->last && d->text.ptr[*i] == '.')
		++*i;
	return *i < d->last ? d->text.ptr[(*i)++] : '0';
}

bool number_is_integer(bool *out, const struct node *node)
{
	struct decimal d;

	if (node->kind == NODE_INT) {
		*out = true;
		return true;
	}
	if (!decimal_of(&d, node))
		return false;
	*out = !d.nan && !d.infinite && d.point >= d.digits;
	return true;
}

static uint64_t times_modulo(uint64_t a, uint64_t b, uint64_t divisor)
{
	return (uint64_t)((unsigned __int128)a * b % divisor);
}

/* 10^exponent modulo a divisor, by squaring. */
static uint64_t power_modulo(int64_t exponent, uint64_t divisor)
{
	uint64_t result = 1 % divisor;
	uint64_t base = 10 % divisor;

	for (; exponent > 0; exponent >>= 1) {
		if (exponent & 1)
			result = times_modulo(result, base, divisor);
		base = times_modulo(base, base, divisor);
	}
	return result;
}

static uint64_t digits_modulo(const struct decimal *d, uint64_t divisor)
{
	uint64_t rest = 0;
	size_t i = d->first;

	while (i < d->last) {
		uint64_t digit = (uint64_t)(next_digit(d, &i) - '0');

		rest = (times_modulo(rest, 10, divisor) + digit) % divisor;
	}
	return rest;
}

/*
 * With both as whole digits without trailing zeros, a x 10^m and b x 10^n:
 * for m >= n the remainder of a x 10^(m-n) by b decides; for m < n a would
 * have to be divisible by 10, and it does not end in a zero.
 */
bool number_is_multiple(bool *out, const struct node *node,
			const struct node *divisor)
{
	struct decimal a;
	struct decimal b;
	uint64_t whole = 0;
	int64_t shift;
	size_t i;

	if (!decimal_of(&a, node) || !decimal_of(&b, divisor) ||
	    b.digits == 0 || b.digits > DECIMAL_DIVISOR_DIGITS || b.nan ||
	    b.infinite)
		return false;
	*out = !a.nan && !a.infinite;
	if (!*out || a.digits == 0)
		return true;
	for (i = b.first; i < b.last;)
		whole = whole * 10 + (uint64_t)(next_digit(&b, &i) - '0');
	shift = (a.point - a.digits) - (b.point - b.digits);
	*out = shift >= 0 &&
	       times_modulo(digits_modulo(&a, whole),
			    power_modulo(shift, whole), whole) == 0;
	return true;
}

uint64_t number_hash(const struct node *node)
{
	struct decimal d;
	uint64_t hash;
	size_t i;

	if (!decimal_of(&d, node) || d.nan || d.infinite)
		return 0;
	hash = (uint64_t)d.point * 2 + d.negative;
	for (i = d.first; i < d.last;)
		hash = (hash ^ (uint64_t)next_digit(&d, &i)) *
		       UINT64_C(0x100000001b3);
	return hash;
}
