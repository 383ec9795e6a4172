/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/world_text.h"

#include "base/encode.h"
#include "base/instant.h"

enum { TEXT_MOST = 1 << 24, DAYS = 1000 };

static void write_string(struct buf *out, str text)
{
	struct out quoted;

	out_init(&quoted, TEXT_MOST);
	out_text(&quoted, text, ENCODE_JSON);
	buf_add(out, out_str(&quoted));
	out_done(&quoted);
}

/* Another value of the same kind: a date stays a date, a text becomes one that
 * nobody would have written. */
static void write_other(struct buf *out, const struct node *node, bool more)
{
	int64_t days = more ? DAYS : -DAYS;
	char text[INSTANT_TEXT];
	struct instant at;

	if (node->kind == NODE_BOOL) {
		buf_add(out, node->as.boolean ? STR("false") : STR("true"));
	} else if (node->kind == NODE_INT && !node->big) {
		buf_format(out, "%lld",
			   (long long)node->as.integer + (more ? 1000 : -1000));
	} else if (node->kind != NODE_STRING) {
		buf_add(out, more ? STR("1e9") : STR("-1e9"));
	} else if (date_parse(&at, node->text)) {
		at.seconds += days * 86400;
		(void)date_format(text, at);
		write_string(out, str_of(text));
	} else if (instant_parse(&at, node->text)) {
		at.seconds += days * 86400;
		(void)instant_format(text, at);
		write_string(out, str_of(text));
	} else if (node->text.len > 1 && node->text.ptr[0] == 'P') {
		write_string(out, more ? STR("P99Y") : STR("P1D"));
	} else {
		write_string(out, STR("mutant"));
	}
}

static void write_members(struct buf *out, const struct node *node,
			  const struct mutation *mutation)
{
	bool first = true;

	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];

		if (mutation && mutation->target == child &&
		    mutation->kind == MUTATION_REMOVE)
			continue;
		if (!first)
			buf_add(out, STR(", "));
		first = false;
		if (child->key) {
			write_string(out, child->key->text);
			buf_add(out, STR(": "));
		}
		world_write(out, child, mutation);
	}
}

void world_write(struct buf *out, const struct node *node,
		 const struct mutation *mutation)
{
	if (mutation && mutation->target == node) {
		write_other(out, node, mutation->kind == MUTATION_MORE);
	} else if (node->kind == NODE_MAP || node->kind == NODE_LIST) {
		buf_byte(out, node->kind == NODE_MAP ? '{' : '[');
		write_members(out, node, mutation);
		buf_byte(out, node->kind == NODE_MAP ? '}' : ']');
	} else if (node->kind == NODE_STRING) {
		write_string(out, node->text);
	} else {
		buf_add(out,
			node->kind == NODE_NULL ? STR("null") : node->text);
	}
}

str world_text_of(const struct node *const *roots, size_t count,
		  const struct mutation *mutation, struct arena *arena)
{
	struct buf text;
	str kept;

	buf_init(&text, TEXT_MOST);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&text, STR("\n---\n"));
		world_write(&text, roots[i], mutation);
	}
	buf_byte(&text, '\n');
	kept = str_keep(arena, buf_str(&text));
	buf_done(&text);
	return kept;
}
