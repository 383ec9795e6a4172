/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/edit.h"

static bool is_simple(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' ||
	       c == '-';
}

/* Means the same plain and in either quotes, in YAML and JSON. */
static bool is_simple_word(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_simple(text.ptr[i]))
			return false;
	}
	return text.len && text.ptr[0] != '-' && text.ptr[0] != '.';
}

bool edit_scalar(struct edit *out, const struct node *scalar, str content,
		 struct arena *arena)
{
	const char *quote = scalar->style == STYLE_SINGLE   ? "'"
			    : scalar->style == STYLE_DOUBLE ? "\""
							    : "";

	if (scalar->alias || scalar->style > STYLE_DOUBLE ||
	    !is_simple_word(content))
		return false;
	*out = (struct edit){
		.span = scalar->span,
		.text = str_format(arena, "%s" STR_FMT "%s", quote,
				   STR_ARG(content), quote),
	};
	return true;
}

bool edit_quote(struct edit *out, const struct node *scalar,
		struct arena *arena)
{
	/* A plain scalar that is written over two lines is longer. */
	if (scalar->alias || scalar->style != STYLE_PLAIN ||
	    scalar->kind == NODE_LIST || scalar->kind == NODE_MAP ||
	    scalar->span.end - scalar->span.start != scalar->text.len)
		return false;
	for (size_t i = 0; i < scalar->text.len; i++) {
		char c = scalar->text.ptr[i];

		if (!is_simple(c) && c != ':' && c != '+' && c != ' ')
			return false;
	}
	*out = (struct edit){
		.span = scalar->span,
		.text = str_format(arena, "\"" STR_FMT "\"",
				   STR_ARG(scalar->text)),
	};
	return true;
}
