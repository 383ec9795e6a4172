/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/skeleton.h"

#include "jsonschema/schema_view.h"

enum { DEPTH = 12, TOGETHER = 64, NAMES = 512, WIDTH = 100, STEP = 2 };

/* The schemas that hold for one value for sure: alternatives say nothing. */
struct together {
	const struct schema *at[TOGETHER];
	size_t count;
};

/* One member of a map, as all its schemas have it. */
struct member {
	str name;
	bool required;
};

struct members {
	struct member at[NAMES];
	size_t count;
};

struct skeleton {
	struct buf *out;
	str id;
	struct error *err;
};

static bool add(struct skeleton *skeleton, struct together *set,
		const struct schema *schema)
{
	const struct schema_logic *logic = schema->logic;

	for (size_t i = 0; i < set->count; i++) {
		if (set->at[i] == schema)
			return true;
	}
	if (set->count == TOGETHER)
		return error_set(skeleton->err, ERROR_LIMIT,
				 "more than %d schemas hold for one value",
				 TOGETHER);
	set->at[set->count++] = schema;
	if (!logic)
		return true;
	if (logic->ref && !add(skeleton, set, logic->ref))
		return false;
	for (size_t i = 0; i < logic->all.count; i++) {
		if (!add(skeleton, set, logic->all.at[i]))
			return false;
	}
	return true;
}

static struct member *member_find(struct members *members, str name)
{
	for (size_t i = 0; i < members->count; i++) {
		if (str_equal(members->at[i].name, name))
			return &members->at[i];
	}
	return NULL;
}

static bool member_add(struct skeleton *skeleton, struct members *members,
		       str name, bool required)
{
	struct member *member = member_find(members, name);

	if (member) {
		member->required = member->required || required;
		return true;
	}
	if (members->count == NAMES)
		return error_set(skeleton->err, ERROR_LIMIT,
				 "a map of this schema has more than %d keys",
				 NAMES);
	members->at[members->count++] = (struct member){name, required};
	return true;
}

/* What is required comes in the order in which the schemas ask for it, the rest
 * in the order in which they describe it. */
static bool find_members(struct skeleton *skeleton, struct members *members,
			 const struct together *set)
{
	members->count = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct node *asked =
			node_find(set->at[i]->node, STR("required"));

		for (uint32_t k = 0; asked && k < asked->count; k++) {
			if (!member_add(skeleton, members,
					asked->as.children[k].text, true))
				return false;
		}
	}
	for (size_t i = 0; i < set->count; i++) {
		const struct schema_objects *objects = set->at[i]->objects;

		for (size_t k = 0; objects && k < objects->count; k++) {
			const struct schema_property *property =
				&objects->properties[k];

			if ((!property->schema || !property->schema->never) &&
			    !member_add(skeleton, members, property->name,
					property->required))
				return false;
		}
	}
	return true;
}

/* The schemas of one member. */
static bool find_below(struct skeleton *skeleton, struct together *set,
		       const struct together *outer, str name)
{
	set->count = 0;
	for (size_t i = 0; i < outer->count; i++) {
		const struct schema_property *property =
			outer->at[i]->objects
				? schema_property_find(outer->at[i], name)
				: NULL;

		if (property && property->schema &&
		    !add(skeleton, set, property->schema))
			return false;
	}
	return true;
}

static bool find_items(struct skeleton *skeleton, struct together *set,
		       const struct together *outer)
{
	set->count = 0;
	for (size_t i = 0; i < outer->count; i++) {
		const struct schema_arrays *arrays = outer->at[i]->arrays;

		if (arrays && arrays->items &&
		    !add(skeleton, set, arrays->items))
			return false;
	}
	return true;
}

/* ---- what is said of a value */

/* The first text that its schemas have under a key, or an absent str. */
static str said(const struct together *set, str key)
{
	for (size_t i = 0; i < set->count; i++) {
		str text = node_text(set->at[i]->node, key);

		if (text.ptr)
			return text;
	}
	return (str){0};
}

static bool takes(const struct together *set, enum schema_type type)
{
	unsigned types = SCHEMA_ANY;
	bool told = false;

	for (size_t i = 0; i < set->count; i++) {
		types &= set->at[i]->types;
		told = told || set->at[i]->types != SCHEMA_ANY;
	}
	return told && types == (unsigned)type;
}

static const struct node *choices_of(const struct together *set)
{
	for (size_t i = 0; i < set->count; i++) {
		if (set->at[i]->choices)
			return set->at[i]->choices;
	}
	return NULL;
}

static const struct node *constant_of(const struct together *set)
{
	for (size_t i = 0; i < set->count; i++) {
		if (set->at[i]->constant)
			return set->at[i]->constant;
	}
	return NULL;
}

static void add_choices(struct buf *words, const struct node *choices)
{
	buf_add(words, STR(" One of: "));
	for (uint32_t i = 0; i < choices->count; i++) {
		if (i)
			buf_add(words, STR(", "));
		buf_add(words, choices->as.children[i].text);
	}
	buf_byte(words, '.');
}

/* The kind of record that a value names: "The id of a role." */
static void add_target(struct buf *words, const struct together *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct node *kind =
			schema_custom_find(set->at[i], "x-ref");

		if (!kind || kind->kind != NODE_STRING)
			continue;
		if (str_is(kind->text, "any"))
			buf_add(words, STR(" A record, as kind/id."));
		else
			buf_format(words,
				   " The id of a record of kind " STR_FMT ".",
				   STR_ARG(kind->text));
		return;
	}
}

/* How a value is written, where the type alone does not say it. */
static void add_form(struct buf *words, const struct together *set)
{
	static const struct {
		const char *format;
		const char *words;
	} forms[] = {
		{"date", " As 2026-01-31."},
		{"date-time", " As 2026-01-31T09:00:00+02:00."},
		{"duration", " As P24M, P30D or PT72H."},
	};
	str format = said(set, STR("format"));

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		if (str_is(format, forms[i].format))
			buf_add(words, str_of(forms[i].words));
	}
	if (takes(set, SCHEMA_BOOLEAN))
		buf_add(words, STR(" true or false."));
	else if (takes(set, SCHEMA_INTEGER))
		buf_add(words, STR(" A whole number."));
	else if (takes(set, SCHEMA_NUMBER))
		buf_add(words, STR(" A number."));
}

/* All of it in one line; of a list also what its items are. */
static bool say(struct skeleton *skeleton, struct buf *words,
		const struct together *set)
{
	const struct node *choices = choices_of(set);
	struct together items;
	str text = said(set, STR("description"));

	if (!text.ptr)
		text = said(set, STR("title"));
	if (text.ptr) {
		buf_byte(words, ' ');
		buf_add(words, text);
	}
	if (choices)
		add_choices(words, choices);
	add_target(words, set);
	add_form(words, set);
	if (!takes(set, SCHEMA_ARRAY))
		return true;
	if (!find_items(skeleton, &items, set))
		return false;
	choices = choices_of(&items);
	buf_add(words, STR(" A list."));
	if (choices)
		add_choices(words, choices);
	add_target(words, &items);
	return true;
}

static void indent(struct buf *out, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		buf_byte(out, ' ');
}

/* A comment, wrapped at blanks; `first` begins its first line. */
static void write_comment(struct buf *out, size_t columns, str first, str words)
{
	size_t column = columns + 1 + first.len;

	indent(out, columns);
	buf_byte(out, '#');
	buf_add(out, first);
	while (words.ptr) {
		str rest = words;
		str line = str_cut(&rest, '\n');
		str word;

		words = rest;
		while (line.ptr) {
			word = str_cut(&line, ' ');
			if (!word.len)
				continue;
			if (column + 1 + word.len > WIDTH) {
				buf_byte(out, '\n');
				indent(out, columns);
				buf_byte(out, '#');
				column = columns + 1;
			}
			buf_byte(out, ' ');
			buf_add(out, word);
			column += 1 + word.len;
		}
	}
	buf_byte(out, '\n');
}

/* ---- values */

static bool write_map(struct skeleton *skeleton, const struct together *set,
		      size_t columns, unsigned depth);

static bool has_required(struct skeleton *skeleton, bool *out,
			 const struct together *set)
{
	struct members members;

	*out = false;
	if (!find_members(skeleton, &members, set))
		return false;
	for (size_t i = 0; i < members.count; i++)
		*out = *out || members.at[i].required;
	return true;
}

/* What stands behind "name:". */
static bool write_value(struct skeleton *skeleton, const struct together *set,
			size_t columns, unsigned depth)
{
	struct buf *out = skeleton->out;
	const struct node *constant = constant_of(set);
	struct together items;
	bool deep;

	if (constant) {
		buf_byte(out, ' ');
		buf_add(out, constant->text);
		buf_byte(out, '\n');
		return true;
	}
	if (takes(set, SCHEMA_ARRAY)) {
		if (!find_items(skeleton, &items, set) ||
		    !has_required(skeleton, &deep, &items))
			return false;
		if (!deep || !depth) {
			buf_add(out, STR(" [TODO]\n"));
			return true;
		}
		buf_byte(out, '\n');
		indent(out, columns + STEP);
		buf_add(out, STR("-\n"));
		return write_map(skeleton, &items, columns + 2 * STEP,
				 depth - 1);
	}
	if (!has_required(skeleton, &deep, set))
		return false;
	if (!deep || !depth) {
		buf_add(out, STR(" TODO\n"));
		return true;
	}
	buf_byte(out, '\n');
	return write_map(skeleton, set, columns + STEP, depth - 1);
}

/* A name that needs no quotes. */
static bool is_simple(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      c == '_' || (i && ((c >= '0' && c <= '9') || c == '-'))))
			return false;
	}
	return name.len > 0;
}

static void write_name(struct buf *out, str name)
{
	if (is_simple(name)) {
		buf_add(out, name);
	} else {
		buf_byte(out, '\'');
		for (size_t i = 0; i < name.len; i++) {
			if (name.ptr[i] == '\'')
				buf_byte(out, '\'');
			buf_byte(out, name.ptr[i]);
		}
		buf_byte(out, '\'');
	}
	buf_byte(out, ':');
}

/* One member: what it is, its name, its value. */
static bool write_member(struct skeleton *skeleton, const struct together *set,
			 str name, size_t columns, unsigned depth)
{
	struct buf *out = skeleton->out;
	bool top = columns == 0;
	struct together below;
	struct buf words;
	bool done;

	buf_init(&words, SIZE_MAX);
	done = find_below(skeleton, &below, set, name) &&
	       say(skeleton, &words, &below);
	if (done && words.len && !constant_of(&below))
		write_comment(out, columns, STR(""), buf_str(&words));
	buf_done(&words);
	indent(out, columns);
	write_name(out, name);
	if (done && top && str_is(name, "id") && skeleton->id.ptr) {
		buf_byte(out, ' ');
		buf_add(out, skeleton->id);
		buf_byte(out, '\n');
		return true;
	}
	return done && write_value(skeleton, &below, columns, depth);
}

static bool write_map(struct skeleton *skeleton, const struct together *set,
		      size_t columns, unsigned depth)
{
	struct members members;

	if (!find_members(skeleton, &members, set))
		return false;
	for (size_t i = 0; i < members.count; i++) {
		if (members.at[i].required &&
		    !write_member(skeleton, set, members.at[i].name, columns,
				  depth))
			return false;
	}
	return true;
}

/* The rest, as comments. */
static bool write_optional(struct skeleton *skeleton,
			   const struct together *set)
{
	struct members members;
	struct together below;
	struct buf words;
	struct buf name;
	bool told = false;
	bool done = find_members(skeleton, &members, set);

	buf_init(&words, SIZE_MAX);
	buf_init(&name, SIZE_MAX);
	for (size_t i = 0; done && i < members.count; i++) {
		if (members.at[i].required)
			continue;
		if (!told)
			buf_add(skeleton->out,
				STR("\n# What may stand here besides:\n#\n"));
		told = true;
		words.len = 0;
		name.len = 0;
		buf_byte(&name, ' ');
		write_name(&name, members.at[i].name);
		done = find_below(skeleton, &below, set, members.at[i].name) &&
		       say(skeleton, &words, &below);
		if (done)
			write_comment(skeleton->out, 0, buf_str(&name),
				      buf_str(&words));
	}
	buf_done(&words);
	buf_done(&name);
	return done;
}

bool skeleton_write(struct buf *out, const struct kind *kind, str id,
		    struct error *err)
{
	struct skeleton skeleton = {.out = out, .id = id, .err = err};
	struct together set = {.count = 0};
	struct buf words;
	str title;

	if (!add(&skeleton, &set, kind->schema))
		return false;
	buf_init(&words, SIZE_MAX);
	title = said(&set, STR("title"));
	buf_add(&words, title.ptr ? title : kind->name);
	buf_add(&words, STR(":"));
	title = said(&set, STR("description"));
	if (title.ptr) {
		buf_byte(&words, ' ');
		buf_add(&words, title);
	}
	write_comment(out, 0, STR(""), buf_str(&words));
	write_comment(out, 0, STR(""),
		      STR("Put a fact in place of each TODO; `abide check` "
			  "names those that are left."));
	buf_done(&words);
	return write_map(&skeleton, &set, 0, DEPTH) &&
	       write_optional(&skeleton, &set);
}
