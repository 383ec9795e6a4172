/*
 * scalar - what the text of a plain scalar means: YAML 1.2 core schema.
 *
 * YAML 1.2.2, section 10.3.2. `no` and `2024-01-31` are strings, `012` is
 * twelve, `0o14` is twelve.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DATA_SCALAR_H
#define DATA_SCALAR_H

#include "base/arena.h"
#include "base/error.h"
#include "data/node.h"

enum scalar_form {
	SCALAR_STRING,
	SCALAR_NULL,
	SCALAR_TRUE,
	SCALAR_FALSE,
	SCALAR_DECIMAL, /* 12, -3, 012 */
	SCALAR_OCTAL,	/* 0o14 */
	SCALAR_HEX,	/* 0x0C */
	SCALAR_FLOAT,	/* 1.5, 1e3, .5 */
	SCALAR_INFINITY,
	SCALAR_NAN,
};

/* How the core schema reads a plain scalar. */
enum scalar_form scalar_form(str text);

/* Sets kind, big and as of a node from its text, read as `form`. ERROR_SYNTAX
 * at its span for a number that cannot be held exactly: octal and hexadecimal
 * beyond 64 bits, an exponent of more than 15 digits. */
MUST_USE bool scalar_apply(struct node *node, enum scalar_form form,
			   struct error *err);

/* Orders two numbers (NODE_INT, NODE_FLOAT) by their exact decimal values:
 * negative, 0, positive. .nan equals itself and stands above all. */
int number_compare(const struct node *a, const struct node *b);

#endif
