/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/test.h"

struct laying {
	const struct node *given;
	struct arena *arena;
};

static bool check(const struct parameter_set *set, const struct node *given,
		  struct error *err)
{
	for (uint32_t i = 0; i < given->count; i++) {
		const struct node *value = &given->as.children[i];
		str key = value->key->text;
		const struct parameter *parameter = parameter_find(set, key);
		const char *wanted;

		if (!parameter)
			return error_set(err, ERROR_CONFIG,
					 "there is no parameter '" STR_FMT "'",
					 STR_ARG(key));
		wanted = parameter_misfit(parameter, value);
		if (wanted)
			return error_set(err, ERROR_CONFIG,
					 "the parameter '" STR_FMT "' wants %s",
					 STR_ARG(key), wanted);
	}
	return true;
}

/* Copies the maps on the way to what is replaced: as deep as a key has dots
 * and as values of parameters are, which yaml_depth bounds. */
static void lay(const struct laying *laying, struct node *out, str path)
{
	const struct node *value = node_find(laying->given, path);
	struct node *children;

	if (value) {
		struct node place = *out;

		*out = *value;
		out->key = place.key;
		out->hash = place.hash;
		out->index = place.index;
		return;
	}
	if (out->kind != NODE_MAP)
		return;
	children = arena_array(laying->arena, struct node, out->count);
	for (uint32_t i = 0; i < out->count; i++) {
		const struct node *from = &out->as.children[i];
		str name = from->key->text;

		children[i] = *from;
		lay(laying, &children[i],
		    path.len ? str_format(laying->arena, STR_FMT "." STR_FMT,
					  STR_ARG(path), STR_ARG(name))
			     : name);
	}
	out->as.children = children;
}

bool world_params(const struct node **out, const struct policy *policy,
		  const struct node *given, struct arena *arena,
		  struct error *err)
{
	const struct vocabulary *vocabulary = policy_vocabulary(policy);
	struct laying laying = {given, arena};
	struct node *root = arena_new(arena, struct node);

	if (!check(policy_parameters(policy), given, err))
		return false;
	*root = *vocabulary_params_node(vocabulary);
	lay(&laying, root, STR(""));
	*out = root;
	return true;
}
