/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/yaml_text.h"

#include "base/encode.h"

enum { STEP = 2, LINE = 72, TEXT_MOST = 1 << 24 };

/* What YAML 1.1 or 1.2 would read as something else than a string. */
static bool is_reserved(str text)
{
	static const char *const words[] = {
		"true", "false", "null", "yes", "no", "on", "off", "y", "n"};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (str_equal_nocase(text, str_of(words[i])))
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words that need no quotes anywhere. */
static bool is_simple(str text)
{
	if (!text.len || !is_letter(text.ptr[0]) || is_reserved(text) ||
	    text.ptr[text.len - 1] == ' ')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != ' ' &&
		    c != '-' && c != '_' && c != '.' && c != '/')
			return false;
	}
	return true;
}

static bool has_flow_mark(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(",[]{}", text.ptr[i]))
			return true;
	}
	return false;
}

/* What was plain where it came from may stay so; what is no simple word else
 * gets the quotes of JSON, which YAML reads too. */
static void write_scalar(struct buf *out, const struct node *node, bool flow)
{
	struct out quoted;

	if (node->kind == NODE_NULL) {
		buf_add(out, STR("null"));
	} else if (node->kind == NODE_BOOL) {
		buf_add(out, node->as.boolean ? STR("true") : STR("false"));
	} else if (node->kind != NODE_STRING || is_simple(node->text) ||
		   (node->style == STYLE_PLAIN && node->text.len &&
		    !(flow && has_flow_mark(node->text)))) {
		buf_add(out, node->text);
	} else {
		out_init(&quoted, TEXT_MOST);
		out_text(&quoted, node->text, ENCODE_JSON);
		buf_add(out, out_str(&quoted));
		out_done(&quoted);
	}
}

static bool is_scalar(const struct node *node)
{
	return node->kind != NODE_LIST && node->kind != NODE_MAP;
}

/* The reader of files bounds how deep a tree goes; so here and below. */
static void write_flow(struct buf *out, const struct node *node)
{
	bool map = node->kind == NODE_MAP;

	if (is_scalar(node)) {
		write_scalar(out, node, true);
		return;
	}
	buf_byte(out, map ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		if (i)
			buf_add(out, STR(", "));
		if (map) {
			write_scalar(out, node->as.children[i].key, true);
			buf_add(out, STR(": "));
		}
		write_flow(out, &node->as.children[i]);
	}
	buf_byte(out, map ? '}' : ']');
}

/* On the line that was begun, if it fits there. */
static bool write_short(struct buf *out, const struct node *node)
{
	size_t start = out->len;

	write_flow(out, node);
	if (is_scalar(node) || node->count == 0 || out->len - start <= LINE)
		return true;
	out->len = start;
	return false;
}

static void indent(struct buf *out, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		buf_byte(out, ' ');
}

/* `begun`: the first line has its indentation already. */
static void write_block(struct buf *out, const struct node *node,
			size_t columns, bool begun)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct node *child = &node->as.children[i];
		bool map = node->kind == NODE_MAP;

		if (i || !begun)
			indent(out, columns);
		if (map) {
			write_scalar(out, child->key, false);
			buf_byte(out, ':');
		} else {
			buf_byte(out, '-');
		}
		buf_byte(out, ' ');
		if (is_scalar(child)) {
			write_scalar(out, child, false);
		} else if (!write_short(out, child)) {
			if (map) {
				out->len--; /* the space */
				buf_byte(out, '\n');
			}
			write_block(out, child, columns + STEP, !map);
			continue;
		}
		buf_byte(out, '\n');
	}
}

void yaml_write(struct buf *out, const struct node *node)
{
	if (!is_scalar(node) && node->count) {
		write_block(out, node, 0, false);
		return;
	}
	write_flow(out, node);
	buf_byte(out, '\n');
}

void yaml_write_line(struct buf *out, const struct node *node)
{
	write_flow(out, node);
}
