/* How values, places and conditions are said. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "jsonschema/explain.h"

enum { QUOTED_MOST = 48, CHOICES_MOST = 12, WORDS_MOST = 4096 };

static const struct {
	enum schema_type type;
	const char *words;
} type_words[] = {
	{SCHEMA_STRING, "a string"},
	{SCHEMA_NUMBER, "a number"},
	{SCHEMA_INTEGER, "a whole number"},
	{SCHEMA_BOOLEAN, "true or false"},
	{SCHEMA_ARRAY, "a list"},
	{SCHEMA_OBJECT, "a map"},
	{SCHEMA_NULL, "null"},
};

const char *words_kind(const struct node *node)
{
	static const char *const words[] = {
		[NODE_NULL] = "empty",	       [NODE_BOOL] = "true or false",
		[NODE_INT] = "a whole number", [NODE_FLOAT] = "a number",
		[NODE_STRING] = "a string",    [NODE_LIST] = "a list",
		[NODE_MAP] = "a map",
	};

	return words[node->kind];
}

static str keep(struct arena *arena, struct buf *buf)
{
	str kept = str_keep(arena, buf_str(buf));

	buf_done(buf);
	return kept;
}

str words_types(struct arena *arena, unsigned types)
{
	struct buf out;
	unsigned left = types;

	if (left & SCHEMA_NUMBER)
		left &= ~(unsigned)SCHEMA_INTEGER;
	buf_init(&out, WORDS_MOST);
	for (size_t i = 0; i < ARRAY_SIZE(type_words); i++) {
		if (!(left & (unsigned)type_words[i].type))
			continue;
		left &= ~(unsigned)type_words[i].type;
		if (out.len > 0)
			buf_add(&out, left ? STR(", ") : STR(" or "));
		buf_add(&out, str_of(type_words[i].words));
	}
	return keep(arena, &out);
}

/* A text in quotes, cut where it is long. */
static void add_quoted(struct buf *out, str text)
{
	size_t end = text.len;

	if (utf8_check(text) == SIZE_MAX)
		end = utf8_offset(text, QUOTED_MOST);
	else if (end > QUOTED_MOST)
		end = QUOTED_MOST;
	buf_byte(out, '"');
	buf_add(out, str_slice(text, 0, end));
	if (end < text.len)
		buf_add(out, STR("..."));
	buf_byte(out, '"');
}

str words_literal(struct arena *arena, const struct node *value)
{
	struct buf out;

	buf_init(&out, WORDS_MOST);
	switch (value->kind) {
	case NODE_STRING:
		add_quoted(&out, value->text);
		break;
	case NODE_NULL:
		buf_add(&out, STR("null"));
		break;
	case NODE_BOOL:
		buf_add(&out, value->as.boolean ? STR("true") : STR("false"));
		break;
	case NODE_INT:
	case NODE_FLOAT:
		buf_add(&out, str_slice(value->text, 0, QUOTED_MOST));
		break;
	case NODE_LIST:
	case NODE_MAP:
		buf_format(&out, "%s of %u", words_kind(value), value->count);
		break;
	}
	return keep(arena, &out);
}

str words_value(struct explain *explain, const struct place *place)
{
	const struct node *node = place->node;

	if (!place->sensitive)
		return words_literal(explain->arena, node);
	if (node->kind == NODE_STRING)
		return str_format(explain->arena, "a string of %zu bytes",
				  node->text.len);
	return str_of(words_kind(node));
}

static str words_key(struct explain *explain, const struct node *key)
{
	str name = key->text;
	size_t end = utf8_check(name) == SIZE_MAX
			     ? utf8_offset(name, QUOTED_MOST)
			     : SIZE_MAX;

	if (end >= name.len)
		return str_format(explain->arena, "`" STR_FMT "`",
				  STR_ARG(name));
	return str_format(explain->arena, "`" STR_FMT "...`",
			  STR_ARG(str_slice(name, 0, end)));
}

str words_subject(struct explain *explain, const struct place *place)
{
	const struct node *node = place->node;
	const struct node *list = place->list;

	if (node->key)
		return words_key(explain, node->key);
	if (place->depth == 0)
		return STR("the document");
	if (list && list->key && node->index < list->count &&
	    node == &list->as.children[node->index])
		return str_format(explain->arena, "item %u of " STR_FMT,
				  node->index + 1,
				  STR_ARG(words_key(explain, list->key)));
	return str_format(explain->arena, "item %u", node->index + 1);
}

str words_choices(struct arena *arena, const struct node *const *values,
		  size_t count)
{
	struct buf out;

	buf_init(&out, WORDS_MOST);
	for (size_t i = 0; i < count && i < CHOICES_MOST; i++) {
		if (i > 0)
			buf_add(&out, i + 1 == count ? STR(" or ") : STR(", "));
		buf_add(&out, words_literal(arena, values[i]));
	}
	if (count > CHOICES_MOST)
		buf_format(&out, " or one of %zu more", count - CHOICES_MOST);
	return keep(arena, &out);
}

static void add_condition(struct explain *explain, struct buf *out,
			  const struct schema_property *property,
			  const struct node *value, bool holds)
{
	const struct schema *schema = property->schema;
	bool constant = schema && schema->constant;

	if (value && is_sensitive(explain, value))
		return;
	if (out->len > 0)
		buf_add(out, STR(" and "));
	if (!value || !schema)
		buf_format(out, "`" STR_FMT "` is %s", STR_ARG(property->name),
			   value ? "set" : "missing");
	else
		buf_format(out, STR_FMT " is %s" STR_FMT,
			   STR_ARG(property->name),
			   constant && !holds ? "not " : "",
			   STR_ARG(words_literal(explain->arena,
						 constant ? schema->constant
							  : value)));
}

/* What an `if` asked: "status is "closed"". Absent when it is no simple
 * question about keys; the opposite is said only of a single one. */
str words_condition(struct explain *explain, const struct schema *condition,
		    const struct node *node, bool holds)
{
	const struct schema_objects *objects = condition->objects;
	struct buf out;

	if (!objects || condition->logic || node->kind != NODE_MAP ||
	    (!holds && objects->count != 1))
		return (str){NULL, 0};
	buf_init(&out, WORDS_MOST);
	for (size_t i = 0; i < objects->count; i++) {
		const struct schema_property *property =
			&objects->properties[i];

		if (property->schema || objects->count == 1)
			add_condition(explain, &out, property,
				      node_find(node, property->name), holds);
	}
	if (out.len == 0) {
		buf_done(&out);
		return (str){NULL, 0};
	}
	return keep(explain->arena, &out);
}

str words_branch(struct explain *explain, const struct schema *branch, size_t i)
{
	str name = node_text(branch->node, STR("title"));
	size_t slash;

	if (name.len > 0)
		return name;
	name = node_text(branch->node, STR("$ref"));
	while ((slash = str_find_byte(name, '/')) != SIZE_MAX)
		name = str_slice(name, slash + 1, name.len);
	if (name.len > 0)
		return name;
	return str_format(explain->arena, "alternative %zu", i + 1);
}
