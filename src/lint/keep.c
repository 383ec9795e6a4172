/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/evaluate.h"

void keep_plan(struct lint_run *run)
{
	VEC(struct keep) keeps = {0};

	run->keep_all = run->lint->load_only || run->lint->keep_all;

	for (size_t i = 0; i < policy_rule_count(run->policy); i++) {
		const struct rule *rule = policy_rule_at(run->policy, i);
		const char *const *name =
			rule->check ? rule->check->keeps : NULL;

		/* An expression that reads records may read any of them. */
		if (!rule->check && rule_stage(rule) >= CHECK_CORPUS)
			run->keep_all = true;
		for (; name && *name; name++) {
			struct keep keep = {.member = str_of(*name)};

			keep.kind = str_cut(&keep.member, '/');
			*vec_push(&keeps) = keep;
		}
	}
	*vec_push(&keeps) = (struct keep){.kind = STR("exception")};
	run->keeps = vec_keep(&keeps, &run->arena);
	run->keep_count = keeps.count;
	vec_done(&keeps);
}

static struct node copy(struct worker *worker, const struct node *node);

/* Records of a kind have the same keys: one node stands for all of a name.
 * Where it was written is lost, which only a key's own finding would ask. */
static const struct node *shared_key(struct worker *worker,
				     const struct node *key)
{
	struct node *shared = map_find(&worker->keys, key->text);

	if (shared)
		return shared;
	shared = arena_new(&worker->kept, struct node);
	*shared = *key;
	shared->text = str_keep(&worker->kept, key->text);
	shared->index = 0;
	(void)map_put(&worker->keys, shared->text, shared);
	return shared;
}

/* Copies children side by side, and their keys; the depth and the number of
 * nodes were bounded when they were read. */
static const struct node *copy_children(struct worker *worker,
					const struct node *const *children,
					uint32_t count)
{
	struct node *copies = arena_array(&worker->kept, struct node, count);

	for (uint32_t i = 0; i < count; i++) {
		copies[i] = copy(worker, children[i]);
		copies[i].index = i;
		if (children[i]->key)
			copies[i].key = shared_key(worker, children[i]->key);
	}
	return copies;
}

static struct node copy(struct worker *worker, const struct node *node)
{
	VEC(const struct node *) children = {0};
	struct node result = *node;

	result.text = str_keep(&worker->kept, node->text);
	if (node->kind != NODE_LIST && node->kind != NODE_MAP)
		return result;
	for (uint32_t i = 0; i < node->count; i++)
		*vec_push(&children) = &node->as.children[i];
	result.as.children = copy_children(worker, children.at, node->count);
	vec_done(&children);
	return result;
}

static bool is_kept(const struct lint_run *run, str kind, str member)
{
	if (run->keep_all)
		return true;
	for (size_t i = 0; i < run->keep_count; i++) {
		const struct keep *keep = &run->keeps[i];

		if (str_equal(keep->kind, kind) &&
		    (!keep->member.ptr || str_equal(keep->member, member)))
			return true;
	}
	return false;
}

static bool is_kind_kept(const struct lint_run *run, str kind)
{
	if (run->keep_all)
		return true;
	for (size_t i = 0; i < run->keep_count; i++) {
		if (str_equal(run->keeps[i].kind, kind))
			return true;
	}
	return false;
}

const struct node *keep_tree(const struct lint_run *run, struct worker *worker,
			     str kind, const struct node *root)
{
	VEC(const struct node *) members = {0};
	struct node *kept;

	if (!is_kind_kept(run, kind))
		return NULL;
	for (uint32_t i = 0; i < root->count; i++) {
		const struct node *member = &root->as.children[i];

		if (is_kept(run, kind, member->key->text))
			*vec_push(&members) = member;
	}
	kept = arena_new(&worker->kept, struct node);
	*kept = *root;
	kept->count = (uint32_t)members.count;
	kept->as.children = copy_children(worker, members.at, kept->count);
	vec_done(&members);
	return kept;
}
