/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/map.h"
#include "cmd/history_input.h"

#include "base/json.h"
#include "base/vec.h"
#include "cmd/input.h"
#include "cmd/rule_facts.h"

struct mapping_run {
	const struct env *env;
	const struct options *options;
	struct input input;
	struct history_input history;
	struct lint_run *run;
};

static void text(const struct mapping_run *map, str untrusted)
{
	out_text(map->env->out, untrusted, ENCODE_TERMINAL);
}

/* "A.8.24 not in place (soa/technological.yaml)" */
static void write_control(const struct mapping_run *map,
			  const struct mapped_control *control)
{
	struct out *out = map->env->out;

	text(map, requirement_id(control->name));
	out_safe(out, SAFE(" "));
	text(map, str_of(control_state_name(control->state)));
	if (control->record && control->state < CONTROL_IMPLEMENTED) {
		out_safe(out, SAFE(" ("));
		text(map, control->record->source->path);
		out_safe(out, SAFE(")"));
	}
}

static void write_claim(const struct mapping_run *map,
			const struct mapped_requirement *mapped)
{
	struct out *out = map->env->out;

	out_safe(out, mapped->raised ? SAFE("    satisfied by ")
				     : SAFE("    claimed by "));
	text(map, mapped->claim->kind);
	out_safe(out, SAFE("/"));
	text(map, mapped->claim->id);
	out_safe(out, SAFE(" ("));
	text(map, mapped->claim->source->path);
	out_safe(out, SAFE(")"));
	if (!mapped->raised)
		out_safe(out,
			 SAFE(", which does not count: it has an error, or "
			      "shows no more than weak evidence"));
	out_safe(out, SAFE("\n"));
}

static void write_requirement(const struct mapping_run *map,
			      const struct mapped_requirement *mapped)
{
	const struct mapping_entry *entry = mapped->entry;
	struct out *out = map->env->out;

	text(map, requirement_id(mapped->name));
	out_safe(out, SAFE("  "));
	text(map, mapped->title);
	out_safe(out, SAFE("\n    "));
	text(map, str_of(requirement_result_name(mapped->result)));
	out_safe(out, SAFE("; declared "));
	text(map, (coverage_name(entry->coverage)));
	out_safe(out, SAFE(" ("));
	text(map, entry->mapping);
	out_safe(out, SAFE(")\n    "));
	if (mapped->control_count == 0)
		out_safe(out, SAFE("no control applies"));
	for (size_t i = 0; i < mapped->control_count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		write_control(map, &mapped->controls[i]);
	}
	out_safe(out, SAFE("\n"));
	if (entry->residual.len) {
		out_safe(out, SAFE("    remains: "));
		text(map, entry->residual);
		out_safe(out, SAFE("\n"));
	}
	if (mapped->claim)
		write_claim(map, mapped);
	for (size_t i = 0; !mapped->raised && i < mapped->lacking_count; i++) {
		out_safe(out, SAFE("    gap: no record of kind "));
		text(map, mapped->lacking[i]);
		out_safe(out, SAFE(" in force without an error\n"));
	}
}

/* What no row speaks of is named: silence would read as met. */
static void write_unmapped(const struct mapping_run *map,
			   const struct mapped *mapped)
{
	struct out *out = map->env->out;
	size_t count = 0;

	for (size_t i = 0; i < mapped->count; i++)
		count += !mapped->at[i].entry;
	if (count == 0)
		return;
	out_safe(out, SAFE("\nNot mapped ("));
	out_size(out, count);
	out_safe(out, SAFE("); rules of abide that rest on each:\n"));
	for (size_t i = 0; i < mapped->count; i++) {
		const struct mapped_requirement *one = &mapped->at[i];

		if (one->entry)
			continue;
		out_safe(out, SAFE("  "));
		text(map, requirement_id(one->name));
		out_safe(out, SAFE("  "));
		text(map, one->title);
		out_safe(out, SAFE("  "));
		if (one->rules)
			out_size(out, one->rules);
		else
			out_safe(out, SAFE("not checked"));
		out_safe(out, SAFE("\n"));
	}
}

/* An empty line stands between sections, and none behind the last. */
static void begin_section(const struct mapping_run *map)
{
	if (map->env->out->buf.len)
		out_safe(map->env->out, SAFE("\n"));
}

static void write_pair(const struct mapping_run *map,
		       const struct mapped *mapped)
{
	struct out *out = map->env->out;
	size_t results[RESULT_BY_RECORDS + 1] = {0};

	begin_section(map);
	out_safe(out, SAFE("What "));
	text(map, mapped->target);
	out_safe(out, SAFE(" does for "));
	text(map, mapped->source);
	out_safe(out, SAFE("\n\n"));
	for (size_t i = 0; i < mapped->count; i++) {
		if (!mapped->at[i].entry)
			continue;
		results[mapped->at[i].result]++;
		write_requirement(map, &mapped->at[i]);
	}
	write_unmapped(map, mapped);
	out_safe(out, SAFE("\n"));
	for (size_t i = 0; i < ARRAY_SIZE(results); i++) {
		if (i)
			out_safe(out, SAFE(", "));
		out_size(out, results[i]);
		out_safe(out, SAFE(" "));
		text(map, str_of(requirement_result_name(
				  (enum requirement_result)i)));
	}
	out_safe(out, SAFE("\n"));
}

/* The other way: a control, its state, and what it helps to meet. */
static void write_reverse(const struct mapping_run *map,
			  const struct mapped *mapped)
{
	const struct node *root = framework_root(
		policy_frameworks(map->input.policy), mapped->target);
	const struct node *list = node_find(root, STR("requirements"));
	struct out *out = map->env->out;

	begin_section(map);
	out_safe(out, SAFE("What each of "));
	text(map, mapped->target);
	out_safe(out, SAFE(" helps to meet of "));
	text(map, mapped->source);
	out_safe(out, SAFE(" (coverage is not read backwards)\n\n"));
	for (uint32_t i = 0; list && i < list->count; i++) {
		str id = node_text(&list->as.children[i], STR("id"));
		size_t count = 0;

		for (size_t k = 0; k < mapped->count; k++) {
			const struct mapped_requirement *one = &mapped->at[k];

			for (size_t c = 0; c < one->control_count; c++) {
				if (!str_equal(requirement_id(
						       one->controls[c].name),
					       id))
					continue;
				if (count++ == 0) {
					write_control(map, &one->controls[c]);
					out_safe(out, SAFE(": "));
				} else {
					out_safe(out, SAFE(", "));
				}
				text(map, requirement_id(one->name));
			}
		}
		if (count)
			out_safe(out, SAFE("\n"));
	}
}

static void write_json_claim(struct json *json,
			     const struct mapped_requirement *one)
{
	if (!one->raised) {
		json_null(json);
		return;
	}
	json_object(json);
	json_key(json, STR("kind"));
	json_text(json, one->claim->kind);
	json_key(json, STR("id"));
	json_text(json, one->claim->id);
	json_end(json);
}

static void write_json_requirement(struct json *json,
				   const struct mapped_requirement *one)
{
	json_object(json);
	json_key(json, STR("requirement"));
	json_text(json, one->name);
	json_key(json, STR("title"));
	json_text(json, one->title);
	json_key(json, STR("rules"));
	json_size(json, one->rules);
	json_key(json, STR("mapped"));
	json_bool(json, one->entry != NULL);
	if (one->entry) {
		json_key(json, STR("mapping"));
		json_text(json, one->entry->mapping);
		json_key(json, STR("declared"));
		json_text(json, (coverage_name(one->entry->coverage)));
		json_key(json, STR("result"));
		json_text(json, str_of(requirement_result_name(one->result)));
		json_key(json, STR("residual"));
		json_text(json, one->entry->residual);
		json_key(json, STR("controls"));
		json_array(json);
		for (size_t i = 0; i < one->control_count; i++) {
			json_object(json);
			json_key(json, STR("control"));
			json_text(json, one->controls[i].name);
			json_key(json, STR("state"));
			json_text(json, str_of(control_state_name(
						one->controls[i].state)));
			json_end(json);
		}
		json_end(json);
		json_key(json, STR("satisfied_by"));
		write_json_claim(json, one);
		json_key(json, STR("lacking_kinds"));
		json_array(json);
		for (size_t i = 0; i < one->lacking_count; i++)
			json_text(json, one->lacking[i]);
		json_end(json);
	}
	json_end(json);
}

/* The frameworks that stand on the other side of some mapping of `source`. */
static size_t targets_of(const struct mapping_set *set, str source,
			 bool reverse, str *out, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < mapping_entry_count(set); i++) {
		const struct mapping_entry *entry = mapping_entry_at(set, i);
		str from = reverse ? entry->target_framework
				   : entry->source_framework;
		str to = reverse ? entry->source_framework
				 : entry->target_framework;
		bool known = false;

		if (!str_equal(from, source))
			continue;
		for (size_t k = 0; k < count; k++)
			known = known || str_equal(out[k], to);
		if (!known && count < most)
			out[count++] = to;
	}
	return count;
}

static void write_all(struct mapping_run *map, str framework, bool as_json)
{
	const struct mapping_set *set = policy_mappings(map->input.policy);
	struct json json = json_start(map->env->out, 2);
	str others[16];

	if (as_json)
		json_array(&json);
	for (int reverse = 0; reverse < 2; reverse++) {
		size_t count = targets_of(set, framework, reverse, others,
					  ARRAY_SIZE(others));

		for (size_t i = 0; i < count; i++) {
			struct mapped mapped;

			map_frameworks(&mapped, map->input.policy, map->run,
				       reverse ? others[i] : framework,
				       reverse ? framework : others[i],
				       map->options->arena);
			if (as_json) {
				json_object(&json);
				json_key(&json, STR("source"));
				json_text(&json, mapped.source);
				json_key(&json, STR("target"));
				json_text(&json, mapped.target);
				json_key(&json, STR("requirements"));
				json_array(&json);
				for (size_t k = 0; k < mapped.count; k++)
					write_json_requirement(&json,
							       &mapped.at[k]);
				json_end(&json);
				json_end(&json);
			} else if (reverse) {
				write_reverse(map, &mapped);
			} else {
				write_pair(map, &mapped);
			}
		}
	}
	if (as_json) {
		json_end(&json);
		json_finish(&json);
		out_safe(map->env->out, SAFE("\n"));
	}
}

static bool prepare(struct mapping_run *map, str *framework, bool *as_json,
		    struct error *err)
{
	const struct options *options = map->options;
	str format = options_text(options, OPTION_FORMAT);
	struct lint lint;

	*framework =
		options->argument_count ? options->arguments[0] : STR("gdpr");
	*as_json = str_is(format, "json");
	if (format.ptr && !*as_json && !str_is(format, "text"))
		return error_set(err, ERROR_USAGE,
				 "map writes text or json, not '" STR_FMT "'",
				 STR_ARG(format));
	if (!input_open(&map->input, map->env, options, err))
		return false;
	if (!framework_root(policy_frameworks(map->input.policy), *framework))
		return error_set(err, ERROR_USAGE,
				 "there is no framework '" STR_FMT "'",
				 STR_ARG(*framework));
	lint = (struct lint){
		.policy = map->input.policy,
		.snapshot = map->input.snapshot,
		.now = map->input.now,
		.jobs = map->env->processors,
		.min_severity = SEVERITY_NOTE,
		.keep_all = true,
	};
	history_input_open(&map->history, &map->input, NULL, &lint);
	return lint_run(&map->run, &lint, err);
}

static enum status run(const struct env *env, const struct options *options)
{
	struct mapping_run map = {.env = env, .options = options};
	enum status status = STATUS_PASS;
	struct error err;
	bool as_json;
	str framework;

	if (!prepare(&map, &framework, &as_json, &err)) {
		status = complain(env, &err);
	} else {
		write_all(&map, framework, as_json);
		/* What could not be read cannot be said to be met. */
		if (lint_report(map.run)->incomplete_count) {
			(void)error_set(&err, ERROR_SYNTAX,
					"some records could not be read or "
					"judged; abide check names them");
			status = complain(env, &err);
		}
	}
	lint_run_free(map.run);
	history_input_close(&map.history);
	input_close(&map.input);
	return status;
}

extern const struct command command_map;
const struct command command_map = {
	.name = "map",
	.arguments = "[FRAMEWORK]",
	.summary = "show what one framework does for another",
	.details =
		"For each requirement of FRAMEWORK (default gdpr): the "
		"controls "
		"that help to meet it,\ntheir state in the Statement of "
		"Applicability, what remains, and what is missing.\nThen the "
		"requirements that no mapping speaks of. For a framework that "
		"is a target,\nwhat each of its controls helps to meet.\n",
	.examples = "  abide map\n  abide map iso27001\n"
		    "  abide map gdpr --format json\n",
	.run = run,
};
