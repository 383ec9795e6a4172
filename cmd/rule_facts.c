/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/rule_facts.h"

#include "cmd/yaml_text.h"
#include "policy/citation.h"
#include "policy/rule_code.h"

enum { WORLD_MOST = 1 << 20 };

size_t rule_need_words(const struct rule *rule, const char *words[NEEDS_MOST])
{
	unsigned needs = rule_needs(rule);
	size_t count = 0;

	for (unsigned bit = 0; bit < NEEDS_MOST; bit++) {
		if (needs & (1U << bit))
			words[count++] = need_names[bit];
	}
	return count;
}

bool rule_judges_kind(const struct rule *rule, str kind)
{
	for (size_t i = 0; i < rule->kind_count; i++) {
		if (str_equal(rule->kinds[i], kind))
			return true;
	}
	return rule->kind_count == 0 && rule->subject == SUBJECT_RECORD;
}

str requirement_id(str name)
{
	str rest = name;

	(void)str_cut(&rest, ':');
	return rest.ptr ? rest : name;
}

void write_rule_subject(struct out *out, const struct rule *rule,
			enum encode_context context)
{
	static const struct safe subjects[] = {
		[SUBJECT_RECORD] = SAFE_INIT("every record"),
		[SUBJECT_TEXT] = SAFE_INIT("every text of every record"),
		[SUBJECT_REPO] = SAFE_INIT("the repository as a whole"),
		[SUBJECT_CHANGE] =
			SAFE_INIT("every change of a record in history"),
		[SUBJECT_COMMIT] = SAFE_INIT(
			"every commit of the history that changes records"),
		[SUBJECT_MAPPING_ENTRY] = SAFE_INIT("every row of a mapping"),
		[SUBJECT_FILE] = SAFE_INIT("every file"),
		[SUBJECT_DOCUMENT] = SAFE_INIT("every document of a file"),
	};

	if (!rule->kind_count)
		out_safe(out, subjects[rule->subject]);
	for (size_t i = 0; i < rule->kind_count; i++) {
		if (i)
			out_safe(out, SAFE(", "));
		out_text(out, rule->kinds[i], context);
	}
}

void write_citation(struct out *out, str name, enum encode_context context)
{
	struct citation citation = {.name = name};
	str rest = name;
	struct buf words;

	citation.framework = str_cut(&rest, ':');
	buf_init(&words, 1024);
	citation_format(&words, &citation);
	out_text(out, buf_str(&words), context);
	buf_done(&words);
}

/* ---- fines */

const struct safe fine_reservation = SAFE_INIT(
	"A finding is not an infringement, and a ceiling is not a fine: the "
	"authority looks at each case.");

bool fine_find(struct fine *out, const struct framework_set *frameworks,
	       str requirement, struct arena *arena)
{
	struct requirement found = framework_find(frameworks, requirement);
	str rest = requirement;
	str framework = str_cut(&rest, ':');
	const struct node *fines =
		node_find(framework_root(frameworks, framework), STR("fines"));
	const struct node *tiers = node_find(fines, STR("tiers"));
	struct fine fine = {
		.tier = node_text(found.entry, STR("fine")),
		.basis = node_text(found.entry, STR("fine_basis")),
		.fines = fines,
	};

	for (size_t i = 0; tiers && i < tiers->count; i++) {
		const struct node *tier = &tiers->as.children[i];

		if (fine.tier.len &&
		    str_equal(node_text(tier, STR("id")), fine.tier))
			fine.ceiling = tier;
	}
	if (!fine.ceiling)
		return false;
	if (fine.basis.len)
		fine.basis =
			str_format(arena, STR_FMT ":" STR_FMT,
				   STR_ARG(framework), STR_ARG(fine.basis));
	*out = fine;
	return true;
}

/* 20000000 as "20 000 000": a number of that size is not read at a glance. */
static void write_amount(struct out *out, str digits)
{
	for (size_t i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0)
			out_safe(out, SAFE(" "));
		out_text(out, str_slice(digits, i, i + 1), ENCODE_TERMINAL);
	}
}

static str number_text(const struct node *map, str key)
{
	const struct node *value = node_find(map, key);

	return value ? value->text : STR("");
}

void write_ceiling(struct out *out, const struct fine *fine,
		   enum encode_context context)
{
	str base = node_text(fine->fines, STR("base"));
	bool lower = str_is(node_text(fine->ceiling, STR("rule")),
			    "whichever-is-lower");

	out_safe(out, SAFE("at most "));
	write_amount(out, number_text(fine->ceiling, STR("fixed_cap_eur")));
	out_safe(out, SAFE(" EUR or "));
	out_text(out, number_text(fine->ceiling, STR("turnover_percent")),
		 context);
	out_safe(out, SAFE(" % of the "));
	out_text(out, base.len ? base : STR("annual turnover"), context);
	out_safe(out, lower ? SAFE(", whichever is lower")
			    : SAFE(", whichever is higher"));
}

/* ---- worlds */

static void add_document(struct buf *out, const struct node *record, str kind)
{
	if (out->len)
		buf_add(out, STR("---\n"));
	if (!node_find(record, STR("kind")) && kind.len)
		buf_format(out, "kind: " STR_FMT "\n", STR_ARG(kind));
	if (record->count)
		yaml_write(out, record);
}

static void add_time(struct buf *out, const struct node *world)
{
	str now = node_text(world, STR("now"));

	if (now.len)
		buf_format(out, "# judged as of " STR_FMT "\n", STR_ARG(now));
}

static void add_values(struct buf *out, const struct node *world,
		       const struct rule *rule)
{
	const struct node *self = node_find(world, STR("self"));
	const struct node *params = node_find(world, STR("params"));
	const struct node *records = node_find(world, STR("records"));
	struct buf documents;

	buf_init(&documents, WORLD_MOST);
	if (self)
		add_document(&documents, self,
			     rule->kind_count ? rule->kinds[0] : (str){0});
	for (size_t i = 0; records && i < records->count; i++) {
		const struct node *list = &records->as.children[i];

		for (size_t k = 0; k < list->count; k++)
			add_document(&documents, &list->as.children[k],
				     list->key->text);
	}
	add_time(out, world);
	if (params && params->count) {
		buf_add(out, STR("# with the parameters "));
		yaml_write_line(out, params);
		buf_byte(out, '\n');
	}
	buf_add(out, documents.len ? buf_str(&documents)
				   : STR("# no record at all\n"));
	buf_done(&documents);
}

static void add_files(struct buf *out, const struct node *world,
		      const struct node *files)
{
	add_time(out, world);
	for (size_t i = 0; i < files->count; i++) {
		const struct node *file = &files->as.children[i];

		buf_format(out, "# file " STR_FMT "\n",
			   STR_ARG(file->key->text));
		buf_add(out, str_trim(file->text));
		buf_byte(out, '\n');
	}
}

static const struct node *find_world(const struct rule *rule, str key)
{
	const struct node *tests = node_find(rule->source, STR("tests"));

	for (size_t i = 0; tests && i < tests->count; i++) {
		const struct node *world =
			node_find(&tests->as.children[i], key);

		if (world)
			return world;
	}
	return NULL;
}

str rule_world(const struct rule *rule, str key, struct arena *arena)
{
	const struct node *world = find_world(rule, key);
	const struct node *files = node_find(world, STR("files"));
	struct buf text;
	str kept;

	if (!world)
		return (str){0};
	if (world->kind == NODE_STRING)
		return str_trim(world->text);
	buf_init(&text, WORLD_MOST);
	if (files)
		add_files(&text, world, files);
	else
		add_values(&text, world, rule);
	kept = str_keep(arena, str_trim(buf_str(&text)));
	buf_done(&text);
	return kept;
}

str value_text(const struct node *value, struct arena *arena)
{
	struct buf text;
	str kept;

	buf_init(&text, WORLD_MOST);
	yaml_write_line(&text, value);
	kept = str_keep(arena, buf_str(&text));
	buf_done(&text);
	return kept;
}
