/* check_fixture - an environment of records and a way to check against it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CHECK_FIXTURE_H
#define TESTS_UNIT_CHECK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "cel/object.h"

struct check_world {
	struct arena arena;
	struct cel_env *env;
	struct buf told; /* "error 5-11 unknown-field: text; ..." */
};

static inline const struct cel_type *world_type(struct check_world *world,
						const char *text)
{
	const struct cel_type *type = NULL;
	struct error err;

	assert_true(cel_type_parse(&type, &world->arena, str_of(text), &err));
	return type;
}

#define FIELD(text, kind, must)                                            \
	{                                                                  \
		.name = STR_INIT(text), .type = (kind), .required = (must) \
	}

/* self: a record of kind `control`, closed; note: an open one. */
static inline void world_types(struct check_world *world,
			       struct cel_type **self, struct cel_type **note)
{
	static const str states[] = {STR_INIT("active"), STR_INIT("draft"),
				     STR_INIT("retired")};
	static const str retired[] = {STR_INIT("retired")};
	static const str left[] = {STR_INIT("retired_at")};
	static const str checked[] = {STR_INIT("checked_by")};
	struct arena *arena = &world->arena;
	struct cel_type *owner = cel_object_new(arena, STR("control.owner"));
	const struct cel_type *state = cel_type_texts(arena, states, 3);
	struct cel_field owner_fields[] = {
		FIELD("name", &cel_string_type, true),
		FIELD("email", &cel_string_type, false),
	};
	struct cel_field note_fields[] = {
		FIELD("text", &cel_string_type, true),
	};
	struct cel_promise promises[] = {
		{STR_INIT("status"), retired, 1, left, 1},
		{STR_INIT("checked"), NULL, 0, checked, 1},
	};

	*self = cel_object_new(arena, STR("control"));
	*note = cel_object_new(arena, STR("note"));
	cel_object_fill(arena, owner, owner_fields, 2, false);
	cel_object_fill(arena, *note, note_fields, 1, true);
	{
		struct cel_field fields[] = {
			FIELD("id", &cel_string_type, true),
			FIELD("status", state, true),
			FIELD("old_status", state, false),
			FIELD("count", &cel_int_type, true),
			FIELD("score", &cel_double_type, false),
			FIELD("owner", owner, false),
			FIELD("lead", owner, true),
			FIELD("tags", cel_type_list(arena, &cel_string_type),
			      true),
			FIELD("states", cel_type_list(arena, state), true),
			FIELD("parts", cel_type_list(arena, *self), false),
			FIELD("owners", cel_type_list(arena, owner), true),
			FIELD("labels",
			      cel_type_map(arena, &cel_string_type,
					   &cel_string_type),
			      true),
			FIELD("due", &cel_date_type, true),
			FIELD("retired_at", &cel_date_type, false),
			FIELD("checked", &cel_bool_type, true),
			FIELD("checked_by", &cel_string_type, false),
			FIELD("size", world_type(world, "int|string"), true),
			FIELD("maybe", world_type(world, "string|null_type"),
			      true),
		};

		cel_object_fill(arena, *self, fields, ARRAY_SIZE(fields),
				false);
	}
	cel_object_promise(arena, *self, promises, 2);
}

static inline void world_init(struct check_world *world)
{
	struct cel_type *self;
	struct cel_type *note;
	struct error err;

	arena_init(&world->arena);
	buf_init(&world->told, 1 << 16);
	world_types(world, &self, &note);
	{
		const struct cel_variable variables[] = {
			{.name = STR("self"), .type = self},
			{.name = STR("note"), .type = note},
			{.name = STR("other"), .type = self},
			{.name = STR("any")},
			{.name = STR("controls"),
			 .type = cel_type_list(&world->arena, self)},
			{.name = STR("now"), .type = &cel_timestamp_type},
			{.name = STR("flag"), .type = &cel_bool_type},
		};

		assert_true(cel_env_new(
			&world->env,
			&(struct cel_env_options){
				.variables = variables,
				.variable_count = ARRAY_SIZE(variables)},
			&err));
	}
}

static inline void world_done(struct check_world *world)
{
	cel_env_free(world->env);
	buf_done(&world->told);
	arena_done(&world->arena);
}

static inline void world_tell(void *context, const struct cel_diagnostic *found)
{
	struct check_world *world = context;

	buf_format(&world->told,
		   "%s%s %u-%u %s: ", world->told.len ? " | " : "",
		   found->warning ? "warning" : "error", found->at.start,
		   found->at.end, found->code);
	buf_add(&world->told, found->text);
}

/* Compiles; world->told holds what was said. The type, or NULL. */
static inline const struct cel_type *world_check(struct check_world *world,
						 const char *text,
						 const char *given)
{
	const str known = str_of(given);
	const struct cel_compile_options options = {.given = &known,
						    .given_count =
							    given ? 1 : 0,
						    .diagnose = world_tell,
						    .context = world};
	const struct cel_type *type = NULL;
	struct cel_program *program;
	struct error err;

	buf_clear(&world->told);
	if (cel_compile(&program, world->env, str_of(text), &options, &err)) {
		struct buf name;

		buf_init(&name, 4096);
		cel_type_print(&name, cel_program_type(program));
		type = world_type(world,
				  arena_cstr(&world->arena, buf_str(&name)));
		buf_done(&name);
		cel_program_free(program);
	} else if (!world->told.len) {
		buf_format(&world->told, "no program: %s", err.text);
	}
	return type;
}

#endif
