/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/pack.h"

#include "base/nearest.h"

static const struct check *find_check(const struct check *const *checks,
				      size_t count, str name)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(name, checks[i]->name))
			return checks[i];
	}
	return NULL;
}

static bool unknown_check(const struct policy_file *file,
			  const struct node *node,
			  const struct check *const *checks, size_t count,
			  struct error *err)
{
	str names[64];
	str nearest[1];
	size_t known = 0;

	while (known < count && known < ARRAY_SIZE(names)) {
		names[known] = str_of(checks[known]->name);
		known++;
	}
	if (nearest_find(nearest, 1, node->text, names, known) == 1)
		return policy_file_fault(file, node->span, err,
					 "there is no check '" STR_FMT
					 "'; did you mean '" STR_FMT "'?",
					 STR_ARG(node->text),
					 STR_ARG(nearest[0]));
	return policy_file_fault(file, node->span, err,
				 "there is no check '" STR_FMT "'",
				 STR_ARG(node->text));
}

static void read_cites(struct rule *rule, const struct node *list,
		       struct arena *arena)
{
	struct citation *cites;

	if (!list)
		return;
	cites = arena_array(arena, struct citation, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *item = &list->as.children[i];
		str rest;

		cites[i].name = item->kind == NODE_MAP
					? node_text(item, STR("requirement"))
					: item->text;
		rest = cites[i].name;
		cites[i].framework = str_cut(&rest, ':');
	}
	rule->cites = cites;
	rule->cite_count = list->count;
}

static void read_kinds(struct rule *rule, const struct node *node,
		       struct arena *arena)
{
	str *kinds;

	if (!node || (node->kind == NODE_STRING && str_is(node->text, "*")))
		return;
	if (node->kind == NODE_STRING) {
		kinds = arena_new(arena, str);
		kinds[0] = node->text;
		rule->kind_count = 1;
	} else {
		kinds = arena_array(arena, str, node->count);
		for (size_t i = 0; i < node->count; i++)
			kinds[i] = node->as.children[i].text;
		rule->kind_count = node->count;
	}
	rule->kinds = kinds;
}

static void read_subject(struct rule *rule, str name)
{
	static const char *const names[] = {
		[SUBJECT_TEXT] = "text",
		[SUBJECT_REPO] = "repo",
		[SUBJECT_CHANGE] = "change",
		[SUBJECT_COMMIT] = "commit",
		[SUBJECT_MAPPING_ENTRY] = "mapping-entry",
		[SUBJECT_FILE] = "file",
		[SUBJECT_DOCUMENT] = "document",
	};

	for (size_t i = SUBJECT_TEXT; i < ARRAY_SIZE(names); i++) {
		if (str_is(name, names[i]))
			rule->subject = (enum rule_subject)i;
	}
}

static bool read_rule(struct rule *rule, const struct node *node,
		      const struct policy_file *file, struct arena *arena,
		      const struct check *const *checks, size_t check_count,
		      struct error *err)
{
	const struct node *id = node_find(node, STR("id"));
	const struct node *waivable = node_find(node, STR("waivable"));
	const struct node *sensitive = node_find(node, STR("sensitive"));
	const struct node *check = node_find(node, STR("check"));

	*rule = (struct rule){
		.id = id->text,
		.code = node_text(node, STR("code")),
		.title = node_text(node, STR("title")),
		.why = str_trim(node_text(node, STR("why"))),
		.fix = str_trim(node_text(node, STR("fix"))),
		.severity = SEVERITY_ERROR,
		.waivable = !waivable || waivable->as.boolean,
		.sensitive = sensitive && sensitive->as.boolean,
		.params = node_find(node, STR("params")),
		.pack = file->path,
		.place = id->span,
		.source = node,
	};
	if (node_find(node, STR("severity")))
		(void)!severity_parse(&rule->severity,
				      node_text(node, STR("severity")));
	rule->shipped = rule->severity;
	read_cites(rule, node_find(node, STR("cites")), arena);
	read_kinds(rule, node_find(node, STR("kind")), arena);
	read_subject(rule, node_text(node, STR("subject")));
	if (!check && node_find(node, STR("assert")))
		return true;
	if (!check)
		return policy_file_fault(file, id->span, err,
					 "rule '" STR_FMT
					 "' has nothing that judges",
					 STR_ARG(rule->id));
	rule->check = find_check(checks, check_count, check->text);
	if (!rule->check)
		return unknown_check(file, check, checks, check_count, err);
	return true;
}

bool pack_read(const struct rule **out, size_t *count,
	       const struct policy_file *file, const struct policy_files *files,
	       const struct check *const *checks, size_t check_count,
	       struct error *err)
{
	const struct node *list = node_find(file->root, STR("rules"));
	struct rule *rules;

	if (!list) {
		*out = NULL;
		*count = 0;
		return true;
	}
	rules = arena_array(files->arena, struct rule, list->count);
	for (size_t i = 0; i < list->count; i++) {
		if (!read_rule(&rules[i], &list->as.children[i], file,
			       files->arena, checks, check_count, err))
			return false;
	}
	*out = rules;
	*count = list->count;
	return true;
}
