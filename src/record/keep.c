/* SPDX-License-Identifier: Apache-2.0 */
#include "record/keep.h"

#include "base/map.h"

struct keeping {
	struct arena *arena;
	struct map shared; /* bytes of a pointer to children -> their copies */
};

static const struct node *keep_children(struct keeping *keeping,
					const struct node *node);

static struct node keep_node(struct keeping *keeping, const struct node *node)
{
	struct node copy = *node;

	copy.text = str_keep(keeping->arena, node->text);
	if (node->key) {
		struct node *key = arena_new(keeping->arena, struct node);

		*key = *node->key;
		key->text = str_keep(keeping->arena, key->text);
		copy.key = key;
	}
	if (node->kind == NODE_LIST || node->kind == NODE_MAP)
		copy.as.children = keep_children(keeping, node);
	return copy;
}

/* The depth of a document bounds the recursion. */
static const struct node *copy_children(struct keeping *keeping,
					const struct node *node)
{
	struct node *children =
		arena_array(keeping->arena, struct node, node->count);

	for (uint32_t i = 0; i < node->count; i++)
		children[i] = keep_node(keeping, &node->as.children[i]);
	return children;
}

static const struct node *keep_children(struct keeping *keeping,
					const struct node *node)
{
	str name = str_make((const char *)&node->as.children,
			    sizeof(node->as.children));
	const struct node *children;

	if (!node->alias)
		return copy_children(keeping, node);
	children = map_find(&keeping->shared, name);
	if (!children) {
		children = copy_children(keeping, node);
		(void)map_put(&keeping->shared, str_keep(keeping->arena, name),
			      children);
	}
	return children;
}

const struct node *node_keep(struct arena *arena, const struct node *node)
{
	struct keeping keeping = {.arena = arena};
	struct node *copy = arena_new(arena, struct node);

	map_init(&keeping.shared);
	*copy = keep_node(&keeping, node);
	map_done(&keeping.shared);
	return copy;
}
