/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/parameters.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/period.h"
#include "base/vec.h"

struct parameter_set {
	struct arena arena;
	VEC(struct parameter) parameters;
	VEC(str) keys;
	struct map by_key; /* key -> index + 1 */
};

struct parameter_set *parameter_set_new(void)
{
	struct parameter_set *set = mem_new(sizeof(*set));

	arena_init(&set->arena);
	map_init(&set->by_key);
	return set;
}

void parameter_set_free(struct parameter_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->parameters.count; i++) {
		const struct parameter *parameter = &set->parameters.at[i];

		for (size_t k = 0; k < parameter->pattern_count; k++)
			regex_free(parameter->patterns[k]);
	}
	vec_done(&set->parameters);
	vec_done(&set->keys);
	map_done(&set->by_key);
	arena_done(&set->arena);
	mem_free(set);
}

bool parameter_set_add(struct parameter_set *set,
		       const struct policy_file *file, const struct node *list,
		       struct error *err)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct node *entry = &list->as.children[i];
		const struct node *key = node_find(entry, STR("key"));
		const struct node *value = node_find(entry, STR("default"));

		if (map_find(&set->by_key, key->text))
			return policy_file_fault(file, key->span, err,
						 "the parameter '" STR_FMT
						 "' is defined twice",
						 STR_ARG(key->text));
		*vec_push(&set->parameters) = (struct parameter){
			.key = key->text,
			.title = node_text(entry, STR("title")),
			.type = node_text(entry, STR("type")),
			.source = node_text(entry, STR("source")),
			.why = node_text(entry, STR("why")),
			.standard = value,
			.value = value,
			.entry = entry,
		};
		*vec_push(&set->keys) = key->text;
		(void)map_put(&set->by_key, key->text,
			      (const void *)(uintptr_t)set->parameters.count);
	}
	return true;
}

static bool unknown_key(const struct parameter_set *set,
			const struct policy_file *config,
			const struct node *key, struct error *err)
{
	str nearest[1];

	if (nearest_find(nearest, 1, key->text, set->keys.at, set->keys.count))
		return policy_file_fault(config, key->span, err,
					 "there is no parameter '" STR_FMT
					 "'; did you mean '" STR_FMT "'?",
					 STR_ARG(key->text),
					 STR_ARG(nearest[0]));
	return policy_file_fault(config, key->span, err,
				 "there is no parameter '" STR_FMT "'",
				 STR_ARG(key->text));
}

static bool all_of_kind(const struct node *list, enum node_kind kind)
{
	if (list->kind != NODE_LIST)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (list->as.children[i].kind != kind)
			return false;
	}
	return true;
}

const char *parameter_misfit(const struct parameter *parameter,
			     const struct node *value)
{
	str type = parameter->type;
	struct period period;
	struct instant date;
	struct error err;

	if (str_is(type, "period"))
		return value->kind == NODE_STRING &&
				       period_parse(&period, value->text, &err)
			       ? NULL
			       : "a period such as P24M";
	if (str_is(type, "int"))
		return value->kind == NODE_INT && !value->big ? NULL
							      : "an integer";
	if (str_is(type, "number") || str_is(type, "percent"))
		return value->kind == NODE_INT || value->kind == NODE_FLOAT
			       ? NULL
			       : "a number";
	if (str_is(type, "bool"))
		return value->kind == NODE_BOOL ? NULL : "true or false";
	if (str_is(type, "date"))
		return value->kind == NODE_STRING &&
				       date_parse(&date, value->text)
			       ? NULL
			       : "a date such as 2026-12-31";
	if (str_is(type, "regex-list"))
		return all_of_kind(value, NODE_STRING) ? NULL
						       : "a list of patterns";
	if (str_is(type, "list"))
		return value->kind == NODE_LIST ? NULL : "a list";
	if (str_is(type, "map"))
		return value->kind == NODE_MAP ? NULL : "a map";
	return value->kind == NODE_STRING ? NULL : "a text";
}

/* Negative: value is lower than the default; 0: equal or not comparable. */
static int compare(const struct parameter *parameter, const struct node *value)
{
	const struct node *standard = parameter->standard;
	struct period a;
	struct period b;
	struct error err;
	double x;
	double y;

	if (str_is(parameter->type, "period")) {
		if (!period_parse(&a, value->text, &err) ||
		    !period_parse(&b, standard->text, &err))
			return 0;
		return period_compare_anchored(&a, &b);
	}
	if (value->kind != NODE_INT && value->kind != NODE_FLOAT)
		return 0;
	x = value->kind == NODE_INT ? (double)value->as.integer
				    : value->as.number;
	y = standard->kind == NODE_INT ? (double)standard->as.integer
				       : standard->as.number;
	return (x > y) - (x < y);
}

static bool check_tighter(const struct parameter *parameter,
			  const struct policy_file *config,
			  const struct node *value, struct error *err)
{
	str tighter = node_text(parameter->entry, STR("tighter"));
	int order = compare(parameter, value);
	bool relaxed = (str_is(tighter, "lower") && order > 0) ||
		       (str_is(tighter, "higher") && order < 0) ||
		       (str_is(tighter, "never") &&
			!node_equal(value, parameter->standard));

	if (!relaxed)
		return true;
	return policy_file_fault(config, value->span, err,
				 "the parameter '" STR_FMT
				 "' is set by law and may be tightened, not "
				 "relaxed",
				 STR_ARG(parameter->key));
}

static bool lay_over(struct parameter_set *set,
		     const struct policy_file *config, const struct node *value,
		     struct error *err)
{
	size_t at = (size_t)(uintptr_t)map_find(&set->by_key, value->key->text);
	struct parameter *parameter;
	const char *wanted;

	if (at == 0)
		return unknown_key(set, config, value->key, err);
	parameter = &set->parameters.at[at - 1];
	wanted = parameter_misfit(parameter, value);
	if (wanted)
		return policy_file_fault(config, value->span, err,
					 "the parameter '" STR_FMT "' wants %s",
					 STR_ARG(parameter->key), wanted);
	if (!check_tighter(parameter, config, value, err))
		return false;
	parameter->value = value;
	return true;
}

static bool compile(struct parameter_set *set, struct parameter *parameter,
		    const struct policy_file *config,
		    const struct limits *limits, struct error *err)
{
	const struct node *list = parameter->value;

	parameter->patterns =
		arena_array(&set->arena, struct regex *, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str pattern = str_format(&set->arena, "(?i)" STR_FMT,
					 STR_ARG(item->text));

		if (!regex_new(&parameter->patterns[i], pattern, REGEX_RE2,
			       limits, err))
			return policy_file_fault(config, item->span, err,
						 "the pattern of '" STR_FMT
						 "' cannot be used: %s",
						 STR_ARG(parameter->key),
						 err->text);
		parameter->pattern_count++;
	}
	return true;
}

bool parameter_set_close(struct parameter_set *set,
			 const struct policy_file *config,
			 const struct node *values, const struct limits *limits,
			 struct error *err)
{
	for (size_t i = 0; values && i < values->count; i++) {
		if (!lay_over(set, config, &values->as.children[i], err))
			return false;
	}
	for (size_t i = 0; i < set->parameters.count; i++) {
		struct parameter *parameter = &set->parameters.at[i];

		if (str_is(parameter->type, "regex-list") &&
		    !compile(set, parameter, config, limits, err))
			return false;
	}
	return true;
}

size_t parameter_count(const struct parameter_set *set)
{
	return set->parameters.count;
}

const struct parameter *parameter_at(const struct parameter_set *set,
				     size_t index)
{
	return &set->parameters.at[index];
}

const struct parameter *parameter_find(const struct parameter_set *set, str key)
{
	size_t at = (size_t)(uintptr_t)map_find(&set->by_key, key);

	return at ? &set->parameters.at[at - 1] : NULL;
}
