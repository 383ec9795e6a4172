/*
 * problem - why an instance does not satisfy its schema, in plain words.
 *
 * The exhaustive pass, for invalid instances only. One cause is one problem:
 * of alternatives the one that was most likely meant is explained, an unknown
 * key that is a misspelt required key is said once, and the same fault in many
 * items of a list is told once with the others listed.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_PROBLEM_H
#define JSONSCHEMA_PROBLEM_H

#include "base/arena.h"
#include "jsonschema/validate.h"

struct problem {
	const char *keyword;	     /* "required", "type", "oneOf", ... */
	const struct node *instance; /* the value that is wrong */
	const struct node *key;	     /* the key, when the key is the place */
	const struct schema *schema; /* that says the keyword */
	const struct node *rule;     /* the keyword's value in the schema */
	str name;		     /* the missing or unknown key, if any */
	str message;		     /* a sentence without a full stop */
	str because;		     /* "status is 'closed'", or absent */
	str suggestion;		     /* what was probably meant, or absent */
	const struct node *const *expected; /* allowed values */
	size_t expected_count;
	const struct node *const *repeats; /* other values, same fault */
	size_t repeat_count;
	bool sure;	/* the suggestion alone can have been meant */
	bool sensitive; /* the value must not be shown */
};

/* Lists the problems of an invalid instance, in document order, in `arena`;
 * *count is 0 when it is valid. Errors as schema_validate. */
MUST_USE bool schema_problems(const struct problem **out, size_t *count,
			      struct arena *arena, struct validator *validator,
			      const struct schema *schema,
			      const struct node *instance, struct error *err);

#endif
