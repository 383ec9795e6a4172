/*
 * fuzz_schema - a schema and an instance in one input, split by a line of
 * "---". It must end, within small limits; and the verdict, the problems and
 * the keywords must agree.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "jsonschema/problem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell(void *context, const struct schema *schema,
		 const struct schema_custom *custom,
		 const struct node *instance)
{
	(void)schema;
	if (!custom->value || !instance)
		abort();
	++*(size_t *)context;
}

static void judge(const struct schema *schema, const struct node *instance,
		  const struct limits *limits, struct arena *arena)
{
	struct validator *validator = validator_new(limits);
	const struct problem *problems;
	struct error err;
	size_t told = 0;
	size_t count;
	bool valid;
	bool again;

	if (schema_validate(&valid, validator, schema, instance, &err)) {
		if (schema_annotations(&again, validator, schema, instance,
				       tell, &told, &err) &&
		    (again != valid || (!valid && told > 0)))
			abort();
		if (schema_problems(&problems, &count, arena, validator, schema,
				    instance, &err)) {
			if (valid != (count == 0))
				abort();
			for (size_t i = 0; i < count; i++)
				if (problems[i].message.len == 0 ||
				    !problems[i].instance)
					abort();
		}
	}
	validator_free(validator);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str input = str_make((const char *)data, size);
	size_t split = str_find(input, STR("\n---\n"));
	struct limits limits = limits_default;
	struct schema_options options = {.limits = &limits, .formats = true};
	struct schema_registry *registry;
	const struct schema *schema;
	struct document document;
	struct arena arena;
	struct error err;
	struct schema_file file = {.format = FORMAT_YAML};

	if (split == SIZE_MAX || size > 4096)
		return 0;
	limits.schema_steps = 5000;
	limits.json_depth = 64;
	limits.yaml_nodes = 500;
	limits.regex_match = 1000;
	limits.yaml_depth = 32;
	arena_init(&arena);
	if (!document_parse(&document, &arena, str_slice(input, 0, split),
			    FORMAT_YAML, &limits, &err) ||
	    document.count != 1)
		goto done;
	file.root = document.roots[0];
	if (!document_parse(&document, &arena,
			    str_slice(input, split + 5, size), FORMAT_YAML,
			    &limits, &err) ||
	    document.count == 0)
		goto done;
	/* The metaschemas themselves need room */
	limits.yaml_nodes = 2000;
	registry = schema_registry_new(&options);
	if (schema_compile_file(&schema, registry, STR("fuzz:schema"), &file,
				&err))
		judge(schema, document.roots[0], &limits, &arena);
	schema_registry_free(registry);
done:
	arena_done(&arena);
	return 0;
}
