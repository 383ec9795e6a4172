/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/problem.h"

bool schema_problems(const struct problem **out, size_t *count,
		     struct arena *arena, struct validator *validator,
		     const struct schema *schema, const struct node *instance,
		     struct error *err)
{
	struct problem *problem;
	bool valid;

	if (!schema_validate(&valid, validator, schema, instance, err))
		return false;
	*count = valid ? 0 : 1;
	problem = arena_new(arena, struct problem);
	problem->keyword = "schema";
	problem->instance = instance;
	problem->schema = schema;
	problem->message = STR("this value does not satisfy its schema");
	*out = problem;
	return true;
}
