/*
 * mask - values that the schema marks x-sensitive, and what rules marked
 * sensitive find, never leave in a snippet.
 *
 * Registers hold personal data and CI logs are public. The bytes of such a
 * value are replaced by asterisks, one for a code point, before a source line
 * is kept; carets stay where they were.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINT_MASK_H
#define LINT_MASK_H

#include "base/arena.h"
#include "data/document.h"
#include "policy/policy.h"

struct mask {
	const struct span *spans; /* by place, apart */
	size_t count;
};

/* The sensitive values of a file's records. */
void mask_find(struct mask *out, const struct policy *policy,
	       const struct document *document, struct arena *arena);

/* Masks further spans, in any order. */
void mask_add(struct mask *mask, const struct span *spans, size_t count,
	      struct arena *arena);

/* A copy of the bytes [start, start + line.len) of the file, masked. */
str mask_line(const struct mask *mask, str line, size_t start,
	      struct arena *arena);

/* The sensitive ones of a value that stands at a pointer in a record of a kind,
 * where the record itself is not at hand. */
struct mask_values {
	const struct node *const *at;
	size_t count;
};

void mask_values(struct mask_values *out, const struct policy *policy, str kind,
		 str pointer, const struct node *value, struct arena *arena);
bool mask_hides(const struct mask_values *values, const struct node *node);

#endif
