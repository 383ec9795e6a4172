/* SPDX-License-Identifier: Apache-2.0 */
#include "reporters/taxonomy.h"

#include <stdlib.h>

#include "base/vec.h"
#include "policy/citation.h"
#include "reporters/fields.h"

static int by_name(const void *a, const void *b)
{
	const struct citation *x = a;
	const struct citation *y = b;
	int order = str_compare(x->framework, y->framework);

	return order ? order : str_compare(x->name, y->name);
}

/* Sorted, each once. */
static const struct citation *collect(size_t *count,
				      const struct rule_table *rules,
				      struct arena *arena)
{
	VEC(struct citation) all = {0};
	const struct citation *kept;

	*count = 0;
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = rules->rows[i].rule;

		for (size_t k = 0; k < rule->cite_count; k++)
			*vec_push(&all) = rule->cites[k];
	}
	if (all.count)
		qsort(all.at, all.count, sizeof(*all.at), by_name);
	for (size_t i = 0; i < all.count; i++) {
		if (i == 0 || by_name(&all.at[*count - 1], &all.at[i]) != 0)
			all.at[(*count)++] = all.at[i];
	}
	all.count = *count;
	kept = vec_keep(&all, arena);
	vec_done(&all);
	return kept;
}

void taxonomy_fill(struct taxonomy_set *set, const struct report *report,
		   const struct rule_table *rules, struct arena *arena)
{
	VEC(struct taxonomy) all = {0};
	size_t count;
	const struct citation *taxa = collect(&count, rules, arena);

	for (size_t i = 0; i < count; i++) {
		if (i == 0 ||
		    !str_equal(taxa[i].framework, taxa[i - 1].framework))
			*vec_push(&all) = (struct taxonomy){
				.framework = taxa[i].framework,
				.taxa = &taxa[i],
			};
		all.at[all.count - 1].count++;
	}
	set->count = all.count;
	set->at = vec_keep(&all, arena);
	set->frameworks = report->frameworks;
	vec_done(&all);
}

/* "art-30-1-f" of "gdpr:art-30-1-f". */
static str id_of(const struct citation *citation)
{
	str id = citation->name;

	(void)str_cut(&id, ':');
	return id.ptr ? id : citation->name;
}

static void add_description(struct json *json, str text)
{
	json_key(json, STR("shortDescription"));
	json_object(json);
	field_string(json, STR("text"), text);
	json_end(json);
}

static void add_taxon(struct json *json, const struct taxonomy_set *set,
		      const struct citation *citation)
{
	struct buf words;
	str title = {0};

	if (set->frameworks)
		title = framework_find(set->frameworks, citation->name).title;
	buf_init(&words, SIZE_MAX);
	citation_format(&words, citation);
	json_object(json);
	field_string(json, STR("id"), id_of(citation));
	field_string(json, STR("name"), buf_str(&words));
	add_description(json, title.len ? title : buf_str(&words));
	json_end(json);
	buf_done(&words);
}

static void add_text_of(struct json *json, str key, const struct node *root,
			str member)
{
	str text = root ? node_text(root, member) : (str){0};

	if (text.len)
		field_string(json, key, text);
}

static void add_taxonomy(struct json *json, const struct taxonomy_set *set,
			 const struct taxonomy *taxonomy)
{
	const struct node *root = NULL;
	str title;

	if (set->frameworks)
		root = framework_root(set->frameworks, taxonomy->framework);
	title = root ? node_text(root, STR("title")) : (str){0};
	json_object(json);
	field_string(json, STR("name"), taxonomy->framework);
	add_text_of(json, STR("version"), root, STR("edition"));
	add_text_of(json, STR("organization"), root, STR("authority"));
	add_description(json, title.len ? title : taxonomy->framework);
	/* Only what rules cite stands here, not the whole framework. */
	field_bool(json, STR("isComprehensive"), false);
	json_key(json, STR("taxa"));
	json_array(json);
	for (size_t i = 0; i < taxonomy->count; i++)
		add_taxon(json, set, &taxonomy->taxa[i]);
	json_end(json);
	json_end(json);
}

void taxonomy_write(struct json *json, const struct taxonomy_set *set)
{
	json_key(json, STR("taxonomies"));
	json_array(json);
	for (size_t i = 0; i < set->count; i++)
		add_taxonomy(json, set, &set->at[i]);
	json_end(json);
}

static void add_reference(struct json *json, const struct taxonomy_set *set,
			  size_t index)
{
	field_string(json, STR("name"), set->at[index].framework);
	field_size(json, STR("index"), index);
}

void taxonomy_write_supported(struct json *json, const struct taxonomy_set *set)
{
	json_key(json, STR("supportedTaxonomies"));
	json_array(json);
	for (size_t i = 0; i < set->count; i++) {
		json_object(json);
		add_reference(json, set, i);
		json_end(json);
	}
	json_end(json);
}

static void add_relation(struct json *json, const struct taxonomy_set *set,
			 const struct citation *citation)
{
	size_t index = 0;
	const struct citation *taxon;

	while (!str_equal(set->at[index].framework, citation->framework))
		index++;
	taxon = bsearch(citation, set->at[index].taxa, set->at[index].count,
			sizeof(*citation), by_name);
	json_object(json);
	json_key(json, STR("target"));
	json_object(json);
	field_string(json, STR("id"), id_of(citation));
	field_size(json, STR("index"), (size_t)(taxon - set->at[index].taxa));
	json_key(json, STR("toolComponent"));
	json_object(json);
	add_reference(json, set, index);
	json_end(json);
	json_end(json);
	json_key(json, STR("kinds"));
	json_array(json);
	json_text(json, STR("relevant"));
	json_end(json);
	json_end(json);
}

void taxonomy_write_relations(struct json *json, const struct taxonomy_set *set,
			      const struct rule *rule)
{
	json_key(json, STR("relationships"));
	json_array(json);
	for (size_t i = 0; i < rule->cite_count; i++)
		add_relation(json, set, &rule->cites[i]);
	json_end(json);
}
