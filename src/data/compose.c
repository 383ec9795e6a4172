/* SPDX-License-Identifier: Apache-2.0 */
#include "data/compose.h"

#include <yaml.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/build.h"
#include "data/complaint.h"
#include "data/scalar.h"
#include "data/scan.h"

struct composer {
	yaml_parser_t parser;
	struct build build;
	struct scan scan;
	str text;
	struct map anchors; /* of this document: name -> struct anchor */
	VEC(const struct node *) roots;
	bool open_end; /* the last document ended without a line "..." */
	size_t index;  /* a code point behind the start, and its offset */
	size_t offset;
};

/* libyaml counts code points; its marks go forward but for small steps back,
 * so walking from the last one is linear over the text. */
static size_t offset_at(struct composer *c, size_t index)
{
	if (c->scan.ascii)
		return c->scan.start + index;
	for (; c->index < index && c->offset < c->text.len; c->index++) {
		do {
			c->offset++;
		} while (c->offset < c->text.len &&
			 ((unsigned char)c->text.ptr[c->offset] & 0xC0) ==
				 0x80);
	}
	for (; c->index > index; c->index--) {
		do {
			c->offset--;
		} while (((unsigned char)c->text.ptr[c->offset] & 0xC0) ==
			 0x80);
	}
	return c->offset;
}

static struct span span_of(size_t start, size_t end)
{
	return (struct span){(uint32_t)start, (uint32_t)end};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_byte(const struct composer *c, size_t at, char byte)
{
	return at < c->text.len && c->text.ptr[at] == byte;
}

/* Where a value begins that carries an anchor or a tag: behind them, and
 * behind the white space and comments that follow. */
static size_t skip_properties(const struct composer *c, size_t start,
			      size_t end, const char *anchor)
{
	size_t i = start;

	while (i < end) {
		bool verbatim = is_byte(c, i, '!') && is_byte(c, i + 1, '<');
		char first = c->text.ptr[i];

		if (first == '&' && anchor) {
			i += strlen(anchor) + 1; /* "&a:b" is a, then ":b" */
		} else if (first == '!') {
			while (i < end && !is_blank(c->text.ptr[i]) &&
			       (verbatim || c->text.ptr[i] != ','))
				i++;
		} else if (first == '#') {
			while (i < end && c->text.ptr[i] != '\n')
				i++;
		} else if (is_blank(first)) {
			i++;
		} else {
			return i;
		}
	}
	return end;
}

/* An empty value lies behind its colon, dash or question mark. Where there is
 * none, libyaml points at what comes next, perhaps lines below: then it lies
 * behind what came before. */
static size_t empty_place(const struct composer *c, size_t at)
{
	char before = at > c->scan.start ? c->text.ptr[at - 1] : '\0';

	return before == ':' || before == '-' || before == '?' ? at
							       : c->build.last;
}

static struct span scalar_span(struct composer *c, const yaml_event_t *event)
{
	size_t start = offset_at(c, event->start_mark.index);
	size_t end = offset_at(c, event->end_mark.index);

	if (event->data.scalar.anchor || event->data.scalar.tag)
		start = skip_properties(
			c, start, end, (const char *)event->data.scalar.anchor);
	else if (start == end)
		start = end = empty_place(c, start);
	while (end > start && is_blank(c->text.ptr[end - 1]))
		end--;
	return span_of(start, end);
}

static enum node_style scalar_style(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return STYLE_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return STYLE_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE:
		return STYLE_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return STYLE_FOLDED;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return STYLE_PLAIN;
}

/* The content of a scalar: where the text has it as it is, a look at it. */
static str scalar_text(struct composer *c, const yaml_event_t *event,
		       const struct node *node)
{
	str content = {(const char *)event->data.scalar.value,
		       event->data.scalar.length};
	str source = str_slice(c->text, node->span.start, node->span.end);

	if (node->style == STYLE_SINGLE || node->style == STYLE_DOUBLE)
		source = str_slice(source, 1, source.len - 1);
	if (str_equal(source, content))
		return source;
	return str_keep(c->build.arena, content);
}

/* ---- tags */

static bool is_core(str *name, str tag)
{
	static const char *const names[] = {"null", "bool", "int", "float",
					    "str",  "seq",  "map"};
	const str prefix = STR("tag:yaml.org,2002:");

	if (!str_starts(tag, prefix))
		return false;
	*name = str_slice(tag, prefix.len, tag.len);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (str_is(*name, names[i]))
			return true;
	}
	return false;
}

/* The place of the tag among the properties that begin at `start`. */
static struct span tag_span(const struct composer *c, size_t start)
{
	size_t from = start;
	size_t end;

	while (from < c->text.len && c->text.ptr[from] != '!') {
		if (c->text.ptr[from] == '#') {
			while (from < c->text.len && c->text.ptr[from] != '\n')
				from++;
		} else {
			from++;
		}
	}
	end = from;
	while (end < c->text.len && !is_blank(c->text.ptr[end]))
		end++;
	return span_of(from, end);
}

static bool refuse_tag(const struct composer *c, size_t start,
		       struct error *err)
{
	struct span at = tag_span(c, start);

	return error_set_at(err, ERROR_SYNTAX, at,
			    "the tag " STR_FMT " is not read; only !!str, "
			    "!!int, !!float, !!bool, !!null, !!seq and !!map "
			    "are",
			    STR_ARG(str_slice(c->text, at.start, at.end)));
}

/* How a core tag reads a text; false when it does not fit. */
static bool tagged_form(enum scalar_form *out, str tag, str text)
{
	enum scalar_form form = scalar_form(text);

	*out = form;
	if (str_is(tag, "str")) {
		*out = SCALAR_STRING;
		return true;
	}
	if (str_is(tag, "null"))
		return form == SCALAR_NULL;
	if (str_is(tag, "bool"))
		return form == SCALAR_TRUE || form == SCALAR_FALSE;
	if (str_is(tag, "int"))
		return form == SCALAR_DECIMAL || form == SCALAR_OCTAL ||
		       form == SCALAR_HEX;
	if (!str_is(tag, "float"))
		return false;
	if (form == SCALAR_DECIMAL)
		*out = SCALAR_FLOAT;
	return *out == SCALAR_FLOAT || form == SCALAR_INFINITY ||
	       form == SCALAR_NAN;
}

/* A lone "!" makes a scalar a string, whatever it looks like. */
static bool type_tagged(struct composer *c, struct node *node, size_t start,
			str tag, struct error *err)
{
	enum scalar_form form;
	str name = STR("str");

	if (!str_is(tag, "!") && !is_core(&name, tag))
		return refuse_tag(c, start, err);
	if (!tagged_form(&form, name, node->text))
		return error_set_at(err, ERROR_SYNTAX, node->span,
				    "this does not fit its tag !!" STR_FMT,
				    STR_ARG(name));
	return scalar_apply(node, form, err);
}

static bool check_collection_tag(struct composer *c, const char *tag,
				 const char *wanted, size_t start,
				 struct error *err)
{
	str name;

	if (!tag || strcmp(tag, "!") == 0)
		return true;
	if (!is_core(&name, str_of(tag)))
		return refuse_tag(c, start, err);
	return str_is(name, wanted) ||
	       error_set_at(err, ERROR_SYNTAX, tag_span(c, start),
			    "the tag !!" STR_FMT " before a %s", STR_ARG(name),
			    wanted[0] == 's' ? "list" : "map");
}

/* ---- anchors */

/* The place of "&name" among the properties that begin at `start`. */
static struct span anchor_span(const struct composer *c, size_t start,
			       const char *name)
{
	size_t i = start;

	while (i < c->text.len && c->text.ptr[i] != '&') {
		if (c->text.ptr[i] == '#' && is_blank(c->text.ptr[i - 1])) {
			while (i < c->text.len && c->text.ptr[i] != '\n')
				i++;
		} else {
			i++;
		}
	}
	return span_of(i, i + 1 + strlen(name));
}

/* libyaml ends a name at the first character that is no letter, digit, - or _
 * and reads on; in YAML 1.2 the name goes on to the next white space. */
static bool check_name(const struct composer *c, struct span at,
		       struct error *err)
{
	const struct node *parent = build_parent(&c->build);
	char next = at.end < c->text.len ? c->text.ptr[at.end] : ' ';

	if (is_blank(next) || (parent && parent->style == STYLE_FLOW &&
			       (next == ',' || next == ']' || next == '}')))
		return true;
	return error_set_at(err, ERROR_SYNTAX, at,
			    "a name of an anchor or alias is made of letters, "
			    "digits, '-' and '_', and a space follows it");
}

/* `name` may be NULL: then there is no anchor. */
static bool set_anchor(struct anchor **out, struct composer *c,
		       const char *name, size_t start, struct error *err)
{
	struct span at;

	*out = NULL;
	if (!name)
		return true;
	at = anchor_span(c, start, name);
	if (!check_name(c, at, err))
		return false;
	*out = arena_new(c->build.arena, struct anchor);
	(*out)->at = at;
	(void)map_put(&c->anchors, str_keep(c->build.arena, str_of(name)),
		      *out);
	return true;
}

/* Between brackets libyaml takes ?x for "? x"; in YAML 1.2 it is a text. */
static bool check_question(const struct composer *c, size_t start,
			   struct error *err)
{
	if (!build_wants_key(&c->build) || start == 0 ||
	    c->text.ptr[start - 1] != '?' || start >= c->text.len ||
	    is_blank(c->text.ptr[start]))
		return true;
	return error_set_at(err, ERROR_SYNTAX, span_of(start - 1, start),
			    "a '?' without a space behind it; quote the text");
}

static bool on_alias(struct composer *c, const yaml_event_t *event,
		     struct error *err)
{
	struct span at = span_of(offset_at(c, event->start_mark.index),
				 offset_at(c, event->end_mark.index));
	str name = str_slice(c->text, at.start + 1, at.end);
	const struct anchor *anchor = map_find(&c->anchors, name);

	if (!check_question(c, at.start, err) || !check_name(c, at, err))
		return false;
	if (!anchor)
		return error_set_at(err, ERROR_SYNTAX, at,
				    "the alias *" STR_FMT " has no anchor "
				    "before it",
				    STR_ARG(name));
	if (anchor->open) {
		error_set_at(err, ERROR_SYNTAX, at,
			     "the alias *" STR_FMT " stands inside its own "
			     "anchor",
			     STR_ARG(name));
		err->other = anchor->at;
		return false;
	}
	return build_alias(&c->build, anchor, at, err);
}

/* ---- odd breaks: see scan.h */

/* Clears those in [from, end) that lie in double quotes; refuses one that
 * stands before. */
static bool clear_breaks(struct composer *c, size_t from, size_t end,
			 struct error *err)
{
	while (c->scan.odd_break < end) {
		size_t at = c->scan.odd_break;
		size_t size;

		if (at < from || !scan_break_is_kept(c->text, at))
			return scan_refuse_break(err, c->text, at);
		c->scan.odd_break = scan_odd_break(&size, c->text, at + 1);
	}
	return true;
}

/* ---- what libyaml reads and YAML 1.2 does not have */

static bool refuse_comment(const struct composer *c, size_t at,
			   struct error *err)
{
	size_t end = at;

	while (end < c->text.len && c->text.ptr[end] != '\n')
		end++;
	return error_set_at(err, ERROR_SYNTAX, span_of(at, end),
			    "a comment needs a space before its '#'");
}

/* A '#' right behind a value, or behind the comma after it. */
static bool check_behind(const struct composer *c, size_t end,
			 struct error *err)
{
	const struct node *parent = build_parent(&c->build);
	size_t at = end;

	if (is_byte(c, at, '#'))
		return refuse_comment(c, at, err);
	if (!parent || parent->style != STYLE_FLOW)
		return true;
	while (at < c->text.len && is_blank(c->text.ptr[at]))
		at++;
	if (is_byte(c, at, ',') && is_byte(c, at + 1, '#'))
		return refuse_comment(c, at + 1, err);
	return true;
}

/* Lines of a quoted text or of brackets lie deeper than the block around them;
 * a tab is no depth. What is blank or a comment may stand anywhere. */
static bool check_tabs(const struct composer *c, struct span span,
		       struct error *err)
{
	const struct node *parent = build_parent(&c->build);
	str rest = str_slice(c->text, span.start, span.end);

	if (!parent || parent->style != STYLE_BLOCK)
		return true;
	for (;;) {
		str line;
		size_t at;

		(void)str_cut(&rest, '\n');
		if (!rest.ptr)
			return true;
		line = rest;
		line = str_trim(str_cut(&line, '\n'));
		at = (size_t)(rest.ptr - c->text.ptr);
		if (is_byte(c, at, '\t') && line.len && line.ptr[0] != '#')
			return error_set_at(err, ERROR_SYNTAX,
					    span_of(at, at + 1),
					    "a tab where YAML allows only "
					    "spaces");
	}
}

static bool check_scalar(const struct composer *c, const struct node *node,
			 struct error *err)
{
	const struct node *parent = build_parent(&c->build);
	size_t at = node->span.start + 1;

	if (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED) {
		while (at < node->span.end &&
		       strchr("+-0123456789", c->text.ptr[at]))
			at++;
		return !is_byte(c, at, '#') || refuse_comment(c, at, err);
	}
	if (node->style == STYLE_PLAIN && parent &&
	    parent->style == STYLE_FLOW && str_is(node->text, "-"))
		return error_set_at(err, ERROR_SYNTAX, node->span,
				    "a lone '-' between brackets; quote it");
	if ((node->style == STYLE_SINGLE || node->style == STYLE_DOUBLE) &&
	    !check_tabs(c, node->span, err))
		return false;
	return check_behind(c, node->span.end, err);
}

/* ---- events */

static bool on_scalar(struct composer *c, const yaml_event_t *event,
		      struct error *err)
{
	size_t start = offset_at(c, event->start_mark.index);
	struct node node = {
		.style = scalar_style(event->data.scalar.style),
		.span = scalar_span(c, event),
	};
	const char *tag = (const char *)event->data.scalar.tag;
	struct anchor *anchor;

	if (!check_question(c, start, err) ||
	    !set_anchor(&anchor, c, (const char *)event->data.scalar.anchor,
			start, err))
		return false;
	if (node.style == STYLE_DOUBLE &&
	    !clear_breaks(c, node.span.start, node.span.end, err))
		return false;
	node.text = scalar_text(c, event, &node);
	if (!check_scalar(c, &node, err))
		return false;
	if (!tag && node.style == STYLE_PLAIN && str_is(node.text, "<<") &&
	    build_wants_key(&c->build))
		return error_set_at(err, ERROR_SYNTAX, node.span,
				    "the merge key << is YAML 1.1 and is not "
				    "read; write the members out, or quote "
				    "\"<<\" if a key of that name is meant");
	if (tag) {
		if (!type_tagged(c, &node, start, str_of(tag), err))
			return false;
	} else if (!scalar_apply(&node,
				 node.style == STYLE_PLAIN
					 ? scalar_form(node.text)
					 : SCALAR_STRING,
				 err)) {
		return false;
	}
	return build_add(&c->build, node, anchor, err);
}

/* Where a list or map begins: behind its properties. */
static size_t open_place(struct composer *c, const yaml_event_t *event,
			 bool bare, char bracket)
{
	size_t start = offset_at(c, event->start_mark.index);
	size_t end = offset_at(c, event->end_mark.index);

	if (bare)
		return start;
	if (end > start && (c->text.ptr[end - 1] == bracket ||
			    (bracket == '[' && c->text.ptr[end - 1] == '-' &&
			     !is_byte(c, end, '-'))))
		return end - 1;
	return end;
}

static bool on_open(struct composer *c, const yaml_event_t *event,
		    struct error *err)
{
	bool list = event->type == YAML_SEQUENCE_START_EVENT;
	const char *tag = (const char *)(list ? event->data.sequence_start.tag
					      : event->data.mapping_start.tag);
	const char *name =
		(const char *)(list ? event->data.sequence_start.anchor
				    : event->data.mapping_start.anchor);
	bool flow = list ? event->data.sequence_start.style ==
				    YAML_FLOW_SEQUENCE_STYLE
			 : event->data.mapping_start.style ==
				    YAML_FLOW_MAPPING_STYLE;
	size_t start = offset_at(c, event->start_mark.index);
	size_t at = open_place(c, event, !tag && !name, list ? '[' : '{');
	struct node node = {
		.kind = list ? NODE_LIST : NODE_MAP,
		.style = flow ? STYLE_FLOW : STYLE_BLOCK,
		.span = span_of(at, at + flow),
	};
	struct anchor *anchor;

	return check_collection_tag(c, tag, list ? "seq" : "map", start, err) &&
	       set_anchor(&anchor, c, name, start, err) &&
	       build_open(&c->build, node, anchor, err);
}

/* A block ends where its last child does; libyaml's mark is at whatever comes
 * next. So does the map of one pair in [a: b], which has no brackets. */
static bool on_close(struct composer *c, const yaml_event_t *event,
		     struct error *err)
{
	const struct node *node = build_parent(&c->build);
	size_t start = node->span.start;
	size_t end = c->build.last;
	bool flow = node->style == STYLE_FLOW;

	if (flow && is_byte(c, start, node->kind == NODE_MAP ? '{' : '['))
		end = offset_at(c, event->end_mark.index);
	return build_close(&c->build, end, err) && check_behind(c, end, err) &&
	       (!flow || check_tabs(c, span_of(start, end), err));
}

static bool on_document(struct composer *c, const yaml_event_t *event,
			struct error *err)
{
	const yaml_version_directive_t *version =
		event->data.document_start.version_directive;
	size_t start = offset_at(c, event->start_mark.index);
	size_t end = offset_at(c, event->end_mark.index);
	size_t most = c->build.limits->yaml_documents;

	if (c->roots.count >= most)
		return error_set_at(err, ERROR_LIMIT, span_of(start, end),
				    "more than %zu documents (limit "
				    "yaml_documents)",
				    most);
	if (version && (version->major != 1 || version->minor != 2))
		return error_set_at(err, ERROR_SYNTAX,
				    span_of(start, start + 5),
				    "the document says YAML %d.%d; only 1.2 "
				    "is read",
				    version->major, version->minor);
	if (version && c->open_end)
		return error_set_at(err, ERROR_SYNTAX,
				    span_of(start, start + 5),
				    "a %%YAML line behind a document that no "
				    "line \"...\" ends");
	if (c->anchors.count) {
		map_done(&c->anchors);
		map_init(&c->anchors);
	}
	c->build.last = end;
	return true;
}

static bool on_event(struct composer *c, const yaml_event_t *event,
		     struct error *err)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return on_document(c, event, err);
	case YAML_DOCUMENT_END_EVENT:
		*vec_push(&c->roots) = build_root(&c->build);
		c->open_end = event->data.document_end.implicit;
		return true;
	case YAML_ALIAS_EVENT:
		return on_alias(c, event, err);
	case YAML_SCALAR_EVENT:
		return on_scalar(c, event, err);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_open(c, event, err);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_close(c, event, err);
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
		break;
	}
	return true;
}

/* A break that some readers see and some do not comes before what libyaml
 * says about the lines behind it. */
static bool explain(struct composer *c, struct error *err)
{
	const yaml_parser_t *parser = &c->parser;
	struct complaint complaint = {
		.problem = parser->problem ? parser->problem : "",
		.context = SIZE_MAX,
	};

	if (parser->error == YAML_MEMORY_ERROR)
		mem_exhausted();
	complaint.at = parser->error == YAML_READER_ERROR
			       ? c->scan.start + parser->problem_offset
			       : offset_at(c, parser->problem_mark.index);
	if (parser->context)
		complaint.context = offset_at(c, parser->context_mark.index);
	if (c->scan.odd_break < complaint.at)
		return scan_refuse_break(err, c->text, c->scan.odd_break);
	return complaint_tell(err, c->text, &complaint);
}

static bool read_events(struct composer *c, struct error *err)
{
	bool ended = false;

	while (!ended) {
		yaml_event_t event;
		bool fine;

		if (!yaml_parser_parse(&c->parser, &event))
			return explain(c, err);
		ended = event.type == YAML_STREAM_END_EVENT;
		fine = on_event(c, &event, err);
		yaml_event_delete(&event);
		if (!fine)
			return false;
	}
	return clear_breaks(c, SIZE_MAX, SIZE_MAX, err);
}

bool compose(struct document *out, struct arena *arena, str text,
	     const struct limits *limits, struct error *err)
{
	struct composer c = {.text = text};
	bool fine = false;

	if (!scan_yaml(&c.scan, text, limits, err))
		return false;
	if (!yaml_parser_initialize(&c.parser))
		mem_exhausted();
	yaml_parser_set_encoding(&c.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&c.parser,
		(const unsigned char *)(text.ptr ? text.ptr : "") +
			c.scan.start,
		text.len - c.scan.start);
	c.offset = c.scan.start;
	build_init(&c.build, arena, limits);
	map_init(&c.anchors);
	fine = read_events(&c, err);
	if (fine) {
		out->count = c.roots.count;
		out->roots = vec_keep(&c.roots, arena);
	}
	vec_done(&c.roots);
	map_done(&c.anchors);
	build_done(&c.build);
	yaml_parser_delete(&c.parser);
	return fine;
}
