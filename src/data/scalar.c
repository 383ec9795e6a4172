/* SPDX-License-Identifier: Apache-2.0 */
#include "data/scalar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* An exponent of more digits could not be added to without overflow. */
enum { EXPONENT_DIGITS = 15 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(str text, size_t i)
{
	while (i < text.len && is_digit(text.ptr[i]))
		i++;
	return i;
}

static bool all_of(str text, size_t from, const char *set)
{
	size_t i = from;

	while (i < text.len && text.ptr[i] && strchr(set, text.ptr[i]))
		i++;
	return i == text.len && i > from;
}

static bool is_one_of(str text, const char *a, const char *b, const char *c)
{
	return str_is(text, a) || str_is(text, b) || str_is(text, c);
}

static enum scalar_form number_form(str text)
{
	size_t start = text.ptr[0] == '-' || text.ptr[0] == '+';
	str bare = str_slice(text, start, text.len);
	size_t i = digits(text, start);
	size_t whole = i - start;
	size_t fraction = 0;
	size_t from;

	if (start == 0 && str_starts(text, STR("0o")))
		return all_of(text, 2, "01234567") ? SCALAR_OCTAL
						   : SCALAR_STRING;
	if (start == 0 && str_starts(text, STR("0x")))
		return all_of(text, 2, "0123456789abcdefABCDEF")
			       ? SCALAR_HEX
			       : SCALAR_STRING;
	if (is_one_of(bare, ".inf", ".Inf", ".INF"))
		return SCALAR_INFINITY;
	if (is_one_of(text, ".nan", ".NaN", ".NAN"))
		return SCALAR_NAN;
	if (i == text.len)
		return whole ? SCALAR_DECIMAL : SCALAR_STRING;
	if (text.ptr[i] == '.') {
		from = i + 1;
		i = digits(text, from);
		fraction = i - from;
	}
	if (whole + fraction == 0)
		return SCALAR_STRING;
	if (i < text.len && (text.ptr[i] == 'e' || text.ptr[i] == 'E')) {
		i++;
		if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
			i++;
		from = i;
		i = digits(text, from);
		if (i == from)
			return SCALAR_STRING;
	}
	return i == text.len ? SCALAR_FLOAT : SCALAR_STRING;
}

enum scalar_form scalar_form(str text)
{
	if (text.len == 0)
		return SCALAR_NULL;
	switch (text.ptr[0]) {
	case '~':
		return text.len == 1 ? SCALAR_NULL : SCALAR_STRING;
	case 'n':
	case 'N':
		return is_one_of(text, "null", "Null", "NULL") ? SCALAR_NULL
							       : SCALAR_STRING;
	case 't':
	case 'T':
		return is_one_of(text, "true", "True", "TRUE") ? SCALAR_TRUE
							       : SCALAR_STRING;
	case 'f':
	case 'F':
		return is_one_of(text, "false", "False", "FALSE")
			       ? SCALAR_FALSE
			       : SCALAR_STRING;
	case '+':
	case '-':
	case '.':
		return number_form(text);
	default:
		return is_digit(text.ptr[0]) ? number_form(text)
					     : SCALAR_STRING;
	}
}

/* The nearest double of a decimal number. */
static double nearest(str text)
{
	char small[64];
	char *copy =
		text.len < sizeof(small) ? small : mem_grow(NULL, text.len + 1);
	double number;

	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	number = strtod(copy, NULL);
	if (copy != small)
		mem_free(copy);
	return number;
}

static bool apply_bits(struct node *node, unsigned shift, struct error *err)
{
	int64_t value = 0;

	for (size_t i = 2; i < node->text.len; i++) {
		char c = node->text.ptr[i];
		int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

		if (value > INT64_MAX >> shift)
			return error_set_at(err, ERROR_SYNTAX, node->span,
					    "a number beyond 64 bits; write it "
					    "in decimal, or in quotes");
		value = (int64_t)((uint64_t)value << shift) | digit;
	}
	node->kind = NODE_INT;
	node->as.integer = value;
	return true;
}

static bool exponent_fits(str text)
{
	size_t i = 0;
	size_t from;

	while (i < text.len && text.ptr[i] != 'e' && text.ptr[i] != 'E')
		i++;
	i += i < text.len;
	if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
		i++;
	from = i;
	while (i < text.len && text.ptr[i] == '0')
		from = ++i;
	return text.len - from <= EXPONENT_DIGITS;
}

static bool apply_float(struct node *node, struct error *err)
{
	if (!exponent_fits(node->text))
		return error_set_at(err, ERROR_SYNTAX, node->span,
				    "a number whose exponent has more than %d "
				    "digits",
				    EXPONENT_DIGITS);
	node->kind = NODE_FLOAT;
	node->as.number = nearest(node->text);
	return true;
}

bool scalar_apply(struct node *node, enum scalar_form form, struct error *err)
{
	switch (form) {
	case SCALAR_STRING:
		node->kind = NODE_STRING;
		return true;
	case SCALAR_NULL:
		node->kind = NODE_NULL;
		return true;
	case SCALAR_TRUE:
	case SCALAR_FALSE:
		node->kind = NODE_BOOL;
		node->as.boolean = form == SCALAR_TRUE;
		return true;
	case SCALAR_DECIMAL:
		node->kind = NODE_INT;
		if (!str_to_int64(&node->as.integer, node->text)) {
			node->big = true;
			node->as.number = nearest(node->text);
		}
		return true;
	case SCALAR_OCTAL:
		return apply_bits(node, 3, err);
	case SCALAR_HEX:
		return apply_bits(node, 4, err);
	case SCALAR_FLOAT:
		return apply_float(node, err);
	case SCALAR_INFINITY:
		node->kind = NODE_FLOAT;
		node->as.number =
			node->text.ptr[0] == '-' ? -INFINITY : INFINITY;
		return true;
	case SCALAR_NAN:
		break;
	}
	node->kind = NODE_FLOAT;
	node->as.number = NAN;
	return true;
}

/* A decimal number in scientific form: sign, d.ddd x 10^exponent. The digits
 * stay in the text; a point between them is skipped. */
struct decimal {
	int sign; /* -1, 0, 1 */
	const char *first;
	const char *end;  /* behind the last digit that is not 0 */
	int64_t exponent; /* of the first digit */
};

static void decimal_of(struct decimal *out, str text)
{
	size_t i = text.ptr[0] == '-' || text.ptr[0] == '+';
	size_t point = SIZE_MAX;
	int64_t exponent = 0;
	size_t first = SIZE_MAX;
	size_t last = 0;

	*out = (struct decimal){0};
	for (; i < text.len && (is_digit(text.ptr[i]) || text.ptr[i] == '.');
	     i++) {
		if (text.ptr[i] == '.') {
			point = i;
		} else if (text.ptr[i] != '0') {
			last = i;
			if (first == SIZE_MAX)
				first = i;
		}
	}
	if (first == SIZE_MAX)
		return;
	if (point == SIZE_MAX)
		point = i;
	/* exponent_fits has seen to it that this does not overflow. */
	if (i < text.len &&
	    !str_to_int64(&exponent, str_slice(text, i + 1, text.len)))
		exponent = 0;
	out->sign = text.ptr[0] == '-' ? -1 : 1;
	out->first = text.ptr + first;
	out->end = text.ptr + last + 1;
	out->exponent = exponent + (first < point ? (int64_t)(point - first) - 1
						  : -(int64_t)(first - point));
}

static int compare_digits(const struct decimal *a, const struct decimal *b)
{
	const char *p = a->first;
	const char *q = b->first;

	for (;;) {
		p += p < a->end && *p == '.';
		q += q < b->end && *q == '.';
		if (p == a->end || q == b->end)
			return (p != a->end) - (q != b->end);
		if (*p != *q)
			return *p < *q ? -1 : 1;
		p++;
		q++;
	}
}

/* Infinities and .nan have a place of their own: -1, 0 (finite), 1, 2. */
static int rank(const struct node *node)
{
	if (node->kind != NODE_FLOAT)
		return 0;
	if (isnan(node->as.number))
		return 2;
	if (!isinf(node->as.number) ||
	    scalar_form(node->text) != SCALAR_INFINITY)
		return 0;
	return node->as.number < 0 ? -1 : 1;
}

static str decimal_text(const struct node *node, char *room, size_t size)
{
	int len;

	if (node->kind != NODE_INT || node->big)
		return node->text;
	len = snprintf(room, size, "%lld", (long long)node->as.integer);
	return (str){room, (size_t)len};
}

int number_compare(const struct node *a, const struct node *b)
{
	struct decimal x;
	struct decimal y;
	char room_a[24];
	char room_b[24];
	int order;

	if (a->kind == NODE_INT && b->kind == NODE_INT && !a->big && !b->big)
		return (a->as.integer > b->as.integer) -
		       (a->as.integer < b->as.integer);
	if (rank(a) != 0 || rank(b) != 0)
		return (rank(a) > rank(b)) - (rank(a) < rank(b));
	decimal_of(&x, decimal_text(a, room_a, sizeof(room_a)));
	decimal_of(&y, decimal_text(b, room_b, sizeof(room_b)));
	if (x.sign != y.sign)
		return x.sign < y.sign ? -1 : 1;
	if (x.sign == 0)
		return 0;
	order = x.exponent != y.exponent ? (x.exponent < y.exponent ? -1 : 1)
					 : compare_digits(&x, &y);
	return x.sign * order;
}
