/*
 * fuzz_schema_type - any schema that compiles must be given a type, or be
 * refused with a limit, in bounded time.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "policy/schema_type.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct schema_options options = {.limits = &limits_default,
					      .formats = true};

/* Types are printed and compared; an object may be part of itself. */
static void walk(const struct cel_type *type, size_t depth)
{
	struct buf words;

	buf_init(&words, 4096);
	cel_type_print(&words, type);
	buf_done(&words);
	if (!cel_type_equal(type, type) ||
	    !cel_type_assignable(type, type, true))
		abort();
	for (size_t i = 0; depth < 4 && i < type->count; i++)
		walk(type->params[i], depth + 1);
	for (size_t i = 0; depth < 4 && i < type->field_count; i++) {
		const struct cel_field *field = &type->fields[i];

		if (cel_type_field(type, field->name) != field)
			abort();
		walk(field->type, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct schema_file file = {
		.name = STR("fuzz.yaml"),
		.text = {size ? (const char *)data : "", size},
		.format = FORMAT_YAML};
	struct schema_registry *registry = schema_registry_new(&options);
	const struct schema *schema;
	const struct cel_type *type;
	struct schema_types types;
	struct arena arena;
	struct error err;

	arena_init(&arena);
	schema_types_init(&types, &arena, NULL, &limits_default);
	if (schema_compile_file(&schema, registry,
				STR("https://example.test/fuzz"), &file,
				&err)) {
		if (schema_type(&type, &types, schema, STR("thing"), &err))
			walk(type, 0);
		else if (err.kind != ERROR_LIMIT)
			abort();
	}
	schema_types_done(&types);
	arena_done(&arena);
	schema_registry_free(registry);
	return 0;
}
