/*
 * value_fixture - random values for tests, and several ways to write one:
 * block YAML, flow YAML with other order, quotes and comments, JSON.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_VALUE_FIXTURE_H
#define UNIT_VALUE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "data/document.h"

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_LIST, VALUE_MAP };

enum { VALUE_CHILDREN = 8 };

/* A member has the key "k<name>"; an item of a list of maps has the id
 * "i<name>"; in other lists the name means nothing. */
struct value {
	enum value_kind kind;
	unsigned name;
	unsigned number; /* of a text too: "t<number>" */
	bool identified; /* a list whose items have ids */
	size_t count;
	struct value *children[VALUE_CHILDREN];
};

struct chance {
	uint64_t state;
};

/* Splittable generator, as in src/record/compare.c: the same seed gives the
 * same values everywhere. */
UNUSED static unsigned chance(struct chance *chance, unsigned below)
{
	uint64_t x = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((x ^ (x >> 31)) % below);
}

UNUSED static struct value *value_new(struct chance *luck, struct arena *arena,
				      unsigned depth, unsigned name)
{
	struct value *value = arena_new(arena, struct value);

	value->name = name;
	value->kind = (enum value_kind)chance(luck, depth ? 4 : 2);
	value->number = chance(luck, 1000);
	if (value->kind < VALUE_LIST)
		return value;
	value->count = chance(luck, 5);
	value->identified = value->kind == VALUE_LIST && chance(luck, 2);
	for (size_t i = 0; i < value->count; i++) {
		value->children[i] =
			value_new(luck, arena, depth - 1, (unsigned)i);
		if (value->identified)
			value->children[i]->kind = VALUE_MAP;
	}
	return value;
}

/* A map of a few members, as the root of a record. */
UNUSED static struct value *value_root(struct chance *luck, struct arena *arena)
{
	struct value *root = arena_new(arena, struct value);

	root->kind = VALUE_MAP;
	root->count = 2 + chance(luck, 5);
	for (size_t i = 0; i < root->count; i++)
		root->children[i] = value_new(luck, arena, 3, (unsigned)i);
	return root;
}

UNUSED static struct value *value_copy(const struct value *value,
				       struct arena *arena)
{
	struct value *copy = arena_new(arena, struct value);

	*copy = *value;
	for (size_t i = 0; i < value->count; i++)
		copy->children[i] = value_copy(value->children[i], arena);
	return copy;
}

UNUSED static void value_write_json(struct buf *out, const struct value *value,
				    bool with_id)
{
	bool first = true;

	switch (value->kind) {
	case VALUE_TEXT:
		buf_format(out, "\"t%u\"", value->number);
		return;
	case VALUE_NUMBER:
		buf_format(out, "%u", value->number);
		return;
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	buf_byte(out, value->kind == VALUE_LIST ? '[' : '{');
	if (with_id) {
		buf_format(out, "\"id\": \"i%u\"", value->name);
		first = false;
	}
	for (size_t i = 0; i < value->count; i++) {
		buf_format(out, "%s", first ? "" : ",");
		first = false;
		if (value->kind == VALUE_MAP)
			buf_format(out, "\"k%u\":", value->children[i]->name);
		value_write_json(out, value->children[i], value->identified);
	}
	buf_byte(out, value->kind == VALUE_LIST ? ']' : '}');
}

/* With members in another order, quotes and comments by chance, and numbers
 * with a fraction. */
UNUSED static void value_write_flow(struct buf *out, const struct value *value,
				    bool with_id, struct chance *luck)
{
	static const char *const quotes[] = {"", "'", "\""};
	const char *quote = quotes[chance(luck, ARRAY_SIZE(quotes))];
	size_t turn = value->count ? chance(luck, (unsigned)value->count) : 0;

	switch (value->kind) {
	case VALUE_TEXT:
		buf_format(out, "%st%u%s", quote, value->number, quote);
		return;
	case VALUE_NUMBER:
		buf_format(out, chance(luck, 2) ? "%u.0" : "%u", value->number);
		return;
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	buf_format(out, "%c%s", value->kind == VALUE_LIST ? '[' : '{',
		   chance(luck, 4) ? "" : " # a comment\n ");
	for (size_t i = 0; i < value->count; i++) {
		size_t at = value->kind == VALUE_MAP ? (i + turn) % value->count
						     : i;

		if (value->kind == VALUE_MAP)
			buf_format(out, "%sk%u%s : ", quote,
				   value->children[at]->name, quote);
		value_write_flow(out, value->children[at], value->identified,
				 luck);
		buf_format(out, ",%s", chance(luck, 3) ? "" : "\n  ");
	}
	if (with_id)
		buf_format(out, "id: %si%u%s,", quote, value->name, quote);
	buf_byte(out, value->kind == VALUE_LIST ? ']' : '}');
}

UNUSED static void value_write_block(struct buf *out, const struct value *value,
				     bool with_id, size_t indent)
{
	if (value->kind < VALUE_LIST) {
		value_write_json(out, value, false);
		return;
	}
	if (value->count == 0 && !with_id) {
		buf_format(out, value->kind == VALUE_LIST ? "[]" : "{}");
		return;
	}
	if (with_id) {
		buf_byte(out, '\n');
		buf_repeat(out, ' ', indent);
		buf_format(out, "id: i%u", value->name);
	}
	for (size_t i = 0; i < value->count; i++) {
		buf_byte(out, '\n');
		buf_repeat(out, ' ', indent);
		if (value->kind == VALUE_MAP)
			buf_format(out, "k%u: ", value->children[i]->name);
		else
			buf_format(out, "- ");
		value_write_block(out, value->children[i], value->identified,
				  indent + 3);
	}
}

UNUSED static const struct node *node_parse(str text, enum format format,
					    struct arena *arena)
{
	struct document document;
	struct error err;

	text = str_keep(arena, text);
	if (!document_parse(&document, arena, text, format, &limits_default,
			    &err))
		fail_msg("%.*s: %s", STR_ARG(text), err.text);
	return document.roots[0];
}

UNUSED static const struct node *value_node(const struct value *value,
					    struct arena *arena)
{
	const struct node *node;
	struct buf buf;

	buf_init(&buf, SIZE_MAX);
	value_write_json(&buf, value, false);
	node = node_parse(buf_str(&buf), FORMAT_JSON, arena);
	buf_done(&buf);
	return node;
}

#endif
