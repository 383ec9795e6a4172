/* SPDX-License-Identifier: Apache-2.0 */
#include "data/frozen.h"

#include <assert.h>

#include "base/vec.h"

/* What the pointers of a node become: the numbers of other nodes, and an
 * offset into the text, or behind its end into what follows the nodes. */
struct frozen_node {
	uint8_t kind, style, big, alias;
	uint32_t hash;
	uint32_t start, end;
	uint32_t text, text_len;
	uint32_t key; /* 0: none; the root is nobody's key */
	uint32_t count, index;
	uint32_t low, high; /* as.children, or the bits of the number */
};

struct frozen_head {
	uint32_t count;
	uint32_t version;
};

enum { VERSION = 1 };

static const uint32_t ABSENT = UINT32_MAX;

struct freezing {
	VEC(const struct node *) nodes;
	struct buf more;
	str text;
};

/* A plain scalar stands in the text as it is; what was decoded does not. */
static void freeze_text(struct frozen_node *to, struct freezing *freezing,
			const struct node *node)
{
	str written = str_slice(freezing->text, node->span.start,
				node->span.start + node->text.len);

	if (!node->text.ptr) {
		to->text = ABSENT;
		return;
	}
	to->text_len = (uint32_t)node->text.len;
	to->text = node->span.start;
	if (str_equal(written, node->text))
		return;
	to->text = (uint32_t)(freezing->text.len + freezing->more.len);
	buf_add(&freezing->more, node->text);
}

static uint32_t add_run(struct freezing *freezing, const struct node *first,
			uint32_t count)
{
	uint32_t at = (uint32_t)freezing->nodes.count;

	for (uint32_t i = 0; i < count; i++)
		*vec_push(&freezing->nodes) = first + i;
	return at;
}

/* Children get their places side by side, and so do their keys. */
static uint32_t add_children(struct freezing *freezing, const struct node *node)
{
	uint32_t at = add_run(freezing, node->as.children, node->count);

	for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
		*vec_push(&freezing->nodes) = node->as.children[i].key;
	return at;
}

static void freeze_value(struct frozen_node *to, struct freezing *freezing,
			 const struct node *node)
{
	uint64_t bits = 0;

	switch (node->kind) {
	case NODE_LIST:
	case NODE_MAP:
		bits = add_children(freezing, node);
		break;
	case NODE_BOOL:
		bits = node->as.boolean;
		break;
	case NODE_INT:
	case NODE_FLOAT:
		memcpy(&bits, &node->as, sizeof(bits));
		break;
	case NODE_NULL:
	case NODE_STRING:
		break;
	}
	to->low = (uint32_t)bits;
	to->high = (uint32_t)(bits >> 32);
}

static struct frozen_node freeze(struct freezing *freezing,
				 const struct node *node)
{
	struct frozen_node to = {
		.kind = (uint8_t)node->kind,
		.style = (uint8_t)node->style,
		.big = node->big,
		.alias = node->alias,
		.hash = node->hash,
		.start = node->span.start,
		.end = node->span.end,
		.count = node->count,
		.index = node->index,
	};

	freeze_text(&to, freezing, node);
	freeze_value(&to, freezing, node);
	return to;
}

/* A run of children is known before they are frozen, and the key of child i
 * lies one run further on. */
static void set_keys(struct frozen_node *nodes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t k = 0;
		     nodes[i].kind == NODE_MAP && k < nodes[i].count; k++)
			nodes[nodes[i].low + k].key =
				nodes[i].low + nodes[i].count + k;
	}
}

void frozen_write(struct buf *out, str text, const struct node *root)
{
	struct freezing freezing = {.text = text};
	VEC(struct frozen_node) frozen = {0};
	struct frozen_head head = {.version = VERSION};

	buf_init(&freezing.more, UINT32_MAX / 2);
	*vec_push(&freezing.nodes) = root;
	for (size_t i = 0; i < freezing.nodes.count; i++) {
		struct frozen_node node =
			freeze(&freezing, freezing.nodes.at[i]);

		*vec_push(&frozen) = node;
	}
	head.count = (uint32_t)frozen.count;
	set_keys(frozen.at, head.count);
	buf_add(out, str_make((const char *)&head, sizeof(head)));
	buf_add(out, str_make((const char *)frozen.at,
			      frozen.count * sizeof(*frozen.at)));
	buf_add(out, buf_str(&freezing.more));
	buf_done(&freezing.more);
	vec_done(&freezing.nodes);
	vec_done(&frozen);
}

static str thaw_text(const struct frozen_node *from, str text, const char *more)
{
	if (from->text == ABSENT)
		return (str){NULL, 0};
	if (from->text < text.len)
		return str_make(text.ptr + from->text, from->text_len);
	return str_make(more + (from->text - text.len), from->text_len);
}

static void thaw_value(struct node *to, const struct node *nodes,
		       const struct frozen_node *from)
{
	uint64_t bits = (uint64_t)from->high << 32 | from->low;

	switch (to->kind) {
	case NODE_LIST:
	case NODE_MAP:
		to->as.children = nodes + from->low;
		break;
	case NODE_BOOL:
		to->as.boolean = bits != 0;
		break;
	case NODE_INT:
	case NODE_FLOAT:
		memcpy(&to->as, &bits, sizeof(bits));
		break;
	case NODE_NULL:
	case NODE_STRING:
		break;
	}
}

const struct node *frozen_thaw(struct arena *arena, str text, str frozen)
{
	const struct frozen_head *head = (const void *)frozen.ptr;
	const struct frozen_node *from = (const void *)(head + 1);
	const char *more = (const char *)(from + head->count);
	struct node *nodes = arena_array(arena, struct node, head->count);

	assert(head->version == VERSION);
	for (uint32_t i = 0; i < head->count; i++, from++) {
		nodes[i] = (struct node){
			.kind = from->kind,
			.style = from->style,
			.big = from->big,
			.alias = from->alias,
			.hash = from->hash,
			.span = {from->start, from->end},
			.text = thaw_text(from, text, more),
			.key = from->key ? nodes + from->key : NULL,
			.count = from->count,
			.index = from->index,
		};
		thaw_value(&nodes[i], nodes, from);
	}
	return nodes;
}
