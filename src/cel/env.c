/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cel/note.h"
#include "cel/plan.h"

/* The overloads of one name in one style. */
struct group {
	VEC(const struct cel_overload *) found;
	const struct cel_overload *const *at;
	size_t count;
};

struct loaded {
	const struct cel_library *library;
	struct cel_fit *fits; /* one for each overload */
};

struct cel_env {
	struct arena arena;
	struct cel_env_options options;
	struct map globals; /* name to struct group */
	struct map receivers;
	struct map variables; /* name to struct cel_variable of options */
	struct loaded *libraries;
	size_t library_count;
	bool borrows; /* all but the variables is that of another */
};

static const struct cel_library *const own[] = {
	&cel_library_std,  &cel_library_time,	   &cel_library_strings,
	&cel_library_math, &cel_library_encoders,  &cel_library_lists,
	&cel_library_sets, &cel_library_optionals, &cel_library_regex,
};

/* ---- building */

uint32_t cel_type_tags(const struct cel_type *type)
{
	uint32_t tags = 0;

	switch (type->kind) {
	case CEL_T_NULL:
		return 1u << CEL_NULL;
	case CEL_T_BOOL:
		return 1u << CEL_BOOL;
	case CEL_T_INT:
		return 1u << CEL_INT;
	case CEL_T_UINT:
		return 1u << CEL_UINT;
	case CEL_T_DOUBLE:
		return 1u << CEL_DOUBLE;
	case CEL_T_STRING:
		return 1u << CEL_STRING;
	case CEL_T_BYTES:
		return 1u << CEL_BYTES;
	case CEL_T_TIMESTAMP:
		return 1u << CEL_TIMESTAMP;
	case CEL_T_DURATION:
		return 1u << CEL_DURATION;
	case CEL_T_LIST:
		return 1u << CEL_LIST;
	case CEL_T_MAP:
	case CEL_T_OBJECT:
		return 1u << CEL_MAP;
	case CEL_T_OPTIONAL:
		return 1u << CEL_OPTIONAL;
	case CEL_T_TYPE:
		return 1u << CEL_TYPE;
	case CEL_T_ABSTRACT:
		return 1u << CEL_OPAQUE;
	case CEL_T_UNION:
		for (size_t i = 0; i < type->count; i++)
			tags |= cel_type_tags(type->params[i]);
		return tags;
	default:
		return ~(1u << CEL_ERROR);
	}
}

static bool same_params(const struct cel_fit *a, const struct cel_fit *b)
{
	if (a->signature.count != b->signature.count)
		return false;
	for (size_t i = 0; i < a->signature.count; i++)
		if (!cel_type_equal(a->signature.params[i],
				    b->signature.params[i]))
			return false;
	return true;
}

static bool add_overload(struct cel_env *env,
			 const struct cel_overload *overload,
			 struct cel_fit *fit, struct error *err)
{
	struct map *map = overload->flags & CEL_RECEIVER ? &env->receivers
							 : &env->globals;
	struct group *group = map_find(map, str_of(overload->name));
	const struct cel_overload **slot;

	if (!cel_signature_parse(&fit->signature, &env->arena,
				 str_of(overload->signature), err))
		return error_prefix(err, "%s", overload->id);
	fit->tags =
		arena_array(&env->arena, uint32_t, fit->signature.count + 1);
	for (size_t i = 0; i < fit->signature.count; i++)
		fit->tags[i] = cel_type_tags(fit->signature.params[i]);
	if (!group) {
		group = arena_new(&env->arena, struct group);
		(void)map_put(map, str_of(overload->name), group);
	}
	for (size_t i = 0; i < group->count; i++)
		if (same_params(fit, cel_env_fit(env, group->at[i])))
			return error_set(err, ERROR_CONFIG,
					 "the overloads %s and %s collide",
					 group->at[i]->id, overload->id);
	slot = vec_push(&group->found);
	*slot = overload;
	group->at = group->found.at;
	group->count = group->found.count;
	return true;
}

static bool add_library(struct cel_env *env, const struct cel_library *library,
			struct error *err)
{
	struct loaded *loaded = &env->libraries[env->library_count++];

	loaded->library = library;
	loaded->fits = arena_array(&env->arena, struct cel_fit, library->count);
	for (size_t i = 0; i < library->count; i++)
		if (!add_overload(env, &library->overloads[i], &loaded->fits[i],
				  err))
			return error_prefix(err, "library %s", library->name);
	return true;
}

/* Moves the lists of overloads into the arena; also after a failure. */
static void settle(struct cel_env *env)
{
	for (size_t k = 0; k < env->library_count; k++) {
		const struct cel_library *library = env->libraries[k].library;

		for (size_t i = 0; i < library->count; i++) {
			const struct cel_overload *one = &library->overloads[i];
			struct group *group = map_find(one->flags & CEL_RECEIVER
							       ? &env->receivers
							       : &env->globals,
						       str_of(one->name));

			if (!group || !group->found.at)
				continue;
			group->at = vec_keep(&group->found, &env->arena);
			vec_done(&group->found);
		}
	}
}

static void add_variables(struct cel_env *env)
{
	struct cel_env_options *options = &env->options;
	struct cel_variable *kept = arena_array(
		&env->arena, struct cel_variable, options->variable_count + 1);

	for (size_t i = 0; i < options->variable_count; i++) {
		kept[i] = options->variables[i];
		kept[i].name = str_keep(&env->arena, kept[i].name);
		(void)map_put(&env->variables, kept[i].name, &kept[i]);
	}
	options->variables = kept;
}

bool cel_env_new(struct cel_env **out, const struct cel_env_options *options,
		 struct error *err)
{
	struct cel_env *env = mem_new(sizeof(*env));
	bool done = true;

	arena_init(&env->arena);
	map_init(&env->globals);
	map_init(&env->receivers);
	map_init(&env->variables);
	env->options = *options;
	env->options.container = str_keep(&env->arena, options->container);
	if (!env->options.limits)
		env->options.limits = &limits_default;
	add_variables(env);
	env->libraries = arena_array(&env->arena, struct loaded,
				     ARRAY_SIZE(own) + options->library_count);
	for (size_t i = 0; done && !options->bare && i < ARRAY_SIZE(own); i++)
		done = add_library(env, own[i], err);
	for (size_t i = 0; done && i < options->library_count; i++)
		done = add_library(env, options->libraries[i], err);
	settle(env);
	if (!done) {
		cel_env_free(env);
		return false;
	}
	*out = env;
	return true;
}

struct cel_env *cel_env_with(const struct cel_env *base,
			     const struct cel_variable *variables, size_t count)
{
	struct cel_env *env = mem_new(sizeof(*env));

	*env = *base;
	env->borrows = true;
	arena_init(&env->arena);
	map_init(&env->variables);
	env->options.variables = variables;
	env->options.variable_count = count;
	add_variables(env);
	return env;
}

void cel_env_free(struct cel_env *env)
{
	if (!env)
		return;
	if (!env->borrows) {
		map_done(&env->globals);
		map_done(&env->receivers);
	}
	map_done(&env->variables);
	arena_done(&env->arena);
	mem_free(env);
}

const struct cel_env_options *cel_env_options(const struct cel_env *env)
{
	return &env->options;
}

/* ---- looking up */

const struct cel_overload *const *cel_env_overloads(const struct cel_env *env,
						    str name, bool receiver,
						    size_t *count)
{
	const struct group *group =
		map_find(receiver ? &env->receivers : &env->globals, name);

	*count = group ? group->count : 0;
	return group ? group->at : NULL;
}

const struct cel_fit *cel_env_fit(const struct cel_env *env,
				  const struct cel_overload *overload)
{
	for (size_t k = 0; k < env->library_count; k++) {
		const struct cel_library *library = env->libraries[k].library;

		if ((uintptr_t)overload >= (uintptr_t)library->overloads &&
		    (uintptr_t)overload <
			    (uintptr_t)(library->overloads + library->count))
			return &env->libraries[k]
					.fits[overload - library->overloads];
	}
	return NULL;
}

const struct cel_signature *cel_env_signature(
	const struct cel_env *env, const struct cel_overload *overload)
{
	const struct cel_fit *fit = cel_env_fit(env, overload);

	return fit ? &fit->signature : NULL;
}

const struct cel_library *cel_env_library(const struct cel_env *env, size_t i)
{
	return i < env->library_count ? env->libraries[i].library : NULL;
}

size_t cel_env_variable(const struct cel_env *env, str name)
{
	const struct cel_variable *variable = map_find(&env->variables, name);

	return variable ? (size_t)(variable - env->options.variables)
			: SIZE_MAX;
}

const struct cel_type *cel_env_type(const struct cel_env *env, str name)
{
	static const struct {
		const char *name;
		const struct cel_type *type;
	} named[] = {
		{"bool", &cel_bool_type},
		{"bytes", &cel_bytes_type},
		{"double", &cel_double_type},
		{"google.protobuf.Duration", &cel_duration_type},
		{"google.protobuf.Timestamp", &cel_timestamp_type},
		{"int", &cel_int_type},
		{"list", &cel_list_dyn},
		{"map", &cel_map_dyn},
		{"null_type", &cel_null_type},
		{"optional_type", &cel_optional_dyn},
		{"string", &cel_string_type},
		{"type", &cel_type_type},
		{"uint", &cel_uint_type},
	};

	for (size_t i = 0; i < env->options.type_count; i++)
		if (str_equal(env->options.types[i]->name, name))
			return env->options.types[i];
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (str_is(name, named[i].name))
			return named[i].type;
	return NULL;
}
