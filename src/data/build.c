/* SPDX-License-Identifier: Apache-2.0 */
#include "data/build.h"

#include "base/map.h"
#include "base/mem.h"
#include "data/keys.h"

/* Up to here each key is compared with each; more are sorted. */
enum { FEW_KEYS = 16 };

void build_init(struct build *build, struct arena *arena,
		const struct limits *limits)
{
	/* The room stays as it is: it is written before it is read. */
	memset(build, 0, offsetof(struct build, room));
	build->arena = arena;
	build->limits = limits;
	build->capacity = BUILD_ROOM;
	build->stack = build->room;
}

void build_done(struct build *build)
{
	if (build->stack != build->room)
		mem_free(build->stack);
	vec_done(&build->frames);
	vec_done(&build->scratch);
}

static struct build_frame *top(const struct build *build)
{
	return build->frames.count ? &build->frames.at[build->frames.count - 1]
				   : NULL;
}

bool build_is_open(const struct build *build)
{
	return build->frames.count > 0;
}

/* After a node was finished: a map takes key and value in turn. */
static void look_up(struct build *build)
{
	const struct build_frame *frame = top(build);

	build->in_map = frame && build->stack[frame->self].kind == NODE_MAP;
	build->wants_key =
		build->in_map && (build->count - frame->self) % 2 == 1;
}

static bool count_nodes(struct build *build, size_t more, struct span at,
			struct error *err)
{
	size_t most = build->limits->yaml_nodes;

	/* The sum cannot overflow: an anchor was counted within `most`. */
	if (build->nodes + more > most)
		return error_set_at(err, ERROR_LIMIT, at,
				    "more than %zu nodes, each alias counted "
				    "with all it stands for (limit yaml_nodes)",
				    most);
	build->nodes += more;
	return true;
}

static bool check_depth(const struct build *build, size_t more, struct span at,
			struct error *err)
{
	size_t most = build->limits->yaml_depth;

	if (build->frames.count + more > most)
		return error_set_at(err, ERROR_LIMIT, at,
				    "nesting deeper than %zu (limit "
				    "yaml_depth)",
				    most);
	return true;
}

static bool check_size(const struct build *build, const struct node *node,
		       struct error *err)
{
	size_t most = build->limits->yaml_scalar;

	if (build_wants_key(build) && node->text.len > build->limits->yaml_key)
		return error_set_at(err, ERROR_LIMIT, node->span,
				    "a key of %zu bytes, at most %zu are read "
				    "(limit yaml_key)",
				    node->text.len, build->limits->yaml_key);
	if (node->text.len > most)
		return error_set_at(err, ERROR_LIMIT, node->span,
				    "a scalar of %zu bytes, at most %zu are "
				    "read (limit yaml_scalar)",
				    node->text.len, most);
	return true;
}

static bool refuse_key(const struct node *node, struct error *err)
{
	return error_set_at(err, ERROR_SYNTAX, node->span,
			    "a key that is a %s; keys are strings",
			    node_kind_name(node->kind));
}

static void grow(struct build *build)
{
	bool in_room = build->stack == build->room;
	size_t capacity = build->capacity * 2;
	size_t bytes;

	if (!size_mul(&bytes, capacity, sizeof(*build->stack)))
		mem_exhausted();
	build->stack = mem_grow(in_room ? NULL : build->stack, bytes);
	if (in_room)
		memcpy(build->stack, build->room, sizeof(build->room));
	build->capacity = capacity;
}

/* Puts a finished node on the stack, where its parent is going to find it. */
static void push(struct build *build, const struct node *node)
{
	struct node *to;

	if (build->count == build->capacity)
		grow(build);
	to = &build->stack[build->count];
	*to = *node;
	if (build_wants_key(build)) {
		to->kind = NODE_STRING;
		to->big = false;
		to->hash = (uint32_t)hash_str(to->text);
	}
	build->count++;
	build->wants_key = build->in_map && !build->wants_key;
	build->last = node->span.end;
}

bool build_open(struct build *build, struct node node, struct anchor *anchor,
		struct error *err)
{
	struct build_frame *frame;

	if (build_wants_key(build))
		return refuse_key(&node, err);
	if (!check_depth(build, 1, node.span, err) ||
	    !count_nodes(build, 1, node.span, err))
		return false;
	push(build, &node);
	frame = vec_push(&build->frames);
	frame->self = build->count - 1;
	frame->nodes = build->nodes - 1;
	frame->anchor = anchor;
	if (anchor)
		anchor->open = true;
	build->in_map = node.kind == NODE_MAP;
	build->wants_key = build->in_map;
	return true;
}

bool build_add(struct build *build, struct node node, struct anchor *anchor,
	       struct error *err)
{
	if (!check_size(build, &node, err) ||
	    !count_nodes(build, 1, node.span, err))
		return false;
	push(build, &node);
	if (anchor) {
		anchor->node = node;
		anchor->nodes = 1;
	}
	return true;
}

bool build_alias(struct build *build, const struct anchor *anchor,
		 struct span at, struct error *err)
{
	struct node node = anchor->node;
	struct build_frame *frame = top(build);

	node.span = at;
	node.alias = true;
	if (anchor->height && build_wants_key(build))
		return refuse_key(&node, err);
	if (!check_depth(build, anchor->height, at, err) ||
	    !check_size(build, &node, err) ||
	    !count_nodes(build, anchor->nodes, at, err))
		return false;
	if (frame && frame->height < anchor->height)
		frame->height = anchor->height;
	push(build, &node);
	return true;
}

static bool refuse_duplicate(const struct node *first,
			     const struct node *second, struct error *err)
{
	char shown[48];
	size_t len = first->text.len < sizeof(shown) ? first->text.len
						     : sizeof(shown) - 1;

	memcpy(shown, first->text.ptr ? first->text.ptr : "", len);
	shown[len] = '\0';
	error_set_at(err, ERROR_SYNTAX, second->span,
		     "the key \"%s%s\" stands twice in one map", shown,
		     len < first->text.len ? "..." : "");
	err->other = first->span;
	return false;
}

static bool check_few(const struct node *keys, size_t count, struct error *err)
{
	for (size_t i = 1; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			if (keys[k].hash == keys[i].hash &&
			    str_equal(keys[k].text, keys[i].text))
				return refuse_duplicate(&keys[k], &keys[i],
							err);
		}
	}
	return true;
}

/* Of all pairs the one whose second key comes first is told. */
static bool check_many(struct build *build, const struct node *keys,
		       size_t count, struct error *err)
{
	const struct node *first = NULL;
	const struct node *second = NULL;
	const struct node **sorted;

	while (build->scratch.capacity < 2 * count) {
		build->scratch.count = build->scratch.capacity;
		(void)vec_push(&build->scratch);
	}
	sorted = build->scratch.at;
	for (size_t i = 0; i < count; i++)
		sorted[i] = &keys[i];
	keys_sort(sorted, sorted + count, count);
	for (size_t i = 1; i < count; i++) {
		if (keys_compare(sorted[i - 1], sorted[i]) == 0 &&
		    (!second || sorted[i] < second)) {
			first = sorted[i - 1];
			second = sorted[i];
		}
	}
	return !second || refuse_duplicate(first, second, err);
}

static bool keep_members(struct build *build, struct node *map, size_t count,
			 struct error *err)
{
	const struct node *from = &build->stack[top(build)->self + 1];
	struct node *keys = arena_raw(build->arena, count * sizeof(*keys),
				      _Alignof(struct node));
	struct node *values = arena_raw(build->arena, count * sizeof(*values),
					_Alignof(struct node));

	for (size_t i = 0; i < count; i++) {
		keys[i] = from[2 * i];
		keys[i].index = (uint32_t)i;
		values[i] = from[2 * i + 1];
		values[i].index = (uint32_t)i;
		values[i].key = &keys[i];
		values[i].hash = keys[i].hash;
	}
	map->as.children = values;
	map->count = (uint32_t)count;
	return count <= FEW_KEYS ? check_few(keys, count, err)
				 : check_many(build, keys, count, err);
}

static void keep_items(struct build *build, struct node *list, size_t count)
{
	struct node *items = arena_raw(build->arena, count * sizeof(*items),
				       _Alignof(struct node));

	if (count)
		memcpy(items, &build->stack[top(build)->self + 1],
		       count * sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i].index = (uint32_t)i;
	list->as.children = items;
	list->count = (uint32_t)count;
}

bool build_close(struct build *build, size_t end, struct error *err)
{
	struct build_frame frame = *top(build);
	struct node *node = &build->stack[frame.self];
	size_t count = build->count - frame.self - 1;
	size_t height = frame.height + 1;

	node->span.end = (uint32_t)end;
	if (node->kind == NODE_LIST)
		keep_items(build, node, count);
	else if (!keep_members(build, node, count / 2, err))
		return false;
	if (frame.anchor) {
		frame.anchor->node = *node;
		frame.anchor->nodes = build->nodes - frame.nodes;
		frame.anchor->height = height;
		frame.anchor->open = false;
	}
	build->count = frame.self + 1;
	build->frames.count--;
	build->last = end;
	if (top(build) && top(build)->height < height)
		top(build)->height = height;
	look_up(build);
	return true;
}

const struct node *build_root(struct build *build)
{
	struct node *root =
		arena_raw(build->arena, sizeof(*root), _Alignof(struct node));

	*root = build->stack[0];
	build->count = 0;
	return root;
}
