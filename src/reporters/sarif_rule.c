/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/sarif_rule.h"

#include "policy/citation.h"
#include "reporters/fields.h"
#include "reporters/prose.h"

enum {
	DESCRIPTION_MOST = 1000, /* GitHub reads 1,024 characters */
	TAG_MOST = 10,		 /* GitHub keeps 10 */
};

void sarif_text(struct json *json, str key, str untrusted)
{
	struct buf text;
	str rest = untrusted;

	buf_init(&text, SIZE_MAX);
	while (rest.ptr) {
		size_t at = str_find(rest, STR("]("));

		if (at == SIZE_MAX) {
			buf_add(&text, rest);
			break;
		}
		buf_add(&text, str_slice(rest, 0, at));
		buf_add(&text, STR("] ("));
		rest = str_slice(rest, at + 2, rest.len);
	}
	json_key(json, key);
	json_object(json);
	field_string(json, STR("text"), buf_str(&text));
	json_end(json);
	buf_done(&text);
}

static void add_paragraph(struct out *to, str text)
{
	if (!text.len)
		return;
	prose_fold(to, text);
	out_safe(to, SAFE("\n\n"));
}

/* Why, what to do, by whose demand, and where more is said. */
static void write_help(struct out *to, const struct rule *rule)
{
	add_paragraph(to, rule->why);
	if (rule->fix.len) {
		out_safe(to, SAFE("**What to do:** "));
		add_paragraph(to, rule->fix);
	}
	if (rule->cite_count)
		out_safe(to, SAFE("**Required by:**\n\n"));
	for (size_t i = 0; i < rule->cite_count; i++) {
		struct buf words;

		buf_init(&words, SIZE_MAX);
		citation_format(&words, &rule->cites[i]);
		out_safe(to, SAFE("- "));
		out_text(to, buf_str(&words), ENCODE_MARKDOWN);
		out_safe(to, SAFE("\n"));
		buf_done(&words);
	}
	if (rule->cite_count)
		out_safe(to, SAFE("\n"));
	out_text(to, STR("abide explain"), ENCODE_CODE);
	out_safe(to, SAFE(" tells more of "));
	out_text(to, rule->id, ENCODE_CODE);
	out_safe(to, SAFE("."));
}

static void add_help(struct json *json, const struct rule *rule)
{
	struct out markdown;

	out_init(&markdown, SIZE_MAX);
	write_help(&markdown, rule);
	json_key(json, STR("help"));
	json_object(json);
	field_string(json, STR("text"),
		     rule->fix.len ? rule->fix : rule->title);
	field_string(json, STR("markdown"), out_str(&markdown));
	json_end(json);
	out_done(&markdown);
}

static void add_level(struct json *json, enum severity severity)
{
	field_string(json, STR("level"),
		     severity == SEVERITY_OFF
			     ? STR("none")
			     : str_of(severity_name(severity)));
}

static void add_tags(struct json *json, const struct rule *rule)
{
	size_t count = 0;

	json_key(json, STR("tags"));
	json_array(json);
	for (size_t i = 0; i < rule->cite_count && count < TAG_MOST; i++) {
		size_t k = 0;

		while (!str_equal(rule->cites[k].framework,
				  rule->cites[i].framework))
			k++;
		if (k < i)
			continue; /* named already */
		json_text(json, rule->cites[i].framework);
		count++;
	}
	json_end(json);
}

static void add_rule_properties(struct json *json, const struct rule_row *row)
{
	static const char *const problem[] = {
		[SEVERITY_OFF] = "recommendation",
		[SEVERITY_NOTE] = "recommendation",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};
	const struct rule *rule = row->rule;
	const struct rule_count *count = row->count;

	json_key(json, STR("properties"));
	json_object(json);
	add_tags(json, rule);
	field_string(json, STR("precision"), STR("very-high"));
	field_string(json, STR("problem.severity"),
		     str_of(problem[rule->severity]));
	field_text(json, STR("code"), rule->code);
	field_bool(json, STR("waivable"), rule->waivable);
	if (count) {
		field_size(json, STR("judged"), count->judged);
		field_size(json, STR("notApplicable"), count->not_applicable);
		field_size(json, STR("skipped"), count->skipped);
		field_size(json, STR("failed"), count->failed);
	}
	json_end(json);
}

static str at_most(str text)
{
	size_t end = DESCRIPTION_MOST;

	if (text.len <= end)
		return text;
	while (end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end--;
	return str_slice(text, 0, end);
}

static void add_rule(struct json *json, const struct rule_row *row,
		     const struct taxonomy_set *taxonomies)
{
	const struct rule *rule = row->rule;

	json_object(json);
	field_string(json, STR("id"), rule->id);
	sarif_text(json, STR("shortDescription"), at_most(rule->title));
	sarif_text(json, STR("fullDescription"),
		   at_most(rule->why.len ? rule->why : rule->title));
	add_help(json, rule);
	json_key(json, STR("defaultConfiguration"));
	json_object(json);
	add_level(json, rule->shipped);
	json_end(json);
	taxonomy_write_relations(json, taxonomies, rule);
	add_rule_properties(json, row);
	json_end(json);
}

void sarif_rules(struct json *json, const struct rule_table *rules,
		 const struct taxonomy_set *taxonomies)
{
	json_key(json, STR("rules"));
	json_array(json);
	for (size_t i = 0; i < rules->count; i++)
		add_rule(json, &rules->rows[i], taxonomies);
	json_end(json);
}

void sarif_overrides(struct json *json, const struct rule_table *rules)
{
	json_key(json, STR("ruleConfigurationOverrides"));
	json_array(json);
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = rules->rows[i].rule;

		if (rule->severity == rule->shipped)
			continue;
		json_object(json);
		json_key(json, STR("descriptor"));
		json_object(json);
		field_string(json, STR("id"), rule->id);
		field_size(json, STR("index"), i);
		json_end(json);
		json_key(json, STR("configuration"));
		json_object(json);
		add_level(json, rule->severity);
		json_end(json);
		json_end(json);
	}
	json_end(json);
}
