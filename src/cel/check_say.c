/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/nearest.h"
#include "cel/check.h"

enum { SAY_LONGEST = 1024 };

static bool is_plain_name(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char b = name.ptr[i];

		if (!(b == '_' || (b >= '0' && b <= '9') ||
		      (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z')))
			return false;
	}
	return name.len > 0;
}

/* What can replace the text at a place as it is: in quotes where there are
 * quotes, in back quotes where it is no plain name. */
static str as_source(struct checker *c, struct span at, str suggestion)
{
	const str old = str_slice(c->text, at.start, at.end);
	char quote = '`';

	if (!suggestion.ptr)
		return suggestion;
	if (old.len && (old.ptr[0] == '\'' || old.ptr[0] == '"'))
		quote = old.ptr[0];
	else if (is_plain_name(suggestion))
		return suggestion;
	if (str_find_byte(suggestion, quote) != SIZE_MAX ||
	    str_find_byte(suggestion, '\\') != SIZE_MAX)
		return (str){NULL, 0};
	return str_format(c->arena, "%c" STR_FMT "%c", quote,
			  STR_ARG(suggestion), quote);
}

static void say(struct checker *c, bool warning, struct span at,
		const char *code, str suggestion, struct buf *text)
{
	struct cel_diagnostic found = {.warning = warning,
				       .at = at,
				       .code = code,
				       .text = buf_str(text),
				       .suggestion =
					       as_source(c, at, suggestion)};

	if (!warning)
		c->failed = true;
	if (!c->quiet && c->options->diagnose)
		c->options->diagnose(c->options->context, &found);
	buf_done(text);
}

PRINTF_LIKE(2, 0)
static void start(struct buf *text, const char *fmt, va_list args)
{
	char words[SAY_LONGEST];
	int length = vsnprintf(words, sizeof(words), fmt, args);

	buf_init(text, 2 * SAY_LONGEST);
	if (length > 0)
		buf_add(text, str_of(words));
	if (length >= SAY_LONGEST)
		buf_add(text, STR("..."));
}

/* "; did you mean 'owner'?" */
static str add_nearest(struct buf *text, const struct nearest *near)
{
	if (!near->count)
		return (str){NULL, 0};
	buf_add(text, STR("; did you mean '"));
	buf_add(text, near->found[0]);
	for (size_t i = 1; i < near->count; i++) {
		buf_add(text, STR("' or '"));
		buf_add(text, near->found[i]);
	}
	buf_add(text, STR("'?"));
	return near->found[0];
}

void check_fail(struct checker *c, struct span at, const char *code,
		const char *fmt, ...)
{
	struct buf text;
	va_list args;

	va_start(args, fmt);
	start(&text, fmt, args);
	va_end(args);
	say(c, false, at, code, (str){NULL, 0}, &text);
}

void check_warn(struct checker *c, struct span at, const char *code,
		const char *fmt, ...)
{
	struct buf text;
	va_list args;

	va_start(args, fmt);
	start(&text, fmt, args);
	va_end(args);
	say(c, true, at, code, (str){NULL, 0}, &text);
}

void check_fail_near(struct checker *c, struct span at, const char *code,
		     const struct nearest *near, const char *fmt, ...)
{
	struct buf text;
	va_list args;
	str suggestion;

	va_start(args, fmt);
	start(&text, fmt, args);
	va_end(args);
	suggestion = add_nearest(&text, near);
	say(c, false, at, code, suggestion, &text);
}

void check_warn_near(struct checker *c, struct span at, const char *code,
		     const struct nearest *near, const char *fmt, ...)
{
	struct buf text;
	va_list args;
	str suggestion;

	va_start(args, fmt);
	start(&text, fmt, args);
	va_end(args);
	suggestion = add_nearest(&text, near);
	say(c, true, at, code, suggestion, &text);
}

str check_words(struct checker *c, const struct cel_type *type)
{
	struct buf text;
	str kept;

	buf_init(&text, 200);
	cel_type_print(&text, check_settle(c, type, true));
	kept = str_format(c->arena, STR_FMT "%s", STR_ARG(buf_str(&text)),
			  text.full ? "..." : "");
	buf_done(&text);
	return kept;
}

str check_source(const struct checker *c, const struct cel_node *node)
{
	return str_slice(c->text, node->span.start, node->span.end);
}

void check_tangled(struct checker *c)
{
	if (c->tangled)
		return;
	c->tangled = true;
	check_fail(c, (struct span){0, (uint32_t)c->text.len}, "too-complex",
		   "the types in this expression are too large to check; "
		   "write it in parts");
}

/* ---- names that nobody declared */

/* The first part of "x.y". */
static str first_part(str name)
{
	return str_cut(&name, '.');
}

typedef void each_overload(const struct cel_overload *overload, void *context);

static void each_of(const struct checker *c, each_overload *call, void *context)
{
	const struct cel_library *library;

	for (size_t i = 0; (library = cel_env_library(c->env, i)); i++)
		for (size_t k = 0; k < library->count; k++)
			call(&library->overloads[k], context);
}

/* A namespace: "math" of math.abs. */
static void offer_space(const struct cel_overload *overload, void *context)
{
	str name = str_of(overload->name);

	if (str_find_byte(name, '.') != SIZE_MAX)
		nearest_offer(context, first_part(name));
}

void check_unknown_name(struct checker *c, const struct cel_node *node)
{
	const struct cel_env_options *env = cel_env_options(c->env);
	struct nearest near;

	nearest_start(&near, node->name);
	for (size_t i = c->locals; i > 0; i--)
		nearest_offer(&near, c->local[i - 1].name);
	for (size_t i = 0; i < env->variable_count; i++)
		nearest_offer(&near, first_part(env->variables[i].name));
	each_of(c, offer_space, &near);
	check_fail_near(c, node->place, "unknown-name", &near,
			"no variable named '" STR_FMT "'", STR_ARG(node->name));
}

struct search {
	struct nearest near;
	bool receiver;
	str before; /* "math.": only names that start with it, cut off */
	bool space; /* is there any such name? */
};

static void offer(const struct cel_overload *overload, void *context)
{
	struct search *search = context;
	str name = str_of(overload->name);

	if ((overload->flags & CEL_RECEIVER) != 0 ? !search->receiver
						  : search->receiver)
		return;
	/* Operators have names like _+_ and @in. */
	if (name.ptr[0] == '@' || str_find_byte(name, '_') == 0 ||
	    str_ends(name, STR("_")))
		return;
	if (search->before.len) {
		if (!str_starts(name, search->before))
			return;
		search->space = true;
		name = str_slice(name, search->before.len, name.len);
	}
	nearest_offer(&search->near, name);
}

/* all, exists, has: names that a call may have meant. */
static void offer_macros(const struct checker *c, struct search *search)
{
	const struct cel_macros *table = &cel_standard_macros;

	if (c->options->no_macros)
		return;
	for (size_t i = 0; i < table->count; i++)
		if (table->at[i].receiver == search->receiver &&
		    !table->at[i].space.ptr)
			nearest_offer(&search->near, table->at[i].name);
}

static bool is_macro(const struct checker *c, const struct cel_node *node)
{
	const struct cel_macros tables[] = {cel_env_options(c->env)->macros,
					    cel_standard_macros};

	if (c->options->no_macros)
		return false;
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (size_t i = 0; i < tables[t].count; i++)
			if (str_equal(tables[t].at[i].name, node->name))
				return true;
	return false;
}

/* The path that a call is made on, with a dot behind; absent if it is none
 * that could be a namespace. */
static str space_of(struct checker *c, const struct cel_node *node)
{
	const struct cel_node *root = node->kids[0];
	struct buf text;
	str kept;

	if (!cel_node_is_path(root))
		return (str){NULL, 0};
	while (root->kind == CEL_SELECT)
		root = root->kids[0];
	if (check_note(c, root)->reference != CEL_REF_UNKNOWN)
		return (str){NULL, 0};
	buf_init(&text, SAY_LONGEST);
	cel_node_path(&text, node->kids[0]);
	kept = str_format(c->arena, STR_FMT ".", STR_ARG(buf_str(&text)));
	buf_done(&text);
	return kept;
}

/* f(x) where x.f() is meant, or the other way round. */
static bool other_style(struct checker *c, const struct cel_node *node)
{
	const bool receives = node->flags & CEL_RECEIVES;
	size_t count;

	(void)cel_env_overloads(c->env, node->name, !receives, &count);
	if (!count || (!receives && !node->count))
		return false;
	check_fail(
		c, node->place, "unknown-function",
		receives ? "'" STR_FMT
			   "' is not called on a value: write " STR_FMT "(...)"
			 : "'" STR_FMT
			   "' is called on a value: write x." STR_FMT "(...)",
		STR_ARG(node->name), STR_ARG(node->name));
	return true;
}

void check_unknown_call(struct checker *c, const struct cel_node *node)
{
	struct search search = {.receiver = node->flags & CEL_RECEIVES};
	str space = {NULL, 0};

	if (is_macro(c, node)) {
		check_fail(c, node->span, "wrong-count",
			   "the macro " STR_FMT "() is not written with "
			   "%zu arguments",
			   STR_ARG(node->name),
			   node->count - (search.receiver ? 1 : 0));
		return;
	}
	if (search.receiver)
		space = space_of(c, node);
	nearest_start(&search.near, node->name);
	if (space.len) {
		search.receiver = false;
		search.before = space;
		each_of(c, offer, &search);
		if (!search.space) {
			/* Not a namespace: so a variable was meant. */
			(void)check_node(c, node->kids[0]);
			return;
		}
	} else if (other_style(c, node)) {
		return;
	} else {
		offer_macros(c, &search);
		each_of(c, offer, &search);
	}
	check_fail_near(c, node->place, "unknown-function", &search.near,
			"no function named '" STR_FMT STR_FMT "'",
			STR_ARG(space), STR_ARG(node->name));
}
