/* SPDX-License-Identifier: Apache-2.0 */
#include "cel/type.h"

static const struct cel_type *const one_dyn[] = {&cel_dyn};
static const struct cel_type *const two_dyn[] = {&cel_dyn, &cel_dyn};

const struct cel_type cel_dyn = {.kind = CEL_T_DYN};
const struct cel_type cel_error_type = {.kind = CEL_T_ERROR};
const struct cel_type cel_null_type = {.kind = CEL_T_NULL};
const struct cel_type cel_bool_type = {.kind = CEL_T_BOOL};
const struct cel_type cel_int_type = {.kind = CEL_T_INT};
const struct cel_type cel_uint_type = {.kind = CEL_T_UINT};
const struct cel_type cel_double_type = {.kind = CEL_T_DOUBLE,
					 .converts = true};
const struct cel_type cel_string_type = {.kind = CEL_T_STRING};
const struct cel_type cel_bytes_type = {.kind = CEL_T_BYTES};
const struct cel_type cel_timestamp_type = {.kind = CEL_T_TIMESTAMP,
					    .converts = true};
const struct cel_type cel_duration_type = {.kind = CEL_T_DURATION};
const struct cel_type cel_date_type = {
	.kind = CEL_T_TIMESTAMP, .converts = true, .date = true};
const struct cel_type cel_list_dyn = {
	.kind = CEL_T_LIST, .params = one_dyn, .count = 1};
const struct cel_type cel_map_dyn = {
	.kind = CEL_T_MAP, .params = two_dyn, .count = 2};
const struct cel_type cel_optional_dyn = {
	.kind = CEL_T_OPTIONAL, .params = one_dyn, .count = 1};
const struct cel_type cel_type_type = {.kind = CEL_T_TYPE};

static const struct {
	const char *name;
	const struct cel_type *type;
} named[] = {
	{"dyn", &cel_dyn},
	{"any", &cel_dyn},
	{"error", &cel_error_type},
	{"null_type", &cel_null_type},
	{"null", &cel_null_type},
	{"bool", &cel_bool_type},
	{"int", &cel_int_type},
	{"uint", &cel_uint_type},
	{"double", &cel_double_type},
	{"string", &cel_string_type},
	{"bytes", &cel_bytes_type},
	{"timestamp", &cel_timestamp_type},
	{"google.protobuf.Timestamp", &cel_timestamp_type},
	{"duration", &cel_duration_type},
	{"google.protobuf.Duration", &cel_duration_type},
	{"list", &cel_list_dyn},
	{"map", &cel_map_dyn},
	{"optional_type", &cel_optional_dyn},
	{"type", &cel_type_type},
};

/* Shared parts count each time, so a sum may pass any number. */
static uint32_t add_weight(uint32_t sum, const struct cel_type *part)
{
	if (__builtin_add_overflow(sum, part->weight ? part->weight : 1, &sum))
		return UINT32_MAX;
	return sum;
}

static const struct cel_type *type_of(struct arena *arena,
				      enum cel_type_kind kind, str name,
				      const struct cel_type *const *params,
				      size_t count)
{
	struct cel_type *type = arena_new(arena, struct cel_type);
	const struct cel_type **kept =
		arena_array(arena, const struct cel_type *, count + 1);
	uint32_t weight = 1;

	for (size_t i = 0; i < count; i++) {
		kept[i] = params[i];
		type->converts |= params[i]->converts;
		weight = add_weight(weight, params[i]);
	}
	type->weight = weight;
	type->kind = kind;
	type->name = name;
	type->params = kept;
	type->count = count;
	return type;
}

static const str unnamed = {NULL, 0};

const struct cel_type *cel_type_list(struct arena *arena,
				     const struct cel_type *item)
{
	return type_of(arena, CEL_T_LIST, unnamed, &item, 1);
}

const struct cel_type *cel_type_map(struct arena *arena,
				    const struct cel_type *key,
				    const struct cel_type *value)
{
	const struct cel_type *params[] = {key, value};

	return type_of(arena, CEL_T_MAP, unnamed, params, 2);
}

const struct cel_type *cel_type_optional(struct arena *arena,
					 const struct cel_type *some)
{
	return type_of(arena, CEL_T_OPTIONAL, unnamed, &some, 1);
}

/* Adds a member, and the members of a union, once each; false for dyn. */
static bool union_add(const struct cel_type **to, size_t *count,
		      const struct cel_type *member)
{
	if (member->kind == CEL_T_DYN)
		return false;
	if (member->kind == CEL_T_UNION) {
		for (size_t i = 0; i < member->count; i++)
			(void)union_add(to, count, member->params[i]);
		return true;
	}
	for (size_t i = 0; i < *count; i++)
		if (cel_type_equal(to[i], member))
			return true;
	to[(*count)++] = member;
	return true;
}

const struct cel_type *cel_type_union(struct arena *arena,
				      const struct cel_type *const *members,
				      size_t count)
{
	const struct cel_type **flat;
	size_t most = 0;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		most += members[i]->kind == CEL_T_UNION ? members[i]->count : 1;
	flat = arena_array(arena, const struct cel_type *, most + 1);
	for (size_t i = 0; i < count; i++)
		if (!union_add(flat, &kept, members[i]))
			return &cel_dyn;
	if (kept == 0)
		return &cel_dyn;
	return kept == 1 ? flat[0]
			 : type_of(arena, CEL_T_UNION, unnamed, flat, kept);
}

const struct cel_field *cel_type_field(const struct cel_type *object, str name)
{
	size_t low = 0;
	size_t high = object->field_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(object->fields[middle].name, name);

		if (order == 0)
			return &object->fields[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool literals_equal(const struct cel_type *a, const struct cel_type *b)
{
	if (a->literal_count != b->literal_count)
		return false;
	for (size_t i = 0; i < a->literal_count; i++)
		if (!str_equal(a->literals[i], b->literals[i]))
			return false;
	return true;
}

static bool params_equal(const struct cel_type *a, const struct cel_type *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!cel_type_equal(a->params[i], b->params[i]))
			return false;
	return true;
}

static bool has_member(const struct cel_type *type,
		       const struct cel_type *member)
{
	for (size_t i = 0; i < type->count; i++)
		if (cel_type_equal(type->params[i], member))
			return true;
	return false;
}

bool cel_type_equal(const struct cel_type *a, const struct cel_type *b)
{
	if (a == b)
		return true;
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case CEL_T_STRING:
		return literals_equal(a, b);
	case CEL_T_TIMESTAMP:
		return a->date == b->date;
	case CEL_T_OBJECT:
	case CEL_T_PARAM:
		return str_equal(a->name, b->name);
	case CEL_T_UNION:
		/* Without order, and without repeats by construction. */
		if (a->count != b->count)
			return false;
		for (size_t i = 0; i < a->count; i++)
			if (!has_member(b, a->params[i]))
				return false;
		return true;
	default:
		return str_equal(a->name, b->name) && params_equal(a, b);
	}
}

bool cel_type_same_runtime(const struct cel_type *a, const struct cel_type *b)
{
	return a->kind == b->kind && str_equal(a->name, b->name);
}

static bool takes_null(enum cel_type_kind kind)
{
	return kind == CEL_T_ABSTRACT || kind == CEL_T_OBJECT ||
	       kind == CEL_T_TIMESTAMP || kind == CEL_T_DURATION ||
	       kind == CEL_T_OPTIONAL;
}

static bool literals_within(const struct cel_type *to,
			    const struct cel_type *from)
{
	size_t i = 0;

	if (!to->literals)
		return true;
	if (!from->literals)
		return false;
	/* Both are sorted. */
	for (size_t k = 0; k < from->literal_count; k++) {
		while (i < to->literal_count &&
		       str_compare(to->literals[i], from->literals[k]) < 0)
			i++;
		if (i == to->literal_count ||
		    !str_equal(to->literals[i], from->literals[k]))
			return false;
	}
	return true;
}

static bool union_assignable(const struct cel_type *to,
			     const struct cel_type *from, bool some)
{
	if (from->kind == CEL_T_UNION) {
		for (size_t i = 0; i < from->count; i++)
			if (cel_type_assignable(to, from->params[i], some) ==
			    some)
				return some;
		return !some;
	}
	for (size_t i = 0; i < to->count; i++)
		if (cel_type_assignable(to->params[i], from, some))
			return true;
	return false;
}

bool cel_type_assignable(const struct cel_type *to, const struct cel_type *from,
			 bool some)
{
	if (to == from || to->kind == CEL_T_DYN || from->kind == CEL_T_DYN ||
	    to->kind == CEL_T_ERROR || from->kind == CEL_T_ERROR)
		return true;
	if (to->kind == CEL_T_UNION || from->kind == CEL_T_UNION)
		return union_assignable(to, from, some);
	if (from->kind == CEL_T_NULL)
		return to->kind == CEL_T_NULL || takes_null(to->kind);
	if (to->kind != from->kind)
		return false;
	switch (to->kind) {
	case CEL_T_STRING:
		return some || literals_within(to, from);
	case CEL_T_OBJECT:
	case CEL_T_PARAM:
		return str_equal(to->name, from->name);
	case CEL_T_TYPE:
		if (!to->count || !from->count)
			return true;
		break;
	default:
		break;
	}
	if (to->count != from->count || !str_equal(to->name, from->name))
		return false;
	for (size_t i = 0; i < to->count; i++)
		if (!cel_type_assignable(to->params[i], from->params[i], some))
			return false;
	return true;
}

str cel_type_name(const struct cel_type *type)
{
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (named[i].type->kind == type->kind)
			return str_of(named[i].name);
	return type->name;
}

void cel_type_print(struct buf *out, const struct cel_type *type)
{
	const bool alone = type->kind == CEL_T_UNION;

	if (!alone)
		buf_add(out, cel_type_name(type));
	if (!type->count)
		return;
	if (!alone)
		buf_byte(out, '(');
	for (size_t i = 0; i < type->count; i++) {
		if (i)
			buf_add(out, alone ? STR("|") : STR(", "));
		cel_type_print(out, type->params[i]);
	}
	if (!alone)
		buf_byte(out, ')');
}

/* ---- reading */

enum { TYPE_DEPTH = 32, TYPE_PARAMS = 16 };

struct reader {
	struct arena *arena;
	str text;
	size_t at;
	size_t depth;
	struct error *err;
};

static bool reader_fail(struct reader *in, const char *what)
{
	return error_set_at(
		in->err, ERROR_SYNTAX,
		(struct span){(uint32_t)in->at, (uint32_t)in->at + 1},
		"%s in the type \"" STR_FMT "\"", what, STR_ARG(in->text));
}

static char reader_peek(struct reader *in)
{
	while (in->at < in->text.len && in->text.ptr[in->at] == ' ')
		in->at++;
	return in->at < in->text.len ? in->text.ptr[in->at] : '\0';
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static bool read_union(const struct cel_type **out, struct reader *in);

/* "T, T)" behind the opening bracket. */
static bool read_params(const struct cel_type **params, size_t *count,
			struct reader *in)
{
	*count = 0;
	if (reader_peek(in) == ')') {
		in->at++;
		return true;
	}
	for (;;) {
		if (*count == TYPE_PARAMS)
			return reader_fail(in, "too many parameters");
		if (!read_union(&params[*count], in))
			return false;
		++*count;
		if (reader_peek(in) == ')')
			break;
		if (reader_peek(in) != ',')
			return reader_fail(in, "no , or )");
		in->at++;
	}
	in->at++;
	return true;
}

static bool make_named(const struct cel_type **out, struct reader *in, str name,
		       const struct cel_type *const *params, size_t count)
{
	const struct cel_type *base = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (str_is(name, named[i].name))
			base = named[i].type;
	if (!base) {
		bool param = name.len == 1 && name.ptr[0] >= 'A' &&
			     name.ptr[0] <= 'Z' && count == 0;

		*out = type_of(in->arena, param ? CEL_T_PARAM : CEL_T_ABSTRACT,
			       str_keep(in->arena, name), params, count);
		return true;
	}
	if (count && count != (base == &cel_type_type ? 1 : base->count))
		return reader_fail(in, "a wrong number of parameters");
	*out = count ? type_of(in->arena, base->kind, unnamed, params, count)
		     : base;
	return true;
}

static bool read_one(const struct cel_type **out, struct reader *in)
{
	const struct cel_type *params[TYPE_PARAMS];
	size_t count = 0;
	bool done = true;
	size_t start;
	str name;

	(void)reader_peek(in);
	start = in->at;
	while (in->at < in->text.len && is_name_byte(in->text.ptr[in->at]))
		in->at++;
	name = str_slice(in->text, start, in->at);
	if (!name.len)
		return reader_fail(in, "no name of a type");
	if (reader_peek(in) == '(') {
		if (in->depth >= TYPE_DEPTH)
			return reader_fail(in, "too deep nesting");
		in->at++;
		in->depth++;
		done = read_params(params, &count, in);
		in->depth--;
	}
	return done && make_named(out, in, name, params, count);
}

static bool read_union(const struct cel_type **out, struct reader *in)
{
	const struct cel_type *members[TYPE_PARAMS];
	size_t count = 0;

	do {
		if (count == TYPE_PARAMS)
			return reader_fail(in, "too many members");
		if (count)
			in->at++;
		if (!read_one(&members[count++], in))
			return false;
	} while (reader_peek(in) == '|');
	*out = count == 1 ? members[0]
			  : cel_type_union(in->arena, members, count);
	return true;
}

bool cel_type_parse(const struct cel_type **out, struct arena *arena, str text,
		    struct error *err)
{
	struct reader in = {.arena = arena, .text = text, .err = err};
	const struct cel_type *type;

	if (!read_union(&type, &in))
		return false;
	if (reader_peek(&in) != '\0' || in.at < text.len)
		return reader_fail(&in, "more text than a type");
	*out = type;
	return true;
}

bool cel_signature_parse(struct cel_signature *out, struct arena *arena,
			 str text, struct error *err)
{
	struct reader in = {.arena = arena, .text = text, .err = err};
	const struct cel_type *params[TYPE_PARAMS];
	const struct cel_type **kept;
	const struct cel_type *result;
	size_t count;

	if (reader_peek(&in) != '(')
		return reader_fail(&in, "no (");
	in.at++;
	if (!read_params(params, &count, &in))
		return false;
	if (reader_peek(&in) != '-' ||
	    !str_starts(str_slice(text, in.at, text.len), STR("->")))
		return reader_fail(&in, "no ->");
	in.at += 2;
	if (!read_union(&result, &in))
		return false;
	if (reader_peek(&in) != '\0' || in.at < text.len)
		return reader_fail(&in, "more text than a signature");
	kept = arena_array(arena, const struct cel_type *, count + 1);
	for (size_t i = 0; i < count; i++)
		kept[i] = params[i];
	*out = (struct cel_signature){kept, count, result};
	return true;
}
