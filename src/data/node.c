/* SPDX-License-Identifier: Apache-2.0 */
#include "data/node.h"

#include "base/map.h"
#include "base/mem.h"
#include "data/keys.h"
#include "data/scalar.h"

/* Up to here members are looked up one by one; more are sorted. */
enum { FEW_KEYS = 16 };

const char *node_kind_name(enum node_kind kind)
{
	static const char *const names[] = {
		[NODE_NULL] = "null",	  [NODE_BOOL] = "boolean",
		[NODE_INT] = "integer",	  [NODE_FLOAT] = "number",
		[NODE_STRING] = "string", [NODE_LIST] = "list",
		[NODE_MAP] = "map",
	};

	return names[kind];
}

const struct node *node_find_hashed(const struct node *map, str key,
				    uint32_t hash)
{
	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++) {
		const struct node *value = &map->as.children[i];

		if (value->hash == hash && str_equal(value->key->text, key))
			return value;
	}
	return NULL;
}

const struct node *node_find(const struct node *map, str key)
{
	return node_find_hashed(map, key, (uint32_t)hash_str(key));
}

str node_text(const struct node *map, str key)
{
	const struct node *value = node_find(map, key);

	return value && value->kind == NODE_STRING ? value->text
						   : (str){NULL, 0};
}

/* RFC 6901, section 4: digits without a leading zero. "-" names no item. */
static const struct node *item_at(const struct node *list, str token)
{
	size_t index = 0;

	if (token.len == 0 || (token.len > 1 && token.ptr[0] == '0'))
		return NULL;
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] < '0' || token.ptr[i] > '9')
			return NULL;
		index = index * 10 + (size_t)(token.ptr[i] - '0');
		if (index >= list->count)
			return NULL;
	}
	return &list->as.children[index];
}

/* Does a token with its escapes say `key`? False too for "~" and "~2". */
static bool token_is(str token, str key)
{
	size_t k = 0;

	for (size_t i = 0; i < token.len; i++, k++) {
		char c = token.ptr[i];

		if (c == '~') {
			i++;
			if (i == token.len ||
			    (token.ptr[i] != '0' && token.ptr[i] != '1'))
				return false;
			c = token.ptr[i] == '0' ? '~' : '/';
		}
		if (k >= key.len || key.ptr[k] != c)
			return false;
	}
	return k == key.len;
}

static const struct node *member_at(const struct node *map, str token)
{
	if (str_find_byte(token, '~') == SIZE_MAX)
		return node_find(map, token);
	for (size_t i = 0; i < map->count; i++) {
		const struct node *value = &map->as.children[i];

		if (token_is(token, value->key->text))
			return value;
	}
	return NULL;
}

const struct node *node_find_at(const struct node *root, str pointer)
{
	const struct node *node = root;
	str rest = pointer;

	if (rest.len == 0)
		return root;
	if (rest.ptr[0] != '/')
		return NULL;
	rest = str_slice(rest, 1, rest.len);
	while (node && rest.ptr) {
		str token = str_cut(&rest, '/');

		node = node->kind == NODE_LIST	? item_at(node, token)
		       : node->kind == NODE_MAP ? member_at(node, token)
						: NULL;
	}
	return node;
}

void pointer_add(struct buf *out, str token)
{
	buf_byte(out, '/');
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] == '~')
			buf_add(out, STR("~0"));
		else if (token.ptr[i] == '/')
			buf_add(out, STR("~1"));
		else
			buf_byte(out, token.ptr[i]);
	}
}

static void add_step(struct buf *out, const struct node *child)
{
	if (child->key)
		pointer_add(out, child->key->text);
	else
		buf_format(out, "/%u", (unsigned)child->index);
}

/* The child of `parent` that `node` is, or whose key it is, or NULL. */
static const struct node *child_of(const struct node *parent,
				   const struct node *node)
{
	const struct node *child;

	if (node->index >= parent->count)
		return NULL;
	child = &parent->as.children[node->index];
	return child == node || child->key == node ? child : NULL;
}

/* An alias is passed over: what it shares also lies under its anchor, and
 * there the spans lead to it. */
static bool write_way(struct buf *out, const struct node *from,
		      const struct node *to)
{
	size_t len = out->len;
	const struct node *child;

	if (from == to)
		return true;
	if (from->kind != NODE_LIST && from->kind != NODE_MAP)
		return false;
	child = child_of(from, to);
	if (child) {
		add_step(out, child);
		return true;
	}
	for (size_t i = 0; i < from->count; i++) {
		child = &from->as.children[i];
		if (child->alias || child->span.start > to->span.start ||
		    child->span.end < to->span.end)
			continue;
		add_step(out, child);
		if (write_way(out, child, to))
			return true;
		out->len = len;
	}
	return false;
}

void node_pointer(struct buf *out, const struct node *root,
		  const struct node *node)
{
	(void)write_way(out, root, node);
}

static bool equal_members(const struct node *a, const struct node *b);

static bool equal_items(const struct node *a, const struct node *b)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!node_equal(&a->as.children[i], &b->as.children[i]))
			return false;
	}
	return true;
}

static bool is_number(const struct node *node)
{
	return node->kind == NODE_INT || node->kind == NODE_FLOAT;
}

bool node_equal(const struct node *a, const struct node *b)
{
	if (is_number(a) && is_number(b))
		return number_compare(a, b) == 0;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return a->as.boolean == b->as.boolean;
	case NODE_INT:
	case NODE_FLOAT:
	case NODE_STRING:
		return str_equal(a->text, b->text);
	case NODE_LIST:
		if (a->count != b->count)
			return false;
		return a->as.children == b->as.children || equal_items(a, b);
	case NODE_MAP:
		break;
	}
	if (a->count != b->count)
		return false;
	return a->as.children == b->as.children || equal_members(a, b);
}

/* Writes the members' keys in order into the first half of `room`. A key may be
 * shared by several maps, so its place in this one is noted in a copy. */
static void sort_members(const struct node **room, struct node *copies,
			 const struct node *map)
{
	for (size_t i = 0; i < map->count; i++) {
		copies[i] = *map->as.children[i].key;
		copies[i].index = (uint32_t)i;
		room[i] = &copies[i];
	}
	keys_sort(room, room + map->count, map->count);
}

static bool equal_many(const struct node *a, const struct node *b)
{
	size_t count = a->count;
	const struct node **room = mem_grow(NULL, 4 * count * sizeof(*room));
	struct node *copies = mem_grow(NULL, 2 * count * sizeof(*copies));
	const struct node **x = room;
	const struct node **y = room + 2 * count;
	bool equal = true;

	sort_members(x, copies, a);
	sort_members(y, copies + count, b);
	for (size_t i = 0; equal && i < count; i++)
		equal = keys_compare(x[i], y[i]) == 0;
	for (size_t i = 0; equal && i < count; i++)
		equal = node_equal(&a->as.children[x[i]->index],
				   &b->as.children[y[i]->index]);
	mem_free(copies);
	mem_free(room);
	return equal;
}

static bool equal_members(const struct node *a, const struct node *b)
{
	if (a->count > FEW_KEYS)
		return equal_many(a, b);
	for (size_t i = 0; i < a->count; i++) {
		const struct node *x = &a->as.children[i];
		const struct node *y =
			node_find_hashed(b, x->key->text, x->hash);

		if (!y || !node_equal(x, y))
			return false;
	}
	return true;
}
