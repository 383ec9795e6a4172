/*
 * fuzz_cel_check - what the checker says must hold: places lie in the text, an
 * error is told exactly when compiling fails, and a value that comes out has
 * the type that was worked out.
 *
 * What stands before a first line feed is given to be true.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cel/cel.h"
#include "cel/object.h"
#include "data/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char record_text[] =
	"{ id: a, status: active, count: 3, score: 4, due: 2026-01-31, "
	"tags: [x, y], owner: { name: n }, size: five, labels: { k: v } }";

static struct arena world;
static struct cel_env *env;
static const struct cel_type *self_type;
static struct document record;

static void check(bool holds)
{
	if (!holds)
		abort();
}

#define FIELD(text, kind, must)                                            \
	{                                                                  \
		.name = STR_INIT(text), .type = (kind), .required = (must) \
	}

static void make_types(void)
{
	static const str states[] = {STR_INIT("active"), STR_INIT("retired")};
	static const str retired[] = {STR_INIT("retired")};
	static const str ended[] = {STR_INIT("ended")};
	struct cel_type *self = cel_object_new(&world, STR("thing"));
	struct cel_type *owner = cel_object_new(&world, STR("owner"));
	const struct cel_type *size[] = {&cel_int_type, &cel_string_type};
	const struct cel_promise promise = {STR_INIT("status"), retired, 1,
					    ended, 1};
	struct cel_field owner_fields[] = {
		FIELD("name", &cel_string_type, true),
		FIELD("parts", cel_type_list(&world, self), false),
	};
	struct cel_field fields[] = {
		FIELD("id", &cel_string_type, true),
		FIELD("status", cel_type_texts(&world, states, 2), true),
		FIELD("count", &cel_int_type, true),
		FIELD("score", &cel_double_type, false),
		FIELD("due", &cel_date_type, true),
		FIELD("ended", &cel_date_type, false),
		FIELD("tags", cel_type_list(&world, &cel_string_type), true),
		FIELD("owner", owner, false),
		FIELD("size", cel_type_union(&world, size, 2), true),
		FIELD("labels",
		      cel_type_map(&world, &cel_string_type, &cel_string_type),
		      true),
	};

	cel_object_fill(&world, owner, owner_fields, 2, true);
	cel_object_fill(&world, self, fields, ARRAY_SIZE(fields), false);
	cel_object_promise(&world, self, &promise, 1);
	self_type = self;
}

static void start(void)
{
	struct cel_variable variables[] = {
		{.name = STR("self")},
		{.name = STR("any")},
		{.name = STR("n"), .type = &cel_int_type},
		{.name = STR("flag"), .type = &cel_bool_type},
		{.name = STR("list"), .type = &cel_list_dyn},
	};
	struct error err;

	arena_init(&world);
	make_types();
	variables[0].type = self_type;
	check(document_parse(&record, &world, str_of(record_text), FORMAT_YAML,
			     &limits_default, &err));
	check(cel_env_new(&env,
			  &(struct cel_env_options){
				  .variables = variables,
				  .variable_count = ARRAY_SIZE(variables)},
			  &err));
}

struct told {
	size_t length; /* of the text */
	size_t errors;
};

static void diagnose(void *context, const struct cel_diagnostic *found)
{
	struct told *told = context;

	check(found->at.start <= found->at.end);
	check(found->at.end <= told->length);
	check(found->text.len > 0 && found->code && found->code[0]);
	if (!found->warning)
		told->errors++;
}

static bool agrees(struct cel_eval *eval, const struct cel_type *type,
		   struct cel_value value);

static bool some_agrees(struct cel_eval *eval, const struct cel_type *type,
			struct cel_value value)
{
	for (size_t i = 0; i < type->count; i++)
		if (agrees(eval, type->params[i], value))
			return true;
	return false;
}

static bool items_agree(struct cel_eval *eval, const struct cel_type *type,
			struct cel_value list)
{
	for (size_t i = 0; i < cel_list_size(list); i++) {
		struct cel_value item = cel_list_at(eval, list, i);

		if (item.tag != CEL_ERROR &&
		    !agrees(eval, type->params[0], item))
			return false;
	}
	return true;
}

/* null may stand for what takes null. */
static bool agrees(struct cel_eval *eval, const struct cel_type *type,
		   struct cel_value value)
{
	switch (type->kind) {
	case CEL_T_DYN:
		return true;
	case CEL_T_UNION:
		return some_agrees(eval, type, value);
	case CEL_T_LIST:
		return value.tag == CEL_LIST && items_agree(eval, type, value);
	case CEL_T_MAP:
		return value.tag == CEL_MAP;
	case CEL_T_OBJECT:
		return value.tag == CEL_MAP || value.tag == CEL_NULL;
	case CEL_T_OPTIONAL:
		if (value.tag == CEL_OPTIONAL && value.as.some)
			return agrees(eval, type->params[0], *value.as.some);
		return value.tag == CEL_OPTIONAL || value.tag == CEL_NULL;
	case CEL_T_TIMESTAMP:
		return value.tag == CEL_TIMESTAMP || value.tag == CEL_NULL;
	case CEL_T_DURATION:
		return value.tag == CEL_DURATION || value.tag == CEL_NULL;
	default:
		return cel_type_of(value)->kind == type->kind;
	}
}

static void evaluate(const struct cel_program *program)
{
	struct arena arena;
	struct cel_eval eval = {
		.arena = &arena, .budget = SIZE_MAX, .limits = &limits_default};
	struct cel_value values[5];
	struct cel_activation activation = {values, ARRAY_SIZE(values), NULL};
	struct cel_run run = {.arena = &arena, .budget = 20000};
	struct cel_value value;

	arena_init(&arena);
	values[0] = cel_of_typed_node(&eval, record.roots[0], self_type);
	values[1] = cel_of_node(record.roots[0]);
	values[2] = cel_int(7);
	values[3] = cel_bool(true);
	values[4] = cel_list_of(&arena, values + 2, 2);
	value = cel_eval(program, &activation, &run);
	if (value.tag != CEL_ERROR)
		check(agrees(&eval, cel_program_type(program), value));
	arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {size ? (const char *)data : "", size};
	struct cel_compile_options options = {.diagnose = diagnose};
	struct cel_program *program;
	struct told told = {0};
	struct error err;
	str given;

	if (!env)
		start();
	if (str_find_byte(text, '\n') != SIZE_MAX) {
		given = str_cut(&text, '\n');
		options.given = &given;
		options.given_count = 1;
	}
	told.length = text.len;
	options.context = &told;
	if (cel_compile(&program, env, text, &options, &err)) {
		check(told.errors == 0);
		evaluate(program);
		cel_program_free(program);
	} else {
		check(err.kind != ERROR_NONE && err.text[0]);
	}
	return 0;
}
