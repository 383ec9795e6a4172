/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonschema/problem.h"
#include "jsonschema/registry.h"

static bool judge(const struct problem **problem, struct arena *arena,
		  struct validator *run, const struct schema *metaschema,
		  const struct node *root, struct error *err)
{
	const struct problem *problems = NULL;
	bool valid;
	size_t count = 0;

	if (!schema_validate(&valid, run, metaschema, root, err))
		return false;
	if (!valid && !schema_problems(&problems, &count, arena, run,
				       metaschema, root, err))
		return false;
	*problem = count ? problems : NULL;
	return true;
}

bool metaschema_check(struct schema_registry *registry,
		      const struct schema *metaschema,
		      const struct schema_resource *resource, struct error *err)
{
	struct validator *run = validator_new(&registry->limits);
	const struct problem *problem;
	struct arena arena;
	bool done;

	arena_init(&arena);
	done = judge(&problem, &arena, run, metaschema, resource->root, err);
	if (!done) {
		registry->fault = resource->file;
		error_prefix(err, "schema " STR_FMT, STR_ARG(resource->uri));
	} else if (problem) {
		done = schema_fault_set(registry, err, resource,
					problem->key ? problem->key
						     : problem->instance,
					"it is no valid schema: " STR_FMT,
					STR_ARG(problem->message));
	}
	arena_done(&arena);
	validator_free(run);
	return done;
}
