/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "cel/check.h"

/* What reading a field of one member of a union came to. */
struct reading {
	const struct cel_type *type; /* NULL: cannot be read */
	bool absent;		     /* may it be missing? */
	bool unknown;		     /* a record without such a field */
};

void check_unknown_field(struct checker *c, struct span at,
			 const struct cel_type *object, str name)
{
	struct nearest near;

	nearest_start(&near, name);
	for (size_t i = 0; i < object->field_count; i++)
		nearest_offer(&near, object->fields[i].name);
	if (object->open)
		check_warn_near(c, at, "unknown-field", &near,
				"'" STR_FMT "' is not declared in " STR_FMT,
				STR_ARG(name), STR_ARG(object->name));
	else
		check_fail_near(c, at, "unknown-field", &near,
				"no field '" STR_FMT "' in " STR_FMT,
				STR_ARG(name), STR_ARG(object->name));
}

static struct reading read_member(const struct cel_type *type, str name)
{
	const struct cel_field *field;

	switch (type->kind) {
	case CEL_T_DYN:
	case CEL_T_ERROR:
		return (struct reading){.type = type};
	case CEL_T_MAP:
		/* Its keys are data: whether one is there is not typed. */
		return (struct reading){.type = type->params[1]};
	case CEL_T_ABSTRACT:
		if (!type->field_count)
			return (struct reading){0};
		break;
	case CEL_T_OBJECT:
		break;
	default:
		return (struct reading){0};
	}
	field = cel_type_field(type, name);
	if (field)
		return (struct reading){.type = field->type,
					.absent = !field->required};
	return (struct reading){.type = type->open ? &cel_dyn : NULL,
				.absent = true,
				.unknown = true};
}

static bool takes_text_key(struct checker *c, const struct cel_type *type)
{
	return type->kind != CEL_T_MAP ||
	       check_comparable(c, type->params[0], &cel_string_type);
}

static void tell_no_fields(struct checker *c, const struct cel_node *node,
			   const struct cel_type *type)
{
	const char *hint = "";

	if (type->kind == CEL_T_LIST)
		hint = "; take one of its elements, or go over them with "
		       "exists() or all()";
	check_fail(c, node->place, "no-fields",
		   "a value of type " STR_FMT " has no fields%s",
		   STR_ARG(check_words(c, type)), hint);
}

/* Where some kinds of record have a field and others do not, it may be absent:
 * that can be asked. */
static bool is_record(const struct cel_type *type)
{
	return type->kind == CEL_T_OBJECT || type->field_count;
}

/* A record of the type that has no such field, if all lack it. */
static const struct cel_type *lacking(const struct cel_type *const *members,
				      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_record(members[i]))
			return members[i];
	return NULL;
}

/* Where the name stands. */
static struct span name_place(const struct cel_node *node)
{
	return node->kind == CEL_INDEX ? node->kids[1]->span : node->place;
}

/* Reads a field of a type that is not an optional; tells what is wrong. */
static struct reading read_field(struct checker *c, const struct cel_node *node,
				 const struct cel_type *type, str name)
{
	const struct cel_type *view = check_view(c, type);
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	struct reading all = {0};
	size_t fitting = 0;
	size_t lacking_records = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cel_type *member = check_view(c, members[i]);
		struct reading one = read_member(member, name);

		if (one.type && !takes_text_key(c, member))
			one = (struct reading){0};
		if (one.unknown && one.type)
			check_unknown_field(c, name_place(node), member, name);
		all.absent |= one.absent;
		if (!one.type) {
			lacking_records += is_record(member);
			continue;
		}
		fitting++;
		all.type = all.type ? check_either(c, all.type, one.type)
				    : one.type;
	}
	if (!fitting) {
		const struct cel_type *object = lacking(members, count);

		if (object)
			check_unknown_field(c, name_place(node), object, name);
		else
			tell_no_fields(c, node, view);
		return (struct reading){.type = &cel_error_type};
	}
	all.absent |= lacking_records > 0;
	if (fitting + lacking_records < count)
		check_warn(c, node->place, "may-not-fit",
			   "not every value of type " STR_FMT " has '" STR_FMT
			   "'",
			   STR_ARG(check_words(c, view)), STR_ARG(name));
	return all;
}

static void tell_absent(struct checker *c, const struct cel_node *node,
			const struct cel_node *base, str name)
{
	str source = check_source(c, node);
	str of = check_source(c, base);

	check_note(c, node)->may_be_absent = true;
	if (node->kind == CEL_INDEX) {
		str key = check_source(c, node->kids[1]);

		check_warn(c, node->span, "may-be-absent",
			   STR_FMT " may be absent: guard it with " STR_FMT
				   " in " STR_FMT " or read it as " STR_FMT
				   "[?" STR_FMT "]",
			   STR_ARG(source), STR_ARG(key), STR_ARG(of),
			   STR_ARG(of), STR_ARG(key));
		return;
	}
	check_warn(c, node->span, "may-be-absent",
		   STR_FMT " may be absent: guard it with has(" STR_FMT
			   ") or read it as " STR_FMT ".?" STR_FMT,
		   STR_ARG(source), STR_ARG(source), STR_ARG(of),
		   STR_ARG(name));
}

/* x.name, x.?name, has(x.name), and the same with x["name"]. */
static const struct cel_type *check_named(struct checker *c,
					  const struct cel_node *node,
					  const struct cel_type *type, str name)
{
	const struct cel_node *base = node->kids[0];
	const struct cel_type *view = check_view(c, type);
	bool optional = node->flags & CEL_OPTIONAL_STEP;
	struct reading reading;

	if (view->kind == CEL_T_ERROR)
		return view;
	if (view->kind == CEL_T_OPTIONAL) {
		optional = true;
		view = check_view(c, view->params[0]);
	}
	reading = read_field(c, node, view, name);
	if (node->flags & CEL_PRESENCE)
		return &cel_bool_type;
	if (reading.type->kind == CEL_T_ERROR)
		return reading.type;
	if (optional)
		return reading.type->kind == CEL_T_OPTIONAL
			       ? reading.type
			       : check_optional(c, reading.type);
	if (reading.absent && !check_is_present(c, base, name))
		tell_absent(c, node, base, name);
	return reading.type;
}

const struct cel_type *check_select(struct checker *c,
				    const struct cel_node *node)
{
	return check_named(c, node, check_node(c, node->kids[0]), node->name);
}

/* ---- x[key] */

/* What an element is by this key; NULL: it has none. */
static const struct cel_type *element(struct checker *c,
				      const struct cel_type *type,
				      const struct cel_type *key)
{
	switch (type->kind) {
	case CEL_T_DYN:
	case CEL_T_ERROR:
		return &cel_dyn;
	case CEL_T_LIST:
		return check_fits(c, &cel_int_type, key) ? type->params[0]
							 : NULL;
	case CEL_T_MAP:
		return check_fits(c, type->params[0], key) ? type->params[1]
							   : NULL;
	case CEL_T_OBJECT:
		return check_fits(c, &cel_string_type, key) ? &cel_dyn : NULL;
	default:
		return NULL;
	}
}

static const struct cel_type *check_element(struct checker *c,
					    const struct cel_node *node,
					    const struct cel_type *view,
					    const struct cel_type *key)
{
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);
	const struct cel_type *all = NULL;
	size_t fitting = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cel_type *one =
			element(c, check_view(c, members[i]), key);

		if (!one)
			continue;
		fitting++;
		all = all ? check_either(c, all, one) : one;
	}
	if (!fitting) {
		check_fail(c, node->kids[1]->span, "wrong-type",
			   "a value of type " STR_FMT
			   " cannot be indexed by " STR_FMT,
			   STR_ARG(check_words(c, view)),
			   STR_ARG(check_words(c, key)));
		return &cel_error_type;
	}
	if (fitting < count)
		check_warn(c, node->kids[1]->span, "may-not-fit",
			   "not every value of type " STR_FMT
			   " can be indexed by " STR_FMT,
			   STR_ARG(check_words(c, view)),
			   STR_ARG(check_words(c, key)));
	return all;
}

static bool has_record(const struct cel_type *view)
{
	const struct cel_type *const *members;
	size_t count = check_members(&view, &members);

	for (size_t i = 0; i < count; i++)
		if (members[i]->kind == CEL_T_OBJECT)
			return true;
	return false;
}

const struct cel_type *check_index(struct checker *c,
				   const struct cel_node *node)
{
	const struct cel_type *type = check_node(c, node->kids[0]);
	const struct cel_type *key = check_node(c, node->kids[1]);
	const struct cel_type *view = check_view(c, type);
	bool optional = node->flags & CEL_OPTIONAL_STEP;
	const struct cel_node *base;
	str name;

	if (view->kind == CEL_T_ERROR)
		return view;
	if (view->kind == CEL_T_OPTIONAL) {
		optional = true;
		view = check_view(c, view->params[0]);
	}
	if (check_place(node, &base, &name) && has_record(view))
		return check_named(c, node, type, name);
	type = check_element(c, node, view, key);
	if (!optional || type->kind == CEL_T_ERROR)
		return type;
	return type->kind == CEL_T_OPTIONAL ? type : check_optional(c, type);
}
