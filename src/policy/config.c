/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/config.h"

#include "base/nearest.h"

static const char schema_uri_of_config[] =
	"https://abide.dev/schema/abide/config.yaml";

bool glob_list_takes(const struct glob_list *list, str path)
{
	for (size_t i = list->count; i > 0; i--) {
		const struct glob_rule *rule = &list->at[i - 1];

		if (glob_match(&rule->glob, path))
			return !rule->excludes;
	}
	return false;
}

/* What holds without a file: the built-in policy, and nothing of the
 * repository's own, whose folders of these names may be about something else.
 */
static void set_defaults(struct config *out, const struct limits *limits)
{
	*out = (struct config){
		.fail_on = SEVERITY_ERROR,
		.min_severity = SEVERITY_NOTE,
		.limits = *limits,
	};
}

static bool read_globs(struct glob_list *out, const struct node *list,
		       const struct config *config,
		       const struct policy_files *files, struct error *err)
{
	struct glob_rule *rules;

	if (!list)
		return true;
	rules = arena_array(files->arena, struct glob_rule, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str pattern = item->text;

		rules[i].excludes = str_starts(pattern, STR("!"));
		if (rules[i].excludes)
			pattern = str_slice(pattern, 1, pattern.len);
		if (!glob_init(&rules[i].glob, pattern, err)) {
			err->placed = true;
			err->at = item->span;
			return policy_file_error(&config->file, err);
		}
	}
	*out = (struct glob_list){rules, list->count};
	return true;
}

/* The schema has checked the words; what is read here is known to be there. */
static void read_settings(const struct rule_setting **out, size_t *count,
			  const struct node *map, struct arena *arena)
{
	struct rule_setting *settings;

	if (!map)
		return;
	settings = arena_array(arena, struct rule_setting, map->count);
	for (size_t i = 0; i < map->count; i++) {
		const struct node *value = &map->as.children[i];
		str name = value->kind == NODE_MAP
				   ? node_text(value, STR("severity"))
				   : value->text;

		settings[i].rule = value->key->text;
		settings[i].span = value->key->span;
		settings[i].reason = node_text(value, STR("reason"));
		(void)!severity_parse(&settings[i].severity, name);
	}
	*out = settings;
	*count = map->count;
}

static bool read_overrides(struct config *config, const struct node *list,
			   const struct policy_files *files, struct error *err)
{
	struct override *overrides;

	if (!list)
		return true;
	overrides = arena_array(files->arena, struct override, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];

		if (!read_globs(&overrides[i].paths,
				node_find(item, STR("paths")), config, files,
				err))
			return false;
		read_settings(&overrides[i].rules, &overrides[i].rule_count,
			      node_find(item, STR("rules")), files->arena);
		overrides[i].span = item->span;
	}
	config->overrides = overrides;
	config->override_count = list->count;
	return true;
}

static bool unknown_limit(const struct config *config, const struct node *key,
			  struct error *err)
{
	str names[128];
	str nearest[1];
	size_t count = 0;

	while (count < limit_rows_count && count < ARRAY_SIZE(names)) {
		names[count] = str_of(limit_rows[count].name);
		count++;
	}
	if (nearest_find(nearest, 1, key->text, names, count) == 1)
		return policy_file_fault(&config->file, key->span, err,
					 "there is no limit '" STR_FMT
					 "'; did you mean '" STR_FMT "'?",
					 STR_ARG(key->text),
					 STR_ARG(nearest[0]));
	return policy_file_fault(&config->file, key->span, err,
				 "there is no limit '" STR_FMT "'",
				 STR_ARG(key->text));
}

static bool read_limits(struct config *config, const struct node *map,
			struct error *err)
{
	for (size_t i = 0; map && i < map->count; i++) {
		const struct node *value = &map->as.children[i];
		size_t *limit = NULL;

#define LIMIT(name, number, title, reason)   \
	if (str_is(value->key->text, #name)) \
		limit = &config->limits.name;
#include "base/limits.def"
#undef LIMIT
		if (!limit)
			return unknown_limit(config, value->key, err);
		*limit = (size_t)value->as.integer;
	}
	return true;
}

static str folder_of(const struct node *root, str key, str absent)
{
	const struct node *value = node_find(root, key);

	if (!value)
		return absent;
	return value->kind == NODE_STRING ? value->text : (str){0};
}

static bool read_values(struct config *config, const struct policy_files *files,
			struct error *err)
{
	const struct node *root = config->file.root;
	str fail_on = node_text(root, STR("fail-on"));
	str least = node_text(root, STR("min-severity"));

	config->frameworks = node_find(root, STR("frameworks"));
	config->params = node_find(root, STR("params"));
	config->starter = str_is(node_text(root, STR("profile")), "starter");
	config->schemas = folder_of(root, STR("schemas"), STR("schema"));
	config->signers = node_text(root, STR("signers"));
	config->policies = folder_of(root, STR("policies"), STR("policies"));
	if (str_is(fail_on, "never"))
		config->fail_on = SEVERITY_OFF;
	else if (fail_on.ptr)
		(void)!severity_parse(&config->fail_on, fail_on);
	if (least.ptr)
		(void)!severity_parse(&config->min_severity, least);
	read_settings(&config->rules, &config->rule_count,
		      node_find(root, STR("rules")), files->arena);
	config->baseline = node_text(root, STR("baseline"));
	return read_globs(&config->records, node_find(root, STR("records")),
			  config, files, err) &&
	       read_overrides(config, node_find(root, STR("overrides")), files,
			      err) &&
	       read_limits(config, node_find(root, STR("limits")), err);
}

bool config_load(struct config *out, const struct policy_files *files, str path,
		 struct schema_registry *registry, struct validator *validator,
		 struct error *err)
{
	struct config config;

	set_defaults(&config, files->limits);
	if (!policy_file_read(&config.file, files, path, err))
		return false;
	if (config.file.text.ptr &&
	    (!policy_file_parse(&config.file, files, err) ||
	     !policy_file_check(&config.file, files, registry, validator,
				str_of(schema_uri_of_config), err) ||
	     !read_values(&config, files, err)))
		return false;
	*out = config;
	return true;
}
