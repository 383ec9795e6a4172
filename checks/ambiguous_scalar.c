/*
 * ambiguous-scalar - a plain value that readers of YAML 1.1 take otherwise.
 *
 * abide reads YAML 1.2 core: NO is a text, 012 is twelve, 21:30 is a text.
 * YAML 1.1 (yaml.org/type) has false, ten and 1290. A plain key with no value
 * in a flow mapping is usually the rest of a text that holds a comma.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts.h"
#include "lint/sink.h"

enum { DEPTH = 64, LONGEST = 3 /* bytes of the words for a boolean */ };

static bool is_one_of(str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(text, words[i]))
			return true;
	}
	return false;
}

/* NULL, or the value a reader of YAML 1.1 sees in place of the text. */
static const char *boolean_of(str text)
{
	static const char *const yes[] = {"y",	 "Y",  "yes", "Yes",
					  "YES", "on", "On",  "ON"};
	static const char *const no[] = {"n",  "N",   "no",  "No",
					 "NO", "off", "Off", "OFF"};

	if (text.len > LONGEST)
		return NULL;
	if (is_one_of(text, yes, ARRAY_SIZE(yes)))
		return "true";
	return is_one_of(text, no, ARRAY_SIZE(no)) ? "false" : NULL;
}

static size_t digits_at(str text, size_t i)
{
	size_t start = i;

	while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	return i - start;
}

/* [1-9][0-9]*(:[0-5]?[0-9])+, base 60. */
static bool is_sexagesimal(str text)
{
	size_t i = digits_at(text, 0);

	if (i == 0 || text.ptr[0] == '0' || i == text.len)
		return false;
	while (i < text.len) {
		size_t count;

		if (text.ptr[i] != ':')
			return false;
		i++;
		count = digits_at(text, i);
		if (count == 0 || count > 2 ||
		    (count == 2 && text.ptr[i] > '5'))
			return false;
		i += count;
	}
	return true;
}

/* 1_000 and 0b101 are numbers there. */
static bool is_number_there(str text)
{
	bool digits = false;
	bool underscore = false;
	bool binary = str_starts(text, STR("0b"));

	for (size_t i = binary ? 2 : 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '_')
			underscore = true;
		else if (c >= '0' && c <= (binary ? '1' : '9'))
			digits = true;
		else
			return false;
	}
	return digits && (underscore || binary) && text.ptr[0] >= '0' &&
	       text.ptr[0] <= '9';
}

/* 012 is twelve here and ten there. */
static bool is_octal_there(str text)
{
	size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');

	return text.len > i + 1 && text.ptr[i] == '0' &&
	       digits_at(text, i) == text.len - i;
}

/* 3.10 as a number is 3.1; what was meant is a version. */
static bool loses_zero(str text)
{
	size_t dot = str_find_byte(text, '.');

	return dot != SIZE_MAX && text.ptr[text.len - 1] == '0' &&
	       digits_at(text, dot + 1) == text.len - dot - 1 &&
	       text.len - dot > 2;
}

static bool is_empty_in_flow(const struct node *map, const struct node *value)
{
	return map->kind == NODE_MAP && map->style == STYLE_FLOW &&
	       value->kind == NODE_NULL &&
	       value->span.start == value->span.end &&
	       value->key->style == STYLE_PLAIN;
}

static bool is_version(const struct node *value)
{
	return value->key && (str_is(value->key->text, "version") ||
			      str_is(value->key->text, "requirement") ||
			      str_is(value->key->text, "control"));
}

/* What else a plain value is read as; absent: it is clear. */
static str other_reading(const struct facts *facts, const struct node *value)
{
	if (value->style != STYLE_PLAIN || value->alias)
		return (str){0};
	if (value->kind == NODE_STRING) {
		const char *boolean = boolean_of(value->text);

		if (boolean)
			return str_of(boolean);
		if (is_sexagesimal(value->text))
			return STR("a number to the base of 60");
		if (is_number_there(value->text))
			return STR("a number");
	}
	if (value->kind == NODE_INT && is_octal_there(value->text))
		return STR("an octal number");
	if (value->kind == NODE_FLOAT && is_version(value) &&
	    loses_zero(value->text))
		return str_format(facts->scratch, "the number " STR_FMT,
				  STR_ARG(str_slice(value->text, 0,
						    value->text.len - 1)));
	return (str){0};
}

static void report(const struct facts *facts, const struct node *value,
		   struct span span, str message, struct sink *sink)
{
	struct edit edit;
	bool quoted = value->kind == NODE_STRING &&
		      edit_quote(&edit, value, facts->scratch);
	struct buf pointer;

	buf_init(&pointer, facts->limits->yaml_size);
	node_pointer(&pointer, facts->root, value);
	sink_report(sink,
		    &(struct found){
			    .span = span,
			    .pointer = buf_str(&pointer),
			    .message = message,
			    .help = quoted ? str_format(facts->scratch,
							"write " STR_FMT
							" in quotes",
							STR_ARG(edit.text))
					   : STR("put the text in quotes"),
			    .edit = quoted ? &edit : NULL,
		    });
	buf_done(&pointer);
}

static void look(const struct facts *facts, const struct node *node,
		 unsigned depth, struct sink *sink)
{
	for (uint32_t i = 0; depth && i < node->count; i++) {
		const struct node *value = &node->as.children[i];
		str other = other_reading(facts, value);

		if (other.ptr)
			report(facts, value, value->span,
			       str_format(facts->scratch,
					  "the plain value " STR_FMT
					  " is the text or number as written "
					  "here, but " STR_FMT
					  " for tools that read YAML 1.1",
					  STR_ARG(value->text), STR_ARG(other)),
			       sink);
		else if (is_empty_in_flow(node, value))
			report(facts, value, value->key->span,
			       str_format(facts->scratch,
					  "'" STR_FMT
					  "' behind a comma in {...} starts a "
					  "new key without a value",
					  STR_ARG(value->key->text)),
			       sink);
		if (!value->alias &&
		    (value->kind == NODE_LIST || value->kind == NODE_MAP))
			look(facts, value, depth - 1, sink);
	}
}

static bool run(const struct facts *facts, const struct rule *rule,
		struct sink *sink, struct error *err)
{
	(void)rule;
	(void)err;
	/* JSON has no plain text, and no second reading. */
	if (format_of_path(facts->source->path) != FORMAT_JSON)
		look(facts, facts->root, DEPTH, sink);
	return true;
}

extern const struct check check_ambiguous_scalar;
const struct check check_ambiguous_scalar = {
	.name = "ambiguous-scalar",
	.summary = "a plain value means the same to every reader",
	.stage = CHECK_RECORD,
	.invalid_too = true,
	.run = run,
};
