/*
 * validate - does an instance satisfy a compiled schema?
 *
 * A fast pass that only says yes or no, and on the way can hand out the x-
 * keywords of the subschemas that applied. A ceiling that is hit is an error,
 * never "valid". For the reasons of a "no" see problem.h.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef JSONSCHEMA_VALIDATE_H
#define JSONSCHEMA_VALIDATE_H

#include "base/error.h"
#include "base/limits.h"
#include "jsonschema/schema_view.h"

struct validator;

/* Scratch memory for one thread; yours to free. */
struct validator *validator_new(const struct limits *limits);
void validator_free(struct validator *validator);

/* Says in *valid whether the instance satisfies the schema. ERROR_LIMIT for
 * a ceiling (json_depth, schema_steps, regular expressions), ERROR_CONFIG for
 * a schema that refers to itself without end; err->at is in the instance. */
MUST_USE bool schema_validate(bool *valid, struct validator *validator,
			      const struct schema *schema,
			      const struct node *instance, struct error *err);

/* Told of each x- keyword of each subschema that applied to a value and was
 * satisfied, also through references and chosen branches; not of those inside
 * `not` or a failed branch. A value may come more than once. */
typedef void schema_annotation(void *context, const struct schema *schema,
			       const struct schema_custom *custom,
			       const struct node *instance);

/* Validates and, when the instance is valid, calls `tell` in the order of the
 * walk: one walk for both. */
MUST_USE bool schema_annotations(bool *valid, struct validator *validator,
				 const struct schema *schema,
				 const struct node *instance,
				 schema_annotation *tell, void *context,
				 struct error *err);

#endif
