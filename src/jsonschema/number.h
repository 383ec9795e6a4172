/*
 * number - exact questions about numbers as they were written.
 *
 * They are taken apart as decimal text and divided digit by digit, without
 * rounding; for their order see data/scalar.h. For this room only.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_NUMBER_H
#define JSONSCHEMA_NUMBER_H

#include "data/node.h"

enum { DECIMAL_DIVISOR_DIGITS = 18 };

/* value = 0.DIGITS x 10^point; the digits stand in `text` from `first` to
 * `last`, where a dot is skipped. No leading or trailing zero; none: zero. */
struct decimal {
	str text;
	size_t first;
	size_t last;
	int64_t point;
	int64_t digits;
	bool negative;
	bool infinite;
	bool nan;
	char own[24]; /* of an integer that was not written in decimal */
};

static inline bool node_is_number(const struct node *node)
{
	return node->kind == NODE_INT || node->kind == NODE_FLOAT;
}

/* Reads a number node. False: its exponent has more than 15 digits, or it is
 * a big integer that is not written in decimal. */
MUST_USE bool decimal_of(struct decimal *out, const struct node *node);

/* Is it without a fraction? False as decimal_of. */
MUST_USE bool number_is_integer(bool *out, const struct node *node);

/* Is it a whole multiple? The divisor has at most DECIMAL_DIVISOR_DIGITS
 * significant digits; false when it has more, or as decimal_of. */
MUST_USE bool number_is_multiple(bool *out, const struct node *node,
				 const struct node *divisor);

/* The same for numbers that node_equal calls equal; 0 for odd ones. */
uint64_t number_hash(const struct node *node);

#endif
