/*
 * walk - what must hold of every document that was read, whatever the bytes.
 *
 * For the fuzz targets of src/data; a breach ends the program.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FUZZ_WALK_H
#define FUZZ_WALK_H

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"
#include "data/document.h"

#define MUST(holds) ((holds) ? (void)0 : breach(#holds, __LINE__))

static NORETURN void breach(const char *what, int line)
{
	(void)fprintf(stderr, "walk.h:%d: does not hold: %s\n", line, what);
	abort();
}

/* Small ceilings, so that few bytes reach them. */
static struct limits small_limits(void)
{
	struct limits limits = limits_default;

	limits.yaml_depth = 12;
	limits.yaml_documents = 8;
	limits.yaml_key = 64;
	limits.yaml_nodes = 300;
	limits.yaml_scalar = 2048;
	limits.yaml_size = 16384;
	return limits;
}

static bool is_collection(const struct node *node)
{
	return node->kind == NODE_LIST || node->kind == NODE_MAP;
}

static void check_scalar(const struct node *node, str text)
{
	char first =
		node->span.start < text.len ? text.ptr[node->span.start] : '\0';

	/* Touches every byte, for the sanitizer to see. */
	MUST(utf8_check(node->text) == SIZE_MAX);
	if (node->alias) {
		MUST(first == '*');
		return;
	}
	switch (node->style) {
	case STYLE_SINGLE:
	case STYLE_DOUBLE:
		MUST(node->span.end >= node->span.start + 2);
		MUST(first == (node->style == STYLE_SINGLE ? '\'' : '"'));
		MUST(text.ptr[node->span.end - 1] == first);
		break;
	case STYLE_LITERAL:
	case STYLE_FOLDED:
		MUST(first == (node->style == STYLE_LITERAL ? '|' : '>'));
		break;
	case STYLE_PLAIN:
		MUST((node->text.len == 0) ==
		     (node->span.start == node->span.end));
		break;
	case STYLE_BLOCK:
	case STYLE_FLOW:
		breach("a scalar has the style of a scalar", __LINE__);
	}
}

static void check_pointer(const struct node *root, const struct node *node)
{
	struct buf pointer;

	buf_init(&pointer, 1 << 20);
	node_pointer(&pointer, root, node);
	MUST(node_find_at(root, buf_str(&pointer)) == node);
	buf_done(&pointer);
}

static void check_node(const struct node *root, const struct node *node,
		       str text, bool shared);

/* `from` is where the sibling before has ended. */
static size_t check_child(const struct node *parent, size_t i, size_t from,
			  str text)
{
	const struct node *child = &parent->as.children[i];
	const struct node *key = child->key;

	MUST(child->index == i);
	MUST((key != NULL) == (parent->kind == NODE_MAP));
	if (key) {
		MUST(key->kind == NODE_STRING && key->index == i);
		MUST(key->hash == (uint32_t)hash_str(key->text));
		MUST(key->span.start >= from && key->span.end <= text.len);
		MUST(key->span.start <= key->span.end);
		check_scalar(key, text);
		MUST(node_find(parent, key->text) == child);
		from = key->span.end;
	}
	MUST(child->span.start >= from);
	return child->span.end;
}

static void check_node(const struct node *root, const struct node *node,
		       str text, bool shared)
{
	size_t from = node->span.start;

	MUST(node->span.start <= node->span.end);
	MUST(node->span.end <= text.len);
	MUST(node_equal(node, node));
	shared = shared || node->alias;
	if (!shared || node->alias)
		check_pointer(root, node);
	if (!is_collection(node)) {
		check_scalar(node, text);
		return;
	}
	if (node->alias && node->count)
		from = node->as.children[0].key
			       ? node->as.children[0].key->span.start
			       : node->as.children[0].span.start;
	for (size_t i = 0; i < node->count; i++)
		from = check_child(node, i, from, text);
	if (!node->alias)
		MUST(from <= node->span.end);
	for (size_t i = 0; i < node->count; i++)
		check_node(root, &node->as.children[i], text, shared);
}

static void check_error(const struct error *err, str text)
{
	MUST(err->kind == ERROR_SYNTAX || err->kind == ERROR_LIMIT);
	MUST(err->text[0] != '\0');
	MUST(err->placed || err->kind == ERROR_LIMIT);
	MUST(err->at.start <= err->at.end && err->at.end <= text.len);
	MUST(err->other.start <= err->other.end && err->other.end <= text.len);
}

/* Parses, checks what comes of it, and says whether it was read. */
static bool try_document(struct document *document, struct arena *arena,
			 str text, enum format format)
{
	struct limits limits = small_limits();
	struct error err;

	if (!document_parse(document, arena, text, format, &limits, &err)) {
		check_error(&err, text);
		return false;
	}
	for (size_t i = 0; i < document->count; i++)
		check_node(document->roots[i], document->roots[i], text, false);
	return true;
}

#endif
