/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/policy.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/vec.h"
#include "policy/git_type.h"
#include "policy/pack.h"
#include "policy/rule_code.h"

struct policy {
	struct arena arena;
	struct policy_files files;
	struct schema_registry *registry;
	struct validator *validator;
	struct config config;
	struct kind_set *kinds;
	struct framework_set *frameworks;
	struct mapping_set *mappings;
	struct parameter_set *parameters;
	struct map lookups;
	struct vocabulary *vocabulary;
	VEC(struct policy_file) packs;
	VEC(struct policy_file) obligations;
	VEC(str) warnings;
	VEC(struct rule) rules;		 /* all, by id */
	VEC(const struct rule *) ruling; /* in force, by id */
	VEC(str) names;
	const struct node *starter; /* rules of the profile, by group or code */
	size_t left_out;	    /* rules that it leaves out */
};

/* What kinds of policy file there are, by their folder below policies/. */
enum policy_part {
	PART_OTHER,
	PART_PACK,
	PART_FRAMEWORK,
	PART_MAPPING,
	PART_PARAMETERS,
	PART_LOOKUP,
	PART_OBLIGATIONS,
	PART_PROFILE,
};

static enum policy_part part_of(str rest)
{
	if (str_is(rest, "parameters.yaml"))
		return PART_PARAMETERS;
	if (str_starts(rest, STR("frameworks/")))
		return PART_FRAMEWORK;
	if (str_starts(rest, STR("mappings/")))
		return PART_MAPPING;
	if (str_starts(rest, STR("lookups/")))
		return PART_LOOKUP;
	if (str_starts(rest, STR("obligations/")))
		return PART_OBLIGATIONS;
	if (str_starts(rest, STR("profiles/")))
		return PART_PROFILE;
	return str_find_byte(rest, '/') == SIZE_MAX ? PART_PACK : PART_OTHER;
}

static bool add_pack(struct policy *policy, const struct policy_file *file,
		     const struct policy_options *options, struct error *err)
{
	const struct rule *rules;
	size_t count;

	if (!parameter_set_add(policy->parameters, file,
			       node_find(file->root, STR("parameters")), err) ||
	    !pack_read(&rules, &count, file, &policy->files, options->checks,
		       options->check_count, err))
		return false;
	*vec_push(&policy->packs) = *file;
	for (size_t i = 0; i < count; i++)
		*vec_push(&policy->rules) = rules[i];
	return true;
}

/* Our own files are proven by a test to have the shape their schema asks for;
 * those of a repository are checked each time. */
static bool add_file(struct policy *policy, struct policy_file *file, str rest,
		     const struct policy_options *options, struct error *err)
{
	static const char *const schemas[] = {
		[PART_PACK] = "https://abide.dev/schema/abide/pack.yaml",
		[PART_FRAMEWORK] =
			"https://abide.dev/schema/abide/framework.yaml",
		[PART_MAPPING] = "https://abide.dev/schema/abide/mapping.yaml",
		[PART_PARAMETERS] =
			"https://abide.dev/schema/abide/parameters.yaml",
		[PART_LOOKUP] = "https://abide.dev/schema/abide/lookup.yaml",
		[PART_PROFILE] = "https://abide.dev/schema/abide/profile.yaml",
		[PART_OBLIGATIONS] =
			"https://abide.dev/schema/abide/obligations.yaml",
	};
	enum policy_part part = part_of(rest);

	if (part == PART_OTHER)
		return true;
	if (!policy_file_parse(file, &policy->files, err))
		return false;
	if (!file->embedded &&
	    !policy_file_check(file, &policy->files, policy->registry,
			       policy->validator, str_of(schemas[part]), err))
		return false;
	if (part == PART_PACK)
		return add_pack(policy, file, options, err);
	if (part == PART_FRAMEWORK)
		return framework_set_add(policy->frameworks, file, err);
	if (part == PART_MAPPING)
		return mapping_set_add(policy->mappings, file, err);
	if (part == PART_OBLIGATIONS) {
		*vec_push(&policy->obligations) = *file;
		return true;
	}
	if (part == PART_LOOKUP) {
		/* A repository's own table takes the place of ours. */
		(void)map_put(&policy->lookups,
			      node_text(file->root, STR("id")), file->root);
		return true;
	}
	if (part == PART_PROFILE) {
		/* As with tables, a repository may have its own. */
		policy->starter = node_find(file->root, STR("rules"));
		return true;
	}
	return parameter_set_add(policy->parameters, file,
				 node_find(file->root, STR("parameters")), err);
}

static bool add_embedded(struct policy *policy,
			 const struct policy_options *options,
			 struct error *err)
{
	static const char folder[] = "policies/";

	for (size_t i = 0; i < embedded_count; i++) {
		str path = str_of(embedded_files[i].path);
		struct policy_file file = {
			.path = path,
			.text = embedded_find(path),
			.embedded = true,
		};

		if (str_starts(path, str_of(folder)) &&
		    !add_file(policy, &file,
			      str_slice(path, sizeof(folder) - 1, path.len),
			      options, err))
			return false;
	}
	return true;
}

static bool add_theirs(struct policy *policy,
		       const struct policy_options *options, struct error *err)
{
	const struct snapshot *snapshot = policy->files.snapshot;
	str folder = str_format(&policy->arena, STR_FMT "/",
				STR_ARG(policy->config.policies));

	if (!snapshot || !policy->config.policies.len)
		return true;
	for (size_t i = 0; i < snapshot_count(snapshot); i++) {
		str path = snapshot_at(snapshot, i)->path;
		enum format format = format_of_path(path);
		struct policy_file file;

		if (!str_starts(path, folder) ||
		    (format != FORMAT_YAML && format != FORMAT_JSON))
			continue;
		if (!policy_file_read(&file, &policy->files, path, err))
			return false;
		if (file.text.ptr &&
		    !add_file(policy, &file,
			      str_slice(path, folder.len, path.len), options,
			      err))
			return false;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct rule *x = a;
	const struct rule *y = b;

	return str_compare(x->id, y->id);
}

static bool twice(const struct rule *first, const struct rule *second,
		  const char *what, str name, struct error *err)
{
	return error_set(err, ERROR_CONFIG,
			 "the rule %s '" STR_FMT "' is defined in " STR_FMT
			 " and again in " STR_FMT,
			 what, STR_ARG(name), STR_ARG(first->pack),
			 STR_ARG(second->pack));
}

static bool sort_rules(struct policy *policy, struct error *err)
{
	struct map codes;
	bool ok = true;

	if (policy->rules.count)
		qsort(policy->rules.at, policy->rules.count,
		      sizeof(struct rule), by_id);
	map_init(&codes);
	for (size_t i = 0; ok && i < policy->rules.count; i++) {
		const struct rule *rule = &policy->rules.at[i];
		const struct rule *other;

		*vec_push(&policy->names) = rule->id;
		if (i && str_equal(rule->id, rule[-1].id))
			ok = twice(&rule[-1], rule, "id", rule->id, err);
		other = rule->code.len ? map_put(&codes, rule->code, rule)
				       : NULL;
		if (ok && other)
			ok = twice(other, rule, "code", rule->code, err);
	}
	map_done(&codes);
	return ok;
}

/* A rule reads only parameters that exist. */
static bool check_params(const struct policy *policy, struct error *err)
{
	for (size_t i = 0; i < policy->rules.count; i++) {
		const struct rule *rule = &policy->rules.at[i];

		for (size_t k = 0; rule->params && k < rule->params->count;
		     k++) {
			str key = rule->params->as.children[k].text;

			if (!parameter_find(policy->parameters, key))
				return error_set(
					err, ERROR_CONFIG,
					STR_FMT
					": the rule '" STR_FMT
					"' reads the parameter '" STR_FMT
					"', which is not defined",
					STR_ARG(rule->pack), STR_ARG(rule->id),
					STR_ARG(key));
		}
	}
	return true;
}

bool policy_rule_is_named(const struct rule *rule, str name)
{
	str rest = rule->id;

	return str_equal(rule->id, name) || str_equal(rule->code, name) ||
	       str_equal(str_cut(&rest, '/'), name);
}

static bool check_setting(const struct policy *policy,
			  const struct rule_setting *setting, struct error *err)
{
	const struct rule *rule = policy_rule_find(policy, setting->rule);
	str nearest[1];

	if (!rule && policy_rule_nearest(policy, setting->rule, nearest, 1))
		return policy_file_fault(
			&policy->config.file, setting->span, err,
			"there is no rule '" STR_FMT "'; did you mean '" STR_FMT
			"'?",
			STR_ARG(setting->rule), STR_ARG(nearest[0]));
	if (!rule)
		return policy_file_fault(&policy->config.file, setting->span,
					 err, "there is no rule '" STR_FMT "'",
					 STR_ARG(setting->rule));
	if (setting->severity < rule->shipped && !rule->waivable)
		return policy_file_fault(&policy->config.file, setting->span,
					 err,
					 "the rule '" STR_FMT
					 "' may not be lowered or switched off",
					 STR_ARG(setting->rule));
	if (setting->severity < rule->shipped && !setting->reason.len)
		return policy_file_fault(
			&policy->config.file, setting->span, err,
			"lowering the rule '" STR_FMT
			"' from %s wants a reason",
			STR_ARG(setting->rule), severity_name(rule->shipped));
	return true;
}

static bool check_settings(const struct policy *policy, struct error *err)
{
	const struct config *config = &policy->config;

	for (size_t i = 0; i < config->rule_count; i++) {
		if (!check_setting(policy, &config->rules[i], err))
			return false;
	}
	for (size_t i = 0; i < config->override_count; i++) {
		const struct override *override = &config->overrides[i];

		for (size_t k = 0; k < override->rule_count; k++) {
			if (!check_setting(policy, &override->rules[k], err))
				return false;
		}
	}
	return true;
}

static const struct rule_setting *setting_of(const struct rule_setting *list,
					     size_t count,
					     const struct rule *rule)
{
	for (size_t i = count; i > 0; i--) {
		if (str_equal(list[i - 1].rule, rule->id) ||
		    str_equal(list[i - 1].rule, rule->code))
			return &list[i - 1];
	}
	return NULL;
}

/* Does an override switch it on for some files? */
static bool is_on_somewhere(const struct policy *policy,
			    const struct rule *rule)
{
	for (size_t i = 0; i < policy->config.override_count; i++) {
		const struct override *override = &policy->config.overrides[i];
		const struct rule_setting *setting =
			setting_of(override->rules, override->rule_count, rule);

		if (setting && setting->severity != SEVERITY_OFF)
			return true;
	}
	return false;
}

/* A rule that is off everywhere is not run. */
static bool is_off(const struct policy *policy, const struct rule *rule)
{
	return rule->severity == SEVERITY_OFF && !is_on_somewhere(policy, rule);
}

static const struct policy_file *pack_of(const struct policy *policy,
					 const struct rule *rule)
{
	for (size_t i = 0; i < policy->packs.count; i++) {
		if (str_equal(policy->packs.at[i].path, rule->pack))
			return &policy->packs.at[i];
	}
	return NULL;
}

/* Is it one of policies/profiles/starter.yaml? */
static bool is_starter(const struct policy *policy, const struct rule *rule)
{
	for (size_t i = 0; policy->starter && i < policy->starter->count; i++) {
		str name = policy->starter->as.children[i].text;

		/* SCH is the group of SCH-001. */
		if (policy_rule_is_named(rule, name) ||
		    (str_starts(rule->code, name) &&
		     rule->code.len > name.len &&
		     rule->code.ptr[name.len] == '-'))
			return true;
	}
	return false;
}

/* The repository's own rules, and those its configuration names, hold under
 * any profile. */
static bool in_profile(const struct policy *policy, const struct rule *rule,
		       const struct rule_setting *setting)
{
	const struct policy_file *pack = pack_of(policy, rule);

	return !policy->config.starter || setting || !pack->embedded ||
	       is_starter(policy, rule);
}

static bool unknown_rule(const struct policy *policy, str name,
			 struct error *err)
{
	str near[1];

	if (policy_rule_nearest(policy, name, near, 1) == 1)
		return error_set(err, ERROR_USAGE,
				 "there is no rule '" STR_FMT
				 "'; did you mean '" STR_FMT "'?",
				 STR_ARG(name), STR_ARG(near[0]));
	return error_set(err, ERROR_USAGE, "there is no rule '" STR_FMT "'",
			 STR_ARG(name));
}

static bool choose_rules(struct policy *policy,
			 const struct policy_options *options,
			 struct error *err)
{
	for (size_t i = 0; i < options->only_count; i++) {
		bool known = false;

		for (size_t k = 0; !known && k < policy->rules.count; k++)
			known = policy_rule_is_named(&policy->rules.at[k],
						     options->only[i]);
		if (!known)
			return unknown_rule(policy, options->only[i], err);
	}
	for (size_t i = 0; i < policy->rules.count; i++) {
		struct rule *rule = &policy->rules.at[i];
		const struct rule_setting *setting = setting_of(
			policy->config.rules, policy->config.rule_count, rule);
		bool chosen = options->only_count == 0;

		if (setting)
			rule->severity = setting->severity;
		for (size_t k = 0; k < options->only_count; k++)
			chosen = chosen ||
				 policy_rule_is_named(rule, options->only[k]);
		if (!in_profile(policy, rule, setting)) {
			/* An override brings it in for its files alone. */
			bool somewhere = is_on_somewhere(policy, rule);

			if (somewhere)
				rule->severity = SEVERITY_OFF;
			policy->left_out += !somewhere;
			chosen = chosen && somewhere;
		}
		if (!chosen || is_off(policy, rule))
			continue;
		*vec_push(&policy->ruling) = rule;
	}
	if (policy->ruling.count)
		return true;
	return error_set(err, ERROR_CONFIG,
			 "every rule that was chosen is switched off in the "
			 "configuration%s; nothing would be judged",
			 policy->config.starter ? " or not in its profile"
						: "");
}

/* What a rule rests on stands in a framework; its place in the pack is that of
 * the citation. */
static bool check_cites(const struct policy *policy, struct error *err)
{
	for (size_t i = 0; i < policy->rules.count; i++) {
		const struct rule *rule = &policy->rules.at[i];
		const struct node *list = node_find(rule->source, STR("cites"));

		for (size_t k = 0; k < rule->cite_count; k++) {
			str name = rule->cites[k].name;

			if (framework_find(policy->frameworks, name).state ==
			    REQUIREMENT_KNOWN)
				continue;
			return policy_file_fault(
				pack_of(policy, rule),
				list->as.children[k].span, err,
				"rule '" STR_FMT "' rests on '" STR_FMT
				"', which is in no framework",
				STR_ARG(rule->id), STR_ARG(name));
		}
	}
	return true;
}

static void keep_warning(void *context, str sentence)
{
	struct policy *policy = context;

	*vec_push(&policy->warnings) = str_keep(&policy->arena, sentence);
}

/* What `self` is for the rule. */
static bool set_subject(const struct policy *policy, struct rule *rule,
			struct error *err)
{
	struct vocabulary *vocabulary = policy->vocabulary;

	for (size_t i = 0; i < rule->kind_count; i++) {
		str nearest[1];

		if (kind_find(policy->kinds, rule->kinds[i]))
			continue;
		if (!kind_nearest(policy->kinds, rule->kinds[i], nearest, 1))
			nearest[0] = (str){0};
		return policy_file_fault(
			pack_of(policy, rule), rule->place, err,
			"rule '" STR_FMT "' judges the kind '" STR_FMT
			"', which does not exist%s" STR_FMT "%s",
			STR_ARG(rule->id), STR_ARG(rule->kinds[i]),
			nearest[0].ptr ? "; did you mean '" : "",
			STR_ARG(nearest[0]), nearest[0].ptr ? "'?" : "");
	}
	if (rule->subject == SUBJECT_RECORD)
		rule->self = vocabulary_kinds(vocabulary, rule->kinds,
					      rule->kind_count);
	else if (rule->subject == SUBJECT_TEXT)
		rule->self = vocabulary_text(vocabulary);
	else if (rule->subject == SUBJECT_MAPPING_ENTRY)
		rule->self = vocabulary_mapping(vocabulary);
	else if (rule->subject == SUBJECT_CHANGE)
		rule->self = vocabulary_change(vocabulary, rule->kinds,
					       rule->kind_count);
	else if (rule->subject == SUBJECT_COMMIT)
		rule->self = &git_commit_type;
	return true;
}

static bool is_chosen(const struct policy *policy,
		      const struct policy_options *options,
		      const struct rule *rule)
{
	for (size_t i = 0; options->only_count && i < policy->ruling.count;
	     i++) {
		if (policy->ruling.at[i] == rule)
			return true;
	}
	return options->only_count == 0;
}

/* Expressions are compiled and checked before any record is read; of rules
 * chosen one by one, those alone. */
static bool compile_rules(struct policy *policy,
			  const struct policy_options *options,
			  struct error *err)
{
	struct rule_compiling compiling = {
		.arena = &policy->arena,
		.warn = keep_warning,
		.context = policy,
	};

	if (!vocabulary_new(&policy->vocabulary,
			    &(struct vocabulary_options){
				    .kinds = policy->kinds,
				    .parameters = policy->parameters,
				    .libraries = options->libraries,
				    .library_count = options->library_count,
				    .limits = options->limits,
			    },
			    err))
		return false;
	compiling.vocabulary = policy->vocabulary;
	for (size_t i = 0; i < policy->rules.count; i++) {
		struct rule *rule = &policy->rules.at[i];

		compiling.file = pack_of(policy, rule);
		if (!rule->check && is_chosen(policy, options, rule) &&
		    (!set_subject(policy, rule, err) ||
		     !rule_compile(&rule->expressions, rule, &compiling, err)))
			return false;
	}
	return true;
}

static bool load(struct policy *policy, const struct policy_options *options,
		 struct error *err)
{
	str path = options->config.ptr ? options->config : STR("abide.yaml");

	policy->registry = schema_registry_new(&(struct schema_options){
		.limits = options->limits,
		.formats = true,
		.known_only = true,
	});
	policy->validator = validator_new(options->limits);
	policy->frameworks = framework_set_new();
	policy->mappings = mapping_set_new();
	policy->parameters = parameter_set_new();
	kind_set_sources(policy->registry, &policy->files);
	if (!config_load(&policy->config, &policy->files, path,
			 policy->registry, policy->validator, err))
		return false;
	if (options->config.ptr && !policy->config.file.text.ptr)
		return error_set(err, ERROR_CONFIG, STR_FMT " does not exist",
				 STR_ARG(path));
	return kind_set_load(&policy->kinds, &policy->files, policy->registry,
			     policy->config.schemas, err) &&
	       add_embedded(policy, options, err) &&
	       add_theirs(policy, options, err) &&
	       mapping_set_close(policy->mappings, policy->frameworks, err) &&
	       parameter_set_close(policy->parameters, &policy->config.file,
				   policy->config.params, options->limits,
				   err) &&
	       sort_rules(policy, err) && check_params(policy, err) &&
	       check_cites(policy, err) && check_settings(policy, err) &&
	       choose_rules(policy, options, err) &&
	       compile_rules(policy, options, err);
}

bool policy_load(struct policy **out, const struct policy_options *options,
		 struct error *err)
{
	struct policy *policy = mem_new(sizeof(*policy));

	arena_init(&policy->arena);
	map_init(&policy->lookups);
	policy->files = (struct policy_files){
		.snapshot = options->isolated ? NULL : options->snapshot,
		.limits = options->limits,
		.arena = &policy->arena,
	};
	if (policy->files.snapshot)
		policy->files.reader = snapshot_reader_new(
			policy->files.snapshot, options->limits->yaml_size);
	if (!load(policy, options, err)) {
		policy_free(policy);
		return false;
	}
	*out = policy;
	return true;
}

void policy_free(struct policy *policy)
{
	if (!policy)
		return;
	for (size_t i = 0; i < policy->rules.count; i++)
		rule_code_free(policy->rules.at[i].expressions);
	vec_done(&policy->rules);
	vec_done(&policy->ruling);
	vec_done(&policy->names);
	kind_set_free(policy->kinds);
	framework_set_free(policy->frameworks);
	mapping_set_free(policy->mappings);
	vocabulary_free(policy->vocabulary);
	parameter_set_free(policy->parameters);
	map_done(&policy->lookups);
	vec_done(&policy->packs);
	vec_done(&policy->obligations);
	vec_done(&policy->warnings);
	validator_free(policy->validator);
	schema_registry_free(policy->registry);
	snapshot_reader_free(policy->files.reader);
	arena_done(&policy->arena);
	mem_free(policy);
}

const struct config *policy_config(const struct policy *policy)
{
	return &policy->config;
}

const struct kind_set *policy_kinds(const struct policy *policy)
{
	return policy->kinds;
}

const struct framework_set *policy_frameworks(const struct policy *policy)
{
	return policy->frameworks;
}

const struct mapping_set *policy_mappings(const struct policy *policy)
{
	return policy->mappings;
}

const struct parameter *policy_parameter(const struct policy *policy, str key)
{
	return parameter_find(policy->parameters, key);
}

const struct parameter_set *policy_parameters(const struct policy *policy)
{
	return policy->parameters;
}

const struct node *policy_lookup(const struct policy *policy, str id)
{
	return map_find(&policy->lookups, id);
}

const struct vocabulary *policy_vocabulary(const struct policy *policy)
{
	return policy->vocabulary;
}

size_t policy_warning_count(const struct policy *policy)
{
	return policy->warnings.count;
}

str policy_warning_at(const struct policy *policy, size_t index)
{
	return policy->warnings.at[index];
}

size_t policy_rule_count(const struct policy *policy)
{
	return policy->ruling.count;
}

const struct rule *policy_rule_at(const struct policy *policy, size_t index)
{
	return policy->ruling.at[index];
}

size_t policy_left_out(const struct policy *policy)
{
	return policy->left_out;
}

const struct rule *policy_rule_find(const struct policy *policy, str name)
{
	for (size_t i = 0; i < policy->rules.count; i++) {
		const struct rule *rule = &policy->rules.at[i];

		if (str_equal(rule->id, name) || str_equal(rule->code, name))
			return rule;
	}
	return NULL;
}

size_t policy_rule_nearest(const struct policy *policy, str name, str *out,
			   size_t most)
{
	return nearest_find(out, most, name, policy->names.at,
			    policy->names.count);
}

enum severity policy_severity(const struct policy *policy,
			      const struct rule *rule, str path)
{
	const struct config *config = &policy->config;

	for (size_t i = config->override_count; i > 0; i--) {
		const struct override *override = &config->overrides[i - 1];
		const struct rule_setting *setting =
			setting_of(override->rules, override->rule_count, rule);

		if (setting && path.len &&
		    glob_list_takes(&override->paths, path))
			return setting->severity;
	}
	return rule->severity;
}

const struct rule_setting *policy_setting(const struct policy *policy,
					  const struct rule *rule)
{
	return setting_of(policy->config.rules, policy->config.rule_count,
			  rule);
}

const struct cel_env *policy_env(const struct policy *policy,
				 const struct cel_type *self)
{
	return vocabulary_env(policy->vocabulary, self, NULL, 0);
}

bool policy_obligations(struct obligation_set **out, struct policy *policy,
			struct error *err)
{
	return obligation_set_new(out,
				  &(struct obligation_sources){
					  .files = policy->obligations.at,
					  .count = policy->obligations.count,
					  .vocabulary = policy->vocabulary,
					  .parameters = policy->parameters,
					  .frameworks = policy->frameworks,
					  .arena = &policy->arena,
				  },
				  err);
}
