/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/thing.h"

#include "base/utf8.h"

static const struct thing *thing_of(const struct cel_map *map)
{
	return (const struct thing *)(const void *)map;
}

static bool is_there(const struct thing *thing, const struct member *member)
{
	return !member->has || member->has(thing);
}

static size_t thing_size(const struct cel_map *map)
{
	const struct thing *thing = thing_of(map);
	size_t count = 0;

	for (size_t i = 0; i < thing->class->count; i++)
		count += is_there(thing, &thing->class->members[i]);
	return count;
}

static bool thing_find(struct cel_eval *eval, const struct cel_map *map,
		       struct cel_value key, struct cel_value *out)
{
	const struct thing *thing = thing_of(map);

	if (key.tag != CEL_STRING)
		return false;
	for (size_t i = 0; i < thing->class->count; i++) {
		const struct member *member = &thing->class->members[i];

		if (!str_is(cel_str(key), member->name))
			continue;
		if (!is_there(thing, member))
			return false;
		*out = member->get(eval, thing);
		return true;
	}
	return false;
}

static void thing_entry(struct cel_eval *eval, const struct cel_map *map,
			size_t i, struct cel_value *key,
			struct cel_value *value)
{
	const struct thing *thing = thing_of(map);
	const struct member *member = thing->class->members;

	while (!is_there(thing, member) || i--)
		member++;
	if (key)
		*key = cel_string(str_of(member->name));
	if (value)
		*value = member->get(eval, thing);
}

static const struct cel_map_ops thing_ops = {
	.size = thing_size,
	.find = thing_find,
	.entry = thing_entry,
};

struct cel_value thing_value(struct arena *arena, const struct class *class,
			     struct thing thing)
{
	struct thing *made = arena_new(arena, struct thing);

	*made = thing;
	made->head.ops = &thing_ops;
	made->class = class;
	return cel_of_map(&made->head);
}

struct cel_value thing_texts(struct arena *arena, const str *at, size_t count)
{
	struct cel_value *items = arena_array(arena, struct cel_value, count);

	for (size_t i = 0; i < count; i++)
		items[i] = cel_string(at[i]);
	return cel_list_of(arena, items, count);
}

struct cel_value thing_text(str s)
{
	return cel_string(s.ptr ? s : STR(""));
}

/* Names, messages and paths may hold any bytes; an expression sees text. */
struct cel_value thing_any_text(struct cel_eval *eval, str s)
{
	char *clean;

	if (utf8_check(s) == SIZE_MAX)
		return thing_text(s);
	clean = arena_cstr(eval->arena, s);
	for (size_t i = 0; i < s.len; i++)
		clean[i] = (unsigned char)clean[i] < 0x80 ? clean[i] : '?';
	return thing_text(str_make(clean, s.len));
}

struct cel_value thing_failed(struct cel_eval *eval, const struct error *err)
{
	return host_fail(eval,
			 str_format(eval->arena, "history cannot be read: %s",
				    err->text));
}

struct cel_value thing_path(struct cel_eval *eval, str pointer)
{
	char *path = arena_cstr(eval->arena, pointer);

	if (!cel_charge_bytes(eval, pointer.len))
		return cel_spent(eval);
	for (size_t i = 0; i < pointer.len; i++)
		path[i] = path[i] == '/' ? '.' : path[i];
	return thing_text(
		str_slice(str_make(path, pointer.len), 1, pointer.len));
}

bool thing_time(struct instant *out, const struct node *node)
{
	return node && node->kind == NODE_STRING &&
	       (date_parse(out, node->text) || instant_parse(out, node->text));
}

const struct thing *thing_of_value(struct cel_value value)
{
	if (value.tag != CEL_MAP || (value.flags & CEL_OF_NODE) ||
	    value.as.map->ops != &thing_ops)
		return NULL;
	return thing_of(value.as.map);
}
