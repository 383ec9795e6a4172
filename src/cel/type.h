/*
 * type - static types: what the checker knows before any record is read.
 *
 * Primitives are the shared ones below. A union is a real one (`type: [string,
 * integer]` in a schema), an enum string is a string of which the literals are
 * known, and an object has a field table made from a JSON Schema. Types lie in
 * the environment's arena and may be recursive through objects only.
 * tail: file - what a type is stands in one place, for checker and hosts.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CEL_TYPE_H
#define CEL_TYPE_H

#include "base/error.h"
#include "cel/value.h"

enum cel_type_kind {
	CEL_T_DYN,
	CEL_T_ERROR, /* already reported: fits everything, says nothing */
	CEL_T_NULL,
	CEL_T_BOOL,
	CEL_T_INT,
	CEL_T_UINT,
	CEL_T_DOUBLE,
	CEL_T_STRING, /* with literals: one of these */
	CEL_T_BYTES,
	CEL_T_TIMESTAMP,
	CEL_T_DURATION,
	CEL_T_LIST,	/* params[0] */
	CEL_T_MAP,	/* params[0] key, params[1] value */
	CEL_T_OPTIONAL, /* params[0] */
	CEL_T_TYPE,	/* params[0], or none: the type of a type */
	CEL_T_ABSTRACT, /* name, params */
	CEL_T_OBJECT,	/* name, fields */
	CEL_T_UNION,	/* params: two or more, none of them a union or dyn */
	CEL_T_PARAM,	/* name: a type parameter of an overload */
};

struct cel_promise; /* object.h */

struct cel_field {
	str name;
	const struct cel_type *type;
	bool required;	   /* in every valid record: no has() is needed */
	str reference;	   /* x-ref: the kind a string names, or absent */
	struct span place; /* in the schema, for messages */
};

struct cel_type {
	enum cel_type_kind kind;
	bool open;	 /* object: further fields may be there, as dyn */
	bool converts;	 /* node values beneath need cel_of_typed_node */
	bool date;	 /* timestamp: a date only, shown as such */
	uint32_t weight; /* parts of list, map, ...; one more than they have */
	str name;	 /* abstract, object, parameter */
	str reference;	 /* string: the kind of record it names (`any`) */
	const struct cel_type *const *params;
	size_t count;
	const struct cel_field *fields; /* object, sorted by name */
	size_t field_count;
	const struct cel_promise *promises; /* object: object.h */
	size_t promise_count;
	const str *literals; /* string: sorted; NULL when any will do */
	size_t literal_count;
	/* abstract: how text of a node becomes a value (or an error), or NULL.
	 */
	struct cel_value (*from_text)(struct cel_eval *eval, str text);
};

extern const struct cel_type cel_dyn, cel_error_type, cel_null_type,
	cel_bool_type, cel_int_type, cel_uint_type, cel_double_type,
	cel_string_type, cel_bytes_type, cel_timestamp_type, cel_duration_type,
	cel_date_type, cel_list_dyn, cel_map_dyn, cel_optional_dyn,
	cel_type_type;

/* Makes a type with parameters; `converts` is worked out. */
const struct cel_type *cel_type_list(struct arena *arena,
				     const struct cel_type *item);
const struct cel_type *cel_type_map(struct arena *arena,
				    const struct cel_type *key,
				    const struct cel_type *value);
const struct cel_type *cel_type_optional(struct arena *arena,
					 const struct cel_type *some);
const struct cel_type *cel_type_union(struct arena *arena,
				      const struct cel_type *const *members,
				      size_t count);

/* The field of an object by name, or NULL. */
const struct cel_field *cel_type_field(const struct cel_type *object, str name);

/* By structure; objects and abstracts by name (and parameters). */
bool cel_type_equal(const struct cel_type *a, const struct cel_type *b);

/* Are two type values equal at run time: list(int) and list(dyn) are? */
bool cel_type_same_runtime(const struct cel_type *a, const struct cel_type *b);

/* May a value of type `from` stand where `to` is wanted? dyn and error go both
 * ways, null goes to abstract, object, timestamp, duration and optional, a
 * string with literals to string, a union when every member may (`some`
 * false) or when any may (`some` true). Parameters match only themselves:
 * the checker substitutes before it asks. */
bool cel_type_assignable(const struct cel_type *to, const struct cel_type *from,
			 bool some);

/* The name of a type value, without parameters: "list". */
str cel_type_name(const struct cel_type *type);

/* Writes a type as CEL does: list(int), map(string, dyn), optional_type(int),
 * null_type, type(int), union as int|string. */
void cel_type_print(struct buf *out, const struct cel_type *type);

/* Reads such text. A single capital letter is a parameter; an unknown name is
 * an abstract type. ERROR_SYNTAX with `at` = bytes of the text. */
MUST_USE bool cel_type_parse(const struct cel_type **out, struct arena *arena,
			     str text, struct error *err);

/* Reads "(T, list(T)) -> bool" into parameter types and a result. */
struct cel_signature {
	const struct cel_type *const *params;
	size_t count;
	const struct cel_type *result;
};
MUST_USE bool cel_signature_parse(struct cel_signature *out,
				  struct arena *arena, str text,
				  struct error *err);

#endif
